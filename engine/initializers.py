"""How weights begin: distributions scaled by fan-in and fan-out."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
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


@initializer("glorot", label="Xavier (Glorot)")
@dataclass(frozen=True)
class Glorot(Initializer):
    """Uniform on ±√(6 / (fan_in + fan_out)) (Glorot and Bengio 2010)."""

    gain: float = param(1.0, above=0.0, high=10.0, label="Gain", help="Factor on the bound")

    def draw(
        self, rng: np.random.Generator, shape: Shape, fan_in: int, fan_out: int
    ) -> np.ndarray[Any, Any]:
        """Draw uniform weights with variance gain² · 2 / (fan_in + fan_out)."""
        bound = self.gain * sqrt(6 / (fan_in + fan_out))
        return rng.uniform(-bound, bound, shape)
