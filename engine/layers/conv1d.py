"""Convolution and pooling over series."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, ClassVar

from engine.arrays import Array, Shape
from engine.errors import ShapeError
from engine.fields import param
from engine.layers import needs
from engine.layers.base import Backward, Fix, layer
from engine.layers.convolution import PADDINGS, Convolution
from engine.layers.pooling import Pooling
from engine.layers.windows import (
    Through,
    Window,
    as_image,
    as_series,
    batch_first,
    batch_last,
    largest,
    total,
)
from engine.run import Run
from engine.text import Text


@layer("conv1d", label="Conv 1D", icon="conv", group="Sequence", order=260)
@dataclass(frozen=True)
class Conv1d(Convolution):
    """Convolution over time, y = f(W ∗ x + b), with W (filters, k, features) and b (filters).

    With causal padding all zeros come first, so that an output sees no later input (van den Oord et
    al. 2016).
    """

    padding: str = param(
        "valid",
        choices=("causal", *PADDINGS),
        label="Padding",
        help="Zeros around the series: before it only (causal), none, as many as keep its length, "
        "or so many on each side",
    )
    pooling: ClassVar[str] = "max_pool1d"

    def window(self, length: int) -> Window:
        """Return how the kernel moves along the time."""
        if self.padding != "causal":
            return super().window(length)
        zeros = self.dilation * (self.kernel_size - 1)
        return Window(self.kernel_size, self.stride, self.dilation, zeros, 0)

    def summary(self) -> Text:
        """Return for example ``5 steps · pad causal · tanh``."""
        return self._summary(Text("{count} steps", count=self.kernel_size))

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return (steps, filters); the kernel must fit into the series."""
        steps, _ = needs.series(inputs[0])
        window = self.window(steps)
        count = window.count(steps)
        if count:
            return (count, self.filters)
        raise ShapeError(
            "A kernel of {kernel} steps does not fit into {steps} steps.",
            Fix(
                Text("Use a kernel of {kernel} steps", kernel=steps),
                replace=self.but(kernel_size=steps, dilation=1),
            ),
            Fix(Text("Pad the series to keep its length"), replace=self.but(padding="same")),
            kernel=window.reach,
            steps=steps,
        )

    def init(self, rng: Any, inputs: tuple[Shape, ...]) -> Mapping[str, Array]:
        """Draw W from the initializer; b is zero."""
        return self._init(rng, (self.kernel_size,), inputs[0][1])

    def forward(self, p: SimpleNamespace, x: Array, run: Run) -> tuple[Array, Backward]:
        """Return f(W ∗ x + b); dW = x ∗ dz, db = Σ dz, dx = dz ∗ W turned round."""
        if self.weights.parts:
            return self.composed(p, x, run)
        window = self.window(x.shape[1])
        y, through = self._convolve(p, p.W[:, :, None], as_image(x), window, Window(), run)

        def backward(dy: Array, g: SimpleNamespace) -> Array:
            dx = through(as_image(dy), g)
            return None if dx is None else as_series(dx)

        return as_series(y), backward


@dataclass(frozen=True)
class SeriesPooling(Pooling):
    """Windows that slide over each feature; what no whole window covers is left out."""

    size: int = param(2, low=1, high=256, label="Size", help="How many steps a window spans")
    stride: int = param(2, low=1, high=256, label="Stride", help="How far the window moves")

    def summary(self) -> Text:
        """Return for example ``2 steps`` or ``3 steps · stride 2 · pad 1``."""
        if self.stride == self.size:
            return self._padded(Text("{count} steps", count=self.size))
        return self._padded(
            Text("{count} steps · stride {stride}", count=self.size, stride=self.stride)
        )

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return (steps, features); the window must fit into the series."""
        steps, features = needs.series(inputs[0])
        self._refuse_empty_windows()
        count = self.window(steps).count(steps)
        if count:
            return (count, features)
        raise ShapeError(
            "A window of {size} steps does not fit into {steps} steps.",
            Fix(
                Text("Use a window of {size} steps", size=steps),
                replace=self.but(size=steps, stride=min(self.stride, steps), padding="valid"),
            ),
            Fix(Text("Remove the layer"), remove=True),
            size=self.size,
            steps=steps,
        )


@layer("max_pool1d", label="Max pool 1D", icon="pool", group="Sequence", order=270)
@dataclass(frozen=True)
class MaxPool1d(SeriesPooling):
    """Keeps the largest value of each window of time."""

    def largest(self, z: Array, run: Run) -> tuple[Array, Through]:
        """Return the maxima of images (T, F, 1, N), and what their gradient goes through."""
        return largest(z, 0, self.window(len(z)), run)

    def forward(self, p: SimpleNamespace, x: Array, run: Run) -> tuple[Array, Backward]:
        """Return the maxima; dy goes to the first largest value of its window."""
        y, through = self.largest(batch_last(as_image(x), run, "x"), run)

        def backward(dy: Array, g: SimpleNamespace) -> Array:
            return as_series(batch_first(through(batch_last(as_image(dy), run, "dy"))))

        return as_series(batch_first(y)), backward


@layer("average_pool1d", label="Avg pool 1D", icon="pool", group="Sequence", order=280)
@dataclass(frozen=True)
class AveragePool1d(SeriesPooling):
    """Keeps the mean of each window of time; zeros of the padding count as values."""

    def forward(self, p: SimpleNamespace, x: Array, run: Run) -> tuple[Array, Backward]:
        """Return the means; each value of a window gets dy / size."""
        window, share = self.window(x.shape[1]), run.constant(1 / self.size)
        y, through = total(batch_last(as_image(x), run, "x"), 0, window, run)
        y *= share

        def backward(dy: Array, g: SimpleNamespace) -> Array:
            moved = as_image(dy).transpose(2, 1, 3, 0)
            shared = run.xp.multiply(moved, share, out=run.new("shared", moved.shape))
            return as_series(batch_first(through(shared)))

        return as_series(batch_first(y)), backward
