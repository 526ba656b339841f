"""Networks drawn from the registry of layers, and layers that report what passes through them."""

from __future__ import annotations

import functools
import typing
from dataclasses import dataclass, field, replace
from math import prod
from types import SimpleNamespace
from typing import Any

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from engine.activations import Activation, Tanh
from engine.errors import FieldError, ShapeError
from engine.fields import Param, Spec, params
from engine.graph import INPUT, OUTPUT, Graph, Node
from engine.layers import Layer, layer
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.layers.merge import Concatenate
from engine.losses import Loss
from engine.network import Network
from engine.registry import families

MOST_NODES = 12
MOST_VALUES = 150
"""So many numbers a sample may have at any node."""

SMOOTH = ("identity", "sigmoid", "tanh", "gelu", "softmax")
"""Activation functions with no bend, that is with all derivatives."""

Shape = tuple[int, ...]


@dataclass
class Drawn:
    """A graph with the shape of its input, and a seed for all numbers that go with it."""

    graph: Graph
    shape: Shape
    seed: int

    def rng(self, use: int = 0) -> np.random.Generator:
        return np.random.default_rng([self.seed, use])

    def network(
        self, dtype: Any = np.float64, loss: Loss | None = None, graph: Graph | None = None
    ) -> Network:
        """Return a network whose biases and scales are moved away from 0 and 1."""
        network = Network(
            graph or self.graph, self.shape, loss, seed=self.seed % 2**32, dtype=dtype
        )
        moves = self.rng(1)
        for _, place in learned(network):
            network.theta[place] += moves.normal(0, 0.1, place.stop - place.start)
        return network

    def batch(self, rows: int, dtype: Any = np.float64, use: int = 2) -> np.ndarray:
        return self.rng(use).normal(0, 1, (rows, *self.shape)).astype(dtype)

    def targets(self, network: Network, rows: int) -> np.ndarray:
        shape = (rows, *network.shapes[OUTPUT])
        return self.rng(3).normal(0, 1, shape).astype(network.dtype)


def smooth(graph: Graph) -> Graph:
    """Return the graph with tanh for every activation function that has a bend."""
    return Graph(tuple(replace(node, layer=_smooth(node.layer)) for node in graph.nodes))


def _smooth(layer: Layer) -> Layer:
    values = {about.name: getattr(layer, about.name) for about in params(type(layer))}
    bent = {
        name: Tanh()
        for name, value in values.items()
        if isinstance(value, Activation) and value.kind not in SMOOTH
    }
    return layer.but(**bent)


def learned(network: Network) -> list[tuple[str, slice]]:
    """Return name and place of every parameter that training changes."""
    return [
        (f"{node.name}.{name}", place)
        for node in network.graph
        for name, (place, _) in network.layout[node.name].items()
        if name not in (*node.layer.statistics, *node.layer.fixed)
    ]


@st.composite
def networks(draw: Any, kind: str | None = None) -> Drawn:
    """Draw a graph whose shapes fit, with branches and merges.

    One layer, at any depth, is of the given kind; of one that is drawn if none is given.
    """
    must = layer[kind] if kind else draw(KINDS)
    shape = draw(INPUTS.filter(lambda shape: _may_fit(must, (shape,))))
    nodes = [Node(INPUT, Input())]
    shapes = {INPUT: shape}

    def add(cls: type[Layer]) -> bool:
        node = draw(_nodes(cls, nodes, shapes))
        if node is not None:
            nodes.append(node)
            shapes[node.name] = _output_shape(node, shapes)
        return node is not None

    wanted = draw(st.integers(4, MOST_NODES - 3))
    there = False
    # Two loose ends or more will need a Flatten each, a Concatenate and a Dense.
    while len(nodes) < wanted and len(nodes) + len(_loose(nodes)) + 6 <= MOST_NODES:
        cls = must if not there and draw(st.booleans()) else draw(KINDS)
        there |= add(cls) and cls is must
    assume(there or add(must))
    return Drawn(Graph(tuple(_closed(nodes, shapes))), shape, draw(st.integers(0, 2**32 - 1)))


KINDS = st.sampled_from([cls for cls in layer.values() if cls is not Input and not cls.borrows])
"""What borrows parameters stands only where there is a lender."""

INPUTS = st.one_of(
    st.tuples(st.integers(1, 6)),
    st.tuples(st.integers(1, 5), st.integers(1, 4)),
    st.tuples(st.integers(1, 3), st.integers(1, 6), st.integers(1, 6)),
    st.tuples(*[st.integers(1, 3)] * 4),
)
"""Lists, sequences, images, and what else Reshape can make of them."""


@st.composite
def _nodes(draw: Any, cls: type[Layer], nodes: list[Node], shapes: dict[str, Shape]) -> Node | None:
    """Draw a node that reads some of the others; None where the one drawn does not fit.

    Where an error offers a repair of the settings, that is carried out.
    """
    sources: list[str] = []
    for _ in range(draw(st.integers(1, 3)) if cls.merges else 1):
        read = tuple(shapes[name] for name in sources)
        # Late nodes come first, and are what an example shrinks to: a chain.
        fitting = [n for n in reversed(nodes) if _may_fit(cls, (*read, shapes[n.name]))]
        loose = [node for node in fitting if node in _loose(nodes) and node.name not in sources]
        if fitting:
            among = loose if loose and draw(st.booleans()) else fitting
            sources.append(draw(st.sampled_from(among)).name)
    made = draw(specs(cls)) if sources else None
    if made is None:
        return None
    node = Node(f"{cls.kind}_{len(nodes)}", made, tuple(sources))
    for _ in range(3):
        try:
            return node if prod(_output_shape(node, shapes)) <= MOST_VALUES else None
        except ShapeError as error:
            repaired = [fix.replace for fix in error.fixes if fix.replace is not None]
            if not repaired:
                break
            node = replace(node, layer=repaired[0])
    return None


@functools.cache
def _may_fit(cls: type[Layer], inputs: tuple[Shape, ...]) -> bool:
    """Return whether a layer takes these inputs as it is, or with other settings."""
    try:
        cls().output_shape(inputs)
    except ShapeError as error:
        return any(fix.replace is not None for fix in error.fixes)
    return True


@st.composite
def specs(draw: Any, cls: type[Spec]) -> Spec | None:
    """Draw an object with settings in small ranges; None where they do not go together."""
    settings = {about.name: draw(_values(about)) for about in params(cls)}
    if None in settings.values():
        return None
    try:
        return cls(**settings)
    except FieldError:
        return None


def _values(about: Param) -> st.SearchStrategy[Any]:
    """Return what a field may hold, the default often among it."""
    return st.one_of(st.just(about.default), _others(about))


def _others(about: Param) -> st.SearchStrategy[Any]:
    if about.family is not None:
        return st.sampled_from(list(families[about.family].values())).flatmap(specs)
    if about.choices:
        return st.sampled_from(about.choices)
    if about.type is bool:
        return st.booleans()
    if about.type is int:
        low = int(about.low or 0)
        return st.integers(low, min(low + 3, int(about.high or low + 3)))
    if about.type is float:
        low = 0.01 if about.above is not None else about.low or 0.0
        return st.floats(low, min(about.high or 1.0, 1.0))
    if typing.get_origin(about.type) is tuple:
        longest = int(about.high or 4)
        orders = st.integers(1, longest).flatmap(lambda n: st.permutations(range(1, n + 1)))
        sizes = st.lists(st.sampled_from((-1, 1, 2, 3, 4)), min_size=1, max_size=longest)
        return st.one_of(orders, sizes).map(tuple)
    raise AssertionError(f"{about.name} is a {about.type}, of which none can be drawn")


def _loose(nodes: list[Node]) -> list[Node]:
    """Return the nodes that nobody reads."""
    read = {name for node in nodes for name in node.inputs}
    return [node for node in nodes if node.name not in read]


def _output_shape(node: Node, shapes: dict[str, Shape]) -> Shape:
    return node.layer.output_shape(tuple(shapes[name] for name in node.inputs))


def _closed(nodes: list[Node], shapes: dict[str, Shape]) -> list[Node]:
    """Return the nodes such that all ends meet in the output."""
    ends = _loose(nodes)
    if len(ends) == 1 and len(nodes) > 1:
        return [*nodes[:-1], replace(nodes[-1], name=OUTPUT)]
    lists = []
    for end in ends:
        name = end.name
        if len(shapes[name]) > 1:
            name = f"{name}_flat"
            nodes = [*nodes, Node(name, Flatten(), (end.name,))]
        lists.append(name)
    joined = Node("joined", Concatenate(), tuple(lists))
    return [*nodes, joined, Node(OUTPUT, Dense(2), ("joined",))]


@dataclass(frozen=True)
class Seen:
    """An array that passed by, and what it held then."""

    node: str
    array: np.ndarray
    then: np.ndarray

    @classmethod
    def now(cls, node: str, array: np.ndarray) -> Seen:
        return cls(node, array, array.copy())

    def assert_unchanged(self) -> None:
        np.testing.assert_array_equal(self.array, self.then, err_msg=self.node)


@dataclass(frozen=True, eq=False)
class Watched:
    """A layer that keeps what it gave in the last pass; for a network it is the layer itself."""

    layer: Layer
    name: str
    outputs: dict[str, Seen] = field(repr=False)
    gradients: list[Seen] = field(repr=False)

    activation = None
    """Keeps a network from merging activation and loss, which would take the watch off."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self.layer, name)

    def forward(self, p: SimpleNamespace, x: Any, run: Any) -> tuple[Any, Any]:
        y, backward = self.layer.forward(p, x, run)
        self.outputs[self.name] = Seen.now(self.name, y)

        def watched(dy: Any, g: SimpleNamespace) -> Any:
            dx = backward(dy, g)
            if dx is not None:
                for part in dx if self.layer.merges else (dx,):
                    if part is not None:
                        self.gradients.append(Seen.now(self.name, part))
            return dx

        return y, watched


class Watch:
    """A graph whose layers are watched.

    Attributes
    ----------
    graph
        The same graph, of watched layers.
    outputs
        What every node but the input gave in the last pass, by its name.
    gradients
        What backward gave to the inputs of the nodes, since the beginning.
    """

    def __init__(self, graph: Graph) -> None:
        self.outputs: dict[str, Seen] = {}
        self.gradients: list[Seen] = []
        first, *others = graph.nodes
        watched = (
            replace(node, layer=Watched(node.layer, node.name, self.outputs, self.gradients))
            for node in others
        )
        self.graph = Graph((first, *watched))

    def assert_unchanged(self) -> None:
        """Check that nobody wrote into what others read."""
        for seen in (*self.outputs.values(), *self.gradients):
            seen.assert_unchanged()
