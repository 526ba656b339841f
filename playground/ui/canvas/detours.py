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

from playground.ui.canvas.routes import ARRIVE, BEND, LEAVE, Link, Route, Way

_CLEAR = 8.0
"""How far wires stay from cards that they pass, in pixels, as all lengths here."""
_NEAREST = 6.0
"""Between ports nearer than this no wire bends."""
_STUBS = (BEND, BEND / 2, BEND + 14)
"""How far from a port a wire may turn."""
_TRACKS = (17.0, 31.0, 45.0)
"""How far over or under a card a wire may pass."""
_MOST_LEVELS, _FINAL = 36, 48
"""How many levels are tried, and how many ways are compared with the wires that run there."""
_TURN, _SHARED, _CROWD, _NO_PORT, _HIDDEN = 40.0, 3.0, 60.0, 600.0, 4000.0
"""What a turn costs, a pixel along another wire, a port that has other wires, an end that is no
port, and passing under a card, in pixels of a longer way."""

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
        self._sides = sides_of(cards.values())
        self._boxes = np.add(self._sides, (-_CLEAR, -_CLEAR, _CLEAR, _CLEAR))
        self._at = {name: place for place, name in enumerate(cards)}
        self._taken: dict[Link, Array] = {}
        for link, route in (known or {}).items():
            self._take(link, np.array([[c.x(), c.y()] for c in route.corners]))

    def route(self, link: Link) -> Route:
        """Return the way of a wire, which is taken then."""
        source, target = (self._cards[name] for name in link)
        start = source.right(), source.top() + self._port
        end = target.left(), target.top() + self._port
        room, level = end[0] - start[0] >= _NEAREST, abs(start[1] - end[1]) < 0.01
        ahead = room or (level and end[0] >= start[0])
        direct = ahead and not self._between(link, source, target)
        if direct and level:
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
        meets = _HIDDEN * _passed(ways, boxes)
        cost = bias + _lengths(ways) + meets
        few = np.argsort(cost, kind="stable")[:_FINAL]
        shared = self._shared(link, ways[few])
        best = int((cost[few] + shared).argmin())
        return _plain(ways[few[best]]), float(meets[few[best]] + shared[best])

    def _is_alone(self, link: Link) -> bool:
        """Whether no other wire leaves or arrives where this one does."""
        return link[0] not in self._forks and link[1] not in self._merges

    def _between(self, link: Link, source: QRectF, target: QRectF) -> bool:
        """Whether a card stands between two others."""
        top, bottom = min(source.top(), target.top()), max(source.bottom(), target.bottom())
        left, above, right, below = self._sides.T
        between = (left < target.left()) & (right > source.right()) & (above < bottom)
        between &= below > top
        between[[self._at[name] for name in link]] = False
        return bool(between.any())

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
        leaving = [(*start, start[0] + stub, 2 * _TURN + port) for stub in _STUBS]
        x = source.left() + LEAVE
        leaving += [(x, y, x, _TURN + side) for y in (source.top(), source.bottom())]
        port, side = _ends_cost(link[1] in self._merges)
        arriving = [(*end, end[0] - stub, 2 * _TURN + port) for stub in _STUBS]
        x = target.left() + ARRIVE
        arriving += [(x, y, x, _TURN + side) for y in (target.top(), target.bottom())]
        return _ways(np.array(leaving), np.array(arriving), np.array(near[:_MOST_LEVELS]))

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


def sides_of(cards: Collection[QRectF]) -> Array:
    """Return left, top, right and bottom of each card (n, 4)."""
    return np.array([(c.left(), c.top(), c.right(), c.bottom()) for c in cards])


def _ways(leaving: Array, arriving: Array, levels: Array) -> tuple[Array, Array]:
    """Return every way (C, 6, 2) from a leave to a level to an arrival, and what it costs (C,).

    Leaves and arrivals are given by the end x, y, the x at which the wire turns, and their cost.
    """
    x, y, turn, cost = leaving.T[:, :, None, None]
    to_x, to_y, to_turn, to_cost = arriving.T[:, None, :, None]
    corners = [(x, y), (turn, y), (turn, levels), (to_turn, levels), (to_turn, to_y), (to_x, to_y)]
    ways = np.empty((len(leaving), len(arriving), len(levels), 6, 2))
    for number, (across, down) in enumerate(corners):
        ways[..., number, 0], ways[..., number, 1] = across, down
    return ways.reshape(-1, 6, 2), np.broadcast_to(cost + to_cost, ways.shape[:3]).ravel()


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
    low, high = (ends[..., None] for ends in _ends(ways))
    left, top, right, bottom = boxes.T.copy()
    inside = (low[:, :, 0] < right) & (high[:, :, 0] > left)
    inside &= (low[:, :, 1] < bottom) & (high[:, :, 1] > top)
    return np.count_nonzero(inside, axis=(1, 2))


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
