"""Where the parts of the window stand: data and layers, network, results, left to right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSplitter, QVBoxLayout, QWidget

from playground.ui import theme
from playground.ui.widgets import Rule, VerticalScroll

if TYPE_CHECKING:
    from playground.ui.window import Window

LEFT, MIDDLE, RIGHT = 212, 832, 396
"""The widths of the columns at 1440 px, which the text size multiplies."""

BELOW, BESIDE = 380, 200
"""The heights of the views under the canvas, and of the inspector under the results."""


class Frame(QWidget):
    """The transport bar over three columns that a person can widen."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._left = self._left_column()
        self._middle = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        self._right = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        self._right.addWidget(window.results)
        self._columns = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        for part in (self._left, self._middle_column(), self._right):
            self._columns.addWidget(part)
        self._columns.setStretchFactor(1, 1)
        rows = _column(self)
        rows.addWidget(window.transport)
        rows.addWidget(self._columns, 1)
        theme.manager().changed.connect(self._rescale)
        window.inspector.height_changed.connect(self._fit_inspector)
        self._rescale()

    def _left_column(self) -> VerticalScroll:
        window, body = self._window, QFrame(objectName="panel")
        column = _column(body)
        for part in (window.data_panel, Rule(), window.palette_list):
            column.addWidget(part)
        column.addStretch(1)
        return VerticalScroll(body)

    def _middle_column(self) -> QWidget:
        window, body = self._window, QWidget()
        for part in (window.canvas, window.below, window.inspector):
            self._middle.addWidget(part)
        self._middle.setStretchFactor(0, 1)
        column = _column(body)
        for part in (window.header, Rule(), window.notices):
            column.addWidget(part)
        column.addWidget(self._middle, 1)
        return body

    def _rescale(self) -> None:
        """Give the columns room for the text size."""
        self._columns.setSizes([theme.px(width) for width in (LEFT, MIDDLE, RIGHT)])

    def _fit_inspector(self) -> None:
        """Let the canvas have what the inspector does not need."""
        inspector = self._window.inspector
        if inspector.parent() is self._middle:
            canvas, below, present = self._middle.sizes()
            height = min(present, inspector.maximumHeight())
            height = max(height, inspector.minimumHeight())
            self._middle.setSizes([canvas + present - height, below, height])

    def place_inspector(self, beside: bool) -> None:
        """Put the inspector under the canvas, or under the results where a view needs the room."""
        inspector = self._window.inspector
        home = self._right if beside else self._middle
        if inspector.parent() is home:
            return  # what a person dragged stays as it is
        home.addWidget(inspector)
        if beside:
            self._middle.setSizes([1, theme.px(BELOW)])
            self._right.setSizes([10 * BESIDE, theme.px(BESIDE)])


def _column(body: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(body)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column
