"""Ways through the graph, each with buffers of its own, and a thread to take a second one in.

NumPy leaves Python to other threads while it computes. So two halves of a batch, each in a lane
and a thread of its own, take little more than half of the time where a step is costly.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import Future, wait
from contextvars import copy_context
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from types import SimpleNamespace
from typing import Any, TypeAlias, TypeVar

import numpy as np

from engine.activations import Identity
from engine.arrays import Array, Backend, Shape
from engine.graph import Graph, Node
from engine.layers import Layer
from engine.layers.activation import Activate
from engine.loans import Loans
from engine.run import Run
from engine.streams import stream

Layout: TypeAlias = dict[str, dict[str, tuple[slice, Shape]]]
"""Where each parameter of each node lies in the flat vector, and its shape."""

IDLE = 0.2
"""Seconds after which a thread without work ends."""

T = TypeVar("T")


@dataclass(slots=True)
class Op:
    """One node made ready to run: its layer, its views of the vectors and its two workspaces."""

    name: str
    layer: Layer
    trained: Layer
    """What takes the place of the layer in training."""
    sources: tuple[int, ...]
    """Where the nodes that it reads stand in the graph."""
    p: SimpleNamespace
    g: SimpleNamespace
    training: Run
    inference: Run
    has_gradient: bool
    loans: list[tuple[Array, Array]] = field(default_factory=list)
    """Gradients of parameters, each with that of another node's use of the same."""
    backward: Any = None


@dataclass(frozen=True)
class Plan:
    """What all lanes of a network share.

    Parameters
    ----------
    graph
        The nodes as they run, see `bypass.running`.
    layers
        The layer of each node as it is run, by name: the output's without the activation that
        the loss has taken over.
    loans
        What parameters are borrowed.
    layout
        Where the parameters lie.
    theta
        The flat vector of parameters.
    device, dtype, seed
        Where and in what arrays live, and what random streams come from.
    """

    graph: Graph
    layers: Mapping[str, Layer]
    loans: Loans
    layout: Layout
    theta: Array
    device: Backend
    dtype: np.dtype[Any]
    seed: int

    def views(self, vector: Array, node: str) -> SimpleNamespace:
        """Return the parameters of a node, by name, as views of a vector so laid out."""
        places = self.layout[node].items()
        return SimpleNamespace(**{name: vector[at].reshape(shape) for name, (at, shape) in places})


class Lane:
    """One way through the graph; a batch, or a part of one, takes it forward and back.

    Attributes
    ----------
    gradient
        What `backward` leaves: the gradients of all parameters, a flat vector.
    """

    def __init__(self, plan: Plan, number: int = 0) -> None:
        self.plan, self.number = plan, number
        self.gradient = plan.device.xp.zeros_like(plan.theta)
        trained = _trained(plan)
        index = {node.name: i for i, node in enumerate(plan.graph.nodes)}
        self.ops: list[Op] = []
        for node in plan.graph.nodes[1:]:
            sources = tuple(index[name] for name in node.inputs)
            needs_dx = any(self.ops[source - 1].has_gradient for source in sources if source)
            self.ops.append(self._op(node, trained[node.name], sources, needs_dx))
        for reader, borrowed in plan.loans.items():
            for name, (owner, own) in borrowed.items():
                self._lend(self.ops[index[owner] - 1], own, self.ops[index[reader] - 1], name)

    def _lend(self, owner: Op, own: str, reader: Op, name: str) -> None:
        """Let the reader use a parameter of the owner, and add its gradient to the owner's."""
        lent = getattr(owner.p, own)
        gradient = self.plan.device.xp.zeros_like(lent)
        setattr(reader.p, name, lent)
        setattr(reader.g, name, gradient)
        owner.loans.append((getattr(owner.g, own), gradient))

    def _op(self, node: Node, trained: Layer, sources: tuple[int, ...], needs_dx: bool) -> Op:
        """Make a node ready; a frozen one keeps its statistics, too."""
        plan, layer = self.plan, self.plan.layers[node.name]
        rng = stream(plan.seed, "dropout", *self._names(node.name))
        training = Run(plan.device.xp, plan.dtype, rng)
        training.training = node.rate > 0 or not layer.statistics
        training.needs_dx = needs_dx
        return Op(
            node.name,
            layer,
            trained,
            sources,
            plan.views(plan.theta, node.name),
            plan.views(self.gradient, node.name),
            training,
            Run(plan.device.xp, plan.dtype),
            needs_dx or bool(plan.layout[node.name] and node.rate),
        )

    def forward(self, x: Array, training: bool, keep: bool = False) -> list[Array]:
        """Run all nodes; return their outputs in the graph's order, the logits for the last.

        Each node keeps the way back in training, and where that is wanted: it holds memory.
        """
        values = [x]
        for op in self.ops:
            layer, sources = op.trained if training else op.layer, op.sources
            x = tuple([values[i] for i in sources]) if layer.merges else values[sources[0]]
            y, backward = layer.forward(op.p, x, op.training if training else op.inference)
            if training or keep:
                op.backward = backward
            values.append(y)
        return values

    def backward(self, dz: Array) -> None:
        """Fill the gradient from that of the logits of the last training pass."""
        dy: list[Array] = [None] * (len(self.ops) + 1)
        dy[-1] = dz
        for i in range(len(self.ops), 0, -1):
            op = self.ops[i - 1]
            if not op.has_gradient or dy[i] is None:
                continue
            dx = op.backward(dy[i], op.g)
            for gradient, more in op.loans:
                gradient += more
            if op.training.needs_dx:
                _hand_on(op, dx, dy)

    def input_gradient(self, x: Array, dz: Array) -> Array:
        """Return Σ dz ∂z/∂x for a batch, nothing dropped out; None where x are numbers of words.

        It leaves `gradient` spoilt.
        """
        self.forward(x, training=False, keep=True)
        dy: list[Array] = [*[None] * len(self.ops), dz]
        for i in range(len(self.ops), 0, -1):
            if dy[i] is not None:
                op = self.ops[i - 1]
                _hand_on(op, op.backward(dy[i], op.g), dy)
        return dy[0]

    def streams(self) -> dict[str, np.random.Generator]:
        """Return the random streams that training consumes, by node and number of the lane."""
        return {"/".join(self._names(op.name)): op.training.rng for op in self.ops}

    def _names(self, node: str) -> tuple[str, ...]:
        """Return what tells the node in this lane from others."""
        return (node, str(self.number)) if self.number else (node,)


def _hand_on(op: Op, dx: Array, dy: list[Array]) -> None:
    """Add the gradients of what a node reads to those of the nodes that give it."""
    parts = dx if op.layer.merges else (dx,)
    for source, part in zip(op.sources, parts, strict=True):
        if part is not None:
            dy[source] = part if dy[source] is None else dy[source] + part


def _trained(plan: Plan) -> dict[str, Layer]:
    """Return the layers for training by name: of two that are joined, the second only hands on."""
    layers = dict(plan.layers)
    readers = Counter(name for node in plan.graph for name in node.inputs)
    for node in plan.graph:
        if len(node.inputs) == 1 and readers[node.inputs[0]] == 1:
            joined = layers[node.inputs[0]].joined(layers[node.name])
            if joined is not None:
                layers[node.inputs[0]], layers[node.name] = joined, Activate(Identity())
    return layers


class Companion:
    """A thread that works beside others, and ends when it has had nothing to do for a while."""

    def __init__(self) -> None:
        self._work: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def submit(self, function: Callable[[], T]) -> Future[T]:
        """Return what `function` will have given, run in the context of the caller."""
        future: Future[T] = Future()
        context = copy_context()

        def work() -> None:
            try:
                future.set_result(context.run(function))
            except BaseException as error:
                future.set_exception(error)

        with self._lock:
            self._work.put(work)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="lane", daemon=True)
                self._thread.start()
        return future

    def _run(self) -> None:
        while True:
            try:
                work = self._work.get(timeout=IDLE)
            except Empty:
                with self._lock:
                    if self._work.empty():
                        self._thread = None
                        return
            else:
                work()


_companion = Companion()


def both(first: Callable[[], T], second: Callable[[], T]) -> tuple[T, T]:
    """Run two functions at the same time, the second one in a thread of its own."""
    later = _companion.submit(second)
    try:
        result = first()
    finally:
        wait([later])
    return result, later.result()
