"""The columns of a table: a list of check boxes, and the first rows as text."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any, TypeAlias

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from playground.ui import theme
from playground.ui.widgets import Check, VerticalScroll

Index: TypeAlias = QModelIndex | QPersistentModelIndex
Role: TypeAlias = Qt.ItemDataRole

_TOP = QModelIndex()
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


class Cells(QAbstractTableModel):
    """A header and texts below it, in rows that may have names; no cell is an object of its own."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.header: Sequence[str] = ()
        self.body: Sequence[Sequence[str]] = ()
        self.names: Sequence[str] = ()

    def write(self, rows: Sequence[Sequence[str]], names: Sequence[str]) -> None:
        """Write another header and other rows."""
        self.beginResetModel()
        self.header, self.body, self.names = rows[0] if rows else (), rows[1:], names
        self.endResetModel()

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.body)

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.header)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if role == Role.DisplayRole:
            return _MINUS.sub("−", self.body[index.row()][index.column()])
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        texts = self.header if orientation == Qt.Orientation.Horizontal else self.names
        return texts[section] if role == Role.DisplayRole and section < len(texts) else None


class Preview(QTableView):
    """Cells of a table as text, to be looked at.

    Parameters
    ----------
    whole
        Whether it is as high as all its rows; else they are scrolled to.
    """

    def __init__(self, whole: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = whole
        self.cells = Cells(self)
        self.setModel(self.cells)
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
        self.cells.write(rows, names)
        self.verticalHeader().setVisible(bool(names))
        self._fit()

    def _fit(self) -> None:
        line = theme.px(24)
        for row in range(self.cells.rowCount()):
            self.setRowHeight(row, line)
        if not self._whole:
            return
        header = self.horizontalHeader().sizeHint().height()
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(header + line * self.cells.rowCount() + bar + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), 0)
