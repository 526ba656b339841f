"""The ways that wires take between the cards: none runs under a card.

A wire goes straight to the next card of its lane. Any other one goes up and down between columns
only, and sideways on a track of its own over a lane.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF

from playground.ui.canvas.columns import Columns

BEND = 22.0
ARRIVE, LEAVE = 22.0, 44.0
"""Where on the top or bottom of a card wires end and begin, from its left side."""
_FIRST_TRACK, _TRACK = 17.0, 14.0
_FIRST_SLOT, _SLOT = 11.0, 8.0

Link = tuple[str, str]
"""The two cards, or nodes, that a wire joins."""
Place = tuple[int, int]
"""A row and a lane of it."""


class Way(Enum):
    """What kind of way a wire takes; BEND is a STEP to the only reader."""

    STRAIGHT = "straight"
    STEP = "step"
    BEND = "bend"
    TURN = "turn"
    TRACK = "track"
    MARGIN = "margin"


class Grid:
    """The columns cut into rows, with the lanes that each row needs."""

    def __init__(self, columns: Columns, rows: Sequence[range]) -> None:
        self.columns, self.rows = columns, rows
        self.row = {c: number for number, row in enumerate(rows) for c in row}
        self.lanes: list[range] = []
        self._taken = {(c, columns.lane[name]) for name, c in columns.column.items()}
        for row in rows:
            lanes = {columns.lane[name] for c in row for name in columns.at(c)}
            self.lanes.append(range(min(lanes), max(lanes) + 1))

    def place(self, name: str) -> Place:
        """Return the row and the lane of a card."""
        return self.row[self.columns.column[name]], self.columns.lane[name]

    def free(self, lane: int, columns: range) -> bool:
        """Whether no card stands in a lane at some columns."""
        return not any((c, lane) in self._taken for c in columns)

    def open(self, column: int, lanes: range) -> bool:
        """Whether no card stands in a column at some lanes."""
        return not any((column, lane) in self._taken for lane in lanes)


@dataclass
class Tracks:
    """What wires have taken: tracks over lanes, and slots before columns."""

    _over: dict[Place, list[list[tuple[float, float]]]] = field(default_factory=dict)
    _slots: dict[int, int] = field(default_factory=dict)

    def take(self, place: Place, start: float, end: float) -> int:
        """Return the lowest track over a lane that is free between two columns."""
        low, high = sorted((start, end))
        tracks = self._over.setdefault(place, [])
        for number, taken in enumerate(tracks):
            if all(high < a or b < low for a, b in taken):
                taken.append((low, high))
                return number
        tracks.append([(low, high)])
        return len(tracks) - 1

    def slot(self, column: int) -> int:
        """Return a new slot before a column."""
        self._slots[column] = self._slots.get(column, 0) + 1
        return self._slots[column] - 1

    def over(self, row: int, lane: int) -> int:
        """Return how many tracks are taken over a lane."""
        return len(self._over.get((row, lane), ()))

    def slots(self, column: int) -> int:
        """Return how many slots are taken before a column."""
        return self._slots.get(column, 0)


@dataclass(frozen=True)
class Plan:
    """The way of one wire in columns, lanes, tracks and slots."""

    link: Link
    way: Way
    over: Place = (0, 0)
    track: int = 0
    leave: tuple[int, int] | None = None
    """The column and the slot before it where the wire leaves to its track; None from the card's
    top or bottom."""
    arrive: tuple[int, int] | None = None
    """The same where it comes back from the track."""
    first: tuple[Place, int] | None = None
    """The track of the first row that a wire over several rows takes to the margin."""
    margin: int = 0


def plan(grid: Grid, link: Link, tracks: Tracks) -> Plan:
    """Choose the way of a wire."""
    source, target = link
    columns = grid.columns
    a, b = columns.column[source], columns.column[target]
    (row, lane), (to_row, to_lane) = grid.place(source), grid.place(target)
    if row == to_row and grid.free(lane, range(a + 1, b)):
        if lane == to_lane:
            return Plan(link, Way.STRAIGHT)
        return Plan(link, Way.STEP, arrive=(b, tracks.slot(b)))
    if row + 1 == to_row and lane == to_lane and b == a + 1:
        return Plan(link, Way.TURN, over=(row, grid.lanes[row].stop - 1))
    if to_row > row + 1:
        return _by_margin(grid, link, tracks)
    below = to_lane > lane or to_row > row or to_lane == lane
    over = (to_row, to_lane if below else to_lane + 1)
    reach = _lanes_between(grid, source, over, to_row)
    leave = None if reach else (a + 1, tracks.slot(a + 1))
    arrive = None
    if to_row > row:
        over = (to_row, grid.lanes[to_row].start)
        if not grid.open(b, range(over[1], to_lane)):
            arrive = (b, tracks.slot(b))
    start = a + 0.4 if leave is None else a + 0.9
    end = b + 0.2 if arrive is None else b - 0.1
    if to_row > row:  # columns of another row stand elsewhere: as wide as it may be
        start, end = min(grid.rows[to_row]), max(grid.rows[to_row]) + 0.9
    return Plan(link, Way.TRACK, over, tracks.take(over, start, end), leave, arrive)


def _lanes_between(grid: Grid, source: str, over: Place, to_row: int) -> bool:
    """Whether nothing stands between a card's top or bottom and a track, in its column."""
    column, (row, lane) = grid.columns.column[source], grid.place(source)
    if to_row > row:
        return grid.open(column, range(lane + 1, grid.lanes[row].stop))
    if over[1] <= lane:
        return grid.open(column, range(over[1], lane))
    return grid.open(column, range(lane + 1, over[1]))


def _by_margin(grid: Grid, link: Link, tracks: Tracks) -> Plan:
    """Run over several rows: to the left margin, down, and to the target from above."""
    source, target = link
    a, b = grid.columns.column[source], grid.columns.column[target]
    (row, lane), (to_row, to_lane) = grid.place(source), grid.place(target)
    reach = grid.open(a, range(lane + 1, grid.lanes[row].stop))
    leave = None if reach else (a + 1, tracks.slot(a + 1))
    above = (row + 1, grid.lanes[row + 1].start)
    first = above, tracks.take(above, min(grid.rows[row + 1]), max(grid.rows[row + 1]) + 0.9)
    over = (to_row, grid.lanes[to_row].start)
    reach = grid.open(b, range(over[1], to_lane))
    arrive = None if reach else (b, tracks.slot(b))
    track = tracks.take(over, min(grid.rows[to_row]) - 1, b + 0.2)
    return Plan(link, Way.MARGIN, over, track, leave, arrive, first, tracks.slot(-1))


@dataclass(frozen=True)
class Route:
    """The corners of a wire from the source to the target, both included.

    `middle` is where a layer is inserted on it.
    """

    corners: tuple[QPointF, ...]
    way: Way
    middle: QPointF

    @property
    def plain(self) -> bool:
        """Whether the wire joins neighbours in a row or over its end."""
        return self.way in (Way.STRAIGHT, Way.BEND, Way.TURN)

    @property
    def direct(self) -> bool:
        """Whether nothing stands between the two cards."""
        return self.way in (Way.STRAIGHT, Way.BEND, Way.STEP)

    def between(
        self, source: QRectF, target: QRectF, start: QPointF, end: QPointF
    ) -> tuple[tuple[QPointF, ...], QPointF]:
        """Return corners and middle where the two cards stand elsewhere than they were arranged.

        Each corner goes with the card that it is nearer to, so that lines stay level.

        Parameters
        ----------
        source, target
            The cards as they were arranged.
        start, end
            The top left corners of the cards now.
        """
        by = (start - source.topLeft(), end - target.topLeft())
        if by == (QPointF(), QPointF()):
            return self.corners, self.middle
        centers = source.center(), target.center()

        def moved(corner: QPointF) -> QPointF:
            away = [corner - center for center in centers]
            across, down = (abs(o.x()) for o in away), (abs(o.y()) for o in away)
            return corner + QPointF(by[_farther(*across)].x(), by[_farther(*down)].y())

        inner = [moved(corner) for corner in self.corners[1:-1]]
        corners = (self.corners[0] + by[0], *inner, self.corners[-1] + by[1])
        return corners, self.middle + (by[0] + by[1]) / 2


def _farther(first: float, second: float) -> int:
    return int(first > second)


@dataclass(frozen=True)
class Geometry:
    """Where all stands, in pixels: cards, lanes with their heights, columns with their widths."""

    cards: Mapping[str, QRectF]
    tops: Mapping[Place, float]
    high: Mapping[int, float]
    left: Sequence[float]
    wide: Sequence[float]
    tracks: Tracks
    port: float
    """How far below the top of a card its ports are."""

    def slot(self, column: int, number: int) -> float:
        """Return where a wire runs up or down before a column, or after the end of a row."""
        if column and self.left[column] < self.left[column - 1]:
            return self.left[column - 1] + self.wide[column - 1] + _FIRST_SLOT + _SLOT * number
        return self.left[column] - _FIRST_SLOT - _SLOT * number

    def track(self, over: Place, number: int) -> float:
        """Return the height of a track over a lane."""
        return self.tops[over] - _FIRST_TRACK - _TRACK * number


def run(plan: Plan, at: Geometry, column: int) -> Route:
    """Return the corners of a planned wire that ends in a column."""
    source, target = (at.cards[name] for name in plan.link)
    start = QPointF(source.right(), source.top() + at.port)
    end = QPointF(target.left(), target.top() + at.port)
    if plan.way is Way.STRAIGHT:
        taken = _SLOT * (at.tracks.slots(column) + bool(at.tracks.slots(column)))
        return Route((start, end), plan.way, (start + end - QPointF(taken, 0)) / 2)
    if plan.way is Way.STEP and plan.arrive is not None:
        x = at.slot(*plan.arrive)
        corners = [start, QPointF(x, start.y()), QPointF(x, end.y()), end]
    elif plan.way is Way.TURN:
        y = at.tops[plan.over] + at.high[plan.over[1]] + BEND + 9
        last, first = start.x() + BEND, end.x() - BEND
        corners = [start, QPointF(last, start.y()), QPointF(last, y)]
        corners += [QPointF(first, y), QPointF(first, end.y()), end]
    else:
        y = ahead = at.track(plan.over, plan.track)
        turn = []
        if plan.first is not None:
            ahead, x = at.track(*plan.first), -30 - _SLOT * plan.margin
            turn = [QPointF(x, ahead), QPointF(x, y)]
        corners = [*_leaving(plan, source, start, ahead, at), *turn]
        corners += _arriving(plan, target, end, y, at)
    longest = max(pairwise(corners), key=lambda line: (line[1] - line[0]).manhattanLength())
    return Route(tuple(corners), plan.way, (longest[0] + longest[1]) / 2)


def _leaving(plan: Plan, card: QRectF, port: QPointF, y: float, at: Geometry) -> list[QPointF]:
    if plan.leave is None:
        x = card.left() + LEAVE
        return [QPointF(x, card.top() if y < card.top() else card.bottom()), QPointF(x, y)]
    x = at.slot(*plan.leave)
    return [port, QPointF(x, port.y()), QPointF(x, y)]


def _arriving(plan: Plan, card: QRectF, port: QPointF, y: float, at: Geometry) -> list[QPointF]:
    if plan.arrive is None:
        x = card.left() + ARRIVE
        return [QPointF(x, y), QPointF(x, card.top() if y < card.top() else card.bottom())]
    x = at.slot(*plan.arrive)
    return [QPointF(x, y), QPointF(x, port.y()), port]
