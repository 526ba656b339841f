"""Texts: where they come from, how they begin, their tokens, and how samples are cut from them."""

from __future__ import annotations

from math import ceil
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from engine.experiment import Experiment
from engine.tasks.text import TextDataset, TextTask
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.data.base import NarrowCombo, TaskPanel, data_panel
from playground.ui.data.split_bar import SplitBar
from playground.ui.document import Document
from playground.ui.forms import Form
from playground.ui.i18n import N_, Translated, tr
from playground.ui.widgets import Button, ElidedLabel, Field, Label

SOURCES = {
    "stories-en": N_("English stories"),
    "stories-ko": N_("Korean stories"),
    "prose-en": N_("English prose"),
    "prose-ko": N_("Korean prose"),
}
OWN = "file"
"""The source where a file is chosen."""

BEGINNING = 400
"""Characters of the text that are laid out; as many of them are seen as fit."""

ELSEWHERE = ("source", "file", "training_share", "validation_share")


@data_panel("text", label=N_("Next token"))
class TextPanel(Translated, TaskPanel):
    """A built-in text or a file of one's own."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(document, parent)
        self.source = Field("", NarrowCombo())
        self.open = Button(" ", kind="small")
        self.beginning = Excerpt()
        self.counts = Label(role="caption", wrap=True)
        self.tokens = ElidedLabel(role="caption")
        self.form = Form(self.task, ELSEWHERE)
        self.split = SplitBar()
        self._dataset: TextDataset | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.source)
        column.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.beginning, self.counts, self.tokens, self.form, self.split):
            column.addWidget(widget)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.source.control.edited.connect(lambda source, _: self._choose(source))
        self.open.clicked.connect(self._open_file)
        self.form.edited.connect(self.take)
        self.follow_split(self.split)

    def _choose(self, source: str) -> None:
        if source != OWN:
            self.edit(tr("Change data"), self.source.control, source=source, file="")

    def _open_file(self) -> None:
        folder = str(Path(self.task.file).parent) if self.task.file else ""
        path, _ = QFileDialog.getOpenFileName(
            self, tr("Open a text"), folder, tr("Text files") + " (*.txt)"
        )
        if path:
            self.edit(tr("Change data"), self.open, file=path)

    def show_experiment(self, experiment: Experiment) -> None:
        task = experiment.task
        if not isinstance(task, TextTask):
            return
        own = [(OWN, Path(task.file).name)] if task.file else []
        built_in = [(source, tr(name)) for source, name in SOURCES.items()]
        self.source.control.set_options(own + built_in)
        self.source.control.set_value(OWN if task.file else task.source)
        self.form.set_spec(task)
        self.split.set_value((task.training_share, task.validation_share))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if snapshot.dataset is not self._dataset:
            known = isinstance(snapshot.dataset, TextDataset)
            self._dataset = snapshot.dataset if known else None
            self._write_data()

    def _write_data(self) -> None:
        """Write what is known once the text has been read."""
        dataset = self._dataset
        if dataset is None:
            self.beginning.setText("")
            self.counts.setText("")
            self.tokens.setText("")
            return
        vocabulary = dataset.vocabulary
        self.beginning.setText(dataset.text[:BEGINNING])
        known = range(vocabulary.special, vocabulary.used)
        self.counts.setText(
            tr(
                "{count} characters · {tokens} different tokens",
                count=f"{len(dataset.text):,}",
                tokens=len(known),
            )
        )
        self.tokens.setText(" ".join(vocabulary.labels[number] for number in known))

    def retranslate(self) -> None:
        self.source.set_caption(tr("Source"))
        self.open.setText(tr("Open text …"))
        self.beginning.setAccessibleName(tr("How the text begins"))
        self.split.retranslate()
        self._write_data()
        self.show_experiment(self.document.experiment)


data_panel("masked_text", label=N_("Masked text"))(TextPanel)


class Excerpt(Label):
    """The first lines of a text, as many as there is room for."""

    LINES = 5

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(role="body", wrap=True, parent=parent)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        theme.manager().changed.connect(self.restyle)
        self.restyle()

    def restyle(self) -> None:
        """Follow the text size: whole lines are seen."""
        line = ceil(QFontMetricsF(theme.font("body")).lineSpacing())
        self.setFixedHeight(self.LINES * line)
