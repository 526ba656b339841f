import numpy as np
import pytest
from sklearn import metrics as sk

from engine.metrics import (
    class_metrics,
    class_report,
    confusion_matrix,
    number_metrics,
    predicted_classes,
)


def draw_classes(classes, rows=200, seed=0):
    """Return probabilities (rows, classes) and true classes that they often meet."""
    rng = np.random.default_rng(seed)
    true = rng.integers(0, classes, rows)
    return rng.dirichlet(np.ones(classes), rows) * 0.7 + 0.3 * np.eye(classes)[true], true


@pytest.mark.parametrize("classes", [2, 3, 10])
def test_reports_of_each_class_agree_with_scikit_learn(classes):
    prediction, true = draw_classes(classes)
    predicted = predicted_classes(prediction)
    matrix = confusion_matrix(predicted, true, classes)
    np.testing.assert_array_equal(matrix, sk.confusion_matrix(true, predicted))
    report = class_report(matrix)
    precision, recall, f1, support = sk.precision_recall_fscore_support(true, predicted)
    np.testing.assert_allclose(report.precision, precision)
    np.testing.assert_allclose(report.recall, recall)
    np.testing.assert_allclose(report.f1, f1)
    np.testing.assert_array_equal(report.support, support)
    # The specificity of a class is the recall of all others taken together.
    others = [sk.recall_score(true != k, predicted != k) for k in range(classes)]
    np.testing.assert_allclose(report.specificity, others)


@pytest.mark.parametrize("classes", [3, 10])
def test_many_classes_are_averaged(classes):
    prediction, true = draw_classes(classes)
    predicted = prediction.argmax(axis=1)
    found = class_metrics(prediction, true, classes, thorough=True)
    assert found["accuracy"] == pytest.approx(sk.accuracy_score(true, predicted))
    assert found["precision"] == pytest.approx(sk.precision_score(true, predicted, average="macro"))
    assert found["recall"] == pytest.approx(sk.recall_score(true, predicted, average="macro"))
    assert found["f1"] == pytest.approx(sk.f1_score(true, predicted, average="macro"))


def test_of_two_classes_the_second_is_positive():
    prediction, true = draw_classes(2)
    predicted = prediction.argmax(axis=1)
    tn, fp, fn, tp = sk.confusion_matrix(true, predicted).ravel()
    expected = {
        "accuracy": (tp + tn) / 200,
        "precision": tp / (tp + fp),
        "recall": tp / (tp + fn),
        "specificity": tn / (tn + fp),
        "f1": 2 * tp / (2 * tp + fp + fn),
    }
    assert class_metrics(prediction, true, 2, thorough=True) == pytest.approx(expected)
    assert class_metrics(prediction[:, 1:], true, 2, thorough=True) == pytest.approx(expected)


def test_ratios_of_nothing_count_as_zero():
    """Class 1 is never predicted, class 2 never true, class 3 is neither, class 4 is right once."""
    true, predicted = np.array([0, 0, 1, 1, 4]), np.array([0, 0, 0, 2, 4])
    report = class_report(confusion_matrix(predicted, true, 5))
    precision, recall, f1, _ = sk.precision_recall_fscore_support(
        true, predicted, labels=range(5), zero_division=0
    )
    np.testing.assert_allclose(report.precision, precision)
    np.testing.assert_allclose(report.recall, recall)
    np.testing.assert_allclose(report.f1, f1)
    np.testing.assert_array_equal(report.occurs, [True, True, True, False, True])
    summary = report.summary()
    assert summary["f1"] == pytest.approx(
        sk.f1_score(true, predicted, average="macro", zero_division=0)
    )


def test_accuracy_is_all_that_quick_metrics_hold():
    prediction, true = draw_classes(3)
    assert class_metrics(prediction, true, 3).keys() == {"accuracy"}


@pytest.mark.parametrize("outputs", [1, 3])
def test_numbers_agree_with_scikit_learn(outputs):
    rng = np.random.default_rng(2)
    true = rng.normal(60, 12, (300, outputs))
    prediction = true + rng.normal(0, 3, true.shape)
    found = number_metrics(prediction, true)
    assert found["rmse"] == pytest.approx(sk.mean_squared_error(true, prediction) ** 0.5)
    assert found["mae"] == pytest.approx(sk.mean_absolute_error(true, prediction))
    percent = 100 * sk.mean_absolute_percentage_error(true, prediction)
    assert found["mape"] == pytest.approx(percent)
    r2 = sk.r2_score(true, prediction, multioutput="variance_weighted")
    assert found["r2"] == pytest.approx(r2)


def test_mape_leaves_out_what_has_no_percentage():
    found = number_metrics(np.array([[5.0], [110], [90]]), np.array([[0.0], [100], [100]]))
    assert found["mape"] == pytest.approx(10)
    assert np.isnan(number_metrics(np.ones((2, 1)), np.zeros((2, 1)))["mape"])


def test_mape_leaves_out_zeros_that_were_scaled_and_back():
    true = np.array([[5e-7], [7], [13]], np.float32)
    found = number_metrics(true + np.float32(0.7), true)
    assert found["mape"] == pytest.approx(100 * (0.7 / 7 + 0.7 / 13) / 2, rel=1e-5)


def test_r2_of_a_constant_truth():
    constant = np.full((3, 1), 5.0)
    assert number_metrics(constant, constant)["r2"] == 1
    assert number_metrics(constant + np.eye(3)[:, :1], constant)["r2"] == 0


def test_r2_of_the_mean_is_zero_and_of_worse_is_negative():
    true = np.array([[1.0], [2], [6]])
    assert number_metrics(np.full((3, 1), 3.0), true)["r2"] == pytest.approx(0)
    assert number_metrics(-true, true)["r2"] < 0


def test_measures_of_nothing_are_nan():
    assert np.isnan(list(number_metrics(np.empty((0, 1)), np.empty((0, 1))).values())).all()
    nothing = np.empty(0, np.int64)
    found = class_metrics(np.empty((0, 3)), nothing, 3, thorough=True)
    assert np.isnan(list(found.values())).all()


def test_float32_predictions_of_large_numbers_keep_their_digits():
    true = np.linspace(1e6, 1e6 + 100, 1000)[:, None]
    found = number_metrics((true + 1).astype(np.float32), true)
    assert found["rmse"] == pytest.approx(1, abs=0.05)
    assert found["r2"] == pytest.approx(1 - 1 / true.var(), abs=1e-3)
