"""What the view of layers remembers, free of Qt."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.probes_layers import QUANTILES, Spread

MOST_RECORDS = 128
"""Of more records over time every second one is dropped."""

SMALLEST = 1e-12


class Trail:
    """How the spread of some numbers came about: quantiles over time, a bounded number of them."""

    def __init__(self) -> None:
        self._times: list[float] = []
        self._quantiles: list[NDArray[np.float32]] = []
        self._shares: list[NDArray[np.float64]] = []
        self._edges: NDArray[np.float64] = np.empty(0)
        self._every = 1
        self._behind = 0  # how many records the last one is behind one that stays

    def __len__(self) -> int:
        return len(self._times)

    @property
    def times(self) -> tuple[float, float]:
        """The first and the last time."""
        return (self._times[0], self._times[-1]) if self._times else (0.0, 0.0)

    def add(self, time: float, quantiles: NDArray[np.float32]) -> None:
        """Add a record; all but the last one stand at equal distances."""
        if self._behind:
            del self._times[-1], self._quantiles[-1], self._shares[len(self._times) :]
        self._times.append(time)
        self._quantiles.append(quantiles)
        self._behind = (self._behind + 1) % self._every
        if len(self._times) > MOST_RECORDS:
            del self._times[1::2], self._quantiles[1::2], self._shares[1::2]
            self._every *= 2
            self._behind = 0

    def reach(self) -> float:
        """Return the largest absolute value of all records."""
        return max((float(np.abs(q).max()) for q in self._quantiles), default=0.0)

    def picture(self, edges: NDArray[np.float64], columns: int) -> NDArray[np.float64]:
        """Return histograms over time, (bins, columns), each column from 0 to 1.

        The height of a bin is the square root of its share of the fullest one, so that thin tails
        are seen.

        Parameters
        ----------
        edges
            Bounds of the bins from the lowest to the highest, (bins + 1,); row 0 is the lowest bin.
        columns
            Their number, at equal distances in time.
        """
        if not self._times:
            return np.zeros((len(edges) - 1, columns))
        if not np.array_equal(edges, self._edges):
            self._edges, self._shares = edges, []
        self._shares += [_shares(q, edges) for q in self._quantiles[len(self._shares) :]]
        at = np.linspace(*self.times, columns)
        rows = np.searchsorted(self._times, at + 1e-9, side="right") - 1
        return np.array(self._shares)[rows.clip(0)].T


def _shares(quantiles: NDArray[np.float32], edges: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the heights of the bins between quantiles, from 0 to 1."""
    below = np.interp(edges, quantiles, QUANTILES, left=0.0, right=1.0)
    smooth = np.convolve(np.diff(below), (0.25, 0.5, 0.25), "same")
    return np.sqrt(smooth / max(float(smooth.max()), 1e-9))


def logarithms(spread: Spread) -> NDArray[np.float32]:
    """Return the quantiles of the logarithms to base 10 of absolute values."""
    logs: NDArray[np.float32] = np.log10(np.maximum(spread.quantiles, SMALLEST))
    return logs
