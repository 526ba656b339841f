"""The microscope in the window: its steps, and the way into it and back."""

from __future__ import annotations

import pytest
from microscope_tools import COURSE, by_hand, situation
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from engine.graph import OUTPUT, Graph
from engine.graph_modes import bypass, set_rate
from engine.layers.conv2d import Conv2d
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.microscope import LossAlong, Microscope
from playground.examples import example
from playground.ui import theme
from playground.ui.i18n import set_language
from playground.ui.microscope.arithmetic import read, shown, signed
from playground.ui.microscope.markup import plain
from playground.ui.microscope.mode import CARDS
from playground.ui.microscope.situation import Place
from playground.ui.microscope.story import STEPS


@pytest.fixture
def opened(open_window, qtbot):
    """Open the microscope over a window, and wait for its numbers."""

    def opened(experiment=COURSE):
        window = open_window(experiment)
        window.microscope.open()
        wait(qtbot, window)
        return window

    return opened


def wait(qtbot, window):
    """Wait until the microscope shows what was asked for last."""
    mode = window.microscope.mode

    def shown_all():
        answers = window.session.snapshot().answers
        wanted = mode.probes(window.document.experiment)
        along = [answers.get(probe) for probe in wanted if isinstance(probe, LossAlong)]
        return mode.place is not None and wanted <= set(answers) and along == [mode._along]

    qtbot.waitUntil(shown_all, timeout=20_000)


def test_opening_pauses_and_escape_leads_back(open_window, qtbot):
    window = open_window(COURSE.but(epochs=100_000))
    window.session.play()
    qtbot.waitUntil(lambda: window.session.snapshot().state == "running")
    action = window.menus.actions_by_text["Microscope"]
    assert action.shortcut().toString() == "Ctrl+M"
    action.trigger()
    wait(qtbot, window)
    assert window.session.snapshot().state == "paused"
    mode = window.microscope.mode
    assert mode.isVisible() and not window.canvas.isVisible()
    qtbot.keyClick(mode.drawing, Qt.Key.Key_Escape)
    assert window.canvas.isVisible() and not window.microscope.is_open
    assert not any(isinstance(probe, Microscope) for probe in window._wanted)


def test_a_click_on_an_edge_of_the_canvas_opens_it_for_that_weight(open_window, qtbot):
    window = open_window(COURSE)
    canvas = window.canvas
    qtbot.waitUntil(lambda: canvas.network.edges["dense_1", "output"].weights is not None)
    edges = canvas.network.edges["dense_1", "output"]
    point = next(
        canvas.mapFromScene(edges._paths[1, 0].pointAtPercent(share))
        for share in (0.2, 0.3, 0.7, 0.8)
        if edges.hit(edges._paths[1, 0].pointAtPercent(share), 4) == (1, 0)
    )
    qtbot.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=point)
    wait(qtbot, window)
    assert window.microscope.mode.place == Place(1, 0, 1)
    assert window.microscope.mode.side.name.text() == "w₂,₁₂"


def test_the_steps_by_keys_and_samples_by_page_keys(opened, qtbot):
    window = opened()
    mode = window.microscope.mode
    for key in list(STEPS)[1:]:
        qtbot.keyClick(mode.drawing, Qt.Key.Key_Right)
        assert mode.steps.value() == key
        assert mode.cards.boxes and not mode.grab().isNull()
    qtbot.keyClick(mode.drawing, Qt.Key.Key_Right)
    assert mode.steps.value() == "update" and not mode.after.isEnabled()
    qtbot.keyClick(mode.drawing, Qt.Key.Key_Left)
    assert mode.steps.value() == "weight"
    before = mode.situation.step.loss
    qtbot.keyClick(mode.drawing, Qt.Key.Key_PageDown)
    wait(qtbot, window)
    assert mode.samples.index == 1 and mode.situation.step.loss != before
    qtbot.keyClick(mode.drawing, Qt.Key.Key_PageUp)
    mode.samples.choose("validation", 2)
    wait(qtbot, window)
    asked = Microscope("validation", 2)
    answer = window.session.ask(asked.measure).result(10)
    assert mode.situation.step.loss == answer.loss


def test_a_click_on_a_weight_shows_its_chain_rule(opened, qtbot):
    window = opened()
    mode = window.microscope.mode
    mode.steps.set_value("weight")
    picture = mode.drawing._picture
    target = next(place for place in picture.labels if place == Place(1, 1, 0))
    point = picture.labels[target].center().toPoint()
    qtbot.mouseClick(mode.drawing, Qt.MouseButton.LeftButton, pos=point)
    wait(qtbot, window)
    assert mode.place == target
    assert [box.card.badge for box in mode.cards.boxes] == ["1", "2", "="]
    assert "∂L/∂w₂,₂₁" in mode.cards.boxes[-1].accessibleName()
    assert mode.drawing.accessibleDescription().startswith("w₂,₂₁ = ")
    qtbot.keyClick(mode.drawing, Qt.Key.Key_Down)
    assert mode.place == Place(1, 0, 1)


def test_the_finite_difference_agrees_in_the_side_panel(opened):
    side = opened().microscope.mode.side
    assert side.verdict.text().endswith("matches the chain rule")
    check = side.check_numbers.text().removeprefix("= ")
    assert side.verdict.text().startswith(("+", "−"))
    slope = read(side.verdict.text().split()[0].removeprefix("+"))
    assert by_hand(check) == pytest.approx(slope, abs=1e-4)


def test_one_update_is_made_as_shown_and_can_be_undone(opened, qtbot):
    window = opened()
    mode = window.microscope.mode
    before, old = mode.situation, mode.situation.value
    assert not mode.side.undo.isEnabled()
    mode.side.make.click()
    qtbot.waitUntil(lambda: mode.situation.step is not before.step, timeout=10_000)
    assert mode.situation.value == pytest.approx(before.updated, abs=1e-6)
    assert mode.situation.step.loss == pytest.approx(before.step.loss_after, rel=1e-5)
    assert window.session.snapshot().step == 0
    mode.side.undo.click()
    qtbot.waitUntil(lambda: mode.situation.value == old, timeout=10_000)
    assert not mode.side.undo.isEnabled()


def test_other_networks_are_refused_with_the_reason(open_window, qtbot):
    digits = example("lenet-mnist").graph
    window = open_window(COURSE)
    assert window.header.scope.isEnabled()
    graph = Graph.chain(Dense(4, weights="lora"), Dense(2, "softmax"))
    window.document.edit_graph(graph, "edit")
    assert not window.header.scope.isEnabled()
    assert "chains of dense layers" in window.header.scope.toolTip()
    window.microscope.open()
    assert not window.microscope.is_open
    assert any(isinstance(node.layer, Conv2d | Flatten) for node in digits)
    window.document.undo_stack.undo()
    assert window.header.scope.isEnabled()


def test_an_edit_that_makes_another_network_of_it_leads_back(opened):
    window = opened()
    window.document.edit_graph(Graph.chain(Dense(3), Dense(2, "softmax")), "edit")
    assert window.microscope.is_open
    window.document.edit_graph(Graph.chain(Dense(4, weights="lora"), Dense(2, "softmax")), "edit")
    assert not window.microscope.is_open


def test_at_every_size_the_parts_come_to_rest(opened):
    window = opened()
    for key in ("forward", "hidden", "weight"):
        window.microscope.mode.steps.set_value(key)
        for width in range(1024, 1500, 97):
            for height in (640, 777):
                window.resize(width, height)
                QApplication.processEvents()
    rows = window.microscope.mode.cards
    assert all(rows.rect().contains(box.geometry()) for box in rows.boxes)


def test_languages_themes_and_text_sizes(opened):
    window = opened()
    mode = window.microscope.mode
    window.resize(1024, 768)
    for language, name, scale in (("ko", "dark", 1.5), ("en", "light", 1.0)):
        set_language(language)
        theme.manager().set_theme(name)
        theme.manager().set_scale(scale)
        QApplication.processEvents()
        for step in ("forward", "weight"):
            mode.steps.set_value(step)
            assert not mode.grab().isNull()
        korean = language == "ko"
        assert mode.back.text() == ("신경망" if korean else "Network")
        assert ("가중치" in mode.side.sentence.text()) == korean
        assert mode.side.curve._slope.toPlainText().startswith("기울기" if korean else "slope")
        assert ("오차" in mode.cards.boxes[0].accessibleName()) == korean


CROSSED = COURSE.but(task=COURSE.task.but(features=("x1^2", "x1*x2", "sin x1")))


def test_crossed_inputs_are_called_by_their_formulas(opened, qtbot):
    window = opened(CROSSED)
    mode = window.microscope.mode
    names = [plain(mode.situation.unit(-1, unit)) for unit in range(5)]
    assert names == ["x₁", "x₂", "x₁²", "x₁x₂", "sin(2πx₁)"]
    mode.look_at(Place(0, 1, 2))
    wait(qtbot, window)
    assert mode.side.between.text() == "x₁² → h₂"
    mode.steps.set_value("weight")
    told = " ".join(box.accessibleName() for box in mode.cards.boxes)
    assert "= x₁²" in told and "x₃" not in told


@pytest.mark.parametrize(("language", "weight"), [("en", "weight"), ("ko", "가중치")])
def test_a_bias_is_not_called_a_weight(opened, qtbot, language, weight):
    window = opened()
    set_language(language)
    QApplication.processEvents()
    mode = window.microscope.mode
    side = mode.side

    def told():
        texts = [side.sentence, side.curve_title, *(name for name, _ in side.losses)]
        spoken = [side.curve.accessibleName(), side.trial.slider.accessibleName()]
        step = mode.steps.button("weight").accessibleName()
        return " ".join([*(label.text() for label in texts), *spoken, step])

    assert weight in told()
    mode.look_at(Place(0, 1, None))
    wait(qtbot, window)
    assert weight not in told()
    mode.look_at(Place(0, 1, 0))
    wait(qtbot, window)
    assert weight in told()


def test_a_weight_moves_along_its_curve_by_keys_and_nothing_changes(opened, qtbot):
    window = opened()
    mode = window.microscope.mode
    trial, before = mode.side.trial, mode.situation
    assert trial.value == pytest.approx(before.value)
    assert not trial.set_button.isEnabled() and not trial.back.isEnabled()
    trial.slider.setFocus()
    step = mode.steps.value()
    for _ in range(3):
        qtbot.keyClick(trial.slider, Qt.Key.Key_Right)
    assert mode.steps.value() == step, "the arrows are the slider's, not those of the steps"
    assert trial.value == pytest.approx(before.value + 0.3)
    along = mode._along
    assert shown(along["loss"][trial.at]) in trial.told.text()
    assert signed(along["slopes"][trial.at]) in mode.side.curve.accessibleDescription()
    trial.back.click()
    assert trial.value == pytest.approx(before.value) and not trial.back.isEnabled()
    assert mode.situation.step is before.step


def test_the_slope_along_the_curve_is_that_of_a_network_with_the_value(opened, qtbot):
    window = opened()
    mode = window.microscope.mode
    trial = mode.side.trial
    trial.slider.setValue(60)
    slope, loss = mode._along["slopes"][60], mode._along["loss"][60]
    trial.set_button.click()
    qtbot.waitUntil(lambda: mode.situation.value == pytest.approx(trial.value), timeout=10_000)
    wait(qtbot, window)
    assert mode.situation.gradient == pytest.approx(slope, abs=1e-6)
    assert mode.situation.step.loss == pytest.approx(loss, abs=1e-6)


def test_a_value_that_was_tried_becomes_the_weight_by_one_undo_step(opened, qtbot):
    window = opened()
    mode, stack = window.microscope.mode, window.document.undo_stack
    old = mode.situation.value
    trial = mode.side.trial
    trial.slider.setValue(10)
    wanted = trial.value
    trial.set_button.click()
    qtbot.waitUntil(lambda: mode.situation.value == pytest.approx(wanted), timeout=10_000)
    wait(qtbot, window)
    assert stack.count() == 1 and trial.value == pytest.approx(wanted)
    assert not trial.set_button.isEnabled(), "the value that was tried is the present one"
    stack.undo()
    qtbot.waitUntil(lambda: mode.situation.value == old, timeout=10_000)


def test_parameters_that_take_no_part_are_not_counted(opened):
    window = opened()
    mode = window.microscope.mode
    chain = Graph.chain(Dense(3), Dense(2), Dense(2, "softmax"))
    graph = set_rate(bypass(chain, ["dense_1"]), OUTPUT, 0.0)
    s, _ = situation(COURSE.but(graph=graph))
    assert s.learning == 6
    assert "6" in CARDS["update"](s)[-1].lines[0].symbols
    window.document.edit_graph(graph, "Bypass")
    assert mode.network.text() == "2-2-2 network" and mode.hint.text().startswith("12 parameters")
