"""What a network answers in words: sequences decoded without teacher forcing."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.decoding import Decoded
from engine.experiment import Experiment
from engine.probes import Probe
from engine.tasks.sequences import SequenceDataset, SequenceTask
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.data.pairs import PairList, pair
from playground.ui.i18n import N_, Translated, tr
from playground.ui.numbers import percent_text
from playground.ui.views.base import View, view
from playground.ui.widgets import Button, Heading

SHOWN = 4
PART = "validation"


@view("answers", label=N_("Answers"), area="results", order=5)
class AnswersView(Translated, View):
    """Validation samples with the network's answers, what is wrong in them marked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = Heading()
        self.earlier, self.later = (Button(icon=icon, kind="flat") for icon in ("left", "right"))
        self.earlier.clicked.connect(lambda: self.move_by(-SHOWN))
        self.later.clicked.connect(lambda: self.move_by(SHOWN))
        self.heading.add(self.earlier, self.later)
        self.pairs = PairList()
        self.first = 0
        self._snapshot: Snapshot | None = None
        self._answer: Any = None
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 12)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.pairs)
        column.addStretch(1)
        self.retranslate()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(396), theme.px(40 + SHOWN * 48))

    @classmethod
    def offered(cls, experiment: Experiment) -> bool:
        """Offered where questions or answers are words."""
        return isinstance(experiment.task, SequenceTask)

    @property
    def _probe(self) -> Decoded:
        return Decoded(PART, self.first, SHOWN)

    def probes(self, experiment: Experiment) -> frozenset[Probe]:
        """Ask for the answers to the samples in sight, where there are words to answer in."""
        return frozenset({self._probe}) if self.offered(experiment) else frozenset()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        answer = snapshot.answers.get(self._probe)
        if answer is not None and answer is not self._answer:
            self._snapshot, self._answer = snapshot, answer
            self._write()

    def move_by(self, by: int) -> None:
        """Show the samples so many further."""
        if self._snapshot is not None and self._snapshot.dataset is not None:
            last = len(self._snapshot.dataset.part(PART)) - SHOWN
            self.first = min(max(self.first + by, 0), max(last, 0))
            self.probes_changed.emit()

    def _write(self) -> None:
        snapshot, detail = self._snapshot, ""
        dataset = None if snapshot is None else snapshot.dataset
        if snapshot is not None and isinstance(dataset, SequenceDataset):
            part, answers = dataset.part(PART), enumerate(self._answer, self.first)
            self.pairs.show_pairs([pair(dataset, part, row, labels) for row, labels in answers])
            table = snapshot.history
            if "validation_exact_match" in table.columns and len(table.rows):
                share = percent_text(float(table["validation_exact_match"][-1]))
                detail = tr("whole answers right: {share}", share=share)
        self.heading.set_text(tr("Answers"), detail)

    def retranslate(self) -> None:
        self.earlier.set_name(tr("Samples before"))
        self.later.set_name(tr("Next samples"))
        self._write()
