import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from engine.activations import Identity, Softmax
from engine.experiment import Experiment
from engine.graph import Graph
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.tasks.digits import Digits
from engine.tasks.points import Points
from engine.tasks.traffic import Traffic
from playground.ui import i18n
from playground.ui.canvas.edits import MIME

XOR = Experiment(Points(), Graph.chain(Dense(4), Dense(2, Softmax())))
LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def names(canvas):
    return [node.name for node in canvas.document.experiment.graph]


def drag(canvas, kind, *spots, drop=True):
    """Post the events of a drag over the canvas through `spots`, in viewport pixels."""
    data, viewport = QMimeData(), canvas.viewport()
    data.setData(MIME, kind.encode())
    copy = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(spots[0], copy, data, LEFT, PLAIN)
    QApplication.sendEvent(viewport, enter)
    for spot in spots:
        move = QDragMoveEvent(spot, copy, data, LEFT, PLAIN)
        QApplication.sendEvent(viewport, move)
    if drop:
        last = QDropEvent(QPointF(spots[-1]), copy, data, LEFT, PLAIN)
        QApplication.sendEvent(viewport, last)
        return last
    return move


def wire_spot(canvas, source, target):
    return canvas.mapFromScene(canvas.network.wires[source, target].middle)


def card_spot(canvas, name):
    card = canvas.network.nodes[name]
    return canvas.mapFromScene(card.pos() + QPointF(card.width / 2, 12))


# Building


def test_dropping_on_a_wire_inserts_there_as_one_undo_step(show):
    canvas = show()
    event = drag(canvas, "dense", QPoint(450, 540), wire_spot(canvas, "input", "dense_1"))
    assert event.isAccepted()
    assert names(canvas) == ["input", "dense_2", "dense_1", "output"]
    assert canvas.document.selection == "dense_2"
    assert set(canvas.network.wires) == {
        ("input", "dense_2"),
        ("dense_2", "dense_1"),
        ("dense_1", "output"),
    }
    canvas.document.undo_stack.undo()
    assert canvas.document.experiment == XOR
    assert "dense_2" not in canvas.network.nodes


def test_dropping_in_free_space_appends_before_the_output(show):
    canvas = show()
    drag(canvas, "dropout", QPoint(450, 555))
    assert names(canvas) == ["input", "dense_1", "dropout_1", "output"]


def test_a_drag_shows_where_the_layer_lands_and_what_it_adds(show):
    canvas = show()
    spot = wire_spot(canvas, "input", "dense_1")
    drag(canvas, "dense", spot + QPoint(0, 20), drop=False)
    network = canvas.network
    assert network.wires["input", "dense_1"].thick
    assert network.landing.isVisible()
    assert network.landing.words == ("Dense", "(N, 4)", "+12 params")
    QApplication.sendEvent(canvas.viewport(), QDragLeaveEvent())
    assert not network.landing.isVisible()
    assert not network.wires["input", "dense_1"].thick
    assert canvas.document.experiment == XOR


@pytest.mark.parametrize("kind", ["", "no_such_layer", "ünïcode"])
def test_what_is_no_layer_is_not_taken(show, kind):
    canvas = show()
    event = drag(canvas, kind, QPoint(300, 300))
    assert not event.isAccepted()
    assert canvas.document.experiment == XOR


def test_an_error_in_a_drag_handler_is_reported_and_does_not_escape(show, monkeypatch):
    canvas, reported = show(), []
    monkeypatch.setattr("sys.excepthook", lambda *error: reported.append(error[1]))
    monkeypatch.setattr(canvas.network, "wire_near", lambda *_: 1 / 0)
    assert not drag(canvas, "dense", QPoint(300, 300)).isAccepted()
    assert all(isinstance(error, ZeroDivisionError) for error in reported) and reported


def test_dragging_a_card_sideways_reorders_and_escape_puts_it_back(show, qtbot):
    graph = Graph.chain(Dense(4), Dense(6), Dense(3), Dense(2, Softmax()))
    canvas = show(XOR.but(graph=graph))
    start, goal = card_spot(canvas, "dense_1"), card_spot(canvas, "dense_3")
    view = canvas.viewport()
    left = canvas.network.nodes["dense_2"].pos().x()
    for finish in ("escape", "release"):
        qtbot.mousePress(view, LEFT, pos=start)
        for share in (0.2, 0.6, 1.0):
            qtbot.mouseMove(view, start + (goal - start) * share)
        assert canvas.network.nodes["dense_2"].pos().x() < left
        assert canvas.document.experiment.graph == graph
        if finish == "escape":
            qtbot.keyClick(canvas, Qt.Key.Key_Escape)
            assert canvas.network.nodes["dense_2"].pos().x() == left
        qtbot.mouseRelease(view, LEFT, pos=goal)
        if finish == "escape":
            assert canvas.document.experiment.graph == graph
    assert names(canvas) == ["input", "dense_2", "dense_3", "dense_1", "output"]
    canvas.document.undo_stack.undo()
    assert canvas.document.experiment.graph == graph


def test_input_and_output_neither_move_nor_go(show, qtbot):
    canvas = show()
    qtbot.mousePress(canvas.viewport(), LEFT, pos=card_spot(canvas, "output"))
    qtbot.mouseMove(canvas.viewport(), card_spot(canvas, "input"))
    qtbot.mouseRelease(canvas.viewport(), LEFT, pos=card_spot(canvas, "input"))
    canvas.document.select("output")
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_F2):
        qtbot.keyClick(canvas, key)
    qtbot.keyClick(canvas, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert canvas.document.experiment == XOR
    assert not canvas.editor.isVisible()


def test_keys_select_move_duplicate_and_delete(show, qtbot):
    canvas = show()
    alt, control = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
    document = canvas.document
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert document.selection == "dense_1"
    qtbot.keyClick(canvas, Qt.Key.Key_D, control)
    assert names(canvas) == ["input", "dense_1", "dense_2", "output"]
    assert document.selection == "dense_2"
    qtbot.keyClick(canvas, Qt.Key.Key_Left, alt)
    assert names(canvas) == ["input", "dense_2", "dense_1", "output"]
    qtbot.keyClick(canvas, Qt.Key.Key_Left, alt)
    assert names(canvas) == ["input", "dense_2", "dense_1", "output"]
    qtbot.keyClick(canvas, Qt.Key.Key_Right, alt)
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    assert names(canvas) == ["input", "dense_1", "output"]
    assert document.undo_stack.count() == 4
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
    assert document.experiment == XOR


def test_renaming_in_place_and_a_taken_name(show, qtbot):
    canvas = show(XOR.but(graph=Graph.chain(Dense(4), Dense(4), Dense(2, Softmax()))))
    canvas.document.select("dense_1")
    qtbot.keyClick(canvas, Qt.Key.Key_F2)
    assert canvas.editor.text() == "Dense 1"
    canvas.editor.setText("corner")
    qtbot.keyClick(canvas.editor, Qt.Key.Key_Return)
    assert names(canvas) == ["input", "corner", "dense_2", "output"]
    assert canvas.network.nodes["corner"].caption.title == "corner"
    canvas.commands.rename()
    canvas.editor.setText("dense_2")
    with qtbot.waitSignal(canvas.refused) as refused:
        qtbot.keyClick(canvas.editor, Qt.Key.Key_Return)
    assert "dense_2" in str(refused.args[0])
    assert names(canvas) == ["input", "corner", "dense_2", "output"]
    canvas.commands.rename()
    canvas.editor.setText("gone")
    qtbot.keyClick(canvas.editor, Qt.Key.Key_Escape)
    assert "corner" in names(canvas)


def test_the_buttons_over_a_hovered_card(show, qtbot):
    canvas = show()
    card = canvas.network.nodes["dense_1"]
    view = canvas.viewport()
    qtbot.mouseMove(view, card_spot(canvas, "dense_1"))
    assert card.hovered
    left, right = (
        canvas.mapFromScene(card.pos() + card.chip().center() + QPointF(x, 0)) for x in (-14, 14)
    )
    qtbot.mouseMove(view, left)
    assert card.hovered
    qtbot.mouseClick(view, LEFT, pos=left)
    assert names(canvas) == ["input", "dense_1", "dense_2", "output"]
    canvas.document.undo_stack.undo()
    qtbot.mouseMove(view, card_spot(canvas, "dense_1"))
    qtbot.mouseClick(view, LEFT, pos=right)
    assert names(canvas) == ["input", "output"]


def test_the_plus_opens_the_layers_for_its_wire(show, qtbot):
    canvas = show()
    qtbot.mouseClick(canvas.viewport(), LEFT, pos=wire_spot(canvas, "dense_1", "output"))
    menu = QApplication.activePopupWidget()
    choice = next(action for action in menu.actions() if action.text() == "Dropout")
    choice.trigger()
    menu.close()
    assert names(canvas) == ["input", "dense_1", "dropout_1", "output"]


# Errors


def test_a_wrong_shape_marks_the_card_and_one_click_repairs_it(show, qtbot):
    canvas = show()
    document = canvas.document
    bad = Experiment(Digits(), Graph.chain(Dense(4), Dense(8), Dense(10, Softmax())))
    with qtbot.waitSignal(canvas.problem_changed) as changed:
        document.edit(bad, "task")
    assert changed.args[0].node == "dense_1" and canvas.problem is changed.args[0]
    cards = canvas.network.nodes
    assert cards["dense_1"].failed and cards["dense_1"].caption.shape == "–"
    assert cards["dense_2"].idle and cards["dense_2"].caption.shape == "?"
    assert not canvas.bubble.isVisible()
    document.select("dense_1")
    assert canvas.bubble.isVisible()
    assert canvas.bubble.sentence.text() == "Dense 1 needs a list, but gets 1×28×28."
    assert canvas.rect().contains(canvas.bubble.geometry())
    with qtbot.waitSignal(canvas.problem_changed) as changed:
        qtbot.mouseClick(canvas.bubble.buttons[0], LEFT)
    assert changed.args[0] is None and canvas.problem is None
    assert names(canvas) == ["input", "flatten_1", "dense_1", "dense_2", "output"]
    assert not canvas.bubble.isVisible()
    document.undo_stack.undo()
    assert canvas.problem is not None


def test_a_loss_that_does_not_match_is_repaired_in_the_training(show, qtbot):
    graph = Graph.chain(Flatten(), Dense(1, Identity()))
    canvas = show(Experiment(Traffic(), graph))
    canvas.document.select("output")
    assert canvas.bubble.isVisible()
    qtbot.mouseClick(canvas.bubble.buttons[0], LEFT)
    assert canvas.document.experiment.training.loss.kind == "mse"
    assert canvas.problem is None


def test_the_bubble_speaks_the_language_of_the_window(show):
    canvas = show(Experiment(Digits(), Graph.chain(Dense(10, Softmax()))))
    canvas.document.select("output")
    i18n.set_language("ko")
    QApplication.processEvents()
    assert "출력" in canvas.bubble.sentence.text()
    assert "Output" not in canvas.bubble.sentence.text()


# The view


def test_zoom_stays_in_its_range_and_fit_returns(show, qtbot):
    canvas = show()
    fitted = canvas.zoom
    for _ in range(20):
        canvas.zoom_in()
    assert canvas.zoom == 2.5
    for _ in range(20):
        canvas.zoom_out()
    assert canvas.zoom == pytest.approx(0.4)
    qtbot.keyClick(canvas, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert canvas.zoom == pytest.approx(fitted)
    shown = canvas.mapToScene(canvas.viewport().rect()).boundingRect()
    assert shown.contains(canvas.network.arrangement.bounds)


def test_dragging_empty_ground_pans(show, qtbot):
    canvas = show()
    before = card_spot(canvas, "input")
    start = QPoint(500, 545)
    qtbot.mousePress(canvas.viewport(), LEFT, pos=start)
    qtbot.mouseMove(canvas.viewport(), start + QPoint(40, -30))
    qtbot.mouseRelease(canvas.viewport(), LEFT, pos=start + QPoint(40, -30))
    moved = card_spot(canvas, "input") - before
    assert abs(moved.x() - 40) <= 2 and abs(moved.y() + 30) <= 2


def test_animated_cards_end_where_cards_without_animation_stand(show, qtbot):
    still, moving = show(), show()
    moving.animate = True
    for canvas in (still, moving):
        canvas.document.edit_graph(
            Graph.chain(Dense(4), Dense(4), Dense(4), Dense(2, Softmax())), "more"
        )
    qtbot.waitUntil(
        lambda: all(
            item.pos() == still.network.nodes[name].pos()
            for name, item in moving.network.nodes.items()
        )
    )


def test_a_screen_reader_hears_the_selected_card(show, qtbot):
    canvas = show()
    canvas.document.select("dense_1")
    assert canvas.accessibleDescription() == (
        "Dense 1, layer 2 of 3, 4 units, tanh, output 4, 12 parameters, selected"
    )
