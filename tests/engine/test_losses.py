from math import log

import numpy as np
import pytest
import torch_reference
from gradients import assert_gradient, numeric_gradient

from engine.losses import CategoricalCrossEntropy, Huber, loss
from engine.run import Run

VARIANTS = {
    **{kind: loss[kind]() for kind in loss},
    "huber, narrow": Huber(delta=0.3),
    "huber, wide": Huber(delta=100.0),
    "cross-entropy, smoothed": CategoricalCrossEntropy(smoothing=0.1),
}


CLASS_LOSSES = [kind for kind in loss if loss[kind].classes]


@pytest.fixture(params=VARIANTS.values(), ids=VARIANTS)
def function(request):
    return request.param


def targets_for(function, rng, shape):
    if function.classes:
        return np.eye(shape[-1])[rng.integers(0, shape[-1], shape[:-1])]
    return rng.normal(size=shape)


def value_and_gradient(function, z, t, dtype=np.float64):
    value, backward = function.forward(z, t, Run(np, dtype))
    return float(value), backward()


@pytest.mark.parametrize("shape", [(6, 4), (1, 2), (2, 3, 4)])
def test_gradient(function, shape):
    rng = np.random.default_rng(2)
    z, t = rng.normal(0, 2, shape), targets_for(function, rng, shape)
    run = Run(np, np.float64)
    _, backward = function.forward(z, t, run)
    analytic = backward().copy()
    numeric = numeric_gradient(lambda: float(function.forward(z, t, run)[0]), z)
    assert_gradient(analytic, numeric)


@pytest.mark.parametrize("kind", CLASS_LOSSES)
def test_gradient_for_probabilities_as_targets(kind):
    rng = np.random.default_rng(4)
    z, t = rng.normal(size=(5, 3)), rng.dirichlet(np.ones(3), 5)
    run = Run(np, np.float64)
    analytic = loss[kind]().forward(z, t, run)[1]().copy()
    numeric = numeric_gradient(lambda: float(loss[kind]().forward(z, t, run)[0]), z)
    assert_gradient(analytic, numeric)


@pytest.mark.parametrize("name", torch_reference.LOSSES)
def test_agrees_with_pytorch(name):
    kind, settings, *_ = torch_reference.LOSSES[name]
    expected = torch_reference.stored()["losses"][name]
    value, dz = value_and_gradient(
        loss[kind](**settings), torch_reference.logits(), torch_reference.targets()
    )
    assert value == pytest.approx(expected["value"], rel=1e-11)
    np.testing.assert_allclose(dz, expected["gradient"], rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize("kind", CLASS_LOSSES)
def test_class_losses_pull_the_prediction_towards_the_target(kind):
    """With logits and the right link, the gradient is the error of the prediction."""
    function = loss[kind]()
    rng = np.random.default_rng(8)
    z, t = rng.normal(size=(5, 3)), np.eye(3)[[0, 1, 2, 1, 0]]
    _, dz = value_and_gradient(function, z, t)
    error = function.link.forward(z, Run(np, np.float64))[0] - t
    scale = np.vdot(dz, error) / np.vdot(error, error)
    assert scale > 0
    np.testing.assert_allclose(dz, scale * error)


def test_losses_know_nothing_of_the_split_into_rows():
    """The mean over a sequence is the mean over its places."""
    rng = np.random.default_rng(5)
    for kind, function in VARIANTS.items():
        z, t = rng.normal(size=(4, 6, 3)), targets_for(function, rng, (4, 6, 3))
        value, dz = value_and_gradient(function, z, t)
        flat_value, flat_dz = value_and_gradient(function, z.reshape(-1, 3), t.reshape(-1, 3))
        assert value == pytest.approx(flat_value), kind
        np.testing.assert_allclose(dz.reshape(-1, 3), flat_dz, err_msg=kind)


def test_guessing_costs_the_logarithm_of_the_choices():
    value, _ = value_and_gradient(loss["cross_entropy"](), np.zeros((5, 10)), np.eye(10)[:5])
    assert value == pytest.approx(log(10))
    value, _ = value_and_gradient(loss["binary_cross_entropy"](), np.zeros((4, 1)), np.ones((4, 1)))
    assert value == pytest.approx(log(2))


@pytest.mark.parametrize("kind", CLASS_LOSSES)
def test_certainty_is_finite_right_or_wrong(kind):
    z = np.array([[1000, -1000], [-1000, 1000]], np.float32)
    t = np.array([[1, 0], [0, 1]], np.float32)
    right, dz = value_and_gradient(loss[kind](), z, t, np.float32)
    assert right == 0
    np.testing.assert_array_equal(dz, 0)
    wrong, dz = value_and_gradient(loss[kind](), -z, t, np.float32)
    assert wrong == (2000 if kind == "cross_entropy" else 1000)
    assert np.isfinite(dz).all()


def test_small_losses_keep_their_digits_in_float32():
    z, t = np.full((1, 1), 25, np.float32), np.ones((1, 1), np.float32)
    value, _ = value_and_gradient(loss["binary_cross_entropy"](), z, t, np.float32)
    assert value == pytest.approx(np.log1p(np.exp(-25.0)), rel=1e-5)


def test_huber_joins_the_square_and_the_line():
    z, t = np.array([[0.5], [3.0], [-3.0]]), np.zeros((3, 1))
    value, dz = value_and_gradient(Huber(delta=1.0), z, t)
    assert value == pytest.approx((0.125 + 2.5 + 2.5) / 3)
    np.testing.assert_allclose(dz, np.array([[0.5], [1], [-1]]) / 3)


def test_keeps_float32_and_its_inputs(function):
    rng = np.random.default_rng(6)
    z = rng.normal(size=(3, 4)).astype(np.float32)
    t = targets_for(function, rng, (3, 4)).astype(np.float32)
    before = z.copy(), t.copy()
    value, backward = function.forward(z, t, Run(np, np.float32))
    assert np.ndim(value) == 0
    assert backward().dtype == np.float32
    np.testing.assert_array_equal(z, before[0])
    np.testing.assert_array_equal(t, before[1])


def test_label_smoothing_is_cross_entropy_with_softened_labels():
    rng = np.random.default_rng(3)
    z, t = rng.normal(size=(6, 4)), np.eye(4)[rng.integers(4, size=6)]
    run = Run(np, np.float64)
    smoothed, backward = CategoricalCrossEntropy(smoothing=0.2).forward(z, t, run)
    plain, plain_backward = CategoricalCrossEntropy().forward(
        z, 0.8 * t + 0.05, Run(np, np.float64)
    )
    assert float(smoothed) == pytest.approx(float(plain))
    np.testing.assert_allclose(backward(), plain_backward())
