"""The numbers of the microscope: every line can be reproduced by hand, in all six steps."""

from __future__ import annotations

import math

import pytest
from microscope_tools import COURSE, W112, by_hand, situation

from engine.graph import Graph
from engine.layers.dense import Dense
from engine.losses import CategoricalCrossEntropy
from engine.penalties import L2
from playground.ui.microscope.arithmetic import read, shown
from playground.ui.microscope.markup import plain
from playground.ui.microscope.mode import CARDS
from playground.ui.microscope.situation import Place

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
