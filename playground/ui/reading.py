"""A file that is read in the background, which the screen asks how far it is."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from engine.errors import EngineError
from engine.tasks.reading import ReadingStopped, watching

TICK_MS = 30
TURN, PAUSE = 0.002, 0.0002
"""After so many seconds of reading it pauses for so many, in which the screen gets its turn."""


class Reading(QObject):
    """Does what reads a file in a thread of its own.

    Signals
    -------
    progressed(share)
        How much has been read, from 0 to 1.
    finished(error)
        It is over; `error` is None where it went well, and where it was cancelled.

    Attributes
    ----------
    result
        What the work returned; None until it is done.
    """

    progressed = Signal(float)
    finished = Signal(object)

    def __init__(self, work: Callable[[], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self.result: Any = None
        self._share, self._turn = 0.0, 0.0
        self._error: EngineError | None = None
        self._cancelled = threading.Event()
        self.destroyed.connect(self._cancelled.set)  # nobody would hear of the end
        self._thread = threading.Thread(target=self._read, name="reading", daemon=True)
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin."""
        self._thread.start()
        self._timer.start()

    def cancel(self) -> None:
        """Stop after the running block."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether it was told to stop."""
        return self._cancelled.is_set()

    def _read(self) -> None:
        try:
            with watching(self._watch):
                self.result = self._work()
        except ReadingStopped:
            pass
        except EngineError as error:
            self._error = error

    def _watch(self, share: float) -> bool:
        self._share = share
        if time.monotonic() - self._turn > TURN:
            time.sleep(PAUSE)
            self._turn = time.monotonic()
        return not self._cancelled.is_set()

    def _look(self) -> None:
        self.progressed.emit(self._share)
        if not self._thread.is_alive():
            self._timer.stop()
            self.finished.emit(self._error)
