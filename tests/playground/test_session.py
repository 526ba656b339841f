"""The training thread: commands in, snapshots out, whatever goes wrong on the way."""

import threading
from dataclasses import dataclass, fields, is_dataclass
from hashlib import sha256

import numpy as np
import pytest

from engine.checkpoint import Checkpoint
from engine.errors import DataError, DivergenceError, FormatError, ShapeError
from engine.experiment import Experiment, Training
from engine.graph import Graph, insert_after, set_layer
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.flatten import Flatten
from engine.optimizers import SGD
from engine.probes import (
    Confusion,
    Gradients,
    Measures,
    Parameters,
    Plane,
    Predictions,
    Probe,
    Sample,
)
from engine.tasks.points import Gate, Points
from engine.tasks.traffic import Traffic
from engine.trainer import Trainer
from playground.session import Session

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


@pytest.fixture
def start():
    """Start sessions, and end them when the test is over."""
    sessions = []

    def one(experiment=ENDLESS):
        sessions.append(Session(experiment))
        sessions[-1].wait(lambda snapshot: snapshot.serial > 1 and snapshot.state != "loading")
        return sessions[-1]

    yield one
    for session in sessions:
        session.close()


def in_state(*states):
    return lambda snapshot: snapshot.state in states


def settled(session):
    """Return a snapshot that was made after all commands so far."""
    serial = session.ask(lambda trainer: session.snapshot().serial).result(30)
    return session.wait(lambda snapshot: snapshot.serial > serial)


def weights(session):
    return session.ask(lambda trainer: trainer.network.theta.copy()).result(30)


class TestTransport:
    def test_a_new_session_is_idle(self, start):
        snapshot = start().snapshot()
        assert (snapshot.state, snapshot.step, snapshot.epoch) == ("idle", 0, 0)
        assert snapshot.batches_per_epoch == 10 and snapshot.goal == 1_000_000
        assert snapshot.experiment == ENDLESS
        assert len(snapshot.dataset.training) == 320

    def test_play_and_pause(self, start):
        session = start()
        session.play()
        moving = session.wait(lambda snapshot: snapshot.epoch >= 2)
        assert moving.state == "running"
        session.pause()
        still = session.wait(in_state("paused"))
        assert still.step >= moving.step and still.speed == 0
        session.play()
        session.wait(lambda snapshot: snapshot.step > still.step)

    def test_speed_is_told_while_training(self, start):
        session = start()
        session.play()
        assert session.wait(lambda snapshot: snapshot.speed > 0).speed > 100

    def test_one_iteration(self, start):
        session = start()
        for done in (1, 2, 3):
            session.step("iteration")
            snapshot = session.wait(
                lambda snapshot, done=done: snapshot.step == done and snapshot.state == "paused"
            )
            assert snapshot.batch == done

    def test_one_epoch(self, start):
        session = start()
        session.step("iteration")
        for epoch in (1, 2):
            session.step("epoch")
            snapshot = session.wait(
                lambda snapshot, epoch=epoch: snapshot.epoch == epoch and snapshot.state == "paused"
            )
            assert (snapshot.step, snapshot.batch) == (10 * epoch, 0)

    def test_to_the_goal_and_as_far_again(self, start):
        session = start(SHORT)
        session.play()
        assert session.wait(in_state("finished")).epoch == 6
        session.play()
        snapshot = session.wait(lambda snapshot: snapshot.epoch == 12)
        assert session.wait(in_state("finished")).goal == 12
        assert snapshot.history["epoch"].tolist() == list(range(1, 13))

    def test_the_same_run_as_without_a_session(self, start):
        session = start(SHORT)
        session.want(frozenset([Gradients(), Plane((-1, 1, -1, 1), 10)]))
        session.play()
        session.wait(in_state("finished"))
        trainer = Trainer(SHORT)
        for _ in trainer.steps():
            pass
        np.testing.assert_array_equal(weights(session), trainer.network.theta)

    def test_reset(self, start):
        session = start()
        before = weights(session)
        session.play()
        session.wait(lambda snapshot: snapshot.epoch >= 2)
        session.reset()
        snapshot = session.wait(in_state("idle"))
        assert (snapshot.step, len(snapshot.history)) == (0, 0)
        np.testing.assert_array_equal(weights(session), before)

    def test_a_limited_speed(self, start):
        """One update an hour: the first comes at once, and commands do not bring the next one."""
        session = start()
        session.limit_speed(1 / 3600)
        session.play()
        session.wait(lambda snapshot: snapshot.step == 1)
        for rate in (0.1, 0.2, 0.3):
            session.apply(ENDLESS.but(learning_rate=rate))
        assert settled(session).step == 1
        session.step("iteration")
        session.wait(lambda snapshot: snapshot.step == 2 and snapshot.state == "paused")
        session.limit_speed(None)
        session.play()
        session.wait(lambda snapshot: snapshot.step > 50)

    def test_step_and_pause_do_nothing_to_a_finished_state(self, start):
        session = start(SHORT)
        session.play()
        session.wait(in_state("finished"))
        session.pause()
        assert settled(session).state == "finished"


class TestEdits:
    def test_settings_change_while_training_goes_on(self, start):
        session = start()
        session.play()
        session.wait(lambda snapshot: snapshot.epoch >= 1)
        changed = ENDLESS.but(learning_rate=0.001, batch_size=8)
        session.apply(changed)
        snapshot = session.wait(lambda snapshot: snapshot.experiment == changed)
        assert snapshot.state == "running"
        session.wait(lambda after: after.step > snapshot.step and after.batches_per_epoch == 40)

    def test_a_new_layer_pauses_the_run(self, start):
        session = start()
        session.play()
        session.wait(lambda snapshot: snapshot.epoch >= 1)
        changed = ENDLESS.but(graph=insert_after(ENDLESS.graph, "dense_1", Dropout())[0])
        session.apply(changed)
        snapshot = session.wait(lambda snapshot: snapshot.experiment == changed)
        assert snapshot.state == "paused" and snapshot.epoch >= 1

    def test_weights_of_untouched_layers_are_those_of_before(self, start):
        session = start()
        session.step("epoch")
        session.wait(lambda snapshot: snapshot.epoch == 1 and snapshot.state == "paused")
        before = session.ask(lambda trainer: trainer.network.parameters()).result(30)
        session.apply(ENDLESS.but(graph=set_layer(ENDLESS.graph, "dense_1", Dense(5, "relu"))))
        after = session.ask(lambda trainer: trainer.network.parameters()).result(30)
        for node, arrays in before.items():
            for name, values in arrays.items():
                np.testing.assert_array_equal(after[node][name], values)
        snapshot = settled(session)
        assert (snapshot.step, snapshot.epoch, snapshot.state) == (10, 1, "paused")

    def test_more_epochs_open_a_finished_run(self, start):
        session = start(SHORT)
        session.play()
        session.wait(in_state("finished"))
        session.apply(SHORT.but(epochs=8))
        assert session.wait(in_state("paused")).goal == 8
        session.play()
        assert session.wait(in_state("finished")).epoch == 8

    def test_another_task_parks_the_run_and_coming_back_continues_it(self, start):
        session = start(SHORT)
        session.step("epoch")
        before = session.wait(lambda snapshot: snapshot.epoch == 1 and snapshot.state == "paused")
        theta = weights(session)
        session.apply(TRAFFIC)
        snapshot = session.wait(
            lambda snapshot: snapshot.dataset and not snapshot.dataset.target.classes
        )
        assert (snapshot.state, snapshot.step) == ("idle", 0)
        session.play()
        session.wait(in_state("finished"))
        session.apply(SHORT)
        snapshot = settled(session)
        assert (snapshot.state, snapshot.step, snapshot.epoch) == ("paused", 10, 1)
        assert (
            snapshot.history["training_loss"].tolist() == before.history["training_loss"].tolist()
        )
        np.testing.assert_array_equal(weights(session), theta)
        session.apply(TRAFFIC)
        assert settled(session).state == "finished"

    def test_another_task_while_running_stops(self, start):
        session = start()
        session.play()
        session.wait(lambda snapshot: snapshot.step > 0)
        session.apply(ENDLESS.but(task=Gate("and")))
        snapshot = settled(session)
        assert (snapshot.state, snapshot.step) == ("idle", 0)
        assert len(snapshot.dataset.training) == 4

    def test_opening_forgets_what_was_parked(self, start):
        session = start(SHORT)
        session.step("epoch")
        session.wait(lambda snapshot: snapshot.epoch == 1)
        session.open(TRAFFIC)
        session.apply(SHORT)
        assert settled(session).step == 0

    def test_opening_a_saved_run(self, start):
        trainer = Trainer(SHORT)
        for _, _ in zip(range(25), trainer.steps(), strict=False):
            pass
        session = start()
        session.play()
        session.open(SHORT, trainer.checkpoint())
        snapshot = session.wait(in_state("paused"))
        assert (snapshot.step, snapshot.epoch, snapshot.batch) == (25, 2, 5)
        session.play()
        session.wait(in_state("finished"))
        for _ in trainer.steps():
            pass
        np.testing.assert_array_equal(weights(session), trainer.network.theta)

    def test_opening_a_damaged_run_gives_the_experiment_and_the_reason(self, start):
        session = start()
        session.open(SHORT, Checkpoint({}, {}))
        snapshot = session.wait(lambda snapshot: snapshot.error is not None)
        assert isinstance(snapshot.error, FormatError)
        assert (snapshot.state, snapshot.step, snapshot.experiment) == ("idle", 0, SHORT)
        session.play()
        assert session.wait(in_state("finished")).error is None


class TestProbes:
    PROBES = frozenset(
        [
            Plane((-1, 1, -2, 2), 12),
            Parameters(),
            Gradients(),
            Sample("validation", 3),
            Predictions("test"),
            Confusion("validation"),
            Measures("test"),
        ]
    )

    def answered(self, snapshot):
        return snapshot.answers.keys() == self.PROBES

    def test_answers_come_while_nothing_trains(self, start):
        session = start()
        session.want(self.PROBES)
        answers = session.wait(self.answered).answers
        plane = answers[Plane((-1, 1, -2, 2), 12)]
        assert {name: values.shape for name, values in plane.items()} == {
            "input": (2, 12, 12),
            "dense_1": (5, 12, 12),
            "output": (2, 12, 12),
        }
        np.testing.assert_allclose(plane["input"][0][0], np.linspace(-1, 1, 12), rtol=1e-6)
        np.testing.assert_allclose(plane["input"][1][:, 0], np.linspace(-2, 2, 12), rtol=1e-6)
        np.testing.assert_allclose(plane["output"].sum(axis=0), 1, rtol=1e-6)
        assert answers[Parameters()]["dense_1"]["W"].shape == (2, 5)
        assert answers[Gradients()]["dense_1"]["W"].shape == (2, 5)
        assert answers[Sample("validation", 3)]["output"].shape == (2,)
        assert answers[Predictions("test")].shape == (80, 2)
        assert answers[Confusion("validation")].sum() == 80
        assert {"loss", "accuracy", "precision", "recall", "f1"} <= answers[Measures("test")].keys()

    def test_answers_follow_every_change(self, start):
        session = start()
        session.want(frozenset([Parameters()]))
        first = session.wait(lambda snapshot: Parameters() in snapshot.answers)

        def shown(snapshot):
            return snapshot.answers[Parameters()]["output"]["W"]

        session.step("iteration")
        session.wait(lambda snapshot: (shown(snapshot) != shown(first)).any())
        session.reset()
        session.wait(lambda snapshot: np.array_equal(shown(snapshot), shown(first)))
        session.apply(ENDLESS.but(graph=insert_after(ENDLESS.graph, "dense_1", Dense(3))[0]))
        session.wait(lambda snapshot: "dense_2" in snapshot.answers.get(Parameters(), {}))

    def test_answers_come_while_training(self, start):
        session = start()
        session.play()
        session.want(frozenset([Predictions("test")]))
        first = session.wait(lambda snapshot: len(snapshot.answers) == 1)
        session.wait(
            lambda snapshot: (
                snapshot.answers[Predictions("test")] is not first.answers[Predictions("test")]
            )
        )
        assert session.snapshot().state == "running"

    def test_what_is_no_longer_wanted_is_not_answered(self, start):
        session = start()
        session.want(self.PROBES)
        session.wait(self.answered)
        session.want(frozenset())
        session.wait(lambda snapshot: not snapshot.answers)

    def test_predictions_are_in_real_units(self, start):
        session = start(TRAFFIC)
        session.want(frozenset([Predictions("test", 50)]))
        snapshot = session.wait(lambda snapshot: snapshot.answers)
        (values,) = snapshot.answers.values()
        theirs = session.ask(
            lambda trainer: trainer.network.predict(trainer.dataset.test.inputs[:50])
        )
        np.testing.assert_allclose(values, snapshot.dataset.in_units(theirs.result(30)), rtol=1e-6)


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
        session.want(TestProbes.PROBES)
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


def digest(value):
    """Return a digest of everything in a snapshot that a view may draw."""
    if isinstance(value, np.ndarray):
        return sha256(np.ascontiguousarray(value).tobytes()).hexdigest()
    if isinstance(value, dict):
        return [(str(key), digest(entry)) for key, entry in value.items()]
    if is_dataclass(value):
        return [digest(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, (tuple, list)):
        return [digest(entry) for entry in value]
    return repr(value)


def test_a_published_snapshot_never_changes(start):
    session = start(ENDLESS.but(graph=Graph.chain(Dense(5), Dropout(), Dense(2, "softmax"))))
    session.want(TestProbes.PROBES)
    session.play()
    taken = []
    for epoch in (1, 40, 70, 130):
        snapshot = session.wait(
            lambda snapshot, epoch=epoch: snapshot.epoch >= epoch and len(snapshot.answers) == 7
        )
        taken.append((snapshot, digest(snapshot)))
    session.reset()
    session.step("epoch")
    session.wait(lambda snapshot: snapshot.epoch == 1 and snapshot.state == "paused")
    for snapshot, before in taken:
        assert digest(snapshot) == before
    serials = [snapshot.serial for snapshot, _ in taken]
    assert serials == sorted(set(serials))
