"""Positional encoding: what tells attention the order of the steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log
from types import SimpleNamespace
from typing import Any, ClassVar

from engine.arrays import Array, Shape
from engine.fields import param
from engine.initializers import Normal
from engine.layers import needs
from engine.layers.base import Backward, Layer, layer
from engine.run import Run
from engine.text import Text

FORMS = ("sinusoidal", "learned")


@layer(
    "positional_encoding", label="Positional encoding", icon="clock", group="Attention", order=310
)
@dataclass(frozen=True)
class PositionalEncoding(Layer):
    """Adds a row of its own to every step, y = x + P with P (time, features).

    Sinusoidal (Vaswani et al. 2017) is P[t, 2i] = sin(t / 10000^(2i/d)) and P[t, 2i+1] = cos of the
    same, with d features; learned rows begin as N(0, 0.02²).
    """

    form: str = param(
        "sinusoidal", choices=FORMS, label="Form", help="Waves of several lengths, or learned rows"
    )

    parameters: ClassVar[tuple[str, ...]] = ("P",)
    penalized: ClassVar[tuple[str, ...]] = ()

    def summary(self) -> Text:
        """Return the form."""
        return Text(self.form)

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return the shape of the input, which must be a sequence."""
        return needs.series(inputs[0])

    def init(self, rng: Any, inputs: tuple[Shape, ...]) -> Mapping[str, Array]:
        """Draw P where it is learned."""
        if self.form == "sinusoidal":
            return {}
        (shape,) = inputs
        return {"P": Normal(0.02).draw(rng, shape, *shape)}

    def forward(self, p: SimpleNamespace, x: Array, run: Run) -> tuple[Array, Backward]:
        """Return x + P; dx = dy, and dP is the sum of dy over the batch."""
        xp, learned = run.xp, self.form == "learned"
        rows = p.P if learned else run.table("P", x.shape[1:], lambda: waves(xp, *x.shape[1:]))
        y = xp.add(x, rows, out=run.new("y", x.shape))

        def backward(dy: Array, g: SimpleNamespace) -> Array:
            if learned:
                xp.sum(dy, axis=0, out=g.P)
            return dy

        return y, backward


def waves(xp: Any, steps: int, features: int) -> Array:
    """Return the sinusoidal P (steps, features): a sine and a cosine for each of d/2 lengths."""
    even = 2 * (xp.arange(features) // 2)
    angles = xp.arange(steps)[:, None] * xp.exp(-log(10_000) / features * even)
    return xp.where(xp.arange(features) % 2, xp.cos(angles), xp.sin(angles))
