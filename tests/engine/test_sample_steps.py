"""Every number of one sample's way through a network of dense layers, forward and back."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from runs import HARD, REGRESSION, run, trained

from engine.experiment import Experiment, Training
from engine.graph import Graph, set_layer
from engine.layers.conv2d import Conv2d
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.flatten import Flatten
from engine.microscope import LossAlong, Microscope, dense_nodes, make_update
from engine.optimizers import SGD, Adam, optimizer
from engine.penalties import L2
from engine.tasks.points import Points
from engine.trainer import Trainer

COURSE = Experiment(
    Points("xor", count=40),
    Graph.chain(Dense(2, "sigmoid"), Dense(2, "softmax")),
    Training(optimizer=SGD(), learning_rate=0.5, batch_size=1, epochs=3),
)
"""The example of the course: two inputs, two sigmoid units, two softmax units, 12 parameters."""

SINGLE = COURSE.but(
    graph=Graph.chain(Dense(3, "relu"), Dense(1, "sigmoid")), loss="binary_cross_entropy"
)
EXPERIMENTS = {
    "softmax": COURSE,
    "sigmoid": SINGLE,
    "numbers": REGRESSION,
    "dropout": HARD,
    "another link": COURSE.but(loss="mse"),
    "no bias": COURSE.but(graph=set_layer(COURSE.graph, "dense_1", Dense(2, bias=False))),
}


def test_the_example_of_the_course_by_hand():
    """Forward, loss, and both derivatives that the course takes term by term."""
    trainer = trained(COURSE, 9)
    step = Microscope(index=4).measure(trainer)
    hidden, output = step.layers
    x = trainer.dataset.training.inputs[4].astype(float)
    W1, b1, W2, b2 = hidden.W, hidden.b, output.W, output.b
    h = 1 / (1 + np.exp(-(x @ W1 + b1)))
    p = np.exp(h @ W2 + b2) / np.exp(h @ W2 + b2).sum()
    y = np.eye(2)[trainer.dataset.training.targets[4]]
    np.testing.assert_allclose(hidden.h, h)
    np.testing.assert_allclose(output.h, p)
    assert step.loss == pytest.approx(-np.log(p[y == 1][0]))
    np.testing.assert_array_equal(step.target, y)
    # ∂L/∂w₂,₂₁: into output 2 from hidden 1
    assert output.dW[0, 1] == pytest.approx((p[1] - y[1]) * h[0])
    # ∂L/∂w₁,₁₂: into hidden 1 from x₂
    into_h1 = (p - y) @ W2[0]
    assert hidden.dh[0] == pytest.approx(into_h1)
    assert hidden.dW[1, 0] == pytest.approx(into_h1 * h[0] * (1 - h[0]) * x[1])
    assert sum(layer.W.size + layer.b.size for layer in step.layers) == 12
    for layer in step.layers:  # plain gradient descent
        after = step.updated[layer.node]
        np.testing.assert_allclose(after["W"], layer.W - 0.5 * layer.dW)
        np.testing.assert_allclose(after["b"], layer.b - 0.5 * layer.dz)


@pytest.mark.parametrize("experiment", EXPERIMENTS.values(), ids=EXPERIMENTS)
def test_every_gradient_is_the_slope_of_the_loss(experiment):
    trainer = trained(experiment, 5)
    step = Microscope("validation", 3).measure(trainer)
    for layer in step.layers:
        for place in np.ndindex(layer.W.shape):
            along = LossAlong(layer.node, "W", place, "validation", 3).measure(trainer)
            assert layer.dW[place] == pytest.approx(along["slope"], rel=1e-4, abs=1e-8)
            middle = len(along["w"]) // 2
            assert along["w"][middle] == pytest.approx(layer.W[place])
            assert along["loss"][middle] == pytest.approx(step.loss)
        if layer.b is not None:
            along = LossAlong(layer.node, "b", (0,), "validation", 3).measure(trainer)
            assert layer.dz[0] == pytest.approx(along["slope"], rel=1e-4, abs=1e-8)


@pytest.mark.parametrize("experiment", EXPERIMENTS.values(), ids=EXPERIMENTS)
def test_each_layer_hands_its_numbers_to_the_next(experiment):
    layers = Microscope().measure(trained(experiment, 2)).layers
    for before, after in itertools.pairwise(layers):
        np.testing.assert_array_equal(before.h, after.x)
        np.testing.assert_array_equal(before.dh, after.dx)


@pytest.mark.parametrize("kind", list(optimizer))
def test_the_update_is_the_one_that_training_makes(kind):
    """With batches of one sample and the order of training, both come to the same weights."""
    experiment = COURSE.but(optimizer=kind, penalty=L2(0.01), learning_rate=0.05)
    trainer = trained(experiment, 6)
    x, _, _ = trainer.feed.next(1, trainer.epoch, experiment.training.seed)
    (index,) = np.flatnonzero((trainer.dataset.training.inputs == x[0]).all(axis=1))
    trainer.feed.rewind(trainer.feed.position - 1)
    step = Microscope("training", int(index)).measure(trainer)
    run(trainer, 1)
    for node, arrays in trainer.network.parameters().items():
        for name, values in arrays.items():
            np.testing.assert_allclose(step.updated[node][name], values, rtol=1e-4, atol=1e-6)
    assert step.updates == trainer.optimizer_state.t


@pytest.mark.parametrize("kind", ["sgd", "momentum", "adam"])
def test_a_sample_alone_is_trained_to_the_numbers_that_are_shown(kind):
    trainer = trained(COURSE.but(optimizer=kind, learning_rate=0.05), 6)
    step = Microscope("validation", 3).measure(trainer)
    along = LossAlong("output", "W", (0, 1), "validation", 3).measure(trainer)
    make_update(trainer, "validation", 3)
    for node, arrays in trainer.network.parameters().items():
        for name, values in arrays.items():
            np.testing.assert_allclose(values, step.updated[node][name], rtol=1e-6, atol=1e-7)
            for slot in trainer.optimizer_state.slots:
                kept = trainer.network.parameters(trainer.optimizer_state.slots[slot])
                shown = step.memory[slot][node][name]
                np.testing.assert_allclose(kept[node][name], shown, rtol=1e-6, atol=1e-9)
    after = Microscope("validation", 3).measure(trainer)
    assert after.loss == pytest.approx(step.loss_after, rel=1e-5)
    assert after.updates == step.updates + 1 and trainer.step == 6
    assert along["updated"] != step.loss


def test_the_optimizer_is_given_the_gradient_with_penalty_cut_and_frozen():
    graph = COURSE.graph
    nodes = [replace(n, rate=0.0) if n.name == "dense_1" else n for n in graph.nodes]
    frozen = Graph(tuple(nodes))
    trainer = trained(COURSE.but(graph=frozen, penalty=L2(0.1), clip_value=0.02), 4)
    step = Microscope().measure(trainer)
    output = step.layers[-1]
    expected = np.clip(output.dW + 0.1 * output.W, -0.02, 0.02)
    np.testing.assert_allclose(step.gradients["output"]["W"], expected)
    assert not step.gradients["dense_1"]["W"].any()
    np.testing.assert_array_equal(step.updated["dense_1"]["W"], step.layers[0].W)


def test_looking_changes_nothing():
    looked, alone = Trainer(HARD.but(optimizer=Adam())), Trainer(HARD.but(optimizer=Adam()))
    for _ in range(5):
        Microscope().measure(looked)
        LossAlong("dense_1", "W", (0, 0)).measure(looked)
        run(looked, 1)
        run(alone, 1)
    np.testing.assert_array_equal(looked.network.theta, alone.network.theta)


def test_which_networks_can_be_looked_at():
    assert dense_nodes(COURSE.graph) == ("dense_1", "output")
    dropping = Graph.chain(Flatten(), Dense(4), Dropout(), Dense(2, "softmax"))
    assert dense_nodes(dropping) == ("dense_1", "output")
    assert dense_nodes(Graph.chain(Conv2d(), Flatten(), Dense(2, "softmax"))) == ()
    lora = Graph.chain(Dense(4, weights="lora"), Dense(2, "softmax"))
    assert dense_nodes(lora) == ()
