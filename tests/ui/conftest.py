"""Qt without a screen; no window left, and theme, scale and language as they were, after a test."""

import os

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QMainWindow

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def dressed(qapp):
    """Dress the application as the program does."""
    from playground.ui import i18n, theme

    manager = theme.manager()
    if not qapp.styleSheet():
        manager.apply(qapp)
    yield manager
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # no event loop runs that would do it
    manager.set_theme("light")
    manager.set_scale(1.0)
    i18n.set_language("en")
    left = [one for one in qapp.topLevelWidgets() if isinstance(one, QMainWindow)]
    assert not left, f"windows left, which would follow every switch of the theme: {left}"


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


@pytest.fixture
def show(qtbot):
    """Show a canvas for an experiment, by default for XOR."""
    from engine.activations import Softmax
    from engine.experiment import Experiment
    from engine.graph import Graph
    from engine.layers.dense import Dense
    from engine.tasks.points import Points
    from playground.ui.canvas import Canvas
    from playground.ui.document import Document

    xor = Experiment(Points(), Graph.chain(Dense(4), Dense(2, Softmax())))

    shown = []

    def show(experiment=xor):
        canvas = Canvas(Document(experiment), animate=False)
        qtbot.addWidget(canvas)
        canvas.resize(900, 560)
        canvas.show()
        shown.append(canvas)
        return canvas

    yield show
    for canvas in shown:  # the garbage collector may delete edits before their stack
        canvas.document.undo_stack.clear()


@pytest.fixture
def trained():
    """Return the snapshot of an experiment after a short training, with answers for a canvas."""
    from playground.session import Session

    sessions = []

    def trained(canvas):
        session = Session(canvas.document.experiment)
        sessions.append(session)
        wanted = canvas.probes(canvas.document.experiment)
        session.want(wanted)
        session.step("epoch")
        return session.wait(
            lambda s: s.state in ("paused", "finished") and s.epoch and wanted <= set(s.answers)
        )

    yield trained
    for session in sessions:
        session.close()


@pytest.fixture
def open_window(qtbot, tmp_path):
    """Open windows on experiments; close them, whatever is unsaved, when the test is over."""
    from PySide6.QtCore import QSettings

    from playground.examples import example
    from playground.ui.window import Window

    def discard(window):
        window.projects.may_discard = lambda: True

    def open_one(experiment=None, checkpoint=None):
        settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
        window = Window(experiment or example("xor"), checkpoint, settings)
        window.canvas.animate = False
        qtbot.addWidget(window, before_close_func=discard)
        window.show()
        qtbot.waitUntil(lambda: window.stage.complete)
        qtbot.waitUntil(
            lambda: window._serial >= 1 and window.session.snapshot().state != "loading",
            timeout=60_000,  # the digits are made when they are first asked for
        )
        return window

    return open_one
