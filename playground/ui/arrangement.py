"""Where the docks of a stage stand, and how large they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow

VERSION = 1
_LINE = re.compile(r"\S+ \d{1,5} \d{1,5}")


@dataclass(frozen=True)
class Arrangement:
    """The places of all docks, and the sizes of those in sight.

    Qt's own `restoreState` makes room for docks that had no place, and sizes change where they are
    hidden again.

    Attributes
    ----------
    places
        What Qt says of them.
    sizes
        Name, width and height of each dock, as text.
    """

    places: QByteArray
    sizes: tuple[str, ...]

    @classmethod
    def of(cls, stage: QMainWindow, docks: Iterable[QDockWidget]) -> Arrangement:
        """Return how docks stand now."""
        sizes = (
            f"{dock.objectName()} {dock.width()} {dock.height()}" for dock in docks if _in_row(dock)
        )
        return cls(stage.saveState(VERSION), tuple(sizes))

    @classmethod
    def kept(cls, settings: QSettings, key: str) -> Arrangement | None:
        """Return what `keep` kept, or None."""
        places = settings.value(key)
        if not isinstance(places, QByteArray):
            return None
        sizes = settings.value(f"{key}/sizes", [], list) or []
        return cls(places, tuple(line for line in map(str, sizes) if _LINE.fullmatch(line)))

    def keep(self, settings: QSettings, key: str) -> None:
        """Keep it for another day."""
        settings.setValue(key, self.places)
        settings.setValue(f"{key}/sizes", list(self.sizes))

    def place(self, stage: QMainWindow) -> bool:
        """Put all docks where they stood; return False where that cannot be."""
        return stage.restoreState(self.places, VERSION)

    def give_sizes(self, stage: QMainWindow, docks: Iterable[QDockWidget]) -> None:
        """Make the docks in sight as large as they were."""
        known = {name: (int(w), int(h)) for name, w, h in (line.split() for line in self.sizes)}
        shown = [dock for dock in docks if _in_row(dock) and dock.objectName() in known]
        for area in dict.fromkeys(stage.dockWidgetArea(dock) for dock in shown):
            row = [dock for dock in shown if stage.dockWidgetArea(dock) == area]
            widths, heights = zip(*(known[dock.objectName()] for dock in row), strict=True)
            stage.resizeDocks(row, widths, Qt.Orientation.Horizontal)
            stage.resizeDocks(row, heights, Qt.Orientation.Vertical)


def _in_row(dock: QDockWidget) -> bool:
    """Whether a dock takes room from others: it is neither hidden nor a window of its own."""
    return not dock.isHidden() and not dock.isFloating()
