"""Views in docks: moved, put behind tabs, closed, and found again where they were left."""

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from engine.probes import Confusion
from playground.examples import example

RIGHT = Qt.DockWidgetArea.RightDockWidgetArea
BOTTOM = Qt.DockWidgetArea.BottomDockWidgetArea


def docks(window):
    return {dock.objectName(): dock for dock in window.stage.docks()}


def in_sight(window):
    QApplication.processEvents()
    return {name for name, dock in docks(window).items() if dock.in_sight}


@pytest.fixture
def digits(open_window):
    return open_window(example("mnist-mlp"))


def entry(window, text):
    """Return an entry of the list of views."""
    menu = QMenu()
    window.stage.fill_menu(menu)
    (found,) = (action for action in menu.actions() if action.text() == text)
    found.menu_ = menu  # which would take its entries with it
    return found


def test_each_task_begins_with_its_own_views(open_window):
    window = open_window(example("xor"))
    assert in_sight(window) >= {"boundary", "curves"}
    assert "confusion" not in docks(window)
    window.open_example("vds-mlp")
    assert in_sight(window) >= {"forecast", "curves", "forecast_metrics"}
    assert window.stage.dockWidgetArea(docks(window)["forecast"]) == BOTTOM
    assert window.stage.dockWidgetArea(window.stage.inspector) == RIGHT
    window.open_example("xor")
    assert window.stage.dockWidgetArea(window.stage.inspector) == BOTTOM


def test_a_view_behind_a_tab_or_closed_asks_nothing(digits):
    views = docks(digits)
    experiment = digits.document.experiment
    assert Confusion() in digits.stage.probes(experiment)
    digits.stage.tabifyDockWidget(views["confusion"], views["curves"])
    views["curves"].raise_()
    assert "confusion" not in in_sight(digits)
    assert Confusion() not in digits.stage.probes(experiment)
    views["confusion"].raise_()
    assert "confusion" in in_sight(digits)
    assert Confusion() in digits.stage.probes(experiment)
    views["confusion"].close()
    assert "confusion" not in in_sight(digits)


def test_a_closed_view_is_opened_from_the_list(digits):
    docks(digits)["confusion"].close()
    assert not entry(digits, "Confusion matrix").isChecked()
    entry(digits, "Confusion matrix").trigger()
    assert "confusion" in in_sight(digits)
    assert entry(digits, "Confusion matrix").isChecked()
    entry(digits, "Confusion matrix").trigger()
    assert "confusion" not in in_sight(digits)


def test_a_view_that_is_opened_draws_the_run_as_it_is(digits, qtbot):
    docks(digits)["curves"].close()
    digits.session.step("epoch")
    qtbot.waitUntil(lambda: digits.session.snapshot().epoch == 1, timeout=60_000)
    entry(digits, "Learning curves").trigger()
    view = docks(digits)["curves"].view
    qtbot.waitUntil(lambda: "training" in view.loss.accessibleName())


def test_an_arrangement_is_kept_for_each_task(digits):
    docks(digits)["confusion"].close()
    digits.open_example("xor")
    assert in_sight(digits) >= {"boundary", "curves"}
    digits.open_example("lenet-mnist")
    assert "confusion" not in in_sight(digits)
    digits.stage.reset()
    assert "confusion" in in_sight(digits)


def test_an_arrangement_is_kept_for_the_next_start(open_window, tmp_path):
    window = open_window(example("xor"))
    docks(window)["curves"].close()
    window.stage.keep()
    again = open_window(example("xor"))
    assert "curves" not in in_sight(again)


def test_an_edit_leaves_the_arrangement_alone(digits):
    views = docks(digits)
    digits.stage.resizeDocks([views["curves"]], [500], Qt.Orientation.Horizontal)
    QApplication.processEvents()
    width = views["curves"].width()
    views["confusion"].close()
    digits.document.edit_training("Learning rate", learning_rate=0.004)
    QApplication.processEvents()
    assert views["curves"].width() == width
    assert "confusion" not in in_sight(digits)


def test_a_double_click_on_its_bar_fills_the_window_with_a_view_and_puts_it_back(digits):
    dock = docks(digits)["confusion"]
    before, place = in_sight(digits), dock.geometry()
    QTest.mouseDClick(dock.view.heading, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert in_sight(digits) == {"confusion"}
    assert not digits.canvas.isVisible() and not digits.inspector.isVisible()
    assert dock.width() > 2 * place.width()
    QTest.mouseDClick(dock.view.heading, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert in_sight(digits) == before
    assert digits.canvas.isVisible() and digits.inspector.isVisible()
    assert dock.geometry() == place


def heights(window):
    QApplication.processEvents()
    return {dock.objectName(): dock.height() for dock in window.stage.docks() if dock.in_sight}


def test_views_stand_in_their_order_and_keep_their_heights_from_visit_to_visit(open_window):
    window = open_window(example("xor"))
    window.open_task("mnist-mlp")
    first = heights(window)
    places = {name: dock.y() for name, dock in docks(window).items() if name in first}
    assert sorted(places, key=places.get) == ["sample", "confusion", "curves"]
    window.open_task("xor")
    plane = heights(window)
    window.open_task("mnist-mlp")
    assert heights(window) == first
    window.open_task("xor")
    assert heights(window) == plane


def test_a_view_that_is_new_since_an_arrangement_was_kept_gets_the_room_it_asks_for(open_window):
    window = open_window(example("xor"))
    usual = heights(window)
    docks(window)["curves"].close()
    heights(window)
    window.open_task("mnist-mlp")
    window._settings.remove(f"{window.stage._key(example('xor'))}/curves")
    window.open_task("xor")
    assert heights(window) == usual


def test_a_view_that_no_longer_fills_the_window_brings_back_no_view_of_another_task(open_window):
    window = open_window(example("xor"))
    window.open_task("mnist-mlp")
    before = heights(window)
    window.stage.maximize(docks(window)["confusion"])
    assert set(heights(window)) == {"confusion"}
    window.stage.maximize(docks(window)["confusion"])
    assert heights(window) == before
    assert not any(dock.isVisible() for dock in window.stage._docks.values() if not dock.offered)


def test_the_menu_of_a_view_takes_it_out_of_the_window_and_closes_it(digits):
    dock = docks(digits)["curves"]
    named = {action.text(): action for action in dock.menu().actions()}
    named["Own window"].trigger()
    assert dock.isFloating() and "curves" in in_sight(digits)
    named = {action.text(): action for action in dock.menu().actions()}
    named["Back into the window"].trigger()
    assert not dock.isFloating()
    named["Close"].trigger()
    assert "curves" not in in_sight(digits)


def test_the_usual_arrangement_brings_a_window_of_its_own_back(digits):
    dock = docks(digits)["curves"]
    dock.toggle_floating()
    assert dock.isFloating()
    digits.stage.reset()
    assert not dock.isFloating() and "curves" in in_sight(digits)


def test_a_damaged_arrangement_is_left_out(open_window, tmp_path):
    window = open_window(example("xor"))
    settings: QSettings = window._settings
    settings.setValue("arrangement/points", "not an arrangement")
    window.open_example("mnist-mlp")
    settings.setValue("arrangement/points", b"\x00\x01")
    window.open_example("xor")
    assert in_sight(window) >= {"boundary", "curves"}
    window.open_example("mnist-mlp")
    settings.setValue("arrangement/points/sizes", ["boundary", "curves wide 1", ""])
    window.open_example("xor")
    assert in_sight(window) >= {"boundary", "curves"}


def test_no_view_asks_about_a_task_that_it_is_not_for(open_window, qtbot, monkeypatch):
    window, wanted = open_window(example("vds-13a-classes")), set()
    assert any(
        isinstance(probe, Confusion) for probe in window.stage.probes(window.document.experiment)
    )
    monkeypatch.setattr(window.session, "want", wanted.update)
    window.document.select("dense_1")
    wanted.clear()
    window.document.edit(example("vds-mlp"), "Numbers")
    assert wanted and not any(isinstance(probe, Confusion) for probe in wanted)


def test_a_view_is_made_when_it_is_first_opened(open_window):
    window = open_window(example("xor"))
    window.open_example("vds-mlp")
    closed = {name for name, dock in docks(window).items() if dock.isHidden()}
    assert closed and all(dock.is_made == (name not in closed)
                          for name, dock in docks(window).items())  # fmt: skip
    name = min(closed)
    window.stage.open_view(name)
    assert docks(window)[name].is_made and name in in_sight(window)


def test_the_views_of_a_task_are_asked_once_when_they_come_into_sight(open_window, monkeypatch):
    window = open_window(example("xor"))
    window.open_example("vds-mlp")
    window.open_example("xor")
    asked = []
    monkeypatch.setattr(window.stage, "probes", lambda experiment: asked.append(1) or frozenset())
    window.stage.probes_changed.connect(lambda: asked.append(0))
    window.open_example("vds-mlp")
    assert asked.count(0) == 1


def test_another_theme_leaves_the_docks_their_sizes(open_window):
    window = open_window(example("vds-lstm"))
    before = {name: dock.geometry() for name, dock in docks(window).items() if not dock.isHidden()}
    for _ in range(2):
        window.toggle_theme()
        QApplication.processEvents()
        assert {name: docks(window)[name].geometry() for name in before} == before
