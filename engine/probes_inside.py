"""What happens inside of layers: gates and states of recurrent ones, and the maps of attention."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from engine.arrays import Array
from engine.graph import INPUT, Graph
from engine.layers.embedding import Embedding
from engine.layers.recurrent import Recurrent
from engine.layers.slice import Slice
from engine.network import Network
from engine.probes import Probe, Sample
from engine.tasks.base import HostArray

if TYPE_CHECKING:
    from engine.trainer import Trainer


def inside(network: Network, name: str, x: Array) -> Mapping[str, HostArray]:
    """Return what a node shows of its inside for a batch, see `Layer.inside`; copies on the host.

    Parameters
    ----------
    network, name
        A node of a network, not its input.
    x
        Inputs of the network (N, *input shape) on its device.
    """
    op, sources = network.op(name), network.graph[name].inputs
    given, to_device = network.activations(x, sources), network.device.to_device
    inputs = tuple(to_device(given[source]) for source in sources)
    found = op.layer.inside(op.p, inputs if op.layer.merges else inputs[0], op.inference)
    return {key: network.device.to_host(values) for key, values in found.items()}


@dataclass(frozen=True)
class Inside(Probe):
    """What a node shows of its inside for one sample, without the axis of the samples.

    Empty where the network has no such node, or the node shows nothing.
    """

    node: str
    sample: Sample = field(default_factory=Sample)

    def measure(self, trainer: Trainer) -> Mapping[str, HostArray]:
        """Return arrays by name."""
        network = trainer.network
        if self.node not in network.graph or self.node == INPUT:
            return {}
        x = network.device.to_device(self.sample.inputs(trainer))
        return {name: values[0] for name, values in inside(network, self.node, x).items()}


@dataclass(frozen=True)
class LastSteps(Probe):
    """Gates and states of a recurrent node after the last step of many samples, (n, units) by name.

    Where the samples follow each other in time, as those of a day do, these are a course of time,
    too.
    """

    node: str
    part: str = "test"
    start: int = 0
    stop: int = 1

    def measure(self, trainer: Trainer) -> Mapping[str, HostArray]:
        """Return arrays by name."""
        network = trainer.network
        if self.node not in network.graph:
            return {}
        x, _ = trainer.feed.part(self.part)
        found = inside(network, self.node, x[self.start : self.stop])
        return {name: values[:, -1] for name, values in found.items()}


@dataclass(frozen=True)
class Tokens(Probe):
    """The numbers of the tokens that the steps of a node stand for, of one sample, by place.

    The places are ``queries`` and, where the node reads a second sequence, ``keys``. Empty where
    the steps come from no embedding.
    """

    node: str
    sample: Sample = field(default_factory=Sample)

    def measure(self, trainer: Trainer) -> Mapping[str, HostArray]:
        """Return numbers (steps,) by place."""
        network = trainer.network
        if self.node not in network.graph:
            return {}
        sources = token_sources(network.running, self.node, network.shapes)
        x = network.device.to_device(self.sample.inputs(trainer))
        given = network.activations(x, tuple(source.node for source in sources.values()))
        return {place: source.of(given[source.node][0]) for place, source in sources.items()}


@dataclass(frozen=True)
class TokenSource:
    """Where the tokens of a sequence come from: a node that gives numbers, of which some are cut.

    Attributes
    ----------
    node
        What the embedding above the sequence reads.
    cuts
        The slices between the embedding and the sequence, from the embedding on.
    """

    node: str
    cuts: tuple[slice, ...] = ()

    def of(self, numbers: HostArray) -> HostArray:
        """Return the tokens of the sequence, given all numbers (steps,)."""
        for cut in self.cuts:
            numbers = numbers[cut]
        return numbers.astype(np.int64)


def token_sources(
    graph: Graph, node: str, shapes: Mapping[str, tuple[int, ...]]
) -> dict[str, TokenSource]:
    """Return where the tokens of the sequences come from that a node reads, by their place."""
    read = [name for name in graph[node].inputs if len(shapes[name]) == 2][:2]
    found = {}
    for place, name in zip(("queries", "keys"), read, strict=False):
        source = _embedded(graph, name)
        if source is not None and len(shapes[source.node]) == 1:
            found[place] = source
    return found


def _embedded(graph: Graph, name: str) -> TokenSource | None:
    """Return what the first embedding above a node reads; None where there is none."""
    cuts: tuple[slice, ...] = ()
    while name != INPUT:
        node = graph[name]
        if isinstance(node.layer, Embedding):
            return TokenSource(node.inputs[0], cuts)
        if isinstance(node.layer, Slice):
            cuts = (slice(node.layer.start, node.layer.stop or None), *cuts)
        name = node.inputs[0]
    return None


def step_gradients(network: Network, name: str, rows: int) -> HostArray:
    """Return how large dL/dz was at every step of a recurrent node, (time,).

    That is √Σ(dL/dz)² over the sums z before the activations of all gates, for the loss of a single
    sample: the mean over the samples of the last `Network.loss_and_gradient`. Of two directions it
    is the larger one.

    Parameters
    ----------
    network, name
        A node whose layer is recurrent.
    rows
        How many samples there were.
    """
    op, xp = network.op(name), network.device.xp
    layer: Recurrent = op.layer  # type: ignore[assignment]
    steps = network.shapes[network.graph[name].inputs[0]][0]
    shape = (steps, layer.blocks * layer.units, rows)
    found = [
        xp.sqrt(xp.square(op.training.new("dz" + side, shape)[layer.reading(side)]).sum(1)).mean(1)
        for side in layer.sides
    ]
    return network.device.to_host(rows * xp.stack(found).max(0))
