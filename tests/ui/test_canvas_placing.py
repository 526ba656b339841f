"""Cards placed by hand: they stay, wires find their ways, and Tidy lays all out again."""

import json

import pytest
from canvas_tools import ALT, BRANCHES, CHAIN, CONTROL, SHIFT, SKIP, at, inputs, names, pull
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QMenu

from engine import graph_places
from engine.activations import Softmax
from engine.experiment import Experiment, from_dict, to_dict
from engine.graph import OUTPUT, Graph, set_layer
from engine.graph_places import is_placed, same_places
from engine.layers.dense import Dense
from engine.tasks.points import Points
from playground.ui.canvas import CanvasHeader, edits
from playground.ui.canvas.aligning import ALIGNMENTS, aligned, snapped
from playground.ui.canvas.card_menu import fill_align_menu
from playground.ui.canvas.routes import Way

DOWN = QPoint(0, 190)
LONG = Experiment(Points(), Graph.chain(*[Dense(3)] * 9, Dense(2, Softmax())))


def graph(canvas):
    return canvas.document.experiment.graph


def corners(canvas):
    return {name: item.pos() for name, item in canvas.network.nodes.items()}


def boxes(canvas):
    return {name: item.box.translated(item.pos()) for name, item in canvas.network.nodes.items()}


def place(canvas, **by):
    """Move cards by hand, by pixels of the scene."""
    now = canvas.network.corners()
    canvas.commands.place({name: now[name] + QPointF(*offset) for name, offset in by.items()})


def near(one, other, most=1.0):
    return (one - other).manhattanLength() <= most


def check_order(canvas):
    """No card covers another, every wire ends at its cards, and the loss follows the output."""
    cards = boxes(canvas)
    assert set(canvas.network.arrangement.routes) == set(canvas.network.wires)
    for one, box in cards.items():
        assert all(one == name or not box.intersects(other) for name, other in cards.items())
    for (source, target), wire in canvas.network.wires.items():
        ends = wire.path.pointAtPercent(0), wire.path.pointAtPercent(1)
        for name, end in zip((source, target), ends, strict=True):
            assert cards[name].adjusted(-1, -1, 1, 1).contains(end)
    output = cards[OUTPUT]
    assert canvas.network.loss.pos().x() > output.right()
    assert output.top() < canvas.network.loss.pos().y() + 64 < output.bottom() + 64


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


def drag_with(canvas, qtbot, start, goal, modifiers):
    """Drag with keys held, which `qtbot.mouseMove` cannot."""
    view, left = canvas.viewport(), Qt.MouseButton.LeftButton
    qtbot.mousePress(view, left, pos=start)
    for spot in (start + QPoint(0, 30), goal):
        where = QPointF(spot), QPointF(view.mapToGlobal(spot))
        none = Qt.MouseButton.NoButton
        QApplication.sendEvent(
            view, QMouseEvent(QEvent.Type.MouseMove, *where, none, left, modifiers)
        )


@pytest.mark.parametrize(
    ("modifiers", "snaps"), [(Qt.KeyboardModifier.NoModifier, True), (ALT, False)]
)
def test_a_dragged_card_snaps_to_others_and_alt_switches_that_off(show, qtbot, modifiers, snaps):
    canvas = show(CHAIN)
    place(canvas, dense_1=(0, 420), dense_2=(0, 430))
    canvas.fit()
    off = (canvas.network.nodes["dense_1"].y() - canvas.network.nodes["dense_2"].y()) * canvas.zoom
    start = at(canvas, "dense_2")
    goal = start + QPoint(0, round(off) + 3)
    drag_with(canvas, qtbot, start, goal, modifiers)
    assert canvas.network.guides.isVisible() is snaps
    level = [line for line in canvas.network.guides.lines if line.dy() == 0]
    assert bool(level) is snaps
    canvas.grab()
    qtbot.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=goal)
    tops = [corners(canvas)[name].y() for name in ("dense_1", "dense_2")]
    assert (tops[0] == tops[1]) is snaps
    assert not canvas.network.guides.isVisible()


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


# Align


BOXES = {
    "a": QRectF(0, 0, 100, 200),
    "b": QRectF(150, 40, 120, 200),
    "c": QRectF(400, 300, 80, 100),
}


@pytest.mark.parametrize(
    ("how", "line"),
    [
        ("left", QRectF.left),
        ("center", lambda box: box.center().x()),
        ("right", QRectF.right),
        ("top", QRectF.top),
        ("middle", lambda box: box.center().y()),
        ("bottom", QRectF.bottom),
    ],
)
def test_aligned_cards_share_a_line_and_cover_nothing(how, line):
    moved = {name: QRectF(at, BOXES[name].size()) for name, at in aligned(how, BOXES).items()}
    assert len({line(box) for box in moved.values()}) == 1
    assert not any(a != b and moved[a].intersects(moved[b]) for a in moved for b in moved)


@pytest.mark.parametrize("how", ["across", "down"])
def test_distributed_cards_have_equal_gaps_and_the_ends_stay(how):
    moved = [QRectF(at, BOXES[name].size()) for name, at in aligned(how, BOXES).items()]
    first, last = (QRectF.left, QRectF.right) if how == "across" else (QRectF.top, QRectF.bottom)
    assert first(moved[1]) - last(moved[0]) == pytest.approx(first(moved[2]) - last(moved[1]))
    assert moved[0] == BOXES["a"] and moved[2] == BOXES["c"]


def test_a_box_snaps_to_the_nearest_line_within_reach():
    by, guides = snapped(QRectF(153, 500, 120, 60), list(BOXES.values()), 6)
    assert by == QPointF(-3, 0)
    assert {(line.x1(), line.x2()) for line in guides} == {(150, 150), (210, 210), (270, 270)}
    assert snapped(QRectF(158, 500, 120, 60), list(BOXES.values()), 6) == (QPointF(), [])


def test_the_menu_aligns_the_selected_cards_as_one_undo_step(show, qtbot):
    canvas = show(CHAIN)
    place(canvas, dense_1=(0, 90), dense_3=(0, -60))
    canvas.selection.choose(["dense_1", "dense_2", "dense_3"])
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(canvas.viewport(), event)
    menu = QApplication.activePopupWidget()
    align = next(action.menu() for action in menu.actions() if action.text() == "Align")
    texts = {action.text(): action for action in align.actions() if not action.isSeparator()}
    assert list(texts) == [name for name, _ in ALIGNMENTS.values()]
    assert all(action.isEnabled() and action.statusTip() for action in texts.values())
    texts["Align top"].trigger()
    menu.close()
    tops = {corners(canvas)[f"dense_{i}"].y() for i in (1, 2, 3)}
    assert len(tops) == 1
    assert canvas.document.undo_stack.undoText() == "Align top"
    canvas.document.undo_stack.undo()
    assert len({corners(canvas)[f"dense_{i}"].y() for i in (1, 2, 3)}) == 3


def test_two_cards_are_aligned_but_not_distributed_and_one_is_not(show, qtbot):
    canvas, menu = show(CHAIN), QMenu()
    qtbot.addWidget(menu)
    for count, able in ((1, 0), (2, 6), (3, 8)):
        canvas.selection.choose([f"dense_{i}" for i in range(1, count + 1)])
        fill_align_menu(menu, canvas)
        assert sum(a.isEnabled() for a in menu.actions() if not a.isSeparator()) == able
    canvas.selection.choose(["dense_1"])
    canvas.commands.align("left")
    assert not is_placed(graph(canvas))


# Wires


def test_wires_of_a_frozen_network_go_as_they_went(show):
    for experiment in (CHAIN, SKIP, BRANCHES, LONG):
        canvas = show(experiment)
        before = canvas.network.arrangement.routes
        place(canvas, input=(0, 0))
        for pair, route in canvas.network.arrangement.routes.items():
            assert near(route.corners[0], before[pair].corners[0], 2)
            assert near(route.corners[-1], before[pair].corners[-1], 2)
            assert route.plain == before[pair].plain
        check_order(canvas)


def test_a_wire_back_to_the_left_goes_around_and_keeps_its_plus(show, qtbot):
    canvas = show(CHAIN)
    place(canvas, dense_3=(-500, 420))
    route = canvas.network.arrangement.routes["dense_2", "dense_3"]
    assert route.way is Way.TURN and route.plain
    cards = boxes(canvas)
    start, *_, end = route.corners
    assert start.x() == cards["dense_2"].right() and end.x() == cards["dense_3"].left()
    assert not canvas.network.edges["dense_2", "dense_3"].isVisible()
    wire = canvas.network.wires["dense_2", "dense_3"]
    assert canvas.network.plus_at(wire.middle) is wire
    assert not any(box.contains(wire.middle) for box in cards.values())


def test_a_wire_avoids_a_card_that_is_put_in_its_way(show):
    canvas = show(SKIP)
    place(canvas, dense_2=(0, 520))
    straight = canvas.network.arrangement.routes["dense_1", "add_1"]
    assert straight.way is Way.STRAIGHT
    place(canvas, dense_2=(0, -490))
    around = canvas.network.arrangement.routes["dense_1", "add_1"]
    box = boxes(canvas)["dense_2"].adjusted(2, 2, -2, -2)
    path = canvas.network.wires["dense_1", "add_1"].path
    assert around.way is Way.TRACK
    assert not any(box.contains(path.pointAtPercent(i / 200)) for i in range(201))


def test_edges_between_units_follow_a_placed_card(show):
    canvas = show(CHAIN)
    place(canvas, dense_2=(0, 150))
    edges = canvas.network.edges["dense_1", "dense_2"]
    units = canvas.network.nodes["dense_2"].units()
    assert edges.isVisible() and edges.hit(units[0].center() - QPointF(units[0].width() / 2, 0), 3)


def test_what_is_out_of_sight_is_found_and_fitted(show, qtbot):
    canvas = show(LONG)
    place(canvas, dense_5=(2000, 900))
    shown = canvas.mapToScene(canvas.viewport().rect()).boundingRect()
    assert not shown.contains(boxes(canvas)["dense_5"])
    canvas.commands.select_card("dense_5")
    shown = canvas.mapToScene(canvas.viewport().rect()).boundingRect()
    assert shown.contains(boxes(canvas)["dense_5"])
    canvas.fit()
    shown = canvas.mapToScene(canvas.viewport().rect()).boundingRect()
    assert shown.contains(canvas.network.arrangement.bounds) and canvas.fitted
