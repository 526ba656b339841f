"""Translation: I am a student → je suis étudiant, by an encoder and a decoder."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from engine.arrays import Shape
from engine.fields import param
from engine.streams import stream
from engine.tasks.base import Dataset, Target, task
from engine.tasks.grammar import sentences
from engine.tasks.sequences import SPECIAL, SequenceTask, Words, split, teacher_forced, vocabulary

DIRECTIONS = ("English to French", "English to Korean", "Korean to English")


@cache
def _pairs(direction: str) -> tuple[tuple[Words, Words], ...]:
    """Return all pairs of a sentence and its translation."""
    source, target = direction.lower().split(" to ")
    return tuple((getattr(said, source), getattr(said, target)) for said in sentences())


@cache
def _words(direction: str) -> tuple[Words, int]:
    """Return the vocabulary, the words of translations first, and how many these are."""
    pairs = _pairs(direction)
    answers = vocabulary(answer for _, answer in pairs)
    questions = vocabulary(question for question, _ in pairs)
    return (*SPECIAL, *answers, *(w for w in questions if w not in answers)), len(answers)


@cache
def _steps() -> tuple[int, int]:
    """Return the places of the longest sentence and translation with its [eos], in any language.

    So a network keeps its shapes when the languages are changed.
    """
    pairs = [pair for direction in DIRECTIONS for pair in _pairs(direction)]
    asked, given = (max(map(len, side)) for side in zip(*pairs, strict=True))
    return asked, given + 1


@task("translation", label="Translation", icon="data")
@dataclass(frozen=True)
class Translation(SequenceTask):
    """Sentences of a small grammar and their translations; none comes twice.

    The input is the sentence, padded before it, then [sos] and the translation, of which the
    network predicts the next word at every place.
    """

    direction: str = param(
        "English to French",
        choices=DIRECTIONS,
        label="Languages",
        help="From which language into which",
    )
    count: int = param(
        1000, low=100, high=5000, step=100, label="Sentences", help="How many are drawn at most"
    )

    @property
    def words(self) -> Words:
        """The special tokens, the words of translations, and those of sentences."""
        return _words(self.direction)[0]

    @property
    def input_shape(self) -> Shape:
        """The words of both."""
        return (sum(_steps()),)

    @property
    def target(self) -> Target:
        """[eos] and the words of translations, at every place of the answer."""
        words, answers = _words(self.direction)
        return Target(words[2 : 3 + answers], steps=_steps()[1])

    def load(self, seed: int) -> Dataset:
        """Draw the sentences."""
        pairs = _pairs(self.direction)
        drawn = [pairs[i] for i in stream(seed, "data").permutation(len(pairs))[: self.count]]
        questions, answers = zip(*drawn, strict=True)
        inputs, targets = teacher_forced(questions, answers, self.words, _steps())
        about = {"words": self.words, "question_steps": _steps()[0]}
        return split(self.target, inputs, targets, seed, **about)
