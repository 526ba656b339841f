"""A small screen and large text: everything stays in sight or one click away."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from shiboken6 import getCppPointer

from playground.examples import example
from playground.ui.help import ShortcutsDialog
from playground.ui.i18n import set_language


@pytest.mark.parametrize("name", ["xor", "digits-softmax", "vds-lstm", "gpt-char"])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_nothing_is_cut_at_1024_by_768(open_window, dressed, name, scale):
    dressed.set_scale(scale)
    window = open_window(example(name))
    window.resize(1024, 768)
    QApplication.processEvents()
    assert window.frame.minimumSizeHint().width() <= 1024
    for part in (window.transport, window.header, window.inspector):
        inside = [w for w in part.findChildren(QWidget) if w.parentWidget() is part]
        boxes = [w.geometry() for w in inside if w.isVisible() and not w.isWindow()]
        assert max(box.right() for box in boxes) <= part.width()
    right = max(dock.mapTo(window, QPoint(dock.width(), 0)).x() for dock in window.stage.docks())
    assert right <= 1024
    assert window.canvas.height() >= 100


@pytest.mark.parametrize("name", ["digits-softmax", "vds-lstm"])
def test_a_4k_screen_is_filled(open_window, dressed, name):
    dressed.set_scale(1.5)
    window = open_window(example(name))
    window.resize(3840, 2160)
    QApplication.processEvents()
    assert not window.frame.rail.folded
    assert window.transport.folded() == ()
    assert window.frame.left.isVisible()


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_list_of_keys_fits_a_small_screen(open_window, dressed, language):
    set_language(language)
    window = open_window()
    window.menus.actions_by_text["Keyboard shortcuts"].trigger()
    dialog = window.findChild(ShortcutsDialog)
    assert dialog.width() <= 1024 and dialog.height() <= 700
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert {"Space", "Ctrl+B", "Ctrl+T", "Alt"} <= {*said}
    dialog.close()


@pytest.fixture
def narrow(open_window):
    window = open_window()
    window.resize(1024, 768)
    QApplication.processEvents()
    window.activateWindow()
    return window


def test_a_narrow_window_has_a_rail_that_opens_the_column(narrow, qtbot):
    rail = narrow.frame.rail
    assert rail.isVisible() and not narrow.frame.left.isVisible()
    qtbot.mouseClick(rail.buttons["dense"], Qt.MouseButton.LeftButton)
    assert narrow.frame.left.isVisible()
    assert narrow.palette_list.isAncestorOf(QApplication.focusWidget())
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not narrow.frame.left.isVisible()


def test_the_open_column_closes_when_the_keyboard_goes_elsewhere(narrow, qtbot):
    rail = narrow.frame.rail
    qtbot.mouseClick(rail.buttons["data"], Qt.MouseButton.LeftButton)
    assert rail.buttons["data"].isChecked()
    narrow.canvas.setFocus()
    assert not narrow.frame.left.isVisible()
    assert not rail.buttons["data"].isChecked()


def test_a_window_made_wide_again_has_its_column_back(narrow):
    narrow.resize(1440, 900)
    QApplication.processEvents()
    assert not narrow.frame.rail.isVisible()
    assert narrow.frame.left.isVisible()
    assert narrow.frame.left.mapTo(narrow, QPoint()).x() == 0
    narrow.resize(1024, 768)
    QApplication.processEvents()
    assert narrow.frame.rail.isVisible() and not narrow.frame.left.isVisible()


def test_the_corner_of_the_menu_bar_grows_with_the_text(open_window, dressed):
    window = open_window()
    buttons = window.menus.corner.findChildren(QPushButton)
    for scale in (1.5, 1.0):
        dressed.set_scale(scale)
        QApplication.processEvents()
        QApplication.processEvents()  # the bar hears of its corner after the corner of its buttons
        assert all(one.width() >= one.minimumSizeHint().width() for one in buttons)
    assert window.menus.corner.width() == window.menus.corner.sizeHint().width()


@pytest.mark.parametrize("name", ["xor", "lenet-mnist", "vds-lstm"])
def test_no_widget_comes_or_goes_while_all_are_styled(
    open_window, qapp, dressed, monkeypatch, name
):
    """Qt walks through all widgets then, and would crash."""
    window, style, changed = open_window(example(name)), qapp.setStyleSheet, []

    def watched(sheet):
        before = {getCppPointer(widget)[0] for widget in qapp.allWidgets()}
        style(sheet)
        changed.append(before ^ {getCppPointer(widget)[0] for widget in qapp.allWidgets()})

    monkeypatch.setattr(qapp, "setStyleSheet", watched)
    for width in (1440, 1024):
        window.resize(width, 900)
        QApplication.processEvents()
        for scale in (1.5, 1.0, 1.25, 1.0):
            dressed.set_scale(scale)
            QApplication.processEvents()
        dressed.set_theme("dark")
        window.projector.enter()
        QApplication.processEvents()
        window.projector.leave()
        dressed.set_theme("light")
        QApplication.processEvents()
    assert changed and not any(changed)


def test_large_text_on_a_small_screen_leaves_room_for_the_curves(narrow, dressed):
    dressed.set_scale(1.5)
    narrow.open_example("mnist-mlp")
    QApplication.processEvents()
    seen = {dock.objectName(): dock for dock in narrow.stage.docks() if dock.in_sight}
    assert {"sample", "curves"} <= set(seen) and "confusion" not in seen
    assert seen["curves"].height() >= 200
