"""The field in which a number of a picture is typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from playground.ui import theme
from playground.ui.i18n import tr
from playground.ui.numbers import parse_number


class NumberEditor(QLineEdit):
    """Opens over a cell: Enter takes the number, Esc and what is no number leave the old one.

    Signals
    -------
    entered(value)
        A person typed another number.
    """

    entered = Signal(float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._old = ""
        self.hide()

    def open(self, value: float, box: QRectF) -> None:
        """Show the field over a cell, with its value selected."""
        self._old = f"{value:.4g}".replace("-", "−")
        self.setText(self._old)
        self.setAccessibleName(tr("New value of the weight"))
        width, height = max(theme.px(76), int(box.width())), theme.px(28)
        left = min(int(box.left()), self.parentWidget().width() - width)
        self.setGeometry(max(0, left), int(box.center().y() - height / 2), width, height)
        self.show()
        self.selectAll()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _finish(self, keep: bool) -> None:
        if not self.isVisible():
            return
        self.hide()
        self.parentWidget().setFocus(Qt.FocusReason.OtherFocusReason)
        value = parse_number(self.text())
        if keep and value is not None and self.text() != self._old:
            self.entered.emit(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._finish(keep=False)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._finish(keep=True)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QEvent) -> None:
        super().focusOutEvent(event)
        self._finish(keep=True)
