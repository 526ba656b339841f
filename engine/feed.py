"""The data of a run on its device, handed out in batches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import ceil
from typing import Any, TypeAlias

from engine.arrays import Array, Backend
from engine.streams import stream
from engine.tasks.base import Dataset

Batch: TypeAlias = tuple[Array, Array, Array | None]
"""Inputs (N, *input shape), targets (N, *output shape), and the weights (N, *places) of classes."""


class Feed:
    """Batches of the training part, each epoch in an order of its own, and whole parts.

    Parameters
    ----------
    dataset
        The samples.
    outputs
        The number of the network's outputs, which decides how classes are written as targets.
    device
        Where the arrays go.
    balanced
        Whether a rare class counts as much as a frequent one.

    Attributes
    ----------
    position
        How many training samples of the running epoch have been handed out.
    """

    def __init__(
        self, dataset: Dataset, outputs: int, device: Backend, balanced: bool = False
    ) -> None:
        self.dataset = dataset
        self.position = 0
        self._count = len(dataset.training)
        self._device = device
        self._parts: dict[str, tuple[Array, Array]] = {}
        self._order: Array = None
        target = dataset.target
        self._classes = self._weights = None
        if target.classes:
            self._classes = device.to_device(dataset.class_rows(outputs))
        if target.classes and (balanced or target.steps):
            self._weights = device.to_device(dataset.class_weights(balanced))

    def __len__(self) -> int:
        """Return the number of training samples."""
        return self._count

    def batch_size(self, wanted: int) -> int:
        """Return the size of a batch where `wanted` samples are asked for; 0 asks for all."""
        return min(wanted or self._count, self._count)

    def batches(self, wanted: int) -> int:
        """Return the number of batches an epoch has."""
        return ceil(self._count / self.batch_size(wanted))

    def part(self, name: str) -> tuple[Array, Array]:
        """Return inputs and targets of a part on the device."""
        if name not in self._parts:
            part, to_device = self.dataset.part(name), self._device.to_device
            self._parts[name] = to_device(part.inputs), to_device(part.targets)
        return self._parts[name]

    def chunks(
        self, name: str, size: int, limit: int | None = None, start: int = 0
    ) -> Iterator[Batch]:
        """Return the samples of a part from `start` to `limit` in batches of `size` in order."""
        x, t = (array[start:limit] for array in self.part(name))
        for first in range(0, len(x), size):
            rows = slice(first, first + size)
            yield self._batch(x[rows], t[rows])

    def next(self, wanted: int, epoch: int, seed: int) -> Batch:
        """Return the next batch of an epoch; the last one of an epoch may be smaller."""
        x, t = self.part("training")
        start, count = self.position, self._count
        if not 0 < wanted < count:
            self.position = count
            return self._batch(x, t)
        if self._order is None:
            order = stream(seed, "shuffle", epoch).permutation(count)
            self._order = self._device.to_device(order)
        self.position = min(start + wanted, count)
        rows = self._order[start : self.position]
        return self._batch(x.take(rows, axis=0), t.take(rows, axis=0))

    def _batch(self, x: Array, t: Array) -> Batch:
        """Write the targets as a loss wants them."""
        if self._classes is None:
            return x, t, None
        weights = None if self._weights is None else self._weights.take(t)
        return x, self._classes.take(t, axis=0), weights

    @property
    def epoch_is_over(self) -> bool:
        """Whether all training samples have been handed out."""
        return self.position >= self._count

    def rewind(self, position: int = 0) -> None:
        """Go to `position` in an epoch, whose order is drawn anew."""
        self.position = position
        self._order = None

    def refit(self, fitted: Mapping[str, Any]) -> None:
        """Use the scaling of a saved run instead of that of these data."""
        self.dataset = self.dataset.with_fitted(fitted)
        self._parts.clear()
