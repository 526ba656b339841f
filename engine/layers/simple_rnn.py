"""Simple recurrent layer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.arrays import Array
from engine.layers.base import layer
from engine.layers.loop import Loop, StepsBackward
from engine.layers.recurrent import Recurrent
from engine.products import in_blocks


@layer("simple_rnn", label="Simple RNN", icon="rnn", group="Sequence", order=200)
@dataclass(frozen=True)
class SimpleRNN(Recurrent):
    """The simple recurrent network of Elman (1990): h = tanh(x W + h U + b) at every step."""

    def unroll(self, loop: Loop) -> StepsBackward:
        """Write h = tanh z with z = x W + h U + b; dz = (1 − h²) dh, and dh before = dz Uᵀ."""
        xp, one = loop.run.xp, loop.run.constant(1.0)
        product, A, products = in_blocks(loop.A, loop.z, xp)
        for row, out, z, h in zip(loop.rows, products, loop.z, loop.h, strict=True):
            product(A, row, out=out)
            xp.tanh(z, out=h)

        def backward(outside: Iterable[Array]) -> tuple[Array, ...]:
            xp.multiply(loop.h, loop.h, out=loop.dz)
            xp.subtract(one, loop.dz, out=loop.dz)
            dh = loop.zeros("dh")
            product, U, before = in_blocks(loop.p.U, dh, xp)
            for dy, dz in zip(outside, loop.dz[::-1], strict=True):
                if dy is not None:
                    dh += dy
                dz *= dh
                product(U, dz, out=before)
            return (dh,)

        return backward
