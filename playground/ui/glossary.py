"""The glossary: all terms of the course in Korean and English, to be searched."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from playground.glossary import Entry, glossary
from playground.ui import theme
from playground.ui.i18n import language, tr
from playground.ui.terms import TermCard
from playground.ui.widgets import EmptyState, Rule

ENTRY = Qt.ItemDataRole.UserRole


class GlossaryDialog(QDialog):
    """A field to search by any name, the terms found, and the meaning of the chosen one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Glossary"))
        self.setProperty("kind", "panel")
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search in Korean or English"))
        self.search.setAccessibleName(tr("Search in Korean or English"))
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Terms"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.card = TermCard()
        self.empty = EmptyState("search", tr("No term is called so; try another word."))
        self._build()
        self.search.textChanged.connect(self._filter)
        self.list.currentItemChanged.connect(lambda item, _: self._show(item))
        here = language()
        there = "en" if here == "ko" else "ko"
        for entry in sorted(glossary(), key=lambda entry: entry.names[here].casefold()):
            names = dict.fromkeys((entry.names[here], entry.names[there]))
            item = QListWidgetItem(" · ".join(names), self.list)
            item.setData(ENTRY, entry)
        self._filter("")
        self.resize(theme.px(760), theme.px(480))

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        right = QVBoxLayout()
        right.addWidget(self.card)
        right.addWidget(self.empty)
        right.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(16)
        row.addLayout(left, 1)
        row.addWidget(Rule(vertical=True))
        row.addLayout(right, 1)

    def entries(self) -> list[Entry]:
        """Return the terms that are listed."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return [item.data(ENTRY) for item in items if not item.isHidden()]

    def choose(self, entry: Entry) -> None:
        """Show one term."""
        for row in range(self.list.count()):
            if self.list.item(row).data(ENTRY) is entry:
                self.list.setCurrentRow(row)
                self.list.scrollToItem(self.list.item(row), QListWidget.ScrollHint.PositionAtCenter)

    def _filter(self, text: str) -> None:
        """List what matches, and show the first of it."""
        first = -1
        for row in range(self.list.count()):
            item = self.list.item(row)
            found = item.data(ENTRY).matches(text)
            item.setHidden(not found)
            first = row if found and first < 0 else first
        self.list.setCurrentRow(first)
        self._show(self.list.item(first) if first >= 0 else None)

    def _show(self, item: QListWidgetItem | None) -> None:
        self.card.setVisible(item is not None)
        self.empty.setVisible(item is None)
        if item is not None:
            self.card.show_entry(item.data(ENTRY))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the arrow keys go through the list while a person types."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.search.hasFocus():
            self.list.setFocus()
            self.list.keyPressEvent(event)
        else:
            super().keyPressEvent(event)
