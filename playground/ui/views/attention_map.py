"""The map of an attention head, with its tokens, and small maps of all heads to choose from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QFocusEvent,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.ui import theme
from playground.ui.canvas.thumbnails import picture
from playground.ui.cells import MOVES, Cell, CellPicture
from playground.ui.i18n import tr
from playground.ui.numbers import percent_text

LARGEST_CELL = 40
THUMB = 44

Weights = NDArray[np.float32]


def map_picture(weights: Weights) -> QImage:
    """Return weights (queries, keys) in blue; NaN as surface.

    The strength is the root of the share of the largest weight, as with a causal mask the first
    query can but give all to itself, beside which nothing else would be seen.
    """
    return picture(theme.ramp(np.sqrt(weights / largest(weights)), theme.current().pos))


def largest(weights: Weights) -> float:
    """Return the largest weight."""
    return max(float(np.nan_to_num(weights).max(initial=0.0)), 1e-9)


def hidden_runs(weights: Weights) -> list[tuple[int, int, int]]:
    """Return row, first column and end of each stretch of hidden keys."""
    runs = []
    for row, hidden in enumerate(np.isnan(weights)):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], hidden.astype(np.int8), [0]))))
        runs += [(row, *ends) for ends in edges.reshape(-1, 2).tolist()]
    return runs


class AttentionMap(CellPicture):
    """Rows are queries, columns keys; the mouse or the arrow keys read single weights out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._weights: Weights = np.zeros((0, 0), np.float32)
        self._queries: Sequence[str] = ()
        self._keys: Sequence[str] = ()
        self._image: QImage | None = None
        self._runs: list[tuple[int, int, int]] = []
        theme.manager().changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(372), theme.px(320))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(170), theme.px(170))

    def show_map(self, weights: Weights, queries: Sequence[str], keys: Sequence[str]) -> None:
        """Show weights (queries, keys), NaN where a mask hides a key, with their labels."""
        self._weights, self._queries, self._keys = weights, queries, keys
        self._restyle()

    def _restyle(self) -> None:
        self._image = map_picture(self._weights) if self._weights.size else None
        self._runs = hidden_runs(self._weights)
        self._point_at(self._cell)
        self.update()

    def readout(self, query: int, key: int) -> str:
        """Return what a weight means, in words."""
        names = {"query": self._queries[query], "key": self._keys[key]}
        weight = float(self._weights[query, key])
        if np.isnan(weight):
            return tr("“{query}” does not see “{key}”: masked", **names)
        return tr("“{query}” looks at “{key}”: {share}", share=percent_text(weight), **names)

    def grid(self) -> tuple[float, float, float]:
        """Return left and top of the first cell, and the side of a cell."""
        metrics = QFontMetrics(theme.font("thumb"))
        line, widest = metrics.height(), self._widest(metrics, self._keys)
        left, top = self._widest(metrics, self._queries) + theme.px(6), line + theme.px(4)
        side = self._side(left, top)
        if widest > max(side, line):  # the keys are turned
            top = widest + theme.px(4)
            side = self._side(left, top)
        slack = (self.width() - left - side * max(len(self._keys), 1)) / 2
        return left + max(slack, 0.0), top, side

    def _side(self, left: float, top: float) -> float:
        """Return the side of a cell where labels take so much."""
        rows, columns = max(len(self._queries), 1), max(len(self._keys), 1)
        side = min((self.width() - left) / columns, (self.height() - top) / rows)
        return max(min(side, theme.px(LARGEST_CELL)), 1.0)

    def _widest(self, metrics: QFontMetrics, labels: Sequence[str]) -> float:
        widest = max((metrics.horizontalAdvance(label) for label in labels), default=0)
        return min(widest, theme.px(64))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image is None:
            return
        colors, painter = theme.current(), QPainter(self)
        left, top, side = self.grid()
        rows, columns = self._weights.shape
        box = QRectF(left, top, side * columns, side * rows)
        painter.drawImage(box, self._image)
        hatch = QBrush(colors.ctl, Qt.BrushStyle.BDiagPattern)
        for row, start, end in self._runs:
            place = QRectF(left + start * side, top + row * side, (end - start) * side, side)
            painter.fillRect(place, colors.raised)
            painter.fillRect(place, hatch)
        painter.setPen(QPen(colors.line, 1))
        painter.drawRect(box)
        self._paint_labels(painter, left, top, side)
        if self._cell is not None:
            painter.setPen(QPen(colors.ink, 2))
            painter.drawRect(self._cell_box(*self._cell))

    def _paint_labels(self, painter: QPainter, left: float, top: float, side: float) -> None:
        """Write queries at the left and keys above, turned where they are wide, as many as fit."""
        colors, flags = theme.current(), Qt.AlignmentFlag
        painter.setFont(theme.font("thumb"))
        metrics = painter.fontMetrics()
        line, elide = metrics.height(), Qt.TextElideMode.ElideRight
        stride = max(1, round(0.8 * line / side))
        row, column = self._cell or (-1, -1)
        for index in range(0, len(self._queries), stride):
            painter.setPen(colors.ink if index == row else colors.ink2)
            place = QRectF(0, top + (index + 0.5) * side - line / 2, left - theme.px(4), line)
            text = metrics.elidedText(self._queries[index], elide, int(place.width()))
            painter.drawText(place, flags.AlignRight | flags.AlignVCenter, text)
        upright = top <= line + theme.px(4)
        for index in range(0, len(self._keys), stride):
            painter.setPen(colors.ink if index == column else colors.ink2)
            x = left + (index + 0.5) * side
            if upright:
                wide = max(side, 2 * line)
                place = QRectF(x - wide / 2, 0, wide, top - theme.px(2))
                painter.drawText(place, flags.AlignHCenter | flags.AlignBottom, self._keys[index])
                continue
            painter.save()
            painter.translate(x, top - theme.px(4))
            painter.rotate(-90)
            text = metrics.elidedText(self._keys[index], elide, int(top))
            place = QRectF(0, -line / 2, top, line)
            painter.drawText(place, flags.AlignLeft | flags.AlignVCenter, text)
            painter.restore()

    def shape(self) -> tuple[int, int]:
        rows, columns = self._weights.shape
        return rows, columns

    def cell_at(self, at: QPointF) -> Cell | None:
        """Return query and key under a point."""
        left, top, side = self.grid()
        row, column = int((at.y() - top) // side), int((at.x() - left) // side)
        rows, columns = self.shape()
        return (row, column) if 0 <= row < rows and 0 <= column < columns else None

    def _cell_box(self, row: int, column: int) -> QRectF:
        left, top, side = self.grid()
        return QRectF(left + column * side, top + row * side, side, side)


class Heads(QWidget):
    """Small maps of all heads, one of which is chosen by a click or the arrow keys.

    Signals
    -------
    chosen(head)
        A person chose a head, counted from 0.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._weights: Weights = np.zeros((0, 0, 0), np.float32)
        self._images: list[QImage] = []
        self.head = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.manager().changed.connect(self._restyle)

    def show_maps(self, weights: Weights, head: int) -> None:
        """Show weights (heads, queries, keys)."""
        self._weights, self.head = weights, head
        self._restyle()

    def _restyle(self) -> None:
        self._images = [map_picture(head) for head in self._weights]
        self._fit()
        self.setAccessibleDescription(
            tr("head {head} of {count}", head=self.head + 1, count=len(self._images))
        )
        self.update()

    def _columns(self) -> int:
        return max(1, self.width() // theme.px(THUMB + 6))

    def _fit(self) -> None:
        rows = -(-max(len(self._images), 1) // self._columns())
        self.setFixedHeight(rows * theme.px(THUMB + 20))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(THUMB + 6), theme.px(THUMB + 20))

    def place(self, head: int) -> QRectF:
        """Return where the map of a head stands."""
        row, column = divmod(head, self._columns())
        side = theme.px(THUMB)
        return QRectF(column * (side + theme.px(6)) + 2, row * theme.px(THUMB + 20) + 2, side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for head, image in enumerate(self._images):
            box, chosen = self.place(head), head == self.head
            painter.drawImage(box, image)
            painter.setPen(QPen(colors.ink, 2) if chosen else QPen(colors.line, 1))
            painter.drawRect(box)
            if chosen and self.hasFocus():
                painter.drawRect(box.adjusted(4, 4, -4, -4))
            painter.setFont(theme.font("button" if chosen else "caption"))
            painter.setPen(colors.ink if chosen else colors.ink3)
            below = QRectF(box.left(), box.bottom(), box.width(), theme.px(17))
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(head + 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for head in range(len(self._images)):
            if self.place(head).adjusted(-3, -3, 3, 18).contains(event.position()):
                self._choose(head)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows, columns = MOVES.get(Qt.Key(event.key()), (0, 0))
        by = rows * self._columns() + columns
        if by:
            self._choose(min(max(self.head + by, 0), len(self._images) - 1))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)

    def _choose(self, head: int) -> None:
        if head != self.head:
            self.head = head
            self._restyle()
            self.chosen.emit(head)
