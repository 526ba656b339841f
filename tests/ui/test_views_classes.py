"""Views of classes: who is taken for whom, shown by samples, in measures and in curves."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView

from engine.metrics import predicted_classes
from engine.probes import Confusion, Predictions, Sample
from engine.probes_classes import Rankings
from engine.tasks.digits import Digits
from playground.examples import example
from playground.session import Session
from playground.snapshot import Snapshot
from playground.ui.dock import ViewDock
from playground.ui.i18n import set_language
from playground.ui.views.class_measures import ClassMeasuresView
from playground.ui.views.confusion import ConfusionView
from playground.ui.views.rankings import RankingsView


class Run:
    """A short run that answers what a view asks."""

    def __init__(self, experiment, epochs: int) -> None:
        self.experiment = experiment
        self.session = Session(experiment)
        for epoch in range(1, epochs + 1):
            self.session.step("epoch")
            self.session.wait(lambda s, e=epoch: s.epoch >= e and s.state != "running")

    def answer(self, probes) -> Snapshot:
        self.session.want(probes)
        return self.session.wait(lambda s: s.dataset is not None and probes <= s.answers.keys())

    def show(self, view) -> Snapshot:
        snapshot = self.answer(view.probes(self.experiment))
        view.show_snapshot(snapshot)
        QApplication.processEvents()
        return snapshot


@pytest.fixture(scope="module")
def digits(qapp):
    run = Run(example("mnist-mlp").but(task=Digits(training_count=1000)), 1)
    yield run
    run.session.close()


@pytest.fixture(scope="module")
def moods(qapp):
    run = Run(example("many-to-one-sentiment"), 1)
    yield run
    run.session.close()


def shown(qtbot, kind, width: int = 396, height: int = 600):
    """Show a view in its dock."""
    dock = ViewDock(kind, None)
    qtbot.addWidget(dock)
    dock.resize(width, height)
    dock.show()
    return dock.view


def largest_error(counts) -> tuple[int, int]:
    errors = counts - np.diag(counts.diagonal())
    true, predicted = np.unravel_index(errors.argmax(), errors.shape)
    return int(true), int(predicted)


def click(matrix, cell) -> None:
    left, top, width, height = matrix._grid()
    at = QPoint(round(left + (cell[1] + 0.5) * width), round(top + (cell[0] + 0.5) * height))
    QTest.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=at)


def test_a_click_on_a_cell_shows_its_samples_and_one_more_hides_them(qtbot, digits):
    view = shown(qtbot, ConfusionView)
    counts = digits.show(view).answers[Confusion()]
    cell = largest_error(counts)
    with qtbot.waitSignal(view.probes_changed):
        click(view.matrix, cell)
    snapshot = digits.show(view)
    prediction = digits.answer(frozenset({Predictions()})).answers[Predictions()]
    true = snapshot.dataset.validation.targets
    hits = (true == cell[0]) & (predicted_classes(prediction) == cell[1])
    gallery = view.gallery
    chosen = [gallery.item(i).data(Qt.ItemDataRole.UserRole) for i in range(gallery.count())]
    assert [sample.index for sample in chosen] == np.flatnonzero(hits)[:60].tolist()
    assert gallery.viewMode() == QListView.ViewMode.IconMode
    assert view.caption.text().startswith(f"true {cell[0]}, predicted {cell[1]}: {hits.sum()} ")
    assert view.samples.isVisible() and view.matrix.isVisible()
    view.window().resize(396, 300)  # where both do not fit, the samples have the room
    assert view.samples.isVisible() and not view.matrix.isVisible()
    view.close_samples.click()
    assert view.matrix.isVisible() and not view.samples.isVisible()
    assert view.probes(digits.experiment) == {Confusion()}


def test_a_cell_without_samples_keeps_the_matrix(qtbot, digits):
    view = shown(qtbot, ConfusionView, height=300)
    counts = digits.show(view).answers[Confusion()]
    true, predicted = np.argwhere(counts == 0)[0]
    click(view.matrix, (int(true), int(predicted)))
    assert view.cell is None and view.matrix.isVisible()


def test_a_cell_is_chosen_by_keys_too(qtbot, digits):
    view = shown(qtbot, ConfusionView)
    digits.show(view)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return):
        qtbot.keyClick(view.matrix, key)
    assert view.cell == (1, 1)
    qtbot.keyClick(view.matrix, Qt.Key.Key_Space)
    assert view.cell is None


def test_samples_of_words_are_lines_of_text(qtbot, moods):
    view = shown(qtbot, ConfusionView)
    counts = moods.show(view).answers[Confusion()]
    assert counts.shape == (2, 2)
    click(view.matrix, (0, 0) if counts[0, 0] else (0, 1))
    dataset = moods.show(view).dataset
    item = view.gallery.item(0)
    index = item.data(Qt.ItemDataRole.UserRole).index
    assert item.text() == dataset.question(dataset.validation.inputs[index])
    set_language("ko")
    QApplication.processEvents()
    assert view.caption.text().startswith("실제 부정, 예측 ")


def test_a_click_on_a_sample_sends_it_through_the_network_on_the_canvas(open_window, qtbot):
    window = open_window(example("mnist-mlp").but(task=Digits(training_count=1000)))
    (dock,) = (dock for dock in window.stage.docks() if dock.objectName() == "confusion")
    matrix, gallery = dock.view.matrix, dock.view.gallery
    qtbot.waitUntil(lambda: matrix._answer is not None)
    click(matrix, largest_error(matrix._answer))
    qtbot.waitUntil(lambda: gallery.count() > 1)
    item = gallery.item(1)
    QTest.mouseClick(
        gallery.viewport(), Qt.MouseButton.LeftButton, pos=gallery.visualItemRect(item).center()
    )
    sample = item.data(Qt.ItemDataRole.UserRole)
    assert isinstance(sample, Sample) and window.canvas.sample == sample
    qtbot.waitUntil(lambda: sample in window.session.snapshot().answers)
    image = window.session.snapshot().dataset.validation.inputs[sample.index]
    assert np.array_equal(window.session.snapshot().answers[sample]["input"], image)
    sample_view = next(d.view for d in window.stage.docks() if d.objectName() == "sample")
    expected = f"true: {matrix._labels[dock.view.cell[0]]}"
    qtbot.waitUntil(lambda: sample_view.heading.detail.text() == expected)


@pytest.mark.parametrize("name", ["many-to-many-tagging", "vds-13a-classes", "diabetes-mlp"])
def test_samples_of_every_task_of_classes_can_be_named(qtbot, name):
    run = Run(example(name), 0)
    try:
        view = shown(qtbot, ConfusionView)
        counts = run.show(view).answers[Confusion()]
        view._choose(tuple(int(i) for i in np.unravel_index(counts.argmax(), counts.shape)))
        run.show(view)
        texts = [view.gallery.item(i).text() for i in range(view.gallery.count())]
        assert texts and all(texts)
    finally:
        run.session.close()


def test_the_table_of_measures_agrees_with_scikit_learn(qtbot, digits):
    from sklearn.metrics import precision_recall_fscore_support

    view = shown(qtbot, ClassMeasuresView)
    counts = digits.show(view).answers[Confusion()]
    true, predicted = (np.repeat(i.ravel(), counts.ravel()) for i in np.indices(counts.shape))
    expected = precision_recall_fscore_support(true, predicted, zero_division=0)
    table = view.table
    for row in range(10):
        texts = [table.item(row, column).text() for column in range(5)]
        shares = [f"{measure[row]:.1%}" for measure in expected[:3]]
        assert texts == [str(row), *shares, f"{expected[3][row]:,}"]
    assert table.item(10, 3).text() == f"{expected[2].mean():.1%}"
    assert view.heading.detail.text() == f"accuracy {counts.trace() / counts.sum():.1%}"
    view.window().resize(300, 500)
    QApplication.processEvents()
    assert table.isColumnHidden(4) and table.horizontalHeaderItem(1).text() == "Prec."


def test_curves_of_all_classes_with_their_areas(qtbot, digits):
    from sklearn.metrics import average_precision_score, roc_auc_score

    view = shown(qtbot, RankingsView)
    snapshot = digits.show(view)
    prediction = digits.answer(frozenset({Predictions()})).answers[Predictions()]
    for curve, measure in (("roc", roc_auc_score), ("pr", average_precision_score)):
        view.curve.set_value(curve)
        for label in range(10):
            belongs = snapshot.dataset.validation.targets == label
            assert view.keys.text(label) == f"{measure(belongs, prediction[:, label]):.3f}"
    ranking = snapshot.answers[Rankings()][4]
    assert np.array_equal(view._lines[4].getData(), (ranking.recall, ranking.precision))


def test_a_class_that_is_pointed_at_stands_out(qtbot, digits):
    view = shown(qtbot, RankingsView)
    digits.show(view)
    qtbot.keyClick(view.keys, Qt.Key.Key_Up)
    qtbot.keyClick(view.keys, Qt.Key.Key_Up)
    assert view.keys.row == 8
    assert view.keys.accessibleDescription() == f"8: {view.keys.text(8)}"
    alphas = [line.opts["pen"].color().alpha() for line in view._lines]
    assert alphas[8] == 255 and max(alphas[:8]) < 128
    QTest.mouseMove(view.keys, QPoint(10, round(2.5 * view.keys._height())))
    qtbot.waitUntil(lambda: view.keys.row == 2)


def test_two_classes_have_one_curve_and_the_line_of_guessing(qtbot, moods):
    view = shown(qtbot, RankingsView)
    snapshot = moods.show(view)
    assert list(view._labels) == ["positive"] and len(view._lines) == 1
    view.curve.set_value("pr")
    share = (snapshot.dataset.validation.targets == 1).mean()
    assert view._chance.getData()[1] == pytest.approx([share, share])


def test_views_that_are_opened_join_the_others_behind_tabs(open_window):
    window = open_window(example("diabetes-mlp"))
    opened = {"class_measures", "rankings"}
    for kind in opened:
        window.stage.open_view(kind)
    docks = {dock.objectName(): dock for dock in window.stage.docks()}
    behind = {dock.objectName() for dock in window.stage.tabifiedDockWidgets(docks["rankings"])}
    assert behind & {"curves", "confusion"} and "class_measures" in behind
