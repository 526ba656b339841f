"""A window that is closed leaves nothing behind, whatever a person did in it."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import SIGNAL, QEvent, QObject, QPoint, QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from playground.examples import example
from playground.ui import theme
from playground.ui.downloads import Download
from playground.ui.i18n import languages
from playground.ui.terms import open_glossary
from playground.ui.window import Window

PARTS = (
    *("document", "session", "transport", "data_panel", "palette_list", "header", "canvas"),
    *("inspector", "stage", "troubles", "projects", "data_files", "projector", "microscope"),
    *("frame", "menus", "notices", "status", "devices"),
)


def free():
    """Let Qt delete what is to be deleted later, then let Python free what nobody refers to."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


def living(kind: type[QObject]) -> int:
    # Some objects of PyTorch answer `isinstance` with a warning.
    return sum(issubclass(type(one), kind) for one in gc.get_objects())


def left() -> dict[str, object]:
    """Count what a window could leave in the process."""
    changed = SIGNAL("changed()")
    return {
        "widgets": len(QApplication.allWidgets()),
        "timers": living(QTimer),
        "threads": threading.active_count(),
        "followers of the theme": theme.manager().receivers(changed),
        "followers of the language": languages().receivers(changed),
    }


def train(window: Window, qtbot) -> None:
    window.session.step("epoch")
    wanted = window.stage.probes(window.document.experiment)
    qtbot.waitUntil(lambda: wanted <= set(window.session.snapshot().answers), timeout=60_000)
    window.tick()


def open_every_view(window: Window) -> None:
    for dock in window.stage.docks():
        window.stage.open_view(dock.objectName())
        QApplication.processEvents()
        menu = dock.menu()
        menu.popup(QPoint())
        menu.close()


def go_through_by_keyboard(window: Window) -> None:
    window.activateWindow()
    for _ in range(30):
        QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)


def open_every_mode(window: Window) -> None:
    window.microscope.open()
    window.tick()
    window.projector.toggle()
    window.tick()
    QApplication.processEvents()
    window.projector.toggle()
    open_glossary(window)
    window.findChild(QDialog).close()
    window.toggle_language()
    window.toggle_theme()
    QApplication.processEvents()


def used_and_closed(name: str, qtbot, settings: QSettings) -> dict[str, weakref.ref[object]]:
    """Use a window as a person does, and close it; refer weakly to all its parts."""
    window = Window(example(name), None, settings)
    window.show()
    qtbot.waitUntil(lambda: window.stage.complete)
    qtbot.waitUntil(lambda: window._serial >= 1, timeout=60_000)
    open_every_view(window)
    train(window, qtbot)
    go_through_by_keyboard(window)
    open_every_mode(window)
    parts = {part: getattr(window, part) for part in PARTS} | {"window": window}
    if window.microscope.mode is not None:
        parts["opened microscope"] = window.microscope.mode
    for dock in window.stage.docks():
        parts |= {f"dock of {dock.objectName()}": dock, dock.objectName(): dock.view}
    assert window.close()
    window.deleteLater()
    return {name: weakref.ref(part) for name, part in parts.items()}


@pytest.mark.parametrize("name", ["xor", "vds-lstm"])
def test_a_closed_window_is_freed_with_all_its_parts(name, qtbot, tmp_path):
    free()
    before = left()
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    parts = used_and_closed(name, qtbot, settings)
    free()
    assert [part for part, refer in parts.items() if refer() is not None] == []
    assert left() == before


def test_a_download_ends_with_its_panel():
    started = threading.Event()

    def fetch(progress, cancelled):
        started.set()
        while not cancelled():
            progress(0, 1, "images")

    panel = QObject()
    download = Download(fetch, panel)
    download.start()
    assert started.wait(10)
    thread = download._thread
    panel.deleteLater()
    free()
    thread.join(10)
    assert not thread.is_alive()
