"""Short animal stories from a small grammar, to learn a language from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np


class Noun(str):
    """A word that a sentence writes in the form it asks for, as in ``{thing:a}``."""

    __slots__ = ()


@dataclass(frozen=True)
class Grammar:
    """The words and sentences of a language.

    A hero, a friend, a place, a thing and some food are drawn once for each story, so that they
    come back from sentence to sentence; all other words are drawn for each sentence.

    Parameters
    ----------
    noun
        How words are bent.
    words
        The choices for each name that stands in a sentence; ``friend`` is another of the heroes
        and ``other`` another of the animals.
    parts
        The sentences to choose from, one after the other.
    """

    noun: type[Noun]
    words: Mapping[str, Sequence[str]]
    parts: Sequence[Sequence[str]]

    CAST: ClassVar[tuple[str, ...]] = ("hero", "animal", "place", "thing", "food")

    def stories(self, rng: np.random.Generator, length: int) -> str:
        """Return stories of at least so many characters together, a line each."""
        told, lines = 0, []
        while told < length:
            lines.append(self._story(rng) + "\n")
            told += len(lines[-1])
        return "".join(lines)

    def _story(self, rng: np.random.Generator) -> str:
        cast = {name: self._pick(rng, self.words[name]) for name in self.CAST}
        for name, like in (("friend", "hero"), ("other", "animal")):
            others = [word for word in self.words[like] if word != cast[like]]
            cast[name] = self._pick(rng, others)
        free = [name for name in self.words if name not in cast]
        sentences = []
        for part in self.parts:
            drawn = {name: self._pick(rng, self.words[name]) for name in free}
            sentences.append(self._pick(rng, part).format(**cast, **drawn))
        return " ".join(sentences)

    def _pick(self, rng: np.random.Generator, words: Sequence[str]) -> Noun:
        return self.noun(words[int(rng.integers(len(words)))])
