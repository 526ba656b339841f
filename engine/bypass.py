"""Nodes that are bypassed: what they read goes straight on to those that read them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, ClassVar

from engine.arrays import Array, Shape
from engine.errors import ShapeError
from engine.layers import Backward, Layer
from engine.run import Run

if TYPE_CHECKING:
    from engine.graph import Graph, Node


@dataclass(frozen=True)
class Through(Layer):
    """What stands for a bypassed layer in a pass: y is the first input, and dx of it is dy."""

    kind: ClassVar[str] = "through"
    label: ClassVar[str] = "Bypass"
    merges: ClassVar[bool] = True

    def forward(self, p: SimpleNamespace, x: Array, run: Run) -> tuple[Array, Backward]:
        """Return the first input as it is."""
        return x[0], lambda dy, g: (dy, *[None] * (len(x) - 1))


def passing(node: Node) -> Node:
    """Return the node as it runs."""
    return replace(node, layer=Through()) if node.bypassed else node


def fits(node: Node, inputs: tuple[Shape, ...]) -> bool:
    """Whether the layer of a node takes inputs, and so has parameters; a bypassed one need not."""
    try:
        node.layer.output_shape(inputs)
    except ShapeError:
        return False
    return True


def resting(graph: Graph) -> frozenset[str]:
    """Return the nodes that have no part in the output: bypassed, or read by such alone."""
    reached = {graph.nodes[-1].name}
    for node in reversed(graph.nodes):
        if node.name in reached:
            reached.update(node.inputs[:1] if node.bypassed else node.inputs)
    return frozenset(node.name for node in graph.nodes if node.bypassed or node.name not in reached)


def running(graph: Graph) -> Graph:
    """Return the network as it runs: in place of a bypassed layer the way past it.

    What rests is frozen.
    """
    if not any(node.bypassed for node in graph.nodes):
        return graph
    idle = resting(graph)
    nodes = (
        replace(passing(node), rate=0.0) if node.name in idle else node for node in graph.nodes
    )
    return replace(graph, nodes=tuple(nodes))
