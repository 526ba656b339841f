"""Runs: the same to the bit, resumed, changed on the way, stopped early, and blown up."""

import dataclasses
import json
from itertools import islice
from math import isfinite

import numpy as np
import pytest

from engine.checkpoint import Checkpoint
from engine.errors import DivergenceError, FieldError, FormatError, ShapeError
from engine.experiment import Experiment, Training
from engine.graph import Graph, insert_after, rename, set_layer
from engine.history import History
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.flatten import Flatten
from engine.network import Network
from engine.optimizers import SGD, Adam, Momentum
from engine.penalties import L1, L2
from engine.probes import Gradients
from engine.schedules import CosineDecay, StepDecay
from engine.tasks.points import Gate, Points
from engine.tasks.traffic import Traffic
from engine.trainer import BATCH_RECORDS, EVERY_EPOCH, Trainer
from playground.examples import example

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


@pytest.fixture(autouse=True)
def numbers_may_overflow():
    with np.errstate(all="ignore"):
        yield


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

        def watched(x, t):
            seen.append(x.copy())
            return forward(x, t)

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


class TestChangesOnTheWay:
    @pytest.mark.parametrize(
        "change",
        [
            {"learning_rate": 0.001},
            {"penalty": L1(0.01)},
            {"penalty": L2(0.01)},
            {"batch_size": 7},
            {"batch_size": 0},
            {"schedule": CosineDecay()},
            {"optimizer": Adam()},
            {"optimizer": Momentum(beta=0.5)},
            {"patience": 0},
            {"loss": "mse"},
        ],
        ids=str,
    )
    def test_settings_apply_to_the_run(self, change):
        trainer = trained(HARD, 7)
        theta = trainer.network.theta.copy()
        trainer.apply(HARD.but(**change))
        np.testing.assert_array_equal(trainer.network.theta, theta)
        assert (trainer.step, trainer.epoch, trainer.feed.position) == (7, 1, 32)
        assert history(trainer)["epoch"] == [1]
        run(trainer)
        assert trainer.epoch == 12
        assert (trainer.network.theta != theta).any()
        assert np.isfinite(trainer.network.theta).all()

    def test_the_same_optimizer_keeps_its_memory(self):
        trainer = trained(HARD, 7)
        momentum = trainer.optimizer_state.slots["m"].copy()
        trainer.apply(HARD.but(learning_rate=0.5))
        np.testing.assert_array_equal(trainer.optimizer_state.slots["m"], momentum)
        trainer.apply(HARD.but(optimizer=Adam()))
        assert trainer.optimizer_state.t == 0
        assert not trainer.optimizer_state.slots["m"].any()

    def test_nothing_changed_changes_nothing(self):
        trainer = trained(HARD, 7)
        trainer.apply(dataclasses.replace(HARD))
        run(trainer)
        assert_same_run(trainer, trained(HARD))

    @pytest.mark.parametrize("new_layer", [Dense(6), Dropout(), Flatten()], ids=lambda x: x.kind)
    def test_a_new_layer_keeps_what_the_others_learned(self, new_layer):
        trainer = trained(HARD, 7)
        weights = trainer.network.parameters()
        momenta = trainer.network.parameters(trainer.optimizer_state.slots["m"])
        graph, new = insert_after(HARD.graph, "dense_1", new_layer)
        trainer.apply(HARD.but(graph=graph))
        after = trainer.network.parameters()
        kept = trainer.network.parameters(trainer.optimizer_state.slots["m"])
        for node in weights:
            for name in ("W", "b"):
                np.testing.assert_array_equal(after[node][name], weights[node][name])
                np.testing.assert_array_equal(kept[node][name], momenta[node][name])
        if new in kept:
            assert not kept[new]["W"].any()
        assert (trainer.step, trainer.feed.position) == (7, 32)
        run(trainer)
        assert trainer.finished

    def test_a_new_name_keeps_what_was_learned(self):
        trainer = trained(HARD, 7)
        weights = trainer.network.parameters()["dense_1"]["W"]
        trainer.apply(HARD.but(graph=rename(HARD.graph, "dense_1", "features")))
        np.testing.assert_array_equal(trainer.network.parameters()["features"]["W"], weights)

    def test_other_data_are_trained_on_with_the_same_weights(self):
        trainer = trained(HARD, 7)
        theta = trainer.network.theta.copy()
        trainer.apply(HARD.but(task=Points("circles", count=200)))
        np.testing.assert_array_equal(trainer.network.theta, theta)
        assert len(trainer.feed) == 160 and trainer.feed.position == 0
        run(trainer)
        assert trainer.finished

    def test_fewer_epochs_than_done_finish_the_run(self):
        trainer = trained(HARD, 27)
        trainer.apply(HARD.but(epochs=2))
        assert trainer.epoch == 5 and trainer.finished

    def test_more_epochs_take_a_finished_run_up_again(self):
        trainer = trained(HARD)
        trainer.apply(HARD.but(epochs=15))
        run(trainer)
        assert trainer.epoch == 15

    def test_a_network_that_cannot_train_is_refused_and_the_run_stays(self):
        trainer = trained(HARD, 7)
        with pytest.raises(ShapeError, match="2 classes"):
            trainer.apply(HARD.but(graph=Graph.chain(Dense(3, "softmax"))))
        run(trainer)
        assert_same_run(trainer, trained(HARD))

    def test_a_restored_run_keeps_its_scaling_whatever_is_set(self):
        """Weights mean nothing under another scaling than that of their training data."""
        traffic = Experiment(
            Traffic(window=3, inputs=("ToVol",)),
            Graph.chain(Flatten(), Dense(1, "identity")),
            Training(loss="mse", batch_size=64, epochs=1),
        )
        trainer = trained(traffic, 5)
        before = trainer.checkpoint()
        fitted = {"offsets": [10.0, 20.0], "scales": [100.0, 200.0]}
        resumed = Trainer(traffic)
        resumed.restore(Checkpoint(before.arrays, {**before.state, "fitted": fitted}))
        resumed.apply(traffic.but(learning_rate=0.5))
        assert resumed.dataset.fitted == fitted
        graph, _ = insert_after(traffic.graph, "flatten_1", Dense(3))
        resumed.apply(traffic.but(graph=graph))
        assert resumed.dataset.fitted == fitted
        assert resumed.feed.position == 5 * 64


OVERFITTING = Experiment(
    Points("moons", noise=0.5, count=60, training_share=0.5),
    Graph.chain(Dense(32), Dense(2, "softmax")),
    Training(learning_rate=0.1, batch_size=0, epochs=2000, patience=15),
)


@pytest.fixture(scope="module")
def stopped():
    return trained(OVERFITTING)


class TestEarlyStopping:
    def test_the_run_stops_and_goes_back_to_the_best_weights(self, stopped):
        losses = stopped.history.table()["validation_loss"]
        best = losses.argmin()
        assert stopped.stopped and stopped.finished and stopped.epoch < 2000
        assert stopped.measure("validation")["loss"] == pytest.approx(losses[best], rel=1e-6)
        assert losses[-1] > losses[best]
        assert stopped.epoch == best + 1 + 15, "every epoch counts, however fast they are"

    def test_going_on_gives_patience_anew(self, stopped):
        trainer = Trainer(OVERFITTING)
        trainer.restore(stopped.checkpoint())
        assert trainer.finished
        trainer.extend()
        epoch = trainer.epoch
        run(trainer)
        assert trainer.epoch == epoch + 15

    @pytest.mark.parametrize("change", [{"learning_rate": 1e-9}, {"patience": 10}])
    def test_a_change_gives_patience_anew(self, stopped, change):
        trainer = Trainer(OVERFITTING)
        trainer.restore(stopped.checkpoint())
        trainer.apply(OVERFITTING.but(**change))
        epoch = trainer.epoch
        run(trainer)
        assert trainer.epoch == epoch + change.get("patience", 15)

    def test_other_data_have_another_best(self, stopped):
        trainer = Trainer(OVERFITTING)
        trainer.restore(stopped.checkpoint())
        trainer.apply(OVERFITTING.but(task=Points("circles"), epochs=40))
        run(trainer)
        losses = trainer.history.table()["validation_loss"][stopped.epoch :]
        assert trainer.measure("validation")["loss"] <= losses[0]

    def test_without_patience_all_epochs_are_run(self):
        trainer = trained(OVERFITTING.but(patience=0, epochs=100))
        assert trainer.epoch == 100 and not trainer.stopped


class TestDivergence:
    WILD = REGRESSION.but(learning_rate=100.0)

    def test_the_error_names_the_iteration_and_the_weights_are_the_last_good_ones(self):
        trainer = Trainer(self.WILD)
        initial = trainer.network.theta.copy()
        steps = trainer.steps()
        done = 0
        with pytest.raises(DivergenceError) as caught:
            for _ in steps:
                done += 1
        assert caught.value.values["step"] in (done, done + 1)
        assert f"at iteration {caught.value.values['step']}; go back to iteration 0" in str(
            caught.value
        )
        assert "learning rate" in str(caught.value)
        np.testing.assert_array_equal(trainer.network.theta, initial)
        assert (trainer.step, trainer.epoch, len(trainer.history.table())) == (0, 0, 0)

    def test_a_lower_rate_goes_on_as_if_nothing_had_been(self):
        trainer = Trainer(self.WILD)
        with pytest.raises(DivergenceError):
            run(trainer)
        trainer.apply(REGRESSION)
        run(trainer)
        assert_same_run(trainer, trained(REGRESSION))

    def test_a_run_that_blows_up_late_goes_back_to_a_record_of_its_own(self):
        trainer = trained(REGRESSION.but(epochs=60), 350)
        trainer.apply(REGRESSION.but(epochs=60, learning_rate=0.01))
        run(trainer, 30)
        trainer.apply(self.WILD.but(epochs=60))
        theta = trainer.network.theta.copy()
        with pytest.raises(DivergenceError, match="go back to iteration 380 "):
            run(trainer)
        np.testing.assert_array_equal(trainer.network.theta, theta)
        assert trainer.step == 380

    def test_diverging_after_an_extension_keeps_the_new_goal(self):
        trainer = trained(REGRESSION)
        trainer.extend()
        trainer.experiment = self.WILD
        with pytest.raises(DivergenceError):
            run(trainer)
        assert (trainer.epoch, trainer.goal) == (20, 40)

    def test_zero_learning_rate_and_the_like_never_reach_a_run(self):
        """They are refused when they are set; see the fields."""
        with pytest.raises(FieldError, match="learning_rate must be a number above 0"):
            REGRESSION.but(learning_rate=0.0)


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
        assert (np.diff(table["epoch"]) > 0).all() and table["epoch"][-1] == 3
        assert len(trained(HARD).batches.table()) == 0

    def test_thinning_keeps_regular_steps(self):
        table = History(("epoch", "loss"), limit=100)
        seen = []
        for epoch in range(1, 1001):
            if epoch % table.every == 0:
                table.append((epoch, 1 / epoch))
            seen.append(table.table())
        epochs = table.table()["epoch"]
        assert table.every == 16
        np.testing.assert_array_equal(epochs, np.arange(16, 1001, 16))
        assert all(len(shown) <= 100 for shown in seen)
        for epoch, shown in enumerate(seen, 1):
            assert shown["epoch"][-1] <= epoch, "rows that were shown are not written again"
            np.testing.assert_array_equal(shown["loss"], 1 / shown["epoch"])

    @pytest.mark.parametrize("rows", [0, 1, 63, 199])
    def test_rows_from_a_file_grow_on(self, rows):
        table = History(("epoch",), limit=100)
        table.load(np.arange(rows, dtype=float)[:, None], 1)
        table.append((rows,))
        assert table.table()["epoch"][-1] == rows
        assert len(table.table()) <= 100

    def test_an_empty_table(self):
        table = History(("epoch", "loss")).table()
        assert table.last() == {} and "loss" in table and "accuracy" not in table


class TestWhatNetworksCanDo:
    @pytest.mark.parametrize("seed", range(5))
    def test_one_unit_never_learns_xor(self, seed):
        trainer = trained(example("xor-gate").but(seed=seed))
        table = trainer.history.table()
        assert table["training_accuracy"].max() <= 0.75

    def test_one_hidden_layer_learns_the_xor_gate(self):
        assert trained(example("xor-gate-mlp")).measure("training")["accuracy"] == 1

    @pytest.mark.parametrize("seed", range(7, 12))
    def test_the_xor_example_is_learned_from_any_seed(self, seed):
        trainer = trained(example("xor").but(seed=seed))
        assert trainer.measure("training")["accuracy"] == 1
        assert trainer.measure("validation")["accuracy"] >= 0.97

    @pytest.mark.parametrize("gate", ["and", "or", "nand"])
    def test_one_unit_learns_the_other_gates(self, gate):
        trainer = trained(example("xor-gate").but(task=Gate(gate)))
        assert trainer.measure("training")["accuracy"] == 1

    def test_a_penalty_makes_weights_smaller(self):
        free = trained(HARD.but(patience=0))
        held = trained(HARD.but(patience=0, penalty=L2(0.5)))

        def size(trainer: Trainer) -> float:
            network: Network = trainer.network
            return float(np.linalg.norm(network.theta * network.decays))

        assert size(held) < 0.7 * size(free)
