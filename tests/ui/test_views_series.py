"""Gates and states over time: of a sample's steps, of a day, under tokens."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.probes import Sample
from engine.probes_inside import Inside, LastSteps
from engine.trainer import Trainer
from playground.examples import example
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.i18n import set_language
from playground.ui.views.days import days
from playground.ui.views.gate_map import TimeAxis
from playground.ui.views.gates import GatesView


@pytest.fixture(scope="module")
def traffic() -> Trainer:
    return Trainer(example("vds-lstm"))


@pytest.fixture(scope="module")
def tagger() -> Trainer:
    return Trainer(example("many-to-many-tagging"))


def answered(view: GatesView, trainer: Trainer) -> None:
    """Answer what the view asks; it asks anew once it knows the data."""
    for _ in range(2):
        answers = {probe: probe.measure(trainer) for probe in view.probes(trainer.experiment)}
        view.show_snapshot(
            Snapshot(1, "paused", trainer.experiment, answers=answers, dataset=trainer.dataset)
        )
    QApplication.processEvents()


@pytest.fixture
def shown(qtbot):
    def shown(trainer: Trainer) -> GatesView:
        view = GatesView()
        view.sample = Sample()
        qtbot.addWidget(view)
        view.resize(800, 240)
        view.show()
        answered(view, trainer)
        return view

    return shown


def click(view: GatesView, unit: int, column: int) -> None:
    at = view.map._cell_box(unit, column).center().toPoint()
    QTest.mouseClick(view.map, Qt.MouseButton.LeftButton, pos=at)


def test_a_day_of_traffic_is_seen_gate_by_gate(shown, traffic):
    view = shown(traffic)
    day = max(days(traffic.dataset), key=lambda day: day.stop - day.start)
    probe = LastSteps("lstm_1", day.part, day.start, day.stop)
    assert view.probes(traffic.experiment) == {probe}
    found = probe.measure(traffic)
    names = [view.quantity.itemText(i) for i in range(view.quantity.count())]
    assert names == [
        "Forget gate",
        "Input gate",
        "Output gate",
        "Candidate",
        "Cell state",
        "Hidden state",
    ]
    for name, values in found.items():
        view.quantity.set_value(name)
        np.testing.assert_array_equal(view.map._values, values.T)
        assert view.map.ends()[0] == ("0 closed" if name.endswith("gate") else view.map.ends()[0])
    assert view.map._axis.names[:3] == ["00:00", "00:05", "00:10"]


def test_a_click_on_a_time_chooses_its_sample_for_all_views(qtbot, shown, traffic):
    view = shown(traffic)
    day = view._day
    with qtbot.waitSignal(view.sample_chosen) as chosen:
        click(view, 3, 100)
    assert chosen.args == [Sample(day.part, day.start + 100)]
    assert view.map._marked == 100 and view._day == day
    view.over.set_value("sample")
    answered(view, traffic)
    steps = Inside("lstm_1", view.sample).measure(traffic)["forget gate"]
    np.testing.assert_array_equal(view.map._values, steps.T)
    view.over.set_value("day")
    answered(view, traffic)
    np.testing.assert_allclose(view.map._values[:, 100], steps[-1], atol=1e-6)


def test_arrows_go_from_day_to_day_and_from_sample_to_sample(shown, traffic):
    view = shown(traffic)
    whole, every = view._day, days(traffic.dataset)
    view.later.click()
    assert view._day == every[(every.index(whole) + 1) % len(every)]
    assert str(view._day.date) in view.heading.detail.text()
    view.over.set_value("sample")
    index = view.sample.index
    view.later.click()
    assert view.sample.index == index + 1


def test_steps_of_a_sentence_stand_over_its_words(shown, tagger):
    view = shown(tagger)
    assert view.over.isHidden()
    row, words = Sample().inputs(tagger)[0].astype(int), tagger.dataset.words
    assert view.map._axis.names == [words[n] for n in row]
    assert view.quantity.itemText(0) == "Update gate"


def test_mouse_and_keys_read_single_values(shown, tagger):
    view = shown(tagger)
    QTest.mouseMove(view.map, view.map._cell_box(4, 2).center().toPoint())
    view.map._point_at((4, 2))
    value = f"{view.map._values[4, 2]:.2f}"
    assert view.map.tip.isVisible() and view.map.tip.text().endswith(f"unit 5: {value}")
    QTest.keyClick(view.map, Qt.Key.Key_Right)
    QTest.keyClick(view.map, Qt.Key.Key_Up)
    assert view.map._cell == (3, 3)


def test_states_are_drawn_by_their_sign(shown, tagger):
    view = shown(tagger)
    view.quantity.set_value("hidden state")
    values, image = view.map._values, view.map._image
    for at in (np.unravel_index(values.argmax(), values.shape), divmod(int(values.argmin()), 7)):
        unit, step = map(int, at)
        color = image.pixelColor(step, unit)
        assert (color.blue() > color.red()) == (values[unit, step] > 0)


def test_the_selected_layer_is_shown(shown):
    run = Trainer(example("vds-lstm"))
    view = shown(run)
    view.show_selection("output")
    assert view.layer.value() == "lstm_1"


def test_it_is_offered_where_a_state_is_carried(qtbot):
    assert GatesView.offered(example("rnn-char"))
    assert not GatesView.offered(example("gpt-char"))
    assert not GatesView.offered(example("vds-mlp"))


def test_another_task_shows_its_own(shown, traffic, tagger):
    view = shown(traffic)
    answered(view, tagger)
    assert view.quantity.itemText(0) == "Update gate" and view.over.isHidden()
    answered(view, traffic)
    assert view.quantity.itemText(0) == "Forget gate" and not view.over.isHidden()


def test_before_the_first_answer_it_says_what_comes(qtbot):
    view = GatesView()
    qtbot.addWidget(view)
    view.show()
    view.show_snapshot(Snapshot(1, "loading", example("vds-lstm")))
    assert view.empty.isVisible() and not view.map.isVisible()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_it_follows_theme_size_and_language(shown, traffic, name):
    view = shown(traffic)
    theme.manager().set_theme(name)
    theme.manager().set_scale(1.5)
    set_language("ko")
    for _ in range(2):  # the choices go below each other first
        view.resize(300, 400)
        QApplication.processEvents()
    assert view.width() == 300
    assert view.quantity.itemText(0) == "망각 게이트"


def test_steps_are_named_in_their_middle():
    axis = TimeAxis.of_steps(["a", "b"])
    assert axis.ticks == [(0.5, "a"), (1.5, "b")] and axis.end == 2
