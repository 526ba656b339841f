"""The second step: the loss of the sample, and what it gives back to the output layer."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from engine.losses import (
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    Huber,
    MeanAbsoluteError,
    MeanSquaredError,
    PerceptronCriterion,
)
from playground.ui.i18n import tr
from playground.ui.microscope.arithmetic import Line, closed
from playground.ui.microscope.forward import more_text
from playground.ui.microscope.situation import Situation
from playground.ui.microscope.story import Card


def loss_cards(s: Situation) -> list[Card]:
    """Return the card of the loss, and one of the probabilities where the loss makes them."""
    cards = []
    if s.linked:
        link = s.loss.link.kind
        lines = tuple(
            Line(f"{s.answer(k)} = {link}({s.unit(s.last, k)})", "", float(s.outputs[k]))
            for k in s.shown[-1]
        )
        cards.append(Card(tr("What the loss compares"), lines, several=True))
    cards.append(Card(tr("Loss of this sample"), loss_lines(s)))
    return cards


def loss_lines(s: Situation) -> tuple[Line, ...]:
    """Return L as the loss defines it; for one true class, what is left of the sum, too."""
    writers: dict[type, Callable[[Situation], Line]] = {
        CategoricalCrossEntropy: _cross_entropy,
        BinaryCrossEntropy: _binary,
        MeanSquaredError: _squared,
        MeanAbsoluteError: _absolute,
        Huber: _huber,
        PerceptronCriterion: _perceptron,
    }
    write = writers.get(type(s.loss))
    line = Line("L", "", s.step.loss) if write is None else write(s)
    if not isinstance(s.loss, CategoricalCrossEntropy) or s.loss.smoothing:
        return (line,)
    true = int(s.step.target.argmax())
    p, value = float(s.outputs[true]), s.step.loss
    numbers = closed("−ln {}", [p], lambda v: -math.log(v), value)
    return line, Line(f"L = −ln {s.answer(true)}", numbers, value)


def _over_outputs(
    s: Situation,
    start: str,
    term: str,
    compute: Callable[..., float],
    *columns: np.ndarray,
    sign: str = "",
    mean: bool = True,
) -> Line:
    """Return the line of a sum, or mean, over the outputs; `term` takes a number of each column."""
    every = np.array([compute(*row) for row in np.transpose(columns).tolist()])
    drawn, count = s.shown[-1], len(every) if mean else 1
    rest = s.rest(s.last + 1, every)
    terms = [term] * len(drawn) + ["{} " + more_text(rest[0])] * bool(rest[0])
    template = " + ".join(terms)
    if len(terms) > 1 and (sign or count > 1):
        template = f"({template})"
    template = sign + template + (f" / {count}" if count > 1 else "")
    values = [float(column[k]) for k in drawn for column in columns] + [rest[1]] * bool(rest[0])
    width, factor = len(columns), (-1 if sign else 1) / count

    def total(*given: float) -> float:
        ends = range(width, width * len(drawn) + 1, width)
        return factor * (
            sum(compute(*given[end - width : end]) for end in ends)
            + sum(given[width * len(drawn) :])
        )

    value = s.step.loss
    return Line(start, closed(template, values, total, value), value)


def _mean(s: Situation) -> str:
    return f"{{1|{len(s.outputs)}}} Σ " if len(s.outputs) > 1 else ""


def _log(value: float) -> float:
    return math.log(max(value, 1e-300))


def _cross_entropy(s: Situation) -> Line:
    """Return −Σ y ln p."""
    smoothing, classes = s.loss.smoothing, len(s.outputs)  # type: ignore[attr-defined]
    targets = (1 - smoothing) * s.step.target + smoothing / classes
    return _over_outputs(
        s,
        f"L = −Σ y ln {s.answer(0)[0]}",
        "{} × ln {}",
        lambda t, p: t * _log(p),
        targets,
        s.outputs,
        sign="−",
        mean=False,
    )


def _binary(s: Situation) -> Line:
    """Return −mean [y ln p + (1 − y) ln(1 − p)], of which each output leaves one half."""
    start = f"L = {'−' + _mean(s)}[y ln p + (1 − y) ln(1 − p)]"
    if len(s.outputs) > 1:
        right = np.where(s.step.target > 0.5, s.outputs, 1 - s.outputs)
        return _over_outputs(s, start, "ln {}", _log, right, sign="−")
    if s.step.target[0] > 0.5:
        return _over_outputs(s, f"{start} = −ln p", "ln {}", _log, s.outputs, sign="−")
    return _over_outputs(
        s, f"{start} = −ln(1 − p)", "ln(1 − {})", lambda p: _log(1 - p), s.outputs, sign="−"
    )


def _squared(s: Situation) -> Line:
    """Return mean (ŷ − y)²."""
    start = f"L = {_mean(s)}({s.answer(0)[0]} − y)²"
    targets = s.step.target
    return _over_outputs(s, start, "({} − {})²", lambda a, b: (a - b) ** 2, s.outputs, targets)


def _absolute(s: Situation) -> Line:
    """Return mean |ŷ − y|."""
    start = f"L = {_mean(s)}|{s.answer(0)[0]} − y|"
    targets = s.step.target
    return _over_outputs(s, start, "|{} − {}|", lambda a, b: abs(a - b), s.outputs, targets)


def _huber(s: Situation) -> Line:
    """Return mean c (e − c/2), with c the error e = ŷ − y cut to ±δ."""
    delta = s.loss.delta  # type: ignore[attr-defined]
    errors = s.outputs - s.step.target
    return _over_outputs(
        s,
        f"L = {_mean(s)}c·(e − c/2)",
        "{} × ({} − {} / 2)",
        lambda c, e, d: c * (e - d / 2),
        errors.clip(-delta, delta),
        errors,
        errors.clip(-delta, delta),
    )


def _perceptron(s: Situation) -> Line:
    """Return mean of max(0, z) − z y."""
    z = s.layers[-1].z if s.layers[-1].dh is None else s.layers[-1].h
    return _over_outputs(
        s,
        f"L = {_mean(s)}(max(0, z) − z·y)",
        "(max(0, {}) − {} × {})",
        lambda a, b, t: max(0.0, a) - b * t,
        z,
        z,
        s.step.target,
    )


# What it gives back


def error_line(s: Situation, unit: int) -> Line:
    """Return the gradient of the loss by what an output gives it: by z where they are merged."""
    layer = s.layers[-1]
    merged = layer.dh is None
    by = s.sum(s.last, unit) if merged else s.unit(s.last, unit)
    value = float((layer.dz if merged else layer.dh)[unit])
    y, t = float(s.outputs[unit]), float(s.step.target[unit])
    name, target, n = s.answer(unit), s.target(unit), len(s.outputs)
    left, over = f"{{∂L|∂{by}}}", f" / {n}" if n > 1 else ""
    kind = type(s.loss)
    if kind is CategoricalCrossEntropy:
        smoothing = s.loss.smoothing  # type: ignore[attr-defined]
        t = (1 - smoothing) * t + smoothing / n
        over = ""
    if kind in (CategoricalCrossEntropy, BinaryCrossEntropy, PerceptronCriterion):
        return _difference(f"{left} = {_part(name, target, over)}", "{} − {}", y, t, value, over)
    if kind is MeanSquaredError:
        symbols = f"{left} = 2·{_part(name, target, over or ' ')}"
        numbers = closed(f"2 × ({{}} − {{}}){over}", [y, t], lambda a, b: 2 * (a - b) / n, value)
        return Line(symbols, numbers, value)
    if kind is MeanAbsoluteError:
        return Line(f"{left} = sign({name} − {target}){over}", "", value)
    if kind is Huber:
        return Line(f"{left} = c{over}", "", value)
    return Line(left, "", value)


def _part(name: str, target: str, over: str) -> str:
    return f"({name} − {target}){over.rstrip()}" if over else f"{name} − {target}"


def _difference(symbols: str, template: str, y: float, t: float, value: float, over: str) -> Line:
    n = int(over[3:] or 1)
    template = f"({template}){over}" if over else template
    return Line(symbols, closed(template, [y, t], lambda a, b: (a - b) / n, value), value)
