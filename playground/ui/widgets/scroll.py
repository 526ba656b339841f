"""A column that scrolls up and down, and never cuts what it holds at the side."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class VerticalScroll(QScrollArea):
    """Holds one widget, which is at least as wide as it needs to be."""

    def __init__(self, body: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(body)
        body.installEventFilter(self)
        self.verticalScrollBar().installEventFilter(self)

    def minimumSizeHint(self) -> QSize:
        bar = self.verticalScrollBar()
        width = self.widget().minimumSizeHint().width()
        return QSize(width + (bar.sizeHint().width() if bar.isVisible() else 0), 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        changes = (QEvent.Type.LayoutRequest, QEvent.Type.Show, QEvent.Type.Hide)
        if event.type() in changes:
            self.updateGeometry()
        return super().eventFilter(watched, event)
