import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from engine.activations import Identity, ReLU, Sigmoid, Softmax
from engine.experiment import Experiment, Training
from engine.graph import Graph
from engine.layers.attention import MultiHeadAttention
from engine.layers.conv2d import Conv2d
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.flatten import Flatten
from engine.probes import Parameters, Sample
from engine.probes_layers import GradientSizes
from engine.tasks.digits import Digits
from engine.tasks.points import Points
from engine.tasks.traffic import Traffic
from playground.ui import theme
from playground.ui.canvas.node import shortened
from playground.ui.canvas.words import summary
from playground.ui.planes import plane_probe

XOR = Experiment(Points(), Graph.chain(Dense(4), Dense(2, Softmax())))


def test_cards_say_shape_and_parameters(show):
    cards = show().network.nodes
    assert [cards[name].caption.shape for name in cards] == ["(N, 2)", "(N, 4)", "(N, 2)"]
    assert cards["dense_1"].caption.parameters == "12 params"
    assert cards["dense_1"].caption.summary == "4 units · tanh"
    assert cards["input"].caption.summary == "2 features"


def test_a_plane_asks_one_plane_and_images_ask_a_sample(show):
    canvas = show()
    assert canvas.probes(XOR) == {plane_probe(XOR), Parameters(), GradientSizes()}
    digits = Experiment(Digits(), Graph.chain(Flatten(), Dense(32), Dense(10, Softmax())))
    canvas = show(digits)
    assert canvas.probes(digits) == {Sample(), GradientSizes()}
    canvas.sample = Sample("validation", 5)
    assert canvas.probes(digits) == {Sample("validation", 5), GradientSizes()}


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


@pytest.mark.parametrize("count", [1, 2, 3])
def test_few_feature_maps_stand_in_the_middle_of_their_card(show, count):
    graph = Graph.chain(Conv2d(count, 3), Flatten(), Dense(10, Softmax()))
    card = show(Experiment(Digits(), graph)).network.nodes["conv2d_1"]
    maps = card.face.openings(card.body)
    assert len(maps) == count
    middle = (maps[0].left() + maps[-1].right()) / 2
    assert middle == pytest.approx(card.body.center().x(), abs=1)


def test_a_long_name_keeps_the_number_that_tells_it_from_others():
    metrics = QFontMetricsF(theme.font("heading", 1))
    room = metrics.horizontalAdvance("Transformer decoder…")
    short = shortened("Transformer decoder block 2", metrics, room)
    assert short.startswith("Transf") and short.endswith("… 2")
    assert metrics.horizontalAdvance(short) <= room
    assert shortened("Dense 1", metrics, room) == "Dense 1"
    assert shortened("What nobody has ever called a layer", metrics, room).endswith("…")


def test_one_is_not_written_as_many():
    assert str(Dense(1).summary()) == "1 unit · tanh"
    assert summary(Graph.chain(Dense(1))["input"], (1,)) == "1 feature"
    assert str(MultiHeadAttention(heads=1).summary()) == "1 head"


def test_the_bar_of_an_epoch_goes_though_its_card_has_grown_meanwhile(show):
    card = show().network.nodes["dense_1"]
    card.show_progress(0.5)
    assert card._progress.isVisible()
    card.set_lane(card.lane + 20)
    card.show_progress(0.0)
    assert not card._progress.isVisible()
