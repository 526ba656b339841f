"""Is a review kind or unkind? Short sentences of a small grammar, from many words to one answer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import TypeAlias

import numpy as np

from engine.arrays import Shape
from engine.fields import param
from engine.streams import stream
from engine.tasks.base import Dataset, Target, task
from engine.tasks.sequences import (
    PAD,
    SPECIAL,
    SequenceTask,
    Words,
    encode,
    padded,
    split,
    vocabulary,
)

Clause: TypeAlias = tuple[Words, bool]
"""The words, and whether they are kind."""

ENGLISH_THINGS = ("movie", "story", "music", "ending", "acting", "book")
ENGLISH_WORDS = {
    True: ("good", "great", "funny", "moving", "wonderful", "exciting"),
    False: ("bad", "boring", "dull", "awful", "sad", "confusing"),
}
ENGLISH_VERBS = {
    True: (("like", "liked"), ("love", "loved"), ("enjoy", "enjoyed")),
    False: (("hate", "hated"), ("dislike", "disliked")),
}

KOREAN_THINGS = ("영화는", "이야기는", "음악은", "결말은", "연기는", "책은")
KOREAN_WORDS = {
    True: {
        "재미있지": ("재미있었다", "재미있었지만"),
        "훌륭하지": ("훌륭했다", "훌륭했지만"),
        "좋지": ("좋았다", "좋았지만"),
        "감동적이지": ("감동적이었다", "감동적이었지만"),
        "신나지": ("신났다", "신났지만"),
        "아름답지": ("아름다웠다", "아름다웠지만"),
    },
    False: {
        "지루하지": ("지루했다", "지루했지만"),
        "나쁘지": ("나빴다", "나빴지만"),
        "형편없지": ("형편없었다", "형편없었지만"),
        "슬프지": ("슬펐다", "슬펐지만"),
        "어렵지": ("어려웠다", "어려웠지만"),
        "답답하지": ("답답했다", "답답했지만"),
    },
}


def _english() -> tuple[list[Clause], list[Clause]]:
    """Return clauses that end a sentence, and clauses that ``but`` may follow."""
    clauses: list[Clause] = []
    degrees = ((), ("very",), ("really",))
    for kind, words in ENGLISH_WORDS.items():
        for thing, degree, word in product(ENGLISH_THINGS, degrees, words):
            clauses.append((("the", thing, "was", *degree, word), kind))
            clauses.append((("the", thing, "was", "not", *degree, word), not kind))
    for kind, verbs in ENGLISH_VERBS.items():
        for thing, (verb, past) in product(ENGLISH_THINGS, verbs):
            clauses.append((("i", past, "the", thing), kind))
            clauses.append((("i", "did", "not", verb, "the", thing), not kind))
    return clauses, [((*words, "but"), kind) for words, kind in clauses]


def _korean() -> tuple[list[Clause], list[Clause]]:
    """Return clauses that end a sentence, and clauses in ``-지만``, after which another comes."""
    last: list[Clause] = []
    first: list[Clause] = []
    degrees = ((), ("정말",), ("아주",))
    for kind, words in KOREAN_WORDS.items():
        for thing, degree, (stem, (end, but)) in product(KOREAN_THINGS, degrees, words.items()):
            start = (thing, *degree)
            last += [((*start, end), kind), ((*start, stem, "않았다"), not kind)]
            first += [((*start, but), kind), ((*start, stem, "않았지만"), not kind)]
    return last, first


LANGUAGES = ("english", "korean")


@cache
def _grammar(language: str) -> tuple[list[Clause], list[Clause], Words, int]:
    """Return both kinds of clauses, the vocabulary and the most words of a sentence."""
    last, first = _english() if language == "english" else _korean()
    words = (*SPECIAL, *vocabulary(words for words, _ in (*last, *first)))
    longest = sum(max(len(words) for words, _ in clauses) for clauses in (last, first))
    return last, first, words, longest


@task("sentiment", label="Sentiment", icon="data")
@dataclass(frozen=True)
class Sentiment(SequenceTask):
    """Reviews such as ``the movie was not good``; none comes twice.

    A negation turns a sentence round. Of two clauses joined by ``but`` (``-지만``) the second
    decides, so that the order of the words matters.
    """

    language: str = param(
        "english", choices=LANGUAGES, label="Language", help="What the reviews are written in"
    )
    joined: float = param(
        0.7, low=0.0, high=1.0, step=0.1, label="Two clauses", help="Share of reviews with a “but”"
    )
    count: int = param(
        2000, low=100, high=20_000, step=500, label="Sentences", help="How many are drawn"
    )

    @property
    def words(self) -> Words:
        """The vocabulary: the special tokens, then all words in alphabetical order."""
        return _grammar(self.language)[2]

    @property
    def input_shape(self) -> Shape:
        """The words of the longest sentence there is."""
        return (_grammar(self.language)[3],)

    @property
    def target(self) -> Target:
        """Unkind or kind."""
        return Target(("negative", "positive"))

    def load(self, seed: int) -> Dataset:
        """Draw the sentences."""
        sentences = self._draw(seed)
        tokens = encode((words for words, _ in sentences), self.words)
        inputs = padded(tokens, self.input_shape[0], PAD, before=True).astype(np.float32)
        kind = np.array([kind for _, kind in sentences], np.int64)
        return split(self.target, inputs, kind, seed, words=self.words)

    def _draw(self, seed: int) -> list[Clause]:
        """Return different sentences, as many as are wanted or the clauses give."""
        last, first, _, _ = _grammar(self.language)
        rng = stream(seed, "data")
        joined = min(round(self.joined * self.count), len(last) * len(first))
        single = rng.permutation(len(last))[: self.count - joined].tolist()
        sentences = [last[i] for i in single]
        for pair in rng.choice(len(last) * len(first), joined, replace=False).tolist():
            (ending, kind), (start, _) = last[pair % len(last)], first[pair // len(last)]
            sentences.append(((*start, *ending), kind))
        return sentences
