"""What layers demand of the shapes they are given, and the sentences that refuse others."""

from __future__ import annotations

from typing import Any

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


def sequences(
    inputs: tuple[Shape, ...], memory: bool = True
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the shapes of the sequence and of what it attends to, which may be itself.

    Raises
    ------
    ShapeError
        Where the first input is no sequence, where there are more than one memory, or any where
        none is taken, or more than one mask, and where a mask has another length than what it is
        to mask.
    """

    def unplug(place: int) -> Fix:
        return Fix(Text("Take the wire away"), unplug=True, place=place)

    masks = [place for place, shape in enumerate(inputs) if place and len(shape) == 1]
    places = [place for place in range(len(inputs)) if place not in masks]
    sequences = [series(inputs[place]) for place in places]
    if len(sequences) > 1 and not memory:
        raise ShapeError(
            "{layer} takes one sequence, but gets {count}.",
            unplug(places[1]),
            count=len(sequences),
        )
    if len(sequences) > 2:
        raise ShapeError(
            "{layer} takes a sequence and at most one memory, but gets {count} sequences.",
            unplug(places[2]),
            count=len(sequences),
        )
    if len(masks) > 1:
        raise ShapeError(
            "{layer} takes at most one padding mask, but gets {count}.",
            unplug(masks[1]),
            count=len(masks),
        )
    steps, _ = sequences[-1]
    if masks and inputs[masks[0]] != (steps,):
        raise ShapeError(
            "{layer} needs a mask with one number for each of {steps} steps, but gets {count}.",
            unplug(masks[0]),
            steps=steps,
            count=inputs[masks[0]][0],
        )
    return sequences[0], sequences[-1]


def fitting_heads(owner: Any, heads: int, features: int) -> None:
    """Raise ShapeError where the heads do not divide the features evenly."""
    if features % heads:
        fitting = max(n for n in range(1, heads) if features % n == 0)
        text = Text("Use {heads} heads", heads=fitting) if fitting > 1 else Text("Use one head")
        raise ShapeError(
            "{layer} divides the features among {heads} heads, but gets {features} features.",
            Fix(text, replace=owner.but(heads=fitting)),
            heads=heads,
            features=features,
        )
