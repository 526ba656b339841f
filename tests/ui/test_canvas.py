from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSizeF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from engine.activations import Identity, ReLU, Sigmoid, Softmax
from engine.experiment import Experiment, Training
from engine.graph import Graph
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.flatten import Flatten
from engine.probes import Parameters, Sample
from engine.tasks.digits import Digits
from engine.tasks.points import Points
from engine.tasks.traffic import Traffic
from playground.session import Session
from playground.ui import i18n, theme
from playground.ui.canvas import Canvas, CanvasHeader
from playground.ui.canvas.edits import MIME
from playground.ui.canvas.layout import Wish, arrange, nearest_slot
from playground.ui.document import Document
from playground.ui.planes import plane_probe

XOR = Experiment(Points(), Graph.chain(Dense(4), Dense(2, Softmax())))
LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def show(qtbot):
    def show(experiment=XOR):
        canvas = Canvas(Document(experiment), animate=False)
        qtbot.addWidget(canvas)
        canvas.resize(900, 560)
        canvas.show()
        return canvas

    return show


@pytest.fixture
def trained():
    """Return the snapshot of an experiment after a short training, with answers for a canvas."""
    sessions = []

    def trained(canvas):
        session = Session(canvas.document.experiment)
        sessions.append(session)
        wanted = canvas.probes(canvas.document.experiment)
        session.want(wanted)
        session.step("epoch")
        return session.wait(
            lambda s: s.state in ("paused", "finished") and s.epoch and wanted <= set(s.answers)
        )

    yield trained
    for session in sessions:
        session.close()


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
    canvas.rename_selected()
    canvas.editor.setText("dense_2")
    with qtbot.waitSignal(canvas.refused) as refused:
        qtbot.keyClick(canvas.editor, Qt.Key.Key_Return)
    assert "dense_2" in str(refused.args[0])
    assert names(canvas) == ["input", "corner", "dense_2", "output"]
    canvas.rename_selected()
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


# Live pictures


def test_cards_say_shape_and_parameters(show):
    cards = show().network.nodes
    assert [cards[name].caption.shape for name in cards] == ["(N, 2)", "(N, 4)", "(N, 2)"]
    assert cards["dense_1"].caption.parameters == "12 params"
    assert cards["dense_1"].caption.summary == "4 units · tanh"
    assert cards["input"].caption.summary == "2 features"


def test_a_plane_asks_one_plane_and_images_ask_a_sample(show):
    canvas = show()
    assert canvas.probes(XOR) == {plane_probe(XOR), Parameters()}
    digits = Experiment(Digits(), Graph.chain(Flatten(), Dense(32), Dense(10, Softmax())))
    canvas = show(digits)
    assert canvas.probes(digits) == {Sample()}
    canvas.sample = Sample("validation", 5)
    assert canvas.probes(digits) == {Sample("validation", 5)}


def test_thumbnails_and_edges_show_the_snapshot(show, trained):
    canvas = show()
    snapshot = trained(canvas)
    canvas.show_snapshot(snapshot)
    card, edges = canvas.network.nodes["dense_1"], canvas.network.edges["input", "dense_1"]
    assert np.array_equal(edges.weights, snapshot.answers[Parameters()]["dense_1"]["W"])
    assert not card.face.show(canvas.network._answers)  # the same answers cost nothing
    box = card.units()[0]
    values = snapshot.answers[plane_probe(XOR)]["dense_1"][0]
    row, column = (0, -1) if abs(values[0, -1]) > abs(values[0, 0]) else (0, 0)
    corner = box.bottomLeft() if column == 0 else box.bottomRight()
    inside = corner + QPointF(5 if column == 0 else -5, -20)
    pixel = canvas.grab().toImage().pixelColor(canvas.mapFromScene(inside))
    blue = pixel.blue() > pixel.red()
    assert blue == (values[row, column] > 0)
    assert canvas.network.loss.value == f"{snapshot.history.last()['training_loss']:.3f}"


def test_thumbnails_follow_the_theme(show, trained):
    canvas = show()
    canvas.show_snapshot(trained(canvas))
    for name in ("dark", "light"):
        theme.manager().set_theme(name)
        QApplication.processEvents()
        picture = canvas.grab().toImage()
        low_x1 = canvas.network.nodes["input"].units()[0].bottomLeft() + QPointF(4, -20)
        shown = picture.pixelColor(canvas.mapFromScene(low_x1)).getRgb()
        assert np.allclose(shown, theme.current().neg.getRgb(), atol=40)


def test_a_snapshot_of_another_network_is_not_drawn(show, trained):
    canvas = show()
    snapshot = trained(canvas)
    canvas.document.edit_graph(Graph.chain(Dense(5), Dense(2, Softmax())), "units")
    canvas.show_snapshot(snapshot)
    assert canvas.network.edges["input", "dense_1"].weights is None
    assert canvas.network.loss.value == "–"


def test_answers_of_another_task_are_no_picture(show, trained):
    window = Traffic(inputs=("Speed", "ToVol"), window=2)
    canvas = show(Experiment(window, Graph.chain(Flatten(), Dense(1, Identity()))).but(loss="mse"))
    canvas.show_snapshot(trained(canvas))
    graph = Graph.chain(Flatten(), Dense(10), Dense(10, Softmax()))
    canvas.document.replace(Experiment(Digits(), graph))
    assert canvas.problem is None
    canvas.grab()


@pytest.mark.parametrize(
    "experiment",
    [
        Experiment(Points(), Graph.chain(Dense(8, ReLU()), Dropout(), Dense(1, Sigmoid()))).but(
            loss="binary_cross_entropy"
        ),
        Experiment(Points(), Graph.chain(Dense(24), Dense(13), Dense(2, Softmax()))),
        Experiment(
            Traffic(), Graph.chain(Flatten(), Dense(3), Dense(1, Identity())), Training(loss="mse")
        ),
    ],
    ids=["one output", "wide", "numbers"],
)
@pytest.mark.parametrize("name", ["light", "dark"])
def test_other_networks_are_drawn_in_both_themes(show, trained, experiment, name):
    theme.manager().set_theme(name)
    canvas = show(experiment)
    blank = canvas.grab().toImage()
    canvas.show_snapshot(trained(canvas))
    assert canvas.grab().toImage() != blank
    theme.manager().set_theme("dark" if name == "light" else "light")
    assert canvas.grab().toImage() != blank


def test_an_edge_under_the_mouse_names_its_weight(show, trained, qtbot):
    canvas = show()
    canvas.show_snapshot(trained(canvas))
    edges = canvas.network.edges["input", "dense_1"]
    path = edges._paths[1, 3]
    spot = canvas.mapFromScene(path.pointAtPercent(0.72))
    qtbot.mouseMove(canvas.viewport(), spot)
    assert edges.hovered == (1, 3)
    text = canvas.pointer._weight(edges, (1, 3))
    weight = edges.weights[1, 3]
    assert text.startswith("x₂ → h₄  w = ") and f"{abs(weight):.2f}" in text
    assert ("−" in text) == (weight < 0)
    canvas.pointer.leave()
    assert edges.hovered is None


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


def test_header_counts_parameters_and_undoes(qtbot):
    document = Document(XOR)
    header = CanvasHeader(document)
    qtbot.addWidget(header)
    header.set_presets([("a", "MLP 2-4-2"), ("b", "Perceptron")])
    header.name_preset("a")
    assert header.total.text() == "22 parameters" and not header.undo.isEnabled()
    document.edit_graph(Graph.chain(Dense(2, Softmax())), "Delete Dense 1")
    assert header.total.text() == "6 parameters"
    assert header.presets.value() == ""
    assert "Delete Dense 1" in header.undo.toolTip()
    header.undo.click()
    assert document.experiment == XOR
    with qtbot.waitSignal(header.preset_chosen) as chosen:
        header.presets.setCurrentIndex(2)
        header.presets.activated.emit(2)
    assert chosen.args == ["b"]


# Geometry


def row_of(count, body=128.0):
    return [(str(i), Wish(134, body)) for i in range(count)]


def test_more_than_five_cards_wrap_unless_one_row_shows_them_larger():
    room = QSizeF(830, 520)
    assert [len(row) for row in arrange(row_of(5), room, False).rows] == [5]
    assert [len(row) for row in arrange(row_of(9), room, False).rows] == [5, 4]
    assert [len(row) for row in arrange(row_of(7, 400), room, False).rows] == [7]


def test_cards_do_not_overlap_and_share_one_height():
    arrangement = arrange(row_of(8), QSizeF(900, 500), False)
    boxes = [*arrangement.cards.values(), arrangement.loss]
    assert not any(a.intersects(b) for a, b in combinations(boxes, 2))
    assert len({box.height() for box in arrangement.cards.values()}) == 1
    assert nearest_slot(arrangement, arrangement.cards["6"].center()) == 6
    assert nearest_slot(arrangement, arrangement.cards["0"].center()) == 1
