"""Runs that are changed on the way, stopped early, or blown up."""

import dataclasses

import numpy as np
import pytest
from runs import HARD, REGRESSION, assert_same_run, history, run, trained

from engine import trainer as trainer_module
from engine.checkpoint import Checkpoint
from engine.errors import DivergenceError, FieldError, ShapeError
from engine.experiment import Experiment, Training
from engine.feed import Feed
from engine.graph import Graph, insert_after, rename
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.flatten import Flatten
from engine.layers.kernel import KernelFeatures
from engine.network import Network
from engine.optimizers import Adam, Momentum
from engine.penalties import L1, L2
from engine.schedules import CosineDecay
from engine.tasks.points import Points
from engine.tasks.traffic import Traffic
from engine.trainer import Trainer

HARD_LAYERS = [node.layer for node in HARD.graph.nodes[1:]]


@pytest.fixture(autouse=True)
def numbers_may_overflow():
    with np.errstate(all="ignore"):
        yield


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

    @pytest.mark.parametrize(
        ("owner", "name"),
        [
            (trainer_module, "load"),
            (Network, "__init__"),
            (trainer_module, "transfer"),
            (Network, "adapt"),
            (Feed, "rewind"),
            (Trainer, "checkpoint"),
        ],
        ids=lambda value: getattr(value, "__name__", value),
    )
    def test_a_change_that_fails_half_way_leaves_the_run_as_it_was(self, owner, name, monkeypatch):
        kernel = HARD.but(graph=Graph.chain(KernelFeatures(centres=9), *HARD_LAYERS))
        trainer = trained(kernel, 7)
        graph, _ = insert_after(kernel.graph, "dense_1", Dense(6))
        changes = {"task": Points("circles"), "graph": graph, "optimizer": Adam(), "epochs": 3}

        def failing(*_, **__):
            raise MemoryError

        with monkeypatch.context() as patch:
            patch.setattr(owner, name, failing)
            with pytest.raises(MemoryError):
                trainer.apply(kernel.but(**changes))
        assert trainer.experiment == kernel
        run(trainer)
        assert_same_run(trainer, trained(kernel))

    def test_other_data_that_fail_leave_the_samples_that_a_layer_keeps(self, monkeypatch):
        kernel = HARD.but(graph=Graph.chain(KernelFeatures(centres=9), *HARD_LAYERS))
        trainer = trained(kernel, 7)

        def failing(*_):
            raise MemoryError

        with monkeypatch.context() as patch:
            patch.setattr(Trainer, "checkpoint", failing)
            with pytest.raises(MemoryError):
                trainer.apply(kernel.but(task=Points("circles")))
        run(trainer)
        assert_same_run(trainer, trained(kernel))

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
        sentence = str(caught.value)
        assert f"at iteration {caught.value.values['step']}, " in sentence
        assert "of Output first; go back to iteration 0" in sentence
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
