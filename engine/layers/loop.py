"""The way of a recurrent layer through time, which is the same for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import TypeAlias

from engine.arrays import Array
from engine.products import by_transpose, in_blocks
from engine.run import Run

SAMPLES = 512
"""How many samples, those of all steps counted, a product for the gradients takes."""

WIDE = 32
"""From so many features on, the steps of a batch are put in order before they are read."""

StepsBackward: TypeAlias = Callable[[Iterable[Array]], tuple[Array, ...]]
"""Takes the gradient of what each step gives, the last step first, None where there is none.

Returns the gradient of the state before the first step, one array (units, N) for each part of it.
"""


class Loop:
    """One way through time: the arrays of all steps, with the batch as their last axis.

    So a gate of a step is one contiguous block, and one product with the rows [h; x; 1] gives all
    gates of a step.

    Attributes
    ----------
    p
        The parameters of this direction.
    A
        Transposes of U, W and b side by side, (gates · units, units + features + 1); the layer
        fills it.
    rows
        [h before; x; 1] of every step, (steps, units + features + 1, N).
    h_before, h
        The state before and after every step, (steps, units, N), views into `rows` and what
        follows it.
    shown
        What a step gives, parts (steps, units, N): its state.
    start
        The state before the first step, (units or more, N), or None for 0.
    z, gates
        Twice the same memory for what the product gives, (steps, gates · units, N) and
        (steps, gates, units, N).
    dz, dgates
        The same for the gradients.
    products
        Gradients and rows whose products are the gradient of `A`, from top to bottom.
    """

    def __init__(
        self, p: SimpleNamespace, x: Array, start: Array, blocks: int, run: Run, side: str
    ) -> None:
        self.p, self.start, self.run, self.side = p, start, run, side
        self.steps, features, self.batch = x.shape
        self.units = units = len(p.U)
        width, size = blocks * units, units + features + 1
        self.A = self.new("A", width, size)
        rows = self.new("rows", self.steps + 1, size, self.batch)
        rows[0, :units] = 0 if start is None else start[:units]
        self.rows, self.h_before, self.h = rows[:-1], rows[:-1, :units], rows[1:, :units]
        self.rows[:, units:-1], self.rows[:, -1] = x, 1
        self.shown: tuple[Array, ...] = (self.h,)
        self.z, self.gates = self._gates("z", width)
        self.dz, self.dgates = self._gates("dz", width)
        self.products = [(self.dz, self.rows)]

    def new(self, name: str, *shape: int) -> Array:
        """Return a buffer of this direction."""
        return self.run.new(name + self.side, shape)

    def state(self, name: str, steps: int) -> Array:
        """Return a buffer of the state's size for so many steps, (steps, units, N)."""
        return self.new(name, steps, self.units, self.batch)

    def zeros(self, name: str) -> Array:
        """Return a buffer of the state's size, filled with zeros, (units, N)."""
        buffer = self.new(name, self.units, self.batch)
        buffer[...] = 0
        return buffer

    def _gates(self, name: str, width: int) -> tuple[Array, Array]:
        z = self.new(name, self.steps, width, self.batch)
        return z, z.reshape(self.steps, -1, self.units, self.batch)

    def halved(self, sigmoids: int) -> Array:
        """Return `A` with so many first rows halved.

        Since σ(z) = ½ + ½ tanh(z/2), one tanh then serves all gates.
        """
        A = self.new("A halved", *self.A.shape)
        A[...] = self.A
        A[:sigmoids] *= self.run.constant(0.5)
        return A

    def slopes(self, sigmoids: int) -> None:
        """Write the slopes of the gates to `dz`: y − y² of the first, sigmoids, 1 − y² of others.

        Here y is what `z` holds after its activation, `sigmoids` how many rows of it are such.
        """
        xp, (own, others) = self.run.xp, (slice(sigmoids), slice(sigmoids, None))
        xp.multiply(self.z, self.z, out=self.dz)
        xp.subtract(self.z[:, own], self.dz[:, own], out=self.dz[:, own])
        xp.subtract(self.run.constant(1.0), self.dz[:, others], out=self.dz[:, others])

    def gradient(self) -> Array:
        """Return dL/dA: over all steps, the sum of dz [h; x; 1]ᵀ.

        Products take several steps at once, as many as stay in the cache.
        """
        xp, top = self.run.xp, 0
        dA = self.new("dA", *self.A.shape)
        dA[...] = 0
        many = max(1, SAMPLES // self.batch)
        for dz, rows in self.products:
            part = self.new("part", dz.shape[1], rows.shape[1])
            total = dA[top : top + len(part)]
            for start in range(0, self.steps, many):
                now = slice(start, start + many)
                a, b = self._beside("dz beside", dz[now]), self._beside("rows beside", rows[now])
                total += by_transpose(a, b, part, xp)
            top += len(part)
        return dA

    def _beside(self, name: str, steps: Array) -> Array:
        """Return (steps, height, N) with the columns of all steps side by side, as a matrix."""
        count, height, batch = steps.shape
        out = self.new(name, height, count, batch)
        out[...] = steps.swapaxes(0, 1)
        return out.reshape(height, -1)

    def dx(self) -> Array:
        """Return dL/dx = W dz, (steps, features, N)."""
        columns = self.A[:, self.units : -1]
        W = self.new("W", *columns.shape[::-1])
        W[...] = columns.T
        dx = self.new("dx", self.steps, len(W), self.batch)
        _, blocks, outs = in_blocks(W, dx, self.run.xp)
        dz = self.dz if outs.ndim == dx.ndim else self.dz[:, None]
        self.run.xp.matmul(blocks, dz, out=outs)
        return dx


def steps_first(name: str, x: Array, run: Run) -> Array:
    """Return (N, steps, features) as (steps, features, N), for a loop over the steps.

    To read along the batch means to step over whole sequences. Where these are long, it is faster
    to put the samples of a step side by side first.
    """
    count, steps, features = x.shape
    if features < WIDE or x.strides[0] < x.strides[2] * features:
        return x.transpose(1, 2, 0)
    rows = run.new(f"{name} by step", (steps, count, features))
    rows[...] = x.swapaxes(0, 1)
    out = run.new(f"{name} with batch last", (steps, features, count))
    out[...] = rows.swapaxes(1, 2)
    return out
