"""Traffic: the file, what the network sees of it, what it forecasts, and how it is split."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from engine.experiment import Experiment
from engine.fields import params
from engine.tasks.traffic import SCALINGS, VALUE_COLUMNS, Traffic, TrafficDataset
from playground.snapshot import Snapshot
from playground.ui.column_names import column_name
from playground.ui.data.base import ControlGrid, NarrowCombo, TaskPanel, baseline_text, data_panel
from playground.ui.data.split_bar import SplitBar
from playground.ui.document import Document
from playground.ui.form_controls import TextField
from playground.ui.i18n import N_, Translated, tr, tr_engine, tr_n
from playground.ui.widgets import Button, Check, ElidedLabel, Label

CHANGES = {
    "target_column": N_("Change target"),
    "window": N_("Change look-back"),
    "horizon": N_("Change horizon"),
    "thresholds": N_("Change classes"),
    "scaling": N_("Change scaling"),
}
_FIELDS = {field.name: field for field in params(Traffic)}
_FIVE_MINUTES = np.timedelta64(300, "s")


def span_text(rows: int, step: np.timedelta64) -> str:
    """Write how long so many rows last: "15 min", "6 h", "1 d"."""
    minutes = rows * int(step / np.timedelta64(60, "s"))
    if minutes % 1440 == 0:
        return tr("{count} d", count=minutes // 1440)
    if minutes % 60 == 0:
        return tr("{count} h", count=minutes // 60)
    return tr("{count} min", count=minutes)


@data_panel("vds", label=N_("VDS"))
class TrafficPanel(Translated, TaskPanel):
    """A detector's month, the sample or a file of one's own."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(document, parent)
        self.file, self.rows = ElidedLabel(role="strong"), Label(role="caption")
        self.open, self.sample = Button(" ", kind="small"), Button(" ", kind="small")
        self.inputs_title = Label(role="field")
        self.inputs = {column: _Column(column) for column in VALUE_COLUMNS}
        self.controls = {name: _control(name) for name in CHANGES}
        self.grid = ControlGrid(self.controls)
        self.split = SplitBar()
        self.baseline = Label(role="caption", wrap=True)
        self._dataset: TrafficDataset | None = None
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        names = QHBoxLayout()
        names.addWidget(self.file, 1)
        names.addWidget(self.rows)
        buttons = QHBoxLayout()
        buttons.addWidget(self.open)
        buttons.addWidget(self.sample)
        buttons.addStretch(1)
        column.addLayout(names)
        column.addLayout(buttons)
        column.addWidget(self.inputs_title)
        checks = QVBoxLayout()
        checks.setSpacing(0)
        for row in self.inputs.values():
            checks.addWidget(row)
        column.addLayout(checks)
        column.addLayout(self.grid)
        column.addWidget(self.split)
        column.addWidget(self.baseline)

    def _connect(self) -> None:
        for column, row in self.inputs.items():
            row.check.edited.connect(lambda _, __, c=column: self._toggle(c))
        for name, control in self.controls.items():
            control.edited.connect(lambda value, _, n=name: self._change(n, value))
        limits = self.controls["thresholds"]
        limits.refused.connect(lambda _: self.refuse_numbers(limits))
        self.open.clicked.connect(self._open_file)
        self.sample.clicked.connect(lambda: self.edit(tr("Change data"), self.sample, file=""))
        self.follow_split(self.split)

    def _change(self, name: str, value: Any) -> None:
        """Change a setting; what is predicted at the same time leaves the inputs."""
        task, fields = self.task, {name: value}
        target = fields.get("target_column", task.target_column)
        if fields.get("horizon", task.horizon) == 0 and target in task.inputs:
            others = tuple(column for column in task.inputs if column != target)
            rest = tuple(column for column in VALUE_COLUMNS if column != target)
            fields["inputs"] = others or rest
        if name == "target_column":
            fields["thresholds"] = ()
        self.edit(tr(CHANGES[name]), self.controls[name], **fields)

    def _toggle(self, column: str) -> None:
        """Add or take away an input, in the order of the file; the last one stays."""
        kept = {*self.task.inputs} ^ {column}
        inputs = tuple(name for name in VALUE_COLUMNS if name in kept)
        self.edit(tr("Change inputs"), self.inputs[column], inputs=inputs or self.task.inputs)

    def _open_file(self) -> None:
        folder = str(Path(self.task.file).parent) if self.task.file else ""
        path, _ = QFileDialog.getOpenFileName(
            self, tr("Open a detector's file"), folder, tr("CSV files") + " (*.csv)"
        )
        if path:
            self.edit(tr("Change data"), self.open, file=path)

    def show_experiment(self, experiment: Experiment) -> None:
        task = experiment.task
        if not isinstance(task, Traffic):
            return
        self.file.setText(Path(task.file).name if task.file else tr("Sample month"))
        self.sample.setVisible(bool(task.file))
        for column, row in self.inputs.items():
            row.check.set_value(column in task.inputs)
            predicted = task.horizon == 0 and column == task.target_column
            row.check.setEnabled(task.inputs != (column,) and not predicted)
        for name, control in self.controls.items():
            control.set_value(getattr(task, name))
        self.split.set_value((task.training_share, task.validation_share))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if snapshot.dataset is not self._dataset:
            known = isinstance(snapshot.dataset, TrafficDataset)
            self._dataset = snapshot.dataset if known else None
            self._write_numbers()

    def _step(self) -> np.timedelta64:
        return _FIVE_MINUTES if self._dataset is None else self._dataset.step

    def _write_numbers(self) -> None:
        """Write what depends on the data: how many rows, and how long they last."""
        rows = 0
        days = {}
        if self._dataset is not None:
            for part in ("training", "validation", "test"):
                count = len(self._dataset.part(part))
                rows += count
                days[part] = count * float(self._step() / np.timedelta64(1, "D"))
        self.baseline.setText(baseline_text(self._dataset))
        self.baseline.setVisible(bool(self.baseline.text()))
        self.rows.setText(tr_n("{n} row", "{n} rows", rows, n=f"{rows:,}") if rows else "")
        self.split.set_days(days)
        step = self._step()
        windows = [
            (int(n), f"{n:g} ({span_text(int(n), step)})") for n in _FIELDS["window"].presets
        ]
        self.controls["window"].set_options(windows)
        horizons = [
            (int(n), span_text(int(n), step) if n else tr("same time"))
            for n in _FIELDS["horizon"].presets
        ]
        self.controls["horizon"].set_options(horizons)

    def retranslate(self) -> None:
        self.open.setText(tr("Open csv …"))
        self.sample.setText(tr("Sample"))
        self.inputs_title.setText(tr("Input variables"))
        for column, row in self.inputs.items():
            row.set_text(column_name(column), column)
        names = {
            "target_column": tr("Target"),
            "scaling": tr("Scaling"),
            "window": tr("Look-back"),
            "horizon": tr("Horizon"),
            "thresholds": tr("Class limits"),
        }
        self.grid.set_captions(names, _FIELDS)
        columns = [(column, column_name(column)) for column in VALUE_COLUMNS]
        self.controls["target_column"].set_options(columns)
        scalings = [(name, tr_engine(name)) for name in SCALINGS]
        self.controls["scaling"].set_options(scalings)
        self.split.retranslate()
        self._write_numbers()
        self.show_experiment(self.document.experiment)


def _control(name: str) -> NarrowCombo | TextField:
    """Return a field for the thresholds, for others a choice."""
    about = _FIELDS[name]
    if name == "thresholds":
        return TextField(about)
    return NarrowCombo(typed=(-np.inf, np.inf) if about.presets else None)


class _Column(QWidget):
    """A check box with the column's name in the file at the right, where there is room for it."""

    def __init__(self, column: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.check, self.name = Check(), Label(column, "caption", parent=self)
        self.name.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.check)

    def set_text(self, text: str, column: str) -> None:
        """Write the texts anew."""
        self.check.setText(text)
        self.check.setAccessibleDescription(column)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = self.name.sizeHint()
        left = self.width() - size.width()
        self.name.setGeometry(left, 0, size.width(), self.height())
        self.name.setVisible(left > self.check.sizeHint().width() + 4)
