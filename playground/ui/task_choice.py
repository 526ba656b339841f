"""The choice of the task: the three of every lesson as buttons, all others in a list."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from engine.experiment import Experiment
from playground.examples import examples
from playground.ui.i18n import N_, Translated, tr, tr_engine
from playground.ui.widgets import Segment

EXAMPLES = {"xor": N_("XOR"), "mnist-mlp": N_("Digits"), "vds-mlp": N_("VDS")}
"""The tasks with a button, by the example that each begins with."""

KINDS = {"points": "xor", "gate": "xor", "digits": "mnist-mlp", "vds": "vds-mlp"}
OTHERS = "others"


def other_tasks() -> dict[str, str]:
    """Return the first example of each task that has no button, by the kind of the task."""
    first: dict[str, str] = {}
    for name, entry in examples().items():
        kind = entry.experiment.task.kind
        if kind not in KINDS:
            first.setdefault(kind, name)
    return first


class TaskChoice(Translated, QWidget):
    """Buttons for the tasks of the lessons, the last of which lists the others.

    Signals
    -------
    chosen(name)
        A person chose a task; `name` is that of an example.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = ""
        self.buttons = Segment()
        self.buttons.edited.connect(lambda name, _: self._choose(name))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.buttons)
        self.retranslate()

    def show_experiment(self, experiment: Experiment) -> None:
        """Mark the task of an experiment; one without a button gives its name to the last."""
        self._kind = experiment.task.kind
        self.retranslate()

    def menu(self) -> QMenu:
        """Return the list of the tasks without a button."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for kind, name in other_tasks().items():
            label = tr_engine(examples()[name].experiment.task.label)
            action = menu.addAction(label, partial(self.chosen.emit, name))
            action.setCheckable(True)
            action.setChecked(kind == self._kind)
        return menu

    def _choose(self, name: str) -> None:
        if name != OTHERS:
            self.chosen.emit(name)
        self.retranslate()  # what is open may have stayed, and the list leads nowhere by itself
        if name == OTHERS:
            self.menu().popup(self.mapToGlobal(self.rect().bottomLeft()))

    def retranslate(self) -> None:
        """Write the texts in the present language, and mark the open task."""
        other = other_tasks().get(self._kind)
        label = "…"
        if other is not None:
            label = tr_engine(examples()[other].experiment.task.label)
        options = [(name, tr(text)) for name, text in EXAMPLES.items()]
        self.buttons.set_options([*options, (OTHERS, label)])
        self.buttons.set_value(KINDS.get(self._kind, OTHERS))
        self.buttons.setAccessibleName(tr("Task"))
        more = tr("Tables, sequences, texts and other tasks")
        self.buttons.button(OTHERS).setToolTip(more)
        self.buttons.button(OTHERS).setAccessibleName(label if other else more)
