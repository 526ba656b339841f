"""What the items of scenes are made of, so that a live picture is painted without Python.

The training thread needs Python's lock all the time. Qt paints pictures, lines and what it has kept
of other items by itself; it asks Python only for items that were changed, and never for bounds.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap, QTransform
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsItem,
    QGraphicsPixmapItem,
    QGraphicsRectItem,
    QGraphicsView,
    QStyleOptionGraphicsItem,
    QWidget,
)


class DrawnView(QGraphicsView):
    """A view without frame or scroll bars, on ground that its scene covers.

    Parameters
    ----------
    parent
        The widget that it stands in.
    ground
        What it paints on; without, a plain widget.
    """

    def __init__(self, parent: QWidget | None = None, ground: QWidget | None = None) -> None:
        super().__init__(parent)
        if ground is not None:
            self.setViewport(ground)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # One rectangle is painted twice as fast as a region of many, and nothing beneath need be.
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.BoundingRectViewportUpdate)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)


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
    """A live picture; that of a card shows through an opening of the card before it."""

    def __init__(self, parent: QGraphicsItem | None = None) -> None:
        super().__init__(parent)
        self.place, self._size = QRectF(), QSize()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemStacksBehindParent)
        self.setShapeMode(QGraphicsPixmapItem.ShapeMode.BoundingRectShape)

    def show_image(self, image: QImage, box: QRectF, smooth: bool) -> None:
        """Fill a box with an image."""
        self.setPixmap(QPixmap.fromImage(image))
        modes = Qt.TransformationMode
        mode = modes.SmoothTransformation if smooth else modes.FastTransformation
        if mode != self.transformationMode():
            self.setTransformationMode(mode)
        self.fill(box)

    def fill(self, box: QRectF) -> None:
        """Stretch the image over a box."""
        size = self.pixmap().size()
        if (box, size) != (self.place, self._size) and not size.isEmpty():
            self.place, self._size = QRectF(box), size
            across, down = box.width() / size.width(), box.height() / size.height()
            self.setTransform(QTransform(across, 0, 0, down, box.left(), box.top()))
