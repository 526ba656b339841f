"""What recurrent layers share: their settings, states and directions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, ClassVar

from engine.arrays import Array, Shape
from engine.errors import ShapeError
from engine.fields import param
from engine.initializers import Glorot, Initializer, Orthogonal, Zeros
from engine.layers import needs
from engine.layers.base import Backward, Fix, Layer
from engine.layers.loop import Loop, StepsBackward, steps_first
from engine.run import Run
from engine.text import Text, counted

DIRECTIONS = ("forward", "backward", "both")

MOST_UNITS = 1024


@dataclass(frozen=True)
class Recurrent(Layer):
    """A state h carried from step to step, with the same weights at every step.

    Samples are sequences (time, features). W (features, gates · units) and U (units, gates ·
    units) hold a block of columns for each gate, b (gates · units) its biases. A second direction
    has parameters of its own, and its state stands behind that of the first.

    A second input is the state before the first step, as an encoder gives it to a decoder
    (Sutskever et al. 2014); without it that state is 0.
    """

    units: int = param(
        16, low=1, high=MOST_UNITS, label="Units", help="How many numbers the state holds"
    )
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
    merges: ClassVar[bool] = True
    splits: ClassVar[bool] = False

    gates: ClassVar[int] = 1
    """How many blocks of columns W, U and b have."""

    @property
    def blocks(self) -> int:
        """How many blocks of `units` numbers the product of a step gives."""
        return self.gates

    @property
    def sides(self) -> tuple[str, ...]:
        """What the names of parameters end in, for each direction."""
        return ("", "_back") if self.direction == "both" else ("",)

    @property
    def given(self) -> int:
        """How many times `units` numbers a step gives, for each direction."""
        return 1

    @property
    def starts(self) -> tuple[int, ...]:
        """How many times `units` numbers a state before the first step may have, likewise."""
        return (1,)

    def summary(self) -> Text:
        """Return for example ``16 hidden units``."""
        if self.direction == "both":
            return Text("2 × {units} hidden units", units=self.units)
        return counted("{count} hidden unit", "{count} hidden units", self.units)

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return (units,), or (time, units) of sequences; twice the units in two directions."""
        steps, _ = needs.series(inputs[0])
        self._need_state(inputs[1:])
        width = self.given * self.units * len(self.sides)
        return (steps, width) if self.return_sequences else (width,)

    def _need_state(self, states: tuple[Shape, ...]) -> None:
        """Raise ShapeError for several states, and for one that does not fit."""
        if len(states) > 1:
            raise ShapeError(
                "{layer} takes a sequence and at most one state, but gets {count} inputs.",
                Fix(Text("Remove the layer"), remove=True),
                count=1 + len(states),
            )
        sizes = [start * len(self.sides) for start in self.starts]
        if not states or states[0] in [(size * self.units,) for size in sizes]:
            return
        (shape,) = states
        fitting = [shape[0] // size for size in sizes if len(shape) == 1 and not shape[0] % size]
        fixes = [
            Fix(Text("Set units to {units}", units=units), replace=self.but(units=units))
            for units in fitting
            if 1 <= units <= MOST_UNITS
        ]
        raise ShapeError(
            "{layer} begins with a state of {wanted} numbers, but gets {shape}.",
            *(fixes or [Fix(Text("Remove the layer"), remove=True)]),
            wanted=sizes[0] * self.units,
            shape=needs.times(shape),
        )

    def init(self, rng: Any, inputs: tuple[Shape, ...]) -> Mapping[str, Array]:
        """Draw W and U gate by gate; b is zero."""
        _, features = inputs[0]
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

    def pack(self, A: Array, p: SimpleNamespace) -> None:
        """Write the parameters of one direction to the columns of `A`, for [h; x; 1]."""
        A[:, : self.units], A[:, self.units : -1], A[:, -1] = p.U.T, p.W.T, p.b

    def unpack(self, dA: Array, g: SimpleNamespace) -> None:
        """Write the gradients of the parameters of one direction from that of `A`."""
        g.U[...], g.W[...], g.b[...] = dA[:, : self.units].T, dA[:, self.units : -1].T, dA[:, -1]

    def unroll(self, loop: Loop) -> StepsBackward:
        """Fill `loop.h` step by step; return what fills `loop.dz`, the last step first."""
        raise NotImplementedError

    def forward(self, p: SimpleNamespace, x: tuple[Array, ...], run: Run) -> tuple[Array, Backward]:
        """Return the last state, or all of them, of each direction side by side."""
        loops, orders, backwards = self._unrolled(p, x, run)
        y = self._output(loops, orders, run)

        def backward(dy: Array, g: SimpleNamespace) -> Any:
            dx = None
            dstart: list[Array] = []
            width = dy.shape[-1] // len(loops)
            given = steps_first("dy", dy, run) if self.return_sequences else dy.T
            for i, (loop, steps_backward, order) in enumerate(
                zip(loops, backwards, orders, strict=True)
            ):
                mine = given[..., i * width : (i + 1) * width, :]
                dstart += steps_backward(self._outside(mine, loop.steps, order))[: self._parts(x)]
                self.unpack(loop.gradient(), self._own(g, loop.side))
                if run.needs_dx:
                    part = loop.dx()[order].transpose(2, 0, 1)
                    dx = part if dx is None else run.xp.add(dx, part, out=dx)
            if not run.needs_dx:
                return None
            return (dx, run.xp.concatenate(dstart).T) if dstart else (dx,)

        return y, backward

    def _unrolled(
        self, p: SimpleNamespace, x: tuple[Array, ...], run: Run
    ) -> tuple[list[Loop], list[slice], list[StepsBackward]]:
        """Go through time in each direction; return the ways and the orders of their steps."""
        steps, starts = steps_first("x", x[0], run), self._starts(x[1:])
        orders = [self.reading(side) for side in self.sides]
        loops = [
            Loop(self._own(p, side), steps[order], start, self.blocks, run, side)
            for side, order, start in zip(self.sides, orders, starts, strict=True)
        ]
        for loop in loops:
            self.pack(loop.A, loop.p)
        return loops, orders, [self.unroll(loop) for loop in loops]

    def inside(self, p: SimpleNamespace, x: tuple[Array, ...], run: Run) -> Mapping[str, Array]:
        """Return gates and states of every step by name, (N, time, units) for each direction."""
        loops, orders, _ = self._unrolled(p, x, run)
        sides = [self.watched(loop) for loop in loops]
        return {
            name: run.xp.concatenate(
                [
                    side[name][order].transpose(2, 0, 1)
                    for side, order in zip(sides, orders, strict=True)
                ],
                axis=2,
            )
            for name in sides[0]
        }

    def watched(self, loop: Loop) -> dict[str, Array]:
        """Return by name what `inside` shows of one direction, (time, units, N)."""
        return {"hidden state": loop.h}

    def reading(self, side: str) -> slice:
        """Return the order in which one direction reads the steps."""
        back = self.direction == "backward" or side == "_back"
        return slice(None, None, -1 if back else 1)

    def _own(self, p: SimpleNamespace, side: str) -> SimpleNamespace:
        """Return the parameters of one direction under names without its ending."""
        if not side:
            return p
        names = [name for name in vars(p) if name.endswith(side)]
        return SimpleNamespace(**{name.removesuffix(side): getattr(p, name) for name in names})

    def _parts(self, x: tuple[Array, ...]) -> int:
        """Return of how many parts the state before the first step is made, 0 without one."""
        return x[1].shape[1] // (self.units * len(self.sides)) if len(x) > 1 else 0

    def _starts(self, states: tuple[Array, ...]) -> list[Array]:
        """Return the state before the first step of each direction, (…, N), or None."""
        if not states:
            return [None] * len(self.sides)
        width = states[0].shape[1] // len(self.sides)
        return [states[0].T[i * width : (i + 1) * width] for i in range(len(self.sides))]

    def _output(self, loops: list[Loop], orders: list[slice], run: Run) -> Array:
        """Put what all directions give side by side, with the batch first again."""
        steps = (loops[0].steps,) if self.return_sequences else ()
        width = self.given * self.units * len(loops)
        y = run.new("y", (*steps, width, loops[0].batch))
        parts = [
            (part, order) for loop, order in zip(loops, orders, strict=True) for part in loop.shown
        ]
        for i, (part, order) in enumerate(parts):
            place = slice(i * self.units, (i + 1) * self.units)
            y[..., place, :] = part[order] if self.return_sequences else part[-1]
        return y.transpose(2, 0, 1) if self.return_sequences else y.T

    def _outside(self, dy: Array, steps: int, order: slice) -> Iterable[Array]:
        """Return the gradient of what each step gives, the last step first."""
        if self.return_sequences:
            states: Iterable[Array] = dy[order][::-1]
            return states
        return [dy, *[None] * (steps - 1)]
