"""One day's forecast against the truth, with the residuals under it."""

from __future__ import annotations

from math import ceil, floor
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.experiment import Experiment
from engine.probes import Predictions, Probe, Sample
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
from playground.ui.views.days import DAY_END, HOURS, PARTS, Day, days, row_at, weekday_name
from playground.ui.widgets import Button, Combo, Heading, Label

TRUTH = CurveStyle("ink", width=1.4)
FORECAST = CurveStyle("val", width=2.2)


@view("forecast", label=N_("Forecast for one day"), area="below", order=10)
class ForecastView(Translated, View):
    """Truth and forecast over the hours of a day, residuals by sign, one cursor over both."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day = Combo()
        self.day.setMinimumWidth(theme.px(120))  # its text may be cut before the plots are
        self.day.valueChanged.connect(self._choose)
        self.day.edited.connect(lambda *_: self._choose_sample())
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
        self.plot = PlotArea(axis=44, least=90)
        self.residual_plot = PlotArea(axis=44, least=60)
        self.plot.bottom.setStyle(showValues=False, tickLength=0)
        self._dataset: TrafficDataset | None = None
        self._experiment: Experiment | None = None
        self._answer: Any = None
        self._days: list[Day] = []
        self._reach = 0.0
        self._row: int | None = None
        self._followed = self.sample
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
        if self.sample != self._followed:
            self._follow_sample()
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
        self._hide_cursor()
        self._draw_truth()
        self._draw_forecast()
        self.probes_changed.emit()

    def _move(self, by: int) -> None:
        index = self.day.value()
        if index is not None and 0 <= index + by < len(self._days):
            self.day.set_value(index + by)
            self._choose_sample()

    def _choose_sample(self) -> None:
        """Let all views show the day."""
        day = self._chosen()
        if day is not None:
            self.choose_sample(Sample(day.part, day.start))

    def _follow_sample(self) -> None:
        """Show the day of the sample that was chosen, in this view or another one."""
        self._followed, part, index = self.sample, self.sample.part, self.sample.index
        for place, day in enumerate(self._days):
            if day.part == part and day.start <= index < day.stop:
                self.day.set_value(place)

    def _draw_truth(self) -> None:
        day, dataset = self._chosen(), self._dataset
        self._hours = self._true = np.empty(0)
        if day is not None and dataset is not None:
            rows = slice(day.start, day.stop)
            self._hours = day.hours(dataset)
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
        self._put_cursor(self._row)

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
            self._tell(int(np.abs(self._hours - hour).argmin()))
        else:
            self._tell(None)

    def _tell(self, row: int | None) -> None:
        """Put the cursor on a row, or nowhere, and tell the other views."""
        elsewhere = row != self._row
        self._put_cursor(row)
        day, dataset = self._chosen(), self._dataset
        if elsewhere and day is not None and dataset is not None:
            self.time_pointed.emit(None if row is None else day.times(dataset)[row])

    def _put_cursor(self, row: int | None) -> None:
        if row is None:
            self._hide_cursor()
        else:
            self.point_at(row)

    def show_time(self, time: np.datetime64 | None) -> None:
        day, dataset = self._chosen(), self._dataset
        known = day is not None and dataset is not None
        self._put_cursor(row_at(day.times(dataset), time, dataset.step) if known else None)

    def point_at(self, row: int) -> None:
        """Put the cursor on a row of the day and read it out."""
        self._row = row
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
        self._row = None
        self.tip.hide()
        self.dot.setData([], [])
        for cursor in self.cursors:
            cursor.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._tell(None)
        return super().eventFilter(watched, event)

    def _restyle(self) -> None:
        colors = theme.current()
        for area in (self.plot, self.residual_plot):
            # The ends of 00:00 and 24:00 reach beyond the axis.
            area.bottom.setStyle(hideOverlappingLabels=theme.px(24))
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
        hours = HOURS[::2] if self.width() < theme.px(440) else HOURS
        for area in (self.plot, self.residual_plot):
            area.set_x(0, DAY_END, hours)

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
