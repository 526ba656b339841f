"""Simple recurrent layer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.arrays import Array
from engine.layers.base import layer
from engine.layers.recurrent import Loop, Recurrent, StepsBackward, through_tanh


@layer("simple_rnn", label="Simple RNN", icon="rnn", group="Sequence", order=200)
@dataclass(frozen=True)
class SimpleRNN(Recurrent):
    """The simple recurrent network of Elman (1990): h = tanh(x W + h U + b) at every step."""

    def unroll(self, loop: Loop) -> StepsBackward:
        """Write h = tanh z with z = x W + h U + b; dz = (1 − h²) dh, and dh before = dz Uᵀ."""
        xp = loop.run.xp
        for row, z, h in zip(loop.rows, loop.z, loop.h, strict=True):
            xp.dot(loop.A, row, out=z)
            xp.tanh(z, out=h)

        def backward(outside: Iterable[Array]) -> None:
            dh = loop.zeros("dh")
            for dy, h, dz in zip(outside, loop.h[::-1], loop.dz[::-1], strict=True):
                if dy is not None:
                    dh += dy
                through_tanh(dh, h, dz, xp)
                xp.dot(loop.U, dz, out=dh)

        return backward
