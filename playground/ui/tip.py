"""A tip inside a picture: what lies under the mouse or the ring, in words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from playground.ui.widgets import Label


class Tip(Label):
    """Stands over the picture that owns it, hidden at first; the mouse goes through."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(role="tip", parent=owner)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
