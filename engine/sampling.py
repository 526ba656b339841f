"""Text written by a language model: token after token, or words in the place of masks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from engine.checkpoint import Checkpoint, fill
from engine.errors import DataError, FormatError
from engine.experiment import Experiment
from engine.fields import Spec, param
from engine.network import Network
from engine.probes import Probe
from engine.streams import stream
from engine.tasks.base import HostArray
from engine.tasks.masked_text import MaskedText
from engine.tasks.text import NextToken, TextDataset, TextTask
from engine.tasks.tokens import CLS, MASK, Vocabulary
from engine.text import Text
from engine.trainer import Trainer


@dataclass(frozen=True)
class Sampling(Spec):
    """How a text is continued."""

    count: int = param(
        200, low=1, high=10_000, label="Length", unit="tokens", help="How many tokens are written"
    )
    temperature: float = param(
        0.8,
        low=0.0,
        high=5.0,
        step=0.1,
        label="Temperature",
        help="Below 1, likely tokens become likelier; 0 always takes the likeliest",
    )
    top_k: int = param(
        0,
        low=0,
        high=5000,
        label="Top k",
        help="How many of the likeliest tokens are drawn from; 0 draws from all",
    )
    seed: int = param(0, low=0, high=2**32 - 1, label="Seed", help="Fixes what is drawn")


@dataclass(frozen=True)
class Continuation:
    """A text that a network has continued.

    Attributes
    ----------
    text
        The prompt and what follows it.
    tokens
        The numbers of the new tokens, (count,).
    probabilities
        What the network gave each token of the vocabulary before each new one was drawn, float32
        (count, vocabulary).
    """

    text: str
    tokens: tuple[int, ...]
    probabilities: HostArray


def generate(
    network: Network, vocabulary: Vocabulary, prompt: str, how: Sampling | None = None
) -> Continuation:
    """Continue a text.

    Parameters
    ----------
    network
        Takes the numbers of tokens (context,) and gives the probabilities of the next one at each
        place, (context, vocabulary); it must not look ahead, as with a causal mask.
    vocabulary
        What the numbers stand for.
    prompt
        The beginning; if empty, the text begins with a new line.
    how
        How many tokens are drawn, and how.
    """
    how = how or Sampling()
    begun = [int(number) for number in vocabulary.read(prompt or "\n")]
    steps = list(_written(network, vocabulary, begun, how))
    new = tuple(token for token, _ in steps)
    text = vocabulary.write([*(begun if prompt else ()), *new])
    return Continuation(text, new, np.array([p for _, p in steps], np.float32))


def _written(
    network: Network, vocabulary: Vocabulary, begun: Sequence[int], how: Sampling
) -> Iterator[tuple[int, HostArray]]:
    """Yield each new token and the probabilities it was drawn from."""
    rng = stream(how.seed, "sampling")
    (context,) = network.input_shape
    numbers = list(begun)
    for _ in range(how.count):
        p = next_token(network, numbers[-context:])
        numbers.append(draw(p[: vocabulary.used], vocabulary.special, how, rng))
        yield numbers[-1], p


def next_token(network: Network, numbers: Sequence[int]) -> HostArray:
    """Return the probabilities (vocabulary,) of the token after at most `context` others.

    They stand at the beginning of the context, as in training; what comes behind them is not seen.
    """
    p: HostArray = _probabilities(network, numbers)[-1]
    return p


def _probabilities(network: Network, numbers: Sequence[int]) -> HostArray:
    """Return what the network gives at the place of each number, (n, vocabulary)."""
    x = np.zeros((1, *network.input_shape), np.float32)
    x[0, : len(numbers)] = numbers
    p: HostArray = network.predict(network.device.to_device(x))[0, : len(numbers)]
    return p


def draw(p: HostArray, special: int, how: Sampling, rng: np.random.Generator) -> int:
    """Draw a token with a probability proportional to p^(1/temperature), but no special one."""
    return int(rng.choice(len(p), p=shares(p, special, how)))


def shares(p: HostArray, special: int, how: Sampling) -> HostArray:
    """Return what a token is drawn by, float64 (tokens,), for the probabilities of a network.

    That is p^(1/temperature) of the `how.top_k` likeliest, divided by its sum, and 0 of the first
    `special` ones; at temperature 0 the likeliest has all.
    """
    found = np.zeros(len(p))
    logits = np.log(np.maximum(p[special:], np.finfo(np.float64).tiny))
    if how.temperature == 0:
        found[special + int(logits.argmax())] = 1
        return found
    if 0 < how.top_k < len(logits):
        logits[logits < np.partition(logits, -how.top_k)[-how.top_k]] = -np.inf
    weights = np.exp((logits - logits.max()) / how.temperature)
    found[special:] = weights / weights.sum()
    return found


@dataclass(frozen=True)
class Filling:
    """A sentence in which a network has found the masked words.

    Attributes
    ----------
    text
        The sentence.
    numbers
        Its tokens, (n,).
    places
        Which of them stood behind a mask, (masks,).
    probabilities
        What the network gave each token of the vocabulary there, float32 (masks, vocabulary).
    """

    text: str
    numbers: tuple[int, ...]
    places: tuple[int, ...]
    probabilities: HostArray


def fill_masks(network: Network, vocabulary: Vocabulary, sentence: str) -> Filling:
    """Put the likeliest token in the place of every ``[MASK]`` of a sentence.

    Parameters
    ----------
    network
        Takes the numbers of [CLS], a sentence and its padding (context,) and gives probabilities at
        each place, (context, vocabulary).
    vocabulary
        What the numbers stand for.
    sentence
        What lies beyond the context is left out.

    Raises
    ------
    DataError
        Where nothing is masked.
    """
    first, *others = (vocabulary.read(piece).tolist() for piece in sentence.split(MASK))
    if not others:
        raise DataError("Nothing is hidden in the sentence; write [MASK] in the place of a word.")
    (context,) = network.input_shape
    cls, mask = vocabulary.tokens.index(CLS), vocabulary.tokens.index(MASK)
    numbers = [cls, *first, *(n for piece in others for n in (mask, *piece))][:context]
    p, given = _probabilities(network, numbers)[1:], np.array(numbers[1:], np.int64)
    found = p[:, vocabulary.special : vocabulary.used].argmax(axis=1) + vocabulary.special
    masked = given == mask
    filled = np.where(masked, found, given)
    places = tuple(np.flatnonzero(masked).tolist())
    return Filling(vocabulary.write(filled), tuple(filled.tolist()), places, p[masked])


def restored(experiment: Experiment, checkpoint: Checkpoint) -> tuple[Network, Vocabulary]:
    """Return a trained language model and its vocabulary; the text itself is not needed.

    Raises
    ------
    DataError
        Where the network did not learn from a text.
    FormatError
        Where the checkpoint does not fit the experiment.
    """
    task = experiment.task
    if not isinstance(task, TextTask):
        raise DataError(
            "The network has learned no text, but the task {task}; choose a language model, as the "
            "examples gpt-char and bert-mlm are.",
            task=Text(task.label),
        )
    for error in experiment.shapes().errors.values():
        raise error
    network = Network(experiment.graph, task.input_shape, experiment.training.loss)
    try:
        fill(network.theta, checkpoint.arrays["theta"], network.device)
        tokens = tuple(map(str, checkpoint.state["fitted"]["tokens"]))
        if len(tokens) != task.vocabulary or tokens[: len(task.special)] != task.special:
            raise ValueError("the vocabulary does not fit the task")
    except (LookupError, TypeError, ValueError) as error:
        raise FormatError(
            "The saved state of the run is damaged ({reason}); train the network anew.",
            reason=error,
        ) from None
    return network, Vocabulary(task.tokenizer, tokens, len(task.special))


@dataclass(frozen=True)
class Continue(Probe):
    """How the network continues a text; None where its task is not to foretell the next token."""

    prompt: str = ""
    how: Sampling = Sampling()

    def measure(self, trainer: Trainer) -> Continuation | None:
        """Return the text with the probabilities of each token."""
        data = trainer.dataset
        if not isinstance(trainer.experiment.task, NextToken) or not isinstance(data, TextDataset):
            return None
        return generate(trainer.network, data.vocabulary, self.prompt, self.how)


@dataclass(frozen=True)
class Fill(Probe):
    """How the network fills the masks of a sentence.

    None where nothing is masked, and where its task is not to find masked words.
    """

    sentence: str = ""

    def measure(self, trainer: Trainer) -> Filling | None:
        """Return the sentence with the probabilities in the places of its masks."""
        data = trainer.dataset
        if not isinstance(trainer.experiment.task, MaskedText) or MASK not in self.sentence:
            return None
        assert isinstance(data, TextDataset)
        return fill_masks(trainer.network, data.vocabulary, self.sentence)
