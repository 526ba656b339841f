"""Losses of two numbers, and the ways of the optimizers on them."""

import numpy as np
import pytest

from engine.optimizers import LBFGS, SGD, Adam, Momentum, optimizer
from engine.probes_surface import LossSlice, directions
from engine.surface import Sampled, Valley, descend
from engine.trainer import Trainer
from playground.examples import example

START = np.array([-0.9, 0.55])


def test_the_gradient_of_the_valley_is_that_of_its_value():
    valley, point, h = Valley(), np.array([0.3, -0.7]), 1e-6
    steps = h * np.eye(2)
    slopes = [(valley.value(point + step) - valley.value(point - step)) / (2 * h) for step in steps]
    assert np.allclose(valley.gradient(point), slopes)


def test_the_learning_rate_of_gradient_descent_is_too_small_right_or_too_large():
    def loss(rate):
        return float(Valley().value(descend(SGD(), rate, Valley(), START, 60)[-1]))

    assert loss(0.0001) > 1.0 > loss(0.01)
    assert loss(0.01) < 0.1
    assert loss(0.02) > loss(0.0)


def test_momentum_is_farther_along_the_valley_than_plain_descent():
    ends = [descend(one, 0.002, Valley(), START, 60)[-1] for one in (SGD(), Momentum(beta=0.9))]
    plain, heavy = (float(Valley().value(end)) for end in ends)
    assert heavy < plain


@pytest.mark.parametrize("kind", list(optimizer))
def test_every_optimizer_comes_down(kind):
    path = descend(optimizer[kind](), 0.01, Valley(), START, 80)
    losses = Valley().value(path)
    assert np.isfinite(path).all() and (path[0] == START).all()
    assert losses[-1] < losses[0]


def test_a_quadratic_is_solved_by_curvature_in_few_steps():
    path = descend(LBFGS(), 0.0, Valley(), START, 80)
    assert len(path) < 20
    assert np.allclose(path[-1], 0, atol=1e-4)


def test_a_sampled_plane_is_exact_between_its_points():
    x, y = np.meshgrid(np.linspace(-2, 2, 5), np.linspace(-2, 2, 5))
    surface = Sampled(3 * x - y + 1, 2.0)
    points = np.array([[0.3, -1.7], [1.99, 0.2], [-2.0, 2.0]])
    assert np.allclose(surface.value(points), 3 * points[:, 0] - points[:, 1] + 1)
    assert np.allclose(surface.gradient(points[0]), [3, -1])


@pytest.mark.parametrize("name", ["xor", "diabetes-mlp"])
def test_the_slice_goes_through_the_present_weights_and_leaves_them(name):
    trainer = Trainer(example(name))
    for _, _ in zip(trainer.steps(), range(20), strict=False):
        pass
    before = trainer.network.theta.copy()
    probe = LossSlice(resolution=7)
    surface = probe.measure(trainer)
    assert (trainer.network.theta == before).all()
    batch = next(trainer.feed.chunks("training", probe.rows(trainer.network)))
    loss = trainer.network.evaluate([batch])[0]
    penalty = trainer.experiment.training.penalty.value(before, trainer.network.decays)
    assert surface.values[3, 3] == pytest.approx(loss + penalty, rel=1e-5)
    assert surface.gradient(np.zeros(2))[0] < 0  # steepest descent goes down


def test_the_directions_are_of_length_one_and_at_right_angles():
    trainer = Trainer(example("xor"))
    next(trainer.steps())
    first, second = directions(trainer.network)
    assert np.linalg.norm(first) == pytest.approx(1)
    assert np.linalg.norm(second) == pytest.approx(1)
    assert first @ second == pytest.approx(0, abs=1e-9)


def test_a_run_is_the_same_whether_its_loss_surface_is_looked_at_or_not():
    runs = [Trainer(example("xor")) for _ in range(2)]
    for look, trainer in zip((False, True), runs, strict=True):
        for count, _ in enumerate(trainer.steps()):
            if look:
                LossSlice(resolution=3).measure(trainer)
            if count == 10:
                break
    assert (runs[0].network.theta == runs[1].network.theta).all()


def test_adam_moves_about_its_rate_at_each_step():
    path = descend(Adam(), 0.01, Valley(), START, 10)
    assert np.abs(np.diff(path, axis=0)).max() == pytest.approx(0.01, rel=0.05)
