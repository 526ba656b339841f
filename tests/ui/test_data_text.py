"""The data panel of texts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from playground.examples import example
from playground.snapshot import Snapshot
from playground.ui.data.text import SOURCES, TextPanel
from playground.ui.data_panel import DataPanel
from playground.ui.document import Document
from playground.ui.i18n import set_language


@pytest.fixture
def open_panel(qtbot):
    def open_one(name: str, **task) -> DataPanel:
        experiment = example(name)
        document = Document(experiment.but(task=replace(experiment.task, **task)))
        panel = DataPanel(document)
        panel.document = document  # keeps it alive
        qtbot.addWidget(panel)
        panel.resize(212, 700)
        panel.show()
        QApplication.processEvents()
        return panel

    return open_one


def task(panel):
    return panel.document.experiment.task


def pick(combo, value) -> None:
    index = combo.findData(value)
    combo.setCurrentIndex(index)
    combo.activated.emit(index)


def test_it_shows_the_text_and_its_tokens(open_panel):
    panel = open_panel("gpt-char-ko")
    experiment = panel.document.experiment
    dataset = experiment.task.load(7)
    panel.show_snapshot(Snapshot(1, "idle", experiment, dataset=dataset))
    body = panel.body
    assert isinstance(body, TextPanel)
    assert dataset.text.startswith(body.beginning.text()) and body.beginning.text()
    assert body.counts.text().startswith(f"{len(dataset.text):,} characters · ")
    assert {"␣", "ㅏ", "-ㄴ"} <= set(body.tokens.text().split(" "))
    assert "unused" not in body.tokens.text() and "[UNK]" not in body.tokens.text()


@pytest.mark.parametrize("source", SOURCES)
def test_a_source_is_chosen(open_panel, source):
    panel = open_panel("gpt-char", source="prose-en" if source != "prose-en" else "prose-ko")
    pick(panel.body.source.control, source)
    assert task(panel).source == source
    panel.document.undo_stack.undo()
    assert task(panel).source != source
    assert panel.body.source.control.value() == task(panel).source


def test_a_file_of_ones_own_and_back(qtbot, open_panel, monkeypatch, tmp_path):
    path = tmp_path / "own.txt"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    panel = open_panel("bert-mlm")
    qtbot.mouseClick(panel.body.open, Qt.MouseButton.LeftButton)
    assert task(panel).file == str(path)
    assert panel.body.source.control.currentText() == "own.txt"
    pick(panel.body.source.control, "stories-ko")
    assert (task(panel).file, task(panel).source) == ("", "stories-ko")


def test_the_form_has_what_is_the_tasks_own(open_panel):
    body = open_panel("gpt-char").body
    assert {"tokenizer", "vocabulary", "context", "stride"} == body.form.rows.keys()
    pick(body.form.row("context").control, 64)
    assert body.task.context == 64
    masked = open_panel("bert-mlm").body
    assert {"tokenizer", "vocabulary", "context", "share", "copies"} == masked.form.rows.keys()


@pytest.mark.parametrize("name", ["gpt-char", "bert-mlm"])
def test_the_panel_speaks_korean_and_fits_the_narrowest_column(open_panel, name):
    panel = open_panel(name)
    before = panel.grab().toImage()
    set_language("ko")
    QApplication.processEvents()
    assert panel.grab().toImage() != before
    assert panel.minimumSizeHint().width() <= 188
    assert open_panel(name).minimumSizeHint().width() <= 188
