"""Weights set by hand, layers frozen and begun anew."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from playground.examples import example


@pytest.fixture
def xor(open_window, qtbot):
    window = open_window(example("xor"))
    window.document.select("dense_1")
    qtbot.waitUntil(lambda: window.inspector.matrix._weights is not None)
    return window


def parameters(window):
    return window.session.ask(lambda trainer: trainer.network.parameters()).result(10)


def spot(matrix, name, place):
    return matrix._box(name, place).center().toPoint()


@pytest.mark.parametrize(("name", "place"), [("W", (1, 2)), ("W", (0, 0)), ("b", (3,))])
def test_a_click_on_a_weight_and_a_number_set_it(xor, qtbot, name, place):
    matrix = xor.inspector.matrix
    before = parameters(xor)
    QTest.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=spot(matrix, name, place))
    assert matrix.editor.isVisible()
    QTest.keyClicks(matrix.editor, "-2,25")
    QTest.keyClick(matrix.editor, Qt.Key.Key_Return)
    assert parameters(xor)["dense_1"][name][place] == -2.25
    qtbot.waitUntil(lambda: matrix._value(name, place) == -2.25)
    xor.document.undo_stack.undo()
    after = parameters(xor)
    for node in before:
        for key in before[node]:
            np.testing.assert_array_equal(after[node][key], before[node][key])
    xor.document.undo_stack.redo()
    assert parameters(xor)["dense_1"][name][place] == -2.25


@pytest.mark.parametrize("typed", ["", "much", "1e999"])
def test_what_is_no_number_leaves_the_weight(xor, typed):
    matrix = xor.inspector.matrix
    before = parameters(xor)["dense_1"]["W"]
    QTest.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=spot(matrix, "W", (0, 1)))
    QTest.keyClicks(matrix.editor, typed)
    QTest.keyClick(matrix.editor, Qt.Key.Key_Return)
    np.testing.assert_array_equal(parameters(xor)["dense_1"]["W"], before)
    assert not xor.document.undo_stack.canUndo()


def test_escape_leaves_the_weight(xor):
    matrix = xor.inspector.matrix
    before = parameters(xor)["dense_1"]["W"]
    QTest.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=spot(matrix, "W", (0, 1)))
    QTest.keyClicks(matrix.editor, "7")
    QTest.keyClick(matrix.editor, Qt.Key.Key_Escape)
    np.testing.assert_array_equal(parameters(xor)["dense_1"]["W"], before)


def test_weights_are_reached_by_keys(xor):
    matrix = xor.inspector.matrix
    matrix.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(matrix, key)
    QTest.keyClicks(matrix.editor, "0.5")
    QTest.keyClick(matrix.editor, Qt.Key.Key_Return)
    assert parameters(xor)["dense_1"]["b"][1] == 0.5
    assert xor.document.undo_stack.undoText() == "Bias of Dense 1"


def test_between_the_cells_there_is_nothing(xor):
    matrix = xor.inspector.matrix
    assert matrix.cell_at(QPointF(2, 2)) is None
    assert matrix.cell_at(QPointF(matrix.width() - 1, 40)) is None


def test_the_lock_freezes_a_layer_as_an_edit(xor, qtbot):
    before = parameters(xor)
    qtbot.mouseClick(xor.inspector.freeze_button, Qt.MouseButton.LeftButton)
    assert xor.document.experiment.graph["dense_1"].rate == 0
    xor.session.step("epoch")
    qtbot.waitUntil(lambda: xor.session.snapshot().epoch == 1)
    after = parameters(xor)
    np.testing.assert_array_equal(after["dense_1"]["W"], before["dense_1"]["W"])
    assert (after["dense_2"]["W"] != before["dense_2"]["W"]).any()
    xor.document.undo_stack.undo()
    assert xor.document.experiment.graph["dense_1"].rate == 1
    assert not xor.inspector.freeze_button.isChecked()


def test_the_die_lets_one_layer_begin_anew_and_reset_brings_the_seeds_weights_back(xor, qtbot):
    before = parameters(xor)
    qtbot.mouseClick(xor.inspector.redraw_button, Qt.MouseButton.LeftButton)
    after = parameters(xor)
    assert (after["dense_1"]["W"] != before["dense_1"]["W"]).all()
    np.testing.assert_array_equal(after["dense_2"]["W"], before["dense_2"]["W"])
    qtbot.mouseClick(xor.transport.reset_button, Qt.MouseButton.LeftButton)
    np.testing.assert_array_equal(parameters(xor)["dense_1"]["W"], before["dense_1"]["W"])
    qtbot.mouseClick(xor.transport.seed_button, Qt.MouseButton.LeftButton)
    assert (parameters(xor)["dense_1"]["W"] != before["dense_1"]["W"]).all()
