"""One day's forecast against the truth, with the residuals under it."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.experiment import Experiment
from engine.probes import Predictions, Probe
from engine.tasks.traffic import Traffic, TrafficDataset
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.column_names import column_name, unit_name
from playground.ui.i18n import N_, Translated, tr
from playground.ui.numbers import number_text, signed_text
from playground.ui.plots import CurveStyle, PlotArea
from playground.ui.scales import grown, nice_step, round_ticks
from playground.ui.tip import Tip
from playground.ui.views.base import View, view
from playground.ui.widgets import Button, Combo, Heading, Label

TRUTH = CurveStyle("ink", width=1.4)
FORECAST = CurveStyle("val", width=2.2)
PARTS = ("test", "validation")
_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_HOURS = [(float(hour), f"{hour:02d}:00") for hour in range(0, 25, 3)]


@dataclass(frozen=True)
class Day:
    """The rows [start, stop) of a part that fall on one date."""

    part: str
    date: np.datetime64
    start: int
    stop: int


def weekday_name(date: np.datetime64) -> str:
    """Return the short name of the day of the week of a date."""
    return tr(_WEEKDAYS[date.item().weekday()])


def days(dataset: TrafficDataset) -> list[Day]:
    """Return the days of the test and then of the validation part, in order of time."""
    found = []
    for part in PARTS:
        dates = dataset.times[part].astype("datetime64[D]")
        names, starts = np.unique(dates, return_index=True)
        stops = [*starts[1:].tolist(), len(dates)]
        found += [Day(part, *row) for row in zip(names, starts.tolist(), stops, strict=True)]
    return found


@view("forecast", label=N_("Forecast for one day"), area="below", order=10)
class ForecastView(Translated, View):
    """Truth and forecast over the hours of a day, residuals by sign, one cursor over both."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day = Combo()
        self.day.setMinimumWidth(theme.px(120))  # its text may be cut before the plots are
        self.day.valueChanged.connect(self._choose)
        self.earlier, self.later = (
            Button(icon="left", kind="flat"),
            Button(icon="right", kind="flat"),
        )
        self.earlier.clicked.connect(lambda: self._move(-1))
        self.later.clicked.connect(lambda: self._move(1))
        self.heading, self.residual_heading = Heading(), Label(role="strong")
        self.legend = Label()
        self.legend.setTextFormat(Qt.TextFormat.RichText)
        self.residual_legend = Label()
        self.residual_legend.setTextFormat(Qt.TextFormat.RichText)
        self.plot, self.residual_plot = PlotArea(), PlotArea()
        self.plot.bottom.setStyle(showValues=False, tickLength=0)
        self._dataset: TrafficDataset | None = None
        self._experiment: Experiment | None = None
        self._answer: Any = None
        self._days: list[Day] = []
        self._reach = 0.0
        self._hours = self._true = self._predicted = np.empty(0)
        self._draw_items()
        self._build()
        theme.manager().changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def _draw_items(self) -> None:
        self.truth = pg.PlotCurveItem(antialias=True, connect="finite")
        self.forecast = pg.PlotCurveItem(antialias=True, connect="finite")
        for item in (self.truth, self.forecast):
            item.setSegmentedLineMode("on")
            self.plot.addItem(item)
        self.high, self.low = (pg.BarGraphItem(x=[], height=[], width=0.06) for _ in range(2))
        for bars in (self.high, self.low):
            self.residual_plot.addItem(bars)
        self.cursors = []
        for area in (self.plot, self.residual_plot):
            cursor = pg.InfiniteLine(angle=90, movable=False)
            cursor.hide()
            area.addItem(cursor, ignoreBounds=True)
            area.left.setWidth(theme.px(44))
            # The ends of 00:00 and 24:00 reach beyond the axis.
            area.bottom.setStyle(hideOverlappingLabels=theme.px(24))
            area.scene().sigMouseMoved.connect(lambda at, a=area: self._mouse_moved(a, at))
            area.viewport().installEventFilter(self)
            self.cursors.append(cursor)
        self.residual_plot.setXLink(self.plot)
        self.dot = pg.ScatterPlotItem(pxMode=True, antialias=True)
        self.dot.setZValue(2)
        self.plot.addItem(self.dot)
        self.tip = Tip(self)
        self.tip.setTextFormat(Qt.TextFormat.RichText)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 8)
        column.setSpacing(0)
        for widget in (self.earlier, self.day, self.later):
            self.heading.insert(widget)
        column.addWidget(self.heading)
        self.title = Label(role="strong")
        for title, legend, area, share in (
            (self.title, self.legend, self.plot, 5),
            (self.residual_heading, self.residual_legend, self.residual_plot, 2),
        ):
            row = QHBoxLayout()
            row.setSpacing(24)
            row.addWidget(title)
            legend.setMinimumWidth(140)  # in a narrow window its end gives way
            row.addWidget(legend)
            row.addStretch(1)
            column.addLayout(row)
            column.addWidget(area, share)
        self.plot.setMinimumHeight(theme.px(90))
        self.residual_plot.setMinimumHeight(theme.px(60))

    @classmethod
    def offered(cls, experiment: Experiment) -> bool:
        """Offered for traffic that is predicted as a number."""
        return isinstance(experiment.task, Traffic) and not experiment.task.target.classes

    def probes(self, experiment: Experiment) -> frozenset[Probe]:
        """Ask for the predictions of the part that the chosen day is in."""
        return frozenset({Predictions(self._part())})

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._experiment = snapshot.experiment
        dataset = snapshot.dataset
        if dataset is not self._dataset:
            known = isinstance(dataset, TrafficDataset) and not dataset.target.classes
            self._dataset = dataset if known else None
            self._days = days(self._dataset) if self._dataset else []
            self._reach, self._answer = 0.0, None
            self.retranslate()
            whole = max(self._days, key=lambda day: day.stop - day.start, default=None)
            self.day.set_value(self._days.index(whole) if whole else 0)
            self._fit()
            self._draw_truth()
            self._draw_forecast()
        answer = snapshot.answers.get(Predictions(self._part()))
        if answer is not self._answer:
            self._answer = answer
            self._draw_forecast()

    def _chosen(self) -> Day | None:
        index = self.day.value()
        return self._days[index] if index is not None and index < len(self._days) else None

    def _part(self) -> str:
        day = self._chosen()
        return day.part if day else "test"

    def _choose(self, _index: int) -> None:
        """Show another day; its forecast is there already where it is in the same part."""
        self._answer = None
        self._draw_truth()
        self._draw_forecast()
        self.probes_changed.emit()

    def _move(self, by: int) -> None:
        index = self.day.value()
        if index is not None and 0 <= index + by < len(self._days):
            self.day.set_value(index + by)

    def _draw_truth(self) -> None:
        day, dataset = self._chosen(), self._dataset
        self._hours = self._true = np.empty(0)
        if day is not None and dataset is not None:
            rows = slice(day.start, day.stop)
            since = dataset.times[day.part][rows] - day.date
            self._hours = since / np.timedelta64(3600, "s")
            part = dataset.part(day.part)
            self._true = dataset.in_units(part.targets[rows])[:, 0]
        self.truth.setData(self._hours, self._true)
        index = self.day.value() or 0
        self.earlier.setEnabled(index > 0)
        self.later.setEnabled(index + 1 < len(self._days))

    def _draw_forecast(self) -> None:
        day = self._chosen()
        ready = day is not None and self._answer is not None and len(self._answer) >= day.stop
        self._predicted = self._answer[day.start : day.stop, 0] if ready else np.empty(0)
        self.forecast.setData(self._hours[: len(self._predicted)], self._predicted)
        residuals = self._predicted - self._true[: len(self._predicted)]
        hours = self._hours[: len(residuals)]
        width = float(np.median(np.diff(hours))) * 0.75 if len(hours) > 1 else 0.06
        for bars, chosen in ((self.high, residuals > 0), (self.low, residuals < 0)):
            bars.setOpts(x=hours[chosen], height=residuals[chosen], width=width)
        if len(residuals):
            self._fit_residuals(residuals)
        self._hide_cursor()

    def _fit(self) -> None:
        """Choose an axis that suits all days; wild forecasts at the start stay outside of it."""
        dataset = self._dataset
        if dataset is None:
            return
        true = np.concatenate([dataset.in_units(dataset.part(part).targets) for part in PARTS])
        low, high = min(0.0, float(true.min())), float(true.max())
        step = nice_step((high - low) or 1.0, 7)
        low, high = step * floor(low / step), step * ceil(high / step)
        self.plot.set_y(low, high, round_ticks(low, high, 7))

    def _fit_residuals(self, residuals: NDArray[np.float64]) -> None:
        reach = float(np.quantile(np.abs(residuals), 0.98)) or 1.0
        if reach > self._reach or reach < self._reach / 2:
            self._reach = grown(0, 0, 0, reach)[1]
        ticks = [
            (at, "0" if not at else signed_text(at, 0 if self._reach >= 2 else 2))
            for at in (-self._reach, 0.0, self._reach)
        ]
        self.residual_plot.set_y(-1.1 * self._reach, 1.1 * self._reach, ticks)

    def _mouse_moved(self, area: PlotArea, at: QPointF) -> None:
        box = area.getViewBox()
        if box.sceneBoundingRect().contains(at) and len(self._hours):
            hour = box.mapSceneToView(at).x()
            self.point_at(int(np.abs(self._hours - hour).argmin()))
        else:
            self._hide_cursor()

    def point_at(self, row: int) -> None:
        """Put the cursor on a row of the day and read it out."""
        hour = float(self._hours[row])
        for cursor in self.cursors:
            cursor.setValue(hour)
            cursor.show()
        self.tip.setText(self.readout(row))
        self.tip.adjustSize()
        shown = self._predicted if len(self._predicted) else self._true
        self.dot.setData([hour], [shown[row]])
        box = self.plot.getViewBox()
        spot = self.plot.mapFromScene(box.mapViewToScene(QPointF(hour, float(shown[row]))))
        place = self.plot.mapTo(self, spot)
        left = place.x() + theme.px(12)
        if left + self.tip.width() > self.width():
            left = place.x() - theme.px(12) - self.tip.width()
        bottom = self.plot.mapTo(self, self.plot.rect().bottomLeft()).y()
        self.tip.move(left, min(place.y() + theme.px(16), bottom - self.tip.height()))
        self.tip.raise_()
        self.tip.show()

    def readout(self, row: int) -> str:
        """Return time, truth, forecast and residual of a row of the day, as rich text."""
        minutes = round(float(self._hours[row]) * 60)
        digits = 0 if float(np.abs(self._true).max()) >= 100 else 1
        text = f"<b>{minutes // 60:02d}:{minutes % 60:02d}</b><br>"
        true = number_text(float(self._true[row]), digits)
        if not len(self._predicted):
            return text + tr("true {true}", true=true)
        predicted = float(self._predicted[row])
        return text + tr(
            "true {true} · predicted {predicted}<br>residual {residual}",
            true=true,
            predicted=number_text(predicted, digits),
            residual=signed_text(predicted - float(self._true[row]), digits),
        )

    def _hide_cursor(self) -> None:
        self.tip.hide()
        self.dot.setData([], [])
        for cursor in self.cursors:
            cursor.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hide_cursor()
        return super().eventFilter(watched, event)

    def _restyle(self) -> None:
        colors = theme.current()
        self.plot.bottom.setHeight(theme.px(10))  # room for the lower half of the lowest number
        self.truth.setPen(TRUTH.pen())
        self.forecast.setPen(FORECAST.pen())
        self.high.setOpts(brush=colors.pos, pen=None)
        self.low.setOpts(brush=colors.neg, pen=None)
        for cursor in self.cursors:
            cursor.setPen(pg.mkPen(colors.ink, width=1.5))
        self.dot.setBrush(colors.val)
        self.dot.setPen(pg.mkPen(colors.panel, width=2))
        self.dot.setSize(theme.px(9))
        self._write_legends()

    def _write_legends(self) -> None:
        colors = theme.current()
        ahead = ""
        if self._dataset is not None and self._experiment is not None:
            minutes = self._experiment.task.horizon * int(self._dataset.step.astype(int)) // 60
            when = tr("{minutes} min ahead", minutes=minutes) if minutes else tr("same time")
            ahead = f" ({when})"
        self.legend.setText(
            f"<b>―</b> {tr('true')}&nbsp;&nbsp;&nbsp;&nbsp;"
            f'<span style="color:{colors.val.name()}"><b>―</b> {tr("predicted")}</span>{ahead}'
        )
        self.residual_legend.setText(
            f'<span style="color:{colors.pos.name()}">■</span> {tr("too high")}&nbsp;&nbsp;&nbsp;'
            f'<span style="color:{colors.neg.name()}">■</span> {tr("too low")}'
        )

    def _day_text(self, day: Day) -> str:
        weekday = weekday_name(day.date)
        part = tr("Test", "data") if day.part == "test" else tr("Validation", "data")
        return f"{part} · {day.date} ({weekday}) · [{day.start}:{day.stop}]"

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        hours = _HOURS[::2] if self.width() < theme.px(440) else _HOURS
        for area in (self.plot, self.residual_plot):
            area.set_x(0, 24.3, hours)

    def retranslate(self) -> None:
        self.heading.set_text(tr("Forecast for one day"))
        self.earlier.set_name(tr("Day before"))
        self.later.set_name(tr("Day after"))
        self.day.setAccessibleName(tr("Day"))
        self.day.set_options([(index, self._day_text(day)) for index, day in enumerate(self._days)])
        title = ""
        if self._experiment is not None:
            target = self._experiment.task.target
            title = f"{column_name(target.labels[0])} ({unit_name(target.unit)})"
        self.title.setText(title)
        self.residual_heading.setText(tr("Residual = predicted − true"))
        self.plot.setAccessibleName(tr("Forecast for one day"))
        self.residual_plot.setAccessibleName(tr("Residuals"))
        self._write_legends()
