"""Sentences for people: an English template and its values, so that a window can translate."""

from __future__ import annotations

from typing import Any


class Text:
    """A sentence such as ``Text("{count} units", count=4)``.

    ``str(text)`` is the English sentence. A window that speaks another language translates
    ``template`` and formats it with ``values``, which may hold further texts.
    """

    __slots__ = ("template", "values")

    def __init__(self, template: str, /, **values: Any) -> None:
        self.template = template
        self.values = values

    def __str__(self) -> str:
        return self.template.format(**self.values)

    def __repr__(self) -> str:
        return f"Text({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Text)
            and self.template == other.template
            and self.values == other.values
        )

    def __hash__(self) -> int:
        return hash((self.template, str(self)))


def counted(one: str, many: str, count: int) -> Text:
    """Return ``1 unit`` or ``4 units``: a template that names {count}, by how many there are."""
    return Text(one if count == 1 else many, count=count)


class Caution(Text):
    """A sentence that a person should act on, as figures mislead otherwise."""

    __slots__ = ()
