"""The training thread: commands in, snapshots out, whatever goes wrong on the way."""

import numpy as np
from sessions import ENDLESS, SHORT, TRAFFIC, in_state, settled, weights

from engine.checkpoint import Checkpoint
from engine.errors import FormatError
from engine.graph import insert_after, set_layer
from engine.graph_edits import group
from engine.graph_modes import set_rate
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.probes import (
    Gradients,
    Plane,
)
from engine.tasks.points import Gate
from engine.trainer import Trainer


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

    def test_training_stands_still_for_a_picture_but_not_for_ever(self, start):
        session = start()
        session.play()
        session.wait(lambda snapshot: snapshot.epoch >= 2)
        for _ in range(3):
            with session.hold:
                begun = session.snapshot().step
                session.wait(lambda snapshot, begun=begun: snapshot.step > begun)
            assert not session.hold.active
        session.wait(lambda snapshot, begun=begun: snapshot.epoch > begun / 10 + 2)

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

    def test_a_frozen_layer_and_a_block_do_not_pause_the_run(self, start):
        session = start()
        session.play()
        session.wait(lambda snapshot: snapshot.epoch >= 1)
        for graph in (
            set_rate(ENDLESS.graph, "dense_1", 0),
            group(ENDLESS.graph, ["dense_1"], "Block 1"),
        ):
            changed = ENDLESS.but(graph=graph)
            session.apply(changed)
            snapshot = session.wait(lambda snapshot, now=changed: snapshot.experiment == now)
            assert snapshot.state == "running"
            session.wait(lambda after, step=snapshot.step: after.step > step)

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
