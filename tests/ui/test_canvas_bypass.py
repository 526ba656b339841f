"""Layers bypassed and used again: by key, by the inspector, and what the window says of them."""

import pytest
from canvas_tools import BRANCHES, CHAIN
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest

from engine.activations import Softmax
from engine.experiment import Experiment, Training
from engine.graph import INPUT, OUTPUT, Graph, insert_after
from engine.graph_modes import bypass
from engine.layers.conv2d import Conv2d
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.lstm import LSTM
from engine.layers.reshape import Reshape
from engine.probes import Parameters
from engine.tasks.digits import Digits
from playground.ui import theme
from playground.ui.canvas.layout import PORT_Y
from playground.ui.canvas.node import BYPASSED
from playground.ui.drawn import PaneItem
from playground.ui.views.gates import GatesView

CONTROL = Qt.KeyboardModifier.ControlModifier


def bypassed(canvas):
    return [node.name for node in canvas.document.experiment.graph if node.bypassed]


def opacities(card):
    """Return how opaque the live pictures of a card are."""
    return {part.opacity() for part in card.childItems() if isinstance(part, PaneItem)}


def press(canvas):
    QTest.keyClick(canvas.viewport(), Qt.Key.Key_B, CONTROL)


def test_a_key_bypasses_the_selected_layers_as_one_edit(show):
    canvas = show(CHAIN)
    canvas.setFocus()
    canvas.selection.choose(["dense_1", "dense_2"])
    press(canvas)
    assert bypassed(canvas) == ["dense_1", "dense_2"]
    assert canvas.document.undo_stack.undoText() == "Bypass 2 layers"
    press(canvas)
    assert bypassed(canvas) == []
    assert canvas.document.undo_stack.undoText() == "Use 2 layers again"
    canvas.document.undo_stack.undo()
    canvas.document.undo_stack.undo()
    assert canvas.document.experiment == CHAIN
    assert not canvas.document.undo_stack.canUndo()


def test_of_several_layers_all_are_bypassed_before_all_are_used_again(show):
    canvas = show(CHAIN)
    canvas.selection.choose(["dense_1"])
    canvas.commands.bypass()
    canvas.selection.choose(["dense_1", "dense_2"])
    canvas.commands.bypass()
    assert bypassed(canvas) == ["dense_1", "dense_2"]


@pytest.mark.parametrize("name", [INPUT, OUTPUT])
def test_input_and_output_stay(show, name):
    canvas = show(CHAIN)
    canvas.selection.choose([name])
    canvas.commands.bypass()
    assert canvas.document.experiment == CHAIN


def test_the_card_says_so_and_shows_the_way_past(show, trained):
    canvas = show(CHAIN)
    canvas.selection.choose(["dense_2"])
    card = canvas.network.nodes["dense_2"]
    assert not card.bypassed and "tanh" in card.caption.summary
    canvas.commands.bypass()
    canvas.show_snapshot(trained(canvas))
    assert card.bypassed and card.caption.summary == "bypassed"
    assert card.caption.parameters == "20 params"
    assert "bypassed" in canvas.accessibleDescription()
    assert opacities(card) == {BYPASSED}
    *_, biases = card.face.live
    assert biases == []
    edges = canvas.network.edges["dense_1", "dense_2"]
    assert edges.weights is None
    assert set(edges._paths) == {(i, i) for i in range(4)}, "each unit hands on one number"
    canvas.commands.bypass()
    assert opacities(card) == {1.0}


@pytest.mark.parametrize("name", ["light", "dark"])
def test_words_and_wire_keep_their_contrast(show, dressed, name):
    dressed.set_theme(name)
    canvas = show(CHAIN.but(graph=bypass(CHAIN.graph, ["dense_2"])))
    card, colors = canvas.network.nodes["dense_2"], theme.current()
    picture = QImage(400, 400, QImage.Format.Format_RGB32)
    picture.fill(colors.canvas)
    painter = QPainter(picture)
    card.draw(painter)
    painter.end()
    words = [picture.pixelColor(x, y) for x in range(36, 100) for y in range(8, 22)]
    assert any(_near(color, colors.ink) for color in words)
    wire = [picture.pixelColor(round(card.width) - 6, int(PORT_Y) + dy) for dy in (-1, 0)]
    assert any(_near(color, colors.ctl) for color in wire)


def _near(color: QColor, other: QColor) -> bool:
    parts = zip(color.getRgb()[:3], other.getRgb()[:3], strict=True)
    return max(abs(a - b) for a, b in parts) < 40


def test_a_folded_block_is_bypassed_where_all_of_it_is(show):
    canvas = show(BRANCHES)
    canvas.selection.choose(["right", "right_2"])
    canvas.commands.group()
    block = canvas.document.experiment.graph["right"].group
    canvas.commands.bypass()
    assert bypassed(canvas) == ["right", "right_2"]
    (card,) = (c for c in canvas.network.nodes.values() if c.spot.block == block)
    assert card.bypassed


def test_the_inspector_bypasses_and_the_header_counts(open_window, qtbot):
    window = open_window(CHAIN)
    window.document.select("dense_2")
    button = window.inspector.bypass_button
    assert button.isVisible() and not button.isChecked()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.document.experiment.graph["dense_2"].bypassed and button.isChecked()
    assert window.header.total.text() == "55 parameters, 20 of them bypassed"
    assert "bypassed" in window.inspector.detail.text()
    window.document.select(OUTPUT)
    assert not button.isVisible()
    window.document.undo_stack.undo()
    assert window.document.experiment == CHAIN
    assert window.header.total.text() == "55 parameters"


def test_training_goes_on_past_it(open_window, qtbot):
    window = open_window(CHAIN)
    window.document.select("dense_2")
    before = window.session.ask(Parameters().measure).result(10)
    window.canvas.commands.bypass()
    window.session.step("epoch")
    qtbot.waitUntil(lambda: window.session.snapshot().epoch == 1, timeout=20_000)
    after = window.session.ask(Parameters().measure).result(10)
    assert after["dense_2"]["W"].tobytes() == before["dense_2"]["W"].tobytes()
    assert (after["dense_1"]["W"] != before["dense_1"]["W"]).any()


@pytest.mark.parametrize("layer", [LSTM(4), Conv2d(2, 3)], ids=lambda layer: layer.kind)
def test_a_layer_that_does_not_fit_has_a_card_without_weights(show, layer):
    graph, name = insert_after(CHAIN.graph, "dense_1", layer)
    canvas = show(CHAIN.but(graph=bypass(graph, [name])))
    assert canvas.problem is None
    assert canvas.network.nodes[name].caption.parameters == "0 params"


def test_views_of_gates_look_past_a_bypassed_layer(show):
    layers = [node.layer for node in CHAIN.graph.nodes[1:]]
    graph = Graph.chain(Reshape((2, 1)), LSTM(4), *layers)
    experiment = CHAIN.but(graph=graph)
    assert GatesView.offered(experiment)
    assert not GatesView.offered(experiment.but(graph=bypass(graph, ["lstm_1"])))


def test_the_feature_maps_of_a_bypassed_layer_stand_on_the_ground_of_its_card(show, trained):
    graph = Graph.chain(Conv2d(4, 3), Conv2d(4, 3), Flatten(), Dense(10, Softmax()))
    canvas = show(Experiment(Digits(), bypass(graph, ["conv2d_2"]), Training(epochs=1)))
    canvas.show_snapshot(trained(canvas))
    card = canvas.network.nodes["conv2d_2"]
    first, second, *_ = card.face.openings(card.body)
    between = QPointF((first.right() + second.left()) / 2, first.center().y()) + card.pos()
    color = canvas.grab().toImage().pixelColor(canvas.mapFromScene(between))
    assert _near(color, theme.current().panel)
