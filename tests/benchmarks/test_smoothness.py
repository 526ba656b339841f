"""How smooth the window stays while training goes flat out, and what the window costs training.

Run with ``uv run pytest -m benchmark -s tests/benchmarks/test_smoothness.py``. Nothing is asserted
about time: machines differ and are busy.
"""

from __future__ import annotations

import time
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QSettings, Qt, QTimer
from PySide6.QtWidgets import QWidget

from playground.examples import example
from playground.session import Session

REPORT = Path(__file__).parents[2] / "build" / "benchmarks" / "smoothness.md"
SECONDS = 6.0
WARM_UP = 1.5
TICK = 10
"""Milliseconds between the ticks whose gaps are measured."""
FRAME = 0.004
"""Paint events within so many seconds are one picture."""


class Watch(QObject):
    """Counts ticks of a timer, and pictures of the canvas and of the views in sight."""

    def __init__(self, window):
        super().__init__(window)
        self._ticks: list[float] = []
        self._frames: dict[str, set[int]] = defaultdict(set)
        self._names: dict[int, str] = {}
        self._timer = QTimer(self, interval=TICK, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(lambda: self._ticks.append(time.perf_counter()))
        parts = {"canvas": window.canvas} | {view.kind: view for view in window.stage.views()}
        for name, part in parts.items():
            for widget in (part, *part.findChildren(QWidget)):
                self._names[id(widget)] = name
                widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._timer.isActive():
            self._frames[self._names[id(watched)]].add(int(time.perf_counter() / FRAME))
        return False

    def begin(self):
        self._timer.start()

    def end(self) -> str:
        """Return the gaps between ticks, and the pictures a second of each part, in words."""
        self._timer.stop()
        gaps, seconds = 1000 * np.diff(self._ticks), self._ticks[-1] - self._ticks[0]
        assert len(gaps) > 10
        p50, p99 = np.percentile(gaps, [50, 99])
        rates = {name: len(frames) / seconds for name, frames in self._frames.items()}
        drawn = ", ".join(f"{name} {rate:.0f}" for name, rate in sorted(rates.items()))
        self._ticks.clear()
        self._frames.clear()
        return (
            f"ticks p50 {p50:.1f} ms, p99 {p99:.1f} ms, max {gaps.max():.1f} ms; "
            f"pictures a second: {drawn or 'none'}"
        )


def steps_a_second(session, wait):
    """Return the updates a second while `wait` passes some seconds."""
    before, began = session.snapshot().step, time.perf_counter()
    wait(SECONDS)
    return (session.snapshot().step - before) / (time.perf_counter() - began)


def load(session):
    session.wait(lambda snapshot: snapshot.state != "loading" and snapshot.serial > 1, 120)
    session.limit_speed(None)


def speed_without_window(experiment):
    session = Session(experiment)
    try:
        load(session)
        session.play()
        time.sleep(WARM_UP)
        return steps_a_second(session, time.sleep)
    finally:
        session.close()


def use_window(experiment, qtbot, folder):
    """Return the updates a second, and what was watched while training and when idle."""
    from playground.ui.window import Window

    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    window = Window(experiment, None, settings)
    window.show()
    try:
        load(window.session)
        qtbot.waitUntil(lambda: window.stage.complete)
        watch = Watch(window)
        window.session.play()
        qtbot.wait(int(1000 * WARM_UP))
        watch.begin()
        speed = steps_a_second(window.session, lambda seconds: qtbot.wait(int(1000 * seconds)))
        training = watch.end()
        window.session.pause()
        moving = QTimer(window, interval=5)
        moving.timeout.connect(window.canvas.viewport().update)
        moving.start()
        qtbot.wait(int(1000 * WARM_UP))
        watch.begin()
        qtbot.wait(int(1000 * SECONDS / 2))
        moving.stop()
        return speed, training, watch.end()
    finally:
        window.projects.may_discard = lambda: True
        window.close()
        qtbot.wait(1)


@pytest.mark.benchmark
@pytest.mark.parametrize("name", ["xor", "lenet-mnist", "mnist-mlp"])
def test_window_while_training(name, qtbot, tmp_path):
    from playground.ui.app import create_app

    create_app()
    experiment = example(name).but(epochs=1_000_000)
    before = speed_without_window(experiment)
    speed, training, idle = use_window(experiment, qtbot, tmp_path)
    alone = (before + speed_without_window(experiment)) / 2
    lines = (
        f"{name}, training: {training}",
        f"{name}, idle, the canvas painted as often as it can be: {idle}",
        f"{name}: {speed:.0f} updates a second with the window, {alone:.0f} without: "
        f"{speed / alone:.2f}",
    )
    print("", *lines, sep="\n")
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    with REPORT.open("a", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    assert speed > 0
