"""The contract of a task's part of the data panel."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from engine.adapt import with_task
from engine.errors import EngineError
from engine.experiment import Experiment
from engine.registry import Registry
from engine.tasks import Dataset, Task
from engine.tasks.baselines import MOST_FREQUENT, most_frequent
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.document import Document
from playground.ui.form_controls import TextField
from playground.ui.i18n import tr
from playground.ui.numbers import percent_text
from playground.ui.refusal import Refusal, refusal_text
from playground.ui.widgets import Combo


class TaskPanel(QWidget):
    """The settings of one kind of task, bound to the document.

    A new panel is one file in this package: a class registered with
    ``@data_panel(kind of the task, label=…)``.
    """

    kind = ""
    label = ""

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

    def refuse_numbers(self, control: TextField) -> None:
        """Take back what is no list of numbers, and say what is."""
        control.set_value(control.value())
        self.refusal.show_under(control, tr("Enter numbers, as in 30, 50."))

    def set_task(self, task: Task, text: str, merge: str = "") -> None:
        """Take another task as one undo step; output and loss follow where they must."""
        self.document.edit(with_task(self.document.experiment, task), text, merge)

    def detail(self) -> str:
        """Return what stands beside the heading."""
        return ""

    def show_experiment(self, experiment: Experiment) -> None:
        """Show the settings of an experiment whose task is of this kind."""
        raise NotImplementedError

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show what is known of the data themselves; called often, so look what is new."""


class NarrowCombo(Combo):
    """A choice that may be narrower than the widest of its texts; its list never is."""

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(84), super().minimumSizeHint().height())


def baseline_text(dataset: Dataset | None) -> str:
    """Say how often naming the most frequent class is right; empty where numbers are predicted."""
    simplest = {} if dataset is None else dataset.baselines("test").get(MOST_FREQUENT, {})
    if dataset is None or not simplest:
        return ""
    label = dataset.target.labels[most_frequent(dataset.training.targets)]
    share = percent_text(simplest["accuracy"], 1)
    return tr("Always “{label}” is right for {share} of the test part.", label=label, share=share)


data_panel: Registry[TaskPanel] = Registry("data panel")
