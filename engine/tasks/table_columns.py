"""Reads the columns of a table: numbers, or categories where a column holds texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import DataError
from engine.tasks.csv_file import (
    AUTO,
    DELIMITERS,
    LARGEST,
    NO_VALUE,
    Place,
    decoded,
    delimiter_of,
    has_decimal_commas,
    lines,
    number,
    read_time,
    short,
)

MOST_CATEGORIES, FEW = 50, 10


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
        The cells of each column, by place.
    decimal_comma
        Whether a comma may stand in numbers.
    layout
        How the file was read, with what was found out.
    """

    file: str
    names: tuple[str, ...]
    rows: NDArray[np.int64]
    cells: tuple[tuple[str, ...], ...]
    decimal_comma: bool
    layout: Layout

    def column(self, name: str) -> Column:
        """Read a column: numbers where at least half of its values are, else categories.

        Raises
        ------
        DataError
            Where a column of numbers holds something else than finite numbers; it names the row.
        """
        if name not in self.names:
            raise no_column(self.file, name, self.names)
        cells = self.cells[self.names.index(name)]
        clean = self._clean_numbers(cells)
        if clean is not None:
            return Column(name, clean)
        present = [cell.casefold() not in NO_VALUE for cell in cells]
        texts = [cell for cell, there in zip(cells, present, strict=True) if there]
        numeric = sum(map(self._is_number, texts))
        if 2 * numeric < len(texts):
            categories = tuple(sorted(set(texts)))
            places = {text: float(place) for place, text in enumerate(categories)}
            values = [
                places[cell] if there else np.nan
                for cell, there in zip(cells, present, strict=True)
            ]
            return Column(name, np.array(values), categories)
        values = [
            number(cell, Place(self.file, row, short(name)), decimal_comma=self.decimal_comma)
            if there
            else np.nan
            for cell, there, row in zip(cells, present, self.rows.tolist(), strict=True)
        ]
        return Column(name, np.array(values, np.float64))

    def timeline(self) -> str:
        """Return the name of a column of times that rise from row to row, or an empty string."""
        for name, cells in zip(self.names, self.cells, strict=True):
            if read_time(cells[0]) is None:
                continue
            times = [time for cell in cells if (time := read_time(cell)) is not None]
            if len(times) == len(cells) and all(a < b for a, b in pairwise(times)):
                return name
        return ""

    def _clean_numbers(self, cells: Sequence[str]) -> NDArray[np.float64] | None:
        """Return numbers in one go where nothing needs a closer look, else None."""
        try:
            values = np.array([float(cell) for cell in cells])
        except ValueError:
            return None
        usable = (np.abs(values) <= LARGEST).all() and not any("_" in cell for cell in cells)
        return values if usable else None

    def _is_number(self, cell: str) -> bool:
        try:
            float(cell.replace(",", ".") if self.decimal_comma else cell)
        except ValueError:
            return False
        return True


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
    text, encoding = decoded(Path(path), layout.encoding)
    delimiter = delimiter_of(text) if layout.delimiter == AUTO else layout.delimiter
    rest = lines(file, text, DELIMITERS[delimiter])
    first = next(rest, (1, []))
    names = _names(file, first[1] if layout.header else [""] * len(first[1]))
    if not layout.header:
        rest = chain([first], rest)
    rows, cells = [], []
    for row, line in rest:
        rows.append(row)
        cells.append([cell.strip() for cell in line])
    if not rows:
        raise DataError("{file} has a header but no rows; choose another file.", file=file)
    columns = tuple(zip(*cells, strict=True))
    used = [place for place, name in enumerate(names) if name or any(columns[place])]
    return CsvTable(
        file,
        tuple(names[place] or f"#{place + 1}" for place in used),
        np.array(rows, np.int64),
        tuple(columns[place] for place in used),
        has_decimal_commas(delimiter),
        Layout(encoding, delimiter, layout.header),
    )


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
