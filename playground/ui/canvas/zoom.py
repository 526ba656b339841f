"""A view onto a scene that zooms at the pointer, pans, and fits."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QGraphicsView, QWidget

from playground.ui import theme
from playground.ui.drawn import DrawnView

LEAST_ZOOM, MOST_ZOOM = 0.4, 2.5
_SMALLEST = 0.25
"""A network too large for 40 % is still shown whole."""
_LARGEST = 1.6
"""How far a small network grows on a large screen, beyond the size of the text."""
_MARGINS = 28, 32, -20, -44
_LOW_MARGINS = 28, 14, -20, -14
"""What stays free around the network; what floats at the bottom grows with the text."""
_LOW, _WIDE = 300, 680
"""Under this height the network takes the room in which else only the zoom control floats, unless
it is so narrow that they would meet."""
_DOTS = 24


class Ground(QWidget):
    """What a view paints on.

    A view that took all its events in Python would hold Python's lock while it paints.

    Signals
    -------
    left()
        The pointer has left.
    """

    left = Signal()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.left.emit()


class ZoomView(DrawnView):
    """A scene on dotted ground.

    It shows the whole scene until a person zooms or pans, and again after `fit`.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        self.ground = Ground()
        super().__init__(parent, self.ground)
        self.fitted = True
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        # No antialiasing but where items ask for it: smooth pixmaps would take seven times as long.
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)

    def arrange(self, room: QSizeF) -> QRectF:
        """Arrange the scene for a room, in pixels at 100 %, and return what it fills."""
        raise NotImplementedError

    def zoomed(self) -> None:
        """Follow a change of zoom or place."""

    def has_legend(self) -> bool:
        """Whether a legend floats at the bottom, which the scene must not cover."""
        return False

    def covered(self) -> int:
        """Return the pixels at the bottom that are left to what floats there."""
        return 0

    @property
    def zoom(self) -> float:
        """The present zoom; 1 is 100 %."""
        return self.transform().m11()

    def zoom_in(self) -> None:
        """Enlarge by a quarter."""
        self.zoom_at(1.25, QPointF(self.viewport().rect().center()))

    def zoom_out(self) -> None:
        """Shrink by a fifth."""
        self.zoom_at(0.8, QPointF(self.viewport().rect().center()))

    def fit(self) -> None:
        """Show the whole network, and keep it in sight until the next zoom or pan."""
        self.fitted = True
        self.refit()

    def refit(self) -> None:
        """Show all again, if nobody has zoomed or panned."""
        scale = theme.manager().scale
        room = QRectF(self.viewport().rect())
        low = room.height() < _LOW * scale and room.width() > _WIDE * scale
        low = low and not self.has_legend()
        left, top, right, bottom = _LOW_MARGINS if low else _MARGINS
        area = room.adjusted(left, top, right, bottom * scale - self.covered())
        if self.fitted and area.width() > 50 and area.height() > 50:
            bounds = self.arrange(area.size() / scale)
            across, down = area.width() / bounds.width(), area.height() / bounds.height()
            self._set_zoom(max(min(across, down, _LARGEST * scale), _SMALLEST))
            self._move(bounds.center() - self.mapToScene(area.center().toPoint()))
        self.zoomed()

    def zoom_at(self, factor: float, point: QPointF) -> None:
        """Zoom by a factor, within 40 to 250 %, while a point of the screen stays where it is."""
        before = self.mapToScene(point.toPoint())
        self.fitted = False
        self._set_zoom(min(max(self.zoom * factor, LEAST_ZOOM), MOST_ZOOM))
        self._move(before - self.mapToScene(point.toPoint()))
        self.zoomed()

    def pan(self, offset: QPointF) -> None:
        """Move the picture by pixels of the screen, as a drag on empty canvas does."""
        self.fitted = False
        self._move(-offset / self.zoom)
        self.zoomed()

    def center_on(self, point: QPointF) -> None:
        """Bring a point of the scene to the middle."""
        self.fitted = False
        self._move(point - self.mapToScene(self.viewport().rect().center()))
        self.zoomed()

    def _set_zoom(self, zoom: float) -> None:
        self.resetTransform()
        self.scale(zoom, zoom)

    def _move(self, offset: QPointF) -> None:
        """Move the window onto the scene, in lengths of the scene."""
        for bar, length in (
            (self.horizontalScrollBar(), offset.x()),
            (self.verticalScrollBar(), offset.y()),
        ):
            bar.setValue(bar.value() + round(length * self.zoom))

    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:
        colors = theme.current()
        painter.fillRect(rect, colors.canvas)
        if self.zoom < 0.5:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.grid)
        left, top = (int(edge // _DOTS) * _DOTS for edge in (rect.left(), rect.top()))
        for x in range(left, int(rect.right()) + _DOTS, _DOTS):
            for y in range(top, int(rect.bottom()) + _DOTS, _DOTS):
                painter.drawEllipse(QPointF(x, y), 1.0, 1.0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.angleDelta().y():
            self.zoom_at(1.2 ** (event.angleDelta().y() / 120), event.position())
        event.accept()
