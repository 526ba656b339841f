"""The simplest forecasts: always the most frequent class, always the mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.metrics import class_metrics

HostArray = np.ndarray[Any, Any]

MOST_FREQUENT = "most frequent class"
MEAN = "mean of the training part"


def most_frequent(classes: HostArray) -> int:
    """Return the class that occurs most often; of several, the first."""
    return int(np.bincount(classes).argmax())


def class_baseline(forecast: HostArray, true: HostArray, classes: int) -> Mapping[str, float]:
    """Return the metrics of a forecast that names a class, not probabilities, for each row."""
    certain = np.eye(classes, dtype=np.float32)[forecast]
    return class_metrics(certain, true, classes, thorough=True)
