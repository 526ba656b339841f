"""A number between a minus and a plus button."""

from typing import Any

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from playground.ui import theme
from playground.ui.numbers import number_text, parse_number
from playground.ui.widgets.buttons import Button

SETTLE_MS = 400  # a turning wheel or a repeating key is one edit until it rests this long


class Stepper(QFrame):
    """A number between a minus and a plus button, which repeat while held.

    Up, Down and the wheel (when focused) step too; a typed number is clamped to the range.

    Parameters
    ----------
    low, high
        The closed range.
    step
        What one click adds.
    decimals
        0 for whole numbers (`value()` is then an int), None for as many as needed.
    strict
        Whether a typed number outside of the range is refused rather than clamped: it stays in the
        field, `value()` stays as it was, and `refused(text)` says so.
    """

    valueChanged = Signal(object)
    edited = Signal(object, bool)
    refused = Signal(str)

    def __init__(
        self,
        low: float = 0,
        high: float = 100,
        step: float = 1,
        decimals: int | None = 0,
        value: float | None = None,
        parent: QWidget | None = None,
        strict: bool = False,
    ) -> None:
        super().__init__(parent)
        self._low, self._high, self._step, self._decimals = low, high, step, decimals
        self._strict = strict
        self._value = self._clean(low if value is None else value)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(lambda: self.edited.emit(self._value, True))
        self.field = QLineEdit(self)
        self.field.setProperty("kind", "step")
        self.field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.field.editingFinished.connect(self._typed)
        self.field.installEventFilter(self)
        self.setFocusProxy(self.field)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(1)
        self.minus, self.plus = (Button(icon=name, kind="step") for name in ("minus", "plus"))
        for button, direction in ((self.minus, -1), (self.plus, 1)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAutoRepeat(True)
            button.setAutoRepeatDelay(400)
            button.setAutoRepeatInterval(60)
            button.clicked.connect(lambda _=False, b=button, d=direction: self._click(b, d))
        row.addWidget(self.minus)
        row.addWidget(self.field, 1)
        row.addWidget(self.plus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.manager().changed.connect(self.updateGeometry)
        self._show()

    def value(self) -> Any:
        """Return the number, an int when `decimals` is 0."""
        return self._value

    def set_value(self, value: float) -> None:
        """Show a number, clamped to the range."""
        value = self._clean(value)
        if value != self._value:
            self._value = value
            self.valueChanged.emit(value)
        self._show()

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.field.setAccessibleName(name)
        self.minus.setAccessibleName(f"{name} −")
        self.plus.setAccessibleName(f"{name} +")

    def sizeHint(self) -> QSize:
        digits = QFontMetrics(theme.font("button"))
        widest = max(
            digits.horizontalAdvance(number_text(v, self._decimals))
            for v in (self._low, min(self._high, 9999))
        )
        return QSize(max(theme.px(92), widest + theme.px(72)), theme.px(28))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _clean(self, value: float) -> Any:
        value = min(max(value, self._low), self._high)
        if self._decimals == 0:
            return round(value)
        return float(value if self._decimals is None else round(value, self._decimals))

    def _show(self) -> None:
        self.field.setText(number_text(self._value, self._decimals))
        self.minus.setEnabled(self._value > self._low)
        self.plus.setEnabled(self._value < self._high)

    def _move(self, steps: int) -> None:
        # Ten digits hide the rounding of repeated decimal steps.
        self.set_value(float(f"{self._value + steps * self._step:.10g}"))

    def _click(self, button: Button, direction: int) -> None:
        self._typed()
        self._move(direction)
        self.edited.emit(self._value, not button.isDown())

    def _glide(self, steps: int) -> None:
        before = self._value
        self._move(steps)
        if self._value != before:
            self.edited.emit(self._value, False)
            self._settle.start()

    def _typed(self) -> None:
        before, value = self._value, parse_number(self.field.text())
        if self._strict and (value is None or self._clean(value) != value):
            self.refused.emit(self.field.text())
            return
        if value is None or number_text(before, self._decimals) == self.field.text():
            self._show()
        else:
            self.set_value(value)
        if self._value != before:
            self.edited.emit(self._value, True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Read arrow keys in the field, finish an edit when focus leaves, repaint the ring."""
        if event.type() == QEvent.Type.KeyPress:
            steps = {
                Qt.Key.Key_Up: 1,
                Qt.Key.Key_Down: -1,
                Qt.Key.Key_PageUp: 10,
                Qt.Key.Key_PageDown: -10,
            }.get(Qt.Key(event.key()), 0)
            if steps:
                self._typed()
                self._glide(steps)
                return True
            if event.key() == Qt.Key.Key_Escape and self.field.isModified():
                self._show()
                return True
        elif event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
            if event.type() == QEvent.Type.FocusOut and self._settle.isActive():
                self._settle.stop()
                self.edited.emit(self._value, True)
        return super().eventFilter(watched, event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.field.hasFocus() and event.angleDelta().y():
            self._glide(1 if event.angleDelta().y() > 0 else -1)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 2 if self.field.hasFocus() else 1
        inset = width / 2
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        path = QPainterPath()
        path.addRoundedRect(box, theme.px(6), theme.px(6))
        painter.fillPath(path, colors.panel if self.isEnabled() else colors.raised)
        for x in (self.field.x() - 1, self.field.geometry().right() + 1):
            painter.fillRect(QRect(x, 1, 1, self.height() - 2), colors.line)
        pen = colors.ink if width == 2 else colors.ctl if self.isEnabled() else colors.line
        painter.strokePath(path, QPen(pen, width))
