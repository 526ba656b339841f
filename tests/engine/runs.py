"""Small runs to test with, and how to compare them."""

from itertools import islice

import numpy as np

from engine.experiment import Experiment, Training
from engine.graph import Graph
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.optimizers import SGD, Momentum
from engine.tasks.points import Points
from engine.trainer import Trainer

HARD = Experiment(
    Points("moons", noise=0.3, count=100),
    Graph.chain(Dense(6), Dropout(0.3), Dense(2, "softmax")),
    Training(optimizer=Momentum(), learning_rate=0.05, batch_size=16, epochs=12, patience=30),
)
"""Dropout, momentum, patience and a last batch of 80 = 5 · 16 training samples."""

REGRESSION = Experiment(
    Points("moons", count=100),
    Graph.chain(Dense(6), Dense(2, "identity")),
    Training(loss="mse", optimizer=SGD(), learning_rate=0.05, batch_size=10, epochs=20),
)


def trained(experiment, steps=None):
    trainer = Trainer(experiment)
    run(trainer, steps)
    return trainer


def run(trainer, steps=None):
    """Train for so many updates, or to the end; return the losses."""
    return list(islice(trainer.steps(), steps))


def history(trainer):
    """Return the history without the seconds it took."""
    table = trainer.history.table()
    return {name: table[name].tolist() for name in table.columns if name != "seconds"}


def assert_same_run(first, second):
    np.testing.assert_array_equal(first.network.theta, second.network.theta)
    for name, slot in first.optimizer_state.slots.items():
        np.testing.assert_array_equal(slot, second.optimizer_state.slots[name])
    np.testing.assert_equal(history(first), history(second))
    assert (first.step, first.epoch, first.goal) == (second.step, second.epoch, second.goal)
