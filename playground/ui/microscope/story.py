"""The cards that tell the steps of backpropagation: a title, calculations, and what they give."""

from __future__ import annotations

from dataclasses import dataclass

from playground.ui.i18n import N_
from playground.ui.microscope.arithmetic import Line, shown, signed
from playground.ui.microscope.markup import plain

STEPS = {
    "forward": N_("Forward"),
    "loss": N_("Loss"),
    "output": N_("Output layer"),
    "hidden": N_("Hidden layer"),
    "weight": N_("This weight"),
    "update": N_("Update"),
}
"""The six steps by key."""


@dataclass(frozen=True)
class Card:
    """A few calculations on the way to one number.

    Attributes
    ----------
    title
        In the markup of `formula`.
    lines
        The last one gives the number of the card.
    badge
        ``1``, ``2``, ``3`` or ``=`` for the factors of the chain rule and their product.
    signed
        Whether the number is a gradient, which is written with its sign and in its colour.
    spot
        Where the number stands in the drawing: ``value`` or ``gradient``, layer and unit.
    several
        Whether all lines give numbers of the same rank, so that none stands out.
    """

    title: str
    lines: tuple[Line, ...]
    badge: str = ""
    signed: bool = False
    spot: tuple[str, int, int] | None = None
    several: bool = False

    @property
    def value(self) -> float:
        """The number of the card."""
        return self.lines[-1].value

    @property
    def result(self) -> str:
        """The number as it is shown."""
        line = self.lines[-1]
        return signed(line.value, line.places) if self.signed else shown(line.value, line.places)

    @property
    def spoken(self) -> str:
        """All of it as one sentence."""
        told = [plain(self.title)]
        for line in self.lines:
            parts = [plain(line.symbols), plain(line.numbers), line.result]
            told.append(" = ".join(part for part in parts if part))
        return ". ".join(told)
