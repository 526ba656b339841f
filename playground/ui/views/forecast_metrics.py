"""How good a forecast is on the test data, beside forecasts that need no network."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from engine.experiment import Experiment
from engine.metrics import number_metrics
from engine.probes import Predictions, Probe
from engine.tasks.baselines import MEAN
from engine.tasks.traffic import LAST_VALUE, LAST_WEEK
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.column_names import unit_name
from playground.ui.i18n import N_, Translated, tr
from playground.ui.numbers import number_text
from playground.ui.views.base import View, view
from playground.ui.widgets import Heading, Label
from playground.ui.widgets.labels import Picture

TEST = Predictions("test")
MEASURES = {"rmse": "RMSE", "mae": "MAE", "mape": "MAPE, %", "r2": "R²"}
ABOUT = {
    "rmse": N_("Root mean squared error: large misses count most"),
    "mae": N_("Mean absolute error: how far off a forecast is on average"),
    "mape": N_("Mean absolute percentage error, in percent of the true value"),
    "r2": N_("Share of the variance that is explained; 1 is perfect"),
}
BASELINES = {LAST_VALUE: N_("Last value"), MEAN: N_("Mean"), LAST_WEEK: N_("Last week")}
QUESTIONS = {
    LAST_VALUE: N_("Press Play: can the network beat the last value?"),
    MEAN: N_("Press Play: can the network beat the mean?"),
}
BETTER = {
    LAST_VALUE: N_("RMSE is {share} smaller than repeating the last value."),
    MEAN: N_("RMSE is {share} smaller than always giving the mean."),
}
WORSE = {
    LAST_VALUE: N_("RMSE is {share} larger than repeating the last value."),
    MEAN: N_("RMSE is {share} larger than always giving the mean."),
}
_OF_SERIES = (LAST_VALUE, LAST_WEEK)
"""What is expected before the data are read."""
_NONE = "–"
_NARROW = 1000
"""In a window narrower than so many pixels at 100 % the numbers are smaller."""


def measure_text(name: str, value: float | None) -> str:
    """Write a measure with the three digits that count; a missing one is a dash."""
    if value is None or value != value:
        return _NONE
    if name == "r2":
        return number_text(value, 3 if abs(value) < 1 else 2 if abs(value) < 10 else 0)
    return number_text(value, 2 if value < 10 and name != "mape" else 1 if value < 1000 else 0)


@view("forecast_metrics", label=N_("Forecast metrics"), area="results", order=10)
class ForecastMetricsView(Translated, View):
    """RMSE, MAE, MAPE and R² in real units over those of the simple forecasts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = Heading()
        self.values = {name: Label(_NONE, "metric") for name in MEASURES}
        self.captions = {name: Label(text, "field") for name, text in MEASURES.items()}
        self.names = {name: Label(role="caption") for name in BASELINES}
        self.baselines = {
            (baseline, name): Label(_NONE, "caption") for baseline in BASELINES for name in MEASURES
        }
        self.verdict = _Verdict()
        self._snapshot: Snapshot | None = None
        self._drawn: tuple[Any, Any] = (None, None)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._build()
        theme.manager().changed.connect(self._make_room)
        theme.manager().changed.connect(self._fit)
        self.retranslate()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.heading)
        self._grid = grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        for place, name in enumerate(MEASURES):
            grid.addWidget(self.captions[name], 0, place, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(self.values[name], 1, place, Qt.AlignmentFlag.AlignRight)
        for row, baseline in enumerate(BASELINES, 2):
            grid.addWidget(self.names[baseline], row, 0, Qt.AlignmentFlag.AlignLeft)
            for place, name in enumerate(MEASURES):
                label = self.baselines[baseline, name]
                grid.addWidget(label, row, place, Qt.AlignmentFlag.AlignRight)
        column.addLayout(grid)
        column.addWidget(self.verdict)
        self._show_rows(_OF_SERIES)

    @classmethod
    def offered(cls, experiment: Experiment) -> bool:
        """Offered where numbers are predicted."""
        return not experiment.task.target.classes

    def probes(self, experiment: Experiment) -> frozenset[Probe]:
        """Ask for the predictions of the test part."""
        return frozenset({TEST})

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        drawn = snapshot.dataset, snapshot.answers.get(TEST)
        if drawn[0] is not self._drawn[0] or drawn[1] is not self._drawn[1]:
            self._drawn = drawn
            self._draw()

    def _draw(self) -> None:
        snapshot = self._snapshot
        if snapshot is None or not self.offered(snapshot.experiment):
            return
        dataset, forecast = snapshot.dataset, snapshot.answers.get(TEST)
        measures: Mapping[str, float] = {}
        baselines: Mapping[str, Mapping[str, float]] = {}
        if dataset is not None:
            baselines = dataset.baselines("test")
            if forecast is not None and len(forecast) == len(dataset.test):
                measures = number_metrics(forecast, dataset.in_units(dataset.test.targets))
        for name in MEASURES:
            text = measure_text(name, measures.get(name))
            self.values[name].setText(text)
            self.values[name].setAccessibleName(f"{MEASURES[name]} {text}")
            for baseline in BASELINES:
                value = baselines.get(baseline, {}).get(name)
                self.baselines[baseline, name].setText(measure_text(name, value))
        self._show_rows(_OF_SERIES if dataset is None else baselines)
        simplest = next((name for name in (MEAN, LAST_VALUE) if name in baselines), None)
        self.verdict.setVisible(simplest is not None or dataset is None)
        if simplest is not None:
            own = measures.get("rmse") if snapshot.step > 0 else None
            self.verdict.compare(own, simplest, baselines[simplest].get("rmse"))
        self._make_room()
        self._write_heading()

    def _show_rows(self, known: Collection[str]) -> None:
        """Show the baselines that the data have."""
        for baseline, name in self.names.items():
            shown = baseline in known
            name.setVisible(shown)
            for measure in MEASURES:
                self.baselines[baseline, measure].setVisible(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Write the numbers smaller where the window is narrow."""
        role = "counter" if self.window().width() < theme.px(_NARROW) else "metric"
        for label in self.values.values():
            if label.property("role") != role:
                label.setProperty("role", role)
                label.style().unpolish(label)
                label.style().polish(label)

    def _make_room(self) -> None:
        """Keep the names of the baselines apart from the numbers behind them."""
        first = next(iter(MEASURES))
        names = max(label.sizeHint().width() for label in self.names.values())
        numbers = max(self.baselines[name, first].sizeHint().width() for name in BASELINES)
        self._grid.setColumnMinimumWidth(0, names + theme.px(8) + numbers)

    def _write_heading(self) -> None:
        detail = ""
        if self._snapshot is not None and self._snapshot.dataset is not None:
            count = f"{len(self._snapshot.dataset.test):,}"
            unit = unit_name(self._snapshot.experiment.task.target.unit)
            detail = (
                tr("{count} test rows, in {unit}", count=count, unit=unit)
                if unit
                else tr("{count} test rows", count=count)
            )
        self.heading.set_text(tr("Forecast quality"), detail)

    def retranslate(self) -> None:
        for name, label in self.captions.items():
            label.setToolTip(tr(ABOUT[name]))
        for name, label in self.names.items():
            label.setText(tr(BASELINES[name]))
        self._draw()
        self._make_room()
        self._write_heading()


class _Verdict(QFrame):
    """One sentence on whether the network beats the simplest forecast."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = Picture("check", "ok")
        self.sentence = Label(wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.sentence, 1)
        self._better: bool | None = None
        theme.manager().changed.connect(self._restyle)
        self.compare(None, LAST_VALUE, None)

    def compare(self, rmse: float | None, name: str, baseline: float | None) -> None:
        """Compare two RMSE; without one of them only the baseline is named."""
        known = rmse is not None and baseline is not None and baseline > 0 and rmse == rmse
        self._better = rmse < baseline if known else None
        if not known:
            self.sentence.setText(tr(QUESTIONS[name]))
        else:
            share = f"{abs(1 - rmse / baseline):.0%}"
            self.sentence.setText(tr((BETTER if self._better else WORSE)[name], share=share))
        self._restyle()

    def _restyle(self) -> None:
        colors = theme.current()
        ink, fill, icon = {
            None: (colors.ink2, colors.raised, "info"),
            True: (colors.ok, colors.okbg, "check"),
            False: (colors.warn, colors.warnbg, "warn"),
        }[self._better]
        self.picture.set_icon(icon, ink)
        style = f"border-radius: {theme.px(8)}px; background: {fill.name()}; color: {ink.name()};"
        if style != self.styleSheet():
            self.setStyleSheet(style)
