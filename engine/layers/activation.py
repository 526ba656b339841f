"""Activation as a layer of its own."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

from engine.activations import Activation, ReLU
from engine.arrays import Array, memory_order
from engine.fields import param
from engine.layers.base import Backward, Layer, layer
from engine.run import Run
from engine.text import Text


@layer("activation", label="Activation", icon="act", group="Basic", order=20)
@dataclass(frozen=True)
class Activate(Layer):
    """Applies an activation function to every value: y = f(x).

    Softmax goes over the channels of an image, over the features of a list or sequence.
    """

    activation: Activation = param(
        ReLU(), family="activation", label="Activation function", help="What is applied"
    )

    def summary(self) -> Text:
        """Return the name of the function."""
        return Text(self.activation.label)

    def forward(self, p: SimpleNamespace, x: Array, run: Run) -> tuple[Array, Backward]:
        """Return f(x); dx = f′(x) dy."""
        order, back = memory_order(x)
        if not self.activation.elementwise:
            order = back = tuple(range(x.ndim))
            if x.ndim == 4:
                order, back = (0, 2, 3, 1), (0, 3, 1, 2)
        y, through_activation = self.activation.forward(x.transpose(order), run)
        return y.transpose(back), lambda dy, g: through_activation(dy.transpose(order)).transpose(
            back
        )
