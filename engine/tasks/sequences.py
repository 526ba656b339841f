"""What tasks of word sequences share: numbers for words, padding, and how good sequences are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np

from engine.streams import stream
from engine.tasks.base import Dataset, HostArray, Part, Target, Task

PAD, SOS, EOS = 0, 1, 2
SPECIAL = ("[pad]", "[sos]", "[eos]")
"""Padding, start of sequence and end of sequence, the first words of every vocabulary."""

NO_ANSWER = -1
"""The target of a place where no answer is wanted."""

SHARES = (0.7, 0.15, 0.15)
"""Of training, validation and test."""

Words: TypeAlias = tuple[str, ...]


@dataclass(frozen=True)
class SequenceDataset(Dataset):
    """Questions, answers, or both as sequences of words or letters.

    Attributes
    ----------
    words
        What the numbers of the inputs stand for; empty where the inputs are no words.
    question_steps
        How many leading places of an input are the question; what follows is the input of a
        decoder, [sos] and the answer (teacher forcing). 0 where all of it is the question.
    space
        What is written between two words.
    """

    words: Words = field(default=(), kw_only=True)
    question_steps: int = field(default=0, kw_only=True)
    space: str = field(default=" ", kw_only=True)

    def question(self, tokens: HostArray) -> str:
        """Return the question in an input (steps,) as text, without padding."""
        numbers = tokens[: self.question_steps or None].astype(int).tolist()
        return self.space.join(self.words[number] for number in numbers if number != PAD)

    def answer(self, labels: HostArray) -> Words:
        """Return labels, one or (steps,), as words up to the [eos], which is left out."""
        names = self.target.labels
        written = [names[label] for label in np.atleast_1d(labels).tolist() if label != NO_ANSWER]
        if SPECIAL[EOS] in written:
            written = written[: written.index(SPECIAL[EOS])]
        return tuple(written)

    def measure(self, prediction: HostArray, part: str, thorough: bool = False) -> dict[str, float]:
        """Return the metrics of the places and, for answers of several, the exact match.

        That is the share of samples of which every place is right. With teacher forcing it also is
        the share that greedy decoding writes exactly: as long as all words so far are right, both
        read the same input.
        """
        metrics = super().measure(prediction, part, thorough)
        if self.target.steps:
            targets = self.part(part).targets[: len(prediction)]
            right = (prediction.argmax(axis=-1) == targets) | (targets == NO_ANSWER)
            metrics["exact_match"] = float(right.all(axis=1).mean())
        return metrics


class SequenceTask(Task):
    """A task that `load` returns a `SequenceDataset` of."""

    @property
    def words(self) -> Words:
        """The vocabulary of the inputs, special tokens first; empty where they are no words."""
        return ()

    @property
    def token_count(self) -> int:
        """The size of the vocabulary."""
        return len(self.words)


def padded(rows: Iterable[Sequence[int]], steps: int, fill: int, before: bool = False) -> HostArray:
    """Return rows of numbers as int64 (N, steps), filled up behind them, or `before` them.

    A recurrent layer that gives its last state has just read the last word where the padding
    stands before the words.
    """
    filled = []
    for row in rows:
        gap = [fill] * (steps - len(row))
        filled.append([*gap, *row] if before else [*row, *gap])
    return np.array(filled, np.int64)


def encode(sentences: Iterable[Iterable[str]], words: Words) -> list[list[int]]:
    """Return the places of the words of each sentence in a list of words."""
    places = {word: place for place, word in enumerate(words)}
    return [[places[word] for word in sentence] for sentence in sentences]


def vocabulary(sentences: Iterable[Iterable[str]]) -> Words:
    """Return all words of some sentences in alphabetical order."""
    return tuple(sorted({word for sentence in sentences for word in sentence}))


def teacher_forced(
    questions: Sequence[Sequence[str]],
    answers: Sequence[Sequence[str]],
    words: Words,
    steps: tuple[int, int],
) -> tuple[HostArray, HostArray]:
    """Return inputs and targets for an encoder and a decoder.

    Parameters
    ----------
    questions, answers
        Sentences of `words`; the words that answers are made of come right after [eos].
    steps
        How many places the questions have, and how many the answers with their [eos].

    Returns
    -------
    inputs, targets
        float32 (N, sum of `steps`): the question, padded before it, then [sos], the answer and
        padding; and int64 (N, steps of the answer): the answer and [eos], as labels of which [eos]
        is the first. The target at a place is the word that follows the one read there.
    """
    asked = padded(encode(questions, words), steps[0], PAD, before=True)
    given = encode(answers, words)
    fed = padded(([SOS, *row] for row in given), steps[1], PAD)
    labels = ([number - EOS for number in (*row, EOS)] for row in given)
    inputs = np.concatenate([asked, fed], axis=1).astype(np.float32)
    return inputs, padded(labels, steps[1], NO_ANSWER)


def split(
    target: Target, inputs: HostArray, targets: HostArray, seed: int, **about: Any
) -> SequenceDataset:
    """Deal samples out to the three parts by `SHARES`, in an order drawn from the seed."""
    order = stream(seed, "split").permutation(len(inputs))
    borders = [0, *np.rint(np.cumsum(SHARES) * len(order)).astype(int).tolist()]
    rows = [order[start:stop] for start, stop in pairwise(borders)]
    return SequenceDataset(target, *(Part(inputs[row], targets[row]) for row in rows), **about)
