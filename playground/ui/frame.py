"""Where the parts of the window stand: data and layers, network, results, left to right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from playground.ui import theme
from playground.ui.rail import Rail
from playground.ui.stage import Stage
from playground.ui.widgets import Rule, VerticalScroll

if TYPE_CHECKING:
    from playground.ui.window import Window

LEFT, STAGE = 212, 1228
"""The widths of the columns at 1440 px, which the text size multiplies."""

NARROW = 1200
"""Below this width at 100 % a rail of icons stands for the left column."""

LOWEST = 100
"""The network keeps so many pixels, whatever stands below it."""


class Frame(QWidget):
    """The transport bar over the left column and the stage.

    Attributes
    ----------
    pages
        What fills the window: this page, and others over it such as the microscope.
    """

    def __init__(self, window: Window, stage: Stage) -> None:
        pages = QStackedWidget(window)
        window.setCentralWidget(pages)  # before it is filled: each move styles all parts anew
        super().__init__(pages)
        pages.addWidget(self)
        self.pages = pages
        self._window = window
        self._columns = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self.left = self._left_column()
        self.rail = Rail(self.left, {"data": window.data_panel, "dense": window.palette_list})
        for part in (self.left, stage):
            self._columns.addWidget(part)
        self._columns.setStretchFactor(1, 1)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.rail)
        across.addWidget(self._columns, 1)
        rows = column(self)
        rows.addWidget(window.projector.header)
        rows.addWidget(window.transport)
        rows.addLayout(across, 1)
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
        if self.isVisible():  # or there is no width yet
            self._fold()
        if not self.rail.folded:
            self._columns.setSizes([theme.px(width) for width in (LEFT, STAGE)])

    def _fold(self) -> None:
        """Let the rail stand for the left column where the window is narrow."""
        folded, busy = self.width() < theme.px(NARROW), theme.manager().switching
        if folded == self.rail.folded or self._window.projector.active or busy:
            return
        self.rail.fold(folded)
        if not folded:
            self._columns.insertWidget(0, self.left)
            self.left.show()
            self._columns.setSizes([theme.px(LEFT), self.width() - theme.px(LEFT)])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the left column on Esc where it lies over the network."""
        if event.key() == Qt.Key.Key_Escape and self.rail.opened:
            self.rail.close_column()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()


def middle(window: Window) -> QWidget:
    """Return the network with what stands above it."""
    body = QWidget()
    parts = column(body)
    for part in (window.header, Rule(), window.notices):
        parts.addWidget(part)
    window.canvas.setMinimumHeight(LOWEST)
    parts.addWidget(window.canvas, 1)
    return body


def column(body: QWidget) -> QVBoxLayout:
    """Return a layout from top to bottom without gaps."""
    parts = QVBoxLayout(body)
    parts.setContentsMargins(0, 0, 0, 0)
    parts.setSpacing(0)
    return parts
