"""Loss functions and their gradients, on logits where that is the stable form.

Sums are products with ones, which the linear algebra library takes faster than a reduction.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from engine.activations import Activation, Identity, Sigmoid, Softmax, Step
from engine.arrays import Array, row_maxima
from engine.fields import Spec, param
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
    weighs: ClassVar[bool] = False
    """Whether `forward` takes weights, as classes of unequal weight and gaps among them need."""

    def forward(self, z: Array, t: Array, run: Run) -> tuple[Array, LossBackward]:
        """Return L(z, t) as a 0-d array, and the function that gives dL/dz.

        A loss that weighs has another argument, the weights (N, …) of the rows or None; its mean
        is then Σ weight · loss / Σ weight.

        Parameters
        ----------
        z
            Logits (N, outputs), or (N, …, outputs) with an answer at every place.
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
        value = xp.vdot(error, error) / z.size

        def backward() -> Array:
            return xp.multiply(error, run.constant(2 / z.size), out=run.new("dz", z.shape))

        return value, backward


@loss("mae", label="Mean absolute error")
@dataclass(frozen=True)
class MeanAbsoluteError(Loss):
    """L = mean |z − t| over rows and outputs."""

    def forward(self, z: Array, t: Array, run: Run) -> tuple[Array, LossBackward]:
        """Return the loss; dz = sign(z − t) / count, 0 where both are equal."""
        xp = run.xp
        error = xp.subtract(z, t, out=run.new("error", z.shape))
        absolute = xp.abs(error, out=run.new("absolute", z.shape))
        value = xp.vdot(absolute, run.constant(1.0, z.shape)) / z.size

        def backward() -> Array:
            dz = xp.sign(error, out=run.new("dz", z.shape))
            dz *= run.constant(1 / z.size)
            return dz

        return value, backward


@loss("huber", label="Huber")
@dataclass(frozen=True)
class Huber(Loss):
    """L = mean of e²/2 where |e| ≤ δ and δ (|e| − δ/2) beyond, e = z − t (Huber 1964)."""

    delta: float = param(
        1.0, above=0.0, high=1000.0, label="Width δ", help="Where the square becomes a line"
    )

    def forward(self, z: Array, t: Array, run: Run) -> tuple[Array, LossBackward]:
        """Return the loss; with c = e clipped to ±δ it is c (e − c/2), and dz = c / count."""
        xp = run.xp
        error = xp.subtract(z, t, out=run.new("error", z.shape))
        clipped = xp.clip(error, -self.delta, self.delta, out=run.new("clipped", z.shape))
        value = (xp.vdot(clipped, error) - xp.vdot(clipped, clipped) / 2) / z.size

        def backward() -> Array:
            return xp.multiply(clipped, run.constant(1 / z.size), out=run.new("dz", z.shape))

        return value, backward


@loss("binary_cross_entropy", label="Binary cross-entropy")
@dataclass(frozen=True)
class BinaryCrossEntropy(Loss):
    """L = −mean [t log σ(z) + (1 − t) log(1 − σ(z))] over rows and outputs.

    On logits this is max(z, 0) − z t + log(1 + exp(−|z|)), which neither overflows nor takes the
    logarithm of 0.
    """

    link: ClassVar[Activation] = Sigmoid()
    classes: ClassVar[bool] = True
    weighs: ClassVar[bool] = True

    def forward(
        self, z: Array, t: Array, run: Run, weights: Array | None = None
    ) -> tuple[Array, LossBackward]:
        """Return the loss; dz = (σ(z) − t) / count, times the weights over their mean."""
        xp = run.xp
        losses = xp.abs(z, out=run.new("losses", z.shape))
        xp.negative(losses, out=losses)
        xp.exp(losses, out=losses)
        xp.log1p(losses, out=losses)
        # The difference comes first: summed apart, its large parts would drown a small loss.
        excess = xp.maximum(z, run.constant(0.0, z.shape), out=run.new("excess", z.shape))
        excess -= xp.multiply(z, t, out=run.new("product", z.shape))
        losses += excess
        if weights is not None:
            weights = xp.broadcast_to(weights[..., None], z.shape)
        share = _shares(weights, z, run)
        value = xp.vdot(losses, share)

        def backward() -> Array:
            p, _ = self.link.forward(z, run)
            dz = xp.subtract(p, t, out=run.new("dz", z.shape))
            dz *= share
            return dz

        return value, backward


@loss("cross_entropy", label="Cross-entropy")
@dataclass(frozen=True)
class CategoricalCrossEntropy(Loss):
    """L = −mean over rows of Σ t′ log softmax(z), by log-sum-exp; the rows of t sum to 1.

    Label smoothing (Szegedy et al. 2016) takes t′ = (1 − ε) t + ε / classes in place of t, so that
    no class is ever quite certain.
    """

    smoothing: float = param(
        0.0,
        low=0.0,
        high=0.5,
        step=0.05,
        label="Label smoothing ε",
        help="The share of each label that is spread over all classes",
    )

    link: ClassVar[Activation] = Softmax()
    classes: ClassVar[bool] = True
    weighs: ClassVar[bool] = True

    def forward(
        self, z: Array, t: Array, run: Run, weights: Array | None = None
    ) -> tuple[Array, LossBackward]:
        """Return the loss; dz = (softmax(z) − t′) / rows, from the same exponentials.

        With weights w it is (softmax(z) − t′) w / Σ w.
        """
        xp, classes = run.xp, z.shape[-1]
        if self.smoothing:
            t = xp.multiply(t, 1 - self.smoothing, out=run.new("smooth", z.shape))
            t += self.smoothing / classes
        shifted = xp.subtract(z, row_maxima(z), out=run.new("shifted", z.shape))
        p = xp.exp(shifted, out=run.new("p", z.shape))
        total = xp.dot(p, run.ones(classes))
        xp.multiply(t, shifted, out=shifted)
        losses = xp.log(total) - xp.dot(shifted, run.ones(classes))
        share = _shares(weights, total, run)
        value = xp.vdot(losses, share)

        def backward() -> Array:
            dz = xp.divide(p, total[..., None], out=run.new("dz", z.shape))
            dz -= t
            dz *= share[..., None]
            return dz

        return value, backward


@loss("perceptron", label="Perceptron criterion")
@dataclass(frozen=True)
class PerceptronCriterion(Loss):
    """L = mean of max(0, −s z) over rows and outputs, s = 2 t − 1 the target as ±1.

    It is max(0, z) − z t, how far on the wrong side each mistake lies. Its gradient by z is y − t,
    with the output y of the threshold unit, so that gradient descent with batches of one sample is
    the learning rule of the perceptron, w ← w + η (t − y) x (Rosenblatt 1958). Where z = 0 the
    unit says y = 1: a mistake if t = 0, so learning starts from weights of zero as well.
    """

    link: ClassVar[Activation] = Step()
    classes: ClassVar[bool] = True
    weighs: ClassVar[bool] = True

    def forward(
        self, z: Array, t: Array, run: Run, weights: Array | None = None
    ) -> tuple[Array, LossBackward]:
        """Return the loss; dz = (y − t) / count, times the weights over their mean."""
        xp = run.xp
        losses = xp.maximum(z, run.constant(0.0, z.shape), out=run.new("losses", z.shape))
        losses -= xp.multiply(z, t, out=run.new("product", z.shape))
        if weights is not None:
            weights = xp.broadcast_to(weights[..., None], z.shape)
        share = _shares(weights, z, run)
        value = xp.vdot(losses, share)

        def backward() -> Array:
            y, _ = self.link.forward(z, run)
            dz = xp.subtract(y, t, out=run.new("dz", z.shape))
            dz *= share
            return dz

        return value, backward


def _shares(weights: Array | None, losses: Array, run: Run) -> Array:
    """Return how much each of the losses (N, …) counts in their mean: its weight over all."""
    if weights is None:
        return run.constant(1 / losses.size, losses.shape)
    return weights / run.xp.maximum(weights.sum(), run.constant(1e-30))
