"""The whole network in a corner, with a frame around what the canvas shows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from playground.ui import theme
from playground.ui.i18n import Translated, tr

if TYPE_CHECKING:
    from playground.ui.canvas.view import Canvas

LEAST_CARDS = 15
"""Networks of fewer cards are seen without a map."""


class Minimap(Translated, QWidget):
    """A map of the cards; a click or a drag on it moves the canvas there."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        self.setAccessibleName(tr("Map of the network"))
        self.setToolTip(tr("Click to go there"))

    def place(self, below: QRect) -> None:
        """Stand above the zoom control, where there are many cards and some are out of sight."""
        bounds = self._canvas.network.arrangement.bounds
        hidden = not self._shown().contains(bounds)
        self.setVisible(hidden and len(self._canvas.network.nodes) >= LEAST_CARDS)
        room = theme.px(150), theme.px(110)
        scale = min(room[0] / bounds.width(), room[1] / bounds.height())
        self.resize(round(bounds.width() * scale) + 12, round(bounds.height() * scale) + 12)
        self.move(below.right() - self.width() + 1, below.top() - self.height() - theme.px(6))
        self.update()

    def _shown(self) -> QRectF:
        """Return the part of the scene that the canvas shows."""
        return self._canvas.mapToScene(self._canvas.viewport().rect()).boundingRect()

    def _scale(self) -> tuple[QRectF, float]:
        """Return what is mapped, and the pixels of the map for one of the scene."""
        bounds = self._canvas.network.arrangement.bounds
        return bounds, (self.width() - 12) / bounds.width()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(colors.panel)
        ground.setAlphaF(0.92)
        painter.setPen(QPen(colors.line, 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        bounds, scale = self._scale()
        painter.translate(6, 6)
        painter.scale(scale, scale)
        painter.translate(-bounds.topLeft())
        painter.setPen(Qt.PenStyle.NoPen)
        for item in self._canvas.network.nodes.values():
            painter.setBrush(
                colors.err if item.failed else colors.ink if item.selected else colors.ctl
            )
            painter.drawRect(item.box.translated(item.pos()))
        painter.setPen(QPen(colors.ink, 1.5 / scale))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self._shown().intersected(bounds))

    def _go(self, event: QMouseEvent) -> None:
        bounds, scale = self._scale()
        self._canvas.center_on((event.position() - QPointF(6, 6)) / scale + bounds.topLeft())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go(event)
