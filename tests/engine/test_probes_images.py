"""Probes of images: drawings as samples, and the gradient of a logit with respect to the input."""

from __future__ import annotations

import numpy as np
import pytest

from engine.activations import Sigmoid, Softmax, Tanh
from engine.experiment import Experiment
from engine.graph import INPUT, OUTPUT, Graph
from engine.layers.batch_norm import BatchNorm
from engine.layers.conv2d import Conv2d
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.flatten import Flatten
from engine.layers.pool2d import AveragePool2d, MaxPool2d
from engine.losses import BinaryCrossEntropy
from engine.network import Network
from engine.probes import Sample
from engine.probes_images import Drawing, Saliency
from engine.tasks.digits import Digits
from engine.tasks.points import Points
from engine.trainer import Trainer

LAYERS = (
    Conv2d(3, 3, activation=Tanh()),
    MaxPool2d(),
    BatchNorm(),
    Conv2d(2, 2, activation=Sigmoid()),
    AveragePool2d(2, 1),
    Flatten(),
    Dropout(),
)


@pytest.fixture(scope="module")
def trainer() -> Trainer:
    graph = Graph.chain(
        Conv2d(4, 5, stride=2, activation=Tanh()), Flatten(), Dropout(), Dense(10, Softmax())
    )
    trainer = Trainer(Experiment(Digits(training_count=300), graph).but(batch_size=50, epochs=1))
    for _ in trainer.steps():
        pass
    return trainer


def test_the_input_gradient_agrees_with_finite_differences():
    graph = Graph.chain(*LAYERS, Dense(3, Softmax()))
    network = Network(graph, (2, 10, 10), dtype=np.float64)
    rng = np.random.default_rng(0)
    x, dz = rng.normal(size=(2, 2, 10, 10)), rng.normal(size=(2, 3))
    gradient = network.input_gradient(x, dz)
    assert gradient.shape == x.shape

    def value(at: np.ndarray) -> float:
        return float((network.activations(at, (OUTPUT,))[OUTPUT] * dz).sum())

    step = 1e-6
    for place in map(tuple, rng.integers(0, x.shape, (40, 4))):
        moved = x.copy()
        moved[place] += step
        high = value(moved)
        moved[place] -= 2 * step
        assert gradient[place] == pytest.approx((high - value(moved)) / (2 * step), abs=1e-7)


def test_a_drawing_goes_through_the_network_like_the_sample_with_the_same_pixels(trainer):
    validation = trainer.dataset.validation
    image = np.rint(255 * validation.inputs[7, 0]).astype(np.uint8)
    drawn = Drawing(pixels=image.tobytes()).measure(trainer)
    known = Sample("validation", 7).measure(trainer)
    assert drawn.keys() == known.keys()
    for name, values in known.items():
        np.testing.assert_allclose(drawn[name], values, atol=1e-6)
    np.testing.assert_allclose(drawn[INPUT], validation.inputs[7], atol=1e-6)


def test_a_drawing_for_another_network_leaves_the_paper_empty(trainer):
    drawn = Drawing(pixels=bytes(range(64)), size=(8, 8)).measure(trainer)
    assert drawn[INPUT].shape == (1, 28, 28) and not drawn[INPUT].any()


def test_saliency_is_the_gradient_of_the_chosen_logit_and_of_the_predicted_one_by_default(trainer):
    sample = Sample("validation", 3)
    predicted = int(sample.measure(trainer)[OUTPUT].argmax())
    chosen, free = Saliency(sample, predicted).measure(trainer), Saliency(sample).measure(trainer)
    assert free.label == predicted
    np.testing.assert_array_equal(free.gradient, chosen.gradient)
    np.testing.assert_array_equal(free.sample, trainer.dataset.validation.inputs[3])
    others = [Saliency(sample, label).measure(trainer).gradient for label in range(10)]
    x = free.sample.astype(np.float64)[None]
    step = 1e-2 * others[4] / np.abs(others[4]).max()  # uphill for the logit of 4
    p, q = (np.log(trainer.network.predict((x + s).astype(np.float32)))[0] for s in (-step, step))
    rises = (q - p) - (q - p).mean()  # log softmax differs from the logits by one constant
    expected = np.array([float((2 * step * g).sum()) for g in others])
    np.testing.assert_allclose(rises, expected - expected.mean(), rtol=0.05, atol=1e-3)


def test_looking_at_saliency_leaves_a_run_as_it_is(trainer):
    before = trainer.network.theta.copy(), trainer.network.streams()
    states = [rng.bit_generator.state for rng in before[1].values()]
    Saliency().measure(trainer)
    np.testing.assert_array_equal(trainer.network.theta, before[0])
    assert [rng.bit_generator.state for rng in before[1].values()] == states


def test_a_single_output_has_the_logit_of_class_1_against_class_0():
    graph = Graph.chain(Dense(3, Tanh()), Dense(1, Sigmoid()))
    trainer = Trainer(Experiment(Points(), graph).but(loss=BinaryCrossEntropy()))
    one, zero = Saliency(label=1).measure(trainer), Saliency(label=0).measure(trainer)
    np.testing.assert_array_equal(one.gradient, -zero.gradient)
    assert one.gradient.any()
