"""Tab through the window as it is read, whatever was made or moved when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QWidget,
)

if TYPE_CHECKING:
    from playground.ui.window import Window


def tab_stops(window: Window) -> list[QWidget]:
    """Return what Tab visits: menu corner, transport, data, layers, network, inspector, results."""
    if window.microscope.is_open:
        return [*_stops(window.menus.corner), *_stops(window.microscope.mode)]
    transport = sorted(_stops(window.transport), key=lambda w: w.mapTo(window, QPoint()).x())
    parts: list[QWidget] = [window.frame.rail, window.data_panel, window.palette_list]
    parts += [window.header, window.notices]
    parts += [window.canvas, window.inspector]
    docks = sorted(window.stage.docks(), key=lambda dock: _place(dock, window))
    return [
        *_stops(window.menus.corner),
        *transport,
        *(stop for part in [*parts, *docks] for stop in _stops(part)),
    ]


def _place(part: QWidget, window: Window) -> tuple[int, int]:
    """Return what orders docks: those below the network first, then from top to bottom."""
    at = part.mapTo(window, QPoint())
    return at.x(), at.y()


def _stops(part: QWidget) -> list[QWidget]:
    window = part.window()
    return [
        widget
        for widget in [part, *part.findChildren(QWidget)]
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.isEnabled()
        and widget.window() is window
        and not _is_inside(widget)
        and not _skipped(widget)
    ]


def _is_inside(widget: QWidget) -> bool:
    """Return whether the keyboard goes to the parent: a viewport, the field of a combo box.

    `focusProxy` would tell, but PySide keeps alive what it returns, and with it a closed window.
    """
    parent = widget.parentWidget()
    if isinstance(parent, QAbstractScrollArea):
        return parent.viewport() is widget
    return isinstance(parent, QComboBox | QAbstractSpinBox)


def _skipped(widget: QWidget) -> bool:
    """Return whether arrow keys lead here from the chosen button of the same group."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    if group is None or not group.exclusive() or group.checkedButton() is None:
        return False
    return group.checkedButton() is not widget


def walk(window: Window, forward: bool) -> bool:
    """Give the keyboard to the next or the previous stop; return whether there is one."""
    stops = tab_stops(window)
    focus = QApplication.focusWidget()
    while focus is not None and focus not in stops:
        focus = focus.parentWidget()
    if not stops:
        return False
    at = stops.index(focus) if focus in stops else -1 if forward else 0
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    stops[(at + (1 if forward else -1)) % len(stops)].setFocus(reason)
    return True
