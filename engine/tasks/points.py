"""Points on a plane: logic gates and clouds, small enough to see every step."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import pi

import numpy as np

from engine.arrays import Shape
from engine.fields import param
from engine.streams import stream
from engine.tasks.base import Dataset, HostArray, Part, Target, Task, task

GATES = {"and": (0, 0, 0, 1), "or": (0, 1, 1, 1), "nand": (1, 1, 1, 0), "xor": (0, 1, 1, 0)}
CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], np.float32)


@task("gate", label="Logic gate", icon="data")
@dataclass(frozen=True)
class Gate(Task):
    """The four rows of a truth table; each is training, validation and test sample at once."""

    gate: str = param("xor", choices=GATES, label="Gate", help="Which truth table is learned")

    @property
    def input_shape(self) -> Shape:
        """Two inputs."""
        return (2,)

    @property
    def target(self) -> Target:
        """False or true."""
        return Target(("0", "1"))

    def load(self, seed: int) -> Dataset:
        """Return the truth table."""
        table = Part(CORNERS, np.array(GATES[self.gate], np.int64))
        return Dataset(self.target, table, table, table)


def _xor(rng: np.random.Generator, count: int, noise: float) -> tuple[HostArray, HostArray]:
    clean = rng.uniform(0.1, 1, (count, 2)) * rng.choice([-1.0, 1.0], (count, 2))
    return clean + rng.normal(0, 0.35 * noise, (count, 2)), (clean[:, 0] * clean[:, 1] < 0) * 1


def _circles(rng: np.random.Generator, count: int, noise: float) -> tuple[HostArray, HostArray]:
    inner = np.arange(count) % 2
    radius = np.where(inner, rng.uniform(0, 0.5, count), rng.uniform(0.7, 1, count))
    angle = rng.uniform(0, 2 * pi, count)
    clean = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    return clean + rng.normal(0, 0.5 * noise, (count, 2)), inner


def _moons(rng: np.random.Generator, count: int, noise: float) -> tuple[HostArray, HostArray]:
    lower = np.arange(count) % 2
    angle = rng.uniform(0, pi, count)
    x = np.where(lower, 1 - np.cos(angle), np.cos(angle)) - 0.5
    y = np.where(lower, 0.5 - np.sin(angle), np.sin(angle)) - 0.25
    return np.stack([x, y], axis=1) / 1.5 + rng.normal(0, 0.4 * noise, (count, 2)), lower


def _spirals(rng: np.random.Generator, count: int, noise: float) -> tuple[HostArray, HostArray]:
    arm = np.arange(count) % 2
    along = np.sqrt(rng.uniform(0.01, 1, count))
    angle = 1.75 * 2 * pi * along + arm * pi
    clean = np.stack([along * np.sin(angle), along * np.cos(angle)], axis=1)
    return clean + rng.normal(0, 0.2 * noise, (count, 2)), arm


def _gaussians(rng: np.random.Generator, count: int, noise: float) -> tuple[HostArray, HostArray]:
    side = np.arange(count) % 2
    centre = np.where(side, 0.5, -0.5)[:, None]
    return centre + rng.normal(0, 0.12 + 0.6 * noise, (count, 2)), side


def _checkerboard(
    rng: np.random.Generator, count: int, noise: float
) -> tuple[HostArray, HostArray]:
    clean = rng.uniform(-1, 1, (count, 2))
    cells = np.floor(2 * clean).astype(int)
    return clean + rng.normal(0, 0.3 * noise, (count, 2)), cells.sum(axis=1) % 2


CLOUDS = {
    "xor": _xor,
    "circles": _circles,
    "moons": _moons,
    "spirals": _spirals,
    "gaussians": _gaussians,
    "checkerboard": _checkerboard,
}


@task("points", label="Points", icon="data")
@dataclass(frozen=True)
class Points(Task):
    """Two classes of points in a plane, drawn anew for each seed and draw."""

    cloud: str = param("xor", choices=CLOUDS, label="Cloud", help="How the points are spread")
    noise: float = param(
        0.1, low=0.0, high=0.5, step=0.01, label="Noise", help="How far points stray"
    )
    count: int = param(400, low=20, high=10_000, label="Points", help="How many points are drawn")
    training_share: float = param(
        0.8,
        low=0.1,
        high=0.9,
        step=0.05,
        label="Training share",
        help="Share of the points the network learns from; the others validate it",
    )
    draw: int = param(0, low=0, high=1_000_000, hidden=True, label="Draw")

    @property
    def input_shape(self) -> Shape:
        """Two coordinates."""
        return (2,)

    @property
    def target(self) -> Target:
        """Two classes."""
        return Target(("class 0", "class 1"))

    def load(self, seed: int) -> Dataset:
        """Draw the points; a fresh set of the same size as the validation part is the test part."""
        rng = stream(seed, "data", self.draw)
        training = round(self.count * self.training_share)
        validation = self.count - training
        points, classes = CLOUDS[self.cloud](rng, self.count + validation, self.noise)
        order = stream(seed, "split", self.draw).permutation(len(points))
        whole = Part(points[order].astype(np.float32), classes[order].astype(np.int64))
        bounds = (0, training, self.count, self.count + validation)
        parts = (
            Part(whole.inputs[start:stop], whole.targets[start:stop])
            for start, stop in pairwise(bounds)
        )
        return Dataset(self.target, *parts)
