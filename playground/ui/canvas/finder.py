"""Finding a layer by typing a part of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
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
        self.field, self.list = QLineEdit(), QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.field.textChanged.connect(self._fill)
        self.field.installEventFilter(self)
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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._pressed(Qt.Key(event.key()))
        if isinstance(event, QFocusEvent) and event.lostFocus():
            if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
                self.hide()
        return False

    def _pressed(self, key: Qt.Key) -> bool:
        """Do what a key of the field stands for; the rest is typing."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if key == Qt.Key.Key_Escape:
            self.close_up()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go(self.list.currentItem())
        elif key in steps and self.list.count():
            self.list.setCurrentRow((self.list.currentRow() + steps[key]) % self.list.count())
        else:
            return False
        return True


def _said(node: Node) -> str:
    """Return what a layer can be found by: its title, name, kind and block."""
    kind = tr_engine(node.layer.label)
    return " ".join((words.node_title(node), node.name, kind, node.layer.label, node.group))
