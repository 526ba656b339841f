"""Files with data: dropped on the window, or chosen in a dialog."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtCore import QElapsedTimer, QMimeData, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog

from engine.adapt import with_task
from engine.errors import DataError, EngineError
from engine.experiment import Experiment
from engine.tasks.corpus import read_file
from engine.tasks.traffic_file import is_detector
from playground.ui.data.table import NEW_DATA
from playground.ui.i18n import tr
from playground.ui.notices import Action, Banner
from playground.ui.numbers import percent_text
from playground.ui.reading import Reading

if TYPE_CHECKING:
    from playground.ui.window import Window

PROJECTS, TABLES, TEXTS = (".nnp",), (".csv", ".tsv", ".tab"), (".txt", ".md")
EXAMPLES = ("vds-mlp", "diabetes-mlp", "gpt-char", "gpt-char-ko")
"""The examples whose tasks take up files."""
PATIENCE_MS = 300
"""A file that is read faster than this needs no words."""

Meaning: TypeAlias = tuple[str, dict[str, Any]]
"""The example whose task takes up a file, and the fields of the task that begin anew."""


class DataFiles(QObject):
    """Opens what a person brings: a project, a table, the file of a detector, or a text.

    Signals
    -------
    ended()
        A file has been read and taken up, or refused, or its reading was cancelled.
    """

    ended = Signal()

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._reading: Reading | None = None
        self._banner: Banner | None = None
        self._since = QElapsedTimer()
        window.setAcceptDrops(True)
        window.data_panel.table_chosen.connect(self.open_table)
        window.data_panel.reread.connect(self.reread)

    def tell(self, text: str) -> None:
        """Say something about a file; nothing any more for the empty string."""
        self._window.notices.say(text)

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
            self._read(Path(name), _as_traffic)

    def open(self, path: Path) -> None:
        """Open a file by what it is; its data become those of the experiment, as an edit."""
        if path.suffix.lower() in PROJECTS:
            self._window.projects.open_path(path)
        else:
            self._read(path, _meant)

    def open_table(self, path: Path) -> None:
        """Take the rows of a file, whatever its name."""
        self._read(path, _as_table)

    def reread(self, fields: dict[str, Any], text: str) -> None:
        """Read the file of the task in another way, as an edit that is called `text`."""
        document = self._window.document
        asked = document.experiment

        def changed(experiment: Experiment) -> Experiment:
            return with_task(experiment, experiment.task.but(**fields))

        def take(_: Any) -> None:
            if getattr(document.experiment.task, "file", "") == asked.task.file:
                document.edit(changed(document.experiment), text)

        self._begin(Path(asked.task.file), lambda: changed(asked).shapes(), take)

    # Reading

    def cancel(self) -> None:
        """Read no further; all stays as it is."""
        if self._reading is not None:
            self._reading.cancel()

    def _read(self, path: Path, meant: Callable[[Path], Meaning]) -> None:
        """Read a file in the background, then take it up: what was read is remembered."""
        self._window.notices.withdraw("file")
        offered = {name: self._window.with_task_of(name) for name in EXAMPLES}

        def read() -> Meaning:
            name, fields = meaning = meant(path)
            _taken_up(offered[name], path, fields).shapes()
            return meaning

        def take(meaning: Meaning) -> None:
            name, fields = meaning
            experiment = _taken_up(self._window.with_task_of(name), path, fields)
            self._window.document.edit(experiment, tr("Open file"))

        self._begin(path, read, take)

    def _begin(self, path: Path, read: Callable[[], Any], take: Callable[[Any], None]) -> None:
        """Do in the background what reads a file, and then `take` what it returned."""
        self.cancel()
        self._reading = reading = Reading(read, self)
        reading.progressed.connect(lambda share: self._tell(reading, path, share))
        reading.finished.connect(lambda error: self._finish(reading, take, error))
        reading.start()
        self._since.start()

    def _tell(self, reading: Reading, path: Path, share: float) -> None:
        """Say how far it is, where it takes long enough to be seen."""
        self._window.garbage.busy = True  # full collections wait
        if reading is not self._reading or self._since.elapsed() < PATIENCE_MS:
            return
        text = tr("Reading {file}: {percent}", file=path.name, percent=percent_text(share, 0))
        board = self._window.notices
        if "reading" not in board.banners():
            self._banner = board.post("info", text, [Action(tr("Cancel"), self.cancel)], "reading")
            self._banner.closed.connect(self.cancel)
        elif self._banner is not None:
            self._banner.text.setText(text)

    def _finish(
        self, reading: Reading, take: Callable[[Any], None], error: EngineError | None
    ) -> None:
        reading.deleteLater()
        if reading is not self._reading:
            return
        self._reading = self._banner = None
        self._window.garbage.busy = False
        self._window.notices.withdraw("reading")
        if error is not None:
            self._window.troubles.show_error(error)
        elif not reading.cancelled:
            take(reading.result)
        self.ended.emit()


def _meant(path: Path) -> Meaning:
    """Find out what a file holds.

    Raises
    ------
    DataError
        Where it is of no kind that can be opened, or cannot be read.
    """
    suffix = path.suffix.lower()
    if suffix in TABLES:
        return _as_traffic(path) if is_detector(path) else _as_table(path)
    if suffix in TEXTS:
        text, _ = read_file(path)
        korean = sum("가" <= letter <= "힣" for letter in text[:2000]) > 200
        return ("gpt-char-ko" if korean else "gpt-char"), {}
    raise DataError(
        "{file} is neither a project (.nnp) nor a table (.csv, .tsv) nor a text (.txt); save "
        "it as one of these.",
        file=path.name,
    )


def _as_table(_path: Path) -> Meaning:
    return "diabetes-mlp", NEW_DATA


def _as_traffic(_path: Path) -> Meaning:
    return "vds-mlp", {}


def _taken_up(experiment: Experiment, path: Path, fields: dict[str, Any]) -> Experiment:
    """Return the experiment with its task on a file."""
    return with_task(experiment, experiment.task.but(**fields).with_data(path))


class DropTarget:
    """A window that opens the file that is dropped anywhere on it.

    It takes the events itself: a filter would be asked about all others, too, in Python.
    """

    data_files: DataFiles

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        path = dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.data_files.tell(tr("Drop to open {name}", name=path.name))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.data_files.tell("")

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.data_files.tell("")
            self.data_files.open(path)


def dropped_file(data: QMimeData) -> Path | None:
    """Return the one file of this computer that is dragged, or None."""
    files = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    return Path(files[0]) if len(files) == 1 else None
