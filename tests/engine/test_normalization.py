"""Batch and layer normalization of lists, sequences, images and samples of more axes."""

import numpy as np
import pytest
from test_layers import Trial, assert_gradients

from engine.graph import Graph
from engine.layers.batch_norm import BatchNorm
from engine.layers.dense import Dense
from engine.layers.layer_norm import LayerNorm
from engine.losses import MeanSquaredError
from engine.network import Network
from engine.optimizers import AdamW, OptimizerState

SHAPES = {"list": (5,), "sequence": (4, 3), "image": (3, 4, 2), "four axes": (2, 3, 2, 4)}


@pytest.fixture(params=SHAPES.values(), ids=SHAPES)
def shape(request):
    return request.param


def over_channels(x):
    """Return all axes but that of the channels."""
    channel = 1 if x.ndim == 4 else x.ndim - 1
    return tuple(axis for axis in range(x.ndim) if axis != channel)


def over_sample(x):
    """Return the axes over which a layer normalizes one sample."""
    return (1, 2, 3) if x.ndim == 4 else (x.ndim - 1,)


def plain(trial):
    """Take scale and shift away, so that the output is x̂."""
    trial.p.gamma[:], trial.p.beta[:] = 1, 0
    return trial


@pytest.mark.parametrize("training", [True, False], ids=["training", "prediction"])
@pytest.mark.parametrize("norm", [BatchNorm(), LayerNorm()], ids=["batch", "layer"])
def test_gradients(norm, shape, training):
    assert_gradients(Trial(norm, shape=shape, training=training))


def test_a_batch_has_mean_0_and_variance_1_in_every_channel(shape):
    trial = plain(Trial(BatchNorm(epsilon=1e-12), shape=shape))
    y, _ = trial.forward(5 + 3 * trial.batch(20))
    np.testing.assert_allclose(y.mean(axis=over_channels(y)), 0, atol=1e-12)
    np.testing.assert_allclose(y.var(axis=over_channels(y)), 1, rtol=1e-9)


def test_a_sample_has_mean_0_and_variance_1(shape):
    trial = plain(Trial(LayerNorm(epsilon=1e-12), shape=shape))
    y, _ = trial.forward(5 + 3 * trial.batch(4))
    np.testing.assert_allclose(y.mean(axis=over_sample(y)), 0, atol=1e-12)
    np.testing.assert_allclose(y.var(axis=over_sample(y)), 1, rtol=1e-9)


def test_prediction_takes_the_running_statistics(shape):
    """After many batches they are the moments of the data, the variance without bias."""
    trial = plain(Trial(BatchNorm(epsilon=1e-12), shape=shape))
    x = 5 + 3 * trial.batch(20)
    for _ in range(400):
        trial.forward(x)
    axes = over_channels(x)
    np.testing.assert_allclose(trial.p.mean, x.mean(axis=axes))
    np.testing.assert_allclose(trial.p.variance, x.var(axis=axes, ddof=1))
    trial.run.training = False
    y, _ = trial.forward(x)
    np.testing.assert_allclose(y.mean(axis=axes), 0, atol=1e-12)
    np.testing.assert_allclose(y.var(axis=axes, ddof=1), 1, rtol=1e-9)


def test_one_sample_of_a_list_gives_the_shift():
    """A batch of one has variance 0, which must not divide."""
    trial = Trial(BatchNorm(), shape=(5,))
    y, backward = trial.forward(trial.batch(1))
    np.testing.assert_array_equal(y[0], trial.p.beta)
    np.testing.assert_allclose(backward(np.ones_like(y), trial.g), 0, atol=1e-12)


def test_statistics_travel_with_the_parameters_but_are_not_learned():
    graph = Graph.chain(Dense(4), BatchNorm(), Dense(1, "identity"))
    network = Network(graph, (3,), MeanSquaredError())
    assert network.parameter_count == (3 * 4 + 4) + (4 + 4) + (4 + 1)
    assert network.theta.size == network.parameter_count + 4 + 4
    x = np.random.default_rng(0).normal(2, 1, (16, 3)).astype(np.float32)
    network.loss_and_gradient(x, np.ones((16, 1), np.float32))
    before = network.parameters()["batch_norm_1"]
    optimizer = AdamW(decay=1.0)
    state = OptimizerState(np, network.theta, optimizer.slots, network.decays)
    state.t = 1
    optimizer.update(network.theta, network.gradient, 0.1, state)
    after = network.parameters()["batch_norm_1"]
    for name in BatchNorm.statistics:
        np.testing.assert_array_equal(after[name], before[name])
    assert not np.array_equal(after["beta"], before["beta"])
