"""The network under the microscope: values to the right, gradients back to the left."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from playground.ui import theme
from playground.ui.i18n import Translated, tr
from playground.ui.microscope.painting import Painting
from playground.ui.microscope.picture import Picture
from playground.ui.microscope.placing import most_rows, weights
from playground.ui.microscope.situation import Place, Situation
from playground.ui.microscope.story import Card

LEAST_HEIGHT = 222
"""In pixels at 100 %."""


class Drawing(Translated, QWidget):
    """Units, weights and loss with their numbers; a click looks at a weight.

    Signals
    -------
    chosen(place)
        A person chose a parameter.
    rows_changed()
        There is room for more or fewer units.
    """

    chosen = Signal(object)
    rows_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._picture: Picture | None = None
        self._cards: list[Card] = []
        self._hovered: Place | None = None
        self._lit: Card | None = None
        self._rows = 0
        self._ringed = False
        theme.manager().changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    # What is shown

    @property
    def rows(self) -> int:
        """How many units can stand below one another."""
        return most_rows(self.height(), theme.manager().scale)

    def show_situation(self, situation: Situation, step: str, cards: list[Card]) -> None:
        """Draw one of the steps; the badges of its cards stand where their numbers are."""
        self._cards, self._lit = cards, None
        self._draw(situation, step)
        self._speak()
        self.update()

    def light(self, card: Card | None) -> None:
        """Put a ring around where the number of a card stands."""
        self._lit = card
        self.update()

    def _restyle(self) -> None:
        self.setMinimumHeight(theme.px(LEAST_HEIGHT))
        self._place()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
        if self.rows != self._rows:
            self._rows = self.rows
            self.rows_changed.emit()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(LEAST_HEIGHT))

    def _place(self) -> None:
        if self._picture is not None:
            self._draw(self._picture.situation, self._picture.step)

    def _draw(self, situation: Situation, step: str) -> None:
        width = self.parentWidget().width() if self.parentWidget() else self.width()
        self._picture = Picture(situation, step, width, self.height())
        self.setMinimumWidth(int(self._picture.placing.size.width()))
        self.update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect())
        Painting(painter, self._picture, room, self._hovered).paint(self._cards, self._lit)
        if self._ringed:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.current().ink, 2))
            painter.drawRect(room.adjusted(1, 1, -1, -1))

    # Mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._picture is None:
            return
        place = self._picture.place_at(event.position())
        if place is None:
            place = self._picture.of_unit(event.position())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        picture = self._picture
        if picture is None:
            return
        place = picture.place_at(event.position())
        hand = place is not None or picture.of_unit(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)
        if place != self._hovered:
            self._hovered = place
            self.update()
            at: QPoint = event.globalPosition().toPoint()
            QToolTip.showText(at, picture.words(place) if place is not None else "", self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next weight or bias by the arrows up and down."""
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        picture = self._picture
        if event.key() in moves and picture is not None:
            order = [*weights(picture.situation), *picture.biases]
            at = order.index(picture.situation.place)
            self.chosen.emit(order[(at + moves[Qt.Key(event.key())]) % len(order)])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        reason = Qt.FocusReason
        self._ringed = event.reason() in (reason.TabFocusReason, reason.BacktabFocusReason)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ringed = False
        self.update()

    def retranslate(self) -> None:
        self.setAccessibleName(tr("Network under the microscope"))
        self._speak()
        self.update()

    def _speak(self) -> None:
        if self._picture is not None:
            told = self._picture.words(self._picture.situation.place)
            self.setAccessibleDescription(told)
