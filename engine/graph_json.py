"""Networks, and parts of them, as plain data for files and the clipboard."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engine.errors import FormatError
from engine.fields import from_json, to_json
from engine.graph import Graph, Node
from engine.graph_modes import with_bypassed, with_rate
from engine.graph_places import with_place

MAX_NODES = 1000


def graph_to_json(graph: Graph) -> list[dict[str, Any]]:
    """Return the nodes as plain dictionaries."""
    return nodes_to_json(graph.nodes)


def graph_from_json(data: Any) -> Graph:
    """Read what `graph_to_json` wrote; raise FormatError where it is damaged."""
    return Graph(nodes_from_json(data))


def nodes_to_json(nodes: Iterable[Node]) -> list[dict[str, Any]]:
    """Return nodes, which need not be a whole network, as plain dictionaries."""
    return [
        {"name": node.name, "inputs": list(node.inputs), "layer": to_json(node.layer)}
        | ({} if node.rate == 1 else {"rate": node.rate})
        | ({"group": node.group} if node.group else {})
        | ({"bypassed": True} if node.bypassed else {})
        | ({} if node.place is None else {"place": list(node.place)})
        for node in nodes
    ]


def nodes_from_json(data: Any) -> tuple[Node, ...]:
    """Read what `nodes_to_json` wrote; raise FormatError where it is damaged."""
    if not isinstance(data, list) or not 0 < len(data) <= MAX_NODES:
        raise FormatError("The list of layers is missing or damaged in the file.")
    nodes: list[Node] = []
    for entry in data:
        if not (
            isinstance(entry, dict)
            and isinstance(entry.get("name"), str)
            and isinstance(inputs := entry.get("inputs"), list)
            and all(isinstance(source, str) for source in inputs)
            and isinstance(group := entry.get("group", ""), str)
        ):
            raise FormatError("Layer {number} of the file is damaged.", number=len(nodes) + 1)
        layer = from_json(entry.get("layer"), "layer")
        node = Node(entry["name"], layer, tuple(inputs), group=group)
        node = with_rate(node, entry.get("rate", 1.0))
        node = with_bypassed(node, entry.get("bypassed", False))
        nodes.append(with_place(node, entry.get("place")))
    return tuple(nodes)
