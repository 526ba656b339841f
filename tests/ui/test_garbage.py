"""Widgets are never freed by another thread."""

import gc
import threading

from PySide6.QtWidgets import QWidget

from playground.examples import example
from playground.session import Session
from playground.ui import window as window_module
from playground.ui.garbage import GarbageCollector

freed = []


class Circular(QWidget):
    """A widget that only the collector frees; it notes in which thread that was."""

    def __init__(self):
        super().__init__()
        self.myself = self

    def __del__(self):
        freed.append(threading.current_thread().name)


def test_circles_are_freed_in_this_thread_while_a_network_trains(open_window, qtbot):
    window = open_window(example("xor"))
    window.session.limit_speed(None)
    window.session.play()
    freed.clear()
    for _ in range(20):
        Circular()
    start = window.session.snapshot().step
    qtbot.waitUntil(lambda: window.session.snapshot().step > start + 3000, timeout=30_000)
    assert not gc.isenabled()
    gc.collect()
    assert freed == [threading.main_thread().name] * 20


def test_no_thread_begins_before_the_collector_is_kept_to_this_one(open_window, monkeypatch):
    enabled = []

    class Watched(Session):
        def __init__(self, *args):
            enabled.append(gc.isenabled())
            super().__init__(*args)

    monkeypatch.setattr(window_module, "Session", Watched)
    open_window(example("xor"))
    assert enabled == [False]


def test_the_collector_runs_from_the_timer(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    collector = GarbageCollector(parent)
    rounds = gc.get_stats()[0]["collections"]
    kept = [[] for _ in range(5000)]
    qtbot.waitUntil(lambda: gc.get_stats()[0]["collections"] > rounds)
    assert len(kept) == 5000
    collector.stop()
    assert gc.isenabled()


def test_nothing_is_freed_while_all_widgets_are_styled(qapp, dressed, monkeypatch):
    """Qt walks through all widgets then, and would crash."""
    style, collects = qapp.setStyleSheet, []

    def watched(sheet):
        collects.append(gc.isenabled())
        style(sheet)

    monkeypatch.setattr(qapp, "setStyleSheet", watched)
    gc.enable()
    dressed.set_theme("dark")
    assert collects and not any(collects)
    assert gc.isenabled()
