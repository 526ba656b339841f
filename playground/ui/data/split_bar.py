"""The parts of the data as one bar: training, validation, test; its two borders can be moved."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.ui import theme
from playground.ui.i18n import tr
from playground.ui.numbers import number_text, percent_text
from playground.ui.widgets.stepper import SETTLE_MS

GRID = 0.05
LEAST = 0.05
_GRAB = 12

Shares = tuple[float, float]


class SplitBar(QWidget):
    """Shares of training and validation; the rest is the test part.

    Left and Right move the border after training, with Shift the one after validation.

    Signals
    -------
    edited(shares, final)
        A person moved a border; False while the drag goes on.
    """

    edited = Signal(object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shares: Shares = (0.7, 0.1)
        self._days: Mapping[str, float] = {}
        self._border: int | None = None
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(lambda: self.edited.emit(self._shares, True))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.manager().changed.connect(self.updateGeometry)

    def value(self) -> Shares:
        """Return the shares of training and validation."""
        return self._shares

    def set_value(self, shares: Shares) -> None:
        """Show shares."""
        self._shares = shares
        self.retranslate()

    def set_days(self, days: Mapping[str, float]) -> None:
        """Write how many days each part has; without them, percent."""
        self._days = days
        self.retranslate()

    def retranslate(self) -> None:
        """Write the texts anew."""
        self.setAccessibleName(tr("Data split"))
        self.setAccessibleDescription(", ".join(map(" ".join, self._texts())))
        self.setToolTip(tr("Drag a border, or use ← → (validation: with Shift)"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(188), theme.px(70))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), theme.px(70))

    def _borders(self) -> tuple[float, float]:
        training, validation = self._shares
        return training, training + validation

    def _texts(self) -> list[tuple[str, str]]:
        """Return name and size of each part."""
        training, border = self._borders()
        shares = {"training": training, "validation": border - training, "test": 1 - border}
        names = (tr("Training", "data"), tr("Validation", "data"), tr("Test", "data"))
        sizes = [
            tr("{count} d", count=number_text(round(self._days[part], 1)))
            if part in self._days
            else percent_text(share, 0)
            for part, share in shares.items()
        ]
        return list(zip(names, sizes, strict=True))

    def _move(self, border: int, share: float) -> bool:
        """Move a border to the nearest place it may have; return whether it moved."""
        first, second = self._borders()
        share = round(round(share / GRID) * GRID, 4)
        if border == 0:
            first = min(max(share, 0.1), 0.9, round(second - LEAST, 4))
        else:
            second = min(max(share, round(first + LEAST, 4)), 0.95, round(first + 0.5, 4))
        shares = (round(first, 4), round(second - first, 4))
        moved = shares != self._shares
        self.set_value(shares)
        return moved

    def _near(self, x: float) -> int | None:
        places = [border * self.width() for border in self._borders()]
        nearest = min((0, 1), key=lambda index: abs(places[index] - x))
        return nearest if abs(places[nearest] - x) <= _GRAB else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._border = self._near(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        if self._border is None:
            near = self._near(x) is not None
            self.setCursor(Qt.CursorShape.SplitHCursor if near else Qt.CursorShape.ArrowCursor)
        elif self._move(self._border, x / max(self.width(), 1)):
            self.edited.emit(self._shares, False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._border is not None:
            self._border = None
            self.edited.emit(self._shares, True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -GRID, Qt.Key.Key_Right: GRID}.get(Qt.Key(event.key()))
        if steps is None:
            super().keyPressEvent(event)
            return
        border = int(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        if self._move(border, self._borders()[border] + steps):
            self.edited.emit(self._shares, False)
            self._settle.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("caption"))
        painter.setPen(colors.ink2)
        line, bar = theme.px(16), theme.px(14)
        flags = Qt.AlignmentFlag
        painter.drawText(QRectF(0, 0, self.width(), line), flags.AlignLeft, tr("Data split"))
        top = line + theme.px(4)
        self._paint_bar(painter, top, bar)
        low = top + bar + theme.px(4)
        align = (flags.AlignLeft, flags.AlignHCenter, flags.AlignRight)
        inks = (colors.ink, colors.val, colors.ink2)
        for texts, flag, ink in zip(self._texts(), align, inks, strict=True):
            painter.setPen(ink)
            for row, text in enumerate(texts):
                painter.drawText(QRectF(0, low + row * line, self.width(), line), flag, text)

    def _paint_bar(self, painter: QPainter, top: float, height: float) -> None:
        colors = theme.current()
        edges = [0.0, *(border * self.width() for border in self._borders()), float(self.width())]
        fills = (colors.ink, colors.val, colors.panel)
        for fill, left, right in zip(fills, edges, edges[1:], strict=False):
            shape = QPainterPath()
            shape.addRoundedRect(QRectF(left + 0.5, top + 0.5, right - left - 2, height - 1), 3, 3)
            painter.fillPath(shape, fill)
            painter.strokePath(shape, QPen(colors.ctl if fill == colors.panel else fill, 1))
        if self.hasFocus():
            painter.setPen(QPen(colors.ink, 2))
            base = top + height + 3
            painter.drawLine(QPointF(0, base), QPointF(self.width(), base))
