"""A field on which points are painted and erased, by mouse, pen or keys."""

from __future__ import annotations

import random
from collections.abc import Sequence
from math import cos, hypot, sin, sqrt, tau
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from engine.tasks import Dataset
from engine.tasks.points import MOST_POINTS
from playground.ui import theme
from playground.ui.drawn import DrawnItem
from playground.ui.i18n import tr
from playground.ui.numbers import number_text
from playground.ui.planes import Bounds
from playground.ui.views.axis import PLANE, Axis
from playground.ui.views.boundary_field import BoundaryField
from playground.ui.views.field_picture import Marks

Point = tuple[float, float, float]

BRUSHES = ((0.0, 1), (0.09, 4), (0.2, 12))
"""How far points of a dab scatter, as a share of half the plane, and how many they are."""
ERASERS = (0.05, 0.12, 0.25)
SPACING = 0.06
"""How far a brush for single points moves, as such a share, before it paints another one."""

MOVES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
FINE, COARSE = 0.05, 0.25
"""How far an arrow key moves, as such a share, without and with Shift."""


class PaintField(BoundaryField):
    """The field of a decision; where the points are a person's own, they can be painted.

    The right button erases. The arrow keys move a cross, Space paints there, Delete erases.

    Signals
    -------
    painted(points, erased)
        A stroke has ended, and has painted points or taken some away.

    Attributes
    ----------
    label
        The class that is painted.
    erasing
        Whether points are taken away rather than painted.
    size
        The size of brush and eraser: 0, 1 or 2.
    """

    painted = Signal(tuple, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label, self.erasing, self.size = 0, False, 0
        self._own: list[Point] | None = None
        self._kept = np.empty(0, np.int64)
        self._stroke: list[Point] | None = None
        self._stroke_erases = False
        self._last: tuple[float, float] | None = None
        self._mouse: QPointF | None = None
        self._cursor = (0.0, 0.0)
        self._chance = random.Random(0)
        self._pointer = PointerItem()
        self.picture.scene().addItem(self._pointer)

    # What is on the field

    def set_own(self, points: Sequence[Point] | None) -> None:
        """Show a person's own points, to be painted on; None shows those of the data set."""
        if self._stroke is not None or (points is not None and list(points) == self._own):
            return
        if points is None and self._own is None:
            return
        self._own = None if points is None else list(points)
        editable = self._own is not None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if editable else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.CrossCursor if editable else Qt.CursorShape.ArrowCursor)
        self.announce()
        self._draw_marks()
        self._show_cursor()

    def set_data(
        self, dataset: Dataset | None, bounds: Bounds, axes: tuple[Axis, Axis] = PLANE
    ) -> None:
        if dataset is not self._dataset:
            part = np.empty((0, 2)) if dataset is None else dataset.validation.inputs[:, :2]
            self._kept = _keys(part)
        super().set_data(dataset, bounds, axes)

    def announce(self) -> None:
        super().announce()
        if self._own is None:
            return
        x1, x2 = (number_text(at, 2) for at in self._cursor)
        self.setAccessibleDescription(
            tr(
                "{count} points of your own; the cross is at x₁ {x1}, x₂ {x2}; the arrow keys move "
                "it, Space paints, Delete erases",
                count=len(self._own),
                x1=x1,
                x2=x2,
            )
        )

    def _marks(self) -> tuple[list[Marks], int]:
        if self._own is None:
            return super()._marks()
        if not self._own:
            return [], 0
        rows = np.array(self._own)
        kept = np.isin(_keys(rows[:, :2]), self._kept)
        parts = ((False, ~kept), (True, kept & self._validation))
        return [
            self._mark(rows[chosen], rows[chosen, 2].astype(np.int64), hollow)
            for hollow, chosen in parts
        ], max(2, 1 + int(rows[:, 2].max()))

    # Strokes

    def stroke(self, start: tuple[float, float], end: tuple[float, float], erase: bool) -> None:
        """Paint or erase along a line of the plane, at its end at least."""
        if self._own is None:
            return
        way = hypot(end[0] - start[0], end[1] - start[1])
        steps = max(1, int(way / (self._reach() * max(SPACING, BRUSHES[self.size][0]))))
        for step in range(1, steps + 1):
            share = step / steps
            x1, x2 = (a + (b - a) * share for a, b in zip(start, end, strict=True))
            if erase:
                self._erase(x1, x2)
            else:
                self._dab(x1, x2)
        self._draw_marks()

    def _reach(self) -> float:
        """Return half the width of the plane."""
        left, right, _, _ = self._bounds
        return (right - left) / 2

    def _dab(self, x1: float, x2: float) -> None:
        """Paint a few points around a place, evenly over a disc."""
        assert self._own is not None
        radius, count = BRUSHES[self.size]
        left, right, low, high = self._bounds
        for _ in range(min(count, MOST_POINTS - len(self._own))):
            turn = tau * self._chance.random()
            far = radius * self._reach() * sqrt(self._chance.random())
            a, b = x1 + far * cos(turn), x2 + far * sin(turn)
            if left <= a <= right and low <= b <= high:
                self._own.append((round(a, 4), round(b, 4), float(self.label)))

    def _erase(self, x1: float, x2: float) -> None:
        assert self._own is not None
        radius = ERASERS[self.size] * self._reach()
        self._own = [p for p in self._own if hypot(p[0] - x1, p[1] - x2) > radius]

    def _begin(self, erase: bool) -> None:
        assert self._own is not None
        self._stroke, self._stroke_erases = list(self._own), erase or self.erasing

    def _end(self) -> None:
        before, self._stroke = self._stroke, None
        if self._own is not None and self._own != before:
            self.announce()
            self.painted.emit(tuple(self._own), self._stroke_erases)

    def clear(self) -> None:
        """Take all points away."""
        if self._own is not None:
            self._begin(True)
            self._own = []
            self._end()
            self._draw_marks()

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        buttons = (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton)
        inside = self.square().contains(event.position())
        if self._own is None or event.button() not in buttons or not inside:
            super().mousePressEvent(event)
            return
        self.tip.hide()
        self._begin(event.button() == Qt.MouseButton.RightButton)
        self._last = self._point_at(event.position())
        self.stroke(self._last, self._last, self._stroke_erases)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        inside = self.square().contains(event.position())
        self._mouse = event.position() if self._own is not None and inside else None
        self._show_cursor()
        if self._stroke is None:
            super().mouseMoveEvent(event)
            return
        at = self._point_at(event.position())
        if inside and self._last is not None and self._is_far(at):
            self.stroke(self._last, at, self._stroke_erases)
            self._last = at
        elif inside and self._last is None:
            self._last = at
        elif not inside:
            self._last = None

    def _is_far(self, at: tuple[float, float]) -> bool:
        """Whether the mouse has moved far enough for the next dab; the eraser follows at once."""
        assert self._last is not None
        radius = max(SPACING, BRUSHES[self.size][0]) * self._reach()
        way = hypot(at[0] - self._last[0], at[1] - self._last[1])
        return self._stroke_erases or way >= radius

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._stroke is not None:
            self._end()

    def leaveEvent(self, event: QEvent) -> None:
        self._mouse = None
        self._show_cursor()
        super().leaveEvent(event)

    # The keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self._own is None:
            super().keyPressEvent(event)
        elif key in MOVES:
            self._move_cursor(
                *MOVES[key], bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            )
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._stroke_at_cursor(False)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._stroke_at_cursor(True)
        else:
            super().keyPressEvent(event)

    def _stroke_at_cursor(self, erase: bool) -> None:
        self._begin(erase)
        self.stroke(self._cursor, self._cursor, self._stroke_erases)
        self._end()

    def _move_cursor(self, right: int, up: int, coarse: bool) -> None:
        by = (COARSE if coarse else FINE) * self._reach()
        left, far_right, low, high = self._bounds
        x1, x2 = self._cursor[0] + right * by, self._cursor[1] + up * by
        self._cursor = min(max(x1, left), far_right), min(max(x2, low), high)
        self.announce()
        self._show_cursor()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_cursor()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_cursor()

    def _lay_out(self) -> None:
        super()._lay_out()
        self._show_cursor()

    def _show_cursor(self) -> None:
        """Show how far the brush under the mouse reaches, and the cross of the keyboard."""
        erases = self._stroke_erases if self._stroke is not None else self.erasing
        radius = ERASERS[self.size] if erases else BRUSHES[self.size][0]
        editable, box = self._own is not None, self.square()
        self._pointer.set_bounds(box)
        self._pointer.show_at(
            self._mouse if editable else None,
            radius * box.width() / 2,
            self._place(*self._cursor) if editable and self.hasFocus() else None,
        )


class PointerItem(DrawnItem):
    """The reach of a brush as a circle, and the cross of the keyboard with a ring of focus."""

    def __init__(self) -> None:
        super().__init__()
        self._mouse: QPointF | None = None
        self._cross: QPointF | None = None
        self._reach = 0.0

    def show_at(self, mouse: QPointF | None, reach: float, cross: QPointF | None) -> None:
        """Draw a circle around the mouse and the arms of a cross, where they are."""
        if (mouse, reach, cross) != (self._mouse, self._reach, self._cross):
            self._mouse, self._reach, self._cross = mouse, reach, cross
            self.update()

    def draw(self, painter: QPainter) -> None:
        colors = theme.current()
        painter.setClipRect(self.rect())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._mouse is not None and self._reach:
            painter.setPen(QPen(colors.ink, 1.5))
            painter.drawEllipse(self._mouse, self._reach, self._reach)
        if self._cross is not None:
            painter.setPen(QPen(colors.ink, 2))
            at, arm = self._cross, theme.px(7)
            painter.drawLine(at - QPointF(arm, 0), at + QPointF(arm, 0))
            painter.drawLine(at - QPointF(0, arm), at + QPointF(0, arm))
            ring = self.rect().adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(ring, theme.px(4), theme.px(4))


def _keys(points: NDArray[Any]) -> NDArray[np.int64]:
    """Return a number for each of points (n, 2), the same whether they are float32 or not."""
    x1, x2 = np.rint(1000 * points.astype(np.float64)).astype(np.int64).T
    return x1 * 100_003 + x2
