"""Projector mode: what is hidden, what grows, which keys work, and that all comes back."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from playground.examples import example
from playground.ui import theme
from playground.ui.i18n import set_language
from playground.ui.room import LEGIBLE


@pytest.fixture
def window(open_window):
    return open_window(example("xor"))


def press(window, key):
    QTest.keyClick(window.windowHandle(), key)
    QApplication.processEvents()


def test_only_network_views_and_numbers_stay(window):
    sizes = theme.manager().scale, window.size()
    window.menus.actions_by_text["Projector"].trigger()
    QApplication.processEvents()
    hidden = (window.transport, window.menuBar(), window.status, window.header, window.palette_list)
    assert not any(part.isVisible() for part in (*hidden, window.inspector))
    assert window.canvas.isVisible() and window.stage.views()
    assert window.projector.header.isVisible()
    assert theme.manager().scale > 1.2 * sizes[0] and theme.current().name == "light"
    press(window, Qt.Key.Key_Escape)
    assert all(part.isVisible() for part in (*hidden, window.inspector))
    assert not window.projector.header.isVisible()
    assert theme.manager().scale == sizes[0]


def test_the_views_grow_and_stand_where_they_stood_afterwards(window):
    (dock,) = (dock for dock in window.stage.docks() if dock.objectName() == "boundary")
    share = dock.width() / window.width()
    place = dock.geometry()
    window.projector.enter()
    QApplication.processEvents()
    assert dock.width() / window.width() > 1.2 * share
    window.projector.leave()
    QApplication.processEvents()
    assert dock.width() == place.width()


def test_the_theme_comes_back(window):
    window.set_theme("dark")
    window.projector.enter()
    assert theme.current().name == "light"
    window.projector.leave()
    assert theme.current().name == "dark"


def test_the_numbers_are_those_of_the_run(window, qtbot):
    window.projector.enter()
    window.session.step("epoch")
    numbers = [label for _, label in window.projector.header._numbers.values()]
    qtbot.waitUntil(lambda: numbers[0].text() == "1")
    last = window.session.snapshot().history.last()
    assert numbers[1].text() == f"{last['training_loss']:.2f}"
    assert numbers[2].text() == f"{100 * last['validation_accuracy']:.0f}%"
    window.projector.leave()


def test_title_and_numbers_are_whole_on_a_small_screen(open_window):
    window = open_window(example("lenet-mnist"))
    window.projector.enter()
    header = window.projector.header
    for width in (2000, 1024, 800):
        header.resize(width, header.height())
        QApplication.processEvents()
        header._fit()
        assert header.sizeHint().width() <= header.width() + 4  # fonts have whole pixels
    assert not header._detail.isVisible()
    window.projector.leave()


def test_keys_step_reset_resize_and_play(window, qtbot):
    window.projector.enter()
    press(window, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: window.session.snapshot().step == 1)
    press(window, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: window.session.snapshot().step == 0)
    before = theme.manager().scale
    press(window, Qt.Key.Key_Plus)
    assert theme.manager().scale > before
    press(window, Qt.Key.Key_Minus)
    assert theme.manager().scale == pytest.approx(before)
    press(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.session.snapshot().state == "running")
    press(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.session.snapshot().state == "paused")
    window.projector.leave()


def test_letters_that_are_typed_into_a_field_are_no_keys_of_the_mode(open_window, qtbot):
    window = open_window(example("rnn-char"))
    window.session.step("iteration")
    qtbot.waitUntil(lambda: window.session.snapshot().step == 1)
    window.projector.enter()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    field = in_sight(window)["text"].view.findChild(QLineEdit)
    field.setFocus()
    before = theme.manager().scale
    for key in (Qt.Key.Key_R, Qt.Key.Key_V, Qt.Key.Key_Minus):
        press(window, key)
    assert field.text().lower() == "rv-"
    assert window.session.snapshot().step == 1 and theme.manager().scale == before
    assert QApplication.activePopupWidget() is None
    press(window, Qt.Key.Key_Escape)
    assert not window.projector.active


def test_the_keys_are_shown_until_nobody_touches_anything(window, qtbot):
    window.projector._hide.setInterval(50)
    window.projector.enter()
    assert window.projector.strip.isVisible()
    qtbot.waitUntil(lambda: not window.projector.strip.isVisible())
    press(window, Qt.Key.Key_Shift)
    assert window.projector.strip.isVisible()
    window.projector.leave()
    assert not window.projector.strip.isVisible()


def test_a_ring_follows_the_pointer(window):
    window.projector.enter()
    at = window.canvas.mapToGlobal(QPoint(60, 40))
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(
        QMouseEvent.Type.MouseMove,
        QPointF(60, 40),
        QPointF(at),
        none,
        none,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(window.windowHandle(), event)
    ring = window.projector.ring
    assert ring.isVisible()
    assert (ring.mapToGlobal(ring.rect().center()) - at).manhattanLength() <= 4
    window.projector.leave()
    assert not ring.isVisible()


def test_the_counters_are_up_to_date_afterwards(window, qtbot):
    window.projector.enter()
    window.session.step("epoch")
    qtbot.waitUntil(lambda: window.session.snapshot().epoch == 1)
    window.projector.leave()
    qtbot.waitUntil(lambda: window.transport.epoch.value() == "1")


def test_the_keys_have_room_in_another_language(window):
    window.projector.enter()
    QApplication.processEvents()
    set_language("ko")
    QApplication.processEvents()
    strip = window.projector.strip
    assert strip.width() >= strip.sizeHint().width()
    assert strip.geometry().right() < window.width()
    window.projector.leave()


def test_an_inspector_that_was_closed_stays_closed(window):
    window.toggle_inspector()
    window.projector.enter()
    QApplication.processEvents()
    window.projector.leave()
    QApplication.processEvents()
    assert not window.stage.inspector.isVisible()


def test_another_task_brings_no_settings_with_it(window, qtbot):
    window.projector.enter()
    window.open_example("mnist-mlp")
    qtbot.waitUntil(lambda: not window.stage.inspector.isVisible())
    window.projector.leave()
    assert window.stage.inspector.isVisible()


def approx(heights):
    return pytest.approx(heights, abs=2)  # which are shared out in whole pixels


def in_sight(window):
    QApplication.processEvents()
    return {dock.objectName(): dock for dock in window.stage.docks() if dock.in_sight}


def test_only_views_that_can_be_read_stay_and_others_can_be_chosen(open_window, qtbot):
    window = open_window(example("lenet-mnist"))
    before = {name: dock.height() for name, dock in in_sight(window).items()}
    assert len(before) == 3
    window.projector.enter()
    qtbot.waitUntil(lambda: "sample" in in_sight(window) and len(in_sight(window)) < 3)
    for dock in in_sight(window).values():
        asked = dock.wish(dock.width())
        assert dock.height() >= (asked if dock.is_fixed else LEGIBLE * asked) - 20
    press(window, Qt.Key.Key_V)
    menu = QApplication.activePopupWidget()
    entries = {action.text(): action for action in menu.actions()}
    assert entries["Draw a digit"].isChecked() and not entries["Confusion matrix"].isChecked()
    entries["Confusion matrix"].trigger()
    menu.close()
    qtbot.waitUntil(lambda: "confusion" in in_sight(window))
    window.projector.leave()
    assert {name: dock.height() for name, dock in in_sight(window).items()} == approx(before)


def test_smaller_text_makes_room_for_more_views(open_window, qtbot):
    window = open_window(example("lenet-mnist"))
    window.projector.enter()
    qtbot.waitUntil(lambda: len(in_sight(window)) < 3)
    for _ in range(8):
        press(window, Qt.Key.Key_Minus)
    qtbot.waitUntil(lambda: len(in_sight(window)) == 3)
    window.projector.leave()


def test_what_is_shown_to_a_class_changes_no_arrangement(open_window, qtbot):
    window = open_window(example("lenet-mnist"))
    before = {name: dock.height() for name, dock in in_sight(window).items()}
    window.projector.enter()
    window.open_task("xor")
    qtbot.waitUntil(lambda: "boundary" in in_sight(window))
    window.projector.leave()
    window.open_task("lenet-mnist")
    assert {name: dock.height() for name, dock in in_sight(window).items()} == approx(before)


def test_the_curves_stand_under_the_network_and_leave_the_column_to_the_boundary(window, qtbot):
    place = in_sight(window)["curves"].geometry()
    share = in_sight(window)["boundary"].height() / window.stage.height()
    window.projector.enter()
    qtbot.waitUntil(lambda: in_sight(window)["curves"].y() >= window.canvas.height())
    assert in_sight(window)["curves"].x() < in_sight(window)["boundary"].x()
    assert in_sight(window)["boundary"].height() > 1.2 * share * window.stage.height()
    assert not window.canvas.zoom_control.isVisible()
    window.projector.leave()
    QApplication.processEvents()
    assert window.canvas.zoom_control.isVisible()
    now = in_sight(window)["curves"].geometry()
    assert abs(now.y() - place.y()) <= 2 and now.x() == place.x()
