"""How weights begin: distributions scaled by fan-in and fan-out."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod, sqrt
from typing import Any

import numpy as np

from engine.arrays import Shape
from engine.fields import Spec, param
from engine.registry import Registry


class Initializer(Spec):
    """A distribution for the initial weights of one array."""

    def draw(
        self, rng: np.random.Generator, shape: Shape, fan_in: int, fan_out: int
    ) -> np.ndarray[Any, Any]:
        """Draw an array (float64) of `shape` for units with `fan_in` inputs, `fan_out` outputs."""
        raise NotImplementedError


initializer: Registry[Initializer] = Registry("initializer")


@initializer("zeros", label="Zeros")
@dataclass(frozen=True)
class Zeros(Initializer):
    """All weights 0: the units of a layer start alike, and gradients keep them alike."""

    def draw(
        self, rng: np.random.Generator, shape: Shape, fan_in: int, fan_out: int
    ) -> np.ndarray[Any, Any]:
        """Return zeros."""
        return np.zeros(shape)


@initializer("normal", label="Normal")
@dataclass(frozen=True)
class Normal(Initializer):
    """Weights from N(0, σ²), the same for every layer."""

    deviation: float = param(
        0.1, above=0.0, high=10.0, log=True, label="Standard deviation σ", help="Spread of the draw"
    )

    def draw(
        self, rng: np.random.Generator, shape: Shape, fan_in: int, fan_out: int
    ) -> np.ndarray[Any, Any]:
        """Draw from N(0, σ²)."""
        return rng.normal(0, self.deviation, shape)


@initializer("uniform", label="Uniform")
@dataclass(frozen=True)
class Uniform(Initializer):
    """Weights uniform on ±bound, the same for every layer."""

    bound: float = param(
        0.1, above=0.0, high=10.0, log=True, label="Bound", help="The largest weight drawn"
    )

    def draw(
        self, rng: np.random.Generator, shape: Shape, fan_in: int, fan_out: int
    ) -> np.ndarray[Any, Any]:
        """Draw uniformly on ±bound."""
        return rng.uniform(-self.bound, self.bound, shape)


@dataclass(frozen=True)
class Scaled(Initializer):
    """Weights with mean 0 and a variance that depends on the fans, normal or uniform."""

    distribution: str = param(
        "uniform", choices=("uniform", "normal"), label="Distribution", help="The shape of the draw"
    )

    def variance(self, fan_in: int, fan_out: int) -> float:
        """Return the variance of the weights."""
        raise NotImplementedError

    def draw(
        self, rng: np.random.Generator, shape: Shape, fan_in: int, fan_out: int
    ) -> np.ndarray[Any, Any]:
        """Draw from N(0, variance), or uniformly on ±√(3 · variance), which has the same one."""
        deviation = sqrt(self.variance(fan_in, fan_out))
        if self.distribution == "normal":
            return rng.normal(0, deviation, shape)
        return rng.uniform(-sqrt(3) * deviation, sqrt(3) * deviation, shape)


@initializer("glorot", label="Xavier (Glorot)")
@dataclass(frozen=True)
class Glorot(Scaled):
    """Variance gain² · 2 / (fan_in + fan_out) (Glorot and Bengio 2010), for tanh and sigmoid."""

    gain: float = param(1.0, above=0.0, high=10.0, label="Gain", help="Factor on the weights")

    def variance(self, fan_in: int, fan_out: int) -> float:
        """Return gain² · 2 / (fan_in + fan_out)."""
        return self.gain**2 * 2 / (fan_in + fan_out)


@initializer("he", label="He (Kaiming)")
@dataclass(frozen=True)
class He(Scaled):
    """Variance 2 / fan_in (He et al. 2015), for ReLU, which halves the variance."""

    def variance(self, fan_in: int, fan_out: int) -> float:
        """Return 2 / fan_in."""
        return 2 / fan_in


@initializer("lecun", label="LeCun")
@dataclass(frozen=True)
class LeCun(Scaled):
    """Variance 1 / fan_in (LeCun et al. 1998), for SELU."""

    def variance(self, fan_in: int, fan_out: int) -> float:
        """Return 1 / fan_in."""
        return 1 / fan_in


@initializer("orthogonal", label="Orthogonal")
@dataclass(frozen=True)
class Orthogonal(Initializer):
    """A random orthogonal matrix (Saxe et al. 2014), so that a state keeps its length over steps.

    Of a matrix that is not square, the rows or the columns, whichever are fewer, are orthonormal.
    """

    gain: float = param(1.0, above=0.0, high=10.0, label="Gain", help="Factor on the weights")

    def draw(
        self, rng: np.random.Generator, shape: Shape, fan_in: int, fan_out: int
    ) -> np.ndarray[Any, Any]:
        """Return gain · Q of the QR decomposition of a normal matrix, signs such that R has +."""
        rows = shape[0]
        matrix = rng.normal(size=(rows, prod(shape[1:])))
        tall = matrix if len(matrix) >= matrix.shape[1] else matrix.T
        q, r = np.linalg.qr(tall)
        q *= np.where(np.diag(r) < 0, -self.gain, self.gain)
        orthogonal = q if tall is matrix else q.T
        return np.ascontiguousarray(orthogonal).reshape(shape)
