"""The words of the course: what each means, in both languages, and where the course treats it."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass

from playground.resources import asset


@dataclass(frozen=True, eq=False)
class Entry:
    """One term.

    Attributes
    ----------
    keys
        What it explains: ``layer:dense``, ``optimizer:adam``, ``view:curves``, ``word:epoch``;
        ``field:units`` is a setting of that name, ``field:elu.alpha`` one of that kind alone.
    names, definitions
        By language, ``en`` and ``ko``.
    aliases
        Other names under which people look it up.
    parts
        Letters of the parts of the course that treat it, A to E.
    """

    keys: tuple[str, ...]
    names: Mapping[str, str]
    definitions: Mapping[str, str]
    aliases: tuple[str, ...]
    parts: str

    def matches(self, text: str) -> bool:
        """Return whether every word of `text` begins or stands in a name or an alias."""
        known = " ".join([*self.names.values(), *self.aliases]).casefold()
        return all(word in known for word in text.casefold().split())


@functools.cache
def glossary() -> tuple[Entry, ...]:
    """Return all terms, in the order of the file."""
    entries = json.loads(asset("glossary.json").read_text("utf-8"))
    return tuple(
        Entry(
            tuple(entry["keys"]),
            {language: entry[language][0] for language in ("en", "ko")},
            {language: entry[language][1] for language in ("en", "ko")},
            tuple(entry["aliases"]),
            entry["course"],
        )
        for entry in entries
    )


@functools.cache
def _by_key() -> dict[str, Entry]:
    return {key: entry for entry in glossary() for key in entry.keys}


def term(*keys: str) -> Entry | None:
    """Return the entry of the first key that has one."""
    return next((_by_key()[key] for key in keys if key in _by_key()), None)


def field_term(kind: str, name: str) -> Entry | None:
    """Return the entry of a setting of a kind: its own, or that of all settings so called."""
    return term(f"field:{kind}.{name}", f"field:{name}")
