"""A parameter tried at other values: a slider along the curve of the loss."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.ui import theme
from playground.ui.i18n import Translated, tr
from playground.ui.microscope.arithmetic import shown, signed
from playground.ui.widgets import Button, Label, LabeledSlider

OWN_KEYS = {
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
}


class CurveSlider(LabeledSlider):
    """A slider that keeps the keys which elsewhere go to the next step or sample."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            assert isinstance(event, QKeyEvent)
            if Qt.Key(event.key()) in OWN_KEYS:
                event.accept()
                return True
        return super().event(event)


class Trial(Translated, QWidget):
    """Moves a parameter along its curve; nothing changes until a person wants it.

    Signals
    -------
    moved(at)
        The parameter is tried at another point of the curve.
    wanted(value)
        The parameter is to be given the value that is tried.
    """

    moved = Signal(int)
    wanted = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._w = self._loss = self._slopes = np.zeros(1)
        self.slider = CurveSlider("", 0, 0, 1, self._text)
        self.told = Label(role="strong")
        self.set_button, self.back = Button(" ", kind="small"), Button(" ", kind="small")
        self.slider.valueChanged.connect(lambda _: self._moved())
        self.set_button.clicked.connect(lambda: self.wanted.emit(self.value))
        self.back.clicked.connect(self.go_back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._track = QHBoxLayout()
        self._track.addWidget(self.slider)
        column.addLayout(self._track)
        column.addWidget(self.told)
        row = QHBoxLayout()
        row.addWidget(self.set_button, 1)
        row.addWidget(self.back)
        column.addLayout(row)
        self.setEnabled(False)
        self.retranslate()

    @property
    def at(self) -> int:
        """The point of the curve at which the parameter is tried."""
        return int(self.slider.value())

    @property
    def value(self) -> float:
        """The value at which the parameter is tried."""
        return float(self._w[self.at])

    def show_curve(self, w: np.ndarray, loss: np.ndarray, slopes: np.ndarray) -> None:
        """Go along another curve (points,), with the present value in its middle."""
        self._w, self._loss, self._slopes = w, loss, slopes
        self.slider.setRange(0, len(w) - 1)
        self.setEnabled(True)
        self.go_back()
        self._write()

    def align(self, left: int, right: int) -> None:
        """Leave so many pixels free beside the slider, as the plot above has beside its curve."""
        radius = theme.px(7)
        self._track.setContentsMargins(left - radius, 0, right - radius, 0)

    def go_back(self) -> None:
        """Go back to the present value."""
        self.slider.set_value(len(self._w) // 2)

    def _text(self, at: float) -> str:
        return shown(float(self._w[min(int(at), len(self._w) - 1)]))

    def _moved(self) -> None:
        self._write()
        self.moved.emit(self.at)

    def _write(self) -> None:
        here, tried = self.at, self.at != len(self._w) // 2
        loss, slope = shown(float(self._loss[here])), signed(float(self._slopes[here]))
        self.told.setText(tr("loss {loss} · slope {slope}", loss=loss, slope=slope))
        self.set_button.setEnabled(tried)
        self.back.setEnabled(tried)

    def retranslate(self) -> None:
        self.set_button.setText(tr("Set to this value"))
        self.set_button.setToolTip(tr("Give the network this value; Undo takes it back"))
        self.back.setText(tr("Back"))
        self.back.setToolTip(tr("Back to the present value"))
        self._write()
