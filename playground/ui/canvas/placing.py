"""The arrangement of cards that a person has placed: each stands where it was put.

A card that nobody has placed yet stands between its neighbours; where there is too little room,
what follows moves on to the right.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from engine.graph_places import MOST_PLACE, Place
from playground.ui.canvas.blocks import Spot
from playground.ui.canvas.columns import Columns
from playground.ui.canvas.detours import Router, sides_of
from playground.ui.canvas.layout import (
    LANE_GAP,
    PLAIN_GAP,
    PORT_Y,
    ROW_GAP,
    Arrangement,
    Link,
    Wish,
    lane_heights,
    loss_box,
)

_APART = 24.0
"""The gap that is left between two cards of a row that would cover each other."""


def own_place(spot: Spot) -> Place | None:
    """Return where a person has put a card: that of a block stands where its last node does."""
    return next((node.place for node in reversed(spot.members) if node.place is not None), None)


def places_of(spots: Iterable[Spot]) -> dict[str, QPointF]:
    """Return the corners of the cards that a person has placed."""
    own = {spot.name: own_place(spot) for spot in spots}
    return {name: QPointF(*place) for name, place in own.items() if place is not None}


def placed(spots: Iterable[Spot], corners: Mapping[str, QPointF]) -> dict[str, Place]:
    """Return the places of the nodes whose cards stand at corners; a block moves as a whole."""
    places: dict[str, Place] = {}
    for spot in spots:
        at = float(round(corners[spot.name].x())), float(round(corners[spot.name].y()))
        own = own_place(spot)
        if own is None:
            places[spot.name] = _within(*at)
            continue
        for node in spot.members:
            if node.place is not None:
                x, y = node.place
                places[node.name] = _within(x + at[0] - own[0], y + at[1] - own[1])
    return places


def _within(x: float, y: float) -> Place:
    return min(max(x, -MOST_PLACE), MOST_PLACE), min(max(y, -MOST_PLACE), MOST_PLACE)


def arrange_by_hand(
    wishes: Sequence[tuple[str, Wish]],
    places: Mapping[str, QPointF],
    loss_inside: bool,
    links: Sequence[Link],
) -> Arrangement:
    """Return where cards stand of which some were placed; see `layout.arrange`."""
    needs = dict(wishes)
    columns = Columns(list(needs), links)
    high = lane_heights(columns, needs)
    cards = {
        name: QRectF(0, 0, wish.width, high[columns.lane[name]]) for name, wish in needs.items()
    }
    cards = _Ground(columns, cards, places).cards
    router = Router(cards, columns.links, PORT_Y)
    routes = {link: router.route(link) for link in columns.links}
    loss = loss_box(cards[columns.names[-1]], loss_inside)
    return Arrangement(cards, loss, (columns.names,), routes, by_hand=True)


def carried(
    arrangement: Arrangement, corners: Mapping[str, QPointF], loss_inside: bool
) -> Arrangement:
    """Return an arrangement with some cards elsewhere; only their wires take other ways."""
    cards = dict(arrangement.cards)
    for name, corner in corners.items():
        cards[name] = QRectF(corner, cards[name].size())
    kept = {
        link: route
        for link, route in arrangement.routes.items()
        if arrangement.by_hand and corners.keys().isdisjoint(link)
    }
    router = Router(cards, arrangement.routes, PORT_Y, kept)
    routes = {link: kept.get(link) or router.route(link) for link in arrangement.routes}
    loss = loss_box(list(cards.values())[-1], loss_inside)
    return replace(arrangement, cards=cards, loss=loss, routes=routes, by_hand=True)


class _Ground:
    """The cards as they stand, while one after the other finds its place."""

    def __init__(
        self, columns: Columns, cards: Mapping[str, QRectF], places: Mapping[str, QPointF]
    ) -> None:
        self._columns = columns
        self._size = {name: card.size() for name, card in cards.items()}
        stand = {name: QRectF(places[name], card.size()) for name, card in cards.items()
                 if name in places}  # fmt: skip
        self._stand = stand
        self._uncover()
        for name in columns.names:
            if name not in stand:
                self._find(name)
        self._uncover()
        self.cards = {name: stand[name] for name in columns.names}

    def _find(self, name: str) -> None:
        """Put a card between what it reads and what reads it."""
        size, way = self._size[name], self._way(name)
        sources = sorted(self._columns.inputs[name], key=self._columns.column.__getitem__)
        readers = [self._stand[r] for r in self._columns.readers[way[-1]] if r in self._stand]
        if not sources:
            first = min(readers or self._stand.values(), key=QRectF.left)
            corner = QPointF(first.left() - PLAIN_GAP - size.width(), first.top())
        else:
            source = self._stand[sources[-1]]  # the end of the longest way
            ahead = [reader for reader in readers if reader.left() >= source.right()]
            back = [reader for reader in readers if reader.right() <= source.left()]
            if back and not ahead:  # in another row
                first = min(back, key=QRectF.left)
                corner = first.topLeft()
                self._push(first, sum(self._size[n].width() + PLAIN_GAP for n in way))
            else:
                reader = min(ahead, key=QRectF.left, default=None)
                corner = self._between(source, reader, way)
        self._stand[name] = self._free(QRectF(corner, size))

    def _way(self, name: str) -> list[str]:
        """Return a card and those behind it that have no place either."""
        way, readers = [name], self._columns.readers
        while readers[way[-1]] and not any(r in self._stand for r in readers[way[-1]]):
            way.append(readers[way[-1]][0])
        return way

    def _between(self, source: QRectF, reader: QRectF | None, way: Sequence[str]) -> QPointF:
        """Return the corner of the first of several cards between two others."""
        if reader is None:
            return QPointF(source.right() + PLAIN_GAP, source.top())
        cards = sum(self._size[name].width() for name in way)
        needed, room = cards + (len(way) + 1) * PLAIN_GAP, reader.left() - source.right()
        top = source.top() + (reader.top() - source.top()) / (len(way) + 1)
        there = QRectF(source.right(), top, needed, self._size[way[0]].height())
        if needed > room and there.intersects(reader):
            self._push(reader, needed - room)
            room = needed
        gap = max(PLAIN_GAP, (room - cards) / (len(way) + 1))
        return QPointF(source.right() + gap, top)

    def _push(self, first: QRectF, by: float, stays: str = "") -> None:
        """Move a card to the right, and with it what stands right of it in its row."""
        least = first.left() - 1
        right = {n: box for n, box in self._stand.items() if box.left() >= least and n != stays}
        moving = [name for name, box in right.items() if box == first]
        for name in moving:  # grows
            reach = right[name].adjusted(0, 2 - ROW_GAP, 0, ROW_GAP - 2)
            moving += [
                other
                for other, box in right.items()
                if other not in moving and reach.top() < box.bottom() and box.top() < reach.bottom()
            ]
        for name in moving:
            self._stand[name] = right[name].translated(by, 0)

    def _uncover(self) -> None:
        """Make room for cards that have grown over others since they were placed."""
        for _ in range(4 * len(self._stand)):
            order = sorted(self._stand.items(), key=lambda item: item[1].left() + item[1].top())
            pair = _first_cover([box for _, box in order])
            if pair is None:
                return
            (stays, first), (_, second) = (order[place] for place in pair)
            across, down = second.left() - first.left(), second.top() - first.top()
            if across / first.width() > down / first.height():
                self._push(second, first.right() - second.left() + _APART, stays)
            else:
                self._lower(second, first.bottom() - second.top() + ROW_GAP, stays)

    def _lower(self, first: QRectF, by: float, stays: str) -> None:
        """Move a card down, and with it all that stands below."""
        for name, box in self._stand.items():
            if box.top() >= first.top() and name != stays:
                self._stand[name] = box.translated(0, by)

    def _free(self, box: QRectF) -> QRectF:
        """Return the box, above or below where it would cover a card."""
        others = [card.adjusted(-8, -8, 8, 8) for card in self._stand.values()]
        tops = [box.top()]
        for card in self._stand.values():
            tops += [card.bottom() + LANE_GAP, card.top() - LANE_GAP - box.height()]
        boxes = (
            QRectF(QPointF(box.left(), top), box.size())
            for top in sorted(tops, key=lambda top: abs(top - box.top()))
        )
        return next(box for box in boxes if not any(box.intersects(other) for other in others))


def _first_cover(boxes: Sequence[QRectF]) -> tuple[int, int] | None:
    """Return the first two of the cards of which one covers the other by a pixel or more."""
    if not boxes:
        return None
    left, top, right, bottom = sides_of(boxes).T
    covers = (left[:, None] + 1 < right) & (right[:, None] - 1 > left)
    covers &= (top[:, None] + 1 < bottom) & (bottom[:, None] - 1 > top)
    pairs = np.argwhere(np.triu(covers, 1))
    return None if not len(pairs) else (int(pairs[0][0]), int(pairs[0][1]))


def names_on(spots: Iterable[Spot], names: Collection[str]) -> list[str]:
    """Return the cards on which some of the nodes are."""
    return [spot.name for spot in spots if not set(spot.names).isdisjoint(names)]
