"""A small plot of functions, painted without a plotting library: light enough for a popup."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.ui import theme

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Curve:
    """One function: its name and its values, equally spaced; the second one is dashed."""

    name: str
    values: Values


class FunctionPreview(QWidget):
    """Up to two functions of one variable, named above, with the ends of the axes written.

    Parameters
    ----------
    width, height
        The size at 100 %.
    """

    def __init__(self, width: int = 200, height: int = 120, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = width, height
        self.curves: tuple[Curve, ...] = ()
        self.ends = 0.0, 1.0
        self.range = 0.0, 1.0
        self.texts = "", "", ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.manager().changed.connect(self.updateGeometry)

    def show_curves(
        self,
        curves: tuple[Curve, ...],
        ends: tuple[float, float],
        range: tuple[float, float],
        texts: tuple[str, str, str] = ("", "", ""),
    ) -> None:
        """Draw functions.

        Parameters
        ----------
        ends
            The lowest and the highest x.
        range
            The lowest and the highest value that shows.
        texts
            What stands at the left and the right end of x, and at the highest value.
        """
        self.curves, self.ends, self.range, self.texts = curves, ends, range, texts
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(self._size[0]), theme.px(self._size[1]))

    def area(self) -> QRectF:
        """Return where the functions are drawn."""
        bottom = theme.px(18) if any(self.texts) else 2
        top = theme.px(24)
        return QRectF(1, top, self.width() - 2, self.height() - top - bottom)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("caption"))
        self._paint_names(painter)
        if self.curves:
            self._paint_axes(painter)
            self._paint_curves(painter)

    def _paint_names(self, painter: QPainter) -> None:
        colors = theme.current()
        head = QRectF(0, 0, self.width(), theme.px(18))
        sides = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight)
        for curve, color, side in zip(self.curves, (colors.ink, colors.val), sides, strict=False):
            painter.setPen(color)
            painter.drawText(head, side, curve.name)

    def _paint_axes(self, painter: QPainter) -> None:
        """Draw the lines x = 0 and y = 0 where they are in sight, and write the ends."""
        colors, area = theme.current(), self.area()
        (left, right), (low, high) = self.ends, self.range
        painter.setPen(QPen(colors.line, 1))
        if low <= 0 <= high:
            zero = area.bottom() - (0 - low) / (high - low) * area.height()
            painter.drawLine(QPointF(area.left(), zero), QPointF(area.right(), zero))
        if left <= 0 <= right:
            middle = area.left() + (0 - left) / (right - left) * area.width()
            painter.drawLine(QPointF(middle, area.top()), QPointF(middle, area.bottom()))
        painter.setPen(colors.ink3)
        foot = QRectF(0, area.bottom() + 2, self.width(), theme.px(16))
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, self.texts[0])
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight, self.texts[1])
        above = QRectF(0, 0, self.width(), theme.px(18))
        painter.drawText(above, Qt.AlignmentFlag.AlignRight, self.texts[2])

    def _paint_curves(self, painter: QPainter) -> None:
        colors, area = theme.current(), self.area()
        low, high = self.range
        painter.setClipRect(area.adjusted(0, -1, 0, 1))
        pens = (QPen(colors.ink, 2), QPen(colors.val, 1.6, Qt.PenStyle.DashLine))
        for curve, pen in reversed(list(zip(self.curves, pens, strict=False))):
            x = np.linspace(area.left(), area.right(), len(curve.values))
            y = area.bottom() - (curve.values - low) / (high - low) * area.height()
            painter.setPen(pen)
            points = zip(x.tolist(), y.tolist(), strict=True)
            painter.drawPolyline(QPolygonF([QPointF(*point) for point in points]))
