"""Lines of equal height as painter paths."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

Values = NDArray[np.float64]


def contours(values: Values, levels: list[float], box: QRectF) -> list[QPainterPath]:
    """Return the lines where `values` (rows, columns) has each of the levels.

    Row 0 lies at the bottom of the box, column 0 at its left. The library is imported when the
    first picture is drawn.
    """
    from contourpy import contour_generator

    rows, columns = values.shape
    x, y = box.width() / (columns - 1), box.height() / (rows - 1)
    generator = contour_generator(z=values)
    paths = []
    for level in levels:
        path = QPainterPath()
        for line in generator.lines(level):
            corners = [QPointF(box.left() + a * x, box.bottom() - b * y) for a, b in line.tolist()]
            path.addPolygon(QPolygonF(corners))
        paths.append(path)
    return paths
