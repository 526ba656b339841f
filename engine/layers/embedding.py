"""Embedding: a learned vector for each word of a vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, ClassVar

from engine.arrays import Array, Shape
from engine.errors import ShapeError
from engine.fields import param
from engine.initializers import Initializer, Normal
from engine.layers import needs
from engine.layers.base import Backward, Fix, Layer, layer
from engine.run import Run
from engine.text import Text


@layer("embedding", label="Embedding", icon="book", group="Sequence", order=240)
@dataclass(frozen=True)
class Embedding(Layer):
    """The rows of W that a list of numbers names, yₜ = W[xₜ], with W (vocabulary, units).

    It equals a dense layer without bias on one-hot inputs. The input holds whole numbers from 0 on;
    what lies outside of the vocabulary counts as its first or last word.
    """

    vocabulary: int = param(
        64, low=1, high=100_000, label="Vocabulary", help="How many words there are"
    )
    units: int = param(
        16, low=1, high=1024, label="Units", help="How many numbers stand for a word"
    )
    initializer: Initializer = param(
        Normal(), family="initializer", label="Initial weights", help="How the vectors begin"
    )

    parameters: ClassVar[tuple[str, ...]] = ("W",)

    def summary(self) -> Text:
        """Return for example ``64 words · 16 units``."""
        return Text("{words} words · {units} units", words=self.vocabulary, units=self.units)

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return (time, units); the input must be a list."""
        (shape,) = inputs
        if len(shape) != 1:
            raise ShapeError(
                "{layer} needs a list of word numbers, but gets {shape}.",
                Fix(Text("Remove the layer"), remove=True),
                shape=needs.times(shape),
            )
        return (shape[0], self.units)

    def init(self, rng: Any, inputs: tuple[Shape, ...]) -> Mapping[str, Array]:
        """Draw W from the initializer."""
        shape = (self.vocabulary, self.units)
        return {"W": self.initializer.draw(rng, shape, self.vocabulary, self.units)}

    def forward(self, p: SimpleNamespace, x: Array, run: Run) -> tuple[Array, Backward]:
        """Return W[x]; dW is the sum of dy over the places of each word, dx is zero."""
        xp = run.xp
        words = xp.rint(x, out=run.new("words", x.shape))
        words = xp.fmax(words, run.constant(0.0), out=words)  # 0 also where a run has diverged
        words = xp.fmin(words, run.constant(self.vocabulary - 1.0), out=words).astype(xp.intp)
        y = xp.take(p.W, words, axis=0, out=run.new("y", (*x.shape, self.units)))

        def backward(dy: Array, g: SimpleNamespace) -> Array:
            order = xp.argsort(words, axis=None, kind="stable")  # places word by word
            named, first = xp.unique(words.ravel()[order], return_index=True)
            g.W[...] = 0
            g.W[named] = xp.add.reduceat(dy.reshape(-1, self.units)[order], first, axis=0)
            return run.constant(0.0, x.shape) if run.needs_dx else None

        return y, backward
