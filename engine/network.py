"""A graph with parameters: forward, backward and predictions over one flat vector."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import prod
from typing import Any

import numpy as np

from engine.arrays import Array, Backend, Shape, backend
from engine.bypass import resting, running
from engine.feed import Batch
from engine.graph import OUTPUT, Graph, Shapes, infer_shapes
from engine.initial import initial_parameters, lay_out
from engine.lanes import Lane, Layout, Op, Plan, both
from engine.layers import Layer
from engine.loans import loans
from engine.losses import Loss, LossBackward, MeanSquaredError
from engine.run import Run
from engine.streams import stream
from engine.text import Text

CHUNK = 512
"""Rows that are predicted at once, so that buffers stay small, those of long sequences, too."""

CHUNK_VALUES = 2**22
"""… and fewer of them where a layer gives many values a row, as for large images."""

COSTLY = 12_000_000
"""Multiplications in a forward pass from which on two lanes are faster than one."""


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
    rates
        What the learning rate is multiplied by for each parameter, 0 where it is frozen, as a flat
        vector; None where it is 1 throughout.
    running
        The graph as it runs: a bypassed node hands its first input on.
    resting
        Where the parameters lie that have no part in the output, as those of bypassed nodes.
    work
        About how many multiplications a sample takes.

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
        self.graph, self.running = graph, running(graph)
        self.input_shape, self.shapes = input_shape, shapes.shapes
        self.loss = loss or MeanSquaredError()
        self.device = device or backend()
        self.dtype, self.seed = np.dtype(dtype), seed
        initial = initial_parameters(graph, shapes, seed)
        self.layout = lay_out(initial)
        idle = resting(graph)
        self.resting = tuple(at for name in idle for at, _ in self.layout[name].values())
        self._allocate(initial)
        plan = Plan(
            self.running,
            self._layers(),
            loans(self.running, shapes),
            self.layout,
            self.theta,
            self.device,
            self.dtype,
            seed,
        )
        self.work = _work(self.running, shapes, self.layout)
        self._lanes = [Lane(plan, number) for number in range(self._lane_count())]
        self.gradient = self._lanes[0].gradient
        self._penalizing = [op for op in self._lanes[0].ops if op.layer.penalizes]
        self._loss_run = Run(self.device.xp, self.dtype)

    def _allocate(self, initial: Mapping[str, Mapping[str, Array]]) -> None:
        size = sum(prod(shape) for arrays in self.layout.values() for _, shape in arrays.values())
        theta, decays, rates = (np.zeros(size, self.dtype) for _ in range(3))
        for node in self.running:
            layer = node.layer
            for name, values in initial[node.name].items():
                place, _ = self.layout[node.name][name]
                theta[place] = np.ravel(values)
                decays[place] = name in layer.penalized
                rates[place] = 0 if name in layer.fixed else node.rate
        for place in self.resting:
            decays[place] = 0
        self.theta, self.decays = map(self.device.to_device, (theta, decays))
        self.rates = self.device.to_device(rates) if (rates != 1).any() else None

    def _layers(self) -> dict[str, Layer]:
        """Return the layers by name; the last one leaves the activation to the loss."""
        layers = {node.name: node.layer for node in self.running}
        last = layers[OUTPUT]
        if getattr(last, "activation", None) == self.loss.link:
            layers[OUTPUT] = replace(last, activation="identity")
        return layers

    def _lane_count(self) -> int:
        """Return 2 where the halves of a batch can go separate ways, and larger ones should."""
        apart = all(node.layer.splits for node in self.running)
        several = self.device.name == "cpu" and (os.cpu_count() or 1) > 1
        return 2 if apart and several and self.work * CHUNK >= COSTLY else 1

    def _splits(self, rows: int) -> bool:
        """Return whether a batch is so much work that its halves go separate ways."""
        return len(self._lanes) > 1 and rows > 1 and self.work * rows >= COSTLY

    def _logits(self, x: Array, training: bool) -> Array:
        """Return what the last node gives, before the link of the loss."""
        if not self._splits(len(x)):
            return self._lanes[0].forward(x, training)[-1]
        half = len(x) // 2
        first, second = self._lanes
        parts = both(
            lambda: first.forward(x[:half], training), lambda: second.forward(x[half:], training)
        )
        z = self._loss_run.new("z", (len(x), *self.shapes[OUTPUT]))
        return self.device.xp.concatenate([values[-1] for values in parts], out=z)

    def _backward(self, dz: Array) -> None:
        """Fill the gradient from that of the logits."""
        if not self._splits(len(dz)):
            self._lanes[0].backward(dz)
            return
        half = len(dz) // 2
        first, second = self._lanes
        both(lambda: first.backward(dz[:half]), lambda: second.backward(dz[half:]))
        self.gradient += second.gradient

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
        value, backward = self._loss(self._logits(x, training=True), t, weights)
        self._backward(backward())
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
            z = self._logits(x, training=False)
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
                self._linked(self._logits(x[start : start + self.chunk], training=False))
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
        values = self._lanes[0].forward(x, training=False)
        found = {
            node.name: self.device.to_host(value)
            for node, value in zip(self.graph.nodes, values, strict=True)
            if node.name in names and node.name != OUTPUT
        }
        if OUTPUT in names:
            found[OUTPUT] = self._linked(values[-1])
        return found

    def input_gradient(self, x: Array, dz: Array) -> np.ndarray[Any, Any]:
        """Return Σ dz ∂z/∂x, of the shape of x, for logits z of a batch; a copy on the host.

        Nothing is dropped out. What `gradient` held is spoilt.
        """
        return self.device.to_host(self._lanes[0].input_gradient(x, dz))

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
            if name not in (*node.layer.statistics, *node.layer.fixed)
        )

    def limit_norms(self, limit: float) -> None:
        """Shorten the weights of each unit that are longer than `limit` (Srivastava et al. 2014).

        Those are the columns of the matrices that penalties act on; a list of numbers, one for
        each unit, is a matrix of one row.
        """
        xp = self.device.xp
        learning = {node.name for node in self.running if node.rate}
        for op in self._lanes[0].ops:
            if op.name not in learning:
                continue
            for name in self.layout[op.name].keys() & set(op.layer.penalized):
                W = getattr(op.p, name)
                W = op.layer.as_matrix(W) if W.ndim > 1 else W[None]
                norms = xp.sqrt(xp.square(W).sum(axis=0))
                W *= xp.minimum(1, limit / xp.maximum(norms, limit))

    def culprit(self, x: Array) -> tuple[Text, str]:
        """Return what is NaN or infinite first for a batch, and in which node.

        Where all is finite, the output was too large for the loss.
        """
        finite = self.device.xp.isfinite
        values = self._lanes[0].forward(x, training=False)
        for op, value in zip(self._lanes[0].ops, values[1:], strict=True):
            for name in self.layout[op.name]:
                if not finite(getattr(op.p, name)).all():
                    return Text("parameter {name}", name=name), op.name
            if not finite(value).all():
                break
        return Text("the output"), op.name

    def adapt(self, inputs: np.ndarray[Any, Any], seed: int) -> None:
        """Let layers that adapt to the data take their statistics from training samples.

        Parameters
        ----------
        inputs
            The training samples (N, *input shape) on the host, of which some are drawn.
        seed
            What the draw depends on.
        """
        lane = self._lanes[0]
        for op in lane.ops:
            if op.layer.samples:
                order = stream(seed, "samples", op.name).permutation(len(inputs))
                rows = np.sort(order[: op.layer.samples])
                values = lane.forward(self.device.to_device(inputs[rows]), training=False)
                op.layer.adapt(op.p, values[op.sources[0]], op.inference)

    def penalty(self) -> float:
        """Return what layers themselves add to the loss."""
        return sum(float(op.layer.penalty(op.p, op.inference)) for op in self._penalizing)

    def add_penalties(self) -> None:
        """Add the gradient of `penalty` to `gradient`."""
        for op in self._penalizing:
            op.layer.add_penalty(op.p, op.g, op.inference)

    def op(self, name: str) -> Op:
        """Return a node behind the input, made ready to run, in the first lane."""
        return next(op for op in self._lanes[0].ops if op.name == name)

    def streams(self) -> dict[str, np.random.Generator]:
        """Return the random streams that training consumes, by node."""
        return {name: rng for lane in self._lanes for name, rng in lane.streams().items()}


def _work(graph: Graph, shapes: Shapes, layout: Layout) -> int:
    """Return about how many multiplications a sample takes: each weight at each place it serves."""
    total = 0
    for node in graph.nodes[1:]:
        if node.bypassed:
            continue
        output, size = shapes.shapes[node.name], sum(prod(s) for _, s in layout[node.name].values())
        steps = max(len(shape) > 1 and shape[0] for shape in shapes.inputs(node))
        total += size * (prod(output[1:]) if len(output) == 3 else max(1, steps))
    return total
