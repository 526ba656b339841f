"""Points on a plane: logic gates and clouds, small enough to see every step."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import pi

import numpy as np

from engine.errors import DataError, FieldError
from engine.fields import param
from engine.streams import stream
from engine.tasks.base import Dataset, HostArray, Part, Target, task
from engine.tasks.plane import PlaneDataset, PlaneTask, crossed

GATES = {"and": (0, 0, 0, 1), "or": (0, 1, 1, 1), "nand": (1, 1, 1, 0), "xor": (0, 1, 1, 0)}
CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], np.float32)


@task("gate", label="Logic gate", icon="data")
@dataclass(frozen=True)
class Gate(PlaneTask):
    """The four rows of a truth table; each is training, validation and test sample at once."""

    gate: str = param("xor", choices=GATES, label="Gate", help="Which truth table is learned")

    @property
    def target(self) -> Target:
        """False or true."""
        return Target(("0", "1"))

    def load(self, seed: int) -> Dataset:
        """Return the truth table."""
        table = Part(crossed(CORNERS, self.features), np.array(GATES[self.gate], np.int64))
        return PlaneDataset(self.target, table, table, table, features=self.features)


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

OWN = "own"
MOST_CLASSES, MOST_POINTS, FARTHEST = 4, 2000, 10.0
"""What a person's own points may be: classes, how many, and how far from the origin."""


@task("points", label="Points", icon="data")
@dataclass(frozen=True)
class Points(PlaneTask):
    """Classes of points in a plane: drawn anew for each seed and draw, or a person's own."""

    cloud: str = param(
        "xor", choices=(*CLOUDS, OWN), label="Cloud", help="How the points are spread"
    )
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
    own: tuple[tuple[float, ...], ...] = param(
        (), high=MOST_POINTS, hidden=True, label="Own points", help="x₁, x₂ and class of each"
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        for point in self.own:
            if len(point) != 3 or point[2] not in range(MOST_CLASSES) or not _is_near(point[:2]):
                raise FieldError(
                    "{owner}: a point of one's own is x₁ and x₂ within ±{far} and a class from 0 "
                    "to {last}, not {value}.",
                    owner=self.label,
                    far=f"{FARTHEST:g}",
                    last=MOST_CLASSES - 1,
                    value=point,
                )

    @property
    def target(self) -> Target:
        """Two classes, or as many as a person's own points have."""
        count = 2
        if self.cloud == OWN:
            count = max([count, *(1 + int(label) for _, _, label in self.own)])
        return Target(tuple(f"class {label}" for label in range(count)))

    @property
    def problem(self) -> DataError | None:
        """That a person has not painted enough points yet."""
        if self.cloud != OWN or len(self.own) > 1:
            return None
        return DataError("Paint at least two points, or choose another cloud.")

    def painted(self, seed: int) -> Points:
        """Return the task with its present points as a person's own, to be painted on."""
        data = self.load(seed)
        points = [
            (round(x1, 4), round(x2, 4), float(label))
            for part in (data.training, data.validation)
            for (x1, x2, *_), label in zip(part.inputs.tolist(), part.targets.tolist(), strict=True)
        ]
        every = -(-len(points) // MOST_POINTS)
        return self.but(cloud=OWN, own=tuple(points[::every]))

    def load(self, seed: int) -> Dataset:
        """Draw the points; a fresh set of the same size as the validation part is the test part.

        A person's own points that validate are the test part, too.

        Raises
        ------
        DataError
            Where there are fewer than two points.
        """
        if self.cloud == OWN:
            return self._load_own(seed)
        rng = stream(seed, "data", self.draw)
        training = round(self.count * self.training_share)
        validation = self.count - training
        points, classes = CLOUDS[self.cloud](rng, self.count + validation, self.noise)
        order = stream(seed, "split", self.draw).permutation(len(points))
        whole = self._part(points[order], classes[order])
        bounds = (0, training, self.count, self.count + validation)
        parts = (
            Part(whole.inputs[start:stop], whole.targets[start:stop])
            for start, stop in pairwise(bounds)
        )
        return PlaneDataset(self.target, *parts, features=self.features)

    def _load_own(self, seed: int) -> Dataset:
        if self.problem is not None:
            raise self.problem
        rows = np.array(self.own)
        # Each point has a number of its own, so that one more leaves the parts of the others.
        order = stream(seed, "split", self.draw).random(len(rows)).argsort()
        training = min(max(round(len(rows) * self.training_share), 1), len(rows) - 1)
        learned, kept = (
            self._part(rows[places, :2], rows[places, 2])
            for places in (np.sort(order[:training]), np.sort(order[training:]))
        )
        return PlaneDataset(self.target, learned, kept, kept, features=self.features)

    def _part(self, points: HostArray, classes: HostArray) -> Part:
        return Part(crossed(points, self.features), classes.astype(np.int64))


def _is_near(place: tuple[float, ...]) -> bool:
    return all(abs(coordinate) <= FARTHEST for coordinate in place)
