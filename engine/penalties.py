"""Penalties on weights (regularization): a term λ P(θ) added to the loss.

NumPy's ufuncs work on CuPy's arrays as well, so the functions serve both.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.fields import Spec, param
from engine.registry import Registry


class Penalty(Spec):
    """A term that keeps weights small; biases are left alone through the vector `decays`."""

    def value(self, theta: Array, decays: Array) -> float:
        """Return λ P(θ) over the parameters where `decays` is 1."""
        raise NotImplementedError

    def add_gradient(self, theta: Array, decays: Array, g: Array, scratch: Array) -> None:
        """Add ∂(λ P)/∂θ to `g` in place; `scratch` is a vector to spoil."""
        raise NotImplementedError


penalty: Registry[Penalty] = Registry("penalty")


def _add_l1(strength: float, theta: Array, decays: Array, g: Array, scratch: Array) -> None:
    """Add λ sign w to `g`."""
    np.sign(theta, out=scratch)
    scratch *= decays
    scratch *= strength
    g += scratch


def _add_l2(strength: float, theta: Array, decays: Array, g: Array, scratch: Array) -> None:
    """Add λ w to `g`."""
    np.multiply(theta, decays, out=scratch)
    scratch *= strength
    g += scratch


@penalty("none", label="None")
@dataclass(frozen=True)
class NoPenalty(Penalty):
    """No penalty."""

    def value(self, theta: Array, decays: Array) -> float:
        """Return zero."""
        return 0.0

    def add_gradient(self, theta: Array, decays: Array, g: Array, scratch: Array) -> None:
        """Leave the gradient as it is."""


@penalty("l1", label="L1")
@dataclass(frozen=True)
class L1(Penalty):
    """λ Σ |w| (lasso), which draws weights to exactly zero; its gradient is λ sign w, 0 at 0."""

    strength: float = param(1e-4, low=0.0, high=10.0, log=True, label="Strength λ")

    def value(self, theta: Array, decays: Array) -> float:
        """Return λ Σ |w|."""
        return float(self.strength * (abs(theta) @ decays))

    def add_gradient(self, theta: Array, decays: Array, g: Array, scratch: Array) -> None:
        """Add λ sign w."""
        _add_l1(self.strength, theta, decays, g, scratch)


@penalty("l2", label="L2")
@dataclass(frozen=True)
class L2(Penalty):
    """λ/2 Σ w² (ridge, weight decay); its gradient is λ w."""

    strength: float = param(1e-4, low=0.0, high=10.0, log=True, label="Strength λ")

    def value(self, theta: Array, decays: Array) -> float:
        """Return λ/2 Σ w²."""
        return float(self.strength / 2 * (theta @ (theta * decays)))

    def add_gradient(self, theta: Array, decays: Array, g: Array, scratch: Array) -> None:
        """Add λ w."""
        _add_l2(self.strength, theta, decays, g, scratch)


@penalty("linf", label="L∞")
@dataclass(frozen=True)
class LInfinity(Penalty):
    """λ max |w|, which holds down the largest weight; its gradient is λ sign w there.

    Where several weights are the largest, the first of them takes the gradient.
    """

    strength: float = param(1e-2, low=0.0, high=10.0, log=True, label="Strength λ")

    def value(self, theta: Array, decays: Array) -> float:
        """Return λ max |w|; 0 where there are no weights."""
        return float(self.strength * abs(theta * decays).max()) if theta.size else 0.0

    def add_gradient(self, theta: Array, decays: Array, g: Array, scratch: Array) -> None:
        """Add λ sign w at the largest weight."""
        if theta.size:
            scratch[:] = theta
            scratch *= decays
            largest = int(abs(scratch).argmax())
            weight = float(scratch[largest])
            g[largest] += self.strength * ((weight > 0) - (weight < 0))


@penalty("elastic", label="Elastic net")
@dataclass(frozen=True)
class Elastic(Penalty):
    """λ (r Σ |w| + (1 − r)/2 Σ w²), L1 and L2 mixed (Zou and Hastie 2005)."""

    strength: float = param(1e-4, low=0.0, high=10.0, log=True, label="Strength λ")
    ratio: float = param(0.5, low=0.0, high=1.0, step=0.05, label="Share of L1")

    def value(self, theta: Array, decays: Array) -> float:
        """Return λ (r Σ |w| + (1 − r)/2 Σ w²)."""
        absolute, squares = abs(theta) @ decays, theta @ (theta * decays)
        return float(self.strength * (self.ratio * absolute + (1 - self.ratio) / 2 * squares))

    def add_gradient(self, theta: Array, decays: Array, g: Array, scratch: Array) -> None:
        """Add λ (r sign w + (1 − r) w)."""
        _add_l1(self.strength * self.ratio, theta, decays, g, scratch)
        _add_l2(self.strength * (1 - self.ratio), theta, decays, g, scratch)
