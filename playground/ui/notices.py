"""Quiet notices: nothing modal, one sentence each.

`NoticeBoard(status_bar)` is a widget to put above the canvas; it is invisible while it has nothing
to say. `say(text)` writes into the status bar for 6 s. `post(level, text, actions, key)` shows a
banner that stays until it is closed, answered or `withdraw(key)` is called; a banner replaces an
older one of the same key.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QStatusBar, QVBoxLayout, QWidget

from playground.ui import theme
from playground.ui.i18n import tr
from playground.ui.widgets.buttons import Button
from playground.ui.widgets.labels import Label, Picture

_STATUS_MS = 6000
_MOST = 2  # older banners give way, so that the canvas keeps its room
_ICONS = {"info": ("info", "ink2"), "warn": ("warn", "warn"), "error": ("err", "err")}


class Action(NamedTuple):
    """What a button of a banner says and does; it also closes the banner."""

    text: str
    run: Callable[[], object]


class Banner(QFrame):
    """One sentence with an icon, up to two buttons and a close button."""

    closed = Signal()

    def __init__(
        self, level: str, text: str, actions: Sequence[Action] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setProperty("level", level)
        self.setAccessibleName(text)
        self.text = Label(text, wrap=True)
        close = Button(icon="close", kind="flat", name=tr("Close"))
        close.clicked.connect(self.closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        row.setSpacing(8)
        row.addWidget(Picture(*_ICONS[level]))
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.addLayout(self._body, 1)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._body.addWidget(self.text, 1)
        self._buttons = QHBoxLayout()
        self._body.addLayout(self._buttons)
        for place, action in enumerate(actions[:2]):
            button = Button(action.text, kind="small" if place else "filled")
            button.clicked.connect(lambda _=False, run=action.run: self._answer(run))
            self._buttons.addWidget(button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons under the sentence where both do not fit side by side."""
        sentence = self.text.fontMetrics().horizontalAdvance(self.text.text())
        wide = sentence + self._buttons.sizeHint().width() + theme.px(110) <= self.width()
        side, under = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._body.setDirection(side if wide else under)
        self._buttons.setAlignment(Qt.AlignmentFlag.AlignLeft)
        super().resizeEvent(event)

    def _answer(self, run: Callable[[], object]) -> None:
        self.closed.emit()
        run()


class NoticeBoard(QWidget):
    """The place of the banners, and the way to the status bar."""

    def __init__(self, status_bar: QStatusBar | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._status_bar = status_bar
        self._banners: dict[str, Banner] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 12, 8)
        self._column.setSpacing(6)
        self.hide()

    def say(self, text: str) -> None:
        """Write into the status bar for 6 s."""
        if self._status_bar is not None:
            self._status_bar.showMessage(text, _STATUS_MS)

    def post(self, level: str, text: str, actions: Sequence[Action] = (), key: str = "") -> Banner:
        """Show a banner of level "info", "warn" or "error"; `key` defaults to the text."""
        key = key or text
        self.withdraw(key)
        while len(self._banners) >= _MOST:
            self.withdraw(next(iter(self._banners)))
        banner = Banner(level, text, actions, self)
        banner.closed.connect(lambda: self.withdraw(key))
        self._banners[key] = banner
        self._column.addWidget(banner)
        self.show()
        return banner

    def withdraw(self, key: str) -> None:
        """Take a banner away, if it is there."""
        banner = self._banners.pop(key, None)
        if banner is not None:
            self._column.removeWidget(banner)
            banner.hide()
            banner.deleteLater()
        self.setVisible(bool(self._banners))

    def banners(self) -> list[str]:
        """Return the keys of the banners in sight, oldest first."""
        return list(self._banners)
