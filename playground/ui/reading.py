"""A file that is read in the background, which the screen asks how far it is."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from engine.errors import EngineError
from engine.tasks.reading import ReadingStopped, watching
from playground.ui.background import Background

TURN, PAUSE = 0.002, 0.0002
"""After so many seconds of reading it pauses for so many, in which the screen gets its turn."""


class Reading(Background):
    """Does what reads a file."""

    tick_ms = 30
    stopped, failed = ReadingStopped, EngineError

    def __init__(self, read: Callable[[], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read, self._turn = read, 0.0

    def _work(self) -> Any:
        with watching(self._watch):
            return self._read()

    def _watch(self, share: float) -> bool:
        self._share = share
        if time.monotonic() - self._turn > TURN:
            time.sleep(PAUSE)
            self._turn = time.monotonic()
        return not self.cancelled
