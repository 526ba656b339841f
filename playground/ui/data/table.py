"""Tables: a built-in one or a CSV file, what is predicted from what, and the first rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from engine.experiment import Experiment
from engine.fields import params
from engine.tasks.csv_file import AUTO, DELIMITERS
from engine.tasks.overview import STATISTICS
from engine.tasks.scaling import SCALINGS
from engine.tasks.table import SPLITS, Table
from engine.tasks.table_content import MISSING, PREDICTIONS
from engine.tasks.table_dataset import TableDataset
from engine.tasks.text_file import CODECS
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.data.base import ControlGrid, NarrowCombo, TaskPanel, baseline_text, data_panel
from playground.ui.data.columns import InputList, Preview
from playground.ui.data.split_bar import SplitBar
from playground.ui.document import Document
from playground.ui.form_controls import TextField
from playground.ui.forms import choice_text
from playground.ui.i18n import N_, Translated, tr, tr_error, tr_n
from playground.ui.widgets import Button, Label, Segment

SOURCES = {
    "diabetes": N_("Diabetes"),
    "iris": N_("Iris"),
    "wine": N_("Wine"),
    "breast_cancer": N_("Breast cancer"),
}
CHANGES = {
    "encoding": N_("Change encoding"),
    "delimiter": N_("Change delimiter"),
    "header": N_("Change header"),
    "target_column": N_("Change target"),
    "predict": N_("Change prediction"),
    "thresholds": N_("Change classes"),
    "missing": N_("Change missing values"),
    "scaling": N_("Change scaling"),
    "split": N_("Change order of rows"),
}
OF_FILES = ("encoding", "delimiter", "header")
DELIMITER_NAMES = {
    "comma": N_("Comma ,"),
    "semicolon": N_("Semicolon ;"),
    "tab": N_("Tab"),
    "bar": N_("Bar |"),
    "space": N_("Blank"),
}
CHOICES = {
    "predict": PREDICTIONS,
    "missing": MISSING,
    "scaling": SCALINGS,
    "split": SPLITS,
}
STATISTIC_NAMES = {
    "count": N_("Count"),
    "different": N_("Different"),
    "mean": N_("Mean"),
    "std": N_("Std. dev."),
    "min": N_("Minimum"),
    "max": N_("Maximum"),
}
NEW_DATA: dict[str, Any] = {
    "target_column": "",
    "inputs": (),
    "predict": "auto",
    "thresholds": (),
    "missing": "refuse",
    "encoding": AUTO,
    "delimiter": AUTO,
    "header": True,
}
"""What other data begin with, as columns of the old ones mean nothing there."""

FIRST_ROWS = 5

_FIELDS = {field.name: field for field in params(Table)}


@data_panel("table", label=N_("Table"))
class TablePanel(Translated, TaskPanel):
    """Rows of named columns."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(document, parent)
        self.source, self.open = NarrowCombo(), Button(" ", kind="small")
        self.rows = Label(role="caption")
        self.problem = Label(role="caption", wrap=True)
        self.inputs_title, self.inputs = Label(role="field"), InputList()
        self.controls = {
            name: TextField(_FIELDS[name]) if name == "thresholds" else NarrowCombo()
            for name in CHANGES
        }
        self.grid = ControlGrid(self.controls)
        self.found = Label(role="caption", wrap=True)
        self.unseen = Label(role="caption", wrap=True)
        self.split = SplitBar()
        self.baseline = Label(role="caption", wrap=True)
        self.shown, self.preview = Segment(small=True), Preview()
        self._dataset: TableDataset | None = None
        self._build()
        self._connect()
        theme.manager().changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.source)
        buttons = QHBoxLayout()
        buttons.addWidget(self.open)
        buttons.addStretch(1)
        buttons.addWidget(self.rows)
        column.addLayout(buttons)
        for widget in (self.found, self.problem, self.inputs_title, self.inputs):
            column.addWidget(widget)
        column.addLayout(self.grid)
        for widget in (self.unseen, self.split, self.baseline, self.shown, self.preview):
            column.addWidget(widget)

    def _connect(self) -> None:
        self.source.edited.connect(lambda name, _: self._choose(name))
        self.open.clicked.connect(self._open_file)
        self.inputs.toggled.connect(self._toggle)
        for name, control in self.controls.items():
            control.edited.connect(lambda value, _, n=name: self._change(n, value))
        limits = self.controls["thresholds"]
        limits.refused.connect(lambda _: self.refuse_numbers(limits))
        self.shown.valueChanged.connect(lambda _: self._write_preview())
        self.follow_split(self.split)

    def _choose(self, name: str) -> None:
        if name:
            self.edit(tr("Change data"), self.source, source=name, file="", **NEW_DATA)

    def _open_file(self) -> None:
        folder = str(Path(self.task.file).parent) if self.task.file else ""
        path, _ = QFileDialog.getOpenFileName(
            self, tr("Open a table"), folder, tr("CSV files") + " (*.csv *.tsv *.txt)"
        )
        if path:
            self.table_chosen.emit(Path(path))

    def _change(self, name: str, value: Any) -> None:
        """Change a setting; a new target leaves the inputs, and its classes are its own."""
        fields = {name: value}
        if name in OF_FILES:
            self.reread.emit(fields, tr(CHANGES[name]))
            self.show_experiment(self.document.experiment)  # as it is until the file has been read
            return
        if name == "target_column":
            fields["inputs"] = tuple(column for column in self.task.inputs if column != value)
            fields["thresholds"] = ()
        self.edit(tr(CHANGES[name]), self.controls[name], **fields)

    def _toggle(self, column: str) -> None:
        """Add or take away an input, in the order of the table; the last one stays."""
        kept = {*self.task.input_columns} ^ {column}
        inputs = tuple(name for name in self.task.columns if name in kept)
        self.edit(tr("Change inputs"), self.inputs, inputs=inputs or self.task.inputs)

    def show_experiment(self, experiment: Experiment) -> None:
        task = experiment.task
        if not isinstance(task, Table):
            return
        self._write_sources(task)
        columns, used = task.columns, task.input_columns
        target = task.target_column or (columns[-1] if columns else "")
        self.controls["target_column"].set_options([(name, name) for name in columns])
        self.controls["target_column"].set_value(target)
        self._write_layout(task)
        for name in CHANGES:
            if name != "target_column":
                self.controls[name].set_value(getattr(task, name))
        limits = self.controls["thresholds"]
        usual = task.usual_thresholds if task.predict != "number" else ()
        limits.setPlaceholderText(", ".join(f"{limit:g}" for limit in usual))
        self.inputs.show_columns([name for name in columns if name != target], used)
        self.split.set_value((task.training_share, task.validation_share))
        problem = task.problem
        self.problem.setText("" if problem is None else tr_error(problem))
        self.problem.setVisible(problem is not None)

    def _write_sources(self, task: Table) -> None:
        """Offer the built-in tables, and the file that is open."""
        options = [(name, tr(text)) for name, text in SOURCES.items()]
        if task.file:
            options.insert(0, ("", Path(task.file).name))
        self.source.set_options(options)
        self.source.set_value("" if task.file else task.source)
        self.source.setToolTip(task.file)

    def _write_layout(self, task: Table) -> None:
        """Offer ways to read the file, and say which were found out."""
        for name in OF_FILES:
            self.grid.captions[name].setVisible(bool(task.file))
            self.controls[name].setVisible(bool(task.file))
        found = task.layout
        delimiters = {name: tr(DELIMITER_NAMES[name]) for name in DELIMITERS}
        self.controls["encoding"].set_options(
            [(AUTO, tr("Auto")), *zip(CODECS, CODECS, strict=True)]
        )
        self.controls["delimiter"].set_options([(AUTO, tr("Auto")), *delimiters.items()])
        self.found.setVisible(found is not None)
        if found is not None:
            self.found.setText(
                tr(
                    "Read as {encoding}; delimiter: {delimiter}",
                    encoding=found.encoding,
                    delimiter=delimiters[found.delimiter],
                )
            )
        self.controls["header"].set_options([(True, tr("First row")), (False, tr("None"))])

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if snapshot.dataset is not self._dataset:
            known = isinstance(snapshot.dataset, TableDataset)
            self._dataset = snapshot.dataset if known else None
            self._write_numbers()

    def _write_numbers(self) -> None:
        """Write what depends on the data: how many rows, what is simplest, the first rows."""
        data = self._dataset
        rows = 0
        if data is not None:
            own = len(data.validation) if self.task.validation_share else 0
            rows = len(data.training) + own + len(data.test)
        self.rows.setText(tr_n("{n} row", "{n} rows", rows, n=f"{rows:,}") if rows else "")
        self.baseline.setText(baseline_text(data))
        self.baseline.setVisible(bool(self.baseline.text()))
        self._write_preview()
        for widget in (self.shown, self.preview):
            widget.setVisible(data is not None)

    def _write_preview(self) -> None:
        """Write the first rows, or what is to be said of all of them."""
        if self._dataset is None:
            self.preview.show_rows(())
        elif self.shown.value() == "summary":
            told = self._dataset.overview
            names = [tr(STATISTIC_NAMES.get(name, name)) for name in STATISTICS]
            self.preview.show_rows((told.names, *told.statistics), names)
        else:
            told = self._dataset.overview
            self.preview.show_rows((told.names, *told.head[:FIRST_ROWS]))

    def _restyle(self) -> None:
        self.problem.setStyleSheet(f"color:{theme.current().err.name()}")

    def retranslate(self) -> None:
        self.open.setText(tr("Open csv …"))
        self.source.setAccessibleName(tr("Source"))
        self.unseen.setText(tr("Scaling and filling learn from the training part alone."))
        self.inputs_title.setText(tr("Input variables"))
        self.inputs.setAccessibleName(tr("Input variables"))
        self.shown.set_options([("rows", tr("First rows")), ("summary", tr("Summary"))])
        self.shown.setAccessibleName(tr("What the table shows"))
        self.preview.setAccessibleName(tr("First rows"))
        names = {
            "encoding": tr("Encoding"),
            "delimiter": tr("Delimiter"),
            "header": tr("Header"),
            "target_column": tr("Target"),
            "predict": tr("Predict"),
            "thresholds": tr("Class limits"),
            "missing": tr("Missing"),
            "scaling": tr("Scaling"),
            "split": tr("Rows", "their order"),
        }
        self.grid.set_captions(names, _FIELDS)
        for name, choices in CHOICES.items():
            self.controls[name].set_options([(value, choice_text(value)) for value in choices])
        self.split.retranslate()
        self._write_numbers()
        self.show_experiment(self.document.experiment)
