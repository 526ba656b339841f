"""Hard-concrete gates: features shut off one by one, the L0 norm made differentiable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log
from types import SimpleNamespace
from typing import Any, ClassVar

from engine.arrays import Array, Shape
from engine.fields import param
from engine.initializers import Zeros
from engine.layers import needs
from engine.layers.base import Backward, Layer, layer
from engine.run import Run
from engine.text import Text

BETA, GAMMA, ZETA = 2 / 3, -0.1, 1.1
"""Temperature and ends of the stretched interval, as Louizos et al. recommend."""

NEVER_CLOSED = BETA * log(-GAMMA / ZETA)
"""P(gate ≠ 0) = σ(log α − this)."""

NOISE_EDGE = 1e-6
"""The noise is kept so far from 0 and 1, where its logit is infinite."""


@layer("hard_concrete", label="L0 gates", icon="lock", group="Basic", order=80)
@dataclass(frozen=True)
class HardConcrete(Layer):
    """y = x ⊙ z, one gate z in [0, 1] for each feature or channel (Louizos et al. 2018).

    In training a gate is drawn for every sample, u uniform on (0, 1):
    s = σ((log u − log(1 − u) + log α) / β), z = min(1, max(0, s (ζ − γ) + γ)), with β = 2/3,
    γ = −0.1, ζ = 1.1, so that it is often exactly 0 or 1. In prediction z = min(1, max(0,
    σ(log α) (ζ − γ) + γ)). The penalty λ Σ P(z ≠ 0) = λ Σ σ(log α − β log(−γ/ζ)), the expected L0
    norm of the gates, closes those that the loss does not hold open.
    """

    strength: float = param(
        0.01, low=0.0, high=10.0, log=True, label="Strength λ", help="What each open gate costs"
    )
    keep: float = param(
        0.9,
        low=0.01,
        high=0.99,
        step=0.05,
        label="Open at first",
        help="The probability that a gate is not closed when training begins",
    )

    parameters: ClassVar[tuple[str, ...]] = ("log_alpha",)
    penalizes: ClassVar[bool] = True

    def summary(self) -> Text:
        """Return for example ``λ = 0.01``."""
        return Text("λ = {strength}", strength=f"{self.strength:g}")

    def init(self, rng: Any, inputs: tuple[Shape, ...]) -> Mapping[str, Array]:
        """Return log α at which P(z ≠ 0) is `keep`."""
        count = needs.channels(inputs[0])
        start = log(self.keep / (1 - self.keep)) + NEVER_CLOSED
        return {"log_alpha": Zeros().draw(rng, (count,), count, count) + start}

    def penalty(self, p: SimpleNamespace, run: Run) -> Array:
        """Return λ Σ P(z ≠ 0)."""
        return self.strength * _sigmoid(p.log_alpha - NEVER_CLOSED, run).sum()

    def add_penalty(self, p: SimpleNamespace, g: SimpleNamespace, run: Run) -> None:
        """Add λ q (1 − q), q = P(z ≠ 0), the derivative of λ q by log α."""
        q = _sigmoid(p.log_alpha - NEVER_CLOSED, run)
        g.log_alpha += self.strength * q * (1 - q)

    def forward(self, p: SimpleNamespace, x: Array, run: Run) -> tuple[Array, Backward]:
        """Return x ⊙ z; dx = dy ⊙ z, and d log α = Σ dy x dz/d log α over samples and places.

        Where z is neither 0 nor 1, dz/d log α = (ζ − γ) s (1 − s) / β; in prediction without β.
        """
        xp = run.xp
        temperature = BETA if run.training else 1.0
        s = _sigmoid(self._logits(p.log_alpha, len(x), run) / temperature, run)
        stretched = s * (ZETA - GAMMA) + GAMMA
        channel = 1 if x.ndim == 4 else x.ndim - 1
        places = tuple(axis for axis in range(1, x.ndim) if axis != channel)
        z = xp.expand_dims(stretched.clip(0, 1), places)
        y = xp.multiply(x, z, out=run.like("y", x))

        def backward(dy: Array, g: SimpleNamespace) -> Array:
            dz = xp.multiply(dy, x, out=run.like("dz", x))
            moves = (stretched > 0) & (stretched < 1)
            slope = (ZETA - GAMMA) / temperature * s * (1 - s) * moves
            g.log_alpha[...] = (dz.sum(axis=places) * slope).sum(axis=0)
            return xp.multiply(dy, z, out=run.like("dx", x))

        return y, backward

    def _logits(self, log_alpha: Array, rows: int, run: Run) -> Array:
        """Return log α, in training plus the logit of noise for every sample, (rows, gates)."""
        if not run.training:
            return log_alpha[None]
        u = run.random("u", (rows, len(log_alpha))).clip(NOISE_EDGE, 1 - NOISE_EDGE)
        return run.xp.log(u / (1 - u)) + log_alpha


def _sigmoid(a: Array, run: Run) -> Array:
    return 0.5 + 0.5 * run.xp.tanh(0.5 * a)
