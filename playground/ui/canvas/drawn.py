"""What the items of the canvas are made of, so that a live picture is painted without Python.

The training thread needs Python's lock all the time. Qt paints pictures, lines and what it has kept
of other items by itself; it asks Python only for items that were changed, and never for bounds.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap, QTransform
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsPixmapItem,
    QGraphicsRectItem,
    QStyleOptionGraphicsItem,
    QWidget,
)


class DrawnItem(QGraphicsRectItem):
    """An item that `draw` draws, and that is kept as a picture until `update` is called."""

    def __init__(self, parent: QGraphicsItem | None = None) -> None:
        super().__init__(parent)
        self.setPen(Qt.PenStyle.NoPen)  # a pen would widen the bounds
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def set_bounds(self, bounds: QRectF) -> None:
        """Say within which rectangle of its own coordinates the item is drawn."""
        if bounds != self.rect():
            self.setRect(bounds)

    def set_state(self, **state: bool) -> None:
        """Change attributes such as hovered or selected; draw anew where one is another now."""
        if any(getattr(self, name) != value for name, value in state.items()):
            for name, value in state.items():
                setattr(self, name, value)
            self.update()

    def draw(self, painter: QPainter) -> None:
        """Draw the item as it is now."""
        raise NotImplementedError

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter)


class PaneItem(QGraphicsPixmapItem):
    """A live picture that shows through an opening of the card before it."""

    def __init__(self, parent: QGraphicsItem) -> None:
        super().__init__(parent)
        self.place = QRectF()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemStacksBehindParent)
        self.setShapeMode(QGraphicsPixmapItem.ShapeMode.BoundingRectShape)

    def show_image(self, image: QImage, box: QRectF, smooth: bool) -> None:
        """Fill a box of the card with an image."""
        old, pixmap = self.pixmap().size(), QPixmap.fromImage(image)
        self.setPixmap(pixmap)
        if box != self.place or pixmap.size() != old:
            self.place = QRectF(box)
            modes = Qt.TransformationMode
            self.setTransformationMode(
                modes.SmoothTransformation if smooth else modes.FastTransformation
            )
            across, down = box.width() / pixmap.width(), box.height() / pixmap.height()
            self.setTransform(QTransform(across, 0, 0, down, box.left(), box.top()))
