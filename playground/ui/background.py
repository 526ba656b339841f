"""Work in the background, which the screen asks how far it is."""

from __future__ import annotations

import threading
from typing import Any, ClassVar

from PySide6.QtCore import QObject, QTimer, Signal


class Background(QObject):
    """Does work in a thread of its own, until it is done or told to stop.

    A subclass says what is done, notes in `_share` how far it is, and looks at `cancelled`.

    Signals
    -------
    progressed(share)
        How much of it is done, from 0 to 1.
    finished(error)
        It is over; `error` is None where it went well, and where it was cancelled.

    Attributes
    ----------
    result
        What the work returned; None until it is done.
    """

    progressed = Signal(float)
    finished = Signal(object)
    tick_ms: ClassVar[int] = 100
    """Milliseconds between two looks at how far it is."""
    stopped: ClassVar[type[Exception]]
    """What the work raises where it was told to stop."""
    failed: ClassVar[type[Exception]] = Exception
    """What is told as an error; anything else is a fault of the program."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.result: Any = None
        self._share = 0.0
        self._error: Exception | None = None
        self._cancelled = threading.Event()
        self.destroyed.connect(self._cancelled.set)  # nobody would hear of the end
        self._thread: threading.Thread | None = None
        self._timer = QTimer(self, interval=self.tick_ms)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin, or go on with what was cancelled."""
        self._cancelled.clear()
        self._error, self._share = None, 0.0
        name = type(self).__name__.lower()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()
        self._timer.start()

    def cancel(self) -> None:
        """Stop after the running block."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether it was told to stop."""
        return self._cancelled.is_set()

    def _work(self) -> Any:
        """Do all of it in the thread, and return the result."""
        raise NotImplementedError

    def _run(self) -> None:
        try:
            self.result = self._work()
        except self.stopped:
            pass
        except self.failed as error:
            self._error = error

    def _look(self) -> None:
        self.progressed.emit(self._share)
        if self._thread is not None and not self._thread.is_alive():
            self._timer.stop()
            self._thread = None
            self.finished.emit(self._error)
