"""A slider under its label and live value."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from playground.ui import theme
from playground.ui.numbers import number_text
from playground.ui.widgets.stepper import SETTLE_MS


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
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
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
