"""Will a student pass? Two numbers in, one answer out: a network from one to one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from engine.arrays import Shape
from engine.fields import param
from engine.streams import stream
from engine.tasks.base import Dataset, HostArray, Part, Target, Task, task

REACH = float(np.sqrt(3))
"""All hours are equally likely; a uniform distribution of variance 1 reaches so far."""

FEWEST, MOST = (0.0, 3.0), (10.0, 9.0)
"""Hours of study a week, and of sleep a night."""


@task("exam", label="Exam", icon="data")
@dataclass(frozen=True)
class Exam(Task):
    """Students with their hours of study and of sleep, who fail or pass an exam.

    The probability to pass is σ(z / luck), z = 2 x₁ + x₂, with the standardized hours x, so that
    the best border is a straight line that logistic regression finds.
    """

    luck: float = param(
        0.5, above=0.0, high=5.0, step=0.1, label="Luck", help="How much chance decides"
    )
    count: int = param(600, low=50, high=10_000, label="Students", help="How many students")

    @property
    def input_shape(self) -> Shape:
        """Hours of study and hours of sleep, standardized."""
        return (2,)

    @property
    def target(self) -> Target:
        """Fail or pass."""
        return Target(("fail", "pass"))

    def load(self, seed: int) -> Dataset:
        """Draw the students: 60 % to learn from, the rest validates and tests."""
        rng = stream(seed, "data")
        x = rng.uniform(-REACH, REACH, (self.count, 2))
        passing = 1 / (1 + np.exp(-(2 * x[:, 0] + x[:, 1]) / self.luck))
        passed = rng.random(self.count) < passing
        borders = [round(share * self.count) for share in (0, 0.6, 0.8, 1)]
        inputs, targets = x.astype(np.float32), passed.astype(np.int64)
        parts = (Part(inputs[a:b], targets[a:b]) for a, b in pairwise(borders))
        return Dataset(self.target, *parts)


def hours(inputs: HostArray) -> HostArray:
    """Return standardized inputs (N, 2) as hours."""
    low, high = np.array([FEWEST, MOST])
    found: HostArray = low + (inputs / REACH + 1) / 2 * (high - low)
    return found
