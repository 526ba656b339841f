"""Batch normalization: every channel brought to mean 0 and variance 1 over the batch."""

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
from engine.layers.windows import as_image, as_series, batch_first, batch_last
from engine.run import Run
from engine.text import Text


@layer("batch_norm", label="Batch norm", icon="bn", group="Basic", order=40)
@dataclass(frozen=True)
class BatchNorm(Layer):
    """y = γ x̂ + β with x̂ = (x − μ) / √(σ² + ε) (Ioffe and Szegedy 2015).

    A channel is a number of a list, a feature of a sequence over all steps, or a channel of an
    image over all places. In training μ and σ² are those of the batch; prediction takes running
    means of them, μ ← β μ + (1 − β) μ_batch, which are kept among the parameters.
    """

    momentum: float = param(
        0.9, low=0.0, high=0.9999, label="Memory", help="Share of the running mean that is kept"
    )
    epsilon: float = param(
        1e-5, above=0.0, high=1.0, log=True, label="ε", help="Keeps the divisor from 0"
    )

    parameters: ClassVar[tuple[str, ...]] = ("gamma", "beta", "mean", "variance")
    statistics: ClassVar[tuple[str, ...]] = ("mean", "variance")
    splits: ClassVar[bool] = False

    def summary(self) -> Text:
        """Return what the layer does."""
        return Text("mean 0 · variance 1")

    def init(self, rng: Any, inputs: tuple[Shape, ...]) -> Mapping[str, Array]:
        """Return γ = 1, β = 0 and running statistics of mean 0 and variance 1."""
        count = needs.channels(inputs[0])
        zero, one = (Zeros().draw(rng, (count,), count, count) + value for value in (0, 1))
        return {"gamma": one, "beta": zero, "mean": zero, "variance": one}

    def forward(self, p: SimpleNamespace, x: Array, run: Run) -> tuple[Array, Backward]:
        """Return γ x̂ + β; dγ = Σ dy x̂, dβ = Σ dy.

        In training μ and σ depend on x: dx = γ/σ (dy − (dβ + x̂ dγ) / n) with n values in a
        channel. In prediction they do not, and dx = γ/σ dy.
        """
        xp = run.xp
        values = _by_channel(x, run, "x")
        y, xhat = run.new("y", values.shape), run.new("xhat", values.shape)
        count = values.size // len(p.gamma)
        if run.training:
            mean = channel_sums(values, run) / count
            xp.subtract(values, mean[:, None], out=xhat)
            variance = channel_sums(xp.multiply(xhat, xhat, out=y), run) / count
            self._remember(p, mean, variance, count)
        else:
            xp.subtract(values, p.mean[:, None], out=xhat)
            variance = p.variance
        deviation = xp.sqrt(variance + run.constant(self.epsilon))
        xhat /= deviation[:, None]
        xp.multiply(xhat, p.gamma[:, None], out=y)
        y += p.beta[:, None]

        def backward(dy: Array, g: SimpleNamespace) -> Array:
            dy = _by_channel(dy, run, "dy")
            dx = xp.multiply(dy, xhat, out=run.new("dx", dy.shape))
            g.gamma[...], g.beta[...] = channel_sums(dx, run), channel_sums(dy, run)
            g.mean[...] = g.variance[...] = 0
            if run.training:
                xp.multiply(xhat, -g.gamma[:, None] / count, out=dx)
                dx -= g.beta[:, None] / count
                dx += dy
            else:
                dx[...] = dy
            dx *= (p.gamma / deviation)[:, None]
            return _restored(dx, x.shape)

        return _restored(y, x.shape), backward

    def _remember(self, p: SimpleNamespace, mean: Array, variance: Array, count: int) -> None:
        """Move the running statistics towards those of the batch, the variance without its bias."""
        unbiased = variance * (count / max(1, count - 1))
        for kept, new in ((p.mean, mean), (p.variance, unbiased)):
            kept *= self.momentum
            kept += (1 - self.momentum) * new


def channel_sums(values: Array, run: Run) -> Array:
    """Return the sums (C,) over the first and the last axis of (A, C, B)."""
    outer, channels, inner = values.shape
    values = values.reshape(outer * channels, inner)
    sums = values.dot(run.ones(inner)) if inner > 1 else values
    return run.ones(outer).dot(sums.reshape(outer, channels))


def _by_channel(x: Array, run: Run, name: str) -> Array:
    """Return a batch of lists, sequences, images or others as (A, C, B), C the channels."""
    if x.ndim not in (3, 4):
        return x.reshape(-1, x.shape[-1], 1)
    moved = batch_last(as_image(x) if x.ndim == 3 else x, run, name)
    high, channels, wide, count = moved.shape
    return moved.reshape(high, channels, wide * count)


def _restored(values: Array, shape: Shape) -> Array:
    """Return what `_by_channel` made of a batch of this shape as that batch again."""
    if len(shape) not in (3, 4):
        return values.reshape(shape)
    high, channels, _ = values.shape
    images = batch_first(values.reshape(high, channels, -1, shape[0]))
    return as_series(images) if len(shape) == 3 else images
