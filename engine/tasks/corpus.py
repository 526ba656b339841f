"""Texts to learn a language from: those that come with the program, or a file."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

from engine.errors import DataError
from engine.streams import stream
from engine.tasks.stories import Grammar
from engine.tasks.stories_en import ENGLISH
from engine.tasks.stories_ko import KOREAN
from engine.tasks.text_file import find_encoding, text_lines
from engine.text import Text

LONGEST = 2_000_000
"""Characters of a file that are read; more would not fit the memory as samples."""

LENGTH = 160_000
"""Characters of the stories in English; in Korean, where a syllable is a character, half of it."""

SEED = 1
"""Of the stories, which are the same for every run, as a file would be."""


def _stories(grammar: Grammar, length: int) -> str:
    return grammar.stories(stream(SEED, "stories"), length)


def _prose(language: str) -> str:
    path = Path(__file__).with_name("texts") / f"prose-{language}.txt"
    return path.read_text("utf-8")


SOURCES: Mapping[str, Callable[[], str]] = {
    "stories-en": lambda: _stories(ENGLISH, LENGTH),
    "stories-ko": lambda: _stories(KOREAN, LENGTH // 2),
    "prose-en": lambda: _prose("en"),
    "prose-ko": lambda: _prose("ko"),
}


@functools.lru_cache(maxsize=4)
def built_in(source: str) -> str:
    """Return one of the texts that come with the program."""
    return SOURCES[source]()


def read_file(path: str | Path) -> tuple[str, tuple[Text, ...]]:
    """Read a text in UTF-8, with or without a byte order mark, or in CP949.

    Returns
    -------
    tuple[str, tuple[Text, ...]]
        The text, its letters composed (NFC) and its lines ended by a newline, and what a person
        should know about it.

    Raises
    ------
    DataError
        Where the file cannot be read, is no text or is empty.
    """
    path = Path(path)
    encoding = find_encoding(path)
    if encoding is None:
        raise DataError(
            "{file} is no text in UTF-8 or CP949; save it as a plain text file in UTF-8.",
            file=path.name,
        )
    text = unicodedata.normalize("NFC", "".join(text_lines(path, encoding)))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise DataError("{file} is empty; choose another file.", file=path.name)
    if len(text) <= LONGEST:
        return text, ()
    notice = Text(
        "{file} has {count} characters; the first {most} are used.",
        file=path.name,
        count=f"{len(text):,}",
        most=f"{LONGEST:,}",
    )
    return text[:LONGEST], (notice,)
