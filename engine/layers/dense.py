"""Dense (fully connected) layer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from engine.activations import Activation, Identity, Tanh
from engine.arrays import Array, Shape
from engine.errors import ShapeError
from engine.fields import param
from engine.initializers import Glorot, Initializer, Zeros
from engine.layers.base import Backward, Fix, layer
from engine.layers.flatten import Flatten
from engine.layers.parametrized import Parametrized
from engine.parametrizations import Parametrization, Plain
from engine.run import Run
from engine.text import Text, counted


@layer("dense", label="Dense", icon="dense", group="Basic", order=10)
@dataclass(frozen=True)
class Dense(Parametrized):
    """Affine map and activation, y = f(x W + b), with W (inputs, units) and b (units)."""

    units: int = param(4, low=1, high=4096, label="Units", help="How many neurons the layer has")
    activation: Activation = param(
        Tanh(), family="activation", label="Activation function", help="What each neuron applies"
    )
    bias: bool = param(True, label="Use bias", help="Whether each neuron adds a constant")
    initializer: Initializer = param(
        Glorot(), family="initializer", label="Initial weights", help="How the weights begin"
    )
    weights: Parametrization = param(
        Plain(),
        family="parametrization",
        label="Parametrization",
        help="What the weights are made of: themselves, or other parameters that are learned",
    )

    def summary(self) -> Text:
        """Return for example ``4 units · tanh``."""
        name = Text(self.activation.label)
        if isinstance(self.activation, Identity):
            name = Text("linear")
        units = counted("{count} unit", "{count} units", self.units)
        return Text("{units} · {activation}", units=units, activation=name)

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return (units,); the input must be a list."""
        (shape,) = inputs
        if len(shape) != 1:
            raise ShapeError(
                "{layer} needs a list, but gets {shape}.",
                Fix(Text("Insert Flatten"), insert=Flatten()),
                shape="×".join(map(str, shape)),
            )
        return (self.units,)

    def init(self, rng: Any, inputs: tuple[Shape, ...]) -> Mapping[str, Array]:
        """Draw W from the initializer; b is zero."""
        ((fan_in,),) = inputs
        weights = self.initializer.draw(rng, (fan_in, self.units), fan_in, self.units)
        bias = {"b": Zeros().draw(rng, (self.units,), fan_in, self.units)} if self.bias else {}
        return self.parametrize(rng, {"W": weights, **bias})

    def forward(self, p: SimpleNamespace, x: Array, run: Run) -> tuple[Array, Backward]:
        """Return f(x W + b); dW = xᵀ dz, db = Σ dz, dx = dz Wᵀ."""
        if self.weights.parts:
            return self.composed(p, x, run)
        dot, rows = run.xp.dot, len(x)
        z = dot(x, p.W, run.new("z", (rows, self.units)))
        if self.bias:
            z += p.b
        y, through_activation = self.activation.forward(z, run)

        def backward(dy: Array, g: SimpleNamespace) -> Array:
            dz = through_activation(dy)
            dot(x.T, dz, g.W)
            if self.bias:
                dot(run.ones(rows), dz, g.b)
            return dot(dz, p.W.T, run.new("dx", x.shape)) if run.needs_dx else None

        return y, backward
