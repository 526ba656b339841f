"""The ways of wires between cards that stand anywhere: the cheapest of a few shapes.

A wire runs from the right port of a card to the left one of another: straight, with one bend, or
around what is between. One of several wires of a card may also leave and arrive above or below.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

from playground.ui.canvas.routes import ARRIVE, BEND, LEAVE, Route, Way

_CLEAR = 8.0
"""How far wires stay from cards that they pass, in pixels, as all lengths here."""
_NEAREST = 14.0
"""Between ports nearer than this no wire bends."""
_STUBS = (BEND, BEND / 2, BEND + 14)
"""How far from a port a wire may turn."""
_TRACKS = (17.0, 31.0, 45.0)
"""How far over or under a card a wire may pass."""
_MOST_LEVELS = 36
_TURN, _SHARED, _CROWD, _NO_PORT, _HIDDEN = 40.0, 3.0, 60.0, 600.0, 4000.0
"""What a turn costs, a pixel along another wire, a port that has other wires, an end that is no
port, and passing under a card, in pixels of a longer way."""

Link = tuple[str, str]
Array = NDArray[np.float64]


class Router:
    """Finds the ways of wires, one after the other; none runs along one before it.

    Parameters
    ----------
    cards
        Where the cards stand.
    links
        All wires, which tell those that are alone between their cards from the others.
    port
        How far below the top of a card its ports are.
    known
        Ways that are taken already.
    """

    def __init__(
        self,
        cards: Mapping[str, QRectF],
        links: Collection[Link],
        port: float,
        known: Mapping[Link, Route] | None = None,
    ) -> None:
        self._cards, self._port = cards, port
        sources, targets = zip(*links, strict=True) if links else ((), ())
        self._forks = {name for name in sources if sources.count(name) > 1}
        self._merges = {name for name in targets if targets.count(name) > 1}
        sides = [(c.left(), c.top(), c.right(), c.bottom()) for c in cards.values()]
        self._boxes = np.add(sides, (-_CLEAR, -_CLEAR, _CLEAR, _CLEAR))
        self._at = {name: place for place, name in enumerate(cards)}
        self._taken: dict[Link, Array] = {}
        for link, route in (known or {}).items():
            self._take(link, np.array([[c.x(), c.y()] for c in route.corners]))

    def route(self, link: Link) -> Route:
        """Return the way of a wire, which is taken then."""
        source, target = (self._cards[name] for name in link)
        start = source.right(), source.top() + self._port
        end = target.left(), target.top() + self._port
        room = end[0] - start[0] >= _NEAREST
        direct = room and not self._between(link, source, target)
        if direct and abs(start[1] - end[1]) < 0.01:
            corners = np.array([start, end])
        else:
            corners, meets = None, np.inf
            if room:
                corners, meets = self._best(link, *self._bent(link, start, end))
            if corners is None or (meets and not direct):
                around, cost = self._best(link, *self._around(link, source, target, start, end))
                corners = around if cost < meets else corners
        self._take(link, corners)
        return _as_route(corners, direct, self._is_alone(link))

    def _best(self, link: Link, ways: Array, bias: Array) -> tuple[Array, float]:
        """Return the cheapest way, and what it costs that it meets cards and wires."""
        boxes = self._boxes.copy()
        for name in link:  # a wire touches its own cards, but does not run under them
            boxes[self._at[name]] += (_CLEAR + 1, _CLEAR + 1, -_CLEAR - 1, -_CLEAR - 1)
        meets = _HIDDEN * _passed(ways, boxes) + self._shared(link, ways)
        best = int((meets + bias + _lengths(ways)).argmin())
        return _plain(ways[best]), float(meets[best])

    def _is_alone(self, link: Link) -> bool:
        """Whether no other wire leaves or arrives where this one does."""
        return link[0] not in self._forks and link[1] not in self._merges

    def _between(self, link: Link, source: QRectF, target: QRectF) -> bool:
        """Whether a card stands between two others."""
        top, bottom = min(source.top(), target.top()), max(source.bottom(), target.bottom())
        room = QRectF(source.right(), top, target.left() - source.right(), bottom - top)
        return any(room.intersects(card) for name, card in self._cards.items() if name not in link)

    def _bent(
        self, link: Link, start: tuple[float, float], end: tuple[float, float]
    ) -> tuple[Array, Array]:
        """Return ways with one bend, and what they cost: in the middle, or beside other cards.

        Wires of a card that has several bend near their ends, clear of the "+" of the others.
        """
        first, last = start[0] + _NEAREST / 2, end[0] - _NEAREST / 2
        middle, late = (first + last) / 2, max(first, end[0] - BEND / 2)
        xs = [middle, late] if self._is_alone(link) else [late, middle]
        xs += [x for x in (*self._boxes[:, 0], *self._boxes[:, 2]) if first <= x <= last]
        ways = [(start, start, (x, start[1]), (x, end[1]), end, end) for x in xs]
        return np.array(ways), 2 * _TURN + np.arange(len(xs), dtype=float)

    def _around(
        self,
        link: Link,
        source: QRectF,
        target: QRectF,
        start: tuple[float, float],
        end: tuple[float, float],
    ) -> tuple[Array, Array]:
        """Return ways that leave to a level, go along it and arrive from there: 6 corners each."""
        tops, bottoms = self._boxes[:, 1] + _CLEAR, self._boxes[:, 3] - _CLEAR
        levels = [(source.bottom() + target.top()) / 2, (target.bottom() + source.top()) / 2]
        for track in _TRACKS:
            levels += [*(tops - track), *(bottoms + track)]
        near = sorted(dict.fromkeys(levels), key=lambda y: abs(y - start[1]) + abs(y - end[1]))
        port, side = _ends_cost(link[0] in self._forks)
        leaving = [(start, start[0] + stub, 2 * _TURN + port) for stub in _STUBS]
        for y in (source.top(), source.bottom()):
            leaving.append(((source.left() + LEAVE, y), source.left() + LEAVE, _TURN + side))
        port, side = _ends_cost(link[1] in self._merges)
        arriving = [(end, end[0] - stub, 2 * _TURN + port) for stub in _STUBS]
        for y in (target.top(), target.bottom()):
            arriving.append(((target.left() + ARRIVE, y), target.left() + ARRIVE, _TURN + side))
        ways = [
            (first, (x, first[1]), (x, y), (to, y), (to, last[1]), last)
            for first, x, _ in leaving
            for last, to, _ in arriving
            for y in near[:_MOST_LEVELS]
        ]
        count = len(near[:_MOST_LEVELS])
        bias = [cost + other for _, _, cost in leaving for _, _, other in arriving]
        return np.array(ways), np.repeat(bias, count)

    def _shared(self, link: Link, ways: Array) -> Array:
        """Return the cost of running along wires of other cards."""
        others = [lines for other, lines in self._taken.items() if set(other).isdisjoint(link)]
        if not others:
            return np.zeros(len(ways))
        low, high = _ends(ways)
        taken = np.concatenate(others)
        a, b = taken[:, 0], taken[:, 1]
        along = np.minimum(high[:, :, None], b) - np.maximum(low[:, :, None], a)  # (C, 5, m, 2)
        beside = (along > -6).all(axis=3)
        return _SHARED * (beside * along.max(axis=3).clip(min=0)).sum(axis=(1, 2))

    def _take(self, link: Link, corners: Array) -> None:
        low, high = _ends(corners[None])
        self._taken[link] = np.stack([low[0], high[0]], axis=1)


def _ends_cost(several: bool) -> tuple[float, float]:
    """Return what an end of a wire costs at a port, and at the top or bottom of a card."""
    return (_CROWD, 0.0) if several else (0.0, _NO_PORT)


def _ends(ways: Array) -> tuple[Array, Array]:
    """Return the upper left and lower right ends of all lines (C, 5, 2)."""
    return np.minimum(ways[:, :-1], ways[:, 1:]), np.maximum(ways[:, :-1], ways[:, 1:])


def _lengths(ways: Array) -> Array:
    return np.abs(np.diff(ways, axis=1)).sum(axis=(1, 2))


def _passed(ways: Array, boxes: Array) -> Array:
    """Return how often each way runs under a card."""
    low, high = _ends(ways)
    inside = (low[:, :, None] < boxes[:, 2:]).all(axis=3)
    inside &= (high[:, :, None] > boxes[:, :2]).all(axis=3)
    return inside.sum(axis=(1, 2))


def _plain(corners: Array) -> Array:
    """Leave out corners where nothing turns."""
    moves = np.abs(np.diff(corners, axis=0)).sum(axis=1) > 1e-9
    corners = corners[np.concatenate([[True], moves])]
    steps = np.diff(corners, axis=0)
    turns = (np.sign(steps[:-1]) != np.sign(steps[1:])).any(axis=1)
    return corners[np.concatenate([[True], turns, [True]])]


def _as_route(corners: Array, direct: bool, alone: bool) -> Route:
    if direct:
        way = Way.STRAIGHT if len(corners) == 2 else Way.BEND if alone else Way.STEP
    else:
        way = Way.TURN if alone else Way.TRACK
    points = tuple(QPointF(x, y) for x, y in corners)
    longest = max(pairwise(points), key=lambda line: (line[1] - line[0]).manhattanLength())
    return Route(points, way, (longest[0] + longest[1]) / 2)
