"""Loss and metric over the epochs, of training and validation data."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from engine.experiment import Experiment
from engine.history import Table
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.column_names import unit_name
from playground.ui.curve_options import MEASURES as ALL_MEASURES
from playground.ui.curve_options import X_AXES, CurveOptions, smoothed
from playground.ui.i18n import N_, Translated, tr, tr_engine
from playground.ui.numbers import number_text, percent_text
from playground.ui.plots import TRAINING, VALIDATION, Chart
from playground.ui.views.base import View, view
from playground.ui.widgets import Button, Check, Heading, Label, Segment

PARTS = {"training": TRAINING, "validation": VALIDATION}
MEASURES = {"loss": N_("Loss"), "rmse": "RMSE", "mae": "MAE"}
STACKED_HEIGHT = 330
"""From this height on the two charts stand one above the other."""
INTERVAL = 0.1
"""Seconds between two drawings while training; thick smooth lines cost the most of all."""


def curve(
    snapshot: Snapshot, part: str, measure: str, x: str = "epoch"
) -> tuple[np.ndarray, np.ndarray]:
    """Return x (epochs, steps or seconds) and values of a measure of a part, both (n,).

    The training loss of long epochs is the running one of the batches, which has points within
    the epochs. The learning rate is the same for both parts; it is drawn as that of training.
    """
    column = f"{part}_{measure}"
    if column == "training_loss" and len(snapshot.batches) and x in snapshot.batches:
        return snapshot.batches[x], snapshot.batches["loss"]
    if measure == "learning_rate" and part == "training":
        column = measure
    if column not in snapshot.history:
        return np.empty(0), np.empty(0)
    return snapshot.history[x], snapshot.history[column]


@view("curves", label=N_("Learning curves"), area="results", order=30)
class CurvesView(Translated, View):
    """The loss, and beside it the accuracy of classes; for numbers loss, RMSE or MAE.

    A menu has other axes and measures, smoothing, and ways to save the curves.
    """

    grows = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.loss, self.accuracy = Chart(log_y=False), Chart()
        for chart in (self.loss, self.accuracy):
            for key, style in PARTS.items():
                chart.add_curve(key, "", style)
        self.log = Check()
        self.log.valueChanged.connect(self.loss.set_log_y)
        self.measure = Segment(small=True)
        self.measure.valueChanged.connect(self._choose)
        self.options = CurveOptions(self)
        self.options.changed.connect(self._adapt)
        self.options.refused.connect(self.refused)
        self.more = Button(icon="down", kind="flat")
        self.more.clicked.connect(self._open_options)
        self.heading = Heading()
        self.heading.add(self.measure, self.log, self.more)
        self.key = Label(role="caption")
        self.key.setTextFormat(Qt.TextFormat.RichText)
        self.key.setContentsMargins(0, 0, 0, 4)
        self._experiment: Experiment | None = None
        self._snapshot: Snapshot | None = None
        self._drawn: Any = None
        self._drawn_at = 0.0
        self._beside: bool | None = None
        self._second = ""
        self._build()
        theme.manager().changed.connect(self._write_key)
        self.retranslate()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 8)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.key)
        self._charts = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._charts.setSpacing(12)
        self._charts.addWidget(self.loss, 1)
        self._charts.addWidget(self.accuracy, 1)
        column.addLayout(self._charts, 1)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        old, self._experiment = self._experiment, snapshot.experiment
        if old is None or (old.task, old.training.loss) != (
            snapshot.experiment.task,
            snapshot.experiment.training.loss,
        ):
            self.options.second = ""
            self._snapshot = self._drawn = None
            self._adapt()
        self._snapshot = snapshot
        drawn = _state(snapshot.history), _state(snapshot.batches)
        now = time.monotonic()
        due = snapshot.state != "running" or now - self._drawn_at >= INTERVAL
        if drawn != self._drawn and due:
            self._drawn, self._drawn_at = drawn, now
            self._draw()

    def _adapt(self) -> None:
        """Offer what the task measures, and draw it as the options say."""
        classes = self._experiment is not None and self._experiment.task.target.classes
        self._show_second(self.options.second or ("accuracy" if classes else ""))
        self.measure.setVisible(not classes)
        if classes:
            self.measure.set_value("loss")
        for chart in (self.loss, self.accuracy):
            chart.clear()
            chart.set_log_x(self.options.log_x)
        self._arrange()
        self.retranslate()
        self._draw()

    def _show_second(self, measure: str) -> None:
        """Let the second chart show another measure, or nothing."""
        self._second = measure
        self.accuracy.setVisible(bool(measure))
        shares = measure in ("accuracy", "exact_match")
        self.accuracy.set_scale((0.5, 1.0) if shares else (0.0, 0.0), shares)
        self.accuracy.text = percent_text if shares else _plain

    def _choose(self, measure: str) -> None:
        self.loss.clear()
        self.loss.text = _plain if measure == "loss" else _in_units
        self.retranslate()
        self._draw()

    def _draw(self) -> None:
        if self._snapshot is None:
            return
        for part in PARTS:
            self._draw_curve(self.loss, part, self.measure.value() or "loss")
            if self._second:
                self._draw_curve(self.accuracy, part, self._second)

    def _draw_curve(self, chart: Chart, part: str, measure: str) -> None:
        x, y = curve(self._snapshot, part, measure, self.options.x)
        chart.set_curve(part, x, smoothed(y, self.options.smoothing))

    def _open_options(self) -> None:
        classes = self._experiment is None or self._experiment.task.target.classes
        menu = self.options.menu(self._snapshot, "accuracy" if classes else "")
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _arrange(self) -> None:
        """Put the charts beside each other where they would be too flat."""
        beside = not self.accuracy.isHidden() and self.height() < theme.px(STACKED_HEIGHT)
        if beside == self._beside:
            return
        self._beside = beside
        direction = QBoxLayout.Direction
        self._charts.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        for chart in (self.loss, self.accuracy):
            chart.set_compact(beside)
        self.key.setVisible(beside)

    def _write_key(self) -> None:
        """Say which line is which, where there is no room at their ends."""
        colors = theme.current()
        lines = (("ink", "━━", tr("training")), ("val", "╍╍", tr("validation")))
        self.key.setText(
            "&nbsp;&nbsp;&nbsp;".join(
                f'<span style="color:{colors.color(token).name()}">{line} {text}</span>'
                for token, line, text in lines
            )
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def retranslate(self) -> None:
        names = {"training": tr("training"), "validation": tr("validation")}
        along, empty = (
            tr(X_AXES[self.options.x]),
            tr("Press Play or Space. The loss will be drawn here."),
        )
        self.measure.set_options([(key, tr(text)) for key, text in MEASURES.items()])
        self.loss.set_text(self._loss_title(), along, names, empty)
        if self._second == "learning_rate":
            names = {"training": "", "validation": ""}
        self.accuracy.set_text(tr(ALL_MEASURES.get(self._second, "Accuracy")), along, names)
        self._write_key()
        self.heading.set_text(tr("Learning curves"))
        self.more.set_name(tr("Axes, smoothing, saving"))
        self.log.setText(tr("Log"))
        self.log.setToolTip(tr("Logarithmic axis"))

    def _loss_title(self) -> str:
        measure, experiment = self.measure.value() or "loss", self._experiment
        if experiment is None or experiment.task.target.classes:
            return tr("Loss")
        if measure == "loss":
            return tr_engine(type(experiment.training.loss).label)
        unit = unit_name(experiment.task.target.unit)
        return f"{MEASURES[measure]} ({unit})" if unit else MEASURES[measure]


def _state(table: Table) -> tuple[int, bytes]:
    """Return what tells two states of a growing table apart, thinned and restarted ones too."""
    return len(table), table.rows[-1].tobytes() if len(table) else b""


def _plain(value: float) -> str:
    return number_text(value, 3 if value >= 0.01 else 4)


def _in_units(value: float) -> str:
    return number_text(value, 2)
