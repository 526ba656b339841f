import numpy as np
import pytest
import torch_reference
from torch_reference import RATE, START, STEPS, slope

from engine.optimizers import AdamW, Momentum, OptimizerState, optimizer


def literal_sgd(theta, g, t, s, rate):
    return theta - rate * g


def literal_momentum(theta, g, t, s, rate, beta=0.9, dampening=0.0):
    s["m"] = beta * s.get("m", 0) + (1 - dampening) * g
    return theta - rate * s["m"]


def literal_nesterov(theta, g, t, s, rate, beta=0.9):
    s["m"] = beta * s.get("m", 0) + g
    return theta - rate * (g + beta * s["m"])


def literal_adagrad(theta, g, t, s, rate, epsilon=1e-10):
    s["v"] = s.get("v", 0) + g**2
    return theta - rate * g / (np.sqrt(s["v"]) + epsilon)


def literal_rmsprop(theta, g, t, s, rate, rho=0.9, epsilon=1e-8):
    s["v"] = rho * s.get("v", 0) + (1 - rho) * g**2
    return theta - rate * g / (np.sqrt(s["v"]) + epsilon)


def literal_adam(theta, g, t, s, rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    s["m"] = beta1 * s.get("m", 0) + (1 - beta1) * g
    s["v"] = beta2 * s.get("v", 0) + (1 - beta2) * g**2
    m, v = s["m"] / (1 - beta1**t), s["v"] / (1 - beta2**t)
    return theta - rate * m / (np.sqrt(v) + epsilon)


def literal_adamw(theta, g, t, s, rate, decay=0.01, **settings):
    return literal_adam(theta - rate * decay * theta, g, t, s, rate, **settings)


SETTINGS = [
    ("sgd", {}),
    ("momentum", {}),
    ("momentum", {"beta": 0.7, "dampening": 0.7}),
    ("nesterov", {}),
    ("adagrad", {}),
    ("adagrad", {"epsilon": 0.01}),
    ("rmsprop", {}),
    ("rmsprop", {"rho": 0.5, "epsilon": 0.01}),
    ("adam", {}),
    ("adam", {"beta1": 0.5, "beta2": 0.9, "epsilon": 0.01}),
    ("adamw", {"decay": 0.3}),
]


def trajectory(rule, dtype=np.float64, decays=1.0, steps=STEPS):
    """Return the parameters after each of the steps down the rippled bowl."""
    theta = np.array(START, dtype)
    state = OptimizerState(np, theta, rule.slots, np.full_like(theta, decays))
    path = []
    for _ in range(steps):
        state.t += 1
        rule.update(theta, slope(theta), RATE, state)
        path.append(theta.copy())
    return np.array(path)


STEPPING = [kind for kind in optimizer if not optimizer[kind].evaluates]


def test_every_optimizer_has_a_textbook_twin():
    assert {kind for kind, _ in SETTINGS} == set(STEPPING)


@pytest.mark.parametrize(("kind", "settings"), SETTINGS)
def test_follows_the_textbook(kind, settings):
    theta, memory, path = np.array(START), {}, []
    for t in range(1, STEPS + 1):
        theta = globals()[f"literal_{kind}"](theta, slope(theta), t, memory, RATE, **settings)
        path.append(theta)
    np.testing.assert_allclose(trajectory(optimizer[kind](**settings)), path, rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize("name", torch_reference.OPTIMIZERS)
def test_follows_pytorch(name):
    kind, settings, *_ = torch_reference.OPTIMIZERS[name]
    expected = torch_reference.stored()["optimizers"][name]
    rule = optimizer[kind](**settings)
    np.testing.assert_allclose(trajectory(rule), expected, rtol=1e-9, atol=1e-11)
    np.testing.assert_allclose(trajectory(rule, np.float32), expected, rtol=1e-4, atol=1e-5)


def test_momentum_of_the_lecture_is_plain_momentum_at_a_smaller_rate():
    damped, plain = Momentum(beta=0.9, dampening=0.9), Momentum(beta=0.9)
    thetas = np.array(START), np.array(START)
    for rule, theta, rate in zip((damped, plain), thetas, (RATE, RATE * 0.1), strict=True):
        state = OptimizerState(np, theta, rule.slots, np.ones_like(theta))
        for _ in range(STEPS):
            rule.update(theta, slope(theta), rate, state)
    np.testing.assert_allclose(*thetas)


def test_decay_spares_the_parameters_that_do_not_decay():
    decaying, spared = AdamW(decay=0.3), AdamW(decay=0.0)
    np.testing.assert_array_equal(trajectory(decaying, decays=0.0), trajectory(spared))
    assert not np.allclose(trajectory(decaying), trajectory(spared))


@pytest.mark.parametrize("kind", STEPPING)
def test_reaches_the_bottom_of_a_bowl(kind):
    theta, curvature = np.array([1.0, -2.0, 0.5]), np.array([1.0, 3.0, 0.3])
    before = (curvature * theta**2).sum()
    rule = optimizer[kind]()
    state = OptimizerState(np, theta, rule.slots, np.zeros_like(theta))
    for _ in range(1000):
        state.t += 1
        rule.update(theta, curvature * theta, RATE, state)
    assert (curvature * theta**2).sum() < before / 100


@pytest.mark.parametrize("kind", STEPPING)
def test_zero_gradients_move_nothing(kind):
    theta = np.array([1.0, -2.0], np.float32)
    rule = optimizer[kind]()
    state = OptimizerState(np, theta, rule.slots, np.zeros_like(theta))
    state.t += 1
    rule.update(theta, np.zeros_like(theta), 1.0, state)
    np.testing.assert_array_equal(theta, [1, -2])
