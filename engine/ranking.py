"""How well scores put the samples of a class before all others, at every threshold at once."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np

from engine.tasks.base import HostArray

MOST_POINTS = 200
"""So many points of a curve can be told apart in a picture."""


@dataclass(frozen=True)
class Ranking:
    """The curves of one class against all others.

    A sample counts as one of the class where its score reaches a threshold. The curves run from
    the highest threshold, which none reaches, to the lowest, which all reach. Areas are those
    under all points, of which at most `MOST_POINTS` are kept.

    Attributes
    ----------
    false_positive_rate, true_positive_rate
        The receiver operating characteristic (ROC), FP / (FP + TN) and TP / (TP + FN), (n,) each.
    recall, precision
        The precision–recall curve, TP / (TP + FN) and TP / (TP + FP), (m,) each.
    auc
        The area under the ROC curve: the probability that one of the class has a higher score
        than one of the others, ties counted half (Hanley and McNeil 1982).
    average_precision
        Σ (Rᵢ − Rᵢ₋₁) Pᵢ over the thresholds.
    share
        The share of the class among all samples, the precision of guessing.
    """

    false_positive_rate: HostArray
    true_positive_rate: HostArray
    recall: HostArray
    precision: HostArray
    auc: float
    average_precision: float
    share: float


def ranking(scores: HostArray, belongs: HostArray) -> Ranking | None:
    """Return the curves of scores (N,) for a class to which samples belong or not, bool (N,).

    None where there are no samples of the class, or none of the others.
    """
    positives = int(belongs.sum())
    negatives = len(belongs) - positives
    if not positives or not negatives:
        return None
    order = np.argsort(-scores, kind="stable")
    descending, hits = scores[order], np.cumsum(belongs[order])
    last = np.flatnonzero(np.append(descending[1:] != descending[:-1], True))  # of equal scores
    true = hits[last]
    recall, precision = true / positives, true / (last + 1)
    false_positive = np.append(0, (last + 1 - true) / negatives)
    true_positive = np.append(0, recall)
    auc = float(np.trapezoid(true_positive, false_positive))
    average = float((np.diff(recall, prepend=0) * precision).sum())
    return Ranking(
        *_thinned(false_positive, true_positive),
        *_thinned(np.append(0, recall), np.append(precision[0], precision)),
        auc,
        average,
        positives / len(belongs),
    )


def areas(curves: tuple[Ranking | None, ...]) -> tuple[float, float]:
    """Return the means of AUC and of average precision over the classes that have curves."""
    known = [curve for curve in curves if curve is not None]
    if not known:
        return nan, nan
    return (
        float(np.mean([curve.auc for curve in known])),
        float(np.mean([curve.average_precision for curve in known])),
    )


def _thinned(x: HostArray, y: HostArray) -> tuple[HostArray, HostArray]:
    """Leave out what lies on straight lines, then all but points equally far apart on the way."""
    dx, dy = np.diff(x), np.diff(y)
    turns = ~np.isclose(dx[1:] * dy[:-1], dx[:-1] * dy[1:], rtol=0, atol=1e-15)
    corners = np.concatenate([[True], turns, [True]])
    x, y = x[corners], y[corners]
    if len(x) <= MOST_POINTS:
        return x, y
    way = np.cumsum(np.abs(np.diff(x, prepend=x[0])) + np.abs(np.diff(y, prepend=y[0])))
    places = np.searchsorted(way, np.linspace(0, way[-1], MOST_POINTS))
    kept = np.unique(np.append(places.clip(max=len(x) - 1), len(x) - 1))
    return x[kept], y[kept]
