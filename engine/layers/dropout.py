"""Dropout: neurons left out at random while training."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

from engine.arrays import Array, memory_order
from engine.fields import param
from engine.layers.base import Backward, Layer, layer
from engine.run import Run
from engine.text import Text


@layer("dropout", label="Dropout", icon="dropout", group="Basic", order=30)
@dataclass(frozen=True)
class Dropout(Layer):
    """Inverted dropout (Srivastava et al. 2014).

    In training each value is zero with probability p and otherwise scaled by 1 / (1 − p), so that
    prediction, where nothing is left out, needs no scaling.
    """

    rate: float = param(
        0.2, low=0.0, high=0.95, step=0.05, label="Rate", help="Share of neurons left out"
    )

    def summary(self) -> Text:
        """Return for example ``20% left out``."""
        return Text("{percent}% left out", percent=round(100 * self.rate))

    def forward(self, p: SimpleNamespace, x: Array, run: Run) -> tuple[Array, Backward]:
        """Return x ⊙ mask in training and x otherwise; dx = dy ⊙ mask."""
        if not run.training or self.rate == 0:
            return x, lambda dy, g: dy
        xp = run.xp
        order, back = memory_order(x)
        mask = run.random("mask", x.transpose(order).shape)
        mask[...] = mask >= run.constant(self.rate)
        mask *= run.constant(1 / (1 - self.rate))
        mask = mask.transpose(back)
        y = xp.multiply(x, mask, out=run.like("y", x))
        return y, lambda dy, g: xp.multiply(dy, mask, out=run.like("dx", x))
