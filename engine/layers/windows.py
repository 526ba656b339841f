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
        How many zeros are put before and after the axis.
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

    def count(self, length: int) -> int:
        """Return how many places the window has on an axis; 0 where it does not fit."""
        return max(0, (self.padded(length) - self.reach) // self.stride + 1)

    def seen(self, k: int, count: int) -> slice:
        """Return the values that position `k` of the window sees at its `count` places."""
        start = k * self.dilation
        return slice(start, start + (count - 1) * self.stride + 1, self.stride)


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
        with Σ dz(h) P(h)ᵀ and returns dx (N, C, H, W), to which every window adds its Wᵀ dz(h).
    """
    xp, (count, channels, height, width) = run.xp, x.shape
    high, wide = rows.count(height), columns.count(width)
    filters, depth = W.shape[0], rows.size * columns.size * channels
    kernel = W.reshape(filters, depth)
    source = _padded(x, rows, columns, run)
    strips = _strips(source, columns, wide, run)
    patches = _patches(strips, rows, high, run)
    z = run.new("z", (high, filters, wide * count))
    xp.matmul(kernel, patches, out=z)

    def backward(dz: Array, dW: Array) -> Array:
        dz = dz.reshape(high, filters, wide * count)
        # This way round the product of long rows is twice as fast as dz(h) P(h)ᵀ.
        products = run.new("products", (high, depth, filters))
        xp.matmul(patches, dz.swapaxes(1, 2), out=products)
        total = run.ones(high).dot(products.reshape(high, -1))
        dW.reshape(filters, depth)[...] = total.reshape(depth, filters).T
        if not run.needs_dx:
            return None
        dpatches = run.new("dpatches", (high, depth, wide * count))
        xp.matmul(kernel.T, dz, out=dpatches)
        dpatches = dpatches.reshape(high, rows.size, *strips.shape[1:])
        dstrips = run.new("dstrips", strips.shape)
        dstrips.fill(0)
        for k in range(rows.size):
            dstrips[rows.seen(k, high)] += dpatches[:, k]
        dsource = run.new("dsource", source.shape)
        dsource.fill(0)
        for k in range(columns.size):
            dsource[:, :, columns.seen(k, wide)] += dstrips[:, k]
        inner = slice(rows.before, rows.before + height)
        return batch_first(dsource[inner, :, columns.before : columns.before + width])

    return z.reshape(high, filters, wide, count), backward


def _padded(x: Array, rows: Window, columns: Window, run: Run) -> Array:
    """Return the images (N, C, H, W) as (H, C, W, N) with their zeros around."""
    count, channels, height, width = x.shape
    tall, wide = rows.padded(height), columns.padded(width)
    if (tall, wide) == (height, width):
        return batch_last(x, run, "x")
    padded = run.new("padded", (tall, channels, wide, count))
    bottom, right = rows.before + height, columns.before + width
    for border in (padded[: rows.before], padded[bottom:]):
        border[...] = 0
    for border in (padded[:, :, : columns.before], padded[:, :, right:]):
        border[...] = 0
    padded[rows.before : bottom, :, columns.before : right] = x.transpose(2, 1, 3, 0)
    return padded


def _strips(source: Array, columns: Window, wide: int, run: Run) -> Array:
    """Return (H, k, C, W', N): beside each other what a window sees in its row."""
    if columns.size == columns.stride == 1:
        return source[:, None]
    height, channels, _, count = source.shape
    strips = run.new("strips", (height, columns.size, channels, wide, count))
    for k in range(columns.size):
        strips[:, k] = source[:, :, columns.seen(k, wide)]
    return strips


def _patches(strips: Array, rows: Window, high: int, run: Run) -> Array:
    """Return (H', k · k · C, W' · N): for each output row the rows that its windows see.

    Rows that follow each other are one block of memory, so that nothing is copied.
    """
    _, *inner, wide, count = strips.shape
    depth, across = rows.size * inner[0] * inner[1], wide * count
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


def largest(x: Array, axis: int, window: Window, run: Run) -> tuple[Array, Through]:
    """Return the largest value in each window along one axis of a contiguous array.

    Its gradient goes to where the largest value stands, to the first one where several are equal.
    """
    xp, count = run.xp, window.count(x.shape[axis])
    places = [_along(axis, window.seen(k, count)) for k in range(window.size)]
    shape = (*x.shape[:axis], count, *x.shape[axis + 1 :])
    y = run.new(f"largest {axis}", shape)
    y[...] = x[places[0]]
    for place in places[1:]:
        xp.maximum(y, x[place], out=y)

    def backward(dy: Array) -> Array:
        dx = run.new(f"dx {axis}", x.shape)
        apart = window.stride >= window.size
        if not apart or count * window.size < x.shape[axis]:
            dx.fill(0)
        rest, share = dy, run.new(f"share {axis}", shape)
        left = run.new(f"rest {axis}", shape)
        for place in places[:-1]:
            here = dx[place] if apart else share
            xp.equal(x[place], y, out=here)
            here *= rest
            rest = xp.subtract(rest, here, out=left)
            if not apart:
                dx[place] += here
        if apart:
            dx[places[-1]] = rest
        else:
            dx[places[-1]] += rest
        return dx

    return y, backward


def total(x: Array, axis: int, window: Window, run: Run) -> tuple[Array, Through]:
    """Return the sum of each window along one axis; its gradient goes to all that it sees."""
    count = window.count(x.shape[axis])
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
        return dx

    return y, backward


def _along(axis: int, part: slice) -> tuple[slice, ...]:
    return (*(slice(None),) * axis, part)
