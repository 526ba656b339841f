"""Inputs: stepper, slider, combo box and check box, all with `value`, `set_value` and `edited`."""

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QSlider,
    QWidget,
)

from playground.ui import theme
from playground.ui.widgets.buttons import Button

_SETTLE_MS = 400  # a wheel or arrow key counts as one edit until it rests this long


def number_text(value: float, decimals: int | None = None) -> str:
    """Write a number with the minus sign U+2212; without `decimals`, as short as possible."""
    text = f"{value:.10g}" if decimals is None else f"{value:.{decimals}f}"
    return text.replace("-", "−")


def parse_number(text: str) -> float | None:
    """Read a number as people type it: comma or point, either minus sign; None if it is none."""
    cleaned = text.strip().replace("−", "-").replace(",", ".").replace(" ", "")
    try:
        value = float(cleaned)
    except ValueError:
        return None
    return value if value - value == 0 else None


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
    """

    valueChanged = Signal(object)
    edited = Signal(object, bool)

    def __init__(
        self,
        low: float = 0,
        high: float = 100,
        step: float = 1,
        decimals: int | None = 0,
        value: float | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._low, self._high, self._step, self._decimals = low, high, step, decimals
        self._value = self._clean(low if value is None else value)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
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

    def set_range(self, low: float, high: float) -> None:
        """Change the range; the number moves into it."""
        self._low, self._high = low, high
        self.set_value(self._value)

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


class LabeledSlider(QSlider):
    """A slider under its label and live value.

    Parameters
    ----------
    label
        What it sets, at the left.
    low, high, step
        The range and its grid.
    text
        Writes a value for the right end, for example ``"{:.0%}".format``.
    """

    edited = Signal(object, bool)
    valueChanged = Signal(object)

    def __init__(
        self,
        label: str = "",
        low: float = 0.0,
        high: float = 1.0,
        step: float = 0.01,
        text: Callable[[float], str] = number_text,
        value: float | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._label, self._low, self._step, self._text = label, low, step, text
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(lambda: self.edited.emit(self.value(), True))
        self._silent = False
        self.setRange(0, round((high - low) / step))
        self.setPageStep(max(1, self.maximum() // 10))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if value is not None:
            self.set_value(value)
        theme.manager().changed.connect(self.updateGeometry)
        self.set_label(label)

    def set_label(self, label: str) -> None:
        """Write the label anew."""
        self._label = label
        self.setAccessibleName(label)
        self.updateGeometry()
        self.update()

    def value(self) -> float:
        """Return the value on the grid."""
        return float(f"{self._low + super().value() * self._step:.10g}")

    def set_value(self, value: float) -> None:
        """Move the handle to the nearest grid value."""
        self._silent = True
        self.setValue(round((value - self._low) / self._step))
        self._silent = False

    def sliderChange(self, change: QSlider.SliderChange) -> None:
        super().sliderChange(change)
        if change != QSlider.SliderChange.SliderValueChange:
            return
        value = self.value()
        self.setAccessibleDescription(self._text(value))
        self.valueChanged.emit(value)
        if not self._silent:
            self.edited.emit(value, False)
            if not self.isSliderDown():
                self._settle.start()

    def _track(self) -> QRectF:
        y = self.height() - theme.px(10)
        return QRectF(theme.px(7), y - 1.5, self.width() - theme.px(14), 3)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font("body"))
        ends = (self._low, self._low + self.maximum() * self._step)
        widest = max(metrics.horizontalAdvance(self._text(v)) for v in ends)
        label = metrics.horizontalAdvance(self._label)
        return QSize(max(theme.px(72), label + widest + theme.px(12)), theme.px(38))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._drag(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._drag(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.setSliderDown(False)
            self.edited.emit(self.value(), True)

    def _drag(self, event: QMouseEvent) -> None:
        track = self._track()
        share = (event.position().x() - track.left()) / max(track.width(), 1)
        self.setValue(round(min(max(share, 0.0), 1.0) * self.maximum()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._settle.isActive():
            self._settle.stop()
            self.edited.emit(self.value(), True)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        enabled = self.isEnabled()
        painter.setFont(theme.font("body"))
        line = QRect(0, 0, self.width(), theme.px(18))
        painter.setPen(colors.ink2 if enabled else colors.ink3)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, self._label)
        painter.setPen(colors.ink if enabled else colors.ink3)
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, self._text(self.value()))
        track = self._track()
        share = super().value() / max(self.maximum(), 1)
        center = QPointF(track.left() + share * track.width(), track.center().y())
        ink = colors.ink if enabled else colors.ctl
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.line)
        painter.drawRoundedRect(track.adjusted(-theme.px(7), 0, theme.px(7), 0), 1.5, 1.5)
        painter.setBrush(ink)
        painter.drawRoundedRect(QRectF(0, track.top(), center.x(), 3), 1.5, 1.5)
        radius = theme.px(7) - 1
        painter.setPen(QPen(ink, 2))
        painter.setBrush(colors.panel)
        painter.drawEllipse(center, radius, radius)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(center, radius + 3, radius + 3)


class Combo(QComboBox):
    """A choice whose texts are never cut; the wheel turns it only while it has the focus.

    Parameters
    ----------
    options
        Pairs of a value and its text.
    typed
        Whether a person may type another number (learning rates); `typed` is its closed range.
    """

    valueChanged = Signal(object)
    edited = Signal(object, bool)

    def __init__(
        self,
        options: Iterable[tuple[Any, str]] = (),
        typed: tuple[float, float] | None = None,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._typed_range = typed
        self._value: Any = None
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        if typed:
            self.setEditable(True)
            self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            self.setCompleter(None)
            self.lineEdit().editingFinished.connect(self._typed)
        self.activated.connect(self._picked)
        theme.manager().changed.connect(self.updateGeometry)
        self.set_options(options)

    def set_options(self, options: Iterable[tuple[Any, str]]) -> None:
        """Replace the choices and keep the value where it is still among them."""
        kept = self._value
        self.blockSignals(True)
        self.clear()
        for value, text in options:
            self.addItem(text, value)
        self.blockSignals(False)
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + theme.px(24))
        if self._index(kept) < 0 and not self._typed_range:
            kept = self.itemData(0)
        self.set_value(kept)

    def value(self) -> Any:
        """Return the chosen or typed value."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Choose a value; a number that is no option is shown where numbers may be typed."""
        index = self._index(value)
        if index < 0 and (not self._typed_range or value is None):
            return
        changed = value != self._value
        self._value = value
        self.setCurrentIndex(index)
        if index < 0:
            self.setEditText(number_text(value))
        elif self._typed_range:
            self.setEditText(self.itemText(index))
        if changed:
            self.valueChanged.emit(value)

    def _index(self, value: Any) -> int:
        return next((i for i in range(self.count()) if self.itemData(i) == value), -1)

    def _picked(self, index: int) -> None:
        if self.itemData(index) != self._value:
            self.set_value(self.itemData(index))
            self.edited.emit(self._value, True)

    def _typed(self) -> None:
        known = self.findText(self.currentText())
        value = self.itemData(known) if known >= 0 else parse_number(self.currentText())
        if value is not None and known < 0:
            low, high = self._typed_range
            value = min(max(value, low), high)
        if value is None or value == self._value:
            self.set_value(self._value)
        else:
            self.set_value(value)
            self.edited.emit(value, True)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class Check(QCheckBox):
    """A check box; the click area is 28 px high."""

    valueChanged = Signal(object)
    edited = Signal(object, bool)

    def __init__(self, text: str = "", value: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setChecked(value)
        self.toggled.connect(self.valueChanged.emit)
        self.clicked.connect(lambda checked: self.edited.emit(checked, True))

    def value(self) -> bool:
        """Return whether it is checked."""
        return self.isChecked()

    def set_value(self, value: bool) -> None:
        """Check or uncheck it."""
        self.setChecked(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
