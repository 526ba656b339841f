"""Tasks in a plane: two coordinates, and what can be calculated from them as further inputs."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, field
from math import pi

import numpy as np

from engine.arrays import Shape
from engine.fields import param
from engine.tasks.base import Dataset, HostArray, Task
from engine.tasks.checks import check_distinct

FEATURES = {
    "x1^2": lambda x1, x2: x1 * x1,
    "x2^2": lambda x1, x2: x2 * x2,
    "x1*x2": lambda x1, x2: x1 * x2,
    "sin x1": lambda x1, x2: np.sin(2 * pi * x1),
    "sin x2": lambda x1, x2: np.sin(2 * pi * x2),
}
"""The sines have two periods from −1 to 1, where most points are."""

SYMBOLS = {
    "x1^2": "x₁²",
    "x2^2": "x₂²",
    "x1*x2": "x₁x₂",
    "sin x1": "sin 2πx₁",
    "sin x2": "sin 2πx₂",
}


def crossed(points: HostArray, features: tuple[str, ...]) -> HostArray:
    """Return coordinates (N, 2) with features of them, float32 (N, 2 + features)."""
    x1, x2 = points.T
    columns = [x1, x2, *(FEATURES[name](x1, x2) for name in features)]
    return np.stack(columns, axis=1).astype(np.float32)


@dataclass(frozen=True)
class PlaneDataset(Dataset):
    """Points of a plane, each with the same features of its coordinates."""

    features: tuple[str, ...] = field(kw_only=True)

    def inputs_at(self, plane: HostArray, axes: tuple[int, int] = (0, 1)) -> HostArray:
        """Return the inputs at coordinates (n, 2)."""
        return crossed(plane, self.features)


@dataclass(frozen=True)
class PlaneTask(Task):
    """Two coordinates, with feature crosses where they are wanted.

    A feature x₁x₂ or x₁² lets a single neuron draw a border that is no straight line.
    """

    _: KW_ONLY
    features: tuple[str, ...] = param(
        (),
        choices=FEATURES,
        high=len(FEATURES),
        label="Feature crosses",
        help="What is calculated from x₁ and x₂ and given to the network as further inputs",
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        check_distinct(self.label, "features", self.features)

    @property
    def input_shape(self) -> Shape:
        """Two coordinates and the features."""
        return (2 + len(self.features),)

    @property
    def input_names(self) -> tuple[str, ...]:
        """The symbols of the inputs."""
        return ("x₁", "x₂", *(SYMBOLS[name] for name in self.features))
