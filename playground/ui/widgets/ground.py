"""The ground on which a widget draws."""

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QWidget


def fill_ground(widget: QWidget) -> None:
    """Let a widget fill its own ground with the colour of panels.

    Each change in a widget that is clear paints all that lies beneath it, up to the window.
    """
    widget.setBackgroundRole(QPalette.ColorRole.Base)
    widget.setAutoFillBackground(True)
