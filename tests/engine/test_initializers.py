from math import sqrt

import numpy as np
import pytest

from engine.initializers import Glorot, He, LeCun, Normal, Orthogonal, Uniform, initializer

FAN_IN, FAN_OUT = 300, 500

VARIANCES = [
    (Normal(), 0.1**2),
    (Normal(deviation=2.0), 4.0),
    (Uniform(), 0.1**2 / 3),
    (Uniform(bound=2.0), 4 / 3),
    *((Glorot(distribution=d), 2 / (FAN_IN + FAN_OUT)) for d in ("uniform", "normal")),
    *((Glorot(distribution=d, gain=2.0), 8 / (FAN_IN + FAN_OUT)) for d in ("uniform", "normal")),
    *((He(distribution=d), 2 / FAN_IN) for d in ("uniform", "normal")),
    *((LeCun(distribution=d), 1 / FAN_IN) for d in ("uniform", "normal")),
]


def draw(rule, seed=1):
    return rule.draw(np.random.default_rng(seed), (FAN_IN, FAN_OUT), FAN_IN, FAN_OUT)


@pytest.mark.parametrize(("rule", "variance"), VARIANCES)
def test_mean_and_variance_follow_the_formula(rule, variance):
    weights = draw(rule)
    # Five standard errors of the mean and, at most, of the variance of so many draws.
    assert abs(weights.mean()) < 5 * sqrt(variance / weights.size)
    assert weights.var() == pytest.approx(variance, rel=5 * sqrt(2 / weights.size))


@pytest.mark.parametrize(("rule", "variance"), VARIANCES)
def test_shape_of_the_distribution(rule, variance):
    """A uniform draw has kurtosis 9/5 and stays within √3 deviations; a normal one has 3."""
    weights = draw(rule) / sqrt(variance)
    normal = isinstance(rule, Normal) or getattr(rule, "distribution", "") == "normal"
    assert (weights**4).mean() == pytest.approx(3.0 if normal else 1.8, rel=0.05)
    assert (np.abs(weights).max() > sqrt(3) + 1e-9) == normal


@pytest.mark.parametrize("kind", list(initializer))
def test_same_seed_same_weights(kind):
    rule = initializer[kind]()
    assert draw(rule).shape == (FAN_IN, FAN_OUT)
    assert draw(rule).dtype == np.float64
    np.testing.assert_array_equal(draw(rule), draw(rule))
    assert kind == "zeros" or not np.array_equal(draw(rule), draw(rule, seed=2))


def test_zeros_are_zero():
    assert not draw(initializer["zeros"]()).any()


@pytest.mark.parametrize("gain", [1.0, 0.5])
@pytest.mark.parametrize("shape", [(4, 4), (7, 3), (3, 7)])
def test_orthogonal_weights_keep_lengths(shape, gain):
    weights = Orthogonal(gain=gain).draw(np.random.default_rng(1), shape, *shape)
    assert weights.shape == shape
    fewer = weights if shape[0] < shape[1] else weights.T
    np.testing.assert_allclose(fewer @ fewer.T, gain**2 * np.eye(len(fewer)), atol=1e-12)
