"""Maps of attention: tokens, masks, heads, layers and samples."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.probes import Sample
from engine.probes_inside import Inside
from engine.trainer import Trainer
from playground.examples import example
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.i18n import set_language
from playground.ui.views.attention import AttentionView, places
from playground.ui.views.attention_map import AttentionMap, hidden_runs


@pytest.fixture(scope="module")
def translator() -> Trainer:
    return Trainer(example("seq2seq-transformer"))


def answered(view: AttentionView, trainer: Trainer) -> None:
    answers = {probe: probe.measure(trainer) for probe in view.probes(trainer.experiment)}
    view.show_snapshot(
        Snapshot(1, "paused", trainer.experiment, answers=answers, dataset=trainer.dataset)
    )
    QApplication.processEvents()


@pytest.fixture
def shown(qtbot):
    def shown(trainer: Trainer) -> AttentionView:
        view = AttentionView()
        view.sample = Sample()
        qtbot.addWidget(view)
        view.resize(396, 520)
        view.show()
        answered(view, trainer)
        return view

    return shown


def move_mouse(widget, at: QPointF) -> None:
    none = Qt.MouseButton.NoButton
    keys = Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(QEvent.Type.MouseMove, at, widget.mapToGlobal(at), none, none, keys)
    QApplication.sendEvent(widget, event)


def test_every_attention_of_a_network_can_be_chosen(qtbot, shown, translator):
    view = shown(translator)
    texts = [view.layer.itemText(i) for i in range(view.layer.count())]
    assert texts == ["encoder_1", "decoder_1", "decoder_1, to the memory"]
    assert view.layer.value().memory, "how an answer looks back at its question comes first"
    assert Inside("decoder_1", Sample()) in view.probes(translator.experiment)
    with qtbot.waitSignal(view.probes_changed):
        view.layer.set_value(view.layer.itemData(0))
    assert Inside("encoder_1", Sample()) in view.probes(translator.experiment)


def test_rows_are_words_of_the_answer_and_columns_words_of_the_question(shown, translator):
    view = shown(translator)
    view.layer.set_value(view.layer.itemData(2))
    answered(view, translator)
    row, words = Sample().inputs(translator)[0].astype(int), translator.dataset.words
    asked = translator.dataset.question_steps
    assert view.map._keys == [words[n] for n in row[:asked]]
    assert view.map._queries == [words[n] for n in row[asked:]]


def test_the_map_is_that_of_the_chosen_head(shown, translator):
    view = shown(translator)
    maps = Inside("decoder_1", Sample()).measure(translator)["cross"]
    np.testing.assert_array_equal(view.map._weights, maps[0])
    QTest.mouseClick(
        view.heads, Qt.MouseButton.LeftButton, pos=view.heads.place(2).center().toPoint()
    )
    np.testing.assert_array_equal(view.map._weights, maps[2])
    QTest.keyClick(view.heads, Qt.Key.Key_Right)
    np.testing.assert_array_equal(view.map._weights, maps[3])
    assert view.heads.accessibleDescription() == f"head 4 of {len(maps)}"


def test_masked_keys_are_hatched_and_said_to_be_masked(shown, translator):
    view = shown(translator)
    view.layer.set_value(view.layer.itemData(1))
    answered(view, translator)
    weights = view.map._weights
    assert view.map._runs == [(row, row + 1, len(weights)) for row in range(len(weights) - 1)]
    left, top, side = view.map.grid()
    move_mouse(view.map, QPointF(left + 2.5 * side, top + 0.5 * side))
    assert view.map.tip.isVisible() and view.map.tip.text().endswith("masked")
    move_mouse(view.map, QPointF(left + 0.5 * side, top + 0.5 * side))
    assert view.map.tip.text().endswith("100.0%")
    QTest.keyClick(view.map, Qt.Key.Key_Down)
    assert view.map._cell == (1, 0)


def test_another_sample_is_chosen_for_all_views(qtbot, shown, translator):
    view = shown(translator)
    with qtbot.waitSignal(view.sample_chosen) as chosen:
        view.later.click()
    assert chosen.args == [Sample("validation", 1)]
    answered(view, translator)
    expected = Inside("decoder_1", Sample("validation", 1)).measure(translator)["cross"][0]
    np.testing.assert_array_equal(view.map._weights, expected)
    view.earlier.click()
    view.earlier.click()
    assert view.sample.index == len(translator.dataset.validation) - 1


def test_a_network_that_translates_begins_with_the_view(open_window):
    window = open_window(example("seq2seq-transformer"))
    QApplication.processEvents()
    shown = {dock.objectName(): dock for dock in window.stage.docks() if dock.in_sight}
    assert shown["attention"].height() > 250
    window.open_task("gpt-char")
    assert "attention" not in {dock.objectName() for dock in window.stage.docks() if dock.in_sight}


@pytest.mark.parametrize("keys", [["[pad]", "않습니다"], ["a", "b"]])
def test_keys_are_whole_above_their_columns_or_turned(qtbot, keys):
    shown = AttentionMap()
    qtbot.addWidget(shown)
    shown.resize(200, 200)
    shown.show_map(np.full((4, 2), 0.5, np.float32), list("wxyz"), keys)
    _, top, side = shown.grid()
    metrics = QFontMetrics(theme.font("thumb"))
    widest = max(metrics.horizontalAdvance(key) for key in keys)
    assert widest <= side or top >= widest


def test_the_selected_layer_is_shown(shown, translator):
    view = shown(translator)
    view.show_selection("decoder_1")
    assert view.layer.value().node == "decoder_1"
    view.show_selection("output")
    assert view.layer.value().node == "decoder_1"


def test_characters_of_a_text_and_steps_of_a_series_are_labels(shown):
    gpt = Trainer(example("gpt-char"))
    view = shown(gpt)
    assert "␣" in view.map._queries and view.map._keys == view.map._queries
    traffic = Trainer(example("vds-transformer"))
    answered(view, traffic)
    assert view.map._queries[:2] == ["1", "2"]


def test_it_is_offered_where_a_layer_attends(qtbot):
    assert AttentionView.offered(example("bert-mlm"))
    assert not AttentionView.offered(example("vds-lstm"))
    experiment = example("gpt-char")
    found = places(experiment.graph, experiment.shapes().shapes)
    assert [place.name for place in found] == ["attention", "attention"]


def test_before_the_first_answer_it_says_what_comes(qtbot):
    view = AttentionView()
    qtbot.addWidget(view)
    view.show()
    view.show_snapshot(Snapshot(1, "loading", example("gpt-char")))
    assert view.empty.isVisible() and not view.map.isVisible()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_it_follows_theme_size_and_language(shown, translator, name):
    view = shown(translator)
    theme.manager().set_theme(name)
    theme.manager().set_scale(1.5)
    set_language("ko")
    QApplication.processEvents()
    assert view.minimumSizeHint().width() <= 300
    assert view.heading.title.text() == "어텐션"


def test_stretches_of_hidden_keys():
    weights = np.array([[np.nan, 0, np.nan, np.nan], [1, 0, 0, 0]], np.float32)
    assert hidden_runs(weights) == [(0, 0, 1), (0, 2, 4)]
