"""Files with data: dropped on the window, or chosen in a dialog."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog

from engine.adapt import with_task
from engine.errors import DataError, EngineError
from engine.experiment import Experiment
from engine.tasks.corpus import read_file
from engine.tasks.traffic_file import is_detector
from playground.ui.data.table import NEW_DATA
from playground.ui.i18n import tr

if TYPE_CHECKING:
    from playground.ui.window import Window

PROJECTS, TABLES, TEXTS = (".nnp",), (".csv", ".tsv", ".tab"), (".txt", ".md")


class DataFiles(QObject):
    """Opens what a person brings: a project, a table, the file of a detector, or a text."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take files that are dropped anywhere on the window."""
        if event.type() in (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop):
            assert isinstance(event, QDropEvent)
            path = dropped_file(event.mimeData())
            if path is not None:
                event.acceptProposedAction()
                if event.type() == QEvent.Type.Drop:
                    self.open(path)
                elif event.type() == QEvent.Type.DragEnter:
                    self._window.notices.say(tr("Drop to open {name}", name=path.name))
                return True
        return super().eventFilter(watched, event)

    def ask(self) -> None:
        """Ask for a file with data and open it."""
        kinds = " ".join(f"*{suffix}" for suffix in (*TABLES, *TEXTS))
        filters = f"{tr('Tables and texts')} ({kinds});;{tr('All files')} (*)"
        name, _ = QFileDialog.getOpenFileName(
            self._window, tr("Open data"), str(Path.home()), filters
        )
        if name:
            self.open(Path(name))

    def ask_traffic(self) -> None:
        """Ask for a detector's CSV file and forecast it."""
        filters = f"CSV (*.csv *.txt);;{tr('All files')} (*)"
        name, _ = QFileDialog.getOpenFileName(
            self._window, tr("Open VDS csv"), str(Path.home()), filters
        )
        if name:
            self._window.document.edit(self._taken_up("vds-mlp", Path(name)), tr("Open file"))

    def open(self, path: Path) -> None:
        """Open a file by what it is; its data become those of the experiment, as an edit."""
        if path.suffix.lower() in PROJECTS:
            self._window.projects.open_path(path)
            return
        try:
            experiment = self._experiment(path)
        except EngineError as error:
            self._window.troubles.show_error(error)
            return
        self._window.document.edit(experiment, tr("Open file"))

    def _experiment(self, path: Path) -> Experiment:
        suffix = path.suffix.lower()
        if suffix in TABLES:
            if is_detector(path):
                return self._taken_up("vds-mlp", path)
            return self._taken_up("diabetes-mlp", path, **NEW_DATA)
        if suffix in TEXTS:
            text, _ = read_file(path)
            korean = sum("가" <= letter <= "힣" for letter in text[:2000]) > 200
            return self._taken_up("gpt-char-ko" if korean else "gpt-char", path)
        raise DataError(
            "{file} is neither a project (.nnp) nor a table (.csv, .tsv) nor a text (.txt); save "
            "it as one of these.",
            file=path.name,
        )

    def _taken_up(self, name: str, path: Path, **fields: Any) -> Experiment:
        """Return the experiment with the task of an example, but on a file."""
        experiment = self._window.with_task_of(name)
        return with_task(experiment, experiment.task.but(**fields).with_data(path))


def dropped_file(data: QMimeData) -> Path | None:
    """Return the one file of this computer that is dragged, or None."""
    files = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    return Path(files[0]) if len(files) == 1 else None
