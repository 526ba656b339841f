"""Sliding windows over images, shared by convolution and pooling.

At the border of every layer an image batch has the shape (N, channels, height, width). Inside, and
in memory from one such layer to the next, it lies as (height, channels, width, N): rows of an image
are then blocks, so that the windows of one output row are one matrix that overlaps with the next,
and every elementwise pass runs along the batch. `batch_last` and `batch_first` change between both
views, mostly without copying.

A series (N, time, features) is an image of width 1 whose height is the time; see `as_image`.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from math import prod
from typing import NamedTuple, TypeAlias

from engine.arrays import Array
from engine.run import Run

Through: TypeAlias = Callable[[Array], Array]
"""Maps the gradient of an output to that of the input."""


class Window(NamedTuple):
    """How a window moves along one axis.

    Attributes
    ----------
    size, stride, dilation
        How many values it sees, how far it moves, and how far apart the values are.
    before, after
        How many zeros are put before and after the axis, for the largest value −∞.
    """

    size: int = 1
    stride: int = 1
    dilation: int = 1
    before: int = 0
    after: int = 0

    @property
    def reach(self) -> int:
        """The length that the window covers."""
        return self.dilation * (self.size - 1) + 1

    def padded(self, length: int) -> int:
        """Return the length of an axis with its zeros."""
        return self.before + length + self.after

    def inner(self, axis: int, length: int) -> tuple[slice, ...]:
        """Return where the values lie in an array whose `axis` has been given its zeros."""
        return _along(axis, slice(self.before, self.before + length))

    def count(self, length: int) -> int:
        """Return how many places the window has on an axis; 0 where it does not fit."""
        return max(0, (self.padded(length) - self.reach) // self.stride + 1)

    def seen(self, k: int, count: int) -> slice:
        """Return the values that position `k` of the window sees at its `count` places."""
        start = k * self.dilation
        return slice(start, start + (count - 1) * self.stride + 1, self.stride)

    def inside(self, k: int, length: int, count: int) -> tuple[slice, slice]:
        """Return at which of `count` places position `k` sees no added zero, and what it sees.

        Both are slices: of the places, and of the values on an axis of `length`.
        """
        first = k * self.dilation - self.before
        start = max(0, -(first // self.stride))
        stop = max(start, min(count, (length - 1 - first) // self.stride + 1))
        values = slice(first + start * self.stride, first + stop * self.stride, self.stride)
        return slice(start, stop), values


def same(length: int, size: int, stride: int = 1, dilation: int = 1) -> Window:
    """Return the window that has ⌈length / stride⌉ places, with half of the zeros before."""
    places = -(-length // stride)
    zeros = max(0, (places - 1) * stride + dilation * (size - 1) + 1 - length)
    return Window(size, stride, dilation, zeros // 2, zeros - zeros // 2)


def batch_last(x: Array, run: Run, name: str) -> Array:
    """Return (N, C, H, W) as a contiguous (H, C, W, N), copied only if it lies otherwise."""
    moved = x.transpose(2, 1, 3, 0)
    if moved.flags.c_contiguous:
        return moved
    copy = run.new(name, moved.shape)
    copy[...] = moved
    return copy


def batch_first(x: Array) -> Array:
    """Return a view of (H, C, W, N) as (N, C, H, W)."""
    return x.transpose(3, 1, 0, 2)


def as_image(x: Array) -> Array:
    """Return a view of a series (N, T, F) as images (N, F, T, 1)."""
    return x.transpose(0, 2, 1)[..., None]


def as_series(x: Array) -> Array:
    """Return a view of images (N, F, T, 1) as a series (N, T, F)."""
    return x[..., 0].transpose(0, 2, 1)


def convolve(
    x: Array, W: Array, rows: Window, columns: Window, run: Run
) -> tuple[Array, Callable[[Array, Array], Array]]:
    """Slide filters over a batch of images.

    The windows of output row h, one column for each place and sample, are a matrix P(h), and
    z(h) = W P(h) is one product.

    Parameters
    ----------
    x
        Images (N, C, H, W).
    W
        Filters (F, rows.size, columns.size, C).
    rows, columns
        The window along height and width.
    run
        Buffers.

    Returns
    -------
    z, backward
        The sums (H', F, W', N), and the function of dz and the array for dW that fills the latter
        with Σ dz(h) P(h)ᵀ and returns dx (N, C, H, W).
    """
    xp, (count, _, height, width) = run.xp, x.shape
    high, wide = rows.count(height), columns.count(width)
    filters, depth = W.shape[0], W[0].size
    strips = _strips(batch_last(x, run, "x"), rows, columns, run)
    patches = _patches(strips, rows, high, run)
    z = run.new("z", (high, filters, wide * count))
    xp.matmul(W.reshape(filters, depth), patches, out=z)

    def backward(dz: Array, dW: Array) -> Array:
        # This way round the product of long rows is twice as fast as dz(h) P(h)ᵀ.
        products = run.new("products", (high, depth, filters))
        by_place = dz.reshape(high, filters, wide * count).swapaxes(1, 2)
        xp.matmul(patches, by_place, out=products)
        total = run.ones(high).dot(products.reshape(high, -1))
        dW.reshape(filters, depth)[...] = total.reshape(depth, filters).T
        if not run.needs_dx:
            return None
        dstrips = _back_through_rows(dz, W, rows, height, run)
        return batch_first(_back_through_columns(dstrips, columns, width, run))

    return z.reshape(high, filters, wide, count), backward


def _strips(x: Array, rows: Window, columns: Window, run: Run) -> Array:
    """Return (H, k, C, W', N), zeros around: beside each other what a window sees in its row."""
    height, channels, width, count = x.shape
    if columns == Window() and rows.padded(height) == height:
        return x[:, None]
    wide, bottom = columns.count(width), rows.before + height
    strips = run.new("strips", (rows.padded(height), columns.size, channels, wide, count))
    strips[: rows.before] = strips[bottom:] = 0
    for k in range(columns.size):
        strip = strips[rows.before : bottom, k]
        places, values = columns.inside(k, width, wide)
        strip[:, :, : places.start] = strip[:, :, places.stop :] = 0
        strip[:, :, places] = x[:, :, values]
    return strips


def _patches(strips: Array, rows: Window, high: int, run: Run) -> Array:
    """Return (H', k · …, W' · N): for each of `high` places the strips (…, W', N) that it sees.

    Strips that follow each other are one block of memory, so that nothing is copied.
    """
    _, *inner, wide, count = strips.shape
    depth, across = rows.size * prod(inner), wide * count
    if rows.dilation == 1 or rows.size == 1:
        item = strips.itemsize
        return run.xp.lib.stride_tricks.as_strided(
            strips,
            (high, depth, across),
            (rows.stride * strips.strides[0], across * item, item),
        )
    patches = run.new("patches", (high, rows.size, *inner, wide, count))
    for k in range(rows.size):
        patches[:, k] = strips[rows.seen(k, high)]
    return patches.reshape(high, depth, across)


def _back_through_rows(dz: Array, W: Array, rows: Window, height: int, run: Run) -> Array:
    """Return the gradient (H, k, C, W', N) of the strips, without the zeros above and below.

    It is a convolution as well: of dz (H', F, W', N), its rows `stride` apart and zeros between
    and around them, with the kernel upside down.
    """
    high, filters, wide, count = dz.shape
    spread = dz
    if rows != Window():
        spread = run.new("spread", (height + rows.reach - 1, filters, wide, count))
        spread.fill(0)
        places, values = rows.inside(rows.size - 1, len(spread), high)
        spread[values] = dz[places]
    upside_down = run.new("upside down", (*W.shape[2:], rows.size, filters))
    upside_down[...] = W[:, ::-1].transpose(2, 3, 1, 0)
    window = Window(rows.size, 1, rows.dilation)
    patches = _patches(spread, window, height, run.part("spread"))
    dstrips = run.new("dstrips", (height, *W.shape[2:], wide, count))
    run.xp.matmul(
        upside_down.reshape(-1, rows.size * filters),
        patches,
        out=dstrips.reshape(height, -1, wide * count),
    )
    return dstrips


def _back_through_columns(dstrips: Array, columns: Window, width: int, run: Run) -> Array:
    """Return dx (H, C, W, N): to each value the gradients of all its copies in the strips."""
    if columns == Window():
        return dstrips[:, 0]
    height, _, channels, wide, count = dstrips.shape
    dx = run.new("dx", (height, channels, width, count))
    dx.fill(0)
    for k in range(columns.size):
        places, values = columns.inside(k, width, wide)
        dx[:, :, values] += dstrips[:, k, :, places]
    return dx


def largest(x: Array, axis: int, window: Window, run: Run) -> tuple[Array, Through]:
    """Return the largest value in each window along one axis of an array.

    Its gradient goes to where the largest value stands, to the first one where several are equal.
    What is put around the axis is −∞, never the largest.
    """
    xp, count, inner = run.xp, window.count(x.shape[axis]), window.inner(axis, x.shape[axis])
    x = _bordered(x, axis, window, -float("inf"), run)
    places = [_along(axis, window.seen(k, count)) for k in range(window.size)]
    shape = (*x.shape[:axis], count, *x.shape[axis + 1 :])
    y = run.new(f"largest {axis}", shape)
    xp.maximum(x[places[0]], x[places[-1]], out=y)
    for place in places[1:-1]:
        xp.maximum(y, x[place], out=y)
    # Flags are a quarter of the memory of x, which `backward` would have to read again.
    found = [x[place] == y for place in places[:-1]]

    def backward(dy: Array) -> Array:
        dx = run.new(f"dx {axis}", x.shape)
        apart = 1 < window.size <= window.stride
        if not apart or count * window.size < x.shape[axis]:
            dx.fill(0)
        share, rest = run.new(f"share {axis}", shape), dy
        for flags, (place, following) in zip(found, pairwise(places), strict=True):
            share[...] = flags
            share *= rest
            left = dx[following] if apart else run.new(f"rest {axis}", shape)
            rest = xp.subtract(rest, share, out=left)
            if apart:
                dx[place] = share
            else:
                dx[place] += share
        if not apart:
            dx[places[-1]] += rest
        return dx[inner]

    return y, backward


def total(x: Array, axis: int, window: Window, run: Run) -> tuple[Array, Through]:
    """Return the sum of each window along one axis; its gradient goes to all that it sees."""
    count, inner = window.count(x.shape[axis]), window.inner(axis, x.shape[axis])
    x = _bordered(x, axis, window, 0.0, run)
    places = [_along(axis, window.seen(k, count)) for k in range(window.size)]
    y = run.new(f"total {axis}", (*x.shape[:axis], count, *x.shape[axis + 1 :]))
    y[...] = x[places[0]]
    for place in places[1:]:
        y += x[place]

    def backward(dy: Array) -> Array:
        dx = run.new(f"dx {axis}", x.shape)
        dx.fill(0)
        for place in places:
            dx[place] += dy
        return dx[inner]

    return y, backward


def _bordered(x: Array, axis: int, window: Window, value: float, run: Run) -> Array:
    """Return `x` with `value` before and after one axis, as many as the window puts there."""
    length = x.shape[axis]
    if window.padded(length) == length:
        return x
    shape = (*x.shape[:axis], window.padded(length), *x.shape[axis + 1 :])
    bordered = run.new(f"bordered {axis}", shape)
    bordered.fill(value)
    bordered[window.inner(axis, length)] = x
    return bordered


def _along(axis: int, part: slice) -> tuple[slice, ...]:
    return (*(slice(None),) * axis, part)
