"""A graph with parameters: forward, backward and predictions over one flat vector."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import prod
from types import SimpleNamespace
from typing import Any, TypeAlias

import numpy as np

from engine.arrays import Array, Backend, Shape, backend
from engine.errors import GraphError
from engine.feed import Batch
from engine.graph import OUTPUT, Graph, Node, Shapes, infer_shapes, renamed
from engine.layers import Layer
from engine.losses import Loss, LossBackward, MeanSquaredError
from engine.run import Run
from engine.streams import stream

Layout: TypeAlias = dict[str, dict[str, tuple[slice, Shape]]]
"""Where each parameter of each node lies in the flat vector, and its shape."""

MOST_PARAMETERS = 50_000_000
"""Training takes about 32 bytes for each."""

CHUNK = 512
"""Rows that are predicted at once, so that buffers stay small, those of long sequences, too."""

CHUNK_VALUES = 2**22
"""… and fewer of them where a layer gives many values a row, as for large images."""


@dataclass(slots=True)
class Op:
    """One node made ready to run: its layer, its views of the vectors and its two workspaces."""

    name: str
    layer: Layer
    sources: tuple[int, ...]
    """Where the nodes that it reads stand in the graph."""
    p: SimpleNamespace
    g: SimpleNamespace
    training: Run
    inference: Run
    has_gradient: bool
    backward: Any = None


class Network:
    """The parameters of a graph, and passes through it.

    Parameters
    ----------
    graph, input_shape
        The nodes, and the shape of one sample.
    loss
        What training makes small. Where the last activation equals the link of the loss, both
        are merged into their stable common form.
    seed
        Initial weights come from a stream for each node, so that adding a layer leaves the
        beginnings of the others alone.
    dtype
        float32 to train, float64 to check gradients.
    device
        Where the arrays live.

    Attributes
    ----------
    theta, gradient
        All parameters and their gradients, flat vectors of the same layout.
    decays
        1 where penalties act on a parameter, 0 elsewhere, as a flat vector.

    Raises
    ------
    ShapeError
        Where a layer cannot take its input.
    GraphError
        Where there are too many parameters for any usual memory.
    """

    def __init__(
        self,
        graph: Graph,
        input_shape: Shape,
        loss: Loss | None = None,
        *,
        seed: int = 0,
        dtype: Any = np.float32,
        device: Backend | None = None,
    ) -> None:
        shapes = infer_shapes(graph, input_shape)
        for error in shapes.errors.values():
            raise error
        self.graph, self.input_shape, self.shapes = graph, input_shape, shapes.shapes
        self.loss = loss or MeanSquaredError()
        self.device = device or backend()
        self.dtype = np.dtype(dtype)
        initial = _initial(graph, shapes, seed)
        self.layout = _layout(initial)
        self._allocate(initial, [node.layer for node in graph.nodes])
        self._ops = self._prepare(seed)
        self._penalizing = [op for op in self._ops if op.layer.penalizes]
        self._loss_run = Run(self.device.xp, self.dtype)

    def _allocate(self, initial: Mapping[str, Mapping[str, Array]], layers: list[Layer]) -> None:
        size = sum(prod(shape) for arrays in self.layout.values() for _, shape in arrays.values())
        theta, decays = np.zeros(size, self.dtype), np.zeros(size, self.dtype)
        for layer, (node, arrays) in zip(layers, initial.items(), strict=True):
            for name, values in arrays.items():
                place, _ = self.layout[node][name]
                theta[place] = np.ravel(values)
                decays[place] = name in layer.penalized
        self.theta = self.device.to_device(theta)
        self.decays = self.device.to_device(decays)
        self.gradient = self.device.xp.zeros_like(self.theta)

    def _prepare(self, seed: int) -> list[Op]:
        """Return an op for every node but the first, the input."""
        index = {node.name: i for i, node in enumerate(self.graph.nodes)}
        ops: list[Op] = []
        for node in self.graph.nodes[1:]:
            sources = tuple(index[name] for name in node.inputs)
            needs_dx = any(ops[source - 1].has_gradient for source in sources if source)
            ops.append(self._op(node, sources, needs_dx, seed))
        return ops

    def _op(self, node: Node, sources: tuple[int, ...], needs_dx: bool, seed: int) -> Op:
        training = Run(self.device.xp, self.dtype, stream(seed, "dropout", node.name))
        training.training, training.needs_dx = True, needs_dx
        layer = node.layer
        if node.name == OUTPUT and getattr(layer, "activation", None) == self.loss.link:
            layer = replace(layer, activation="identity")  # type: ignore[type-var]
        return Op(
            node.name,
            layer,
            sources,
            self._views(self.theta, node.name),
            self._views(self.gradient, node.name),
            training,
            Run(self.device.xp, self.dtype),
            needs_dx or bool(self.layout[node.name]),
        )

    def _views(self, vector: Array, node: str) -> SimpleNamespace:
        places = self.layout[node].items()
        return SimpleNamespace(**{name: vector[at].reshape(shape) for name, (at, shape) in places})

    def _logits(self, x: Array, training: bool) -> list[Array]:
        """Run all nodes; return their outputs in the graph's order, the logits for the last."""
        values = [x]
        for op in self._ops:
            layer, sources = op.layer, op.sources
            x = tuple([values[i] for i in sources]) if layer.merges else values[sources[0]]
            y, backward = layer.forward(op.p, x, op.training if training else op.inference)
            if training:
                op.backward = backward
            values.append(y)
        return values

    def loss_and_gradient(self, x: Array, t: Array, weights: Array | None = None) -> Array:
        """Return the loss of a batch as a 0-d array, and leave its gradient in `gradient`.

        Parameters
        ----------
        x, t
            Inputs (N, *input shape) and targets (N, *output shape) on the network's device.
        weights
            How much each answer counts, (N, …) without the axis of the classes; None where all
            count the same.
        """
        values = self._logits(x, training=True)
        value, backward = self._loss(values[-1], t, weights)
        dy: list[Array] = [None] * len(values)
        dy[-1] = backward()
        for i in range(len(self._ops), 0, -1):
            op = self._ops[i - 1]
            if not op.has_gradient:
                continue
            dx = op.backward(dy[i], op.g)
            if op.training.needs_dx:
                parts = dx if op.layer.merges else (dx,)
                for source, part in zip(op.sources, parts, strict=True):
                    dy[source] = part if dy[source] is None else dy[source] + part
        return value

    def _loss(self, z: Array, t: Array, weights: Array | None) -> tuple[Array, LossBackward]:
        """Return the loss of logits, and the function that gives its gradient."""
        if weights is None:
            return self.loss.forward(z, t, self._loss_run)
        return self.loss.forward(z, t, self._loss_run, weights)  # type: ignore[call-arg]

    def evaluate(self, batches: Iterable[Batch]) -> tuple[float, np.ndarray[Any, Any]]:
        """Return the mean loss over all rows, and the predictions (N, *output shape) on the host.

        Nothing is dropped out, and no gradient is taken.

        Parameters
        ----------
        batches
            Inputs, targets and weights as `loss_and_gradient` takes them.
        """
        total, count, predictions = 0.0, 0.0, []
        for x, t, weights in batches:
            z = self._logits(x, training=False)[-1]
            value, _ = self._loss(z, t, weights)
            share = len(z) if weights is None else float(weights.sum())
            total += float(value) * share
            count += share
            predictions.append(self._linked(z))
        return total / max(count, 1e-30), np.concatenate(predictions)

    def predict(self, x: Array) -> np.ndarray[Any, Any]:
        """Return the predictions (N, *output shape) on the host: probabilities, or numbers."""
        return np.concatenate(
            [
                self._linked(self._logits(x[start : start + self.chunk], training=False)[-1])
                for start in range(0, len(x), self.chunk)
            ]
        )

    @property
    def chunk(self) -> int:
        """How many rows are predicted at once."""
        largest = max(prod(shape) for shape in self.shapes.values())
        return max(1, min(CHUNK, CHUNK_VALUES // largest))

    def _linked(self, z: Array) -> np.ndarray[Any, Any]:
        """Return the prediction for logits, a copy on the host."""
        return self.device.to_host(self.loss.link.forward(z, self._loss_run)[0])

    def activations(self, x: Array, names: tuple[str, ...]) -> dict[str, np.ndarray[Any, Any]]:
        """Return what the named nodes give for a batch, copies on the host.

        The node ``output`` gives the prediction.
        """
        values = self._logits(x, training=False)
        found = {
            node.name: self.device.to_host(value)
            for node, value in zip(self.graph.nodes, values, strict=True)
            if node.name in names and node.name != OUTPUT
        }
        if OUTPUT in names:
            found[OUTPUT] = self._linked(values[-1])
        return found

    def parameters(self, vector: Array | None = None) -> dict[str, dict[str, np.ndarray[Any, Any]]]:
        """Return copies of all parameters by node and name; or of another vector so laid out."""
        host = self.device.to_host(self.theta if vector is None else vector)
        return {
            node: {name: host[at].reshape(shape) for name, (at, shape) in places.items()}
            for node, places in self.layout.items()
            if places
        }

    @property
    def parameter_count(self) -> int:
        """How many numbers are learned."""
        return sum(
            prod(shape)
            for node in self.graph
            for name, (_, shape) in self.layout[node.name].items()
            if name not in node.layer.statistics
        )

    def transfer(self, vector: Array, other: Network, target: Array) -> None:
        """Copy what fits from `vector`, laid out as in `other`, to `target`, laid out as here.

        A node keeps its parameters when it has the same name, kind and shapes in both networks;
        one that was only renamed keeps them, too.
        """
        earlier = renamed(other.graph, self.graph)
        for node, places in self.layout.items():
            before = earlier.get(node, node)
            theirs = other.layout.get(before, {})
            shapes = {name: shape for name, (_, shape) in places.items()}
            same = shapes == {name: shape for name, (_, shape) in theirs.items()}
            if places and same and other.graph[before].layer.kind == self.graph[node].layer.kind:
                for name, (at, _) in places.items():
                    target[at] = vector[theirs[name][0]]

    def adapt(self, inputs: np.ndarray[Any, Any], seed: int) -> None:
        """Let layers that adapt to the data take their statistics from training samples.

        Parameters
        ----------
        inputs
            The training samples (N, *input shape) on the host, of which some are drawn.
        seed
            What the draw depends on.
        """
        for op in self._ops:
            if op.layer.samples:
                order = stream(seed, "samples", op.name).permutation(len(inputs))
                rows = np.sort(order[: op.layer.samples])
                values = self._logits(self.device.to_device(inputs[rows]), training=False)
                op.layer.adapt(op.p, values[op.sources[0]], op.inference)

    def add_penalties(self) -> None:
        """Add the gradients of what layers themselves add to the loss to `gradient`."""
        for op in self._penalizing:
            op.layer.add_penalty(op.p, op.g, op.inference)

    def streams(self) -> dict[str, np.random.Generator]:
        """Return the random streams that training consumes, by node."""
        return {op.name: op.training.rng for op in self._ops}


def _initial(graph: Graph, shapes: Shapes, seed: int) -> dict[str, Mapping[str, Array]]:
    """Draw the initial parameters of every node."""
    initial: dict[str, Mapping[str, Array]] = {}
    size = 0
    for node in graph.nodes:
        drawn = node.layer.init(stream(seed, "weights", node.name), shapes.inputs(node))
        size += sum(values.size for values in drawn.values())
        if size > MOST_PARAMETERS:
            raise GraphError(
                "The network has more than {most} million parameters; make {layer} smaller.",
                most=MOST_PARAMETERS // 1_000_000,
                layer=node.title,
            )
        initial[node.name] = drawn
    return initial


def _layout(initial: Mapping[str, Mapping[str, Array]]) -> Layout:
    layout: Layout = {}
    start = 0
    for node, arrays in initial.items():
        layout[node] = {}
        for name, values in arrays.items():
            stop = start + values.size
            layout[node][name] = (slice(start, stop), values.shape)
            start = stop
    return layout
