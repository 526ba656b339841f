"""Penalties on weights (regularization): a term λ P(θ) added to the loss."""

from __future__ import annotations

from dataclasses import dataclass

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


@penalty("none", label="None")
@dataclass(frozen=True)
class NoPenalty(Penalty):
    """No penalty."""

    def value(self, theta: Array, decays: Array) -> float:
        """Return zero."""
        return 0.0

    def add_gradient(self, theta: Array, decays: Array, g: Array, scratch: Array) -> None:
        """Leave the gradient as it is."""


@penalty("l2", label="L2")
@dataclass(frozen=True)
class L2(Penalty):
    """λ/2 Σ w² (ridge, weight decay); its gradient is λ w."""

    strength: float = param(1e-4, low=0.0, high=10.0, log=True, label="Strength λ")

    def value(self, theta: Array, decays: Array) -> float:
        """Return λ/2 Σ w²."""
        weights = theta * decays
        return float(self.strength / 2 * (weights @ weights))

    def add_gradient(self, theta: Array, decays: Array, g: Array, scratch: Array) -> None:
        """Add λ w."""
        scratch[:] = theta
        scratch *= decays
        scratch *= self.strength
        g += scratch
