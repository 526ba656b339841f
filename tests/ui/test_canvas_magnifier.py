"""A unit under the pointer, seen large."""

import numpy as np
import pytest
from canvas_tools import at
from PySide6.QtCore import QPoint, Qt

from engine.activations import ReLU, Softmax
from engine.experiment import Experiment
from engine.graph import Graph
from engine.layers.conv2d import Conv2d
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.tasks.digits import Digits
from engine.tasks.points import Points
from playground.ui.planes import plane_probe

XOR = Experiment(Points(), Graph.chain(Dense(4), Dense(2, Softmax())))


@pytest.fixture
def ready(show, trained):
    def ready(experiment=XOR):
        canvas = show(experiment)
        snapshot = trained(canvas)
        canvas.show_snapshot(snapshot)
        return canvas, snapshot

    return ready


def over(qtbot, canvas, name, cell):
    """Move the mouse onto a cell of a card."""
    card = canvas.network.nodes[name]
    box = card.face.cells(card.body.translated(card.pos()))[cell]
    qtbot.mouseMove(canvas.viewport(), at(canvas, name))
    qtbot.mouseMove(canvas.viewport(), canvas.mapFromScene(box.center()))


def test_a_unit_under_the_mouse_is_seen_large_with_its_name_range_and_axes(ready, qtbot):
    canvas, snapshot = ready()
    over(qtbot, canvas, "dense_1", 2)
    seen, values = canvas.magnifier, snapshot.answers[plane_probe(XOR)]["dense_1"][2]
    assert seen.isVisible()
    assert seen.accessibleName().startswith("Dense 1 · h₃, from ")
    assert (seen.closeup.lowest, seen.closeup.highest) == (values.min(), values.max())
    assert seen.closeup.axes == ("x₁", "x₂") and seen.closeup.bounds == plane_probe(XOR).bounds
    assert seen.closeup.image.height() == len(values)
    assert canvas.rect().contains(seen.geometry())


def test_it_goes_with_the_mouse_and_the_canvas(ready, qtbot):
    canvas, _ = ready()
    over(qtbot, canvas, "output", 1)
    assert "class 1" in canvas.magnifier.accessibleName()
    qtbot.mouseMove(canvas.viewport(), at(canvas, "output"))
    assert canvas.magnifier.isHidden()
    over(qtbot, canvas, "input", 0)
    assert canvas.magnifier.isVisible()
    canvas.pointer.leave()
    assert canvas.magnifier.isHidden()


def test_it_is_drawn_anew_with_every_picture(ready, trained, qtbot):
    canvas, _ = ready()
    over(qtbot, canvas, "dense_1", 0)
    before = canvas.magnifier.closeup
    canvas._painted = 0.0
    canvas.show_snapshot(trained(canvas))
    assert canvas.magnifier.closeup is not before
    assert canvas.magnifier.isVisible()


def test_channels_cells_and_the_image_itself(ready, qtbot):
    layers = (Conv2d(6, 3, activation=ReLU()), Flatten(), Dense(30, ReLU()))
    digits = Experiment(Digits(), Graph.chain(*layers, Dense(10, Softmax())))
    canvas, snapshot = ready(digits)
    values = snapshot.answers[canvas.sample]
    conv, dense = (canvas.document.experiment.graph.nodes[place].name for place in (1, 3))
    over(qtbot, canvas, conv, 4)
    assert "Channel 5" in canvas.magnifier.accessibleName()
    assert canvas.magnifier.closeup.highest == values[conv][4].max()
    over(qtbot, canvas, dense, 17)
    closeup = canvas.magnifier.closeup
    assert closeup.lowest == closeup.highest == np.float32(values[dense][17])
    column, row = closeup.marked
    assert row * closeup.image.width() + column == 17


def test_enter_walks_over_the_units_of_the_selected_card(ready, qtbot):
    canvas, _ = ready()
    canvas.document.select("dense_1")
    keys = Qt.Key
    qtbot.keyClick(canvas, keys.Key_Return)
    assert "h₁" in canvas.magnifier.accessibleName()
    qtbot.keyClick(canvas, keys.Key_Right)
    assert "h₂" in canvas.magnifier.accessibleName()
    for _ in range(2):
        qtbot.keyClick(canvas, keys.Key_Left)
    assert "h₄" in canvas.magnifier.accessibleName()
    assert canvas.document.selection == "dense_1"
    qtbot.keyClick(canvas, keys.Key_Escape)
    assert canvas.magnifier.isHidden()
    qtbot.keyClick(canvas, keys.Key_Right)
    assert canvas.document.selection == "output"


def test_numbers_without_a_picture_stay_small(ready, qtbot):
    digits = Experiment(Digits(), Graph.chain(Flatten(), Dense(4), Dense(10, Softmax())))
    canvas, _ = ready(digits)
    over(qtbot, canvas, "dense_1", 0)
    assert canvas.magnifier.isHidden()


def test_it_is_painted_in_both_corners(ready, qtbot):
    canvas, _ = ready()
    for name, cell in (("input", 1), ("output", 1)):
        over(qtbot, canvas, name, cell)
        picture = canvas.grab().toImage()
        middle = canvas.magnifier.geometry().center() - QPoint(0, 10)
        assert picture.pixelColor(middle) != picture.pixelColor(QPoint(3, 3))
