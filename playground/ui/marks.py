"""The shapes of classes, which tell them apart where colours do not."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

_ARM, _TIP = 0.4, 1.1
_PLUS = tuple(
    (sign_x * x, sign_y * y)
    for sign_x, sign_y, corners in (
        (1, -1, ((_ARM, _TIP), (_ARM, _ARM), (_TIP, _ARM))),
        (1, 1, ((_TIP, _ARM), (_ARM, _ARM), (_ARM, _TIP))),
        (-1, 1, ((_ARM, _TIP), (_ARM, _ARM), (_TIP, _ARM))),
        (-1, -1, ((_TIP, _ARM), (_ARM, _ARM), (_ARM, _TIP))),
    )
    for x, y in corners
)
_POLYGONS = (
    ((0, -1.15), (1.05, 0.75), (-1.05, 0.75)),
    ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
    ((0, 1.15), (1.05, -0.75), (-1.05, -0.75)),
    _PLUS,
)


def mark(index: int, at: QPointF, radius: float) -> QPainterPath:
    """Return the shape of class `index` around a place.

    Square, circle, triangle, diamond, triangle on its tip, plus; then they begin again.
    """
    path, kind = QPainterPath(), index % (2 + len(_POLYGONS))
    if kind == 0:
        half = radius * 0.9
        path.addRect(QRectF(at.x() - half, at.y() - half, 2 * half, 2 * half))
    elif kind == 1:
        path.addEllipse(at, radius, radius)
    else:
        corners = [at + QPointF(x, y) * radius for x, y in _POLYGONS[kind - 2]]
        path.addPolygon(QPolygonF(corners))
        path.closeSubpath()
    return path
