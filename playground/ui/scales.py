"""The rules behind charts, free of Qt: thinning of long series, axis limits and round ticks."""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.ui.numbers import axis_text, number_text

SHOWN_POINTS = 400

Ticks = list[tuple[float, str]]


def thin(
    x: ArrayLike, y: ArrayLike, limit: int = SHOWN_POINTS
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Reduce a series to at most `limit` points: the extremes of each stretch, and the end.

    Returns `x` and `y` as float arrays of equal length. Where a stretch holds NaN beside numbers,
    the numbers are kept.
    """
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    n = len(y)
    if n <= limit:
        return x, y
    size = -(-n // ((limit - 1) // 2))
    # The last stretch is filled up with the last value, which is kept in any case.
    body = np.append(y, np.full(-n % size, y[-1])).reshape(-1, size)
    gaps = np.isnan(body)
    low = np.where(gaps, np.inf, body).argmin(axis=1)
    high = np.where(gaps, -np.inf, body).argmax(axis=1)
    start = np.arange(0, n, size)
    keep = np.sort(np.concatenate([start + low, start + high, [n - 1]]).clip(max=n - 1))
    # NumPy's own `unique` would import much with the first long curve.
    keep = keep[np.append(True, np.diff(keep) > 0)]
    return x[keep], y[keep]


def x_limit(largest: float) -> float:
    """Return the end of an axis that holds `largest`: 10, 20, 30, 60, 100, 200, 300, 600, ..."""
    decade = 10.0
    while largest > 6 * decade:
        decade *= 10
    return decade * next(factor for factor in (1, 2, 3, 6) if largest <= factor * decade)


def nice_step(span: float, count: int) -> float:
    """Return a distance of about `count` ticks: 1, 2, 2.5 or 5 times a power of ten."""
    raw = span / count
    decade = 10.0 ** math.floor(math.log10(raw))
    return decade * next(f for f in (1, 2, 2.5, 5, 10) if raw <= f * decade * (1 + 1e-9))


def round_ticks(low: float, high: float, count: int = 3, percent: bool = False) -> Ticks:
    """Return about `count` round positions within [low, high] with their texts."""
    if not high > low:
        return []
    step = nice_step(high - low, count)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [(i * step, axis_text(i * step, step, percent)) for i in range(first, last + 1)]


def log_ticks(low: float, high: float) -> Ticks:
    """Return log10 positions and texts: 1 and 3 of each decade, or every few decades when many."""
    factors = (1, 3) if high - low <= 2.5 else (1,)
    stride = max(1, math.ceil((high - low) / 4)) if len(factors) == 1 else 1
    values = [
        factor * 10.0**decade
        for decade in range(math.floor(low), math.ceil(high) + 1, stride)
        for factor in factors
    ]
    ticks = [(math.log10(value), number_text(value)) for value in values]
    return [(at, text) for at, text in ticks if low - 1e-9 <= at <= high + 1e-9]


def grown(low: float, high: float, data_low: float, data_high: float) -> tuple[float, float]:
    """Widen the range [low, high] in whole steps of its ticks until it holds the data."""
    if data_low >= low and data_high <= high:
        return low, high
    low, high = min(low, data_low), max(high, data_high)
    step = nice_step((high - low) or 1.0, 3)
    return math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step


def grown_log(low: float, high: float, data_low: float, data_high: float) -> tuple[float, float]:
    """Widen a range of log10 values to the next 1 or 3 of a decade until it holds the data."""
    half = math.log10(3)

    def below(v: float) -> float:
        return math.floor(v) + (half if v - math.floor(v) >= half else 0.0)

    def above(v: float) -> float:
        fraction = v - math.floor(v)
        return math.floor(v) + (0.0 if fraction == 0 else half if fraction <= half else 1.0)

    return min(low, below(data_low)), max(high, above(data_high))
