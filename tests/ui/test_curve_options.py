"""Learning curves as a person wants to see them: axes, smoothing, measures, files."""

import csv
import math

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QFileDialog

from playground.examples import example
from playground.ui.curve_options import smoothed
from playground.ui.i18n import set_language
from playground.ui.notices import Banner


@pytest.fixture
def curves(open_window, qtbot):
    """Return the curves of a window with a run of 30 epochs."""
    window = open_window(example("xor").but(epochs=30))
    window.session.limit_speed(None)
    window.session.play()
    qtbot.waitUntil(lambda: window.session.snapshot().state == "finished", timeout=30_000)
    (view,) = (dock.view for dock in window.stage.docks() if dock.objectName() == "curves")
    qtbot.waitUntil(lambda: len(view.loss.curves["training"].x) == 30)
    view.window_ = window
    return view


def choose(view, *path):
    """Choose an entry of the menu by its texts."""
    menu = view.options.menu(view._snapshot, "accuracy")
    for text in path[:-1]:
        (menu,) = (a.menu() for a in menu.actions() if a.text() == text)
    (action,) = (a for a in menu.actions() if a.text() == path[-1])
    action.trigger()


def shown(view, part="training"):
    return view.loss.curves[part]


@pytest.mark.parametrize(
    ("text", "column"), [("Iteration", "step"), ("Seconds", "seconds"), ("Epoch", "epoch")]
)
def test_the_horizontal_axis_is_chosen(curves, text, column):
    choose(curves, "Horizontal axis", "Iteration")
    choose(curves, "Horizontal axis", text)
    np.testing.assert_array_equal(shown(curves).x, curves._snapshot.history[column])
    assert curves.loss.x_name == text


def test_a_logarithmic_horizontal_axis(curves):
    choose(curves, "Logarithmic horizontal axis")
    assert curves.loss.log_x
    drawn = curves.loss.area.lines[0].x
    np.testing.assert_allclose(drawn, np.log10(curves._snapshot.history["epoch"]))
    low, high = curves.loss.area.span_x
    assert low <= 0 and high >= math.log10(30)
    choose(curves, "Logarithmic horizontal axis")
    drawn = curves.loss.area.lines[0].x
    np.testing.assert_array_equal(drawn, curves._snapshot.history["epoch"])


def test_smoothing_draws_the_running_mean(curves):
    values = curves._snapshot.history["validation_loss"]
    choose(curves, "Smoothing", "Strong")
    np.testing.assert_allclose(shown(curves, "validation").y, smoothed(values, 0.9))
    assert np.abs(np.diff(shown(curves, "validation").y)).sum() < np.abs(np.diff(values)).sum()
    choose(curves, "Smoothing", "None")
    np.testing.assert_array_equal(shown(curves, "validation").y, values)


def test_the_running_mean_begins_at_the_first_value_and_skips_gaps():
    y = np.array([2.0, np.nan, 2.0, 4.0])
    mean = smoothed(y, 0.5)
    assert mean[0] == mean[2] == 2 and np.isnan(mean[1])
    assert mean[3] == pytest.approx((0.125 * 2 + 0.25 * 2 + 0.5 * 4) / 0.875)
    np.testing.assert_allclose(smoothed(np.full(9, 3.0), 0.9), 3)


def test_the_second_chart_shows_the_learning_rate(curves):
    choose(curves, "Second chart", "Learning rate")
    chart = curves.accuracy
    np.testing.assert_array_equal(
        chart.curves["training"].y, curves._snapshot.history["learning_rate"]
    )
    assert not len(chart.curves["validation"].y)
    assert chart.title.text() == "Learning rate"
    choose(curves, "Second chart", "Accuracy")
    assert len(chart.curves["validation"].y) == 30


def test_another_task_has_its_own_second_chart(curves, qtbot):
    choose(curves, "Second chart", "Learning rate")
    window = curves.window_
    window.open_example("vds-mlp")
    qtbot.waitUntil(
        lambda: curves._experiment is not None and curves._experiment.task.kind == "vds",
        timeout=30_000,
    )
    assert curves.accuracy.isHidden()


class TestFiles:
    def ask(self, monkeypatch, path):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))

    def test_numbers(self, curves, tmp_path, monkeypatch):
        self.ask(monkeypatch, tmp_path / "mine")
        choose(curves, "Save the numbers (CSV) …")
        with (tmp_path / "mine.csv").open(encoding="utf-8-sig") as file:
            header, *rows = csv.reader(file)
        history = curves._snapshot.history
        assert tuple(header) == history.columns
        np.testing.assert_array_equal(np.array(rows, float), history.rows)

    def test_picture_and_drawing_in_the_language_of_the_window(self, curves, tmp_path, monkeypatch):
        set_language("ko")
        self.ask(monkeypatch, tmp_path / "mine.png")
        choose(curves, "그림으로 저장 (PNG) …")
        size = curves.size() * curves.devicePixelRatio()
        assert QImage(str(tmp_path / "mine.png")).size() == size
        self.ask(monkeypatch, tmp_path / "mine.svg")
        choose(curves, "도형으로 저장 (SVG) …")
        assert QSvgRenderer(str(tmp_path / "mine.svg")).isValid()

    def test_a_folder_that_is_not_there_is_named(self, curves, tmp_path, monkeypatch):
        self.ask(monkeypatch, tmp_path / "nowhere" / "mine.csv")
        choose(curves, "Save the numbers (CSV) …")
        (text,) = (b.text.text() for b in curves.window_.notices.findChildren(Banner))
        assert "nowhere" in text and "another folder" in text
