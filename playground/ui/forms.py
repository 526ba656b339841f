"""Forms made from the `param` fields of a spec, the same for layers, tasks and training."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.errors import EngineError
from engine.fields import Param, Spec, params
from engine.registry import families
from playground.ui import theme
from playground.ui.form_controls import CheckList, LogSlider, TextField
from playground.ui.i18n import Translated, tr, tr_engine, tr_error
from playground.ui.numbers import number_text, percent_text
from playground.ui.terms import explain_setting
from playground.ui.widgets import Check, Combo, Field, Label, LabeledSlider, Stepper


class Control(Protocol):
    """What all inputs of `playground.ui.widgets` share."""

    edited: Any

    def value(self) -> Any: ...
    def set_value(self, value: Any) -> None: ...


class Form(Translated, QWidget):
    """Controls for the fields of a spec.

    Parameters
    ----------
    spec
        A frozen spec; every edit makes another one.
    exclude
        Names of fields that are edited elsewhere.
    columns
        How many columns the fields stand in, in order and about equally high.

    Signals
    -------
    edited(spec, final)
        A person changed the spec; `final` is False while a slider is still being dragged.
    """

    edited = Signal(object, bool)

    def __init__(
        self,
        spec: Spec,
        exclude: Collection[str] = (),
        columns: int = 1,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._exclude, self._columns = frozenset(exclude), columns
        self._spec = spec
        self.rows: dict[str, Row] = {}
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(24)
        self._stacks = [QVBoxLayout() for _ in range(columns)]
        for stack in self._stacks:
            stack.setSpacing(6)
            stack.setAlignment(Qt.AlignmentFlag.AlignTop)
            across.addLayout(stack, 1)
        self._build()

    @property
    def spec(self) -> Spec:
        """The spec as the form shows it."""
        return self._spec

    def set_spec(self, spec: Spec) -> None:
        """Show another spec; controls are kept where it is of the same class."""
        if spec == self._spec:
            return
        if type(spec) is not type(self._spec):
            self._spec = spec
            self._build()
            return
        self.show_anew(spec)

    def show_anew(self, spec: Spec) -> None:
        """Show a spec of the same class, without what was refused before."""
        self._spec = spec
        for name, row in self.rows.items():
            row.show_value(getattr(spec, name))

    def row(self, name: str) -> Row:
        """Return the row of a field."""
        return self.rows[name]

    def retranslate(self) -> None:
        for row in self.rows.values():
            row.retranslate()

    def _build(self) -> None:
        for row in self.rows.values():
            row.hide()
            row.deleteLater()
        fields = [f for f in params(type(self._spec)) if not f.hidden]
        fields = [f for f in fields if f.name not in self._exclude]
        self.rows = {f.name: Row(f, getattr(self._spec, f.name), self._take) for f in fields}
        for name, row in self.rows.items():
            explain_setting(row, self._spec.kind, name, partial(self._value, name))
        self.retranslate()
        self._stack()

    def _value(self, name: str) -> Any:
        return getattr(self._spec, name)

    def _stack(self) -> None:
        """Put the rows into columns so that the highest column is as low as can be."""
        rows = list(self.rows.values())
        heights = [row.sizeHint().height() for row in rows]
        for row, column in zip(rows, _balanced(heights, self._columns), strict=True):
            self._stacks[column].addWidget(row)

    def _take(self, name: str, value: Any, final: bool) -> None:
        """Put one value into the spec, or say why it cannot be."""
        try:
            spec = replace(self._spec, **{name: value})
        except EngineError as error:
            row = self.rows[name]
            row.refuse(range_text(row.about) if "allowed" in error.values else tr_error(error))
            return
        self.rows[name].refuse("")
        if spec != self._spec or final:
            self._spec = spec
            self.edited.emit(spec, final)


def _balanced(heights: list[int], columns: int) -> list[int]:
    """Return the column of each row, in order, with the least height of the highest column."""
    limit = max([*heights, math.ceil(sum(heights) / columns)], default=0)
    while True:
        places, column, height = [], 0, 0
        for row in heights:
            if height and height + row > limit:
                column, height = column + 1, 0
            height += row
            places.append(column)
        if column < columns:
            return places
        limit += 8


class Row(QWidget):
    """One field: its control, beneath it the fields of a nested spec, and what was refused."""

    def __init__(self, about: Param, value: Any, take: Callable[[str, Any, bool], None]) -> None:
        super().__init__()
        self.about = about
        self._take = take
        self.control = _control(about, value)
        self._field = None
        if not isinstance(self.control, Check | LabeledSlider):
            self._field = Field("", self.control)
        self.refusal = Label("", "caption", wrap=True)
        self.refusal.hide()
        self.nested: Form | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self._field or self.control)
        self._column.addWidget(self.refusal)
        self.control.edited.connect(self._edited)
        if isinstance(self.control, Stepper | TextField):
            self.control.refused.connect(lambda text: self.refuse(range_text(about)))
        theme.manager().changed.connect(self._color_refusal)
        self._color_refusal()
        self.show_value(value)

    def show_value(self, value: Any) -> None:
        """Show the field's value as it is now."""
        self.refuse("")
        if self.about.family is None:
            self.control.set_value(value)
            return
        self.control.set_value(value.kind)
        self._show_nested(value)

    def _show_nested(self, value: Spec) -> None:
        shown = any(not field.hidden for field in params(type(value)))
        if self.nested is not None and (not shown or type(self.nested.spec) is not type(value)):
            self._column.removeWidget(self.nested)
            self.nested.hide()
            self.nested.deleteLater()
            self.nested = None
        if self.nested is not None:
            self.nested.set_spec(value)
        elif shown:
            self.nested = Form(value)
            self.nested.edited.connect(lambda v, final: self._take(self.about.name, v, final))
            self._column.addWidget(self.nested)

    def refuse(self, sentence: str) -> None:
        """Say under the control why a value was refused; the empty string takes it away."""
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))

    def retranslate(self) -> None:
        """Write label, help and choices anew."""
        about = self.about
        label = tr_engine(about.label or about.name)
        if about.unit:
            label = tr("{label} ({unit})", label=label, unit=tr_engine(about.unit))
        help = tr_engine(about.help) if about.help else ""
        if self._field is not None:
            self._field.set_caption(label, help)
        elif isinstance(self.control, Check):
            self.control.setText(label)
        else:
            self.control.set_label(label)
        self.setToolTip(help)
        if isinstance(self.control, Combo | CheckList):
            self.control.set_options(_options(about))

    def _edited(self, value: Any, final: bool) -> None:
        if self.about.family is not None:
            value = families[self.about.family][value]()
            self._show_nested(value)
        self._take(self.about.name, value, final)

    def _color_refusal(self) -> None:
        self.refusal.setStyleSheet(f"color:{theme.current().err.name()}")


def _control(about: Param, value: Any) -> Any:
    """Choose the control that suits a field."""
    if about.family is not None or (about.choices and about.type is str):
        return Combo(_options(about))
    if about.type is bool:
        return Check()
    if about.type is int or about.type is float:
        return _number_control(about, value)
    if about.choices:
        control = CheckList()
        control.set_options(_options(about))
        return control
    return TextField(about)


def _number_control(about: Param, value: float) -> Any:
    low, high = about.low, about.high
    if low is None:
        low = about.above
    if about.presets:
        typed = (-math.inf if low is None else low, math.inf if high is None else high)
        return Combo(_options(about), typed=typed)
    if about.type is float and low is not None and high is not None:
        if about.log and low > 0:
            return LogSlider(low, high)
        if about.step:
            share = low >= 0 and high <= 1
            text = (lambda v: percent_text(v, 0)) if share else number_text
            return LabeledSlider("", low, high, about.step, text)
    whole = about.type is int
    return Stepper(
        -math.inf if low is None else low,
        math.inf if high is None else high,
        about.step or (1 if whole else 0.1),
        decimals=0 if whole else None,
        value=value,
        strict=True,
    )


def _options(about: Param) -> list[tuple[Any, str]]:
    """Return values and texts of a field with choices, in the language of the window."""
    if about.family is not None:
        registry = families[about.family]
        return [(kind, tr_engine(registry[kind].label)) for kind in registry]
    if about.presets:
        whole = about.type is int
        return [(int(v) if whole else v, number_text(v)) for v in about.presets]
    return [(choice, choice_text(choice)) for choice in about.choices or ()]


def choice_text(choice: str) -> str:
    """Return a choice for people; names without a translation are shown as words."""
    text = tr_engine(choice)
    if text != choice or choice != choice.lower():
        return text
    return choice[:1].upper() + choice[1:].replace("_", " ")


def range_text(about: Param) -> str:
    """Say what a field allows: "Enter a whole number from 1 to 4096."."""
    whole = about.type is int
    low, high = (None if v is None else number_text(v) for v in (about.low, about.high))
    if about.type is not float and not whole:
        return tr("Choose from {least} to {most} values.", least=low or 0, most=high or "∞")
    if about.above is not None:
        above = number_text(about.above)
        if high is None:
            return tr("Enter a number above {above}.", above=above)
        return tr("Enter a number above {above}, up to {high}.", above=above, high=high)
    if low is not None and high is not None:
        if whole:
            return tr("Enter a whole number from {low} to {high}.", low=low, high=high)
        return tr("Enter a number from {low} to {high}.", low=low, high=high)
    if low is not None:
        return tr("Enter a number of at least {low}.", low=low)
    return tr("Enter a whole number.") if whole else tr("Enter a number.")
