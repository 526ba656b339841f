"""The whole window, used as a person does: real session, real thread, real files."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QMessageBox

from engine import archive, arrays
from engine.errors import DeviceError, FieldError
from engine.graph import Graph
from engine.layers.conv2d import Conv2d
from engine.layers.dense import Dense
from engine.tasks.points import Points
from engine.trainer import Trainer
from playground.examples import example
from playground.ui.canvas.edits import MIME
from playground.ui.export import export_picture
from playground.ui.i18n import set_language, tr_error
from playground.ui.notices import Banner
from playground.ui.tab_order import tab_stops
from playground.ui.window import Window


def state(window: Window) -> str:
    return window.session.snapshot().state


def weights(window: Window) -> np.ndarray:
    return window.session.ask(lambda trainer: trainer.network.theta.copy()).result(10)


def answer(text: str) -> None:
    """Press the button `text` of the question that comes up next."""

    def press() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            QTimer.singleShot(10, press)
            return
        next(button for button in box.buttons() if button.text() == text).click()

    QTimer.singleShot(0, press)


def drop(window: Window, kind: str, at: QPointF) -> None:
    """Drag a layer from the palette and drop it on the canvas at scene position `at`."""
    data = QMimeData()
    data.setData(MIME, QByteArray(kind.encode()))
    view = window.canvas
    point = view.mapFromScene(at)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    for event in (
        QDragEnterEvent(point, copy, data, left, none),
        QDragMoveEvent(point, copy, data, left, none),
        QDropEvent(QPointF(point), copy, data, left, none),
    ):
        QApplication.sendEvent(view.viewport(), event)


def between(window: Window, source: str, target: str) -> QPointF:
    """Return the middle of the wire between two cards."""
    nodes = window.canvas.network.nodes
    left, right = (nodes[name].sceneBoundingRect() for name in (source, target))
    wire = window.canvas.network.wires[source, target]
    return QPointF((left.right() + right.left()) / 2, wire.sceneBoundingRect().center().y())


def test_play_pause_step_and_reset_by_the_buttons(open_window, qtbot):
    window = open_window()
    transport = window.transport
    qtbot.mouseClick(transport.play_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: state(window) == "running" and transport.play_button.text() == "Pause")
    qtbot.waitUntil(lambda: window.session.snapshot().epoch >= 1, timeout=10_000)
    qtbot.mouseClick(transport.play_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: state(window) == "paused")
    before = window.session.snapshot().step
    qtbot.mouseClick(transport.step_button, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    qtbot.waitUntil(lambda: window.session.snapshot().step == before + 1)
    qtbot.waitUntil(lambda: transport.iteration.value() == f"{before + 1:,}")
    qtbot.mouseClick(transport.reset_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.session.snapshot().step == 0 and state(window) == "idle")
    fresh = Trainer(window.document.experiment).network.theta
    assert np.array_equal(weights(window), fresh)


def test_space_plays_on_the_canvas_but_types_into_fields(open_window, qtbot):
    window = open_window()
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: state(window) in ("running", "finished"))


def test_a_layer_dragged_onto_a_wire_is_trained_with_the_others_kept(open_window, qtbot):
    window = open_window()
    window.session.step("epoch")
    qtbot.waitUntil(lambda: state(window) == "paused" and window.session.snapshot().epoch == 1)
    kept = window.session.ask(lambda trainer: trainer.network.parameters()).result(10)
    drop(window, "dense", between(window, "dense_1", "dense_2"))
    graph = window.document.experiment.graph
    assert [node.name for node in graph] == ["input", "dense_1", "dense_3", "dense_2", "output"]
    now = window.session.ask(lambda trainer: trainer.network.parameters()).result(10)
    for node in ("dense_1", "dense_2", "output"):
        assert np.array_equal(now[node]["W"], kept[node]["W"])
    assert set(now) == {"dense_1", "dense_2", "dense_3", "output"}
    window.menus.actions_by_text["Undo"].trigger()
    assert window.document.experiment.graph == example("xor").graph


def test_save_and_reopen_is_equal_to_the_bit(open_window, qtbot, tmp_path):
    window = open_window()
    window.session.step("epoch")
    qtbot.waitUntil(lambda: state(window) == "paused")
    path = tmp_path / "net.nnp"
    with qtbot.waitSignal(window.projects.saved, timeout=10_000):
        window.projects.save_path(path)
    before = weights(window)
    assert path in window.projects.recent()
    project = archive.load(path)
    other = open_window(project.experiment, project.checkpoint)
    qtbot.waitUntil(lambda: other.session.snapshot().step == window.session.snapshot().step)
    assert np.array_equal(weights(other), before)
    window.session.step("epoch")
    other.session.step("epoch")
    for one in (window, other):
        qtbot.waitUntil(lambda one=one: one.session.snapshot().epoch == 2)
    assert np.array_equal(weights(other), weights(window))


def test_opening_a_broken_file_says_so_and_keeps_the_work(open_window, qtbot, tmp_path):
    window = open_window()
    path = tmp_path / "broken.nnp"
    path.write_bytes(b"PK\x03\x04 not really")
    window.projects.open_path(path)
    assert window.notices.banners() == ["file"]
    assert window.document.experiment == example("xor")


def test_closing_with_unsaved_edits_asks(open_window, qtbot):
    window = open_window()
    window.document.edit_training("Epochs", epochs=3)
    answer("Cancel")
    assert not window.close()
    assert window.isVisible()
    answer("Don't save")
    assert window.close()


def test_closing_while_training_leaves_no_thread_behind(open_window, qtbot):
    window = open_window()
    window.session.limit_speed(None)
    window.session.play()
    qtbot.waitUntil(lambda: state(window) == "running")
    window.close()
    assert not any(thread.name == "training" for thread in threading.enumerate())


def test_closing_while_a_saved_network_trains_can_save_again(open_window, qtbot, tmp_path):
    window = open_window()
    window.projects.save_path(tmp_path / "net.nnp")
    assert window.projects.finish_saving()
    assert "net.nnp" in window.windowTitle()
    window.transport.play_button.click()
    qtbot.waitUntil(lambda: window.session.snapshot().step > 5)
    answer("Save")
    assert window.close()
    assert archive.load(tmp_path / "net.nnp").checkpoint.state["step"] > 5


def test_theme_and_language_stand_at_the_end_of_the_menu_bar(open_window, qtbot):
    window = open_window()
    corner = window.menus.cornerWidget(Qt.Corner.TopRightCorner)
    assert corner.isVisible()
    korean = next(b for b in corner.findChildren(QAbstractButton) if b.text() == "한국어")
    korean.click()
    qtbot.waitUntil(lambda: window.transport.play_button.text() == "학습 시작")


def test_an_exported_picture_is_a_png_of_the_window(open_window, qtbot, tmp_path, monkeypatch):
    window = open_window()
    chosen = (str(tmp_path / "mine"), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: chosen)
    export_picture(window)
    assert QImage(str(tmp_path / "mine.png")).size() == window.grab().toImage().size()
    assert "mine.png" in window.status.currentMessage()


def test_tab_walks_through_the_window_as_it_is_read(open_window, qtbot):
    window = open_window()
    window.document.select("dense_2")  # its form is made after everything else
    QApplication.processEvents()
    stops = tab_stops(window)
    parts = [window.menus.corner, window.transport, window.data_panel, window.palette_list]
    parts += [window.canvas, window.inspector, window.stage.docks()[0]]
    firsts = [next(i for i, w in enumerate(stops) if w is p or p.isAncestorOf(w)) for p in parts]
    assert firsts == sorted(firsts)
    across = [w.mapTo(window, QPoint()).x() for w in stops if window.transport.isAncestorOf(w)]
    assert across == sorted(across) and len(across) >= 8
    window.canvas.setFocus()
    seen = [window.canvas]
    while len(seen) == 1 or seen[-1] is not window.canvas:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
        assert len(seen) < 100
    assert set(seen) == set(stops)
    QTest.keyClick(window.canvas, Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is seen[-2]


def test_the_task_buttons_switch_tasks_and_come_back_to_the_same_weights(open_window, qtbot):
    window = open_window()
    window.session.step("epoch")
    qtbot.waitUntil(lambda: window.session.snapshot().epoch == 1)
    trained = weights(window)
    qtbot.mouseClick(window.transport.task.buttons.button("vds-mlp"), Qt.MouseButton.LeftButton)
    assert window.document.experiment == example("vds-mlp")
    qtbot.waitUntil(lambda: window.session.snapshot().experiment.task.kind == "vds")
    qtbot.mouseClick(window.transport.task.buttons.button("xor"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.session.snapshot().experiment.task.kind == "points")
    assert np.array_equal(weights(window), trained)


def test_a_shape_error_disables_play_and_its_repair_enables_it(open_window, qtbot):
    window = open_window(example("xor").but(graph=Graph.chain(Dense(4), Dense(3))))
    qtbot.waitUntil(lambda: not window.transport.play_button.isEnabled())
    problem = window.canvas.problem
    assert problem.node == "output"
    assert "2 classes" in window.transport.play_button.toolTip()
    window.document.edit_graph(Graph.chain(Dense(4), problem.fixes[0].replace), "Set units")
    assert window.transport.play_button.isEnabled()
    window.session.play()
    qtbot.waitUntil(lambda: window.session.snapshot().step > 0)


def test_a_problem_names_its_layer_in_the_language_of_the_window(open_window, qtbot):
    window = open_window()
    set_language("ko")
    window.document.edit_graph(Graph.chain(Conv2d(), Dense(2)), "Insert")
    assert "합성곱층 2D 1" in window.transport.play_button.toolTip()

    def told():
        return [item.toolTip() for item in window.palette_list.list.layers()]

    qtbot.waitUntil(lambda: any("합성곱층" in text for text in told()))
    assert not any("Conv" in text for text in told())


def test_divergence_offers_a_smaller_rate_and_goes_on(open_window, qtbot):
    experiment = example("vds-mlp").but(learning_rate=100.0, optimizer="sgd", schedule="constant")
    window = open_window(experiment)
    window.session.limit_speed(None)
    window.session.play()
    qtbot.waitUntil(lambda: "run" in window.notices.banners(), timeout=20_000)
    assert state(window) == "diverged"
    window.troubles._slow_down()
    assert window.document.experiment.training.learning_rate == pytest.approx(10.0)


def test_data_that_cannot_be_read_are_named_and_the_built_in_ones_offered(open_window, qtbot):
    window = open_window(example("vds-mlp"))
    task = window.document.experiment.task.with_data("nowhere.csv")
    window.document.edit(window.document.experiment.but(task=task), "Open")
    qtbot.waitUntil(lambda: "run" in window.notices.banners())
    assert state(window) == "invalid"
    assert window.session.snapshot().dataset is None
    assert "nowhere.csv" in window.transport.play_button.toolTip()
    assert not window.transport.play_button.isEnabled()
    set_language("ko")
    qtbot.waitUntil(
        lambda: "그런 파일이나 폴더가 없습니다" in window.notices.findChild(Banner).text.text()
    )
    window.troubles._use_built_in_data()
    qtbot.waitUntil(lambda: window.transport.play_button.isEnabled())
    assert "run" not in window.notices.banners()


def test_the_language_changes_everywhere_at_run_time(open_window, qtbot):
    window = open_window()
    window.set_language("ko")
    qtbot.waitUntil(lambda: window.transport.play_button.text() == "학습 시작")
    assert window.menus.actions_by_text["Save"].text() == "저장"
    assert "신경망 놀이터" in window.windowTitle()
    set_language("en")
    qtbot.waitUntil(lambda: window.transport.play_button.text() == "Play")


def test_refused_values_are_told_wholly_in_korean():
    set_language("ko")
    with pytest.raises(FieldError) as caught:
        Points(noise=7)
    sentence = tr_error(caught.value)
    assert sentence == "점: noise 값은 0 이상 0.5 이하인 수이어야 하는데 7입니다."


def test_a_slider_drag_is_one_undo_step_and_reaches_the_run(open_window, qtbot):
    window = open_window()
    for noise in (0.1, 0.2, 0.3):
        task = Points(noise=noise)
        window.document.edit(window.document.experiment.but(task=task), "Noise", merge="noise")
    assert window.document.undo_stack.count() == 1
    qtbot.waitUntil(lambda: window.session.snapshot().experiment.task.noise == 0.3)
    window.document.undo_stack.undo()
    assert window.document.experiment == example("xor")


def test_changing_the_learning_rate_goes_on_with_the_same_run(open_window, qtbot):
    window = open_window()
    window.session.play()
    qtbot.waitUntil(lambda: window.session.snapshot().epoch >= 1)
    window.document.edit_training("Learning rate", learning_rate=0.001)
    qtbot.waitUntil(
        lambda: window.session.snapshot().history.last().get("learning_rate") == 0.001,
        timeout=10_000,
    )
    assert window.session.snapshot().epoch > 1


def test_the_edit_menu_names_what_can_be_undone(open_window, qtbot):
    window = open_window()
    undo, redo = (window.menus.actions_by_text[text] for text in ("Undo", "Redo"))
    assert not undo.isEnabled() and not redo.isEnabled()
    window.document.edit_training("Epochs", epochs=3)
    assert undo.isEnabled() and undo.text() == "Undo: Epochs"
    undo.trigger()
    assert not undo.isEnabled() and redo.text() == "Redo: Epochs"


def test_where_to_compute_is_chosen_and_the_run_goes_on(open_window, qtbot, monkeypatch):
    """CUDA in place of the CPU: refused with the reason where it is missing."""
    window = open_window()
    window.session.step("epoch")
    qtbot.waitUntil(lambda: window.session.snapshot().epoch == 1)
    before = weights(window)

    def broken():
        raise DeviceError("CuPy finds no CUDA device; check the driver or train on the CPU.")

    monkeypatch.setattr(arrays, "_cupy", broken)
    arrays.backend.cache_clear()
    window.devices.choose("cuda")
    qtbot.waitUntil(lambda: "device" in window.notices.banners())
    assert "no CUDA device" in window.notices.findChild(Banner).text.text()
    assert window.devices.device == "cpu"
    window.devices.choose("auto")
    qtbot.waitUntil(lambda: window.devices.device == "auto")
    assert "Training on the CPU." in window.notices.findChildren(Banner)[-1].text.text()
    np.testing.assert_array_equal(weights(window), before)
    window.session.step("epoch")
    qtbot.waitUntil(lambda: window.session.snapshot().epoch == 2)
    arrays.backend.cache_clear()


@pytest.mark.parametrize("name", ["spiral", "mnist-mlp"])
def test_another_network_is_shown_whole_wherever_the_last_one_was_looked_at(open_window, name):
    window = open_window(example("xor"))
    window.canvas.zoom_in()
    window.canvas.zoom_in()
    window.open_example(name)
    QApplication.processEvents()
    seen = window.canvas.mapToScene(window.canvas.viewport().rect()).boundingRect()
    assert seen.contains(window.canvas.network.arrangement.bounds)
    window.canvas.zoom_in()
    zoom = window.canvas.zoom
    window.canvas.selection.choose(["dense_1"])
    window.canvas.commands.duplicate()
    assert window.canvas.zoom == zoom
