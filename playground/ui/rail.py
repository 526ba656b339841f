"""The left column of a narrow window: two icons, which open it over the network."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QSignalBlocker, Qt
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from playground.ui import theme
from playground.ui.i18n import Translated, tr
from playground.ui.widgets import Button, VerticalScroll

WIDTH = 48


class Rail(Translated, QFrame):
    """Stands at the left edge while the column is folded.

    Parameters
    ----------
    column
        The column, which then opens beside the rail and closes on Esc or when the keyboard goes
        elsewhere.
    parts
        The parts of the column by icon.
    """

    def __init__(self, column: VerticalScroll, parts: dict[str, QWidget]) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.folded = False
        self.column, self._parts = column, parts
        self.buttons = {icon: Button(icon=icon, kind="flat") for icon in parts}
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 8, 0, 0)
        stack.setSpacing(8)
        for icon, button in self.buttons.items():
            button.setCheckable(True)
            button.clicked.connect(lambda checked, name=icon: self._toggle(name, checked))
            stack.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        stack.addStretch(1)
        QApplication.instance().focusChanged.connect(self._focus_changed)
        theme.manager().changed.connect(self._restyle)
        self._restyle()
        self.hide()
        self.retranslate()

    def retranslate(self) -> None:
        self.buttons["data"].set_name(tr("Data"))
        self.buttons["dense"].set_name(tr("Layers"))

    def _restyle(self) -> None:
        self.setFixedWidth(theme.px(WIDTH))

    def fold(self, folded: bool) -> None:
        """Take the column off its place and show the rail, or hide the rail."""
        self.folded = folded
        self.setVisible(folded)
        if folded:
            self.column.setParent(self.parentWidget())
        self.close_column()

    @property
    def opened(self) -> bool:
        """Whether the column lies open over the network."""
        return self.folded and not self.column.isHidden()

    def _toggle(self, icon: str, opened: bool) -> None:
        if opened:
            self.open_column(icon)
        else:
            self.close_column()

    def open_column(self, icon: str) -> None:
        """Open the column over the network, at one of its parts."""
        for name, button in self.buttons.items():
            button.setChecked(name == icon)
        column, part = self.column, self._parts[icon]
        body = column.widget()
        width = body.minimumSizeHint().width() + column.verticalScrollBar().sizeHint().width()
        at = self.mapTo(self.parentWidget(), QPoint(self.width(), 0))
        column.setGeometry(at.x(), at.y(), width, self.height())
        column.raise_()
        column.show()
        QApplication.sendPostedEvents()
        column.verticalScrollBar().setValue(part.mapTo(body, QPoint(0, 0)).y())
        first = next((w for w in part.findChildren(QWidget) if _takes_focus(w)), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_column(self) -> None:
        """Close the column, if it is open over the network."""
        for button in self.buttons.values():
            with QSignalBlocker(button):
                button.setChecked(False)
        if self.folded:
            self.column.hide()

    def _focus_changed(self, _old: QWidget | None, new: QObject | None) -> None:
        if new is None or not self.opened:
            return
        while new is not None and new not in (self, self.column):
            new = new.parent()
        if new is None:
            self.close_column()


def _takes_focus(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible()
