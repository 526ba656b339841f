"""The picture over a plane of two inputs: colours, the lines between classes, and the samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsScene, QWidget

from playground.ui import theme
from playground.ui.drawn import DrawnItem, DrawnView, PaneItem
from playground.ui.marks import mark

RADIUS, FEW_RADIUS, FEW = 0.0108, 0.02, 16
"""How large the mark of a point is, as a share of the field, and of few points that of each."""
LINE = 0.003
"""How thick the line around a mark is, as such a share."""


@dataclass(frozen=True)
class Marks:
    """Points of a part of the data, as the field shows them.

    Attributes
    ----------
    places
        Where they are on the screen (n, 2).
    labels
        The class of each (n,).
    hollow
        Whether they are drawn as rings, as those of the validation part are.
    """

    places: NDArray[Any]
    labels: NDArray[np.int64]
    hollow: bool


class FieldPicture(DrawnView):
    """A square of colours with marks on it, which Qt paints alone while a network trains.

    Its coordinates are those of the widget that it stands in, which gets all events.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setScene(QGraphicsScene(self))
        self.scene().setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.colors, self.border, self.front = PaneItem(), QGraphicsPathItem(), FrontItem()
        for item in (self.colors, self.border, self.front):
            self.scene().addItem(item)
        self._box, self._size = QRectF(), QSize()
        self.restyle()

    def set_box(self, box: QRectF) -> None:
        """Fill a square of the widget; a line around it belongs to the picture."""
        self._box = box
        whole = box.adjusted(-1, -1, 1, 1).toAlignedRect()
        self.setGeometry(whole)
        self.setSceneRect(QRectF(whole))
        self.front.set_box(box)
        self._stretch(self._size)

    def show_field(self, image: QImage, border: QPainterPath, hard: bool) -> None:
        """Show the colours, one pixel for each value, and lines in units of pixels."""
        self.colors.show_image(image, self._reach(image.size()), smooth=not hard)
        self.border.setPath(border)
        if image.size() != self._size:
            self._stretch(image.size())

    def _reach(self, size: QSize) -> QRectF:
        """Return where an image is drawn: half of its outermost pixels is beyond the square.

        Edges between pixels of the screen would be antialiased, which takes seven times as long.
        """
        across, down = (self._box.width() / (n - 1) / 2 for n in (size.width(), size.height()))
        return QRectF(self._box.adjusted(-across, -down, across, down).toAlignedRect())

    def _stretch(self, size: QSize) -> None:
        """Lay colours and lines over the square."""
        self._size = size
        if size.isEmpty():
            return
        self.colors.fill(self._reach(size))
        box, across, down = self._box, size.width() - 1, size.height() - 1
        self.border.setTransform(
            QTransform(box.width() / across, 0, 0, -box.height() / down, box.left(), box.bottom())
        )

    def clear(self) -> None:
        """Show no prediction."""
        self.colors.setPixmap(QPixmap())
        self.border.setPath(QPainterPath())

    def restyle(self) -> None:
        """Paint in the colours of the theme."""
        colors = theme.current()
        self.setBackgroundBrush(colors.zero)
        pen = QPen(colors.ink, 2 * theme.manager().scale)
        pen.setCosmetic(True)
        self.border.setPen(pen)
        self.front.update()


class FrontItem(DrawnItem):
    """What stays before the field: the points, and a frame that rounds the corners."""

    def __init__(self) -> None:
        super().__init__()
        self._box = QRectF()
        self._parts: Sequence[Marks] = ()
        self._classes = 2

    def set_box(self, box: QRectF) -> None:
        """Cover a square and the line around it."""
        self._box = box
        self.set_bounds(box.adjusted(-1, -1, 1, 1))
        self.update()

    def show_marks(self, parts: Sequence[Marks], classes: int) -> None:
        """Show the points of some of so many classes."""
        self._parts, self._classes = parts, classes
        self.update()

    def draw(self, painter: QPainter) -> None:
        box, colors, outline, corners = self._box, theme.current(), QPainterPath(), QPainterPath()
        painter.save()
        painter.setClipRect(box)
        for marks in self._parts:
            self._paint(painter, marks)
        painter.restore()
        outline.addRoundedRect(box, theme.px(4), theme.px(4))
        corners.addRect(self.rect())
        corners.addPath(outline)  # what lies in both is left out
        painter.fillPath(corners, colors.panel)
        painter.setPen(QPen(colors.line, 1))
        painter.drawPath(outline)

    def _paint(self, painter: QPainter, marks: Marks) -> None:
        """Paint points in the colours and shapes of their classes, large if they are few."""
        ratio = painter.device().devicePixelRatioF()
        share = FEW_RADIUS if len(marks.places) <= FEW else RADIUS
        radius = max(3.0, share * self._box.width())
        stamps = [self._stamp(label, marks.hollow, radius, ratio) for label in range(self._classes)]
        half = stamps[0].deviceIndependentSize().width() / 2
        places = (marks.places - half).tolist()
        for (x, y), label in zip(places, marks.labels.tolist(), strict=True):
            painter.drawPixmap(QPointF(x, y), stamps[label])

    def _stamp(self, label: int, hollow: bool, radius: float, ratio: float) -> QPixmap:
        """Draw the mark of a class once, which is much faster than to draw it for each point."""
        colors, side = theme.current(), 2 * (1.3 * radius + 2)
        picture = QPixmap((QSizeF(side, side) * ratio).toSize())
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = colors.class_color(label, self._classes)
        painter.setBrush(colors.panel if hollow else color)
        stroke = max(1.0, LINE * self._box.width()) * (1.8 if hollow else 1)
        painter.setPen(QPen(color if hollow else colors.panel, stroke))
        middle = picture.deviceIndependentSize().width() / 2
        painter.drawPath(mark(label, QPointF(middle, middle), radius))
        painter.end()
        return picture
