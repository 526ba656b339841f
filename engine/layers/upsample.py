"""Upsampling: images made larger by repeating their values."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

from engine.arrays import Array, Shape
from engine.fields import param
from engine.layers import needs
from engine.layers.base import Backward, Layer, layer
from engine.layers.windows import batch_first, batch_last
from engine.run import Run
from engine.text import Text


@layer("upsample", label="Upsample", icon="zin", group="Image", order=150)
@dataclass(frozen=True)
class Upsample(Layer):
    """Makes every value a square of equal values (nearest neighbour)."""

    factor: int = param(2, low=2, high=16, label="Factor", help="How many times as wide and high")

    def summary(self) -> Text:
        """Return for example ``2 times as large``."""
        return Text("{factor} times as large", factor=self.factor)

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return (channels, factor · height, factor · width)."""
        channels, height, width = needs.image(inputs[0])
        return (channels, self.factor * height, self.factor * width)

    def forward(self, p: SimpleNamespace, x: Array, run: Run) -> tuple[Array, Backward]:
        """Repeat every value; dx is the sum of dy over its square."""
        count, channels, height, width = x.shape
        squares = (height, self.factor, channels, width, self.factor, count)
        y = run.new("y", squares)
        y[...] = batch_last(x, run, "x")[:, None, :, :, None]
        high, wide = height * self.factor, width * self.factor

        def backward(dy: Array, g: SimpleNamespace) -> Array:
            dx = run.new("dx", (height, channels, width, count))
            batch_last(dy, run, "dy").reshape(squares).sum(axis=(1, 4), out=dx)
            return batch_first(dx)

        return batch_first(y.reshape(high, channels, wide, count)), backward
