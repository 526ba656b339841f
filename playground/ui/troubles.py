"""What is wrong with the network, the data, the run or a file, and the way out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import DivergenceError, EngineError
from engine.tasks import Dataset
from engine.tasks.table import IN_ORDER, Table
from engine.text import Caution
from playground.snapshot import Snapshot
from playground.ui.i18n import tr, tr_error, tr_text
from playground.ui.notices import Action

if TYPE_CHECKING:
    from playground.ui.window import Window


class Troubles:
    """Posts errors as notices with repairs, and keeps Play off while nothing can be trained."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._error: Exception | None = None
        self._refused: EngineError | None = None

    def show_error(self, error: EngineError) -> None:
        """Say what a file or a command was refused for."""
        self._refused = error
        self._window.notices.post("error", tr_error(error), key="file")

    def show_problem(self) -> None:
        """Select the layer that has an error."""
        window = self._window
        problem = window.canvas.problem
        if problem is not None and problem.node:
            window.document.select(problem.node)
            window.canvas.setFocus()

    def show_state(self) -> None:
        """Disable Play while the network or the data cannot be used, and say why."""
        window = self._window
        problem: Exception | None = window.canvas.problem
        now = window.session.snapshot()
        if problem is None and now.experiment == window.document.experiment:
            problem = now.error if now.state == "invalid" else None
        window.transport.set_problem(None if problem is None else tr_error(problem))

    def show_run(self, snapshot: Snapshot) -> None:
        """Say what went wrong with the run, once."""
        error = snapshot.error
        if error is self._error:
            return
        self._error = error
        self._window.notices.withdraw("run")
        self.show_state()
        if error is None or getattr(error, "node", None):
            return  # an error of a layer is shown at the layer
        actions: list[Action] = []
        level = "error"
        if isinstance(error, DivergenceError):
            level = "warn"
            actions.append(Action(tr("Use a tenth of the learning rate"), self._slow_down))
        elif snapshot.state == "invalid" and self._window.document.experiment.task.data_field:
            actions.append(Action(tr("Use the built-in data"), self._use_built_in_data))
        self._window.notices.post(level, tr_error(error), actions, key="run")

    def show_data(self, dataset: Dataset) -> None:
        """Say what is to be known of data that were just read."""
        notices, board = dataset.notices, self._window.notices
        board.withdraw("data")
        if not notices:
            return
        grave = any(isinstance(notice, Caution) for notice in notices)
        actions = []
        if grave and isinstance(self._window.document.experiment.task, Table):
            actions.append(Action(tr("Take the parts in order"), self._take_in_order))
        text = " ".join(map(tr_text, notices))
        board.post("warn" if grave else "info", text, actions, key="data")

    def _take_in_order(self) -> None:
        document = self._window.document
        task = document.experiment.task.but(split=IN_ORDER)
        document.edit(document.experiment.but(task=task), tr("Change order of rows"))

    def _slow_down(self) -> None:
        document = self._window.document
        rate = document.experiment.training.learning_rate / 10
        document.edit_training(tr("Learning rate"), learning_rate=rate)
        self._window.session.play()

    def _use_built_in_data(self) -> None:
        document = self._window.document
        task = type(document.experiment.task)()
        document.edit(document.experiment.but(task=task), tr("Built-in data"))

    def retranslate(self, told: list[str]) -> None:
        """Say again what is told, in the present language."""
        self.show_state()
        self._error = None if "run" in told else self._error
        if "file" in told and self._refused is not None:
            self.show_error(self._refused)
