"""The loss around the present weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from engine.probes import Probe, training_gradient
from engine.surface import Sampled
from engine.tasks.base import HostArray

if TYPE_CHECKING:
    from engine.network import Network
    from engine.trainer import Trainer


@dataclass(frozen=True)
class LossSlice(Probe):
    """The loss, with the penalty, on a square through the present parameters θ.

    The first axis is the direction of steepest descent on the first training batch, the second a
    random one at right angles, in proportion to the size of each parameter array (Li et al. 2018).
    Both have length 1, so that a place (a, b) is θ + a d₁ + b d₂. The answer is a `Sampled`
    surface of which the middle is θ.
    """

    resolution: int = 11
    most_work: float = 3e8
    """How many multiplications an answer may take, about; it decides from how many of the first
    training samples, 2 to 64, the loss is taken."""
    share: float = 0.5
    """How far the square reaches from its middle, in lengths of θ."""

    def rows(self, network: Network) -> int:
        """Return how many training samples the loss is the mean of."""
        affordable = self.most_work / (self.resolution**2 * network.work)
        return int(min(max(affordable, 2), 64))

    def measure(self, trainer: Trainer) -> Sampled:
        """Return the surface; the parameters are as before."""
        network, training = trainer.network, trainer.experiment.training
        training_gradient(trainer)
        first, second = directions(network)
        to_device, theta = network.device.to_device, network.theta
        axes = [to_device(axis.astype(theta.dtype)) for axis in (first, second)]
        batch = next(trainer.feed.chunks("training", self.rows(network)))
        before = theta.copy()
        length = float(np.linalg.norm(network.device.to_host(before) * _learned(network)))
        reach = self.share * max(length, 1.0)
        ticks = np.linspace(-reach, reach, self.resolution)
        losses = np.empty((self.resolution, self.resolution))
        try:
            for row, b in enumerate(ticks.tolist()):
                for column, a in enumerate(ticks.tolist()):
                    theta[...] = before + a * axes[0] + b * axes[1]
                    loss, _ = network.evaluate([batch])
                    loss += network.penalty() + training.penalty.value(theta, network.decays)
                    losses[row, column] = loss
        finally:
            theta[...] = before
        return Sampled(losses, reach)


def directions(network: Network) -> tuple[HostArray, HostArray]:
    """Return steepest descent and a random direction, of length 1 and at right angles, float64."""
    learned = _learned(network)
    random = np.random.default_rng(0).standard_normal(len(learned)) * learned
    theta = network.device.to_host(network.theta)
    for at, _ in (place for places in network.layout.values() for place in places.values()):
        length = float(np.linalg.norm(random[at]))
        if length:
            random[at] *= max(float(np.linalg.norm(theta[at])), 1e-3) / length
    gradient = network.device.to_host(network.gradient).astype(np.float64) * learned
    size = float(np.linalg.norm(gradient))
    first = -gradient / size if size > 0 and np.isfinite(size) else np.eye(1, len(learned))[0]
    second = random - (random @ first) * first
    return first, second / max(float(np.linalg.norm(second)), 1e-30)


def _learned(network: Network) -> HostArray:
    """Return 1 for the parameters that training changes, and 0 for the others."""
    learned = np.zeros(len(network.theta))
    for node in network.running:
        kept = () if node.rate else tuple(network.layout[node.name])
        for name, (at, _) in network.layout[node.name].items():
            learned[at] = name not in (*node.layer.statistics, *node.layer.fixed, *kept)
    return learned
