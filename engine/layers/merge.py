"""Layers that join several others: their sum, their product, or both side by side."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import ClassVar

from engine.arrays import Array, Shape
from engine.errors import ShapeError
from engine.layers import needs
from engine.layers.base import Backward, Fix, Layer, layer
from engine.layers.pool2d import MaxPool2d
from engine.run import Run
from engine.text import Text


@dataclass(frozen=True)
class Merge(Layer):
    """What joins wires and has nothing to learn; with a single input it changes nothing."""

    merges: ClassVar[bool] = True


@dataclass(frozen=True)
class Elementwise(Merge):
    """Inputs of equal shapes, value by value."""

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return the shape of the inputs, which must be equal."""
        for place, shape in enumerate(inputs):
            if shape != inputs[0]:
                raise _difference(inputs[0], shape, place)
        return inputs[0]


@layer("add", label="Add", icon="add", group="Wiring", order=310)
@dataclass(frozen=True)
class Add(Elementwise):
    """The sum of its inputs, as where a skip wire joins (He et al. 2016)."""

    def summary(self) -> Text:
        """Return what the layer does."""
        return Text("sum of its inputs")

    def forward(self, p: SimpleNamespace, x: tuple[Array, ...], run: Run) -> tuple[Array, Backward]:
        """Return Σ xᵢ; every dxᵢ is dy."""
        y = run.like("y", x[0])
        y[...] = x[0]
        for part in x[1:]:
            y += part
        return y, lambda dy, g: (dy,) * len(x)


@layer("multiply", label="Multiply", icon="close", group="Wiring", order=320)
@dataclass(frozen=True)
class Multiply(Elementwise):
    """The product of its inputs, value by value, as of a gate."""

    def summary(self) -> Text:
        """Return what the layer does."""
        return Text("product of its inputs")

    def forward(self, p: SimpleNamespace, x: tuple[Array, ...], run: Run) -> tuple[Array, Backward]:
        """Return Π xᵢ; dxᵢ is dy times the product of the others."""
        y = run.like("y", x[0])
        y[...] = x[0]
        for part in x[1:]:
            y *= part

        def backward(dy: Array, g: SimpleNamespace) -> tuple[Array, ...]:
            gradients = []
            for i in range(len(x)):
                dx = run.like(f"dx {i}", x[0])
                dx[...] = dy
                for j, part in enumerate(x):
                    if j != i:
                        dx *= part
                gradients.append(dx)
            return tuple(gradients)

        return y, backward


@layer("concatenate", label="Concatenate", icon="concat", group="Wiring", order=330)
@dataclass(frozen=True)
class Concatenate(Merge):
    """Its inputs one after the other: numbers of lists, features of sequences, or channels."""

    def summary(self) -> Text:
        """Return what the layer does."""
        return Text("inputs side by side")

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return the shape with the channels of all inputs; the other sizes must be equal."""
        first = inputs[0]
        axis = _channels_of(first)
        for place, shape in enumerate(inputs):
            if len(shape) != len(first) or _without(shape, axis) != _without(first, axis):
                raise _difference(first, shape, place)
        channels = sum(shape[axis] for shape in inputs)
        return (*first[:axis], channels, *first[axis + 1 :])

    def forward(self, p: SimpleNamespace, x: tuple[Array, ...], run: Run) -> tuple[Array, Backward]:
        """Return the inputs one after the other; each dxᵢ is its part of dy."""
        axis = 1 + _channels_of(x[0].shape[1:])
        places, start = [], 0
        for part in x:
            stop = start + part.shape[axis]
            places.append((*(slice(None),) * axis, slice(start, stop)))
            start = stop
        shape = (*x[0].shape[:axis], start, *x[0].shape[axis + 1 :])
        y = run.like("y", x[0], shape)
        for place, part in zip(places, x, strict=True):
            y[place] = part
        return y, lambda dy, g: tuple(dy[place] for place in places)


def _difference(first: Shape, second: Shape, place: int) -> ShapeError:
    """Return that the first input and the one at `place` differ, and how they could agree."""
    fixes = [_pooling(first, second, 0), _pooling(second, first, place)]
    return ShapeError(
        "The two inputs differ: {first} and {second}.",
        *(fix for fix in fixes if fix is not None),
        Fix(Text("Remove the layer"), remove=True),
        first=needs.times(first),
        second=needs.times(second),
    )


def _pooling(large: Shape, small: Shape, place: int) -> Fix | None:
    """Offer to pool the image at `place`, which is larger than another by a whole factor."""
    if len(large) != 3 or len(small) != 3:
        return None
    size = large[1] // small[1]
    if size < 2 or large[1:] != (size * small[1], size * small[2]):
        return None
    text = Text("Insert pooling on the skip wire" if place else "Insert pooling before the layer")
    return Fix(text, insert=MaxPool2d(size, size), place=place)


def _channels_of(shape: Shape) -> int:
    """Return the axis along which inputs are put together."""
    return 0 if len(shape) == 3 else len(shape) - 1


def _without(shape: Shape, axis: int) -> Shape:
    return shape[:axis] + shape[axis + 1 :]
