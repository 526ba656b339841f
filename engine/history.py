"""The record of a run: rows of numbers that grow, and are thinned when they grow too many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Table:
    """Rows that no longer change: `rows` is (n, columns) float64, and must not be written."""

    columns: tuple[str, ...]
    rows: np.ndarray[Any, Any]

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, column: object) -> bool:
        return column in self.columns

    def __getitem__(self, column: str) -> np.ndarray[Any, Any]:
        """Return one column (n,)."""
        values: np.ndarray[Any, Any] = self.rows[:, self.columns.index(column)]
        return values

    def last(self) -> dict[str, float]:
        """Return the last row by column name; empty where there is none."""
        if not len(self):
            return {}
        return dict(zip(self.columns, map(float, self.rows[-1]), strict=True))


class History:
    """A growing table.

    Rows are only ever added behind those that a `table` shows, so a table may be read by another
    thread. With `limit` rows reached every second one is dropped and `every` doubles: who adds
    rows at regular steps then adds each `every`-th only, and a long run stays a small picture.
    """

    def __init__(self, columns: Sequence[str], limit: int = 8192) -> None:
        self.columns = tuple(columns)
        self.every = 1
        self._limit = limit
        self._buffer = np.empty((64, len(self.columns)))
        self._count = 0

    def append(self, row: Sequence[float]) -> None:
        """Add a row of numbers, one a column."""
        if self._count == len(self._buffer):
            self._buffer = np.concatenate([self._buffer, np.empty_like(self._buffer)])
        self._buffer[self._count] = row
        self._count += 1
        if self._count >= self._limit:
            kept = self._buffer[1 : self._count : 2]
            self._buffer = np.concatenate([kept, np.empty_like(kept)])
            self._count = len(kept)
            self.every *= 2

    def table(self) -> Table:
        """Return the rows so far; later rows do not appear in it."""
        return Table(self.columns, self._buffer[: self._count])

    def load(self, rows: np.ndarray[Any, Any], every: int) -> None:
        """Take rows from a file."""
        self._count = len(rows)
        self._buffer = np.empty((max(64, self._count), len(self.columns)))
        self._buffer[: self._count] = rows
        self.every = every
