"""What is the digit called? From one image to many letters."""

from __future__ import annotations

from dataclasses import dataclass

from engine.arrays import Shape
from engine.fields import param
from engine.tasks.base import Dataset, Part, Target, task
from engine.tasks.digits import Digits
from engine.tasks.sequences import (
    EOS,
    NO_ANSWER,
    SPECIAL,
    SequenceDataset,
    SequenceTask,
    encode,
    padded,
    vocabulary,
)

LANGUAGES = ("english", "korean")

NAMES = {
    "english": "zero one two three four five six seven eight nine".split(),
    "korean": "ㅇㅕㅇ ㅇㅣㄹ ㅇㅣ ㅅㅏㅁ ㅅㅏ ㅇㅗ ㅇㅠㄱ ㅊㅣㄹ ㅍㅏㄹ ㄱㅜ".split(),
}
"""The letters of the digits' names; Korean ones are not put together to syllables."""


MEASURED = 1000
"""So many images validate."""


@task("caption", label="Captions of digits", icon="data")
@dataclass(frozen=True)
class Caption(SequenceTask):
    """The digits that come with the program, to be spelled letter by letter: ``s i x [eos]``."""

    language: str = param(
        "english",
        choices=LANGUAGES,
        label="Language",
        help="Whose letters the names are written in",
    )
    training_count: int = param(
        10_000,
        low=100,
        high=60_000,
        step=1000,
        label="Training images",
        help="How many images the network learns from",
    )

    @property
    def input_shape(self) -> Shape:
        """One channel, height and width."""
        return Digits().input_shape

    @property
    def target(self) -> Target:
        """[eos] and the letters, at each place up to the end of the longest name there is."""
        steps = 1 + max(len(name) for names in NAMES.values() for name in names)
        return Target((SPECIAL[EOS], *vocabulary(NAMES[self.language])), steps=steps)

    def load(self, seed: int) -> Dataset:
        """Read the images as for the task of digits, and write the names of what they show."""
        digits, target = Digits(training_count=self.training_count).load(seed), self.target
        letters = encode(([*name, SPECIAL[EOS]] for name in NAMES[self.language]), target.labels)
        names = padded(letters, target.steps, NO_ANSWER)
        parts = (
            Part(part.inputs, names[part.targets])
            for part in (digits.training, digits.validation.head(MEASURED), digits.test)
        )
        return SequenceDataset(target, *parts, space="", notices=digits.notices)
