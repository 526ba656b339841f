"""The small tables that come with scikit-learn.

Their names are written down here, so that a network can be built for them before anything is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.tasks.table_columns import Column, no_column


@dataclass(frozen=True)
class TableSet:
    """What is known of a table.

    Attributes
    ----------
    inputs
        The names of its inputs, all of them numbers.
    target
        The name of its last column.
    labels
        The classes in that column; none where it holds numbers.
    thresholds
        Where those numbers are usually cut into classes.
    """

    inputs: tuple[str, ...]
    target: str
    labels: tuple[str, ...] = ()
    thresholds: tuple[float, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all columns."""
        return (*self.inputs, self.target)


@dataclass(frozen=True)
class BuiltInTable:
    """The columns of a built-in table, read like those of a file."""

    file: str
    names: tuple[str, ...]
    rows: NDArray[np.int64]
    columns: Mapping[str, Column]

    @property
    def timeline(self) -> str:
        """An empty string: no rows follow each other in time."""
        return ""

    def column(self, name: str) -> Column:
        """Return a column, or raise DataError where there is none of that name."""
        if name not in self.columns:
            raise no_column(self.file, name, self.names)
        return self.columns[name]


_CELL = (
    "radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity",
    "concave points", "symmetry", "fractal dimension",
)  # fmt: skip

SETS = {
    "diabetes": TableSet(
        ("age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6"),
        "progression",
        thresholds=(140.0,),
    ),
    "iris": TableSet(
        ("sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)"),
        "species",
        ("setosa", "versicolor", "virginica"),
    ),
    "wine": TableSet(
        (
            "alcohol", "malic_acid", "ash", "alcalinity_of_ash", "magnesium", "total_phenols",
            "flavanoids", "nonflavanoid_phenols", "proanthocyanins", "color_intensity", "hue",
            "od280/od315_of_diluted_wines", "proline",
        ),
        "cultivar",
        ("class_0", "class_1", "class_2"),
    ),
    "breast_cancer": TableSet(
        (
            *(f"mean {name}" for name in _CELL),
            *(f"{name} error" for name in _CELL),
            *(f"worst {name}" for name in _CELL),
        ),
        "diagnosis",
        ("malignant", "benign"),
    ),
}  # fmt: skip


@lru_cache(maxsize=1)
def read_set(name: str) -> BuiltInTable:
    """Return a table of `SETS`."""
    from sklearn import datasets

    about = SETS[name]
    data, target = getattr(datasets, f"load_{name}")(return_X_y=True)
    columns = {
        column: Column(column, values.astype(np.float64))
        for column, values in zip(about.inputs, data.T, strict=True)
    }
    columns[about.target] = Column(about.target, target.astype(np.float64), about.labels)
    return BuiltInTable(name, about.names, np.arange(len(target)) + 2, columns)
