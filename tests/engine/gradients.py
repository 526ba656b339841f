"""Derivatives by central differences, to check those that are written out by hand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

TOLERANCE = 1e-6


def numeric_gradient(f: Callable[[], float], x: np.ndarray, h: float = 1e-5) -> np.ndarray:
    """Return df/dx, where `f` reads `x`, which is changed in place and put back."""
    gradient = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        before = x[i]
        x[i] = before + h
        above = f()
        x[i] = before - h
        below = f()
        x[i] = before
        gradient[i] = (above - below) / (2 * h)
    return gradient


def assert_gradient(analytic: np.ndarray, numeric: np.ndarray, what: str = "gradient") -> None:
    """Compare two gradients by the norm of their difference, relative to the larger norm."""
    scale = max(np.linalg.norm(analytic), np.linalg.norm(numeric))
    error = np.linalg.norm(analytic - numeric)
    if scale > 1e-9:
        error /= scale
    assert error < TOLERANCE, f"{what}: relative error {error:.2e}"


def smooth_points(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Draw float64 points of which none lies within 0.02 of −1, 0 or 1, where functions bend."""
    x = rng.normal(0, 1.5, shape)
    for kink in (-1.0, 0.0, 1.0):
        near = np.abs(x - kink) < 0.02
        x[near] = kink + 0.05
    return x
