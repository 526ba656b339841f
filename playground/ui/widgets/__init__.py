"""The controls of the program, dressed as in the design.

Labels: `Label`, `ElidedLabel`, `Heading`, `Field`, `Counter`, `EmptyState`, `Rule`.
Buttons: `Button`, `Segment`. Inputs: `Stepper`, `LabeledSlider`, `Combo`, `Check`.

Inputs share one contract: `value()`, `set_value(v)` (silent towards the document), the signal
`valueChanged(value)` on every change, and `edited(value, final)` when a person changed it. While a
drag, a held button or a turning wheel goes on, `final` is False; the last one comes with True, so
the undo stack can merge them. Their owner writes texts anew when the language changes (`set_text`,
`set_caption`, ...); colours and icons follow the theme by themselves.
"""

from playground.ui.widgets.buttons import Button, Segment
from playground.ui.widgets.choices import Check, Combo, FittedCombo
from playground.ui.widgets.ground import fill_ground
from playground.ui.widgets.labels import (
    Counter,
    ElidedLabel,
    EmptyState,
    Field,
    Heading,
    Label,
    Rule,
)
from playground.ui.widgets.ring import FocusRing
from playground.ui.widgets.room import room
from playground.ui.widgets.scroll import VerticalScroll
from playground.ui.widgets.slider import LabeledSlider
from playground.ui.widgets.stepper import Stepper

__all__ = [
    "Button",
    "Check",
    "Combo",
    "Counter",
    "ElidedLabel",
    "EmptyState",
    "Field",
    "FittedCombo",
    "FocusRing",
    "Heading",
    "Label",
    "LabeledSlider",
    "Rule",
    "Segment",
    "Stepper",
    "VerticalScroll",
    "fill_ground",
    "room",
]
