"""What is selected on the canvas: layers, of which one is the document's, or a wire."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from engine.experiment import Experiment
from playground.ui.canvas.routes import Link
from playground.ui.document import Document


class Selection(QObject):
    """The names of selected nodes; the document's selected node is always among them.

    Signals
    -------
    changed
        Something else is selected.
    """

    changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.names = frozenset[str]()
        self.wire: Link | None = None
        document.changed.connect(self._prune)
        document.selected.connect(self._follow)

    def in_order(self) -> list[str]:
        """Return the names from left to right."""
        return [node.name for node in self._document.experiment.graph if node.name in self.names]

    def choose(self, names: Iterable[str]) -> None:
        """Select nodes and nothing else; the last one is the document's."""
        self.names, self.wire = frozenset(names), None
        order = self.in_order()
        self._document.select(order[-1] if order else "")
        self.changed.emit()

    def toggle(self, names: Iterable[str]) -> None:
        """Add nodes, or take them out where all are selected."""
        given = frozenset(names)
        self.choose(self.names - given if given <= self.names else self.names | given)

    def choose_wire(self, link: Link) -> None:
        """Select a wire and no node."""
        self.choose(())
        self.wire = link
        self.changed.emit()

    def _follow(self, name: str) -> None:
        if name not in self.names:
            self.names, self.wire = frozenset([name] if name else ()), None
            self.changed.emit()

    def _prune(self, old: Experiment, new: Experiment) -> None:
        if old.graph is new.graph:
            return
        self.names = frozenset(name for name in self.names if name in new.graph)
        if self.wire is not None:
            source, target = self.wire
            if target not in new.graph or source not in new.graph[target].inputs:
                self.wire = None
