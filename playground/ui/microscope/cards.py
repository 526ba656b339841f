"""The formulas of a step, as cards beside one another."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.ui import theme
from playground.ui.microscope.formula import Formula, draw_formula
from playground.ui.microscope.nodes import gradient_token, paint_badge
from playground.ui.microscope.story import Card

NARROWEST, WIDEST = 132, 430
"""Widths of a card, in pixels at 100 %."""
BROKEN = 0.47
"""How much of the width that it wants a card gets at least; its formulas break then."""
LOWEST = 188
"""The height that cards of a single row have at least."""
SIGN = 24
"""Room between cards that are multiplied, and between others …"""
SPACE = 12


class CardBox(QWidget):
    """One card: title, calculations, and the number that they give.

    Signals
    -------
    entered(card), left()
        The mouse or the keyboard came to the card, or went.
    """

    entered = Signal(object)
    left = Signal()

    def __init__(self, card: Card, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = card
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(card.spoken)
        column = QVBoxLayout(self)
        edge = theme.px(13)
        column.setContentsMargins(edge, theme.px(10), edge, theme.px(8))
        column.setSpacing(theme.px(4))
        title = QHBoxLayout()
        title.setSpacing(8)
        if card.badge:
            title.addSpacing(theme.px(33))
        title.addWidget(Formula(card.title, "heading"), 1)
        title.addStrut(theme.px(24 if card.badge else 18))
        column.addLayout(title)
        for place, line in enumerate(card.lines):
            if len(card.lines) > 2:
                parts = [line.symbols, line.numbers]
                parts += [line.result] if card.several or place < len(card.lines) - 1 else []
                column.addWidget(Formula(" = ".join(part for part in parts if part)))
                continue
            column.addWidget(Formula(line.symbols, color="ink2"))
            numbers = f"= {line.numbers}" if line.numbers else ""
            if card.several or place < len(card.lines) - 1:
                numbers = f"{numbers} = {line.result}".strip()
            if numbers:
                column.addWidget(Formula(numbers))
        column.addStretch(1)
        if card.several:
            return
        color = gradient_token(card.value) if card.signed else "ink"
        column.addWidget(Formula(card.result, "metric" if card.badge else "lesson", color))

    def sizeHint(self) -> QSize:
        """Return the width that the longest formula wants, within bounds."""
        widths = [child.sizeHint().width() for child in self.findChildren(Formula)]
        wanted = max(widths) + 2 * theme.px(13) + (theme.px(30) if self.card.badge else 0)
        width = min(max(wanted, theme.px(NARROWEST)), theme.px(WIDEST))
        return QSize(width, self.heightForWidth(width))

    def heightForWidth(self, width: int) -> int:
        return self.layout().heightForWidth(width)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.entered.emit(self.card)

    def leaveEvent(self, event: QEvent) -> None:
        self.left.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit(self.card)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strong = self.card.badge == "=" or self.hasFocus()
        painter.setPen(QPen(colors.ink if strong else colors.ctl, 2 if strong else 1))
        painter.setBrush(colors.panel)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        if self.card.badge:
            at = QRectF(theme.px(12), theme.px(9), theme.px(24), theme.px(24)).center()
            paint_badge(painter, at, self.card.badge)


class CardRows(QWidget):
    """Cards in as many rows as they need; the factors of a product have signs between them.

    Signals
    -------
    lit(card)
        The card to be shown in the drawing, or None.
    """

    lit = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: list[CardBox] = []
        self._cards: Sequence[Card] = ()
        self._signs: list[tuple[QRect, str]] = []
        theme.manager().changed.connect(self._remake)

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Show other cards."""
        if list(cards) != list(self._cards):
            self._make(cards)

    def _remake(self) -> None:
        self._make(self._cards)

    def _make(self, cards: Sequence[Card]) -> None:
        self._cards = cards
        for box in self.boxes:
            box.hide()
            box.deleteLater()
        self.boxes = [CardBox(card, self) for card in cards]
        for box in self.boxes:
            box.entered.connect(self.lit)
            box.left.connect(lambda: self.lit.emit(None))
            box.show()
        self._arrange()

    @property
    def _gap(self) -> int:
        multiplied = any(card.badge == "1" for card in self._cards)
        return theme.px(SIGN if multiplied else SPACE)

    def _room(self) -> int:
        """Return the height that is in sight."""
        scroll = self.parentWidget().parentWidget()
        return scroll.height() - self.y() - theme.px(10)

    @staticmethod
    def _least(box: CardBox) -> int:
        return max(theme.px(NARROWEST), int(BROKEN * box.sizeHint().width()))

    def _rows(self) -> list[list[CardBox]]:
        rows: list[list[CardBox]] = [[]]
        x = 0
        for box in self.boxes:
            width = self._least(box)
            if rows[-1] and x + width > self.width():
                rows.append([])
                x = 0
            rows[-1].append(box)
            x += width + self._gap
        return [row for row in rows if row]

    def _arrange(self) -> None:
        """Give each row all of the width, and each card of a row the same height."""
        top, self._signs = 0, []
        rows = self._rows()
        for row in rows:
            widths = self._widths(row)
            height = max(box.heightForWidth(w) for box, w in zip(row, widths, strict=True))
            if len(rows) == 1:
                height = max(height, min(theme.px(LOWEST), self._room()))
            x = 0
            for box, width in zip(row, widths, strict=True):
                box.setGeometry(x, top, min(width, max(self.width(), 1)), height)
                self._sign(box, QRect(x - self._gap, top, self._gap, height))
                x += width + self._gap
            top += height + theme.px(SPACE)
        self.setMinimumHeight(max(0, top - theme.px(SPACE)))
        self.update()

    def _widths(self, row: list[CardBox]) -> list[int]:
        """Give cards the widths they want, or less where there is no room, or a little more."""
        wanted = [box.sizeHint().width() for box in row]
        least = [self._least(box) for box in row]
        free = max(0, self.width() - sum(least) - self._gap * (len(row) - 1))
        missing = sum(wanted) - sum(least)
        if free < missing:
            pairs = zip(least, wanted, strict=True)
            return [low + free * (high - low) // missing for low, high in pairs]
        more = min((free - missing) // len(row), theme.px(60))
        return [width + more for width in wanted]

    def _sign(self, box: CardBox, place: QRect) -> None:
        signs = {"2": "×", "3": "×", "=": "="}
        if box.card.badge in signs and self._gap > theme.px(SPACE):
            self._signs.append((place, signs[box.card.badge]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(NARROWEST), self.minimumHeight())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        center = Qt.AlignmentFlag.AlignHCenter
        for place, sign in self._signs:
            ink = theme.current().ink2
            draw_formula(painter, QRectF(place), sign, theme.font("lesson"), ink, center)
