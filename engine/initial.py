"""What a network begins with: the parameters of its nodes, and where each lies in the vector."""

from __future__ import annotations

from collections.abc import Mapping

from engine.arrays import Array, Shape
from engine.bypass import fits
from engine.errors import GraphError
from engine.graph import Graph, Node, Shapes
from engine.lanes import Layout
from engine.streams import stream

MOST_PARAMETERS = 50_000_000
"""Training takes about 32 bytes for each."""


def initial_parameters(graph: Graph, shapes: Shapes, seed: int) -> dict[str, Mapping[str, Array]]:
    """Draw the initial parameters of every node, by name.

    Raises
    ------
    GraphError
        Where they are more than `MOST_PARAMETERS`.
    """
    initial: dict[str, Mapping[str, Array]] = {}
    size = 0
    for node in graph.nodes:
        drawn = _drawn(node, shapes.inputs(node), seed)
        size += sum(values.size for values in drawn.values())
        if size > MOST_PARAMETERS:
            raise GraphError(
                "The network has more than {most} million parameters; make {layer} smaller.",
                most=MOST_PARAMETERS // 1_000_000,
                layer=node.title,
            )
        initial[node.name] = drawn
    return initial


def _drawn(node: Node, inputs: tuple[Shape, ...], seed: int) -> Mapping[str, Array]:
    """Draw the initial parameters of a node; a bypassed one has none where it does not fit."""
    if node.bypassed and not fits(node, inputs):
        return {}
    return node.layer.init(stream(seed, "weights", node.name), inputs)


def lay_out(initial: Mapping[str, Mapping[str, Array]]) -> Layout:
    """Return where parameters lie in one flat vector, node after node, and their shapes."""
    layout: Layout = {}
    start = 0
    for node, arrays in initial.items():
        layout[node] = {}
        for name, values in arrays.items():
            stop = start + values.size
            layout[node][name] = (slice(start, stop), values.shape)
            start = stop
    return layout
