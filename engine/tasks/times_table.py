"""The times table: 7, 6 → 42, which needs no memory of what was asked before."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from engine.arrays import Shape
from engine.fields import param
from engine.streams import stream
from engine.tasks.base import Dataset, HostArray, Part, Target, Task, task

HELD_OUT = 0.1
"""The share of the rows that validates, and that tests."""


@dataclass(frozen=True)
class TimesTableDataset(Dataset):
    """Rows of the table; both factors and the product are divided by the largest there is."""

    largest: int = field(kw_only=True)

    def in_units(self, values: HostArray) -> HostArray:
        """Undo the scaling of the product."""
        products: HostArray = values * self.largest**2
        return products


@task("times_table", label="Times table", icon="data")
@dataclass(frozen=True)
class TimesTable(Task):
    """Two factors from 1 on, to be answered by their product; each pair comes once."""

    largest: int = param(
        9, low=5, high=30, label="Largest factor", help="The table goes up to this number"
    )

    @property
    def input_shape(self) -> Shape:
        """Two factors."""
        return (2,)

    @property
    def target(self) -> Target:
        """The product."""
        return Target(("product",), classes=False)

    def load(self, seed: int) -> Dataset:
        """Return the table; a seeded tenth of it validates, another tests."""
        factors = 1 + np.indices((self.largest, self.largest)).reshape(2, -1).T
        products = factors.prod(axis=1, keepdims=True)
        inputs = (factors / self.largest).astype(np.float32)
        targets = (products / self.largest**2).astype(np.float32)
        order = stream(seed, "split").permutation(len(factors))
        borders = [
            0,
            *np.rint(np.array([1 - 2 * HELD_OUT, 1 - HELD_OUT, 1]) * len(order)).astype(int),
        ]
        parts = (Part(inputs[order[a:b]], targets[order[a:b]]) for a, b in pairwise(borders))
        return TimesTableDataset(self.target, *parts, largest=self.largest)
