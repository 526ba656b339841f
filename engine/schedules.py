"""Learning-rate schedules: a factor on the rate by epoch."""

from __future__ import annotations

from dataclasses import dataclass

from engine.fields import Spec
from engine.registry import Registry


class Schedule(Spec):
    """A factor on the learning rate."""

    def factor(self, epoch: float, epochs: int) -> float:
        """Return the factor at `epoch` (fractions count) of a run planned for `epochs`."""
        raise NotImplementedError


schedule: Registry[Schedule] = Registry("schedule")


@schedule("constant", label="Constant")
@dataclass(frozen=True)
class Constant(Schedule):
    """The rate stays as it is."""

    def factor(self, epoch: float, epochs: int) -> float:
        """Return 1."""
        return 1.0
