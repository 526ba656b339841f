"""Kernel: how near each sample is to samples of the training part, for the kernel perceptron."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, ClassVar

from engine.arrays import Array, Shape
from engine.fields import param
from engine.initializers import Normal, Zeros
from engine.kernels import RBF, Kernel
from engine.layers import needs
from engine.layers.base import Backward, Layer, layer
from engine.run import Run
from engine.text import Text

SMALLEST_VARIANCE = 1e-6
"""Directions of a smaller share of the largest variance are noise in float32 and left out."""


@layer("kernel", label="Kernel", icon="scope", group="Basic", order=70)
@dataclass(frozen=True)
class KernelFeatures(Layer):
    """y = A k(x), kⱼ(x) = k(x, cⱼ), with centres cⱼ that are training samples.

    A is the identity, as in a network of radial basis functions (Broomhead and Lowe 1988), or the
    whitening A = Λ^(−½) Uᵀ of the matrix K = U Λ Uᵀ of the centres, Kᵢⱼ = k(cᵢ, cⱼ). Whitened, the
    inner product of two outputs is the kernel itself, y(x)·y(x′) = k(x, x′), wherever one of them
    is a centre (Nyström's method, Williams and Seeger 2001). A perceptron on them is then the
    kernel perceptron (Aizerman et al. 1964): its weights are W = Σ αⱼ y(cⱼ), its decision is the
    sign of Σ αⱼ k(x, cⱼ), and a mistake at cⱼ changes αⱼ alone. The first outputs vary the most.

    Centres are drawn from the training part when the network is built; where there are more of
    them than samples, the remaining outputs are 0. They are kept with the parameters but not
    learned.
    """

    kernel: Kernel = param(
        RBF(), family="kernel", label="Kernel function", help="How alike two points are taken to be"
    )
    centres: int = param(
        100,
        low=1,
        high=1000,
        label="Centres",
        help="So many training samples, drawn at random, or all if there are fewer",
    )
    whitened: bool = param(
        True,
        label="Whitened",
        help="Whether the outputs are turned and scaled so that their inner product is the kernel",
    )

    parameters: ClassVar[tuple[str, ...]] = ("centres", "A")
    statistics: ClassVar[tuple[str, ...]] = ("centres", "A")

    @property
    def samples(self) -> int:
        """As many as there are centres."""
        return self.centres

    def summary(self) -> Text:
        """Return for example ``RBF · 100 centres``."""
        name = Text(self.kernel.label)
        return Text("{kernel} · {count} centres", kernel=name, count=self.centres)

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return (centres,); the input must be a list."""
        needs.features(inputs[0])
        return (self.centres,)

    def init(self, rng: Any, inputs: tuple[Shape, ...]) -> Mapping[str, Array]:
        """Draw centres from a normal distribution, to stand there until `adapt` is called."""
        count, features = self.centres, needs.features(inputs[0])
        centres = Normal(1.0).draw(rng, (count, features), features, count)
        identity = Zeros().draw(rng, (count, count), count, count)
        identity.flat[:: count + 1] = 1
        return {"centres": centres, "A": identity}

    def adapt(self, p: SimpleNamespace, x: Array, run: Run) -> None:
        """Make the samples (N, features) the centres, and A what belongs to them."""
        xp, count = run.xp, len(x)
        p.centres[...], p.A[...] = 0, 0
        p.centres[:count] = x
        if not self.whitened:
            p.A[:count, :count] = xp.eye(count)
            return
        double = x.astype("float64")
        gram, _ = self.kernel.forward(double, double, Run(xp, "float64"))
        variances, directions = xp.linalg.eigh(gram)
        kept = variances > SMALLEST_VARIANCE * variances[-1]
        rows = (directions[:, kept] / xp.sqrt(variances[kept])).T
        p.A[: len(rows), :count] = rows[::-1]

    def forward(self, p: SimpleNamespace, x: Array, run: Run) -> tuple[Array, Backward]:
        """Return A k(x) for every row of x; dk = Aᵀ dy."""
        dot = run.xp.dot
        k, through_kernel = self.kernel.forward(x, p.centres, run)
        y = dot(k, p.A.T, out=run.new("y", k.shape))

        def backward(dy: Array, g: SimpleNamespace) -> Array:
            g.centres[...], g.A[...] = 0, 0
            if not run.needs_dx:
                return None
            return through_kernel(dot(dy, p.A, out=run.new("dk", k.shape)))

        return y, backward
