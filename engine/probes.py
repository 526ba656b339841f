"""What a view asks of a network between two updates; every answer is a copy on the host."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from engine.layers.parametrized import merged
from engine.metrics import confusion_matrix, predicted_classes
from engine.run import Run
from engine.tasks.base import HostArray

if TYPE_CHECKING:
    from engine.trainer import Trainer


DRAFT = 50
"""Points along each side of a plane while the network trains; pictures of it are smoothed."""


@dataclass(frozen=True)
class Probe:
    """A question, equal to every other question with the same fields."""

    interval: ClassVar[float] = 0.1
    """Seconds between two answers while the network trains, if time allows."""

    def draft(self) -> Probe:
        """Return a cheaper question with nearly the same answer, for a network that trains."""
        return self

    def measure(self, trainer: Trainer) -> Any:
        """Return the answer for the network as it is now."""
        raise NotImplementedError


@dataclass(frozen=True)
class Plane(Probe):
    """What nodes give over a grid of the plane of two inputs.

    Further inputs are what the task calculates from the two, or held at their mean.

    The answer is a dictionary from node name to float32 (units, resolution, resolution); row 0 is
    the lowest x₂, column 0 the lowest x₁. Only nodes whose output is a list of at most
    `most_units` numbers are in it. The output's entry is the prediction.
    """

    bounds: tuple[float, float, float, float]
    """Lowest x₁, highest x₁, lowest x₂, highest x₂."""
    resolution: int = 100
    most_units: int = 8
    axes: tuple[int, int] = (0, 1)
    """Which of the inputs x₁ and x₂ are."""
    interval = 1 / 40

    def draft(self) -> Plane:
        """Return the same plane in fewer points."""
        return replace(self, resolution=min(self.resolution, DRAFT))

    def measure(self, trainer: Trainer) -> Mapping[str, HostArray]:
        """Return the values by node."""
        network = trainer.network
        grid = _grid(self.bounds, self.resolution)
        names = tuple(
            name
            for name, shape in network.shapes.items()
            if len(shape) == 1 and shape[0] <= self.most_units
        )
        inputs = trainer.dataset.inputs_at(grid, self.axes)
        answers = network.activations(network.device.to_device(inputs), names)
        return {
            name: np.ascontiguousarray(values.T).reshape(-1, self.resolution, self.resolution)
            for name, values in answers.items()
        }


@lru_cache(maxsize=8)
def _grid(bounds: tuple[float, float, float, float], resolution: int) -> HostArray:
    """Return the points of a grid (resolution², 2), row by row from the lowest x₂ on."""
    left, right, low, high = bounds
    x, y = np.meshgrid(
        np.linspace(left, right, resolution, dtype=np.float32),
        np.linspace(low, high, resolution, dtype=np.float32),
    )
    grid = np.stack([x.ravel(), y.ravel()], axis=1)
    grid.flags.writeable = False
    return grid


@dataclass(frozen=True)
class Parameters(Probe):
    """All parameters: a dictionary from node to a dictionary from name (W, b) to array.

    Weights that are made of other parameters are given as the layer uses them.
    """

    def measure(self, trainer: Trainer) -> Mapping[str, Mapping[str, HostArray]]:
        """Return copies of the parameters."""
        network = trainer.network
        run = Run(np, network.dtype)
        return {
            node: {**arrays, **merged(network.graph[node].layer, arrays, run.part(node))[1]}
            for node, arrays in network.parameters().items()
        }


@dataclass(frozen=True)
class Gradients(Probe):
    """The gradients of the loss on the first training batch, laid out as `Parameters`."""

    def measure(self, trainer: Trainer) -> Mapping[str, Mapping[str, HostArray]]:
        """Return copies of the gradients, which are taken anew: the optimizer spoils its own."""
        training_gradient(trainer)
        return trainer.network.parameters(trainer.network.gradient)


def training_gradient(trainer: Trainer) -> int:
    """Take the gradient on the first training batch, as an update would; return the batch's size.

    Random streams and running statistics are put back, so that a run is the same whether it is
    looked at or not.
    """
    network = trainer.network
    rows = trainer.feed.batch_size(trainer.experiment.training.batch_size)
    streams = [rng.bit_generator for rng in network.streams().values()]
    states = [stream.state for stream in streams]
    kept = [
        (network.theta[at], network.theta[at].copy())
        for node in network.graph
        for name, (at, _) in network.layout[node.name].items()
        if name in node.layer.statistics
    ]
    network.loss_and_gradient(*next(trainer.feed.chunks("training", rows)))
    for statistic, before in kept:
        statistic[...] = before
    for stream, state in zip(streams, states, strict=True):
        stream.state = state
    return rows


@dataclass(frozen=True)
class Sample(Probe):
    """What every node gives for one sample: a dictionary from node name to its output.

    The answer has no batch axis; the entry of the input is the sample itself.
    """

    part: str = "validation"
    index: int = 0
    interval = 1 / 40

    def inputs(self, trainer: Trainer) -> HostArray:
        """Return the sample as a batch of one."""
        inputs = trainer.dataset.part(self.part).inputs
        row = self.index % len(inputs)
        return inputs[row : row + 1]

    def measure(self, trainer: Trainer) -> Mapping[str, HostArray]:
        """Return the values by node."""
        x, network = self.inputs(trainer), trainer.network
        answers = network.activations(network.device.to_device(x), tuple(network.shapes))
        return {name: values[0] for name, values in answers.items()}


@dataclass(frozen=True)
class Predictions(Probe):
    """The predictions for the first `limit` samples of a part, (n, outputs), as the network's."""

    part: str = "validation"
    limit: int | None = None

    def measure(self, trainer: Trainer) -> HostArray:
        """Return probabilities, or numbers in the unit of the target."""
        x, _ = trainer.feed.part(self.part)
        prediction = trainer.network.predict(x[: self.limit])
        return trainer.dataset.in_units(prediction)


@dataclass(frozen=True)
class Confusion(Probe):
    """Counts of a part (classes, classes): row the true class, column the predicted one."""

    part: str = "validation"
    limit: int | None = None

    def measure(self, trainer: Trainer) -> HostArray:
        """Return the matrix."""
        x, _ = trainer.feed.part(self.part)
        true = trainer.dataset.part(self.part).targets[: self.limit]
        predicted = predicted_classes(trainer.network.predict(x[: self.limit]))
        return confusion_matrix(predicted, true, len(trainer.dataset.target.labels))
