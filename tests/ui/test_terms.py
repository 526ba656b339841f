"""What's this: every term on the screen is explained by key and by pointing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from playground.examples import example
from playground.glossary import term
from playground.ui.glossary import GlossaryDialog
from playground.ui.i18n import set_language
from playground.ui.terms import Explanation, Pointing, terms_of


def shown(window):
    bubbles = [bubble for bubble in window.findChildren(Explanation) if bubble.isVisible()]
    return [card.name.text() for bubble in bubbles for card in bubble.cards]


def press(window):
    QTest.keyClick(window, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("learning_rate", ["Learning rate"]),
        ("optimizer", ["Adam", "Optimizer"]),
        ("batch_size", ["Batch size"]),
    ],
)
def test_shift_f1_explains_the_setting_that_has_the_keyboard(open_window, name, names):
    window = open_window()
    window.activateWindow()
    window.transport.settings.fields[name].control.setFocus()
    press(window)
    assert shown(window) == names


def test_shift_f1_on_the_network_explains_the_selected_layer(open_window):
    window = open_window(example("lenet-mnist"))
    window.activateWindow()
    window.document.select("conv2d_1")
    window.canvas.setFocus()
    press(window)
    assert shown(window)[0] == "Conv 2D"


def test_the_course_is_named_in_both_languages(open_window):
    window = open_window()
    window.activateWindow()
    set_language("ko")
    window.transport.settings.fields["learning_rate"].control.setFocus()
    press(window)
    (bubble,) = window.findChildren(Explanation)
    assert bubble.cards[0].name.text() == "학습률"
    assert bubble.cards[0].course.text() == "강의: B, 딥러닝 기초"


@pytest.mark.parametrize(
    ("part", "name"),
    [
        (lambda w: w.transport.epoch, "Epoch"),
        (lambda w: w.transport.batch, "Batch"),
        (lambda w: w.inspector.form.row("units"), "Units"),
        (lambda w: w.stage.docks()[0].view.heading, "Decision boundary"),
        (lambda w: w.inspector.bypass_button, "Bypass"),
        (lambda w: w.header.tidy, "Tidy and align"),
        (lambda w: w.header.wire, "Add (skip wire)"),
    ],
)
def test_pointing_explains_what_was_clicked(open_window, qtbot, part, name):
    window = open_window()
    window.resize(1600, 1000)
    window.document.select("dense_1")
    window.inspector.set_folded(False)
    QApplication.processEvents()
    pointing = Pointing(window)
    widget = part(window)
    at = widget.mapTo(window, QPoint(8, widget.height() // 2))
    qtbot.mouseMove(pointing, at)
    qtbot.mouseClick(pointing, Qt.MouseButton.LeftButton, pos=at)
    assert shown(window)[-1] == name


def test_pointing_at_a_row_of_the_palette_explains_the_layer(open_window, qtbot):
    window = open_window()
    rows = window.palette_list.list
    item = next(item for item in rows.layers() if item.data(Qt.ItemDataRole.UserRole) == "dense")
    at = rows.visualItemRect(item).center()
    assert terms_of(rows.viewport(), at)[1] == [term("layer:dense")]


def test_escape_leaves_pointing_and_gives_the_keyboard_back(open_window, qtbot):
    window = open_window()
    window.activateWindow()
    window.canvas.setFocus()
    pointing = Pointing(window)
    qtbot.keyClick(pointing, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is window.canvas
    assert shown(window) == []


def test_the_glossary_is_searched_in_either_language(open_window, qtbot):
    window = open_window()
    dialog = GlossaryDialog(window)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.keyClicks(dialog.search, "momentum")
    assert term("optimizer:momentum") in dialog.entries()
    dialog.search.setText("과대적합")
    assert dialog.entries() == [term("word:overfitting")]
    assert dialog.card.name.text() == "Overfitting"
    dialog.search.setText("zzz")
    assert not dialog.empty.isHidden()


def test_a_row_of_the_palette_offers_its_explanation(open_window, qtbot):
    window = open_window()
    rows = window.palette_list.list
    item = next(item for item in rows.layers() if item.data(Qt.ItemDataRole.UserRole) == "dropout")
    rows.customContextMenuRequested.emit(rows.visualItemRect(item).center())
    (menu,) = rows.findChildren(QMenu)
    menu.actions()[-1].trigger()
    menu.close()
    assert shown(window) == ["Dropout"]


def test_every_view_is_explained():
    from playground.ui.views import view

    assert [kind for kind in view if term(f"view:{kind}") is None] == []
