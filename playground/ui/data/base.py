"""The contract of a task's part of the data panel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from engine.adapt import with_task
from engine.errors import EngineError
from engine.experiment import Experiment
from engine.fields import Param
from engine.registry import Registry
from engine.tasks import Dataset, Task
from engine.tasks.baselines import MOST_FREQUENT, most_frequent
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.data.split_bar import SplitBar
from playground.ui.document import Document
from playground.ui.form_controls import TextField
from playground.ui.i18n import tr, tr_engine
from playground.ui.numbers import percent_text
from playground.ui.refusal import Refusal, refusal_text
from playground.ui.widgets import Combo, Label


class TaskPanel(QWidget):
    """The settings of one kind of task, bound to the document.

    A new panel is one file in this package: a class registered with
    ``@data_panel(kind of the task, label=…)``.

    Signals
    -------
    table_chosen(path)
        A person chose a file whose rows are to be taken.
    reread(fields, text)
        A person wants the file read in another way; the edit is called `text`, translated.
    """

    kind = ""
    label = ""
    table_chosen = Signal(object)
    reread = Signal(dict, str)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.refusal = Refusal(self)

    @property
    def task(self) -> Any:
        """The task as it is now."""
        return self.document.experiment.task

    def edit(
        self, text: str, control: QWidget, merge: str = "", final: bool = True, **fields: Any
    ) -> None:
        """Change fields of the task; a refused value is taken back with a sentence.

        Parameters
        ----------
        text
            What the edit is called in the Edit menu, translated.
        control
            Where the sentence stands if the engine refuses the values.
        merge, final
            Edits of the same key are one undo step until a final one.
        """
        try:
            self.set_task(self.task.but(**fields), text, merge)
            self.refusal.hide()
        except EngineError as error:
            text = refusal_text(error, type(self.task), next(iter(fields)))
            self.refusal.show_under(control, text)
        if final:
            self.document.end_merge()
        self.show_experiment(self.document.experiment)

    def follow_split(self, bar: SplitBar) -> None:
        """Take the shares of training and validation from a bar; a drag is one undo step."""
        bar.edited.connect(
            lambda shares, final: self.edit(
                tr("Change data split"),
                bar,
                "split",
                final,
                training_share=shares[0],
                validation_share=shares[1],
            )
        )

    def refuse_numbers(self, control: TextField) -> None:
        """Take back what is no list of numbers, and say what is."""
        control.set_value(control.value())
        self.refusal.show_under(control, tr("Enter numbers, as in 30, 50."))

    def set_task(self, task: Task, text: str, merge: str = "") -> None:
        """Take another task as one undo step; output and loss follow where they must."""
        self.document.edit(with_task(self.document.experiment, task), text, merge)

    def take(self, task: Task, final: bool) -> None:
        """Take the task as a form has it; edits are one undo step until a final one."""
        self.set_task(task, tr("Change data"), "task")
        if final:
            self.document.end_merge()

    def show_experiment(self, experiment: Experiment) -> None:
        """Show the settings of an experiment whose task is of this kind."""
        raise NotImplementedError

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show what is known of the data themselves; called often, so look what is new."""


class NarrowCombo(Combo):
    """A choice that may be narrower than the widest of its texts; its list never is."""

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(84), super().minimumSizeHint().height())


class ControlGrid(QGridLayout):
    """Controls of fields below each other, each beside its caption."""

    def __init__(self, controls: Mapping[str, QWidget]) -> None:
        super().__init__()
        self.captions = {name: Label(role="field") for name in controls}
        self._controls = controls
        self.setHorizontalSpacing(8)
        self.setVerticalSpacing(6)
        self.setColumnStretch(1, 1)
        for row, (name, control) in enumerate(controls.items()):
            self.captions[name].setBuddy(control)
            self.addWidget(self.captions[name], row, 0)
            self.addWidget(control, row, 1)

    def set_captions(self, names: Mapping[str, str], fields: Mapping[str, Param]) -> None:
        """Write what the fields are called, with their help as a tooltip."""
        for name, text in names.items():
            self.captions[name].setText(text)
            self._controls[name].setAccessibleName(text)
            self._controls[name].setToolTip(tr_engine(fields[name].help))


def counts_text(dataset: Dataset) -> str:
    """Say how many samples each part has."""
    counts = {part: f"{len(dataset.part(part)):,}" for part in ("training", "validation", "test")}
    return tr("Training {training} · validation {validation} · test {test}", **counts)


def baseline_text(dataset: Dataset | None) -> str:
    """Say how often naming the most frequent class is right; empty where numbers are predicted."""
    simplest = {} if dataset is None else dataset.baselines("test").get(MOST_FREQUENT, {})
    if dataset is None or not simplest:
        return ""
    label = dataset.target.labels[most_frequent(dataset.training.targets)]
    share = percent_text(simplest["accuracy"], 1)
    return tr("Always “{label}” is right for {share} of the test part.", label=label, share=share)


data_panel: Registry[TaskPanel] = Registry("data panel")
