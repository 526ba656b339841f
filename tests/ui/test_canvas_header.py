from itertools import combinations

from PySide6.QtCore import QSizeF

from engine.activations import Softmax
from engine.experiment import Experiment
from engine.graph import Graph
from engine.layers.dense import Dense
from engine.tasks.points import Points
from playground.ui.canvas import CanvasHeader
from playground.ui.canvas.layout import Wish, arrange, nearest_slot
from playground.ui.document import Document

XOR = Experiment(Points(), Graph.chain(Dense(4), Dense(2, Softmax())))


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


def row_of(count, body=128.0):
    return [(str(i), Wish(134, body)) for i in range(count)]


def test_more_than_five_cards_wrap_unless_one_row_shows_them_larger():
    room = QSizeF(830, 520)
    assert [len(row) for row in arrange(row_of(5), room, False).rows] == [5]
    assert [len(row) for row in arrange(row_of(9), room, False).rows] == [5, 4]
    assert [len(row) for row in arrange(row_of(7, 400), room, False).rows] == [7]
    narrow = QSizeF(480, 620)
    assert [len(row) for row in arrange(row_of(9), narrow, False).rows] == [3, 3, 3]
    assert [len(row) for row in arrange(row_of(5), narrow, False).rows] == [5]


def test_cards_do_not_overlap_and_share_one_height():
    arrangement = arrange(row_of(8), QSizeF(900, 500), False)
    boxes = [*arrangement.cards.values(), arrangement.loss]
    assert not any(a.intersects(b) for a, b in combinations(boxes, 2))
    assert len({box.height() for box in arrangement.cards.values()}) == 1
    assert nearest_slot(arrangement, arrangement.cards["6"].center()) == 6
    assert nearest_slot(arrangement, arrangement.cards["0"].center()) == 1
