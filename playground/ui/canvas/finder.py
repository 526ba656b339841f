"""Finding a layer by typing a part of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout

from engine.graph import Node
from playground.ui import icons, theme
from playground.ui.canvas import words
from playground.ui.i18n import Translated, tr, tr_engine

if TYPE_CHECKING:
    from playground.ui.canvas.view import Canvas

_ROWS = 8


class Finder(Translated, QFrame):
    """A field over the canvas, and below it the layers that fit: Enter goes there, Esc closes."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.field, self.list = _Field(), QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.field.textChanged.connect(self._fill)
        self.field.left.connect(self.hide)
        self.field.closed.connect(self.close_up)
        self.field.stepped.connect(self._step)
        self.field.returnPressed.connect(lambda: self._go(self.list.currentItem()))
        self.list.itemClicked.connect(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        self.field.setPlaceholderText(tr("Find a layer…"))
        self.field.setAccessibleName(tr("Find a layer…"))
        self.list.setAccessibleName(tr("Layers"))
        if self.isVisible():
            self._fill(self.field.text())

    def open(self) -> None:
        """Ask for a name."""
        self.field.clear()
        self._fill("")
        self.place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self) -> None:
        """Stand at the top of the canvas, in the middle."""
        rows = max(1, min(_ROWS, self.list.count()))
        self.list.setFixedHeight(rows * max(22, self.list.sizeHintForRow(0)) + 6)
        width = min(theme.px(320), self._canvas.width() - 32)
        self.setFixedWidth(max(160, width))
        self.adjustSize()
        self.move((self._canvas.width() - self.width()) // 2, 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.current().ctl, 1))
        painter.setBrush(theme.current().panel)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    def _fill(self, text: str) -> None:
        wanted = text.casefold().split()
        self.list.clear()
        for node in self._canvas.document.experiment.graph:
            said = _said(node).casefold()
            if all(word in said for word in wanted):
                item = QListWidgetItem(icons.icon(words.node_icon(node), "ink2"), "", self.list)
                item.setText(words.node_title(node))
                item.setData(Qt.ItemDataRole.UserRole, node.name)
        self.list.setCurrentRow(0)
        if self.isVisible():
            self.place()

    def _go(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        name = item.data(Qt.ItemDataRole.UserRole)
        self.close_up()
        self._canvas.keyboard = True
        self._canvas.commands.select_card(name)
        self._canvas.document.select(name)

    def close_up(self) -> None:
        """Close and give the keyboard back."""
        self.hide()
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, steps: int) -> None:
        """Go to the row below (1) or above (−1)."""
        if self.list.count():
            self.list.setCurrentRow((self.list.currentRow() + steps) % self.list.count())


class _Field(QLineEdit):
    """A field whose arrow keys choose a row, and which says when it is done with."""

    stepped = Signal(int)
    closed = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in steps:
            self.stepped.emit(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.left.emit()


def _said(node: Node) -> str:
    """Return what a layer can be found by: its title, name, kind and block."""
    kind = tr_engine(node.layer.label)
    return " ".join((words.node_title(node), node.name, kind, node.layer.label, node.group))
