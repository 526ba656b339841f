"""How training stands still while the screen draws.

Both threads need Python's lock, and would take it from each other at every array operation and
every update: a picture then costs training more than twice the time that it takes to draw.
"""

from __future__ import annotations

import threading

LONGEST = 0.03
"""Seconds after which training goes on in any case."""
QUICK = 4
"""Networks that make fewer updates in a burst go on: they leave the lock alone most of the time."""


class Hold:
    """Held by the screen with `with`; the training thread asks `active` and calls `wait`.

    Attributes
    ----------
    active
        Whether the screen draws.
    pays
        Whether training makes so many updates that it stands still for a hold.
    """

    def __init__(self) -> None:
        self.active = False
        self.pays = False
        self._over = threading.Event()

    def __enter__(self) -> Hold:
        self._over.clear()
        self.active = True
        return self

    def __exit__(self, *_: object) -> None:
        self.active = False
        self._over.set()

    def note(self, updates: int) -> None:
        """Hear how many updates a burst had, which a hold may have cut short."""
        self.pays = updates >= QUICK or (self.active and self.pays)

    def wait(self) -> None:
        """Stand still until the picture is drawn, if the screen draws and it pays."""
        if self.active and self.pays:
            self._over.wait(LONGEST)
            self.active = False
