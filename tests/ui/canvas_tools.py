"""What tests of the canvas share: networks, places on the screen, and drags."""

from PySide6.QtCore import QPointF, Qt

from engine.activations import Softmax
from engine.experiment import Experiment
from engine.graph import INPUT, OUTPUT, Graph, Node
from engine.graph_edits import connect
from engine.layers.dense import Dense
from engine.layers.input import Input
from engine.layers.merge import Concatenate
from engine.tasks.points import Points
from playground.ui.canvas.layout import PORT_Y
from playground.ui.canvas.routes import LEAVE

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
CHAIN = Experiment(Points(), Graph.chain(Dense(4), Dense(4), Dense(3), Dense(2, Softmax())))
SKIP = CHAIN.but(graph=connect(CHAIN.graph, "dense_1", "dense_3")[0])
BRANCHES = Experiment(
    Points(),
    Graph(
        (
            Node(INPUT, Input()),
            Node("dense_1", Dense(4), (INPUT,)),
            Node("left", Dense(3), ("dense_1",)),
            Node("right", Dense(5), ("dense_1",)),
            Node("right_2", Dense(5), ("right",)),
            Node("concatenate_1", Concatenate(), ("left", "right_2")),
            Node(OUTPUT, Dense(2, Softmax()), ("concatenate_1",)),
        )
    ),
)
LONG = Experiment(Points(), Graph.chain(*[Dense(3)] * 9, Dense(2, Softmax())))


def names(canvas):
    return [node.name for node in canvas.document.experiment.graph]


def inputs(canvas, name):
    return canvas.document.experiment.graph[name].inputs


def at(canvas, name, x=None, y=12.0):
    """Return a place on a card in pixels of the viewport; in its middle without `x`."""
    card = canvas.network.nodes[name]
    return canvas.mapFromScene(card.pos() + QPointF(card.width / 2 if x is None else x, y))


def port(canvas, name):
    return at(canvas, name, canvas.network.nodes[name].width, PORT_Y)


def arc_handle(canvas, name):
    return at(canvas, name, LEAVE, 0)


def pull(qtbot, canvas, start, *spots, drop=True, modifiers=PLAIN):
    """Press at a place, move through others, and release at the last."""
    view = canvas.viewport()
    qtbot.mouseMove(view, start)
    qtbot.mousePress(view, LEFT, modifiers, pos=start)
    before = start
    for spot in spots:
        for share in (0.3, 0.7, 1.0):
            qtbot.mouseMove(view, before + (spot - before) * share)
        before = spot
    if drop:
        qtbot.mouseRelease(view, LEFT, modifiers, pos=before)


def graph(canvas):
    return canvas.document.experiment.graph


def corners(canvas):
    return {name: item.pos() for name, item in canvas.network.nodes.items()}


def boxes(canvas):
    return {name: item.box.translated(item.pos()) for name, item in canvas.network.nodes.items()}


def place(canvas, **by):
    """Move cards by hand, by pixels of the scene."""
    now = canvas.network.corners()
    canvas.commands.place({name: now[name] + QPointF(*offset) for name, offset in by.items()})


def near(one, other, most=1.0):
    return (one - other).manhattanLength() <= most


def check_order(canvas):
    """No card covers another, every wire ends at its cards, and the loss follows the output."""
    cards = boxes(canvas)
    assert set(canvas.network.arrangement.routes) == set(canvas.network.wires)
    for one, box in cards.items():
        assert all(one == name or not box.intersects(other) for name, other in cards.items())
    for (source, target), wire in canvas.network.wires.items():
        ends = wire.path.pointAtPercent(0), wire.path.pointAtPercent(1)
        for name, end in zip((source, target), ends, strict=True):
            assert cards[name].adjusted(-1, -1, 1, 1).contains(end)
    output = cards[OUTPUT]
    assert canvas.network.loss.pos().x() > output.right()
    assert output.top() < canvas.network.loss.pos().y() + 64 < output.bottom() + 64
