"""Formulas as text: subscripts ``w_[1,12]``, powers ``e^[−z]``, fractions ``{∂L|∂w}``."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(r"\{([^|{}]*)\|([^{}]*)\}|_\[([^\]]*)\]|\^\[([^\]]*)\]|( +)|([^{_^ ]+|[_^{])")
_SUBSCRIPTS = str.maketrans("0123456789−+", "₀₁₂₃₄₅₆₇₈₉₋₊")


@dataclass(frozen=True)
class Atom:
    """A piece of a formula: ``text``, ``sub``, ``sup``, or ``fraction`` with its two parts."""

    kind: str
    text: str
    below: str = ""


def words(markup: str) -> list[list[Atom]]:
    """Return the atoms of a formula, word by word; lines may break between words."""
    result: list[list[Atom]] = [[]]
    for top, below, sub, sup, space, text in _TOKEN.findall(markup):
        if space:
            result.append([])
        elif text:
            result[-1].append(Atom("text", text))
        elif sub:
            result[-1].append(Atom("sub", sub))
        elif sup:
            result[-1].append(Atom("sup", sup))
        else:
            result[-1].append(Atom("fraction", top, below))
    return [word for word in result if word]


def plain(markup: str) -> str:
    """Return a formula as plain text, for screen readers and tooltips: ``∂L/∂w₁,₁₂``."""

    def replace(match: re.Match[str]) -> str:
        top, below, sub, sup, _, _ = match.groups()
        if top is not None:
            return "/".join(
                f"({part})" if " " in part else part for part in map(plain, (top, below))
            )
        if sub is not None:
            return sub.translate(_SUBSCRIPTS)
        if sup is not None:
            return f"^({plain(sup)})"
        return match[0]

    return _TOKEN.sub(replace, markup)
