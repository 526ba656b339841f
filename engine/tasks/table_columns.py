"""Reads the columns of a table: numbers, or categories where a column holds texts."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from itertools import chain, islice
from math import nan
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.errors import DataError
from engine.tasks.csv_file import (
    AUTO,
    DELIMITERS,
    LARGEST,
    NO_VALUE,
    Place,
    find_delimiter,
    has_decimal_commas,
    number,
    opened,
    read_time,
    short,
)
from engine.tasks.csv_file import rows as csv_rows
from engine.tasks.reading import note

MOST_CATEGORIES, FEW = 50, 10

BLOCK = 512
"""Rows that are read at a time; other threads come in between."""

Blocks: TypeAlias = tuple[str, ...]
"""The cells of a column, a block of rows joined to one string by NUL, which no text file holds.

So they take a tenth of the memory, and are nothing to Python's garbage collector.
"""
NUL = "\0"


def most_categories(rows: int) -> int:
    """Return how many different texts a column of so many rows may hold.

    With more of them it says who a row is, not what it is like.
    """
    return min(MOST_CATEGORIES, max(FEW, rows // 2))


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    name
        What stands in the header.
    values
        The numbers, or the places of the texts among the categories, float64 (N,); NaN where
        there is no value.
    categories
        The different texts in alphabetical order; none for numbers.
    """

    name: str
    values: NDArray[np.float64]
    categories: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the numbers that a network sees: one, or one for each category."""
        return tuple(f"{self.name} = {text}" for text in self.categories) or (self.name,)

    def numbers(self) -> NDArray[np.float64]:
        """Return those numbers, (N, names): categories one-hot, NaN where there is no value."""
        if not self.categories:
            return self.values[:, None]
        missing = np.isnan(self.values)
        rows = np.eye(len(self.categories))[np.where(missing, 0, self.values).astype(np.int64)]
        rows[missing] = np.nan
        return rows

    def text(self, row: int) -> str:
        """Return a cell as people read it."""
        value = self.values[row]
        if np.isnan(value):
            return "–"
        return self.categories[int(value)] if self.categories else f"{value:.4g}"


@dataclass(frozen=True)
class Layout:
    """How a file is to be read.

    Attributes
    ----------
    encoding, delimiter
        Names out of `CODECS` and `DELIMITERS`, or auto.
    header
        Whether the first row names the columns.
    """

    encoding: str = AUTO
    delimiter: str = AUTO
    header: bool = True


@dataclass(frozen=True)
class CsvTable:
    """The cells of a file.

    Attributes
    ----------
    file
        The name of the file.
    names
        The names of the columns.
    rows
        The row of the file that each line stands in, int64 (N,).
    cells
        The cells of each column, by place, a block of rows after the other.
    decimal_comma
        Whether a comma may stand in numbers.
    layout
        How the file was read, with what was found out.
    """

    file: str
    names: tuple[str, ...]
    rows: NDArray[np.int64]
    cells: tuple[Blocks, ...]
    decimal_comma: bool
    layout: Layout
    _columns: dict[str, Column] = field(default_factory=dict, compare=False, repr=False)

    def column(self, name: str) -> Column:
        """Return a column: numbers where at least half of its values are, else categories.

        It is read once.

        Raises
        ------
        DataError
            Where a column of numbers holds something else than finite numbers; it names the row.
        """
        if name not in self.names:
            raise no_column(self.file, name, self.names)
        if name not in self._columns:
            self._columns[name] = self._read(name)
        return self._columns[name]

    def _read(self, name: str) -> Column:
        blocks = self.cells[self.names.index(name)]
        clean = self._clean_numbers(blocks)
        if clean is not None:
            return Column(name, clean)
        present = numeric = 0
        for cell in self._flat(blocks):
            if _has_value(cell):
                present += 1
                numeric += self._is_number(cell)
        if 2 * numeric < present:
            categories = tuple(sorted({cell for cell in self._flat(blocks) if _has_value(cell)}))
            places = {text: float(place) for place, text in enumerate(categories)}
            return Column(
                name, self._values(places.get(c, nan) for c in self._flat(blocks)), categories
            )
        cells = zip(self._flat(blocks), self.rows.tolist(), strict=True)
        values = (
            number(cell, Place(self.file, row, short(name)), decimal_comma=self.decimal_comma)
            if _has_value(cell)
            else nan
            for cell, row in cells
        )
        return Column(name, self._values(values))

    @cached_property
    def timeline(self) -> str:
        """The name of a column of times that rise from row to row, or an empty string."""
        return next(
            (
                name
                for name, blocks in zip(self.names, self.cells, strict=True)
                if self._rises(blocks)
            ),
            "",
        )

    def _rises(self, blocks: Blocks) -> bool:
        above: datetime | None = None
        for cell in self._flat(blocks):
            time = read_time(cell)
            if time is None or (above is not None and time <= above):
                return False
            above = time
        return True

    def _clean_numbers(self, blocks: Blocks) -> NDArray[np.float64] | None:
        """Return numbers in one go where nothing needs a closer look, else None."""
        parts = []
        for block in blocks:
            note(self.file, 1.0)
            try:
                parts.append(np.array(list(map(float, block.split(NUL)))))
            except ValueError:
                return None
            if not (np.abs(parts[-1]) <= LARGEST).all() or "_" in block:
                return None
        return np.concatenate(parts)

    def _flat(self, blocks: Blocks) -> Iterator[str]:
        for block in blocks:
            note(self.file, 1.0)
            yield from block.split(NUL)

    def _values(self, values: Iterable[float]) -> NDArray[np.float64]:
        return np.fromiter(values, np.float64, len(self.rows))

    def _is_number(self, cell: str) -> bool:
        try:
            float(cell.replace(",", ".") if self.decimal_comma else cell)
        except ValueError:
            return False
        return True


def _has_value(cell: str) -> bool:
    return cell.casefold() not in NO_VALUE


def no_column(file: str, name: str, names: Sequence[str]) -> DataError:
    """Return the error that a table has no column called `name`."""
    return DataError(
        "{file} has no column {column}; it has {found}.",
        file=file,
        column=repr(short(name)),
        found=", ".join(map(short, names[:12])),
    )


def stamp(path: str) -> tuple[int, int]:
    """Return what changes when a file is written, zeros where there is none."""
    try:
        status = Path(path).stat()
    except (OSError, ValueError):
        return 0, 0
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=2)
def read_table(path: str, written: tuple[int, int], layout: Layout) -> CsvTable:
    """Read a file, once for each `stamp` of it; columns without a name are called by their place.

    Raises
    ------
    DataError
        Where it cannot be read, has no header or no rows, or names two columns alike.
    """
    file = Path(path).name
    source, encoding = opened(Path(path), layout.encoding)
    delimiter = layout.delimiter
    if delimiter == AUTO:
        delimiter, source = find_delimiter(source)
    rest = csv_rows(file, source, DELIMITERS[delimiter])
    first = next(rest, (1, []))
    names = _names(file, first[1] if layout.header else [""] * len(first[1]))
    if not layout.header:
        rest = chain([first], rest)
    rows, columns = _columns(rest, len(names))
    if not len(rows):
        raise DataError("{file} has a header but no rows; choose another file.", file=file)
    used = [
        place
        for place, name in enumerate(names)
        if name or any(block.strip(NUL) for block in columns[place])
    ]
    return CsvTable(
        file,
        tuple(names[place] or f"#{place + 1}" for place in used),
        rows,
        tuple(columns[place] for place in used),
        has_decimal_commas(delimiter),
        Layout(encoding, delimiter, layout.header),
    )


def _columns(
    rest: Iterator[tuple[int, list[str]]], count: int
) -> tuple[NDArray[np.int64], list[Blocks]]:
    """Return the numbers of the rows, and the cells of each column."""
    rows = array("q")
    columns: list[list[str]] = [[] for _ in range(count)]
    while block := list(islice(rest, BLOCK)):
        rows.extend(row for row, _ in block)
        turned = zip(*(line for _, line in block), strict=True)
        for column, cells in zip(columns, turned, strict=True):
            column.append(NUL.join(map(str.strip, cells)))
    return np.array(rows), [tuple(column) for column in columns]


def _names(file: str, header: Sequence[str]) -> list[str]:
    """Return the names in a header, or raise DataError where it is none."""
    names = [name.strip() for name in header]
    if not names:
        raise DataError("{file} is empty; choose another file.", file=file)
    if len(names) < 2:
        raise DataError(
            "{file} has a single column, {column}; a table needs an input and a target, with "
            "commas, semicolons or tabs between them.",
            file=file,
            column=short(names[0]),
        )
    twice = [name for name in names if name and names.count(name) > 1]
    if all(map(_is_bare_number, names)) or any(map(_is_bare_number, twice)):
        raise DataError(
            "{file} begins with numbers; name the columns in its first row, or read it without a "
            "header.",
            file=file,
        )
    if twice:
        raise DataError(
            "{file} has two columns called {column}; rename one.",
            file=file,
            column=short(twice[0]),
        )
    return names


def _is_bare_number(text: str) -> bool:
    try:
        float(text.replace(",", "."))
    except ValueError:
        return False
    return True
