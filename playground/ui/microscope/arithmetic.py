"""Calculations to follow by hand: each result is what the digits shown beside it give."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

PLACES = 4
"""Digits after the point; small numbers have as many that count."""

MOST_PLACES = 16

_SUPERSCRIPTS = str.maketrans("−0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_PLAIN = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


@dataclass(frozen=True)
class Line:
    """One calculation.

    Attributes
    ----------
    symbols
        The formula, in the markup of `formula`.
    numbers
        The same with numbers; empty where there is nothing to calculate.
    value
        What it gives.
    places
        How exactly that is shown.
    """

    symbols: str
    numbers: str
    value: float
    places: int = PLACES

    @property
    def result(self) -> str:
        """The value as it is shown."""
        return shown(self.value, self.places)


def shown(value: float, places: int = PLACES) -> str:
    """Write a number: 0.6457, −0.01230, 0.5, 1.230·10⁻⁶."""
    if not math.isfinite(value):
        return "∞" if value > 0 else "−∞" if value < 0 else "?"
    if value == 0:
        return "0"
    if not 10.0**-PLACES <= abs(value) < 1e6:
        mantissa, exponent = f"{value:.{places - 1}e}".split("e")
        power = str(int(exponent)).replace("-", "−").translate(_SUPERSCRIPTS)
        return f"{_short(float(mantissa), mantissa)}·10{power}".replace("-", "−")
    return _short(value, f"{value:.{_decimals(value, places)}f}").replace("-", "−")


def _short(value: float, text: str) -> str:
    """Return a number of few digits, such as a learning rate, without zeros behind them."""
    short = f"{value:.3g}"
    exact = "e" not in short and abs(float(short) - value) <= 1e-12 * abs(value)
    return short if exact else text


def signed(value: float, places: int = PLACES) -> str:
    """Write a number with its sign."""
    return ("+" if value > 0 else "") + shown(value, places)


def read(text: str) -> float:
    """Return the number that `shown` wrote."""
    mantissa, _, power = text.replace("−", "-").partition("·10")
    return float(mantissa) * 10.0 ** int(power.translate(_PLAIN) or 0)


def _decimals(value: float, places: int) -> int:
    """Return the digits after the point that show `places` digits that count, or more."""
    if value == 0 or abs(value) >= 0.1:
        return places
    return places - 1 - math.floor(math.log10(abs(value)))


def closed(
    template: str,
    values: Sequence[float],
    compute: Callable[..., float],
    result: float,
    places: int = PLACES,
) -> str:
    """Fill numbers into a template, with the fewest digits that give the result as it is shown.

    Parameters
    ----------
    template
        As ``"{} × {} + {}"``; negative numbers get parentheses where they follow something.
    values, compute
        The numbers, and the calculation that the template writes.
    result
        What it gives with all digits.
    """
    texts: list[str] = []
    for more in range(places, MOST_PLACES):
        texts = [shown(value, more) for value in values]
        if _gives(compute, texts, result, places):
            break
    return template.format(*_operands(template, texts))


def _gives(compute: Callable[..., float], texts: list[str], result: float, places: int) -> bool:
    try:
        value = compute(*map(read, texts))
    except (ArithmeticError, ValueError):
        return False
    decimals = min(_decimals(result, places), 2 * MOST_PLACES)
    return f"{value + 0.0:.{decimals}f}" == f"{result + 0.0:.{decimals}f}"


def _operands(template: str, texts: list[str]) -> list[str]:
    """Put parentheses around what would otherwise be read wrongly."""
    around = template.split("{}")
    result = []
    for text, before, after in zip(texts, around, around[1:], strict=False):
        before, squared = before.rstrip()[-1:], after.startswith("²")
        minus = text.startswith("−") and (before not in ("", "(", "|") or squared)
        power = "·" in text and (before in ("√", "/") or squared)
        result.append(f"({text})" if minus or power else text)
    return result


def weighted(
    symbols: str,
    pairs: Sequence[tuple[float, float]],
    rest: tuple[int, float],
    bias: float | None,
    value: float,
    more: str = "",
) -> Line:
    """Return the line of a sum of products.

    Parameters
    ----------
    pairs
        The factors of the products that are written out.
    rest
        How many products are not, and what they add up to; `more` says so.
    bias
        What is added at the end, if anything.
    """
    parts = ["{} × {}"] * len(pairs)
    values = [factor for pair in pairs for factor in pair]
    if rest[0]:
        parts.append("{} " + more)
        values.append(rest[1])
    if bias is not None:
        parts.append("{}")
        values.append(bias)
    count = 2 * len(pairs)

    def compute(*given: float) -> float:
        products = sum(given[i] * given[i + 1] for i in range(0, count, 2))
        return products + sum(given[count:])

    return Line(symbols, closed(" + ".join(parts), values, compute, value), value)


def product(symbols: str, *factors: float, value: float | None = None) -> Line:
    """Return the line of a product."""
    value = math.prod(factors) if value is None else value
    template = " × ".join(["{}"] * len(factors))
    return Line(symbols, closed(template, factors, lambda *v: math.prod(v), value), value)
