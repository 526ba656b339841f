"""Files dropped on the window, or opened from the menu, become its data."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QFileDialog

from engine import archive
from engine.graph import OUTPUT
from engine.tasks.table import Table
from engine.tasks.text import NextToken
from engine.tasks.traffic import Traffic
from playground.examples import example
from playground.ui import data_files
from playground.ui import reading as reading_module
from playground.ui.notices import Banner
from playground.ui.widgets import Button, Label


def drop(widget, *paths):
    """Drop files on a widget as the desktop does, and wait until they are read."""
    ended = QSignalSpy(widget.window().data_files.ended)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    at, action = QPoint(60, 60), Qt.DropAction.CopyAction
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, action, data, button, keys)
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(widget, QDropEvent(at.toPointF(), action, data, button, keys))
    assert paths[0].suffix == ".nnp" or ended.count() or ended.wait(20_000)
    return True


def said(window):
    """Return all that stands in the banners of a window."""
    shown = window.findChildren(Label)
    return " ".join(label.text() for label in shown if label.isVisible())


def task(window):
    return window.document.experiment.task


@pytest.fixture
def people(tmp_path):
    path = tmp_path / "people.csv"
    lines = [f"{150 + i};{'부산' if i % 2 else '서울'};{i % 3}" for i in range(30)]
    path.write_text("\n".join(["키;도시;등급", *lines, ""]), "cp949")
    return path


def test_a_csv_file_becomes_a_table_and_undo_gives_the_points_back(open_window, people):
    window = open_window(example("xor"))
    before = window.document.experiment
    assert drop(window, people)
    experiment = window.document.experiment
    assert isinstance(experiment.task, Table) and experiment.task.columns == ("키", "도시", "등급")
    assert experiment.graph[OUTPUT].layer.units == 3 and not experiment.shapes().errors
    body = window.data_panel.body
    assert body.found.text() == "Read as CP949; delimiter: Semicolon ;"
    assert not body.controls["header"].isHidden()
    window.document.undo_stack.undo()
    assert window.document.experiment == before


def test_how_a_file_is_read_can_be_changed(open_window, people):
    window = open_window(example("xor"))
    drop(window, people)
    body = window.data_panel.body

    def choose(name, value):
        ended = QSignalSpy(window.data_files.ended)
        control, before = body.controls[name], body.controls[name].currentIndex()
        control.setCurrentIndex(control.findData(value))
        control.activated.emit(control.currentIndex())
        assert control.currentIndex() == before  # until it has been read
        assert ended.count() or ended.wait(20_000)
        assert control.currentData() == value

    choose("header", False)
    assert task(window).columns == ("#1", "#2", "#3")
    choose("encoding", "UTF-8")
    assert "choose another encoding" in body.problem.text() and not body.problem.isHidden()
    choose("encoding", "CP949")
    assert "row 1: #3 holds '등급'" in body.problem.text()
    choose("header", True)
    assert body.problem.isHidden() and task(window).columns == ("키", "도시", "등급")
    choose("delimiter", "comma")
    assert "single column" in body.problem.text()
    window.document.undo_stack.undo()
    assert body.problem.isHidden() and body.controls["delimiter"].currentData() == "auto"


def test_a_built_in_table_has_no_way_to_be_read(open_window):
    window = open_window(example("diabetes-mlp"))
    assert window.data_panel.body.controls["encoding"].isHidden()


def test_the_file_of_a_detector_becomes_traffic(open_window, tmp_path):
    path = tmp_path / "vds.csv"
    rows = [f"2017-04-02 {i // 12}:{i % 12 * 5:02d},{i},{60 - i % 9},{i / 10}" for i in range(200)]
    path.write_text("\n".join(["Date,ToVol,Speed,Occ.Rate", *rows, ""]))
    window = open_window(example("xor"))
    assert drop(window, path)
    assert isinstance(task(window), Traffic) and task(window).file == str(path)


def test_a_text_becomes_the_text_of_a_language_model(open_window, tmp_path):
    path = tmp_path / "story.txt"
    path.write_text("the cat sat on the mat and the dog sat on the cat. " * 200)
    window = open_window(example("xor"))
    assert drop(window, path)
    assert isinstance(task(window), NextToken) and task(window).file == str(path)
    korean = tmp_path / "이야기.txt"
    korean.write_text("고양이가 돗자리에 앉았고 개가 고양이를 보았습니다. " * 200)
    drop(window, korean)
    assert task(window).file == str(korean)


def test_a_file_may_be_dropped_on_any_part(open_window, people):
    window = open_window(example("xor"))
    assert drop(window.canvas.viewport(), people)
    assert task(window).file == str(people)


def test_a_project_is_opened(open_window, tmp_path):
    path = tmp_path / "moons.nnp"
    archive.save(path, example("moons"))
    window = open_window(example("xor"))
    assert drop(window, path)
    assert window.document.experiment == example("moons")
    assert window.document.path == path


def test_what_is_of_no_use_is_refused_in_one_sentence(open_window, tmp_path):
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG")
    window = open_window(example("xor"))
    drop(window, path)
    assert window.document.undo_stack.count() == 0
    assert window.notices.banners()
    assert "picture.png is neither a project" in said(window)
    assert not drop(window, path, path)


def test_the_menu_opens_data_too(open_window, qtbot, people, monkeypatch):
    window = open_window(example("xor"))
    answer = lambda *_: (str(people), "")  # noqa: E731
    monkeypatch.setattr(QFileDialog, "getOpenFileName", staticmethod(answer))
    with qtbot.waitSignal(window.data_files.ended):
        window.menus.actions_by_text["Open data…"].trigger()
    assert task(window).file == str(people)


def test_the_panel_of_a_table_opens_another_one(open_window, qtbot, people, monkeypatch):
    window = open_window(example("diabetes-mlp"))
    answer = lambda *_: (str(people), "")  # noqa: E731
    monkeypatch.setattr(QFileDialog, "getOpenFileName", staticmethod(answer))
    with qtbot.waitSignal(window.data_files.ended):
        window.data_panel.body.open.click()
    assert task(window).file == str(people) and window.document.undo_stack.count() == 1


class Gate:
    """Holds a reading at its first block until the test has looked."""

    def __init__(self, monkeypatch):
        self.reached, self.go_on = threading.Event(), threading.Event()
        monkeypatch.setattr(reading_module.Reading, "_watch", self.watch(reading_module.Reading))

    def watch(self, kind):
        original = kind._watch

        def watch(reading, share):
            self.reached.set()
            assert self.go_on.wait(20)
            return original(reading, share)

        return watch


def begin(window, path, monkeypatch):
    """Begin to read a file, and stop at its first block; return the gate."""
    gate = Gate(monkeypatch)
    monkeypatch.setattr(data_files, "PATIENCE_MS", 0)
    window.data_files.open(path)
    assert gate.reached.wait(20)
    return gate


def test_while_a_file_is_read_the_window_lives_and_says_so(open_window, qtbot, people, monkeypatch):
    window = open_window(example("diabetes-mlp"))
    before = window.document.experiment
    gate = begin(window, people, monkeypatch)
    qtbot.waitUntil(lambda: "reading" in window.notices.banners())
    assert "Reading people.csv: 0%" in said(window)
    assert window.document.experiment == before
    window.document.edit_training("Learning rate", learning_rate=0.5)
    with qtbot.waitSignal(window.data_files.ended):
        gate.go_on.set()
    assert "reading" not in window.notices.banners()
    assert task(window).file == str(people)
    assert window.document.experiment.training.learning_rate == 0.5, "edits meanwhile stay"


def test_reading_is_cancelled_and_nothing_has_changed(open_window, qtbot, people, monkeypatch):
    window = open_window(example("xor"))
    before = window.document.experiment
    gate = begin(window, people, monkeypatch)
    qtbot.waitUntil(lambda: "reading" in window.notices.banners())
    buttons = {button.text(): button for button in window.notices.findChildren(Button)}
    buttons["Cancel"].click()
    with qtbot.waitSignal(window.data_files.ended):
        gate.go_on.set()
    assert window.document.experiment == before and window.document.undo_stack.count() == 0
    assert not window.notices.banners()
    drop(window, people)
    assert task(window).file == str(people), "nothing half read is remembered"


def test_another_file_takes_the_place_of_the_one_being_read(
    open_window, qtbot, people, tmp_path, monkeypatch
):
    window = open_window(example("xor"))
    gate = begin(window, people, monkeypatch)
    other = tmp_path / "other.csv"
    other.write_text("a,b\n" + "\n".join(f"{i},{i % 2}" for i in range(20)))
    window.data_files.open(other)
    with qtbot.waitSignal(window.data_files.ended):
        gate.go_on.set()
    assert task(window).file == str(other) and window.document.undo_stack.count() == 1


def test_a_window_closes_while_a_file_is_read(open_window, people, monkeypatch):
    window = open_window(example("xor"))
    gate = begin(window, people, monkeypatch)
    before = window.document.experiment
    (thread,) = (one for one in threading.enumerate() if one.name == "reading")
    window.close()
    window.data_files.cancel()
    gate.go_on.set()
    thread.join(20)
    assert not thread.is_alive() and window.document.experiment == before


def test_rows_that_follow_in_time_warn_of_a_split_by_chance(qtbot, open_window, tmp_path):
    path = tmp_path / "series.csv"
    rows = [f"2024-01-01 {i // 60}:{i % 60:02d},{i % 7},{i % 5 + 0.5}" for i in range(300)]
    path.write_text("\n".join(["when,x,y", *rows, ""]))
    window = open_window(example("xor"))
    drop(window, path)
    qtbot.waitUntil(lambda: "data" in window.notices.banners())
    assert "knows the future" in said(window)
    warning = window.notices.findChild(Banner)
    assert warning.property("level") == "warn"
    buttons = {button.text(): button for button in warning.findChildren(Button)}
    buttons["Take the parts in order"].click()
    assert task(window).split == "in order"
    qtbot.waitUntil(lambda: "knows the future" not in said(window))


def test_what_was_wrong_with_a_file_is_forgotten_with_the_next(open_window, people, tmp_path):
    window = open_window(example("xor"))
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG")
    drop(window, picture)
    assert "picture.png" in said(window)
    drop(window, people)
    assert "picture.png" not in said(window)
    assert not window.status.currentMessage()
