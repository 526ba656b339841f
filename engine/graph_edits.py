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


def insert_on(
    graph: Graph, source: str, targets: Collection[str], layer: Layer
) -> tuple[Graph, str]:
    """Put a layer between a node and some of those that read it; return graph and new name."""
    new = free_name((node.name for node in graph.nodes), layer.kind)
    groups = {graph[name].group for name in (source, *targets)}
    group = groups.pop() if len(groups) == 1 else ""
    nodes: list[Node] = []
    for node in graph.nodes:
        nodes.append(_renamed(node, {source: new}, False) if node.name in targets else node)
        if node.name == source:
            nodes.append(Node(new, layer, (source,), group=group))
    return Graph(tuple(nodes)), new


def move_all(
    graph: Graph, names: Collection[str], place: str, readers: Collection[str] = ()
) -> Graph:
    """Take nodes out of their place and put them behind the node called `place`.

    Of a chain any nodes can be moved. Elsewhere they must read one node, and one of them be read.

    Parameters
    ----------
    graph
        The network.
    names
        What is moved, in the order of the graph.
    place
        The node that they read then.
    readers
        Which nodes that read `place` read them instead; all of them by default.
    """
    moving = [node for node in graph.nodes if node.name in names]
    left = [node for node in graph.nodes if node.name not in names]
    sources = {source for node in moving for source in node.inputs if source not in names}
    ends = {source for node in left for source in node.inputs if source in names}
    first = moving[0].title
    if {INPUT, OUTPUT} & set(names) or place in (*names, OUTPUT):
        raise GraphError("{name} cannot move there.", name=first)
    if graph.is_chain:
        at = 1 + left.index(graph[place])
        order = [*left[:at], *moving, *left[at:]]
        linked = [replace(node, inputs=(last.name,)) for last, node in pairwise(order)]
        return _settled(Graph((order[0], *linked)), names, place)
    if len(sources) != 1 or len(ends) != 1:
        raise GraphError("{name} holds branches together and stays where it is.", name=first)
    (source,), (end,) = sources, ends
    rest = healed(graph, left, {end: source})
    if [len(node.inputs) for node in rest] != [len(node.inputs) for node in left]:
        raise GraphError("{name} holds branches together and stays where it is.", name=first)
    taken = {reader.name for reader in rest.readers(place)}
    taken = taken & set(readers) if readers else taken
    if not taken:
        raise GraphError("{name} cannot move there.", name=first)
    nodes: list[Node] = []
    for node in rest:
        nodes.append(_renamed(node, {place: end}, False) if node.name in taken else node)
        if node.name == place:
            nodes += [_renamed(moved, {source: place}, False) for moved in moving]
    return _settled(Graph(tuple(nodes)), names, place)


def _settled(graph: Graph, names: Collection[str], place: str) -> Graph:
    """Let moved nodes belong to the block that they are in, and stand where that leads them.

    A whole block that was moved stays one.
    """
    groups = [node.group for node in graph if node.name not in names]
    around = graph[place].group if groups.count(graph[place].group) > 1 else ""
    behind = {
        node.group
        for node in graph
        if node.name not in names and not set(names).isdisjoint(node.inputs)
    }
    inside = around if around in behind else ""

    def whole(node: Node) -> bool:
        return bool(node.group) and node.group not in groups

    nodes = (
        replace(node, group=node.group if whole(node) else inside, place=None)
        if node.name in names
        else node
        for node in graph
    )
    return Graph(tuple(nodes))


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
    copies = [replace(_renamed(node, new), group=groups[node.group], place=None) for node in nodes]
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


def same_layers(one: Graph, other: Graph) -> bool:
    """Whether two networks compute the same, though rates, blocks or places may differ."""
    kept = (
        [(node.name, node.inputs, node.layer, node.bypassed) for node in graph]
        for graph in (one, other)
    )
    return next(kept) == next(kept)


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
