"""Where the cards of a network stand: plain geometry, the same for the same network and room.

Lengths are pixels at 100 %; the view zooms them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import sqrt

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPolygonF

from playground.ui.canvas.columns import Columns, bands
from playground.ui.canvas.routes import Geometry, Grid, Link, Route, Tracks, plan, run

HEADER, FOOTER = 50, 44
PORT_Y = 25
"""How far below the top of a card its ports are."""
MOST_IN_ROW = 5
_SHORT_ROW = 0.85
"""What cards in rows of fewer are worth: they must be shown clearly larger."""
ROW_GAP = 62
LANE_GAP = 40
PLAIN_GAP, _EDGES_GAP, _WIDEST_GAP = 40, 72, 156
_LOSS_GAP, _LOSS_WIDTH, _LOSS_HEIGHT = 52, 74, 64
_SLOT = 8
"""How far apart two wires run up or down between the same columns."""
_ROUNDING = 1 + 1e-9
_TRACK = 14
"""How far apart two wires run side by side over the cards."""


@dataclass(frozen=True)
class Wish:
    """What a card needs: its width, the height of its picture, and room for edges before it."""

    width: float
    body: float
    edges: bool = False


@dataclass(frozen=True)
class Arrangement:
    """The cards by name, the loss card, the rows of names, and the ways of the wires."""

    cards: Mapping[str, QRectF]
    loss: QRectF
    rows: tuple[tuple[str, ...], ...]
    routes: Mapping[Link, Route] = field(default_factory=dict)
    by_hand: bool = False
    """Whether the cards stand where a person has put them."""

    @property
    def bounds(self) -> QRectF:
        """The rectangle around all cards and wires.

        Laid out, wires run over the rows, and none needs room below the cards.
        """
        whole = QRectF(self.loss)
        for card in self.cards.values():
            whole = whole.united(card)
        corners = [corner for route in self.routes.values() for corner in route.corners]
        if not corners:
            return whole
        wires = QPolygonF(corners).boundingRect()
        if not self.by_hand:
            wires.setBottom(whole.bottom())
        return whole.united(wires)

    def zoom_in(self, room: QSizeF) -> float:
        """Return the zoom, up to 1, at which all fits into a room."""
        bounds = self.bounds
        return min(room.width() / bounds.width(), room.height() / bounds.height(), 1.0)


def arrange(
    wishes: Sequence[tuple[str, Wish]],
    room: QSizeF,
    loss_inside: bool,
    links: Sequence[Link] | None = None,
) -> Arrangement:
    """Place cards in rows of columns: as many as show them largest.

    A chain has one card in each column, five columns in a row, or more where that shows the cards
    larger; all cards have one height. Branches run in lanes above and below, of their own height.

    Parameters
    ----------
    wishes
        The nodes in order with what their cards need.
    room
        The size to fill; gaps widen towards it and are never narrower than a "+" needs.
    loss_inside
        Whether the loss card stands at the middle of the last card's picture rather than at its
        header.
    links
        Which card is read by which; None for a chain.
    """
    names = [name for name, _ in wishes]
    columns = Columns(names, list(pairwise(names)) if links is None else links)
    needs = dict(wishes)
    grids = {width: Grid(columns, bands(columns, width)) for width in _widths(columns, needs, room)}

    def merit(width: int, arrangement: Arrangement) -> float:
        short = width < min(MOST_IN_ROW, columns.count)
        return arrangement.zoom_in(room) * (_SHORT_ROW if short else 1)

    # Wires only push cards apart, so without them no row width is worth less than with them.
    bare = {
        width: merit(width, _stand(grid, Tracks(), needs, room, loss_inside)[0])
        for width, grid in grids.items()
    }
    found: dict[int, tuple[float, Arrangement]] = {}
    for width in sorted(grids, key=bare.__getitem__, reverse=True):
        if bare[width] * _ROUNDING < max((worth for worth, _ in found.values()), default=0.0):
            break
        whole = _in_rows(grids[width], needs, room, loss_inside)
        found[width] = merit(width, whole), whole
    tried = [found[width] for width in grids if width in found]  # the first of equals, as ever
    return max(tried, key=lambda worth: worth[0])[1]


def _widths(columns: Columns, wishes: Mapping[str, Wish], room: QSizeF) -> list[int]:
    """Return how many columns a row may have: what to try."""
    count = columns.count
    widths = [min(MOST_IN_ROW, count), count]
    across = sum(_width(columns.at(c), wishes) + PLAIN_GAP for c in range(count))
    down = HEADER + max(wish.body for wish in wishes.values()) + FOOTER + ROW_GAP
    rows = round(sqrt(across * room.height() / (down * room.width())))  # as the room is shaped
    widths += [max(MOST_IN_ROW, -(-count // r)) for r in (rows - 1, rows, rows + 1) if r > 1]
    if count > MOST_IN_ROW:
        widths += [MOST_IN_ROW - 1, MOST_IN_ROW - 2]
    if len(columns.links) >= len(columns.names):  # no chain: rows may end where few wires are cut
        widths += range(MOST_IN_ROW + 1, min(2 * MOST_IN_ROW, count))
    return list(dict.fromkeys(widths))


def _in_rows(
    grid: Grid, wishes: Mapping[str, Wish], room: QSizeF, loss_inside: bool
) -> Arrangement:
    """Place the cards with their wires."""
    columns, tracks = grid.columns, Tracks()
    short = sorted(columns.links, key=columns.length)  # the shortest wires run next to the cards
    plans = {link: plan(grid, link, tracks) for link in short}
    arrangement, geometry = _stand(grid, tracks, wishes, room, loss_inside)
    routes = {link: run(plans[link], geometry, columns.column[link[1]]) for link in columns.links}
    return replace(arrangement, routes=routes)


def _stand(
    grid: Grid, tracks: Tracks, wishes: Mapping[str, Wish], room: QSizeF, loss_inside: bool
) -> tuple[Arrangement, Geometry]:
    """Place the cards where there is room for the tracks that wires have taken."""
    columns, rows = grid.columns, grid.rows
    high = lane_heights(columns, wishes)
    wide = [_width(columns.at(c), wishes) for c in range(columns.count)]
    gaps = [_gap(columns.at(c), wishes) for c in range(columns.count)]
    spread = _spread(rows, wide, gaps, room.width())
    left: list[float] = []
    for row in rows:
        x = 0.0
        for c in row:
            extra = tracks.slots(c) * _SLOT + (_SLOT if tracks.slots(c) else 0)
            x += gaps[c] + spread + extra if c > row.start else 0.0
            left.append(x)
            x += wide[c]
    tops = _tops(grid, tracks, high)
    cards = {
        name: QRectF(left[c], tops[grid.place(name)], wishes[name].width, high[columns.lane[name]])
        for name, c in columns.column.items()
    }
    loss = loss_box(cards[columns.names[-1]], loss_inside)
    names = tuple(tuple(name for c in row for name in columns.at(c)) for row in rows)
    return Arrangement(cards, loss, names), Geometry(cards, tops, high, left, wide, tracks, PORT_Y)


def lane_heights(columns: Columns, wishes: Mapping[str, Wish]) -> dict[int, float]:
    """Return how high the cards of every lane are."""
    high: dict[int, float] = {}
    for name, lane in columns.lane.items():
        high[lane] = max(high.get(lane, 0.0), HEADER + wishes[name].body + FOOTER)
    return high


def loss_box(last: QRectF, inside: bool) -> QRectF:
    """Return where the loss stands beside the last card: at its picture, or at its header."""
    picture = HEADER + (last.height() - HEADER - FOOTER) / 2
    middle = last.top() + (picture if inside else PORT_Y)
    return QRectF(last.right() + _LOSS_GAP, middle - _LOSS_HEIGHT / 2, _LOSS_WIDTH, _LOSS_HEIGHT)


def _tops(grid: Grid, tracks: Tracks, high: Mapping[int, float]) -> dict[tuple[int, int], float]:
    """Return the top of every lane of every row; more wires over a lane push it down."""
    tops: dict[tuple[int, int], float] = {}
    y = 0.0
    for row, lanes in enumerate(grid.lanes):
        for number in lanes:
            if tops:
                first = number == lanes.start
                y += ROW_GAP if first else LANE_GAP
                over = tracks.over(row, number)
                y += max(0, over - (1 if first else 0)) * _TRACK
            tops[row, number] = y
            y += high[number]
    return tops


def _width(names: Sequence[str], wishes: Mapping[str, Wish]) -> float:
    return max(wishes[name].width for name in names)


def _gap(names: Sequence[str], wishes: Mapping[str, Wish]) -> float:
    return _EDGES_GAP if any(wishes[name].edges for name in names) else PLAIN_GAP


def _spread(
    rows: Sequence[range], wide: Sequence[float], gaps: Sequence[float], room: float
) -> float:
    """Return by how much all gaps widen, so that the fullest row fills the room."""
    spreads = []
    for row in rows:
        inner = [gaps[c] for c in row[1:]]
        if not inner:
            continue
        taken = sum(wide[c] for c in row) + sum(inner)
        taken += _LOSS_GAP + _LOSS_WIDTH if row is rows[-1] else 0
        spreads.append(min((room - taken) / len(inner), _WIDEST_GAP - max(inner)))
    return max(0.0, min(spreads, default=0.0))


def nearest_slot(arrangement: Arrangement, center: QPointF) -> int:
    """Return the place in the order of cards that is nearest to `center`, ends left out."""
    slots = list(arrangement.cards.values())[1:-1]

    def distance(place: int) -> float:
        offset = slots[place].center() - center
        return offset.manhattanLength()

    return 1 + min(range(len(slots)), key=distance)
