"""Wires, segments and blocks: every edit leaves a network, and tells why it refuses one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import FormatError, GraphError
from engine.graph import INPUT, OUTPUT, Graph, Node, insert_after, move, remove
from engine.graph_edits import (
    connect,
    disconnect,
    free_group,
    group,
    insert_on,
    move_all,
    paste,
    remove_all,
    set_merge,
)
from engine.graph_json import graph_from_json, graph_to_json, nodes_from_json, nodes_to_json
from engine.graph_modes import set_rate
from engine.layers import layer
from engine.layers.attention import MultiHeadAttention
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.input import Input
from engine.layers.merge import Add, Concatenate

CHAIN = Graph.chain(Dense(3), Dropout(), Dense(5), Dense(2, "softmax"))
FORK = Graph(
    (
        Node(INPUT, Input()),
        Node("left", Dense(3), (INPUT,)),
        Node("right", Dense(3), (INPUT,)),
        Node("add_1", Add(), ("left", "right")),
        Node(OUTPUT, Dense(2), ("add_1",)),
    )
)


def names(graph):
    return [node.name for node in graph]


class TestWires:
    def test_a_layer_of_one_input_gets_a_merge_in_front(self):
        graph, name = connect(CHAIN, "dense_1", "dense_2")
        assert name == "add_1" and graph["add_1"].inputs == ("dropout_1", "dense_1")
        assert graph["dense_2"].inputs == ("add_1",)
        graph, name = connect(CHAIN, INPUT, OUTPUT, Concatenate())
        assert graph[OUTPUT].inputs == (name,) == ("concatenate_1",)

    def test_what_takes_several_inputs_takes_one_more(self):
        graph, name = connect(FORK, INPUT, "add_1")
        assert name == "add_1" and graph["add_1"].inputs == ("left", "right", INPUT)
        chain = Graph.chain(Dense(3), MultiHeadAttention(), Dense(2))
        assert connect(chain, INPUT, "attention_1")[0]["attention_1"].inputs == ("dense_1", INPUT)

    def test_a_wire_may_lead_to_what_was_listed_before(self):
        graph, name = connect(FORK, "right", "left")
        assert graph["left"].inputs == (name,)
        assert names(graph).index("right") < names(graph).index(name)

    @pytest.mark.parametrize(
        ("source", "target", "sentence"),
        [
            ("dense_2", "dense_1", "from Dense 2 to Dense 1 would lead back to itself"),
            ("dense_1", "dense_1", "from Dense 1 to Dense 1 would lead back to itself"),
            ("dense_1", "dropout_1", "Dropout 1 reads Dense 1 already"),
            ("dense_1", INPUT, "The input begins a network"),
            (OUTPUT, "dense_1", "the output ends it"),
        ],
    )
    def test_refusals(self, source, target, sentence):
        with pytest.raises(GraphError, match=sentence):
            connect(CHAIN, source, target)

    def test_taking_a_wire_away_undoes_it(self):
        graph, name = connect(CHAIN, "dense_1", OUTPUT)
        assert disconnect(graph, "dense_1", name) == CHAIN

    def test_what_nothing_reads_goes_with_the_wire(self):
        assert names(disconnect(FORK, "right", "add_1")) == [INPUT, "left", OUTPUT]
        with pytest.raises(GraphError, match="Dense 1 reads only Input; every layer needs"):
            disconnect(CHAIN, INPUT, "dense_1")

    def test_deleting_a_branch_or_its_merge_heals(self):
        graph, _ = connect(CHAIN, "dense_1", "dense_2")
        assert remove(graph, "dropout_1") == remove(CHAIN, "dropout_1")
        assert names(remove(FORK, "add_1")) == [INPUT, "left", OUTPUT]

    def test_a_merge_that_was_inserted_alone_stays(self):
        graph, name = insert_after(CHAIN, "dense_1", Add())
        assert name in remove(graph, "dropout_1")

    def test_set_merge_takes_the_name_of_its_kind(self):
        graph, name = set_merge(FORK, "add_1", Concatenate())
        assert name == "concatenate_1" and graph[OUTPUT].inputs == (name,)


class TestSegments:
    def test_a_segment_follows_the_place(self):
        graph, copies = paste(CHAIN, CHAIN.nodes[1:3], "dense_2")
        assert copies == ("dense_3", "dropout_2")
        assert names(graph) == [INPUT, "dense_1", "dropout_1", "dense_2", *copies, OUTPUT]
        assert graph.is_chain

    def test_layers_that_were_apart_follow_one_another(self):
        graph, copies = paste(CHAIN, (CHAIN["dense_1"], CHAIN["dense_2"]), INPUT)
        assert graph.is_chain and names(graph)[1:3] == list(copies)

    def test_branches_are_copied_as_branches(self):
        graph, copies = paste(FORK, FORK.nodes[1:4], "add_1")
        left, right, merge = copies
        assert graph[left].inputs == graph[right].inputs == ("add_1",)
        assert graph[merge].inputs == (left, right) and graph[OUTPUT].inputs == (merge,)

    def test_branches_without_their_merge_are_added(self):
        graph, (left, right) = paste(FORK, FORK.nodes[1:3], "add_1")
        (merge,) = graph[OUTPUT].inputs
        assert graph[merge].layer == Add() and graph[merge].inputs == (left, right)

    def test_a_segment_of_another_network_does_not_meet_names_here(self):
        nodes = (Node("dense_9", Dense(3), ("dense_1",)),)
        graph, (copy,) = paste(Graph.chain(Dense(2)), nodes, INPUT)
        assert graph[copy].inputs == (INPUT,)

    def test_several_move_and_stay_what_they_are(self):
        frozen = set_rate(CHAIN, "dense_1", 0)
        graph = move_all(frozen, ["dense_1", "dropout_1"], "dense_2")
        assert names(graph) == [INPUT, "dense_2", "dense_1", "dropout_1", OUTPUT]
        assert graph["dense_1"].rate == 0 and graph.is_chain
        graph = move_all(CHAIN, ["dense_1", "dense_2"], "dropout_1")
        assert names(graph) == [INPUT, "dropout_1", "dense_1", "dense_2", OUTPUT]

    def test_a_layer_moves_from_one_wire_to_another(self):
        graph = move_all(FORK, ["left"], "add_1", [OUTPUT])
        assert graph[OUTPUT].inputs == ("left",) and graph["add_1"].inputs == (INPUT, "right")

    def test_a_segment_with_a_skip_wire_moves_as_one(self):
        graph, _ = connect(CHAIN, "dense_1", "dense_2")
        block = ["dropout_1", "add_1"]
        there = move_all(graph, block, "dense_2")
        assert there["add_1"].inputs == ("dropout_1", "dense_2")
        assert there[OUTPUT].inputs == ("add_1",) and there["dense_2"].inputs == ("dense_1",)
        assert move_all(there, block, "dense_1", ["dense_2"]) == graph

    @pytest.mark.parametrize(
        ("moving", "place", "readers", "sentence"),
        [
            (["left"], INPUT, ["left"], "left cannot move there"),
            (["add_1"], INPUT, [], "holds branches together"),
            (["left", "right"], "add_1", [], "holds branches together"),
            (["left"], OUTPUT, [], "cannot move there"),
            ([OUTPUT], INPUT, [], "Output cannot move there"),
        ],
    )
    def test_what_cannot_move(self, moving, place, readers, sentence):
        with pytest.raises(GraphError, match=sentence):
            move_all(FORK, moving, place, readers)

    def test_insert_on_some_of_the_wires_of_a_node(self):
        graph, new = insert_on(FORK, INPUT, ["left"], Dropout())
        assert graph["left"].inputs == (new,) and graph["right"].inputs == (INPUT,)
        graph, new = insert_on(FORK, INPUT, ["left", "right"], Dropout())
        assert graph["left"].inputs == graph["right"].inputs == (new,)


class TestBlocks:
    def test_a_block_holds_what_lies_between(self):
        graph = group(CHAIN, ["dense_1", "dense_2"], "Encoder")
        assert [node.group for node in graph] == ["", "Encoder", "Encoder", "Encoder", ""]
        assert group(graph, names(graph), "") == CHAIN

    def test_what_is_put_into_a_block_belongs_to_it(self):
        graph = group(CHAIN, ["dense_1", "dense_2"], "Encoder")
        inside, new = insert_after(graph, "dense_1", Dropout())
        behind, last = insert_after(graph, "dense_2", Dropout())
        assert inside[new].group == "Encoder" and behind[last].group == ""
        assert move(graph, "dropout_1", "dense_2")["dropout_1"].group == ""
        assert move_all(graph, ["dropout_1"], "dense_2")["dropout_1"].group == ""
        back = move_all(behind, [last], "dense_1")
        assert back[last].group == "Encoder"
        whole = move_all(behind, ["dense_1", "dropout_1", "dense_2"], last)
        assert whole["dense_2"].group == "Encoder" and whole[last].group == ""

    def test_input_and_output_are_in_no_block(self):
        with pytest.raises(GraphError, match="cannot be part of a block"):
            group(CHAIN, [INPUT, "dense_1"], "Encoder")

    def test_copies_have_a_block_of_their_own(self):
        graph = group(CHAIN, ["dense_1", "dense_2"], "Block 1")
        assert free_group(graph, "Block 1") == "Block 2" and free_group(graph, "x") == "x"
        pasted, copies = paste(graph, graph.nodes[1:4], "dense_2")
        assert {pasted[name].group for name in copies} == {"Block 2"}

    def test_files_keep_blocks_and_refuse_damage(self):
        graph = group(CHAIN, ["dense_1", "dense_2"], "Encoder")
        assert graph_from_json(graph_to_json(graph)) == graph
        assert "group" not in graph_to_json(CHAIN)[1]
        assert nodes_from_json(nodes_to_json(FORK.nodes[1:3])) == FORK.nodes[1:3]
        with pytest.raises(FormatError, match="Layer 1 of the file is damaged"):
            nodes_from_json([{**graph_to_json(graph)[1], "group": 3}])


LAYERS = [layer[kind]() for kind in ("dense", "dropout", "add", "concatenate", "attention")]


def edited(graph, edit, one, two, three, some, new):
    """Return the graph after one edit of the names that were drawn for it."""
    match edit:
        case "insert":
            return insert_after(graph, one, new)[0]
        case "connect":
            return connect(graph, one, two)[0]
        case "disconnect":
            return disconnect(graph, one, two)
        case "remove":
            return remove_all(graph, some)
        case "move":
            return move(graph, one, two)
        case "move onto":
            return move_all(graph, [one], two, [three])
        case "move all":
            return move_all(graph, some, one)
        case "paste":
            return paste(graph, [node for node in graph.nodes[1:-1] if node.name in some], one)[0]
        case "group":
            return group(graph, some, free_group(graph, "Block 1"))


EDITS = ["insert", "connect", "disconnect", "remove", "move", "move onto", "move all", "paste"]


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_is_edited_the_graph_stays_a_network(data):
    """The constructor refuses what is none; a refusal is a sentence and changes nothing."""
    graph = data.draw(st.sampled_from([CHAIN, FORK]))
    for _ in range(data.draw(st.integers(1, 12))):
        pick = st.sampled_from(names(graph))
        edit = data.draw(st.sampled_from([*EDITS, "group"]))
        one, two, three = data.draw(st.tuples(pick, pick, pick))
        some = data.draw(st.sets(pick, min_size=1, max_size=4))
        try:
            graph = edited(graph, edit, one, two, three, some, data.draw(st.sampled_from(LAYERS)))
        except GraphError as refusal:
            assert str(refusal).endswith(".")
        position = {node.name: place for place, node in enumerate(graph)}
        assert all(position[source] < position[n.name] for n in graph for source in n.inputs)
        assert names(graph)[0] == INPUT and names(graph)[-1] == OUTPUT
        assert graph_from_json(graph_to_json(graph)) == graph
