"""Layer normalization: every sample brought to mean 0 and variance 1 by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, ClassVar

from engine.arrays import Array, Shape
from engine.fields import param
from engine.initializers import Zeros
from engine.layers import needs
from engine.layers.base import Backward, Layer, layer
from engine.layers.batch_norm import channel_sums
from engine.run import Run
from engine.text import Text


@layer("layer_norm", label="Layer norm", icon="bn", group="Basic", order=50)
@dataclass(frozen=True)
class LayerNorm(Layer):
    """y = γ x̂ + β with x̂ = (x − μ) / √(σ² + ε) (Ba et al. 2016).

    μ and σ² are those of one sample: over the numbers of a list, over the features of each step of
    a sequence, or over all values of an image. γ and β are one number for each channel.
    """

    epsilon: float = param(
        1e-5, above=0.0, high=1.0, log=True, label="ε", help="Keeps the divisor from 0"
    )

    parameters: ClassVar[tuple[str, ...]] = ("gamma", "beta")

    def summary(self) -> Text:
        """Return what the layer does."""
        return Text("mean 0 · variance 1")

    def init(self, rng: Any, inputs: tuple[Shape, ...]) -> Mapping[str, Array]:
        """Return γ = 1 and β = 0."""
        count = needs.channels(inputs[0])
        zero, one = (Zeros().draw(rng, (count,), count, count) + value for value in (0, 1))
        return {"gamma": one, "beta": zero}

    def forward(self, p: SimpleNamespace, x: Array, run: Run) -> tuple[Array, Backward]:
        """Return γ x̂ + β; dγ = Σ dy x̂, dβ = Σ dy.

        With d = γ dy and means as those of μ and σ², dx = (d − mean d − x̂ mean(d x̂)) / σ.
        """
        xp, channels = run.xp, len(p.gamma)
        size = x[0].size if x.ndim == 4 else channels
        rows, ones = x.size // size, run.ones(size)
        shape = (rows, channels, size // channels)

        def flat(values: Array) -> Array:
            return values.reshape(rows, size)

        def mean(values: Array) -> Array:
            return (flat(values).dot(ones) / size)[:, None, None]

        xhat, y = run.new("xhat", shape), run.new("y", shape)
        values = x.reshape(shape)
        xp.subtract(values, mean(values), out=xhat)
        deviation = xp.sqrt(mean(xp.multiply(xhat, xhat, out=y)) + run.constant(self.epsilon))
        xhat /= deviation
        xp.multiply(xhat, p.gamma[:, None], out=y)
        y += p.beta[:, None]

        def backward(dy: Array, g: SimpleNamespace) -> Array:
            dy = dy.reshape(shape)
            product = xp.multiply(dy, xhat, out=run.new("product", shape))
            g.gamma[...], g.beta[...] = channel_sums(product, run), channel_sums(dy, run)
            dx = xp.multiply(dy, p.gamma[:, None], out=run.new("dx", shape))
            along = mean(xp.multiply(dx, xhat, out=product))
            dx -= mean(dx)
            dx -= xp.multiply(xhat, along, out=product)
            dx /= deviation
            return dx.reshape(x.shape)

        return y.reshape(x.shape), backward
