"""What the microscope says about a weight, and about a bias."""

from __future__ import annotations

from dataclasses import dataclass

from playground.ui.i18n import N_
from playground.ui.microscope.situation import Place


@dataclass(frozen=True)
class Wording:
    """The sentences on one kind of parameter, to be translated.

    Attributes
    ----------
    step, gradient
        The step of the microscope that is about it, and the title of what that comes to.
    flat, rising, falling
        Where the loss does not depend on it; what raising it by 0.01 does to the loss.
    raised, lowered
        What the update does.
    curve, axis
        The title of the curve of the loss, and the name of the slider below it.
    alone
        The loss where the update changes nothing else.
    """

    step: str
    gradient: str
    flat: str
    rising: str
    falling: str
    raised: str
    lowered: str
    curve: str
    axis: str
    alone: str


WEIGHT = Wording(
    step=N_("This weight"),
    gradient=N_("Gradient of this weight"),
    flat=N_("The loss does not depend on this weight here."),
    rising=N_("Raising this weight by 0.01 raises the loss by about {change}."),
    falling=N_("Raising this weight by 0.01 lowers the loss by about {change}."),
    raised=N_("The update raises the weight."),
    lowered=N_("The update lowers the weight."),
    curve=N_("Loss if only this weight moves"),
    axis=N_("value of this weight"),
    alone=N_("after changing only this weight"),
)
BIAS = Wording(
    step=N_("This bias"),
    gradient=N_("Gradient of this bias"),
    flat=N_("The loss does not depend on this bias here."),
    rising=N_("Raising this bias by 0.01 raises the loss by about {change}."),
    falling=N_("Raising this bias by 0.01 lowers the loss by about {change}."),
    raised=N_("The update raises the bias."),
    lowered=N_("The update lowers the bias."),
    curve=N_("Loss if only this bias moves"),
    axis=N_("value of this bias"),
    alone=N_("after changing only this bias"),
)


def wording_of(place: Place) -> Wording:
    """Return the sentences on the parameter at a place."""
    return BIAS if place.source is None else WEIGHT
