"""What holds the parts of the microscope, and gives up what there is no room for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout

from playground.ui.microscope.samples import SampleChoice
from playground.ui.widgets import Label, VerticalScroll


class Scroll(VerticalScroll):
    """Asks for the room of its bar whether it shows or not.

    What is inside breaks into other lines where the width changes; a bar that took part in that
    would come and go without end.
    """

    def minimumSizeHint(self) -> QSize:
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self.widget().minimumSizeHint().width() + bar, 0)


class Head(QFrame):
    """The line over the drawing: the network, a hint where there is room, and the sample."""

    def __init__(self, network: Label, hint: Label, samples: SampleChoice) -> None:
        super().__init__(objectName="panel")
        self._parts = network, hint, samples
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 5, 12, 5)
        row.setSpacing(10)
        row.addWidget(network)
        row.addWidget(hint)
        row.addStretch(1)
        row.addWidget(samples)

    def minimumSizeHint(self) -> QSize:
        _, _, samples = self._parts
        return QSize(samples.minimumSizeHint().width() + 28, samples.sizeHint().height() + 10)

    def event(self, event: QEvent) -> bool:
        """Make room anew when the width or a text has changed."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._fold()
        return super().event(event)

    def _fold(self) -> None:
        network, hint, samples = self._parts
        room = self.width() - samples.sizeHint().width() - network.sizeHint().width() - 48
        network.setVisible(room >= 0)
        hint.setVisible(room >= hint.sizeHint().width() + 10)
