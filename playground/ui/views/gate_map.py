"""A map of units over time: gates in blue, states by their sign."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from playground.ui import theme
from playground.ui.canvas.thumbnails import picture
from playground.ui.cells import CHOOSING, Cell, CellPicture
from playground.ui.i18n import tr
from playground.ui.numbers import number_text
from playground.ui.scales import Ticks

LEFT, RIGHT, BOTTOM = 44, 14, 22
"""Room around the map in pixels, as around the plots of a forecast above it."""

Values = NDArray[np.float32]


@dataclass(frozen=True)
class TimeAxis:
    """Where columns stand.

    Attributes
    ----------
    edges
        The bounds of the columns from left to right, (columns + 1,); they are equally wide.
    end
        Where the axis ends; it begins at 0.
    ticks
        Positions and texts below the axis.
    names
        What each column is called.
    """

    edges: NDArray[np.float64] = field(default_factory=lambda: np.zeros(1))
    end: float = 1.0
    ticks: Ticks = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    @classmethod
    def of_steps(cls, names: list[str]) -> TimeAxis:
        """Return the axis of steps that are called so, in the middle of each column."""
        ticks = [(step + 0.5, name) for step, name in enumerate(names)]
        return cls(np.arange(len(names) + 1, dtype=float), len(names), ticks, names)


class GateMap(CellPicture):
    """Rows are units, columns times; the mouse or the arrow keys read single values out.

    Signals
    -------
    chosen(column)
        A person clicked on a column, or pressed Enter or Space on it.
    pointed(column)
        The mouse or the arrow keys went to another column, or to none.
    """

    chosen = Signal(int)
    pointed = Signal(object)
    gap = 6
    entry = (0, -1)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: Values = np.zeros((0, 0), np.float32)
        self._axis = TimeAxis()
        self._gate, self._scale = True, 1.0
        self._image: QImage | None = None
        self._marked = -1
        self._told: int | None = None
        self._column: int | None = None
        theme.manager().changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(480), theme.px(156))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(170), theme.px(110))

    def show_values(self, values: Values, axis: TimeAxis, gate: bool, marked: int = -1) -> None:
        """Show values (columns, units).

        Parameters
        ----------
        values
            In [0, 1] of a gate, else of either sign.
        axis
            Where the columns stand.
        gate
            Whether they are those of a gate.
        marked
            The column that a line marks, if any.
        """
        self._values, self._axis, self._gate, self._marked = values.T, axis, gate, marked
        self._scale = 1.0 if gate else max(1.0, float(np.abs(values).max(initial=0.0)))
        self._restyle()

    def _restyle(self) -> None:
        values = self._values / self._scale
        pos = theme.current().pos
        colored = theme.ramp(values, pos) if self._gate else theme.diverging(values)
        self._image = picture(colored) if values.size else None
        if self._cell is None and self._column is not None:
            self.show_column(self._column)
        else:
            self._point_at(self._cell)
        self.update()

    def _point_at(self, cell: Cell | None) -> None:
        self._column = None
        super()._point_at(cell)
        column = None if self._cell is None else self._cell[1]
        if column != self._told:
            self._told = column
            self.pointed.emit(column)

    def show_column(self, column: int | None) -> None:
        """Put the cursor on a column, with the mean over its units; None takes it away."""
        known = column is not None and 0 <= column < self._values.shape[1]
        self._cell, self._column = None, column if known else None
        self.tip.setVisible(known)
        if known:
            mean = number_text(float(self._values[:, column].mean()), 2)
            name = self._axis.names[column]
            self.tip.setText(tr("{time} · mean of the units {mean}", time=name, mean=mean))
            self.tip.adjustSize()
            x, gap = self._middle(column), theme.px(12)
            left = x + gap if x + gap + self.tip.width() <= self.width() else x - gap
            left -= 0 if left > x else self.tip.width()
            self.tip.move(round(left), round(self.box().top()) + self.gap)
        self.update()

    def _middle(self, column: int) -> float:
        shown = self._picture_box()
        return shown.left() + (column + 0.5) / self._values.shape[1] * shown.width()

    def readout(self, unit: int, column: int) -> str:
        """Return what a cell means, in words."""
        value = number_text(float(self._values[unit, column]), 2)
        name = self._axis.names[column]
        return tr("{time} · unit {unit}: {value}", time=name, unit=unit + 1, value=value)

    def box(self) -> QRectF:
        """Return where the axis stands, from its beginning to its end."""
        top = theme.px(22)
        width = self.width() - theme.px(LEFT + RIGHT)
        return QRectF(theme.px(LEFT), top, width, self.height() - top - theme.px(BOTTOM))

    def _picture_box(self) -> QRectF:
        box, edges = self.box(), self._axis.edges
        left, right = (box.left() + x / self._axis.end * box.width() for x in edges[[0, -1]])
        return QRectF(left, box.top(), right - left, box.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image is None:
            return
        colors, painter = theme.current(), QPainter(self)
        box, shown = self.box(), self._picture_box()
        painter.drawImage(shown, self._image)
        painter.setPen(QPen(colors.ctl, 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        self._paint_axes(painter, box)
        self._paint_legend(painter)
        columns = self._values.shape[1]
        pointed = self._column if self._cell is None else self._cell[1]
        for column in (self._marked, -1 if pointed is None else pointed):
            if 0 <= column < columns:
                x = self._middle(column)
                painter.setPen(QPen(colors.ink, 1.5))
                painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        if self._cell is not None:
            painter.setPen(QPen(colors.ink, 2))
            painter.drawRect(self._cell_box(*self._cell))

    def _cell_box(self, unit: int, column: int) -> QRectF:
        shown, (units, columns) = self._picture_box(), self._values.shape
        wide, high = shown.width() / columns, shown.height() / units
        return QRectF(shown.left() + column * wide, shown.top() + unit * high, wide, high)

    def _paint_axes(self, painter: QPainter, box: QRectF) -> None:
        colors, flags = theme.current(), Qt.AlignmentFlag
        painter.setFont(theme.font("caption"))
        painter.setPen(colors.ink3)
        metrics, units = painter.fontMetrics(), len(self._values)
        line = metrics.height()
        for unit in sorted({0, (units - 1) // 2, units - 1}):
            y = box.top() + (unit + 0.5) / units * box.height()
            y = min(max(y, box.top() + line / 2), box.bottom() - line / 2)
            place = QRectF(0, y - line / 2, box.left() - theme.px(6), line)
            painter.drawText(place, flags.AlignRight | flags.AlignVCenter, str(unit + 1))
        free = -1.0
        for at, text in self._axis.ticks:
            wide = metrics.horizontalAdvance(text)
            x = box.left() + at / self._axis.end * box.width() - wide / 2
            x = min(x, self.width() - wide - 1)
            if x > free:
                place = QRectF(x, box.bottom() + 2, wide + 2, theme.px(BOTTOM) - 2)
                painter.drawText(place, flags.AlignVCenter, text)
                free = x + wide + theme.px(8)

    def _paint_legend(self, painter: QPainter) -> None:
        """Draw what the colours mean, at the right above the map."""
        colors, flags = theme.current(), Qt.AlignmentFlag
        ends = self.ends()
        metrics = QFontMetrics(theme.font("caption"))
        wide, bar = [metrics.horizontalAdvance(text) for text in ends], theme.px(56)
        x = self.width() - theme.px(RIGHT) - sum(wide) - bar - theme.px(16)
        line = theme.px(18)
        painter.drawText(QRectF(x, 0, wide[0] + 2, line), flags.AlignVCenter, ends[0])
        ramp = QRectF(x + wide[0] + theme.px(8), theme.px(5), bar, theme.px(8))
        gradient = QLinearGradient(ramp.topLeft(), ramp.topRight())
        for share in np.linspace(0, 1, 9):
            pixel = theme.ramp(share, colors.pos) if self._gate else theme.diverging(2 * share - 1)
            gradient.setColorAt(float(share), QColor(*pixel[:3].tolist()))
        painter.fillRect(ramp, gradient)
        painter.setPen(QPen(colors.line, 1))
        painter.drawRect(ramp)
        painter.setPen(colors.ink3)
        place = QRectF(ramp.right() + theme.px(8), 0, wide[1] + 2, line)
        painter.drawText(place, flags.AlignVCenter, ends[1])

    def ends(self) -> tuple[str, str]:
        """Return what the two ends of the colours mean."""
        if self._gate:
            return tr("0 closed"), tr("1 open")
        reach = number_text(self._scale, 0 if self._scale == 1 else 1)
        return f"−{reach}", f"+{reach}"

    def shape(self) -> tuple[int, int]:
        units, columns = self._values.shape
        return units, columns

    def cell_at(self, at: QPointF) -> Cell | None:
        """Return unit and column under a point."""
        shown, (units, columns) = self._picture_box(), self._values.shape
        if not shown.contains(at) or not self._values.size:
            return None
        unit = int((at.y() - shown.top()) / shown.height() * units)
        column = int((at.x() - shown.left()) / shown.width() * columns)
        return min(unit, units - 1), min(column, columns - 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position())
        if cell is not None:
            self.chosen.emit(cell[1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._cell and event.key() in CHOOSING:
            self.chosen.emit(self._cell[1])
        else:
            super().keyPressEvent(event)
