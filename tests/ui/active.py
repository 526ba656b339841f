"""A widget in an active window, as a person has it before them."""


def show(qtbot, widget):
    """Show a widget until the test ends."""
    qtbot.addWidget(widget)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    return widget
