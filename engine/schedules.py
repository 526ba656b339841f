"""Learning-rate schedules: a factor on the rate by epoch."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, pow, sqrt

from engine.fields import Spec, param
from engine.registry import Registry


class Schedule(Spec):
    """A factor on the learning rate."""

    def factor(self, epoch: float, epochs: int) -> float:
        """Return the factor at `epoch` (fractions count) of a run planned for `epochs`."""
        raise NotImplementedError


schedule: Registry[Schedule] = Registry("schedule")


def warmed_up(schedule: Schedule, warmup: float, epoch: float, epochs: int) -> float:
    """Return the factor of `schedule` times a linear rise over the first `warmup` epochs.

    The rise is min(1, epoch / warmup), from 0 at the very start; 0 epochs of warm-up are none.
    """
    factor = schedule.factor(epoch, epochs)
    return factor * epoch / warmup if epoch < warmup else factor


@schedule("constant", label="Constant")
@dataclass(frozen=True)
class Constant(Schedule):
    """The rate stays as it is."""

    def factor(self, epoch: float, epochs: int) -> float:
        """Return 1."""
        return 1.0


@schedule("step", label="Step decay")
@dataclass(frozen=True)
class StepDecay(Schedule):
    """The rate is multiplied by γ at each of the given epochs, as in He et al. 2016."""

    milestones: tuple[int, ...] = param(
        (30, 60, 90), low=0, high=100, label="At epochs", help="When the rate drops"
    )
    gamma: float = param(0.1, above=0.0, high=1.0, label="Factor γ", help="By how much it drops")

    def factor(self, epoch: float, epochs: int) -> float:
        """Return γ to the number of milestones reached."""
        return pow(self.gamma, sum(epoch >= milestone for milestone in self.milestones))


@schedule("exponential", label="Exponential decay")
@dataclass(frozen=True)
class ExponentialDecay(Schedule):
    """The factor is γ^epoch."""

    gamma: float = param(0.99, above=0.0, high=1.0, label="Factor γ", help="Decay of each epoch")

    def factor(self, epoch: float, epochs: int) -> float:
        """Return γ^epoch."""
        return pow(self.gamma, epoch)


@schedule("cosine", label="Cosine decay")
@dataclass(frozen=True)
class CosineDecay(Schedule):
    """The factor falls along half a cosine to its end (Loshchilov and Hutter 2017)."""

    final: float = param(0.0, low=0.0, high=1.0, label="Final factor", help="Left at the end")

    def factor(self, epoch: float, epochs: int) -> float:
        """Return f + (1 − f) (1 + cos(π epoch / epochs)) / 2, and f after the end."""
        share = min(epoch / epochs, 1.0)
        return self.final + (1 - self.final) * (1 + cos(pi * share)) / 2


@schedule("inverse_sqrt", label="1/√ decay")
@dataclass(frozen=True)
class InverseSqrt(Schedule):
    """The factor is 1 / √(1 + epoch / s), halved after 3 s epochs."""

    scale: float = param(
        1.0, above=0.0, high=10_000.0, log=True, label="Time scale s", unit="epochs"
    )

    def factor(self, epoch: float, epochs: int) -> float:
        """Return 1 / √(1 + epoch / s)."""
        return 1 / sqrt(1 + epoch / self.scale)
