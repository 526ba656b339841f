"""Where the cards of a network stand: plain geometry, the same for the same network and room.

Lengths are pixels at 100 %; the view zooms them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSizeF

HEADER, FOOTER = 50, 44
PORT_Y = 25
"""How far below the top of a card its ports are."""
MOST_IN_ROW = 5
ROW_GAP = 62
_PLAIN_GAP, _EDGES_GAP, _WIDEST_GAP = 40, 72, 156
_LOSS_GAP, _LOSS_WIDTH, _LOSS_HEIGHT = 52, 74, 64


@dataclass(frozen=True)
class Wish:
    """What a card needs: its width, the height of its picture, and room for edges before it."""

    width: float
    body: float
    edges: bool = False


@dataclass(frozen=True)
class Arrangement:
    """The cards by name, the loss card, and the rows of names."""

    cards: Mapping[str, QRectF]
    loss: QRectF
    rows: tuple[tuple[str, ...], ...]

    @property
    def bounds(self) -> QRectF:
        """The rectangle around all cards."""
        whole = QRectF(self.loss)
        for card in self.cards.values():
            whole = whole.united(card)
        return whole

    def zoom_in(self, room: QSizeF) -> float:
        """Return the zoom, up to 1, at which all fits into a room."""
        bounds = self.bounds
        return min(room.width() / bounds.width(), room.height() / bounds.height(), 1.0)


def arrange(wishes: Sequence[tuple[str, Wish]], room: QSizeF, loss_inside: bool) -> Arrangement:
    """Place cards, all of one height, in rows of five, or in one row where that shows them larger.

    Parameters
    ----------
    wishes
        The nodes in order with what their cards need.
    room
        The size to fill; gaps widen towards it and are never narrower than a "+" needs.
    loss_inside
        Whether the loss card stands at the middle of the last card's picture rather than at its
        header.
    """
    candidates = [
        _in_rows([wishes[i : i + most] for i in range(0, len(wishes), most)], room, loss_inside)
        for most in dict.fromkeys((min(MOST_IN_ROW, len(wishes)), len(wishes)))
    ]
    return max(candidates, key=lambda arrangement: arrangement.zoom_in(room))


def _in_rows(
    rows: Sequence[Sequence[tuple[str, Wish]]], room: QSizeF, loss_inside: bool
) -> Arrangement:
    lane = HEADER + max(wish.body for row in rows for _, wish in row) + FOOTER
    spread = _spread(rows, room.width())
    cards: dict[str, QRectF] = {}
    for number, row in enumerate(rows):
        x, y = 0.0, number * (lane + ROW_GAP)
        for place, (name, wish) in enumerate(row):
            x += (_gap(wish) + spread) if place else 0.0
            cards[name] = QRectF(x, y, wish.width, lane)
            x += wish.width
    last = cards[rows[-1][-1][0]]
    middle = last.top() + (HEADER + (lane - HEADER - FOOTER) / 2 if loss_inside else PORT_Y)
    loss = QRectF(last.right() + _LOSS_GAP, middle - _LOSS_HEIGHT / 2, _LOSS_WIDTH, _LOSS_HEIGHT)
    return Arrangement(cards, loss, tuple(tuple(name for name, _ in row) for row in rows))


def _gap(wish: Wish) -> float:
    return _EDGES_GAP if wish.edges else _PLAIN_GAP


def _spread(rows: Sequence[Sequence[tuple[str, Wish]]], room: float) -> float:
    """Return by how much all gaps widen, so that the fullest row fills the room."""
    spreads = []
    for row in rows:
        gaps = [_gap(wish) for _, wish in row[1:]]
        if not gaps:
            continue
        taken = sum(wish.width for _, wish in row) + sum(gaps)
        taken += _LOSS_GAP + _LOSS_WIDTH if row is rows[-1] else 0
        spreads.append(min((room - taken) / len(gaps), _WIDEST_GAP - max(gaps)))
    return max(0.0, min(spreads, default=0.0))


def nearest_slot(arrangement: Arrangement, center: QPointF) -> int:
    """Return the place in the order of cards that is nearest to `center`, ends left out."""
    slots = list(arrangement.cards.values())[1:-1]

    def distance(place: int) -> float:
        offset = slots[place].center() - center
        return offset.manhattanLength()

    return 1 + min(range(len(slots)), key=distance)


def wraps(arrangement: Arrangement) -> set[tuple[str, str]]:
    """Return the pairs of neighbours between which a row ends."""
    return {(before[-1], after[0]) for before, after in pairwise(arrangement.rows)}
