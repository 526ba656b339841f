"""Whole networks: gradients by differences, stable common forms, weights that stay."""

from dataclasses import dataclass

import numpy as np
import pytest
from gradients import assert_gradient, numeric_gradient

from engine.activations import Identity
from engine.errors import GraphError, ShapeError
from engine.graph import (
    INPUT,
    OUTPUT,
    Graph,
    Node,
    insert_after,
    move,
    remove,
    rename,
    set_layer,
)
from engine.layers import Layer
from engine.layers.activation import Activate
from engine.layers.conv2d import Conv2d
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.layers.pool2d import GlobalAveragePool, MaxPool2d
from engine.layers.upsample import Upsample
from engine.losses import (
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    Huber,
    MeanSquaredError,
    loss,
)
from engine.network import CHUNK, Network
from engine.transfer import adopt

RNG = np.random.default_rng


@dataclass(frozen=True)
class Multiply(Layer):
    """The product of two inputs, whose gradients differ; only these tests have it."""

    kind = "multiply"
    label = "Multiply"
    merges = True

    def forward(self, p, x, run):
        a, b = x
        return a * b, lambda dy, g: (dy * b, dy * a)


def chain_of_nodes(*nodes):
    return Graph((Node(INPUT, Input()), *nodes))


def skipping(output):
    """A network with a fork at the input and behind the first layer, and two merges."""
    return chain_of_nodes(
        Node("a", Dense(3), (INPUT,)),
        Node("b", Dense(3, "sigmoid"), ("a",)),
        Node("c", Dense(3, "gelu"), (INPUT,)),
        Node("ab", Multiply(), ("a", "b")),
        Node("abc", Multiply(), ("ab", "c")),
        Node("act", Activate("softsign"), ("abc",)),
        Node(OUTPUT, output, ("act",)),
    )


def class_targets(rows, classes):
    targets = np.eye(classes)[RNG(1).integers(0, classes, rows)]
    return targets if classes > 1 else RNG(1).integers(0, 2, (rows, 1)).astype(float)


NETWORKS = {
    "linear regression": (Graph.chain(Dense(1, "identity")), (3,), MeanSquaredError()),
    "two outputs": (Graph.chain(Dense(4), Dense(2, "identity")), (3,), Huber(0.5)),
    "logistic unit": (Graph.chain(Dense(1, "sigmoid")), (2,), BinaryCrossEntropy()),
    "softmax": (Graph.chain(Dense(5), Dense(3, "softmax")), (2,), CategoricalCrossEntropy()),
    "softmax and squares": (Graph.chain(Dense(3, "softmax")), (2,), MeanSquaredError()),
    "softmax as a layer": (
        Graph.chain(Dense(3, "identity"), Activate("softmax")),
        (2,),
        CategoricalCrossEntropy(),
    ),
    "tanh as logits": (Graph.chain(Dense(3), Dense(3)), (2,), CategoricalCrossEntropy()),
    "image, no bias": (
        Graph.chain(Flatten(), Dense(4, "elu", bias=False), Dense(2, "softmax")),
        (1, 4, 3),
        CategoricalCrossEntropy(),
    ),
    "deep, dropout": (
        Graph.chain(Dense(5), Dropout(rate=0.4), Dense(4, "softsign"), Dense(1, "sigmoid")),
        (3,),
        BinaryCrossEntropy(),
    ),
    "convolution and pooling": (
        Graph.chain(Conv2d(2, 2), MaxPool2d(), Flatten(), Dense(2, "softmax")),
        (1, 5, 5),
        CategoricalCrossEntropy(),
    ),
    "two poolings of a convolution": (
        chain_of_nodes(
            Node("conv", Conv2d(2, 2, activation="tanh"), (INPUT,)),
            Node("one", MaxPool2d(), ("conv",)),
            Node("other", MaxPool2d(), ("conv",)),
            Node("product", Multiply(), ("one", "other")),
            Node("flat", Flatten(), ("product",)),
            Node(OUTPUT, Dense(1, "identity"), ("flat",)),
        ),
        (1, 5, 5),
        MeanSquaredError(),
    ),
    "forks and merges": (skipping(Dense(2, "softmax")), (3,), CategoricalCrossEntropy()),
}


@pytest.mark.parametrize("name", NETWORKS)
def test_gradient_of_the_whole_network(name):
    graph, shape, criterion = NETWORKS[name]
    network = Network(graph, shape, criterion, seed=3, dtype=np.float64)
    network.theta += RNG(2).normal(0, 0.1, network.theta.size)
    x = RNG(0).normal(size=(5, *shape))
    outputs = network.shapes[OUTPUT][0]
    t = class_targets(5, outputs) if criterion.classes else RNG(1).normal(size=(5, outputs))
    streams = {node: rng.bit_generator.state for node, rng in network.streams().items()}

    def value():
        for node, rng in network.streams().items():
            rng.bit_generator.state = streams[node]
        return float(network.loss_and_gradient(x, t))

    first = value()
    analytic = network.gradient.copy()
    assert_gradient(analytic, numeric_gradient(value, network.theta))
    assert value() == first
    assert network.evaluate([(x, t, None)])[0] == pytest.approx(first) or "dropout" in name


@pytest.mark.parametrize(
    ("criterion", "activation", "units"),
    [
        (CategoricalCrossEntropy(), "softmax", 3),
        (BinaryCrossEntropy(), "sigmoid", 1),
        (BinaryCrossEntropy(), "sigmoid", 4),
    ],
)
def test_merged_last_activation_is_the_plain_computation(criterion, activation, units):
    """Cross-entropy of probabilities, written out, is what training on logits gives."""
    network = Network(Graph.chain(Dense(units, activation)), (3,), criterion, dtype=np.float64)
    x, t = RNG(0).normal(size=(6, 3)), class_targets(6, units)
    merged = float(network.loss_and_gradient(x, t))
    W, b = network.parameters()[OUTPUT].values()
    z = x @ W + b
    if activation == "softmax":
        p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
        plain, dz = -(t * np.log(p)).sum(axis=1).mean(), (p - t) / len(x)
    else:
        p = 1 / (1 + np.exp(-z))
        plain = -(t * np.log(p) + (1 - t) * np.log(1 - p)).mean()
        dz = (p - t) / p.size
    np.testing.assert_allclose(merged, plain, rtol=1e-12)
    gradient = network.parameters(network.gradient)[OUTPUT]
    np.testing.assert_allclose(gradient["W"], x.T @ dz, rtol=1e-12)
    np.testing.assert_allclose(network.predict(x), p, rtol=1e-12)


@pytest.mark.parametrize("criterion", [cls() for cls in loss.values()], ids=lambda c: c.kind)
def test_sure_and_wrong_costs_much_but_is_finite(criterion):
    network = Network(Graph.chain(Dense(2, criterion.link, bias=False)), (2,), criterion)
    network.theta[:] = [1000, 0, 0, 1000]
    value = float(network.loss_and_gradient(np.eye(2, dtype="f4"), np.eye(2, dtype="f4")[::-1]))
    assert np.isfinite(value) and value > 100
    assert np.isfinite(network.gradient).all()


class TestLayout:
    def test_parameters_lie_in_one_vector_in_order(self):
        network = Network(Graph.chain(Dense(3), Dense(2)), (4,))
        parts = network.parameters()
        flat = [values.ravel() for arrays in parts.values() for values in arrays.values()]
        np.testing.assert_array_equal(np.concatenate(flat), network.theta)
        assert {node: list(arrays) for node, arrays in parts.items()} == {
            "dense_1": ["W", "b"],
            OUTPUT: ["W", "b"],
        }
        assert network.theta.size == 4 * 3 + 3 + 3 * 2 + 2

    def test_weights_decay_and_biases_do_not(self):
        network = Network(Graph.chain(Dense(3), Dense(2)), (4,))
        decays = network.parameters(network.decays)
        for arrays in decays.values():
            assert (arrays["W"] == 1).all() and (arrays["b"] == 0).all()

    def test_copies_are_copies(self):
        network = Network(Graph.chain(Dense(2)), (2,))
        network.parameters()[OUTPUT]["W"][:] = 99
        assert (network.theta != 99).all()

    def test_a_network_without_parameters(self):
        network = Network(Graph.chain(Activate("softmax")), (3,), CategoricalCrossEntropy())
        x = np.eye(3, dtype="f4")
        assert network.theta.size == 0
        assert np.isfinite(network.loss_and_gradient(x, x))
        np.testing.assert_allclose(network.predict(x).sum(axis=1), 1, rtol=1e-6)

    def test_a_wrong_shape_names_its_layer(self):
        with pytest.raises(ShapeError, match="Dense 1 needs a list, but gets 2×2"):
            Network(Graph.chain(Dense(3), Dense(1)), (2, 2))

    def test_a_network_too_large_for_memory_is_refused_before_it_fills_it(self):
        graph = Graph.chain(*(Dense(4096, initializer="zeros") for _ in range(9)))
        with pytest.raises(GraphError, match="more than 50 million parameters; make Dense 3 sm"):
            Network(graph, (4096,))


class TestSeeds:
    def test_the_same_seed_gives_the_same_weights(self):
        first, second = (Network(skipping(Dense(2)), (3,), seed=5) for _ in range(2))
        np.testing.assert_array_equal(first.theta, second.theta)
        assert (Network(skipping(Dense(2)), (3,), seed=6).theta != first.theta).any()

    def test_layers_alike_begin_differently(self):
        parts = Network(Graph.chain(Dense(4), Dense(4), Dense(4)), (4,)).parameters()
        assert not np.array_equal(parts["dense_1"]["W"], parts["dense_2"]["W"])

    def test_a_new_layer_leaves_the_beginnings_of_others_alone(self):
        graph = Graph.chain(Dense(3), Dense(3), Dense(2))
        before = Network(graph, (3,)).parameters()
        grown, new = insert_after(graph, "dense_1", Dense(3))
        after = Network(grown, (3,)).parameters()
        assert after.keys() - before.keys() == {new}
        for node, arrays in before.items():
            np.testing.assert_array_equal(after[node]["W"], arrays["W"])


class TestTransfer:
    GRAPH = Graph.chain(Dense(4), Dense(3), Dense(2))

    def carried(self, graph, old=None):
        """Return weights by node after an edit, of a network whose weights are all distinct."""
        before = Network(self.GRAPH if old is None else old, (2,), seed=1)
        before.theta[:] = RNG(4).normal(size=before.theta.size)
        after = Network(graph, (2,), seed=1)
        fresh = after.parameters()
        adopt(before, after)
        return before.parameters(), after.parameters(), fresh

    def same(self, first, second):
        return all(np.array_equal(first[name], second[name]) for name in first)

    def test_insert(self):
        graph, new = insert_after(self.GRAPH, "dense_1", Dense(4))
        before, after, fresh = self.carried(graph)
        assert all(self.same(before[node], after[node]) for node in before)
        assert self.same(after[new], fresh[new])

    def test_insert_of_another_width_touches_its_reader_only(self):
        graph, _ = insert_after(self.GRAPH, "dense_1", Dense(7))
        before, after, fresh = self.carried(graph)
        assert self.same(before["dense_1"], after["dense_1"])
        assert self.same(before[OUTPUT], after[OUTPUT])
        assert self.same(fresh["dense_2"], after["dense_2"])

    def test_remove(self):
        before, after, fresh = self.carried(remove(self.GRAPH, "dense_2"))
        assert self.same(before["dense_1"], after["dense_1"])
        assert self.same(fresh[OUTPUT], after[OUTPUT])

    def test_resize(self):
        before, after, fresh = self.carried(set_layer(self.GRAPH, "dense_1", Dense(5)))
        assert self.same(fresh["dense_1"], after["dense_1"])
        assert self.same(fresh["dense_2"], after["dense_2"])
        assert self.same(before[OUTPUT], after[OUTPUT])

    def test_another_activation_keeps_the_weights(self):
        before, after, _ = self.carried(set_layer(self.GRAPH, "dense_1", Dense(4, "relu")))
        assert all(self.same(before[node], after[node]) for node in before)

    def test_rename(self):
        before, after, _ = self.carried(rename(self.GRAPH, "dense_1", "features"))
        assert self.same(before["dense_1"], after["features"])
        assert self.same(before["dense_2"], after["dense_2"])

    def test_twins_that_change_places_take_their_weights_along(self):
        twins = Graph.chain(Dense(2), Dense(2), Dense(2))
        before, after, _ = self.carried(move(twins, "dense_2", INPUT), twins)
        assert all(self.same(before[node], after[node]) for node in before)

    def test_another_kind_begins_anew(self):
        graph = rename(Graph.chain(Dense(4), Flatten(), Dense(2)), "flatten_1", "dense_2")
        before, after, fresh = self.carried(graph)
        assert self.same(before["dense_1"], after["dense_1"])
        assert self.same(fresh[OUTPUT], after[OUTPUT])


def batches(x, t):
    """Return inputs and targets as the batches that are evaluated one by one."""
    return [(x[i : i + CHUNK], t[i : i + CHUNK], None) for i in range(0, len(x), CHUNK)]


class TestPrediction:
    @pytest.mark.parametrize("rows", [1, CHUNK - 1, CHUNK, 2 * CHUNK + 5])
    def test_in_chunks_as_at_once(self, rows):
        network = Network(
            Graph.chain(Dense(6), Dense(3, "softmax")), (4,), CategoricalCrossEntropy()
        )
        x = RNG(0).normal(size=(rows, 4)).astype("f4")
        t = class_targets(rows, 3).astype("f4")
        W1, b1, W2, b2 = (
            values for arrays in network.parameters().values() for values in arrays.values()
        )
        z = np.tanh(x @ W1 + b1) @ W2 + b2
        p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
        value, evaluated = network.evaluate(batches(x, t))
        assert evaluated.shape == (rows, 3)
        np.testing.assert_allclose(evaluated, p, atol=1e-6)
        np.testing.assert_array_equal(network.predict(x), evaluated)
        np.testing.assert_allclose(value, -(t * np.log(p)).sum(axis=1).mean(), rtol=1e-5)

    def test_large_images_in_chunks_as_one_by_one(self):
        layers = Upsample(16), GlobalAveragePool(), Dense(1, "identity")
        network = Network(Graph.chain(*layers), (1, 32, 32))
        x = RNG(0).normal(size=(35, 1, 32, 32)).astype("f4")
        alone = np.concatenate([network.predict(x[i : i + 1]) for i in range(len(x))])
        np.testing.assert_allclose(network.predict(x), alone, rtol=1e-4, atol=1e-6)

    def test_nothing_is_dropped_out(self):
        plain = Network(Graph.chain(Dense(8), Dense(1, "identity")), (2,), seed=1)
        dropping = Network(Graph.chain(Dense(8), Dropout(0.9), Dense(1, "identity")), (2,), seed=1)
        adopt(plain, dropping)
        x = RNG(0).normal(size=(9, 2)).astype("f4")
        np.testing.assert_array_equal(dropping.predict(x), plain.predict(x))
        t = np.zeros((9, 1), "f4")
        assert dropping.evaluate(batches(x, t))[0] == plain.evaluate(batches(x, t))[0]
        assert len({float(dropping.loss_and_gradient(x, t)) for _ in range(5)}) > 1

    def test_predicting_does_not_disturb_training(self):
        def losses(look):
            network = Network(Graph.chain(Dense(8), Dropout(0.5), Dense(1)), (2,), seed=1)
            x, t = RNG(0).normal(size=(2, 9, 2)).astype("f4")[:, :, :2]
            t = t[:, :1].copy()
            values = []
            for _ in range(4):
                values.append(float(network.loss_and_gradient(x, t)))
                network.theta -= network.gradient
                if look:
                    network.evaluate(batches(x, t))
                    network.activations(x[:3], (INPUT, "dense_1", "dropout_1", OUTPUT))
            return values

        assert losses(look=True) == losses(look=False)

    def test_activations_are_those_of_the_layers(self):
        network = Network(skipping(Dense(2, "softmax")), (3,), CategoricalCrossEntropy())
        x = RNG(0).normal(size=(4, 3)).astype("f4")
        found = network.activations(x, tuple(network.shapes))
        assert found.keys() == network.shapes.keys()
        for name, values in found.items():
            assert values.shape == (4, *network.shapes[name])
        np.testing.assert_array_equal(found[INPUT], x)
        np.testing.assert_array_equal(found["ab"], found["a"] * found["b"])
        np.testing.assert_array_equal(found[OUTPUT], network.predict(x))
        np.testing.assert_allclose(found[OUTPUT].sum(axis=1), 1, rtol=1e-6)

    def test_answers_stay_when_the_network_goes_on(self):
        network = Network(Graph.chain(Dense(3), Dense(2, Identity())), (2,))
        x = RNG(0).normal(size=(4, 2)).astype("f4")
        found = network.activations(x, ("dense_1", OUTPUT))
        before = {name: values.copy() for name, values in found.items()}
        network.theta += 1
        network.predict(x)
        for name, values in found.items():
            np.testing.assert_array_equal(values, before[name])
