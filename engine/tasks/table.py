"""Tables: rows of named columns, one of which is to be predicted from the others."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import ClassVar

import numpy as np

from engine.arrays import Shape
from engine.errors import DataError
from engine.fields import param
from engine.streams import stream
from engine.tasks.base import PARTS, Target, Task, task
from engine.tasks.checks import check_distinct, check_shares
from engine.tasks.csv_file import AUTO as AUTO_LAYOUT
from engine.tasks.csv_file import DELIMITERS, short
from engine.tasks.scaling import SCALING_HELP, SCALINGS
from engine.tasks.table_columns import CsvTable, Layout, read_table, stamp
from engine.tasks.table_content import (
    AUTO,
    MISSING,
    NUMBER,
    PREDICTIONS,
    REFUSE,
    Content,
    check_complete,
    choose_inputs,
    classify,
)
from engine.tasks.table_dataset import Preparation, Rows, TableDataset, prepared_parts
from engine.tasks.table_sets import SETS, read_set
from engine.tasks.text_file import CODECS
from engine.tasks.thresholds import MOST_THRESHOLDS, check_thresholds, class_names
from engine.text import Text

SHUFFLED, IN_ORDER = SPLITS = ("shuffled", "in order")


@task("table", label="Table", icon="data")
@dataclass(frozen=True)
class Table(Task):
    """A column of a table from the other ones, as a class or as a number.

    The table is one of the small ones of scikit-learn, or a CSV file. Texts become one-hot
    columns. Of the built-in diabetes table the class is whether the disease progressed by 140 or
    more, of the number itself where that is asked for.
    """

    data_field: ClassVar[str] = "file"

    source: str = param("diabetes", choices=SETS, label="Built-in table")
    file: str = param("", label="File", help="A CSV file; empty: the built-in table")
    encoding: str = param(
        AUTO_LAYOUT,
        choices=(AUTO_LAYOUT, *CODECS),
        label="Encoding",
        help="How the letters of the file are stored; auto: UTF-8 or CP949",
    )
    delimiter: str = param(
        AUTO_LAYOUT,
        choices=(AUTO_LAYOUT, *DELIMITERS),
        label="Delimiter",
        help="What stands between the cells of the file; auto: commas, semicolons or tabs",
    )
    header: bool = param(True, label="Header", help="Whether the first row names the columns")
    target_column: str = param(
        "", label="Target", help="The column that is predicted; empty: the last one"
    )
    inputs: tuple[str, ...] = param(
        (), label="Inputs", help="The columns the network sees; none: all the others"
    )
    predict: str = param(
        AUTO,
        choices=PREDICTIONS,
        label="Prediction",
        help="A class or a number; auto: classes for texts and for a few whole numbers",
    )
    thresholds: tuple[float, ...] = param(
        (),
        high=MOST_THRESHOLDS,
        label="Thresholds",
        help="Where a target of numbers is cut into classes",
    )
    missing: str = param(
        REFUSE,
        choices=MISSING,
        label="Missing values",
        help="Refuse the file, leave the rows out, or fill in the mean of the training part, for "
        "texts the most frequent one",
    )
    scaling: str = param("standard", choices=SCALINGS, label="Scaling", help=SCALING_HELP)
    split: str = param(
        SHUFFLED,
        choices=SPLITS,
        label="Order of rows",
        help="Whether the parts are drawn by chance, or follow each other as in the table",
    )
    training_share: float = param(
        0.6,
        low=0.1,
        high=0.9,
        step=0.05,
        label="Training share",
        help="Share of the rows the network learns from",
    )
    validation_share: float = param(
        0.2,
        low=0.0,
        high=0.5,
        step=0.05,
        label="Validation share",
        help="Share that validates; the rest is the test part, which at 0 validates as well",
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        check_thresholds(self.label, self.thresholds)
        check_distinct(self.label, "inputs", self.inputs)
        check_shares(self.label, self.training_share, self.validation_share)

    @property
    def problem(self) -> DataError | None:
        """What keeps the file from being used."""
        found = None if self._known() else _content(self, stamp(self.file))
        return found if isinstance(found, DataError) else None

    @property
    def input_shape(self) -> Shape:
        """A list of numbers, one for each column or category; of one where the file is unusable."""
        if self._known():
            return (len(self.inputs) or len(SETS[self.source].inputs),)
        content = _content(self, stamp(self.file))
        return (1,) if isinstance(content, DataError) else (len(content.columns),)

    @property
    def target(self) -> Target:
        """The classes of the target column, or its number."""
        if self._known():
            table = SETS[self.source]
            labels, column = table.labels, table.target
            if not labels and self.predict != NUMBER:
                labels = class_names(self.thresholds or self.usual_thresholds)
        else:
            content = _content(self, stamp(self.file))
            if isinstance(content, DataError):
                return Target((self.target_column or "?",), False)
            labels, column = content.labels, content.target.name
        return Target(labels) if labels else Target((column,), False)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of all columns of the table; none where the file cannot be read."""
        if not self.file:
            return SETS[self.source].names
        try:
            return self._file_table().names
        except DataError:
            return ()

    @property
    def input_columns(self) -> tuple[str, ...]:
        """The names of the columns that the network sees, or is to see."""
        content = None if self._known() else _content(self, stamp(self.file))
        if isinstance(content, Content):
            return tuple(column.name for column in content.inputs)
        target = self.target_column or next(reversed(self.columns), "")
        return self.inputs or tuple(name for name in self.columns if name != target)

    def load(self, seed: int) -> TableDataset:
        """Read the table, deal with missing values, draw the parts and scale them.

        Raises
        ------
        DataError
            Where the file cannot be used; it names file, row and column.
        """
        content = _content(self, stamp(self.file))
        if isinstance(content, DataError):
            raise content
        kept, notices = content.kept(self.missing)
        sizes = self._part_sizes(content.file, len(kept))
        if self.split == SHUFFLED:
            kept = stream(seed, "split").permutation(kept)
            notices = content.leak() + notices
        numbers = np.column_stack([column.numbers() for column in content.inputs])
        answers = content.answers[:, None]
        if content.labels:
            answers = np.nan_to_num(content.answers, nan=-1).astype(np.int64)
        cuts = [kept[a:b] for a, b in pairwise(accumulate(sizes, initial=0))]
        if not sizes[1]:
            cuts[1] = cuts[2]
        rows = {
            part: Rows(numbers[cut], answers[cut]) for part, cut in zip(PARTS, cuts, strict=True)
        }
        preparation = Preparation.fit(rows["training"], content.inputs, self.scaling)
        target = self.target
        return TableDataset(
            target,
            *prepared_parts(rows, preparation, content.file, content.columns, target),
            notices=notices + _unseen(target, rows["training"]),
            file=content.file,
            columns=content.columns,
            rows=rows,
            preparation=preparation,
            overview=content.overview(),
        )

    @property
    def usual_thresholds(self) -> tuple[float, ...]:
        """The thresholds of a built-in table, taken where there are no others."""
        table = SETS[self.source]
        usual = not self.file and self.target_column in ("", table.target)
        return table.thresholds if usual else ()

    def _file_table(self) -> CsvTable:
        layout = Layout(self.encoding, self.delimiter, self.header)
        return read_table(self.file, stamp(self.file), layout)

    @property
    def layout(self) -> Layout | None:
        """How the file is read, with what was found out; None where it cannot be."""
        try:
            return self._file_table().layout if self.file else None
        except DataError:
            return None

    def _known(self) -> bool:
        """Return whether shape and target are known without reading the table."""
        table = SETS[self.source]
        return (
            not self.file
            and self.target_column in ("", table.target)
            and set(self.inputs) <= set(table.inputs)
            and not (table.labels and (self.predict == NUMBER or self.thresholds))
        )

    def read(self) -> Content:
        """Read the columns in use, or raise DataError."""
        table = self._file_table() if self.file else read_set(self.source)
        name = self.target_column or table.names[-1]
        target = table.column(name)
        if name in self.inputs:
            raise DataError(
                "{file}: {column} is the target, so it cannot be among the inputs; take it out.",
                file=table.file,
                column=short(name),
            )
        others = (other for other in table.names if other != name)
        inputs, left_out = choose_inputs(table.file, table.column, self.inputs, others)
        if self.missing == REFUSE:
            check_complete(table.file, (*inputs, target), table.rows)
        thresholds = self.thresholds or self.usual_thresholds
        labels, answers = classify(table.file, target, self.predict, thresholds)
        return Content(
            table.file, inputs, left_out, target, labels, answers, table.rows, table.timeline
        )

    def _part_sizes(self, file: str, rows: int) -> tuple[int, int, int]:
        training, validation = (
            round(rows * share) for share in (self.training_share, self.validation_share)
        )
        test = rows - training - validation
        if training < 2 or test < 1 or (self.validation_share and validation < 1):
            raise DataError(
                "{file} has {rows} rows that can be used, too few for a training, a validation and "
                "a test part; take a longer file or other shares.",
                file=file,
                rows=rows,
            )
        return training, validation, test


@lru_cache(maxsize=4)
def _content(table: Table, written: tuple[int, int]) -> Content | DataError:
    """Return what a task reads, or why it cannot, once for each `stamp` of its file."""
    try:
        return table.read()
    except DataError as error:
        return error


def _unseen(target: Target, rows: Rows) -> tuple[Text, ...]:
    """Tell of classes that the training part has no row of."""
    if not target.classes:
        return ()
    missing = np.setdiff1d(np.arange(len(target.labels)), rows.answers)
    if not len(missing):
        return ()
    labels = ", ".join(short(target.labels[label]) for label in missing[:12])
    return (Text("No row of the training part belongs to {labels}.", labels=labels),)
