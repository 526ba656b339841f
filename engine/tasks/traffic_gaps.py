"""Where the times of a detector jump, and what is said of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.tasks.csv_file import time_text
from engine.tasks.traffic_file import Readings
from engine.text import Text


def segments_of(times: NDArray[np.datetime64]) -> tuple[np.timedelta64, NDArray[np.int64]]:
    """Return the usual step of the times, and for each row the number of its unbroken stretch."""
    if len(times) < 2:
        return np.timedelta64(300, "s"), np.zeros(len(times), np.int64)
    steps, counts = np.unique(np.diff(times), return_counts=True)
    step = steps[counts.argmax()]
    return step, np.concatenate([[0], np.cumsum(np.diff(times) != step)])


def gap_notices(readings: Readings, segments: NDArray[np.int64], left_out: int) -> tuple[Text, ...]:
    """Tell where time jumps, and how many windows are left out for it."""
    ends = np.flatnonzero(np.diff(segments))
    if not len(ends):
        return ()
    end = int(ends[0])
    place = {
        "file": readings.file,
        "row": int(readings.rows[end]),
        "time": time_text(readings.times[end]),
        "next_row": int(readings.rows[end + 1]),
        "next_time": time_text(readings.times[end + 1]),
        "left_out": left_out,
    }
    if len(ends) == 1:
        notice = Text(
            "{file} has a gap in time between row {row} ({time}) and row {next_row} "
            "({next_time}); the {left_out} windows that would cross it are left out.",
            **place,
        )
    else:
        notice = Text(
            "{file} has {gaps} gaps in time, the first between row {row} ({time}) and row "
            "{next_row} ({next_time}); the {left_out} windows that would cross them are left out.",
            gaps=len(ends),
            **place,
        )
    return (notice,)
