"""An output that shares its weights with the embedding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, ClassVar

from engine.activations import Activation, Identity, Softmax
from engine.arrays import Array, Shape
from engine.errors import ShapeError
from engine.fields import param
from engine.initializers import Zeros
from engine.layers import needs
from engine.layers.base import Backward, Fix, Layer, layer
from engine.layers.dense import Dense
from engine.layers.embedding import Embedding
from engine.layers.time_distributed import TimeDistributed
from engine.run import Run
from engine.text import Text


@layer("tied_output", label="Tied output", icon="output", group="Sequence", order=245)
@dataclass(frozen=True)
class TiedOutput(Layer):
    """A score for each word, y = f(x Eᵀ + b), with the table E of the nearest embedding above it.

    E (vocabulary, units) is learned once, from both its uses: the vector that a word is read as is
    also the one that x is compared with (Press and Wolf 2017). x is a list of so many numbers as
    the embedding has units, or a sequence of such lists.
    """

    units: int = param(64, low=1, high=100_000, label="Units", help="How many words there are")
    activation: Activation = param(
        Softmax(), family="activation", label="Activation function", help="What each score becomes"
    )
    bias: bool = param(True, label="Use bias", help="Whether each word has a constant of its own")

    parameters: ClassVar[tuple[str, ...]] = ("b",)
    borrows: ClassVar[str] = "embedding"

    def summary(self) -> Text:
        """Return for example ``64 words``."""
        return Text("{words} words", words=self.units)

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return the shape of the input with the words in place of its features."""
        (shape,) = inputs
        if len(shape) > 2:
            needs.series(shape)
        return (*shape[:-1], self.units)

    def borrowed(self, lender: Layer | None, inputs: tuple[Shape, ...]) -> Mapping[str, str]:
        """Return that E is the W of the embedding; both must have the same sizes."""
        ((*steps, features),) = inputs
        dense = TimeDistributed if steps else Dense
        if not isinstance(lender, Embedding):
            own = dense(min(self.units, 4096), self.activation, self.bias)
            raise ShapeError(
                "{layer} shares the table of an embedding, but none stands above it.",
                Fix(Text("Give it weights of its own"), replace=own),
            )
        if lender.units != features:
            raise ShapeError(
                "{layer} compares its input with the vectors of the embedding, which have {units} "
                "numbers, but gets {features}.",
                Fix(
                    Text("Insert a layer of {units} units", units=lender.units),
                    insert=dense(lender.units, Identity()),
                ),
                units=lender.units,
                features=features,
            )
        if lender.vocabulary != self.units:
            raise ShapeError(
                "{layer} has {units} units, but the embedding has {words} words.",
                Fix(
                    Text("Set units to {units}", units=lender.vocabulary),
                    replace=self.but(units=lender.vocabulary),
                ),
                units=self.units,
                words=lender.vocabulary,
            )
        return {"E": "W"}

    def init(self, rng: Any, inputs: tuple[Shape, ...]) -> Mapping[str, Array]:
        """Return b = 0; E belongs to the embedding."""
        return {"b": Zeros().draw(rng, (self.units,), 1, self.units)} if self.bias else {}

    def forward(self, p: SimpleNamespace, x: Array, run: Run) -> tuple[Array, Backward]:
        """Return f(x Eᵀ + b); dE = dzᵀ x, db = Σ dz, dx = dz E."""
        dot, rows = run.xp.dot, x.reshape(-1, x.shape[-1])
        z = dot(rows, p.E.T, out=run.new("z", (len(rows), self.units)))
        if self.bias:
            z += p.b
        y, through_activation = self.activation.forward(z, run)

        def backward(dy: Array, g: SimpleNamespace) -> Array:
            dz = through_activation(dy.reshape(-1, self.units))
            dot(dz.T, rows, out=g.E)
            if self.bias:
                dot(run.ones(len(rows)), dz, out=g.b)
            if not run.needs_dx:
                return None
            return dot(dz, p.E, out=run.new("dx", rows.shape)).reshape(x.shape)

        return y.reshape(*x.shape[:-1], self.units), backward
