"""What a pass through the network hands each layer: mode, random numbers, reused buffers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from engine.arrays import Array, Shape, memory_order


class Run:
    """What one node is handed in every pass: mode, random numbers and its own buffers.

    Attributes
    ----------
    xp
        The array module, `numpy` or `cupy`.
    training
        Whether dropout and the like are at work.
    needs_dx
        Whether anybody wants the gradient with respect to the input; where nobody does,
        `backward` may return None and save the work.
    rng
        The node's random stream.
    """

    def __init__(self, xp: Any, dtype: Any, rng: Any = None) -> None:
        self.xp = xp
        self.dtype = dtype
        self.rng = rng
        self.training = False
        self.needs_dx = True
        self._buffers: dict[tuple[str, Shape], Array] = {}
        self._constants: dict[tuple[float, Shape], Array] = {}
        self._tables: dict[tuple[str, Shape], Array] = {}
        self._parts: dict[str, Run] = {}

    def part(self, name: str) -> Run:
        """Return the run of a layer inside of this one: buffers of its own, all else the same."""
        part = self._parts.get(name)
        if part is None:
            part = self._parts[name] = Run(self.xp, self.dtype)
        part.training, part.rng = self.training, self.rng
        return part

    def new(self, name: str, shape: Shape) -> Array:
        """Return the buffer `name` of this shape, allocated once and reused in every pass.

        What it held before is undefined. A buffer lives until the same name and shape are asked
        for again, so what `backward` needs must have a name of its own.
        """
        buffer = self._buffers.get((name, shape))
        if buffer is None:
            buffer = self._buffers[name, shape] = self.xp.empty(shape, self.dtype)
        return buffer

    def like(self, name: str, x: Array, shape: Shape | None = None) -> Array:
        """Return the buffer `name` with the axes of `x` and their order in memory."""
        order, back = memory_order(x)
        shape = x.shape if shape is None else shape
        return self.new(name, tuple(shape[axis] for axis in order)).transpose(back)

    def constant(self, value: float, shape: Shape = ()) -> Array:
        """Return an array that holds `value` everywhere, not to be written to.

        NumPy takes it faster than a Python number: 0-d into small arrays, of full shape into the
        comparisons and extrema of large ones.
        """
        array = self._constants.get((value, shape))
        if array is None:
            array = self._constants[value, shape] = self.xp.full(shape, value, self.dtype)
        return array

    def table(self, name: str, shape: Shape, fill: Callable[[], Array]) -> Array:
        """Return the array `name` of this shape, made by `fill` once, not to be written to."""
        array = self._tables.get((name, shape))
        if array is None:
            array = self._tables[name, shape] = fill().astype(self.dtype)
        return array

    def ones(self, count: int) -> Array:
        """Return a vector of ones; a product with it sums rows faster than a reduction."""
        return self.constant(1.0, (count,))

    def random(self, name: str, shape: Shape) -> Array:
        """Return the buffer `name` filled with new numbers, uniform on [0, 1).

        They are drawn on the host, so that a run is the same on every device.
        """
        buffer = self.new(name, shape)
        if self.xp is np:
            self.rng.random(dtype=self.dtype, out=buffer)
        else:
            buffer[...] = self.xp.asarray(self.rng.random(shape, self.dtype))
        return buffer

    def forget(self) -> None:
        """Release all buffers."""
        self._buffers.clear()
        self._constants.clear()
        self._tables.clear()
        self._parts.clear()
