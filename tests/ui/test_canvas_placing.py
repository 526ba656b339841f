"""Cards placed by hand: they stay where they are put, and Tidy lays all out again."""

import json

import pytest
from canvas_tools import (
    ALT,
    BRANCHES,
    CHAIN,
    CONTROL,
    LONG,
    SHIFT,
    SKIP,
    at,
    boxes,
    check_order,
    corners,
    graph,
    inputs,
    names,
    near,
    place,
    pull,
)
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication

from engine import graph_places
from engine.experiment import from_dict, to_dict
from engine.graph import OUTPUT, set_layer
from engine.graph_places import is_placed, same_places
from engine.layers.dense import Dense
from playground.ui.canvas import CanvasHeader, edits
from playground.ui.canvas.wire import WireItem

DOWN = QPoint(0, 190)


# Gestures


def test_a_card_dragged_out_of_its_row_stays_and_the_others_slide_back(show, qtbot):
    canvas = show(CHAIN)
    before = corners(canvas)
    start, aside = at(canvas, "dense_1"), at(canvas, "dense_3")
    out = start + DOWN
    pull(qtbot, canvas, start, aside, drop=False)
    assert corners(canvas)["dense_2"] != before["dense_2"]  # it makes room
    qtbot.mouseMove(canvas.viewport(), out)
    assert corners(canvas)["dense_2"] == before["dense_2"]
    qtbot.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=out)
    assert names(canvas) == names(show(CHAIN)) and canvas.document.undo_stack.count() == 1
    assert all(node.place is not None for node in graph(canvas))
    assert near(QPointF(at(canvas, "dense_1")), QPointF(out), 16)
    assert all(near(corners(canvas)[n], before[n]) for n in before if n != "dense_1")
    canvas.document.undo_stack.undo()
    assert not is_placed(graph(canvas)) and corners(canvas) == before
    canvas.document.undo_stack.redo()
    assert is_placed(graph(canvas)) and corners(canvas)["dense_1"] != before["dense_1"]


def test_escape_gives_a_placement_up(show, qtbot):
    canvas = show(CHAIN)
    before = corners(canvas)
    start = at(canvas, "dense_1")
    pull(qtbot, canvas, start, start + DOWN, drop=False)
    assert corners(canvas) != before
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert corners(canvas) == before and not is_placed(graph(canvas))
    assert not canvas.network.guides.isVisible()


def test_back_in_its_row_a_card_is_reordered_again(show, qtbot):
    canvas = show(CHAIN)
    start, goal = at(canvas, "dense_1"), at(canvas, "dense_3", 10)
    pull(qtbot, canvas, start, start + DOWN, goal)
    assert names(canvas) == ["input", "dense_2", "dense_3", "dense_1", OUTPUT]
    assert not is_placed(graph(canvas))


@pytest.mark.parametrize("name", ["input", OUTPUT])
def test_input_and_output_are_placed_too_but_keep_their_ends(show, qtbot, name):
    canvas = show(CHAIN)
    before = corners(canvas)
    start = at(canvas, name)
    pull(qtbot, canvas, start, start + DOWN)
    assert names(canvas) == [node.name for node in CHAIN.graph]
    assert corners(canvas)[name].y() > before[name].y() + 100
    check_order(canvas)


def test_in_free_space_a_card_of_a_branch_stays_and_onto_a_wire_it_moves(show, qtbot):
    canvas = show(BRANCHES)
    start = at(canvas, "left")
    free = canvas.mapFromScene(canvas.network.arrangement.bounds.bottomRight()) - QPoint(160, 90)
    pull(qtbot, canvas, start, free)
    assert near(QPointF(at(canvas, "left")), QPointF(free), 20)
    assert inputs(canvas, "left") == ("dense_1",) and graph(canvas) == BRANCHES.graph
    wire = canvas.mapFromScene(canvas.network.wires["concatenate_1", OUTPUT].middle)
    pull(qtbot, canvas, at(canvas, "left"), wire)
    assert inputs(canvas, OUTPUT) == ("left",) and graph(canvas)["left"].place is None
    check_order(canvas)
    canvas.document.undo_stack.undo()
    assert near(QPointF(at(canvas, "left")), QPointF(free), 20)


def test_what_holds_branches_together_is_placed_even_beside_a_wire(show, qtbot):
    canvas = show(SKIP)
    goal = canvas.mapFromScene(canvas.network.wires["dense_3", OUTPUT].middle) + QPoint(0, 60)
    pull(qtbot, canvas, at(canvas, "add_1"), goal)
    assert graph(canvas) == SKIP.graph and is_placed(graph(canvas))


def test_selected_cards_are_placed_together(show, qtbot):
    canvas = show(CHAIN)
    place(canvas, input=(0, 0))
    before = corners(canvas)
    canvas.selection.choose(["dense_1", "dense_2"])
    start = at(canvas, "dense_2")
    pull(qtbot, canvas, start, start + DOWN, modifiers=ALT)
    by = {name: corners(canvas)[name] - before[name] for name in before}
    assert by["dense_1"] == by["dense_2"] and by["dense_1"].y() > 100
    assert by["input"] == by["dense_3"] == QPointF()


def test_keys_nudge_as_one_edit(show, qtbot):
    canvas = show(CHAIN)
    before = corners(canvas)
    canvas.selection.choose(["dense_1", "dense_2"])
    for key, times in ((Qt.Key.Key_Down, 3), (Qt.Key.Key_Right, 1)):
        for _ in range(times):
            qtbot.keyClick(canvas, key, CONTROL)
    qtbot.keyClick(canvas, Qt.Key.Key_Left, CONTROL | SHIFT)
    for name in ("dense_1", "dense_2"):
        assert near(corners(canvas)[name], before[name] + QPointF(7, 24))
    assert near(corners(canvas)["dense_3"], before["dense_3"])
    assert canvas.document.undo_stack.count() == 1
    canvas.selection.choose(["dense_3"])
    qtbot.keyClick(canvas, Qt.Key.Key_Up, CONTROL)
    assert canvas.document.undo_stack.count() == 2
    canvas.document.undo_stack.undo()
    canvas.document.undo_stack.undo()
    assert corners(canvas) == before


def test_a_nudge_there_and_back_leaves_nothing_to_undo(show, qtbot):
    canvas = show(CHAIN)
    place(canvas, dense_1=(0, 300))
    canvas.selection.choose(["dense_1"])
    qtbot.keyClick(canvas, Qt.Key.Key_Down, CONTROL)
    qtbot.keyClick(canvas, Qt.Key.Key_Up, CONTROL)
    assert canvas.document.undo_stack.count() == 1


# Tidy, files


@pytest.mark.parametrize("way", ["key", "menu", "button"])
def test_tidy_lays_all_out_again_as_one_undo_step(show, qtbot, way):
    canvas = show(SKIP)
    header = CanvasHeader(canvas.document)
    qtbot.addWidget(header)
    header.tidy.clicked.connect(canvas.commands.tidy)
    before = corners(canvas)
    assert not header.tidy.isEnabled()
    place(canvas, dense_2=(0, 400), add_1=(50, -300))
    moved = corners(canvas)
    assert header.tidy.isEnabled()
    canvas.selection.choose(())
    if way == "key":
        qtbot.keyClick(canvas, Qt.Key.Key_T, CONTROL)
    elif way == "button":
        header.tidy.click()
    else:
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
        QApplication.sendEvent(canvas.viewport(), event)
        menu = QApplication.activePopupWidget()
        next(act for act in menu.actions() if act.text() == "Tidy\tCtrl+T").trigger()
        menu.close()
    assert corners(canvas) == before and canvas.fitted and not header.tidy.isEnabled()
    canvas.document.undo_stack.undo()
    assert corners(canvas) == moved and header.tidy.isEnabled()


def test_tidy_slides_where_cards_slide(show, qtbot):
    canvas = show(CHAIN)
    before = corners(canvas)
    place(canvas, dense_2=(0, 400))
    canvas.animate = True
    canvas.commands.tidy()
    assert corners(canvas)["dense_2"] != before["dense_2"]
    qtbot.waitUntil(lambda: corners(canvas) == before)


def test_places_are_saved_and_read_again(show):
    canvas = show(BRANCHES)
    place(canvas, left=(-40, 260), right=(10, -120))
    saved = json.loads(json.dumps(to_dict(canvas.document.experiment)))
    other = show(from_dict(saved))
    assert same_places(graph(other), graph(canvas)) and corners(other) == corners(canvas)


def test_a_run_does_not_notice_that_cards_are_placed(open_window, qtbot):
    window = open_window()
    window.session.play()
    qtbot.waitUntil(lambda: window.session.snapshot().epoch >= 1)
    place(window.canvas, dense_1=(0, 250))
    step = window.session.wait(lambda s: s.experiment.graph["dense_1"].place is not None).step
    after = window.session.wait(lambda s: s.step > step + 10)
    assert after.state == "running"
    assert window.header.presets.value() == "xor"  # it is still that network
    tidy = window.menus.actions_by_text["Tidy"]
    assert tidy.isEnabled()
    tidy.trigger()
    assert not tidy.isEnabled() and not is_placed(graph(window.canvas))
    window.session.pause()


# Layers that come later


def test_a_layer_inserted_in_a_placed_row_pushes_what_follows(show):
    canvas = show(CHAIN)
    place(canvas, dense_1=(0, 40))
    before = boxes(canvas)
    edits.insert(canvas.document, "dropout", "dense_1")
    after = boxes(canvas)
    check_order(canvas)
    assert after["input"] == before["input"] and after["dense_1"] == before["dense_1"]
    assert before["dense_1"].right() < after["dropout_1"].left()
    assert after["dropout_1"].right() < after["dense_2"].left()
    assert after[OUTPUT].left() > before[OUTPUT].left()
    assert after["dense_3"].left() - after["dense_2"].left() == pytest.approx(
        before["dense_3"].left() - before["dense_2"].left()
    )
    canvas.document.undo_stack.undo()
    assert boxes(canvas) == before


def test_where_there_is_room_a_layer_stands_in_the_middle_and_nothing_moves(show):
    canvas = show(CHAIN)
    place(canvas, dense_2=(400, 0), dense_3=(400, 0), output=(400, 0))
    before = boxes(canvas)
    edits.insert(canvas.document, "dense", "dense_1")
    after = boxes(canvas)
    assert all(after[name] == box for name, box in before.items())
    left = after["dense_4"].left() - after["dense_1"].right()
    assert left == pytest.approx(after["dense_2"].left() - after["dense_4"].right())


@pytest.mark.parametrize("experiment", [CHAIN, SKIP, BRANCHES, LONG])
def test_layers_may_come_and_go_anywhere(show, experiment):
    canvas = show(experiment)
    place(canvas, dense_1=(30, 60))
    for name in list(names(canvas)):
        edits.insert(canvas.document, "dense", name)
        check_order(canvas)
    canvas.selection.choose(["dense_1"])
    canvas.commands.copy()
    canvas.commands.paste()
    canvas.commands.duplicate()
    check_order(canvas)
    edits.remove(canvas.document, "dense_1")
    check_order(canvas)
    canvas.grab()


@pytest.mark.parametrize("name", [node.name for node in BRANCHES.graph])
def test_one_place_in_a_file_is_enough_for_all_cards_to_stand_around_it(show, name):
    placed = BRANCHES.but(graph=graph_places.place(BRANCHES.graph, {name: (700, -300)}))
    canvas = show(placed)
    assert corners(canvas)[name].y() == -300
    check_order(canvas)


def test_a_card_that_grows_makes_room(show):
    canvas = show(LONG)
    place(canvas, dense_1=(0, 0))
    canvas.document.edit_graph(set_layer(graph(canvas), "dense_2", Dense(8)), "")
    check_order(canvas)


def test_where_a_wire_leads_to_another_row_a_layer_stands_at_its_beginning(show):
    canvas = show(LONG)
    place(canvas, input=(0, 0))
    rows = sorted({round(box.top()) for box in boxes(canvas).values()})
    last = max(n for n in names(canvas)[:-1] if n[-1].isdigit() and boxes(canvas)[n].top() < 1)
    before = boxes(canvas)
    edits.insert(canvas.document, "dropout", last)
    after = boxes(canvas)
    check_order(canvas)
    assert len(rows) == 2 and round(after["dropout_1"].top()) == rows[1]
    first = inputs(canvas, OUTPUT)[0]
    assert after[first].left() > before[first].left()
    assert after[last] == before[last]


def test_a_block_is_placed_as_one_card_and_takes_its_layers_along(show, qtbot):
    canvas = show(SKIP)
    place(canvas, dense_2=(0, 300))
    canvas.selection.choose(["dense_2", "add_1"])
    canvas.commands.group()
    canvas.editor.hide()
    before, block = graph(canvas), canvas.network.nodes["add_1"]
    assert block.spot.block and near(block.pos(), QPointF(*before["add_1"].place))
    start = at(canvas, "add_1")
    pull(qtbot, canvas, start, start + QPoint(20, 150))
    check_order(canvas)
    moved = [
        QPointF(*graph(canvas)[name].place) - QPointF(*before[name].place)
        for name in ("dense_2", "add_1")
    ]
    assert moved[0] == moved[1] and moved[0].y() > 50
    canvas.commands.fold(graph(canvas)["add_1"].group)
    check_order(canvas)
    assert len(canvas.network.frames) == 1


def test_a_card_that_is_dragged_draws_only_its_own_wires_anew(show, qtbot, monkeypatch):
    canvas = show(BRANCHES)
    name = BRANCHES.graph.nodes[1].name
    start = at(canvas, name)
    pull(qtbot, canvas, start, start + DOWN, drop=False)
    placed, place_wire = [], WireItem.place

    def counted(wire, *way):
        placed.append(wire.link)
        place_wire(wire, *way)

    monkeypatch.setattr(WireItem, "place", counted)
    qtbot.mouseMove(canvas.viewport(), start + DOWN + QPoint(6, 12))
    assert placed and all(name in link for link in placed)
    assert len(placed) < len(canvas.network.wires)
    qtbot.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=start + DOWN)
