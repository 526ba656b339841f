"""Controls that only forms need; they share the contract of `playground.ui.widgets`."""

from __future__ import annotations

import math
import typing
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from engine.fields import Param
from playground.ui.numbers import number_text
from playground.ui.widgets import Check, LabeledSlider

_LOG_GRID = 0.05
"""Steps of a slider over magnitudes, in powers of ten."""


class LogSlider(LabeledSlider):
    """A slider that moves over magnitudes."""

    def __init__(self, low: float, high: float) -> None:
        super().__init__("", math.log10(low), math.log10(high), _LOG_GRID, self._written)

    @staticmethod
    def _written(exponent: float) -> str:
        return number_text(float(f"{10**exponent:.2g}"))

    def value(self) -> float:
        """Return the number itself, with two digits that count."""
        return float(f"{10 ** super().value():.2g}")

    def set_value(self, value: float) -> None:
        """Move the handle to the nearest grid value."""
        super().set_value(math.log10(max(value, 1e-300)))


class CheckList(QWidget):
    """Check boxes, one a choice; the value is the tuple of those checked, in order."""

    edited = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        self._checks: dict[str, Check] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def set_options(self, options: list[tuple[str, str]]) -> None:
        """Write the choices anew."""
        for value, text in options:
            if value not in self._checks:
                check = Check()
                check.edited.connect(lambda _value, _final: self.edited.emit(self.value(), True))
                self._checks[value] = check
                self._column.addWidget(check)
            self._checks[value].setText(text)

    def check(self, value: str) -> Check:
        """Return the check box of a choice."""
        return self._checks[value]

    def value(self) -> tuple[str, ...]:
        """Return what is checked."""
        return tuple(value for value, check in self._checks.items() if check.value())

    def set_value(self, value: tuple[str, ...]) -> None:
        """Check these, and no others."""
        for name, check in self._checks.items():
            check.set_value(name in value)


class TextField(QLineEdit):
    """A field for text, or for values separated by commas."""

    edited = Signal(object, bool)
    refused = Signal(str)

    def __init__(self, about: Param) -> None:
        super().__init__()
        self._about = about
        self._value: Any = about.default
        self.editingFinished.connect(self._typed)

    def value(self) -> Any:
        """Return the value last taken."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Show a value."""
        self._value = value
        self.setText(_written(value))

    def _typed(self) -> None:
        text = self.text()
        if text == _written(self._value):
            return
        try:
            value = _read(self._about, text)
        except ValueError:
            self.refused.emit(text)
            return
        if value != self._value:
            self._value = value
            self.edited.emit(value, True)


def _written(value: Any) -> str:
    if not isinstance(value, tuple):
        return str(value)
    return ", ".join(f"{part:.12g}" if isinstance(part, float) else str(part) for part in value)


def _read(about: Param, text: str) -> Any:
    if about.type is str:
        return text
    item = typing.get_args(about.type)[0]
    return tuple(item(part.strip()) for part in text.split(",") if part.strip())
