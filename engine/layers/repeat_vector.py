"""RepeatVector: one list as a sequence."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

from engine.arrays import Array, Shape
from engine.errors import ShapeError
from engine.fields import param
from engine.layers import needs
from engine.layers.base import Backward, Fix, Layer, layer
from engine.layers.flatten import Flatten
from engine.run import Run
from engine.text import Text


@layer("repeat_vector", label="Repeat", icon="copy", group="Sequence", order=250)
@dataclass(frozen=True)
class RepeatVector(Layer):
    """Gives the same list at every step, yₜ = x: the way from one to many."""

    steps: int = param(4, low=1, high=10_000, label="Steps", help="How often the list is repeated")

    def summary(self) -> Text:
        """Return for example ``4 steps``."""
        return Text("{steps} steps", steps=self.steps)

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return (steps, features); the input must be a list."""
        (shape,) = inputs
        if len(shape) != 1:
            raise ShapeError(
                "{layer} needs a list, but gets {shape}.",
                Fix(Text("Insert Flatten"), insert=Flatten()),
                shape=needs.times(shape),
            )
        return (self.steps, shape[0])

    def forward(self, p: SimpleNamespace, x: Array, run: Run) -> tuple[Array, Backward]:
        """Return x at every step; dx = Σₜ dyₜ."""
        rows, features = x.shape
        y = run.new("y", (rows, self.steps, features))
        y[...] = x[:, None, :]
        return y, lambda dy, g: run.xp.sum(dy, axis=1, out=run.new("dx", x.shape))
