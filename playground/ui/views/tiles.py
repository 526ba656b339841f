"""Small pictures side by side, as large as there is room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.ui import theme
from playground.ui.canvas.thumbnails import gray_picture, picture
from playground.ui.cells import CHOOSING, Pointing
from playground.ui.i18n import tr
from playground.ui.numbers import signed_text
from playground.ui.tip import Tip
from playground.ui.widgets import EmptyState, FocusRing

LEAST, MOST = 44, 560
"""Sides of a tile, in pixels at 100 %."""
GAP = 8
CAPTION = 18


@dataclass(frozen=True)
class Tile:
    """A picture with what stands below it and the numbers that it shows, (height, width)."""

    caption: str
    image: QImage
    values: NDArray[np.float32]


def signed_tiles(captions: Sequence[str], values: NDArray[np.float32], scale: float) -> list[Tile]:
    """Return tiles of (count, height, width) from orange, −`scale`, to blue, +`scale`."""
    colored = theme.diverging(values, most=scale or 1.0)
    return [
        Tile(caption, picture(rgba), numbers)
        for caption, rgba, numbers in zip(captions, colored, values, strict=True)
    ]


def image_tile(caption: str, sample: NDArray[np.float32]) -> Tile:
    """Return a tile of an image (channels, height, width) of 0 to 1, bright on black."""
    return Tile(caption, gray_picture(sample), sample[0])


class Tiles(Pointing):
    """Tiles in rows; the mouse reads single numbers out, the arrow keys go from tile to tile.

    Signals
    -------
    chosen(index)
        A person clicked on a tile, or pressed Enter or Space on it.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles: list[Tile] = []
        self.current: int | None = None
        self.tip = Tip(self)
        self.empty = EmptyState("eye", parent=self)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        FocusRing(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.manager().changed.connect(self._fit)

    def show_tiles(self, tiles: list[Tile]) -> None:
        """Show other tiles."""
        count, self.tiles = len(self.tiles), tiles
        self.empty.setVisible(not tiles)
        if len(tiles) != count:
            self._point_at(None)
            self._fit()
        self.update()

    def _fit(self) -> None:
        """Ask for the height that tiles of the least side need."""
        side = theme.px(LEAST)
        rows = ceil(len(self.tiles) / self._columns(side)) if self.tiles else 1
        self.setMinimumHeight(ceil(rows * self._pitch(side)))
        self.update()

    def _columns(self, side: float) -> int:
        return max(1, int((self.width() - 1 + GAP) / (side + GAP)))

    def _flatness(self) -> float:
        """Return height over width of the pictures, 1 where they are as high or higher."""
        shapes = [tile.values.shape for tile in self.tiles]
        return min(1.0, max((high / wide for high, wide in shapes), default=1.0))

    def _pitch(self, side: float) -> float:
        """Return how far apart rows of tiles so wide are."""
        return side * self._flatness() + theme.px(CAPTION) + GAP

    def _side(self) -> float:
        """Return the largest width with which all tiles have room."""
        best, caption = float(theme.px(LEAST)), theme.px(CAPTION)
        for columns in range(1, len(self.tiles) + 1):
            rows = ceil(len(self.tiles) / columns)
            across = (self.width() - 1 + GAP) / columns - GAP
            down = ((self.height() + GAP) / rows - GAP - caption) / self._flatness()
            best = max(best, min(across, down))
        return min(best, theme.px(MOST), self.width() - 1)

    def box(self, index: int) -> QRectF:
        """Return where the picture of a tile is."""
        side = self._side()
        row, column = divmod(index, self._columns(side))
        high, wide = self.tiles[index].values.shape
        cell = side / max(high, wide)
        left, top = column * (side + GAP), row * self._pitch(side)
        return QRectF(left + 0.5, top + 0.5, wide * cell, high * cell)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(372), theme.px(200))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(LEAST + CAPTION))

    def paintEvent(self, event: QPaintEvent) -> None:
        colors, painter = theme.current(), QPainter(self)
        painter.setFont(theme.font("caption"))
        for index, tile in enumerate(self.tiles):
            box = self.box(index)
            shrinks = tile.image.width() > box.width() * self.devicePixelRatioF()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, shrinks)
            painter.drawImage(box, tile.image)
            strong = index == self.current
            painter.setPen(QPen(colors.ink, 2) if strong else QPen(colors.line, 1))
            painter.drawRect(box)
            painter.setPen(colors.ink if strong else colors.ink2)
            line = QRectF(box.left(), box.bottom() + 2, self._side(), theme.px(CAPTION))
            mode = Qt.TextElideMode.ElideRight
            text = painter.fontMetrics().elidedText(tile.caption, mode, round(self._side()))
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft, text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.empty.setGeometry(self.rect())
        self._fit()

    # Pointing

    def _place(self, at: QPointF) -> tuple[int, int, int] | None:
        """Return tile, row and column at a place of the widget."""
        for index, tile in enumerate(self.tiles):
            box, (high, wide) = self.box(index), tile.values.shape
            if box.contains(at):
                row = int((at.y() - box.top()) / box.height() * high)
                column = int((at.x() - box.left()) / box.width() * wide)
                return index, min(row, high - 1), min(column, wide - 1)
        return None

    def _point_at(self, index: int | None) -> None:
        if index != self.current:
            self.current = index
            caption = "" if index is None else self.tiles[index].caption
            self.setAccessibleDescription(caption)
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._place(event.position())
        self._point_at(None if place is None else place[0])
        self.tip.setVisible(place is not None)
        if place is None:
            return
        index, row, column = place
        text = tr(
            "row {row}, column {column}: {value}",
            row=row + 1,
            column=column + 1,
            value=signed_text(float(self.tiles[index].values[row, column]), 3),
        )
        self.tip.setText(f"{self.tiles[index].caption} · {text}")
        self.tip.adjustSize()
        x = min(event.position().x() + 12, self.width() - self.tip.width())
        y = event.position().y() - self.tip.height() - 8
        self.tip.move(round(max(x, 0)), round(y if y >= 0 else event.position().y() + 16))
        self.tip.raise_()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place(event.position())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(place[0])

    def leaveEvent(self, event: QEvent) -> None:
        self.tip.hide()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, columns = Qt.Key(event.key()), self._columns(self._side())
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -columns,
            Qt.Key.Key_Down: columns,
        }
        if key in CHOOSING and self.current is not None:
            self.chosen.emit(self.current)
        elif key in steps and self.tiles:
            start = 0 if self.current is None else self.current + steps[key]
            self._point_at(min(max(start, 0), len(self.tiles) - 1))
        else:
            super().keyPressEvent(event)
