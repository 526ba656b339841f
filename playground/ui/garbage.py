"""Collect garbage in the screen's thread only."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 1000


@contextmanager
def kept() -> Iterator[None]:
    """Collect nothing meanwhile, as where Qt walks through all widgets."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class GarbageCollector(QObject):
    """Runs Python's collector from a timer instead of wherever an allocation happens to start it.

    Widgets that refer to one another in a circle are freed by the collector. In the training
    thread that would destroy parts of the window while this thread may be drawing them, and each
    would wait for the other.

    Full collections, which take tens of milliseconds, wait until nothing trains.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.busy = False
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collect those generations that have grown beyond Python's own limits."""
        oldest = 1 if self.busy else 2
        for generation in range(oldest, -1, -1):
            if gc.get_count()[generation] > gc.get_threshold()[generation] > 0:
                gc.collect(generation)
                return

    def stop(self) -> None:
        """Leave the collector as it was."""
        self._timer.stop()
        if self._was_enabled:
            gc.enable()
