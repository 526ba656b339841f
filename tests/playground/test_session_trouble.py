"""A session when things go wrong, and when it ends."""

import threading
from dataclasses import dataclass

import numpy as np
import pytest
from sessions import ENDLESS, TRAFFIC, in_state, settled, weights

from engine.errors import DataError, DivergenceError, ShapeError
from engine.experiment import Experiment, Training
from engine.graph import Graph
from engine.layers.dense import Dense
from engine.optimizers import SGD
from engine.probes import (
    Gradients,
    Plane,
    Probe,
)
from engine.tasks.points import Points
from playground.session import Session


@dataclass(frozen=True)
class Faulty(Probe):
    """A probe with a fault in its code."""

    def measure(self, trainer):
        raise ZeroDivisionError("a fault in the program")


class TestTrouble:
    def test_a_fault_in_a_probe_is_told_and_the_thread_lives_on(self, start, capfd):
        session = start()
        session.want(frozenset([Faulty()]))
        snapshot = session.wait(in_state("failed"))
        assert isinstance(snapshot.error, ZeroDivisionError)
        assert "a fault in the program" in capfd.readouterr().err
        session.want(frozenset())
        session.play()
        snapshot = session.wait(lambda snapshot: snapshot.epoch >= 1)
        assert (snapshot.state, snapshot.error) == ("running", None)

    def test_a_fault_in_an_update_is_told_and_the_thread_lives_on(self, start, capfd):
        session = start()

        def spoil(trainer):
            forward, trainer.network.loss_and_gradient = trainer.network.loss_and_gradient, None
            return forward

        forward = session.ask(spoil).result(30)
        session.play()
        assert isinstance(session.wait(in_state("failed")).error, TypeError)
        assert "Traceback" in capfd.readouterr().err
        session.ask(lambda trainer: setattr(trainer.network, "loss_and_gradient", forward)).result(
            30
        )
        session.play()
        session.wait(lambda snapshot: snapshot.epoch >= 1)

    def test_a_fault_in_a_question_is_its_own_answer(self, start):
        session = start()
        with pytest.raises(ZeroDivisionError):
            session.ask(lambda trainer: 1 / 0).result(30)
        assert settled(session).state == "idle"

    def test_a_question_that_was_called_off_is_not_asked(self, start):
        session = start()
        asked, go_on = [], threading.Event()
        session.ask(lambda trainer: go_on.wait(30))
        assert session.ask(asked.append).cancel()
        go_on.set()
        assert settled(session).state == "idle"
        assert not asked

    def test_a_network_that_cannot_train_is_invalid_until_it_is_mended(self, start):
        session = start()
        session.play()
        session.wait(lambda snapshot: snapshot.epoch >= 1)
        session.apply(ENDLESS.but(graph=Graph.chain(Dense(5), Dense(3, "softmax"))))
        snapshot = session.wait(in_state("invalid"))
        assert isinstance(snapshot.error, ShapeError)
        assert snapshot.error.node == "output" and snapshot.error.fixes
        session.play()
        session.reset()
        assert settled(session).state == "invalid"
        session.apply(ENDLESS)
        snapshot = session.wait(in_state("paused"))
        assert snapshot.error is None and snapshot.epoch >= 1
        session.play()
        session.wait(lambda after: after.step > snapshot.step)

    def test_a_session_may_begin_with_a_network_that_cannot_train(self, start):
        broken = ENDLESS.but(graph=Graph.chain(Dense(3, "softmax")))
        session = start(broken)
        assert session.snapshot().state == "invalid"
        with pytest.raises(ShapeError):
            session.ask(lambda trainer: trainer.step).result(30)
        session.apply(ENDLESS)
        session.play()
        session.wait(lambda snapshot: snapshot.epoch >= 1)

    def test_data_that_cannot_be_read(self, start, tmp_path):
        session = start(TRAFFIC)
        missing = TRAFFIC.but(task=TRAFFIC.task.with_data(tmp_path / "gone.csv"))
        session.apply(missing)
        snapshot = session.wait(in_state("invalid"))
        assert isinstance(snapshot.error, DataError) and "gone.csv" in str(snapshot.error)
        session.apply(TRAFFIC)
        session.play()
        session.wait(in_state("finished"))

    def test_divergence_is_told_and_a_lower_rate_goes_on(self, start, capfd):
        calm = Experiment(
            Points("moons"),
            Graph.chain(Dense(5), Dense(2, "identity")),
            Training(loss="mse", optimizer=SGD(), learning_rate=0.01, epochs=3),
        )
        session = start(calm.but(learning_rate=100.0))
        session.play()
        snapshot = session.wait(in_state("diverged"))
        assert isinstance(snapshot.error, DivergenceError)
        assert snapshot.step == 0
        assert np.isfinite(weights(session)).all()
        session.apply(calm)
        snapshot = settled(session)
        assert (snapshot.state, snapshot.error) == ("idle", None)
        session.play()
        assert session.wait(in_state("finished")).epoch == 3
        assert capfd.readouterr().err == "", "overflow is expected here and no warning"

    def test_waiting_in_vain_says_what_the_session_does(self, start):
        with pytest.raises(TimeoutError, match="stayed idle"):
            start().wait(in_state("finished"), timeout=0.01)


class TestClosing:
    @pytest.mark.parametrize("prepare", [lambda s: None, Session.play, Session.pause])
    def test_no_thread_is_left(self, prepare):
        session = Session(ENDLESS)
        prepare(session)
        session.close()
        assert "training" not in [thread.name for thread in threading.enumerate()]

    def test_in_the_middle_of_training(self, start):
        session = start()
        session.want(frozenset([Gradients(), Plane((-1, 1, -1, 1), 30)]))
        session.play()
        session.wait(lambda snapshot: snapshot.epoch >= 3)
        session.close()
        assert "training" not in [thread.name for thread in threading.enumerate()]

    def test_however_slow_training_is(self, start):
        session = start()
        session.limit_speed(1 / 3600)
        session.play()
        session.wait(lambda snapshot: snapshot.step == 1)
        session.close()
        session.close()
