"""Steps three to five: from the loss back to one weight, by the chain rule."""

from __future__ import annotations

from typing import Any

from engine.activations import (
    Activation,
    Identity,
    LeakyReLU,
    ReLU,
    Sigmoid,
    Softsign,
    Step,
    Tanh,
)
from playground.ui.i18n import tr, tr_engine
from playground.ui.microscope.arithmetic import Line, closed, product, weighted
from playground.ui.microscope.forward import more_text
from playground.ui.microscope.losses import error_line
from playground.ui.microscope.situation import Situation
from playground.ui.microscope.story import Card
from playground.ui.microscope.wording import wording_of


def output_cards(s: Situation) -> list[Card]:
    """Return the errors of the output layer, and the gradients of one of its weights and biases."""
    last = s.last
    cards = [
        Card(
            tr("Error at {unit}", unit=s.unit(last, unit)),
            delta_lines(s, last, unit),
            signed=True,
            spot=("gradient", last, unit),
        )
        for unit in s.told(last)
    ]
    unit = s.chosen(last)
    source = s.place.source if s.place.layer == last else None
    source = s.chosen(last - 1) if source is None else source
    cards.append(gradient_card(s, last, unit, source))
    if s.layers[-1].b is not None:
        cards.append(gradient_card(s, last, unit, None))
    return cards


def hidden_cards(s: Situation) -> list[Card]:
    """Return what comes back to the units of the hidden layers, last layer first."""
    return [
        Card(
            tr("Error at {unit}", unit=s.unit(layer, unit)),
            (
                arriving_line(s, layer, unit),
                slope_line(s, layer, unit),
                *delta_lines(s, layer, unit),
            ),
            signed=True,
            spot=("gradient", layer, unit),
        )
        for layer in reversed(range(s.last))
        for unit in s.told(layer)
    ]


def weight_cards(s: Situation) -> list[Card]:
    """Return the factors of the chain rule for the parameter, and their product."""
    layer, unit, source = s.place.layer, s.place.unit, s.place.source
    step, here = s.layers[layer], s.unit(layer, unit)
    cards = []
    if layer == s.last:
        arriving = delta_lines(s, layer, unit)[:1]
    else:
        arriving = (arriving_line(s, layer, unit),)
    merged = layer == s.last and (step.dh is None or step.slope is None)
    if merged:
        arriving = delta_lines(s, layer, unit)
    cards.append(_factor(tr("Error arriving at {unit}", unit=here), arriving, "gradient", s))
    if not merged:
        title = tr("Slope of {function}", function=function_name(step.activation))
        cards.append(_factor(title, (slope_line(s, layer, unit),), "value", s))
    cards.append(_came_in(s, layer, unit, source))
    values = [card.value for card in cards]
    numbered = [Card(c.title, c.lines, str(i + 1), True, c.spot) for i, c in enumerate(cards)]
    signs = " × ".join("①②③"[i] for i in range(len(cards)))
    total = product(f"{{∂L|∂{s.name}}} = {signs}", *values, value=s.gradient)
    return [*numbered, Card(tr(wording_of(s.place).gradient), (total,), "=", True)]


def _factor(title: str, lines: tuple[Line, ...], where: str, s: Situation) -> Card:
    return Card(title, lines, signed=True, spot=(where, s.place.layer, s.place.unit))


def _came_in(s: Situation, layer: int, unit: int, source: int | None) -> Card:
    left = f"{{∂{s.sum(layer, unit)}|∂{s.name}}}"
    if source is None:
        title = tr("A bias adds itself")
        return Card(title, (Line(f"{left} = 1", "", 1.0),), spot=("bias", layer, unit))
    line = Line(f"{left} = {s.unit(layer - 1, source)}", "", float(s.layers[layer].x[source]))
    return Card(tr("What came in"), (line,), spot=("value", layer - 1, source))


def delta_lines(s: Situation, layer: int, unit: int) -> tuple[Line, ...]:
    """Return ∂L/∂z of a unit: in the output layer from the loss, in others from ∂L/∂h."""
    step = s.layers[layer]
    left = f"{{∂L|∂{s.sum(layer, unit)}}}"
    value = float(step.dz[unit])
    if layer == s.last and step.dh is None:
        return (error_line(s, unit),)
    assert step.dh is not None
    if step.slope is None:
        return (error_line(s, unit), _softmax_delta(s, layer, unit))
    before = (error_line(s, unit), slope_line(s, layer, unit)) if layer == s.last else ()
    here = s.unit(layer, unit)
    symbols = f"{left} = {{∂L|∂{here}}}·{{∂{here}|∂{s.sum(layer, unit)}}}"
    line = product(symbols, float(step.dh[unit]), float(step.slope[unit]), value=value)
    return (*before, line)


def _softmax_delta(s: Situation, layer: int, unit: int) -> Line:
    """Return p (∂L/∂p − Σ p ∂L/∂p)."""
    step: Any = s.layers[layer]
    here, value = s.unit(layer, unit), float(step.dz[unit])
    mean = float(step.dh @ step.h)
    numbers = closed(
        "{} × ({} − {})",
        [float(step.h[unit]), float(step.dh[unit]), mean],
        lambda p, g, m: p * (g - m),
        value,
    )
    letter = here[0]
    symbols = (
        f"{{∂L|∂{s.sum(layer, unit)}}} = {here}·({{∂L|∂{here}}} − Σ {letter}·{{∂L|∂{letter}}})"
    )
    return Line(symbols, numbers, value)


def arriving_line(s: Situation, layer: int, unit: int) -> Line:
    """Return ∂L/∂h = Σ ∂L/∂z w over the units of the next layer."""
    after = s.layers[layer + 1]
    drawn = s.shown[layer + 2]
    rest = s.rest(layer + 2, after.W[unit] * after.dz)
    names = [f"{{∂L|∂{s.sum(layer + 1, k)}}}·{s.weight(layer + 1, k, unit)}" for k in drawn]
    symbols = " + ".join([*names, "…"] if rest[0] else names)
    assert s.layers[layer].dh is not None
    return weighted(
        f"{{∂L|∂{s.unit(layer, unit)}}} = {symbols}",
        [(float(after.dz[k]), float(after.W[unit, k])) for k in drawn],
        rest,
        None,
        float(s.layers[layer].dh[unit]),  # type: ignore[index]
        more_text(rest[0]),
    )


def slope_line(s: Situation, layer: int, unit: int) -> Line:
    """Return f′(z), from f(z) where that is shorter."""
    step: Any = s.layers[layer]
    here, z = s.unit(layer, unit), s.sum(layer, unit)
    left, value = f"{{∂{here}|∂{z}}}", float(step.slope[unit])
    h, positive = float(step.h[unit]), step.z[unit] > 0
    kind = type(step.activation)
    if kind is Sigmoid:
        numbers = closed("{} × (1 − {})", [h, h], lambda a, b: a * (1 - b), value)
        return Line(f"{left} = {here} (1 − {here})", numbers, value)
    if kind is Tanh:
        return Line(
            f"{left} = 1 − {here}²", closed("1 − {}²", [h], lambda a: 1 - a * a, value), value
        )
    if kind is Softsign:
        numbers = closed(
            "1 / (1 + |{}|)²", [float(step.z[unit])], lambda a: (1 + abs(a)) ** -2, value
        )
        return Line(f"{left} = {{1|(1 + |{z}|)²}}", numbers, value)
    if kind in (ReLU, LeakyReLU):
        return Line(f"{left}, {z} {'> 0' if positive else '≤ 0'}", "", value)
    if kind in (Identity, Step):
        return Line(left, "", value)
    return Line(f"{left} = f′({z})", "", value)


def gradient_card(s: Situation, layer: int, unit: int, source: int | None) -> Card:
    """Return ∂L/∂w = ∂L/∂z · x, or ∂L/∂b = ∂L/∂z."""
    step = s.layers[layer]
    delta = float(step.dz[unit])
    left = f"{{∂L|∂{s.sum(layer, unit)}}}"
    if source is None:
        name = s.bias(layer, unit)
        line = Line(f"{{∂L|∂{name}}} = {left}", "", delta)
        return Card(name, (line,), signed=True, spot=("bias", layer, unit))
    name, value = s.weight(layer, unit, source), float(step.dW[source, unit])
    symbols = f"{{∂L|∂{name}}} = {left}·{s.unit(layer - 1, source)}"
    return Card(name, (product(symbols, delta, float(step.x[source]), value=value),), signed=True)


def function_name(activation: Activation) -> str:
    """Return the name of a function within a sentence, ``sigmoid``."""
    name = tr_engine(activation.label)
    return name if name.isupper() or name[1:] != name[1:].lower() else name.lower()
