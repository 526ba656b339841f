"""The thin lines along which a dragged card is aligned with others."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from playground.ui import theme

_OVER = 16.0
"""How far a line runs on beyond the cards that it joins."""


class GuidesItem(QGraphicsItem):
    """Upright and level lines through edges and centres of cards."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[QLineF, ...] = ()
        self.setZValue(45)
        self.hide()

    def show_lines(self, lines: Collection[QLineF]) -> None:
        """Show other lines; none hide the item."""
        if tuple(lines) == self.lines:
            return
        self.prepareGeometryChange()
        self.lines = tuple(lines)
        self.setVisible(bool(self.lines))

    def boundingRect(self) -> QRectF:
        whole = QRectF()
        for line in self.lines:
            ends = QRectF(line.p1(), line.p2()).normalized()
            whole = whole.united(ends.adjusted(-_OVER, -_OVER, _OVER, _OVER))
        return whole.adjusted(-2, -2, 2, 2)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        pen = QPen(theme.current().ink2, 1, Qt.PenStyle.DashLine)
        pen.setCosmetic(True)
        painter.setPen(pen)
        for line in self.lines:
            over = (line.p2() - line.p1()) * (_OVER / max(line.length(), 1.0))
            painter.drawLine(line.p1() - over, line.p2() + over)
