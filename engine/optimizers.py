"""Optimizers: how a gradient becomes a step, a few in-place lines over whole vectors."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Any, ClassVar

from engine.arrays import Array
from engine.fields import Spec, param
from engine.registry import Registry


class OptimizerState:
    """What an optimizer remembers between steps.

    Attributes
    ----------
    t
        How many updates have been made; the first one sees 1.
    slots
        Vectors like the parameters, by name, zero at the beginning (m and v of Adam).
    scratch
        A vector without meaning between calls.
    decays
        A vector of 1 for the parameters that penalties act on, and 0 for the others.
    """

    def __init__(self, xp: Any, theta: Array, slots: tuple[str, ...], decays: Array) -> None:
        self.xp = xp
        self.t = 0
        self.slots = {name: xp.zeros_like(theta) for name in slots}
        self.scratch = xp.empty_like(theta)
        self.decays = decays


class Optimizer(Spec):
    """An update rule θ ← θ + Δ(g, state)."""

    slots: ClassVar[tuple[str, ...]] = ()

    def update(self, theta: Array, g: Array, rate: float, state: OptimizerState) -> None:
        """Change `theta` in place along the gradient `g`, both flat vectors; `g` may be spoilt."""
        raise NotImplementedError


optimizer: Registry[Optimizer] = Registry("optimizer")


@optimizer("sgd", label="SGD")
@dataclass(frozen=True)
class SGD(Optimizer):
    """Gradient descent, θ ← θ − λ g; full, mini or single batches by the batch size."""

    def update(self, theta: Array, g: Array, rate: float, state: OptimizerState) -> None:
        """Step against the gradient."""
        g *= rate
        theta -= g


@optimizer("adam", label="Adam")
@dataclass(frozen=True)
class Adam(Optimizer):
    """Adam (Kingma and Ba 2015): θ ← θ − λ m̂ / (√v̂ + ε)."""

    beta1: float = param(0.9, low=0.0, high=0.9999, label="β₁", help="Memory of the mean gradient")
    beta2: float = param(
        0.999, low=0.0, high=0.99999, label="β₂", help="Memory of the squared gradient"
    )
    epsilon: float = param(1e-8, above=0.0, high=1.0, label="ε", log=True, help="Keeps √v from 0")

    slots: ClassVar[tuple[str, ...]] = ("m", "v")

    def update(self, theta: Array, g: Array, rate: float, state: OptimizerState) -> None:
        """Step by the bias-corrected mean over the root of the mean square.

        Both corrections are folded into scalars: λ m̂ / (√v̂ + ε) = λ' m / (√v + ε') with
        λ' = λ √(1 − β₂ᵗ) / (1 − β₁ᵗ) and ε' = ε √(1 − β₂ᵗ).
        """
        xp, m, v, scratch = state.xp, state.slots["m"], state.slots["v"], state.scratch
        root = sqrt(1 - self.beta2**state.t)
        xp.multiply(g, 1 - self.beta1, out=scratch)
        m *= self.beta1
        m += scratch
        g *= g
        g *= 1 - self.beta2
        v *= self.beta2
        v += g
        xp.sqrt(v, out=g)
        g += self.epsilon * root
        xp.divide(m, g, out=g)
        g *= rate * root / (1 - self.beta1**state.t)
        theta -= g
