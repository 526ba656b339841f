"""The views on real runs: what they draw is what the network, the history and the data say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from engine.experiment import Experiment
from engine.metrics import number_metrics
from engine.probes import Confusion, Predictions
from engine.tasks.baselines import MEAN
from engine.tasks.points import Gate
from engine.tasks.traffic import LAST_VALUE, Traffic
from playground.examples import example, examples
from playground.session import Session
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.i18n import set_language
from playground.ui.views import view
from playground.ui.views.answers import AnswersView
from playground.ui.views.attention import AttentionView
from playground.ui.views.boundary import BoundaryView
from playground.ui.views.confusion import PROBE, ConfusionView
from playground.ui.views.curves import CurvesView
from playground.ui.views.forecast import ForecastView
from playground.ui.views.forecast_metrics import TEST, ForecastMetricsView
from playground.ui.views.residuals import ResidualsView
from playground.ui.views.text import TextView


def run(experiment: Experiment, epochs: int, *kinds) -> Snapshot:
    """Train for some epochs and return a snapshot with the answers that the views want."""
    session = Session(experiment.but(epochs=max(epochs, 1)))
    try:
        probes = frozenset().union(*(kind().probes(experiment) for kind in kinds))
        session.wait(lambda s: s.dataset is not None)
        if epochs:
            session.play()
            session.wait(lambda s: s.state == "finished")
        session.want(probes)
        return session.wait(lambda s: probes <= s.answers.keys())
    finally:
        session.close()


@pytest.fixture(scope="module")
def xor(qapp) -> Snapshot:
    return run(example("xor"), 60, BoundaryView)


@pytest.fixture(scope="module")
def traffic(qapp) -> Snapshot:
    experiment = example("vds-linear").but(task=Traffic(training_share=0.2))
    return run(experiment, 4, ForecastMetricsView)


@pytest.fixture(scope="module")
def reviews(qapp) -> Snapshot:
    return run(example("many-to-one-sentiment"), 1, AnswersView)


@pytest.fixture(scope="module")
def text(qapp) -> Snapshot:
    return run(example("gpt-char"), 0, TextView, AttentionView)


def shown(qtbot, kind, snapshot: Snapshot, width: int = 396, height: int = 420):
    widget = kind()
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show_snapshot(snapshot)
    widget.show()
    QApplication.processEvents()
    return widget


def move_mouse(widget, at: QPointF) -> None:
    """Move the mouse, without a button, as the window system says it."""
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        at,
        widget.mapToGlobal(at),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)


def is_blue(color) -> bool:
    return color.blue() > color.red()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_field_has_the_colour_of_the_class_that_the_network_chooses(qtbot, xor, name):
    theme.manager().set_theme(name)
    field = shown(qtbot, BoundaryView, xor).field
    assert is_blue(field.color_at(-0.5, 0.5)) and is_blue(field.color_at(0.5, -0.5))
    assert not is_blue(field.color_at(0.5, 0.5)) and not is_blue(field.color_at(-0.5, -0.5))


def test_points_and_field_lie_on_the_same_axes(qtbot, xor):
    view = shown(qtbot, BoundaryView, xor)
    view.validation.click()
    field = view.field
    picture = field.grab().toImage()
    part = xor.dataset.training
    hits = 0
    for (x1, x2), label in zip(part.inputs.tolist(), part.targets.tolist(), strict=True):
        at = field._place(x1, x2).toPoint() * field.devicePixelRatioF()
        hits += is_blue(picture.pixelColor(at)) == bool(label)
    assert hits >= 0.98 * len(part)  # a few points are covered by others


def test_hard_edges_leave_two_colours(qtbot, xor):
    view = shown(qtbot, BoundaryView, xor)
    image = view.field._image
    assert len({image.pixel(x, 50) for x in range(100)}) > 10
    view.hard.click()
    image = view.field._image
    assert len({image.pixel(x, 50) for x in range(100)}) == 2


def test_the_mouse_reads_coordinates_and_probability(qtbot, xor):
    field = shown(qtbot, BoundaryView, xor).field
    move_mouse(field, field._place(-0.5, 0.5))
    lines = field.tip.text().splitlines()
    assert lines[0].startswith("x₁ −0.5") and "x₂ 0.5" in lines[0]
    assert lines[1].startswith("class 1: ") and float(lines[1].split()[-1].rstrip("%")) > 90
    assert field.tip.isVisible()
    move_mouse(field, QPointF(1, 1))
    assert not field.tip.isVisible()


def test_a_network_with_one_output_unit_has_a_boundary_too(qtbot):
    snapshot = run(example("xor-gate-mlp"), 500, BoundaryView)
    field = shown(qtbot, BoundaryView, snapshot).field
    assert is_blue(field.color_at(0, 1)) and not is_blue(field.color_at(1, 1))
    assert "1: " in field.readout(0, 1)


def test_the_boundary_asks_what_the_canvas_asks(qapp):
    from playground.ui.planes import plane_probe

    for experiment in (example("xor"), example("xor").but(task=Gate())):
        assert BoundaryView().probes(experiment) == {plane_probe(experiment)}


def test_curves_show_the_history(qtbot, xor):
    charts = shown(qtbot, CurvesView, xor)
    for chart, measure in ((charts.loss, "loss"), (charts.accuracy, "accuracy")):
        for part in ("training", "validation"):
            assert np.array_equal(chart.curves[part].x, xor.history["epoch"])
            assert np.array_equal(chart.curves[part].y, xor.history[f"{part}_{measure}"])
    charts.retranslate()
    last = xor.history.last()
    assert charts.loss.accessibleName().startswith(
        f"Loss, training {charts.loss.text(last['training_loss'])}, validation "
    )


def test_long_epochs_show_the_loss_within_them(qtbot, traffic):
    small = traffic.experiment.but(batch_size=2)
    snapshot = run(small, 2)
    charts = shown(qtbot, CurvesView, snapshot)
    assert len(snapshot.batches) > len(snapshot.history) == 2
    assert np.array_equal(charts.loss.curves["training"].x, snapshot.batches["epoch"])
    assert np.array_equal(charts.loss.curves["validation"].x, snapshot.history["epoch"])


def test_numbers_are_judged_in_their_unit(qtbot, traffic):
    charts = shown(qtbot, CurvesView, traffic)
    assert charts.accuracy.isHidden()
    charts.measure.button("mae").click()
    assert np.array_equal(charts.loss.curves["validation"].y, traffic.history["validation_mae"])
    assert charts.loss.title.text() == "MAE (vehicles)"


def test_the_charts_stand_side_by_side_where_the_view_is_flat(qtbot, xor):
    charts = shown(qtbot, CurvesView, xor, height=420)
    assert charts.accuracy.y() > charts.loss.y()
    charts.resize(396, 220)
    QApplication.processEvents()
    assert charts.accuracy.y() == charts.loss.y() and charts.accuracy.x() > charts.loss.x()


def test_an_untrained_network_has_an_empty_chart_that_says_what_to_do(qtbot):
    charts = shown(qtbot, CurvesView, run(example("xor"), 0))
    assert charts.loss._empty.isVisible()
    assert charts.loss._empty.sentence.text().startswith("Press Play")


def three_classes() -> Snapshot:
    """Return a made-up validation result of the digits."""
    rng = np.random.default_rng(0)
    counts = rng.integers(0, 9, (10, 10))
    counts[0] = 0
    return Snapshot(1, "paused", example("mnist-mlp"), answers={PROBE: counts})


def test_confusion_reads_out_counts_recall_and_precision_like_scikit_learn(qtbot):
    from sklearn.metrics import accuracy_score, confusion_matrix

    snapshot = three_classes()
    counts = snapshot.answers[PROBE]
    true, predicted = (np.repeat(i.ravel(), counts.ravel()) for i in np.indices(counts.shape))
    matrix = shown(qtbot, ConfusionView, snapshot).matrix
    expected = confusion_matrix(true, predicted, labels=range(10))
    texts = [[matrix.text(row, column) for column in range(10)] for row in range(10)]
    assert [[int(text or 0) for text in row] for row in texts] == expected.tolist()
    matrix.show_shares(True)
    row = expected[4] / expected[4].sum() * 100
    assert [float(matrix.text(4, c) or 0) for c in range(10)] == pytest.approx(row, abs=0.5)
    assert accuracy_score(true, predicted) == counts.trace() / counts.sum()


def test_mouse_and_arrow_keys_say_what_a_confusion_cell_means(qtbot):
    snapshot = three_classes()
    matrix = shown(qtbot, ConfusionView, snapshot).matrix
    left, top, width, height = matrix._grid()
    move_mouse(matrix, QPointF(left + 9.5 * width, top + 4.5 * height))
    counts = snapshot.answers[PROBE]
    count, share = counts[4, 9], counts[4, 9] / counts[4].sum()
    assert matrix.tip.text() == f"true 4, predicted 9: {count} samples ({share:.1%})"
    qtbot.keyClick(matrix, Qt.Key.Key_Up)
    assert matrix.accessibleDescription().startswith("true 3, predicted 9")


def test_the_confusion_of_a_run_counts_the_validation_part(qtbot):
    experiment = example("xor")
    session = Session(experiment)
    try:
        session.want(frozenset({PROBE}))
        snapshot = session.wait(lambda s: PROBE in s.answers)
        assert snapshot.answers[Confusion("validation")].sum() == len(snapshot.dataset.validation)
    finally:
        session.close()
    assert not ConfusionView.offered(experiment)
    assert ConfusionView.offered(example("mnist-mlp"))


def test_forecast_metrics_stand_in_real_units_over_the_baselines(qtbot, traffic):
    metrics = shown(qtbot, ForecastMetricsView, traffic)
    truth = traffic.dataset.in_units(traffic.dataset.test.targets)
    own = number_metrics(traffic.answers[TEST], truth)
    last = traffic.dataset.baselines("test")[LAST_VALUE]
    assert float(metrics.values["rmse"].text()) == pytest.approx(own["rmse"], rel=0.005)
    assert float(metrics.values["r2"].text().replace("−", "-")) == pytest.approx(
        own["r2"], rel=0.005
    )
    assert float(metrics.baselines[LAST_VALUE, "mae"].text()) == pytest.approx(
        last["mae"], rel=0.005
    )
    metrics.resize(metrics.minimumSizeHint().width(), metrics.height())
    QApplication.processEvents()
    number = metrics.baselines[LAST_VALUE, "rmse"]
    assert metrics.names[LAST_VALUE].geometry().right() < number.geometry().left()
    word = "smaller" if own["rmse"] < last["rmse"] else "larger"
    share = abs(1 - own["rmse"] / last["rmse"])
    assert metrics.verdict.sentence.text().startswith(f"RMSE is {share:.0%} {word}")


def test_numbers_that_are_no_series_are_compared_with_their_mean(qtbot):
    snapshot = run(example("one-to-one-times-table"), 2, ForecastMetricsView)
    metrics = shown(qtbot, ForecastMetricsView, snapshot)
    dataset = snapshot.dataset
    products = dataset.in_units(dataset.training.targets)
    missed = dataset.in_units(dataset.test.targets) - products.mean()
    expected = float(np.sqrt(np.mean(missed**2)))
    assert float(metrics.baselines[MEAN, "rmse"].text()) == pytest.approx(expected, rel=0.005)
    assert [name for name, label in metrics.names.items() if label.isVisible()] == [MEAN]
    assert "the mean" in metrics.verdict.sentence.text()


def test_residuals_count_every_test_row_by_sign(qtbot, traffic):
    residuals = shown(qtbot, ResidualsView, traffic)
    middles, counts = residuals.histogram()
    errors = traffic.answers[TEST] - traffic.dataset.in_units(traffic.dataset.test.targets)
    assert counts.sum() == len(errors)
    step = middles[1] - middles[0]
    assert counts[middles > 0].sum() == np.count_nonzero(np.rint(errors / step) > 0)
    assert f"{errors.mean():+.2f}".replace("-", "−") in residuals.heading.detail.text()


def test_the_forecast_of_a_day_is_the_slice_of_the_predictions(qtbot, traffic):
    forecast = shown(qtbot, ForecastView, traffic, 800, 500)
    forecast.later.click()
    forecast.show_snapshot(traffic)
    day = forecast._days[forecast.day.value()]
    assert day.stop - day.start == 288
    x, y = forecast.forecast.getData()
    assert np.array_equal(y, traffic.answers[TEST][day.start : day.stop, 0])
    assert x[0] == 0 and x[-1] == pytest.approx(24 - 1 / 12)
    truth = traffic.dataset.in_units(traffic.dataset.test.targets)[day.start : day.stop, 0]
    assert np.array_equal(forecast.truth.getData()[1], truth)
    text = forecast.readout(220)
    assert text.startswith("<b>18:20</b>")
    assert f"true {truth[220]:.0f} · predicted {y[220]:.0f}" in text
    assert forecast.later.isEnabled() and forecast.earlier.isEnabled()


def test_days_of_the_validation_part_ask_for_its_predictions(qtbot, traffic):
    forecast = shown(qtbot, ForecastView, traffic, 800, 500)
    assert forecast.probes(traffic.experiment) == {Predictions("test")}
    with qtbot.waitSignal(forecast.probes_changed):
        forecast.day.set_value(len(forecast._days) - 1)
    assert forecast.probes(traffic.experiment) == {Predictions("validation")}


def offering(kind, *snapshots: Snapshot) -> list[Snapshot]:
    """Return those snapshots that a view is offered for, or one of an example that has it."""
    found = [one for one in snapshots if kind.offered(one.experiment)]
    if found:
        return found
    entry = next(e for e in examples().values() if kind.offered(e.experiment))
    dataset = entry.experiment.task.load(7)
    return [Snapshot(1, "idle", entry.experiment, dataset=dataset)]


@pytest.mark.parametrize("kind", view.values(), ids=lambda kind: kind.kind)
def test_no_view_minds_the_snapshot_of_another_task(qtbot, xor, traffic, reviews, text, kind):
    snapshots = offering(kind, xor, traffic, reviews, text, three_classes())
    widget = shown(qtbot, kind, snapshots[0])
    for snapshot in snapshots:
        widget.show_snapshot(Snapshot(0, "loading", snapshot.experiment))
        widget.show_snapshot(snapshot)
    widget.grab()


@pytest.mark.parametrize("kind", view.values(), ids=lambda kind: kind.kind)
def test_views_follow_language_and_theme(qtbot, xor, traffic, reviews, text, kind):
    snapshots = offering(kind, xor, traffic, reviews, text, three_classes())
    widget = shown(qtbot, kind, snapshots[0])
    heading = getattr(widget, "heading", None)
    english, before = heading.title.text(), widget.grab().toImage()
    set_language("ko")
    theme.manager().set_theme("dark")
    QApplication.processEvents()
    assert heading.title.text() != english
    assert widget.grab().toImage() != before


def test_what_did_not_change_is_not_drawn_again(qtbot, xor, traffic):
    field = shown(qtbot, BoundaryView, xor).field
    image = field._image
    field.parentWidget().show_snapshot(xor)
    assert field._image is image
    charts = shown(qtbot, CurvesView, xor)
    data = charts.loss.curves["training"].y
    charts.show_snapshot(xor)
    assert charts.loss.curves["training"].y is data


def test_questions_about_the_old_task_are_not_asked_about_the_new_one():
    session = Session(example("xor"))
    try:
        session.want(frozenset({PROBE}))
        session.wait(lambda s: PROBE in s.answers)
        session.apply(example("vds-linear"))
        session.wait(lambda s: s.experiment.task.kind == "vds" and s.state != "loading")
        session.want(frozenset({TEST}))
        assert session.wait(lambda s: TEST in s.answers).state == "idle"
    finally:
        session.close()


def test_curves_stay_where_the_data_change_and_the_history_does_not(qtbot, xor):
    charts = shown(qtbot, CurvesView, xor)
    experiment = xor.experiment
    noisier = experiment.but(task=experiment.task.but(noise=0.3))
    charts.show_snapshot(replace(xor, experiment=noisier))
    assert np.array_equal(charts.loss.curves["validation"].y, xor.history["validation_loss"])
