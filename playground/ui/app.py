"""The application: one window, dressed in theme and language as the user left them."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from engine.errors import EngineError
from playground.terminal import find_experiment
from playground.ui import theme
from playground.ui.i18n import LANGUAGES, set_language
from playground.ui.projects import saved_step
from playground.ui.window import Window

DEFAULT_EXAMPLE = "xor"
SWITCH = 0.001
"""Seconds for which training may keep Python's lock while the screen waits for it."""


def create_app() -> QApplication:
    """Return the application, made and dressed on the first call."""
    sys.setswitchinterval(SWITCH)
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("playground")
    app.setOrganizationName("neural-playground")
    app.setApplicationDisplayName("Neural Playground")
    theme.manager().apply(app)
    return app


def settings() -> QSettings:
    """Return what the user chose: language, theme, recent files."""
    return QSettings(
        QSettings.Format.IniFormat,
        QSettings.Scope.UserScope,
        "neural-playground",
        "playground",
    )


def run(name: str | None) -> int:
    """Open the window on a file or example and stay until it is closed."""
    app = create_app()
    chosen = settings()
    theme.manager().set_theme(str(chosen.value("theme", "system")))
    language = str(chosen.value("language", ""))
    set_language(language if language in LANGUAGES else _system_language())
    error: EngineError | None = None
    try:
        _, project = find_experiment(name or DEFAULT_EXAMPLE)
    except EngineError as refused:
        error = refused
        _, project = find_experiment(DEFAULT_EXAMPLE)
    window = Window(project.experiment, project.checkpoint, settings())
    if name and not error and name.endswith(".nnp"):
        window.projects.adopt_path(Path(name), saved_step(project.checkpoint))
    if error is not None:
        window.troubles.show_error(error)
    window.show()
    return app.exec()


def _system_language() -> str:
    from PySide6.QtCore import QLocale

    korean = QLocale.system().language() == QLocale.Language.Korean
    return "ko" if korean else "en"
