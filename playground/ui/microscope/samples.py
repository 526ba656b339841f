"""Which sample is under the microscope."""

from __future__ import annotations

import random

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from engine.experiment import Experiment
from engine.tasks import Dataset
from playground.ui.i18n import Translated, tr
from playground.ui.numbers import number_text
from playground.ui.widgets import Button, Combo, Label

MOST_INPUTS = 3
"""Samples of so many numbers are told by them."""


class SampleChoice(Translated, QWidget):
    """The part of the data, the sample with its answer, and buttons to others.

    Signals
    -------
    chosen()
        Another sample is to be looked at.
    """

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.part, self.index = "training", 0
        self._dataset: Dataset | None = None
        self._experiment: Experiment | None = None
        self.parts = Combo()
        self.parts.edited.connect(lambda value, _: self.choose(value, self.index))
        self.told = Label(role="strong")
        self.earlier, self.later = (
            Button(icon="left", kind="small"),
            Button(icon="right", kind="small"),
        )
        self.dice = Button(icon="dice", kind="small")
        self.earlier.clicked.connect(lambda: self.move_by(-1))
        self.later.clicked.connect(lambda: self.move_by(1))
        self.dice.clicked.connect(self.draw)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for widget in (self.told, self.parts, self.earlier, self.later, self.dice):
            row.addWidget(widget)
        self.retranslate()

    def choose(self, part: str, index: int) -> None:
        """Look at another sample."""
        self.part, self.index = part, index % max(self._count(part), 1)
        self.write()
        self.chosen.emit()

    def move_by(self, by: int) -> None:
        """Go to the sample before or after."""
        self.choose(self.part, self.index + by)

    def draw(self) -> None:
        """Go to any sample."""
        self.choose(self.part, random.randrange(max(self._count(self.part), 1)))

    def _count(self, part: str) -> int:
        return 0 if self._dataset is None else len(self._dataset.part(part))

    def show_data(self, experiment: Experiment, dataset: Dataset | None) -> None:
        """Take the samples to choose from."""
        if dataset is not self._dataset:
            self._experiment, self._dataset = experiment, dataset
            self.index %= max(self._count(self.part), 1)
            self.write()

    def write(self) -> None:
        """Tell which sample it is."""
        self.parts.set_value(self.part)
        if self._dataset is None or self._experiment is None:
            self.told.setText("")
            return
        part, target = self._dataset.part(self.part), self._experiment.task.target
        x, answer = part.inputs[self.index].ravel(), part.targets[self.index]
        given = tr("Sample {number}", number=f"{self.index + 1:,}")
        if len(x) <= MOST_INPUTS:
            given = "x = (" + ", ".join(number_text(float(value), 2) for value in x) + ")"
        if target.classes:
            label = tr(target.labels[int(answer)])
            text = tr("class {label}", label=label) if len(label) < 3 else label
        else:
            text = "y = " + ", ".join(number_text(float(v), 2) for v in answer.ravel()[:3])
        self.told.setText(f"{given} · {text}")

    def retranslate(self) -> None:
        self.parts.set_options(
            [("training", tr("Training data")), ("validation", tr("Validation data"))]
        )
        self.parts.setAccessibleName(tr("Where the sample comes from"))
        self.earlier.set_name(tr("Sample before"), "PgUp")
        self.later.set_name(tr("Next sample"), "PgDn")
        self.dice.set_name(tr("Any sample"))
        self.write()
