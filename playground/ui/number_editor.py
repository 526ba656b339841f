"""The field in which a number of a picture is typed."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Signal
from PySide6.QtWidgets import QWidget

from playground.ui import theme
from playground.ui.floating_editor import FloatingEditor
from playground.ui.i18n import tr
from playground.ui.numbers import parse_number


class NumberEditor(FloatingEditor):
    """Opens over a cell; what is no number leaves the old one.

    Signals
    -------
    entered(value)
        A person typed another number.
    """

    entered = Signal(float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._old = ""

    def open(self, value: float, box: QRectF) -> None:
        """Show the field over a cell, with its value selected."""
        self._old = f"{value:.4g}".replace("-", "−")
        self.setAccessibleName(tr("New value of the weight"))
        width, height = max(theme.px(76), int(box.width())), theme.px(28)
        left = min(int(box.left()), self.parentWidget().width() - width)
        top = int(box.center().y() - height / 2)
        self.open_at(self._old, QRect(max(0, left), top, width, height))

    def take(self) -> None:
        value = parse_number(self.text())
        if value is not None and self.text() != self._old:
            self.entered.emit(value)
