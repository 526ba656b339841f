"""Text files of rows and columns as people save them: encodings, delimiters, numbers.

Rows are counted as a spreadsheet shows them: the header is row 1.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path

import numpy as np

from engine.errors import DataError
from engine.tasks.text_file import FOUND, find_encoding, text_lines

_TIME = re.compile(
    r"(\d{4})[-/.]\s?(\d{1,2})[-/.]\s?(\d{1,2})\.?[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.0*)?)?"
)

NO_VALUE = frozenset({"", "-", "na", "n/a", "nan", "null", "none"})
"""What stands in a cell without a value, in lower case."""

AUTO = "auto"
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|", "space": " "}
USUAL = ("comma", "semicolon", "tab")
"""Delimiters that are found out."""

LARGEST = 1e30
"""Networks calculate in float32, of which the squares end at 10^38; no measured value is near."""


@dataclass(frozen=True)
class Place:
    """Where a cell stands, for the errors that name it."""

    file: str
    row: int
    column: str


def opened(path: Path, encoding: str = AUTO) -> tuple[Iterator[str], str]:
    """Return the lines of a file, to be read one by one, and its encoding.

    Parameters
    ----------
    path
        The file.
    encoding
        A name out of `CODECS`, or auto for UTF-8, with or without a byte order mark, and CP949.

    Raises
    ------
    DataError
        Where the file cannot be read, or holds something else than text.
    """
    found = find_encoding(path, FOUND if encoding == AUTO else (encoding,))
    if found is not None:
        return text_lines(path, found), found
    if encoding != AUTO:
        raise DataError(
            "{file} is no text in {encoding}; choose another encoding.",
            file=path.name,
            encoding=encoding,
        )
    raise DataError(
        "{file} is no text in UTF-8 or CP949; save it as a CSV file in UTF-8.", file=path.name
    )


def find_delimiter(source: Iterator[str]) -> tuple[str, Iterator[str]]:
    """Return which of the `USUAL` delimiters is most often in the first line, outside of quotes.

    Returns
    -------
    str
        Its name.
    Iterator
        All lines of the source, the first ones too.
    """
    seen = []
    for line in source:
        seen.append(line)
        if line.strip("\r\n"):
            break
    header = re.sub(r'"[^"]*"', "", seen[-1] if seen else "")
    name = max(USUAL, key=lambda name: header.count(DELIMITERS[name]))
    return name, chain(seen, source)


def has_decimal_commas(delimiter: str) -> bool:
    """Return whether commas in a number are decimal ones: where they do not part the cells."""
    return delimiter != "comma"


def rows(file: str, source: Iterable[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the number and the cells of each row that is not blank, the header first.

    Rows shorter than the header are filled up with empty cells.

    Raises
    ------
    DataError
        Where a line is none of a CSV file, or has more cells than the header.
    """
    blanks = delimiter == " "  # of which there may be several to line up columns
    reader = csv.reader(source, delimiter=delimiter, skipinitialspace=blanks)
    columns = 0
    while True:
        row = reader.line_num + 1  # where a line with breaks within quotes begins
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise DataError(
                "{file}, row {row} is no line of a CSV file ({reason}); correct or delete it.",
                file=file,
                row=row,
                reason=error,
            ) from error
        if cells is None:
            return
        if not any(map(str.strip, cells)):
            continue
        columns = columns or len(cells)
        if len(cells) == columns:
            yield row, cells
            continue
        if any(map(str.strip, cells[columns:])):
            raise DataError(
                "{file}, row {row} has {cells} cells where the header has {columns}; delete the "
                "delimiters that are too many.",
                file=file,
                row=row,
                cells=len(cells),
                columns=columns,
            )
        yield row, cells[:columns] + [""] * (columns - len(cells))


def number(cell: str, place: Place, *, decimal_comma: bool) -> float:
    """Return the number in a cell that has a value.

    Raises
    ------
    DataError
        Where the cell holds something else than a finite number.
    """
    try:
        # Python would read 1_000 as 1000.
        value = float("" if "_" in cell else cell.replace(",", ".") if decimal_comma else cell)
    except ValueError:
        raise DataError(
            "{file}, row {row}: {column} holds {value} where a number belongs; correct it or "
            "delete the row.",
            value=repr(short(cell)),
            **vars(place),
        ) from None
    if LARGEST < abs(value) < math.inf:
        raise DataError(
            "{file}, row {row}: {column} holds {value}, which is too large; correct it or delete "
            "the row.",
            value=repr(short(cell)),
            **vars(place),
        )
    if not math.isfinite(value):
        raise DataError(
            "{file}, row {row}: {column} holds {value}, which is not finite; correct it or delete "
            "the row.",
            value=repr(short(cell)),
            **vars(place),
        )
    return value


def read_time(cell: str) -> datetime | None:
    """Return the time in a cell, such as ``2017-04-02 0:05``, or None where there is none."""
    match = _TIME.fullmatch(cell)
    if match:
        try:
            return datetime(*(int(part or 0) for part in match.groups()))  # type: ignore[arg-type]
        except ValueError:
            pass
    return None


def time_text(time: np.datetime64) -> str:
    """Write a time as the course does: ``2017-04-02 0:05``."""
    moment = time.astype("datetime64[s]").item()
    return f"{moment:%Y-%m-%d} {moment.hour}:{moment:%M}"


def short(text: str) -> str:
    """Return a text as one line of at most 40 characters for an error."""
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:39]}…"
