"""Reshape and Permute: the same values in another shape, or with their axes in another order."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from types import SimpleNamespace

from engine.arrays import Array, Shape
from engine.errors import FieldError, ShapeError
from engine.fields import param
from engine.layers import needs
from engine.layers.base import Backward, Fix, Layer, layer
from engine.run import Run
from engine.text import Text


@layer("reshape", label="Reshape", icon="flatten", group="Image", order=170)
@dataclass(frozen=True)
class Reshape(Layer):
    """Lays the values of each sample out in another shape; the last axis runs fastest."""

    shape: tuple[int, ...] = param(
        (-1,),
        low=1,
        high=4,
        label="Shape",
        help="The sizes, as in 1, 28, 28; one of them may be −1, which takes what is left",
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        if any(size < -1 or size == 0 for size in self.shape) or self.shape.count(-1) > 1:
            raise FieldError(
                "Reshape: each size must be at least 1, only one may be −1; {shape} does not fit.",
                shape=needs.times(self.shape),
            )

    def summary(self) -> Text:
        """Return for example ``to 1×28×28``."""
        return Text("to {shape}", shape=needs.times(self.shape).replace("-1", "?"))

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return the shape; it must hold as many values as the input."""
        count, known = prod(inputs[0]), abs(prod(self.shape))
        rest = count // known if -1 in self.shape else 1
        if known * rest == count:
            return tuple(rest if size == -1 else size for size in self.shape)
        raise ShapeError(
            "{layer} cannot lay {count} values out as {shape}.",
            Fix(Text("Make it a list"), replace=self.but(shape=(-1,))),
            Fix(Text("Remove the layer"), remove=True),
            count=count,
            shape=needs.times(self.shape).replace("-1", "?"),
        )

    def forward(self, p: SimpleNamespace, x: Array, run: Run) -> tuple[Array, Backward]:
        """Reshape (N, …), and gradients back."""
        shape = self.output_shape((x.shape[1:],))
        return x.reshape(len(x), *shape), lambda dy, g: dy.reshape(x.shape)


@layer("permute", label="Permute", icon="arrange", group="Image", order=180)
@dataclass(frozen=True)
class Permute(Layer):
    """Puts the axes of each sample in another order, as in 2, 1 to exchange time and features."""

    order_of_axes: tuple[int, ...] = param(
        (2, 1),
        low=1,
        high=4,
        label="Axes",
        help="Which axis comes first, second, …; the axes of a sample are numbered from 1",
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        if sorted(self.order_of_axes) != list(range(1, len(self.order_of_axes) + 1)):
            raise FieldError(
                "Permute: each axis must be named once, from 1 to their number, not {axes}.",
                axes=self._axes,
            )

    @property
    def _axes(self) -> str:
        return ", ".join(map(str, self.order_of_axes))

    def summary(self) -> Text:
        """Return for example ``axes 2, 1``."""
        return Text("axes {axes}", axes=self._axes)

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return the sizes in the new order; there must be as many axes as in the input."""
        (shape,) = inputs
        if len(shape) == len(self.order_of_axes):
            return tuple(shape[axis - 1] for axis in self.order_of_axes)
        reverse = tuple(range(len(shape), 0, -1))
        raise ShapeError(
            "{layer} orders {wanted} axes, but gets {shape}.",
            Fix(Text("Turn their order round"), replace=self.but(order_of_axes=reverse)),
            Fix(Text("Remove the layer"), remove=True),
            wanted=len(self.order_of_axes),
            shape=needs.times(shape),
        )

    def forward(self, p: SimpleNamespace, x: Array, run: Run) -> tuple[Array, Backward]:
        """Return a view with the axes exchanged, and gradients back."""
        axes = (0, *self.order_of_axes)
        back = tuple(axes.index(axis) for axis in range(x.ndim))
        return x.transpose(axes), lambda dy, g: dy.transpose(back)
