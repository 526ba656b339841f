"""What the keys do on the canvas."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from playground.ui.canvas.view import Canvas

_NONE = Qt.KeyboardModifier.NoModifier
_ALT = Qt.KeyboardModifier.AltModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_WIRES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
NUDGE = 8
"""Pixels by which a key moves a card; with Shift it is one."""


def pressed(canvas: Canvas, event: QKeyEvent) -> bool:
    """Do what a key stands for; return whether it stands for anything."""
    key, modifiers = Qt.Key(event.key()), event.modifiers()
    # Plus needs Shift on most keyboards, and the number pad says that it is one.
    modifiers &= ~Qt.KeyboardModifier.KeypadModifier
    if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    known = _commands(canvas)
    if modifiers == _NONE and canvas.magnifier.pressed(key):
        return True
    if key == Qt.Key.Key_Escape and (canvas.pointer.dragging or canvas.wiring.active):
        canvas.pointer.cancel()
        canvas.wiring.cancel()
        canvas.show_selection()
    elif key in _STEPS and modifiers == _NONE:
        canvas.keyboard = True
        canvas.commands.select_neighbour(_STEPS[key])
    elif key in _STEPS and modifiers == _SHIFT:
        canvas.keyboard = True
        canvas.commands.extend(_STEPS[key])
    elif key in _STEPS and modifiers == _ALT:
        canvas.commands.move(_STEPS[key])
    elif key in _WAYS and modifiers in (_CONTROL, _CONTROL | _SHIFT):
        step = 1 if modifiers & _SHIFT else NUDGE
        canvas.commands.nudge(*(step * way for way in _WAYS[key]))
    elif key in _WIRES and modifiers == _NONE:
        canvas.commands.select_wire(_WIRES[key])
    elif (modifiers, key) in known:
        known[modifiers, key]()
    else:
        return False
    return True


def _commands(canvas: Canvas) -> dict[tuple[Qt.KeyboardModifier, Qt.Key], Callable[[], object]]:
    keys, does = Qt.Key, canvas.commands
    return {
        (_NONE, keys.Key_Delete): does.delete,
        (_NONE, keys.Key_Backspace): does.delete,
        (_NONE, keys.Key_F2): does.rename,
        (_NONE, keys.Key_Return): does.enter,
        (_NONE, keys.Key_Enter): does.enter,
        (_CONTROL, keys.Key_A): does.select_all,
        (_CONTROL, keys.Key_B): does.bypass,
        (_CONTROL, keys.Key_C): does.copy,
        (_CONTROL, keys.Key_X): does.cut,
        (_CONTROL, keys.Key_V): does.paste,
        (_CONTROL, keys.Key_D): does.duplicate,
        (_CONTROL, keys.Key_F): does.find,
        (_CONTROL, keys.Key_G): does.group,
        (_CONTROL | _SHIFT, keys.Key_G): does.ungroup,
        (_CONTROL, keys.Key_J): does.wire,
        (_CONTROL, keys.Key_L): does.insert,
        (_CONTROL | _SHIFT, keys.Key_L): does.freeze,
        (_CONTROL, keys.Key_T): does.tidy,
        (_CONTROL, keys.Key_Plus): canvas.zoom_in,
        (_CONTROL, keys.Key_Equal): canvas.zoom_in,
        (_CONTROL, keys.Key_Minus): canvas.zoom_out,
        (_CONTROL, keys.Key_0): canvas.fit,
    }
