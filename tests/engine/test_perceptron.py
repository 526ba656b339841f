"""The perceptron and its learning rule: what it learns, when it stops, and where it fails."""

import numpy as np
import pytest
from runs import run, trained

from engine.experiment import Experiment, Training
from engine.graph import OUTPUT, Graph, repair
from engine.initializers import Zeros
from engine.layers.activation import Activate
from engine.layers.dense import Dense
from engine.losses import PerceptronCriterion
from engine.network import Network
from engine.optimizers import SGD
from engine.run import Run
from engine.streams import stream
from engine.tasks.points import CORNERS, GATES, Gate, Points
from engine.trainer import Trainer
from playground.examples import example

RATE = 0.5
RULE = Training(
    loss="perceptron", optimizer=SGD(), learning_rate=RATE, batch_size=1, epochs=30, seed=3
)
UNIT = Dense(1, "step", initializer=Zeros())


def with_one(x):
    """Return a sample with the constant input whose weight is the bias."""
    return np.append(x, 1.0)


def rule(w, x, t, rate=RATE):
    """Return w + η (t − y) x, the rule as Rosenblatt has it."""
    y = 1.0 if w @ x >= 0 else 0.0
    return w + rate * (t - y) * x


def weights(network):
    (parameters,) = network.parameters().values()
    return np.append(parameters["W"], parameters["b"])


@pytest.mark.parametrize("initializer", [Zeros(), "glorot"], ids=["zeros", "drawn"])
@pytest.mark.parametrize("task", [Gate("and"), Gate("xor"), Points("moons", count=30)])
def test_every_update_is_that_of_the_rule(task, initializer):
    unit = Dense(1, "step", initializer=initializer)
    trainer = Trainer(Experiment(task, Graph.chain(unit), RULE.but(epochs=5)))
    part = trainer.dataset.training
    w = weights(trainer.network).astype(float)
    steps = trainer.steps()
    for epoch in range(5):
        for row in stream(RULE.seed, "shuffle", epoch).permutation(len(part)):
            next(steps)
            w = rule(w, with_one(part.inputs[row]), part.targets[row])
            np.testing.assert_allclose(weights(trainer.network), w, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize(
    ("gate", "separator"), [("and", (1, 1, -1.5)), ("or", (1, 1, -0.5)), ("nand", (-1, -1, 1.5))]
)
@pytest.mark.parametrize("seed", range(5))
def test_it_separates_what_a_line_separates_after_few_mistakes(gate, separator, seed):
    """Novikoff 1962: after (R/γ)² mistakes at the most, R the longest input, γ the margin."""
    trainer = Trainer(Experiment(Gate(gate), Graph.chain(UNIT), RULE.but(seed=seed)))
    inputs = np.array([with_one(x) for x in CORNERS])
    margin = np.abs(inputs @ separator).min() / np.linalg.norm(separator)
    bound = (inputs**2).sum(axis=1).max() / margin**2
    mistakes, before = 0, weights(trainer.network)
    for _ in trainer.steps():
        after = weights(trainer.network)
        mistakes += (after != before).any()
        before = after
    assert 0 < mistakes <= bound
    assert trainer.measure("training") == {"loss": pytest.approx(0, abs=1e-9), "accuracy": 1}


def test_no_update_without_a_mistake():
    trainer = trained(Experiment(Gate("and"), Graph.chain(UNIT), RULE))
    learned = weights(trainer.network)
    trainer.extend()
    run(trainer)
    np.testing.assert_array_equal(weights(trainer.network), learned)


def test_on_xor_the_weights_return_to_where_they_were():
    """Shown in the same order again and again, the rule goes round in a circle."""
    network = Network(Graph.chain(UNIT), (2,), PerceptronCriterion())
    seen, mistakes = [], []
    for _ in range(20):
        seen.append(tuple(weights(network)))
        before = len(mistakes)
        for x, t in zip(CORNERS, GATES["xor"], strict=True):
            network.loss_and_gradient(x[None], np.array([[t]], np.float32))
            if network.gradient.any():
                mistakes.append(t)
            network.theta -= network.gradient
        assert len(mistakes) > before
    assert len(set(seen)) < len(seen)


def test_the_step_unit_at_the_output_learns_and_answers_0_or_1():
    trainer = trained(Experiment(Gate("or"), Graph.chain(UNIT), RULE))
    np.testing.assert_array_equal(trainer.network.predict(CORNERS)[:, 0], [0, 1, 1, 1])


@pytest.mark.parametrize("units", [Dense(2, "step"), Activate("step")])
@pytest.mark.parametrize("criterion", ["cross_entropy", "mse"])
def test_other_losses_refuse_a_step_unit_with_repairs(units, criterion):
    graph = Graph.chain(Dense(2), units)
    experiment = Experiment(Points(), graph, Training(loss=criterion))
    error = experiment.shapes().errors[OUTPUT]
    assert "The step function of Output is flat" in str(error)
    assert len(error.fixes) == 2
    for fix in error.fixes:
        mended = (
            experiment.but(loss=fix.loss)
            if fix.loss
            else experiment.but(graph=repair(graph, OUTPUT, fix))
        )
        assert not mended.shapes().errors


def test_two_units_are_two_perceptrons():
    graph = Graph.chain(Dense(2, "step", initializer=Zeros()))
    trainer = trained(Experiment(Gate("and"), graph, RULE))
    np.testing.assert_array_equal(trainer.network.predict(CORNERS)[:, 1], [0, 0, 0, 1])
    np.testing.assert_array_equal(trainer.network.predict(CORNERS)[:, 0], [1, 1, 1, 0])


def test_the_criterion_counts_mistakes_by_how_far_they_are_on_the_wrong_side():
    z, t = np.array([[2.0], [-3.0], [0.5], [-1.0]]), np.array([[1.0], [1.0], [0.0], [0.0]])
    value, backward = PerceptronCriterion().forward(z, t, Run(np, np.float64))
    assert float(value) == (3 + 0.5) / 4
    np.testing.assert_array_equal(backward(), np.array([[0], [-1], [1], [0]]) / 4)


def test_on_the_boundary_the_unit_says_1():
    z, t = np.zeros((2, 1)), np.array([[0.0], [1.0]])
    _, backward = PerceptronCriterion().forward(z, t, Run(np, np.float64))
    np.testing.assert_array_equal(backward(), [[0.5], [0]])


def test_the_examples_show_what_one_perceptron_can_do():
    assert trained(example("perceptron-and")).measure("training")["accuracy"] == 1
    history = trained(example("perceptron-xor")).history.table()
    assert history["training_accuracy"].max() <= 0.75
    assert trained(example("perceptron-products")).measure("training")["accuracy"] == 1
