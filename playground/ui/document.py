"""The open experiment: the one value that every editor changes and every view shows."""

from __future__ import annotations

import itertools
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from engine.experiment import Experiment
from engine.graph import Graph
from engine.graph_places import same_places


class Document(QObject):
    """An experiment with its undo stack, its file and the selected layer.

    Signals
    -------
    changed(old, new)
        The experiment became another one, by an edit, by undo or redo, or by `replace`.
    selected(name)
        Another node was selected; the empty string for none.
    parameter_set(node, name, place, value)
        A number of the network is to become another one.
    """

    changed = Signal(object, object)
    selected = Signal(str)
    parameter_set = Signal(str, str, tuple, float)

    def __init__(self, experiment: Experiment, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._experiment = experiment
        self._selection = ""
        self.undo_stack = QUndoStack(self)
        self.path: Path | None = None

    @property
    def experiment(self) -> Experiment:
        """The experiment as it is now."""
        return self._experiment

    @property
    def selection(self) -> str:
        """The name of the selected node, or the empty string."""
        return self._selection

    def select(self, name: str) -> None:
        """Select a node; the empty string selects none."""
        name = name if name in self._experiment.graph else ""
        if name != self._selection:
            self._selection = name
            self.selected.emit(name)

    def edit(self, new: Experiment, text: str, merge: str = "") -> None:
        """Change the experiment as one undo step.

        Parameters
        ----------
        new
            The experiment after the edit; nothing happens where it equals the present one.
        text
            What the edit is called in the Edit menu, translated.
        merge
            Edits that follow one another under the same key become one undo step, as the moves
            of a slider do; the empty string never merges.
        """
        if not _same(new, self._experiment):
            self.undo_stack.push(_Edit(self, self._experiment, new, text, merge))

    def edit_graph(self, graph: Graph, text: str, merge: str = "") -> None:
        """Change the graph as one undo step."""
        self.edit(self._experiment.but(graph=graph), text, merge)

    def edit_training(self, text: str, merge: str = "", **fields: object) -> None:
        """Change training settings as one undo step."""
        self.edit(self._experiment.but(**fields), text, merge)

    def set_parameter(
        self, node: str, name: str, place: tuple[int, ...], old: float, new: float, text: str
    ) -> None:
        """Give a parameter of the run another value, as one undo step.

        The experiment stays as it is; `parameter_set` tells the run.
        """
        if new != old:
            self.undo_stack.push(_ParameterEdit(self, (node, name, place), old, new, text))

    def end_merge(self) -> None:
        """Let the next edit be an undo step of its own, as when a slider is released."""
        _Edit.generation = next(_generations)

    def replace(self, experiment: Experiment, path: Path | None = None) -> None:
        """Open another experiment: nothing to undo, nothing to save."""
        self.undo_stack.clear()
        self.path = path
        self.show(experiment)

    def show(self, experiment: Experiment) -> None:
        """Make `experiment` the present one without an undo step; commands call this."""
        old, self._experiment = self._experiment, experiment
        selection = self._selection
        if selection not in experiment.graph:
            self._selection = ""
        self.changed.emit(old, experiment)
        if self._selection != selection:
            self.selected.emit(self._selection)


def _same(one: Experiment, other: Experiment) -> bool:
    """Whether two experiments are equal, and their cards stand at the same places."""
    return one == other and same_places(one.graph, other.graph)


_generations = itertools.count(1)


class _ParameterEdit(QUndoCommand):
    """A number of the network, set by hand."""

    def __init__(
        self,
        document: Document,
        where: tuple[str, str, tuple[int, ...]],
        old: float,
        new: float,
        text: str,
    ) -> None:
        super().__init__(text)
        self._document, self._where, self._old, self._new = document, where, old, new

    def redo(self) -> None:
        self._document.parameter_set.emit(*self._where, self._new)

    def undo(self) -> None:
        self._document.parameter_set.emit(*self._where, self._old)


class _Edit(QUndoCommand):
    """One command class serves every edit: the old and the new value are the whole story."""

    generation = 0

    def __init__(
        self, document: Document, old: Experiment, new: Experiment, text: str, merge: str
    ) -> None:
        super().__init__(text)
        self._document, self._old, self._new = document, old, new
        self._key = (merge, _Edit.generation) if merge else None

    def id(self) -> int:
        return -1 if self._key is None else hash(self._key) & 0x7FFFFFFF

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Edit) or other._key != self._key:
            return False
        self._new = other._new
        self.setObsolete(_same(self._new, self._old))
        return True

    def redo(self) -> None:
        self._document.show(self._new)

    def undo(self) -> None:
        self._document.show(self._old)
