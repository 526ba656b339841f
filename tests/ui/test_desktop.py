"""The program as a process on a desktop: real mouse, real keys, real drag and drop."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from desktop import SIZE, desktop, missing, until
from PySide6.QtCore import QPoint

from engine import archive
from engine.activations import Softmax
from engine.experiment import Experiment, Training
from engine.graph import Graph
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.tasks.digits import Digits

EPOCHS = 3
DIGITS = Experiment(
    Digits(training_count=200),
    Graph.chain(Flatten(), Dense(12), Dense(10, Softmax())),
    Training(batch_size=50, epochs=EPOCHS),
)
STROKES = ((9, 6), (14, 5), (18, 8), (13, 13), (18, 17), (15, 22), (9, 22))
"""A three, in pixels of the digits."""

WITHOUT = ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "QT_SCALE_FACTOR", "LC_ALL", "LC_MESSAGES")


@pytest.fixture
def twin(open_window, qtbot):
    """Show the same window here, whose widgets tell the places to point at."""
    window = open_window(DIGITS)
    assert window.size().toTuple() == SIZE
    qtbot.waitUntil(lambda: "Dense 1" in shown_cards(window))
    window.canvas.fit()
    return window


def shown_cards(window) -> list[str]:
    return [item.caption.title for item in window.canvas.network.nodes.values()]


def place(widget, point) -> tuple[int, int]:
    """Return where a point of a widget is in its window."""
    return widget.mapTo(widget.window(), point).toTuple()


def start(file: Path, display: str, folder: Path) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if name not in WITHOUT}
    environment |= {
        "DISPLAY": display,
        "LANG": "C.UTF-8",
        "XDG_CONFIG_HOME": str(folder / "settings"),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "playground", str(file)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.mark.skipif(bool(missing()), reason=missing() or "complete")
def test_a_person_builds_trains_draws_and_saves(twin, tmp_path):
    file = tmp_path / "digits.nnp"
    archive.save(file, DIGITS)
    with desktop(tmp_path) as screen, start(file, screen.name, tmp_path) as program:
        try:
            use(screen, twin, file)
            screen.key("ctrl+q")
            until(lambda: program.poll() is not None, "the end of the program")
        except Exception as error:
            error.add_note(f"what the screen showed is in {screen.save(tmp_path / 'screen.png')}")
            raise
        finally:
            program.kill()
            said = program.communicate()[0]
        assert (program.returncode, said) == (0, "")


def use(screen, twin, file):
    window = find(screen, file.name)
    drag_a_layer(screen, twin)
    until(lambda: "•" in screen.do("getwindowname", window), "the mark of an edit")
    train_and_save(screen, twin, file)
    draw_a_three(screen, twin)
    screen.key("ctrl+shift+h")
    until(lambda: "신경망 놀이터" in screen.do("getwindowname", window), "the Korean title")


def find(screen, title) -> str:
    """Return the number of the window, once it is whole and takes keys."""
    search = ("search", "--onlyvisible", "--name", title)
    window = until(lambda: screen.do(*search), "the window")
    screen.do("windowmove", window, 0, 0)
    screen.do("windowfocus", window)
    screen.rest()
    return window


def drag_a_layer(screen, twin):
    """Drag Dense from the palette onto the last wire."""
    rows = twin.palette_list.list
    row = next(row for row in rows.layers() if row.text() == "Dense")
    begin = place(rows.viewport(), rows.visualItemRect(row).center())
    canvas = twin.canvas
    wire = canvas.network.wires["dense_1", "output"]
    end = place(canvas.viewport(), canvas.mapFromScene(wire.middle))
    x, y = end
    card = np.s_[y + 20 : y + 36, x - 50 : x - 10]  # below what hangs at the pointer
    before = screen.look()[card]
    screen.move(begin)
    screen.do("mousedown", 1)
    screen.glide(begin, end)
    until(lambda: not np.array_equal(screen.look()[card], before), "the card that would land")
    screen.do("mouseup", 1)


def train_and_save(screen, twin, file):
    """Press Space on the canvas, and save until the file holds the trained network."""
    view = twin.canvas.viewport()
    screen.click(place(view, view.rect().topRight() + QPoint(-20, 20)))
    screen.key("space")

    def trained():
        screen.key("ctrl+s")
        checkpoint = archive.load(file).checkpoint
        return checkpoint is not None and checkpoint.state["epoch"] == EPOCHS

    until(trained, "a trained network in the file")
    names = [node.name for node in archive.load(file).experiment.graph]
    assert names == ["input", "flatten_1", "dense_1", "dense_2", "output"]


def draw_a_three(screen, twin):
    """Draw on the pad; there is ink where the pen was, and the bars say something else."""
    view = next(view for view in twin.stage.views() if view.kind == "sample")
    scale = view.pad.width() / 28
    spots = [place(view.pad, QPoint(round(x * scale), round(y * scale))) for x, y in STROKES]
    left, top = place(view.bars, QPoint(0, 0))
    bars = np.s_[top : top + view.bars.height(), left : left + view.bars.width()]
    before = screen.look()[bars]
    screen.move(spots[0])
    for begin, end in pairwise(spots):
        screen.do("mousedown", 1)
        screen.glide(begin, end, steps=3)
        x, y = (round(0.4 * a + 0.6 * b) for a, b in zip(begin, end, strict=True))
        until(lambda x=x, y=y: screen.look()[y, x].min() > 200, "ink behind the pen")
        screen.rest()  # a program that lags leaves out where the pen turned
        screen.do("mouseup", 1)  # a busy program sees only the last of many moves
    screen.move((0, 0))  # the pointer would cover ink

    def inked():
        seen = screen.look()
        return all(seen[y, x].min() > 200 for x, y in spots)

    until(inked, "ink where the pen was")
    until(lambda: not np.array_equal(screen.look()[bars], before), "other probabilities")
    assert screen.look()[spots[0][1], spots[2][0] + round(6 * scale)].max() < 50
