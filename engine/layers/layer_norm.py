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
        rows, places = x.size // size, size // channels
        gamma, beta = p.gamma, p.beta
        if places > 1:
            gamma, beta = xp.repeat(gamma, places), xp.repeat(beta, places)
        mean = run.constant(1 / size, (size,))
        xhat, y = run.new("xhat", (rows, size)), run.new("y", (rows, size))
        values = x.reshape(rows, size)
        xp.subtract(values, values.dot(mean)[:, None], out=xhat)
        variance = xp.multiply(xhat, xhat, out=y).dot(mean)[:, None]
        scale = 1 / xp.sqrt(variance + run.constant(self.epsilon))
        xhat *= scale
        xp.multiply(xhat, gamma, out=y)
        y += beta

        def backward(dy: Array, g: SimpleNamespace) -> Array:
            dy = dy.reshape(rows, size)
            product = xp.multiply(dy, xhat, out=run.new("product", (rows, size)))
            for values, out in ((product, g.gamma), (dy, g.beta)):
                sums = run.ones(rows).dot(values)
                out[...] = sums if places == 1 else sums.reshape(channels, places).sum(axis=1)
            if not run.needs_dx:
                return None
            weights = gamma * mean
            shift, along = (part.dot(weights)[:, None] for part in (dy, product))
            dx = xp.multiply(dy, gamma, out=run.new("dx", (rows, size)))
            xp.multiply(xhat, along, out=product)
            product += shift
            dx -= product
            dx *= scale
            return dx.reshape(x.shape)

        return y.reshape(x.shape), backward
