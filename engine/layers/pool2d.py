"""Pooling: what windows of an image have in common as one value."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

from engine.arrays import Array, Shape
from engine.errors import ShapeError
from engine.layers import needs
from engine.layers.base import Backward, Fix, Layer, layer
from engine.layers.pooling import Pooling
from engine.layers.windows import (
    Through,
    as_image,
    as_series,
    batch_first,
    batch_last,
    largest,
    total,
)
from engine.run import Run
from engine.text import Text


@dataclass(frozen=True)
class ImagePooling(Pooling):
    """Windows that slide over each channel of an image; what no whole window covers is left out."""

    def summary(self) -> Text:
        """Return for example ``2×2`` or ``3×3 · stride 2 · pad 1``."""
        size = needs.times((self.size, self.size))
        if self.stride == self.size:
            return self._padded(Text("{size}", size=size))
        return self._padded(Text("{size} · stride {stride}", size=size, stride=self.stride))

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return (channels, height, width); the window must fit into the image."""
        channels, height, width = needs.image(inputs[0])
        self._refuse_empty_windows()
        high, wide = (self.window(length).count(length) for length in (height, width))
        if high and wide:
            return (channels, high, wide)
        fitting = min(height, width)
        raise ShapeError(
            "A {size}×{size} window does not fit into {shape}.",
            Fix(
                Text("Use a {size}×{size} window", size=fitting),
                replace=self.but(size=fitting, stride=min(self.stride, fitting), padding="valid"),
            ),
            Fix(Text("Remove the layer"), remove=True),
            size=self.size,
            shape=needs.times((height, width)),
        )


@layer("max_pool2d", label="Max pool 2D", icon="pool", group="Image", order=120)
@dataclass(frozen=True)
class MaxPool2d(ImagePooling):
    """Keeps the largest value of each window."""

    def largest(self, z: Array, run: Run) -> tuple[Array, Through]:
        """Return the maxima of images (H, C, W, N), and what their gradient goes through."""
        in_rows, through_rows = largest(z, 2, self.window(z.shape[2]), run)
        y, through_columns = largest(in_rows, 0, self.window(z.shape[0]), run)
        return y, lambda dy: through_rows(through_columns(dy))

    def forward(self, p: SimpleNamespace, x: Array, run: Run) -> tuple[Array, Backward]:
        """Return the maxima; dy goes to the first largest value of its window, row by row."""
        y, through = self.largest(batch_last(x, run, "x"), run)

        def backward(dy: Array, g: SimpleNamespace) -> Array:
            return batch_first(through(batch_last(dy, run, "dy")))

        return batch_first(y), backward


@layer("average_pool2d", label="Avg pool 2D", icon="pool", group="Image", order=130)
@dataclass(frozen=True)
class AveragePool2d(ImagePooling):
    """Keeps the mean of each window; zeros of the padding count as values."""

    def forward(self, p: SimpleNamespace, x: Array, run: Run) -> tuple[Array, Backward]:
        """Return the means; each value of a window gets dy / size²."""
        rows, columns = (self.window(length) for length in x.shape[2:])
        share = run.constant(1 / self.size**2)
        in_columns, through_columns = total(batch_last(x, run, "x"), 0, rows, run)
        y, through_rows = total(in_columns, 2, columns, run)
        y *= share

        def backward(dy: Array, g: SimpleNamespace) -> Array:
            moved = dy.transpose(2, 1, 3, 0)
            shared = run.xp.multiply(moved, share, out=run.new("shared", moved.shape))
            return batch_first(through_columns(through_rows(shared)))

        return batch_first(y), backward


@layer("global_average_pool", label="Global avg pool", icon="pool", group="Image", order=140)
@dataclass(frozen=True)
class GlobalAveragePool(Layer):
    """The mean of each channel over a whole image, or of each feature over all steps: a list."""

    def summary(self) -> Text:
        """Return what the layer does."""
        return Text("mean of each channel")

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return (channels,) of an image, (features,) of a sequence."""
        return (needs.channels(needs.places(inputs[0])),)

    def forward(self, p: SimpleNamespace, x: Array, run: Run) -> tuple[Array, Backward]:
        """Return the means; each value gets dy / (height · width), or dy / steps."""
        xp, images = run.xp, x if x.ndim == 4 else as_image(x)
        count, channels, height, width = images.shape
        # One axis after the other: a single sum over a large image would lose digits.
        in_rows = xp.mean(
            batch_last(images, run, "x"), 2, out=run.new("rows", (height, channels, count))
        )
        y = xp.mean(in_rows, 0, out=run.new("y", (channels, count))).T

        def backward(dy: Array, g: SimpleNamespace) -> Array:
            dx = batch_first(run.new("dx", (height, channels, width, count)))
            dx[...] = dy[:, :, None, None]
            dx *= run.constant(1 / (height * width))
            return dx if x.ndim == 4 else as_series(dx)

        return y, backward
