"""What the microscope looks at, and what everything in it is called."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.activations import Identity
from engine.experiment import Experiment
from engine.losses import Loss
from engine.microscope import DenseStep, SampleStep
from engine.run import Run
from playground.ui.microscope.markup import plain


@dataclass(frozen=True)
class Place:
    """A parameter: the weight of `unit` in dense layer `layer` for `source`, or its bias (None)."""

    layer: int
    unit: int
    source: int | None

    @property
    def name(self) -> str:
        """The name of the array that holds it."""
        return "b" if self.source is None else "W"

    @property
    def index(self) -> tuple[int, ...]:
        """Where it is in that array."""
        return (self.unit,) if self.source is None else (self.source, self.unit)


def joined(*numbers: int) -> str:
    """Return indices, counted from 1, as they stand under a letter: 12, or 1,12 if long."""
    return ("," if max(numbers) >= 9 else "").join(str(number + 1) for number in numbers)


@dataclass(frozen=True)
class Situation:
    """A sample on its way through a network, and the parameter that is looked at.

    Attributes
    ----------
    step
        All numbers.
    experiment
        The network, its loss and its training.
    place
        The parameter.
    shown
        The units that are drawn: of the input, then of each dense layer.
    """

    step: SampleStep
    experiment: Experiment
    place: Place
    shown: tuple[tuple[int, ...], ...]

    @property
    def layers(self) -> tuple[DenseStep, ...]:
        """The dense layers."""
        return self.step.layers

    @property
    def layer(self) -> DenseStep:
        """The layer of the parameter."""
        return self.layers[self.place.layer]

    @property
    def last(self) -> int:
        """The place of the output layer."""
        return len(self.layers) - 1

    @property
    def loss(self) -> Loss:
        """The loss function."""
        return self.experiment.training.loss

    @property
    def classes(self) -> bool:
        """Whether the outputs are probabilities of classes."""
        return self.experiment.task.target.classes

    # Numbers

    @property
    def value(self) -> float:
        """The parameter as it is."""
        return self.of(self.layer.W, self.layer.b)

    @property
    def gradient(self) -> float:
        """∂L/∂w."""
        return self.of(self.layer.dW, self.layer.dz)

    @property
    def updated(self) -> float:
        """The parameter after the update."""
        return float(self.step.updated[self.layer.node][self.place.name][self.place.index])

    @property
    def learning(self) -> int:
        """How many parameters the update changes: those of layers that are not frozen."""
        rates = {node.name: node.rate for node in self.experiment.graph}
        learning = (layer for layer in self.layers if rates[layer.node])
        return sum(layer.W.size + (0 if layer.b is None else layer.b.size) for layer in learning)

    def of(self, weights: np.ndarray, biases: np.ndarray | None) -> float:
        """Return the number of the parameter in arrays laid out as W and b."""
        array = biases if self.place.source is None else weights
        assert array is not None
        return float(array[self.place.index])

    @property
    def outputs(self) -> np.ndarray:
        """What the loss compares with the target (outputs,)."""
        layer = self.layers[-1]
        if layer.dh is None:
            return layer.h
        return self.loss.link.forward(layer.h[None].copy(), Run(np, np.float64))[0][0]

    def rest(self, layer: int, products: np.ndarray) -> tuple[int, float]:
        """Return how many units of a layer (0 the input) are not drawn, and their sum."""
        hidden = np.ones(len(products), bool)
        hidden[list(self.shown[layer])] = False
        return int(hidden.sum()), float(products[hidden].sum())

    # Names

    def unit(self, layer: int, unit: int) -> str:
        """Return x₁, h₁ (h₁,₂ where there are several hidden layers), p₁ or ŷ₁; input is −1.

        An input that the task calculates from others is called by its formula: x₁², sin(2πx₁).
        """
        if layer < 0:
            return self._input(unit)
        if layer == self.last:
            return f"{'a' if self.linked else self._answer}_[{joined(unit)}]"
        if self.last == 1:
            return f"h_[{joined(unit)}]"
        return f"h_[{layer + 1},{joined(unit)}]"

    def _input(self, unit: int) -> str:
        names = getattr(self.experiment.task, "input_names", ())
        if unit >= len(names) or names[unit] == plain(f"x_[{joined(unit)}]"):
            return f"x_[{joined(unit)}]"
        function, _, argument = names[unit].partition(" ")
        return f"{function}({argument})" if argument else function

    def answer(self, unit: int) -> str:
        """Return p₁ or ŷ₁, what the loss compares with the target."""
        return f"{self._answer}_[{joined(unit)}]"

    @property
    def _answer(self) -> str:
        return "p" if self.classes else "ŷ"

    @property
    def linked(self) -> bool:
        """Whether the loss makes probabilities of what the output layer gives."""
        return self.layers[-1].dh is not None and not isinstance(self.loss.link, Identity)

    def sum(self, layer: int, unit: int) -> str:
        """Return z₁,₁: layer and unit."""
        return f"z_[{layer + 1},{joined(unit)}]"

    def weight(self, layer: int, unit: int, source: int) -> str:
        """Return w₁,₁₂: the layer, then into which unit from which."""
        return f"w_[{layer + 1},{joined(unit, source)}]"

    def bias(self, layer: int, unit: int) -> str:
        """Return b₁,₁."""
        return f"b_[{layer + 1},{joined(unit)}]"

    @property
    def name(self) -> str:
        """The name of the parameter."""
        layer, unit, source = self.place.layer, self.place.unit, self.place.source
        if source is None:
            return self.bias(layer, unit)
        return self.weight(layer, unit, source)

    def target(self, unit: int) -> str:
        """Return y₁."""
        return f"y_[{joined(unit)}]"

    # Units to tell about

    def chosen(self, layer: int) -> int:
        """Return the unit of a layer that stands for it: that of the parameter, or a strong one."""
        if layer == self.place.layer:
            return self.place.unit
        if layer == self.place.layer - 1 and self.place.source is not None:
            return self.place.source
        if layer == self.last and self.classes:
            return int(self.step.target.argmax())
        strong = strength(self.step, layer)
        return max(self.shown[layer + 1], key=lambda unit: float(strong[unit]))

    @property
    def small(self) -> bool:
        """Whether there are so few units that all of them are told about."""
        return sum(len(layer.h) for layer in self.layers) <= 6

    def told(self, layer: int) -> tuple[int, ...]:
        """Return the units of a layer that get cards of their own."""
        return tuple(range(len(self.layers[layer].h))) if self.small else (self.chosen(layer),)


def strength(step: SampleStep, layer: int) -> np.ndarray:
    """Return how much the loss depends on the units of a layer (−1 the input): |h · ∂L/∂h|."""
    if layer == len(step.layers) - 1:
        return abs(step.layers[-1].dz)
    after = step.layers[layer + 1]
    return abs(after.x * after.dx)


def units_to_show(step: SampleStep, place: Place, rows: int) -> tuple[tuple[int, ...], ...]:
    """Return the units to draw: all where they fit, else those on the path, and strong ones."""
    result = []
    for layer in range(-1, len(step.layers)):
        strong = strength(step, layer)
        if len(strong) <= rows:
            result.append(tuple(range(len(strong))))
            continue
        needed = [place.unit] if layer == place.layer else []
        if layer == place.layer - 1 and place.source is not None:
            needed.append(place.source)
        if layer == len(step.layers) - 1:
            needed.append(int(step.target.argmax()))
        order = [*needed, *np.argsort(-strong, kind="stable").tolist()]
        result.append(tuple(sorted(dict.fromkeys(order[: rows + len(needed)]))[:rows]))
    return tuple(result)
