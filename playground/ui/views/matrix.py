"""A confusion matrix as a grid of counts, with recall, precision and accuracy."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from engine.metrics import class_report
from playground.ui import theme
from playground.ui.cells import CHOOSING, Cell, CellPicture
from playground.ui.i18n import tr, tr_n
from playground.ui.numbers import number_text, percent_text

HITS = 0.42
"""How strong the blue of the diagonal is."""


class Matrix(CellPicture):
    """A grid of counts; the mouse or the arrow keys read single cells out.

    Signals
    -------
    chosen(cell)
        A person clicked on a cell (true, predicted), or pressed Enter or Space on it.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: NDArray[Any] = np.zeros((10, 10), np.int64)
        self._labels: Sequence[str] = [str(digit) for digit in range(10)]
        self._answer: NDArray[Any] | None = None
        self._shares = False
        self._chosen: Cell | None = None
        theme.manager().changed.connect(self._limit_height)
        self._limit_height()

    def _limit_height(self) -> None:
        """Be no higher than rows of a readable height; the rest is for the samples."""
        self.setMaximumHeight(theme.px(20) + theme.px(30) * (len(self._labels) + 1))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(372), theme.px(22) * (len(self._labels) + 2))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(150), theme.px(15) * (len(self._labels) + 2))

    def set_counts(self, counts: NDArray[Any] | None, labels: Sequence[str]) -> None:
        """Show counts (classes, classes); None shows an empty grid."""
        if counts is self._answer and labels == self._labels:
            return
        self._answer, known, self._labels = counts, self._labels, labels
        if labels != known:
            self._limit_height()
        size = len(labels)
        self._counts = np.zeros((size, size), np.int64) if counts is None else counts
        self._point_at(self._cell)
        self.update()

    def show_shares(self, shares: bool) -> None:
        """Show percent of the true class rather than counts."""
        self._shares = shares
        self.update()

    def set_chosen(self, cell: Cell | None) -> None:
        """Mark a cell (true, predicted), or none."""
        self._chosen = cell
        self.update()

    def retranslate(self) -> None:
        """Write the texts anew."""
        self.setAccessibleName(tr("Confusion matrix"))
        self._point_at(self._cell)
        self.update()

    def readout(self, true: int, predicted: int) -> str:
        """Return what a cell means, in words."""
        count = int(self._counts[true, predicted])
        whole = int(self._counts[true].sum())
        return tr_n(
            "true {true}, predicted {predicted}: {n} sample ({share})",
            "true {true}, predicted {predicted}: {n} samples ({share})",
            count,
            true=tr(self._labels[true]),
            predicted=tr(self._labels[predicted]),
            share=percent_text(count / whole if whole else 0.0),
        )

    def text(self, true: int, predicted: int) -> str:
        """Return what stands in a cell; zeros stay blank."""
        count = int(self._counts[true, predicted])
        if not count or not self._shares:
            return str(count) if count else ""
        share = 100 * count / int(self._counts[true].sum())
        return number_text(share, 0 if share >= 9.95 else 1)

    def _grid(self) -> tuple[float, float, float, float]:
        """Return left and top of the first cell, and width and height of a cell with its gap."""
        metrics = QFontMetrics(theme.font("caption"))
        widest = max(metrics.horizontalAdvance(tr(label)) for label in self._labels) + 10
        title = metrics.horizontalAdvance(_precision()) + 6
        left, top = max(theme.px(26), title, min(widest, self.width() // 4)), theme.px(20)
        size, right = len(self._labels), theme.px(48)
        most = QFontMetrics(theme.font("thumb")).horizontalAdvance(str(self._counts.sum(1).max()))
        if (self.width() - left - right) / size < most + 3:
            right = 0  # the counts need the room of the recalls
        height = min((self.height() - top) / (size + 1), theme.px(30))
        return left, top, (self.width() - left - right) / size, height

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_cells(painter)
        self._paint_borders(painter)

    def _paint_cells(self, painter: QPainter) -> None:
        colors, (left, top, width, height) = theme.current(), self._grid()
        counts = self._counts
        errors = counts - np.diag(counts.diagonal())
        shares = np.log1p(errors) / np.log1p(max(int(errors.max(initial=0)), 1))
        fills = theme.ramp(0.2 + 0.8 * shares, colors.neg)
        np.einsum("iic->ic", fills)[:] = theme.ramp(HITS, colors.pos)
        painter.setFont(theme.font("thumb"))
        metrics = painter.fontMetrics()
        middle = (height - 2 + metrics.ascent() - metrics.descent()) / 2
        inks: dict[str, list[tuple[QPointF, str]]] = {}
        painter.setPen(Qt.PenStyle.NoPen)
        for (true, predicted), count in np.ndenumerate(counts):
            x, y = left + predicted * width, top + true * height
            fill = QColor(*fills[true, predicted, :3].tolist()) if count else colors.raised
            painter.setBrush(fill)
            painter.drawRoundedRect(QRectF(x, y, width - 2, height - 2), 3, 3)
            text = self.text(true, predicted)
            room = width - 2 - metrics.horizontalAdvance(text)
            if text and room > -2:
                place = QPointF(x + room / 2, y + middle)
                inks.setdefault(_ink_on(fill.rgb()), []).append((place, text))
        for ink, texts in inks.items():
            painter.setPen(QColor(ink))
            for place, text in texts:
                painter.drawText(place, text)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for cell in (self._chosen, self._cell):
            if cell is not None:
                painter.setPen(QPen(colors.ink, 2))
                painter.drawRoundedRect(self._cell_box(*cell).adjusted(0, 0, -2, -2), 3, 3)

    def _paint_borders(self, painter: QPainter) -> None:
        """Write labels, recall, precision and, in the corner, the accuracy."""
        colors, (left, top, width, height) = theme.current(), self._grid()
        size = len(self._labels)
        report, total = class_report(self._counts), int(self._counts.sum())
        end, bottom = left + size * width, top + size * height
        middle, right = Qt.AlignmentFlag.AlignCenter, Qt.AlignmentFlag.AlignRight
        right |= Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("caption"))
        painter.setPen(colors.ink2)
        edge = self.width() - end if end < self.width() - theme.px(24) else 0
        metrics, elide = painter.fontMetrics(), Qt.TextElideMode.ElideRight
        for index, label in enumerate(map(tr, self._labels)):
            x, y = left + index * width, top + index * height
            above = metrics.elidedText(label, elide, round(width))
            painter.drawText(QRectF(x, 0, width, top), middle, above)
            beside = metrics.elidedText(label, elide, round(left - 8))
            painter.drawText(QRectF(0, y, left - 8, height), right, beside)
        painter.setPen(colors.ink3)
        if edge > 0:
            painter.drawText(QRectF(end - 20, 0, edge + 20, top), right, tr("Recall"))
        row = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, bottom, left, height), row, _precision())
        if not total:
            return
        painter.setPen(colors.ink2)
        painter.setFont(theme.font("thumb"))
        decimals = 1 if painter.fontMetrics().horizontalAdvance("99.9") < width - 2 else 0
        for index in range(size):
            y = top + index * height
            if edge > 0:
                recall = percent_text(float(report.recall[index]))
                painter.drawText(QRectF(end, y, edge, height), right, recall)
            box = QRectF(left + index * width, bottom, width, height)
            text = number_text(100 * float(report.precision[index]), decimals)
            painter.drawText(box, middle, text)
        if not edge > 0:
            return
        painter.setPen(colors.ink)
        painter.setFont(theme.font("button"))
        accuracy = percent_text(float(self._counts.trace()) / total)
        painter.drawText(QRectF(end, bottom, edge, height), right, accuracy)

    def shape(self) -> tuple[int, int]:
        return len(self._labels), len(self._labels)

    def cell_at(self, at: QPointF) -> Cell | None:
        left, top, width, height = self._grid()
        row, column = (at.y() - top) // height, (at.x() - left) // width
        size = len(self._labels)
        return (int(row), int(column)) if 0 <= row < size and 0 <= column < size else None

    def _cell_box(self, row: int, column: int) -> QRectF:
        left, top, width, height = self._grid()
        return QRectF(left + column * width, top + row * height, width, height)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position())
        if cell is not None and event.button() == Qt.MouseButton.LeftButton:
            self._choose(cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._cell and event.key() in CHOOSING:
            self._choose(self._cell)
        else:
            super().keyPressEvent(event)

    def _choose(self, cell: Cell) -> None:
        """Choose a cell that has samples to show, or that was chosen when it had."""
        if self._counts[cell] or cell == self._chosen:
            self.chosen.emit(cell)


@lru_cache(maxsize=512)
def _ink_on(rgb: int) -> str:
    """Return the name of black or white, whichever reads better on a colour."""
    return theme.text_on(QColor(rgb)).name()


def _precision() -> str:
    return tr("Prec.", "row title")
