"""The parts of a table, prepared by what its training part holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from engine.tasks.base import PARTS, Dataset, HostArray, Part, Target
from engine.tasks.baselines import MOST_FREQUENT, class_baseline, most_frequent
from engine.tasks.overview import Overview
from engine.tasks.scaling import fit_scaling, fitted_scaling, scaled
from engine.tasks.table_columns import Column


@dataclass(frozen=True)
class Rows:
    """Rows of a table before they are scaled.

    Attributes
    ----------
    numbers
        The inputs, categories one-hot, float64 (N, columns); NaN where there is no value.
    answers
        Classes as int64 (N,), or numbers as float64 (N, 1).
    """

    numbers: HostArray
    answers: HostArray


@dataclass(frozen=True)
class Preparation:
    """What missing inputs are filled with, and how all columns are scaled.

    Attributes
    ----------
    fills
        A number for each input column.
    offsets, scales
        A value is ``scale * number + offset`` of the number in the network's scale; one for each
        input column and, last, one for the target (0 and 1 if that is a class).
    """

    fills: HostArray
    offsets: HostArray
    scales: HostArray

    @classmethod
    def fit(cls, rows: Rows, columns: tuple[Column, ...], scaling: str) -> Preparation:
        """Return means or most frequent categories, and the scaling of numbers, of some rows."""
        fills, plain = [], []
        for column, block in zip(columns, _blocks(rows.numbers, columns), strict=True):
            known = block[~np.isnan(block[:, 0])]
            if column.categories:
                counts = known.sum(axis=0)
                fills.append(np.eye(len(counts))[counts.argmax()])
            else:
                fills.append(known.mean(axis=0) if len(known) else np.zeros(1))
            plain += [not column.categories] * block.shape[1]
        fill = np.concatenate(fills)
        filled = np.where(np.isnan(rows.numbers), fill, rows.numbers)
        number = rows.answers.ndim == 2
        answers = rows.answers if number else np.zeros((len(rows.answers), 1))
        offsets, scales = fit_scaling(np.column_stack([filled, answers]), scaling)
        scaled_columns = np.array([*plain, number])
        offsets, scales = np.where(scaled_columns, offsets, 0), np.where(scaled_columns, scales, 1)
        return cls(fill, offsets, scales)

    def apply(self, rows: Rows, file: str, columns: tuple[str, ...]) -> Part:
        """Return rows as a network sees them; raise DataError where a number is too large."""
        filled = np.where(np.isnan(rows.numbers), self.fills, rows.numbers)
        inputs = scaled(filled, self.offsets[:-1], self.scales[:-1], file, columns)
        answers = rows.answers
        if answers.ndim == 2:
            answers = scaled(answers, self.offsets[-1:], self.scales[-1:], file, columns[-1:])
        return Part(inputs, answers)


def _blocks(numbers: HostArray, columns: tuple[Column, ...]) -> list[HostArray]:
    """Return the numbers of each column, (N, its names)."""
    return np.split(numbers, np.cumsum([len(column.names) for column in columns])[:-1], axis=1)


@dataclass(frozen=True)
class TableDataset(Dataset):
    """Rows of a table.

    Attributes
    ----------
    file
        The name of the file, or of the built-in table.
    columns
        The names of the numbers that a network sees.
    rows
        The rows of each part before they were scaled.
    preparation
        How they were scaled.
    overview
        What can be told of the columns in use, the target last, over all rows of the table.
    """

    file: str = field(kw_only=True)
    columns: tuple[str, ...] = field(kw_only=True)
    rows: Mapping[str, Rows] = field(kw_only=True)
    preparation: Preparation = field(kw_only=True)
    overview: Overview = field(kw_only=True)

    @property
    def offsets(self) -> HostArray:
        """Those of the inputs and, last, of the target."""
        return self.preparation.offsets

    @property
    def scales(self) -> HostArray:
        """Those of the inputs and, last, of the target."""
        return self.preparation.scales

    def in_units(self, values: HostArray) -> HostArray:
        """Undo the scaling of the target, in float64."""
        units: HostArray = values.astype(np.float64) * self.scales[-1] + self.offsets[-1]
        return units

    @property
    def fitted(self) -> Mapping[str, Any]:
        """Columns, labels, what missing values are filled with, offsets and scales."""
        return {
            "columns": list(self.columns),
            "labels": list(self.target.labels),
            **{name: values.tolist() for name, values in vars(self.preparation).items()},
        }

    def with_fitted(self, fitted: Mapping[str, Any]) -> TableDataset:
        """Return the same rows filled and scaled as those of another run."""
        if fitted == self.fitted:
            return self
        names = list(self.columns), list(self.target.labels)
        if (fitted["columns"], fitted["labels"]) != names:
            raise ValueError("the columns or the classes are others")
        offsets, scales = fitted_scaling(fitted["offsets"], fitted["scales"], len(self.scales))
        fills = np.array(fitted["fills"], np.float64)
        if fills.shape != self.preparation.fills.shape or not np.isfinite(fills).all():
            raise ValueError("the values to fill in do not fit the columns")
        return self._prepared(Preparation(fills, offsets, scales))

    def _prepared(self, preparation: Preparation) -> TableDataset:
        training, validation, test = prepared_parts(
            self.rows, preparation, self.file, self.columns, self.target
        )
        return replace(
            self, training=training, validation=validation, test=test, preparation=preparation
        )

    def baselines(self, part: str) -> Mapping[str, Mapping[str, float]]:
        """Return the metrics of always naming the most frequent class, or the mean."""
        if not self.target.classes:
            return super().baselines(part)
        learned, truth = self.rows["training"].answers, self.rows[part].answers
        guess = np.full(len(truth), most_frequent(learned))
        return {MOST_FREQUENT: class_baseline(guess, truth, len(self.target.labels))}


def prepared_parts(
    rows: Mapping[str, Rows],
    preparation: Preparation,
    file: str,
    columns: tuple[str, ...],
    target: Target,
) -> tuple[Part, Part, Part]:
    """Return the three parts as a network sees them."""
    names = (*columns, target.labels[0])
    training, validation, test = (preparation.apply(rows[part], file, names) for part in PARTS)
    return training, validation, test
