"""Experiments for sessions, and how to wait for what a session does."""

from engine.experiment import Experiment, Training
from engine.graph import Graph
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.tasks.points import Points
from engine.tasks.traffic import Traffic

ENDLESS = Experiment(
    Points("moons"),
    Graph.chain(Dense(5), Dense(2, "softmax")),
    Training(batch_size=32, epochs=1_000_000),
)
"""320 samples are 10 batches an epoch."""

SHORT = ENDLESS.but(epochs=6)
TRAFFIC = Experiment(
    Traffic(window=3),
    Graph.chain(Flatten(), Dense(1, "identity")),
    Training(loss="mse", batch_size=64, epochs=2),
)


def in_state(*states):
    return lambda snapshot: snapshot.state in states


def settled(session):
    """Return a snapshot that was made after all commands so far."""
    serial = session.ask(lambda trainer: session.snapshot().serial).result(30)
    return session.wait(lambda snapshot: snapshot.serial > serial)


def weights(session):
    return session.ask(lambda trainer: trainer.network.theta.copy()).result(30)
