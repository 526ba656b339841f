"""Activation functions f(z) and their derivatives, as in any textbook on neural networks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import pi, sqrt
from typing import ClassVar, TypeAlias

from engine.arrays import Array, row_maxima, special
from engine.fields import Spec, param
from engine.registry import Registry
from engine.run import Run

ActivationBackward: TypeAlias = Callable[[Array], Array]


class Activation(Spec):
    """An elementwise function, or one over the last axis (softmax), with its derivative."""

    range: ClassVar[tuple[float, float]] = (-1.0, 1.0)
    """The interval that a picture of the function should show; (0, 1) for probabilities."""
    elementwise: ClassVar[bool] = True
    """Whether each value is mapped by itself, wherever it lies."""
    monotone: ClassVar[bool] = False
    """Whether f(z) nowhere falls, so that the largest of several f(z) is that of the largest z."""

    def forward(self, z: Array, run: Run) -> tuple[Array, ActivationBackward]:
        """Return f(z), of the shape of `z`, and the map from dL/df to dL/dz."""
        raise NotImplementedError


activation: Registry[Activation] = Registry("activation")


@activation("identity", label="Identity")
@dataclass(frozen=True)
class Identity(Activation):
    """f(z) = z."""

    monotone: ClassVar[bool] = True

    def forward(self, z: Array, run: Run) -> tuple[Array, ActivationBackward]:
        """Return `z` itself."""
        return z, lambda dy: dy


@activation("step", label="Step function")
@dataclass(frozen=True)
class Step(Activation):
    """f(z) = 1 where z ≥ 0, else 0: the threshold unit of Rosenblatt's perceptron (1958).

    Its derivative is 0 everywhere but at the jump, so gradient descent learns nothing through it.
    """

    range: ClassVar[tuple[float, float]] = (0.0, 1.0)
    monotone: ClassVar[bool] = True

    def forward(self, z: Array, run: Run) -> tuple[Array, ActivationBackward]:
        """Return 0 or 1; dz = 0."""
        y = run.new("step", z.shape)
        y[...] = z >= run.constant(0.0)
        return y, lambda dy: run.constant(0.0, dy.shape)


@activation("sigmoid", label="Sigmoid")
@dataclass(frozen=True)
class Sigmoid(Activation):
    """f(z) = 1 / (1 + exp(−z)), computed as ½ + ½ tanh(z/2), which cannot overflow."""

    range: ClassVar[tuple[float, float]] = (0.0, 1.0)
    monotone: ClassVar[bool] = True

    def forward(self, z: Array, run: Run) -> tuple[Array, ActivationBackward]:
        """Return σ(z); dz = (σ − σ²) dy."""
        xp, half = run.xp, run.constant(0.5)
        y = xp.multiply(z, half, out=run.new("sigmoid", z.shape))
        xp.tanh(y, out=y)
        y *= half
        y += half

        def backward(dy: Array) -> Array:
            dz = xp.multiply(y, y, out=run.new("dz", y.shape))
            xp.subtract(y, dz, out=dz)
            dz *= dy
            return dz

        return y, backward


@activation("tanh", label="tanh")
@dataclass(frozen=True)
class Tanh(Activation):
    """f(z) = tanh z."""

    monotone: ClassVar[bool] = True

    def forward(self, z: Array, run: Run) -> tuple[Array, ActivationBackward]:
        """Return tanh z; dz = dy − tanh² z dy."""
        xp = run.xp
        y = xp.tanh(z, out=run.new("tanh", z.shape))

        def backward(dy: Array) -> Array:
            dz = xp.multiply(y, y, out=run.new("dz", y.shape))
            dz *= dy
            return xp.subtract(dy, dz, out=dz)

        return y, backward


@activation("hard_tanh", label="Hard tanh")
@dataclass(frozen=True)
class HardTanh(Activation):
    """f(z) = −1 below −1, z between, 1 above 1."""

    monotone: ClassVar[bool] = True

    def forward(self, z: Array, run: Run) -> tuple[Array, ActivationBackward]:
        """Return z clipped to [−1, 1]; dz = dy where |z| < 1, else 0."""
        xp = run.xp
        y = xp.clip(z, -1, 1, out=run.new("hard_tanh", z.shape))

        def backward(dy: Array) -> Array:
            dz = xp.abs(y, out=run.new("dz", y.shape))
            dz[...] = dz < run.constant(1.0)
            dz *= dy
            return dz

        return y, backward


@activation("softsign", label="Softsign")
@dataclass(frozen=True)
class Softsign(Activation):
    """f(z) = z / (1 + |z|)."""

    monotone: ClassVar[bool] = True

    def forward(self, z: Array, run: Run) -> tuple[Array, ActivationBackward]:
        """Return f(z); dz = dy / (1 + |z|)²."""
        xp = run.xp
        scale = xp.abs(z, out=run.new("scale", z.shape))
        scale += run.constant(1.0)
        y = xp.divide(z, scale, out=run.new("softsign", z.shape))

        def backward(dy: Array) -> Array:
            dz = xp.divide(dy, scale, out=run.new("dz", y.shape))
            dz /= scale
            return dz

        return y, backward


@activation("relu", label="ReLU")
@dataclass(frozen=True)
class ReLU(Activation):
    """f(z) = max(0, z) (Nair and Hinton 2010)."""

    monotone: ClassVar[bool] = True

    def forward(self, z: Array, run: Run) -> tuple[Array, ActivationBackward]:
        """Return max(0, z); dz = dy where z > 0, else 0."""
        xp = run.xp
        y = xp.maximum(z, run.constant(0.0, z.shape), out=run.new("relu", z.shape))

        def backward(dy: Array) -> Array:
            dz = run.new("dz", y.shape)
            dz[...] = y > run.constant(0.0)
            dz *= dy
            return dz

        return y, backward


@activation("leaky_relu", label="Leaky ReLU")
@dataclass(frozen=True)
class LeakyReLU(Activation):
    """f(z) = z where z > 0, else α z (Maas et al. 2013)."""

    monotone: ClassVar[bool] = True
    alpha: float = param(0.01, low=0.0, high=1.0, label="Slope α", help="Slope below zero")

    def forward(self, z: Array, run: Run) -> tuple[Array, ActivationBackward]:
        """Return max(z, α z), which is the same for α ≤ 1; dz = (α + (1 − α) [z > 0]) dy."""
        xp, alpha = run.xp, run.constant(self.alpha)
        y = xp.multiply(z, alpha, out=run.new("leaky_relu", z.shape))
        xp.maximum(y, z, out=y)

        def backward(dy: Array) -> Array:
            dz = run.new("dz", y.shape)
            dz[...] = y > run.constant(0.0)
            dz *= run.constant(1 - self.alpha)
            dz += alpha
            dz *= dy
            return dz

        return y, backward


def _elu(z: Array, alpha: float, scale: float, run: Run) -> tuple[Array, ActivationBackward]:
    """Return s f(z) with f(z) = z above 0 and α (exp z − 1) below.

    With n = α (exp min(z, 0) − 1), which is 0 above 0, both halves are one formula:
    f = n + max(z, 0) and f′ = n + α + (1 − α) [z > 0].
    """
    xp, zeros = run.xp, run.constant(0.0, z.shape)
    n = xp.minimum(z, zeros, out=run.new("n", z.shape))
    xp.expm1(n, out=n)
    n *= run.constant(alpha)
    y = xp.maximum(z, zeros, out=run.new("elu", z.shape))
    y += n
    if scale != 1:
        y *= run.constant(scale)

    def backward(dy: Array) -> Array:
        dz = run.new("dz", y.shape)
        dz[...] = y > run.constant(0.0)
        dz *= run.constant(1 - alpha)
        dz += run.constant(alpha)
        dz += n
        dz *= dy
        if scale != 1:
            dz *= run.constant(scale)
        return dz

    return y, backward


@activation("elu", label="ELU")
@dataclass(frozen=True)
class ELU(Activation):
    """f(z) = z where z > 0, else α (exp z − 1) (Clevert et al. 2016)."""

    monotone: ClassVar[bool] = True
    alpha: float = param(1.0, above=0.0, high=10.0, label="Depth α", help="f(z) falls to −α")

    def forward(self, z: Array, run: Run) -> tuple[Array, ActivationBackward]:
        """Return f(z); dz = dy where z > 0, else α exp z dy."""
        return _elu(z, self.alpha, 1.0, run)


@activation("selu", label="SELU")
@dataclass(frozen=True)
class SELU(Activation):
    """f(z) = s ELU(z; α), with α and s such that mean 0 and variance 1 are kept.

    The two numbers are from Klambauer et al. 2017; the weights should begin as LeCun's.
    """

    range: ClassVar[tuple[float, float]] = (-2.0, 2.0)
    monotone: ClassVar[bool] = True
    alpha: ClassVar[float] = 1.6732632423543772
    scale: ClassVar[float] = 1.0507009873554805

    def forward(self, z: Array, run: Run) -> tuple[Array, ActivationBackward]:
        """Return f(z); dz = s dy where z > 0, else s α exp z dy."""
        return _elu(z, self.alpha, self.scale, run)


@activation("gelu", label="GELU")
@dataclass(frozen=True)
class GELU(Activation):
    """f(z) = z Φ(z), Φ the normal distribution function (Hendrycks and Gimpel 2016).

    The exact form has Φ(z) = ½ (1 + erf(z / √2)); the tanh form, several times as fast, has
    Φ(z) ≈ ½ (1 + tanh u), u = √(2/π) (z + 0.044715 z³), and differs by less than 0.0005.
    """

    form: str = param(
        "exact", choices=("exact", "tanh"), label="Form", help="By the error function, or by tanh"
    )

    def forward(self, z: Array, run: Run) -> tuple[Array, ActivationBackward]:
        """Return f(z); dz = (Φ + z Φ′) dy."""
        y = run.new("gelu", z.shape)
        phi = run.new("phi", z.shape)
        (self._exact if self.form == "exact" else self._tanh)(z, phi, run)
        run.xp.multiply(z, phi, out=y)

        def backward(dy: Array) -> Array:
            slope = self._exact_slope if self.form == "exact" else self._tanh_slope
            dz = slope(z, phi, run)
            dz *= z
            dz += phi
            dz *= dy
            return dz

        return y, backward

    def _exact(self, z: Array, phi: Array, run: Run) -> None:
        """Write Φ(z) = ½ + ½ erf(z / √2)."""
        half = run.constant(0.5)
        run.xp.multiply(z, run.constant(sqrt(0.5)), out=phi)
        special(run.xp).erf(phi, out=phi)
        phi *= half
        phi += half

    def _exact_slope(self, z: Array, phi: Array, run: Run) -> Array:
        """Return Φ′(z) = exp(−z²/2) / √(2π)."""
        slope = run.xp.multiply(z, z, out=run.new("dz", z.shape))
        slope *= run.constant(-0.5)
        run.xp.exp(slope, out=slope)
        slope *= run.constant(1 / sqrt(2 * pi))
        return slope

    def _tanh(self, z: Array, phi: Array, run: Run) -> None:
        """Write ½ + ½ tanh u."""
        half = run.constant(0.5)
        run.xp.multiply(z, z, out=phi)
        phi *= run.constant(0.044715 * sqrt(2 / pi))
        phi += run.constant(sqrt(2 / pi))
        phi *= z
        run.xp.tanh(phi, out=phi)
        phi *= half
        phi += half

    def _tanh_slope(self, z: Array, phi: Array, run: Run) -> Array:
        """Return ½ (1 − tanh² u) u′ = 2 (Φ − Φ²) u′, u′ = √(2/π) (1 + 3 · 0.044715 z²)."""
        xp = run.xp
        slope = xp.multiply(phi, phi, out=run.new("dz", z.shape))
        xp.subtract(phi, slope, out=slope)
        u = xp.multiply(z, z, out=run.new("u", z.shape))
        u *= run.constant(6 * 0.044715 * sqrt(2 / pi))
        u += run.constant(2 * sqrt(2 / pi))
        slope *= u
        return slope


@activation("softmax", label="Softmax")
@dataclass(frozen=True)
class Softmax(Activation):
    """fᵢ(z) = exp zᵢ / Σⱼ exp zⱼ over the last axis, shifted by the maximum for stability."""

    range: ClassVar[tuple[float, float]] = (0.0, 1.0)
    elementwise: ClassVar[bool] = False

    def forward(self, z: Array, run: Run) -> tuple[Array, ActivationBackward]:
        """Return p = softmax(z); dz = p ⊙ (dy − Σⱼ dyⱼ pⱼ)."""
        xp, ones = run.xp, run.ones(z.shape[-1])
        p = xp.subtract(z, row_maxima(z), out=run.new("softmax", z.shape))
        xp.exp(p, out=p)
        p /= xp.dot(p, ones)[..., None]

        def backward(dy: Array) -> Array:
            dz = xp.multiply(dy, p, out=run.new("dz", p.shape))
            xp.subtract(dy, xp.dot(dz, ones)[..., None], out=dz)
            dz *= p
            return dz

        return p, backward
