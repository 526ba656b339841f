from itertools import pairwise
from math import cos, pi

import pytest

from engine.schedules import (
    CosineDecay,
    ExponentialDecay,
    InverseSqrt,
    StepDecay,
    schedule,
    warmed_up,
)


def factors(rule, epochs, planned):
    return [rule.factor(epoch, planned) for epoch in epochs]


def test_step_drops_at_the_milestones():
    assert factors(StepDecay(), (0, 29.99, 30, 60, 89, 90, 500), 100) == pytest.approx(
        [1, 1, 0.1, 0.01, 0.01, 0.001, 0.001]
    )
    assert StepDecay(milestones=(2, 4), gamma=0.5).factor(5, 10) == 0.25
    assert StepDecay(milestones=()).factor(5, 10) == 1


def test_exponential_decays_by_the_same_share_each_epoch():
    assert factors(ExponentialDecay(gamma=0.9), (0, 1, 2.5), 10) == pytest.approx(
        [1, 0.9, 0.9**2.5]
    )


def test_cosine_falls_over_the_planned_epochs():
    assert factors(CosineDecay(), (0, 10, 20, 40, 50), 40) == pytest.approx(
        [1, (1 + cos(pi / 4)) / 2, 0.5, 0, 0]
    )
    assert factors(CosineDecay(final=0.2), (0, 20, 40, 80), 40) == pytest.approx([1, 0.6, 0.2, 0.2])


def test_inverse_square_root():
    assert factors(InverseSqrt(scale=5), (0, 15, 40), 100) == pytest.approx([1, 1 / 2, 1 / 3])


@pytest.mark.parametrize("kind", list(schedule))
def test_factors_begin_at_one_and_never_rise(kind):
    values = factors(schedule[kind](), [0.25 * i for i in range(500)], 100)
    assert values[0] == 1
    assert all(0 <= later <= sooner for sooner, later in pairwise(values))


@pytest.mark.parametrize("kind", list(schedule))
def test_warm_up_rises_linearly_on_any_schedule(kind):
    rule = schedule[kind]()
    for epoch in (0, 1, 2.5, 3.99):
        expected = epoch / 4 * rule.factor(epoch, 100)
        assert warmed_up(rule, 4.0, epoch, 100) == pytest.approx(expected)
    for epoch in (4, 17.5, 99):
        assert warmed_up(rule, 4.0, epoch, 100) == rule.factor(epoch, 100)
        assert warmed_up(rule, 0.0, epoch, 100) == rule.factor(epoch, 100)
    assert warmed_up(rule, 0.0, 0, 100) == 1
