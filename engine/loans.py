"""Parameters that one layer lends to another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from engine.graph import Graph, Node, Shapes

Loans: TypeAlias = Mapping[str, Mapping[str, tuple[str, str]]]
"""By node and name there, the node and name of the parameter that it borrows."""


def lender(graph: Graph, node: Node) -> Node | None:
    """Return the nearest node above of the kind that `node` borrows parameters from, if any."""
    level = node.inputs
    while level:
        for name in level:
            if graph[name].layer.kind == node.layer.borrows:
                return graph[name]
        level = tuple(dict.fromkeys(source for name in level for source in graph[name].inputs))
    return None


def loans(graph: Graph, shapes: Shapes) -> Loans:
    """Return what is borrowed in a graph without errors."""
    found = {}
    for node in graph.nodes:
        owner = lender(graph, node) if node.layer.borrows else None
        if owner is not None:
            borrowed = node.layer.borrowed(owner.layer, shapes.inputs(node))
            found[node.name] = {name: (owner.name, own) for name, own in borrowed.items()}
    return found
