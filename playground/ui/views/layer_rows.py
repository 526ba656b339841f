"""A row a layer: its name, its numbers over time, and their mean size on a common scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.ui import theme
from playground.ui.findings import HEALTHY
from playground.ui.i18n import tr
from playground.ui.numbers import decade_text
from playground.ui.tip import Tip
from playground.ui.views.layer_history import SMALLEST

ROW, STEPS, TOP, BOTTOM = 46, 40, 20, 20
"""Heights in pixels: a layer, its gradients by time step, column titles, and the axes below."""


@dataclass(frozen=True)
class Row:
    """What is drawn of one layer.

    Attributes
    ----------
    title, detail
        Two lines at the left.
    image
        Histograms over time.
    reach
        What the upper and lower border of the picture stand for.
    size
        The mean absolute value.
    tip
        What the mouse reads out.
    steps
        Sizes by time step, of a recurrent layer.
    """

    title: str
    detail: str
    image: QImage
    reach: tuple[str, str]
    size: float
    tip: str
    steps: NDArray[np.float32] | None = None

    @property
    def height(self) -> int:
        """The pixels that it takes at 100 %."""
        return ROW if self.steps is None else ROW + STEPS


@dataclass(frozen=True)
class Scale:
    """The logarithmic scale of sizes: decades from `low` to `high`, and whether a band is good."""

    low: int = -3
    high: int = 1
    band: bool = False

    def share(self, size: float) -> float:
        """Return where a size lies, from 0 to 1."""
        decade = log10(max(size, SMALLEST))
        return min(max((decade - self.low) / (self.high - self.low), 0.0), 1.0)

    def holding(self, sizes: Sequence[float]) -> Scale:
        """Return the scale, widened until it holds sizes."""
        decades = [log10(max(size, SMALLEST)) for size in sizes]
        low, high = min(map(floor, decades), default=0), max(map(ceil, decades), default=0)
        return Scale(min(self.low, low), max(self.high, high), self.band)


class LayerRows(QWidget):
    """The rows, with their sizes joined by a line from the first layer to the last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self.scale = Scale()
        self._titles = ("", "")
        self._times = ("", "")
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.tip = Tip(self)
        theme.manager().changed.connect(self.updateGeometry)

    def show_rows(
        self, rows: list[Row], scale: Scale, titles: tuple[str, str], times: tuple[str, str]
    ) -> None:
        """Show other rows, with the titles of picture and scale, and the ends of time."""
        grows = [row.height for row in rows] != [row.height for row in self.rows]
        self.rows, self.scale, self._titles, self._times = rows, scale, titles, times
        self.setAccessibleDescription("; ".join(row.tip for row in rows))
        if grows:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        height = sum(theme.px(row.height) for row in self.rows)
        return QSize(theme.px(372), theme.px(TOP) + height + theme.px(BOTTOM))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(180), self.sizeHint().height())

    def columns(self) -> tuple[QRectF, QRectF]:
        """Return where pictures and scale stand, from the first row to the last."""
        metrics = QFontMetrics(theme.font("button"))
        widest = max((metrics.horizontalAdvance(row.title) for row in self.rows), default=0)
        small = QFontMetrics(theme.font("caption"))
        widest = max([widest, *(small.horizontalAdvance(row.detail) for row in self.rows)])
        names = min(widest + theme.px(10), self.width() * 0.4)
        thumb = QFontMetrics(theme.font("thumb"))
        reaches = [thumb.horizontalAdvance(text) for row in self.rows for text in row.reach]
        right, gap = theme.px(10), max(reaches, default=0) + theme.px(16)
        scale = max(theme.px(58), (self.width() - names) * 0.38)
        top, height = theme.px(TOP), sum(theme.px(row.height) for row in self.rows)
        left = self.width() - right - scale
        picture = QRectF(names, top, max(left - gap - names, theme.px(24)), height)
        return picture, QRectF(left, top, scale, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        picture, scale = self.columns()
        self._paint_band(painter, scale)
        dots, top = [], scale.top()
        for row in self.rows:
            box = QRectF(0, top, self.width(), theme.px(ROW))
            self._paint_row(painter, row, box, picture)
            place = scale.left() + self.scale.share(row.size) * scale.width()
            dots.append(QPointF(place, box.center().y()))
            if row.steps is not None:
                place = QRectF(0, box.bottom(), self.width(), theme.px(STEPS))
                self._paint_steps(painter, row.steps, place)
            top += theme.px(row.height)
        self._paint_sizes(painter, dots)
        self._paint_axes(painter, picture, scale)

    def _paint_row(self, painter: QPainter, row: Row, box: QRectF, picture: QRectF) -> None:
        colors, flags = theme.current(), Qt.AlignmentFlag
        names = QRectF(0, box.top() + 2, picture.left() - 4, box.height() - 6)
        for font, ink, text, flag in (
            ("button", colors.ink, row.title, flags.AlignTop),
            ("caption", colors.ink3, row.detail, flags.AlignBottom),
        ):
            painter.setFont(theme.font(font))
            painter.setPen(ink)
            elide = Qt.TextElideMode.ElideRight
            shown = painter.fontMetrics().elidedText(text, elide, int(names.width()))
            painter.drawText(names, flag | flags.AlignLeft, shown)
        frame = QRectF(picture.left(), box.top() + 2, picture.width(), box.height() - 6)
        painter.drawImage(frame, row.image)
        painter.setPen(QPen(colors.line, 1))
        painter.drawRect(frame)
        painter.setFont(theme.font("thumb"))
        painter.setPen(colors.ink3)
        beside = QRectF(frame.right() + 4, frame.top() - 2, self.width(), frame.height() + 4)
        painter.drawText(beside, flags.AlignTop | flags.AlignLeft, row.reach[0])
        painter.drawText(beside, flags.AlignBottom | flags.AlignLeft, row.reach[1])

    def _paint_band(self, painter: QPainter, scale: QRectF) -> None:
        """Fill the healthy part of the scale, and draw its decades."""
        colors = theme.current()
        if self.scale.band:
            left, right = (scale.left() + self.scale.share(end) * scale.width() for end in HEALTHY)
            painter.fillRect(QRectF(left, scale.top(), right - left, scale.height()), colors.okbg)
        painter.setPen(QPen(colors.line, 1))
        for x, _ in self._ticks(scale):
            painter.drawLine(QPointF(x, scale.top()), QPointF(x, scale.bottom()))

    def _ticks(self, scale: QRectF) -> list[tuple[float, str]]:
        """Return places and texts of some decades, as many as there is room for."""
        metrics = QFontMetrics(theme.font("caption"))
        room = max(1, int(scale.width() // (metrics.horizontalAdvance("10⁻⁸") + theme.px(6))))
        span = self.scale.high - self.scale.low
        stride = next(n for n in (1, 2, 4, 8, 16, 32) if span <= n * room)
        first = -(-self.scale.low // stride) * stride
        decades = range(first, self.scale.high + 1, stride)
        return [
            (scale.left() + (d - self.scale.low) / span * scale.width(), decade_text(d))
            for d in decades
        ]

    def _paint_sizes(self, painter: QPainter, dots: list[QPointF]) -> None:
        colors, radius = theme.current(), theme.px(4)
        painter.setPen(QPen(colors.ink3, 1.5))
        painter.drawPolyline(QPolygonF(dots))
        painter.setPen(QPen(colors.panel, 1.5))
        for row, dot in zip(self.rows, dots, strict=True):
            good = not self.scale.band or HEALTHY[0] <= row.size <= HEALTHY[1]
            painter.setBrush(colors.ink if good else colors.err)
            if good:
                painter.drawEllipse(dot, radius, radius)
            else:  # told apart by its shape, too
                painter.drawPolygon(QPolygonF([dot + QPointF(*p) for p in _diamond(1.4 * radius)]))

    def _paint_axes(self, painter: QPainter, picture: QRectF, scale: QRectF) -> None:
        colors, flags = theme.current(), Qt.AlignmentFlag
        painter.setFont(theme.font("caption"))
        metrics = painter.fontMetrics()
        painter.setPen(colors.ink3)
        line = theme.px(TOP)
        for title, column in zip(self._titles, (picture, scale), strict=True):
            wide = metrics.horizontalAdvance(title)
            right = min(column.left() + max(wide, column.width()), self.width())
            if wide <= column.width() + theme.px(12):
                place = QRectF(right - wide - 1, 0, wide + 2, line)
                place.moveLeft(min(column.left(), self.width() - wide - 2))
                painter.drawText(place, flags.AlignVCenter | flags.AlignLeft, title)
        below = QRectF(picture.left(), picture.bottom(), picture.width(), theme.px(BOTTOM))
        if metrics.horizontalAdvance(" ".join(self._times)) < below.width():
            painter.drawText(below, flags.AlignVCenter | flags.AlignLeft, self._times[0])
        painter.drawText(below, flags.AlignVCenter | flags.AlignRight, self._times[1])
        for x, text in self._ticks(scale):
            wide = metrics.horizontalAdvance(text) + 2
            place = QRectF(
                min(x - wide / 2, self.width() - wide), below.top(), wide, below.height()
            )
            painter.drawText(place, flags.AlignCenter, text)

    def _paint_steps(self, painter: QPainter, steps: NDArray[np.float32], box: QRectF) -> None:
        """Draw a bar for each time step on the same scale, its zero at the bottom."""
        colors, flags = theme.current(), Qt.AlignmentFlag
        picture, _ = self.columns()
        area = QRectF(picture.left(), box.top() + 2, picture.width(), box.height() - 8)
        painter.setFont(theme.font("caption"))
        painter.setPen(colors.ink3)
        names = QRectF(0, area.top(), picture.left() - 4, area.height())
        painter.drawText(names, flags.AlignVCenter | flags.AlignLeft, tr("by time step"))
        painter.fillRect(area, colors.raised)
        low, high = (area.bottom() - self.scale.share(end) * area.height() for end in HEALTHY)
        painter.fillRect(QRectF(area.left(), high, area.width(), low - high), colors.okbg)
        width = area.width() / len(steps)
        for step, size in enumerate(steps.tolist()):
            good = HEALTHY[0] <= size <= HEALTHY[1]
            height = self.scale.share(size) * area.height()
            bar = QRectF(area.left() + step * width, area.bottom() - height, width, height)
            bar.adjust(0, 0, -min(1.0, width / 4), 0)
            painter.fillRect(bar, colors.ink if good else colors.err)

    def row_at(self, y: float) -> Row | None:
        """Return the row at a height."""
        top = theme.px(TOP)
        for row in self.rows:
            top += theme.px(row.height)
            if theme.px(TOP) <= y < top:
                return row
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self.row_at(event.position().y())
        self.tip.setVisible(row is not None)
        if row is not None:
            self.tip.setText(row.tip)
            self.tip.adjustSize()
            x = min(event.position().x() + 12, self.width() - self.tip.width())
            y = event.position().y() + 16
            if y + self.tip.height() > self.height():
                y = event.position().y() - self.tip.height() - 8
            self.tip.move(round(max(x, 0)), round(y))
            self.tip.raise_()

    def leaveEvent(self, event: QEvent) -> None:
        self.tip.hide()
        super().leaveEvent(event)


def _diamond(radius: float) -> list[tuple[float, float]]:
    return [(-radius, 0), (0, -radius), (radius, 0), (0, radius)]
