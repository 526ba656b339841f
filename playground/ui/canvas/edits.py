"""The edits of a network that canvas, palette, inspector and menus share, one undo step each."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from engine import graph as graphs
from engine import graph_edits, graph_modes
from engine.errors import GraphError
from engine.graph import INPUT, OUTPUT, Graph, Node
from engine.layers import Fix, Layer, layer
from playground.ui.canvas.words import locked, node_title
from playground.ui.document import Document
from playground.ui.i18n import tr, tr_engine, tr_text

MIME = "application/x-neural-playground-layer"
"""Carries the kind of a layer from the palette to the canvas."""


def insert(document: Document, kind: str, source: str = "", targets: Collection[str] = ()) -> str:
    """Put a new layer on the wires from `source` to `targets`, select it and return its name.

    Without a source the layer goes after the selected node, or before the output where none is
    selected; without targets it goes between the source and all that read it.
    """
    graph = document.experiment.graph
    source = source or document.selection or OUTPUT
    new, name = inserted(graph, layer[kind](), source, targets)
    text = tr("Insert {layer}", layer=tr_engine(layer[kind].label))
    document.edit_graph(new, text)
    document.select(name)
    return name


def inserted(
    graph: Graph, new: Layer, source: str, targets: Collection[str] = ()
) -> tuple[Graph, str]:
    """Return the graph with a layer on wires, and its name; nothing is changed yet."""
    if targets:
        return graph_edits.insert_on(graph, source, targets, new)
    return graphs.insert_after(graph, source, new)


def movable(name: str) -> bool:
    """Whether a node can be moved, deleted, duplicated and renamed."""
    return name not in ("", INPUT, OUTPUT)


def remove(document: Document, *names: str) -> None:
    """Delete nodes and heal the graph; the neighbour of the first one is selected next."""
    names = tuple(name for name in names if movable(name))
    if not names:
        return
    graph = document.experiment.graph
    document.edit_graph(
        graph_edits.remove_all(graph, names), tr("Delete {layer}", layer=_called(graph, names))
    )
    source = graph[names[0]].inputs[0]
    document.select(source if movable(source) else "")


def disconnect(document: Document, source: str, target: str) -> None:
    """Delete a wire, with the merge that it leaves with one input."""
    graph = graph_edits.disconnect(document.experiment.graph, source, target)
    document.edit_graph(graph, tr("Delete the wire"))


def duplicate(document: Document, *names: str) -> None:
    """Put copies behind nodes and select the last."""
    names = tuple(name for name in names if movable(name))
    if not names:
        return
    graph = document.experiment.graph
    nodes = [graph[name] for name in names]
    new, copies = graph_edits.paste(graph, nodes, names[-1])
    document.edit_graph(new, tr("Duplicate {layer}", layer=_called(graph, names)))
    document.select(copies[-1])


def paste(document: Document, nodes: Sequence[Node]) -> tuple[str, ...]:
    """Put copies of nodes behind the selected one, or before the output; return their names."""
    place = document.selection or OUTPUT
    graph, names = graph_edits.paste(document.experiment.graph, nodes, place)
    document.edit_graph(graph, tr("Paste"))
    return names


def move(
    document: Document, names: Sequence[str], place: str, readers: Collection[str] = ()
) -> None:
    """Put nodes behind another one, on the wires to some of its readers or to all of them."""
    graph = document.experiment.graph
    if not names or not all(map(movable, names)) or place in names:
        return
    new = graph_edits.move_all(graph, names, place, readers)
    document.edit_graph(new, tr("Move {layer}", layer=_called(graph, names)))
    if document.selection not in names:
        document.select(names[-1])


def _called(graph: Graph, names: Sequence[str]) -> str:
    """Return the title of a node, or how many there are."""
    if len(names) > 1:
        return tr("{count} layers", count=len(names))
    return node_title(graph[names[0]])


def block_of(document: Document, names: Sequence[str]) -> str:
    """Return the block that all the nodes belong to, or the empty string."""
    groups = {node.group for node in document.experiment.graph if node.name in names}
    return groups.pop() if len(groups) == 1 else ""


def group(document: Document, names: Sequence[str], title: str = "") -> None:
    """Make nodes a block of a name; without one it is called "Block" and a number."""
    graph = document.experiment.graph
    title = title.strip() or graph_edits.free_group(graph, tr("Block {number}", number=1))
    if names and block_of(document, names) != title:
        title = graph_edits.free_group(graph, title)
        document.edit_graph(graph_edits.group(graph, names, title), tr("Block"))


def ungroup(document: Document, names: Sequence[str]) -> None:
    """Let all nodes of the blocks that nodes belong to be plain layers again."""
    graph = document.experiment.graph
    groups = {graph[name].group for name in names} - {""}
    members = [node.name for node in graph if node.group in groups]
    document.edit_graph(graph_edits.group(graph, members, ""), tr("Ungroup"))


def freeze(document: Document, names: Sequence[str]) -> None:
    """Lock the weights of nodes, or unlock them where all of them are locked."""
    graph = document.experiment.graph
    learning = [name for name in names if name and graph[name].layer.parameters]
    if not learning:
        return
    title, thaw = _called(graph, learning), locked(*map(graph.__getitem__, learning))
    for name in learning:
        graph = graph_modes.set_rate(graph, name, 1.0 if thaw else 0.0)
    text = tr("Unfreeze {layer}", layer=title) if thaw else tr("Freeze {layer}", layer=title)
    document.edit_graph(graph, text)


def bypass(document: Document, names: Sequence[str]) -> None:
    """Let nodes hand on what they read, or take part again where all of them are bypassed."""
    graph = document.experiment.graph
    names = [name for name in names if movable(name)]
    if not names:
        return
    back = all(graph[name].bypassed for name in names)
    title = _called(graph, names)
    text = tr("Use {layer} again", layer=title) if back else tr("Bypass {layer}", layer=title)
    document.edit_graph(graph_modes.bypass(graph, names, not back), text)


def set_number(
    document: Document, name: str, parameter: str, place: tuple[int, ...], old: float, new: float
) -> None:
    """Give a single weight or bias of a node another value."""
    title = node_title(document.experiment.graph[name])
    bias = parameter.split("_")[0] == "b"
    text = tr("Bias of {layer}", layer=title) if bias else tr("Weight of {layer}", layer=title)
    document.set_parameter(name, parameter, place, old, new, text)


def set_merge(document: Document, name: str, kind: str) -> None:
    """Let a merge join its inputs in another way."""
    graph, new = graph_edits.set_merge(document.experiment.graph, name, layer[kind]())
    document.edit_graph(graph, tr_engine(layer[kind].label))
    document.select(new)


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
