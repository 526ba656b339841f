"""Several layers at once: selecting, copying, moving, grouping, freezing, finding."""

import json

import pytest
from canvas_tools import (
    ALT,
    BRANCHES,
    CHAIN,
    CONTROL,
    LEFT,
    SHIFT,
    SKIP,
    at,
    inputs,
    names,
    pull,
)
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from engine.experiment import Experiment, from_dict, to_dict
from engine.graph import Graph
from engine.layers.dense import Dense
from engine.tasks.points import Points
from playground.ui import i18n
from playground.ui.canvas import edits

INNER = ["dense_1", "dense_2", "dense_3"]
LONG = Experiment(Points(), Graph.chain(*[Dense(3) for _ in range(15)], Dense(2, "softmax")))


def chosen(canvas):
    return canvas.selection.in_order()


def test_shift_click_adds_and_takes_away(show, qtbot):
    canvas = show(CHAIN)
    view = canvas.viewport()
    qtbot.mouseClick(view, LEFT, pos=at(canvas, "dense_1"))
    qtbot.mouseClick(view, LEFT, SHIFT, pos=at(canvas, "dense_3"))
    assert chosen(canvas) == ["dense_1", "dense_3"]
    assert canvas.network.nodes["dense_1"].selected and canvas.network.nodes["dense_3"].selected
    assert canvas.document.selection == "dense_3"
    assert canvas.accessibleDescription() == "2 layers selected"
    qtbot.mouseClick(view, LEFT, SHIFT, pos=at(canvas, "dense_3"))
    assert chosen(canvas) == ["dense_1"]
    qtbot.mouseClick(view, LEFT, pos=at(canvas, "dense_2"))
    assert chosen(canvas) == ["dense_2"]


def test_a_rectangle_drawn_with_shift_selects_what_it_touches(show, qtbot):
    canvas = show(CHAIN)
    corner = at(canvas, "dense_1", -20, -30)
    pull(qtbot, canvas, corner, at(canvas, "dense_2", 30, 60), modifiers=SHIFT)
    assert chosen(canvas) == ["dense_1", "dense_2"]
    assert not canvas.network.band.isVisible()


def test_keys_select_all_and_extend(show, qtbot):
    canvas = show(CHAIN)
    qtbot.keyClick(canvas, Qt.Key.Key_A, CONTROL)
    assert chosen(canvas) == INNER
    canvas.document.select("dense_2")
    assert chosen(canvas) == INNER  # it is one of them
    canvas.selection.choose(["dense_2"])
    qtbot.keyClick(canvas, Qt.Key.Key_Left, SHIFT)
    assert chosen(canvas) == ["dense_1", "dense_2"]


def test_copied_layers_are_pasted_as_a_segment_behind_the_selection(show, qtbot):
    canvas = show(CHAIN)
    canvas.selection.choose(["dense_1", "dense_2"])
    qtbot.keyClick(canvas, Qt.Key.Key_C, CONTROL)
    assert json.loads(QApplication.clipboard().text())["format"] == "neural-playground-layers"
    canvas.selection.choose(["dense_3"])
    qtbot.keyClick(canvas, Qt.Key.Key_V, CONTROL)
    assert names(canvas) == ["input", *INNER, "dense_4", "dense_5", "output"]
    assert canvas.document.experiment.graph.is_chain
    assert chosen(canvas) == ["dense_4", "dense_5"]
    canvas.document.undo_stack.undo()
    assert canvas.document.experiment == CHAIN


def test_cut_layers_come_back_in_another_network(show, qtbot):
    canvas, other = show(SKIP), show(LONG)
    canvas.selection.choose(["dense_2", "add_1"])
    qtbot.keyClick(canvas, Qt.Key.Key_X, CONTROL)
    assert names(canvas) == ["input", "dense_1", "dense_3", "output"]
    other.document.select("dense_15")
    qtbot.keyClick(other, Qt.Key.Key_V, CONTROL)
    assert inputs(other, "add_1") == ("dense_16", "dense_15")
    assert inputs(other, "output") == ("add_1",)


FORMAT = {"format": "neural-playground-layers"}
LAYER = {"name": "a", "inputs": ["b"], "layer": {"kind": "dropout"}}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "[]",
        json.dumps(FORMAT),
        json.dumps(FORMAT | {"layers": [LAYER, LAYER]}),
        json.dumps(FORMAT | {"layers": [LAYER | {"rate": "fast"}]}),
        json.dumps(FORMAT | {"layers": [LAYER | {"layer": {"kind": "os.system"}}]}),
    ],
)
def test_a_clipboard_without_layers_says_so(show, qtbot, text):
    canvas = show(CHAIN)
    QApplication.clipboard().setText(text)
    with qtbot.waitSignal(canvas.refused):
        qtbot.keyClick(canvas, Qt.Key.Key_V, CONTROL)
    assert canvas.document.experiment == CHAIN


def test_several_layers_are_deleted_and_duplicated_at_once(show, qtbot):
    canvas = show(CHAIN)
    canvas.selection.choose(["dense_1", "dense_3"])
    qtbot.keyClick(canvas, Qt.Key.Key_D, CONTROL)
    assert names(canvas) == ["input", *INNER, "dense_4", "dense_5", "output"]
    canvas.selection.choose(INNER)
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    assert names(canvas) == ["input", "dense_4", "dense_5", "output"]
    assert canvas.document.undo_stack.count() == 2
    assert "3 layers" in canvas.document.undo_stack.undoText()


def test_several_layers_of_a_chain_move_together(show, qtbot):
    canvas = show(CHAIN)
    canvas.selection.choose(["dense_1", "dense_2"])
    qtbot.keyClick(canvas, Qt.Key.Key_Right, ALT)
    assert names(canvas) == ["input", "dense_3", "dense_1", "dense_2", "output"]
    assert chosen(canvas) == ["dense_1", "dense_2"]
    qtbot.keyClick(canvas, Qt.Key.Key_Right, ALT)
    assert canvas.document.undo_stack.count() == 1
    pull(qtbot, canvas, at(canvas, "dense_2"), at(canvas, "dense_3", 10))
    assert names(canvas) == ["input", *INNER, "output"]


def test_a_layer_of_a_branch_moves_along_its_wires(show, qtbot):
    canvas = show(BRANCHES)
    canvas.document.select("right_2")
    qtbot.keyClick(canvas, Qt.Key.Key_Left, ALT)
    assert inputs(canvas, "right_2") == ("dense_1",) and inputs(canvas, "right") == ("right_2",)
    qtbot.keyClick(canvas, Qt.Key.Key_Right, ALT)
    assert canvas.document.experiment.graph["right"].inputs == ("dense_1",)


def test_what_holds_branches_together_does_not_move(show, qtbot):
    canvas = show(SKIP)
    for name in ("dense_2", "add_1"):
        canvas.document.select(name)
        with qtbot.waitSignal(canvas.refused) as refused:
            qtbot.keyClick(canvas, Qt.Key.Key_Left, ALT)
        assert "holds branches together" in str(refused.args[0])
    assert canvas.document.experiment == SKIP


class TestBlocks:
    def test_selected_layers_fold_into_a_named_block_and_open_again(self, show, qtbot):
        canvas = show(CHAIN)
        canvas.selection.choose(["dense_1", "dense_3"])
        qtbot.keyClick(canvas, Qt.Key.Key_G, CONTROL)
        assert canvas.editor.isVisible() and canvas.editor.text() == "Block 1"
        qtbot.keyClick(canvas.editor, Qt.Key.Key_Return)
        nodes = canvas.network.nodes
        assert set(nodes) == {"input", "dense_3", "output"}
        block = nodes["dense_3"].caption
        assert (block.title, block.summary) == ("Block 1", "3 layers")
        assert (block.shape, block.parameters) == ("(N, 3)", "47 params")
        assert canvas.accessibleDescription().startswith("Block 1, block of 3 layers")
        canvas.grab()
        qtbot.mouseDClick(canvas.viewport(), LEFT, pos=at(canvas, "dense_3"))
        assert set(canvas.network.nodes) == {"input", *INNER, "output"}
        assert [frame.title for frame in canvas.network.frames] == ["Block 1"]
        canvas.grab()
        qtbot.keyClick(canvas, Qt.Key.Key_Return)
        assert set(canvas.network.nodes) == {"input", "dense_3", "output"}
        canvas.document.undo_stack.undo()
        assert set(canvas.network.nodes) == {"input", *INNER, "output"}
        assert canvas.document.experiment == CHAIN

    def test_a_click_on_the_name_of_an_open_block_folds_it(self, show, qtbot):
        canvas = show(CHAIN)
        canvas.selection.choose(INNER)
        canvas.commands.group()
        canvas.commands.enter()
        spot = canvas.mapFromScene(canvas.network.frames[0].tab().center())
        qtbot.mouseClick(canvas.viewport(), LEFT, pos=spot)
        assert set(canvas.network.nodes) == {"input", "dense_3", "output"}

    def test_a_block_is_renamed_saved_and_taken_apart(self, show, qtbot):
        canvas = show(CHAIN)
        canvas.selection.choose(["dense_2", "dense_3"])
        canvas.commands.group()
        qtbot.keyClick(canvas.editor, Qt.Key.Key_Escape)
        qtbot.keyClick(canvas, Qt.Key.Key_F2)
        canvas.editor.setText("Encoder")
        qtbot.keyClick(canvas.editor, Qt.Key.Key_Return)
        assert canvas.network.nodes["dense_3"].caption.title == "Encoder"
        saved = json.loads(json.dumps(to_dict(canvas.document.experiment)))
        assert [entry.get("group", "") for entry in saved["graph"]] == [
            "", "", "Encoder", "Encoder", "",
        ]  # fmt: skip
        reopened = show(from_dict(saved))
        assert set(reopened.network.nodes) == {"input", "dense_1", "dense_3", "output"}
        reopened.document.select("dense_2")
        qtbot.keyClick(reopened, Qt.Key.Key_G, CONTROL | SHIFT)
        assert reopened.document.experiment == CHAIN

    def test_a_block_is_deleted_and_moved_as_one(self, show, qtbot):
        canvas = show(CHAIN)
        canvas.selection.choose(["dense_1", "dense_2"])
        canvas.commands.group()
        pull(qtbot, canvas, at(canvas, "dense_2"), at(canvas, "dense_3", 60))
        assert names(canvas) == ["input", "dense_3", "dense_1", "dense_2", "output"]
        canvas.commands.delete()
        assert names(canvas) == ["input", "dense_3", "output"]

    def test_a_residual_block_is_one_card(self, show):
        canvas = show(SKIP)
        canvas.selection.choose(["dense_2", "add_1"])
        canvas.commands.group()
        assert set(canvas.network.wires) == {
            ("input", "dense_1"),
            ("dense_1", "add_1"),
            ("add_1", "dense_3"),
            ("dense_3", "output"),
        }


def folded(show):
    """Show a residual block that is folded: the cards are a row, though the graph is none."""
    canvas = show(SKIP)
    canvas.selection.choose(["dense_2", "add_1"])
    canvas.commands.group()
    canvas.editor.hide()
    return canvas


def test_a_folded_residual_block_moves_like_a_layer(show, qtbot):
    canvas = folded(show)
    assert canvas.network.in_row
    pull(qtbot, canvas, at(canvas, "add_1"), at(canvas, "dense_1", 10))
    assert names(canvas) == ["input", "dense_2", "add_1", "dense_1", "dense_3", "output"]
    assert inputs(canvas, "add_1") == ("dense_2", "input")
    qtbot.keyClick(canvas, Qt.Key.Key_Right, ALT)
    assert inputs(canvas, "add_1") == ("dense_2", "dense_1")
    assert inputs(canvas, "dense_3") == ("add_1",)


def test_a_layer_goes_in_front_of_all_of_a_folded_block(show):
    canvas = folded(show)
    wire = canvas.network.wires["dense_1", "add_1"]
    assert wire.targets == ("dense_2", "add_1")
    edits.insert(canvas.document, "dropout", wire.source, wire.targets)
    assert inputs(canvas, "dense_2") == ("dropout_1",)
    assert inputs(canvas, "add_1") == ("dense_2", "dropout_1")
    assert canvas.network.in_row


def test_freezing_locks_and_unlocks(show, qtbot):
    canvas = show(CHAIN)
    canvas.selection.choose(["input", "dense_1", "dense_2"])
    qtbot.keyClick(canvas, Qt.Key.Key_L, CONTROL | SHIFT)
    rates = [node.rate for node in canvas.document.experiment.graph]
    assert rates == [1, 0, 0, 1, 1]
    card = canvas.network.nodes["dense_1"]
    assert card.frozen and card.caption.summary == "weights locked"
    assert not canvas.network.nodes["input"].frozen
    canvas.grab()
    qtbot.keyClick(canvas, Qt.Key.Key_L, CONTROL | SHIFT)
    assert canvas.document.experiment == CHAIN


def test_typing_finds_a_layer(show, qtbot):
    canvas = show(LONG)
    canvas.activateWindow()
    qtbot.keyClick(canvas, Qt.Key.Key_F, CONTROL)
    finder = canvas.finder
    assert finder.isVisible() and finder.list.count() == 17
    qtbot.keyClicks(finder.field, "dense 12")
    assert [finder.list.item(i).text() for i in range(finder.list.count())] == ["Dense 12"]
    qtbot.keyClick(finder.field, Qt.Key.Key_Return)
    assert canvas.document.selection == "dense_12" and not finder.isVisible()
    i18n.set_language("ko")
    qtbot.keyClick(canvas, Qt.Key.Key_F, CONTROL)
    finder.field.setText("출력")
    assert finder.list.count() == 1
    finder.field.setText("dense 12")
    assert finder.list.item(0).text() == "밀집층 12"
    i18n.set_language("en")
    QApplication.processEvents()
    assert finder.list.item(0).text() == "Dense 12"
    qtbot.keyClick(finder.field, Qt.Key.Key_Escape)
    assert not finder.isVisible() and canvas.document.selection == "dense_12"


def test_large_networks_have_a_map_that_leads_there(show, qtbot):
    assert not show(CHAIN).minimap.isVisible()
    canvas = show(LONG)
    assert not canvas.minimap.isVisible()  # all of it is in sight
    for _ in range(8):
        canvas.zoom_in()
    assert canvas.minimap.isVisible()
    qtbot.mouseClick(canvas.minimap, LEFT, pos=QPoint(8, 8))
    first = QPointF(canvas.mapFromScene(canvas.network.nodes["input"].pos()))
    qtbot.mouseClick(canvas.minimap, LEFT, pos=canvas.minimap.rect().center())
    assert QPointF(canvas.mapFromScene(canvas.network.nodes["input"].pos())).x() < first.x() - 50
    canvas.minimap.grab()
    canvas.commands.tidy()
    assert canvas.fitted and not canvas.minimap.isVisible()


@pytest.mark.parametrize(
    ("select", "expected"),
    [
        (["dense_1", "dense_2"], "Group into a block\tCtrl+G"),
        (["add_1"], "Join inputs by"),
        (["dense_1"], "Skip wire from here\tCtrl+J"),
        ([], "Select all\tCtrl+A"),
    ],
)
def test_the_menu_offers_what_suits_the_selection(show, select, expected):
    canvas = show(SKIP)
    canvas.selection.choose(select)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(canvas.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert expected in [action.text() for action in menu.actions()]
    menu.close()


def test_a_layer_is_inserted_by_keys(show, qtbot):
    canvas = show(CHAIN)
    canvas.selection.choose(["dense_1"])
    qtbot.keyClick(canvas, Qt.Key.Key_L, CONTROL)
    (menu,) = (menu for menu in canvas.findChildren(QMenu) if menu.isVisible())
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(menu, key)
    assert len(names(canvas)) == len(CHAIN.graph.nodes) + 1
    assert inputs(canvas, canvas.document.selection) == ("dense_1",)
    assert inputs(canvas, "dense_2") == (canvas.document.selection,)
