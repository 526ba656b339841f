"""How smooth the window stays while training goes flat out, and what the window costs training.

Run with ``uv run pytest -m benchmark -s tests/benchmarks/test_smoothness.py``. Nothing is asserted
about time: machines differ and are busy.
"""

import time
from pathlib import Path

import numpy as np
import pytest

from playground.examples import example
from playground.session import Session

REPORT = Path(__file__).parents[2] / "build" / "benchmarks" / "smoothness.md"
SECONDS = 6.0
WARM_UP = 1.5
TICK = 10
"""Milliseconds between the ticks whose gaps are measured."""


def steps_a_second(session, wait):
    """Return the updates a second while `wait` passes some seconds."""
    before, began = session.snapshot().step, time.perf_counter()
    wait(SECONDS)
    return (session.snapshot().step - before) / (time.perf_counter() - began)


def begin(session):
    session.wait(lambda snapshot: snapshot.state != "loading" and snapshot.serial > 1, 120)
    session.limit_speed(None)
    session.play()


def speed_without_window(experiment):
    session = Session(experiment)
    try:
        begin(session)
        time.sleep(WARM_UP)
        return steps_a_second(session, time.sleep)
    finally:
        session.close()


def speed_and_gaps_with_window(experiment, qtbot, folder):
    """Return the updates a second, and the gaps between ticks in ms."""
    from PySide6.QtCore import QSettings, Qt, QTimer

    from playground.ui.window import Window

    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    window = Window(experiment, None, settings)
    window.show()
    ticks = []
    timer = QTimer(window, interval=TICK, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    try:
        begin(window.session)
        qtbot.wait(int(1000 * WARM_UP))
        timer.start()
        speed = steps_a_second(window.session, lambda seconds: qtbot.wait(int(1000 * seconds)))
    finally:
        timer.stop()
        window.projects.may_discard = lambda: True
        window.close()
        qtbot.wait(1)
    return speed, 1000 * np.diff(ticks)


@pytest.mark.benchmark
@pytest.mark.parametrize("name", ["xor", "mnist-mlp"])
def test_window_while_training(name, qtbot, tmp_path):
    from playground.ui.app import create_app

    create_app()
    experiment = example(name).but(epochs=1_000_000)
    before = speed_without_window(experiment)
    speed, gaps = speed_and_gaps_with_window(experiment, qtbot, tmp_path)
    after = speed_without_window(experiment)
    alone = (before + after) / 2
    p50, p99 = np.percentile(gaps, [50, 99])
    line = (
        f"{name}: ticks p50 {p50:.1f} ms, p99 {p99:.1f} ms, max {gaps.max():.1f} ms; "
        f"{speed:.0f} updates a second with the window, {alone:.0f} without: {speed / alone:.2f}"
    )
    print("\n" + line)
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    with REPORT.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    assert speed > 0 and len(gaps) > 10
