"""The days of a detector's data, which several views show over one axis of hours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.tasks.traffic import TrafficDataset
from playground.ui.i18n import N_, tr

PARTS = ("test", "validation")
_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
HOURS = [(float(hour), f"{hour:02d}:00") for hour in range(0, 25, 3)]
"""Marks below the hours of a day."""
DAY_END = 24.3
"""Where the axis of the hours ends."""


@dataclass(frozen=True)
class Day:
    """The rows [start, stop) of a part that fall on one date."""

    part: str
    date: np.datetime64
    start: int
    stop: int

    def times(self, dataset: TrafficDataset) -> NDArray[np.datetime64]:
        """Return the time of every row."""
        return dataset.times[self.part][self.start : self.stop]

    def hours(self, dataset: TrafficDataset) -> NDArray[np.float64]:
        """Return the hour of every row."""
        return (self.times(dataset) - self.date) / np.timedelta64(3600, "s")


def row_at(
    times: NDArray[np.datetime64], time: np.datetime64 | None, step: np.timedelta64
) -> int | None:
    """Return the row at a time, None where there is none within half a step."""
    if time is None or not len(times):
        return None
    row = int(np.abs(times - time).argmin())
    return row if 2 * abs(times[row] - time) < step else None


def weekday_name(date: np.datetime64) -> str:
    """Return the short name of the day of the week of a date."""
    return tr(_WEEKDAYS[date.item().weekday()])


def days(dataset: TrafficDataset) -> list[Day]:
    """Return the days of the test and then of the validation part, in order of time."""
    found = []
    for part in PARTS:
        dates = dataset.times[part].astype("datetime64[D]")
        names, starts = np.unique(dates, return_index=True)
        stops = [*starts[1:].tolist(), len(dates)]
        found += [Day(part, *row) for row in zip(names, starts.tolist(), stops, strict=True)]
    return found
