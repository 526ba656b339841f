"""Charts: thinned data, calm axes, read-outs."""

import math

import numpy as np
import pytest
from active import show
from PySide6.QtWidgets import QApplication

from playground.ui.plots import TRAINING, VALIDATION, Chart
from playground.ui.scales import log_ticks, thin, x_limit
from playground.ui.widgets import EmptyState, Label


def test_thinning_keeps_the_extremes_and_the_end():
    x = np.arange(100_000)
    y = np.sin(x / 500.0)
    y[77_777], y[3] = 9.0, -9.0
    y[50_000:50_010] = np.nan
    tx, ty = thin(x, y)
    assert len(tx) == len(ty) <= 400
    assert (np.diff(tx) > 0).all()
    assert {77_777, 3, 99_999} <= set(tx)
    assert np.isfinite(ty).all()


@pytest.mark.parametrize("n", [0, 1, 399, 400, 401, 797, 1000, 1201])
def test_thinning_works_for_any_length(n):
    x = np.arange(n)
    tx, ty = thin(x, x**2)
    assert len(tx) <= 400
    assert (ty == tx**2).all()
    assert list(tx[-1:]) == list(x[-1:])


def test_x_grows_in_steps():
    assert [x_limit(v) for v in (1, 10, 52, 60, 61, 150, 201, 40_000)] == [
        10,
        10,
        60,
        60,
        100,
        200,
        300,
        60_000,
    ]


def test_logarithmic_ticks_are_ones_and_threes():
    assert [text for _, text in log_ticks(math.log10(0.03), math.log10(3))] == [
        "0.03",
        "0.1",
        "0.3",
        "1",
        "3",
    ]


def y_range(chart):
    return chart.area.span_y


def loss_chart(qtbot, **options):
    chart = show(qtbot, Chart("Loss", **options))
    chart.resize(320, 160)
    chart.add_curve("training", "training", TRAINING)
    chart.add_curve("validation", "validation", VALIDATION)
    return chart


def test_axes_stay_while_the_loss_falls_and_restart_with_a_new_run(qtbot):
    chart = loss_chart(qtbot)
    x = np.arange(50)
    chart.set_curve("training", x, np.linspace(0.7, 0.5, 50))
    before = (chart.area.span_x, chart.area.span_y)
    chart.set_curve("training", np.arange(55), np.linspace(0.7, 0.1, 55))
    assert (chart.area.span_x, chart.area.span_y) == before
    chart.set_curve("training", np.arange(70), np.full(70, 0.2))
    assert chart.area.span_x != before[0]
    chart.set_curve("training", x[:3], [0.1, 0.1, 0.1])
    assert y_range(chart)[1] < before[1][1]


def test_accuracy_starts_at_chance_and_widens_for_what_lies_below(qtbot):
    chart = loss_chart(qtbot, y_range=(0.5, 1.0), percent=True)
    assert y_range(chart)[0] == 0.5
    chart.set_curve("training", [0, 1, 2], [0.43, 0.6, 0.9])
    assert y_range(chart)[0] == pytest.approx(0.4)


@pytest.mark.parametrize("log_y", [False, True])
def test_a_diverged_loss_does_not_break_the_chart(qtbot, log_y):
    chart = loss_chart(qtbot, log_y=log_y)
    chart.set_curve("training", [0, 1, 2, 3], [0.5, 0.7, np.inf, np.nan])
    chart.set_curve("validation", [0, 1], [np.nan, np.nan])
    assert np.isfinite(y_range(chart)).all()
    chart.grab()


def test_zero_loss_is_left_out_of_a_logarithmic_chart(qtbot):
    chart = loss_chart(qtbot)
    chart.set_curve("training", [0, 1, 2], [1.0, 0.1, 0.0])
    chart.set_log_y(True)
    assert y_range(chart)[0] == pytest.approx(-1)


def test_the_mouse_reads_values_out(qtbot):
    chart = loss_chart(qtbot)
    chart.set_text("Loss", "Epoch", {"training": "training"}, "Press Play.")
    chart.set_curve("training", [0, 5, 10], [0.7, 0.5, 0.25])
    chart.grab()
    seen = []
    chart.hovered.connect(seen.append)
    qtbot.mouseMove(chart.area, chart.area.place(5.4, 0.3).toPoint())
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [5.0]
    tip = next(c for c in chart.findChildren(Label) if c.property("role") == "tip")
    assert "Epoch 5" in tip.text() and "training 0.500" in tip.text()


def test_chart_describes_itself(qtbot):
    chart = loss_chart(qtbot)
    chart.set_curve("training", np.arange(53), np.linspace(0.7, 0.222, 53))
    chart.set_text("Loss", "epoch", {})
    assert chart.accessibleName() == "Loss, training 0.222, epoch 52, falling"


def test_numbers_of_a_low_chart_do_not_stand_on_one_another(qtbot):
    area = loss_chart(qtbot).area
    area.set_y(0, 0.75, [(0.25 * i, f"{0.25 * i:.2f}") for i in range(4)])
    for height, stride in ((200, 1), (70, 2), (50, 3)):
        area.resize(300, height)
        apart = stride * (area.place(0, 0).y() - area.place(0, 0.25).y())
        assert area.stride() == stride and apart >= 12


def test_a_low_chart_says_what_to_do_without_an_icon(qtbot):
    chart = loss_chart(qtbot)
    chart.set_text("Loss", "Epoch", {}, "Press Play or Space. The loss will be drawn here.")
    empty = chart.area.findChild(EmptyState)
    for height, low in ((300, False), (90, True), (300, False)):
        chart.resize(240, height)
        QApplication.processEvents()
        assert empty.picture.isHidden() == empty.autoFillBackground() == low
        words = empty.sentence.heightForWidth(empty.sentence.width())
        assert empty.sentence.height() >= words
