"""Text: the next token from those before it, as a language model such as GPT learns it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from engine.arrays import Shape
from engine.errors import DataError
from engine.fields import param
from engine.tasks.base import PARTS, Dataset, HostArray, Part, Target, Task, task
from engine.tasks.checks import check_shares
from engine.tasks.corpus import built_in, read_file
from engine.tasks.tokens import TOKENIZERS, UNKNOWN, Vocabulary
from engine.text import Text

NOTED, REFUSED = 0.05, 0.5
"""Shares of a text that may be unknown before a person is told, and before it is refused."""

PART_NAMES = {
    "training": Text("training part"),
    "validation": Text("validation part"),
    "test": Text("test part"),
}


@dataclass(frozen=True)
class TextDataset(Dataset):
    """Numbered tokens of a text.

    Attributes
    ----------
    text
        The text they come from.
    vocabulary
        What the numbers stand for.
    renumbered
        Makes the same data under another vocabulary.
    """

    text: str = field(kw_only=True)
    vocabulary: Vocabulary = field(kw_only=True)
    renumbered: Callable[[Vocabulary], TextDataset] = field(kw_only=True, repr=False)

    def measure(self, prediction: HostArray, part: str, thorough: bool = False) -> dict[str, float]:
        """Return the metrics of classes, and the perplexity."""
        targets = self.part(part).targets[: len(prediction)]
        measures = super().measure(prediction, part, thorough)
        accuracy = measures.pop("accuracy")
        return {"accuracy": accuracy, "perplexity": perplexity(prediction, targets), **measures}

    @property
    def fitted(self) -> Mapping[str, Any]:
        """The tokens in the order of their numbers."""
        return {"tokens": list(self.vocabulary.tokens)}

    def with_fitted(self, fitted: Mapping[str, Any]) -> TextDataset:
        """Return the same text under the numbers of another run."""
        tokens = tuple(fitted["tokens"])
        own, special = self.vocabulary, self.vocabulary.special
        if tokens == own.tokens:
            return self
        if len(tokens) != len(own) or tokens[:special] != own.tokens[:special]:
            raise ValueError("the vocabulary does not fit the task")
        return self.renumbered(Vocabulary(own.tokenizer, tokens, special))

    def baselines(self, part: str) -> Mapping[str, Mapping[str, float]]:
        """Return the metrics of predicting by how often each token is one of the answers."""
        counts = np.bincount(_answers(self.training), minlength=len(self.vocabulary))
        p = (counts + 1) / (counts.sum() + len(counts))
        true = _answers(self.part(part))
        measures = {
            "accuracy": float((true == p.argmax()).mean()),
            "perplexity": float(np.exp(-np.log(p[true]).mean())),
        }
        return {"token frequency": measures}


def _answers(part: Part) -> HostArray:
    return part.targets[part.targets >= 0]


def perplexity(prediction: HostArray, true: HostArray) -> float:
    """Return exp(−mean log p) of the probabilities given to what is true.

    It is the number of equally likely tokens that would be as hard to guess; 1 is the best.

    Parameters
    ----------
    prediction
        Probabilities (N, steps, tokens).
    true
        Numbers of tokens (N, steps), −1 where no answer is wanted.
    """
    wanted = true >= 0
    p = np.take_along_axis(prediction, np.maximum(true, 0)[..., None], axis=-1)[wanted]
    if not p.size:
        return float("nan")
    logarithms = np.log(np.maximum(p, np.finfo(np.float32).tiny), dtype=np.float64)
    return float(np.exp(-logarithms.mean()))


@dataclass(frozen=True)
class TextTask(Task):
    """What all tasks on a text have in common; they differ in how samples are cut from it."""

    data_field: ClassVar[str] = "file"
    special: ClassVar[tuple[str, ...]] = (UNKNOWN,)
    """Tokens that no text holds, numbered from 0."""

    source: str = param(
        "stories-en",
        choices=("stories-en", "stories-ko", "prose-en", "prose-ko"),
        label="Source",
        help="The text that is learned where no file is chosen",
    )
    file: str = param("", label="File", help="A plain text file; empty: the built-in text")
    tokenizer: str = param(
        "character",
        choices=("character", "word", "jamo"),
        label="Tokens",
        help="What the text is cut into: characters, words, or the letters of Hangul syllables",
    )
    vocabulary: int = param(
        64,
        low=8,
        high=5000,
        label="Vocabulary",
        presets=(48, 64, 80, 256, 1000),
        help="How many tokens have a number: the most frequent ones; all others are one unknown",
    )
    context: int = param(
        32,
        low=2,
        high=512,
        label="Context length",
        unit="tokens",
        presets=(8, 16, 32, 64, 128),
        help="How many tokens the network sees at once",
    )
    training_share: float = param(
        0.8,
        low=0.1,
        high=0.9,
        step=0.05,
        label="Training share",
        help="Share of the text, from the beginning on, the network learns from",
    )
    validation_share: float = param(
        0.1,
        low=0.05,
        high=0.5,
        step=0.05,
        label="Validation share",
        help="Share that follows and validates; the rest, the end, is the test part",
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        check_shares(self.label, self.training_share, self.validation_share)

    @property
    def token_count(self) -> int:
        """The size of the vocabulary."""
        return self.vocabulary

    @property
    def input_shape(self) -> Shape:
        """Numbers of tokens, as `engine.layers.embedding.Embedding` reads them."""
        return (self.context,)

    @property
    def target(self) -> Target:
        """A token at each place, by its number: which token it is shows in the text."""
        return self._target([str(number) for number in range(self.vocabulary)])

    def _target(self, labels: Sequence[str]) -> Target:
        return Target(tuple(labels), steps=self.context)

    def load(self, seed: int) -> TextDataset:
        """Read the text, split in its order, and number the tokens that the training part has.

        Raises
        ------
        DataError
            Where the file cannot be read, is too short, or has too many different tokens.
        """
        text, notices = read_file(self.file) if self.file else (built_in(self.source), ())
        units = self.cut(text)
        borders = (self.training_share, self.training_share + self.validation_share, 1.0)
        bounds = [0, *(round(share * len(units)) for share in borders)]
        pieces = [units[start:stop] for start, stop in pairwise(bounds)]
        tokens = list(chain.from_iterable(pieces[0]))
        vocabulary = Vocabulary.of(tokens, self.vocabulary, self.special, self.tokenizer)
        notices += self._judged(tokens, vocabulary)

        def numbered(vocabulary: Vocabulary) -> TextDataset:
            parts = (
                self.samples(units, vocabulary, name, seed)
                for units, name in zip(pieces, PARTS, strict=True)
            )
            return TextDataset(
                self._target(vocabulary.labels),
                *parts,
                notices=notices,
                text=text,
                vocabulary=vocabulary,
                renumbered=numbered,
            )

        return numbered(vocabulary)

    def _judged(self, tokens: Sequence[str], vocabulary: Vocabulary) -> tuple[Text, ...]:
        """Say how much is unknown where that is much, or raise DataError where it is too much."""
        numbers = vocabulary.numbers
        unknown = sum(token not in numbers for token in tokens) / max(1, len(tokens))
        if unknown > REFUSED:
            raise DataError(
                "{file} has {found} different tokens, so that {share} of it lie outside of the "
                "vocabulary of {size}; raise the vocabulary or cut the text in another way.",
                file=self.name,
                found=f"{len(set(tokens)):,}",
                share=f"{unknown:.0%}",
                size=self.vocabulary,
            )
        if unknown <= NOTED:
            return ()
        return (
            Text(
                "{share} of the text lie outside of the vocabulary of {size} and are unknown to "
                "the network.",
                share=f"{unknown:.0%}",
                size=self.vocabulary,
            ),
        )

    @property
    def name(self) -> str | Text:
        """What the text is called in messages."""
        return Path(self.file).name if self.file else Text("The built-in text")

    def cut(self, text: str) -> Sequence[Sequence[str]]:
        """Return the tokens of a text in pieces that a split leaves whole."""
        raise NotImplementedError

    def samples(
        self, units: Sequence[Sequence[str]], vocabulary: Vocabulary, part: str, seed: int
    ) -> Part:
        """Return the samples of the pieces that belong to a part."""
        raise NotImplementedError


@task("text", label="Next token", icon="book")
@dataclass(frozen=True)
class NextToken(TextTask):
    """A text, of which each token is foretold from those before it."""

    stride: int = param(
        16,
        low=1,
        high=512,
        label="Stride",
        unit="tokens",
        presets=(1, 4, 8, 16, 32),
        help="How far one training sample begins after another one",
    )

    def cut(self, text: str) -> Sequence[Sequence[str]]:
        """Return every token by itself."""
        return [(token,) for token in TOKENIZERS[self.tokenizer].split(text)]

    def samples(
        self, units: Sequence[Sequence[str]], vocabulary: Vocabulary, part: str, seed: int
    ) -> Part:
        """Return windows of the text, and the same windows one token later as targets."""
        numbers = vocabulary.encode(chain.from_iterable(units))
        if len(numbers) <= self.context:
            raise DataError(
                "{file} is too short: {count} tokens are left for the {part}, which needs more "
                "than the context length of {context}; take a longer text or a shorter context.",
                file=self.name,
                count=len(numbers),
                part=PART_NAMES[part],
                context=self.context,
            )
        stride = self.stride if part == "training" else self.context
        windows = sliding_window_view(numbers, self.context + 1)[::stride]
        return Part(windows[:, :-1].astype(np.float32), windows[:, 1:].copy())
