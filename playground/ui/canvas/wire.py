"""Wires between cards, and the edges between single units."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from playground.ui import theme
from playground.ui.drawn import DrawnItem

PORT = 5.0
PLUS = 12.0
_CORNER = 14.0
_SHADES = 16
"""How many widths an edge can have; changes that nobody sees are not painted."""


class WireItem(DrawnItem):
    """The wire from one card to another, with ports where it joins neighbours.

    A "+" in its middle inserts a layer; on wires that run around cards it shows on hovering.
    """

    def __init__(self) -> None:
        super().__init__()
        self.source = ""
        """The node that is read; its card may be that of a block with more nodes."""
        self.targets: tuple[str, ...] = ()
        """The nodes that read it, several where their card is that of a block."""
        self.hovered = self.thick = self.broken = self.selected = False
        self.path = QPainterPath()
        self.middle = QPointF()
        self.plain = True
        self._corners: tuple[QPointF, ...] = ()
        self._points: NDArray[np.float64] | None = None
        self.setZValue(20)

    @property
    def link(self) -> tuple[str, str]:
        """The nodes that are linked, the first ones of blocks."""
        return self.source, self.targets[0]

    def place(self, corners: tuple[QPointF, ...], middle: QPointF, plain: bool) -> None:
        """Run through corners, the ports at its ends included; `middle` is the place of the "+"."""
        if (corners, middle, plain) == (self._corners, self.middle, self.plain):
            return
        self._corners, self.middle, self.plain = corners, middle, plain
        level = corners[0].y() == corners[1].y() and corners[-1].y() == corners[-2].y()
        self.setZValue(20 if level else 8)  # the buttons over a card hide wires that run there
        self.path = QPainterPath(corners[0])
        _rounded(self.path, corners[0], list(corners[1:]))
        self._points = None
        self.set_bounds(self.path.boundingRect().adjusted(-16, -16, 16, 16))
        self.update()

    def distance(self, point: QPointF) -> float:
        """Return how far a point of the scene is from the wire."""
        if self._points is None:  # found when they are asked for: a drag moves wires all the time
            self._points = _points_on(self._corners)
        away = self._points - (point.x(), point.y())
        return float(np.hypot(away[:, 0], away[:, 1]).min())

    @property
    def plus(self) -> bool:
        """Whether the "+" shows."""
        return self.plain or self.hovered or self.selected

    def on_plus(self, point: QPointF) -> bool:
        """Whether a point of the scene lies on the "+"."""
        return self.plus and _length(point - self.middle) <= PLUS + 2

    def draw(self, painter: QPainter) -> None:
        colors = theme.current()
        color = colors.ink if self.thick or self.hovered or self.selected else colors.ctl
        style = Qt.PenStyle.DashLine if self.broken else Qt.PenStyle.SolidLine
        width = 3.0 if self.thick else 2.4 if self.selected else 1.5
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color, width, style))
        painter.drawPath(self.path)
        self._paint_ends(painter, color)
        if not self.plus:
            return
        painter.setPen(QPen(colors.ink if self.hovered else colors.ctl, 1))
        painter.setBrush(colors.panel)
        painter.drawEllipse(self.middle, PLUS - 0.5, PLUS - 0.5)
        painter.setPen(QPen(colors.ink if self.hovered else colors.ink2, 1.6))
        for reach in (QPointF(5, 0), QPointF(0, 5)):
            painter.drawLine(self.middle - reach, self.middle + reach)

    def _paint_ends(self, painter: QPainter, color: QColor) -> None:
        """Paint the arrow head, ports at the sides of cards, and a dot where it leaves a top."""
        start, end = self._corners[0], self._corners[-1]
        ahead = end - self._corners[-2]
        ahead /= max(_length(ahead), 1e-9)
        aside = QPointF(-ahead.y(), ahead.x())
        tip = end - ahead * (PORT + 1 if ahead.x() else 1)
        painter.setPen(QPen(color, 1.5))
        head = [tip - ahead * 5 - aside * 4, tip, tip - ahead * 5 + aside * 4]
        painter.drawPolyline(QPolygonF(head))
        painter.setBrush(theme.current().panel)
        if ahead.x():
            painter.drawEllipse(end, PORT - 0.5, PORT - 0.5)
        if start.y() == self._corners[1].y():
            painter.drawEllipse(start, PORT - 0.5, PORT - 0.5)
        else:
            painter.setBrush(color)
            painter.drawEllipse(start, 2, 2)


def _rounded(path: QPainterPath, start: QPointF, corners: list[QPointF]) -> None:
    """Draw lines through corners, each rounded as far as its sides allow."""
    before = start
    for corner, after in pairwise(corners):
        back, ahead = before - corner, after - corner
        reach = min(_CORNER, _length(back) / 2, _length(ahead) / 2)
        path.lineTo(corner + back * (reach / max(_length(back), 1e-9)))
        path.quadTo(corner, corner + ahead * (reach / max(_length(ahead), 1e-9)))
        before = corner
    path.lineTo(corners[-1])


def _length(vector: QPointF) -> float:
    return float(np.hypot(vector.x(), vector.y()))


def _points_on(corners: tuple[QPointF, ...]) -> NDArray[np.float64]:
    """Return points at most 4 pixels apart on the lines between corners (n, 2)."""
    return np.array(
        [
            (corner.x() * (1 - t) + after.x() * t, corner.y() * (1 - t) + after.y() * t)
            for corner, after in pairwise(corners)
            for t in np.linspace(0, 1, 1 + int(_length(after - corner) // 4))
        ]
    )


class EdgesItem(DrawnItem):
    """All weights between the units of two cards, drawn weak to strong.

    Blue is positive and orange negative. Width and opacity grow with the weight's size, up to the
    95th percentile of the layer. Without weights (a layer that has none) the edges are grey.
    """

    def __init__(self, source: str, target: str) -> None:
        super().__init__()
        self.source, self.target = source, target
        self.weights: NDArray[np.float32] | None = None
        self.hovered: tuple[int, int] | None = None
        self._ends: tuple[list[QPointF], list[QPointF]] = ([], [])
        self._paths: dict[tuple[int, int], QPainterPath] = {}
        self._bounds = QRectF()
        self._styles: NDArray[np.intp] | None = None
        self.setZValue(12)  # over the cards' panels; edges end at the sides of the thumbnails

    def place(self, starts: list[QPointF], ends: list[QPointF], full: bool) -> None:
        """Run from the right sides of the source's units to the left sides of the target's.

        `full` joins each with each, otherwise each with the one at its height.
        """
        pairs = [(i, j) for i in range(len(starts)) for j in range(len(ends)) if full or i == j]
        if (starts, ends) == self._ends and pairs == list(self._paths):
            return
        self._ends = (starts, ends)
        if not self.fits(self.weights):
            self.weights = self._styles = None
        self._paths = {(i, j): _edge(starts[i], ends[j]) for i, j in pairs}
        self._bounds = QRectF()
        for path in self._paths.values():
            self._bounds = self._bounds.united(path.controlPointRect())
        self.set_bounds(self._bounds.adjusted(-6, -6, 6, 6))
        self.update()

    def fits(self, weights: NDArray[np.float32] | None) -> bool:
        """Whether weights are those of the units between which the edges run."""
        starts, ends = self._ends
        return weights is not None and weights.shape == (len(starts), len(ends))

    def set_weights(self, weights: NDArray[np.float32] | None) -> None:
        """Show weights (inputs, units); what looks the same is not painted again."""
        self.weights, old = weights, self._styles
        self._styles = None if weights is None else _styles(weights)
        if self._styles is None or old is None or not np.array_equal(old, self._styles):
            self.update()

    def hit(self, point: QPointF, reach: float) -> tuple[int, int] | None:
        """Return the units whose edge passes nearest to a point, within `reach`."""
        starts, ends = self._ends
        if not self._paths or not self._bounds.adjusted(-reach, -reach, reach, reach).contains(
            point
        ):
            return None
        pairs = list(self._paths)
        a = np.array([(starts[i].x(), starts[i].y()) for i, _ in pairs])[:, None]
        b = np.array([(ends[j].x(), ends[j].y()) for _, j in pairs])[:, None]
        t = np.linspace(0, 1, 40)[None, :, None]
        bend = (b - a) * (0.45, 0)
        curve = (
            (1 - t) ** 3 * a
            + 3 * (1 - t) ** 2 * t * (a + bend)
            + 3 * (1 - t) * t**2 * (b - bend)
            + t**3 * b
        )
        away = np.hypot(curve[..., 0] - point.x(), curve[..., 1] - point.y()).min(axis=1)
        nearest = int(away.argmin())
        return pairs[nearest] if away[nearest] <= reach else None

    def draw(self, painter: QPainter) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        colors, styles = theme.current(), self._styles
        if styles is None:
            for path in self._paths.values():
                painter.strokePath(path, QPen(colors.ctl, 1.2))
            return
        # Thick edges in a dense bundle would only hide each other, and take long to paint.
        width = 7 * min(1.0, max(0.5, (24 / len(self._paths)) ** 0.5))
        for pair in sorted(self._paths, key=lambda pair: abs(styles[pair])):
            if pair != self.hovered:
                share = abs(int(styles[pair])) / _SHADES
                color = QColor(colors.pos if styles[pair] > 0 else colors.neg)
                color.setAlphaF(0.3 + 0.6 * share)
                painter.strokePath(self._paths[pair], _flat(color, 0.8 + width * share))
        if self.hovered in self._paths:
            style = int(styles[self.hovered])
            pen = _flat(colors.pos if style > 0 else colors.neg, 2.3 + width * abs(style) / _SHADES)
            painter.strokePath(self._paths[self.hovered], pen)


def _styles(weights: NDArray[np.float32]) -> NDArray[np.intp]:
    """Return how strongly each weight is drawn, from 1 to `_SHADES`, with its sign."""
    sizes = np.abs(np.nan_to_num(weights))
    # NumPy's own percentile would import much for the first picture, and takes ten times as long.
    strong = max(float(np.sort(sizes, axis=None)[int(0.95 * (sizes.size - 1))]), 1e-9)
    share = 1 + np.round((_SHADES - 1) * np.minimum(sizes / strong, 1))
    return np.where(weights >= 0, share, -share).astype(np.intp)


def _flat(color: QColor, width: float) -> QPen:
    return QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)


def _edge(start: QPointF, end: QPointF) -> QPainterPath:
    bend = QPointF(0.45 * (end.x() - start.x()), 0)
    path = QPainterPath(start)
    path.cubicTo(start + bend, end - bend, end)
    return path


class LossLinksItem(DrawnItem):
    """Thin lines from the outputs to the loss card."""

    def __init__(self) -> None:
        super().__init__()
        self._path = QPainterPath()
        self.setZValue(12)

    def place(self, starts: list[QPointF], end: QPointF) -> None:
        """Run from the outputs to the middle of the loss card's left side."""
        self._path = QPainterPath()
        for start in starts:
            self._path.addPath(_edge(start, end))
        self.set_bounds(self._path.boundingRect().adjusted(-2, -2, 2, 2))
        self.update()

    def draw(self, painter: QPainter) -> None:
        painter.strokePath(self._path, QPen(theme.current().ctl, 1.2))
