import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from engine.activations import Softmax
from engine.errors import ShapeError
from engine.experiment import Experiment
from engine.graph import Graph
from engine.layers import Layer, layer
from engine.layers.dense import Dense
from engine.tasks.digits import Digits
from engine.tasks.points import Points
from playground.ui import i18n
from playground.ui.canvas import Palette
from playground.ui.canvas import palette as palette_module
from playground.ui.canvas.edits import MIME
from playground.ui.canvas.palette import KIND, MISFIT
from playground.ui.document import Document


@pytest.fixture
def document():
    return Document(Experiment(Points(), Graph.chain(Dense(4), Dense(2, Softmax()))))


@pytest.fixture
def palette(qtbot, document):
    palette = Palette(document)
    qtbot.addWidget(palette)
    palette.show()
    return palette


def row(palette, kind):
    return next(item for item in palette.list.layers() if item.data(KIND) == kind)


def names(document):
    return [node.name for node in document.experiment.graph]


def test_all_grouped_layers_are_offered_and_the_input_is_not(palette):
    offered = [item.data(KIND) for item in palette.list.layers()]
    assert sorted(offered) == sorted(cls.kind for cls in layer.values() if cls.group)
    assert "input" not in offered


def test_a_new_layer_appears_by_itself(qtbot, document):
    @layer("noop", label="Nothing", group="Basic")
    class Nothing(Layer):
        pass

    try:
        palette = Palette(document)
        qtbot.addWidget(palette)
        assert row(palette, "noop").text() == "Nothing"
    finally:
        del layer._kinds["noop"]


def test_groups_and_names_follow_the_language(palette):
    i18n.set_language("ko")
    QApplication.processEvents()
    assert row(palette, "dense").text() == "밀집층"
    assert palette.list.item(0).text() == "기본"
    i18n.set_language("en")
    QApplication.processEvents()
    assert row(palette, "dense").text() == "Dense"


def test_enter_inserts_after_the_selected_layer_and_double_click_before_the_output(
    qtbot, document, palette
):
    document.select("input")
    palette.list.setCurrentItem(row(palette, "dropout"))
    qtbot.keyClick(palette.list, Qt.Key.Key_Return)
    assert names(document) == ["input", "dropout_1", "dense_1", "output"]
    assert document.selection == "dropout_1"
    document.select("")
    palette.list.itemDoubleClicked.emit(row(palette, "dense"))
    assert names(document) == ["input", "dropout_1", "dense_1", "dense_2", "output"]
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert names(document) == ["input", "dense_1", "output"]


def test_a_dragged_row_carries_its_kind(palette):
    data = palette.list.mimeData([row(palette, "dense")])
    assert bytes(data.data(MIME).data()) == b"dense"


def test_a_layer_that_fits_nowhere_is_marked_and_says_why(qtbot):
    @layer("images_only", label="Images only", group="Image")
    class ImagesOnly(Layer):
        def output_shape(self, inputs):
            if len(inputs[0]) != 3:
                raise ShapeError("{layer} needs an image.")
            return inputs[0]

    try:
        document = Document(Experiment(Points(), Graph.chain(Dense(2, Softmax()))))
        palette = Palette(document)
        qtbot.addWidget(palette)
        item = row(palette, "images_only")
        assert item.data(MISFIT) is True
        assert "needs an image" in item.toolTip()
        assert item.flags() & Qt.ItemFlag.ItemIsDragEnabled
        assert row(palette, "dense").data(MISFIT) is False
        document.replace(Experiment(Digits(), Graph.chain(Dense(10, Softmax()))))
        qtbot.waitUntil(lambda: item.data(MISFIT) is False)
    finally:
        del layer._kinds["images_only"]


def test_typing_filters_and_enter_inserts(palette, document, qtbot):
    def shown():
        return [item.text() for item in palette.list.layers() if not item.isHidden()]

    everything = shown()
    qtbot.keyClick(palette.list, Qt.Key.Key_D)
    assert palette.search.text() == "d"
    qtbot.keyClicks(palette.search, "ropo")
    assert shown() == ["Dropout"]
    titles = [palette.list.item(row) for row in range(palette.list.count())]
    assert sum(not item.data(KIND) and not item.isHidden() for item in titles) == 1
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert "dropout_1" in names(document)
    assert palette.search.text() == "" and shown() == everything
    i18n.set_language("ko")
    QApplication.processEvents()
    palette.search.setText("드롭")
    assert shown() == ["드롭아웃"]


def test_layers_are_judged_once_for_several_edits_in_a_row(qtbot, monkeypatch):
    document = Document(Experiment(Points(), Graph.chain(Dense(2, Softmax()))))
    palette = Palette(document)
    qtbot.addWidget(palette)
    judged = []
    monkeypatch.setattr(
        palette_module, "misfits", lambda experiment: judged.append(experiment) or {}
    )
    for units in (3, 4, 5):
        document.edit_graph(Graph.chain(Dense(units), Dense(2, Softmax())), "Set units")
    assert not judged
    qtbot.waitUntil(lambda: bool(judged))
    assert judged == [document.experiment]
