"""Cards aligned by the menu and while they are dragged, and distributed evenly."""

import pytest
from canvas_tools import ALT, CHAIN, at, corners, graph, place
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QMenu

from engine.graph_places import is_placed
from playground.ui.canvas.aligning import ALIGNMENTS, aligned, snapped
from playground.ui.canvas.card_menu import fill_align_menu

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
