"""An hour of pictures of a training LeNet leaves the program as large as it was."""

from __future__ import annotations

import copy
import ctypes
import gc
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from engine.history import History
from playground.examples import example
from playground.ui.pace import Pace

HOUR = 30 * 3600
"""Snapshots in an hour, of which the window sees at most 30 a second."""
SIMULATED = 1500
MOST_GROWTH = 200e6
UPDATES = 400 * 3600
"""Updates of LeNet in an hour on a fast laptop."""


def resident() -> int:
    """Return the bytes of memory that the process has, after returning what it can."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    status = Path("/proc/self/status").read_text()
    return 1024 * int(status.split("VmRSS:")[1].split()[0])


class Hour:
    """The snapshots of a long run, made from one real snapshot: as many rows, arrays as large."""

    def __init__(self, real):
        self._real, self._serial, self._updates = real, real.serial, real.step
        self._epochs = History(real.history.columns)
        self._batches = History(real.batches.columns)

    def next(self, updates: float):
        """Return the snapshot so many updates later."""
        before, self._updates = self._updates, self._updates + updates
        self._serial += 1
        length = self._real.batches_per_epoch
        for table, interval in ((self._epochs, length), (self._batches, length / 50)):
            row = dict.fromkeys(table.columns, 1.0) | self._real.history.last()
            for count in range(int(before / interval) + 1, int(self._updates / interval) + 1):
                if count % table.every == 0:
                    step = count * interval
                    row |= {"step": step, "epoch": step / length, "loss": 1 / count}
                    table.append([row[name] for name in table.columns])
        return replace(
            self._real,
            serial=self._serial,
            state="running",
            step=int(self._updates),
            epoch=int(self._updates / length),
            history=self._epochs.table(),
            batches=self._batches.table(),
            answers=copy.deepcopy(dict(self._real.answers)),
        )


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc/self/status")
def test_an_hour_of_snapshots_leaves_memory_flat(open_window, qtbot, monkeypatch):
    window = open_window(example("lenet-mnist"))
    window.stage.open_view("layers")
    window.session.step("epoch")
    real = window.session.wait(lambda s: s.epoch == 1 and s.state != "running")
    wanted = window.session._wanted
    real = window.session.wait(lambda s: wanted <= set(s.answers))
    monkeypatch.setattr(Pace, "allows", lambda pace, quick: True)
    hour, latest = Hour(real), [real]
    monkeypatch.setattr(window.session, "snapshot", lambda: latest[0])

    def show(count: int, updates: float) -> None:
        for _ in range(count):
            latest[0] = hour.next(updates)
            window.tick()
            QApplication.processEvents()

    show(200, 1)
    began = resident()
    show(SIMULATED // 3, UPDATES / (SIMULATED // 3))
    grown = resident()
    show(SIMULATED, 1)
    ended = resident()
    growth = grown - began + (ended - grown) * HOUR / SIMULATED
    told = f"{grown - began} bytes by the history, {(ended - grown) / SIMULATED:.0f} a picture"
    assert growth < MOST_GROWTH, told
    assert 1000 < len(latest[0].history) < 8192 and 1000 < len(latest[0].batches) < 8192
