"""Gated recurrent unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace
from typing import Any, ClassVar

from engine.arrays import Array, Shape
from engine.fields import param
from engine.initializers import Zeros
from engine.layers.base import layer
from engine.layers.loop import Loop, StepsBackward
from engine.layers.recurrent import Recurrent
from engine.products import in_blocks


@layer("gru", label="GRU", icon="gru", group="Sequence", order=220)
@dataclass(frozen=True)
class GRU(Recurrent):
    """Gated recurrent unit (Cho et al. 2014), written as in Chung et al. 2014.

    At every step, with ⊙ the product element by element:

    - z = σ(x W_z + h U_z + b_z), the update gate: what of the state is renewed
    - r = σ(x W_r + h U_r + b_r), the reset gate: what of the state the candidate sees
    - h̃ = tanh(x W_h + (r ⊙ h) U_h + b_h), the candidate
    - h = (1 − z) ⊙ h + z ⊙ h̃, the hidden state

    The columns of W, U and b are those of z, r and h̃ in this order. Where the reset comes after
    the product, as in PyTorch, h̃ = tanh(x W_h + b_h + r ⊙ (h U_h + b_U)). PyTorch also writes
    1 − z where z stands here.
    """

    reset_after: bool = param(
        False,
        label="Reset after the product",
        help="Whether the reset gate acts on h U, as in PyTorch, rather than on h",
    )

    gates: ClassVar[int] = 3
    parameters: ClassVar[tuple[str, ...]] = (*Recurrent.parameters, "b_U", "b_U_back")

    @property
    def blocks(self) -> int:
        """How many blocks of `units` numbers the product of a step gives.

        Those of z, r and h̃, which is cut in two where the reset comes after the product: first
        what the state gives, then what the input gives.
        """
        return 4 if self.reset_after else 3

    def init(self, rng: Any, inputs: tuple[Shape, ...]) -> Mapping[str, Array]:
        """Draw W and U; all biases are zero."""
        drawn = dict(super().init(rng, inputs))
        if self.reset_after:
            for side in self.sides:
                drawn["b_U" + side] = Zeros().draw(rng, (self.units,), 1, self.units)
        return drawn

    def pack(self, A: Array, p: SimpleNamespace) -> None:
        """Write the parameters of one direction to the columns of `A`, for [h; x; 1]."""
        units = self.units
        super().pack(A[: 3 * units], p)
        if self.reset_after:
            by_state, by_input = A[2 * units : 3 * units], A[3 * units :]
            by_input[:, :units], by_input[:, units:] = 0, by_state[:, units:]
            by_state[:, units:-1], by_state[:, -1] = 0, p.b_U

    def unpack(self, dA: Array, g: SimpleNamespace) -> None:
        """Write the gradients of the parameters of one direction from that of `A`."""
        units = self.units
        if self.reset_after:
            by_state, by_input = dA[2 * units : 3 * units], dA[3 * units :]
            g.b_U[...] = by_state[:, -1]
            by_state[:, units:] = by_input[:, units:]
        super().unpack(dA[: 3 * units], g)

    def unroll(self, loop: Loop) -> StepsBackward:
        """Write the steps of the formulas above."""
        return self._reset_after(loop) if self.reset_after else self._reset_before(loop)

    def watched(self, loop: Loop) -> dict[str, Array]:
        """Return gates and states of every step by name, (time, units, N)."""
        gates = loop.gates.swapaxes(0, 1)
        names = {"update gate": gates[0], "reset gate": gates[1], "candidate": gates[-1]}
        return {**names, "hidden state": loop.h}

    def _reset_before(self, loop: Loop) -> StepsBackward:
        xp, half, units = loop.run.xp, loop.run.constant(0.5), self.units
        sigmoids = 2 * units
        A = loop.halved(sigmoids)
        resets = loop.new("resets", *loop.rows.shape)  # [r ⊙ h; x; 1]
        resets[:, units:] = loop.rows[:, units:]
        loop.products = [(loop.dz[:, :sigmoids], loop.rows), (loop.dz[:, sigmoids:], resets)]
        A_gates, A_candidate = A[:sigmoids], A[sigmoids:]
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
        return partial(self._reset_before_backward, loop, differences)

    def _reset_before_backward(
        self, loop: Loop, differences: Array, outside: Iterable[Array]
    ) -> tuple[Array, ...]:
        """Write dz of every step, the last first.

        With dh from the step after: dz = dh ⊙ (h̃ − h), dh̃ = dh ⊙ z, d(r ⊙ h) = dh̃ U_hᵀ,
        dr = d(r ⊙ h) ⊙ h; then
        dh before = dh ⊙ (1 − z) + d(r ⊙ h) ⊙ r + [dz dr] [U_z U_r]ᵀ. What dh and d(r ⊙ h) are
        multiplied by is found for all steps at once.
        """
        xp, units, sigmoids = loop.run.xp, self.units, 2 * self.units
        U_gates = loop.new("U gates", units, sigmoids)
        U_candidate = loop.new("U candidate", units, units)
        U_gates[...], U_candidate[...] = loop.p.U[:, :sigmoids], loop.p.U[:, sigmoids:]
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
        return (dh,)

    def _reset_after(self, loop: Loop) -> StepsBackward:
        xp, half = loop.run.xp, loop.run.constant(0.5)
        sigmoids = 2 * self.units
        product, A, products = in_blocks(loop.halved(sigmoids), loop.z, xp)
        differences = loop.state("h̃ − h", loop.steps)
        for row, out, sigma, (z, r, by_state, candidate), h_before, difference, h in zip(
            loop.rows,
            products,
            loop.z[:, :sigmoids],
            loop.gates,
            loop.h_before,
            differences,
            loop.h,
            strict=True,
        ):
            product(A, row, out=out)
            xp.tanh(sigma, out=sigma)
            sigma *= half
            sigma += half
            xp.multiply(r, by_state, out=difference)
            candidate += difference
            xp.tanh(candidate, out=candidate)
            xp.subtract(candidate, h_before, out=difference)
            xp.multiply(z, difference, out=h)
            h += h_before
        return partial(self._reset_after_backward, loop, differences)

    def _reset_after_backward(
        self, loop: Loop, differences: Array, outside: Iterable[Array]
    ) -> tuple[Array, ...]:
        """Write dz of every step, the last first.

        With dh from the step after and s = h U_h + b_U: dz = dh ⊙ (h̃ − h), dh̃ = dh ⊙ z,
        dr = dh̃ ⊙ s, ds = dh̃ ⊙ r; then dh before = dh ⊙ (1 − z) + [dz dr ds] Uᵀ.
        """
        xp, by_h = loop.run.xp, loop.dz[:, : 3 * self.units]
        z, r, by_state, _ = loop.gates.swapaxes(0, 1)
        loop.slopes(2 * self.units)
        dz, dr, dby_state, dnew = loop.dgates.swapaxes(0, 1)
        dz *= differences
        dr *= by_state
        dby_state[...] = r
        dnew *= z
        stays = xp.subtract(loop.run.constant(1.0), z, out=loop.state("1 − z", loop.steps))
        dh, through = loop.zeros("dh"), loop.zeros("through")
        product, U, before = in_blocks(loop.p.U, through, xp)
        for dy, stay, d, (dz_t, dr_t, ds_t, dnew_t) in zip(
            outside, stays[::-1], by_h[::-1], loop.dgates[::-1], strict=True
        ):
            if dy is not None:
                dh += dy
            dz_t *= dh
            dnew_t *= dh
            dr_t *= dnew_t
            ds_t *= dnew_t
            dh *= stay
            product(U, d, out=before)
            dh += through
        return (dh,)
