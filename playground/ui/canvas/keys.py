"""What the keys do on the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from playground.ui.canvas.view import Canvas

_NONE = Qt.KeyboardModifier.NoModifier
_ALT = Qt.KeyboardModifier.AltModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


def pressed(canvas: Canvas, event: QKeyEvent) -> bool:
    """Do what a key stands for; return whether it stands for anything."""
    key, modifiers = Qt.Key(event.key()), event.modifiers()
    # Plus needs Shift on most keyboards, and the number pad says that it is one.
    modifiers &= ~Qt.KeyboardModifier.KeypadModifier
    if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    actions = {
        (_NONE, Qt.Key.Key_Delete): canvas.delete_selected,
        (_NONE, Qt.Key.Key_Backspace): canvas.delete_selected,
        (_NONE, Qt.Key.Key_F2): canvas.rename_selected,
        (_CONTROL, Qt.Key.Key_D): canvas.duplicate_selected,
        (_CONTROL, Qt.Key.Key_Plus): canvas.zoom_in,
        (_CONTROL, Qt.Key.Key_Equal): canvas.zoom_in,
        (_CONTROL, Qt.Key.Key_Minus): canvas.zoom_out,
        (_CONTROL, Qt.Key.Key_0): canvas.fit,
    }
    if key == Qt.Key.Key_Escape and canvas.pointer.dragging:
        canvas.pointer.cancel()
    elif key in _STEPS and modifiers == _NONE:
        canvas.keyboard = True
        canvas.select_neighbour(_STEPS[key])
    elif key in _STEPS and modifiers == _ALT:
        canvas.move_selected(_STEPS[key])
    elif (modifiers, key) in actions:
        actions[modifiers, key]()
    else:
        return False
    return True
