"""Help: the keys, and what the program is."""

from __future__ import annotations

from importlib.metadata import version

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from playground.ui.i18n import N_, tr
from playground.ui.menus import MenuBar
from playground.ui.widgets import Button, Label

CANVAS_KEYS = (
    ("← →", N_("Select the layer before or after")),
    ("Shift+← →", N_("Select several layers")),
    ("Alt+← →", N_("Move the layer")),
    ("Ctrl+← ↑ → ↓", N_("Place the cards by hand; with Shift pixel by pixel")),
    ("Ctrl+L", N_("Insert layer after")),
    ("↑ ↓", N_("Select a wire of the layer")),
    ("Alt", N_("While a card is dragged: neither snap nor go onto a wire")),
    ("Enter", N_("End a wire; open or fold a block; look at the units of a layer")),
    ("Esc", N_("Give up a wire or a drag")),
    ("Del", N_("Delete")),
)
"""What keys do on the canvas alone."""


class ShortcutsDialog(QDialog):
    """All menu entries that have a key, with their keys, and the keys of the canvas."""

    def __init__(self, menus: MenuBar, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        actions = [
            (action.shortcut().toString(), text) for text, action in menus.actions_by_text.items()
        ]
        rows = [("Space", "Play / Pause"), *(row for row in actions if row[0]), *CANVAS_KEYS]
        columns = QHBoxLayout(self)
        columns.setContentsMargins(24, 16, 24, 16)
        columns.setSpacing(40)
        half = -(-len(rows) // 2)  # below each other they would be higher than small screens
        for part in (rows[:half], rows[half:]):
            form = QFormLayout()
            form.setHorizontalSpacing(24)
            form.setVerticalSpacing(6)
            for keys, text in part:
                form.addRow(Label(keys), Label(tr(text)))
            columns.addLayout(form)


class AboutDialog(QDialog):
    """Name, version and licence."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("About Neural Playground"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(8)
        column.addWidget(Label(tr("Neural Playground"), "lesson"))
        column.addWidget(Label(tr("Version {version}", version=version("neural-playground"))))
        column.addWidget(
            Label(tr("Build a neural network, press play, and watch it learn."), wrap=True)
        )
        column.addWidget(Label(tr("MIT licence. The typeface is Pretendard (SIL OFL)."), "caption"))
        close = Button(tr("Close"))
        close.clicked.connect(self.accept)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
