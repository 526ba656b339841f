"""One unit of a card, seen large beside the pointer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from playground.ui import theme
from playground.ui.canvas.words import node_title
from playground.ui.i18n import tr
from playground.ui.numbers import signed_text
from playground.ui.planes import Bounds
from playground.ui.scales import round_ticks

if TYPE_CHECKING:
    from playground.ui.canvas.node import NodeItem
    from playground.ui.canvas.view import Canvas

SIDE = 220
"""The longer side of the picture, in pixels at 100 %."""
_AWAY = 24
_KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True)
class Closeup:
    """What a unit gives, to be seen large.

    Attributes
    ----------
    name
        What the unit is called; empty for what has but one picture.
    image
        One pixel a value.
    lowest, highest
        The range of the values.
    bounds, axes
        What part of a plane it shows, and the names of its two inputs; None where it is no plane.
    marked
        Column and row of the pixel that the unit is, where the image has those of others, too.
    """

    name: str
    image: QImage
    lowest: float
    highest: float
    bounds: Bounds | None = None
    axes: tuple[str, str] = ("", "")
    marked: tuple[int, int] | None = None


class Magnifier(QWidget):
    """Shows a unit as long as the pointer is on it, or the keys walk over the units of a card."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._card: NodeItem | None = None
        self.cell = -1
        self.closeup: Closeup | None = None
        self._by_keys = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.manager().changed.connect(self.hide)
        self.hide()

    def point(self, card: NodeItem | None, place: QPointF) -> None:
        """Show the unit at a place of the scene, if there is one."""
        cells = [] if card is None else card.face.cells(card.body.translated(card.pos()))
        cell = next((i for i, box in enumerate(cells) if box.contains(place)), -1)
        if cell < 0 and self._by_keys:
            return
        self._by_keys = False
        self._show(card, cell, self._canvas.mapFromScene(place))

    def open(self, card: NodeItem) -> None:
        """Show the first unit of a card, for the keys; nothing where it has none to show."""
        self._by_keys = True
        self._show_beside(card, 0)

    def pressed(self, key: int) -> bool:
        """Walk to the neighbour or close, if the keys opened it; return whether that is so."""
        if not self._by_keys or self.isHidden() or self._card is None:
            return False
        if key == Qt.Key.Key_Escape:
            self.close_up()
        elif key in _KEYS:
            count = len(self._card.face.cells(self._card.body))
            self._show_beside(self._card, (self.cell + _KEYS[Qt.Key(key)]) % count)
        else:
            return False
        return True

    def refresh(self) -> None:
        """Show what the unit gives now."""
        if self.isVisible() and self._card is not None:
            self.closeup = self._card.face.closeup(self.cell)
            self.setVisible(self.closeup is not None)
            self.update()

    def close_up(self) -> None:
        """Show nothing."""
        self._card, self._by_keys = None, False
        self.hide()

    def _show_beside(self, card: NodeItem, cell: int) -> None:
        cells = card.face.cells(card.body.translated(card.pos()))
        if cell < len(cells):
            self._show(card, cell, self._canvas.mapFromScene(cells[cell].center()))

    def _show(self, card: NodeItem | None, cell: int, at: QPoint) -> None:
        self.closeup = card.face.closeup(cell) if card is not None and cell >= 0 else None
        if self.closeup is None:
            self.close_up()
            return
        assert card is not None
        self._card, self.cell = card, cell
        self.setAccessibleName(f"{self._title()}, {self._range()}")
        box = self._box()
        below = theme.px(44 if self.closeup.bounds is not None else 30)
        self.resize(int(box.right()) + theme.px(12), int(box.bottom()) + below)
        self.move(self._place(at))
        self.show()
        self.raise_()
        self.update()

    def _place(self, at: QPoint) -> QPoint:
        """Return where to stand beside a place of the canvas without leaving it."""
        away, room = theme.px(_AWAY), self._canvas.size()
        x, y = at.x() + away, at.y() + away
        if x + self.width() > room.width():
            x = at.x() - away - self.width()
        y = min(y, room.height() - self.height())
        return QPoint(max(x, 0), max(y, 0))

    def _title(self) -> str:
        assert self._card is not None and self.closeup is not None
        return " · ".join(filter(None, (node_title(self._card.node), self.closeup.name)))

    def _range(self) -> str:
        assert self.closeup is not None
        low, high = signed_text(self.closeup.lowest), signed_text(self.closeup.highest)
        return low if low == high else tr("from {low} to {high}", low=low, high=high)

    def _box(self) -> QRectF:
        """Return the place of the picture."""
        assert self.closeup is not None
        size = self.closeup.image.size()
        side = theme.px(SIDE) / max(size.width(), size.height())
        left = theme.px(34 if self.closeup.bounds is not None else 12)
        return QRectF(left, theme.px(34), side * size.width(), side * size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.closeup is None or self._card is None:
            return
        colors, painter, box = theme.current(), QPainter(self), self._box()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colors.ctl, 1))
        painter.setBrush(colors.panel)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.setPen(colors.ink)
        painter.setFont(theme.font("button"))
        above = QRectF(theme.px(12), 0, self.width() - theme.px(24), theme.px(34))
        title = QFontMetrics(painter.font()).elidedText(
            self._title(), Qt.TextElideMode.ElideMiddle, int(above.width())
        )
        painter.drawText(above, Qt.AlignmentFlag.AlignVCenter, title)
        plane = self.closeup.bounds is not None
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, plane)
        painter.drawImage(box, self.closeup.image)
        painter.setPen(QPen(colors.line, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        self._paint_mark(painter, box)
        painter.setFont(theme.font("caption"))
        if self.closeup.bounds is not None:
            self._paint_axes(painter, box, self.closeup.bounds)
        painter.setPen(colors.ink2)
        below = QRectF(box.left(), self.height() - theme.px(24), box.width(), theme.px(18))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self._range())

    def _paint_mark(self, painter: QPainter, box: QRectF) -> None:
        assert self.closeup is not None
        if self.closeup.marked is None:
            return
        column, row = self.closeup.marked
        cell = box.width() / self.closeup.image.width()
        spot = QRectF(box.left() + column * cell, box.top() + row * cell, cell, cell)
        painter.setPen(QPen(theme.current().ink, 2))
        painter.drawRect(spot)

    def _paint_axes(self, painter: QPainter, box: QRectF, bounds: Bounds) -> None:
        assert self.closeup is not None
        left, right, low, high = bounds
        horizontal, vertical = self.closeup.axes
        wide, line = theme.px(60), theme.px(16)
        painter.setPen(theme.current().ink3)
        for at, text in round_ticks(left, right, 3):
            x = box.left() + (at - left) / (right - left) * box.width()
            spot = QRectF(x - wide / 2, box.bottom() + 2, wide, line)
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, text)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for at, text in round_ticks(low, high, 3):
            y = box.bottom() - (at - low) / (high - low) * box.height()
            painter.drawText(QRectF(box.left() - wide - 5, y - line / 2, wide, line), flags, text)
        painter.setPen(theme.current().ink)
        painter.drawText(QRectF(box.left() - wide - 5, box.top(), wide, line), flags, vertical)
        spot = QRectF(box.right() - wide, box.bottom() + 2, wide, line)
        painter.drawText(spot, flags, horizontal)
