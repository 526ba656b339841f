"""Qt without a screen, and the theme, scale and language back to their defaults after each test."""

import os

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def dressed(qapp):
    """Dress the application as the program does."""
    from playground.ui import i18n, theme

    manager = theme.manager()
    if not qapp.styleSheet():
        manager.apply(qapp)
    yield manager
    manager.set_theme("light")
    manager.set_scale(1.0)
    i18n.set_language("en")


@pytest.fixture
def qtbot(qtbot, monkeypatch):
    """Keep the widgets of a test alive until pytest-qt has closed them.

    pytest-qt refers to them weakly; once the test function returns, the garbage collector may
    delete a plot in the middle of its own paint event.
    """
    kept = []
    add = qtbot.addWidget
    monkeypatch.setattr(
        qtbot, "addWidget", lambda widget, **options: (kept.append(widget), add(widget, **options))
    )
    yield qtbot
    kept.clear()
