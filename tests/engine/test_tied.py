"""An output that shares its weights with the embedding."""

from dataclasses import replace

import numpy as np
import pytest
import torch_tied
from gradients import assert_gradient, numeric_gradient
from runs import run
from torch_tied import RATE, STEPS, UNITS, UPDATES, WORDS

from engine.archive import load, save
from engine.graph import INPUT, OUTPUT, Graph, Node, infer_shapes, repair, set_layer
from engine.graph_modes import set_rate
from engine.layers.dense import Dense
from engine.layers.embedding import Embedding
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.layers.merge import Add
from engine.layers.tied import TiedOutput
from engine.layers.time_distributed import TimeDistributed
from engine.losses import CategoricalCrossEntropy
from engine.network import Network
from engine.trainer import Trainer
from playground.examples import example

GRAPH = Graph.chain(Embedding(WORDS, UNITS), TimeDistributed(UNITS, "tanh"), TiedOutput(WORDS))


def built(graph=GRAPH, dtype=np.float64):
    """Return a network with the parameters of the reference."""
    network = Network(graph, (STEPS,), CategoricalCrossEntropy(), dtype=dtype)
    given = torch_tied.Given()
    for (node, name), key in PLACES.items():
        place, _ = network.layout[node][name]
        network.theta[place] = given.p[key].ravel()
    return network


PLACES = {
    ("embedding_1", "W"): "table",
    ("time_distributed_1", "W"): "W",
    ("time_distributed_1", "b"): "b",
    (OUTPUT, "b"): "bias",
}


def batch(dtype=np.float64):
    given = torch_tied.Given()
    return given.x.astype(dtype), np.eye(WORDS, dtype=dtype)[given.t]


@pytest.mark.parametrize("dtype, tolerance", [(np.float64, 1e-8), (np.float32, 1e-5)])
def test_agrees_with_pytorch(dtype, tolerance):
    network, (x, t), expected = built(dtype=dtype), batch(dtype), torch_tied.stored()
    for update in range(UPDATES):
        loss = network.loss_and_gradient(x, t)
        if update == 0:
            np.testing.assert_allclose(loss, expected["loss"][0], rtol=tolerance)
            gradient = network.parameters(network.gradient)
        network.theta -= RATE * network.gradient
    parameters = network.parameters()
    for (node, name), key in PLACES.items():
        for found, there in ((gradient, f"d{key}"), (parameters, key)):
            np.testing.assert_allclose(
                found[node][name].ravel(), expected[there], rtol=tolerance, atol=tolerance
            )


def test_stored_references_are_what_pytorch_computes():
    pytest.importorskip("torch", reason="PyTorch is not installed; the stored values stand for it")
    stored, fresh = torch_tied.stored(), torch_tied.compute()
    assert stored.keys() == fresh.keys()
    for key, value in fresh.items():
        np.testing.assert_allclose(stored[key], value, rtol=1e-8, atol=1e-9)


def two_tables():
    """Return a network with an embedding near its output, which lends, and one farther away."""
    return Graph(
        (
            Node(INPUT, Input()),
            Node("far", Embedding(WORDS, UNITS), (INPUT,)),
            Node("between", TimeDistributed(UNITS), ("far",)),
            Node("near", Embedding(WORDS, UNITS), (INPUT,)),
            Node("sum", Add(), ("between", "near")),
            Node(OUTPUT, TiedOutput(WORDS), ("sum",)),
        )
    )


@pytest.mark.parametrize("graph", [GRAPH, two_tables()], ids=["chain", "two tables"])
def test_the_gradients_of_both_uses_are_added(graph):
    network = Network(graph, (STEPS,), CategoricalCrossEntropy(), dtype=np.float64)
    x, t = batch()
    for _ in range(2):
        network.loss_and_gradient(x, t)
    analytic = network.gradient.copy()
    numeric = numeric_gradient(lambda: float(network.loss_and_gradient(x, t)), network.theta)
    assert_gradient(analytic, numeric)
    assert (
        network.parameter_count
        == len(network.theta)
        == sum(
            values.size for arrays in network.parameters().values() for values in arrays.values()
        )
    )


def test_the_nearest_embedding_lends():
    network = Network(two_tables(), (STEPS,), CategoricalCrossEntropy(), dtype=np.float64)
    x, t = batch()
    network.loss_and_gradient(x, t)
    absent = sorted(set(range(WORDS)) - set(np.unique(x[:1]).astype(int)))
    network.loss_and_gradient(x[:1], t[:1])
    gradients = network.parameters(network.gradient)
    assert absent and gradients["near"]["W"][absent].all()
    assert not gradients["far"]["W"][absent].any()


def test_a_frozen_table_stays_frozen():
    network = built(set_rate(GRAPH, "embedding_1", 0))
    for _ in range(2):
        network.loss_and_gradient(*batch())
    gradients = network.parameters(network.gradient)
    assert not gradients["embedding_1"]["W"].any()
    assert gradients[OUTPUT]["b"].any()


def test_words_are_told_from_a_list_as_well():
    graph = Graph.chain(Embedding(WORDS, UNITS), Flatten(), Dense(UNITS), TiedOutput(WORDS))
    network = Network(graph, (STEPS,), CategoricalCrossEntropy())
    np.testing.assert_allclose(network.predict(batch(np.float32)[0]).sum(axis=1), 1, rtol=1e-6)


@pytest.mark.parametrize(
    ("graph", "sentence"),
    [
        (
            Graph.chain(TimeDistributed(4), TiedOutput(WORDS)),
            "Output shares the table of an embedding, but none stands above it.",
        ),
        (
            Graph.chain(Flatten(), TiedOutput(WORDS)),
            "Output shares the table of an embedding, but none stands above it.",
        ),
    ],
)
def test_an_output_without_an_embedding_is_mended(graph, sentence):
    error = infer_shapes(graph, (STEPS, 2)).errors[OUTPUT]
    assert str(error) == sentence
    assert not infer_shapes(repair(graph, OUTPUT, error.fixes[0]), (STEPS, 2)).errors


@pytest.mark.parametrize(
    ("graph", "sentence"),
    [
        (
            Graph.chain(Embedding(WORDS, 4), TiedOutput(7)),
            "Output has 7 units, but the embedding has 5 words.",
        ),
        (
            Graph.chain(Embedding(WORDS, 4), TimeDistributed(6), TiedOutput(WORDS)),
            "Output compares its input with the vectors of the embedding, which have 4 numbers, "
            "but gets 6.",
        ),
        (
            Graph.chain(Embedding(WORDS, 4), Flatten(), TiedOutput(WORDS)),
            "Output compares its input with the vectors of the embedding, which have 4 numbers, "
            "but gets 24.",
        ),
    ],
)
def test_other_sizes_are_mended(graph, sentence):
    error = infer_shapes(graph, (STEPS,)).errors[OUTPUT]
    assert str(error) == sentence
    mended = repair(graph, OUTPUT, error.fixes[0])
    assert not infer_shapes(mended, (STEPS,)).errors
    assert isinstance(mended[OUTPUT].layer, TiedOutput)


def test_a_tied_run_goes_on_from_its_file(tmp_path):
    plain = example("gpt-char")
    graph = set_layer(plain.graph, OUTPUT, TiedOutput(plain.graph[OUTPUT].layer.units))
    experiment = replace(plain, graph=graph)
    straight, saved = Trainer(experiment), Trainer(experiment)
    run(straight, 4)
    run(saved, 2)
    save(tmp_path / "run.nnp", experiment, saved.checkpoint())
    project = load(tmp_path / "run.nnp")
    assert project.experiment == experiment
    resumed = Trainer(project.experiment)
    resumed.restore(project.checkpoint)
    run(resumed, 2)
    np.testing.assert_array_equal(resumed.network.theta, straight.network.theta)
