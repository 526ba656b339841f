"""How nodes take part: at which share of the learning rate, or not at all."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from engine.errors import FieldError, GraphError
from engine.graph import INPUT, OUTPUT, Graph, Node, with_node

MOST_RATE = 100


def set_rate(graph: Graph, name: str, rate: float) -> Graph:
    """Multiply the learning rate of a node by `rate`; 0 freezes it."""
    return with_node(graph, with_rate(graph[name], rate))


def with_rate(node: Node, rate: object) -> Node:
    """Return a node whose learning rate is multiplied by a number, or raise FieldError."""
    if not isinstance(rate, int | float) or not 0 <= rate <= MOST_RATE:
        raise FieldError(
            "The learning rate of {name} is multiplied by a number from 0 to {most}, not {rate}.",
            name=node.title,
            most=MOST_RATE,
            rate=repr(rate),
        )
    return replace(node, rate=float(rate))


def with_bypassed(node: Node, bypassed: object) -> Node:
    """Return a node that is bypassed or not; raise where it cannot be, or for other than a bool."""
    if not isinstance(bypassed, bool):
        raise FieldError(
            "{name} is bypassed or not: true or false, not {value}.",
            name=node.title,
            value=repr(bypassed),
        )
    if bypassed and node.name in (INPUT, OUTPUT):
        raise GraphError("{name} cannot be bypassed; every network has one.", name=node.title)
    return replace(node, bypassed=bypassed)


def bypass(graph: Graph, names: Collection[str], bypassed: bool = True) -> Graph:
    """Let nodes hand their first input on as it is, or take part again."""
    nodes = (with_bypassed(node, bypassed) if node.name in names else node for node in graph.nodes)
    return Graph(tuple(nodes))
