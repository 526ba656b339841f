"""Convolution over images."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, ClassVar

from engine.arrays import Array, Shape
from engine.errors import ShapeError
from engine.layers import needs
from engine.layers.base import Backward, Fix, layer
from engine.layers.convolution import Convolution
from engine.run import Run
from engine.text import Text


@layer("conv2d", label="Conv 2D", icon="conv", group="Image", order=110)
@dataclass(frozen=True)
class Conv2d(Convolution):
    """Convolution over images, y = f(W ∗ x + b), with W (filters, k, k, channels), b (filters).

    Each filter sees k × k places in all channels; its sums over the image are one output channel.
    """

    pooling: ClassVar[str] = "max_pool2d"

    def summary(self) -> Text:
        """Return for example ``5×5 · pad 2 · tanh``."""
        return self._summary(needs.times((self.kernel_size, self.kernel_size)))

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return (filters, height, width); the kernel must fit into the image."""
        _, height, width = needs.image(inputs[0])
        high, wide = (self.window(length).count(length) for length in (height, width))
        if high and wide:
            return (self.filters, high, wide)
        raise ShapeError(
            "A {kernel}×{kernel} kernel does not fit into {shape}.",
            *self._fixes(height, width),
            kernel=self.window(1).reach,
            shape=needs.times((height, width)),
        )

    def _fixes(self, height: int, width: int) -> tuple[Fix, ...]:
        """Offer the largest odd kernel that fits, and zeros that make room for this one."""
        size = (min(height, width) - 1) // 2 * 2 + 1
        smaller = self.but(kernel_size=size, dilation=1)
        use = Text("Use a {kernel}×{kernel} kernel", kernel=size)
        pad = Text("Pad the image to keep its size")
        return Fix(use, replace=smaller), Fix(pad, replace=self.but(padding="same"))

    def init(self, rng: Any, inputs: tuple[Shape, ...]) -> Mapping[str, Array]:
        """Draw W from the initializer; b is zero."""
        return self._init(rng, (self.kernel_size, self.kernel_size), inputs[0][0])

    def forward(self, p: SimpleNamespace, x: Array, run: Run) -> tuple[Array, Backward]:
        """Return f(W ∗ x + b); dW = x ∗ dz, db = Σ dz, dx = dz ∗ W turned round."""
        if self.weights.parts:
            return self.composed(p, x, run)
        rows, columns = (self.window(length) for length in x.shape[2:])
        return self._convolve(p, p.W, x, rows, columns, run)
