"""What a task takes from a table: its input columns, and the answers in its target column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine.errors import DataError
from engine.tasks.csv_file import short
from engine.tasks.overview import Overview, overview
from engine.tasks.table_columns import FEW, Column, most_categories
from engine.tasks.thresholds import class_names, cut
from engine.text import Caution, Text

AUTO, CLASSES, NUMBER = PREDICTIONS = ("auto", "classes", "number")
REFUSE, DROP, FILL = MISSING = ("refuse", "drop rows", "mean or most frequent")

MOST_CLASSES = 100


@dataclass(frozen=True)
class Content:
    """The columns in use.

    Attributes
    ----------
    file
        The name of the file, or of the built-in table.
    inputs
        The columns that the network sees.
    left_out
        The names of columns that it cannot see, as they hold a different text in nearly each row.
    target
        The column to be predicted.
    labels
        The names of its classes; none where it is predicted as a number.
    answers
        The class of each row, or the number, float64 (N,); NaN where there is none.
    rows
        The row of the file that each one stands in, int64 (N,).
    timeline
        The name of a column of times in which the rows follow each other; empty if there is none.
    """

    file: str
    inputs: tuple[Column, ...]
    left_out: tuple[str, ...]
    target: Column
    labels: tuple[str, ...]
    answers: NDArray[np.float64]
    rows: NDArray[np.int64]
    timeline: str

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of the numbers that the network sees."""
        return tuple(name for column in self.inputs for name in column.names)

    def missing(self) -> NDArray[np.bool_]:
        """Return where there is no value, (N, inputs)."""
        return np.stack([np.isnan(column.values) for column in self.inputs], axis=1)

    def kept(self, missing: str) -> tuple[NDArray[np.int64], tuple[Text, ...]]:
        """Return the places of the rows in use, and what is to be said of the others.

        A row without an answer is never used.
        """
        empty, lost = self.missing(), np.isnan(self.answers)
        if missing == DROP:
            lost = lost | empty.any(axis=1)
        notices: list[Text] = []
        if self.left_out:
            left_out = Text(
                "{file}: left out of the inputs, as they hold too many different texts: {columns}.",
                file=self.file,
                columns=", ".join(map(short, self.left_out)),
            )
            notices.append(left_out)
        if lost.any():
            dropped = Text(
                "{file}: {count} of {rows} rows are left out because a value is missing, the first "
                "is row {row}.",
                file=self.file,
                count=int(lost.sum()),
                rows=len(lost),
                row=int(self.rows[lost.argmax()]),
            )
            notices.append(dropped)
        if missing == FILL and empty[~lost].any():
            filled = Text(
                "{file}: missing values filled in from the training part: {count}.",
                file=self.file,
                count=int(empty[~lost].sum()),
            )
            notices.append(filled)
        return np.flatnonzero(~lost), tuple(notices)

    def leak(self) -> tuple[Text, ...]:
        """Tell that parts drawn by chance mix past and future, where the rows follow in time."""
        if not self.timeline:
            return ()
        notice = Caution(
            "{file}: the rows follow each other in time ({column}); drawn by chance, the training "
            "part knows the future of the rows it is tested on. Take the parts in order.",
            file=self.file,
            column=short(self.timeline),
        )
        return (notice,)

    def overview(self) -> Overview:
        """Return what can be told of the columns in use, the target last."""
        return overview((*self.inputs, self.target))


def check_complete(file: str, columns: Sequence[Column], rows: NDArray[np.int64]) -> None:
    """Raise DataError where a value is missing; it names the first one."""
    empty = np.isnan(np.column_stack([column.values for column in columns]))
    if not empty.any():
        return
    row, place = (int(at) for at in np.argwhere(empty)[0])
    raise DataError(
        "{file}, row {row}: {column} has no value; fill it in, or choose how to treat missing "
        "values.",
        file=file,
        row=int(rows[row]),
        column=short(columns[place].name),
    )


def choose_inputs(
    file: str, read: Callable[[str], Column], named: Iterable[str], others: Iterable[str]
) -> tuple[tuple[Column, ...], tuple[str, ...]]:
    """Return the input columns and the names of those left out.

    Parameters
    ----------
    file
        The name of the file, for errors.
    read
        Reads a column by name.
    named
        The columns that were asked for; each must be of use. If there are none, …
    others
        … those columns that are of use are taken.
    """
    asked = tuple(named)
    columns = [read(name) for name in asked or others]
    unfit = [c for c in columns if len(c.categories) > most_categories(len(c.values))]
    if asked and unfit:
        raise DataError(
            "{file}: the column {column} holds {count} different texts, more than {most}; leave it "
            "out of the inputs.",
            file=file,
            column=short(unfit[0].name),
            count=len(unfit[0].categories),
            most=most_categories(len(unfit[0].values)),
        )
    fit = tuple(column for column in columns if column not in unfit)
    if not fit:
        raise DataError(
            "{file} has no column to predict from; it needs one of numbers or of a few different "
            "texts.",
            file=file,
        )
    return fit, tuple(column.name for column in unfit)


def classify(
    file: str, target: Column, predict: str, thresholds: tuple[float, ...]
) -> tuple[tuple[str, ...], NDArray[np.float64]]:
    """Return the labels of a target column and its answers.

    Without labels the answers are the numbers themselves.

    Raises
    ------
    DataError
        Where texts are to be predicted as numbers, or there are too few or too many classes.
    """
    known = target.values[~np.isnan(target.values)]
    labels, answers = target.categories, target.values
    if target.categories and predict == NUMBER:
        raise DataError(
            "{file}: the column {column} holds texts, which cannot be predicted as a number; "
            "predict classes.",
            file=file,
            column=short(target.name),
        )
    if not target.categories and predict != NUMBER:
        different = np.unique(known)
        few = len(different) <= FEW and bool((different == np.rint(different)).all())
        if thresholds:
            labels = class_names(thresholds)
            classes = cut(target.values, thresholds)
            answers = np.where(np.isnan(target.values), np.nan, classes)
        elif predict == CLASSES or few:
            labels = tuple(f"{value:g}" for value in different)
            classes = np.searchsorted(different, target.values)
            answers = np.where(np.isnan(target.values), np.nan, classes)
    _check_classes(file, target.name, labels, answers)
    return labels, answers


def _check_classes(
    file: str, column: str, labels: tuple[str, ...], answers: NDArray[np.float64]
) -> None:
    if len(labels) > MOST_CLASSES:
        raise DataError(
            "{file}: the column {column} has {count} classes, more than {most}; predict a number, "
            "or give thresholds.",
            file=file,
            column=short(column),
            count=len(labels),
            most=MOST_CLASSES,
        )
    if len(np.unique(answers[~np.isnan(answers)])) < 2:
        raise DataError(
            "{file}: all rows have the same answer in the column {column}; there is nothing to "
            "learn.",
            file=file,
            column=short(column),
        )
