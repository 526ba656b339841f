"""Where the cards of nodes stand that a person has placed by hand; the network is the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engine.errors import FieldError
from engine.graph import Graph, Node

Place = tuple[float, float]

MOST_PLACE = 100_000
"""How far from the origin a card can stand, in pixels at 100 %."""


def with_place(node: Node, place: object) -> Node:
    """Return a node whose card stands at two numbers, None for anywhere, or raise FieldError."""
    if place is None:
        return replace(node, place=None)
    if (
        not isinstance(place, list | tuple)
        or len(place) != 2
        or not all(isinstance(x, int | float) and not isinstance(x, bool) for x in place)
        or not all(abs(x) <= MOST_PLACE for x in place)
    ):
        raise FieldError(
            "The place of {name} is two numbers from -{most} to {most}, not {place}.",
            name=node.title,
            most=MOST_PLACE,
            place=repr(place),
        )
    return replace(node, place=(float(place[0]), float(place[1])))


def is_placed(graph: Graph) -> bool:
    """Whether the card of any node was placed by hand."""
    return any(node.place is not None for node in graph)


def place(graph: Graph, places: Mapping[str, Place | None]) -> Graph:
    """Let the cards of some nodes stand at places, or anywhere."""
    return Graph(
        tuple(
            with_place(node, places[node.name]) if node.name in places else node for node in graph
        )
    )


def tidy(graph: Graph) -> Graph:
    """Let all cards stand where they are laid out."""
    return place(graph, dict.fromkeys(node.name for node in graph))


def same_places(one: Graph, other: Graph) -> bool:
    """Whether the cards of two equal networks stand at the same places."""
    return [node.place for node in one] == [node.place for node in other]
