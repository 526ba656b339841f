"""Kernels k(x, c): inner products of two lists of numbers in a space of more dimensions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from engine.arrays import Array
from engine.fields import Spec, param
from engine.registry import Registry
from engine.run import Run

KernelBackward: TypeAlias = Callable[[Array], Array]


class Kernel(Spec):
    """A symmetric function of two points whose matrix over any points has no eigenvalue below 0."""

    def forward(self, x: Array, c: Array, run: Run) -> tuple[Array, KernelBackward]:
        """Return k(x, c) (N, centres) and the map from dL/dk to dL/dx.

        Parameters
        ----------
        x, c
            Points (N, features) and centres (centres, features).
        run
            Buffers.
        """
        raise NotImplementedError


kernel: Registry[Kernel] = Registry("kernel")


@kernel("rbf", label="RBF (Gaussian)")
@dataclass(frozen=True)
class RBF(Kernel):
    """k(x, c) = exp(−γ |x − c|²): 1 at the centre, falling with the distance."""

    gamma: float = param(
        1.0, above=0.0, high=10_000.0, log=True, label="γ", help="How fast the kernel falls"
    )

    def forward(self, x: Array, c: Array, run: Run) -> tuple[Array, KernelBackward]:
        """Return k, by |x − c|² = |x|² + |c|² − 2 x·c; dx = 2 γ Σⱼ dkⱼ kⱼ (cⱼ − x)."""
        xp, ones = run.xp, run.ones(x.shape[1])
        k = xp.dot(x, c.T, out=run.new("rbf", (len(x), len(c))))
        k *= run.constant(-2.0)
        k += xp.dot(x * x, ones)[:, None]
        k += xp.dot(c * c, ones)
        xp.maximum(k, run.constant(0.0), out=k)
        k *= run.constant(-self.gamma)
        xp.exp(k, out=k)

        def backward(dk: Array) -> Array:
            slopes = xp.multiply(dk, k, out=run.new("slopes", k.shape))
            dx = xp.dot(slopes, c, out=run.new("dx", x.shape))
            dx -= xp.dot(slopes, run.ones(len(c)))[:, None] * x
            dx *= run.constant(2 * self.gamma)
            return dx

        return k, backward


@kernel("polynomial", label="Polynomial")
@dataclass(frozen=True)
class Polynomial(Kernel):
    """k(x, c) = (γ x·c + r)^d, the inner product of all products of up to d of the inputs."""

    degree: int = param(2, low=1, high=10, label="Degree d", help="How many inputs are multiplied")
    gamma: float = param(1.0, above=0.0, high=10_000.0, log=True, label="γ", help="Factor on x·c")
    constant: float = param(
        1.0, low=0.0, high=1000.0, label="Constant r", help="Weight of the products of fewer inputs"
    )

    def forward(self, x: Array, c: Array, run: Run) -> tuple[Array, KernelBackward]:
        """Return k; dx = γ d Σⱼ dkⱼ (γ x·cⱼ + r)^(d − 1) cⱼ."""
        xp = run.xp
        base = xp.dot(x, c.T, out=run.new("base", (len(x), len(c))))
        base *= run.constant(self.gamma)
        base += run.constant(self.constant)
        k = xp.power(base, self.degree, out=run.new("polynomial", base.shape))

        def backward(dk: Array) -> Array:
            slopes = xp.power(base, self.degree - 1, out=run.new("slopes", base.shape))
            slopes *= dk
            slopes *= run.constant(self.gamma * self.degree)
            return xp.dot(slopes, c, out=run.new("dx", x.shape))

        return k, backward
