"""How columns of numbers are brought to a common scale; always fitted on the training part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from engine.errors import DataError

HostArray = np.ndarray[Any, Any]

SCALINGS = ("min-max", "standard", "none")
SCALING_HELP = "Fitted on the training part: to 0 … 1, or to mean 0 and standard deviation 1"


def fit_scaling(seen: HostArray, scaling: str) -> tuple[HostArray, HostArray]:
    """Return offset and scale of each column, so that (value − offset) / scale is its number.

    Parameters
    ----------
    seen
        The rows to fit, (N, columns).
    scaling
        One of `SCALINGS`: min and max − min, mean and standard deviation, or 0 and 1.
    """
    with np.errstate(all="ignore"):  # `scaled` refuses what overflows
        if scaling == "min-max":
            offset, scale = seen.min(axis=0), np.ptp(seen, axis=0)
        elif scaling == "standard":
            offset, scale = seen.mean(axis=0), seen.std(axis=0)
        else:
            offset, scale = np.zeros(seen.shape[1]), np.ones(seen.shape[1])
    return offset, np.where(scale > 0, scale, 1.0)  # a column that never changes becomes 0


def scaled(
    values: HostArray, offsets: HostArray, scales: HostArray, file: str, columns: Sequence[str]
) -> HostArray:
    """Return (values − offsets) / scales as float32 (N, columns).

    Raises
    ------
    DataError
        Where a number is too large for float32; it names file and column.
    """
    with np.errstate(all="ignore"):
        numbers: HostArray = ((values - offsets) / scales).astype(np.float32)
    usable = np.isfinite(numbers).all(axis=0) & np.isfinite(offsets) & np.isfinite(scales)
    if not usable.all():
        raise DataError(
            "{file}: the column {column} holds numbers too large to train on; correct them, or "
            "choose another scaling.",
            file=file,
            column=columns[int(np.argmin(usable))],
        )
    return numbers


def fitted_scaling(offsets: Any, scales: Any, columns: int) -> tuple[HostArray, HostArray]:
    """Return the offsets and scales that a file holds, or raise ValueError where they are none."""
    offsets, scales = np.array(offsets, np.float64), np.array(scales, np.float64)
    usable = np.isfinite(offsets).all() and np.isfinite(scales).all() and scales.all()
    if not offsets.shape == scales.shape == (columns,) or not usable:
        raise ValueError("the scaling does not fit the columns")
    return offsets, scales
