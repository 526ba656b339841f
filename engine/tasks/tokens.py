"""Tokens: how a text is cut into pieces, numbered, and put together again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine.hangul import compose, decompose, letter_name

PAD, UNKNOWN, CLS, MASK = "[PAD]", "[UNK]", "[CLS]", "[MASK]"

_WORD = re.compile(r"\w+(?:['’-]\w+)*|[^\w\s]|\n")
_BEFORE = re.compile(r" +([.,;:!?…)\]}»”’]|\n)")
_AFTER = re.compile(r"([(\[{«“‘\n]) +")
_QUOTED = re.compile(r'" ?([^"\n]*?) ?"')
_SHOWN = {" ": "␣", "\n": "↵", "\t": "⇥"}


@dataclass(frozen=True)
class Tokenizer:
    """A way to cut a text into tokens, and back."""

    split: Callable[[str], list[str]]
    join: Callable[[Iterable[str]], str]


def _join_words(tokens: Iterable[str]) -> str:
    """Put blanks between words, and none before a point or inside of quotes and brackets."""
    text = _AFTER.sub(r"\1", _BEFORE.sub(r"\1", " ".join(tokens)))
    return _QUOTED.sub(r'"\1"', text)


TOKENIZERS: Mapping[str, Tokenizer] = {
    "character": Tokenizer(list, "".join),
    "word": Tokenizer(_WORD.findall, _join_words),
    "jamo": Tokenizer(lambda text: list(decompose(text)), lambda tokens: compose("".join(tokens))),
}
"""By name: every character, words and signs, or the letters of which Hangul syllables are made."""


@dataclass(frozen=True)
class Vocabulary:
    """The tokens that have a number; all others are unknown.

    Parameters
    ----------
    tokenizer
        A name among `TOKENIZERS`.
    tokens
        The token of each number, special ones as ``[UNK]`` first.
    special
        How many special ones there are; a text never holds them.
    """

    tokenizer: str
    tokens: tuple[str, ...]
    special: int

    @classmethod
    def of(
        cls, tokens: Sequence[str], size: int, special: Sequence[str], tokenizer: str
    ) -> Vocabulary:
        """Return the most frequent tokens of a text, as many as fit `size` together with `special`.

        Numbers that are left over stand for ``[unused7]`` and the like, so that there are always
        `size` of them.
        """
        counts = Counter(tokens)
        frequent = sorted(counts, key=lambda token: (-counts[token], token))
        known = (*special, *frequent)[:size]
        unused = (f"[unused{number}]" for number in range(len(known), size))
        return cls(tokenizer, (*known, *unused), len(special))

    def __len__(self) -> int:
        return len(self.tokens)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each token that a text may hold."""
        return {token: n for n, token in enumerate(self.tokens) if n >= self.special}

    @property
    def used(self) -> int:
        """How many numbers stand for something."""
        return sum(not token.startswith("[unused") for token in self.tokens)

    @property
    def labels(self) -> tuple[str, ...]:
        """How the tokens are shown: ``␣`` for a blank, ``-ㄱ`` for a tail."""
        return tuple(_SHOWN.get(token, letter_name(token)) for token in self.tokens)

    def encode(self, tokens: Iterable[str]) -> NDArray[np.int64]:
        """Return the numbers of tokens, (n,)."""
        numbers, unknown = self.numbers, self.tokens.index(UNKNOWN)
        return np.array([numbers.get(token, unknown) for token in tokens], np.int64)

    def read(self, text: str) -> NDArray[np.int64]:
        """Return the numbers of the tokens of a text, (n,)."""
        return self.encode(TOKENIZERS[self.tokenizer].split(text))

    def write(self, numbers: Iterable[int]) -> str:
        """Return the text that numbers stand for."""
        return TOKENIZERS[self.tokenizer].join(self.tokens[int(number)] for number in numbers)
