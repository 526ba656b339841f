"""What a network takes over from an earlier one: parameters that still fit, and their memory."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from engine.arrays import Array
from engine.graph import renamed
from engine.layers import Layer
from engine.layers.parametrized import Parametrized, merged
from engine.network import Network
from engine.run import Run
from engine.streams import stream


def adopt(old: Network, new: Network) -> None:
    """Let a network begin with the parameters of an earlier one, as far as they fit.

    Besides what `transfer` copies, matrices that were made in another way, or of more or fewer
    numbers, are kept: what they are made of now gives the same matrices.
    """
    transfer(old.theta, old, new, new.theta)
    for before, node in _same_kind(old, new):
        given, made = old.graph[before].layer, new.graph[node].layer
        if not isinstance(given, Parametrized) or not isinstance(made, Parametrized):
            continue
        if _fits(old, before, new, node):
            continue
        p = {name: values.astype(np.float64) for name, values in old.parameters()[before].items()}
        _, drawn = merged(given, p, Run(np, np.float64))
        places = new.layout[node]
        if any(drawn[name].shape != places[name][1] for name in made.matrices):
            continue
        found = made.parametrize(stream(new.seed, "weights", node, "parts"), drawn)
        for name in places.keys() & found.keys():
            new.theta[places[name][0]] = new.device.to_device(found[name].ravel())


def transfer(vector: Array, old: Network, new: Network, target: Array) -> None:
    """Copy what fits from `vector`, laid out as in `old`, to `target`, laid out as in `new`.

    A node of the same name and kind, or one that was only renamed, keeps its parameters if all
    that it has in both networks have the same shapes and the same meaning.
    """
    for before, node in _same_kind(old, new):
        if _fits(old, before, new, node):
            places, theirs = new.layout[node], old.layout[before]
            for name in places.keys() & theirs.keys():
                target[places[name][0]] = vector[theirs[name][0]]


def _same_kind(old: Network, new: Network) -> Iterator[tuple[str, str]]:
    """Yield the names, before and now, of nodes that are in both networks with layers of a kind."""
    earlier = renamed(old.graph, new.graph)
    for node in new.graph:
        before = earlier.get(node.name, node.name)
        if before in old.graph and old.graph[before].layer.kind == node.layer.kind:
            yield before, node.name


def _fits(old: Network, before: str, new: Network, node: str) -> bool:
    """Return whether the parameters that a node has had and has can be told by their names."""
    theirs, places = old.layout[before], new.layout[node]
    return _parts(old.graph[before].layer) == _parts(new.graph[node].layer) and all(
        theirs[name][1] == places[name][1] for name in theirs.keys() & places.keys()
    )


def _parts(layer: Layer) -> tuple[str, ...]:
    """Return what matrices are made of besides, if anything."""
    return layer.weights.parts if isinstance(layer, Parametrized) else ()
