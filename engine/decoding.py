"""Answers of sequence models without teacher forcing: each word is chosen, then read again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from engine.metrics import predicted_classes
from engine.network import Network
from engine.probes import Probe
from engine.tasks.base import HostArray
from engine.tasks.sequences import EOS, PAD, SOS, SequenceDataset

if TYPE_CHECKING:
    from engine.trainer import Trainer


def decode(network: Network, dataset: SequenceDataset, inputs: HostArray) -> HostArray:
    """Return the labels that a network answers, by greedy decoding where it has a decoder.

    The decoder begins with [sos]; at every step the most probable word becomes its next input,
    until [eos] (Sutskever et al. 2014, with a beam of one).

    Parameters
    ----------
    network
        One that was trained on the dataset.
    dataset
        Tells which part of an input is the question; answers that follow it are not looked at.
    inputs
        Rows (N, *input shape) as in a part of the dataset.

    Returns
    -------
    HostArray
        Labels int64, (N,) or (N, steps); what follows an [eos] is [eos] as well.
    """
    to_device, start = network.device.to_device, dataset.question_steps
    if not start:
        return predicted_classes(network.predict(to_device(inputs)))
    fed = inputs.copy()
    fed[:, start:] = PAD
    fed[:, start] = SOS
    labels = np.zeros((len(fed), fed.shape[1] - start), np.int64)
    over = np.zeros(len(fed), bool)
    for step in range(labels.shape[1]):
        prediction = network.predict(to_device(fed))[:, step]
        labels[:, step] = np.where(over, 0, prediction.argmax(axis=-1))
        over |= labels[:, step] == 0
        if over.all():
            break
        if step + 1 < labels.shape[1]:
            fed[:, start + step + 1] = np.where(over, PAD, labels[:, step] + EOS)
    return labels


@dataclass(frozen=True)
class Decoded(Probe):
    """What the network answers to some samples of a part, int64 (n,) or (n, steps)."""

    part: str = "validation"
    first: int = 0
    count: int = 4

    def measure(self, trainer: Trainer) -> HostArray:
        """Return the labels."""
        dataset = trainer.dataset
        if not isinstance(dataset, SequenceDataset):
            raise TypeError("only sequences of tokens are decoded")
        inputs = dataset.part(self.part).inputs[self.first : self.first + self.count]
        return decode(trainer.network, dataset, inputs)
