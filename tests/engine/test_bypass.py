"""Layers that are bypassed: the way past them, and what they keep meanwhile."""

import json

import numpy as np
import pytest
from gradients import assert_gradient, numeric_gradient
from runs import HARD, assert_same_run, run, trained

from engine.archive import load, save
from engine.errors import FieldError, GraphError, ShapeError
from engine.experiment import from_dict, to_dict, with_setting
from engine.graph import INPUT, OUTPUT, Graph, Node, infer_shapes, move, set_layer
from engine.graph_edits import paste, same_layers
from engine.graph_json import graph_from_json, graph_to_json
from engine.graph_modes import bypass
from engine.layers.batch_norm import BatchNorm
from engine.layers.conv2d import Conv2d
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.embedding import Embedding
from engine.layers.flatten import Flatten
from engine.layers.hard_concrete import HardConcrete
from engine.layers.input import Input
from engine.layers.lstm import LSTM
from engine.layers.merge import Add
from engine.layers.reshape import Reshape
from engine.layers.tied import TiedOutput
from engine.losses import CategoricalCrossEntropy
from engine.manual import redraw
from engine.microscope import Microscope, dense_nodes
from engine.network import Network
from engine.optimizers import LBFGS, SGD, Adam, AdamW
from engine.penalties import L2
from engine.probes import Gradients, Parameters, Sample
from engine.probes_inside import Inside
from engine.probes_layers import Layers
from engine.probes_surface import LossSlice
from engine.trainer import Trainer

DEEP = HARD.but(epochs=30, graph=Graph.chain(Dense(6), Dense(6), BatchNorm(), Dense(2, "softmax")))
"""The second and third layer can be bypassed without a change of any shape."""

BRANCHES = Graph(
    (
        Node(INPUT, Input()),
        Node("left", Dense(4), (INPUT,)),
        Node("right", Dense(4), (INPUT,)),
        Node("sum", Add(), ("left", "right")),
        Node(OUTPUT, Dense(2, "softmax"), ("sum",)),
    )
)


def rng():
    return np.random.default_rng(3)


def without(experiment, *names):
    return experiment.but(graph=bypass(experiment.graph, names))


def bits(trainer, node):
    """Return parameters and what the optimizer remembers of a node, to the bit."""
    vectors = (trainer.network.theta, *trainer.optimizer_state.slots.values())
    return [
        (name, values.tobytes())
        for vector in vectors
        for name, values in trainer.network.parameters(vector)[node].items()
    ]


class TestPass:
    def test_the_network_computes_what_it_would_without_the_layer(self):
        graph = Graph.chain(Dense(4), Dense(4), Dense(2))
        short = Graph.chain(Dense(4), Dense(2))
        past, plain = Network(bypass(graph, ["dense_2"]), (3,)), Network(short, (3,))
        x = rng().normal(size=(5, 3)).astype("f4")
        assert past.predict(x).tobytes() == plain.predict(x).tobytes()

    def test_shapes_are_those_behind_it(self):
        graph = bypass(Graph.chain(Conv2d(3, 2), Flatten(), Dense(2)), ["conv2d_1"])
        shapes = infer_shapes(graph, (1, 5, 5)).shapes
        assert shapes["conv2d_1"] == (1, 5, 5) and shapes["flatten_1"] == (25,)

    def test_a_layer_that_is_needed_is_missed_by_the_next(self):
        graph = Graph.chain(Conv2d(3, 2), Flatten(), Dense(2))
        (error,) = infer_shapes(bypass(graph, ["flatten_1"]), (1, 5, 5)).errors.values()
        assert isinstance(error, ShapeError) and error.node == OUTPUT

    def test_a_layer_that_does_not_fit_is_no_error(self):
        graph = bypass(Graph.chain(Flatten(), LSTM(3), Dense(2)), ["lstm_1"])
        assert not infer_shapes(graph, (4, 2)).errors
        network = Network(graph, (4, 2))
        assert network.predict(np.ones((1, 4, 2), "f4")).shape == (1, 2)
        assert "lstm_1" not in network.parameters()

    def test_of_several_inputs_the_first_goes_on(self):
        past = Network(bypass(BRANCHES, ["sum"]), (3,), seed=1)
        x = rng().normal(size=(5, 3)).astype("f4")
        given = past.activations(x, ("left", "sum"))
        np.testing.assert_array_equal(given["sum"], given["left"])

    def test_an_embedding_lends_nothing_while_it_is_bypassed(self):
        graph = Graph.chain(Embedding(9, 4), TiedOutput(9))
        assert not infer_shapes(graph, (5,)).errors
        (error,) = infer_shapes(bypass(graph, ["embedding_1"]), (5,)).errors.values()
        assert "none stands above it" in str(error)

    @pytest.mark.parametrize("name", [INPUT, OUTPUT])
    def test_input_and_output_cannot_be_bypassed(self, name):
        with pytest.raises(GraphError, match="put cannot be bypassed; every network has one"):
            bypass(BRANCHES, [name])

    @pytest.mark.parametrize(
        ("graph", "names"),
        [
            (Graph.chain(Dense(4), Dense(4), Dropout(0.4), Dense(2)), ["dense_2"]),
            (Graph.chain(Dense(4), Dense(4), BatchNorm(), Dense(2)), ["dense_2", "batch_norm_1"]),
            (Graph.chain(Dense(4), Dense(4), Dense(2)), ["dense_1", "dense_2"]),
            (BRANCHES, ["left"]),
            (BRANCHES, ["sum"]),
            (Graph.chain(HardConcrete(), Dense(4), Dense(2)), ["hard_concrete_1"]),
        ],
    )
    def test_gradient(self, graph, names):
        graph = bypass(graph, names)
        if names == ["left"]:
            graph = set_layer(graph, "right", Dense(3))
        network = Network(graph, (3,), seed=1, dtype=np.float64)
        x, t = rng().normal(size=(6, 3)), rng().normal(size=(6, 2))

        def loss():
            for stream in network.streams().values():
                stream.bit_generator.state = np.random.PCG64(3).state
            return float(network.loss_and_gradient(x, t))

        loss()
        gradient = network.gradient.copy()
        assert_gradient(gradient, numeric_gradient(loss, network.theta))
        for name, arrays in network.parameters(gradient).items():
            idle = name in names or (name == "right" and "sum" in names)
            assert any(values.any() for values in arrays.values()) is not idle


class TestRun:
    @pytest.mark.parametrize(
        "settings",
        [
            {},
            {"optimizer": Adam()},
            {"optimizer": AdamW(decay=0.1)},
            {"penalty": L2(0.1), "clip_norm": 0.1, "max_norm": 0.1},
            {"optimizer": LBFGS(3), "batch_size": 0},
            {"optimizer": SGD()},
        ],
        ids=["momentum", "Adam", "weight decay", "penalty and norms", "L-BFGS", "SGD"],
    )
    def test_weights_and_what_is_remembered_of_them_wait(self, settings):
        experiment = DEEP.but(**settings)
        trainer = trained(experiment, 7)
        nodes = ("dense_2", "batch_norm_1")
        before = {node: bits(trainer, node) for node in nodes}
        others = bits(trainer, OUTPUT)
        trainer.apply(without(experiment, *nodes))
        run(trainer, 9)
        assert bits(trainer, OUTPUT) != others
        trainer.apply(experiment)
        assert {node: bits(trainer, node) for node in nodes} == before
        run(trainer, 3)
        assert bits(trainer, "dense_2") != before["dense_2"]

    def test_what_only_a_bypassed_layer_reads_waits_too(self):
        experiment = HARD.but(graph=BRANCHES, optimizer=Adam(), penalty=L2(0.1))
        trainer = trained(experiment, 7)
        before = bits(trainer, "right")
        trainer.apply(without(experiment, "sum"))
        run(trainer, 9)
        assert bits(trainer, "right") == before
        assert not any(g.any() for g in Gradients().measure(trainer)["right"].values())

    def test_twice_restores_the_predictions_to_the_bit(self):
        trainer = trained(DEEP, 7)
        x = trainer.dataset.validation.inputs
        before = trainer.network.predict(x)
        trainer.apply(without(DEEP, "dense_2", "batch_norm_1"))
        assert (trainer.network.predict(x) != before).any()
        trainer.apply(DEEP)
        assert trainer.network.predict(x).tobytes() == before.tobytes()

    def test_a_checkpoint_continues_to_the_same_bits(self, tmp_path):
        experiment = without(DEEP, "dense_2")
        straight = trained(experiment)
        before = trained(experiment, 7)
        save(tmp_path / "run.nnp", experiment, before.checkpoint())
        project = load(tmp_path / "run.nnp")
        assert project.experiment == experiment
        resumed = Trainer(project.experiment)
        resumed.restore(project.checkpoint)
        assert bits(resumed, "dense_2") == bits(before, "dense_2")
        run(resumed)
        assert_same_run(straight, resumed)

    def test_a_run_is_that_of_the_network_without_the_layer(self):
        experiment = HARD.but(graph=Graph.chain(Dense(6), Dense(6), Dense(2, "softmax")))
        past = trained(without(experiment, "dense_2"))
        plain = trained(HARD.but(graph=Graph.chain(Dense(6), Dense(2, "softmax"))))
        assert bits(past, OUTPUT) == bits(plain, OUTPUT)

    def test_no_penalty_counts_its_weights(self):
        network = Network(bypass(DEEP.graph, ["dense_2"]), (2,))
        penalty = L2(1.0).value(network.theta, network.decays)
        shown = network.parameters()
        kept = (shown[name]["W"] for name in ("dense_1", OUTPUT))
        assert penalty == pytest.approx(sum((W**2).sum() for W in kept) / 2, rel=1e-5)

    def test_its_parameters_are_counted(self):
        counts = (Network(graph, (2,)).parameter_count for graph in (DEEP.graph, BRANCHES))
        past = bypass(DEEP.graph, ["dense_2"]), bypass(BRANCHES, ["sum"])
        assert [Network(graph, (2,)).parameter_count for graph in past] == list(counts)

    def test_its_weights_can_be_drawn_anew(self):
        trainer = Trainer(without(DEEP, "dense_2"))
        before = bits(trainer, "dense_2")
        redraw(trainer, "dense_2")
        assert bits(trainer, "dense_2") != before


class TestProbes:
    def test_views_are_answered(self):
        trainer = trained(without(DEEP, "dense_2"), 7)
        assert "dense_2" in Parameters().measure(trainer)
        assert not Gradients().measure(trainer)["dense_2"]["W"].any()
        assert set(Layers().measure(trainer)) == {"dense_1", "batch_norm_1", OUTPUT}
        answer = Sample().measure(trainer)
        np.testing.assert_array_equal(answer["dense_2"], answer["dense_1"])
        assert np.isfinite(LossSlice(3).measure(trainer).values).all()

    def test_the_inside_of_a_bypassed_layer_is_empty(self):
        graph = Graph.chain(Reshape((2, 1)), LSTM(1, return_sequences=True), Flatten(), Dense(2))
        graph = set_layer(graph, OUTPUT, Dense(2, "softmax"))
        trainer = trained(HARD.but(graph=graph), 3)
        assert Inside("lstm_1").measure(trainer)
        trainer.apply(HARD.but(graph=bypass(graph, ["lstm_1"])))
        assert Inside("lstm_1").measure(trainer) == {}
        assert set(Layers().measure(trainer)) == {OUTPUT}

    def test_the_microscope_looks_past_it(self):
        experiment = without(DEEP, "dense_2", "batch_norm_1")
        assert dense_nodes(experiment.graph) == ("dense_1", OUTPUT)
        trainer = trained(experiment, 7)
        step = Microscope().measure(trainer)
        assert [layer.node for layer in step.layers] == ["dense_1", OUTPUT]


class TestKeeping:
    def test_files_keep_it_and_say_nothing_of_other_layers(self):
        experiment = without(DEEP, "dense_2")
        data = json.loads(json.dumps(to_dict(experiment)))
        assert [entry.get("bypassed") for entry in data["graph"]] == [None, None, True, None, None]
        assert from_dict(data) == experiment

    @pytest.mark.parametrize("value", [1, "yes", None, []])
    def test_files_with_other_values_are_refused(self, value):
        data = graph_to_json(DEEP.graph)
        data[1]["bypassed"] = value
        with pytest.raises(FieldError, match="Dense 1 is bypassed or not"):
            graph_from_json(data)

    def test_files_with_a_bypassed_output_are_refused(self):
        data = graph_to_json(DEEP.graph)
        data[-1]["bypassed"] = True
        with pytest.raises(GraphError, match="Output cannot be bypassed"):
            graph_from_json(data)

    def test_edits_keep_it(self):
        graph = bypass(DEEP.graph, ["dense_2"])
        assert move(graph, "dense_2", INPUT)["dense_2"].bypassed
        copied, (copy,) = paste(graph, [graph["dense_2"]], "dense_1")
        assert copied[copy].bypassed
        assert not same_layers(graph, DEEP.graph)

    def test_is_set_by_text(self):
        experiment = with_setting(DEEP, "graph.dense_2.bypassed=true")
        assert experiment == without(DEEP, "dense_2")
        assert with_setting(experiment, "graph.dense_2.bypassed=false") == DEEP
        with pytest.raises(FieldError, match="true or false"):
            with_setting(DEEP, "graph.dense_2.bypassed=maybe")


def test_a_network_with_nothing_bypassed_runs_as_it_is():
    network = Network(DEEP.graph, (2,), CategoricalCrossEntropy())
    assert network.running is network.graph and not network.resting and network.rates is None
