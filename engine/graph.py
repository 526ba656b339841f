"""The network as a value: named nodes with their layers and links, and edits as pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine.arrays import Shape
from engine.bypass import running
from engine.errors import GraphError, ShapeError
from engine.layers import Fix, Layer
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.layers.merge import Merge
from engine.loans import lender
from engine.text import Text

INPUT = "input"
OUTPUT = "output"


@dataclass(frozen=True)
class Node:
    """A layer at its place: `inputs` are the names of the nodes it reads.

    The learning rate of its parameters is multiplied by `rate`; 0 freezes them. A `bypassed` node
    hands its first input on as it is, and keeps its parameters for later. Nodes of the same
    `group` may be shown as one block of that name, which changes nothing for the network; nor does
    `place`, the top left corner of a card that was placed by hand, which equality leaves out.
    """

    name: str
    layer: Layer
    inputs: tuple[str, ...] = ()
    rate: float = 1.0
    group: str = ""
    bypassed: bool = False
    place: tuple[float, float] | None = field(default=None, compare=False)

    @property
    def title(self) -> Text:
        """The name for people: ``Dense 1`` for ``dense_1``, or the name that was given."""
        kind, _, number = self.name.rpartition("_")
        if kind == self.layer.kind and number.isdigit():
            return Text("{kind} {number}", kind=Text(self.layer.label), number=number)
        if self.name in (INPUT, OUTPUT):
            return Text("Input" if self.name == INPUT else "Output")
        return Text("{name}", name=self.name)


@dataclass(frozen=True)
class Graph:
    """Nodes in an order in which every node follows its inputs.

    The first one is the input, the last one, called ``output``, gives the prediction, and every
    other one is read by some node. A chain, where each node reads the one before it, is the plain
    case.

    Raises
    ------
    GraphError
        Where the nodes are not such a network.
    """

    nodes: tuple[Node, ...]

    def __post_init__(self) -> None:
        seen: set[str] = set()
        read = {OUTPUT, *(source for node in self.nodes for source in node.inputs)}
        for node in self.nodes:
            if node.name in seen:
                raise GraphError("Two layers are called {name}; rename one.", name=node.name)
            for source in node.inputs:
                if source not in seen:
                    raise GraphError(
                        "{name} reads {source}, which does not come before it.",
                        name=node.title,
                        source=source,
                    )
            is_input = isinstance(node.layer, Input)
            if bool(node.inputs) is is_input or node.name not in read:
                raise GraphError("{name} is not connected to the network.", name=node.title)
            if is_input is not (node.name == INPUT):
                raise GraphError("{name} cannot be an input; a network has one.", name=node.title)
            if len(node.inputs) > 1 and not node.layer.merges:
                raise GraphError("{name} reads several layers, but takes one.", name=node.title)
            seen.add(node.name)
        if not self.nodes or self.nodes[0].name != INPUT or self.nodes[-1].name != OUTPUT:
            raise GraphError("A network begins with its input and ends with its output.")

    @classmethod
    def chain(cls, *layers: Layer) -> Graph:
        """Build a chain from the input through `layers`; the last one is the output."""
        nodes = [Node(INPUT, Input())]
        for layer in layers[:-1]:
            name = free_name((node.name for node in nodes), layer.kind)
            nodes.append(Node(name, layer, (nodes[-1].name,)))
        nodes.append(Node(OUTPUT, layers[-1], (nodes[-1].name,)))
        return cls(tuple(nodes))

    def __iter__(self) -> Any:
        return iter(self.nodes)

    def __contains__(self, name: object) -> bool:
        return any(node.name == name for node in self.nodes)

    def __getitem__(self, name: str) -> Node:
        """Return the node called `name`, or raise GraphError."""
        for node in self.nodes:
            if node.name == name:
                return node
        raise GraphError(
            "There is no layer called {name}; there are {known}.",
            name=name,
            known=", ".join(node.name for node in self.nodes),
        )

    def index(self, name: str) -> int:
        """Return the position of the node called `name`."""
        return self.nodes.index(self[name])

    def readers(self, name: str) -> tuple[Node, ...]:
        """Return the nodes that read the node called `name`."""
        return tuple(node for node in self.nodes if name in node.inputs)

    @property
    def is_chain(self) -> bool:
        """Whether each node reads just the one before it."""
        before = ((), *((node.name,) for node in self.nodes[:-1]))
        return all(
            node.inputs == expected for node, expected in zip(self.nodes, before, strict=True)
        )


@dataclass(frozen=True)
class Shapes:
    """The output shape of every node that has one, and the errors of those that have none.

    Nodes behind an error are in neither.
    """

    shapes: Mapping[str, Shape]
    errors: Mapping[str, ShapeError]

    def inputs(self, node: Node) -> tuple[Shape, ...]:
        """Return the shapes that `node` reads."""
        return tuple(self.shapes[name] for name in node.inputs)


def infer_shapes(graph: Graph, input_shape: Shape) -> Shapes:
    """Return the shape of every node, without the batch axis, collecting errors by node."""
    graph = running(graph)
    shapes: dict[str, Shape] = {}
    errors: dict[str, ShapeError] = {}
    for node in graph.nodes:
        if isinstance(node.layer, Input):
            shapes[node.name] = input_shape
        elif all(name in shapes for name in node.inputs):
            try:
                inputs = tuple(shapes[name] for name in node.inputs)
                shapes[node.name] = node.layer.output_shape(inputs)
                if node.layer.borrows:
                    owner = lender(graph, node)
                    node.layer.borrowed(owner.layer if owner else None, inputs)
            except ShapeError as error:
                error.at(node.name, node.title)
                known = Shapes(shapes, errors)
                moving, steps = _flatten_fix(graph, node, known), _steps_fix(graph, node, known)
                own = (fix for fix in error.fixes if not (fix.remove and node.name == OUTPUT))
                error.fixes = (*moving, *own, *steps)
                errors[node.name] = error
    return Shapes(shapes, errors)


def _steps_fix(graph: Graph, node: Node, known: Shapes) -> tuple[Fix, ...]:
    """Offer that a recurrent layer above gives every step, or only the last, where that helps."""
    way = [node]
    while way[0] is node or not hasattr(way[0].layer, "return_sequences"):
        if len(way[0].inputs) != 1:
            return ()
        way.insert(0, graph[way[0].inputs[0]])
    source = way[0]
    every = not source.layer.return_sequences  # type: ignore[attr-defined]
    changed = source.layer.but(return_sequences=every)
    try:
        shape = changed.output_shape(known.inputs(source))
        for reader in way[1:]:
            shape = reader.layer.output_shape((shape,))
    except ShapeError:
        return ()
    if every:
        text = Text("Return every step of {layer}", layer=source.title)
    else:
        text = Text("Return only the last step of {layer}", layer=source.title)
    return (Fix(text, node=source.name, replace=changed),)


def _flatten_fix(graph: Graph, node: Node, known: Shapes) -> tuple[Fix, ...]:
    """Offer to move a layer before a Flatten above it, where it fits."""
    above = node
    while above is node or not isinstance(above.layer, Flatten):
        if len(above.inputs) != 1 or node.name == OUTPUT:
            return ()
        above = graph[above.inputs[0]]
    source = above.inputs[0]
    if len(graph.readers(source)) > 1:
        return ()
    try:
        node.layer.output_shape((known.shapes[source],))
    except ShapeError:
        return ()
    text = Text("Move {layer} before {flatten}", layer=node.title, flatten=above.title)
    return (Fix(text, behind=source),)


def first_layer(graph: Graph) -> str:
    """Return the name of the first node that has parameters, or the empty string."""
    return next((node.name for node in graph.nodes if node.layer.parameters), "")


def insert_after(graph: Graph, name: str, layer: Layer) -> tuple[Graph, str]:
    """Put a layer between the node called `name` and all that read it.

    Returns
    -------
    graph, new
        The new graph and the name of the new node. After the output means before it: the output
        stays the last node.
    """
    if name == OUTPUT:
        return insert_before(graph, OUTPUT, layer)
    new = free_name((node.name for node in graph.nodes), layer.kind)
    group = graph[name].group
    if all(reader.group != group for reader in graph.readers(name)):
        group = ""
    nodes: list[Node] = []
    for node in graph.nodes:
        nodes.append(_reading(node, {name: new}))
        if node.name == name:
            nodes.append(Node(new, layer, (name,), group=group))
    return Graph(tuple(nodes)), new


def insert_before(graph: Graph, name: str, layer: Layer, place: int = 0) -> tuple[Graph, str]:
    """Put a layer between the node called `name` and its input at `place`.

    Returns
    -------
    graph, new
        The new graph and the name of the new node.
    """
    target = graph[name]
    if not target.inputs:
        raise GraphError("Nothing can stand before the input.")
    source = graph[target.inputs[place]]
    new = free_name((node.name for node in graph.nodes), layer.kind)
    group = target.group if target.group == source.group else ""
    nodes: list[Node] = []
    for node in graph.nodes:
        if node.name == name:
            nodes.append(Node(new, layer, (source.name,), group=group))
            node = replace(node, inputs=(*node.inputs[:place], new, *node.inputs[place + 1 :]))
        nodes.append(node)
    return Graph(tuple(nodes)), new


def remove(graph: Graph, name: str) -> Graph:
    """Take a node out and heal the graph: its readers read its first input instead.

    What nothing reads any more goes, too, and so does a merge that is left with one input.
    """
    node = graph[name]
    if name in (INPUT, OUTPUT):
        raise GraphError("{name} cannot be deleted; every network has one.", name=node.title)
    rest = [other for other in graph.nodes if other.name != name]
    return healed(graph, rest, {name: node.inputs[0]})


def healed(graph: Graph, nodes: Iterable[Node], instead: Mapping[str, str]) -> Graph:
    """Return the graph of the nodes that an edit of `graph` has left.

    Parameters
    ----------
    graph
        The network before the edit, which tells what was a merge of several inputs.
    nodes
        What is left, in order.
    instead
        Which node is read instead of one that is gone.
    """
    now, kept = dict(instead), []
    for node in nodes:
        inputs = tuple(dict.fromkeys(now.get(source, source) for source in node.inputs))
        idle = isinstance(node.layer, Merge) and len(inputs) == 1 < len(graph[node.name].inputs)
        if idle and node.name != OUTPUT:
            now[node.name] = inputs[0]
        else:
            kept.append(replace(node, inputs=inputs))
    read, alive = {OUTPUT}, []
    for node in reversed(kept):
        if node.name in read:
            alive.append(node)
            read.update(node.inputs)
    return Graph(tuple(reversed(alive)))


def move(graph: Graph, name: str, after: str) -> Graph:
    """Take a node out of its place and put it behind the node called `after`, under its name."""
    node = graph[name]
    if name in (INPUT, OUTPUT, after) or after == OUTPUT:
        raise GraphError("{name} cannot move there.", name=node.title)
    rest = remove(graph, name)
    if len(node.inputs) > 1 or len(rest.nodes) < len(graph.nodes) - 1:
        raise GraphError("{name} holds branches together and stays where it is.", name=node.title)
    placed, new = insert_after(rest, after, node.layer)
    moved = rename(placed, new, name)
    kept = replace(moved[name], rate=node.rate, bypassed=node.bypassed)
    return with_node(moved, kept)


def rename(graph: Graph, name: str, new: str) -> Graph:
    """Give a node another name."""
    if name == new:
        return graph
    if name in (INPUT, OUTPUT):
        raise GraphError("{name} keeps its name.", name=graph[name].title)
    if not new.strip() or new in graph:
        raise GraphError("A layer cannot be called {name}; choose a free name.", name=repr(new))
    nodes = (
        replace(_reading(node, {name: new}), name=new if node.name == name else node.name)
        for node in graph.nodes
    )
    return Graph(tuple(nodes))


def renamed(old: Graph, new: Graph) -> dict[str, str]:
    """Return the earlier names of those nodes that `rename` gave another one, by their new name."""
    if len(old.nodes) != len(new.nodes):
        return {}
    return {
        after.name: before.name
        for before, after in zip(old.nodes, new.nodes, strict=True)
        if before.name not in new and after.name not in old and before.layer == after.layer
    }


def set_layer(graph: Graph, name: str, layer: Layer) -> Graph:
    """Give the node called `name` another layer, or the same one with other settings."""
    return with_node(graph, replace(graph[name], layer=layer))


def with_node(graph: Graph, node: Node) -> Graph:
    """Put a node in the place of the one of its name."""
    return Graph(tuple(node if old.name == node.name else old for old in graph.nodes))


def repair(graph: Graph, name: str, fix: Fix) -> Graph:
    """Carry out the edit that an error at the node called `name` offers."""
    if fix.insert is not None:
        return insert_before(graph, name, fix.insert, fix.place)[0]
    if fix.replace is not None:
        return set_layer(graph, fix.node or name, fix.replace)
    if fix.behind:
        return move(graph, fix.node or name, fix.behind)
    if fix.unplug:
        return _unplugged(graph, name, fix.place)
    return remove(graph, name) if fix.remove else graph


def _unplugged(graph: Graph, name: str, place: int) -> Graph:
    """Take the wire at one input of a node away."""
    inputs = graph[name].inputs
    kept = (*inputs[:place], *inputs[place + 1 :])
    nodes = (replace(node, inputs=kept) if node.name == name else node for node in graph.nodes)
    return healed(graph, nodes, {})


def _reading(node: Node, renamed: Mapping[str, str]) -> Node:
    return replace(node, inputs=tuple(renamed.get(name, name) for name in node.inputs))


def free_name(taken: Iterable[str], kind: str) -> str:
    """Return the name of a kind with the lowest number that is free, ``dense_3``."""
    names = set(taken)
    number = 1
    while f"{kind}_{number}" in names:
        number += 1
    return f"{kind}_{number}"
