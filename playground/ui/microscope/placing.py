"""Where the units, weights and labels of the microscope's drawing stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, QSizeF

from playground.ui.microscope.situation import Place, Situation

NODE, SMALL_NODE, TIGHT_NODE = QSizeF(144, 108), QSizeF(132, 62), QSizeF(116, 62)
"""A unit; one where many stand below one another; and one where layers have little room."""
BIAS, GAP, SMALL_GAP = 24.0, 18.0, 4.0
"""The line of the bias under a unit, and what is left free under that."""
TOP, BOTTOM = 38.0, 44.0
"""Room for the titles of the layers, and for the arrows at the bottom …"""
LOW_TOP, LOW_BOTTOM, LOW = 28.0, 8.0, 300.0
"""… and in a drawing that is lower than `LOW`, which has no arrows."""
SIDE, TIGHT_SIDE = 32.0, 14.0
LOSS, TIGHT_LOSS = QSizeF(100, 86), QSizeF(84, 80)
LEAST_BETWEEN, MOST_BETWEEN, TIGHT_BETWEEN = 88.0, 190.0, 62.0
ROOMY = 136.0
"""Room between layers from which on names and numbers of weights share a line."""
MOST_LABELS = 8
"""Where more weights lie between two layers, only those on the path are told."""
MORE = 20.0
"""The line that says how many units are not drawn."""

_TRIES = (0.5, 0.36, 0.64, 0.26, 0.74, 0.18, 0.82)


def margins(height: float) -> tuple[float, float]:
    """Return what is left free above and below the units of a drawing of this height."""
    return (LOW_TOP, LOW_BOTTOM) if height < LOW else (TOP, BOTTOM)


def most_rows(height: float, scale: float) -> int:
    """Return how many units can stand below one another."""
    height /= scale
    room = height - sum(margins(height)) - (MORE if height >= LOW else 0)
    return max(2, int((room + SMALL_GAP) // (SMALL_NODE.height() + BIAS + SMALL_GAP)))


@dataclass
class Placing:
    """The places of everything, in pixels.

    Attributes
    ----------
    small
        Whether units are drawn small.
    tight
        Whether there is little room from left to right.
    top
        The room for titles, in pixels at 100 %.
    size
        What all of it takes.
    roomy
        Whether there is much room between layers.
    units
        The boxes of units by layer (−1 the input) and unit.
    loss
        The box of the loss.
    """

    small: bool
    tight: bool
    top: float
    size: QSizeF
    roomy: bool = True
    units: dict[tuple[int, int], QRectF] = field(default_factory=dict)
    loss: QRectF = field(default_factory=QRectF)

    def start(self, layer: int, unit: int) -> QPointF:
        """Return where the weights of a unit begin."""
        box = self.units[layer, unit]
        return QPointF(box.right(), self._height(box))

    def end(self, layer: int, unit: int) -> QPointF:
        """Return where the weights into a unit end."""
        box = self.units[layer, unit]
        return QPointF(box.left(), self._height(box))

    def _height(self, box: QRectF) -> float:
        return box.top() + box.height() * (0.3 if self.small else 0.5)

    def column(self, layer: int) -> QRectF:
        """Return the box around the units of a layer."""
        result = QRectF()
        for (of, _), box in self.units.items():
            if of == layer:
                result = result.united(box)
        return result


def place_units(s: Situation, width: float, height: float, scale: float) -> Placing:
    """Lay a network out in a room, from left to right; too narrow rooms are exceeded."""
    width, height = width / scale, height / scale
    top, bottom = margins(height)
    room, most, columns = height - top - bottom, max(map(len, s.shown)), len(s.shown)
    fits = most * (NODE.height() + BIAS + GAP) <= room - MORE
    node = NODE if fits else SMALL_NODE
    side, loss, least = SIDE, LOSS, LEAST_BETWEEN
    tight = _total(node, side, loss, least, columns) > width
    if tight:
        fits, node, side, loss, least = False, TIGHT_NODE, TIGHT_SIDE, TIGHT_LOSS, TIGHT_BETWEEN
    free = width - _total(node, side, loss, 0, columns)
    between = min(max(free / columns, least), MOST_BETWEEN)
    total = _total(node, side, loss, between, columns)
    left = max(0.0, (width - total) / 2) + side
    size = QSizeF(max(total, width) * scale, height * scale)
    placing = Placing(not fits, tight, top, size, between >= ROOMY)
    pitch = node.height() + BIAS + (GAP if fits else SMALL_GAP)
    if most > 1:
        pitch = max(pitch, min((room - MORE - node.height() - BIAS) / (most - 1), 1.9 * pitch))
    for column, units in enumerate(s.shown):
        tall = pitch * (len(units) - 1) + node.height() + BIAS
        start = top + max(0.0, (room - tall) / 2)
        for row, unit in enumerate(units):
            x, y = left + column * (node.width() + between), start + row * pitch
            placing.units[column - 1, unit] = QRectF(x * scale, y * scale, *_pair(node * scale))
    x, middle = (left + columns * (node.width() + between)) * scale, placing.column(columns - 2)
    y = middle.center().y() - loss.height() * scale / 2
    placing.loss = QRectF(x, y, *_pair(loss * scale))
    return placing


def _total(node: QSizeF, side: float, loss: QSizeF, between: float, columns: int) -> float:
    return 2 * side + columns * (node.width() + between) + loss.width()


def place_label(
    start: QPointF, end: QPointF, size: QSizeF, taken: Iterable[QRectF], must: bool
) -> QRectF | None:
    """Return a free place for a label on a line; where there is none, the best or no place.

    Parameters
    ----------
    must
        Whether the label has to stand somewhere, even over others.
    """
    best, least = None, 0.0
    for share in _TRIES:
        at = start + (end - start) * share
        box = QRectF(at.x() - size.width() / 2, at.y() - size.height() / 2, *_pair(size))
        grown = box.adjusted(-3, -2, 3, 2)
        covered = sum(_area(grown.intersected(other)) for other in taken)
        if not covered:
            return box
        if best is None or covered < least:
            best, least = box, covered
    return best if must else None


def _pair(size: QSizeF) -> tuple[float, float]:
    return size.width(), size.height()


def _area(box: QRectF) -> float:
    return box.width() * box.height()


def weights(s: Situation) -> list[Place]:
    """Return the weights that are drawn."""
    return [
        Place(layer, unit, source)
        for layer in range(len(s.layers))
        for source in s.shown[layer]
        for unit in s.shown[layer + 1]
    ]


def on_path(s: Situation, place: Place) -> bool:
    """Whether a weight lies on the way from the chosen parameter to the loss."""
    chosen = s.place
    if place.layer == chosen.layer:
        return place == chosen
    if place.layer == chosen.layer + 1:
        return place.source == chosen.unit
    return place.layer > chosen.layer


def unit_on_path(s: Situation, layer: int, unit: int) -> bool:
    """Whether a unit lies on the way from the chosen parameter to the loss."""
    if layer == s.place.layer - 1:
        return unit == s.place.source
    return layer > s.place.layer or (layer == s.place.layer and unit == s.place.unit)
