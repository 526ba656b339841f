"""Dense layer applied to every step of a sequence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from engine.arrays import Array, Shape
from engine.layers import needs
from engine.layers.base import Backward, layer
from engine.layers.dense import Dense
from engine.run import Run


@layer("time_distributed", label="Dense at every step", icon="dense", group="Sequence", order=230)
@dataclass(frozen=True)
class TimeDistributed(Dense):
    """The same dense layer for every step, yₜ = f(xₜ W + b), which gives many to many."""

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return (time, units)."""
        steps, _ = needs.series(inputs[0])
        return (steps, self.units)

    def init(self, rng: Any, inputs: tuple[Shape, ...]) -> Mapping[str, Array]:
        """Draw W from the initializer; b is zero."""
        ((_, features),) = inputs
        return super().init(rng, ((features,),))

    def forward(self, p: SimpleNamespace, x: Array, run: Run) -> tuple[Array, Backward]:
        """Return f(x W + b), each step of each sample a row for the dense layer."""
        if self.weights.parts:
            return self.composed(p, x, run)
        shape = (*x.shape[:-1], self.units)
        y, through_dense = super().forward(p, x.reshape(-1, x.shape[-1]), run)

        def backward(dy: Array, g: SimpleNamespace) -> Array:
            dx = through_dense(dy.reshape(-1, self.units), g)
            return dx.reshape(x.shape) if run.needs_dx else None

        return y.reshape(shape), backward
