"""The data panel: every control edits the task, and a drag is one undo step."""

from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from engine.downloads import Cancelled
from engine.errors import DataError
from engine.tasks.digits import Digits
from engine.tasks.points import CLOUDS, Gate, Points
from engine.tasks.traffic import Traffic
from playground.examples import example
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.data.points import APART, CloudButton
from playground.ui.data_panel import DataPanel, FormPanel
from playground.ui.document import Document
from playground.ui.downloads import Download
from playground.ui.i18n import set_language


@pytest.fixture
def open_panel(qtbot):
    def open_one(name: str, **task) -> DataPanel:
        experiment = example(name)
        document = Document(experiment.but(task=replace(experiment.task, **task)))
        panel = DataPanel(document)
        panel.document = document  # keeps it alive
        qtbot.addWidget(panel)
        panel.resize(212, 560)
        panel.show()
        QApplication.processEvents()
        return panel

    return open_one


def task(panel):
    return panel.document.experiment.task


def loaded(panel) -> Snapshot:
    experiment = panel.document.experiment
    return Snapshot(1, "idle", experiment, dataset=experiment.task.load(7))


def drag(qtbot, widget, start: QPoint, *places: QPoint) -> None:
    qtbot.mousePress(widget, Qt.MouseButton.LeftButton, pos=start)
    for place in places:
        qtbot.mouseMove(widget, place)
    qtbot.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=places[-1])


def pick(combo, value) -> None:
    index = combo.findData(value)
    combo.setCurrentIndex(index)
    combo.activated.emit(index)


def test_a_picture_chooses_the_cloud_and_keeps_the_other_settings(qtbot, open_panel):
    panel = open_panel("xor", noise=0.2)
    qtbot.mouseClick(panel.body.pictures["circles"], Qt.MouseButton.LeftButton)
    assert task(panel) == Points("circles", noise=0.2)
    panel.document.undo_stack.undo()
    assert task(panel).cloud == "xor"
    assert panel.body.pictures["xor"].isChecked()


def test_gates_are_data_too_and_lead_back_to_the_same_cloud(qtbot, open_panel):
    panel = open_panel("xor", noise=0.2, count=200)
    qtbot.mouseClick(panel.body.pictures["gate"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(panel.body.gates["nand"], Qt.MouseButton.LeftButton)
    assert task(panel) == Gate("nand")
    assert panel.body.noise.isHidden()
    qtbot.mouseClick(panel.body.pictures["moons"], Qt.MouseButton.LeftButton)
    assert task(panel) == Points("moons", noise=0.2, count=200)


def test_dragging_a_slider_is_one_undo_step(qtbot, open_panel):
    panel = open_panel("xor")
    slider = panel.body.noise
    y = slider.height() - 10
    places = [QPoint(x, y) for x in range(60, 150, 10)]
    drag(qtbot, slider, places[0], *places[1:])
    assert task(panel).noise > 0.3
    assert panel.document.undo_stack.count() == 1
    drag(qtbot, slider, places[-1], *reversed(places[:-1]))
    assert panel.document.undo_stack.count() == 2
    panel.document.undo_stack.undo()
    panel.document.undo_stack.undo()
    assert task(panel).noise == example("xor").task.noise
    assert slider.value() == pytest.approx(task(panel).noise)


def test_new_data_draws_other_points_of_the_same_kind(qtbot, open_panel):
    panel = open_panel("xor")
    before = task(panel)
    qtbot.mouseClick(panel.body.new_data, Qt.MouseButton.LeftButton)
    assert task(panel) == before.but(draw=before.draw + 1)


def test_a_refused_number_of_points_says_what_is_allowed(qtbot, open_panel):
    panel = open_panel("xor")
    field = panel.body.count.lineEdit()
    field.selectAll()
    qtbot.keyClicks(field, "5")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert task(panel).count == 400
    assert panel.body.count.currentText() == "400"
    assert panel.body.refusal.isVisible()
    sentence = panel.body.refusal.sentence.text()
    assert sentence == "Points: Enter a whole number from 20 to 10000."


def test_the_panel_changes_with_the_task(qtbot, open_panel):
    panel = open_panel("xor")
    panel.document.replace(example("vds-mlp"))
    assert isinstance(task(panel), Traffic)
    assert panel.body.file.text() == "Sample month"
    panel.document.replace(example("mnist-mlp"))
    assert panel.body.source.control.value() == "built-in"


def test_inputs_of_traffic_keep_the_order_of_the_file_and_are_never_none(qtbot, open_panel):
    panel = open_panel("vds-mlp", inputs=("Speed",))
    body = panel.body
    assert not body.inputs["Speed"].check.isEnabled()
    body.inputs["ToVol"].check.click()
    assert task(panel).inputs == ("ToVol", "Speed")
    body.inputs["Speed"].check.click()
    assert task(panel).inputs == ("ToVol",)


def test_traffic_settings_edit_the_task(qtbot, open_panel):
    panel = open_panel("vds-mlp")
    body = panel.body
    pick(body.controls["target_column"], "Speed")
    pick(body.controls["window"], 24)
    pick(body.controls["horizon"], 3)
    pick(body.controls["scaling"], "standard")
    changed = task(panel)
    assert (changed.target_column, changed.window) == ("Speed", 24)
    assert (changed.horizon, changed.scaling) == (3, "standard")
    assert body.controls["window"].currentText() == "24 (2 h)"
    assert body.controls["horizon"].currentText() == "15 min"
    assert panel.document.undo_stack.count() == 4


def test_borders_of_the_split_are_dragged_and_moved_by_keys(qtbot, open_panel):
    panel = open_panel("vds-mlp")
    bar = panel.body.split
    y = 30
    start = QPoint(round(0.7 * bar.width()), y)
    drag(qtbot, bar, start, QPoint(round(0.6 * bar.width()), y), QPoint(bar.width() // 2, y))
    assert (task(panel).training_share, task(panel).validation_share) == (0.5, 0.3)
    assert panel.document.undo_stack.count() == 1
    bar.setFocus()
    qtbot.keyClick(bar, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert task(panel).validation_share == 0.35
    for _ in range(30):
        qtbot.keyClick(bar, Qt.Key.Key_Right)
    left = task(panel)
    assert left.training_share + left.validation_share <= 0.95 + 1e-9


def test_data_that_were_read_are_counted(qtbot, open_panel):
    panel = open_panel("vds-mlp")
    snapshot = loaded(panel)
    panel.show_snapshot(snapshot)
    rows = sum(len(snapshot.dataset.part(p)) for p in ("training", "validation", "test"))
    assert panel.body.rows.text() == f"{rows:,} rows"
    days = len(snapshot.dataset.test) / 288
    assert f"Test {round(days, 1)} d" in panel.body.split.accessibleDescription()


def test_digits_show_ten_samples_and_counts(qtbot, open_panel):
    panel = open_panel("mnist-mlp", training_count=1000)
    snapshot = loaded(panel)
    panel.show_snapshot(snapshot)
    assert len(panel.body.samples._images) == 10
    test = len(snapshot.dataset.test)
    assert panel.body.counts.text().startswith("Training 1,000")
    assert panel.body.counts.text().endswith(f"test {test:,}")
    pick(panel.body.count.control, 5000)
    assert task(panel).training_count == 5000


def test_mnist_that_is_not_there_is_offered_first(qtbot, open_panel, monkeypatch, tmp_path):
    monkeypatch.setenv("PLAYGROUND_CACHE", str(tmp_path))
    panel = open_panel("mnist-mlp")
    body = panel.body
    assert body.fetch.isHidden()
    pick(body.source.control, "mnist")
    assert task(panel) == Digits()
    assert body.fetch.isVisible() and body.offer.isVisible()
    pick(body.source.control, "built-in")
    assert body.fetch.isHidden()


def test_a_finished_download_makes_mnist_the_source(qtbot, open_panel, monkeypatch, tmp_path):
    monkeypatch.setenv("PLAYGROUND_CACHE", str(tmp_path))
    panel = open_panel("mnist-mlp")
    body = panel.body
    pick(body.source.control, "mnist")
    body.download._fetch = lambda progress, cancelled: progress(1, 2, "a file")
    with qtbot.waitSignal(body.download.finished):
        qtbot.mouseClick(body.fetch, Qt.MouseButton.LeftButton)
    assert task(panel).source == "mnist"


def test_a_failed_download_says_why_and_changes_nothing(qtbot, open_panel, monkeypatch, tmp_path):
    monkeypatch.setenv("PLAYGROUND_CACHE", str(tmp_path))
    panel = open_panel("mnist-mlp")
    body = panel.body
    pick(body.source.control, "mnist")

    def fail(progress, cancelled):
        raise DataError("There is no connection to {host}.", host="example")

    body.download._fetch = fail
    with qtbot.waitSignal(body.download.finished):
        qtbot.mouseClick(body.fetch, Qt.MouseButton.LeftButton)
    assert task(panel) == Digits()
    assert body.refusal.sentence.text() == "There is no connection to example."


def test_a_download_can_be_cancelled(qtbot):
    begun = threading.Event()

    def fetch(progress, cancelled):
        begun.set()
        while not cancelled():
            pass
        raise Cancelled("cancelled")

    download = Download(fetch)
    download.start()
    assert begun.wait(5)
    with qtbot.waitSignal(download.finished) as over:
        download.cancel()
    assert over.args == [None]


def test_a_task_without_a_panel_has_a_form(qtbot, open_panel, monkeypatch):
    from playground.ui.data import data_panel

    monkeypatch.delitem(data_panel._kinds, "gate")
    panel = open_panel("xor-gate")
    assert isinstance(panel.body, FormPanel)
    pick(panel.body.form.row("gate").control, "or")
    assert task(panel) == Gate("or")


@pytest.mark.parametrize("name", ["xor", "mnist-mlp", "vds-mlp"])
def test_the_panel_speaks_the_language_of_the_window(open_panel, name):
    panel = open_panel(name)
    before = panel.grab().toImage()
    set_language("ko")
    QApplication.processEvents()
    assert panel.heading.title.text() == "데이터"
    assert panel.grab().toImage() != before


@pytest.mark.parametrize("name", ["xor", "xor-gate", "mnist-mlp", "vds-mlp"])
def test_the_panel_fits_the_narrowest_column(open_panel, name):
    for language in ("en", "ko"):
        set_language(language)
        assert open_panel(name).minimumSizeHint().width() <= 188


@pytest.mark.parametrize("name", [*CLOUDS])
def test_small_drawings_show_each_mark_by_itself(name, open_panel):
    drawing = open_panel("xor").body.pictures[name]
    points, classes = drawing.points, drawing.classes
    distances = np.hypot(*(points[:, None] - points[None]).T) + 9 * np.eye(len(points))
    assert distances.min() >= APART
    assert {*classes.tolist()} == {0, 1}


def test_small_drawings_tell_classes_apart_by_shape(qtbot):
    button = CloudButton(np.array([[-0.5, 0.0], [0.5, 0.0]]), np.array([0, 1]))
    qtbot.addWidget(button)
    theme.manager().set_scale(3.0)
    button.resize(button.sizeHint())
    picture, marks = button.grab().toImage(), {}
    ground = theme.current().panel
    middle = button.width() / 2, 1 + theme.px(40) / 2
    corner = 0.8 * theme.px(7) / 2
    for side in (-1, 1):
        x, y = middle[0] + side * 0.2 * theme.px(40) + corner, middle[1] + corner
        marks[side] = picture.pixelColor(round(x), round(y)) != ground
    assert marks == {-1: True, 1: False}, "a square has corners, a circle has none"
