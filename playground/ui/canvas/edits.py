"""The edits of a network that canvas, palette, inspector and menus share, one undo step each."""

from __future__ import annotations

from engine import graph as graphs
from engine.errors import GraphError
from engine.graph import INPUT, OUTPUT, Graph
from engine.layers import Fix, Layer, layer
from playground.ui.canvas.words import node_title
from playground.ui.document import Document
from playground.ui.i18n import tr, tr_engine, tr_text

MIME = "application/x-neural-playground-layer"
"""Carries the kind of a layer from the palette to the canvas."""


def insert(document: Document, kind: str, source: str = "", target: str = "") -> str:
    """Put a new layer on the wire from `source` to `target`, select it and return its name.

    Without a source the layer goes after the selected node, or before the output where none is
    selected; without a target it goes between the source and all that read it.
    """
    graph = document.experiment.graph
    source = source or document.selection or OUTPUT
    new, name = inserted(graph, layer[kind](), source, target)
    text = tr("Insert {layer}", layer=tr_engine(layer[kind].label))
    document.edit_graph(new, text)
    document.select(name)
    return name


def inserted(graph: Graph, new: Layer, source: str, target: str = "") -> tuple[Graph, str]:
    """Return the graph with a layer on a wire, and its name; nothing is changed yet."""
    if target and graph[target].inputs[0] == source:
        return graphs.insert_before(graph, target, new)
    return graphs.insert_after(graph, source, new)


def movable(name: str) -> bool:
    """Whether a node can be moved, deleted, duplicated and renamed."""
    return name not in ("", INPUT, OUTPUT)


def remove(document: Document, name: str) -> None:
    """Delete a node and heal the chain; its neighbour is selected next."""
    if not movable(name):
        return
    node = document.experiment.graph[name]
    document.edit_graph(
        graphs.remove(document.experiment.graph, name),
        tr("Delete {layer}", layer=node_title(node)),
    )
    document.select(node.inputs[0] if movable(node.inputs[0]) else "")


def duplicate(document: Document, name: str) -> None:
    """Put a copy behind a node and select it."""
    if not movable(name):
        return
    graph = document.experiment.graph
    new, copy = graphs.insert_after(graph, name, graph[name].layer)
    document.edit_graph(new, tr("Duplicate {layer}", layer=node_title(graph[name])))
    document.select(copy)


def move_after(document: Document, name: str, after: str) -> None:
    """Put a node behind another one."""
    graph = document.experiment.graph
    if not movable(name) or after in (name, OUTPUT) or graph[name].inputs == (after,):
        return
    text = tr("Move {layer}", layer=node_title(graph[name]))
    document.edit_graph(graphs.move(graph, name, after), text)
    document.select(name)


def shift(document: Document, name: str, steps: int) -> None:
    """Move a node one place to the left (−1) or right (+1)."""
    nodes = document.experiment.graph.nodes
    place = document.experiment.graph.index(name) if movable(name) else 0
    after = place - 2 if steps < 0 else place + 1
    if movable(name) and 0 <= after < len(nodes) - 1:
        move_after(document, name, nodes[after].name)


def rename(document: Document, name: str, new: str) -> GraphError | None:
    """Give a node another name; return the error where it cannot have it."""
    graph = document.experiment.graph
    new = new.strip()
    if not movable(name) or new in (name, node_title(graph[name])):
        return None
    try:
        renamed = graphs.rename(graph, name, new)
    except GraphError as error:
        return error
    document.edit_graph(renamed, tr("Rename {layer}", layer=node_title(graph[name])))
    document.select(new)
    return None


def carry_out(document: Document, name: str, fix: Fix) -> None:
    """Carry out the repair that an error at a node offers."""
    if fix.loss:
        document.edit_training(tr_text(fix.text), loss=fix.loss)
    else:
        graph = document.experiment.graph
        document.edit_graph(graphs.repair(graph, name, fix), tr_text(fix.text))
