"""The formulas of a step, as cards beside one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from playground.ui import theme
from playground.ui.microscope.formula import Paragraph, draw_formula, font_of
from playground.ui.microscope.nodes import gradient_token, paint_badge
from playground.ui.microscope.story import Card

NARROWEST, WIDEST = 132, 430
"""Widths of a card, in pixels at 100 %."""
BROKEN = 0.47
"""How much of the width that it wants a card gets at least; its formulas break then."""
EDGE = 13
"""Room at the sides inside of a card."""
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

    Attributes
    ----------
    tight
        Whether its number is set smaller, as there is little room.
    """

    entered = Signal(object)
    left = Signal()

    def __init__(self, card: Card, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tight = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.show_card(card)

    def show_card(self, card: Card) -> None:
        """Show another card."""
        self.card = card
        self.setAccessibleName(card.spoken)
        self._title = Paragraph(card.title, "heading")
        self._lines = list(_paragraphs(card))
        self.update()

    @property
    def _indent(self) -> int:
        """Where the title begins, right of a badge."""
        return theme.px(33 if self.card.badge else 0)

    @property
    def _result(self) -> Paragraph:
        color = gradient_token(self.card.value) if self.card.signed else "ink"
        large = bool(self.card.badge) and not self.tight
        return Paragraph(self.card.result, "metric" if large else "lesson", color)

    @property
    def wanted(self) -> int:
        """The width at which no line breaks, within bounds."""
        widths = [line.width for line in (*self._lines, self._result)]
        widest = max(*widths, self._title.width + self._indent) + 2 * theme.px(EDGE) + 2
        return int(min(max(widest, theme.px(NARROWEST)), theme.px(WIDEST)))

    @property
    def least(self) -> int:
        """The smallest width to give it."""
        pieces = [line.least_width for line in (*self._lines, self._result)]
        needed = max(*pieces, self._title.least_width + self._indent) + 2 * theme.px(EDGE) + 2
        return max(theme.px(NARROWEST), int(BROKEN * self.wanted), int(needed))

    def heightForWidth(self, width: int) -> int:
        inner = width - 2 * theme.px(EDGE)
        height = theme.px(18) + self._title_height(inner)
        height += sum(line.height(inner) + theme.px(4) for line in self._lines)
        return height + (0 if self.card.several else self._result.height(inner) + theme.px(4))

    def _title_height(self, inner: int) -> int:
        return max(self._title.height(inner - self._indent), theme.px(24 if self.card.badge else 0))

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
        left, inner = theme.px(EDGE), self.width() - 2 * theme.px(EDGE)
        top = theme.px(10)
        if self.card.badge:
            at = QRectF(theme.px(12), top - 1, theme.px(24), theme.px(24)).center()
            paint_badge(painter, at, self.card.badge)
        high = self._title.height(inner - self._indent)
        down = max(0, (self._title_height(inner) - high) / 2)
        self._title.paint(painter, left + self._indent, top + down, inner - self._indent)
        top += self._title_height(inner) + theme.px(4)
        for line in self._lines:
            line.paint(painter, left, top, inner)
            top += line.height(inner) + theme.px(4)
        if not self.card.several:
            result = self._result
            bottom = self.height() - theme.px(8) - result.height(inner)
            result.paint(painter, left, bottom, inner)


def _paragraphs(card: Card) -> Iterator[Paragraph]:
    """Yield the lines of a card: symbols over numbers, or in one where there are many."""
    for place, line in enumerate(card.lines):
        inside = card.several or place < len(card.lines) - 1
        result = line.result if inside else ""
        if len(card.lines) > 2:
            parts = (line.symbols, line.numbers, result)
            yield Paragraph(" = ".join(part for part in parts if part))
            continue
        yield Paragraph(line.symbols, color="ink2")
        if line.numbers or result:
            yield Paragraph("".join(f"= {part} " for part in (line.numbers, result) if part))


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
        theme.manager().changed.connect(self._arrange)

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Show other cards."""
        if list(cards) == list(self._cards):
            return
        self._cards = cards
        for box, card in zip(self.boxes, cards, strict=False):
            box.show_card(card)
        while len(self.boxes) > len(cards):
            box = self.boxes.pop()
            box.hide()
            box.deleteLater()
        for card in cards[len(self.boxes) :]:
            box = CardBox(card, self)
            box.entered.connect(self.lit)
            box.left.connect(lambda: self.lit.emit(None))
            box.show()
            self.boxes.append(box)
        self._arrange()

    @property
    def _gap(self) -> int:
        multiplied = any(card.badge == "1" for card in self._cards)
        return theme.px(SIGN if multiplied else SPACE)

    @property
    def _room(self) -> QSize:
        """The size that is in sight, beside the scroll bar, whether that shows or not."""
        parent: QWidget | None = self.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        if parent is None:
            return self.size()
        bar = parent.verticalScrollBar().sizeHint().width()
        sides = 2 * self.mapTo(parent.widget(), QPoint()).x()
        return QSize(parent.width() - bar - sides, parent.height() - self.y() - theme.px(10))

    def _rows(self) -> list[list[CardBox]]:
        room = self._room.width()
        for tight in (False, True):
            for box in self.boxes:
                box.tight = tight
            if sum(box.least + self._gap for box in self.boxes) - self._gap <= room:
                break
        rows: list[list[CardBox]] = [[]]
        x = 0
        for box in self.boxes:
            width = box.least
            if rows[-1] and x + width > room:
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
                height = max(height, min(theme.px(LOWEST), self._room.height()))
            x = 0
            for box, width in zip(row, widths, strict=True):
                box.setGeometry(x, top, min(width, max(self._room.width(), 1)), height)
                self._sign(box, QRect(x - self._gap, top, self._gap, height))
                x += width + self._gap
            top += height + theme.px(SPACE)
        self.setMinimumHeight(max(0, top - theme.px(SPACE)))
        self.update()

    def _widths(self, row: list[CardBox]) -> list[int]:
        """Give cards the widths they want, or less where there is no room, or a little more."""
        wanted = [box.wanted for box in row]
        least = [box.least for box in row]
        free = max(0, self._room.width() - sum(least) - self._gap * (len(row) - 1))
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
            draw_formula(painter, QRectF(place), sign, font_of("lesson"), ink, center)
