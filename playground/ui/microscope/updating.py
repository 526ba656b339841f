"""The last step: how the optimizer changes the parameter, and what that does to the loss."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

from engine.optimizers import (
    SGD,
    Adagrad,
    Adam,
    AdamW,
    Momentum,
    Nesterov,
    Optimizer,
    RMSProp,
)
from playground.ui.i18n import tr
from playground.ui.microscope.arithmetic import Line, closed, shown
from playground.ui.microscope.situation import Situation
from playground.ui.microscope.story import Card


@dataclass(frozen=True)
class _Given:
    """The numbers that an update of one parameter is made of."""

    name: str
    w: float
    g: float
    new: float
    rate: float
    updates: int
    before: dict[str, float]
    after: dict[str, float]
    decays: bool


def update_cards(s: Situation) -> list[Card]:
    """Return the gradient as the optimizer gets it, its memory, and the new value."""
    given = _given(s)
    line = Line(f"{{∂L|∂{s.name}}}", "", s.gradient)
    cards = [Card(tr("Gradient of the loss"), (line,), signed=True)]
    if given.g != s.gradient:
        cards = [_gradient_card(s, given)]
    lines = _lines(s.experiment.training.optimizer, given)
    memory, new = lines[:-1], lines[-1]
    if memory:
        cards.append(Card(tr("What the optimizer remembers"), tuple(memory), several=True))
    cards.append(Card(tr("New value of {weight}", weight=s.name), (new,), "="))
    told = tr("with all {count} parameters changed", count=f"{s.learning:,}")
    cards.append(Card(tr("Loss afterwards"), (Line(told, "", s.step.loss_after),)))
    return cards


def update_lines(s: Situation) -> list[Line]:
    """Return the calculations from the gradient to the new value."""
    return _lines(s.experiment.training.optimizer, _given(s))


def _given(s: Situation) -> _Given:
    step, node = s.step, s.layer.node

    def number(arrays: object) -> float:
        return float(arrays[node][s.place.name][s.place.index])  # type: ignore[index]

    return _Given(
        s.name,
        s.value,
        number(step.gradients),
        s.updated,
        step.rate * s.experiment.graph[node].rate,
        step.updates,
        {name: number(slot) for name, slot in step.remembered.items()},
        {name: number(slot) for name, slot in step.memory.items()},
        s.place.source is not None,
    )


def _gradient_card(s: Situation, given: _Given) -> Card:
    """Return what penalties, clipping and freezing make of the gradient."""
    training, left = s.experiment.training, f"g = {{∂L|∂{s.name}}}"
    frozen = s.experiment.graph[s.layer.node].rate == 0
    clipped = bool(training.clip_norm or training.clip_value)
    if frozen or clipped:
        title = tr("This layer is frozen") if frozen else tr("Gradient after penalty and clipping")
        return Card(title, (Line("g", "", given.g),), signed=True)
    penalty = given.g - s.gradient
    numbers = closed("{} + {}", [s.gradient, penalty], lambda a, b: a + b, given.g)
    line = Line(f"{left} + {{∂R|∂{s.name}}}", numbers, given.g)
    return Card(tr("Gradient with the penalty R"), (line,), signed=True)


def _lines(optimizer: Optimizer, given: _Given) -> list[Line]:
    """Return the lines of the update rule; the last one gives the new value."""
    writers: dict[type, Callable[[Optimizer, _Given], list[Line]]] = {
        SGD: _sgd,
        Momentum: _momentum,
        Nesterov: _nesterov,
        Adagrad: _adagrad,
        RMSProp: _rmsprop,
        Adam: _adam,
        AdamW: _adam,
    }
    write = writers.get(type(optimizer))
    lines = [] if write is None else write(optimizer, given)
    if write is None or not _agrees(lines[-1].value, given.new):
        return [*lines[:-1], Line(f"{given.name} ← …", "", given.new)]
    return lines


def _agrees(value: float, new: float) -> bool:
    """Whether a rule gives the new value: a bound on the norm may have changed it afterwards."""
    return abs(value - new) <= 1e-9 * max(1.0, abs(new))


def _sgd(optimizer: Optimizer, given: _Given) -> list[Line]:
    return [_step(given, given.g, "g")]


def _step(given: _Given, along: float, symbol: str) -> Line:
    """Return w ← w − λ d."""
    value = given.w - given.rate * along
    numbers = closed(
        "{} − {} × {}", [given.w, given.rate, along], lambda w, rate, d: w - rate * d, value
    )
    return Line(f"{given.name} ← {given.name} − λ·{symbol}", numbers, value)


def _mean(symbol: str, share: float, old: float, part: float, new: float, letter: str) -> Line:
    """Return m ← β m + (1 − β) g, which share β is kept in."""
    numbers = closed(
        "{} × {} + {} × {}",
        [share, old, 1 - share, part],
        lambda a, b, c, d: a * b + c * d,
        new,
    )
    return Line(f"{symbol} ← {letter}·{symbol} + (1 − {letter})·g", numbers, new)


def _mean_square(share: float, old: float, g: float, new: float, letter: str) -> Line:
    """Return v ← β v + (1 − β) g²."""
    numbers = closed(
        "{} × {} + {} × {}²", [share, old, 1 - share, g], lambda a, b, c, d: a * b + c * d * d, new
    )
    return Line(f"v ← {letter}·v + (1 − {letter})·g²", numbers, new)


def _accumulated(optimizer: Momentum | Nesterov, given: _Given) -> Line:
    """Return m ← β m + (1 − τ) g."""
    old, new = given.before["m"], given.after["m"]
    damping = getattr(optimizer, "dampening", 0.0)
    if damping:
        numbers = closed(
            "{} × {} + {} × {}",
            [optimizer.beta, old, 1 - damping, given.g],
            lambda a, b, c, d: a * b + c * d,
            new,
        )
        return Line("m ← β·m + (1 − τ)·g", numbers, new)
    numbers = closed("{} × {} + {}", [optimizer.beta, old, given.g], lambda a, b, c: a * b + c, new)
    return Line("m ← β·m + g", numbers, new)


def _momentum(optimizer: Momentum, given: _Given) -> list[Line]:
    return [_accumulated(optimizer, given), _step(given, given.after["m"], "m")]


def _nesterov(optimizer: Nesterov, given: _Given) -> list[Line]:
    m = given.after["m"]
    ahead = given.g + optimizer.beta * m
    value = given.w - given.rate * ahead
    numbers = closed(
        "{} − {} × ({} + {} × {})",
        [given.w, given.rate, given.g, optimizer.beta, m],
        lambda w, rate, g, beta, m: w - rate * (g + beta * m),
        value,
    )
    last = Line(f"{given.name} ← {given.name} − λ·(g + β·m)", numbers, value)
    return [_accumulated(optimizer, given), last]


def _scaled(given: _Given, along: float, square: float, epsilon: float, symbols: str) -> Line:
    """Return w ← w − λ d / (√v + ε)."""
    value = given.w - given.rate * along / (sqrt(square) + epsilon)
    numbers = closed(
        "{} − {} × {} / (√{} + {})",
        [given.w, given.rate, along, square, epsilon],
        lambda w, rate, d, v, e: w - rate * d / (sqrt(v) + e),
        value,
    )
    return Line(f"{given.name} ← {given.name} − λ·{symbols}", numbers, value)


def _adagrad(optimizer: Adagrad, given: _Given) -> list[Line]:
    old, new = given.before["v"], given.after["v"]
    numbers = closed("{} + {}²", [old, given.g], lambda a, b: a + b * b, new)
    last = _scaled(given, given.g, new, optimizer.epsilon, "{g|√v + ε}")
    return [Line("v ← v + g²", numbers, new), last]


def _rmsprop(optimizer: RMSProp, given: _Given) -> list[Line]:
    v = given.after["v"]
    line = _mean_square(optimizer.rho, given.before["v"], given.g, v, "ρ")
    return [line, _scaled(given, given.g, v, optimizer.epsilon, "{g|√v + ε}")]


def _adam(optimizer: Adam, given: _Given) -> list[Line]:
    m, v, t = given.after["m"], given.after["v"], given.updates
    lines = [
        _mean("m", optimizer.beta1, given.before["m"], given.g, m, "β₁"),
        _mean_square(optimizer.beta2, given.before["v"], given.g, v, "β₂"),
        _corrected("m̂", "m", "β₁", m, optimizer.beta1, t),
        _corrected("v̂", "v", "β₂", v, optimizer.beta2, t),
    ]
    decay = getattr(optimizer, "decay", 0.0) if given.decays else 0.0
    along, square = lines[2].value, lines[3].value
    if not decay:
        return [*lines, _scaled(given, along, square, optimizer.epsilon, "{m̂|√v̂ + ε}")]
    value = given.w * (1 - given.rate * decay)
    value -= given.rate * along / (sqrt(square) + optimizer.epsilon)
    numbers = closed(
        "{} × (1 − {} × {}) − {} × {} / (√{} + {})",
        [given.w, given.rate, decay, given.rate, along, square, optimizer.epsilon],
        lambda w, r, d, rate, m, v, e: w * (1 - r * d) - rate * m / (sqrt(v) + e),
        value,
    )
    symbols = f"{given.name} ← {given.name}·(1 − λ·d) − λ·{{m̂|√v̂ + ε}}"
    return [*lines, Line(symbols, numbers, value)]


def _corrected(symbol: str, of: str, letter: str, value: float, beta: float, t: int) -> Line:
    """Return m̂ = m / (1 − βᵗ)."""
    result = value / (1 - beta**t)
    numbers = closed(
        f"{{}} / (1 − {shown(beta)}^[{t}])", [value], lambda a: a / (1 - beta**t), result
    )
    return Line(f"{symbol} = {{{of}|1 − {letter}^[t]}}", numbers, result)
