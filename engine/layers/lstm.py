"""Long short-term memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from engine.arrays import Array, Shape
from engine.fields import param
from engine.layers.base import layer
from engine.layers.loop import Loop, StepsBackward
from engine.layers.recurrent import Recurrent
from engine.products import in_blocks


@layer("lstm", label="LSTM", icon="lstm", group="Sequence", order=210)
@dataclass(frozen=True)
class LSTM(Recurrent):
    """Long short-term memory (Hochreiter and Schmidhuber 1997; forget gate: Gers et al. 2000).

    At every step, with ⊙ the product element by element:

    - f = σ(x W_f + h U_f + b_f), the forget gate: what of the cell state stays
    - i = σ(x W_i + h U_i + b_i), the input gate: what of the candidate comes in
    - o = σ(x W_o + h U_o + b_o), the output gate: what of the cell state shows
    - c̃ = tanh(x W_c + h U_c + b_c), the candidate
    - c = f ⊙ c + i ⊙ c̃, the cell state
    - h = o ⊙ tanh c, the hidden state

    The columns of W, U and b are those of f, i, o and c̃ in this order. Biases of the forget gate
    begin at 1, so that the cell remembers at first (Jozefowicz et al. 2015).

    A state before the first step is h, with c = 0, or [h, c].
    """

    return_state: bool = param(
        False,
        label="Return cell state",
        help="Give [h, c] rather than h, as a decoder needs it that begins where the encoder ends",
    )

    gates: ClassVar[int] = 4

    @property
    def given(self) -> int:
        """How many times `units` numbers a step gives, for each direction."""
        return 2 if self.return_state else 1

    @property
    def starts(self) -> tuple[int, ...]:
        """How many times `units` numbers a state before the first step may have, likewise."""
        return (1, 2)

    def init(self, rng: Any, inputs: tuple[Shape, ...]) -> Mapping[str, Array]:
        """Draw W and U; b is 1 for the forget gate, else 0."""
        drawn = super().init(rng, inputs)
        for side in self.sides:
            drawn["b" + side][: self.units] = 1
        return drawn

    def unroll(self, loop: Loop) -> StepsBackward:
        """Write the steps of the formulas above."""
        xp, half = loop.run.xp, loop.run.constant(0.5)
        sigmoids = 3 * self.units
        cells = loop.state("c", loop.steps + 1)
        cells[0] = 0
        if loop.start is not None and len(loop.start) > self.units:
            cells[0] = loop.start[self.units :]
        if self.return_state:
            loop.shown = (loop.h, cells[1:])
        tanh_cells = loop.state("tanh c", loop.steps)
        new = loop.zeros("new")
        product, A, products = in_blocks(loop.halved(sigmoids), loop.z, xp)
        for row, out, z, (f, i, o, candidate), c_before, c, tanh_c, h in zip(
            loop.rows,
            products,
            loop.z,
            loop.gates,
            cells[:-1],
            cells[1:],
            tanh_cells,
            loop.h,
            strict=True,
        ):
            product(A, row, out=out)
            xp.tanh(z, out=z)
            sigma = z[:sigmoids]
            sigma *= half
            sigma += half
            xp.multiply(f, c_before, out=c)
            xp.multiply(i, candidate, out=new)
            c += new
            xp.tanh(c, out=tanh_c)
            xp.multiply(o, tanh_c, out=h)
        return partial(self._backward, loop, cells[:-1], tanh_cells)

    def watched(self, loop: Loop) -> dict[str, Array]:
        """Return gates and states of every step by name, (time, units, N)."""
        f, i, o, candidate = loop.gates.swapaxes(0, 1)
        gates = {"forget gate": f, "input gate": i, "output gate": o, "candidate": candidate}
        cells = loop.state("c", loop.steps + 1)  # as `unroll` has left them
        return {**gates, "cell state": cells[1:], "hidden state": loop.h}

    def _backward(
        self, loop: Loop, c_before: Array, tanh_c: Array, outside: Iterable[Array]
    ) -> tuple[Array, ...]:
        """Write dz of every step, the last first.

        With dh and dc from the step after: dc += dh ⊙ o ⊙ (1 − tanh² c), do = dh ⊙ tanh c,
        df = dc ⊙ c before, di = dc ⊙ c̃, dc̃ = dc ⊙ i; then dc before = dc ⊙ f and
        dh before = dz Uᵀ. What dh and dc are multiplied by is found for all steps at once.
        """
        xp, sigmoids = loop.run.xp, 3 * self.units
        f, i, o, candidate = loop.gates.swapaxes(0, 1)
        loop.slopes(sigmoids)
        factors = loop.dgates.swapaxes(0, 1)
        for factor, other in zip(factors, (c_before, candidate, tanh_c, i), strict=True):
            factor *= other
        to_c = loop.state("to c", loop.steps)
        xp.multiply(loop.h, tanh_c, out=to_c)
        xp.subtract(o, to_c, out=to_c)  # o (1 − tanh² c) = o − h tanh c
        dh, dc = loop.zeros("dh"), loop.zeros("dc")
        product, U, before = in_blocks(loop.p.U, dh, xp)
        dgates = loop.dgates[::-1]
        for dy, f_t, share, dz, dz_fi, dz_o, dz_new in zip(
            outside,
            f[::-1],
            to_c[::-1],
            loop.dz[::-1],
            dgates[:, :2],
            dgates[:, 2],
            dgates[:, 3],
            strict=True,
        ):
            if dy is not None:
                dh += dy[: self.units]
                if self.return_state:
                    dc += dy[self.units :]
            share *= dh
            dc += share
            dz_fi *= dc
            dz_o *= dh
            dz_new *= dc
            dc *= f_t
            product(U, dz, out=before)
        return dh, dc
