"""Gradient clipping, against gradients that explode."""

from __future__ import annotations

from typing import Any

from engine.arrays import Array


def clip(gradient: Array, norm: float, value: float, xp: Any) -> None:
    """Shorten a flat gradient g in place (Pascanu et al. 2013); 0 leaves either rule out.

    First every component is cut to ±`value`; then, where ‖g‖ exceeds `norm`, g becomes
    g · norm / ‖g‖, which keeps its direction.
    """
    if value:
        xp.clip(gradient, -value, value, out=gradient)
    if norm:
        length = float(xp.sqrt(xp.dot(gradient, gradient)))
        if length > norm:
            gradient *= norm / length
