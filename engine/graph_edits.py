"""Edits of several nodes or wires of a network, as pure functions; see `graph` for the others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from engine.errors import GraphError
from engine.graph import (
    INPUT,
    OUTPUT,
    Graph,
    Node,
    free_name,
    healed,
    insert_before,
    moved,
    remove,
    set_layer,
)
from engine.layers import Layer
from engine.layers.merge import Add


def connect(
    graph: Graph, source: str, target: str, merge: Layer | None = None
) -> tuple[Graph, str]:
    """Let the node called `target` read the one called `source` as well.

    Where it takes several inputs, `source` becomes the last of them. Where it takes one, a merge,
    by default `Add`, is put in front of it, which reads what it has read and `source`.

    Returns
    -------
    graph, name
        The new graph and the name of the node at which the wire ends.
    """
    start, end = graph[source], graph[target]
    if target == INPUT or source == OUTPUT:
        raise GraphError("The input begins a network, and the output ends it.")
    if source in after(graph, target):
        raise GraphError(
            "A wire from {source} to {target} would lead back to itself.",
            source=start.title,
            target=end.title,
        )
    if source in end.inputs:
        raise GraphError("{target} reads {source} already.", target=end.title, source=start.title)
    if not end.layer.merges:
        graph, target = insert_before(graph, target, merge or Add())
    nodes = [
        replace(node, inputs=(*node.inputs, source)) if node.name == target else node
        for node in graph.nodes
    ]
    return Graph(ordered(nodes)), target


def disconnect(graph: Graph, source: str, target: str) -> Graph:
    """Take a wire away, with the merge that it leaves with one input and what nothing reads now."""
    end = graph[target]
    inputs = tuple(name for name in end.inputs if name != source)
    if not inputs:
        raise GraphError(
            "{target} reads only {source}; every layer needs an input.",
            target=end.title,
            source=graph[source].title,
        )
    nodes = (replace(node, inputs=inputs) if node is end else node for node in graph.nodes)
    return healed(graph, nodes, {})


def set_merge(graph: Graph, name: str, merge: Layer) -> tuple[Graph, str]:
    """Let a merge join its inputs in another way; return graph and its new name."""
    new = free_name((node.name for node in graph.nodes), merge.kind)
    if name == OUTPUT or graph[name].title.template == "{name}":
        new = name  # it is not called by its kind
    changed = set_layer(graph, name, merge)
    nodes = (_renamed(node, {name: new}) for node in changed.nodes)
    return Graph(tuple(nodes)), new


def remove_all(graph: Graph, names: Iterable[str]) -> Graph:
    """Take nodes out, one after the other; those that go with another one are not missed."""
    for name in names:
        if name in graph:
            graph = remove(graph, name)
    return graph


def move_onto(graph: Graph, name: str, source: str, target: str) -> Graph:
    """Take a node out of its place and put it on the wire between two others, under its name."""
    layer = graph[name].layer

    def put(rest: Graph) -> tuple[Graph, str]:
        if target not in rest or source not in rest[target].inputs:
            raise GraphError("{name} cannot move there.", name=graph[name].title)
        return insert_before(rest, target, layer, rest[target].inputs.index(source))

    return moved(graph, name, put)


def reorder(graph: Graph, names: Collection[str], place: str) -> Graph:
    """Put nodes of a chain, in their order, behind the node called `place`."""
    moving = [node for node in graph.nodes if node.name in names]
    if not graph.is_chain or {INPUT, OUTPUT} & set(names) or place in (*names, OUTPUT):
        raise GraphError("Several layers move together only along a chain.")
    rest = [node for node in graph.nodes if node.name not in names]
    at = 1 + rest.index(graph[place])
    order = [*rest[:at], *moving, *rest[at:]]
    linked = [replace(node, inputs=(last.name,)) for last, node in pairwise(order)]
    return Graph((order[0], *linked))


def paste(graph: Graph, nodes: Sequence[Node], place: str) -> tuple[Graph, tuple[str, ...]]:
    """Put copies of nodes behind the node called `place`, as one segment of the way.

    Links among the copies stay. Where one read something else it now reads the node at `place`;
    parts that are not linked follow one another, and a part with several ends is added up.

    Returns
    -------
    graph, names
        The new graph and the names of the copies.
    """
    if place == OUTPUT:
        place = graph[OUTPUT].inputs[0]
    copies, names = _copies(graph, nodes)
    pieces: list[Node] = []
    entry = place
    for part in _parts(copies):
        inside = {node.name for node in part}
        part = [_entering(node, inside, entry) for node in part]
        read = {source for node in part for source in node.inputs}
        ends = tuple(node.name for node in part if node.name not in read)
        if len(ends) > 1:
            taken = {node.name for node in (*graph.nodes, *copies, *pieces)}
            part.append(Node(free_name(taken, Add.kind), Add(), ends))
            ends = (part[-1].name,)
        pieces += part
        entry = ends[0]
    at = graph.index(place) + 1
    rest = (_renamed(node, {place: entry}, rename=False) for node in graph.nodes[at:])
    return Graph((*graph.nodes[:at], *pieces, *rest)), names


def _copies(graph: Graph, nodes: Sequence[Node]) -> tuple[list[Node], tuple[str, ...]]:
    """Return nodes under free names of nodes and groups, linked among each other as before."""
    new: dict[str, str] = {}
    taken = {node.name for node in graph.nodes} | {name for node in nodes for name in node.inputs}
    for node in nodes:
        new[node.name] = free_name(taken, node.layer.kind)
        taken.add(new[node.name])
    groups = {node.group: free_group(graph, node.group) if node.group else "" for node in nodes}
    copies = [replace(_renamed(node, new), group=groups[node.group]) for node in nodes]
    return copies, tuple(new.values())


def _parts(nodes: Sequence[Node]) -> list[list[Node]]:
    """Return the nodes in parts that are linked: by each other or by reading the same outside."""
    parts: list[tuple[set[str], list[Node]]] = []
    for node in nodes:
        linked = [part for part in parts if part[0] & {node.name, *node.inputs}]
        names = {node.name, *node.inputs}.union(*(names for names, _ in linked))
        members = [member for _, part in linked for member in part]
        parts = [part for part in parts if part not in linked]
        parts.append((names, [*members, node]))
    order = {node.name: place for place, node in enumerate(nodes)}
    return [sorted(members, key=lambda node: order[node.name]) for _, members in parts]


def _entering(node: Node, inside: Collection[str], entry: str) -> Node:
    inputs = (source if source in inside else entry for source in node.inputs)
    return replace(node, inputs=tuple(dict.fromkeys(inputs)))


def group(graph: Graph, names: Collection[str], title: str) -> Graph:
    """Name the block that nodes belong to, with those on the ways between them; "" for none."""
    members = set(names)
    if title:
        members = {
            node.name
            for node in graph.nodes
            if members & before(graph, node.name) and members & after(graph, node.name)
        }
    if title and members & {INPUT, OUTPUT}:
        raise GraphError("Input and output cannot be part of a block.")
    nodes = (replace(node, group=title) if node.name in members else node for node in graph.nodes)
    return Graph(tuple(nodes))


def free_group(graph: Graph, title: str) -> str:
    """Return a name for a block that no other one has: the title, or with a number behind it."""
    taken = {node.group for node in graph.nodes}
    if title not in taken:
        return title
    stem = title.rstrip("0123456789 ") or title
    return next(name for i in range(2, len(taken) + 3) if (name := f"{stem} {i}") not in taken)


def after(graph: Graph, name: str) -> set[str]:
    """Return the names of a node and of all that its output reaches."""
    found = {graph[name].name}
    for node in graph.nodes:
        if not found.isdisjoint(node.inputs):
            found.add(node.name)
    return found


def before(graph: Graph, name: str) -> set[str]:
    """Return the names of a node and of all that reach it."""
    found = {graph[name].name}
    for node in reversed(graph.nodes):
        if node.name in found:
            found.update(node.inputs)
    return found


def ordered(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Return nodes so that each follows its inputs, and else as they were."""
    left, done = list(nodes), dict[str, Node]()
    while left:
        node = next(node for node in left if all(source in done for source in node.inputs))
        left.remove(node)
        done[node.name] = node
    return tuple(done.values())


def _renamed(node: Node, new: dict[str, str], rename: bool = True) -> Node:
    inputs = tuple(new.get(source, source) for source in node.inputs)
    return replace(node, name=new.get(node.name, node.name) if rename else node.name, inputs=inputs)
