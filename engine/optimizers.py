"""Optimizers: how a gradient becomes a step, a few in-place lines over whole vectors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from typing import Any, ClassVar, TypeAlias

import numpy as np

from engine.arrays import Array
from engine.fields import Spec, param
from engine.registry import Registry

Objective: TypeAlias = Callable[[np.ndarray[Any, Any]], tuple[float, np.ndarray[Any, Any]]]
"""Maps all parameters, float64 on the host, to the value to make small and its gradient."""


class OptimizerState:
    """What an optimizer remembers between steps.

    Attributes
    ----------
    t
        How many updates have been made; the first one sees 1.
    slots
        Vectors like the parameters, by name, zero at the beginning (m and v of Adam).
    scratch
        A vector without meaning between calls.
    decays
        A vector of 1 for the parameters that penalties act on, and 0 for the others.
    """

    def __init__(self, xp: Any, theta: Array, slots: tuple[str, ...], decays: Array) -> None:
        self.xp = xp
        self.t = 0
        self.slots = {name: xp.zeros_like(theta) for name in slots}
        self.scratch = xp.empty_like(theta)
        self.decays = decays


class Optimizer(Spec):
    """An update rule θ ← θ + Δ(g, state)."""

    slots: ClassVar[tuple[str, ...]] = ()
    evaluates: ClassVar[bool] = False
    """Whether an update asks for the loss at several places: then `minimize` is called."""

    def update(self, theta: Array, g: Array, rate: float, state: OptimizerState) -> None:
        """Change `theta` in place along the gradient `g`, both flat vectors; `g` may be spoilt."""
        raise NotImplementedError

    def minimize(self, theta: Array, objective: Objective, state: OptimizerState) -> None:
        """Change `theta` in place to where `objective` is smaller; for those that evaluate it."""
        raise NotImplementedError


optimizer: Registry[Optimizer] = Registry("optimizer")


@optimizer("sgd", label="SGD")
@dataclass(frozen=True)
class SGD(Optimizer):
    """Gradient descent, θ ← θ − λ g; full, mini or single batches by the batch size."""

    def update(self, theta: Array, g: Array, rate: float, state: OptimizerState) -> None:
        """Step against the gradient."""
        g *= rate
        theta -= g


@optimizer("momentum", label="Momentum")
@dataclass(frozen=True)
class Momentum(Optimizer):
    """Heavy ball (Polyak 1964): m ← β m + (1 − τ) g, θ ← θ − λ m.

    With damping τ = 0 this is the form of most programs, whose steps grow to 1 / (1 − β) times the
    length of plain ones; with τ = β it is m ← β m + (1 − β) g, a mean of gradients.
    """

    beta: float = param(0.9, low=0.0, high=0.9999, label="β", help="Memory of past gradients")
    dampening: float = param(
        0.0, low=0.0, high=0.9999, label="Damping τ", help="As large as β, m is a mean"
    )

    slots: ClassVar[tuple[str, ...]] = ("m",)

    def update(self, theta: Array, g: Array, rate: float, state: OptimizerState) -> None:
        """Step along the accumulated gradients."""
        m = state.slots["m"]
        if self.dampening:
            g *= 1 - self.dampening
        m *= self.beta
        m += g
        theta -= state.xp.multiply(m, rate, out=g)


@optimizer("nesterov", label="Nesterov")
@dataclass(frozen=True)
class Nesterov(Optimizer):
    """Nesterov's accelerated gradient: m ← β m + g, θ ← θ − λ (g + β m).

    The gradient is taken at θ, and the look-ahead is in the step (Sutskever et al. 2013, rewritten
    as Bengio et al. 2013 do).
    """

    beta: float = param(0.9, low=0.0, high=0.9999, label="β", help="Memory of past gradients")

    slots: ClassVar[tuple[str, ...]] = ("m",)

    def update(self, theta: Array, g: Array, rate: float, state: OptimizerState) -> None:
        """Step along the gradient and the accumulated gradients, looking one step ahead."""
        m = state.slots["m"]
        m *= self.beta
        m += g
        g += state.xp.multiply(m, self.beta, out=state.scratch)
        g *= rate
        theta -= g


@optimizer("adagrad", label="Adagrad")
@dataclass(frozen=True)
class Adagrad(Optimizer):
    """Adagrad (Duchi et al. 2011): v ← v + g², θ ← θ − λ g / (√v + ε)."""

    epsilon: float = param(1e-10, above=0.0, high=1.0, label="ε", log=True, help="Keeps √v from 0")

    slots: ClassVar[tuple[str, ...]] = ("v",)

    def update(self, theta: Array, g: Array, rate: float, state: OptimizerState) -> None:
        """Step by the gradient over the root of the sum of its squares."""
        xp, v, scratch = state.xp, state.slots["v"], state.scratch
        v += xp.multiply(g, g, out=scratch)
        xp.sqrt(v, out=scratch)
        scratch += self.epsilon
        g /= scratch
        g *= rate
        theta -= g


@optimizer("rmsprop", label="RMSProp")
@dataclass(frozen=True)
class RMSProp(Optimizer):
    """RMSProp (Tieleman and Hinton 2012): v ← ρ v + (1 − ρ) g², θ ← θ − λ g / (√v + ε)."""

    rho: float = param(0.9, low=0.0, high=0.9999, label="ρ", help="Memory of the squared gradient")
    epsilon: float = param(1e-8, above=0.0, high=1.0, label="ε", log=True, help="Keeps √v from 0")

    slots: ClassVar[tuple[str, ...]] = ("v",)

    def update(self, theta: Array, g: Array, rate: float, state: OptimizerState) -> None:
        """Step by the gradient over the root of the mean of its squares."""
        xp, v, scratch = state.xp, state.slots["v"], state.scratch
        xp.multiply(g, g, out=scratch)
        scratch *= 1 - self.rho
        v *= self.rho
        v += scratch
        xp.sqrt(v, out=scratch)
        scratch += self.epsilon
        g /= scratch
        g *= rate
        theta -= g


@optimizer("adam", label="Adam")
@dataclass(frozen=True)
class Adam(Optimizer):
    """Adam (Kingma and Ba 2015): θ ← θ − λ m̂ / (√v̂ + ε)."""

    beta1: float = param(0.9, low=0.0, high=0.9999, label="β₁", help="Memory of the mean gradient")
    beta2: float = param(
        0.999, low=0.0, high=0.99999, label="β₂", help="Memory of the squared gradient"
    )
    epsilon: float = param(1e-8, above=0.0, high=1.0, label="ε", log=True, help="Keeps √v from 0")

    slots: ClassVar[tuple[str, ...]] = ("m", "v")

    def update(self, theta: Array, g: Array, rate: float, state: OptimizerState) -> None:
        """Step by the bias-corrected mean over the root of the mean square.

        Both corrections are folded into scalars: λ m̂ / (√v̂ + ε) = λ' m / (√v + ε') with
        λ' = λ √(1 − β₂ᵗ) / (1 − β₁ᵗ) and ε' = ε √(1 − β₂ᵗ).
        """
        xp, m, v, scratch = state.xp, state.slots["m"], state.slots["v"], state.scratch
        root = sqrt(1 - self.beta2**state.t)
        xp.multiply(g, 1 - self.beta1, out=scratch)
        m *= self.beta1
        m += scratch
        g *= g
        g *= 1 - self.beta2
        v *= self.beta2
        v += g
        xp.sqrt(v, out=g)
        g += self.epsilon * root
        xp.divide(m, g, out=g)
        g *= rate * root / (1 - self.beta1**state.t)
        theta -= g


@optimizer("adamw", label="AdamW")
@dataclass(frozen=True)
class AdamW(Adam):
    """Adam with decoupled weight decay (Loshchilov and Hutter 2019): first w ← w − λ d w.

    Unlike an L2 penalty the decay is not divided by √v̂. Biases do not decay.
    """

    decay: float = param(
        0.01, low=0.0, high=10.0, log=True, label="Weight decay", help="Share of a weight, times λ"
    )

    def update(self, theta: Array, g: Array, rate: float, state: OptimizerState) -> None:
        """Shrink the weights, then step as Adam does."""
        shrinkage = state.xp.multiply(theta, state.decays, out=state.scratch)
        shrinkage *= rate * self.decay
        theta -= shrinkage
        super().update(theta, g, rate, state)


@optimizer("lbfgs", label="L-BFGS")
@dataclass(frozen=True)
class LBFGS(Optimizer):
    """Limited-memory BFGS (Liu and Nocedal 1989) with line search, by SciPy's L-BFGS-B.

    From the last gradients it learns how the loss curves, and chooses the length of its steps
    itself, so that learning rate and clipping have no part in it. It is for small data, all in one
    batch, and networks without dropout. Each update begins with an empty memory.
    """

    iterations: int = param(
        20, low=1, high=1000, label="Iterations", help="How many steps one update makes"
    )
    memory: int = param(10, low=1, high=100, label="Memory", help="How many gradients it remembers")

    evaluates: ClassVar[bool] = True

    def minimize(self, theta: Array, objective: Objective, state: OptimizerState) -> None:
        """Go to where SciPy has come after so many iterations."""
        from scipy.optimize import minimize

        xp = state.xp
        start = np.array(theta if xp is np else xp.asnumpy(theta), np.float64)
        found = minimize(
            objective,
            start,
            jac=True,
            method="L-BFGS-B",
            options={"maxiter": self.iterations, "maxcor": self.memory},
        )
        theta[...] = xp.asarray(found.x)
