"""Where a chart draws its curves: ground, axes and lines painted in one go, which takes no time.

Ground and axes are kept as a picture until they change, so that a live curve costs its line alone.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pyqtgraph.functions import create_qpolygonf, ndarray_from_qpolygonf
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QMouseEvent,
    QPaintEngine,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.ui import theme
from playground.ui.plot_area import CurveStyle
from playground.ui.scales import Ticks


class Line:
    """A line in the units of the axes; NaN interrupts it. Its last point has a dot."""

    def __init__(self, style: CurveStyle) -> None:
        self.style = style
        self.set_data(np.empty(0), np.empty(0))

    def set_data(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> None:
        """Run through other points; `end` is the last of them, None where there is none."""
        self.x, self.y = x, y
        shown = np.flatnonzero(np.isfinite(y))
        self.end = (float(x[shown[-1]]), float(y[shown[-1]])) if len(shown) else None


class CurveArea(QWidget):
    """Axes and lines of a chart.

    Signals
    -------
    pointed(place)
        The mouse moved to a place of the widget, or left it (None).
    resized()
        The area has another size.
    """

    pointed = Signal(object)
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []
        self.span_x, self.span_y = (0.0, 1.0), (0.0, 1.0)
        self._ticks_x: Ticks = []
        self._ticks_y: Ticks = []
        self._cursor: float | None = None
        self._ground: QPixmap | None = None
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setSizePolicy(policy)
        theme.manager().changed.connect(self._renew)
        self._renew()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(120))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(70), theme.px(50))

    def add_line(self, style: CurveStyle) -> Line:
        """Add an empty line and return it; `update` shows what is written into it."""
        self.lines.append(Line(style))
        return self.lines[-1]

    def set_x(self, low: float, high: float, ticks: Ticks) -> None:
        """Set the range of x; `ticks` are pairs of position and text."""
        self.span_x, self._ticks_x = (low, high), ticks
        self._renew()

    def set_y(self, low: float, high: float, ticks: Ticks) -> None:
        """Set the range of y; `ticks` are pairs of position and text."""
        self.span_y, self._ticks_y = (low, high), ticks
        self._renew()

    def set_cursor(self, x: float | None) -> None:
        """Show a vertical line, or hide it."""
        if x != self._cursor:
            self._cursor = x
            self.update()

    def box(self) -> QRectF:
        """Return the place between the axes."""
        right, below = -theme.px(14), -theme.px(24)
        return QRectF(self.rect().adjusted(self._left, theme.px(8), right, below))

    def place(self, x: float, y: float) -> QPointF:
        """Return where a point stands in the widget."""
        box, (left, right), (low, high) = self.box(), self.span_x, self.span_y
        return QPointF(
            box.left() + (x - left) / (right - left) * box.width(),
            box.bottom() - (y - low) / (high - low) * box.height(),
        )

    def value(self, place: QPointF) -> tuple[float, float]:
        """Return the point at a place of the widget."""
        box, (left, right), (low, high) = self.box(), self.span_x, self.span_y
        return (
            left + (place.x() - box.left()) / box.width() * (right - left),
            low + (box.bottom() - place.y()) / box.height() * (high - low),
        )

    def _renew(self) -> None:
        """Draw the ground anew, with room for the widest number of y."""
        metrics = QFontMetrics(theme.font("caption"))
        widest = max((metrics.horizontalAdvance(text) for _, text in self._ticks_y), default=0)
        self._left = widest + theme.px(7)
        self._ground = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._ground = None
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if painter.paintEngine().type() != QPaintEngine.Type.Raster:
            self._paint_ground(painter)  # a drawing that is saved keeps its lines and letters
        else:
            if self._ground is None:
                self._ground = self._draw_ground()
            painter.drawPixmap(0, 0, self._ground)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.box()
        reach = theme.px(5)
        painter.setClipRect(box.adjusted(-reach, -reach, reach, reach))
        for line in self.lines:
            self._paint_line(painter, line, box)
        if self._cursor is not None:
            painter.setPen(QPen(theme.current().ink, 1.5 * theme.manager().scale))
            x = self.place(self._cursor, 0).x()
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))

    def _paint_line(self, painter: QPainter, line: Line, box: QRectF) -> None:
        (left, right), (low, high) = self.span_x, self.span_y
        x = box.left() + (line.x - left) * (box.width() / (right - left))
        y = box.bottom() - (line.y - low) * (box.height() / (high - low))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(line.style.pen())
        for stretch in _stretches(y):
            polygon = create_qpolygonf(stretch.stop - stretch.start)
            points = ndarray_from_qpolygonf(polygon)
            points[:, 0], points[:, 1] = x[stretch], y[stretch]
            painter.drawPolyline(polygon)
        if line.end is not None:
            colors, scale = theme.current(), theme.manager().scale
            painter.setPen(QPen(colors.panel, 2 * scale))
            painter.setBrush(colors.color(line.style.color))
            painter.drawEllipse(self.place(*line.end), 4.6 * scale, 4.6 * scale)

    def _draw_ground(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap((QRectF(self.rect()).size() * ratio).toSize())
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(picture)
        self._paint_ground(painter)
        painter.end()
        return picture

    def _paint_ground(self, painter: QPainter) -> None:
        colors, box = theme.current(), self.box()
        painter.fillRect(self.rect(), colors.panel)
        painter.setFont(theme.font("caption"))
        half, wide = theme.px(10), theme.px(120)
        for at, text in self._ticks_y[:: self.stride()]:
            y = round(self.place(self.span_x[0], at).y())
            painter.setPen(colors.line)
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(colors.ink3)
            spot = QRectF(box.left() - theme.px(5) - wide, y - half, wide, 2 * half)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(spot, flags, text)
        painter.setPen(colors.ctl)
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        for at, text in self._ticks_x:
            x = round(self.place(at, self.span_y[0]).x())
            painter.setPen(colors.ctl)
            painter.drawLine(QPointF(x, box.bottom()), QPointF(x, box.bottom() + 3))
            painter.setPen(colors.ink3)
            spot = QRectF(x - wide / 2, box.bottom() + 3, wide, 2 * half)
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, text)

    def stride(self) -> int:
        """Return every how many of the ticks of y there is room for their numbers."""
        places = [self.place(0.0, at).y() for at, _ in self._ticks_y[:2]]
        if len(places) < 2:
            return 1
        height = QFontMetrics(theme.font("caption")).height()
        return math.ceil(height / max(abs(places[0] - places[1]), 1.0))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointed.emit(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(None)
        super().leaveEvent(event)


def _stretches(y: NDArray[np.float64]) -> Sequence[slice]:
    """Return the stretches of `y` without NaN; most often there is one."""
    finite = np.isfinite(y)
    if finite.all():
        return [slice(0, len(y))] if len(y) else []
    edges = np.flatnonzero(np.diff(np.concatenate([[False], finite, [False]]).astype(np.int8)))
    return [slice(start, end) for start, end in edges.reshape(-1, 2).tolist()]
