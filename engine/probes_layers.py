"""How large the numbers inside of a network are, layer by layer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from engine.graph import Node
from engine.layers.recurrent import Recurrent
from engine.probes import Probe, training_gradient
from engine.probes_inside import step_gradients
from engine.tasks.base import HostArray

if TYPE_CHECKING:
    from engine.trainer import Trainer

QUANTILES = np.linspace(0, 1, 33)
MOST_VALUES = 4096
"""Quantiles of more values are those of so many among them, taken at equal distances."""

ACTIVATION = "activation"

ROWS = 64
"""How many training samples the activations are those of."""


@dataclass(frozen=True)
class Spread:
    """How numbers are spread.

    Attributes
    ----------
    quantiles
        From the smallest to the largest, float32 (33,).
    size
        The mean of their absolute values.
    norm
        The square root of the sum of their squares.
    """

    quantiles: HostArray
    size: float
    norm: float

    @classmethod
    def of(cls, values: HostArray) -> Spread:
        """Return the spread of an array; what is not finite is left out."""
        values = values.ravel()
        norm = float(np.sqrt(values @ values))
        if not np.isfinite(norm):
            values = values[np.isfinite(values)]
        if not values.size:
            return cls(np.zeros(len(QUANTILES), np.float32), 0.0, norm)
        some = values[:: -(-values.size // MOST_VALUES)]
        return cls(np.quantile(some, QUANTILES), float(np.abs(values).mean()), norm)


@dataclass(frozen=True)
class LayerState:
    """The numbers of one node.

    Attributes
    ----------
    weights
        What penalties act on of the parameters, or all that are learned where that is nothing;
        None of an activation layer.
    gradients
        The absolute values of their gradients for the first training batch; None where the node is
        frozen.
    activations
        What the node gives for some training samples.
    dead
        The share of units that give 0 for all of these samples, at each place.
    steps
        How large the gradient is at each time step, see `step_gradients`; None of nodes that are
        not recurrent.
    """

    weights: Spread | None
    gradients: Spread | None
    activations: Spread
    dead: float
    steps: HostArray | None = None


@dataclass(frozen=True)
class Layers(Probe):
    """The `LayerState` of every node that learns or activates: a dictionary by name, in order."""

    def measure(self, trainer: Trainer) -> Mapping[str, LayerState]:
        """Return the states."""
        network = trainer.network
        nodes = [
            node for node in network.running if _learned(node) or node.layer.kind == ACTIVATION
        ]
        rows, _ = trainer.feed.part("training")
        given = network.activations(rows[:ROWS], tuple(node.name for node in nodes))
        count = training_gradient(trainer)
        gradients = network.parameters(network.gradient)
        steps = {
            node.name: step_gradients(network, node.name, count)
            for node in nodes
            if isinstance(node.layer, Recurrent) and node.rate
        }
        weights = network.parameters()
        states = {}
        for node in nodes:
            own, towards = _chosen(node, weights), np.abs(_chosen(node, gradients))
            states[node.name] = LayerState(
                Spread.of(own) if own.size else None,
                Spread.of(towards) if own.size and node.rate else None,
                Spread.of(given[node.name]),
                dead_share(given[node.name]),
                steps.get(node.name),
            )
        return states


@dataclass(frozen=True)
class GradientSizes(Probe):
    """The mean absolute gradient of every node that learns: a dictionary by name, in order.

    It costs as much as an update, so it is asked rarely.
    """

    interval = 2.0

    def measure(self, trainer: Trainer) -> Mapping[str, float]:
        """Return the sizes for the first training batch."""
        network = trainer.network
        training_gradient(trainer)
        gradients = network.parameters(network.gradient)
        chosen = {node.name: _chosen(node, gradients) for node in network.running if node.rate > 0}
        return {name: float(np.abs(own).mean()) for name, own in chosen.items() if own.size}


def dead_share(values: HostArray) -> float:
    """Return the share of units that are 0 for all samples and at all places.

    Parameters
    ----------
    values
        What a layer gives, (N, units), (N, steps, units) or (N, channels, rows, columns).
    """
    axes = tuple(axis for axis in range(values.ndim) if axis != _unit_axis(values.ndim))
    return float((~values.any(axis=axes)).mean())


def _unit_axis(dimensions: int) -> int:
    return 1 if dimensions == 4 else dimensions - 1


def _learned(node: Node) -> list[str]:
    """Return the parameters of a node that are looked at."""
    layer = node.layer
    left = [name for name in layer.parameters if name not in (*layer.statistics, *layer.fixed)]
    return [name for name in left if name in layer.penalized] or left


def _chosen(node: Node, arrays: Mapping[str, Mapping[str, HostArray]]) -> HostArray:
    """Return the parameters of a node that are looked at, side by side."""
    own = arrays.get(node.name, {})
    found = [own[name].ravel() for name in _learned(node) if name in own]
    return np.concatenate(found) if found else np.zeros(0, np.float32)
