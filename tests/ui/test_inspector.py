from dataclasses import dataclass

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from engine.activations import ReLU, Softmax
from engine.experiment import Experiment, Training
from engine.fields import Spec, param
from engine.graph import Graph
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.flatten import Flatten
from engine.optimizers import SGD
from engine.probes import Parameters
from engine.tasks.digits import Digits
from engine.tasks.points import Points
from engine.tasks.traffic import Traffic
from playground.examples import example
from playground.session import Session
from playground.ui import i18n, theme
from playground.ui.document import Document
from playground.ui.form_controls import CheckList, LogSlider, TextField
from playground.ui.forms import Form
from playground.ui.inspector import Inspector
from playground.ui.layer_pictures import filters_side_by_side
from playground.ui.widgets import Check, Combo, LabeledSlider, Stepper

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def document():
    graph = Graph.chain(Dense(4), Dropout(0.2), Dense(2, Softmax()))
    return Document(Experiment(Points(), graph))


@pytest.fixture
def inspector(qtbot, document):
    inspector = Inspector(document)
    qtbot.addWidget(inspector)
    inspector.resize(830, 208)
    inspector.show()
    return inspector


@pytest.fixture
def form(qtbot):
    def form(spec, **options):
        form = Form(spec, **options)
        qtbot.addWidget(form)
        form.show()
        form.heard = []
        form.edited.connect(lambda spec, final: form.heard.append((spec, final)))
        return form

    return form


def type_into(qtbot, stepper, text):
    stepper.field.setFocus()
    stepper.field.selectAll()
    qtbot.keyClicks(stepper.field, text)
    qtbot.keyClick(stepper.field, Qt.Key.Key_Return)


@dataclass(frozen=True)
class Everything(Spec):
    flag: bool = param(False, label="Flag", help="Whether")
    count: int = param(3, low=1, high=9, label="Count")
    share: float = param(0.5, low=0.0, high=1.0, step=0.05, label="Share")
    rate: float = param(0.01, low=1e-5, high=1.0, log=True, label="Rate")
    free: float = param(1.5, above=0.0, label="Free")
    shape: str = param("round", choices=("round", "square"), label="Shape")
    columns: tuple[str, ...] = param(("a",), choices=("a", "b"), low=1, high=2, label="Columns")
    sizes: tuple[int, ...] = param((8, 4), low=1, high=4, label="Sizes")
    name: str = param("", label="Name")
    secret: int = param(0, hidden=True)


# Forms


def test_each_field_gets_the_control_that_suits_it(form):
    kinds = {name: type(row.control) for name, row in form(Everything()).rows.items()}
    assert kinds == {
        "flag": Check,
        "count": Stepper,
        "share": LabeledSlider,
        "rate": LogSlider,
        "free": Stepper,
        "shape": Combo,
        "columns": CheckList,
        "sizes": TextField,
        "name": TextField,
    }


def test_every_control_edits_its_field(form, qtbot):
    made = form(Everything())
    rows = made.rows
    rows["flag"].control.click()
    qtbot.mouseClick(rows["count"].control.plus, LEFT)
    rows["shape"].control.setCurrentIndex(1)
    rows["shape"].control.activated.emit(1)
    rows["columns"].control.check("b").click()
    for name, text in (("sizes", "16, 2"), ("name", "night")):
        field = rows[name].control
        field.selectAll()
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Return)
    rows["share"].control.setValue(7)
    rows["rate"].control.setValue(rows["rate"].control.minimum())
    expected = Everything(True, 4, 0.35, 1e-5, 1.5, "square", ("a", "b"), (16, 2), "night")
    assert made.spec == expected
    assert made.heard[-1][0] == expected


def test_a_refused_value_says_so_under_the_control_and_nothing_is_lost(form, qtbot):
    made = form(Everything())
    row = made.row("count")
    type_into(qtbot, row.control, "5000")
    assert row.refusal.isVisible()
    assert row.refusal.text() == "Enter a whole number from 1 to 9."
    assert row.control.field.text() == "5000" and made.spec.count == 3 and not made.heard
    type_into(qtbot, row.control, "7")
    assert not row.refusal.isVisible() and made.spec.count == 7
    type_into(qtbot, made.row("free").control, "0")
    assert made.row("free").refusal.text() == "Enter a number above 0."
    assert made.spec.free == 1.5
    made.row("columns").control.check("a").click()
    assert made.row("columns").refusal.text() == "Choose from 1 to 2 values."
    assert made.spec.columns == ("a",)


def test_a_rule_between_fields_speaks_for_itself(form):
    made = form(Traffic(training_share=0.85))
    made.row("validation_share").control.setValue(5)
    assert "nothing to test" in made.row("validation_share").refusal.text()
    assert made.spec == Traffic(training_share=0.85)


def test_a_nested_family_shows_its_own_fields(form):
    made = form(Training(), exclude=("epochs", "seed"))
    assert "epochs" not in made.rows
    row = made.row("optimizer")
    kinds = [row.control.itemData(i) for i in range(row.control.count())]
    row.control.setCurrentIndex(kinds.index("sgd"))
    row.control.activated.emit(kinds.index("sgd"))
    assert isinstance(made.spec.optimizer, SGD)
    made.set_spec(Training(optimizer="momentum"))
    nested = made.row("optimizer").nested
    name = next(iter(nested.rows))
    nested.row(name).control.edited.emit(0.5, True)
    assert getattr(made.spec.optimizer, name) == 0.5
    assert made.heard[-1] == (made.spec, True)


def test_showing_a_spec_is_no_edit(form):
    made = form(Everything())
    made.set_spec(Everything(True, 8, 0.1, 0.1, 2.0, "square", ("b",), (1,), "x"))
    assert made.heard == []
    assert made.row("count").control.value() == 8
    assert made.row("columns").control.value() == ("b",)
    assert made.row("share").control.value() == 0.1


def test_captions_and_help_follow_the_language(form):
    made = form(Dense())
    i18n.set_language("ko")
    QApplication.processEvents()
    assert made.row("units")._field.caption.text() == "유닛 수"
    assert made.row("units").control.accessibleName() == "유닛 수"
    assert made.row("bias").control.text() == "편향 사용"


# Inspector


def test_without_a_selection_it_says_what_to_do(inspector):
    assert inspector.empty.isVisible()
    assert inspector.empty.sentence.text().startswith("Click a layer")


def test_header_names_the_layer_and_counts(inspector, document):
    document.select("dense_1")
    assert inspector.title.text() == "Dense 1"
    assert inspector.detail.text() == "4 units · tanh · 12 parameters"
    assert not inspector.empty.isVisible() and inspector.form.isVisible()
    document.select("input")
    assert inspector.form is None and not inspector.delete_button.isVisible()


def test_an_edit_is_one_undo_step_and_a_drag_is_one_too(inspector, document, qtbot):
    document.select("dense_1")
    qtbot.mouseClick(inspector.form.row("units").control.plus, LEFT)
    qtbot.mouseClick(inspector.form.row("units").control.plus, LEFT)
    assert document.experiment.graph["dense_1"].layer.units == 6
    assert document.undo_stack.count() == 2
    document.undo_stack.undo()
    assert inspector.form.row("units").control.value() == 5
    document.select("dropout_1")
    slider = inspector.form.row("rate").control
    before = document.undo_stack.index()
    qtbot.mousePress(slider, LEFT, pos=QPoint(20, slider.height() - 10))
    for x in (40, 60, 80):
        qtbot.mouseMove(slider, QPoint(x, slider.height() - 10))
    qtbot.mouseRelease(slider, LEFT, pos=QPoint(80, slider.height() - 10))
    assert document.undo_stack.index() == before + 1
    document.undo_stack.undo()
    assert document.experiment.graph["dropout_1"].layer.rate == 0.2


def test_duplicate_delete_and_rename(inspector, document, qtbot):
    document.select("dense_1")
    inspector.duplicate_button.click()
    assert document.selection == "dense_2"
    inspector.rename()
    inspector.editor.setText("corner")
    qtbot.keyClick(inspector.editor, Qt.Key.Key_Return)
    assert inspector.title.text() == "corner"
    inspector.delete_button.click()
    assert [n.name for n in document.experiment.graph][1:-1] == ["dense_1", "dropout_1"]


def test_weights_are_written_and_large_ones_painted(qtbot):
    graph = Graph.chain(Flatten(), Dense(12, ReLU()), Dense(10, Softmax()))
    experiment = Experiment(Points(), Graph.chain(Dense(4), Dense(12), Dense(2, Softmax())))
    document = Document(experiment)
    inspector = Inspector(document)
    qtbot.addWidget(inspector)
    inspector.resize(900, 208)
    inspector.show()
    document.select("dense_1")
    session = Session(experiment)
    try:
        wanted = inspector.probes(experiment)
        assert wanted == {Parameters()}
        session.want(wanted)
        snapshot = session.wait(lambda s: Parameters() in s.answers)
    finally:
        session.close()
    weights = snapshot.answers[Parameters()]["dense_1"]["W"]
    inspector.show_snapshot(snapshot)
    view = inspector.matrix
    corner, across, down = view._cells()
    spot = QPoint(round(corner.x() + 2.5 * across), round(corner.y() + 1.5 * down))
    value = f"{abs(weights[1, 2]):.2f}"
    assert view.weight_at(spot).startswith("x₂ → h₃") and value in view.weight_at(spot)
    assert view.weight_at(QPoint(1, 1)) == ""
    document.select("dense_2")
    inspector.show_snapshot(snapshot)
    assert view._image is not None
    assert view._image.height() == 4 and view._image.width() == 12
    document.replace(Experiment(Digits(), graph))
    assert inspector.probes(document.experiment) == frozenset()


def test_folded_it_keeps_its_header_and_asks_nothing(inspector, document):
    document.select("dense_1")
    inspector.fold_button.click()
    assert inspector.folded and inspector.height() <= 40
    assert inspector.probes(document.experiment) == frozenset()
    inspector.fold_button.click()
    assert not inspector.folded and inspector.form.isVisible()


@pytest.mark.parametrize("width", [380, 830])
def test_parts_stand_beside_or_under_one_another(inspector, document, width):
    document.select("dense_1")
    inspector.resize(width, 500)
    QApplication.processEvents()
    form, matrix = inspector.form, inspector.matrix
    form_end = form.mapTo(inspector, QPoint(0, form.height())).y()
    assert (matrix.mapTo(inspector, QPoint()).y() >= form_end) == (width < 640)


def test_the_curve_is_that_of_the_function(inspector, document):
    document.select("dense_1")
    values, slopes = (curve.values for curve in inspector.curve.curves)
    z = np.linspace(-4, 4, len(values))
    assert np.allclose(values, np.tanh(z))
    assert np.allclose(slopes, 1 - np.tanh(z) ** 2)


def test_filters_stand_side_by_side():
    images = np.arange(2 * 3 * 3 * 2, dtype=np.float32).reshape(2, 3, 3, 2)
    table = filters_side_by_side(images)
    assert table.shape == (3 + 1 + 3, 3 + 1 + 3)
    np.testing.assert_array_equal(table[:3, 4:], images[1, :, :, 0])
    np.testing.assert_array_equal(table[4:, :3], images[0, :, :, 1])
    assert np.isnan(table[3]).all() and np.isnan(table[:, 3]).all()
    many = np.arange(16 * 3 * 3, dtype=np.float32).reshape(16, 3, 3, 1)
    table = filters_side_by_side(many)
    assert table.shape == (3 + 1 + 3, 8 * 4 - 1)
    np.testing.assert_array_equal(table[4:, 4:7], many[9, :, :, 0])
    series = np.arange(2 * 5 * 3, dtype=np.float32).reshape(2, 5, 3)
    np.testing.assert_array_equal(filters_side_by_side(series)[:, :5], series[0].T)


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_what_a_layer_is_can_be_read_in_a_narrow_column(qtbot, language, scale):
    i18n.set_language(language)
    theme.manager().set_scale(scale)
    document = Document(example("vds-bilstm"))
    inspector = Inspector(document)
    qtbot.addWidget(inspector)
    inspector.resize(theme.px(396), theme.px(320))
    inspector.show()
    document.select("lstm_1")
    QApplication.processEvents()
    detail, header = inspector.detail, inspector._header
    assert "2,560" in detail.text()
    for folded in (False, True):
        inspector.set_folded(folded)
        QApplication.processEvents()
        room = detail.width() - detail.contentsMargins().left()
        assert detail.fontMetrics().horizontalAdvance(detail.text()) <= room
        assert header.rect().contains(detail.geometry())
        assert detail.y() >= inspector.title.geometry().bottom(), "in a line of its own"
    assert inspector.height() == header.height()


def test_what_a_layer_is_stands_beside_its_name_where_there_is_room(inspector, document):
    document.select("dense_1")
    QApplication.processEvents()
    title, detail = inspector.title.geometry(), inspector.detail.geometry()
    assert detail.left() > title.right() and detail.center().y() == title.center().y()


def test_a_form_is_kept_for_the_next_layer_of_its_class_without_what_was_refused(
    inspector, document
):
    first, dropout, last = (node.name for node in document.experiment.graph.nodes[1:])
    document.select(first)
    form = inspector.form
    form.row("units").refuse("Enter a whole number.")
    document.select(dropout)
    assert form.isHidden() and inspector.form is not form
    document.select(last)
    assert inspector.form is form and form.isVisible() and form.spec.units == 2
    assert form.row("units").control.value() == 2
    assert form.row("units").refusal.isHidden()
