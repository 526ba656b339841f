"""Losses of two numbers, to show how optimizers go downhill."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin
from typing import Any, Protocol

import numpy as np

from engine.optimizers import Optimizer, OptimizerState
from engine.tasks.base import HostArray


class Surface(Protocol):
    """A loss of two parameters."""

    def value(self, points: HostArray) -> HostArray:
        """Return the loss (…) at points (…, 2)."""
        ...

    def gradient(self, point: HostArray) -> HostArray:
        """Return the gradient (2,) at a point (2,)."""
        ...


@dataclass(frozen=True)
class Valley:
    """A long valley, L = (κ₁ u² + κ₂ v²) / 2, with u along it, v across, and turned by `angle`.

    With the curvatures 4 and 120 gradient descent goes to and fro across the valley where the
    learning rate exceeds 1/120, and diverges above 2/120.
    """

    along: float = 4.0
    across: float = 120.0
    angle: float = pi / 9

    def _matrix(self) -> HostArray:
        c, s = cos(self.angle), sin(self.angle)
        turn = np.array([[c, -s], [s, c]])
        matrix: HostArray = turn @ np.diag([self.along, self.across]) @ turn.T
        return matrix

    def value(self, points: HostArray) -> HostArray:
        """Return xᵀ H x / 2."""
        losses: HostArray = ((points @ self._matrix()) * points).sum(axis=-1) / 2
        return losses

    def gradient(self, point: HostArray) -> HostArray:
        """Return H x."""
        slope: HostArray = self._matrix() @ point
        return slope


class Sampled:
    """A surface known at the points of a square grid around 0, and between them by interpolation.

    Parameters
    ----------
    values
        The losses (n, n), rows along the second axis.
    reach
        The grid runs from −reach to reach in both directions.
    """

    def __init__(self, values: HostArray, reach: float) -> None:
        self.values, self.reach = values, reach
        self._cell = 2 * reach / (len(values) - 1)
        down, right = np.gradient(values.astype(np.float64), self._cell)
        self._slopes = np.stack([right, down], axis=-1)

    def value(self, points: HostArray) -> HostArray:
        """Return the interpolated loss; outside of the grid, that of its edge."""
        return self._between(self.values[..., None], points)[..., 0]

    def gradient(self, point: HostArray) -> HostArray:
        """Return the interpolated gradient."""
        return self._between(self._slopes, point)

    def _between(self, grid: HostArray, points: HostArray) -> HostArray:
        """Interpolate bilinearly in a grid (n, n, k) at points (…, 2)."""
        last = len(grid) - 1
        at = np.clip((np.asarray(points) + self.reach) / self._cell, 0, last)
        corner = np.minimum(at.astype(int), last - 1)
        x, y = np.moveaxis((at - corner)[..., None], -2, 0)
        column, row = np.moveaxis(corner, -1, 0)
        upper = grid[row, column] * (1 - x) + grid[row, column + 1] * x
        lower = grid[row + 1, column] * (1 - x) + grid[row + 1, column + 1] * x
        mixed: HostArray = upper * (1 - y) + lower * y
        return mixed


def descend(
    optimizer: Optimizer, rate: float, surface: Surface, start: HostArray, steps: int
) -> HostArray:
    """Return the points (steps + 1, 2) that an optimizer comes to, fewer where it diverges.

    An optimizer that evaluates the loss at several places in an update gives these places.
    """
    theta = np.array(start, np.float64)
    state = OptimizerState(np, theta, optimizer.slots, np.ones(2))
    points = [theta.copy()]
    if optimizer.evaluates:

        def objective(x: np.ndarray[Any, Any]) -> tuple[float, np.ndarray[Any, Any]]:
            points.append(x.copy())
            return float(surface.value(x)), surface.gradient(x)

        optimizer.minimize(theta, objective, state)
        return np.array(points[: steps + 1])
    for _ in range(steps):
        state.t += 1
        optimizer.update(theta, surface.gradient(theta), rate, state)
        if not np.isfinite(theta).all() or abs(theta).max() > 1e6:
            break
        points.append(theta.copy())
    return np.array(points)
