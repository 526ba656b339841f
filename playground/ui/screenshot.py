"""Pictures without a screen: the whole window, and the curves of a run."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEvent, QEventLoop, QSettings
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout

from engine.checkpoint import Checkpoint
from engine.errors import DataError
from engine.experiment import Experiment
from engine.history import Table
from playground.display import Look
from playground.ui import theme
from playground.ui.app import create_app
from playground.ui.i18n import set_language
from playground.ui.microscope.opener import why_not
from playground.ui.projector import DESIGNED_HEIGHT, SCALE
from playground.ui.window import Window

LOADING = 600.0
"""Seconds that reading data and training may take."""

ENDED = ("invalid", "failed", "diverged")
"""States in which no epoch follows; the picture shows why."""


def draw_window(
    experiment: Experiment, checkpoint: Checkpoint | None, output: Path, look: Look
) -> None:
    """Train in a real window and save its picture."""
    if look.select:
        experiment.graph[look.select]  # which says so where there is no such layer
    app = create_app()
    theme.manager().set_theme(look.theme)
    set_language(look.language)
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat)
        window = Window(experiment, checkpoint, settings)
        try:
            window.canvas.animate = False
            window.resize(*look.size)
            window.show()
            window.finish()
            if look.select:
                window.document.select(look.select)
            _train(window, look.epochs)
            _settle(window, app)
            if look.projector:
                _project(window, look)
            if look.microscope:
                _magnify(window, look)
            if look.projector or look.microscope:
                _settle(window, app)
                window.canvas.fit()
            if not window.grab().save(str(output)):
                raise DataError(
                    "The picture cannot be written to {file}; choose another place.", file=output
                )
        finally:
            window.projector.leave()
            window.projects.may_discard = lambda: True  # type: ignore[method-assign]
            window.close()
            window.deleteLater()
            app.sendPostedEvents(window, QEvent.Type.DeferredDelete)  # no event loop runs


def _project(window: Window, look: Look) -> None:
    """Enter the projector mode as on a screen of the size of the picture."""
    window.projector.enter()
    theme.manager().set_theme(look.theme)
    theme.manager().set_scale(SCALE * look.size[1] / DESIGNED_HEIGHT)
    window.showNormal()  # a screen that nobody sees may be smaller than the picture
    QApplication.processEvents()
    window.resize(*look.size)
    QApplication.processEvents()
    window.projector.arrange()
    window.projector.strip.hide()


def _magnify(window: Window, look: Look) -> None:
    """Look at the selected layer through the microscope."""
    reason = why_not(window.document.experiment)
    if reason:
        raise DataError("{reason}", reason=reason)
    window.microscope.open()
    if window.microscope.mode is not None:
        window.microscope.mode.steps.set_value(look.microscope)


def _train(window: Window, epochs: int | None) -> None:
    session = window.session
    session.limit_speed(None)
    session.wait(
        lambda snapshot: snapshot.state not in ("loading",) and snapshot.serial > 1, LOADING
    )
    if epochs is None:
        session.play()
        session.wait(lambda snapshot: snapshot.state in ("finished", *ENDED), LOADING)
        return
    for epoch in range(epochs):
        if session.snapshot().state in ENDED:
            return
        session.step("epoch")
        session.wait(
            lambda snapshot, done=epoch: (
                snapshot.state in ENDED or (snapshot.epoch > done and snapshot.state != "running")
            ),
            LOADING,
        )


def _settle(window: Window, app: QApplication) -> None:
    """Let the window draw until it shows the last snapshot with all answers."""
    deadline = QDeadlineTimer(5000)
    while not deadline.hasExpired():
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        wanted = window.canvas.probes(window.document.experiment)
        wanted |= window.microscope.probes(window.document.experiment)
        snapshot = window.session.snapshot()
        if all(probe in snapshot.answers for probe in wanted) and snapshot.state != "running":
            break
    for _ in range(5):
        window.tick()
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def draw_curves(history: Table, folder: Path) -> list[Path]:
    """Draw loss and metrics of a run as PNG files; return their paths."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    create_app()
    prefix = "training_"
    return [
        _draw_curve(history, column.removeprefix(prefix), folder)
        for column in history.columns
        if column.startswith(prefix)
    ]


def _draw_curve(history: Table, name: str, folder: Path) -> Path:
    from playground.ui.plots import TRAINING, VALIDATION, Chart

    chart = Chart(name.capitalize() if len(name) > 4 or name == "loss" else name.upper())
    for part, style in (("training", TRAINING), ("validation", VALIDATION)):
        chart.add_curve(part, part, style)
        chart.set_curve(part, history["epoch"], history[f"{part}_{name}"])
    paper = QFrame(objectName="results")
    QVBoxLayout(paper).addWidget(chart)
    paper.resize(720, 400)
    path = folder / f"{name}.png"
    if not paper.grab().save(str(path)):
        raise DataError("{file} cannot be written; choose another folder.", file=path)
    return path
