"""Pictures of cells in rows and columns, which the mouse or the arrow keys read out."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.ui.tip import Tip
from playground.ui.widgets import FocusRing

Cell = tuple[int, int]
"""Row and column."""

MOVES = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
"""By how many rows and columns an arrow key goes."""

CHOOSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
"""The keys that choose what the arrow keys have gone to."""


class Pointing(QWidget):
    """A picture of parts: it points at one while the pointer is on it or the keys go to it."""

    def _point_at(self, part: Any) -> None:
        """Point at a part; None for none."""
        raise NotImplementedError

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._point_at(None)
        super().focusOutEvent(event)


class CellPicture(Pointing):
    """Rings the cell under the mouse, or the one the arrow keys went to, and tells it in a tip.

    A subclass says how many cells there are, where they stand and what they mean, and paints
    them with a ring around `_cell`.
    """

    gap: ClassVar[int] = 4
    """Pixels between a cell and its tip."""
    entry: ClassVar[Cell] = (-1, -1)
    """Where the first arrow key sets out from; beyond the corner, all lead to the first cell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cell: Cell | None = None
        self.tip = Tip(self)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        FocusRing(self)

    def shape(self) -> tuple[int, int]:
        """Return how many rows and columns there are."""
        raise NotImplementedError

    def readout(self, row: int, column: int) -> str:
        """Return what a cell means, in words."""
        raise NotImplementedError

    def cell_at(self, at: QPointF) -> Cell | None:
        """Return row and column under a point."""
        raise NotImplementedError

    def _cell_box(self, row: int, column: int) -> QRectF:
        raise NotImplementedError

    def _point_at(self, cell: Cell | None) -> None:
        """Ring a cell, or the nearest there is, and say what it means; None rings none."""
        rows, columns = self.shape()
        self._cell = None
        if cell is not None and rows and columns:
            self._cell = min(max(cell[0], 0), rows - 1), min(max(cell[1], 0), columns - 1)
        self.tip.setVisible(self._cell is not None)
        if self._cell is not None:
            self._write_tip(*self._cell)
        self.update()

    def _write_tip(self, row: int, column: int) -> None:
        """Place the tip above its cell, or below where there is no room."""
        self.tip.setText(self.readout(row, column))
        self.setAccessibleDescription(self.tip.text())
        self.tip.adjustSize()
        box = self._cell_box(row, column)
        x, y = box.center().x() - self.tip.width() / 2, box.top() - self.tip.height() - self.gap
        x = min(max(x, 0), self.width() - self.tip.width())
        self.tip.move(round(x), round(y if y >= 0 else box.bottom() + self.gap))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position())
        if cell != self._cell:
            self._point_at(cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = MOVES.get(Qt.Key(event.key()))
        if move is None:
            super().keyPressEvent(event)
        else:
            row, column = self._cell or self.entry
            self._point_at((row + move[0], column + move[1]))
