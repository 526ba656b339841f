"""Gated recurrent unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from engine.arrays import Array
from engine.layers.base import layer
from engine.layers.recurrent import Loop, Recurrent, StepsBackward


@layer("gru", label="GRU", icon="gru", group="Sequence", order=220)
@dataclass(frozen=True)
class GRU(Recurrent):
    """Gated recurrent unit (Cho et al. 2014), written as in Chung et al. 2014.

    At every step, with ⊙ the product element by element:

    - z = σ(x W_z + h U_z + b_z), the update gate: what of the state is renewed
    - r = σ(x W_r + h U_r + b_r), the reset gate: what of the state the candidate sees
    - h̃ = tanh(x W_h + (r ⊙ h) U_h + b_h), the candidate
    - h = (1 − z) ⊙ h + z ⊙ h̃, the hidden state

    The columns of W, U and b are those of z, r and h̃ in this order. PyTorch differs in two
    points: its z is 1 − z here, and it resets after the product, r ⊙ (h U_h + b′).
    """

    gates: ClassVar[int] = 3

    def unroll(self, loop: Loop) -> StepsBackward:
        """Write the steps of the formulas above."""
        xp, half, units = loop.run.xp, loop.run.constant(0.5), self.units
        sigmoids = 2 * units
        loop.A[:sigmoids] *= half  # σ(z) = ½ + ½ tanh(z/2)
        resets = loop.new("resets", *loop.rows.shape)  # [r ⊙ h; x; 1]
        resets[:, units:] = loop.rows[:, units:]
        loop.products = [(loop.dz[:, :sigmoids], loop.rows), (loop.dz[:, sigmoids:], resets)]
        A_gates, A_candidate = loop.A[:sigmoids], loop.A[sigmoids:]
        differences = loop.state("h̃ − h", loop.steps)
        for row, reset, sigma, (z, r, candidate), h_before, difference, h in zip(
            loop.rows,
            resets,
            loop.z[:, :sigmoids],
            loop.gates,
            loop.h_before,
            differences,
            loop.h,
            strict=True,
        ):
            xp.dot(A_gates, row, out=sigma)
            xp.tanh(sigma, out=sigma)
            sigma *= half
            sigma += half
            xp.multiply(r, h_before, out=reset[:units])
            xp.dot(A_candidate, reset, out=candidate)
            xp.tanh(candidate, out=candidate)
            xp.subtract(candidate, h_before, out=difference)
            xp.multiply(z, difference, out=h)
            h += h_before
        return partial(self._backward, loop, differences)

    def _backward(self, loop: Loop, differences: Array, outside: Iterable[Array]) -> None:
        """Write dz of every step, the last first.

        With dh from the step after: dz = dh ⊙ (h̃ − h), dh̃ = dh ⊙ z, d(r ⊙ h) = dh̃ U_hᵀ,
        dr = d(r ⊙ h) ⊙ h; then
        dh before = dh ⊙ (1 − z) + d(r ⊙ h) ⊙ r + [dz dr] [U_z U_r]ᵀ. What dh and d(r ⊙ h) are
        multiplied by is found for all steps at once.
        """
        xp, units, sigmoids = loop.run.xp, self.units, 2 * self.units
        U_gates = loop.new("U gates", units, sigmoids)
        U_candidate = loop.new("U candidate", units, units)
        U_gates[...], U_candidate[...] = loop.U[:, :sigmoids], loop.U[:, sigmoids:]
        z, r, _ = loop.gates.swapaxes(0, 1)
        loop.slopes(sigmoids)
        factors = loop.dgates.swapaxes(0, 1)
        for factor, other in zip(factors, (differences, loop.h_before, z), strict=True):
            factor *= other
        stays = xp.subtract(loop.run.constant(1.0), z, out=loop.state("1 − z", loop.steps))
        dh, through = loop.zeros("dh"), loop.zeros("through")
        for dy, r_t, stay, dsigma, (dz, dr, dnew) in zip(
            outside,
            r[::-1],
            stays[::-1],
            loop.dz[::-1, :sigmoids],
            loop.dgates[::-1],
            strict=True,
        ):
            if dy is not None:
                dh += dy
            dz *= dh
            dnew *= dh
            dh *= stay
            xp.dot(U_candidate, dnew, out=through)
            dr *= through
            through *= r_t
            dh += through
            dh += xp.dot(U_gates, dsigma, out=through)
