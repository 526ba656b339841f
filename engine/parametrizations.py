"""How the weight matrix of a layer comes about: as it is, or out of other parameters.

A matrix W has a row for each input and a column for each unit. The parameter called W is what the
matrix is made of; further parameters have a name behind its own, as ``W_g``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, ClassVar, TypeAlias

from engine.arrays import Array
from engine.fields import Spec, param
from engine.initializers import LeCun, Zeros
from engine.registry import Registry
from engine.run import Run

ParametrizationBackward: TypeAlias = Callable[[Array, SimpleNamespace], None]
"""Takes dL/d(matrix) and writes the gradients of the parameters that are learned."""


class Parametrization(Spec):
    """A way to make a matrix of parameters."""

    parts: ClassVar[tuple[str, ...]] = ()
    """The names of the parameters beside W."""
    penalized: ClassVar[tuple[str, ...]] = ("W",)
    """The parameters that penalties act on."""
    fixes: ClassVar[bool] = False
    """Whether W, and the biases with it, stay as they are in training."""

    def init(self, rng: Any, W: Array) -> Mapping[str, Array]:
        """Return parameters that give the matrix `W` at first, a dictionary by name."""
        return {"W": W}

    def forward(self, p: SimpleNamespace, out: Array, run: Run) -> ParametrizationBackward:
        """Write the matrix (inputs, units) to `out`; `p` has W and the parts by name."""
        raise NotImplementedError


parametrization: Registry[Parametrization] = Registry("parametrization")


@parametrization("plain", label="Plain")
@dataclass(frozen=True)
class Plain(Parametrization):
    """The parameter is the matrix itself, which layers take without asking `forward`."""


@parametrization("weight_norm", label="Weight normalization")
@dataclass(frozen=True)
class WeightNorm(Parametrization):
    """g ⊙ W / ‖W‖, length g and direction of each column apart (Salimans and Kingma 2016).

    Gradients change the length without the direction, and the direction without the length, which
    makes long steps safe. Penalties act on g: Σ g² is the sum of all squared weights.
    """

    parts: ClassVar[tuple[str, ...]] = ("g",)
    penalized: ClassVar[tuple[str, ...]] = ("g",)

    def init(self, rng: Any, W: Array) -> Mapping[str, Array]:
        """Return W and g = ‖W‖; a column of zeros gets the direction of ones, and stays zero."""
        g = (W**2).sum(axis=0) ** 0.5
        W[:, g == 0] = 1
        return {"W": W, "g": g}

    def forward(self, p: SimpleNamespace, out: Array, run: Run) -> ParametrizationBackward:
        """Write s W, s = g/‖W‖; with D = dL/d(s W), dg = Σ D W/‖W‖ and dW = s D − s dg/‖W‖ W."""
        xp, ones = run.xp, run.ones(len(out))
        scratch = run.new("scratch", out.shape)
        length = xp.sqrt(xp.dot(ones, xp.multiply(p.W, p.W, out=scratch)))
        # A column set to zero by hand has no direction; then the matrix has zeros there, too.
        xp.maximum(length, run.constant(1e-12), out=length)
        s = p.g / length
        xp.multiply(p.W, s, out=out)

        def backward(dout: Array, g: SimpleNamespace) -> None:
            xp.dot(ones, xp.multiply(dout, p.W, out=scratch), out=g.g)
            g.g /= length
            xp.multiply(p.W, s * g.g / length, out=scratch)
            xp.multiply(dout, s, out=g.W)
            g.W -= scratch

        return backward


@parametrization("lora", label="LoRA")
@dataclass(frozen=True)
class LoRA(Parametrization):
    """W + α/r A B with W fixed, and A (inputs, r) and B (r, units) learned (Hu et al. 2021).

    So a network that is trained already adapts to other data with few parameters. The biases are
    fixed as well.
    """

    rank: int = param(4, low=1, high=256, label="Rank r", help="Columns of A and rows of B")
    alpha: float = param(
        4.0, above=0.0, high=1024.0, label="Scale α", help="The product counts α/r times"
    )

    parts: ClassVar[tuple[str, ...]] = ("A", "B")
    penalized: ClassVar[tuple[str, ...]] = ("A", "B")
    fixes: ClassVar[bool] = True

    def init(self, rng: Any, W: Array) -> Mapping[str, Array]:
        """Draw A from N(0, 1 / inputs); B is zero."""
        inputs, units = W.shape
        A = LeCun("normal").draw(rng, (inputs, self.rank), inputs, self.rank)
        return {"W": W, "A": A, "B": Zeros().draw(rng, (self.rank, units), self.rank, units)}

    def forward(self, p: SimpleNamespace, out: Array, run: Run) -> ParametrizationBackward:
        """Write W + α/r A B; dA = α/r dW Bᵀ and dB = α/r Aᵀ dW, dW = dL/d(W + α/r A B)."""
        xp, scale = run.xp, run.constant(self.alpha / self.rank)
        xp.matmul(p.A, scale * p.B, out=out)
        out += p.W

        def backward(dout: Array, g: SimpleNamespace) -> None:
            xp.matmul(dout, p.B.T, out=g.A)
            xp.matmul(p.A.T, dout, out=g.B)
            g.A *= scale
            g.B *= scale

        return backward
