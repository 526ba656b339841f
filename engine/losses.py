"""Loss functions and their gradients, on logits where that is the stable form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from engine.activations import Activation, Identity, Softmax
from engine.arrays import Array
from engine.fields import Spec
from engine.registry import Registry
from engine.run import Run

LossBackward: TypeAlias = Callable[[], Array]


class Loss(Spec):
    """A scalar that training makes small, the mean over a batch.

    The network hands a loss its logits z: what its last layer gives before an activation equal to
    `link`. A prediction is link(z). Where the last activation is another one, its output is taken
    as the logits.
    """

    link: ClassVar[Activation] = Identity()
    classes: ClassVar[bool] = False
    """Whether the loss needs class targets; the others take numbers as well."""

    def forward(self, z: Array, t: Array, run: Run) -> tuple[Array, LossBackward]:
        """Return L(z, t) as a 0-d array, and the function that gives dL/dz.

        Parameters
        ----------
        z
            Logits (N, outputs).
        t
            Targets of the same shape: numbers, or classes as one-hot rows (one column of 0 and 1
            for a single output).
        run
            Buffers.
        """
        raise NotImplementedError


loss: Registry[Loss] = Registry("loss")


@loss("mse", label="Mean squared error")
@dataclass(frozen=True)
class MeanSquaredError(Loss):
    """L = mean (z − t)² over rows and outputs."""

    def forward(self, z: Array, t: Array, run: Run) -> tuple[Array, LossBackward]:
        """Return the loss; dz = 2 (z − t) / count."""
        xp = run.xp
        error = xp.subtract(z, t, out=run.new("error", z.shape))
        flat = error.reshape(-1)
        value = xp.dot(flat, flat) / flat.size

        def backward() -> Array:
            return xp.multiply(error, 2 / error.size, out=run.new("dz", z.shape))

        return value, backward


@loss("cross_entropy", label="Cross-entropy")
@dataclass(frozen=True)
class CategoricalCrossEntropy(Loss):
    """L = −mean over rows of Σ t log softmax(z), by log-sum-exp; dz = (softmax(z) − t) / N."""

    link: ClassVar[Activation] = Softmax()
    classes: ClassVar[bool] = True

    def forward(self, z: Array, t: Array, run: Run) -> tuple[Array, LossBackward]:
        """Return the loss; the softmax is computed once and serves value and gradient."""
        xp, rows = run.xp, len(z)
        shifted = xp.subtract(z, z.max(axis=-1, keepdims=True), out=run.new("shifted", z.shape))
        p = xp.exp(shifted, out=run.new("p", z.shape))
        total = p.sum(axis=-1, keepdims=True)
        value = (xp.log(total).sum() - xp.vdot(t, shifted)) / rows

        def backward() -> Array:
            dz = xp.divide(p, total, out=p)
            dz -= t
            dz *= 1 / rows
            return dz

        return value, backward
