"""The left column's upper half: where the samples come from."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from engine.experiment import Experiment
from playground.snapshot import Snapshot
from playground.ui.data import TaskPanel, data_panel
from playground.ui.document import Document
from playground.ui.forms import Form
from playground.ui.i18n import Translated, tr
from playground.ui.widgets import Heading


class FormPanel(TaskPanel):
    """A plain form, for tasks that nobody drew a panel for."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(document, parent)
        self.form = Form(self.task)
        self.form.edited.connect(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)

    def show_experiment(self, experiment: Experiment) -> None:
        self.form.set_spec(experiment.task)


class DataPanel(Translated, QFrame):
    """The settings of the experiment's task, in the form that suits it.

    Signals
    -------
    table_chosen(path)
        A person chose a file whose rows are to be taken.
    reread(fields, text)
        A person wants the file read in another way; the edit is called `text`, translated.
    """

    table_chosen = Signal(object)
    reread = Signal(dict, str)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._document = document
        self.heading = Heading(icon="data")
        self.body: TaskPanel | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 0, 12, 12)
        self._column.setSpacing(0)
        self._column.addWidget(self.heading)
        document.changed.connect(lambda _, new: self._show(new))
        self._show(document.experiment)
        self.retranslate()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show what is known of the data since they were read."""
        if self.body is not None and snapshot.experiment.task.kind == self._kind():
            self.body.show_snapshot(snapshot)

    def _kind(self) -> str:
        return self._document.experiment.task.kind

    def _show(self, experiment: Experiment) -> None:
        kind = experiment.task.kind
        panel = data_panel[kind] if kind in data_panel else FormPanel
        if not isinstance(self.body, panel):
            if self.body is not None:
                self._column.removeWidget(self.body)
                self.body.hide()
                self.body.deleteLater()
            self.body = panel(self._document)
            self.body.table_chosen.connect(self.table_chosen)
            self.body.reread.connect(self.reread)
            self._column.addWidget(self.body)
        self.body.show_experiment(experiment)

    def retranslate(self) -> None:
        self.heading.set_text(tr("Data"))
