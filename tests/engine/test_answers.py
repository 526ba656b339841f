"""Answers at every step, places without one, and classes of unequal weight."""

from dataclasses import dataclass

import numpy as np
import pytest
from runs import run, trained
from sklearn.metrics import log_loss

from engine.experiment import Experiment, Training
from engine.graph import OUTPUT, Graph, repair
from engine.layers.dense import Dense
from engine.layers.simple_rnn import SimpleRNN
from engine.layers.time_distributed import TimeDistributed
from engine.losses import BinaryCrossEntropy, CategoricalCrossEntropy
from engine.probes import Confusion, Predictions
from engine.run import Run
from engine.tasks import Dataset, Task
from engine.tasks.base import Part, Target
from engine.tasks.points import Points
from engine.trainer import Trainer

GAPS = 7
"""Every seventh place has no answer."""


@dataclass(frozen=True)
class Parity(Task):
    """Say at every step whether the ones so far are even, odd, or four or more."""

    label = "Parity"
    length: int = 6

    @property
    def input_shape(self):
        return (self.length, 1)

    @property
    def target(self):
        return Target(("even", "odd", "many"), steps=self.length)

    def load(self, seed):
        bits = np.random.default_rng(seed).integers(0, 2, (300, self.length))
        ones = bits.cumsum(axis=1)
        classes = np.where(ones >= 4, 2, ones % 2)
        classes.ravel()[::GAPS] = -1
        parts = [
            Part(bits[rows, :, None].astype(np.float32), classes[rows])
            for rows in (slice(0, 200), slice(200, 250), slice(250, 300))
        ]
        return Dataset(self.target, *parts)


LAYERS = SimpleRNN(16, return_sequences=True), TimeDistributed(3, "softmax")
PARITY = Experiment(
    Parity(), Graph.chain(*LAYERS), Training(learning_rate=0.02, batch_size=20, epochs=60)
)


class TestEveryStep:
    def test_is_learned(self):
        trainer = trained(PARITY)
        assert trainer.measure("test")["accuracy"] > 0.95

    def test_measures_leave_out_places_without_an_answer(self):
        trainer = trained(PARITY, 15)
        prediction, true = Predictions().measure(trainer), trainer.dataset.validation.targets
        asked = true >= 0
        measures = trainer.measure("validation", thorough=True)
        expected = (prediction.argmax(axis=-1) == true)[asked].mean()
        assert measures["accuracy"] == pytest.approx(expected)
        p = np.take_along_axis(prediction, np.maximum(true, 0)[..., None], -1)[..., 0]
        assert measures["loss"] == pytest.approx(-np.log(p[asked]).mean(), rel=1e-5)
        assert Confusion().measure(trainer).sum() == asked.sum()

    def test_what_stands_at_a_gap_changes_nothing(self):
        trainer = Trainer(PARITY)
        x, t, weights = trainer.feed.next(20, 0, 0)
        assert (weights == 0).sum() > 0
        trainer.network.loss_and_gradient(x, t, weights)
        before = trainer.network.gradient.copy()
        t[weights == 0] = 5
        trainer.network.loss_and_gradient(x, t, weights)
        np.testing.assert_array_equal(trainer.network.gradient, before)

    def test_a_batch_without_any_answer_moves_nothing(self):
        trainer = Trainer(PARITY)
        x, t, weights = trainer.feed.next(20, 0, 0)
        assert float(trainer.network.loss_and_gradient(x, t, weights * 0)) == 0
        assert not trainer.network.gradient.any()


@pytest.mark.parametrize("function", [CategoricalCrossEntropy(), BinaryCrossEntropy()])
def test_weighted_loss_is_that_of_scikit_learn(function):
    rng = np.random.default_rng(0)
    outputs = 1 if isinstance(function, BinaryCrossEntropy) else 3
    z, classes = rng.normal(size=(9, outputs)), rng.integers(0, max(outputs, 2), 9)
    weights = rng.uniform(0, 2, 9)
    t = np.eye(3)[classes] if outputs > 1 else classes[:, None].astype(float)
    pass_ = Run(np, np.float64)
    value, backward = function.forward(z, t, pass_, weights)
    p = function.link.forward(z, pass_)[0]
    expected = log_loss(classes, p, sample_weight=weights, labels=range(max(outputs, 2)))
    assert float(value) == pytest.approx(expected)
    dz = backward().copy()
    for place in np.ndindex(z.shape):
        moved = [z.copy(), z.copy()]
        moved[0][place] -= 1e-6
        moved[1][place] += 1e-6
        low, high = (float(function.forward(x, t, pass_, weights)[0]) for x in moved)
        assert dz[place] == pytest.approx((high - low) / 2e-6, abs=1e-8)


def test_balanced_weights_make_a_rare_class_count_as_much():
    dataset = Points("moons", count=100).load(0)
    rare = np.flatnonzero(dataset.training.targets == 1)[8:]
    keep = np.setdiff1d(np.arange(len(dataset.training)), rare)
    part = Part(dataset.training.inputs[keep], dataset.training.targets[keep])
    weights = Dataset(dataset.target, part, part, part).class_weights(balanced=True)
    counts = np.bincount(part.targets)
    assert counts[1] == 8
    np.testing.assert_allclose(weights[:2] * counts, len(part) / 2)


def test_class_weights_can_change_while_training():
    trainer = Trainer(PARITY)
    run(trainer, 5)
    position = trainer.feed.position
    trainer.apply(PARITY.but(class_weights="balanced"))
    assert trainer.feed.position == position
    _, t, weights = trainer.feed.next(200, 0, 0)
    shares = [weights[t[..., label] == 1].sum() for label in range(3)]
    assert max(shares) < 1.3 * min(shares)


class TestWhatDoesNotFit:
    def sentence(self, experiment):
        return str(experiment.shapes().errors[OUTPUT])

    def test_one_answer_where_each_step_is_asked(self):
        graph = Graph.chain(SimpleRNN(8), Dense(3, "softmax"))
        assert "6 steps" in self.sentence(PARITY.but(graph=graph))
        every = Graph.chain(SimpleRNN(8, return_sequences=True), LAYERS[-1])
        assert not PARITY.but(graph=every).shapes().errors

    def test_the_wrong_number_of_classes_is_repaired(self):
        wrong = PARITY.but(graph=Graph.chain(LAYERS[0], TimeDistributed(4, "softmax")))
        error = wrong.shapes().errors[OUTPUT]
        fixed = wrong.but(graph=repair(wrong.graph, OUTPUT, error.fixes[0]))
        assert fixed.graph == PARITY.graph

    def test_a_loss_that_cannot_skip_places(self):
        error = PARITY.but(loss="mse").shapes().errors[OUTPUT]
        assert "skip places" in str(error) and error.fixes[0].loss == "cross_entropy"
