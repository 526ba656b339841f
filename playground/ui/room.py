"""How much height each view gets where several stand below each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from playground.ui import theme

if TYPE_CHECKING:
    from playground.ui.dock import ViewDock

BELOW_HEIGHT, CANVAS_HEIGHT = 380, 270
"""What the first view under the canvas gets, and what others leave to the canvas, at 100 %."""
ENOUGH = 0.75
"""The part of the height that curves ask for which they get under the canvas."""
LEGIBLE = 0.6
"""The part of the height that it asks for with which a view can still be read."""


def heights(docks: Sequence[ViewDock], width: int, room: int) -> list[int]:
    """Return what each asks for, and share what is left among those that gain by it.

    Where it does not suffice, all get less but those of a fixed height.
    """
    asked = [dock.wish(width) for dock in docks]
    rest = room - sum(asked)
    shares = [not dock.is_fixed and (dock.kind.grows or rest < 0) for dock in docks]
    total = sum(height for height, shared in zip(asked, shares, strict=True) if shared)
    return [
        max(1, round(height * (1 + rest / total))) if shared else height
        for height, shared in zip(asked, shares, strict=True)
    ]


def most_below(room: int) -> int:
    """Return how much of the height a view under the canvas may take."""
    return room * 3 // 5


def heights_below(docks: Sequence[ViewDock], room: int) -> list[int]:
    """Return much for the first view under the canvas, and for the others what they ask for.

    What could grow without end gets no more than it needs there.
    """
    most = min(theme.px(BELOW_HEIGHT), most_below(room))
    if docks and docks[0].kind.grows:
        most = round(ENOUGH * docks[0].wish(docks[0].width()))
    others = [dock.wish(dock.width()) for dock in docks[1:]]
    left = max(most, room - theme.px(CANVAS_HEIGHT)) - sum(others)
    return [min(most, left), *others][: len(docks)]


def fitting(docks: Sequence[ViewDock], width: int, room: int) -> list[ViewDock]:
    """Return those that can be read together, the first at least.

    Curves and others that gain by height come next, as they also do with little.
    """
    taken: list[ViewDock] = []
    for dock in [*docks[:1], *sorted(docks[1:], key=lambda dock: not dock.kind.grows)]:
        wish = dock.wish(width)
        needed = wish if dock.is_fixed else max(round(LEGIBLE * wish), dock.least())
        if needed <= room or not taken:
            taken.append(dock)
            room -= needed
    return taken
