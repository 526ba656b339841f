"""What a view asks about classes: who was taken for what, and how well scores rank."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from engine.metrics import predicted_classes
from engine.probes import Probe
from engine.ranking import Ranking, ranking
from engine.tasks.base import HostArray

if TYPE_CHECKING:
    from engine.trainer import Trainer

MOST_PLACES = 20_000
"""Curves are drawn from so many answers; more would not change what is seen."""


@dataclass(frozen=True)
class CellSamples(Probe):
    """The samples of one cell of the confusion matrix.

    The answer holds the indices of the first `limit` samples of a part, int64 (n,), of which the
    class `true` was taken for the class `predicted`, at one place at least where there are several.
    """

    true: int
    predicted: int
    part: str = "validation"
    limit: int = 60

    def measure(self, trainer: Trainer) -> HostArray:
        """Return the indices."""
        x, _ = trainer.feed.part(self.part)
        targets = trainer.dataset.part(self.part).targets
        predicted = predicted_classes(trainer.network.predict(x))
        hits = (targets == self.true) & (predicted == self.predicted)
        return np.flatnonzero(hits.reshape(len(hits), -1).any(axis=1))[: self.limit]


@dataclass(frozen=True)
class Rankings(Probe):
    """The ROC and precision–recall curves of each class against all others.

    The answer has a `Ranking` for each class, None where the class does not occur, or alone; of
    two classes it is only that of class 1.
    """

    part: str = "validation"

    def measure(self, trainer: Trainer) -> tuple[Ranking | None, ...]:
        """Return the curves."""
        x, _ = trainer.feed.part(self.part)
        targets = trainer.dataset.part(self.part).targets
        rows = max(1, MOST_PLACES // max(targets[0].size, 1)) if len(targets) else 1
        prediction = trainer.network.predict(x[:rows])
        asked = targets[:rows] >= 0
        scores, true = prediction[asked], targets[:rows][asked]
        classes = len(trainer.dataset.target.labels)
        if classes == 2:
            return (ranking(scores[:, -1], true == 1),)
        return tuple(ranking(scores[:, label], true == label) for label in range(classes))
