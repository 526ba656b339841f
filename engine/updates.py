"""One update: the gradient of a batch, what is done to it, and the step that follows."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.arrays import Array
from engine.clipping import clip
from engine.feed import Batch
from engine.network import Network
from engine.optimizers import Optimizer, OptimizerState

if TYPE_CHECKING:
    from engine.experiment import Training


def update(
    network: Network, training: Training, state: OptimizerState, batch: Batch, rate: float
) -> float:
    """Change the parameters by one update of the optimizer; return the loss before it.

    Where that is not finite, they stay as they are, so that the cause can be looked for.

    Frozen parameters keep their values to the bit, whatever penalties and momentum say; the
    learning rate of the others is multiplied by that of their node.
    """
    theta, optimizer = network.theta, training.optimizer
    state.t += 1
    if optimizer.evaluates:
        objective = Objective(network, training, state, batch)
        optimizer.minimize(theta, objective, state)
        loss = objective.first_loss
    else:
        loss = prepared_gradient(network, training, state, batch)
        if not isfinite(loss):
            return loss
        if network.rates is None:
            optimizer.update(theta, network.gradient, rate, state)
        else:
            _step(network, optimizer, rate, state, network.rates)
    if training.max_norm:
        network.limit_norms(training.max_norm)
    return loss


def _step(
    network: Network, optimizer: Optimizer, rate: float, state: OptimizerState, rates: Array
) -> None:
    """Let each node go its share of the step, and remember what was known of those that rest."""
    theta, before = network.theta, network.theta.copy()
    resting = [slot[at] for slot in state.slots.values() for at in network.resting]
    known = [values.copy() for values in resting]
    optimizer.update(theta, network.gradient, rate, state)
    theta -= before
    theta *= rates
    theta += before
    for values, earlier in zip(resting, known, strict=True):
        values[...] = earlier
    network.gradient *= rates > 0


def prepared_gradient(
    network: Network, training: Training, state: OptimizerState, batch: Batch
) -> float:
    """Leave the gradient to follow in the network; return the loss, without the penalty."""
    loss = whole_gradient(network, training, state, batch)
    if training.clip_norm or training.clip_value:
        clip(network.gradient, training.clip_norm, training.clip_value, state.xp)
    return loss


def whole_gradient(
    network: Network, training: Training, state: OptimizerState, batch: Batch
) -> float:
    """Leave the gradient of loss and penalty in the network; return the loss alone.

    That of frozen parameters is zero.
    """
    loss = float(network.loss_and_gradient(*batch))
    gradient = network.gradient
    network.add_penalties()
    training.penalty.add_gradient(network.theta, network.decays, gradient, state.scratch)
    if network.rates is not None:
        gradient *= network.rates > 0
    return loss


class Objective:
    """Loss and penalties of a batch as a function of all parameters, for those that ask for it.

    Its gradient is not clipped: a line search needs that of the value.

    Attributes
    ----------
    first_loss
        The loss, without the penalty, where it was asked for first.
    """

    def __init__(
        self, network: Network, training: Training, state: OptimizerState, batch: Batch
    ) -> None:
        self._given = network, training, state, batch
        self.first_loss = 0.0
        self._calls = 0

    def __call__(self, theta: np.ndarray[Any, Any]) -> tuple[float, np.ndarray[Any, Any]]:
        """Return the value at `theta`, a float64 vector on the host, and its gradient."""
        network, training, _, _ = self._given
        network.theta[...] = network.device.to_device(theta)
        loss = whole_gradient(*self._given)
        if not self._calls:
            self.first_loss = loss
        self._calls += 1
        penalty = training.penalty.value(network.theta, network.decays)
        value = loss + network.penalty() + penalty
        gradient: Array = network.device.to_host(network.gradient)
        return value, gradient.astype(np.float64)
