"""Panning by itself while something is dragged to the edge of the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QTimer

if TYPE_CHECKING:
    from playground.ui.canvas.view import Canvas

MARGIN = 28
"""Pixels from the edge within which the canvas pans."""
_SPEED = 0.4
"""Pixels a tick for each pixel into the margin."""
_TICK = 16


class EdgeScroll:
    """Pans towards what is out of sight, as long as the pointer stays at an edge."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._spot = QPoint()
        self._timer = QTimer(canvas, interval=_TICK)
        self._timer.timeout.connect(self._step)

    def follow(self, spot: QPoint) -> None:
        """Pan from now on where the pointer is at an edge behind which there are cards."""
        self._spot = spot
        if self._offset().isNull():
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Nothing is dragged any more."""
        self._timer.stop()

    def _offset(self) -> QPointF:
        """Return how far to move the picture, in pixels."""
        canvas, spot = self._canvas, self._spot
        view = canvas.viewport().rect()
        cards = canvas.mapFromScene(canvas.network.arrangement.bounds).boundingRect()
        moved = []
        for at, low, high, first, last in (
            (spot.x(), view.left(), view.right(), cards.left(), cards.right()),
            (spot.y(), view.top(), view.bottom(), cards.top(), cards.bottom()),
        ):
            back, on = low + MARGIN - at, at - (high - MARGIN)
            if back > 0 and first < low:
                moved.append(_SPEED * min(back, MARGIN))
            elif on > 0 and last > high:
                moved.append(-_SPEED * min(on, MARGIN))
            else:
                moved.append(0.0)
        return QPointF(*moved)

    def _step(self) -> None:
        offset = self._offset()
        if offset.isNull():
            self._timer.stop()
            return
        self._canvas.pan(offset)
        self._canvas.pointer.drag_to(self._spot)
