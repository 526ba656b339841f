"""Layers inside of a layer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any, TypeAlias

from engine.arrays import Array, Shape
from engine.layers.base import Layer
from engine.run import Run

PieceBackward: TypeAlias = Callable[[Array, SimpleNamespace], tuple[Array, ...]]
"""As `Backward`, but always gives a tuple, with one gradient for each input."""


def names_of(pieces: Mapping[str, type[Layer]], attribute: str) -> tuple[str, ...]:
    """Return those parameters that the pieces list there, each behind the name of its piece."""
    return tuple(
        f"{name}_{own}"
        for name, piece in ((name, cls()) for name, cls in pieces.items())
        for own in piece.parameters
        if own in getattr(piece, attribute)
    )


def init(
    pieces: Mapping[str, Layer], rng: Any, inputs: Mapping[str, tuple[Shape, ...]]
) -> dict[str, Array]:
    """Draw the parameters of all pieces; `inputs` has the shapes that each of them reads."""
    return {
        f"{name}_{own}": values
        for name, piece in pieces.items()
        for own, values in piece.init(rng, inputs[name]).items()
    }


class Pieces:
    """The layers that a layer is made of, in one pass.

    Parameters
    ----------
    layers
        The layers by name.
    p, run
        What the layer around them is given; each has its own parameters and buffers there.
    """

    def __init__(self, layers: Mapping[str, Layer], p: SimpleNamespace, run: Run) -> None:
        self.layers, self.p, self.run = layers, p, run

    def forward(self, name: str, *x: Array) -> tuple[Array, PieceBackward]:
        """Pass one or more batches through the layer called `name`."""
        layer = self.layers[name]
        inputs = x if layer.merges else x[0]
        y, through = layer.forward(_own(self.p, name, layer), inputs, self.run.part(name))

        def backward(dy: Array, g: SimpleNamespace) -> tuple[Array, ...]:
            dx = through(dy, _own(g, name, layer))
            return dx if layer.merges else (dx,)

        return y, backward

    def chain(self, names: tuple[str, ...], *x: Array) -> tuple[Array, PieceBackward]:
        """Pass batches through the first of several layers, and on through the others."""
        backwards = []
        for name in names:
            y, backward = self.forward(name, *x)
            backwards.append(backward)
            x = (y,)

        def back(dy: Array, g: SimpleNamespace) -> tuple[Array, ...]:
            gradients = (dy,)
            for backward in reversed(backwards):
                gradients = backward(gradients[0], g)
            return gradients

        return y, back


def _own(p: SimpleNamespace, piece: str, layer: Layer) -> SimpleNamespace:
    """Return the parameters of one piece under their own names."""
    found, there = SimpleNamespace(), vars(p)
    for name in layer.parameters:
        values = there.get(f"{piece}_{name}")
        if values is not None:
            setattr(found, name, values)
    return found
