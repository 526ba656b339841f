"""The data of a run on its device, handed out in batches."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Any

from engine.arrays import Array, Backend
from engine.streams import stream
from engine.tasks.base import Dataset


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

    Attributes
    ----------
    position
        How many training samples of the running epoch have been handed out.
    """

    def __init__(self, dataset: Dataset, outputs: int, device: Backend) -> None:
        self.dataset = dataset
        self.position = 0
        self._count = len(dataset.training)
        self._outputs = outputs
        self._device = device
        self._parts: dict[str, tuple[Array, Array]] = {}
        self._order: Array = None

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
        """Return inputs and targets of a part on the device, targets as a loss wants them."""
        if name not in self._parts:
            part = self.dataset.part(name)
            targets = self.dataset.one_hot(part.targets, self._outputs)
            to_device = self._device.to_device
            self._parts[name] = to_device(part.inputs), to_device(targets)
        return self._parts[name]

    def next(self, wanted: int, epoch: int, seed: int) -> tuple[Array, Array]:
        """Return the next batch of an epoch; the last one of an epoch may be smaller."""
        x, t = self.part("training")
        start, count = self.position, self._count
        if not 0 < wanted < count:
            self.position = count
            return x, t
        if self._order is None:
            order = stream(seed, "shuffle", epoch).permutation(count)
            self._order = self._device.to_device(order)
        self.position = min(start + wanted, count)
        rows = self._order[start : self.position]
        return x.take(rows, axis=0), t.take(rows, axis=0)

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
