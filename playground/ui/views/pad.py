"""Paper to draw a digit on, with a mouse, a pen or the keyboard."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPointingDevice,
    QResizeEvent,
    QTabletEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.tasks.handwriting import SIDE, to_mnist_form
from playground.ui import theme
from playground.ui.cells import MOVES
from playground.ui.i18n import tr

FINE = 10
"""The paper is so many times as fine as the images of the digits."""
PEN = 2.2
"""How wide a stroke is, in pixels of those images."""
ERASER = 4.0


class Pad(QWidget):
    """White ink on black paper.

    A pen's pressure widens its strokes, its other end erases, and so does the right button of a
    mouse. The arrow keys move a cursor over 28 × 28 places; Space lowers the pen or lifts it.

    Signals
    -------
    drawn()
        There is other ink on the paper, by a person's hand.

    Attributes
    ----------
    erasing
        Whether strokes take ink away.
    cursor_at
        Row and column of the keyboard's pen.
    """

    drawn = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paper = QImage(SIDE * FINE, SIDE * FINE, QImage.Format.Format_Grayscale8)
        self._paper.fill(0)
        self._foreign = False  # what is on the paper is no drawing, but a sample
        self._last: QPointF | None = None
        self._pen_down = False
        self.erasing = False
        self.cursor_at = (SIDE // 2, SIDE // 2)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        theme.manager().changed.connect(self.updateGeometry)

    # What is on the paper

    def show_sample(self, pixels: NDArray[np.float32]) -> None:
        """Lay a sample (1, 28, 28) of ink from 0 to 1 on the table; a pen begins on new paper."""
        shades = np.ascontiguousarray((pixels[0] * 255).clip(0, 255).astype(np.uint8))
        rows, columns = shades.shape
        image = QImage(shades.data, columns, rows, columns, QImage.Format.Format_Grayscale8)
        smooth = Qt.TransformationMode.SmoothTransformation
        whole = Qt.AspectRatioMode.IgnoreAspectRatio
        fine = image.scaled(SIDE * FINE, SIDE * FINE, whole, smooth)
        self._paper = fine.convertToFormat(QImage.Format.Format_Grayscale8)
        self._foreign, self._last = True, None
        self.update()

    def clear(self) -> None:
        """Take new paper."""
        self._take_paper()
        self.drawn.emit()

    def _take_paper(self) -> None:
        self._paper.fill(0)
        self._foreign = False
        self.update()

    @property
    def is_empty(self) -> bool:
        """Whether there is no ink."""
        return not self._ink().any()

    def pixels(self, raw: bool = False) -> NDArray[np.uint8]:
        """Return the drawing as the task has its digits, uint8 (28, 28) of ink from 0 to 255.

        As in MNIST it is fitted into 20 × 20 pixels with its centre of mass in the middle; if
        `raw`, it is left where it was drawn and as large.
        """
        ink = self._ink()
        if raw or self._foreign:
            blocks = ink.reshape(SIDE, FINE, SIDE, FINE).mean(axis=(1, 3))
            return np.rint(blocks).astype(np.uint8)
        return to_mnist_form(ink)

    def _ink(self) -> NDArray[Any]:
        height, line = self._paper.height(), self._paper.bytesPerLine()
        bits = np.frombuffer(self._paper.constBits(), np.uint8).reshape(height, line)
        return bits[:, : self._paper.width()]

    # Strokes

    def stroke(self, start: QPointF, end: QPointF, pressure: float, erase: bool) -> None:
        """Draw a line between two places in pixels of the images, a dot where both are one.

        Parameters
        ----------
        pressure
            0 to 1; a mouse has 0.5.
        erase
            Whether ink is taken away.
        """
        if self._foreign and not erase:
            self._take_paper()
        width = ERASER if erase else PEN * (0.5 + pressure)
        pen = QPen(Qt.GlobalColor.black if erase else Qt.GlobalColor.white, width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter = QPainter(self._paper)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(FINE, FINE)
        painter.setPen(pen)
        if start == end:
            painter.drawPoint(start)
        else:
            painter.drawLine(start, end)
        painter.end()
        self.update()
        self.drawn.emit()

    def _move_pen(self, at: QPointF, pressure: float, erase: bool) -> None:
        """Go on with a stroke, or begin one, at a place of the widget."""
        frame = self._frame()
        place = (at - frame.topLeft()) * (SIDE / frame.width())
        self.stroke(self._last or place, place, pressure, erase or self.erasing)
        self._last = place

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            self._last = None
            self._move_pen(event.position(), 0.5, event.button() == Qt.MouseButton.RightButton)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._last is not None:
            self._move_pen(
                event.position(), 0.5, bool(event.buttons() & Qt.MouseButton.RightButton)
            )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._last = None

    def tabletEvent(self, event: QTabletEvent) -> None:
        """Draw with a pen, which knows how hard it is pressed and which end is used."""
        if event.type() == event.Type.TabletRelease:
            self._last = None
        elif event.type() == event.Type.TabletPress or self._last is not None:
            erase = event.pointerType() == QPointingDevice.PointerType.Eraser
            self._move_pen(event.position(), event.pressure(), erase)
        event.accept()

    # The keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in MOVES:
            self._move_cursor(*MOVES[key])
        elif key == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._pen_down = not self._pen_down
                if self._pen_down:
                    self.stroke(self._middle(), self._middle(), 0.5, self.erasing)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        else:
            super().keyPressEvent(event)
            return
        self.retranslate()
        self.update()

    def _move_cursor(self, down: int, across: int) -> None:
        start = self._middle()
        row, column = self.cursor_at[0] + down, self.cursor_at[1] + across
        self.cursor_at = min(max(row, 0), SIDE - 1), min(max(column, 0), SIDE - 1)
        if self._pen_down:
            self.stroke(start, self._middle(), 0.5, self.erasing)

    def _middle(self) -> QPointF:
        """Return the middle of the place of the cursor."""
        row, column = self.cursor_at
        return QPointF(column + 0.5, row + 0.5)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._pen_down = False
        super().focusOutEvent(event)

    def retranslate(self) -> None:
        """Write the texts anew."""
        row, column = self.cursor_at
        pen = tr("pen down") if self._pen_down else tr("pen up")
        self.setAccessibleName(tr("Draw a digit"))
        self.setAccessibleDescription(
            tr(
                "{pen}, row {row}, column {column}; the arrow keys move, Space lowers or lifts",
                pen=pen,
                row=row + 1,
                column=column + 1,
            )
        )

    # The picture

    def sizeHint(self) -> QSize:
        return QSize(theme.px(172), theme.px(172))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(100), theme.px(100))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be no wider than high, so that what stands beside it has the room."""
        super().resizeEvent(event)
        self.setMaximumWidth(max(self.height(), self.minimumSizeHint().width()))

    def _frame(self) -> QRectF:
        side = min(self.width(), self.height()) - 1
        return QRectF(0.5, 0.5, side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, frame = QPainter(self), self._frame()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        shape = QPainterPath()
        shape.addRoundedRect(frame, theme.px(7), theme.px(7))
        painter.save()
        painter.setClipPath(shape)
        painter.drawImage(frame, self._paper)
        painter.restore()
        if self.is_empty:
            self._paint_hint(painter, frame)
        if self.hasFocus():
            self._paint_cursor(painter, frame)
        painter.setPen(QPen(theme.current().ink, 2) if self.hasFocus() else theme.current().ctl)
        painter.drawPath(shape)

    def _paint_hint(self, painter: QPainter, frame: QRectF) -> None:
        painter.setPen(theme.load("dark").ink3)  # the paper is black in the light theme, too
        painter.setFont(theme.font("body"))
        margin = theme.px(12)
        box = frame.adjusted(margin, margin, -margin, -margin)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(box, flags, tr("Draw a digit from 0 to 9."))

    def _paint_cursor(self, painter: QPainter, frame: QRectF) -> None:
        cell = frame.width() / SIDE
        row, column = self.cursor_at
        box = QRectF(frame.left() + column * cell, frame.top() + row * cell, cell, cell)
        color = theme.load("dark").pos
        painter.setBrush(color if self._pen_down else QColor(0, 0, 0, 0))
        painter.setPen(QPen(color, 2))
        painter.drawRect(box.adjusted(-2, -2, 2, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
