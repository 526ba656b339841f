"""The columns of a table: a list of check boxes, and the first rows as text."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from playground.ui import theme
from playground.ui.widgets import Check, VerticalScroll

_MINUS = re.compile(r"^-(?=[0-9])")

SHOWN = 5
"""So many columns are seen at once; the others are scrolled to."""


class InputList(VerticalScroll):
    """Check boxes, one a column.

    Signals
    -------
    toggled(name)
        A person checked or unchecked a column.
    """

    toggled = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QWidget(), parent)
        self.checks: dict[str, Check] = {}
        for part in (self.viewport(), self.widget()):
            part.setAutoFillBackground(False)
        self._column = QVBoxLayout(self.widget())
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        theme.manager().changed.connect(self._fit)

    def show_columns(self, names: Sequence[str], used: Collection[str]) -> None:
        """Show columns by name, those checked that are used; the last one used stays."""
        if list(names) != list(self.checks):
            self._make(names)
        for name, check in self.checks.items():
            check.set_value(name in used)
            check.setEnabled(name not in used or len(used) > 1)

    def _make(self, names: Sequence[str]) -> None:
        for check in self.checks.values():
            self._column.removeWidget(check)
            check.hide()
            check.deleteLater()
        self.checks = {name: Check(name.replace("&", "&&")) for name in names}
        for name, check in self.checks.items():
            check.setToolTip(name)
            check.edited.connect(lambda _value, _final, n=name: self.toggled.emit(n))
            self._column.addWidget(check)
        self._fit()

    def _fit(self) -> None:
        """Be as high as the columns, up to so many of them."""
        rows = min(len(self.checks), SHOWN)
        self.setFixedHeight(
            max((c.sizeHint().height() for c in self.checks.values()), default=0) * rows
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), 0)


class Preview(QTableWidget):
    """Cells of a table as text, to be looked at.

    Parameters
    ----------
    whole
        Whether it is as high as all its rows; else they are scrolled to.
    """

    def __init__(self, whole: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = whole
        self._shown: tuple[Sequence[Sequence[str]], Sequence[str]] = ((), ())
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        if whole:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setHighlightSections(False)
        theme.manager().changed.connect(self._fit)

    def show_rows(self, rows: Sequence[Sequence[str]], names: Sequence[str] = ()) -> None:
        """Show a header and the rows below it, which may have names."""
        if (rows, names) == self._shown:
            return
        self._shown = rows, names
        header, body = rows[0] if rows else (), rows[1:]
        self.setColumnCount(len(header))
        self.setRowCount(len(body))
        self.setHorizontalHeaderLabels(list(header))
        self.setVerticalHeaderLabels(list(names))
        self.verticalHeader().setVisible(bool(names))
        for i, row in enumerate(body):
            for j, text in enumerate(row):
                item = QTableWidgetItem(_MINUS.sub("−", text))
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(i, j, item)
        self._fit()

    def _fit(self) -> None:
        line = theme.px(24)
        for row in range(self.rowCount()):
            self.setRowHeight(row, line)
        if not self._whole:
            return
        header = self.horizontalHeader().sizeHint().height()
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(header + line * self.rowCount() + bar + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), 0)
