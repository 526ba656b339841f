"""What can be told of a table before anything is learned from it: rows, types and statistics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.tasks.csv_file import time_text
from engine.tasks.table_columns import Column

STATISTICS = ("count", "different", "mean", "std", "min", "25%", "50%", "75%", "max")
"""What is told of a column, as pandas' ``describe`` does; std is that of a sample, with N − 1."""

NUMBERS, TEXTS, TIMES = "numbers", "texts", "times"

SHOWN = 50
"""How many rows are kept of the beginning, and of the end."""


@dataclass(frozen=True)
class Overview:
    """A table as people read it; all cells are texts.

    Attributes
    ----------
    names
        The names of the columns.
    types
        What each column holds: numbers, texts or times.
    missing
        How many of its cells have no value.
    rows
        How many rows there are.
    head, tail
        The first and the last rows.
    tail_start
        The place of the first row of `tail`, counted from 0.
    statistics
        A row for each of `STATISTICS`.
    """

    names: tuple[str, ...]
    types: tuple[str, ...]
    missing: tuple[int, ...]
    rows: int
    head: tuple[tuple[str, ...], ...]
    tail: tuple[tuple[str, ...], ...]
    tail_start: int
    statistics: tuple[tuple[str, ...], ...]


def overview(columns: Sequence[Column], times: NDArray[np.datetime64] | None = None) -> Overview:
    """Return the overview of columns; `times`, where there are any, come first as ``Date``."""
    rows = len(columns[0].values)
    start = max(0, rows - SHOWN)

    def cells(places: range) -> tuple[tuple[str, ...], ...]:
        before = [()] * len(places) if times is None else [(time_text(times[i]),) for i in places]
        return tuple(
            (*first, *(column.text(i) for column in columns))
            for first, i in zip(before, places, strict=True)
        )

    statistics = [_statistics(column) for column in columns]
    names = [column.name for column in columns]
    types = [TEXTS if column.categories else NUMBERS for column in columns]
    missing = [int(np.isnan(column.values).sum()) for column in columns]
    if times is not None:
        none = "–"
        ends = time_text(times[0]), time_text(times[-1])
        told = (f"{rows}", f"{rows}", none, none, ends[0], none, none, none, ends[1])
        statistics, names = [told, *statistics], ["Date", *names]
        types, missing = [TIMES, *types], [0, *missing]
    return Overview(
        tuple(names),
        tuple(types),
        tuple(missing),
        rows,
        cells(range(min(rows, SHOWN))),
        cells(range(start, rows)),
        start,
        tuple(zip(*statistics, strict=True)),
    )


def _statistics(column: Column) -> tuple[str, ...]:
    """Return `STATISTICS` of a column; texts have only the first two."""
    known = column.values[~np.isnan(column.values)]
    counts = (f"{len(known)}", f"{len(np.unique(known))}")
    if column.categories or not len(known):
        return counts + ("–",) * (len(STATISTICS) - len(counts))
    deviation = known.std(ddof=1) if len(known) > 1 else 0.0
    numbers = (known.mean(), deviation, *np.quantile(known, (0, 0.25, 0.5, 0.75, 1)))
    return counts + tuple(f"{number:.4g}" for number in numbers)
