"""What stands on the canvas beside the cards: the loss, frames of blocks, and what is dragged."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsSimpleTextItem,
    QStyleOptionGraphicsItem,
    QWidget,
)

from playground.ui import icons, theme
from playground.ui.canvas.node import RADIUS
from playground.ui.drawn import DrawnItem


class LossItem(DrawnItem):
    """The card of the loss, at the right end."""

    def __init__(self) -> None:
        super().__init__()
        self.size = QRectF(0, 0, 74, 64)
        self.name, self.value = "", "–"
        self._number = QGraphicsSimpleTextItem(self)
        self.set_bounds(self.size.adjusted(-2, -2, 2, 2))
        self.setZValue(10)
        self.restyle()

    def show(self, name: str, value: str) -> None:
        """Write the loss anew."""
        if name != self.name:
            self.name = name
            self.update()
        if value != self.value:
            self.value = value
            self._write()

    def _write(self) -> None:
        self._number.setText(self.value)
        across = self._number.boundingRect().width()
        self._number.setPos(self.size.center().x() - across / 2, 29)

    def restyle(self) -> None:
        """Paint in the colours of the theme."""
        self._number.setFont(theme.font("value", 1))
        self._number.setBrush(theme.current().ink)
        self._write()
        self.update()

    def draw(self, painter: QPainter) -> None:
        colors = theme.current()
        painter.setPen(QPen(colors.ctl, 1))
        painter.setBrush(colors.panel)
        painter.drawRoundedRect(self.size, 8, 8)
        painter.setFont(theme.font("caption", 1))
        painter.setPen(colors.ink2)
        center = Qt.AlignmentFlag.AlignCenter
        painter.drawText(self.size.adjusted(0, 9, 0, -35), center, self.name)


class LandingItem(QGraphicsItem):
    """The dashed card that shows what a dragged layer would become."""

    def __init__(self) -> None:
        super().__init__()
        self.size = QRectF(0, 0, 132, 78)
        self.words = ("", "", "")
        self.failed = False
        self.setZValue(40)
        self.hide()

    def show_at(self, center: QPointF, words: tuple[str, str, str], failed: bool) -> None:
        """Stand at a place; the words are title, shape and parameters."""
        self.prepareGeometryChange()
        metrics = QFontMetricsF(theme.font("heading", 1))
        self.size.setWidth(max(132.0, metrics.horizontalAdvance(words[0]) + 28))
        self.words, self.failed = words, failed
        self.setPos(center - self.size.center())
        self.show()
        self.update()

    def boundingRect(self) -> QRectF:
        return self.size.adjusted(-2, -2, 2, 2)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = theme.current()
        color = colors.err if self.failed else colors.ink
        painter.setPen(QPen(color, 2, Qt.PenStyle.DashLine))
        painter.setBrush(colors.panel)
        painter.drawRoundedRect(self.size, RADIUS, RADIUS)
        roles = ("heading", "caption", "caption")
        tokens = (colors.ink, color, colors.ink2)
        for row, text in enumerate(self.words):
            painter.setFont(theme.font(roles[row], 1))
            painter.setPen(tokens[row])
            line = QRectF(0, 10 + 20 * row, self.size.width(), 18)
            painter.drawText(line, Qt.AlignmentFlag.AlignCenter, text)


class FrameItem(DrawnItem):
    """The frame around the cards of an open block, with its name below; a click there folds it."""

    def __init__(self, title: str, boxes: Sequence[QRectF]) -> None:
        super().__init__()
        self.title = title
        self._box = reduce(QRectF.united, boxes).adjusted(-14, -10, 14, 26)
        self.set_bounds(self._box.adjusted(-2, -2, 2, 2))
        self.setZValue(-10)

    def tab(self) -> QRectF:
        """Return the place of the name."""
        width = QFontMetricsF(theme.font("caption", 1)).horizontalAdvance(self.title) + 40
        return QRectF(self._box.left(), self._box.bottom() - 26, width, 26)

    def draw(self, painter: QPainter) -> None:
        colors, tab = theme.current(), self.tab()
        painter.setPen(QPen(colors.ctl, 1, Qt.PenStyle.DashLine))
        painter.setBrush(colors.raised)
        painter.drawRoundedRect(self._box, RADIUS + 6, RADIUS + 6)
        painter.drawPixmap(tab.topLeft() + QPointF(12, 5), icons.pixmap("minus", 14, "ink2", 3.0))
        painter.setFont(theme.font("caption", 1))
        painter.setPen(colors.ink2)
        painter.drawText(tab.adjusted(30, -2, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.title)


class DraftItem(QGraphicsItem):
    """The wire that is being drawn, from a card to the pointer or to the card it would join."""

    def __init__(self) -> None:
        super().__init__()
        self._path = QPainterPath()
        self._refused = False
        self.setZValue(35)
        self.hide()

    def show_between(self, start: QPointF, end: QPointF, refused: bool) -> None:
        """Run from a port to a point; a refused wire is red and dashed."""
        self.prepareGeometryChange()
        reach = QPointF(max(40.0, abs(end.x() - start.x()) / 2), 0)
        self._path, self._refused = QPainterPath(start), refused
        self._path.cubicTo(start + reach, end - reach, end)
        self.show()

    def boundingRect(self) -> QRectF:
        return self._path.boundingRect().adjusted(-8, -8, 8, 8)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = theme.current()
        color = colors.err if self._refused else colors.ink
        style = Qt.PenStyle.DashLine if self._refused else Qt.PenStyle.SolidLine
        painter.strokePath(self._path, QPen(color, 2.4, style))
        painter.setPen(QPen(color, 2))
        painter.setBrush(colors.panel)
        painter.drawEllipse(self._path.currentPosition(), 5, 5)


class BandItem(QGraphicsItem):
    """The rectangle that selects what it touches."""

    def __init__(self) -> None:
        super().__init__()
        self.box = QRectF()
        self.setZValue(50)
        self.hide()

    def stretch(self, start: QPointF, end: QPointF) -> None:
        """Span two corners."""
        self.prepareGeometryChange()
        self.box = QRectF(start, end).normalized()
        self.show()

    def boundingRect(self) -> QRectF:
        return self.box.adjusted(-2, -2, 2, 2)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        colors = theme.current()
        painter.setPen(QPen(colors.ink, 1, Qt.PenStyle.DashLine))
        painter.drawRect(self.box)
