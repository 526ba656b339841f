"""Runs: the same to the bit, resumed, counted and recorded."""

import json
from math import isfinite

import numpy as np
import pytest
from runs import HARD, REGRESSION, assert_same_run, history, run, trained

from engine.checkpoint import Checkpoint
from engine.errors import FormatError
from engine.graph import set_layer
from engine.layers.dense import Dense
from engine.probes import Gradients
from engine.schedules import CosineDecay, StepDecay
from engine.tasks.points import Points
from engine.trainer import BATCH_RECORDS, EVERY_EPOCH, Trainer
from playground.examples import example


class TestSameBits:
    @pytest.mark.parametrize("experiment", [HARD, REGRESSION, example("xor").but(epochs=3)])
    def test_the_same_seed_gives_the_same_run(self, experiment):
        first, second = trained(experiment), trained(experiment)
        assert first.finished
        assert_same_run(first, second)

    def test_another_seed_gives_another_run(self):
        assert (trained(HARD).network.theta != trained(HARD.but(seed=8)).network.theta).any()

    @pytest.mark.parametrize("steps", [0, 3, 5, 7, 31])
    def test_a_checkpoint_continues_to_the_same_bits(self, steps):
        """Also in the middle of an epoch, and after a way through JSON."""
        straight = trained(HARD)
        before = trained(HARD, steps).checkpoint()
        state = json.loads(json.dumps(before.state))
        resumed = Trainer(HARD)
        resumed.restore(Checkpoint(before.arrays, state))
        assert resumed.step == steps
        run(resumed)
        assert_same_run(straight, resumed)

    def test_a_checkpoint_is_not_touched_by_what_follows(self):
        trainer = trained(HARD, 7)
        checkpoint = trainer.checkpoint()
        before = {name: array.copy() for name, array in checkpoint.arrays.items()}
        run(trainer)
        for name, array in checkpoint.arrays.items():
            np.testing.assert_array_equal(array, before[name])

    def test_going_back_in_the_same_run(self):
        trainer = trained(HARD, 7)
        checkpoint = trainer.checkpoint()
        run(trainer)
        trainer.restore(checkpoint)
        run(trainer)
        assert_same_run(trainer, trained(HARD))

    def test_resetting_begins_the_same_run_again(self):
        trainer = trained(HARD, 17)
        trainer.reset()
        assert (trainer.step, trainer.epoch, len(trainer.history.table())) == (0, 0, 0)
        run(trainer)
        assert_same_run(trainer, trained(HARD))

    def test_looking_does_not_change_a_run(self):
        watched = Trainer(HARD)
        for _ in watched.steps():
            watched.measure("test", thorough=True)
            Gradients().measure(watched)
        assert_same_run(watched, trained(HARD))


class TestRestoring:
    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            (lambda arrays, state: arrays.pop("theta"), "theta"),
            (lambda arrays, state: arrays.pop("slot.m"), "slot.m"),
            (lambda arrays, state: arrays.update(theta=arrays["theta"][:-1]), "missing or not"),
            (lambda arrays, state: arrays["theta"].fill(np.nan), "not finite"),
            (lambda arrays, state: arrays.update(history=np.zeros(3)), "other columns"),
            (lambda arrays, state: arrays.update(batches=np.zeros((2, 9))), "other columns"),
            (lambda arrays, state: state.pop("step"), "step"),
            (lambda arrays, state: state.update(step="many"), "many"),
            (lambda arrays, state: state.update(step=-1), "out of range"),
            (lambda arrays, state: state.update(epoch=float("inf")), "infinity"),
            (lambda arrays, state: state.update(position=10**6), "out of range"),
            (lambda arrays, state: state.update(position=-1), "out of range"),
            (lambda arrays, state: state.update(every=[]), "range"),
            (lambda arrays, state: state.update(best=3), "."),
            (lambda arrays, state: state.update(batch_losses=["x"]), "x"),
            (lambda arrays, state: state.update(streams={}), "dense_1"),
            (lambda arrays, state: state.update(streams=5), "."),
            (lambda arrays, state: state["streams"].update(dropout_1={"state": 1}), "."),
            (
                lambda arrays, state: state["streams"]["dropout_1"]["state"].update(state=-1),
                ".",
            ),
        ],
    )
    def test_a_damaged_checkpoint_is_refused_with_a_sentence(self, change, reason):
        checkpoint = trained(HARD, 7).checkpoint()
        arrays, state = dict(checkpoint.arrays), json.loads(json.dumps(checkpoint.state))
        change(arrays, state)
        trainer = Trainer(HARD)
        with pytest.raises(FormatError, match=f"damaged .*{reason}.*train the network anew"):
            trainer.restore(Checkpoint(arrays, state))
        trainer.reset()
        run(trainer)
        assert_same_run(trainer, trained(HARD))

    def test_a_run_of_another_network_does_not_fit(self):
        other = HARD.but(graph=set_layer(HARD.graph, "dense_1", Dense(7)))
        with pytest.raises(FormatError):
            Trainer(other).restore(trained(HARD, 3).checkpoint())


class TestCounting:
    @pytest.mark.parametrize(
        ("batch_size", "sizes"),
        [(32, [32, 32, 16]), (80, [80]), (0, [80]), (1000, [80]), (1, [1] * 80), (79, [79, 1])],
    )
    def test_an_epoch_sees_every_sample_once(self, batch_size, sizes, monkeypatch):
        """The last batch holds what is left."""
        trainer = Trainer(HARD.but(batch_size=batch_size, epochs=2))
        seen, forward = [], trainer.network.loss_and_gradient

        def watched(x, *answers):
            seen.append(x.copy())
            return forward(x, *answers)

        monkeypatch.setattr(trainer.network, "loss_and_gradient", watched)
        assert trainer.steps_per_epoch == len(sizes)
        run(trainer)
        assert [len(x) for x in seen] == sizes * 2
        assert (trainer.step, trainer.epoch) == (2 * len(sizes), 2)
        everything = np.unique(trainer.dataset.training.inputs, axis=0)
        for epoch in (seen[: len(sizes)], seen[len(sizes) :]):
            np.testing.assert_array_equal(np.unique(np.concatenate(epoch), axis=0), everything)
        if len(sizes) > 1:
            assert not np.array_equal(seen[0], seen[len(sizes)]), "epochs have orders of their own"

    def test_within_an_epoch(self):
        trainer = trained(HARD, 7)
        assert (trainer.epoch, trainer.step, trainer.feed.position) == (1, 7, 32)

    def test_extending_runs_as_long_again(self):
        trainer = trained(HARD.but(epochs=3))
        assert trainer.finished and not run(trainer)
        trainer.extend()
        assert not trainer.finished
        run(trainer)
        assert trainer.epoch == 6
        assert history(trainer)["epoch"] == [1, 2, 3, 4, 5, 6]

    def test_every_yield_is_the_loss_of_a_batch(self):
        losses = run(Trainer(HARD))
        assert len(losses) == 12 * 5
        assert all(isinstance(loss, float) and isfinite(loss) for loss in losses)


class TestRates:
    def rates(self, experiment, steps):
        trainer, rates = Trainer(experiment), []
        for _ in range(steps):
            rates.append(trainer.learning_rate)
            run(trainer, 1)
        return rates

    def test_warm_up_rises_from_zero(self):
        rates = self.rates(REGRESSION.but(warmup=1.0), 10)
        np.testing.assert_allclose(rates, [0.05 * min(1, i / 8) for i in range(10)])

    def test_step_decay_drops_with_the_first_update_of_its_epoch(self):
        """Eight updates of 10 samples make an epoch."""
        schedule = StepDecay(milestones=(1,), gamma=0.1)
        experiment = REGRESSION.but(schedule=schedule)
        np.testing.assert_allclose(self.rates(experiment, 10), [0.05] * 8 + [0.005] * 2)
        before, after = trained(experiment, 7), trained(experiment, 8)
        plain = trained(REGRESSION, 7)
        np.testing.assert_array_equal(before.network.theta, plain.network.theta)
        run(plain, 1)
        np.testing.assert_array_equal(after.network.theta, plain.network.theta)

    def test_decay_follows_an_extended_goal(self):
        trainer = trained(REGRESSION.but(schedule=CosineDecay(), epochs=2))
        assert trainer.learning_rate == pytest.approx(0)
        trainer.extend()
        assert trainer.learning_rate == pytest.approx(0.025)


class TestHistory:
    def test_columns_are_loss_and_metrics_of_both_parts(self):
        table = trained(HARD.but(epochs=2)).history.table()
        assert table.columns == (
            "step", "epoch", "seconds", "learning_rate",
            "training_loss", "validation_loss", "training_accuracy", "validation_accuracy",
        )  # fmt: skip
        assert table["epoch"].tolist() == [1, 2]
        assert table["step"].tolist() == [5, 10]
        assert (np.diff(table["seconds"]) > 0).all()

    def test_forecasts_are_measured_in_real_units(self):
        trainer = trained(example("vds-mlp").but(epochs=1))
        table = trainer.history.table()
        assert set(table.columns) >= {"validation_rmse", "validation_mae", "validation_mape"}
        assert 0 < table["validation_loss"][-1] < 0.1, "the loss is that of scaled numbers"
        truth = trainer.dataset.in_units(trainer.dataset.validation.targets)
        prediction = trainer.network.predict(trainer.dataset.validation.inputs)
        error = trainer.dataset.in_units(prediction) - truth
        assert table["validation_rmse"][-1] == pytest.approx(np.sqrt((error**2).mean()))
        assert 1 < table["validation_mae"][-1] < 100

    def test_fast_epochs_are_recorded_less_often(self):
        trainer = trained(HARD.but(batch_size=0, epochs=320, patience=0))
        epochs = history(trainer)["epoch"]
        assert epochs[:EVERY_EPOCH] == list(range(1, EVERY_EPOCH + 1))
        assert epochs[EVERY_EPOCH:] == [100, 200, 300, 320]

    def test_long_epochs_record_batches(self):
        task = Points("moons", count=800)
        trainer = trained(HARD.but(task=task, batch_size=1, epochs=3, patience=0))
        table = trainer.batches.table()
        assert table.columns == ("step", "epoch", "loss")
        assert len(table) / 3 == pytest.approx(BATCH_RECORDS, abs=2)
        assert (np.diff(table["epoch"]) > 0).all() and table["epoch"][-1] == pytest.approx(
            3, abs=0.05
        )
        assert len(trained(HARD).batches.table()) == 0
