"""What layers demand of the shapes they are given, and the sentences that refuse others."""

from __future__ import annotations

from engine.arrays import Shape
from engine.errors import ShapeError
from engine.layers.base import Fix
from engine.layers.flatten import Flatten
from engine.text import Text


def times(shape: Shape) -> str:
    """Write a shape, ``6×28×28``."""
    return "×".join(map(str, shape))


def channels(shape: Shape) -> int:
    """Return the channels of an image, which come first, or the features of a list or sequence."""
    return shape[0] if len(shape) == 3 else shape[-1]


def features(shape: Shape) -> int:
    """Return the length of a list, or raise ShapeError where the input is no list."""
    if len(shape) != 1:
        raise ShapeError(
            "{layer} needs a list, but gets {shape}.",
            Fix(Text("Insert Flatten"), insert=Flatten()),
            shape=times(shape),
        )
    return shape[0]


def image(shape: Shape, *fixes: Fix) -> tuple[int, int, int]:
    """Return channels, height and width, or raise ShapeError where the input is no image."""
    if len(shape) == 3:
        return shape[0], shape[1], shape[2]
    removal = Fix(Text("Remove the layer"), remove=True)
    if len(shape) == 1:
        raise ShapeError(
            "{layer} needs an image, but gets a list of {count} numbers.",
            *fixes,
            removal,
            count=shape[0],
        )
    raise ShapeError(
        "{layer} needs an image of channels, rows and columns, but gets {shape}.",
        *fixes,
        removal,
        shape=times(shape),
    )


def series(shape: Shape, *fixes: Fix) -> tuple[int, int]:
    """Return the steps and features of a sequence, or raise ShapeError where there is none."""
    if len(shape) == 2:
        return shape[0], shape[1]
    removal = Fix(Text("Remove the layer"), remove=True)
    if len(shape) == 1:
        raise ShapeError(
            "{layer} needs a sequence, but gets one row of {count} numbers.",
            *fixes,
            removal,
            count=shape[0],
        )
    raise ShapeError(
        "{layer} needs a sequence of steps and features, but gets {shape}.",
        *fixes,
        removal,
        shape=times(shape),
    )


def places(shape: Shape) -> Shape:
    """Return the shape of an image or a sequence, or raise ShapeError where it is neither."""
    if len(shape) in (2, 3):
        return shape
    removal = Fix(Text("Remove the layer"), remove=True)
    if len(shape) == 1:
        raise ShapeError(
            "{layer} needs an image or a sequence, but gets a list of {count} numbers.",
            removal,
            count=shape[0],
        )
    raise ShapeError(
        "{layer} needs an image or a sequence, but gets {shape}.", removal, shape=times(shape)
    )
