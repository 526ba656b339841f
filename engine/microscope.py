"""One sample, one update, every number: the arithmetic of a dense network, to follow by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from engine.activations import Activation
from engine.bypass import Through, running
from engine.graph import OUTPUT, Graph, set_layer
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.flatten import Flatten
from engine.network import Network
from engine.optimizers import OptimizerState
from engine.parametrizations import Plain
from engine.probes import Probe
from engine.run import Run
from engine.tasks.base import HostArray
from engine.updates import prepared_gradient, update

if TYPE_CHECKING:
    from engine.trainer import Trainer

EPSILON = 1e-5
"""How far a weight is moved to either side for the finite difference."""

ByNode: TypeAlias = Mapping[str, Mapping[str, HostArray]]
"""Arrays laid out as the parameters: by node and name."""

PASSING = (Flatten, Dropout, Through)
"""Layers that hand a sample on as it is: dropout does nothing to a single one that is looked at."""


@dataclass(frozen=True)
class DenseStep:
    """A dense layer on the way of one sample, forward and back, all float64.

    Forward z = x W + b, h = f(z); backward δ = dL/dz, dL/dW = xᵀ δ, dL/db = δ, dL/dx = W δ.

    Attributes
    ----------
    node, activation
        The name of the node, and f. In the output layer f may be the link of the loss; δ is then
        that of loss and link together, for softmax with cross-entropy p − y.
    x, W, b, z, h
        Input (inputs,), weights (inputs, units), biases (units,) or None, sums and outputs
        (units,).
    slope
        f′(z) (units,), where each output depends on its own sum alone; for softmax None.
    dh, dz, dW, dx
        Gradients of the loss with respect to them; that of b is dz. `dh` is None where loss and
        link are taken together.
    """

    node: str
    activation: Activation
    x: HostArray
    W: HostArray
    b: HostArray | None
    z: HostArray
    h: HostArray
    slope: HostArray | None
    dh: HostArray | None
    dz: HostArray
    dW: HostArray
    dx: HostArray


@dataclass(frozen=True)
class SampleStep:
    """What one sample does to a network of dense layers.

    Attributes
    ----------
    layers
        The dense layers from input to output.
    target
        What the output should be (outputs,), one-hot for classes.
    loss
        L for this sample.
    rate
        The learning rate of the update.
    updates
        How many updates the optimizer has made, this one included.
    gradients
        What the optimizer is given by node and name: the gradients of the loss with those of
        penalties, clipped, and 0 for frozen layers.
    remembered, memory
        What the optimizer remembers of each parameter before and after the update, as Adam's m
        and v: by slot, node and name.
    updated
        The parameters after the update, by node and name.
    loss_after
        L for this sample with them.
    """

    layers: tuple[DenseStep, ...]
    target: HostArray
    loss: float
    rate: float
    updates: int
    gradients: ByNode
    remembered: Mapping[str, ByNode]
    memory: Mapping[str, ByNode]
    updated: ByNode
    loss_after: float


def dense_nodes(graph: Graph) -> tuple[str, ...]:
    """Return the names of the dense layers of a chain that can be looked at; empty for others."""
    graph = running(graph)
    layers = [node.layer for node in graph.nodes[1:]]
    fits = all(
        isinstance(layer, PASSING) or (type(layer) is Dense and isinstance(layer.weights, Plain))
        for layer in layers
    )
    if not (graph.is_chain and fits and isinstance(layers[-1], Dense)):
        return ()
    return tuple(node.name for node in graph.nodes if isinstance(node.layer, Dense))


@dataclass(frozen=True)
class Microscope(Probe):
    """What one sample does to the network: a `SampleStep`; for chains of dense layers."""

    part: str = "training"
    index: int = 0

    def measure(self, trainer: Trainer) -> SampleStep:
        """Follow the sample forward and back, and make an update of it alone, on copies."""
        network, batch = _copied(trainer, self.part, self.index)
        layers, loss = _followed(network, *batch[:2])
        state = _copied_state(trainer, network)
        remembered = {name: network.parameters(slot) for name, slot in state.slots.items()}
        prepared_gradient(network, trainer.experiment.training, state, batch)
        gradients = network.parameters(network.gradient)
        update(network, trainer.experiment.training, state, batch, trainer.learning_rate)
        return SampleStep(
            layers,
            batch[1][0],
            loss,
            trainer.learning_rate,
            state.t,
            gradients,
            remembered,
            {name: network.parameters(slot) for name, slot in state.slots.items()},
            network.parameters(),
            network.evaluate([batch])[0],
        )


def make_update(trainer: Trainer, part: str, index: int) -> None:
    """Update the network with one sample alone, to the numbers that `Microscope` gives.

    The optimizer remembers it as it does all updates; the run does not count it.
    """
    network, batch = _copied(trainer, part, index)
    state = _copied_state(trainer, network)
    update(network, trainer.experiment.training, state, batch, trainer.learning_rate)
    trainer.network.theta[...] = trainer.device.to_device(network.theta.astype(np.float32))
    trainer.optimizer_state.t = state.t
    for name, slot in state.slots.items():
        kept = trainer.optimizer_state.slots[name]
        kept[...] = trainer.device.to_device(slot.astype(np.float32))


@dataclass(frozen=True)
class LossAlong(Probe):
    """The loss of one sample as a function of one parameter, all others held.

    The answer is a dictionary: ``w`` and ``loss``, float64 (points,), the present value in the
    middle; ``slopes`` (points,), the finite differences (L(w + ε) − L(w − ε)) / 2 ε there;
    ``nudged``, the losses at w + ε and w − ε for the present value; ``slope``, their finite
    difference; and ``updated``, the loss where this parameter alone is updated.
    """

    node: str
    name: str
    place: tuple[int, ...]
    part: str = "training"
    index: int = 0
    reach: float = 2.0
    """How far the curve goes to either side."""
    points: int = 41

    def measure(self, trainer: Trainer) -> Mapping[str, Any]:
        """Return curve and slope."""
        network, batch = _copied(trainer, self.part, self.index)
        at, shape = network.layout[self.node][self.name]
        parameter = network.theta[at].reshape(shape)
        value = float(parameter[self.place])

        def loss(w: float) -> float:
            parameter[self.place] = w
            return network.evaluate([batch])[0]

        def slope(w: float) -> float:
            return (loss(w + EPSILON) - loss(w - EPSILON)) / (2 * EPSILON)

        w = value + np.linspace(-self.reach, self.reach, self.points)
        nudged = loss(value + EPSILON), loss(value - EPSILON)
        return {
            "w": w,
            "loss": np.array([loss(x) for x in w.tolist()]),
            "slopes": np.array([slope(x) for x in w.tolist()]),
            "nudged": nudged,
            "slope": (nudged[0] - nudged[1]) / (2 * EPSILON),
            "updated": loss(self._updated(trainer)),
        }

    def _updated(self, trainer: Trainer) -> float:
        """Return the value that an update with this sample gives the parameter."""
        network, batch = _copied(trainer, self.part, self.index)
        state = _copied_state(trainer, network)
        update(network, trainer.experiment.training, state, batch, trainer.learning_rate)
        return float(network.parameters()[self.node][self.name][self.place])


def _copied(trainer: Trainer, part: str, index: int) -> tuple[Network, Any]:
    """Return the network in float64, and a batch of the one sample."""
    training, device = trainer.experiment.training, trainer.device
    network = Network(
        _without_dropout(trainer.experiment.graph),
        trainer.network.input_shape,
        training.loss,
        dtype=np.float64,
    )
    network.theta[:] = device.to_host(trainer.network.theta)
    inputs = trainer.dataset.part(part).inputs
    row = index % len(inputs)
    x, t, weights = next(trainer.feed.chunks(part, 1, start=row))
    x, t = (device.to_host(array).astype(np.float64) for array in (x, t))
    return network, (x, t, None if weights is None else device.to_host(weights))


def _copied_state(trainer: Trainer, network: Network) -> OptimizerState:
    """Return what the optimizer remembers, in float64, for a copy of the network."""
    theirs = trainer.optimizer_state
    state = OptimizerState(np, network.theta, tuple(theirs.slots), network.decays)
    state.t = theirs.t
    for name, slot in theirs.slots.items():
        state.slots[name][:] = trainer.device.to_host(slot)
    return state


def _without_dropout(graph: Graph) -> Graph:
    """Return the graph with dropout that drops nothing, so that one sample gives one answer."""
    for node in graph.nodes:
        if isinstance(node.layer, Dropout):
            graph = set_layer(graph, node.name, node.layer.but(rate=0.0))
    return graph


def _followed(network: Network, x: HostArray, t: HostArray) -> tuple[tuple[DenseStep, ...], float]:
    """Return the layers with the numbers of one sample (1, *shape), and its loss."""
    parameters = network.parameters()
    forward = []
    h = x.reshape(1, -1)
    for name in dense_nodes(network.graph):
        layer = network.graph[name].layer
        assert isinstance(layer, Dense)
        W, b = parameters[name]["W"], parameters[name].get("b")
        z = h @ W if b is None else h @ W + b
        merged = name == OUTPUT and layer.activation == network.loss.link
        y, through = layer.activation.forward(z, Run(np, np.float64))
        forward.append((name, layer.activation, h, W, b, z, y.copy(), through, merged))
        h = y.copy()
    *_, z, y, _, merged = forward[-1]
    value, backward = network.loss.forward(z if merged else y, t, Run(np, np.float64))
    gradient, steps = backward(), []
    for name, activation, h, W, b, z, y, through, merged in reversed(forward):
        dh = None if merged else gradient.copy()
        slope = through(np.ones_like(z)).copy() if activation.elementwise else None
        dz = gradient.copy() if merged else through(gradient).copy()
        gradient = dz @ W.T
        steps.append(
            DenseStep(
                name,
                activation,
                h[0],
                W,
                b,
                z[0],
                y[0],
                None if slope is None else slope[0],
                None if dh is None else dh[0],
                dz[0],
                np.outer(h[0], dz[0]),
                gradient[0],
            )
        )
    return tuple(reversed(steps)), float(value)
