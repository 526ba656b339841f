"""Sizes of weights, gradients and activations, by layer."""

import numpy as np
import pytest

from engine.activations import ReLU, Sigmoid, Softmax
from engine.experiment import Experiment, Training
from engine.graph import Graph
from engine.graph_modes import set_rate
from engine.layers.activation import Activate
from engine.layers.batch_norm import BatchNorm
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.flatten import Flatten
from engine.probes import Gradients
from engine.probes_layers import ROWS, Layers, Spread, dead_share
from engine.tasks.points import Points
from engine.trainer import Trainer
from playground.examples import example


def trainer(*layers, **training):
    return Trainer(Experiment(Points(), Graph.chain(*layers), Training(**training)))


@pytest.fixture(scope="module")
def small():
    return trainer(Dense(8, ReLU()), Dense(2, Softmax()))


def test_sizes_are_those_of_the_parameters_and_their_gradients(small):
    states = Layers().measure(small)
    network = small.network
    weights = network.parameters()["dense_1"]["W"]
    rows = small.feed.batch_size(small.experiment.training.batch_size)
    network.loss_and_gradient(*next(small.feed.chunks("training", rows)))
    gradient = network.parameters(network.gradient)["dense_1"]["W"]
    found = states["dense_1"]
    assert found.weights.size == pytest.approx(np.abs(weights).mean())
    assert found.weights.norm == pytest.approx(np.linalg.norm(weights))
    assert found.gradients.size == pytest.approx(np.abs(gradient).mean())
    assert found.weights.quantiles[[0, 16, -1]] == pytest.approx(
        [weights.min(), np.median(weights), weights.max()]
    )


def test_activations_are_those_of_training_samples_without_dropout():
    run = trainer(Dense(8, ReLU()), Dropout(0.5), Dense(2, Softmax()))
    x = run.dataset.training.inputs[:ROWS]
    given = run.network.activations(x, ("dense_1",))["dense_1"]
    assert Layers().measure(run)["dense_1"].activations.size == pytest.approx(given.mean())


def test_in_a_deep_sigmoid_network_gradients_vanish_towards_the_input():
    run = trainer(*[Dense(8, Sigmoid()) for _ in range(6)], Dense(2, Softmax()))
    sizes = [state.gradients.size for state in Layers().measure(run).values()]
    assert sizes == sorted(sizes) and sizes[0] < 1e-4 < 1e-2 < sizes[-1]


def test_units_that_never_answer_are_dead():
    values = np.array([[0.0, 0, 2], [0, 1, 0]])
    assert dead_share(values) == pytest.approx(1 / 3)
    maps = np.zeros((2, 4, 3, 3))
    maps[1, 2, 0, 1] = 1
    assert dead_share(maps) == pytest.approx(3 / 4)
    steps = np.zeros((2, 5, 2))
    steps[0, 3, 1] = -1
    assert dead_share(steps) == pytest.approx(1 / 2)


def test_a_relu_behind_a_large_negative_bias_is_dead(small):
    b, _ = small.network.layout["dense_1"]["b"]
    before = small.network.theta.copy()
    small.network.theta[b] = -1e6
    assert Layers().measure(small)["dense_1"].dead == 1
    small.network.theta[:] = before


def test_layers_without_parameters_are_left_out_but_activations_stay():
    run = trainer(Dense(4), Activate(ReLU()), Flatten(), Dense(2, Softmax()))
    states = Layers().measure(run)
    assert list(states) == ["dense_1", "activation_1", "output"]
    assert states["activation_1"].weights is None and states["activation_1"].gradients is None


def test_frozen_layers_have_no_gradients(small):
    graph = small.experiment.graph
    frozen = small.experiment.but(graph=set_rate(graph, "dense_1", 0))
    states = Layers().measure(Trainer(frozen))
    assert states["dense_1"].gradients is None and states["output"].gradients is not None


@pytest.mark.parametrize("probe", [Layers(), Gradients()], ids=["layers", "gradients"])
def test_a_run_is_the_same_whether_it_is_looked_at_or_not(probe):
    runs = [
        trainer(Dense(8), BatchNorm(), Dropout(0.3), Dense(2, Softmax()), epochs=3)
        for _ in range(2)
    ]
    for step, _ in enumerate(zip(runs[0].steps(), runs[1].steps(), strict=True)):
        if step % 2:
            probe.measure(runs[1])
    assert np.array_equal(runs[0].network.theta, runs[1].network.theta)


def test_recurrent_layers_have_gradients_by_time_step():
    run = Trainer(example("vds-rnn"))
    states = Layers().measure(run)
    assert states["simple_rnn_1"].steps.shape == (run.experiment.task.window,)
    assert states["simple_rnn_1"].steps[-1] > 0 and states["output"].steps is None


def test_what_is_not_finite_is_left_out():
    spread = Spread.of(np.array([np.nan, 1, -3, np.inf]))
    assert spread.size == 2 and spread.quantiles[0] == -3
    assert Spread.of(np.full(3, np.nan)).size == 0
