"""Slice: a part of the steps of a sequence, or of the numbers of a list."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

from engine.arrays import Array, Shape
from engine.errors import ShapeError
from engine.fields import param
from engine.layers import needs
from engine.layers.base import Backward, Fix, Layer, layer
from engine.run import Run
from engine.text import Text


@layer("slice", label="Slice", icon="fit", group="Sequence", order=255)
@dataclass(frozen=True)
class Slice(Layer):
    """Passes on some of the steps, y = x[start], …, x[stop − 1], counted from 0.

    With start 0 and stop 1 it picks the first step, as BERT does to classify a text by its [CLS]
    token. Of a list it passes on some of the numbers in the same way.
    """

    start: int = param(
        0, low=0, high=9_999, label="Start", help="The first step that is passed on, counted from 0"
    )
    stop: int = param(
        1,
        low=0,
        high=10_000,
        label="Stop",
        help="The step before which it ends; 0 passes on all to the end",
    )

    def summary(self) -> Text:
        """Return for example ``2 to 4``, both inclusive."""
        if self.stop:
            return Text("{first} to {last}", first=self.start, last=self.stop - 1)
        return Text("from {first} to the end", first=self.start)

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return (stop − start, features), or (stop − start) of a list; all must be there."""
        (shape,) = inputs
        if len(shape) > 2:
            raise ShapeError(
                "{layer} needs a list or a sequence, but gets {shape}.",
                Fix(Text("Remove the layer"), remove=True),
                shape=needs.times(shape),
            )
        count = shape[0]
        stop = self.stop or count
        if max(self.start + 1, stop) > count:
            last = max(self.start + 1, self.stop) - 1
            raise ShapeError(
                "{layer} passes on place {place}, counted from 0, but there are only {count}.",
                Fix(Text("Pass on all"), replace=self.but(start=0, stop=0)),
                place=last,
                count=count,
            )
        if self.start >= stop:
            raise ShapeError(
                "{layer} stops at {stop}, but must stop behind its start, {start}.",
                Fix(Text("Pass on all from its start"), replace=self.but(stop=0)),
                start=self.start,
                stop=stop,
            )
        return (stop - self.start, *shape[1:])

    def forward(self, p: SimpleNamespace, x: Array, run: Run) -> tuple[Array, Backward]:
        """Return x[start … stop − 1]; dx is dy there and zero elsewhere."""
        place = slice(self.start, self.stop or x.shape[1])

        def backward(dy: Array, g: SimpleNamespace) -> Array:
            dx = run.new("dx", x.shape)
            dx[:, : place.start] = 0
            dx[:, place] = dy
            dx[:, place.stop :] = 0
            return dx

        return x[:, place], backward
