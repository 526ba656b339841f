"""A view in a dock of its own, with its heading as the bar to move it by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QFrame,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from playground.ui import theme
from playground.ui.i18n import Translated, tr
from playground.ui.terms import explain, explain_at, terms_of
from playground.ui.widgets import Button, Rule, VerticalScroll

if TYPE_CHECKING:
    from playground.ui.views import View


class ViewDock(Translated, QDockWidget):
    """Holds a view, which can be moved, put behind a tab, taken out of the window or closed.

    The view is made when it is first opened or asked for: one with plots takes long.

    Attributes
    ----------
    kind
        The class of the view.
    offered
        Whether the view has something to show for the open experiment.

    Signals
    -------
    made(view)
        The view has just been made.
    sight_changed()
        The view has come into sight or gone out of it.
    maximize()
        The view is to fill the stage, or to go back to its place.
    """

    made = Signal(object)
    sight_changed = Signal()
    maximize = Signal()

    def __init__(self, kind: type[View], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(kind.kind)
        self.kind = kind
        self.offered = True
        self._covered = False
        self._view: View | None = None
        self._bar: _Bar | None = None
        self.setAllowedAreas(
            Qt.DockWidgetArea.RightDockWidgetArea | Qt.DockWidgetArea.BottomDockWidgetArea
        )
        self.visibilityChanged.connect(self._seen)
        explain(self, f"view:{kind.kind}")
        self.retranslate()

    @property
    def view(self) -> View:
        """The view, which is made now if it was not yet."""
        if self._view is None:
            self._view = self.kind()
            self._bar = _Bar(self, self._view)
            self.setTitleBarWidget(self._bar)
            body = QFrame(objectName="results")
            column = QVBoxLayout(body)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(self._view)
            self.setWidget(VerticalScroll(body))
            self.retranslate()
            self.made.emit(self._view)
        return self._view

    @property
    def is_made(self) -> bool:
        """Whether the view has been made."""
        return self._view is not None

    def setVisible(self, visible: bool) -> None:
        """Make the view before it shows."""
        if visible:
            self.view  # noqa: B018
        super().setVisible(visible)

    @property
    def in_sight(self) -> bool:
        """Whether the view shows: neither closed nor behind another tab."""
        return not self.isHidden() and not self._covered

    @property
    def is_fixed(self) -> bool:
        """Whether more height than it asks for is of no use to the view."""
        return self.view.sizePolicy().verticalPolicy() == QSizePolicy.Policy.Maximum

    def wish(self, width: int) -> int:
        """Return the height at which, so wide, the whole view shows without scrolling."""
        height = self.view.height_at(width)
        return self.titleBarWidget().sizeHint().height() + height

    def least(self) -> int:
        """Return the height below which the view would scroll."""
        return self.titleBarWidget().sizeHint().height() + self.view.minimumSizeHint().height()

    def _seen(self, visible: bool) -> None:
        self._covered = not visible and not self.isHidden()
        self.sight_changed.emit()

    def toggle_floating(self) -> None:
        """Take the view out of the window as one of its own, or back."""
        self.setFloating(not self.isFloating())

    def menu(self) -> QMenu:
        """Return what can be done with the view."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        floats = tr("Back into the window") if self.isFloating() else tr("Own window")
        menu.addAction(floats, self.toggle_floating)
        menu.addAction(tr("Fill the window, or go back"), self.maximize.emit)
        menu.addAction(tr("Close"), self.close)
        if terms_of(self)[1]:
            menu.addAction(tr("What's this?"), self._explain)
        return menu

    def _explain(self) -> None:
        bar = self.titleBarWidget()
        corner = bar.mapToGlobal(bar.rect().bottomLeft())
        explain_at(terms_of(self)[1], corner, self.window())

    def retranslate(self) -> None:
        title = tr(self.kind.label)
        self.setWindowTitle(title)
        if self._bar is not None:
            self._bar.more.set_name(tr("What to do with {view}", view=title))


class _Bar(QFrame):
    """The heading of the view, and a button with what can be done with it."""

    def __init__(self, dock: ViewDock, view: View) -> None:
        super().__init__(dock, objectName="results")
        self._dock = dock
        self.more = Button(icon="grip", kind="flat")
        self.more.clicked.connect(self._open_menu)
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 4, 0)
        row.setSpacing(4)
        row.addWidget(view.heading, 1)
        row.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule())
        column.addLayout(row)
        view.heading.installEventFilter(self)
        theme.manager().changed.connect(self.updateGeometry)

    def _open_menu(self) -> None:
        self._dock.menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let a double click anywhere on the bar fill the stage with the view."""
        if event.type() == QEvent.Type.MouseButtonDblClick:
            self._dock.maximize.emit()
            return True
        return super().eventFilter(watched, event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._dock.maximize.emit()
