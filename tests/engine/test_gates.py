"""Hard-concrete gates: how they are drawn, what they cost, and that useless inputs are shut off."""

from types import SimpleNamespace

import numpy as np
import pytest
from gradients import assert_gradient, numeric_gradient

from engine.graph import Graph
from engine.layers.dense import Dense
from engine.layers.hard_concrete import HardConcrete
from engine.losses import BinaryCrossEntropy
from engine.network import Network
from engine.optimizers import Adam, OptimizerState
from engine.run import Run


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def never_closed(log_alpha):
    """Return P(z ≠ 0) as Louizos et al. have it."""
    return sigmoid(log_alpha - 2 / 3 * np.log(0.1 / 1.1))


def gates(log_alpha, rows, training=True, seed=0):
    """Return the gates of a batch of ones."""
    run = Run(np, np.float64, np.random.default_rng(seed))
    run.training = training
    p = SimpleNamespace(log_alpha=np.asarray(log_alpha, float))
    return HardConcrete().forward(p, np.ones((rows, len(log_alpha))), run)[0]


def test_gates_are_closed_and_open_as_often_as_the_formula_says():
    log_alpha = np.array([-3.0, -1.0, 0.0, 2.0])
    z = gates(log_alpha, 40_000)
    assert z.min() == 0
    assert z.max() == 1
    # Five standard errors of a share of 40,000 draws.
    np.testing.assert_allclose((z != 0).mean(axis=0), never_closed(log_alpha), atol=0.0125)
    # z = 1 where s > 1/1.2 · 1.1, that is log α + logit u > β log 11.
    full = sigmoid(log_alpha - 2 / 3 * np.log(11))
    np.testing.assert_allclose((z == 1).mean(axis=0), full, atol=0.0125)


def test_every_sample_and_every_pass_draws_its_own():
    z = gates([0.0, 0.0], 50)
    assert len(np.unique(z, axis=0)) > 25
    assert (gates([0.0, 0.0], 50, seed=1) != z).any()


def test_prediction_draws_nothing():
    z = gates([-5.0, -1.0, 0.0, 1.0, 5.0], 3, training=False)
    expected = np.clip(sigmoid(np.array([-5.0, -1, 0, 1, 5])) * 1.2 - 0.1, 0, 1)
    np.testing.assert_allclose(z, np.tile(expected, (3, 1)))
    assert z[0, 0] == 0
    assert z[0, -1] == 1


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9])
def test_gates_begin_as_open_as_is_asked_for(keep):
    drawn = HardConcrete(keep=keep).init(np.random.default_rng(0), ((4,),))
    np.testing.assert_allclose(never_closed(drawn["log_alpha"]), keep)


@pytest.mark.parametrize(
    ("shape", "channels", "axis"), [((5,), 5, 1), ((4, 3), 3, 2), ((2, 6, 5), 2, 1)]
)
def test_a_channel_has_one_gate_wherever_it_is_read(shape, channels, axis):
    layer, run = HardConcrete(), Run(np, np.float64, np.random.default_rng(3))
    run.training = True
    p = SimpleNamespace(**layer.init(None, (shape,)))
    assert p.log_alpha.shape == (channels,)
    z, _ = layer.forward(p, np.ones((6, *shape)), run)
    by_channel = np.moveaxis(z, axis, 1).reshape(6, channels, -1)
    np.testing.assert_array_equal(by_channel, by_channel[:, :, :1] + 0 * by_channel)
    assert len(np.unique(by_channel[:, :, 0])) > 3


@pytest.mark.parametrize("training", [True, False], ids=["training", "prediction"])
@pytest.mark.parametrize("shape", [(4, 3), (2, 6, 5), (2, 1, 3, 2)])
def test_gradients_of_sequences_and_images(shape, training):
    layer, run = HardConcrete(), Run(np, np.float64)
    run.training = training
    rng = np.random.default_rng(4)
    x, p = rng.normal(size=(5, *shape)), SimpleNamespace(**layer.init(None, (shape,)))
    g = SimpleNamespace(log_alpha=np.full_like(p.log_alpha, np.nan))

    def forward():
        run.rng = np.random.default_rng(6)
        return layer.forward(p, x, run)

    y, backward = forward()
    dy = rng.normal(size=y.shape)
    dx = backward(dy, g).copy()
    for analytic, array in ((dx, x), (g.log_alpha, p.log_alpha)):
        assert_gradient(analytic, numeric_gradient(lambda: float((forward()[0] * dy).sum()), array))


def test_the_penalty_has_the_gradient_of_the_expected_norm():
    layer = HardConcrete(strength=0.3)
    p = SimpleNamespace(log_alpha=np.array([-4.0, -1.0, 0.0, 2.5]))
    g = SimpleNamespace(log_alpha=np.full(4, 0.5))
    layer.add_penalty(p, g, Run(np, np.float64))
    numeric = numeric_gradient(lambda: 0.3 * never_closed(p.log_alpha).sum(), p.log_alpha)
    assert_gradient(g.log_alpha - 0.5, numeric)


def test_gates_of_useless_inputs_close():
    """Of six inputs two tell the class and four are noise."""
    rng = np.random.default_rng(2)
    t = rng.integers(0, 2, 400)[:, None].astype(np.float32)
    noise = rng.normal(size=(400, 4))
    x = np.hstack([t + rng.normal(0, 0.4, (400, 2)), noise]).astype(np.float32)
    graph = Graph.chain(HardConcrete(strength=0.02), Dense(1, "sigmoid"))
    network = Network(graph, (6,), BinaryCrossEntropy(), seed=1)
    state = OptimizerState(np, network.theta, Adam.slots, network.decays)
    for _ in range(600):
        network.loss_and_gradient(x, t)
        network.add_penalties()
        state.t += 1
        Adam().update(network.theta, network.gradient, 0.05, state)
    z = network.activations(np.ones((1, 6), np.float32), ("hard_concrete_1",))["hard_concrete_1"]
    np.testing.assert_array_equal(z[0, 2:], 0)
    assert (z[0, :2] > 0.5).all()
    assert ((network.predict(x) > 0.5) == t).mean() > 0.9
