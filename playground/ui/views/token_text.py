"""Written tokens: a text in which each can be chosen, and bars of what might stand there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from engine.tasks.tokens import Vocabulary
from playground.ui import theme
from playground.ui.i18n import tr
from playground.ui.numbers import percent_text
from playground.ui.widgets import FocusRing

MOST_BARS = 8


def token_ends(vocabulary: Vocabulary, numbers: Sequence[int], text: str) -> list[int]:
    """Return where each token ends in the text that they were written to.

    Letters of a Hangul syllable that is not the first of them end where the syllable does.
    """
    if vocabulary.tokenizer == "jamo":
        return [len(vocabulary.write(numbers[: i + 1])) for i in range(len(numbers))]
    ends, end = [], 0
    for number in numbers:
        token = vocabulary.tokens[number]
        found = text.find(token, end)
        end = end if found < 0 else found + len(token)
        ends.append(end)
    return ends


class TokenText(QTextEdit):
    """A text to read, in which the mouse or the arrow keys choose tokens.

    Signals
    -------
    chosen(index)
        A person chose one of the tokens that may be chosen, by its place among all of them.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._ends: list[int] = []
        self._free: list[int] = []
        self._index = -1
        self._quiet = False
        FocusRing(self)
        self.cursorPositionChanged.connect(self._moved)
        theme.manager().changed.connect(self._mark)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(372), theme.px(120))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), theme.px(72))

    def show_tokens(self, text: str, ends: list[int], free: Sequence[int], index: int) -> None:
        """Show a text.

        Parameters
        ----------
        text, ends
            What is written, and where each token of it ends.
        free
            Which of the tokens may be chosen: those that a network has written.
        index
            The token that is marked.
        """
        self._quiet = True
        if text != self.toPlainText():
            self.setPlainText(text)
        self._ends, self._free, self._index = ends, list(free), index
        self._mark()
        self._quiet = False

    def clear_tokens(self) -> None:
        """Show nothing but the placeholder."""
        self.show_tokens("", [], [], -1)

    def _span(self, index: int) -> tuple[int, int]:
        """Return where a token stands; letters of one syllable stand in the same place."""
        end = start = self._ends[index]
        while index and start == end:
            index -= 1
            start = self._ends[index]
        return (start if start < end else 0), end

    def _mark(self) -> None:
        """Set the given words apart from those that a network has written, and mark the chosen."""
        colors, marks = theme.current(), []
        start = 0
        for index in [*self._free, len(self._ends)]:
            begins = self._span(index)[0] if index < len(self._ends) else len(self.toPlainText())
            if begins > start:
                marks.append(self._marked(start, begins, colors.ink3))
            start = self._ends[index] if index < len(self._ends) else begins
        if 0 <= self._index < len(self._ends):
            marks.append(self._marked(*self._span(self._index), colors.onink))
            marks[-1].format.setBackground(colors.ink)
        self.setExtraSelections(marks)

    def _marked(self, start: int, end: int, ink: QColor) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        mark.cursor = QTextCursor(self.document())
        mark.cursor.setPosition(start)
        mark.cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        mark.format.setForeground(ink)
        return mark

    def _moved(self) -> None:
        if not self._quiet and self._free:
            self._choose_at(self.textCursor().position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        at = self.cursorForPosition(event.position().toPoint()).position()
        self._choose_at(at)

    def _choose_at(self, position: int) -> None:
        """Choose the first token that reaches beyond a position."""
        free = [index for index in self._free if self._ends[index] > position]
        index = free[0] if free else self._free[-1] if self._free else -1
        if index >= 0 and index != self._index:
            self._index = index
            self._mark()
            self.chosen.emit(index)


@dataclass(frozen=True)
class Bar:
    """A token that may stand at a place: its share, and what the network gave it."""

    label: str
    share: float
    probability: float
    chosen: bool


def bars(
    labels: Sequence[str], shares: NDArray[np.float64], p: NDArray[np.float32], chosen: int
) -> list[Bar]:
    """Return the likeliest tokens, and the chosen one as the last of them where it is not."""
    best = np.argsort(-shares, kind="stable")[:MOST_BARS].tolist()
    if chosen not in best:
        best[-1] = chosen
    return [Bar(labels[n], float(shares[n]), float(p[n]), n == chosen) for n in best]


class TokenBars(QWidget):
    """A bar for each of the likeliest tokens; a tick marks the network's own probability."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bars: list[Bar] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.manager().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(372), theme.px(20 * MOST_BARS))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), self.sizeHint().height())

    def show_bars(self, shown: list[Bar]) -> None:
        """Show other tokens."""
        self.bars = shown
        self.setAccessibleDescription(
            ", ".join(f"{bar.label} {percent_text(bar.share)}" for bar in shown)
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors, painter, flags = theme.current(), QPainter(self), Qt.AlignmentFlag
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetrics(theme.font("button"))
        widest = max((metrics.horizontalAdvance(bar.label) for bar in self.bars), default=0)
        left = min(max(widest, theme.px(24)) + theme.px(8), self.width() // 3)
        right, height = theme.px(52), theme.px(20)
        for row, bar in enumerate(self.bars):
            y = row * height
            painter.setFont(theme.font("button" if bar.chosen else "body"))
            painter.setPen(colors.ink if bar.chosen else colors.ink2)
            label = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, left - 4)
            painter.drawText(QRectF(0, y, left, height), flags.AlignVCenter, label)
            track = QRectF(left, y + height * 0.25, self.width() - left - right, height * 0.5)
            painter.fillRect(track, colors.raised)
            filled = QRectF(track)
            filled.setWidth(max(track.width() * bar.share, 2.0))
            painter.fillRect(filled, colors.pos if bar.chosen else colors.ctl)
            tick = track.left() + track.width() * bar.probability
            painter.fillRect(QRectF(tick - 1, y + 2, 2, height - 4), colors.ink)
            text = QRectF(self.width() - right, y, right, height)
            painter.drawText(text, flags.AlignRight | flags.AlignVCenter, percent_text(bar.share))

    def retranslate(self) -> None:
        """Name the bars anew."""
        self.setAccessibleName(tr("Probabilities"))
