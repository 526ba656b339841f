"""Classes cut from numbers by thresholds."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from engine.errors import FieldError
from engine.text import Text

HostArray = np.ndarray[Any, Any]

MOST_THRESHOLDS = 9


def check_thresholds(owner: str, thresholds: tuple[float, ...]) -> None:
    """Raise FieldError where thresholds do not rise."""
    if any(low >= high for low, high in pairwise(thresholds)):
        raise FieldError(
            "{owner}: thresholds must rise from one to the next, not {value}.",
            owner=Text(owner),
            value=", ".join(f"{value:g}" for value in thresholds),
        )


def class_names(thresholds: tuple[float, ...]) -> tuple[str, ...]:
    """Name the classes between thresholds: ``< 30``, ``30–50``, ``≥ 50``."""
    low, high = f"< {thresholds[0]:g}", f"≥ {thresholds[-1]:g}"
    return (low, *(f"{a:g}–{b:g}" for a, b in pairwise(thresholds)), high)


def cut(values: HostArray, thresholds: tuple[float, ...]) -> HostArray:
    """Return the class of each number, int64: how many thresholds it reaches."""
    return np.searchsorted(thresholds, values, side="right").astype(np.int64)
