"""New, open, save, recent files, and the question about unsaved changes."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from engine import archive
from engine.errors import EngineError
from engine.experiment import Experiment
from playground.session import Session
from playground.ui.document import Document
from playground.ui.i18n import tr

if TYPE_CHECKING:
    from engine.trainer import Checkpoint, Trainer

RECENT = 8
WORTH_ASKING = 60.0
"""Seconds of training after which weights that no file holds are worth a question."""


class Projects(QObject):
    """The file side of a document.

    Signals
    -------
    opened(experiment, checkpoint)
        Another project is to be shown; the checkpoint is None where nothing was trained.
    saved(path)
        The project is on disk.
    refused(error)
        A file could not be read or written; nothing has changed.
    renamed()
        The document has another file, which also leads the recent ones.
    """

    opened = Signal(object, object)
    saved = Signal(object)
    refused = Signal(object)
    renamed = Signal()

    def __init__(
        self, document: Document, session: Session, settings: QSettings, window: QWidget
    ) -> None:
        super().__init__(window)
        self._document, self._session, self._settings = document, session, settings
        self._window = window
        self._pending: tuple[Path, int, Future[Any]] | None = None
        self._saved_step = 0

    # What the user has

    @property
    def title(self) -> str:
        """The name of the file, or what an unnamed project is called."""
        path = self._document.path
        return path.name if path else tr("Untitled")

    def is_modified(self) -> bool:
        """Whether closing would lose edits, or weights that took a while or belong to a file."""
        if not self._document.undo_stack.isClean():
            return True
        snapshot = self._session.snapshot()
        if snapshot.step == self._saved_step:
            return False
        seconds = snapshot.history.last().get("seconds", 0.0)
        return self._document.path is not None or seconds > WORTH_ASKING

    def recent(self) -> list[Path]:
        """Return the files that were opened or saved lately and still exist, newest first."""
        stored = self._settings.value("recent", [])
        names = [stored] if isinstance(stored, str) else list(stored or [])
        return [path for path in map(Path, names) if path.exists()]

    def adopt_path(self, path: Path, step: int) -> None:
        """Take a file, which holds the weights after `step` updates, as the document's own."""
        path = path.absolute()
        self._document.path = path
        self._document.undo_stack.setClean()
        self._saved_step = step
        recent = [path, *(other for other in self.recent() if other != path)]
        self._settings.setValue("recent", [str(entry) for entry in recent[:RECENT]])
        self.renamed.emit()

    # What the user does

    def new(self, experiment: Experiment) -> bool:
        """Begin with `experiment`, after asking about unsaved changes; False if called off."""
        if not self.may_discard():
            return False
        self._show(experiment, None, None)
        return True

    def open(self) -> None:
        """Ask for a file and open it."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, tr("Open project"), self._folder(), self._filter()
        )
        if name:
            self.open_path(Path(name))

    def open_path(self, path: Path) -> None:
        """Open a file, after asking about unsaved changes."""
        if not self.may_discard():
            return
        try:
            project = archive.load(path)
        except EngineError as error:
            self.refused.emit(error)
            return
        self._show(project.experiment, project.checkpoint, path)

    def _show(
        self, experiment: Experiment, checkpoint: Checkpoint | None, path: Path | None
    ) -> None:
        self._saved_step = 0
        self.opened.emit(experiment, checkpoint)
        self._document.replace(experiment, path)
        if path is not None:
            self.adopt_path(path, saved_step(checkpoint))

    def save(self) -> None:
        """Save to the file of the document, or ask for one."""
        if self._document.path is None:
            self.save_as()
        else:
            self.save_path(self._document.path)

    def save_as(self) -> None:
        """Ask for a file and save to it."""
        name, _ = QFileDialog.getSaveFileName(
            self._window, tr("Save project"), self._folder(), self._filter()
        )
        if name:
            path = Path(name)
            self.save_path(path if path.suffix else path.with_suffix(".nnp"))

    def save_path(self, path: Path) -> None:
        """Save to `path`; the training thread writes between two updates, `poll` tells the end."""
        experiment = self._document.experiment

        def write(trainer: Trainer) -> int:
            same = trainer.experiment == experiment
            archive.save(path, experiment, trainer.checkpoint() if same else None)
            # Weights of a network that waits for a repair fit no file: saving again is no help.
            return trainer.step if trainer.experiment.task == experiment.task else 0

        self._pending = path, self._document.undo_stack.index(), self._session.ask(write)

    def poll(self) -> bool:
        """Look whether a save has just ended well; called by the window's timer."""
        if self._pending is None or not self._pending[2].done():
            return False
        path, index, future = self._pending
        self._pending = None
        error = future.exception()
        if error is None:
            step = future.result()
        else:
            try:
                archive.save(path, self._document.experiment)
            except EngineError as refused:
                self.refused.emit(refused)
                return False
            step = 0
        clean = index == self._document.undo_stack.index()
        self.adopt_path(path, step)
        if not clean:
            self._document.undo_stack.resetClean()
        self.saved.emit(path)
        return True

    def finish_saving(self) -> bool:
        """Wait for a save that is under way; return whether there was one and it went well."""
        if self._pending is None:
            return False
        self._pending[2].exception()
        return self.poll()

    def may_discard(self) -> bool:
        """Ask what to do about unsaved changes; return whether to go on."""
        self.finish_saving()
        if not self.is_modified():
            return True
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle(tr("Unsaved changes"))
        box.setText(tr("Save the changes to {name}?", name=self.title))
        save = box.addButton(tr("Save"), QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton(tr("Don't save"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(save)
        box.exec()
        if box.clickedButton() is discard:
            return True
        if box.clickedButton() is not save:
            return False
        self.save()
        return self.finish_saving()

    def _folder(self) -> str:
        path = self._document.path
        return str(path.parent if path else Path.home())

    def _filter(self) -> str:
        return f"{tr('Neural Playground project')} (*.nnp);;{tr('All files')} (*)"


def saved_step(checkpoint: Checkpoint | None) -> int:
    """Return after how many updates the weights in a file were saved."""
    return 0 if checkpoint is None else int(checkpoint.state.get("step", 0))
