"""How good predictions are: counts for classes, errors for numbers."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan
from typing import Any

import numpy as np

HostArray = np.ndarray[Any, Any]

ROUNDING = 1e-6
"""What is this small beside the largest number is a 0 that was scaled in float32 and back."""


def predicted_classes(prediction: HostArray) -> HostArray:
    """Return class indices (N, …) from probabilities (N, …, classes), or (N, …, 1) of class 1."""
    if prediction.shape[-1] == 1:
        return (prediction[..., 0] > 0.5).astype(np.int64)
    classes: HostArray = prediction.argmax(axis=-1)
    return classes


def confusion_matrix(predicted: HostArray, true: HostArray, classes: int) -> HostArray:
    """Return counts (classes, classes): row the true class, column the predicted one.

    Places of which the true class is −1 are left out.
    """
    asked = true >= 0
    pairs = np.bincount(true[asked] * classes + predicted[asked], minlength=classes * classes)
    return pairs.reshape(classes, classes)


@dataclass(frozen=True)
class ClassReport:
    """Measures of each class against all others, arrays (classes,).

    A ratio of which the denominator is 0, such as the precision of a class that was never
    predicted, counts as 0.

    Attributes
    ----------
    precision
        TP / (TP + FP), the share of right ones among those predicted as the class.
    recall
        TP / (TP + FN), the share of the class that was found; also called sensitivity.
    specificity
        TN / (TN + FP), the share of the others that was kept out.
    f1
        2 TP / (2 TP + FP + FN), the harmonic mean of precision and recall.
    support
        How many samples the class has.
    occurs
        Whether the class is among the true or the predicted ones.
    """

    precision: HostArray
    recall: HostArray
    specificity: HostArray
    f1: HostArray
    support: HostArray
    occurs: HostArray

    def summary(self) -> dict[str, float]:
        """Return precision, recall, specificity and F1 as one number each.

        Of two classes, class 1 is the positive one and has the numbers; of more, they are means
        over the classes that occur (macro averages).
        """
        counted = self.occurs if len(self.occurs) != 2 else np.array([False, True])
        names = ("precision", "recall", "specificity", "f1")
        return {
            name: float(getattr(self, name)[counted].mean()) if counted.any() else nan
            for name in names
        }


def class_report(matrix: HostArray) -> ClassReport:
    """Return the measures of each class from a confusion matrix, rows true, columns predicted."""
    hits, support, predicted = matrix.diagonal(), matrix.sum(axis=1), matrix.sum(axis=0)
    false_alarms, others = predicted - hits, matrix.sum() - support
    return ClassReport(
        precision=_ratio(hits, predicted),
        recall=_ratio(hits, support),
        specificity=_ratio(others - false_alarms, others),
        f1=_ratio(2 * hits, support + predicted),
        support=support,
        occurs=support + predicted > 0,
    )


def _ratio(part: HostArray, whole: HostArray) -> HostArray:
    return np.where(whole > 0, part / np.maximum(whole, 1), 0.0)


def class_metrics(
    prediction: HostArray, true: HostArray, classes: int, thorough: bool = False
) -> dict[str, float]:
    """Return the accuracy; if `thorough` also precision, recall, specificity and F1.

    Parameters
    ----------
    prediction
        Probabilities (N, …, classes), or (N, …, 1) of class 1.
    true
        The classes (N, …), −1 where there is none.
    classes
        How many classes there are.
    thorough
        Whether to count the confusion matrix, too; see `ClassReport.summary`.
    """
    predicted = predicted_classes(prediction)
    asked = int((true >= 0).sum())
    accuracy = int((predicted == true).sum()) / asked if asked else nan
    if not thorough:
        return {"accuracy": accuracy}
    report = class_report(confusion_matrix(predicted, true, classes))
    return {"accuracy": accuracy, **report.summary()}


def number_metrics(prediction: HostArray, true: HostArray) -> dict[str, float]:
    """Return RMSE, MAE, MAPE (percent) and R² over all rows and outputs (N, …, outputs).

    MAPE leaves out values of which the truth is 0, which scaling and back makes almost 0. R² is
    1 − Σ (t − y)² / Σ (t − mean t)², with the mean of each output; where the truth is constant it
    is 1 if it is met and 0 otherwise.
    A measure of nothing is NaN.
    """
    if not len(true):
        return dict.fromkeys(("rmse", "mae", "mape", "r2"), nan)
    t = true.astype(np.float64)
    error = prediction - t
    squares, spread = float((error**2).sum()), float(((t - t.mean(axis=0)) ** 2).sum())
    counted = np.abs(t) > ROUNDING * np.abs(t).max()
    relative = np.abs(error[counted] / t[counted])
    return {
        "rmse": float(np.sqrt(squares / error.size)),
        "mae": float(np.abs(error).mean()),
        "mape": float(100 * relative.mean()) if relative.size else nan,
        "r2": 1 - squares / spread if spread else float(squares == 0),
    }
