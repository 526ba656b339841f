"""Any sequence of edits leaves window, document and run whole, and all of it can be undone."""

from __future__ import annotations

import gc
import json

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from random_edits import Editor
from shiboken6 import isValid

from engine import archive
from engine.errors import DataError
from engine.experiment import from_dict, to_dict
from engine.graph import Graph

FEW, MANY = 2, 20
"""Seeds of a plain run, and of one that has time: 2,000 gestures in all."""
GESTURES = 100
TOOLTIP = "This plugin does not support raise()"
"""What Qt says without a screen when the mouse shows a tooltip."""


def as_bytes(experiment):
    return json.dumps(to_dict(experiment)).encode()


def settle(window):
    """Wait until the run is that of the document and stands still, and show it."""
    mine = window.document.experiment
    snapshot = window.session.wait(
        lambda s: s.experiment == mine and s.state not in ("loading", "running"), 60
    )
    QApplication.processEvents()
    window.tick()
    return snapshot


def check(window):
    """Check that document, canvas and run fit each other."""
    snapshot = settle(window)
    experiment, problem = window.document.experiment, window.canvas.problem
    assert snapshot.state != "failed", snapshot.error
    if snapshot.state == "invalid":
        assert problem is not None or isinstance(snapshot.error, DataError), snapshot.error
    elif problem is not None:
        assert snapshot.state == "invalid"
    assert Graph(experiment.graph.nodes) == experiment.graph
    assert from_dict(json.loads(as_bytes(experiment))) == experiment
    check_canvas(window.canvas.network, experiment.graph)


def check_canvas(network, graph):
    """Check that cards and wires are those of the graph, a folded block being one card."""
    card = {node.name: spot.name for spot in network.spots for node in spot.members}
    assert set(card) == {node.name for node in graph}
    assert set(network.nodes) == set(card.values())
    links = {(card[source], card[node.name]) for node in graph for source in node.inputs}
    assert set(network.wires) == {(source, target) for source, target in links if source != target}
    shown = set(network.items())
    assert {*network.nodes.values(), *network.wires.values()} <= shown
    for name, item in network.nodes.items():
        assert item.node == graph[name]


def check_undo(window, first):
    """Check that undoing everything gives the first document exactly."""
    stack = window.document.undo_stack
    while stack.canUndo():
        stack.undo()
    assert window.document.experiment == first
    assert as_bytes(window.document.experiment) == as_bytes(first)
    check(window)


def save(window, path):
    """Save the document whole, leaving nothing else beside it."""
    window.projects.save_path(path)
    assert window.projects.finish_saving() and not window.projects.is_modified()
    assert archive.load(path).experiment == window.document.experiment
    assert list(path.parent.glob(f"{path.name}*")) == [path]


def running_timers():
    timers = [one for one in gc.get_objects() if issubclass(type(one), QTimer) and isValid(one)]
    return [timer for timer in timers if timer.isActive()]


@pytest.mark.parametrize(
    "seed", [*range(FEW), *(pytest.param(s, marks=pytest.mark.slow) for s in range(FEW, MANY))]
)
def test_random_edits(seed, open_window, qtbot, qtlog, tmp_path, capfd):
    timers = running_timers()
    window, path = open_window(), tmp_path / "project.nnp"
    window.projects.may_discard = lambda: True
    editor, first = Editor(window, seed), window.document.experiment
    for count in range(1, GESTURES + 1):
        try:
            editor.edit()
            check(window)
            if count == GESTURES // 2:
                save(window, path)
                saved = window.document.experiment
                check_undo(window, first)
                window.projects.open_path(path)
                first = window.document.experiment
                assert as_bytes(first) == as_bytes(saved)
        except Exception as error:
            error.add_note(f"seed {seed}: {editor.log}")
            raise
    assert window.document.undo_stack.count() > GESTURES // 10
    check_undo(window, first)
    window.close()
    qtbot.waitUntil(lambda: set(running_timers()) <= set(timers))
    assert {record.message for record in qtlog.records} <= {TOOLTIP}
    assert "Traceback" not in capfd.readouterr().err
