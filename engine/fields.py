"""Settings as frozen dataclasses: one object is spec, form, file content and undo value.

A class derived from `Spec` lists its settings with `param`. From these come the validation, the
inspector's form, the JSON of the project file and the paths of ``playground train --set``.
"""

from __future__ import annotations

import dataclasses
import math
import numbers
import reprlib
import typing
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar, Self

from engine.errors import FieldError, FormatError
from engine.registry import families
from engine.text import Text


@dataclass(frozen=True)
class Param:
    """What a field allows and how a form shows it.

    Parameters
    ----------
    low, high
        The closed range of a number; for a tuple, of its length.
    above
        An exclusive lower bound, for numbers that must stay positive.
    choices
        The values a string may take, or that the strings of a tuple may take.
    family
        The registry from which a nested spec comes.
    label, help, unit
        English texts for forms; `unit` stands behind the number.
    log
        Whether a slider moves over magnitudes rather than values.
    step
        What one click on a stepper adds.
    presets
        Values a combo box offers.
    hidden
        Whether forms leave the field out.
    """

    name: str = ""
    type: Any = None
    default: Any = None
    low: float | None = None
    high: float | None = None
    above: float | None = None
    choices: tuple[str, ...] | None = None
    family: str | None = None
    label: str = ""
    help: str = ""
    unit: str = ""
    log: bool = False
    step: float | None = None
    presets: tuple[float, ...] = ()
    hidden: bool = False


def param(default: Any, **about: Any) -> Any:
    """Declare a field of a `Spec`; the keywords are those of `Param`."""
    choices = about.get("choices")
    if choices is not None:
        about["choices"] = tuple(choices)
    return dataclasses.field(default=default, metadata={"param": Param(default=default, **about)})


class Spec:
    """A frozen dataclass made of `param` fields; invalid values are refused on construction."""

    kind: ClassVar[str] = ""
    label: ClassVar[str] = ""

    def __post_init__(self) -> None:
        for field in params(type(self)):
            value = _checked(type(self), field, getattr(self, field.name))
            object.__setattr__(self, field.name, value)

    def but(self, **changes: Any) -> Self:
        """Return a copy with some fields changed."""
        return dataclasses.replace(self, **changes)  # type: ignore[type-var]


_params: dict[type[Spec], tuple[Param, ...]] = {}


def params(cls: type[Spec]) -> tuple[Param, ...]:
    """Return the fields of a spec class, in order of declaration."""
    if cls not in _params:
        types = typing.get_type_hints(cls)
        _params[cls] = tuple(
            dataclasses.replace(field.metadata["param"], name=field.name, type=types[field.name])
            for field in dataclasses.fields(cls)  # type: ignore[arg-type]
            if "param" in field.metadata
        )
    return _params[cls]


def _checked(cls: type[Spec], field: Param, value: Any) -> Any:
    """Return `value` as the field's type, or raise FieldError naming field, value and range."""
    if field.family is not None:
        return _checked_family(cls, field, value)
    if field.type is bool:
        if not isinstance(value, bool):
            raise _refusal(cls, field, value)
        return value
    if field.type is int or field.type is float:
        return _checked_number(cls, field, value)
    if field.type is str:
        if not isinstance(value, str) or (field.choices and value not in field.choices):
            raise _refusal(cls, field, value)
        return value
    return _checked_tuple(cls, field, value)


def _checked_family(cls: type[Spec], field: Param, value: Any) -> Any:
    registry = families[str(field.family)]
    if isinstance(value, str):
        value = registry[value]()
    if getattr(type(value), "kind", None) not in registry:
        raise _refusal(cls, field, value)
    return value


def _checked_number(cls: type[Spec], field: Param, value: Any) -> float | int:
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise _refusal(cls, field, value)
    try:
        number = float(value)
    except OverflowError:
        raise _refusal(cls, field, value) from None
    if not math.isfinite(number) or (field.type is int and number != int(number)):
        raise _refusal(cls, field, value)
    if field.above is not None and number <= field.above:
        raise _refusal(cls, field, value)
    low = -math.inf if field.low is None else field.low
    high = math.inf if field.high is None else field.high
    if not low <= number <= high:
        raise _refusal(cls, field, value)
    return int(number) if field.type is int else number


def _checked_tuple(cls: type[Spec], field: Param, value: Any) -> tuple[Any, ...]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise _refusal(cls, field, value)
    item = _element(field)
    if not (field.low or 0) <= len(value) <= (field.high or math.inf):
        raise _refusal(cls, field, value)
    return tuple(_checked(cls, item, element) for element in value)


@lru_cache
def _element(field: Param) -> Param:
    """Return what the elements of a tuple must be."""
    return dataclasses.replace(field, type=typing.get_args(field.type)[0], low=None, high=None)


def _refusal(cls: type[Spec], field: Param, value: Any) -> FieldError:
    return FieldError(
        "{owner}: {field} must be {allowed}, not {value}.",
        owner=_owner(cls),
        field=field.name,
        allowed=allowed(field),
        value=value if isinstance(value, (int, float)) else reprlib.repr(value),
    )


def _owner(cls: type[Spec]) -> Text | str:
    return Text(cls.label) if cls.label else cls.__name__


def allowed(field: Param) -> Text:
    """Say in words what a field allows, as in ``a whole number from 1 to 4096``."""
    if field.family is not None:
        return Text("one of {choices}", choices=", ".join(families[field.family]))
    if typing.get_origin(field.type) is tuple:
        return _allowed_list(field)
    if field.choices:
        return Text("one of {choices}", choices=", ".join(field.choices))
    if field.type is bool or field.type is str:
        return Text("text" if field.type is str else "true or false")
    number = Text("a whole number" if field.type is int else "a number")
    low, high = (None if end is None else f"{end:.12g}" for end in (field.low, field.high))
    if field.above is not None:
        above = f"{field.above:.12g}"
        if high is None:
            return Text("{number} above {above}", number=number, above=above)
        return Text(
            "{number} above {above} and at most {high}", number=number, above=above, high=high
        )
    if low is not None and high is not None:
        return Text("{number} from {low} to {high}", number=number, low=low, high=high)
    if low is not None:
        return Text("{number} of at least {low}", number=number, low=low)
    return number if high is None else Text("{number} of at most {high}", number=number, high=high)


def _allowed_list(field: Param) -> Text:
    item = typing.get_args(field.type)[0]
    if field.choices:
        values = Text("values out of {choices}", choices=", ".join(field.choices))
    elif item is str:
        values = Text("texts")
    else:
        values = Text("whole numbers" if item is int else "numbers")
    low = f"{field.low or 0:.12g}"
    if field.high is None:
        return Text("a list of at least {low} {values}", low=low, values=values)
    high = f"{field.high:.12g}"
    return Text("a list of {low} to {high} {values}", low=low, high=high, values=values)


def to_json(spec: Spec) -> dict[str, Any]:
    """Return a spec as plain dictionaries, lists, strings and numbers."""
    data: dict[str, Any] = {"kind": spec.kind} if spec.kind else {}
    for field in params(type(spec)):
        value = getattr(spec, field.name)
        if isinstance(value, Spec):
            value = to_json(value)
        elif isinstance(value, tuple):
            value = list(value)
        data[field.name] = value
    return data


def from_json(data: Any, expected: str | type[Spec]) -> Any:
    """Read what `to_json` wrote.

    Parameters
    ----------
    data
        A dictionary with the fields; left-out fields take their defaults.
    expected
        The name of the family to look ``kind`` up in, or the class itself.

    Raises
    ------
    FormatError, UnknownKind, FieldError
        Where the data name unknown fields or kinds, or values out of range.
    """
    if isinstance(data, str) and isinstance(expected, str):
        data = {"kind": data}
    if not isinstance(data, dict):
        raise FormatError("The {what} is missing or damaged in the file.", what=_name(expected))
    fields = {name: value for name, value in data.items() if name != "kind"}
    cls = families[expected][data.get("kind", "")] if isinstance(expected, str) else expected
    known = {field.name: field for field in params(cls)}
    for name, value in fields.items():
        if name not in known:
            raise FormatError(
                "{owner} has no setting {field}; it has {known}.",
                owner=_owner(cls),
                field=name,
                known=", ".join(known) or "–",
            )
        family = known[name].family
        fields[name] = value if family is None else from_json(value, family)
    return cls(**fields)


def _name(expected: str | type[Spec]) -> str:
    return expected if isinstance(expected, str) else expected.__name__.lower()


def with_text(spec: Any, path: Sequence[str], text: str) -> Any:
    """Return `spec` with the field at `path` set from text, as ``--set a.b=1`` writes it."""
    name, *rest = path
    field = next((field for field in params(type(spec)) if field.name == name), None)
    if field is None:
        raise FieldError(
            "{owner} has no setting {field}; it has {known}.",
            owner=_owner(type(spec)),
            field=name,
            known=", ".join(field.name for field in params(type(spec))) or "–",
        )
    if rest and field.family is None:
        raise FieldError(
            "{owner}: {field} has no settings of its own.",
            owner=_owner(type(spec)),
            field=name,
        )
    value = with_text(getattr(spec, name), rest, text) if rest else _parsed(type(spec), field, text)
    return dataclasses.replace(spec, **{name: value})


def _parsed(cls: type[Spec], field: Param, text: str) -> Any:
    if field.family is not None:
        return families[field.family][text]()
    if field.type is bool:
        words = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
        return words.get(text.lower(), text)
    if field.type is int or field.type is float:
        try:
            return field.type(text)
        except ValueError:
            raise _refusal(cls, field, text) from None
    if field.type is str:
        return text
    item = dataclasses.replace(field, type=typing.get_args(field.type)[0])
    return tuple(_parsed(cls, item, part) for part in text.split(",") if part)
