"""Halves of a batch that go separate ways, each in a thread of its own."""

import threading
from time import monotonic

import numpy as np
import pytest
from runs import assert_same_run, run

import engine.network
from engine.experiment import Experiment, Training
from engine.graph import Graph
from engine.lanes import both
from engine.layers import layer
from engine.layers.batch_norm import BatchNorm
from engine.layers.conv2d import Conv2d
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.flatten import Flatten
from engine.layers.pool2d import MaxPool2d
from engine.losses import CategoricalCrossEntropy
from engine.network import Network
from engine.tasks.points import Points
from engine.trainer import Trainer

RNG = np.random.default_rng

IMAGES = (
    (2, 8, 8),
    (Conv2d(4, 3), MaxPool2d(), Flatten(), Dense(5, "tanh"), Dense(3, "softmax")),
)
SERIES = (
    (6, 8),
    (
        layer["transformer_encoder"](heads=2, ff_units=12, dropout=0.0),
        Flatten(),
        Dense(3, "softmax"),
    ),
)


@pytest.fixture
def two_lanes(monkeypatch):
    monkeypatch.setattr(engine.network, "COSTLY", 1)
    monkeypatch.setattr(engine.network.os, "cpu_count", lambda: 2)


def network(shape, layers, dtype=np.float64, cores=2):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine.network.os, "cpu_count", lambda: cores)
        graph = Graph.chain(*layers)
        return Network(graph, shape, CategoricalCrossEntropy(), seed=3, dtype=dtype)


def batch(shape, rows):
    rng = RNG(1)
    return rng.normal(size=(rows, *shape)), np.eye(3)[rng.integers(0, 3, rows)]


@pytest.mark.parametrize("rows", [1, 2, 7, 32])
@pytest.mark.parametrize(("shape", "layers"), [IMAGES, SERIES], ids=["images", "series"])
def test_two_lanes_give_what_one_gives(shape, layers, rows, two_lanes):
    x, t = batch(shape, rows)
    one, two = network(shape, layers, cores=1), network(shape, layers, cores=2)
    assert float(two.loss_and_gradient(x, t)) == pytest.approx(float(one.loss_and_gradient(x, t)))
    np.testing.assert_allclose(two.gradient, one.gradient, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(two.predict(x), one.predict(x), rtol=1e-12)


def test_weights_of_answers_count_across_both_halves(two_lanes):
    shape, layers = IMAGES
    x, t = batch(shape, 8)
    weights = np.array([0, 0, 0, 0, 1, 2, 0, 3.0])
    one, two = network(shape, layers, cores=1), network(shape, layers, cores=2)
    values = [float(n.loss_and_gradient(x, t, weights)) for n in (one, two)]
    assert values[0] == pytest.approx(values[1])
    np.testing.assert_allclose(two.gradient, one.gradient, rtol=1e-9, atol=1e-12)


def test_the_same_run_gives_the_same_bits(two_lanes):
    experiment = Experiment(
        Points("moons", count=120),
        Graph.chain(Dense(8), Dropout(0.3), Dense(2, "softmax")),
        Training(batch_size=16, epochs=3),
    )
    first, second, third = Trainer(experiment), Trainer(experiment), Trainer(experiment)
    run(first)
    run(second)
    assert_same_run(first, second)
    run(third, 7)
    fourth = Trainer(experiment)
    fourth.restore(third.checkpoint())
    run(fourth)
    assert_same_run(first, fourth)


def test_halves_drop_out_different_units(two_lanes):
    found = network((50,), (Dropout(0.5), Dense(3, "softmax")))
    states = {repr(rng.bit_generator.state) for rng in found.streams().values()}
    assert len(states) == len(found.streams()) == 4


@pytest.mark.parametrize(
    "layers",
    [
        (Flatten(), Dense(8), BatchNorm(), Dense(3, "softmax")),
        (layer["lstm"](units=4), Dense(3, "softmax")),
    ],
    ids=["statistics of the batch", "a loop over the steps"],
)
def test_some_layers_stay_in_one_lane(layers, two_lanes):
    x, t = batch((6, 8), 8)
    started = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine.network, "both", lambda *work: started.append(work))
        network((6, 8), layers).loss_and_gradient(x, t)
    assert not started


def test_cheap_steps_stay_in_one_lane():
    found = network((2,), (Dense(8), Dense(3, "softmax")))
    assert set(found.streams()) == {"dense_1", "output"}


class TestBoth:
    def test_runs_two_functions_at_the_same_time(self):
        barrier = threading.Barrier(2, timeout=10)
        assert sorted(both(barrier.wait, barrier.wait)) == [0, 1]

    def test_an_error_of_either_arrives_and_leaves_the_next_run_alone(self):
        def broken():
            raise ValueError("of this one")

        for work in ((broken, lambda: 1), (lambda: 1, broken)):
            with pytest.raises(ValueError, match="of this one"):
                both(*work)
        assert both(lambda: 1, lambda: 2) == (1, 2)

    def test_both_run_under_the_settings_of_the_caller(self):
        with np.errstate(over="raise"):
            settings = both(np.geterr, np.geterr)
        assert [found["over"] for found in settings] == ["raise", "raise"]

    def test_the_thread_ends_when_nothing_is_left_to_do(self):
        both(int, int)
        (thread,) = (t for t in threading.enumerate() if t.name == "lane")
        began = monotonic()
        thread.join(timeout=10)
        assert not thread.is_alive() and monotonic() - began < 10
        assert both(int, int) == (0, 0)
