"""The bubble under a card: what is wrong there, and one-click repairs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QCursor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from engine.errors import ShapeError
from engine.layers import Fix
from playground.ui import theme
from playground.ui.canvas import edits
from playground.ui.i18n import tr_error, tr_text
from playground.ui.widgets import Button, Label
from playground.ui.widgets.labels import Picture

if TYPE_CHECKING:
    from playground.ui.canvas.view import Canvas

Repair = tuple[str, Callable[[], None]]


class Bubble(QFrame):
    """Hangs under the hovered or the selected card if it has an error, or a warning.

    A warning shows for the card under the pointer, or that the keyboard is on: it may wait.
    """

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._said: tuple[object, ...] = ()
        self._node, self._tip, self._grave = "", 40.0, True
        self.sentence = Label("", "strong", wrap=True)
        self.buttons: list[Button] = []
        self._picture = Picture("err", "err")
        self._repairs = QHBoxLayout()
        self._repairs.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(8)
        words.addWidget(self.sentence)
        words.addLayout(self._repairs)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 20, 14, 14)
        row.setSpacing(8)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.hide()

    def refresh(self) -> None:
        """Hang under the card that it belongs to now, or hide."""
        canvas = self._canvas
        errors = canvas.network.shapes.errors
        hovered, chosen = canvas.pointer.hovered, canvas.document.selection
        name = next((name for name in self._members(hovered, chosen) if name in errors), "")
        grave = bool(name)
        if not grave:
            keyed = chosen if canvas.keyboard and canvas.hasFocus() else ""
            held = self._node if self._is_pointed_at() else ""
            near = (held, *self._members(hovered, keyed))
            name = canvas.health.node if canvas.health.node in near else ""
        card = canvas.network.card(name)
        if card is None or not name or canvas.pointer.dragging or canvas.wiring.active:
            self.hide()
            return
        self._node = name
        if grave:
            self._tell_error(errors[name])
        else:
            self._tell_warning()
        corner = card.pos() + QPointF(card.width / 2, card.lane - 2)
        self._place(QPointF(canvas.mapFromScene(corner)))
        self.show()
        self.raise_()

    def _members(self, *cards: str) -> list[str]:
        """Return the nodes of cards, of which some may be blocks."""
        items = map(self._canvas.network.card, cards)
        return [node.name for item in items if item is not None for node in item.spot.members]

    def _is_pointed_at(self) -> bool:
        spot = self.mapFromGlobal(QCursor.pos())
        return self.isVisible() and self.rect().contains(spot)

    def _tell_error(self, error: ShapeError) -> None:
        repairs = [
            (tr_text(fix.text), partial(self._repair, self._node, fix)) for fix in error.fixes
        ]
        self._tell(tr_error(error), repairs, True)

    def _tell_warning(self) -> None:
        health = self._canvas.health
        cure = health.cure()
        self._tell(health.sentence(), [(cure, health.carry_out)] if cure else [], False)

    def _tell(self, sentence: str, repairs: Sequence[Repair], grave: bool) -> None:
        """Say what is wrong; one filled button for the first repair, outlined ones for others."""
        said = (self._node, sentence, *(text for text, _ in repairs))
        if said == self._said:
            return
        self._said, self._grave = said, grave
        icon = "err" if grave else "warn"
        self._picture.set_icon(icon, icon)
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)
        while self._repairs.count():
            self._repairs.takeAt(0)
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self.buttons = []
        for text, repair in repairs:
            button = Button(text, kind="small" if self.buttons else "filled")
            button.clicked.connect(repair)
            self.buttons.append(button)
            self._repairs.addWidget(button)
        self._repairs.addStretch(1)
        self.update()

    def forget(self) -> None:
        """Say all again at the next time, as it may have changed."""
        self._said = ()

    def _repair(self, name: str, fix: Fix) -> None:
        self.hide()
        edits.carry_out(self._canvas.document, name, fix)

    def _place(self, tip: QPointF) -> None:
        """Hang under a point of the canvas, within it."""
        self.layout().activate()  # inner layouts have not heard of what changed while hidden
        width = max(theme.px(404), self.layout().minimumSize().width())
        width = min(width, self._canvas.width() - 16)
        height = self.layout().heightForWidth(width)
        left = min(max(tip.x() - theme.px(60), 8), self._canvas.width() - width - 8)
        top = min(tip.y(), self._canvas.height() - height - 4)
        self._tip = tip.x() - left
        self.setGeometry(round(left), round(top), width, height)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 8.5, -0.5, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(box, 8, 8)
        tip = QPainterPath(QPointF(self._tip - 9, box.top()))
        tip.lineTo(self._tip, 0.5)
        tip.lineTo(self._tip + 9, box.top())
        tip.lineTo(self._tip, box.top() + 9)
        tip.closeSubpath()
        shape = shape.united(tip)
        painter.fillPath(shape, colors.errbg if self._grave else colors.warnbg)
        painter.strokePath(shape, QPen(colors.err if self._grave else colors.warn, 1))
