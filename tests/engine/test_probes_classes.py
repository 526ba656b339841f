"""Curves over all thresholds agree with scikit-learn, and the cells of the confusion matrix."""

from __future__ import annotations

import numpy as np
import pytest

from engine.activations import Sigmoid, Softmax
from engine.experiment import Experiment
from engine.graph import Graph
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.losses import BinaryCrossEntropy
from engine.metrics import predicted_classes
from engine.probes import Confusion
from engine.probes_classes import CellSamples, Rankings
from engine.ranking import MOST_POINTS, areas, ranking
from engine.tasks.digits import Digits
from engine.tasks.points import Points
from engine.trainer import Trainer


@pytest.fixture(scope="module")
def trainer() -> Trainer:
    graph = Graph.chain(Flatten(), Dense(10, Softmax()))
    trainer = Trainer(Experiment(Digits(training_count=300), graph).but(batch_size=50, epochs=2))
    for _ in trainer.steps():
        pass
    return trainer


@pytest.mark.parametrize("decimals", [1, 2, 7])
def test_areas_agree_with_scikit_learn_ties_among_the_scores_or_not(decimals):
    from sklearn.metrics import average_precision_score, roc_auc_score

    rng = np.random.default_rng(decimals)
    belongs = rng.random(700) < 0.2
    scores = np.round(rng.normal(size=700) + belongs, decimals)
    curve = ranking(scores, belongs)
    assert curve.auc == pytest.approx(roc_auc_score(belongs, scores))
    assert curve.average_precision == pytest.approx(average_precision_score(belongs, scores))
    assert curve.share == belongs.mean()


def test_corners_are_points_of_scikit_learn_and_what_lies_between_them_is_straight():
    from sklearn.metrics import precision_recall_curve, roc_curve

    rng = np.random.default_rng(0)
    belongs, scores = rng.random(60) < 0.5, rng.integers(0, 20, 60) / 20
    curve = ranking(scores, belongs)
    precision, recall, _ = precision_recall_curve(belongs, scores)
    for own, expected in (
        (
            (curve.false_positive_rate, curve.true_positive_rate),
            roc_curve(belongs, scores, drop_intermediate=False)[:2],
        ),
        ((curve.recall[1:], curve.precision[1:]), (recall[-2::-1], precision[-2::-1])),
    ):
        every = np.transpose(expected)
        assert all(np.isclose(every, point).all(axis=1).any() for point in zip(*own, strict=True))
        assert np.trapezoid(*own[::-1]) == pytest.approx(np.trapezoid(*expected[::-1]))


def test_long_curves_keep_their_ends_their_shape_and_their_areas():
    rng = np.random.default_rng(1)
    belongs = rng.random(20_000) < 0.3
    scores = rng.normal(size=20_000) + belongs
    curve = ranking(scores, belongs)
    x, y = curve.false_positive_rate, curve.true_positive_rate
    assert len(x) <= MOST_POINTS + 1 and (x[0], y[0], x[-1], y[-1]) == (0, 0, 1, 1)
    assert np.trapezoid(y, x) == pytest.approx(curve.auc, abs=1e-3)
    assert curve.recall[-1] == 1 and curve.precision[-1] == pytest.approx(curve.share)


def test_perfect_scores_have_areas_of_1_and_a_class_alone_has_no_curve():
    belongs = np.arange(10) > 6
    curve = ranking(np.arange(10.0), belongs)
    assert (curve.auc, curve.average_precision) == pytest.approx((1, 1))
    assert ranking(np.arange(10.0), np.ones(10, bool)) is None
    assert ranking(np.arange(10.0), np.zeros(10, bool)) is None
    assert areas((curve, None)) == (curve.auc, 1)
    assert np.isnan(areas((None,))).all()


def test_the_samples_of_all_cells_are_all_samples(trainer):
    counts = Confusion().measure(trainer)
    part = trainer.dataset.validation
    predicted = predicted_classes(trainer.network.predict(part.inputs))
    for true, taken in ((3, 3), (4, 9), (8, 3)):
        rows = CellSamples(true, taken, limit=10**6).measure(trainer)
        assert len(rows) == counts[true, taken]
        assert (part.targets[rows] == true).all() and (predicted[rows] == taken).all()
    assert len(CellSamples(3, 3, limit=7).measure(trainer)) == min(7, counts[3, 3])


def test_every_class_of_many_has_a_curve_and_of_two_only_class_1(trainer):
    from sklearn.metrics import roc_auc_score

    part = trainer.dataset.validation
    prediction = trainer.network.predict(part.inputs)
    curves = Rankings().measure(trainer)
    for label, curve in enumerate(curves):
        expected = roc_auc_score(part.targets == label, prediction[:, label])
        assert curve.auc == pytest.approx(expected)
    for layer, loss in ((Dense(2, Softmax()), None), (Dense(1, Sigmoid()), BinaryCrossEntropy())):
        experiment = Experiment(Points(), Graph.chain(layer))
        two = Trainer(experiment if loss is None else experiment.but(loss=loss))
        (curve,) = Rankings().measure(two)
        part = two.dataset.validation
        scores = two.network.predict(part.inputs)[:, -1]
        assert curve.auc == pytest.approx(roc_auc_score(part.targets, scores))


def test_answers_at_every_step_are_ranked_without_the_gaps():
    from sklearn.metrics import average_precision_score

    from engine.tasks.tagging import Tagging
    from playground.examples import example

    trainer = Trainer(example("many-to-many-tagging"))
    assert isinstance(trainer.experiment.task, Tagging)
    part = trainer.dataset.validation
    asked = part.targets >= 0
    scores = trainer.network.predict(part.inputs)[asked]
    for label, curve in enumerate(Rankings().measure(trainer)):
        expected = average_precision_score(part.targets[asked] == label, scores[:, label])
        assert curve.average_precision == pytest.approx(expected)
    counts = Confusion().measure(trainer)
    true, predicted = np.unravel_index(counts.argmax(), counts.shape)
    rows = CellSamples(int(true), int(predicted)).measure(trainer)
    assert 0 < len(rows) <= 60 and (part.targets[rows] == true).any(axis=1).all()
