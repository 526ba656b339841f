"""What a detector measured, a day at a time: the slices [0:288], [288:576] and so on."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.experiment import Experiment
from engine.tasks.csv_file import time_text
from engine.tasks.traffic import UNITS, Traffic, TrafficDataset
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.column_names import column_name, unit_name
from playground.ui.i18n import N_, Translated, tr
from playground.ui.numbers import number_text
from playground.ui.plots import CurveStyle, PlotArea
from playground.ui.scales import round_ticks
from playground.ui.views.base import View, view
from playground.ui.views.days import row_at, weekday_name
from playground.ui.widgets import Button, EmptyState, Heading, Label, LabeledSlider

COLUMNS = ("ToVol", "Speed", "Occ.Rate")
LINE = CurveStyle("ink", width=1.4)
DAY = np.timedelta64(86_400, "s")
STEPS = 6
"""Marks along a slice."""


@view("readings", label=N_("Readings of one day"), area="below", order=20)
class ReadingsView(Translated, View):
    """Volume, speed and occupancy over the rows of a slice, with one cursor over all three."""

    opened = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = Heading()
        self.earlier = Button(icon="left", kind="flat")
        self.later = Button(icon="right", kind="flat")
        self.slice = LabeledSlider("", 0, 1, 1, self._slice_text)
        self.titles = {name: Label(role="strong") for name in COLUMNS}
        self.plots = {name: PlotArea(axis=44, least=60) for name in COLUMNS}
        self.curves = {name: pg.PlotCurveItem(antialias=True) for name in COLUMNS}
        self.cursors = {name: pg.InfiniteLine(angle=90, movable=False) for name in COLUMNS}
        self.empty = EmptyState("clock")
        self._dataset: TrafficDataset | None = None
        self._body = QWidget()
        self._build()
        self._connect()
        theme.manager().changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def _build(self) -> None:
        for widget in (self.earlier, self.later):
            self.heading.insert(widget)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        for name, plot in self.plots.items():
            plot.addItem(self.curves[name])
            plot.addItem(self.cursors[name], ignoreBounds=True)
            self.curves[name].setSegmentedLineMode("on")
            self.cursors[name].hide()
            if name != COLUMNS[-1]:
                plot.bottom.setStyle(showValues=False, tickLength=0)
            body.addWidget(self.titles[name])
            body.addWidget(plot, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 8)
        column.setSpacing(4)
        column.addWidget(self.heading)
        column.addWidget(self.slice)
        column.addWidget(self._body, 1)
        column.addWidget(self.empty, 1)

    def _connect(self) -> None:
        self.slice.valueChanged.connect(lambda _: self._draw())
        self.earlier.clicked.connect(lambda: self._move(-1))
        self.later.clicked.connect(lambda: self._move(1))
        for name, plot in self.plots.items():
            plot.scene().sigMouseMoved.connect(lambda at, n=name: self._mouse_moved(n, at))
            plot.viewport().installEventFilter(self)

    @classmethod
    def offered(cls, experiment: Experiment) -> bool:
        """Offered for traffic."""
        return isinstance(experiment.task, Traffic)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        dataset = snapshot.dataset
        if dataset is self._dataset or not self.offered(snapshot.experiment):
            return
        self._dataset = dataset if isinstance(dataset, TrafficDataset) else None
        self.slice.setRange(0, max(0, self._days() - 1))
        self._draw()

    def _rows_a_day(self) -> int:
        assert self._dataset is not None
        return max(1, int(DAY / self._dataset.step))

    def _days(self) -> int:
        """Return how many slices there are, the last of which may be short."""
        if self._dataset is None:
            return 0
        return -(-len(self._dataset.readings.times) // self._rows_a_day())

    def bounds(self) -> tuple[int, int]:
        """Return the first row of the slice, and the one behind its last."""
        if self._dataset is None:
            return 0, 0
        start = int(self.slice.value()) * self._rows_a_day()
        return start, min(start + self._rows_a_day(), len(self._dataset.readings.times))

    def _slice_text(self, _day: float) -> str:
        start, stop = self.bounds() if hasattr(self, "_dataset") else (0, 0)
        return f"[{start}:{stop}]"

    def _move(self, by: int) -> None:
        self.slice.setValue(int(self.slice.value()) + by)

    def _draw(self) -> None:
        data, (start, stop) = self._dataset, self.bounds()
        self._body.setVisible(data is not None)
        self.empty.setVisible(data is None)
        self.earlier.setEnabled(self.slice.value() > 0)
        self.later.setEnabled(self.slice.value() < self._days() - 1)
        if data is None:
            return
        step = self._rows_a_day() / STEPS
        marks = [start + round(i * step) for i in range(STEPS + 1)]
        for name, plot in self.plots.items():
            known = name in data.readings.values
            plot.setVisible(known)
            self.titles[name].setVisible(known)
            if known:
                values = data.readings.values[name][start:stop]
                self.curves[name].setData(np.arange(start, stop), values)
                high = float(values.max()) * 1.05 or 1.0
                plot.set_y(0, high, round_ticks(0, high, 2))
                plot.set_x(start, start + self._rows_a_day(), [(float(m), f"{m}") for m in marks])
        self._hide_cursor()

    def readout(self, row: int) -> str:
        """Return time and values of a row."""
        assert self._dataset is not None
        readings = self._dataset.readings
        told = [
            f"{column_name(name)} {number_text(float(readings.values[name][row]), 1)}"
            for name in COLUMNS
            if name in readings.values
        ]
        return f"{time_text(readings.times[row])} · " + " · ".join(told)

    def _mouse_moved(self, name: str, at: QPointF) -> None:
        box, (start, stop) = self.plots[name].getViewBox(), self.bounds()
        if self._dataset is None or not box.sceneBoundingRect().contains(at):
            self._leave()
            return
        row = min(max(round(box.mapSceneToView(at).x()), start), stop - 1)
        self.point_at(row)
        self.time_pointed.emit(self._dataset.readings.times[row])

    def _leave(self) -> None:
        self._hide_cursor()
        self.time_pointed.emit(None)

    def show_time(self, time: np.datetime64 | None) -> None:
        data, (start, stop), row = self._dataset, self.bounds(), None
        if data is not None:
            row = row_at(data.readings.times[start:stop], time, data.step)
        if row is None:
            self._hide_cursor()
        else:
            self.point_at(start + row)

    def point_at(self, row: int) -> None:
        """Put the cursor on a row, and read it out beside the title."""
        for cursor in self.cursors.values():
            cursor.setValue(row)
            cursor.show()
        self.heading.detail.setText(self.readout(row))

    def _hide_cursor(self) -> None:
        for cursor in self.cursors.values():
            cursor.hide()
        day = ""
        if self._dataset is not None:
            date = self._dataset.readings.times[self.bounds()[0]].astype("datetime64[D]")
            day = f"{date} ({weekday_name(date)})"
        self.heading.set_text(tr("Readings of one day"), day)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._leave()
        return super().eventFilter(watched, event)

    def _restyle(self) -> None:
        for name in COLUMNS:
            if name != COLUMNS[-1]:  # room for the lower half of the lowest number
                self.plots[name].bottom.setHeight(theme.px(10))
            self.curves[name].setPen(LINE.pen())
            self.cursors[name].setPen(pg.mkPen(theme.current().ink, width=1.5))

    def retranslate(self) -> None:
        self.earlier.set_name(tr("Day before"))
        self.later.set_name(tr("Day after"))
        self.slice.set_label(tr("Rows of the file"))
        self.empty.set_text(tr("The readings stand here once the data are read."))
        for name, title in self.titles.items():
            unit = unit_name(UNITS.get(name, "vehicles"))
            title.setText(f"{column_name(name)} ({unit})")
            self.plots[name].setAccessibleName(column_name(name))
        self._draw()
        self._hide_cursor()
