"""What a language model writes, on screen: typed prompts, sliders, chosen tokens, masks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.experiment import Experiment
from engine.graph import Graph
from engine.layers.embedding import Embedding
from engine.layers.gru import GRU
from engine.layers.time_distributed import TimeDistributed
from engine.sampling import Continue, Fill, Sampling
from engine.tasks.masked_text import MaskedText
from engine.tasks.text import NextToken
from engine.tasks.tokens import MASK, TOKENIZERS, UNKNOWN, Vocabulary
from engine.trainer import Trainer
from playground.examples import example
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.i18n import set_language
from playground.ui.views.text import TextView, masked_sentence
from playground.ui.views.token_text import MOST_BARS, token_ends


def language_model(task) -> Trainer:
    graph = Graph.chain(
        Embedding(task.vocabulary, 8),
        GRU(8, return_sequences=True),
        TimeDistributed(task.vocabulary, "softmax"),
    )
    return Trainer(Experiment(task, graph))


@pytest.fixture(scope="module")
def writer() -> Trainer:
    return language_model(NextToken("stories-en", vocabulary=56, context=8, stride=8))


@pytest.fixture(scope="module")
def bert() -> Trainer:
    return language_model(MaskedText("stories-en", tokenizer="word", vocabulary=200, context=16))


def answered(view: TextView, trainer: Trainer) -> None:
    """Answer what the view asks, as the session does."""
    answers = {probe: probe.measure(trainer) for probe in view.probes(trainer.experiment)}
    view.show_snapshot(
        Snapshot(1, "paused", trainer.experiment, answers=answers, dataset=trainer.dataset)
    )
    QApplication.processEvents()


@pytest.fixture
def shown(qtbot):
    def shown(trainer: Trainer) -> TextView:
        view = TextView()
        qtbot.addWidget(view)
        view.resize(396, 520)
        view.show()
        answered(view, trainer)
        answered(view, trainer)
        return view

    return shown


def test_a_typed_beginning_is_continued(qtbot, shown, writer):
    view = shown(writer)
    view.prompt.setFocus()
    with qtbot.waitSignal(view.probes_changed):
        QTest.keyClicks(view.prompt, "the cat")
    answered(view, writer)
    assert view.written.toPlainText().startswith("the cat")
    assert len(view.written.toPlainText()) == len("the cat") + 120


def test_sliders_say_how_tokens_are_drawn(qtbot, shown, writer):
    view = shown(writer)
    view.top_k.setFocus()
    with qtbot.waitSignal(view.probes_changed):
        QTest.keyClick(view.top_k, Qt.Key.Key_Right)
    assert view.probes(writer.experiment) == {Continue("", Sampling(120, 0.8, 1, 0))}
    answered(view, writer)
    assert [bar.share for bar in view.bars.bars][:2] == [1, 0]
    view.temperature.set_value(1.5)
    view.top_k.set_value(3)
    answered(view, writer)
    assert sum(bar.share > 0 for bar in view.bars.bars) == 3


def test_drawing_again_writes_another_text(qtbot, shown, writer):
    view = shown(writer)
    before = view.written.toPlainText()
    with qtbot.waitSignal(view.probes_changed):
        view.again.click()
    answered(view, writer)
    assert view.written.toPlainText() != before


def test_a_click_on_a_character_shows_what_might_have_stood_there(shown, writer):
    view = shown(writer)
    answer = view._answer
    cursor = QTextCursor(view.written.document())
    cursor.setPosition(5)
    place = view.written.cursorRect(cursor).center() + QPoint(2, 0)
    QTest.mouseClick(view.written.viewport(), Qt.MouseButton.LeftButton, pos=place)
    vocabulary = writer.dataset.vocabulary
    (chosen,) = (bar for bar in view.bars.bars if bar.chosen)
    token = answer.tokens[5]
    assert chosen.label == vocabulary.labels[token]
    assert chosen.probability == pytest.approx(float(answer.probabilities[5, token]))
    assert vocabulary.labels[token] in view.caption.text()
    assert len(view.bars.bars) == MOST_BARS


def test_the_arrow_keys_go_from_token_to_token(shown, writer):
    view = shown(writer)
    view.written.setFocus()
    view.written.moveCursor(QTextCursor.MoveOperation.Start)
    QTest.keyClick(view.written, Qt.Key.Key_Right)
    QTest.keyClick(view.written, Qt.Key.Key_Right)
    (chosen,) = (bar for bar in view.bars.bars if bar.chosen)
    assert chosen.label == writer.dataset.vocabulary.labels[view._answer.tokens[2]]


def test_masks_are_filled_and_explained(qtbot, shown, bert):
    view = shown(bert)
    assert view.prompt.text().count(MASK) == 1 and MASK not in view.written.toPlainText()
    assert view.mask.isVisible() and not view.temperature.isVisible()
    view.prompt.setText("the  saw the .")
    view.prompt.setCursorPosition(4)
    with qtbot.waitSignal(view.probes_changed):
        view.mask.click()
    assert view.probes(bert.experiment) == {Fill("the [MASK] saw the .")}
    answered(view, bert)
    (chosen,) = (bar for bar in view.bars.bars if bar.chosen)
    assert view.bars.bars[0] == chosen and chosen.label in view.written.toPlainText()


def test_without_a_mask_it_says_what_to_do(shown, bert):
    view = shown(bert)
    view.prompt.setText("the end")
    QTest.keyClick(view.prompt, Qt.Key.Key_Return)
    answered(view, bert)
    assert view.written.toPlainText() == "" and MASK in view.written.placeholderText()
    assert view.bars.bars == []


def test_the_sentence_to_begin_with_is_one_of_the_text(bert):
    sentence = masked_sentence(bert.dataset)
    before, after = sentence.split(MASK)
    assert UNKNOWN not in sentence and (before.strip() or after.strip())


def test_tokens_end_where_they_stand_in_the_text():
    words = Vocabulary.of('the cat said "no" .'.split(), 10, (UNKNOWN,), "word")
    numbers = words.read('the cat said "no".').tolist()
    text = words.write(numbers)
    ends = token_ends(words, numbers, text)
    assert ends == sorted(ends) and ends[-1] == len(text)
    assert text[: ends[1]] == "the cat"
    jamo = TOKENIZERS["jamo"].split("한글")
    letters = Vocabulary("jamo", (UNKNOWN, *jamo), 1)
    assert token_ends(letters, range(1, 7), "한글") == [1, 1, 1, 2, 2, 2]


def test_only_language_models_write(qtbot):
    assert TextView.offered(example("gpt-char")) and TextView.offered(example("bert-mlm"))
    assert not TextView.offered(example("xor"))
    assert not TextView.offered(example("seq2seq-transformer"))


@pytest.mark.parametrize("name", ["light", "dark"])
def test_it_follows_theme_size_and_language(shown, writer, name):
    view = shown(writer)
    theme.manager().set_theme(name)
    theme.manager().set_scale(1.5)
    set_language("ko")
    QApplication.processEvents()
    assert view.minimumSizeHint().width() <= 300
    assert view.heading.title.text() == "쓴 글"
