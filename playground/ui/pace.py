"""How often the window draws while a network trains, so that training keeps its speed."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QCoreApplication

LOCK_SHARE = 0.15
"""The part of the time for which the screen may keep quick training from Python's lock …"""
CORE_SHARE = 0.08
"""… and the part of all processors that it may use while slow training needs these."""

LONGEST = 0.25
"""Seconds after which work is allowed in any case, so that no burst of work stops the pictures."""


class Pace:
    """Allows work as long as this thread stays within its share of the processor.

    All that the thread does counts, painting and the answers to the mouse as well, so a window
    that is dear to draw is drawn less often, and a cheap one at every tick.
    """

    def __init__(self, cores: int | None = None) -> None:
        self._cores = cores or os.cpu_count() or 1
        self.restart()

    def restart(self) -> None:
        """Forget what was used so far."""
        self._used, self._since = time.thread_time(), time.perf_counter()

    @contextmanager
    def pause(self) -> Iterator[None]:
        """Do not count work that takes nothing from training."""
        began = time.thread_time()
        yield
        self._used += time.thread_time() - began

    def allows(self, quick: bool) -> bool:
        """Return whether there is time for another piece of work, and count from now if so.

        `quick` says whether training makes so many small steps that it needs the lock most of the
        time, rather than processors.
        """
        share = LOCK_SHARE if quick else min(CORE_SHARE * self._cores, 0.5)
        used, since = time.thread_time(), time.perf_counter()
        elapsed = since - self._since
        if elapsed < LONGEST and used - self._used > share * elapsed:
            return False
        self._used, self._since = used, since
        return True


def paint_now() -> None:
    """Paint what has changed at once, rather than when the event loop comes to it."""
    QCoreApplication.sendPostedEvents()  # scenes tell their views what to paint, and these paint


EVERY = 5
"""With every fifth picture something else is drawn, too."""


class Turns:
    """Which parts of the window to draw besides the pictures while training: some, in turn.

    So no single tick takes long, and what moves the most is drawn the most.
    """

    def __init__(self) -> None:
        self._count = 0

    def take(self, counters: Sequence[Any], others: Sequence[Any]) -> list[Any]:
        """Return what is drawn now: at times the counters and one other part."""
        self._count += 1
        turn, rest = divmod(self._count, EVERY)
        turn %= max(len(others), 1)
        return [] if rest else [*counters, *others[turn : turn + 1]]
