"""How the optimizer goes downhill: in a long valley, or on the losses around the weights."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from engine.experiment import Experiment
from engine.probes import Probe
from engine.probes_surface import LossSlice
from playground.snapshot import Snapshot
from playground.ui.i18n import N_, Translated, tr
from playground.ui.previews.path import PathPicture
from playground.ui.views.base import View, view
from playground.ui.widgets import EmptyState, Heading, Label, Segment

PROBE = LossSlice()


@view("optimizer_path", label=N_("Optimizer path"), area="results", order=70)
class OptimizerPathView(Translated, View):
    """Lines of equal loss over two directions, and the steps of the run's optimizer on them."""

    opened = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = Heading()
        self.choice = Segment((("valley", ""), ("network", "")), small=True)
        self.choice.edited.connect(lambda _value, _final: self._choose())
        self.heading.add(self.choice)
        self.picture = PathPicture(300, 240)
        self.told, self.hint = Label(role="caption", wrap=True), Label(role="caption", wrap=True)
        self.empty = EmptyState("loss")
        self._snapshot: Snapshot | None = None
        self._answer: Any = None
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(12, 0, 12, 8)
        column.setSpacing(4)
        column.addWidget(self.picture, 1)
        column.addWidget(self.told)
        column.addWidget(self.hint)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(body)
        self.retranslate()

    def probes(self, experiment: Experiment) -> frozenset[Probe]:
        """Ask for the losses around the weights, where they are chosen."""
        return frozenset({PROBE} if self.choice.value() == "network" else ())

    def _choose(self) -> None:
        self._answer = None
        self._draw()
        self.probes_changed.emit()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        before, self._snapshot = self._snapshot, snapshot
        answer = snapshot.answers.get(PROBE)
        same = before is not None and before.experiment.training == snapshot.experiment.training
        if not same or answer is not self._answer:
            self._answer = answer
            self._draw()

    def _draw(self) -> None:
        network = self.choice.value() == "network"
        ready = self._snapshot is not None and (not network or self._answer is not None)
        self._pages.setCurrentIndex(int(ready))
        if not ready or self._snapshot is None:
            return
        training = self._snapshot.experiment.training
        if network:
            surface = self._answer
            self.picture.show_path(training, surface, surface.reach, np.zeros(2))
        else:
            self.picture.show_valley(training)
        self.told.setText(self.picture.told(training))
        self.hint.setText(self._hint(network))

    def _hint(self, network: bool) -> str:
        if network:
            return tr(
                "Loss around the present weights: to the right the steepest way down, upwards a "
                "random direction. The optimizer may move in these two alone."
            )
        return tr("A long valley, 30 times as steep across as along.")

    def retranslate(self) -> None:
        self.heading.set_text(tr("Optimizer path"))
        self.choice.set_options((("valley", tr("Valley")), ("network", tr("This network"))))
        self.choice.setAccessibleName(tr("Losses to go down"))
        self.setAccessibleName(tr("Optimizer path"))
        self.empty.set_text(tr("The losses around the weights are being calculated."))
        self._draw()
