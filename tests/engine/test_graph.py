"""The network as a value: chains, edits that keep it whole, and errors that offer repairs."""

import json
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import FormatError, GraphError, ShapeError, UnknownKind
from engine.graph import (
    INPUT,
    OUTPUT,
    Graph,
    Node,
    infer_shapes,
    insert_after,
    insert_before,
    move,
    remove,
    rename,
    renamed,
    set_layer,
)
from engine.graph_json import graph_from_json, graph_to_json
from engine.layers import Layer, layer
from engine.layers.activation import Activate
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.network import Network

THREE = Graph.chain(Dense(3), Dropout(), Dense(5), Dense(2, "softmax"))


def names(graph):
    return [node.name for node in graph]


@dataclass(frozen=True)
class Add(Layer):
    """The sum of its inputs; unknown to the registry, so only these tests have it."""

    kind = "add"
    label = "Add"
    merges = True

    def output_shape(self, inputs):
        if len(set(inputs)) > 1:
            raise ShapeError("{layer} needs inputs of one shape.")
        return inputs[0]

    def forward(self, p, x, run):
        return sum(x), lambda dy, g: tuple(dy for _ in x)


def diamond():
    """Two branches behind the first layer, added again."""
    return Graph(
        (
            Node(INPUT, Input()),
            Node("dense_1", Dense(3), (INPUT,)),
            Node("dense_2", Dense(3), ("dense_1",)),
            Node("dense_3", Dense(3), ("dense_1",)),
            Node("add_1", Add(), ("dense_2", "dense_3")),
            Node(OUTPUT, Dense(2), ("add_1",)),
        )
    )


class TestBuilding:
    def test_a_chain_reads_from_left_to_right(self):
        assert names(THREE) == ["input", "dense_1", "dropout_1", "dense_2", "output"]
        assert THREE.is_chain
        assert [node.inputs for node in THREE][1:] == [(name,) for name in names(THREE)[:-1]]
        assert isinstance(THREE[INPUT].layer, Input)

    def test_one_layer_is_a_network(self):
        assert names(Graph.chain(Dense(1))) == ["input", "output"]

    def test_titles_are_for_people(self):
        assert [str(node.title) for node in THREE] == [
            "Input", "Dense 1", "Dropout 1", "Dense 2", "Output",
        ]  # fmt: skip
        assert str(rename(THREE, "dense_1", "features")["features"].title) == "features"
        assert str(rename(THREE, "dense_1", "dropout_9")["dropout_9"].title) == "dropout_9"

    def test_a_given_name_is_taken_as_it_is(self):
        assert str(rename(THREE, "dense_1", "{x}")["{x}"].title) == "{x}"

    def test_readers_and_positions(self):
        graph = diamond()
        assert {node.name for node in graph.readers("dense_1")} == {"dense_2", "dense_3"}
        assert graph.index("add_1") == 4
        assert not graph.is_chain
        assert "dense_3" in graph and "dense_4" not in graph

    def test_a_name_that_is_not_there(self):
        with pytest.raises(GraphError, match="no layer called dense_7; there are input, dense_1"):
            THREE["dense_7"]

    @pytest.mark.parametrize(
        ("nodes", "sentence"),
        [
            ((), "begins with its input and ends with its output"),
            ((Node(INPUT, Input()),), "Input is not connected"),
            ((Node(OUTPUT, Dense()),), "Output is not connected"),
            (
                (Node(INPUT, Input()), Node("a", Dense(), (INPUT,)), Node("a", Dense(), ("a",))),
                "Two layers are called a",
            ),
            (
                (
                    Node(INPUT, Input()),
                    Node(OUTPUT, Dense(), ("dense_1",)),
                    Node("dense_1", Dense(), (INPUT,)),
                ),
                "Output reads dense_1, which does not come before it",
            ),
            (
                (Node(INPUT, Input()), Node(OUTPUT, Dense(), (INPUT, INPUT))),
                "Output reads several layers, but takes one",
            ),
            (
                (
                    Node(INPUT, Input()),
                    Node("dense_1", Dense(), (INPUT,)),
                    Node(OUTPUT, Dense(), (INPUT,)),
                ),
                "Dense 1 is not connected",
            ),
            (
                (
                    Node(INPUT, Input()),
                    Node(OUTPUT, Dense(), (INPUT,)),
                    Node("dense_1", Dense(), (OUTPUT,)),
                ),
                "Dense 1 is not connected",
            ),
            (
                (
                    Node(INPUT, Input()),
                    Node("input_1", Input()),
                    Node("add_1", Add(), (INPUT, "input_1")),
                    Node(OUTPUT, Dense(), ("add_1",)),
                ),
                "Input 1 cannot be an input; a network has one",
            ),
            (
                (
                    Node("start", Input()),
                    Node(INPUT, Dense(), ("start",)),
                    Node(OUTPUT, Dense(), (INPUT,)),
                ),
                "start cannot be an input",
            ),
        ],
    )
    def test_what_is_no_network_is_refused(self, nodes, sentence):
        with pytest.raises(GraphError, match=sentence):
            Graph(nodes)


class TestEdits:
    def test_insert_after(self):
        graph, new = insert_after(THREE, "dense_1", Activate("relu"))
        assert new == "activation_1"
        assert names(graph) == ["input", "dense_1", new, "dropout_1", "dense_2", "output"]
        assert graph.is_chain

    def test_insert_after_the_input_and_the_output(self):
        assert names(insert_after(THREE, INPUT, Flatten())[0])[1] == "flatten_1"
        assert names(insert_after(THREE, OUTPUT, Flatten())[0])[-2:] == ["flatten_1", "output"]

    def test_insert_after_a_fork_feeds_all_readers(self):
        graph, new = insert_after(diamond(), "dense_1", Dropout())
        assert graph["dense_2"].inputs == graph["dense_3"].inputs == (new,)

    def test_insert_before(self):
        graph, new = insert_before(THREE, "dense_2", Dense(7))
        assert graph["dense_2"].inputs == (new,)
        assert graph[new].inputs == ("dropout_1",)

    def test_insert_before_one_branch_of_a_merge(self):
        graph, new = insert_before(diamond(), "add_1", Dense(3))
        assert graph["add_1"].inputs == (new, "dense_3")

    def test_nothing_stands_before_the_input(self):
        with pytest.raises(GraphError, match="before the input"):
            insert_before(THREE, INPUT, Dense())

    @pytest.mark.parametrize("edit", [insert_after, insert_before])
    def test_insert_at_a_name_that_is_not_there(self, edit):
        with pytest.raises(GraphError, match="no layer called nobody"):
            edit(THREE, "nobody", Dense())

    def test_names_of_new_layers_fill_gaps(self):
        graph = remove(THREE, "dense_1")
        assert insert_after(graph, INPUT, Dense())[1] == "dense_1"

    def test_remove_heals_the_chain(self):
        graph = remove(THREE, "dropout_1")
        assert graph.is_chain
        assert graph["dense_2"].inputs == ("dense_1",)

    def test_remove_undoes_insert(self):
        graph, new = insert_after(THREE, "dropout_1", Dense())
        assert remove(graph, new) == THREE

    def test_remove_behind_a_fork(self):
        graph = remove(diamond(), "dense_2")
        assert graph["add_1"].inputs == ("dense_1", "dense_3")

    @pytest.mark.parametrize(("name", "title"), [(INPUT, "Input"), (OUTPUT, "Output")])
    def test_input_and_output_stay(self, name, title):
        with pytest.raises(GraphError, match=f"{title} cannot be deleted"):
            remove(THREE, name)
        with pytest.raises(GraphError, match=f"{title} cannot move"):
            move(THREE, name, "dense_1")
        with pytest.raises(GraphError, match=f"{title} keeps its name"):
            rename(THREE, name, "x")

    def test_move_keeps_name_and_layer(self):
        graph = move(THREE, "dense_2", INPUT)
        assert names(graph) == ["input", "dense_2", "dense_1", "dropout_1", "output"]
        assert graph["dense_2"].layer == THREE["dense_2"].layer
        assert graph.is_chain
        assert move(graph, "dense_2", "dropout_1") == THREE

    @pytest.mark.parametrize("after", ["dense_1", OUTPUT])
    def test_move_to_nowhere(self, after):
        with pytest.raises(GraphError, match="Dense 1 cannot move there"):
            move(THREE, "dense_1", after)

    def test_rename_follows_every_link(self):
        graph = rename(diamond(), "dense_1", "stem")
        assert graph["dense_2"].inputs == graph["dense_3"].inputs == ("stem",)
        assert rename(graph, "stem", "dense_1") == diamond()
        assert rename(THREE, "dense_1", "dense_1") == THREE

    @pytest.mark.parametrize("new", ["", "  ", "dense_2", OUTPUT])
    def test_names_are_free_and_not_empty(self, new):
        with pytest.raises(GraphError, match="choose a free name"):
            rename(THREE, "dense_1", new)

    def test_only_a_rename_is_told_as_one(self):
        assert renamed(THREE, rename(THREE, "dense_1", "stem")) == {"stem": "dense_1"}
        assert renamed(THREE, THREE) == {}
        assert renamed(THREE, move(THREE, "dense_2", INPUT)) == {}
        assert renamed(THREE, remove(THREE, "dense_1")) == {}
        assert renamed(THREE, set_layer(THREE, "dense_1", Dense(9))) == {}

    def test_set_layer(self):
        graph = set_layer(THREE, "dense_1", Dense(9))
        assert graph["dense_1"].layer == Dense(9)
        assert set_layer(graph, "dense_1", Dense(3)) == THREE
        with pytest.raises(GraphError, match="no layer called"):
            set_layer(THREE, "nobody", Dense())

    def test_an_edit_leaves_the_old_graph_alone(self):
        before = graph_to_json(THREE)
        insert_after(THREE, "dense_1", Dense())
        remove(THREE, "dense_1")
        assert graph_to_json(THREE) == before


class TestShapes:
    def test_each_node_has_the_shape_that_its_layer_gives(self):
        shapes = infer_shapes(THREE, (2,))
        assert not shapes.errors
        assert list(shapes.shapes.values()) == [(2,), (3,), (3,), (5,), (2,)]
        assert shapes.inputs(THREE["dense_2"]) == ((3,),)

    def test_behind_an_error_nothing_is_known(self):
        shapes = infer_shapes(THREE, (28, 28))
        assert set(shapes.errors) == {"dense_1"}
        assert set(shapes.shapes) == {INPUT}
        assert str(shapes.errors["dense_1"]) == "Dense 1 needs a list, but gets 28×28."
        assert shapes.errors["dense_1"].node == "dense_1"

    def test_a_merge_waits_for_all_its_inputs(self):
        graph = set_layer(diamond(), "dense_2", Dense(4))
        shapes = infer_shapes(graph, (2,))
        assert set(shapes.errors) == {"add_1"}
        assert OUTPUT not in shapes.shapes


class TestFiles:
    @pytest.mark.parametrize("graph", [THREE, Graph.chain(Dense(1)), rename(THREE, "dense_1", "é")])
    def test_round_trip(self, graph):
        assert graph_from_json(json.loads(json.dumps(graph_to_json(graph)))) == graph

    @pytest.mark.parametrize(
        ("damage", "error"),
        [
            (lambda data: None, FormatError),
            (lambda data: [], FormatError),
            (lambda data: data * 500, FormatError),
            (lambda data: [*data[:-1], "output"], FormatError),
            (lambda data: [*data[:-1], {**data[-1], "name": 5}], FormatError),
            (lambda data: [*data[:-1], {**data[-1], "inputs": "dense_1"}], FormatError),
            (lambda data: [*data[:-1], {**data[-1], "inputs": [["dense_1"]]}], FormatError),
            (lambda data: [*data[:-1], {**data[-1], "layer": None}], FormatError),
            (lambda data: [*data[:-1], {**data[-1], "layer": {"kind": "os.system"}}], UnknownKind),
            (lambda data: [*data[:-1], {**data[-1], "inputs": ["output"]}], GraphError),
            (lambda data: [*data[:-1], {**data[-1], "inputs": ["input", "input"]}], GraphError),
            (lambda data: data[:-1], GraphError),
            (lambda data: data[1:], GraphError),
        ],
    )
    def test_a_damaged_list_is_refused(self, damage, error):
        with pytest.raises(error):
            graph_from_json(damage(graph_to_json(THREE)))


PALETTE = [cls() for cls in layer.values() if cls is not Input]


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_is_edited_the_graph_stays_a_network(data):
    """The constructor refuses what is none, so it is enough that every edit that is offered works;
    each can be taken back by keeping the value before it."""
    graph = data.draw(st.sampled_from([THREE, Graph.chain(Dense(2)), diamond()]))
    for _ in range(data.draw(st.integers(1, 12))):
        name = data.draw(st.sampled_from(names(graph)))
        other = data.draw(st.sampled_from(names(graph)))
        new_layer = data.draw(st.sampled_from(PALETTE))
        edit = data.draw(st.sampled_from(["after", "before", "remove", "move", "rename", "set"]))
        try:
            match edit:
                case "after":
                    graph = insert_after(graph, name, new_layer)[0]
                case "before":
                    graph = insert_before(graph, name, new_layer)[0]
                case "remove":
                    graph = remove(graph, name)
                case "move":
                    graph = move(graph, name, other)
                case "rename":
                    graph = rename(graph, name, data.draw(st.text(max_size=4)))
                case "set":
                    graph = set_layer(graph, name, new_layer)
        except GraphError as refusal:
            assert str(refusal).endswith(".")
        position = {node.name: i for i, node in enumerate(graph)}
        assert len(position) == len(graph.nodes)
        assert all(position[source] < position[n.name] for n in graph for source in n.inputs)
        assert names(graph)[0] == INPUT and names(graph)[-1] == OUTPUT
        assert {source for node in graph for source in node.inputs} == set(position) - {OUTPUT}


def test_nodes_are_values():
    assert THREE == replace(THREE)
    assert hash(THREE) == hash(Graph.chain(*(node.layer for node in THREE.nodes[1:])))


def test_a_merge_adds_up_and_shares_its_gradient():
    network = Network(diamond(), (2,), dtype=np.float64)
    x = np.random.default_rng(0).normal(size=(4, 2))
    found = network.activations(x, ("dense_2", "dense_3", "add_1"))
    np.testing.assert_array_equal(found["add_1"], found["dense_2"] + found["dense_3"])
