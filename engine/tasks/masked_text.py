"""Masked text: tokens hidden in a sentence, from those on both sides, as BERT learns it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from engine.errors import DataError
from engine.fields import param
from engine.streams import stream
from engine.tasks.base import HostArray, Part, task
from engine.tasks.text import PART_NAMES, TextTask
from engine.tasks.tokens import CLS, MASK, PAD, TOKENIZERS, UNKNOWN, Vocabulary

SHORTEST = 3
"""Tokens of a sentence; a shorter one says nothing about what is hidden."""

MASKED, RANDOM = 0.8, 0.1
"""Shares of the chosen tokens that become [MASK] and that become any token; the others stay."""

_SENTENCE_END = re.compile(r"([.!?…][\"”’)]*)\s+(?![a-z])")


@task("masked_text", label="Masked text", icon="book")
@dataclass(frozen=True)
class MaskedText(TextTask):
    """Sentences, of which some tokens are hidden and to be found (Devlin et al. 2019).

    A sample is [CLS], the tokens of a sentence and [PAD] up to the context length. Of the tokens
    that are chosen, 80 % are replaced by [MASK], 10 % by any token, and 10 % stay; only they have a
    target.
    """

    special: ClassVar[tuple[str, ...]] = (PAD, UNKNOWN, CLS, MASK)

    share: float = param(
        0.15,
        low=0.05,
        high=0.5,
        step=0.05,
        label="Hidden share",
        help="Share of the tokens that are to be found",
    )
    copies: int = param(
        4,
        low=1,
        high=50,
        label="Copies",
        help="How many times each training sentence is used, each time with other tokens hidden",
    )

    def cut(self, text: str) -> Sequence[Sequence[str]]:
        """Return the tokens sentence by sentence."""
        split = TOKENIZERS[self.tokenizer].split
        sentences = map(split, _SENTENCE_END.sub("\\1\n", text).splitlines())
        return [tokens for tokens in sentences if len(tokens) >= SHORTEST]

    def samples(
        self, units: Sequence[Sequence[str]], vocabulary: Vocabulary, part: str, seed: int
    ) -> Part:
        """Return sentences with hidden tokens, and the numbers of those as targets."""
        if not units:
            raise DataError(
                "{file} is too short: no sentence is left for the {part}; take a longer text.",
                file=self.name,
                part=PART_NAMES[part],
            )
        special = self.special.index
        whole = np.full((len(units), self.context), special(PAD), np.int64)
        whole[:, 0] = special(CLS)
        for row, tokens in zip(whole, units, strict=True):
            numbers = vocabulary.encode(tokens[: self.context - 1])
            row[1 : 1 + len(numbers)] = numbers
        rng = stream(seed, "masks", part)
        whole = np.tile(whole, (self.copies if part == "training" else 1, 1))
        chosen = self._chosen(rng, whole >= vocabulary.special)
        draw = rng.random(whole.shape)
        inputs = np.where(chosen & (draw < MASKED), special(MASK), whole)
        replaced = chosen & (draw >= MASKED) & (draw < MASKED + RANDOM)
        anything = rng.integers(vocabulary.special, vocabulary.used, whole.shape)
        inputs = np.where(replaced, anything, inputs)
        return Part(inputs.astype(np.float32), np.where(chosen, whole, -1))

    def _chosen(self, rng: np.random.Generator, words: HostArray) -> HostArray:
        """Draw which of the words are to be found: a share of them, and at least one a sample."""
        draw = np.where(words, rng.random(words.shape), 2.0)
        lowest = draw == draw.min(axis=1, keepdims=True)
        chosen: HostArray = words & ((draw < self.share) | lowest)
        return chosen
