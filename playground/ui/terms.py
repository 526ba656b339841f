"""What's this: the meaning of what has the keyboard, or of what is pointed at.

A widget that shows a term says so with `explain`; `what_is_this` looks for the nearest one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from engine.fields import Spec
from playground.glossary import Entry, field_term, term
from playground.ui import theme
from playground.ui.i18n import N_, language, tr
from playground.ui.widgets import Button, Label, Rule

COURSE = {
    "A": N_("Introduction to neural networks"),
    "B": N_("Deep-learning basics"),
    "C": N_("RNN, Transformer, attention"),
    "D": N_("Deep learning, Transformer, BERT, GPT"),
    "E": N_("RNN, feat. GPT"),
}
"""The parts of the course."""

WIDTH = 340

Terms = Callable[[QPoint | None], Iterable[Entry | None]]
"""Gives the terms at a place of a widget, or, without a place, where its keyboard cursor is."""


def explain(widget: QWidget, *keys: str) -> None:
    """Let a widget stand for the term of the first key that the glossary has."""
    explain_by(widget, lambda _at: [term(*keys)])


def explain_by(widget: QWidget, terms: Terms) -> None:
    """Let a widget say by itself which terms it shows."""
    widget.terms = terms  # type: ignore[attr-defined]


def explain_setting(widget: QWidget, kind: str, name: str, value: Callable[[], object]) -> None:
    """Let a control stand for its setting, and for the kind that is chosen in it."""

    def terms(_at: QPoint | None) -> list[Entry | None]:
        chosen = value()
        own = term(f"{_family(chosen)}:{chosen.kind}") if isinstance(chosen, Spec) else None
        return [own, field_term(kind, name)]

    explain_by(widget, terms)


def _family(spec: Spec) -> str:
    from engine.registry import families

    return next((f for f, kinds in families.items() if type(spec) in kinds.values()), "")


def terms_of(
    widget: QWidget | None, at: QPoint | None = None
) -> tuple[QWidget | None, list[Entry]]:
    """Return the nearest widget from here outwards that shows terms, and these, each once."""
    while widget is not None:
        terms = getattr(widget, "terms", None)
        found = [entry for entry in terms(at) if entry is not None] if terms is not None else []
        if found:
            return widget, list(dict.fromkeys(found))
        at = None if at is None else widget.mapToParent(at)
        widget = None if widget.isWindow() else widget.parentWidget()
    return None, []


def course_text(entry: Entry) -> str:
    """Say where the course treats a term: "Course: B, Deep-learning basics"."""
    if not entry.parts:
        return tr("Beyond the course")
    parts = " · ".join(f"{part}, {tr(COURSE[part])}" for part in entry.parts)
    return tr("Course: {parts}", parts=parts)


class TermCard(QFrame):
    """One term: its names, what it means, where the course treats it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = Label(role="heading", wrap=True)
        self.others = Label(role="caption", wrap=True)
        self.definition = Label(wrap=True)
        self.course = Label(role="caption", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for label in (self.name, self.others, self.definition, self.course):
            column.addWidget(label)

    def show_entry(self, entry: Entry) -> None:
        """Write a term in the language of the window, its other names beneath."""
        here, there = language(), "en" if language() == "ko" else "ko"
        self.name.setText(entry.names[here])
        others = [entry.names[there], *entry.aliases]
        others = list({name.casefold(): name for name in reversed(others)}.values())[::-1]
        others = [name for name in others if name.casefold() != entry.names[here].casefold()]
        self.others.setText(" · ".join(others))
        self.others.setVisible(bool(others))
        self.definition.setText(entry.definitions[here])
        self.course.setText(course_text(entry))
        self.setAccessibleName(f"{entry.names[here]}. {entry.definitions[here]}")
        self.setAccessibleDescription(self.course.text())


class Explanation(QFrame):
    """A bubble with terms; a click beside it or Esc closes it."""

    def __init__(self, entries: list[Entry], window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("kind", "panel")
        self.setFixedWidth(theme.px(WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        self.cards = []
        for entry in entries:
            if self.cards:
                column.addWidget(Rule())
            card = TermCard()
            card.show_entry(entry)
            self.cards.append(card)
            column.addWidget(card)
        more = Button(tr("Glossary"), kind="small")
        more.clicked.connect(lambda: self._open_glossary(window, entries[0]))
        column.addWidget(more, 0, Qt.AlignmentFlag.AlignRight)
        self.setAccessibleName(tr("What's this?"))
        more.setFocus()

    def _open_glossary(self, window: QWidget, entry: Entry) -> None:
        self.close()
        open_glossary(window, entry)

    def open_at(self, corner: QPoint) -> None:
        """Open below a point of the screen, wholly on it."""
        self.adjustSize()
        room = self.parentWidget().screen().availableGeometry()
        left = min(corner.x(), room.right() - self.width())
        top = corner.y() + 4
        if top + self.height() > room.bottom():
            top = max(room.top(), corner.y() - self.height() - theme.px(36))
        self.move(max(left, room.left()), top)
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(theme.current().ctl)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


def open_glossary(window: QWidget, entry: Entry | None = None) -> None:
    """Open the window with all terms, one of them chosen."""
    from playground.ui.glossary import GlossaryDialog

    dialog = GlossaryDialog(window)
    if entry is not None:
        dialog.choose(entry)
    dialog.open()


def what_is_this(window: QWidget) -> QWidget:
    """Explain what has the keyboard; where that has no term, let the mouse point at something."""
    widget, entries = terms_of(QApplication.focusWidget())
    if widget is None:
        return Pointing(window)
    return explain_at(entries, widget.mapToGlobal(QPoint(0, widget.height())), window)


def explain_at(entries: list[Entry], corner: QPoint, window: QWidget) -> Explanation:
    """Open a bubble with terms below a point of the screen."""
    bubble = Explanation(entries, window)
    bubble.open_at(corner)
    return bubble


class Pointing(QWidget):
    """Lies over the window until a click chooses what to explain; Esc gives up."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setCursor(Qt.CursorShape.WhatsThisCursor)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Click what you want to have explained; Esc gives up."))
        self._before = QApplication.focusWidget()
        self._over: QWidget | None = None
        self.setGeometry(window.rect())
        self.raise_()
        self.show()
        self.setFocus()

    def _terms(self, at: QPoint) -> tuple[QWidget | None, list[Entry]]:
        """Return what shows terms under a point of the window."""
        window = self.parentWidget()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        widget = window.childAt(at)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, False)
        return terms_of(widget, None if widget is None else widget.mapFrom(window, at))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._over, _ = self._terms(event.position().toPoint())
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        _, entries = self._terms(at)
        window, corner = self.parentWidget(), event.globalPosition().toPoint()
        self._end()
        if entries:
            explain_at(entries, corner, window)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._end()

    def _end(self) -> None:
        self.close()
        if self._before is not None:
            self._before.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame what a click would explain, and say what to do."""
        colors, painter = theme.current(), QPainter(self)
        text = self.accessibleName()
        painter.setFont(theme.font("body"))
        box = painter.fontMetrics().boundingRect(text).adjusted(-12, -8, 12, 8)
        box.moveCenter(QPoint(self.width() // 2, self.height() - theme.px(60)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.ink)
        painter.drawRoundedRect(box, 8, 8)
        painter.setPen(colors.onink)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        if self._over is not None:
            place = self._over.mapTo(self.parentWidget(), QPoint())
            painter.setPen(colors.ink)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(
                self._over.rect().translated(place).adjusted(-3, -3, 2, 2), 6, 6
            )
