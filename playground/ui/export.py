"""The window as a picture in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from playground.ui.i18n import tr

if TYPE_CHECKING:
    from playground.ui.window import Window


def export_picture(window: Window) -> None:
    """Ask for a file and save the window as a picture."""
    name, _ = QFileDialog.getSaveFileName(
        window, tr("Export picture"), str(Path.home() / "playground.png"), "PNG (*.png)"
    )
    if not name:
        return
    path = Path(name) if Path(name).suffix else Path(name).with_suffix(".png")
    if window.grab().save(str(path)):
        window.notices.say(tr("Saved {name}", name=path.name))
    else:
        window.notices.post("error", tr("The picture could not be written; choose another place."))
