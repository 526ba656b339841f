"""What an empty canvas offers: networks to begin with, and the way to all templates."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.experiment import Experiment
from playground.examples import Example, examples, like
from playground.ui import theme
from playground.ui.canvas.words import node_icon
from playground.ui.i18n import Translated, language, tr
from playground.ui.widgets import Button, Label

MOST = 4
"""Networks that are offered by name."""
LEAST_HEIGHT = 340
"""A lower canvas has room for the network alone."""
LEFT = 28


class Offers(Translated, QWidget):
    """A sentence on what to do, and below it buttons with networks for the data that are open.

    Signals
    -------
    chosen(name)
        A person wants to begin with an example.
    more_wanted()
        A person wants to choose among all templates.
    """

    chosen = Signal(str)
    more_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.sentence, self.more = Label(role="detail"), Button(" ", icon="search", kind="small")
        self.more.clicked.connect(self.more_wanted)
        self.buttons: dict[str, Button] = {}
        self._empty = False
        self._row = QHBoxLayout()
        self._row.setSpacing(6)
        self._row.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.sentence, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._row)
        self.retranslate()

    def retranslate(self) -> None:
        self.sentence.setText(tr("Drag a layer onto the wire, or begin with a network:"))
        self.more.setText(tr("All networks …"))
        entries = examples()
        for name, button in self.buttons.items():
            button.setText(entries[name].titles[language()])
            button.setToolTip(entries[name].about[language()])

    def show_experiment(self, experiment: Experiment) -> None:
        """Offer what suits a network that has no layers of its own; nothing for others."""
        self._empty = len(experiment.graph.nodes) == 2
        if not self._empty:
            return
        offered = offers(experiment)
        if [entry.name for entry in offered] == [*self.buttons]:
            return
        for button in self.buttons.values():
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = {entry.name: self._button(entry) for entry in offered}
        for place, button in enumerate(self.buttons.values()):
            self._row.insertWidget(place, button)
        self.retranslate()

    def depth(self) -> int:
        """Show where there is something to offer and the canvas is high enough for network and all.

        Returns
        -------
        int
            The height to keep for it, in pixels.
        """
        self.setVisible(self._empty and self.parentWidget().height() >= theme.px(LEAST_HEIGHT))
        return 0 if self.isHidden() else self.sizeHint().height() + theme.px(32)

    def _button(self, entry: Example) -> Button:
        button = Button(" ", icon=node_icon(entry.experiment.graph.nodes[1]), kind="small")
        button.clicked.connect(lambda: self.chosen.emit(entry.name))
        return button

    def place(self, bottom: int) -> None:
        """Stand over a height of the canvas, no wider than it.

        Where it is narrow, the last networks give way; the way to all of them stays.
        """
        room = self.parentWidget().width() - 2 * LEFT
        rest = room - self.more.sizeHint().width()
        for button in self.buttons.values():
            rest -= button.sizeHint().width() + self._row.spacing()
            button.setVisible(rest >= 0)
        self.layout().activate()
        self.resize(min(room, self.sizeHint().width()), self.sizeHint().height())
        self.move(LEFT, bottom - self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().canvas)


def offers(experiment: Experiment) -> Sequence[Example]:
    """Return the examples with layers of their own that ask the same kind of question.

    Those on the very same data come first.
    """
    found = [examples()[name] for name in like(experiment.task)]
    found = [entry for entry in found if len(entry.experiment.graph.nodes) > 2]
    return sorted(found, key=lambda entry: entry.experiment.task != experiment.task)[:MOST]
