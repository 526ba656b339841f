"""The contract of a task: where samples come from, and how a prediction is judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, TypeAlias

import numpy as np

from engine.arrays import Shape
from engine.errors import DataError
from engine.fields import Spec
from engine.metrics import class_metrics, number_metrics
from engine.registry import Registry
from engine.tasks.baselines import MEAN
from engine.text import Text

HostArray: TypeAlias = np.ndarray[Any, Any]

PARTS = ("training", "validation", "test")


@dataclass(frozen=True)
class Target:
    """What a task wants predicted.

    Parameters
    ----------
    labels
        The names of the classes, or of the numbers.
    classes
        Whether one of the labels is to be chosen, rather than each to be given a number.
    unit
        The unit of the numbers, as in ``km/h``.
    steps
        Where above 0, a sample is to be answered at each of so many places, as in a sequence.
    """

    labels: tuple[str, ...]
    classes: bool = True
    unit: str = ""
    steps: int = 0

    @property
    def sizes(self) -> tuple[int, ...]:
        """The output sizes that fit: one unit a label, and a single one for two classes."""
        return (2, 1) if self.classes and len(self.labels) == 2 else (len(self.labels),)

    @property
    def places(self) -> Shape:
        """The axes of an answer before that of the labels."""
        return (self.steps,) if self.steps else ()


@dataclass(frozen=True)
class Part:
    """Samples for one purpose.

    Parameters
    ----------
    inputs
        float32 (N, *input shape).
    targets
        Classes as int64 (N, *places), −1 where no answer is wanted, or numbers as float32
        (N, *places, outputs) in the network's scale.
    """

    inputs: HostArray
    targets: HostArray

    def __len__(self) -> int:
        return len(self.inputs)

    def head(self, count: int) -> Part:
        """Return the first `count` samples."""
        return Part(self.inputs[:count], self.targets[:count])


@dataclass(frozen=True)
class Dataset:
    """The three parts of a task's data, and how predictions on them are measured.

    Tasks with more to tell (times, scales, file rows) derive from this class.
    """

    target: Target
    training: Part
    validation: Part
    test: Part
    notices: tuple[Text, ...] = field(default=(), kw_only=True)
    """What a person should know about how the data were read."""

    def part(self, name: str) -> Part:
        """Return the part called ``"training"``, ``"validation"`` or ``"test"``."""
        part: Part = getattr(self, name)
        return part

    def inputs_at(self, plane: HostArray, axes: tuple[int, int] = (0, 1)) -> HostArray:
        """Return inputs with values of two of their numbers, the others held at their mean.

        Parameters
        ----------
        plane
            The values, in the network's scale, (n, 2).
        axes
            The places of the two among the numbers of a sample.

        Returns
        -------
        float32 (n, numbers), for tasks whose samples are lists of numbers.
        """
        inputs = np.tile(self._middle, (len(plane), 1))
        inputs[:, list(axes)] = plane
        return inputs

    @cached_property
    def _middle(self) -> HostArray:
        """The mean sample of the training part."""
        mean: HostArray = self.training.inputs.mean(axis=0, dtype=np.float64).astype(np.float32)
        return mean

    def class_rows(self, outputs: int) -> HostArray:
        """Return what a network with so many outputs is to give for each class, as float32 rows.

        They are one-hot, a column of 0 and 1 where `outputs` is 1; zeros follow, for −1.
        """
        if outputs == 1:
            return np.array([[0], [1], [0]], np.float32)
        return np.eye(outputs + 1, outputs, dtype=np.float32)

    def class_weights(self, balanced: bool) -> HostArray:
        """Return how much each class counts in the loss, as float32; 0 follows, for −1.

        If `balanced`, that is N / (classes · N of the class) in the training part, so that a rare
        class counts as much as a frequent one (King and Zeng 2001); else it is 1.
        """
        classes = len(self.target.labels)
        weights = np.ones(classes)
        if balanced:
            targets = self.training.targets
            counts = np.bincount(targets[targets >= 0], minlength=classes)
            weights = counts.sum() / (classes * np.maximum(counts, 1))
        return np.append(weights, 0).astype(np.float32)

    def measure(self, prediction: HostArray, part: str, thorough: bool = False) -> dict[str, float]:
        """Return metrics by name for predictions on the leading samples of a part.

        Parameters
        ----------
        prediction
            Probabilities, or numbers in the network's scale, (n, *places, outputs) with n up to
            the size of the part.
        part
            Which part the rows belong to.
        thorough
            Whether metrics that take longer are wanted too, as at the end of a run.
        """
        targets = self.part(part).targets[: len(prediction)]
        if self.target.classes:
            return class_metrics(prediction, targets, len(self.target.labels), thorough)
        return number_metrics(self.in_units(prediction), self.in_units(targets))

    def in_units(self, values: HostArray) -> HostArray:
        """Return numbers in the network's scale as numbers in the unit of the target."""
        return values

    @property
    def fitted(self) -> Mapping[str, Any]:
        """What was learned from the training part to prepare the data, plain JSON."""
        return {}

    def with_fitted(self, fitted: Mapping[str, Any]) -> Dataset:
        """Return the data prepared as another run's were, so that its network understands them.

        Raises
        ------
        KeyError, TypeError, ValueError
            Where `fitted` does not come from the same task.
        """
        return self

    def baselines(self, part: str) -> Mapping[str, Mapping[str, float]]:
        """Return the metrics of simple forecasts to compare with, by name of the forecast.

        For numbers that is the mean of the training part; for classes few data have any.
        """
        if self.target.classes:
            return {}
        learned, truth = (self.in_units(self.part(one).targets) for one in ("training", part))
        return {MEAN: number_metrics(np.broadcast_to(learned.mean(axis=0), truth.shape), truth)}


class Task(Spec):
    """Data with a question.

    A new task is one file in this package: a frozen dataclass with `param` fields, registered
    with ``@task(kind, label=…, icon=…)``.
    """

    data_field: ClassVar[str] = ""
    """The field that names a file or folder with the user's own data; empty where there is none."""
    icon: ClassVar[str] = "data"

    @property
    def input_shape(self) -> Shape:
        """The shape of one sample."""
        raise NotImplementedError

    @property
    def target(self) -> Target:
        """What is to be predicted."""
        raise NotImplementedError

    @property
    def token_count(self) -> int:
        """How many different tokens a sample is made of; 0 where it is made of quantities."""
        return 0

    @property
    def problem(self) -> DataError | None:
        """What keeps the data from being used, where that is known before they are loaded.

        Shape and target are then stand-ins.
        """
        return None

    def load(self, seed: int) -> Dataset:
        """Read or make the data, split into parts; the same seed gives the same data.

        Raises
        ------
        DataError
            Where a file cannot be used; it names file, row and field.
        """
        raise NotImplementedError

    def with_data(self, path: str | Path) -> Task:
        """Return the task reading `path`, or raise DataError where it reads no files."""
        if not self.data_field:
            raise DataError(
                "The task {task} makes its own data and reads no file; leave --data out.",
                task=self.label,
            )
        return replace(self, **{self.data_field: str(path)})  # type: ignore[type-var]


task: Registry[Task] = Registry("task")
