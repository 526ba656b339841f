"""A download in the background, which the screen asks how far it is."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from engine.downloads import Cancelled, Progress, fetch_mnist

_TICK_MS = 100


class Download(QObject):
    """Fetches MNIST into the user's cache.

    Signals
    -------
    progressed(share)
        How much of it is there, from 0 to 1.
    finished(error)
        It is over; `error` is None where it went well, and where it was cancelled.
    """

    progressed = Signal(float)
    finished = Signal(object)

    def __init__(
        self,
        fetch: Callable[[Progress, Callable[[], bool]], Any] = fetch_mnist,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._share = 0.0
        self._error: Exception | None = None
        self._cancelled = threading.Event()
        self.destroyed.connect(self._cancelled.set)  # nobody would hear of the end
        self._thread: threading.Thread | None = None
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin, or go on with what an earlier download left."""
        self._cancelled.clear()
        self._error, self._share = None, 0.0
        self._thread = threading.Thread(target=self._work, name="download", daemon=True)
        self._thread.start()
        self._timer.start()

    def cancel(self) -> None:
        """Stop after the running block; what has come is kept."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether it was told to stop."""
        return self._cancelled.is_set()

    def _work(self) -> None:
        try:
            self._fetch(self._note, self._cancelled.is_set)
        except Cancelled:
            pass
        except Exception as error:
            self._error = error

    def _note(self, done: int, total: int, _name: str) -> None:
        self._share = done / total

    def _look(self) -> None:
        self.progressed.emit(self._share)
        if self._thread is not None and not self._thread.is_alive():
            self._timer.stop()
            self._thread = None
            self.finished.emit(self._error)
