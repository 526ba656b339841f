"""What convolutions over images and over series share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, ClassVar, Protocol

from engine.activations import Activation, Identity, ReLU
from engine.arrays import Array, Shape
from engine.fields import param
from engine.initializers import Glorot, Initializer, Zeros
from engine.layers.base import Backward, Layer
from engine.layers.parametrized import Parametrized
from engine.layers.windows import Through, Window, batch_first, batch_last, convolve, same
from engine.parametrizations import Parametrization, Plain
from engine.run import Run
from engine.text import Text

PADDINGS = ("valid", "same", "1", "2", "3", "4", "5")


class MaxPooling(Protocol):
    """A layer that keeps the largest value of each window."""

    def largest(self, z: Array, run: Run) -> tuple[Array, Through]:
        """Return the maxima of images (H, C, W, N), and what their gradient goes through."""


@dataclass(frozen=True)
class Convolution(Parametrized):
    """Filters that slide over the input, y = f(W ∗ x + b), one output channel each.

    As usual in neural networks ∗ is the cross-correlation: the kernel is not turned round.
    """

    filters: int = param(8, low=1, high=1024, label="Filters", help="How many patterns are sought")
    kernel_size: int = param(
        3, low=1, high=64, label="Kernel size", help="How many values a filter sees on each side"
    )
    stride: int = param(1, low=1, high=64, label="Stride", help="How far a filter moves each time")
    padding: str = param(
        "valid",
        choices=PADDINGS,
        label="Padding",
        help="Zeros around the input: none, as many as keep its size, or so many on each side",
    )
    dilation: int = param(
        1, low=1, high=64, label="Dilation", help="How far apart the values are that a filter sees"
    )
    activation: Activation = param(
        ReLU(), family="activation", label="Activation function", help="What each neuron applies"
    )
    bias: bool = param(True, label="Use bias", help="Whether each filter adds a constant")
    initializer: Initializer = param(
        Glorot(), family="initializer", label="Initial weights", help="How the weights begin"
    )
    weights: Parametrization = param(
        Plain(),
        family="parametrization",
        label="Parametrization",
        help="What the weights are made of: themselves, or other parameters that are learned",
    )

    pool: MaxPooling | None = field(default=None, repr=False)
    """In training, the max pooling that follows, see `joined`."""
    pooling: ClassVar[str] = ""
    """The kind of max pooling that goes over the same axes."""

    def joined(self, reader: Layer) -> Layer | None:
        """Take max pooling along: a maximum before the bias and a monotone f is the same after.

        So both of these have fewer values to go over.
        """
        if reader.kind == self.pooling and self.activation.monotone:
            return self.but(pool=reader)
        return None

    def as_matrix(self, W: Array) -> Array:
        """Return W with a column for each filter."""
        return W.reshape(len(W), -1).T

    def window(self, length: int) -> Window:
        """Return how the kernel moves along an axis."""
        if self.padding == "same":
            return same(length, self.kernel_size, self.stride, self.dilation)
        zeros = 0 if self.padding == "valid" else int(self.padding)
        return Window(self.kernel_size, self.stride, self.dilation, zeros, zeros)

    def _summary(self, kernel: str | Text) -> Text:
        name = Text(self.activation.label)
        if isinstance(self.activation, Identity):
            name = Text("linear")
        if self.padding == "valid":
            return Text("{kernel} · {activation}", kernel=kernel, activation=name)
        return Text(
            "{kernel} · pad {padding} · {activation}",
            kernel=kernel,
            padding=Text(self.padding),
            activation=name,
        )

    def _init(self, rng: Any, kernel: Shape, channels: int) -> Mapping[str, Array]:
        """Draw W (filters, *kernel, channels) from the initializer; b is zero."""
        seen = 1
        for size in kernel:
            seen *= size
        fans = seen * channels, seen * self.filters
        weights = self.initializer.draw(rng, (self.filters, *kernel, channels), *fans)
        bias = {"b": Zeros().draw(rng, (self.filters,), *fans)} if self.bias else {}
        return self.parametrize(rng, {"W": weights, **bias})

    def _convolve(
        self, p: SimpleNamespace, W: Array, x: Array, rows: Window, columns: Window, run: Run
    ) -> tuple[Array, Backward]:
        """Return f(W ∗ x + b) for images; dW and dx as `convolve` says, db = Σ dz."""
        z, through_kernel = convolve(x, W, rows, columns, run)
        z, through_pool = self.pool.largest(z, run) if self.pool else (z, lambda dz: dz)
        if self.bias:
            # Spelled out along a row, as NumPy adds whole rows at twice the speed.
            biases = run.new("biases", z.shape[1:])
            biases[...] = p.b[:, None, None]
            z += biases
        y, through_activation = _activate(self.activation, z, run)
        high, filters, wide, count = z.shape

        def backward(dy: Array, g: SimpleNamespace) -> Array:
            dz = through_activation(batch_last(dy, run, "dy"))
            if self.bias:
                rows_of_dz = dz.reshape(high * filters, wide * count)
                sums = rows_of_dz.dot(run.ones(wide * count)).reshape(high, filters)
                run.ones(high).dot(sums, out=g.b)
            return through_kernel(through_pool(dz), g.W.reshape(W.shape))

        return batch_first(y), backward


def _activate(activation: Activation, z: Array, run: Run) -> tuple[Array, Any]:
    """Apply an activation to (H, C, W, N), softmax over the channels."""
    if activation.elementwise:
        return activation.forward(z, run)
    by_channel = run.new("by channel", z.transpose(0, 2, 3, 1).shape)
    by_channel[...] = z.transpose(0, 2, 3, 1)
    y, through = activation.forward(by_channel, run)

    def backward(dy: Array) -> Array:
        dz = run.new("dz by channel", z.shape)
        dz[...] = through(dy.transpose(0, 2, 3, 1)).transpose(0, 3, 1, 2)
        return dz

    return y.transpose(0, 3, 1, 2), backward
