"""The data panel of tables, and of traffic that is predicted as classes or at the same time."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from engine.graph import OUTPUT
from playground.examples import example
from playground.snapshot import Snapshot
from playground.ui.data.table import NEW_DATA
from playground.ui.data_panel import DataPanel
from playground.ui.document import Document
from playground.ui.i18n import set_language


@pytest.fixture
def open_panel(qtbot):
    def open_one(name="diabetes-mlp", **task):
        experiment = example(name)
        document = Document(experiment.but(task=replace(experiment.task, **task)))
        panel = DataPanel(document)
        panel.document = document  # keeps it alive
        qtbot.addWidget(panel)
        panel.resize(212, 760)
        panel.show()
        QApplication.processEvents()
        return panel

    return open_one


@pytest.fixture
def people(tmp_path):
    """Twenty people; the city of the one in row 4 is missing."""
    path = tmp_path / "people.csv"
    cities = ["서울", "부산", "", *["부산", "서울"] * 9]
    lines = [f"{150 + i},{city},{i % 3}" for i, city in enumerate(cities)]
    path.write_text("\n".join(["키,도시,등급", *lines, ""]), "cp949")
    return str(path)


def task(panel):
    return panel.document.experiment.task


def pick(combo, value):
    index = combo.findData(value)
    combo.setCurrentIndex(index)
    combo.activated.emit(index)


def type_in(qtbot, field, text):
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def load(panel):
    experiment = panel.document.experiment
    panel.show_snapshot(Snapshot(1, "idle", experiment, dataset=experiment.task.load(7)))


def test_a_built_in_table_is_chosen_and_the_output_follows(open_panel):
    panel = open_panel()
    assert panel.body.controls["thresholds"].placeholderText() == "140"
    pick(panel.body.source, "iris")
    assert task(panel).source == "iris"
    assert panel.document.experiment.graph[OUTPUT].layer.units == 3
    assert not panel.document.experiment.shapes().errors
    assert panel.document.undo_stack.count() == 1
    assert len(panel.body.inputs.checks) == 4


def test_inputs_are_chosen_in_the_order_of_the_table_and_one_stays(open_panel):
    panel = open_panel("diabetes-mlp", source="iris")
    checks = panel.body.inputs.checks
    names = list(checks)
    checks[names[1]].click()
    checks[names[0]].click()
    checks[names[1]].click()
    assert task(panel).inputs == tuple(names[1:])
    for name in names[2:]:
        checks[name].click()
    assert task(panel).inputs == (names[1],)
    assert not checks[names[1]].isEnabled()


def test_a_file_with_missing_values_is_dealt_with_in_the_open(open_panel, people, monkeypatch):
    panel = open_panel()
    body = panel.body
    answer = lambda *_: (people, "")  # noqa: E731
    monkeypatch.setattr(QFileDialog, "getOpenFileName", staticmethod(answer))
    body.table_chosen.connect(
        lambda path: body.set_task(body.task.but(file=str(path), **NEW_DATA), "Open file")
    )
    body.open.click()
    assert body.source.currentText() == "people.csv"
    assert "row 4: 도시 has no value" in body.problem.text() and body.problem.isVisible()
    pick(body.controls["missing"], "drop rows")
    assert not body.problem.isVisible()
    experiment = panel.document.experiment
    assert experiment.graph[OUTPUT].layer.units == 3
    assert not experiment.shapes().errors
    load(panel)
    assert body.rows.text() == "20 rows"
    cells = body.preview.cells
    shown = [cells.headerData(i, Qt.Orientation.Horizontal) for i in range(3)]
    assert shown == ["키", "도시", "등급"]
    assert cells.index(2, 1).data() == "–"
    assert body.baseline.text().startswith("Always “")
    body.shown.set_value("summary")
    names = [cells.headerData(i, Qt.Orientation.Vertical) for i in range(3)]
    assert names == ["Count", "Different", "Mean"]
    assert [cells.index(i, 0).data() for i in range(3)] == ["21", "21", "160"]


def test_the_target_leaves_the_inputs_and_a_number_takes_one_unit(open_panel, people):
    panel = open_panel(file=people, missing="drop rows", inputs=("키", "도시"))
    pick(panel.body.controls["target_column"], "키")
    assert task(panel).inputs == ("도시",)
    experiment = panel.document.experiment
    assert (experiment.training.loss.kind, experiment.graph[OUTPUT].layer.units) == ("mse", 1)
    assert not experiment.shapes().errors


@pytest.mark.parametrize("name", ["diabetes-mlp", "vds-12-jam"])
def test_class_limits_are_typed(qtbot, open_panel, name):
    panel = open_panel(name)
    field = panel.body.controls["thresholds"]
    type_in(qtbot, field, "30, 50.5")
    assert task(panel).thresholds == (30, 50.5)
    assert panel.document.experiment.graph[OUTPUT].layer.units == 3
    type_in(qtbot, field, "50, 30")
    assert "must rise" in panel.body.refusal.sentence.text()
    type_in(qtbot, field, "fast")
    assert panel.body.refusal.sentence.text() == "Enter numbers, as in 30, 50."
    assert field.text() == "30, 50.5"
    assert panel.document.undo_stack.count() == 1


def test_without_class_limits_the_speed_is_a_number(qtbot, open_panel):
    panel = open_panel("vds-12-jam")
    load(panel)
    assert panel.body.baseline.text().startswith("Always “≥ 45” is right for")
    type_in(qtbot, panel.body.controls["thresholds"], " ")
    experiment = panel.document.experiment
    assert not experiment.task.target.classes
    assert (experiment.training.loss.kind, experiment.graph[OUTPUT].layer.units) == ("mse", 1)


def test_at_the_same_time_the_target_is_no_input(open_panel):
    panel = open_panel("vds-mlp")
    pick(panel.body.controls["horizon"], 0)
    assert panel.body.controls["horizon"].currentText() == "same time"
    assert task(panel).inputs == ("Speed", "Occ.Rate")
    assert not panel.body.inputs["ToVol"].check.isEnabled()
    pick(panel.body.controls["target_column"], "Speed")
    assert task(panel).inputs == ("Occ.Rate",)
    pick(panel.body.controls["target_column"], "Occ.Rate")
    assert "Occ.Rate" not in task(panel).inputs and task(panel).inputs


def test_the_panel_speaks_korean_and_fits_the_narrowest_column(open_panel):
    panel = open_panel()
    load(panel)
    for language in ("en", "ko"):
        set_language(language)
        QApplication.processEvents()
        assert panel.minimumSizeHint().width() <= 188
    assert panel.body.grid.captions["missing"].text() == "빈 값"
