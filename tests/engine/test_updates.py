"""What is done to gradients and parameters around the optimizer: freezing, pace, norms, L-BFGS."""

import numpy as np
import pytest
from gradients import assert_gradient, numeric_gradient
from runs import HARD, run, trained
from sklearn.linear_model import LogisticRegression

from engine.errors import DivergenceError, FieldError
from engine.experiment import Experiment, Training, from_dict, to_dict, with_setting
from engine.graph import Graph, insert_after, move
from engine.graph_modes import set_rate
from engine.layers.batch_norm import BatchNorm
from engine.layers.conv2d import Conv2d
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.hard_concrete import HardConcrete
from engine.losses import CategoricalCrossEntropy
from engine.network import Network
from engine.optimizers import LBFGS, SGD, AdamW, Momentum, OptimizerState
from engine.penalties import L2, penalty
from engine.tasks.points import Points
from engine.trainer import Trainer
from engine.updates import Objective


def layers_of(trainer):
    return trainer.network.parameters()


def with_rate(experiment, node, rate):
    return experiment.but(graph=set_rate(experiment.graph, node, rate))


class TestFreezing:
    @pytest.mark.parametrize(
        "settings",
        [
            {},
            {"optimizer": AdamW(decay=0.1)},
            {"penalty": L2(0.1), "clip_norm": 0.1},
            {"max_norm": 0.1},
            {"optimizer": LBFGS(5), "batch_size": 0},
        ],
        ids=["momentum", "weight decay", "penalty and clipping", "max norm", "L-BFGS"],
    )
    def test_a_frozen_layer_keeps_its_bits_and_the_others_learn(self, settings):
        trainer = Trainer(with_rate(HARD, "dense_1", 0).but(**settings))
        before = layers_of(trainer)
        run(trainer, 20)
        after = layers_of(trainer)
        for name, values in before["dense_1"].items():
            assert values.tobytes() == after["dense_1"][name].tobytes()
        assert (before["output"]["W"] != after["output"]["W"]).any()

    def test_can_be_thawed_while_training(self):
        trainer = trained(with_rate(HARD, "dense_1", 0), 10)
        before = layers_of(trainer)
        trainer.apply(HARD)
        np.testing.assert_array_equal(layers_of(trainer)["dense_1"]["W"], before["dense_1"]["W"])
        run(trainer, 5)
        assert (layers_of(trainer)["dense_1"]["W"] != before["dense_1"]["W"]).any()

    def test_the_length_that_clipping_sees_is_that_of_what_learns(self):
        graph = HARD.graph
        plain = HARD.but(optimizer=SGD(), clip_norm=1e-3, learning_rate=1.0)
        frozen = plain.but(graph=set_rate(graph, "dense_1", 0))
        trainer = Trainer(frozen)
        before = trainer.network.theta.copy()
        run(trainer, 1)
        assert np.linalg.norm(trainer.network.theta - before) == pytest.approx(1e-3, rel=1e-3)

    def test_frozen_normalization_keeps_its_statistics(self):
        graph = Graph.chain(Dense(6), BatchNorm(), Dense(2, "softmax"))
        experiment = HARD.but(graph=set_rate(graph, "batch_norm_1", 0))
        trainer = Trainer(experiment)
        before = layers_of(trainer)["batch_norm_1"]
        run(trainer, 10)
        for name, values in layers_of(trainer)["batch_norm_1"].items():
            np.testing.assert_array_equal(values, before[name])

    def test_nothing_is_computed_below_the_lowest_layer_that_learns(self):
        graph = Graph.chain(Dense(6), Dense(4), Dense(2, "softmax"))
        for node in ("dense_1", "dense_2"):
            graph = set_rate(graph, node, 0)
        network = Network(graph, (2,), CategoricalCrossEntropy())
        network.loss_and_gradient(np.ones((3, 2), "f4"), np.eye(2, dtype="f4")[[0, 1, 0]])
        gradients = network.parameters(network.gradient)
        assert not gradients["dense_1"]["W"].any() and not gradients["dense_2"]["W"].any()
        assert gradients["output"]["W"].any()


class TestPace:
    @pytest.mark.parametrize("optimizer", [SGD(), Momentum(), AdamW()], ids=lambda o: o.kind)
    def test_the_rate_of_a_node_multiplies_its_steps(self, optimizer):
        plain = HARD.but(optimizer=optimizer)
        steps = {}
        for rate in (1, 0.25):
            trainer = Trainer(with_rate(plain, "dense_1", rate))
            before = layers_of(trainer)
            run(trainer, 1)
            after = layers_of(trainer)
            steps[rate] = {
                node: after[node]["W"] - before[node]["W"] for node in before if "W" in before[node]
            }
        np.testing.assert_allclose(
            steps[0.25]["dense_1"], steps[1]["dense_1"] / 4, rtol=1e-2, atol=1e-7
        )
        np.testing.assert_allclose(steps[0.25]["output"], steps[1]["output"], atol=1e-7)

    def test_is_kept_in_files_and_by_edits(self, tmp_path):
        experiment = with_rate(HARD, "dense_1", 0.5)
        assert from_dict(to_dict(experiment)) == experiment
        graph, new = insert_after(experiment.graph, "dense_1", Dense(6))
        assert move(graph, "dense_1", new)["dense_1"].rate == 0.5

    def test_is_set_by_text(self):
        experiment = with_setting(HARD, "graph.dense_1.rate=0.5")
        assert experiment == with_rate(HARD, "dense_1", 0.5)
        with pytest.raises(FieldError, match="from 0 to 100"):
            with_setting(HARD, "graph.dense_1.rate=slow")

    @pytest.mark.parametrize("rate", [-1, float("nan"), 1e9, "fast", None])
    def test_must_be_a_number_in_range(self, rate):
        data = to_dict(HARD)
        data["graph"][1]["rate"] = rate
        with pytest.raises(FieldError, match="learning rate of Dense 1 is multiplied"):
            from_dict(data)


class TestMaxNorm:
    def test_no_unit_has_longer_weights(self):
        trainer = trained(HARD.but(max_norm=0.5), 30)
        for node in ("dense_1", "output"):
            lengths = np.linalg.norm(layers_of(trainer)[node]["W"], axis=0)
            assert lengths.max() <= 0.5 * (1 + 1e-6)

    def test_shorter_weights_stay_as_they_are(self):
        free, limited = trained(HARD, 10), trained(HARD.but(max_norm=100.0), 10)
        np.testing.assert_array_equal(free.network.theta, limited.network.theta)

    def test_filters_are_limited_one_by_one(self):
        network = Network(
            Graph.chain(Conv2d(3, 3), Flatten(), Dense(2, "softmax")), (2, 5, 5), seed=1
        )
        W = network.parameters()["conv2d_1"]["W"]
        network.limit_norms(0.3)
        lengths = np.sqrt((W**2).sum(axis=(1, 2, 3), keepdims=True))
        expected = W * np.minimum(1, 0.3 / lengths)
        np.testing.assert_allclose(network.parameters()["conv2d_1"]["W"], expected, rtol=1e-5)


class TestLBFGS:
    def experiment(self, **settings):
        given = {"optimizer": LBFGS(50), "batch_size": 0, "epochs": 5, "penalty": L2(0.05)}
        return Experiment(
            Points("moons", noise=0.3, count=200),
            Graph.chain(Dense(1, "sigmoid")),
            Training(loss="binary_cross_entropy", **{**given, **settings}),
        )

    def test_finds_the_logistic_regression_of_scikit_learn(self):
        trainer = trained(self.experiment())
        part = trainer.dataset.training
        model = LogisticRegression(C=1 / (0.05 * len(part)), tol=1e-10, max_iter=1000)
        model.fit(part.inputs, part.targets)
        weights = layers_of(trainer)["output"]
        np.testing.assert_allclose(weights["W"][:, 0], model.coef_[0], rtol=1e-3)
        np.testing.assert_allclose(weights["b"], model.intercept_, rtol=1e-3)

    def test_the_loss_of_an_update_is_that_before_it(self):
        trainer = Trainer(self.experiment())
        expected = trainer.measure("training")["loss"]
        (loss,) = run(trainer, 1)
        assert loss == pytest.approx(expected, rel=1e-6)
        assert trainer.measure("training")["loss"] < 0.7 * expected

    @pytest.mark.parametrize("gates", [False, True], ids=["dense", "L0 gates"])
    @pytest.mark.parametrize("kind", list(penalty))
    def test_value_and_gradient_of_the_objective_belong_together(self, kind, gates):
        layers = (HardConcrete(strength=0.3), Dense(4)) if gates else (Dense(4),)
        graph = Graph.chain(*layers, Dense(2, "softmax"))
        network = Network(graph, (3,), CategoricalCrossEntropy(), seed=1, dtype=np.float64)
        given = {"strength": 0.3} if kind != "none" else {}
        training = Training(penalty=penalty[kind](**given), clip_norm=1e-3, clip_value=1e-3)
        state = OptimizerState(np, network.theta, (), network.decays)
        rng = np.random.default_rng(5)
        batch = rng.normal(size=(6, 3)), np.eye(2)[rng.integers(0, 2, 6)], None
        objective = Objective(network, training, state, batch)

        def value(theta):
            for stream in network.streams().values():
                stream.bit_generator.state = np.random.PCG64(3).state
            return objective(theta)

        theta = network.theta + rng.normal(0, 0.3, network.theta.size)
        _, gradient = value(theta)
        assert_gradient(gradient, numeric_gradient(lambda: value(theta)[0], theta))


class TestDivergence:
    def test_names_the_layer_where_it_began(self):
        experiment = HARD.but(optimizer=SGD(), learning_rate=100.0, clip_norm=0.0, loss="mse")
        experiment = experiment.but(graph=Graph.chain(Dense(6, "relu"), Dense(2, "identity")))
        with np.errstate(all="ignore"), pytest.raises(DivergenceError) as caught:
            trained(experiment.but(epochs=50))
        assert "of Dense 1 first" in str(caught.value) or "of Output first" in str(caught.value)
        assert "go back to iteration" in str(caught.value)

    def test_a_spoilt_weight_is_named(self):
        trainer = trained(HARD, 3)
        trainer.network.theta[trainer.network.layout["output"]["b"][0]] = np.nan
        with pytest.raises(DivergenceError, match="parameter b of Output first"):
            run(trainer, 1)
        assert np.isfinite(trainer.network.theta).all()
