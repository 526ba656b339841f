"""What recurrent layers share: their settings, and the way through time in either direction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, ClassVar, TypeAlias

from engine.arrays import Array, Shape
from engine.fields import param
from engine.initializers import Glorot, Initializer, Orthogonal, Zeros
from engine.layers import needs
from engine.layers.base import Backward, Layer
from engine.products import by_transpose
from engine.run import Run
from engine.text import Text

DIRECTIONS = ("forward", "backward", "both")

SAMPLES = 512
"""How many samples, those of all steps counted, a product for the gradients takes."""

StepsBackward: TypeAlias = Callable[[Iterable[Array]], None]
"""Takes dL/dh from outside for every step, the last first, None where there is none."""


class Loop:
    """One way through time: the arrays of all steps, with the batch as their last axis.

    So a gate of a step is one contiguous block, and one product with the rows [h; x; 1] gives all
    gates of a step.

    Attributes
    ----------
    A
        Transposes of U, W and b side by side, (gates · units, units + features + 1).
    U
        The weights of the state, (units, gates · units).
    rows
        [h before; x; 1] of every step, (steps, units + features + 1, N).
    h_before, h
        The state before and after every step, (steps, units, N), views into `rows` and what
        follows it; the state before the first step is 0.
    z, gates
        Twice the same memory for what the product gives, (steps, gates · units, N) and
        (steps, gates, units, N).
    dz, dgates
        The same for the gradients.
    products
        Gradients and rows whose products are the gradient of `A`, from top to bottom.
    """

    def __init__(
        self, weights: tuple[Array, Array, Array], x: Array, run: Run, side: str = ""
    ) -> None:
        W, self.U, b = weights
        self.run, self.side = run, side
        self.steps, features, self.batch = x.shape
        self.units, width = self.U.shape
        size = self.units + features + 1
        self.A = self.new("A", width, size)
        self.A[:, : self.units], self.A[:, self.units : -1], self.A[:, -1] = self.U.T, W.T, b
        rows = self.new("rows", self.steps + 1, size, self.batch)
        rows[0, : self.units] = 0
        self.rows, self.h_before, self.h = (
            rows[:-1],
            rows[:-1, : self.units],
            rows[1:, : self.units],
        )
        self.rows[:, self.units : -1], self.rows[:, -1] = x, 1
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

    def slopes(self, sigmoids: int) -> None:
        """Write the slopes of the gates to `dz`: y − y² of the first, sigmoids, 1 − y² of others.

        Here y is what `z` holds after its activation, `sigmoids` how many rows of it are such.
        """
        xp, (own, others) = self.run.xp, (slice(sigmoids), slice(sigmoids, None))
        xp.multiply(self.z, self.z, out=self.dz)
        xp.subtract(self.z[:, own], self.dz[:, own], out=self.dz[:, own])
        xp.subtract(self.run.constant(1.0), self.dz[:, others], out=self.dz[:, others])

    def gradients(self, gW: Array, gU: Array, gb: Array) -> None:
        """Write dL/dW, dL/dU and dL/db: over all steps, the sum of dz [h; x; 1]ᵀ.

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
        gU[...], gW[...], gb[...] = dA[:, : self.units].T, dA[:, self.units : -1].T, dA[:, -1]

    def _beside(self, name: str, steps: Array) -> Array:
        """Return (steps, height, N) with the columns of all steps side by side, as a matrix."""
        count, height, batch = steps.shape
        out = self.new(name, height, count, batch)
        out[...] = steps.swapaxes(0, 1)
        return out.reshape(height, -1)

    def dx(self, W: Array) -> Array:
        """Return dL/dx = W dz, (steps, features, N)."""
        out = self.new("dx", self.steps, len(W), self.batch)
        return self.run.xp.matmul(W, self.dz, out=out)


@dataclass(frozen=True)
class Recurrent(Layer):
    """A state h carried from step to step, with the same weights at every step.

    Samples are sequences (time, features). W (features, gates · units) and U (units, gates ·
    units) hold a block of columns for each gate, b (gates · units) its biases. A second direction
    has parameters of its own, and its state stands behind that of the first.
    """

    units: int = param(16, low=1, high=1024, label="Units", help="How many numbers the state holds")
    return_sequences: bool = param(
        False,
        label="Return sequences",
        help="Pass on the state of every step, as a further recurrent layer needs it, rather than "
        "that of the last",
    )
    direction: str = param(
        "forward",
        choices=DIRECTIONS,
        label="Direction",
        help="Whether the sequence is read from its beginning, from its end, or both ways",
    )
    initializer: Initializer = param(
        Glorot(), family="initializer", label="Initial weights", help="How W begins"
    )
    recurrent_initializer: Initializer = param(
        Orthogonal(),
        family="initializer",
        label="Initial weights of the state",
        help="How U begins",
    )

    parameters: ClassVar[tuple[str, ...]] = ("W", "U", "b", "W_back", "U_back", "b_back")
    penalized: ClassVar[tuple[str, ...]] = ("W", "U", "W_back", "U_back")
    gates: ClassVar[int] = 1
    """How many blocks of columns W, U and b have."""

    @property
    def sides(self) -> tuple[str, ...]:
        """What the names of parameters end in, for each direction."""
        return ("", "_back") if self.direction == "both" else ("",)

    def summary(self) -> Text:
        """Return for example ``16 hidden units``."""
        if self.direction == "both":
            return Text("2 × {units} hidden units", units=self.units)
        return Text("{units} hidden units", units=self.units)

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return (units,), or (time, units) of sequences; twice the units in two directions."""
        steps, _ = needs.series(inputs[0])
        width = self.units * len(self.sides)
        return (steps, width) if self.return_sequences else (width,)

    def init(self, rng: Any, inputs: tuple[Shape, ...]) -> Mapping[str, Array]:
        """Draw W and U gate by gate; b is zero."""
        ((_, features),) = inputs
        drawn: dict[str, Array] = {}
        for side in self.sides:
            for name, initializer, rows in (
                ("W", self.initializer, features),
                ("U", self.recurrent_initializer, self.units),
            ):
                weights = Zeros().draw(rng, (rows, self.gates * self.units), rows, self.units)
                for gate in range(self.gates):
                    columns = slice(gate * self.units, (gate + 1) * self.units)
                    weights[:, columns] = initializer.draw(
                        rng, (rows, self.units), rows, self.units
                    )
                drawn[name + side] = weights
            drawn["b" + side] = Zeros().draw(rng, (self.gates * self.units,), 1, self.units)
        return drawn

    def unroll(self, loop: Loop) -> StepsBackward:
        """Fill `loop.h` step by step; return what fills `loop.dz`, the last step first."""
        raise NotImplementedError

    def forward(self, p: SimpleNamespace, x: Array, run: Run) -> tuple[Array, Backward]:
        """Return the last state, or all of them, of each direction side by side."""
        steps = x.transpose(1, 2, 0)
        loops, backwards, orders = [], [], []
        for side in self.sides:
            back = self.direction == "backward" or side == "_back"
            orders.append(slice(None, None, -1 if back else 1))
            loop = Loop(_weights(p, side), steps[orders[-1]], run, side)
            backwards.append(self.unroll(loop))
            loops.append(loop)
        y = self._output(loops, orders, run)

        def backward(dy: Array, g: SimpleNamespace) -> Array:
            dx = None
            for i, (loop, steps_backward, order) in enumerate(
                zip(loops, backwards, orders, strict=True)
            ):
                mine = dy[..., i * self.units : (i + 1) * self.units]
                steps_backward(self._outside(mine, loop.steps, order))
                loop.gradients(*_weights(g, loop.side))
                if run.needs_dx:
                    part = loop.dx(_weights(p, loop.side)[0])[order].transpose(2, 0, 1)
                    dx = part if dx is None else run.xp.add(dx, part, out=dx)
            return dx

        return y, backward

    def _output(self, loops: list[Loop], orders: list[slice], run: Run) -> Array:
        """Put the states of all directions side by side, with the batch first again."""
        steps = (loops[0].steps,) if self.return_sequences else ()
        y = run.new("y", (*steps, self.units * len(loops), loops[0].batch))
        for i, (loop, order) in enumerate(zip(loops, orders, strict=True)):
            place = slice(i * self.units, (i + 1) * self.units)
            y[..., place, :] = loop.h[order] if self.return_sequences else loop.h[-1]
        return y.transpose(2, 0, 1) if self.return_sequences else y.T

    def _outside(self, dy: Array, steps: int, order: slice) -> Iterable[Array]:
        """Return what reaches the state of each step from outside, the last step first."""
        if self.return_sequences:
            states: Iterable[Array] = dy.transpose(1, 2, 0)[order][::-1]
            return states
        return [dy.T, *[None] * (steps - 1)]


def _weights(p: SimpleNamespace, side: str) -> tuple[Array, Array, Array]:
    return getattr(p, "W" + side), getattr(p, "U" + side), getattr(p, "b" + side)
