"""A field that opens over what is to be edited."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget


class FloatingEditor(QLineEdit):
    """Enter, and going elsewhere, take what was typed; Esc drops it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()

    def open_at(self, text: str, place: QRect) -> None:
        """Show the field in a place of the parent, with its text selected."""
        self.setText(text)
        self.setGeometry(place)
        self.show()
        self.selectAll()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self) -> None:
        """Tell of what was typed."""
        raise NotImplementedError

    def _finish(self, keep: bool) -> None:
        if not self.isVisible():
            return
        self.hide()
        self.parentWidget().setFocus(Qt.FocusReason.OtherFocusReason)
        if keep:
            self.take()

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
