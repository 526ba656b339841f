"""The rows, the statistics and the days of data, as they are shown."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from engine.experiment import Experiment
from engine.tasks.table import Table
from engine.tasks.traffic import Traffic
from engine.tasks.traffic_month import synthetic_month
from playground.examples import example
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.i18n import set_language
from playground.ui.views.readings import COLUMNS, ReadingsView
from playground.ui.views.table import TableView

VDS = example("vds-mlp")


@pytest.fixture(scope="module")
def month() -> Snapshot:
    return Snapshot(1, "idle", VDS, dataset=VDS.task.load(7))


def loaded(experiment: Experiment) -> Snapshot:
    return Snapshot(1, "idle", experiment, dataset=experiment.task.load(7))


def shown(qtbot, kind, snapshot):
    view = kind()
    qtbot.addWidget(view)
    view.resize(700, 420)
    view.show()
    view.show_snapshot(snapshot)
    QApplication.processEvents()
    return view


def cells(view):
    table = view.cells.cells
    return [
        [table.index(i, j).data().replace("−", "-") for j in range(table.columnCount())]
        for i in range(table.rowCount())
    ]


def test_the_summary_of_the_month_is_that_of_pandas(qtbot, month):
    view = shown(qtbot, TableView, month)
    view.shown.set_value("describe")
    frame = synthetic_month()
    described = frame.describe(include=[np.number])
    names = [
        view.cells.cells.headerData(i, Qt.Orientation.Vertical) for i in range(len(cells(view)))
    ]
    rows = dict(zip(names, cells(view), strict=True))
    for title, name in (("Mean", "mean"), ("Std. dev.", "std"), ("50%", "50%"), ("Maximum", "max")):
        values = [float(value) for value in rows[title][1:]] if name != "max" else None
        if values is not None:
            assert values == pytest.approx(described.loc[name].to_numpy(), rel=1e-3)
    assert rows["Maximum"][0] == "2017-04-29 23:55"
    assert "8,064 rows · describe()" in view.heading.detail.text()


def test_first_and_last_rows_stand_under_their_numbers(qtbot, month):
    view = shown(qtbot, TableView, month)
    frame = synthetic_month()
    assert [float(value) for value in cells(view)[3][1:]] == frame.iloc[3, 1:].tolist()
    view.shown.set_value("tail")
    last = view.cells.cells.rowCount() - 1
    assert view.cells.cells.headerData(last, Qt.Orientation.Vertical) == "8063"
    assert [float(value) for value in cells(view)[last][1:]] == frame.iloc[-1, 1:].tolist()


def test_columns_tell_types_and_missing_values(qtbot, tmp_path):
    path = tmp_path / "people.csv"
    lines = [f"{150 + i if i % 5 else ''},{'a' if i % 2 else 'b'},{i % 3}" for i in range(20)]
    path.write_text("\n".join(["size,town,grade", *lines, ""]))
    task = Table(file=str(path), missing="drop rows")
    view = shown(qtbot, TableView, loaded(example("diabetes-mlp").but(task=task)))
    view.shown.set_value("info")
    assert cells(view) == [["numbers", "16", "4"], ["texts", "20", "0"], ["numbers", "20", "0"]]


def test_before_data_are_read_the_views_say_so(qtbot):
    for kind in (TableView, ReadingsView):
        view = shown(qtbot, kind, Snapshot(1, "loading", VDS))
        assert view.empty.isVisible()


def test_the_slices_of_the_course_are_days(qtbot, month):
    view = shown(qtbot, ReadingsView, month)
    frame = synthetic_month()
    for bounds in ((0, 288), (288, 576)):
        assert view.bounds() == bounds
        assert view._slice_text(0) == f"[{bounds[0]}:{bounds[1]}]"
        for name in COLUMNS:
            x, y = view.curves[name].getData()
            assert (x[0], x[-1]) == (bounds[0], bounds[1] - 1)
            np.testing.assert_array_equal(y, frame[name].to_numpy()[slice(*bounds)])
        view.later.click()
    assert view.heading.detail.text() == "2017-04-04 (Tue)"
    view.slice.setValue(27)
    assert view.bounds() == (8064 - 288, 8064) and not view.later.isEnabled()
    view.earlier.click()
    assert view.bounds()[0] == 8064 - 2 * 288


def test_the_cursor_reads_out_a_row(qtbot, month):
    view = shown(qtbot, ReadingsView, month)
    view.point_at(100)
    row = synthetic_month().iloc[100]
    text = view.heading.detail.text()
    assert text.startswith("2017-04-02 8:20 · Volume ")
    assert f"Volume {row['ToVol']:.0f}" in text and f"Speed {row['Speed']:.1f}" in text


def test_a_file_shows_the_columns_that_it_was_read_for(qtbot, tmp_path):
    path = tmp_path / "vds.csv"
    rows = [f"2017-04-02 {i // 12}:{i % 12 * 5:02d},{i},{60 - i % 9}" for i in range(200)]
    path.write_text("\n".join(["Date,ToVol,Speed", *rows, ""]))
    task = Traffic(str(path), inputs=("ToVol", "Speed"))
    view = shown(qtbot, ReadingsView, loaded(VDS.but(task=task)))
    assert view.bounds() == (0, 200)
    assert view.plots["Speed"].isVisible() and not view.plots["Occ.Rate"].isVisible()


@pytest.mark.parametrize("kind", [TableView, ReadingsView])
def test_the_views_follow_language_and_theme(qtbot, month, kind):
    view = shown(qtbot, kind, month)
    before = view.grab().toImage()
    set_language("ko")
    QApplication.processEvents()
    assert view.grab().toImage() != before
    theme.manager().set_theme("dark")
    theme.manager().set_scale(1.3)
    QApplication.processEvents()
    assert view.grab().toImage() != before
    assert view.minimumSizeHint().width() <= 300 * 1.3


def test_they_are_offered_where_there_are_rows(qapp):
    assert TableView.offered(VDS) and TableView.offered(example("diabetes-mlp"))
    assert ReadingsView.offered(VDS) and not ReadingsView.offered(example("diabetes-mlp"))
    assert not TableView.offered(example("xor"))
