"""Long short-term memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from engine.arrays import Array, Shape
from engine.layers.base import layer
from engine.layers.recurrent import (
    Loop,
    Recurrent,
    StepsBackward,
    through_sigmoid,
    through_tanh,
)


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
    """

    gates: ClassVar[int] = 4

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
        loop.A[:sigmoids] *= half  # σ(z) = ½ + ½ tanh(z/2): one tanh serves all gates
        cells = loop.state("c", loop.steps + 1)
        cells[0] = 0
        tanh_cells = loop.state("tanh c", loop.steps)
        new = loop.zeros("new")
        for row, z, (f, i, o, candidate), c_before, c, tanh_c, h in zip(
            loop.rows, loop.z, loop.gates, cells[:-1], cells[1:], tanh_cells, loop.h, strict=True
        ):
            xp.dot(loop.A, row, out=z)
            xp.tanh(z, out=z)
            sigma = z[:sigmoids]
            sigma *= half
            sigma += half
            xp.multiply(f, c_before, out=c)
            xp.multiply(i, candidate, out=new)
            c += new
            xp.tanh(c, out=tanh_c)
            xp.multiply(o, tanh_c, out=h)
        return partial(self._backward, loop, cells, tanh_cells)

    def _backward(
        self, loop: Loop, cells: Array, tanh_cells: Array, outside: Iterable[Array]
    ) -> None:
        """Write dz of every step, the last first.

        With dh and dc from the step after: dc += dh ⊙ o ⊙ (1 − tanh² c), do = dh ⊙ tanh c,
        df = dc ⊙ c before, di = dc ⊙ c̃, dc̃ = dc ⊙ i; then dc before = dc ⊙ f and
        dh before = dz Uᵀ.
        """
        xp, sigmoids = loop.run.xp, 3 * self.units
        dh, dc = loop.zeros("dh"), loop.zeros("dc")
        through = loop.zeros("through")
        slope = loop.new("slope", sigmoids, loop.batch)
        for dy, z, (f, i, o, candidate), c_before, tanh_c, h, dz, (df, di, do, dnew) in zip(
            outside,
            loop.z[::-1],
            loop.gates[::-1],
            cells[-2::-1],
            tanh_cells[::-1],
            loop.h[::-1],
            loop.dz[::-1],
            loop.dgates[::-1],
            strict=True,
        ):
            if dy is not None:
                dh += dy
            # o (1 − tanh² c) = o − h tanh c
            xp.multiply(h, tanh_c, out=through)
            xp.subtract(o, through, out=through)
            through *= dh
            dc += through
            xp.multiply(dc, c_before, out=df)
            xp.multiply(dc, candidate, out=di)
            xp.multiply(dh, tanh_c, out=do)
            through_sigmoid(dz[:sigmoids], z[:sigmoids], slope, xp)
            xp.multiply(dc, i, out=through)
            through_tanh(through, candidate, dnew, xp)
            dc *= f
            xp.dot(loop.U, dz, out=dh)
