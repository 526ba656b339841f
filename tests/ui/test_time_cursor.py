"""One cursor over the time of all views, and the gate map under the forecast."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.probes import Sample
from playground.examples import example


def docks(window):
    return {dock.objectName(): dock for dock in window.stage.docks()}


@pytest.fixture
def lstm(open_window, qtbot):
    window = open_window(example("xor"))
    window.resize(1440, 900)
    QApplication.processEvents()
    window.open_example("vds-lstm")
    gates = docks(window)["gates"]
    qtbot.waitUntil(lambda: gates.view.map.isVisible(), timeout=60_000)
    views = {name: dock.view for name, dock in docks(window).items()}
    qtbot.waitUntil(lambda: len(views["forecast"]._predicted) > 0, timeout=60_000)
    return window, views


def move(area, x, y):
    """Move the mouse over a plot."""
    at = area.mapFromScene(area.getViewBox().mapViewToScene(QPointF(x, y)))
    QTest.mouseMove(area.viewport(), at)
    QApplication.processEvents()


def test_gates_stand_under_the_forecast_on_its_axis(lstm):
    window, views = lstm
    forecast, gates = docks(window)["forecast"], docks(window)["gates"]
    assert gates.in_sight and gates.y() > forecast.geometry().bottom()
    assert forecast.height() >= 280 and window.canvas.height() >= 220
    for hour in (0.0, 12.0, 24.0):
        plot = views["forecast"].residual_plot
        x = plot.mapFromScene(plot.getViewBox().mapViewToScene(QPointF(hour, 0)))
        there = plot.viewport().mapTo(window, x).x()
        box, axis = views["gates"].map.box(), views["gates"].map._axis
        here = box.left() + hour / axis.end * box.width()
        assert abs(views["gates"].map.mapTo(window, QPointF(here, 0)).x() - there) <= 3


def test_a_low_window_begins_without_gates(open_window):
    window = open_window(example("xor"))
    window.resize(1024, 768)
    QApplication.processEvents()
    window.open_example("vds-lstm")
    assert not docks(window)["gates"].in_sight
    window.open_example("vds-rnn")
    assert not docks(window)["gates"].in_sight, "a plain RNN has no gates"


def test_a_long_network_keeps_the_room_of_the_gates(open_window):
    window = open_window(example("seq2seq-attention"))
    window.resize(1440, 900)
    QApplication.processEvents()
    assert "gates" in docks(window) and not docks(window)["gates"].in_sight
    assert window.canvas.height() > 0.6 * window.stage.height()


def test_gates_open_for_the_first_network_that_has_some(open_window):
    window = open_window(example("xor"))
    window.resize(1440, 900)
    QApplication.processEvents()
    for name, opened in (("vds-mlp", None), ("vds-gru", True)):
        window.open_example(name)
        dock = docks(window).get("gates")
        assert (dock and dock.in_sight) == opened
    docks(window)["gates"].close()
    window.open_example("vds-mlp")
    window.open_example("vds-gru")
    window.open_example("xor")
    window.open_example("vds-gru")
    assert not docks(window)["gates"].in_sight, "a person closed it"


def test_a_time_under_the_mouse_is_marked_in_all_views(lstm):
    window, views = lstm
    forecast, gates = views["forecast"], views["gates"]
    move(forecast.plot, 18.3, 100)
    day = forecast._chosen()
    row = forecast._row
    assert abs(forecast._hours[row] - 18.3) < 0.1
    time = window.session.snapshot().dataset.times[day.part][day.start + row]
    assert gates.map._column == row
    mean = f"{gates.map._values[:, row].mean():.2f}"
    assert gates.map.tip.isVisible() and gates.map.tip.text().endswith(mean)
    assert gates.map.tip.text().startswith(str(time)[11:16])
    QApplication.sendEvent(forecast.plot.viewport(), QEvent(QEvent.Type.Leave))
    assert gates.map._column is None and not gates.map.tip.isVisible()


def test_what_was_measured_at_that_time_is_read_out_too(lstm, qtbot):
    window, views = lstm
    window.stage.open_view("readings")
    forecast, readings = views["forecast"], views["readings"]
    qtbot.waitUntil(lambda: readings._dataset is not None)
    day, times = forecast._chosen(), readings._dataset.readings.times
    first = int(np.flatnonzero(times == readings._dataset.times[day.part][day.start])[0])
    readings.slice.setValue(first // readings._rows_a_day())
    move(forecast.plot, 8.3, 100)
    row = first + forecast._row
    assert readings.heading.detail.text() == readings.readout(row)
    readings.show_time(None)
    assert readings.heading.detail.text() != readings.readout(row)


def test_a_cell_under_the_keys_is_read_out_in_the_forecast(lstm):
    _, views = lstm
    forecast, map_ = views["forecast"], views["gates"].map
    map_.setFocus()
    map_._point_at((2, 99))
    QTest.keyClick(map_, Qt.Key.Key_Right)
    assert forecast.tip.isVisible() and forecast.tip.text() == forecast.readout(100)
    assert all(cursor.isVisible() for cursor in forecast.cursors)
    map_._point_at(None)
    assert not forecast.tip.isVisible()


def test_the_cursor_stays_while_the_network_learns(lstm, qtbot):
    window, views = lstm
    forecast, gates = views["forecast"], views["gates"]
    move(forecast.plot, 9.0, 100)
    before, column = forecast.tip.text(), gates.map._column
    window.session.step("epoch")
    qtbot.waitUntil(lambda: forecast.tip.text() != before, timeout=60_000)
    assert forecast.tip.isVisible() and gates.map._column == column


def test_another_day_is_shown_by_forecast_and_gates_together(lstm, qtbot):
    _, views = lstm
    forecast, gates = views["forecast"], views["gates"]
    assert gates._day == forecast._chosen()
    forecast.later.click()
    assert gates._day == forecast._chosen()
    gates.earlier.click()
    qtbot.waitUntil(lambda: forecast._chosen() == gates._day)
    assert gates.sample == Sample(gates._day.part, gates._day.start)
