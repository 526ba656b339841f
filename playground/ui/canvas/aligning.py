"""Aligned cards: edges and centres on one line, equal gaps, and what a dragged card snaps to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import reduce

from PySide6.QtCore import QLineF, QPointF, QRectF

from playground.ui.canvas.layout import LANE_GAP
from playground.ui.i18n import N_

SNAP = 6
"""Pixels of the screen within which a dragged card snaps."""

Corners = dict[str, QPointF]
Boxes = Mapping[str, QRectF]

Lines = Mapping[str, Callable[[QRectF], float]]

_ACROSS: Lines = {
    "left": QRectF.left,
    "center": lambda box: box.center().x(),
    "right": QRectF.right,
}
_DOWN: Lines = {
    "top": QRectF.top,
    "middle": lambda box: box.center().y(),
    "bottom": QRectF.bottom,
}
"""Where the upright and the level lines of a box lie."""

ALIGNMENTS = {
    "left": (N_("Align left"), N_("Put the left edges of the selected cards on one line")),
    "center": (N_("Align center"), N_("Put the centers of the selected cards on one upright line")),
    "right": (N_("Align right"), N_("Put the right edges of the selected cards on one line")),
    "top": (N_("Align top"), N_("Put the top edges of the selected cards on one line")),
    "middle": (N_("Align middle"), N_("Put the centers of the selected cards on one level line")),
    "bottom": (N_("Align bottom"), N_("Put the bottom edges of the selected cards on one line")),
    "across": (N_("Distribute horizontally"), N_("Make the gaps from left to right equal")),
    "down": (N_("Distribute vertically"), N_("Make the gaps from top to bottom equal")),
}
"""What can be done with several cards: its name, and what it does."""


def fewest(how: str) -> int:
    """Return how many cards it takes."""
    return 3 if how in ("across", "down") else 2


def aligned(how: str, boxes: Boxes) -> Corners:
    """Return where cards stand aligned; those that would cover each other stand side by side."""
    if how in ("across", "down"):
        return _distributed(boxes, how == "across")
    whole = reduce(QRectF.united, boxes.values())
    across = how in _ACROSS
    line = (_ACROSS if across else _DOWN)[how]
    moved = {
        name: box.translated(*(_along(line(whole) - line(box), across)))
        for name, box in boxes.items()
    }
    return _apart(moved, across)


def _along(by: float, across: bool) -> tuple[float, float]:
    return (by, 0.0) if across else (0.0, by)


def _apart(boxes: Boxes, down: bool) -> Corners:
    """Return the corners of boxes, in one direction moved on as far as they cover each other."""
    first = QRectF.top if down else QRectF.left
    last = QRectF.bottom if down else QRectF.right
    stand: dict[str, QRectF] = {}
    for name in sorted(boxes, key=lambda name: (first(boxes[name]), boxes[name].top())):
        box = QRectF(boxes[name])
        covered = [last(other) for other in stand.values() if other.intersects(box)]
        while covered:
            box.translate(*_along(max(covered) + LANE_GAP - first(box), not down))
            covered = [last(other) for other in stand.values() if other.intersects(box)]
        stand[name] = box
    return {name: box.topLeft() for name, box in stand.items()}


def _distributed(boxes: Boxes, across: bool) -> Corners:
    first, last = (QRectF.left, QRectF.right) if across else (QRectF.top, QRectF.bottom)
    order = sorted(boxes, key=lambda name: first(boxes[name]))
    start, end = first(boxes[order[0]]), max(last(box) for box in boxes.values())
    taken = sum(last(box) - first(box) for box in boxes.values())
    gap = (end - start - taken) / (len(boxes) - 1)
    corners: Corners = {}
    for name in order:
        box = boxes[name]
        corners[name] = box.topLeft() + QPointF(*_along(start - first(box), across))
        start += last(box) - first(box) + gap
    return corners


def snapped(box: QRectF, others: Collection[QRectF], reach: float) -> tuple[QPointF, list[QLineF]]:
    """Return by how much a box moves to align with others near it, and the lines that tell so."""
    by = QPointF(_step(_ACROSS, box, others, reach), _step(_DOWN, box, others, reach))
    there, guides = box.translated(by), list[QLineF]()
    for lines, across in ((_ACROSS, True), (_DOWN, False)):
        for line in lines.values():
            at = line(there)
            same = [other for other in others if abs(line(other) - at) < 0.01]
            if same:
                whole = reduce(QRectF.united, same, there)
                guides.append(
                    QLineF(at, whole.top(), at, whole.bottom())
                    if across
                    else QLineF(whole.left(), at, whole.right(), at)
                )
    return by, guides


def _step(lines: Lines, box: QRectF, others: Collection[QRectF], reach: float) -> float:
    """Return the shortest way to a line of the same kind, 0 where none is within reach."""
    ways = (line(other) - line(box) for line in lines.values() for other in others)
    return min((way for way in ways if abs(way) <= reach), key=abs, default=0.0)
