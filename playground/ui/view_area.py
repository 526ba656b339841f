"""A column of views: those that the open experiment offers, one below the other."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from engine.experiment import Experiment
from engine.probes import Probe
from playground.snapshot import Snapshot
from playground.ui.views import View, view
from playground.ui.widgets import Rule, VerticalScroll


class ViewArea(VerticalScroll):
    """The views of one area; a view is made when it is first offered, and kept.

    Signals
    -------
    probes_changed()
        The views in sight ask other questions from now on.
    """

    probes_changed = Signal()

    def __init__(self, area: str, parent: QWidget | None = None) -> None:
        body = QFrame(objectName="results")
        super().__init__(body, parent)
        self._kinds = sorted(
            (kind for kind in view.values() if kind.area == area), key=lambda kind: kind.order
        )
        self._views: dict[str, View] = {}
        self._rules: dict[str, Rule] = {}
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_experiment(self, experiment: Experiment) -> None:
        """Show the views that are offered for an experiment, and hide the others."""
        first = True
        for kind in self._kinds:
            offered = kind.offered(experiment)
            if offered and kind.kind not in self._views:
                self._make(kind)
            if kind.kind in self._views:
                self._views[kind.kind].setVisible(offered)
                self._rules[kind.kind].setVisible(offered and not first)
            first = first and not offered
        self.setVisible(bool(self.views()))

    def _make(self, kind: type[View]) -> None:
        made, rule = kind(), Rule()
        made.probes_changed.connect(self.probes_changed)
        self._views[kind.kind], self._rules[kind.kind] = made, rule
        position = 2 * sum(
            other.kind in self._views for other in self._kinds[: self._kinds.index(kind)]
        )
        self._column.insertWidget(position, rule)
        self._column.insertWidget(position + 1, made)

    def views(self) -> list[View]:
        """Return the views in sight, from top to bottom."""
        made = (self._views.get(kind.kind) for kind in self._kinds)
        return [one for one in made if one is not None and not one.isHidden()]

    def probes(self, experiment: Experiment) -> frozenset[Probe]:
        """Return what the views in sight ask."""
        return frozenset().union(*(one.probes(experiment) for one in self.views()))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Hand a snapshot to the views in sight."""
        for one in self.views():
            one.show_snapshot(snapshot)
