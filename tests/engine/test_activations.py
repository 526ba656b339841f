from math import erf, exp, pi, sqrt, tanh

import numpy as np
import pytest
import torch_reference
from gradients import assert_gradient, numeric_gradient, smooth_points

from engine.activations import GELU, SELU, LeakyReLU, activation
from engine.run import Run

LITERAL = {
    "identity": lambda z: z,
    "step": lambda z: 1.0 if z >= 0 else 0.0,
    "sigmoid": lambda z: 1 / (1 + exp(-z)),
    "tanh": tanh,
    "hard_tanh": lambda z: -1.0 if z < -1 else 1.0 if z > 1 else z,
    "softsign": lambda z: z / (1 + abs(z)),
    "relu": lambda z: z if z > 0 else 0.0,
    "leaky_relu": lambda z: z if z > 0 else 0.01 * z,
    "elu": lambda z: z if z > 0 else exp(z) - 1,
    "selu": lambda z: 1.05070098735548 * (z if z > 0 else 1.67326324235438 * (exp(z) - 1)),
    "gelu": lambda z: z / 2 * (1 + erf(z / sqrt(2))),
}
"""The functions of one number as a textbook writes them."""

VARIANTS = {
    **{kind: activation[kind]() for kind in activation},
    "leaky_relu, steep": LeakyReLU(alpha=0.3),
    "leaky_relu, flat": LeakyReLU(alpha=0.0),
    "leaky_relu, straight": LeakyReLU(alpha=1.0),
    "elu, deep": activation["elu"](alpha=2.5),
    "elu, shallow": activation["elu"](alpha=0.2),
    "gelu, tanh": GELU(form="tanh"),
}


@pytest.fixture(params=VARIANTS.values(), ids=VARIANTS)
def function(request):
    return request.param


@pytest.mark.parametrize("shape", [(5, 4), (1, 1), (2, 3, 4)])
def test_derivative(function, shape):
    rng = np.random.default_rng(3)
    z, dy = smooth_points(rng, shape), rng.normal(size=shape)
    run = Run(np, np.float64)
    _, backward = function.forward(z, run)
    analytic = backward(dy).copy()
    numeric = numeric_gradient(lambda: float((function.forward(z, run)[0] * dy).sum()), z)
    assert_gradient(analytic, numeric)


def test_derivative_in_the_tails(function):
    z = np.array([[-30.0, -8.0, 8.0, 30.0]])
    run = Run(np, np.float64)
    _, backward = function.forward(z, run)
    analytic = backward(np.ones_like(z)).copy()
    numeric = numeric_gradient(lambda: float(function.forward(z, run)[0].sum()), z)
    np.testing.assert_allclose(analytic, numeric, atol=1e-8)


@pytest.mark.parametrize("kind", LITERAL)
def test_values_follow_the_formula(kind):
    z = np.linspace(-6, 6, 121)
    y, _ = activation[kind]().forward(z, Run(np, np.float64))
    np.testing.assert_allclose(y, [LITERAL[kind](value) for value in z], rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("name", torch_reference.ACTIVATIONS)
def test_agrees_with_pytorch(name):
    kind, settings, *_ = torch_reference.ACTIVATIONS[name]
    expected = torch_reference.stored()["activations"][name]
    z = torch_reference.logits()
    y, backward = activation[kind](**settings).forward(z, Run(np, np.float64))
    np.testing.assert_allclose(y, expected["value"], rtol=1e-9, atol=1e-11)
    dz = backward(torch_reference.targets() + 0.5)
    # At a bend itself any slope between the two sides is right, so rows with bends are left out.
    rows = [0, 2, 3, 5] if kind in ("hard_tanh", "relu", "leaky_relu", "elu", "selu") else range(6)
    smooth = np.abs(z[rows]) > 0
    np.testing.assert_allclose(
        dz[rows] * smooth, np.array(expected["gradient"])[rows] * smooth, rtol=1e-9, atol=1e-11
    )


def test_keeps_float32_and_its_input(function):
    z = np.random.default_rng(0).normal(size=(3, 4)).astype(np.float32)
    dy = np.ones_like(z)
    before = z.copy()
    y, backward = function.forward(z, Run(np, np.float32))
    kept = y.copy()
    dz = backward(dy)
    assert y.dtype == dz.dtype == np.float32
    np.testing.assert_array_equal(z, before)
    np.testing.assert_array_equal(dy, 1)
    np.testing.assert_array_equal(y, kept)


def test_stays_finite_far_out(function):
    z = np.array([[-1e4, -100, 0, 100, 1e4]], np.float32)
    y, backward = function.forward(z, Run(np, np.float32))
    assert np.isfinite(y).all()
    assert np.isfinite(backward(np.ones_like(z))).all()


def test_values_lie_in_the_range_of_the_picture_where_bounded():
    z = np.linspace(-50, 50, 1001)[:, None]
    for kind in ("step", "sigmoid", "tanh", "hard_tanh", "softsign", "softmax"):
        y, _ = activation[kind]().forward(z, Run(np, np.float64))
        low, high = activation[kind].range
        assert low <= y.min() <= y.max() <= high, kind


def test_softmax_is_a_distribution_that_shifts_do_not_change():
    z = np.random.default_rng(1).normal(size=(4, 5))
    softmax = activation["softmax"]()
    p = softmax.forward(z, Run(np, np.float64))[0]
    np.testing.assert_allclose(p.sum(axis=-1), 1)
    np.testing.assert_allclose(p, np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True))
    shifted = softmax.forward(z + 1000, Run(np, np.float64))[0]
    np.testing.assert_allclose(shifted, p, rtol=1e-9)


def test_step_passes_no_gradient():
    z = np.array([[-1.0, 0.0, 1.0]])
    y, backward = activation["step"]().forward(z, Run(np, np.float64))
    np.testing.assert_array_equal(y, [[0, 1, 1]])
    np.testing.assert_array_equal(backward(np.ones((1, 3))), 0)


def test_selu_keeps_mean_and_variance():
    z = np.random.default_rng(5).normal(size=(1000, 400))
    y = SELU().forward(z, Run(np, np.float64))[0]
    assert abs(y.mean()) < 0.01
    assert abs(y.var() - 1) < 0.01


def test_tanh_form_of_gelu_is_close():
    z = np.linspace(-8, 8, 2001)
    exact = GELU().forward(z, Run(np, np.float64))[0]
    fast = GELU(form="tanh").forward(z, Run(np, np.float64))[0]
    u = sqrt(2 / pi) * (z + 0.044715 * z**3)
    np.testing.assert_allclose(fast, z / 2 * (1 + np.tanh(u)), rtol=1e-12, atol=1e-14)
    assert np.abs(exact - fast).max() < 5e-4
