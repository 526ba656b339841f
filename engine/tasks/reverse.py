"""Sequences of letters to be written backwards, as the first task of an encoder and a decoder."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_lowercase

import numpy as np

from engine.arrays import Shape
from engine.fields import param
from engine.streams import stream
from engine.tasks.base import Dataset, HostArray, Target, task
from engine.tasks.sequences import SPECIAL, SequenceTask, Words, split, teacher_forced

FEWEST_LETTERS = 2


@task("reverse", label="Reversed letters", icon="data")
@dataclass(frozen=True)
class Reverse(SequenceTask):
    """Letters such as ``c a b``, to be answered backwards, ``b a c``; no sequence comes twice.

    The input is the letters, padded before them, then [sos] and the answer, of which the network
    predicts the next letter at every place.
    """

    letters: int = param(
        8, low=4, high=26, label="Letters", help="How many different letters there are"
    )
    longest: int = param(
        6, low=3, high=20, label="Longest sequence", help="At most so many letters"
    )
    count: int = param(
        8000, low=100, high=50_000, step=1000, label="Sequences", help="How many are drawn at most"
    )

    @property
    def words(self) -> Words:
        """The special tokens and the letters."""
        return (*SPECIAL, *ascii_lowercase[: self.letters])

    @property
    def input_shape(self) -> Shape:
        """The letters, and as many places again and one for [sos]."""
        return (2 * self.longest + 1,)

    @property
    def target(self) -> Target:
        """[eos] and the letters, at every place of the answer."""
        return Target(self.words[2:], steps=self.longest + 1)

    def load(self, seed: int) -> Dataset:
        """Draw the sequences."""
        words = self.words
        drawn = [[words[number] for number in row if number] for row in self._draw(seed).tolist()]
        inputs, targets = teacher_forced(
            drawn, [row[::-1] for row in drawn], words, (self.longest, self.longest + 1)
        )
        about = {"words": words, "question_steps": self.longest}
        return split(self.target, inputs, targets, seed, **about)

    def _draw(self, seed: int) -> HostArray:
        """Return the token numbers of different sequences, 0 behind their ends."""
        rng = stream(seed, "data")
        shape = (2 * self.count, self.longest)
        rows = rng.integers(len(SPECIAL), len(SPECIAL) + self.letters, shape)
        lengths = rng.integers(FEWEST_LETTERS, self.longest + 1, len(rows))
        rows[np.arange(self.longest) >= lengths[:, None]] = 0
        different = np.unique(rows, axis=0)
        return rng.permutation(different)[: self.count]
