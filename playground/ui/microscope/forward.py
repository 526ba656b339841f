"""The first step: from the input to the output, sum by sum."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

import numpy as np

from engine.activations import Activation, Softmax
from playground.ui.i18n import tr
from playground.ui.microscope.arithmetic import Line, closed, weighted
from playground.ui.microscope.situation import Situation
from playground.ui.microscope.story import Card


def forward_cards(s: Situation) -> list[Card]:
    """Return a card for each unit that is told about."""
    return [
        Card(
            s.unit(layer, unit),
            (sum_line(s, layer, unit), *activation_lines(s, layer, unit)),
            spot=("value", layer, unit),
        )
        for layer in range(len(s.layers))
        for unit in s.told(layer)
    ]


def more_text(count: int) -> str:
    """Return "(and 83 more)", beside what these add up to."""
    return tr("(and {count} more)", count=f"{count:,}")


def sum_line(s: Situation, layer: int, unit: int) -> Line:
    """Return z = Σ w x + b."""
    step = s.layers[layer]
    inputs = s.shown[layer]
    names = [f"{s.weight(layer, unit, i)}·{s.unit(layer - 1, i)}" for i in inputs]
    rest = s.rest(layer, step.W[:, unit] * step.x)
    if rest[0]:
        names.append("…")
    if step.b is not None:
        names.append(s.bias(layer, unit))
    return weighted(
        f"{s.sum(layer, unit)} = {' + '.join(names)}",
        [(float(step.W[i, unit]), float(step.x[i])) for i in inputs],
        rest,
        None if step.b is None else float(step.b[unit]),
        float(step.z[unit]),
        more_text(rest[0]),
    )


def activation_lines(s: Situation, layer: int, unit: int) -> tuple[Line, ...]:
    """Return h = f(z)."""
    step = s.layers[layer]
    name, z = s.unit(layer, unit), s.sum(layer, unit)
    if isinstance(step.activation, Softmax):
        return (softmax_line(s, name, unit),)
    value = float(step.h[unit])
    symbols, numbers, compute = _function(step.activation, float(step.z[unit]))
    formula = re.sub(r"\bz\b", z, symbols)
    if compute is None:
        return (Line(f"{name} = {formula}", "", value),)
    given = [float(step.z[unit])] * numbers.count("{}")
    return (Line(f"{name} = {formula}", closed(numbers, given, compute, value), value),)


_Function = tuple[str, str, Callable[..., float] | None]


def _function(activation: Activation, z: float) -> _Function:
    """Return f as symbols, as a template of numbers, and as a calculation."""
    kind = activation.kind
    alpha = getattr(activation, "alpha", 0.0)
    table: dict[str, _Function] = {
        "identity": ("z", "{}", lambda v: v),
        "sigmoid": ("{1|1 + exp(−z)}", "1 / (1 + exp(−{}))", lambda v: 1 / (1 + math.exp(-v))),
        "tanh": ("tanh z", "tanh({})", math.tanh),
        "relu": ("max(0, z)", "max(0, {})", lambda v: max(0.0, v)),
        "hard_tanh": (
            "max(−1, min(1, z))",
            "max(−1, min(1, {}))",
            lambda v: max(-1.0, min(1.0, v)),
        ),
        "softsign": ("{z|1 + |z|}", "{} / (1 + |{}|)", lambda v, w: v / (1 + abs(w))),
        "step": ("[z ≥ 0]", "", None),
        "leaky_relu": (
            (f"{alpha:g}·z", f"{alpha:g} × {{}}", lambda v: alpha * v)
            if z <= 0
            else ("z", "{}", lambda v: v)
        ),
        "elu": (
            (
                f"{alpha:g}·(exp(z) − 1)",
                f"{alpha:g} × (exp({{}}) − 1)",
                lambda v: alpha * math.expm1(v),
            )
            if z <= 0
            else ("z", "{}", lambda v: v)
        ),
    }
    return table.get(kind, ("f(z)", "", None))


def softmax_line(s: Situation, name: str, unit: int) -> Line:
    """Return p = exp z / Σ exp z."""
    step, last = s.layers[-1], s.last
    z = step.z - (step.z.max() if abs(step.z).max() > 50 else 0.0)
    drawn = [unit, *(other for other in s.shown[last + 1] if other != unit)]
    hidden = np.setdiff1d(np.arange(len(z)), drawn)
    rest = float(np.exp(z[hidden]).sum())
    template = "exp({}) / (" + " + ".join(["exp({})"] * len(drawn))
    template += f" + {{}} {more_text(len(hidden))})" if len(hidden) else ")"
    values = [float(z[unit]), *(float(z[other]) for other in drawn)]

    def compute(top: float, *given: float) -> float:
        exponents = given[: len(drawn)]
        return math.exp(top) / (sum(map(math.exp, exponents)) + sum(given[len(drawn) :]))

    value = float(step.h[unit])
    numbers = closed(template, values + [rest] * bool(len(hidden)), compute, value)
    return Line(f"{name} = {{exp {s.sum(last, unit)}|Σ exp z}}", numbers, value)
