"""Wires that skip layers: drawn by mouse and keys, refused with a reason, deleted."""

import pytest
from canvas_tools import (
    BRANCHES,
    CHAIN,
    CONTROL,
    LEFT,
    SKIP,
    arc_handle,
    at,
    inputs,
    names,
    port,
    pull,
)
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from engine.activations import Identity, Softmax
from engine.experiment import Experiment
from engine.graph import Graph
from engine.layers.attention import MultiHeadAttention
from engine.layers.conv2d import Conv2d
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.merge import Concatenate
from engine.layers.pool2d import MaxPool2d
from engine.layers.time_distributed import TimeDistributed
from engine.tasks.digits import Digits
from engine.tasks.traffic import Traffic
from playground.ui import i18n
from playground.ui.canvas import edits


@pytest.mark.parametrize("handle", [port, arc_handle])
def test_a_wire_drawn_to_a_later_card_adds_there_as_one_undo_step(show, qtbot, handle):
    canvas = show(CHAIN)
    pull(qtbot, canvas, handle(canvas, "dense_1"), at(canvas, "dense_3", y=80))
    assert names(canvas) == ["input", "dense_1", "dense_2", "add_1", "dense_3", "output"]
    assert inputs(canvas, "add_1") == ("dense_2", "dense_1")
    assert canvas.document.selection == "add_1"
    assert ("dense_1", "add_1") in canvas.network.wires
    canvas.document.undo_stack.undo()
    assert canvas.document.experiment == CHAIN


def test_where_shapes_differ_the_inputs_are_put_side_by_side(show, qtbot):
    canvas = show(CHAIN)
    pull(qtbot, canvas, port(canvas, "dense_1"), at(canvas, "output"))
    assert inputs(canvas, "concatenate_1") == ("dense_3", "dense_1")
    assert canvas.problem is None


def test_while_dragging_the_note_says_what_would_be_inserted_or_why_not(show, qtbot):
    canvas = show(CHAIN)
    pull(qtbot, canvas, port(canvas, "dense_2"), at(canvas, "dense_1"), drop=False)
    nodes, note = canvas.network.nodes, canvas.note
    qtbot.waitUntil(lambda: nodes["dense_1"].opacity() < 1)
    assert note.isVisible() and note.refused
    assert note.text == "A wire from Dense 2 to Dense 1 would lead back to itself."
    assert canvas.rect().contains(note.geometry())
    assert nodes["output"].opacity() == nodes["dense_2"].opacity() == 1
    qtbot.mouseMove(canvas.viewport(), at(canvas, "dense_3"))
    assert note.text == "Dense 3 reads Dense 2 already." and note.refused
    qtbot.mouseMove(canvas.viewport(), at(canvas, "output"))
    assert note.text == "Insert Concatenate" and not note.refused
    assert nodes["output"].aimed
    qtbot.mouseRelease(canvas.viewport(), LEFT, pos=at(canvas, "dense_1"))
    assert canvas.document.experiment == CHAIN
    assert not note.isVisible() and not canvas.network.draft.isVisible()
    assert all(item.opacity() == 1 and not item.aimed for item in nodes.values())


def test_wrong_types_are_refused_with_the_sentence_of_the_layer(show, qtbot):
    graph = Graph.chain(Conv2d(3), Flatten(), Dense(5), Dense(10, Softmax()))
    canvas = show(Experiment(Digits(), graph))
    pull(qtbot, canvas, port(canvas, "conv2d_1"), at(canvas, "dense_1"), drop=False)
    assert canvas.note.refused and "The two inputs differ: " in canvas.note.text
    i18n.set_language("ko")
    qtbot.mouseMove(canvas.viewport(), at(canvas, "output"))
    assert "두 입력" in canvas.note.text
    qtbot.mouseRelease(canvas.viewport(), LEFT, pos=at(canvas, "output"))
    assert canvas.document.experiment.graph == graph


def test_a_larger_image_is_pooled_on_the_way(show, qtbot):
    layers = Conv2d(3, padding="same"), MaxPool2d(), Conv2d(3, padding="same"), Flatten()
    canvas = show(Experiment(Digits(), Graph.chain(*layers, Dense(10, Softmax()))))
    pull(qtbot, canvas, port(canvas, "conv2d_1"), at(canvas, "flatten_1"))
    assert inputs(canvas, "add_1") == ("conv2d_2", "max_pool2d_2")
    assert inputs(canvas, "max_pool2d_2") == ("conv2d_1",)
    assert canvas.problem is None


def test_the_pooling_that_an_error_offers_goes_on_the_skip_wire(show, qtbot):
    layers = Conv2d(3, padding="same"), Conv2d(3, padding="same"), Flatten()
    canvas = show(Experiment(Digits(), Graph.chain(*layers, Dense(10, Softmax()))))
    pull(qtbot, canvas, port(canvas, "conv2d_1"), at(canvas, "flatten_1"))
    document = canvas.document
    document.select("conv2d_2")
    wire = canvas.network.wires["conv2d_2", "add_1"]
    canvas.insert_menu(wire.source, wire.targets, QPoint(0, 0))
    menu = QApplication.activePopupWidget()
    next(action for action in menu.actions() if action.text() == "Max pool 2D").trigger()
    menu.close()
    assert canvas.problem is not None and canvas.problem.node == "add_1"
    document.select("add_1")
    assert canvas.bubble.buttons[0].text() == "Insert pooling on the skip wire"
    qtbot.mouseClick(canvas.bubble.buttons[0], LEFT)
    assert canvas.problem is None
    assert inputs(canvas, "add_1") == ("max_pool2d_1", "max_pool2d_2")


def test_a_layer_of_several_inputs_takes_the_wire_itself(show, qtbot):
    canvas = show(BRANCHES)
    pull(qtbot, canvas, port(canvas, "dense_1"), at(canvas, "concatenate_1"))
    assert inputs(canvas, "concatenate_1") == ("left", "right_2", "dense_1")
    assert len(names(canvas)) == len(BRANCHES.graph.nodes)


def test_attention_takes_a_memory(show, qtbot):
    graph = Graph.chain(TimeDistributed(4), MultiHeadAttention(2), Flatten(), Dense(1, Identity()))
    experiment = Experiment(Traffic(), graph).but(loss="mse")
    canvas = show(experiment)
    pull(qtbot, canvas, port(canvas, "input"), at(canvas, "attention_1"), drop=False)
    assert canvas.note.text == "Connect"
    qtbot.mouseRelease(canvas.viewport(), LEFT, pos=at(canvas, "attention_1"))
    assert inputs(canvas, "attention_1") == ("time_distributed_1", "input")


def test_keys_draw_a_wire_too(show, qtbot):
    canvas = show(CHAIN)
    canvas.document.select("dense_1")
    qtbot.keyClick(canvas, Qt.Key.Key_J, CONTROL)
    assert canvas.wiring.active and canvas.note.isVisible()
    for _ in range(2):
        qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.accessibleDescription() == "Insert Add"
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert inputs(canvas, "add_1") == ("dense_2", "dense_1")
    assert not canvas.wiring.active
    qtbot.keyClick(canvas, Qt.Key.Key_J, CONTROL)
    qtbot.keyClick(canvas, Qt.Key.Key_Left)
    qtbot.keyClick(canvas, Qt.Key.Key_J, CONTROL)
    assert canvas.wiring.active and canvas.note.refused  # it leads back, so it is still being drawn
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert not canvas.wiring.active and not canvas.note.isVisible()
    assert canvas.document.undo_stack.count() == 1


def test_no_wire_begins_at_the_output(show, qtbot):
    canvas = show(CHAIN)
    canvas.document.select("output")
    with qtbot.waitSignal(canvas.refused):
        qtbot.keyClick(canvas, Qt.Key.Key_J, CONTROL)
    assert not canvas.wiring.active


def test_a_wire_held_at_the_edge_pans_to_cards_out_of_sight(show, qtbot):
    canvas = show(CHAIN)
    for _ in range(3):
        canvas.zoom_in()
    canvas.reveal(canvas.network.nodes["dense_1"])
    edge = QPoint(canvas.viewport().width() - 3, canvas.viewport().height() // 2)
    pull(qtbot, canvas, arc_handle(canvas, "dense_1"), edge, drop=False)
    card = canvas.network.nodes["dense_3"]
    view = canvas.viewport().rect()
    qtbot.waitUntil(lambda: view.contains(canvas.mapFromScene(card.pos() + card.box.center())))
    qtbot.mouseRelease(canvas.viewport(), LEFT, pos=at(canvas, "dense_3", y=90))
    assert inputs(canvas, "add_1") == ("dense_2", "dense_1")


def test_escape_gives_up_a_wire_that_is_dragged(show, qtbot):
    canvas = show(CHAIN)
    pull(qtbot, canvas, port(canvas, "dense_1"), at(canvas, "dense_3"), drop=False)
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    qtbot.mouseRelease(canvas.viewport(), LEFT, pos=at(canvas, "dense_3"))
    assert canvas.document.experiment == CHAIN


def test_a_click_selects_a_wire_and_delete_takes_it_away_with_its_merge(show, qtbot):
    canvas = show(SKIP)
    wire = canvas.network.wires["dense_1", "add_1"]
    spot = canvas.mapFromScene(wire.path.pointAtPercent(0.35))
    qtbot.mouseClick(canvas.viewport(), LEFT, pos=spot)
    assert canvas.selection.wire == ("dense_1", "add_1") and wire.selected
    assert canvas.accessibleDescription() == "wire from Dense 1 to Add 1, selected"
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    assert canvas.document.experiment == CHAIN
    canvas.document.undo_stack.undo()
    assert canvas.document.experiment == SKIP


def test_the_only_wire_of_a_layer_stays(show, qtbot):
    canvas = show(CHAIN)
    canvas.selection.choose_wire(("dense_1", "dense_2"))
    with qtbot.waitSignal(canvas.refused) as refused:
        qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    assert str(refused.args[0]) == "Dense 2 reads only Dense 1; every layer needs an input."
    assert canvas.document.experiment == CHAIN


def test_keys_reach_every_wire_of_a_card(show, qtbot):
    canvas = show(SKIP)
    canvas.document.select("add_1")
    seen = []
    for _ in range(3):
        qtbot.keyClick(canvas, Qt.Key.Key_Down)
        seen.append(canvas.selection.wire)
    assert ("add_1", "dense_3") in seen
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.selection.wire is None


def test_deleting_a_branch_heals_what_it_joined(show, qtbot):
    canvas = show(BRANCHES)
    canvas.selection.choose_wire(("right_2", "concatenate_1"))
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    assert names(canvas) == ["input", "dense_1", "left", "output"]
    assert canvas.document.experiment.graph.is_chain


def test_a_merge_becomes_another_one(show):
    canvas = show(SKIP)
    edits.set_merge(canvas.document, "add_1", "concatenate")
    assert canvas.document.experiment.graph["concatenate_1"].layer == Concatenate()
    assert canvas.document.selection == "concatenate_1"


def test_a_card_of_a_branch_is_dragged_onto_another_wire(show, qtbot):
    canvas = show(BRANCHES)
    goal = canvas.mapFromScene(canvas.network.wires["concatenate_1", "output"].middle)
    pull(qtbot, canvas, at(canvas, "right_2"), goal)
    assert inputs(canvas, "output") == ("right_2",)
    assert inputs(canvas, "right_2") == ("concatenate_1",)
    assert inputs(canvas, "concatenate_1") == ("left", "right")
    canvas.document.undo_stack.undo()
    assert canvas.document.experiment == BRANCHES
