"""How much room a layout gives a widget."""

from PySide6.QtWidgets import QWidget


def room(widget: QWidget) -> int:
    """Return the width that a widget would like within its limits, also while it is hidden."""
    hint = widget.sizeHint().expandedTo(widget.minimumSize()).boundedTo(widget.maximumSize())
    return hint.width()
