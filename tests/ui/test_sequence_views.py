"""Questions and answers in words: the data panel and the view of what the network answers."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from engine.decoding import Decoded
from playground.examples import example
from playground.snapshot import Snapshot
from playground.ui.canvas.faces import Answers
from playground.ui.canvas.sample_faces import face_for
from playground.ui.canvas.words import summary
from playground.ui.canvas.words_face import TokensFace
from playground.ui.data.pairs import PairList, pair
from playground.ui.data_panel import DataPanel
from playground.ui.document import Document
from playground.ui.i18n import set_language
from playground.ui.views.answers import PART, SHOWN, AnswersView

NAMES = ("many-to-one-sentiment", "many-to-many-tagging", "seq2seq-transformer")


@pytest.fixture(params=NAMES)
def snapshot(request):
    experiment = example(request.param)
    return Snapshot(1, "idle", experiment, dataset=experiment.task.load(7))


def answered(snapshot, labels, first=0):
    return Snapshot(
        2,
        "idle",
        snapshot.experiment,
        dataset=snapshot.dataset,
        answers={Decoded(PART, first, SHOWN): labels},
    )


def test_the_panel_shows_samples_counts_and_settings(qtbot, snapshot):
    document = Document(snapshot.experiment)
    panel = DataPanel(document)
    qtbot.addWidget(panel)
    panel.show_snapshot(snapshot)
    dataset = snapshot.dataset
    shown = panel.body.pairs.rows[0]
    assert shown.question.text() == dataset.question(dataset.training.inputs[0])
    assert f"{len(dataset.training):,}" in panel.body.counts.text()
    panel.body.form.row("count").control.edited.emit(500, True)
    assert document.experiment.task.count == 500
    for language in ("en", "ko"):
        set_language(language)
        QApplication.processEvents()
        assert panel.minimumSizeHint().width() <= 188 + 24


def test_right_answers_are_plain_and_wrong_words_are_marked(qtbot, snapshot):
    view, part = AnswersView(), snapshot.dataset.part(PART)
    qtbot.addWidget(view)
    assert view.offered(snapshot.experiment)
    true = np.where(part.targets[:SHOWN] < 0, 0, part.targets[:SHOWN])
    view.show_snapshot(answered(snapshot, true))
    assert not any("underline" in row.answer.text() for row in view.pairs.rows)
    wrong = true.copy()
    wrong[1:2] = (wrong[1:2] + 1) % len(snapshot.dataset.target.labels)
    view.show_snapshot(answered(snapshot, wrong))
    marked = ["underline" in row.answer.text() for row in view.pairs.rows]
    assert marked == [False, True, False, False]
    assert "true:" in view.pairs.rows[1].answer.text()


def test_arrows_ask_for_other_samples(qtbot, snapshot):
    view, part = AnswersView(), snapshot.dataset.part(PART)
    qtbot.addWidget(view)
    view.show_snapshot(answered(snapshot, np.maximum(part.targets[:SHOWN], 0)))
    with qtbot.waitSignal(view.probes_changed):
        view.later.click()
    assert view.probes(snapshot.experiment) == {Decoded(PART, SHOWN, SHOWN)}
    labels = np.maximum(part.targets[SHOWN : 2 * SHOWN], 0)
    view.show_snapshot(answered(snapshot, labels, SHOWN))
    expected = snapshot.dataset.question(part.inputs[SHOWN])
    assert view.pairs.rows[0].question.text() == expected
    view.earlier.click()
    view.earlier.click()
    assert view.first == 0


def test_an_answer_without_words_is_a_dash(qtbot):
    dataset = example("seq2seq-transformer").task.load(7)
    empty = np.zeros(dataset.target.steps, np.int64)
    shown = PairList()
    qtbot.addWidget(shown)
    shown.show_pairs([pair(dataset, dataset.validation, 0, empty)])
    assert shown.rows[0].answer.text().startswith("→ –")


def test_other_tasks_have_no_such_view_and_are_not_asked(qtbot):
    view = AnswersView()
    qtbot.addWidget(view)
    for name in ("xor", "mnist-mlp"):
        assert not view.offered(example(name))
        assert not view.probes(example(name))


@pytest.mark.parametrize("name", ["many-to-one-sentiment", "seq2seq-transformer"])
def test_cards_show_the_words_that_come_in(name):
    experiment = example(name)
    dataset, shapes = experiment.task.load(7), experiment.shapes().shapes
    sample = {"input": dataset.validation.inputs[0]}
    steps = dataset.question_steps
    if steps:
        sample["source"], sample["answer"] = sample["input"][:steps], sample["input"][steps:]
    texts = {}
    for node in experiment.graph:
        face = face_for(experiment, node, shapes[node.name])
        if isinstance(face, TokensFace):
            assert face.show(Answers(sample=sample, dataset=dataset))
            texts[node.name] = face.words()
    assert texts.keys() == sample.keys()
    question = dataset.question(sample["input"])
    assert texts.get("source", texts["input"]) == question
    assert texts["input"].startswith(question)
    assert ("[sos]" in texts["input"]) == bool(steps), "where the answer begins"


@pytest.mark.parametrize("name", ["gpt-char", "gpt-char-ko", "bert-mlm"])
def test_long_inputs_show_as_running_text_without_padding(name):
    experiment = example(name)
    dataset, shapes = experiment.task.load(7), experiment.shapes().shapes
    numbers = dataset.validation.inputs[0]
    face = face_for(experiment, experiment.graph["input"], shapes["input"])
    assert face.show(Answers(sample={"input": numbers}, dataset=dataset))
    text = face.words()
    assert "[PAD]" not in text and len(text.split()) > 2
    if name == "gpt-char":
        assert text == "".join(dataset.vocabulary.tokens[int(number)] for number in numbers)
    assert summary(experiment.graph["input"], shapes["input"], True) == f"{len(numbers)} tokens"
    picture = QImage(200, 300, QImage.Format.Format_RGB32)
    picture.fill(0)
    blank, painter = picture.copy(), QPainter(picture)
    face.paint(painter, QRectF(0, 0, 150, 60))
    painter.end()
    assert picture != blank
