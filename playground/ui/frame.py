"""Where the parts of the window stand: data and layers, network, results, left to right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSplitter, QVBoxLayout, QWidget

from playground.ui import theme
from playground.ui.stage import Stage
from playground.ui.widgets import Rule, VerticalScroll

if TYPE_CHECKING:
    from playground.ui.window import Window

LEFT, STAGE = 212, 1228
"""The widths of the columns at 1440 px, which the text size multiplies."""


class Frame(QWidget):
    """The transport bar over the left column and the stage."""

    def __init__(self, window: Window, stage: Stage) -> None:
        super().__init__(window)
        self._window = window
        self._columns = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self.left = self._left_column()
        for part in (self.left, stage):
            self._columns.addWidget(part)
        self._columns.setStretchFactor(1, 1)
        rows = column(self)
        rows.addWidget(window.projector.header)
        rows.addWidget(window.transport)
        rows.addWidget(self._columns, 1)
        theme.manager().changed.connect(self.rescale)
        self.rescale()

    def _left_column(self) -> VerticalScroll:
        window, body = self._window, QFrame(objectName="panel")
        parts = column(body)
        for part in (window.data_panel, Rule(), window.palette_list):
            parts.addWidget(part)
        parts.addStretch(1)
        return VerticalScroll(body)

    def rescale(self) -> None:
        """Give the columns room for the text size."""
        self._columns.setSizes([theme.px(width) for width in (LEFT, STAGE)])


def middle(window: Window) -> QWidget:
    """Return the network with what stands above it."""
    body = QWidget()
    parts = column(body)
    for part in (window.header, Rule(), window.notices):
        parts.addWidget(part)
    parts.addWidget(window.canvas, 1)
    return body


def column(body: QWidget) -> QVBoxLayout:
    """Return a layout from top to bottom without gaps."""
    parts = QVBoxLayout(body)
    parts.setContentsMargins(0, 0, 0, 0)
    parts.setSpacing(0)
    return parts
