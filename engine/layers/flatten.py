"""Flatten: an image or a sequence as one list."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from types import SimpleNamespace

from engine.arrays import Array, Shape
from engine.layers.base import Backward, Layer, layer
from engine.run import Run
from engine.text import Text


@layer("flatten", label="Flatten", icon="flatten", group="Image", order=160)
@dataclass(frozen=True)
class Flatten(Layer):
    """Lays the values of each sample out in one list; the last axis runs fastest."""

    def summary(self) -> Text:
        """Return what the layer does."""
        return Text("to a list")

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return the product of the sizes."""
        return (prod(inputs[0]),)

    def forward(self, p: SimpleNamespace, x: Array, run: Run) -> tuple[Array, Backward]:
        """Reshape (N, …) to (N, features), and gradients back."""
        if x.flags.c_contiguous:
            y = x.reshape(len(x), -1)
        else:
            y = run.new("y", (len(x), x[0].size))
            y.reshape(x.shape)[...] = x
        return y, lambda dy, g: dy.reshape(x.shape)
