"""Warnings at the cards of layers whose gradients vanish or explode, and their repairs."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication

from engine.activations import Sigmoid, Softmax
from engine.experiment import Experiment
from engine.graph import Graph
from engine.layers.dense import Dense
from engine.tasks.points import Points
from playground.examples import example
from playground.ui.canvas.health import PROBE
from playground.ui.i18n import set_language

DEEP = Graph.chain(*[Dense(8, Sigmoid()) for _ in range(6)], Dense(2, Softmax()))
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def open_deep(qtbot, open_window):
    """Open a window on a network of many sigmoid layers, before any training."""

    def open_one(graph=DEEP):
        window = open_window(Experiment(Points(), graph))
        qtbot.waitUntil(lambda: PROBE in window.session.snapshot().answers)
        window.tick()
        return window

    return open_one


def remarks(canvas):
    return {name: item.remark for name, item in canvas.network.nodes.items() if item.remark}


def hover(qtbot, canvas, name):
    card = canvas.network.nodes[name]
    middle = card.pos() + QPointF(card.width / 2, 20)
    qtbot.mouseMove(canvas.viewport(), canvas.mapFromScene(middle))


def test_the_first_layer_whose_gradient_vanishes_bears_a_warning(open_deep):
    canvas = open_deep().canvas
    assert list(remarks(canvas)) == ["dense_1"]
    assert remarks(canvas)["dense_1"].startswith("gradient ")
    assert "·10⁻" in remarks(canvas)["dense_1"]
    assert not canvas.bubble.isVisible()


def test_networks_that_learn_bear_none(qtbot, open_window):
    window = open_window(example("xor"))
    qtbot.waitUntil(lambda: PROBE in window.session.snapshot().answers)
    window.tick()
    assert remarks(window.canvas) == {}


def test_the_pointer_on_the_card_brings_the_repair(qtbot, open_deep):
    window = open_deep()
    canvas, document = window.canvas, window.document
    before = document.experiment.graph
    hover(qtbot, canvas, "dense_1")
    assert canvas.bubble.isVisible()
    assert canvas.bubble.sentence.text().startswith("Gradients in Dense 1 are below 0.0001")
    assert [button.text() for button in canvas.bubble.buttons] == ["Change sigmoid to ReLU"]
    qtbot.mouseClick(canvas.bubble.buttons[0], LEFT)
    kinds = [node.layer.activation.kind for node in document.experiment.graph.nodes[1:]]
    assert kinds == ["relu"] * 6 + ["softmax"]
    assert remarks(canvas) == {}
    qtbot.waitUntil(lambda: not canvas.bubble.isVisible())
    document.undo_stack.undo()
    assert document.experiment.graph == before


def test_the_warning_of_another_card_stays_away(qtbot, open_deep):
    canvas = open_deep().canvas
    hover(qtbot, canvas, "dense_3")
    assert not canvas.bubble.isVisible()


def test_the_keyboard_reads_it_too(qtbot, open_deep):
    window = open_deep()
    canvas = window.canvas
    with qtbot.waitActive(window):
        window.activateWindow()
    canvas.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(canvas, key)
    assert window.document.selection == "dense_1"
    assert canvas.bubble.isVisible()
    assert "Gradients in Dense 1" in canvas.accessibleDescription()


def test_it_speaks_korean(qtbot, open_deep):
    canvas = open_deep().canvas
    set_language("ko")
    QApplication.processEvents()
    canvas.window().tick()
    hover(qtbot, canvas, "dense_1")
    assert "기울기" in remarks(canvas)["dense_1"]
    assert "기울기" in canvas.bubble.sentence.text()


def test_the_card_of_a_folded_block_offers_the_repair_of_its_layer(qtbot, open_deep):
    window = open_deep()
    canvas = window.canvas
    canvas.selection.choose(["dense_1", "dense_2", "dense_3"])
    canvas.commands.group()
    canvas.editor.hide()
    qtbot.waitUntil(lambda: bool(remarks(canvas)))
    (block,) = remarks(canvas)
    assert canvas.network.nodes[block].spot.block
    assert "Gradients in Dense 1" in canvas.accessibleDescription()
    hover(qtbot, canvas, block)
    assert canvas.bubble.isVisible()
    assert [button.text() for button in canvas.bubble.buttons] == ["Change sigmoid to ReLU"]
    canvas.commands.fold("Block 1")
    assert list(remarks(canvas)) == ["dense_1"]
    canvas.commands.fold("Block 1")
    assert list(remarks(canvas)) == [block]
