"""Which part of speech is each word? From many words to as many answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, product
from typing import TypeAlias

import numpy as np

from engine.arrays import Shape
from engine.fields import param
from engine.streams import stream
from engine.tasks.base import Dataset, Target, task
from engine.tasks.sequences import (
    NO_ANSWER,
    PAD,
    SPECIAL,
    SequenceTask,
    Words,
    encode,
    padded,
    split,
    vocabulary,
)

TAGS = ("noun", "verb", "adj.", "det.", "pron.", "prep.")
Tagged: TypeAlias = tuple[tuple[str, str], ...]
"""Words with their tags."""

BOTH = ("play", "watch", "light", "paint", "cook", "book")
"""Nouns that are verbs as well; and ``light`` may be an adjective, too."""

NOUNS = (*BOTH, "cat", "girl", "cold", "orange")
PLURAL_VERBS = (*BOTH, "see")
SINGULAR_VERBS = ("plays", "watches", "paints", "cooks", "sees")
ADJECTIVES = ("old", "light", "cold", "orange")
DETERMINERS = ("the", "this")
PRONOUNS = ("we", "they")
PREPOSITIONS = ("near", "with")


def _tagged(words: Words, tag: str) -> list[Tagged]:
    return [((word, tag),) for word in words]


def _joined(*parts: list[Tagged]) -> Iterator[Tagged]:
    """Return every way to put one piece of each part after the other."""
    return (tuple(chain.from_iterable(pieces)) for pieces in product(*parts))


@cache
def _sentences() -> list[Tagged]:
    """Return all sentences of the grammar: a subject, a verb and an object or a place."""
    determiners, nouns = _tagged(DETERMINERS, "det."), _tagged(NOUNS, "noun")
    adjectives, pronouns = _tagged(ADJECTIVES, "adj."), _tagged(PRONOUNS, "pron.")
    simple = list(_joined(determiners[:1], nouns))
    things = [*_joined(determiners, nouns), *_joined(determiners[:1], adjectives, nouns)]
    places = list(_joined(_tagged(PREPOSITIONS, "prep."), simple))
    singular, plural = _tagged(SINGULAR_VERBS, "verb"), _tagged(PLURAL_VERBS, "verb")
    return [
        *_joined(things, singular),
        *_joined(things, singular, [*simple, *places]),
        *_joined(pronouns, plural, [*things, *places]),
    ]


@cache
def _vocabulary() -> Words:
    return (*SPECIAL, *vocabulary((word for word, _ in row) for row in _sentences()))


@cache
def _longest() -> int:
    """Return how many words the longest sentence has."""
    return max(map(len, _sentences()))


@task("tagging", label="Parts of speech", icon="data")
@dataclass(frozen=True)
class Tagging(SequenceTask):
    """Sentences such as ``we watch the old play``, in which each word is to be given its tag.

    Some words are noun, verb or adjective, as their neighbours have it: those before them
    (``the play``, ``we play``) and those behind (``the light plays``, ``the light book plays``).
    """

    count: int = param(
        1500, low=100, high=20_000, step=500, label="Sentences", help="How many are drawn at most"
    )

    @property
    def words(self) -> Words:
        """The vocabulary: the special tokens, then all words in alphabetical order."""
        return _vocabulary()

    @property
    def input_shape(self) -> Shape:
        """The words of the longest sentence there is."""
        return (_longest(),)

    @property
    def target(self) -> Target:
        """A tag for every word."""
        return Target(TAGS, steps=self.input_shape[0])

    def load(self, seed: int) -> Dataset:
        """Draw the sentences; none comes twice."""
        everything = _sentences()
        rows = stream(seed, "data").permutation(len(everything))[: self.count].tolist()
        drawn, (steps,) = [everything[row] for row in rows], self.input_shape
        tokens = encode(([word for word, _ in row] for row in drawn), self.words)
        tags = encode(([tag for _, tag in row] for row in drawn), TAGS)
        inputs = padded(tokens, steps, PAD).astype(np.float32)
        return split(self.target, inputs, padded(tags, steps, NO_ANSWER), seed, words=self.words)
