"""Weights that are made of other parameters: what they are at first, and what training keeps."""

import dataclasses
from itertools import islice
from types import SimpleNamespace

import numpy as np
import pytest

from engine.experiment import Experiment, Training, from_dict, to_dict
from engine.graph import OUTPUT, Graph, set_layer
from engine.graph_json import graph_from_json, graph_to_json
from engine.layers import layer
from engine.layers.attention import MultiHeadAttention
from engine.layers.conv1d import Conv1d
from engine.layers.conv2d import Conv2d
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.parametrized import Parametrized, merged
from engine.layers.time_distributed import TimeDistributed
from engine.network import Network
from engine.parametrizations import LoRA, Plain, WeightNorm, parametrization
from engine.penalties import L2
from engine.probes import Parameters
from engine.run import Run
from engine.tasks.points import Points
from engine.trainer import Trainer
from engine.transfer import adopt

IMAGE = (2, 5, 4)


def rng():
    return np.random.default_rng(8)


def moved(made, shape=(3, 4)):
    """Return a dense layer, and parameters that are none of those it begins with."""
    dense = Dense(shape[1], "identity", weights=made)
    numbers = rng()
    drawn = dense.init(numbers, ((shape[0],),))
    p = {name: value + numbers.normal(0, 0.3, value.shape) for name, value in drawn.items()}
    return dense, p


def images(made):
    return Graph.chain(Conv2d(3, 2, weights=made), Flatten(), Dense(2, "identity", weights=made))


@pytest.mark.parametrize("made", list(parametrization))
def test_every_network_begins_with_the_weights_that_were_drawn(made):
    x = rng().normal(size=(6, *IMAGE))
    plain, other = (Network(images(w), IMAGE, dtype=np.float64) for w in ("plain", made))
    np.testing.assert_allclose(other.predict(x), plain.predict(x), rtol=1e-12)


@pytest.mark.parametrize("made", list(parametrization))
@pytest.mark.parametrize(
    ("kind", "shape"),
    [("dense", (5,)), ("conv2d", IMAGE), ("conv1d", (6, 2)), ("attention", (6, 4))],
)
def test_a_merged_layer_is_plain_and_computes_the_same(kind, shape, made):
    given, run = layer[kind](weights=made), Run(np, np.float64)
    p = {name: value + 0.1 for name, value in given.init(rng(), (shape,)).items()}
    plain, ready = merged(given, p, run)
    assert plain.weights == Plain() and set(ready) == set(plain.init(rng(), (shape,)))
    x = rng().normal(size=(4, *shape))
    x = (x,) if given.merges else x
    expected, _ = given.forward(SimpleNamespace(**p), x, Run(np, np.float64))
    found, _ = plain.forward(SimpleNamespace(**ready), x, Run(np, np.float64))
    np.testing.assert_allclose(found, expected, rtol=1e-12)


@pytest.mark.parametrize("made", list(parametrization))
def test_views_are_given_the_weights_as_they_are_used(made):
    graph = Graph.chain(Dense(4, weights=made), Dense(2, "softmax", weights=made))
    trainer = Trainer(Experiment(Points(count=60), graph, Training(batch_size=20)))
    list(islice(trainer.steps(), 3))
    answer = Parameters().measure(trainer)[OUTPUT]
    h = trainer.network.activations(np.eye(2, dtype=np.float32), ("dense_1",))["dense_1"]
    z = h @ answer["W"] + answer["b"]
    odds = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(trainer.network.predict(np.eye(2, dtype=np.float32)), odds, 1e-5)
    assert set(trainer.network.parameters()[OUTPUT]) <= set(answer)


class TestWeightNorm:
    def test_length_is_g_and_the_length_of_w_does_not_matter(self):
        dense, p = moved(WeightNorm())
        _, ready = merged(dense, p, Run(np, np.float64))
        np.testing.assert_allclose(np.linalg.norm(ready["W"], axis=0), abs(p["W_g"]))
        _, same = merged(dense, {**p, "W": p["W"] * 7}, Run(np, np.float64))
        np.testing.assert_allclose(same["W"], ready["W"])

    def test_filters_are_normalized_one_by_one(self):
        p = Conv2d(3, 2, weights="weight_norm").init(rng(), (IMAGE,))
        np.testing.assert_allclose(np.linalg.norm(p["W"].reshape(3, -1), axis=1), p["W_g"])

    def test_a_step_turns_the_direction_and_leaves_its_length(self):
        dense, p = moved(WeightNorm())
        p, g = SimpleNamespace(**p), SimpleNamespace(**{name: v.copy() for name, v in p.items()})
        y, backward = dense.forward(p, rng().normal(size=(6, 3)), Run(np, np.float64))
        backward(y, g)
        assert (abs(g.W) > 1e-3).any()
        np.testing.assert_allclose((g.W * p.W).sum(axis=0), 0, atol=1e-12)

    def test_a_penalty_is_that_of_the_weights_themselves(self):
        dense = Dense(4, weights="weight_norm")
        network = Network(Graph.chain(dense), (3,), dtype=np.float64)
        network.theta += 0.3
        _, ready = merged(dense, network.parameters()[OUTPUT], Run(np, np.float64))
        penalty = L2(0.5).value(network.theta, network.decays)
        assert penalty == pytest.approx(0.25 * (ready["W"] ** 2).sum())

    def test_a_limit_on_norms_is_one_on_the_lengths(self):
        network = Network(images("weight_norm"), IMAGE, dtype=np.float64)
        before = network.parameters()
        network.limit_norms(0.8)
        after = network.parameters()
        for node in (OUTPUT, "conv2d_1"):
            lengths, earlier = after[node]["W_g"], before[node]["W_g"]
            assert (earlier > 0.8).any()
            np.testing.assert_allclose(lengths, np.minimum(earlier, 0.8))
            np.testing.assert_array_equal(after[node]["W"], before[node]["W"])

    def test_weights_that_begin_at_zero_can_learn(self):
        dense = Dense(2, "softmax", initializer="zeros", weights="weight_norm")
        trainer = Trainer(Experiment(Points("gaussians"), Graph.chain(dense), Training(epochs=10)))
        losses = list(trainer.steps())
        assert losses[0] == pytest.approx(np.log(2), rel=1e-5)
        assert losses[-1] < 0.3

    def test_a_column_set_to_zero_gives_zero(self):
        dense, p = moved(WeightNorm())
        p["W"][:, 1] = 0
        y, _ = dense.forward(SimpleNamespace(**p), np.ones((2, 3)), Run(np, np.float64))
        np.testing.assert_array_equal(y[:, 1], p["b"][1])


class TestLoRA:
    def experiment(self, made, **settings):
        graph = Graph.chain(Dense(8, weights=made), Dense(2, "softmax", weights=made))
        return Experiment(Points("moons", count=200), graph, Training(**settings))

    def test_only_the_product_learns(self):
        trainer = Trainer(self.experiment(LoRA(2), epochs=30, penalty=L2(0.01)))
        before, first = trainer.network.parameters(), trainer.measure("training")["loss"]
        for _ in trainer.steps():
            pass
        after = trainer.network.parameters()
        assert trainer.measure("training")["loss"] < first - 0.1
        for node, arrays in after.items():
            for name, values in arrays.items():
                assert np.array_equal(values, before[node][name]) == (name in ("W", "b"))

    def test_only_the_product_counts_as_learned(self):
        graph = self.experiment(LoRA(2)).graph
        assert Network(graph, (2,)).parameter_count == 2 * (2 + 8) + 2 * (8 + 2)

    def test_the_rank_bounds_the_change(self):
        dense, p = moved(LoRA(2, alpha=3.0), (6, 5))
        _, ready = merged(dense, p, Run(np, np.float64))
        change = ready["W"] - p["W"]
        np.testing.assert_allclose(change, 1.5 * p["W_A"] @ p["W_B"])
        assert np.linalg.matrix_rank(change) == 2

    def test_a_trained_network_adapts_from_what_it_is(self):
        """Switching to LoRA keeps the weights, and at first the predictions."""
        trainer = Trainer(self.experiment("plain", epochs=3))
        for _ in trainer.steps():
            pass
        old = trainer.network
        graph = set_layer(old.graph, "dense_1", Dense(8, weights="lora"))
        new = Network(graph, (2,), seed=1)
        adopt(old, new)
        x = rng().normal(size=(9, 2)).astype(np.float32)
        np.testing.assert_allclose(new.predict(x), old.predict(x), rtol=1e-5)


MADE = [Plain(), WeightNorm(), LoRA(3, 6.0), LoRA(2, 1.0)]


def with_weights(graph, made):
    """Return the graph with all matrices made in a way."""
    for node in graph.nodes[1:]:
        if isinstance(node.layer, Parametrized):
            graph = set_layer(graph, node.name, node.layer.but(weights=made))
    return graph


class TestAnotherWay:
    """A network that goes on with weights made in another way computes what it has computed."""

    GRAPHS = (
        ((2,), Graph.chain(Dense(5), Dense(2, bias=False))),
        (IMAGE, images("plain")),
        ((6, 4), Graph.chain(Conv1d(3, 2), TimeDistributed(4), MultiHeadAttention(2))),
    )

    @pytest.mark.parametrize("after", MADE)
    @pytest.mark.parametrize("before", MADE)
    @pytest.mark.parametrize(("shape", "graph"), GRAPHS)
    def test_predictions_stay(self, shape, graph, before, after):
        old = Network(with_weights(graph, before), shape, seed=1)
        old.theta += rng().normal(0, 0.3, old.theta.size).astype(np.float32)
        new = Network(with_weights(graph, after), shape, seed=2)
        adopt(old, new)
        x = rng().normal(size=(9, *shape)).astype(np.float32)
        np.testing.assert_allclose(new.predict(x), old.predict(x), rtol=1e-5, atol=1e-5)

    @pytest.mark.parametrize("made", MADE[1:])
    def test_there_and_back_in_a_run(self, made):
        plain = Experiment(Points("moons"), Graph.chain(Dense(4), Dense(2, "softmax")), Training())
        trainer = Trainer(plain)
        list(islice(trainer.steps(), 9))
        before = trainer.network.parameters()
        for weights in (made, Plain()):
            trainer.apply(plain.but(graph=with_weights(plain.graph, weights)))
        for node, arrays in trainer.network.parameters().items():
            for name, values in arrays.items():
                np.testing.assert_allclose(values, before[node][name], rtol=1e-6)

    def test_lengths_and_directions_are_told_apart(self):
        old = Network(Graph.chain(Dense(4)), (3,))
        old.op(OUTPUT).p.W[:, 1] = 0
        new = Network(Graph.chain(Dense(4, weights=WeightNorm())), (3,), seed=1)
        adopt(old, new)
        W, g = (new.parameters()[OUTPUT][name] for name in ("W", "W_g"))
        np.testing.assert_allclose(g, np.linalg.norm(old.parameters()[OUTPUT]["W"], axis=0))
        assert W[:, 1].all()

    def test_what_was_learned_is_merged_and_learning_begins_anew(self):
        old = Network(Graph.chain(Dense(4, weights=LoRA(2))), (3,))
        old.theta += 0.3
        new = Network(Graph.chain(Dense(4, weights=LoRA(3))), (3,), seed=1)
        adopt(old, new)
        _, plain = merged(old.graph[OUTPUT].layer, old.parameters()[OUTPUT], Run(np, np.float32))
        after = new.parameters()[OUTPUT]
        np.testing.assert_allclose(after["W"], plain["W"], rtol=1e-6)
        assert after["W_A"].all() and not after["W_B"].any()

    def test_an_optimizer_forgets_what_has_another_meaning(self):
        plain = Experiment(Points("moons"), Graph.chain(Dense(4), Dense(2, "softmax")), Training())
        trainer = Trainer(plain)
        list(islice(trainer.steps(), 9))
        graph = set_layer(plain.graph, "dense_1", Dense(4, weights="weight_norm"))
        before = trainer.network.parameters(trainer.optimizer_state.slots["m"])
        trainer.apply(plain.but(graph=graph))
        after = trainer.network.parameters(trainer.optimizer_state.slots["m"])
        assert not after["dense_1"]["W"].any() and before["dense_1"]["W"].any()
        np.testing.assert_array_equal(after[OUTPUT]["W"], before[OUTPUT]["W"])


@pytest.mark.parametrize("made", [Plain(), WeightNorm(), LoRA(3, 6.0)])
def test_settings_are_kept_in_files(made):
    graph = Graph.chain(Dense(3, weights=made), Dense(1, weights=made))
    assert graph_from_json(graph_to_json(graph)) == graph


def test_files_from_before_mean_plain_weights():
    experiment = Experiment(Points(), Graph.chain(Dense(3), Dense(2, "softmax")))
    data = to_dict(experiment)
    for node in data["graph"]:
        node["layer"].pop("weights", None)
    assert from_dict(data) == experiment


def test_every_step_of_a_sequence_shares_what_was_made():
    made = TimeDistributed(4, "identity", weights=WeightNorm())
    p = SimpleNamespace(**made.init(rng(), ((5, 3),)))
    x = rng().normal(size=(2, 5, 3))
    y, _ = made.forward(p, x, Run(np, np.float64))
    one, _ = dataclasses.replace(Dense(4, "identity"), weights=made.weights).forward(
        p, x[:, 2], Run(np, np.float64)
    )
    np.testing.assert_allclose(y[:, 2], one)
