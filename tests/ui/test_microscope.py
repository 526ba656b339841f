"""The backpropagation microscope: its arithmetic, its steps, and the way into it and back."""

from __future__ import annotations

import math
import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from engine.experiment import Experiment, Training
from engine.graph import OUTPUT, Graph
from engine.graph_modes import bypass, set_rate
from engine.layers.conv2d import Conv2d
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.losses import CategoricalCrossEntropy
from engine.microscope import LossAlong, Microscope
from engine.optimizers import SGD
from engine.penalties import L2
from engine.tasks.points import Points
from engine.trainer import Trainer
from playground.examples import example
from playground.ui import theme
from playground.ui.i18n import set_language
from playground.ui.microscope.arithmetic import read, shown, signed
from playground.ui.microscope.markup import plain
from playground.ui.microscope.mode import CARDS
from playground.ui.microscope.situation import Place, Situation, units_to_show
from playground.ui.microscope.story import STEPS

COURSE = Experiment(
    Points("xor", count=40),
    Graph.chain(Dense(2, "sigmoid"), Dense(2, "softmax")),
    Training(optimizer=SGD(), learning_rate=0.5, batch_size=1, epochs=3),
)
"""The example of the course: two inputs, two sigmoid units, two softmax units, 12 parameters."""

W112 = Place(0, 0, 1)
"""w₁,₁₂: layer 1, into h₁, from x₂."""

NUMBERS = COURSE.but(graph=Graph.chain(Dense(3, "elu"), Dense(2, "identity")))
EXPERIMENTS = {
    "course": COURSE,
    "adam": COURSE.but(optimizer="adam"),
    "adamw": COURSE.but(optimizer="adamw"),
    "momentum": COURSE.but(optimizer="momentum", penalty=L2(0.1)),
    "nesterov": COURSE.but(optimizer="nesterov"),
    "adagrad": COURSE.but(optimizer="adagrad"),
    "rmsprop": COURSE.but(optimizer="rmsprop"),
    "deep": COURSE.but(graph=Graph.chain(Dense(9), Dense(7, "relu"), Dense(2, "softmax"))),
    "one output": COURSE.but(
        graph=Graph.chain(Dense(3, "softsign"), Dense(1, "sigmoid")), loss="binary_cross_entropy"
    ),
    "two sigmoids": COURSE.but(
        graph=Graph.chain(Dense(3, "leaky_relu"), Dense(2, "sigmoid")), loss="binary_cross_entropy"
    ),
    "smoothed": COURSE.but(loss=CategoricalCrossEntropy(smoothing=0.1)),
    "squares of probabilities": COURSE.but(loss="mse"),
    "squares": NUMBERS.but(loss="mse"),
    "absolute": NUMBERS.but(loss="mae"),
    "huber": NUMBERS.but(loss="huber"),
    "perceptron": COURSE.but(graph=Graph.chain(Dense(2, "step")), loss="perceptron"),
    "linked afterwards": NUMBERS.but(loss="cross_entropy"),
}


def situation(experiment, place=W112, rows=4, steps=7, index=4):
    trainer = Trainer(experiment)
    training = trainer.steps()
    for _ in range(steps):
        next(training)
    step = Microscope(index=index).measure(trainer)
    return Situation(step, experiment, place, units_to_show(step, place, rows)), trainer


def by_hand(numbers):
    """Calculate what a line says, with the digits that it shows."""
    text = re.sub(r"\([^()]*(more|외)[^()]*\)", "", plain(numbers))
    text = re.sub(r"·10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda m: f"e{read('1·10' + m[1]):.0e}"[-4:], text)
    text = re.sub(r"\|([^|]*)\|", r"abs(\1)", text)
    text = re.sub(r"√(\([^()]*\)|[\d.e+-]+)", r"sqrt(\1)", text)
    text = re.sub(r"\bln ([\d.e+-]+)", r"log(\1)", text).replace("ln(", "log(")
    text = text.replace("²", "**2").replace("^", "**").replace("×", "*").replace("−", "-")
    names = {name: getattr(math, name) for name in ("exp", "log", "sqrt", "tanh")}
    return eval(text, {"__builtins__": {}}, {**names, "abs": abs, "max": max, "min": min})


def lines(situation):
    return [line for make in CARDS.values() for card in make(situation) for line in card.lines]


@pytest.mark.parametrize("experiment", EXPERIMENTS.values(), ids=EXPERIMENTS)
@pytest.mark.parametrize("place", [W112, Place(0, 1, None)], ids=["weight", "bias"])
def test_every_line_can_be_reproduced_by_hand_with_the_digits_shown(experiment, place):
    every = lines(situation(experiment, place)[0])
    assert len(every) > 5
    for line in every:
        if line.numbers:
            mantissa, _, power = line.result.partition("·")
            last = max(len(mantissa.partition(".")[2]), 3 if power else 4)
            half = 0.501 * read(f"1·{power}" if power else "1") * 10.0**-last
            told = (plain(line.symbols), line.numbers, line.result)
            assert abs(by_hand(line.numbers) - read(line.result)) <= half, told


@pytest.mark.parametrize("experiment", EXPERIMENTS.values(), ids=EXPERIMENTS)
def test_the_numbers_shown_are_those_of_the_probe(experiment):
    s, _ = situation(experiment)
    cards = CARDS["weight"](s)
    assert cards[-1].badge == "="
    assert cards[-1].value == s.step.layers[0].dW[1, 0]
    assert math.prod(card.value for card in cards[:-1]) == pytest.approx(cards[-1].value)
    assert CARDS["loss"](s)[-1].value == s.step.loss
    new = next(card for card in CARDS["update"](s) if card.badge == "=")
    assert new.value == pytest.approx(s.updated, abs=1e-12)
    for card in CARDS["forward"](s):
        _, layer, unit = card.spot
        assert card.value == s.step.layers[layer].h[unit]


def test_the_chain_rule_of_the_course_for_the_weight_into_h1_from_x2():
    s, _ = situation(COURSE)
    arriving, slope, came_in, total = CARDS["weight"](s)
    assert [card.badge for card in (arriving, slope, came_in, total)] == ["1", "2", "3", "="]
    assert plain(arriving.lines[0].symbols) == "∂L/∂h₁ = ∂L/∂z₂,₁·w₂,₁₁ + ∂L/∂z₂,₂·w₂,₂₁"
    assert plain(slope.lines[0].symbols) == "∂h₁/∂z₁,₁ = h₁ (1 − h₁)"
    assert plain(came_in.lines[0].symbols) == "∂z₁,₁/∂w₁,₁₂ = x₂"
    assert plain(total.lines[0].symbols) == "∂L/∂w₁,₁₂ = ① × ② × ③"
    hidden, output = s.layers
    assert arriving.value == pytest.approx(output.dz @ output.W[0])
    assert slope.value == pytest.approx(hidden.h[0] * (1 - hidden.h[0]))
    assert came_in.value == hidden.x[1]
    errors = [plain(card.lines[0].symbols) for card in CARDS["output"](s)]
    assert errors[:2] == ["∂L/∂z₂,₁ = p₁ − y₁", "∂L/∂z₂,₂ = p₂ − y₂"]


def test_a_weight_of_the_output_layer_has_two_factors_with_cross_entropy():
    s, _ = situation(COURSE, Place(1, 1, 0))
    cards = CARDS["weight"](s)
    assert [card.badge for card in cards] == ["1", "2", "="]
    assert plain(cards[-1].lines[0].symbols) == "∂L/∂w₂,₂₁ = ① × ②"
    assert len(CARDS["weight"](situation(COURSE.but(loss="mse"), Place(1, 1, 0))[0])) == 3


def test_wide_layers_show_the_path_and_what_the_rest_adds_up_to():
    wide = COURSE.but(graph=Graph.chain(Dense(30), Dense(25, "relu"), Dense(2, "softmax")))
    s, _ = situation(wide, Place(1, 7, 11), rows=3)
    assert [len(units) for units in s.shown] == [2, 3, 3, 2]
    assert 11 in s.shown[1] and 7 in s.shown[2]
    assert any("(and 27 more)" in line.numbers for line in lines(s))
    assert s.name == "w_[2,8,12]"


def test_few_digits_where_few_do():
    assert [shown(v) for v in (0.5, 1.0, 0.0, -0.60000, 0.999)] == [
        "0.5",
        "1",
        "0",
        "−0.6",
        "0.999",
    ]
    assert [shown(v) for v in (1 / 3, 0.012345, 1.2345e-6)] == ["0.3333", "0.01235", "1.234·10⁻⁶"]


# In the window


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
