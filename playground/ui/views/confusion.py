"""The confusion matrix of the validation data, with recall, precision and accuracy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from engine.experiment import Experiment
from engine.metrics import class_report
from engine.probes import Confusion, Probe
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.i18n import N_, Translated, tr, tr_n
from playground.ui.numbers import number_text, percent_text
from playground.ui.views.base import View, view
from playground.ui.widgets import Heading, Label, Segment

PROBE = Confusion("validation")
MOST_CLASSES = 20
"""Of more, as of the words of a language, neither cells nor names can be read."""

HITS = 0.42
"""How strong the blue of the diagonal is."""


@view("confusion", label=N_("Confusion matrix"), area="results", order=20)
class ConfusionView(Translated, View):
    """Rows the true classes, columns the predicted ones."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.matrix = Matrix()
        self.unit = Segment(small=True)
        self.unit.valueChanged.connect(lambda unit: self.matrix.show_shares(unit == "share"))
        self.heading = Heading()
        self.heading.add(self.unit)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 8)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.matrix, 1)
        self.retranslate()

    @classmethod
    def offered(cls, experiment: Experiment) -> bool:
        """Offered for more than two classes, and no more than can be told apart."""
        target = experiment.task.target
        return target.classes and 2 < len(target.labels) <= MOST_CLASSES

    def probes(self, experiment: Experiment) -> frozenset[Probe]:
        """Ask for the counts of the validation part."""
        return frozenset({PROBE})

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if self.offered(snapshot.experiment):
            labels = snapshot.experiment.task.target.labels
            self.matrix.set_counts(snapshot.answers.get(PROBE), labels)

    def retranslate(self) -> None:
        self.heading.set_text(tr("Confusion matrix"), tr("true ↓ predicted →"))
        self.unit.set_options([("count", tr("Count")), ("share", "%")])
        self.unit.setAccessibleName(tr("Unit"))
        self.matrix.retranslate()


class Matrix(QWidget):
    """A grid of counts; the mouse or the arrow keys read single cells out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: NDArray[Any] = np.zeros((10, 10), np.int64)
        self._labels: Sequence[str] = [str(digit) for digit in range(10)]
        self._answer: NDArray[Any] | None = None
        self._shares = False
        self._cell: tuple[int, int] | None = None
        self.tip = Label(role="tip", parent=self)
        self.tip.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.tip.hide()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setSizePolicy(policy)
        theme.manager().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(372), theme.px(22) * (len(self._labels) + 2))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(260), theme.px(17) * (len(self._labels) + 2))

    def set_counts(self, counts: NDArray[Any] | None, labels: Sequence[str]) -> None:
        """Show counts (classes, classes); None shows an empty grid."""
        if counts is self._answer and labels == self._labels:
            return
        self._answer, self._labels = counts, labels
        size = len(labels)
        self._counts = np.zeros((size, size), np.int64) if counts is None else counts
        self._point_at(self._cell)
        self.update()

    def show_shares(self, shares: bool) -> None:
        """Show percent of the true class rather than counts."""
        self._shares = shares
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
            true=self._labels[true],
            predicted=self._labels[predicted],
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
        title = QFontMetrics(theme.font("caption")).horizontalAdvance(_precision())
        left, top, right = max(theme.px(26), title + 6), theme.px(20), theme.px(48)
        size = len(self._labels)
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
        painter.setPen(Qt.PenStyle.NoPen)
        inks = {}
        for true, predicted in np.ndindex(counts.shape):
            box = QRectF(left + predicted * width, top + true * height, width - 2, height - 2)
            red, green, blue, _ = fills[true, predicted].tolist()
            fill = QColor(red, green, blue) if counts[true, predicted] else colors.raised
            painter.setBrush(fill)
            painter.drawRoundedRect(box, 3, 3)
            if counts[true, predicted]:
                inks[true, predicted] = box, theme.text_on(fill)
        for (true, predicted), (box, ink) in inks.items():
            painter.setPen(ink)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text(true, predicted))
        if self._cell is not None:
            painter.setPen(QPen(colors.ink, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            row, column = self._cell
            box = QRectF(left + column * width, top + row * height, width - 2, height - 2)
            painter.drawRoundedRect(box, 3, 3)

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
        edge = self.width() - end
        for index, label in enumerate(self._labels):
            x, y = left + index * width, top + index * height
            painter.drawText(QRectF(x, 0, width, top), middle, label)
            painter.drawText(QRectF(0, y, left - 8, height), right, label)
        painter.setPen(colors.ink3)
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
            recall = percent_text(float(report.recall[index]))
            painter.drawText(QRectF(end, y, edge, height), right, recall)
            box = QRectF(left + index * width, bottom, width, height)
            text = number_text(100 * float(report.precision[index]), decimals)
            painter.drawText(box, middle, text)
        painter.setPen(colors.ink)
        painter.setFont(theme.font("button"))
        accuracy = percent_text(float(self._counts.trace()) / total)
        painter.drawText(QRectF(end, bottom, edge, height), right, accuracy)

    def _cell_at(self, at: QPointF) -> tuple[int, int] | None:
        left, top, width, height = self._grid()
        row, column = (at.y() - top) // height, (at.x() - left) // width
        size = len(self._labels)
        return (int(row), int(column)) if 0 <= row < size and 0 <= column < size else None

    def _point_at(self, cell: tuple[int, int] | None) -> None:
        """Ring a cell and say what it means; None rings none."""
        size = len(self._labels)
        self._cell = None if cell is None else (min(cell[0], size - 1), min(cell[1], size - 1))
        self.tip.setVisible(self._cell is not None)
        if self._cell is not None:
            self.tip.setText(self.readout(*self._cell))
            self.setAccessibleDescription(self.tip.text())
            self.tip.adjustSize()
            left, top, width, height = self._grid()
            x = left + (self._cell[1] + 0.5) * width - self.tip.width() / 2
            y = top + self._cell[0] * height - self.tip.height() - 4
            x = min(max(x, 0), self.width() - self.tip.width())
            self.tip.move(round(x), round(y if y >= 0 else top + (self._cell[0] + 1) * height + 4))
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.position())
        if cell != self._cell:
            self._point_at(cell)

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._point_at(None)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }
        move = moves.get(Qt.Key(event.key()))
        if move is None:
            super().keyPressEvent(event)
        elif self._cell is None:
            self._point_at((0, 0))
        else:
            row, column = self._cell[0] + move[0], self._cell[1] + move[1]
            self._point_at((max(row, 0), max(column, 0)))


def _precision() -> str:
    return tr("Prec.", "row title")
