"""The parameters of one layer for the inspector: numbers, or a picture of large ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from engine.graph import Node
from engine.layers.convolution import Convolution
from engine.parametrizations import Plain
from playground.ui import theme
from playground.ui.canvas.thumbnails import picture
from playground.ui.canvas.words import unit_label
from playground.ui.cells import MOVES
from playground.ui.i18n import tr
from playground.ui.number_editor import NumberEditor
from playground.ui.numbers import signed_text
from playground.ui.widgets import fill_ground

MOST_CELLS = 8


def filters_side_by_side(weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the filters (F, k, k, C) of a convolution as one table, a column of kernels for each.

    The channels are below each other, with NaN between two kernels; of a single channel, the
    filters go on in further rows. Filters (F, k, C) of a series have the time to the right.
    """
    if weights.ndim == 3:
        weights = weights.transpose(0, 2, 1)[..., None]  # one kernel with a row for each feature
    count, high, wide, channels = weights.shape
    across = count
    if channels == 1:
        divisors = (n for n in range(1, count) if count % n == 0)
        across = next((n for n in divisors if n * n >= 2 * count), count)
    down = channels * count // across
    kernels = weights.transpose(3, 0, 1, 2).reshape(down, across, high, wide)
    table = np.full((down, high + 1, across, wide + 1), np.nan, np.float32)
    table[:, :high, :, :wide] = kernels.swapaxes(1, 2)
    return table.reshape(down * (high + 1), across * (wide + 1))[:-1, :-1]


class ParametersView(QWidget):
    """Weights and biases of a layer: a table of coloured numbers, or a picture of large ones.

    Signals
    -------
    edited(name, place, old, new)
        A person gave a number of a parameter another value.
    """

    edited = Signal(str, tuple, float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source: Node | None = None
        self._inputs: Sequence[str] = ()
        self._node: Node | None = None
        self._weights: NDArray[np.float32] | None = None
        self._bias: NDArray[np.float32] | None = None
        self._image: QImage | None = None
        self._scale = 1.0
        self._place: tuple[str, tuple[int, ...]] | None = None
        self._cursor: tuple[str, tuple[int, ...]] = ("W", (0, 0))
        self.editor = NumberEditor(self)
        self.editor.entered.connect(self._entered)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        fill_ground(self)
        theme.manager().changed.connect(self._restyle)

    def show_node(self, source: Node, node: Node, inputs: Sequence[str] = ()) -> None:
        """Make room for another layer, whose parameters come later; inputs may have names."""
        self._source, self._inputs = source, inputs
        if self._node is None or self._node != node:
            self._node = node
            self._cursor = ("W", (0, 0))
            self._weights = self._bias = self._image = None
            self.update()

    def show_parameters(self, parameters: Mapping[str, NDArray[np.float32]]) -> None:
        """Draw parameters by name; the first is the weights."""
        weights = next(iter(parameters.values()), None)
        if weights is None:
            return
        if self._of_filters:
            self._weights = filters_side_by_side(weights)
        else:
            self._weights = weights.reshape(-1, weights.shape[-1])
        bias = parameters.get("b")
        self._bias = bias if bias is not None and bias.ndim == 1 else None
        self._scale = max(float(np.abs(weights).max(initial=0.0)), 1e-9)
        self._restyle()

    def retranslate(self) -> None:
        """Write the caption anew."""
        self.setAccessibleName(tr("Weights W and bias b"))
        self.update()

    def _restyle(self) -> None:
        self._image = None
        if self._weights is not None and not self._small:
            self._image = picture(theme.diverging(self._weights, most=self._scale))
        self.updateGeometry()
        self.update()

    @property
    def _of_filters(self) -> bool:
        return self._node is not None and isinstance(self._node.layer, Convolution)

    @property
    def _small(self) -> bool:
        """Whether there is a number in every cell, between the units of two layers."""
        if self._weights is None or self._of_filters:
            return False
        return max(self._weights.shape) <= MOST_CELLS

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), theme.px(132))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(150))

    def paintEvent(self, event: QPaintEvent) -> None:
        colors, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("caption"))
        painter.setPen(colors.ink2)
        lacks_bias = self._weights is not None and self._bias is None
        caption = tr("Weights W") if lacks_bias else tr("Weights W and bias b")
        painter.drawText(QRectF(0, 0, self.width(), theme.px(16)), 0, caption)
        if self._weights is None:
            return
        focus = Qt.FocusPolicy.StrongFocus if self._editable else Qt.FocusPolicy.NoFocus
        if focus != self.focusPolicy():
            self.setFocusPolicy(focus)
        if self._small:
            self._paint_cells(painter)
            if self.hasFocus():
                painter.setPen(QPen(colors.ink, 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(self._box(*self._cursor), 4, 4)
        else:
            self._paint_image(painter)

    def _cells(self) -> tuple[QPointF, float, float]:
        """Return the corner of the first cell, and how far apart cells are across and down."""
        rows, columns = self._weights.shape
        rows += self._bias is not None
        metrics = QFontMetrics(theme.font("caption"))
        widest = max(metrics.horizontalAdvance(name) for name in self._row_names())
        corner = QPointF(max(theme.px(24), widest + theme.px(8)), theme.px(31))
        across = min(theme.px(46), (self.width() - corner.x()) / columns)
        down = min(theme.px(36), (self.height() - corner.y() - theme.px(4)) / rows)
        return corner, across, down

    def _row_names(self) -> list[str]:
        """Return what the rows of the weights belong to."""
        count = self._weights.shape[0]
        return [unit_label(self._source, row, self._inputs) for row in range(count)]

    def _paint_cells(self, painter: QPainter) -> None:
        colors, (corner, across, down) = theme.current(), self._cells()
        columns = self._weights.shape[1]
        painter.setPen(colors.ink2)
        center = Qt.AlignmentFlag.AlignCenter
        for column in range(columns):
            x = corner.x() + column * across
            label = QRectF(x, corner.y() - theme.px(15), across, theme.px(14))
            painter.drawText(label, center, unit_label(self._node, column))
        tables = list(zip(self._row_names(), self._weights, strict=True))
        if self._bias is not None and len(self._bias) == columns:
            tables.append(("b", self._bias))
        for place, (name, values) in enumerate(tables):
            y = corner.y() + place * down + (theme.px(4) if name == "b" else 0)
            painter.setFont(theme.font("caption"))
            painter.setPen(colors.ink2)
            painter.drawText(QRectF(0, y, corner.x() - theme.px(6), down), center, name)
            shades = theme.diverging(values, most=self._scale).tolist()
            painter.setFont(theme.font("thumb"))
            for column, shade in enumerate(shades):
                box = QRectF(corner.x() + column * across, y, across, down)
                self._paint_cell(painter, box, float(values[column]), QColor(*shade[:3]))

    @staticmethod
    def _paint_cell(painter: QPainter, box: QRectF, value: float, color: QColor) -> None:
        gap = 1.5 if box.height() > theme.px(20) else 0.5
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawRoundedRect(box.adjusted(gap, gap, -gap, -gap), 4, 4)
        if box.width() >= theme.px(34) and box.height() >= theme.px(12):
            painter.setPen(theme.text_on(color))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, signed_text(value))

    def _frame(self) -> QRectF:
        """Return where the picture of many weights is: whole, with square cells if it can be."""
        rows, columns = self._weights.shape
        room = QRectF(0, theme.px(22), self.width(), self.height() - theme.px(24))
        cell = min(room.width() / columns, room.height() / rows)
        width, height = columns * cell, rows * cell
        if min(width, height) < theme.px(24):  # a sliver shows nothing: fill the room instead
            width, height = max(width, min(room.width(), theme.px(240))), room.height()
        return QRectF(room.topLeft(), room.topLeft() + QPointF(width, height))

    def _paint_image(self, painter: QPainter) -> None:
        frame = self._frame()
        rows, columns = self._weights.shape
        shrinks = rows > frame.height() or columns > frame.width()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, shrinks)
        painter.drawImage(frame, self._image)
        painter.setPen(QPen(theme.current().line, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(frame)

    def cell_at(self, spot: QPointF) -> tuple[str, tuple[int, ...]] | None:
        """Return name and index of the number whose cell is at a place of the widget."""
        if self._weights is None or not self._small:
            return None
        corner, across, down = self._cells()
        rows, columns = self._weights.shape
        column = int((spot.x() - corner.x()) // across)
        row = int((spot.y() - corner.y() - (theme.px(4) if self._bias is not None else 0)) // down)
        if not 0 <= column < columns or spot.y() < corner.y():
            return None
        if row >= rows:
            return ("b", (column,)) if self._bias is not None and row == rows else None
        row = int((spot.y() - corner.y()) // down)
        return ("W", (min(row, rows - 1), column))

    def _box(self, name: str, place: tuple[int, ...]) -> QRectF:
        """Return the cell of a number."""
        corner, across, down = self._cells()
        row = len(self._weights) if name == "b" else place[0]
        y = corner.y() + row * down + (theme.px(4) if name == "b" else 0)
        return QRectF(corner.x() + place[-1] * across, y, across, down)

    def _value(self, name: str, place: tuple[int, ...]) -> float:
        return float((self._bias if name == "b" else self._weights)[place])

    def edit_cell(self, name: str, place: tuple[int, ...]) -> None:
        """Open the field in which a number is typed."""
        self._place = (name, place)
        self.editor.open(self._value(name, place), self._box(name, place))

    def _entered(self, value: float) -> None:
        if self._place is not None and self._weights is not None:
            self.edited.emit(*self._place, self._value(*self._place), value)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Edit the number under the mouse, where the parameters are what is drawn."""
        cell = self.cell_at(event.position())
        if cell is not None and self._editable:
            self._cursor = cell
            self.edit_cell(*cell)

    @property
    def _editable(self) -> bool:
        """Whether the numbers in the cells are the parameters themselves."""
        layer = None if self._node is None else self._node.layer
        plain = isinstance(getattr(layer, "weights", None), Plain)
        return plain and self._small and "W" in layer.parameters

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the cells with the arrows; Enter edits."""
        if not self._editable:
            super().keyPressEvent(event)
        elif event.key() in MOVES:
            self._step(*MOVES[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit_cell(*self._cursor)
        else:
            super().keyPressEvent(event)

    def _step(self, down: int, right: int) -> None:
        rows, columns = self._weights.shape
        name, place = self._cursor
        row = rows if name == "b" else place[0]
        row = min(max(row + down, 0), rows if self._bias is not None else rows - 1)
        column = min(max(place[-1] + right, 0), columns - 1)
        self._cursor = ("b", (column,)) if row == rows else ("W", (row, column))
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def weight_at(self, spot: QPoint) -> str:
        """Return row, column and value of the weight at a place of the widget."""
        if self._weights is None:
            return ""
        rows, columns = self._weights.shape
        if self._small:
            corner, across, down = self._cells()
            frame = QRectF(corner.x(), corner.y(), across * columns, down * rows)
        else:
            frame = self._frame()
        if not frame.contains(QPointF(spot)):
            return ""
        column = int((spot.x() - frame.left()) / frame.width() * columns)
        row = int((spot.y() - frame.top()) / frame.height() * rows)
        weight = float(self._weights[row, column])
        if self._of_filters:
            return "" if np.isnan(weight) else f"w = {signed_text(weight)}"
        names = self._row_names()[row], unit_label(self._node, column)
        return f"{names[0]} → {names[1]}  w = {signed_text(weight)}"

    def event(self, event: QEvent) -> bool:
        """Name the weight under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.weight_at(event.pos()), self)
            return True
        return super().event(event)
