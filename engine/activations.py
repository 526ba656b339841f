"""Activation functions f(z) and their derivatives, as in any textbook on neural networks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from engine.arrays import Array
from engine.fields import Spec
from engine.registry import Registry
from engine.run import Run

ActivationBackward: TypeAlias = Callable[[Array], Array]


class Activation(Spec):
    """An elementwise function, or one over the last axis (softmax), with its derivative."""

    range: ClassVar[tuple[float, float]] = (-1.0, 1.0)
    """The interval that a picture of the function should show; (0, 1) for probabilities."""

    def forward(self, z: Array, run: Run) -> tuple[Array, ActivationBackward]:
        """Return f(z), of the shape of `z`, and the map from dL/df to dL/dz."""
        raise NotImplementedError


activation: Registry[Activation] = Registry("activation")


@activation("identity", label="Identity")
@dataclass(frozen=True)
class Identity(Activation):
    """f(z) = z."""

    def forward(self, z: Array, run: Run) -> tuple[Array, ActivationBackward]:
        """Return `z` itself."""
        return z, lambda dy: dy


@activation("sigmoid", label="Sigmoid")
@dataclass(frozen=True)
class Sigmoid(Activation):
    """f(z) = 1 / (1 + exp(−z)), computed as ½ + ½ tanh(z/2), which cannot overflow."""

    range: ClassVar[tuple[float, float]] = (0.0, 1.0)

    def forward(self, z: Array, run: Run) -> tuple[Array, ActivationBackward]:
        """Return σ(z); dz = σ (1 − σ) dy."""
        xp = run.xp
        y = xp.multiply(z, 0.5, out=run.new("sigmoid", z.shape))
        xp.tanh(y, out=y)
        y *= 0.5
        y += 0.5

        def backward(dy: Array) -> Array:
            dz = xp.subtract(1, y, out=run.new("dz", y.shape))
            dz *= y
            dz *= dy
            return dz

        return y, backward


@activation("tanh", label="tanh")
@dataclass(frozen=True)
class Tanh(Activation):
    """f(z) = tanh z."""

    def forward(self, z: Array, run: Run) -> tuple[Array, ActivationBackward]:
        """Return tanh z; dz = (1 − tanh² z) dy."""
        xp = run.xp
        y = xp.tanh(z, out=run.new("tanh", z.shape))

        def backward(dy: Array) -> Array:
            dz = xp.multiply(y, y, out=run.new("dz", y.shape))
            xp.subtract(1, dz, out=dz)
            dz *= dy
            return dz

        return y, backward


@activation("relu", label="ReLU")
@dataclass(frozen=True)
class ReLU(Activation):
    """f(z) = max(0, z)."""

    def forward(self, z: Array, run: Run) -> tuple[Array, ActivationBackward]:
        """Return max(0, z); dz = dy where z > 0, else 0."""
        xp = run.xp
        y = xp.maximum(z, 0, out=run.new("relu", z.shape))

        def backward(dy: Array) -> Array:
            dz = xp.sign(y, out=run.new("dz", y.shape))
            dz *= dy
            return dz

        return y, backward


@activation("softmax", label="Softmax")
@dataclass(frozen=True)
class Softmax(Activation):
    """fᵢ(z) = exp zᵢ / Σⱼ exp zⱼ over the last axis, shifted by the maximum for stability."""

    range: ClassVar[tuple[float, float]] = (0.0, 1.0)

    def forward(self, z: Array, run: Run) -> tuple[Array, ActivationBackward]:
        """Return p = softmax(z); dz = p ⊙ (dy − Σⱼ dyⱼ pⱼ)."""
        xp = run.xp
        p = xp.subtract(z, z.max(axis=-1, keepdims=True), out=run.new("softmax", z.shape))
        xp.exp(p, out=p)
        p /= p.sum(axis=-1, keepdims=True)

        def backward(dy: Array) -> Array:
            dz = xp.multiply(dy, p, out=run.new("dz", p.shape))
            xp.subtract(dy, dz.sum(axis=-1, keepdims=True), out=dz)
            dz *= p
            return dz

        return p, backward
