"""A run at one moment, for the screen: what the training thread leaves and the views draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from engine.experiment import Experiment
from engine.history import Table
from engine.probes import Probe
from engine.tasks import Dataset

EMPTY = Table(("step", "epoch", "seconds", "learning_rate"), np.empty((0, 4)))


@dataclass(frozen=True)
class Snapshot:
    """A run at one moment, for the screen.

    Attributes
    ----------
    serial
        Grows by one with every snapshot.
    state
        ``idle`` (never trained), ``loading`` (data are being read), ``running``, ``paused``,
        ``finished``, ``diverged``, ``invalid`` (network or data have an error) or ``failed``
        (the program has one).
    experiment
        What the numbers belong to; a view draws none of another experiment's.
    step, epoch, batch, batches_per_epoch, goal
        Updates, finished epochs, updates within the running epoch, and how many an epoch has;
        `goal` is the epoch at which the run ends.
    speed
        Updates a second, lately; 0 where nothing trains.
    history, batches
        One row for each recorded epoch, and the training loss within long epochs.
    answers
        The answers of probes, each the latest there is.
    dataset
        The data of the run, which nobody changes; None while they are being read.
    error
        What went wrong, for the states ``diverged``, ``failed`` and ``invalid``.
    """

    serial: int
    state: str
    experiment: Experiment
    step: int = 0
    epoch: int = 0
    batch: int = 0
    batches_per_epoch: int = 0
    goal: int = 0
    speed: float = 0.0
    history: Table = EMPTY
    batches: Table = EMPTY
    answers: Mapping[Probe, Any] = field(default_factory=dict)
    dataset: Dataset | None = None
    error: Exception | None = None
