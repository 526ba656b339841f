"""How smooth the window stays while training goes flat out, and what the window costs training.

Run with ``uv run pytest -m benchmark -s tests/benchmarks/test_smoothness.py``. Nothing is asserted
about time: machines differ and are busy.
"""

from __future__ import annotations

import time
from collections import Counter
from contextlib import contextmanager, nullcontext
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QSettings, Qt, QTimer
from PySide6.QtWidgets import QWidget

from playground.examples import example
from playground.session import Session

REPORT = Path(__file__).parents[2] / "build" / "benchmarks" / "smoothness.md"
ROUNDS = 40
SECONDS = 0.4
WARM_UP = 0.15
"""Short turns, as a machine's speed changes from second to second."""
TICK = 10
"""Milliseconds between the ticks whose gaps are measured."""


def picture(part: QWidget) -> QWidget:
    """Return the largest widget of a part; to watch all would cost as much as to paint them."""
    single = [one for one in part.findChildren(QWidget) if not one.findChildren(QWidget)]
    return max(single, key=lambda one: one.width() * one.height())


class Watch(QObject):
    """Counts ticks of a timer, and, at other times, pictures of the canvas and of live views."""

    def __init__(self, window):
        super().__init__(window)
        self._gaps: list[float] = []
        self._seconds = 0.0
        self._frames: Counter[str] = Counter()
        parts = {view.kind: view for view in window.stage.views() if view.lively}
        self._names = {picture(part): name for name, part in parts.items()}
        self._names[window.canvas.viewport()] = "canvas"

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._frames[self._names[watched]] += 1
        return False

    @contextmanager
    def pictures(self):
        """Count the pictures that are painted meanwhile."""
        began = time.perf_counter()
        for widget in self._names:
            widget.installEventFilter(self)
        yield
        for widget in self._names:
            widget.removeEventFilter(self)
        self._seconds += time.perf_counter() - began

    @contextmanager
    def ticks(self):
        """Measure the gaps between the ticks of a timer meanwhile."""
        ticks: list[float] = []
        timer = QTimer(self, interval=TICK, timerType=Qt.TimerType.PreciseTimer)
        timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
        timer.start()
        yield
        timer.stop()
        self._gaps += [1000 * gap for gap in np.diff(ticks)]

    def told(self) -> str:
        """Return the gaps between ticks, and the pictures a second of each part, and begin anew."""
        assert len(self._gaps) > 10
        p50, p99 = np.percentile(self._gaps, [50, 99])
        rates = {name: count / self._seconds for name, count in self._frames.items()}
        drawn = ", ".join(f"{name} {rate:.0f}" for name, rate in sorted(rates.items()))
        told = (
            f"ticks p50 {p50:.1f} ms, p99 {p99:.1f} ms, max {max(self._gaps):.1f} ms; "
            f"pictures a second: {drawn or 'none'}"
        )
        self._gaps, self._seconds = [], 0.0
        self._frames.clear()
        return told


def steps_a_second(session, wait):
    """Return the updates a second while `wait` passes some seconds."""
    before, began = session.snapshot().step, time.perf_counter()
    wait(SECONDS)
    return (session.snapshot().step - before) / (time.perf_counter() - began)


def load(session):
    session.wait(lambda snapshot: snapshot.state != "loading" and snapshot.serial > 1, 120)
    session.limit_speed(None)


def train_a_while(session, wait, watch=None):
    """Return the updates a second of a session that trains for some seconds.

    The timer that ticks needs Python's lock as well, so it does so later.
    """
    session.play()
    wait(WARM_UP)
    with watch.pictures() if watch else nullcontext():
        speed = steps_a_second(session, wait)
    if watch is not None:
        with watch.ticks():
            wait(SECONDS)
    session.pause()
    session.wait(lambda snapshot: snapshot.state != "running")
    return speed


@pytest.fixture
def window(request, qtbot, tmp_path):
    """Open a window on an example; close it without a question."""
    from playground.ui.app import create_app
    from playground.ui.window import Window

    create_app()
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    window = Window(example(request.param).but(epochs=1_000_000), None, settings)
    window.show()
    load(window.session)
    qtbot.waitUntil(lambda: window.stage.complete)
    yield window
    window.projects.may_discard = lambda: True
    window.close()
    qtbot.wait(1)


@pytest.fixture
def alone(window):
    """Return a session that trains what the window trains, without a window."""
    session = Session(window.document.experiment)
    load(session)
    yield session
    session.close()


def idle(window, watch, wait):
    """Paint the canvas as often as it can be, and return what was watched."""
    moving = QTimer(window, interval=5)
    moving.timeout.connect(window.canvas.viewport().update)
    moving.start()
    wait(WARM_UP)
    with watch.pictures(), watch.ticks():
        wait(SECONDS)
    moving.stop()
    return watch.told()


@pytest.mark.benchmark
@pytest.mark.parametrize("window", ["xor", "lenet-mnist", "mnist-mlp"], indirect=True)
def test_window_while_training(window, alone, qtbot, request):
    """Train with the window and without in turn: a machine's speed changes from time to time."""

    def wait(seconds):
        qtbot.wait(int(1000 * seconds))

    name = request.node.callspec.params["window"]
    watch, speeds = Watch(window), []
    for _ in range(ROUNDS):
        with_it = train_a_while(window.session, wait, watch)
        wait(WARM_UP)  # what is measured exactly once training rests
        speeds.append((with_it, train_a_while(alone, time.sleep)))
    training = watch.told()
    with_it, without = np.mean(speeds, axis=0)
    lines = (
        f"{name}, training: {training}",
        f"{name}, idle, the canvas painted as often as it can be: {idle(window, watch, wait)}",
        f"{name}: {with_it:.0f} updates a second with the window, {without:.0f} without: "
        f"{with_it / without:.2f}",
    )
    print("", *lines, sep="\n")
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    with REPORT.open("a", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    assert with_it > 0
