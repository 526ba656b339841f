"""The shape of a penalty over two weights."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.penalties import Penalty
from playground.ui import theme
from playground.ui.i18n import tr
from playground.ui.previews.contours import Values, contours

REACH, POINTS = 1.25, 41
RADII = (0.4, 0.8, 1.2)
"""The lines go through these weights w₁ where w₂ = 0."""


class PenaltyPreview(QWidget):
    """Lines of equal penalty: a diamond for L1, a circle for L2, a square for L∞."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.penalty: Penalty | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.manager().changed.connect(self.updateGeometry)

    def show_penalty(self, penalty: Penalty) -> None:
        """Draw a penalty; there is nothing to draw of one without strength."""
        self.penalty = penalty
        self.setVisible(getattr(penalty, "strength", 0) > 0)
        name = tr("Lines of equal penalty over two weights w₁ and w₂")
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(132))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.penalty is None:
            return
        colors, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("caption"))
        side = self.height() - 2
        box = QRectF((self.width() - side) / 2, 1, side, side)
        center = box.center()
        painter.setPen(QPen(colors.line, 1))
        painter.drawLine(QPointF(box.left(), center.y()), QPointF(box.right(), center.y()))
        painter.drawLine(QPointF(center.x(), box.top()), QPointF(center.x(), box.bottom()))
        painter.setPen(colors.ink3)
        right = QRectF(box.right() + 4, center.y() - theme.px(8), theme.px(30), theme.px(16))
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter, "w₁")
        painter.drawText(QPointF(center.x() + 5, box.top() + theme.px(11)), "w₂")
        values = _values(self.penalty)
        levels = [_value(self.penalty, radius, 0.0) for radius in RADII]
        for path, width in zip(contours(values, levels, box), (1.2, 1.6, 2.0), strict=True):
            painter.setPen(QPen(colors.ink, width))
            painter.drawPath(path)


def _value(penalty: Penalty, *weights: float) -> float:
    return penalty.value(np.array(weights), np.ones(len(weights)))


def _values(penalty: Penalty) -> Values:
    """Return the penalty on a grid of two weights."""
    ticks = np.linspace(-REACH, REACH, POINTS).tolist()
    return np.array([[_value(penalty, w1, w2) for w1 in ticks] for w2 in ticks])
