"""The rows of a table and what is to be said of its columns, as pandas tells it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.experiment import Experiment
from engine.tasks.overview import NUMBERS, STATISTICS, TEXTS, TIMES, Overview
from engine.tasks.table import Table
from engine.tasks.traffic import Traffic
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.column_names import column_name
from playground.ui.data.columns import Preview
from playground.ui.data.table import STATISTIC_NAMES
from playground.ui.i18n import N_, Translated, tr, tr_n
from playground.ui.views.base import View, view
from playground.ui.widgets import Combo, EmptyState, Heading

HEAD, TAIL, SUMMARY, COLUMNS = "head", "tail", "describe", "info"
SHOWN = {
    HEAD: N_("First rows"),
    TAIL: N_("Last rows"),
    SUMMARY: N_("Summary"),
    COLUMNS: N_("Columns"),
}
CALLS = {HEAD: "head()", TAIL: "tail()", SUMMARY: "describe()", COLUMNS: "info()"}
"""What pandas calls the same."""
TYPES = {NUMBERS: N_("numbers"), TEXTS: N_("texts"), TIMES: N_("times")}


@view("table", label=N_("Data table"), area="results", order=60)
class TableView(Translated, View):
    """The first rows, the last rows, the statistics, or the types of the columns."""

    opened = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown, self.cells = Combo(), Preview(whole=False)
        self.empty = EmptyState("data", "")
        self.cells.setMinimumHeight(theme.px(120))
        self.heading = Heading()
        self.heading.add(self.shown)
        self._overview: Overview | None = None
        self.shown.valueChanged.connect(lambda _: self._write())
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 8)
        column.addWidget(self.heading)
        column.addWidget(self.cells, 1)
        column.addWidget(self.empty, 1)
        self.retranslate()

    @classmethod
    def offered(cls, experiment: Experiment) -> bool:
        """Offered for tables and for the readings of a detector."""
        return isinstance(experiment.task, Table | Traffic)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if not self.offered(snapshot.experiment):
            return
        told = getattr(snapshot.dataset, "overview", None)
        if told is not self._overview:
            self._overview = told
            self._write()

    def rows(self) -> tuple[tuple[tuple[str, ...], ...], list[str]]:
        """Return the header with the rows below it, and what the rows are called."""
        told = self._overview
        if told is None:
            return (), []
        names = tuple(column_name(name) for name in told.names)
        chosen = self.shown.value()
        if chosen == HEAD:
            return (names, *told.head), [str(i) for i in range(len(told.head))]
        if chosen == TAIL:
            return (names, *told.tail), [str(told.tail_start + i) for i in range(len(told.tail))]
        if chosen == SUMMARY:
            titles = [tr(STATISTIC_NAMES.get(name, name)) for name in STATISTICS]
            return (names, *told.statistics), titles
        header = (tr("Type"), tr("Values"), tr("Missing values"))
        lines = tuple(
            (tr(TYPES[kind]), f"{told.rows - missing:,}", f"{missing:,}")
            for kind, missing in zip(told.types, told.missing, strict=True)
        )
        return (header, *lines), list(names)

    def _write(self) -> None:
        self.cells.show_rows(*self.rows())
        self.cells.setVisible(self._overview is not None)
        self.empty.setVisible(self._overview is None)
        count = 0 if self._overview is None else self._overview.rows
        told = tr_n("{n} row", "{n} rows", count, n=f"{count:,}") if count else ""
        call = CALLS.get(self.shown.value(), "")
        self.heading.set_text(tr("Data table"), f"{told} · {call}" if told else "")

    def retranslate(self) -> None:
        self.shown.setAccessibleName(tr("What the table shows"))
        self.shown.set_options([(name, tr(text)) for name, text in SHOWN.items()])
        self.cells.setAccessibleName(tr("Data table"))
        self.empty.set_text(tr("The rows stand here once the data are read."))
        self._write()
