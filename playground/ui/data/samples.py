"""Tasks that are best told by samples: a few of them, and the settings."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.experiment import Experiment
from engine.tasks import Dataset
from playground.snapshot import Snapshot
from playground.ui.data.base import TaskPanel, counts_text, data_panel
from playground.ui.data.pairs import PairList, samples
from playground.ui.document import Document
from playground.ui.forms import Form
from playground.ui.i18n import N_, Translated, tr
from playground.ui.widgets import Label

SAMPLES = 3


@data_panel("sentiment", label=N_("Sentiment"))
class SamplesPanel(Translated, TaskPanel):
    """A form, the first training samples, and how many there are."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(document, parent)
        self.pairs = PairList()
        self.counts = Label(role="caption", wrap=True)
        self.form = Form(self.task)
        self.form.edited.connect(self.take)
        self._dataset: Dataset | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for widget in (self.pairs, self.form, self.counts):
            column.addWidget(widget)
        self.retranslate()

    def show_experiment(self, experiment: Experiment) -> None:
        self.form.set_spec(experiment.task)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if snapshot.dataset is not self._dataset:
            self._dataset = snapshot.dataset
            self._write_data()

    def _write_data(self) -> None:
        dataset = self._dataset
        if dataset is None:
            self.pairs.show_pairs(())
            self.counts.setText("")
            return
        self.pairs.show_pairs(samples(dataset, SAMPLES))
        self.counts.setText(counts_text(dataset))

    def retranslate(self) -> None:
        self.pairs.setAccessibleName(tr("Samples"))
        self._write_data()
        self.show_experiment(self.document.experiment)


data_panel("exam", label=N_("Exam"))(SamplesPanel)
data_panel("times_table", label=N_("Times table"))(SamplesPanel)
data_panel("caption", label=N_("Captions of digits"))(SamplesPanel)
data_panel("tagging", label=N_("Parts of speech"))(SamplesPanel)
data_panel("reverse", label=N_("Reversed letters"))(SamplesPanel)
data_panel("translation", label=N_("Translation"))(SamplesPanel)
