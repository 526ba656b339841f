"""A run at one moment, as it is kept in memory and in files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np

from engine.arrays import Array, Backend
from engine.tasks.base import HostArray


@dataclass(frozen=True)
class Checkpoint:
    """A run at one moment, enough to go on to the same bits.

    Attributes
    ----------
    arrays
        ``theta``, the optimizer's slots as ``slot.NAME``, ``best``, ``history``, ``batches``.
    state
        Counters and random states, plain JSON.
    """

    arrays: Mapping[str, HostArray]
    state: Mapping[str, Any]


def counter(value: Any, end: float = inf) -> int:
    """Return a count out of a file; raise ValueError where it is not from 0 to below `end`."""
    count = int(value)
    if not 0 <= count < end:
        raise ValueError(f"{count} is out of range")
    return count


def fill(vector: Array, values: HostArray, device: Backend) -> None:
    """Copy host values into a vector on the device; raise ValueError where they do not fit."""
    if values.shape != vector.shape or not np.isfinite(values).all():
        raise ValueError("weights are missing or not finite")
    vector[:] = device.to_device(values)
