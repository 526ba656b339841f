"""Reads the CSV file of a road-traffic detector as people save it: delimiters, encodings, names.

Rows are counted as a spreadsheet shows them: the header is row 1.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import DataError
from engine.tasks.csv_file import (
    DELIMITERS,
    NO_VALUE,
    Place,
    find_delimiter,
    has_decimal_commas,
    number,
    opened,
    read_time,
    short,
    time_text,
)
from engine.tasks.csv_file import rows as csv_rows

TIME_COLUMN = "Date"
EXAMPLE_TIME = "2017-04-02 0:05"

# Names of the columns without case, blanks and punctuation; the Korean ones are those of the
# detector files of road operators.
ALIASES = {
    "date": "Date",
    "datetime": "Date",
    "일시": "Date",
    "날짜": "Date",
    "tovol": "ToVol",
    "교통량": "ToVol",
    "총교통량": "ToVol",
    "smvol": "SmVol",
    "소형": "SmVol",
    "소형교통량": "SmVol",
    "소형차교통량": "SmVol",
    "mevol": "MeVol",
    "중형": "MeVol",
    "중형교통량": "MeVol",
    "중형차교통량": "MeVol",
    "lavol": "LaVol",
    "대형": "LaVol",
    "대형교통량": "LaVol",
    "대형차교통량": "LaVol",
    "speed": "Speed",
    "속도": "Speed",
    "평균속도": "Speed",
    "occrate": "Occ.Rate",
    "점유율": "Occ.Rate",
}


@dataclass(frozen=True)
class Readings:
    """What a detector measured, in order of time.

    Attributes
    ----------
    file
        The name of the file.
    rows
        The row of the file that each reading stands in, int64 (N,).
    times
        datetime64[s] (N,), strictly increasing.
    values
        float64 (N, columns), finite, in the order in which the columns were asked for.
    """

    file: str
    rows: NDArray[np.int64]
    times: NDArray[np.datetime64]
    values: NDArray[np.float64]


def read_detector(path: str | Path, columns: Sequence[str]) -> Readings:
    """Read the time and some columns of a detector file.

    Delimiters may be commas, or semicolons or tabs (then with decimal points or commas); the
    encoding UTF-8 with or without a byte order mark, or CP949.

    Parameters
    ----------
    path
        The file.
    columns
        Names among `ALIASES`' values; other columns of the file are not looked at.

    Raises
    ------
    DataError
        Where the file cannot be read, lacks a column, or a row holds something else than a later
        time and finite numbers; it names file, row, column and value.
    """
    file = Path(path).name
    source, _ = opened(Path(path))
    delimiter, source = find_delimiter(source)
    rest = csv_rows(file, source, DELIMITERS[delimiter])
    names = next(rest, (1, []))[1]
    wanted = (TIME_COLUMN, *columns)
    places = _places(file, names, wanted)
    titles = [short(names[place].strip()) for place in places]
    commas = has_decimal_commas(delimiter)
    rows, times, values = [], [], []
    for row, cells in rest:
        picked = [cells[place].strip() for place in places]
        rows.append(row)
        times.append(_time(file, row, titles[0], picked[0]))
        values.append(
            [
                _number(cell, Place(file, row, title), decimal_comma=commas)
                for title, cell in zip(titles[1:], picked[1:], strict=True)
            ]
        )
    readings = Readings(
        file,
        np.array(rows, np.int64),
        np.array(times, "datetime64[s]"),
        np.array(values, np.float64).reshape(len(rows), len(columns)),
    )
    _check_order(readings)
    return readings


def is_detector(path: str | Path) -> bool:
    """Return whether a file has the columns of a detector: a time and two that it measures."""
    try:
        delimiter, source = find_delimiter(opened(Path(path))[0])
        header = next(csv_rows("", source, DELIMITERS[delimiter]), (1, []))[1]
    except DataError:
        return False
    known = {name for name in _meant(header) if name}
    return TIME_COLUMN in known and len(known) > 2


def _meant(names: Sequence[str]) -> list[str | None]:
    """Return which of our columns each of a header is."""
    return [ALIASES.get(re.sub(r"\(.*\)|[\W_]", "", name).casefold()) for name in names]


def _places(file: str, names: list[str], wanted: Sequence[str]) -> list[int]:
    """Return where the wanted columns stand in the header."""
    if not names:
        raise DataError("{file} is empty; choose another file.", file=file)
    meant = _meant(names)
    needed = dict.fromkeys(wanted)
    missing = [name for name in needed if name not in meant]
    if missing:
        raise DataError(
            "{file} has no column {missing}; it has {found}. The file needs {needed}.",
            file=file,
            missing=", ".join(missing),
            found=", ".join(short(name.strip()) for name in names[:12]),
            needed=", ".join(needed),
        )
    for name in needed:
        if meant.count(name) > 1:
            raise DataError(
                "{file} has two columns for {column}: {found}; delete or rename one.",
                file=file,
                column=name,
                found=", ".join(
                    found.strip() for found, kind in zip(names, meant, strict=True) if kind == name
                ),
            )
    return [meant.index(name) for name in wanted]


def _time(file: str, row: int, column: str, cell: str) -> datetime:
    time = read_time(cell)
    if time is not None:
        return time
    raise DataError(
        "{file}, row {row}: {column} holds {value} where a time belongs; write it as {example}.",
        file=file,
        row=row,
        column=column,
        value=repr(short(cell)),
        example=EXAMPLE_TIME,
    )


def _number(cell: str, place: Place, *, decimal_comma: bool) -> float:
    if cell.casefold() in NO_VALUE:
        raise DataError(
            "{file}, row {row}: {column} has no value; fill it in or delete the row, which then "
            "counts as a gap in time.",
            **vars(place),
        )
    return number(cell, place, decimal_comma=decimal_comma)


def _check_order(readings: Readings) -> None:
    """Raise DataError where a time repeats or lies before the one above it."""
    wrong = np.flatnonzero(np.diff(readings.times) <= np.timedelta64(0, "s"))
    if not len(wrong):
        return
    above = int(wrong[0])
    time = readings.times[above + 1]
    place = {
        "file": readings.file,
        "row": int(readings.rows[above + 1]),
        "above": int(readings.rows[above]),
        "time": time_text(time),
    }
    if time == readings.times[above]:
        raise DataError(
            "{file}, row {row}: the time {time} stands in row {above} already; delete one of the "
            "two rows.",
            **place,
        )
    raise DataError(
        "{file}, row {row}: the time {time} lies before that of row {above}; sort the rows by "
        "time.",
        **place,
    )
