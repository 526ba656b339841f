"""300 random edits by the commands of the canvas: it stays whole, and undo leads back."""

import random
from itertools import combinations

import pytest
from canvas_tools import BRANCHES, CHAIN, SKIP
from PySide6.QtCore import QPointF

from engine.experiment import from_dict, to_dict
from engine.graph import OUTPUT
from playground.ui.canvas import edits
from playground.ui.canvas.aligning import ALIGNMENTS

KINDS = ["dense", "dropout", "add", "concatenate", "flatten", "time_distributed"]


def select_some(canvas, rng):
    names = [node.name for node in canvas.document.experiment.graph]
    canvas.selection.choose(rng.sample(names, min(len(names), rng.choice([1, 1, 2, 3]))))


def select_wire(canvas, rng):
    wire = rng.choice(list(canvas.network.wires.values()))
    canvas.selection.choose_wire(wire.link)


def draw_wire(canvas, rng):
    canvas.commands.wire()
    for _ in range(rng.randint(1, 6)):
        canvas.commands.select_neighbour(rng.choice([1, 1, 1, -1]))
    canvas.commands.wire()
    canvas.wiring.cancel()


def insert_somewhere(canvas, rng):
    wire = rng.choice(list(canvas.network.wires.values()))
    edits.insert(canvas.document, rng.choice(KINDS), wire.source, wire.targets)


def place_some(canvas, rng):
    corners = canvas.network.corners()
    names = rng.sample(list(corners), rng.choice([1, 1, 2]) if len(corners) > 1 else 1)
    by = QPointF(rng.uniform(-400, 400), rng.uniform(-400, 400))
    canvas.commands.place({name: corners[name] + by for name in names})


def undo_or_redo(canvas, rng):
    stack = canvas.document.undo_stack
    rng.choice([stack.undo, stack.undo, stack.redo])()


def check(canvas):
    """All nodes have a card, all cards a place, all wires two ends."""
    network, graph = canvas.network, canvas.document.experiment.graph
    assert {node.name for spot in network.spots for node in spot.members} == {
        node.name for node in graph
    }
    assert set(network.nodes) == set(network.arrangement.cards)
    assert set(network.wires) == set(network.arrangement.routes)
    for wire in network.wires.values():
        assert all(wire.source in graph[target].inputs for target in wire.targets)
    assert all(name in graph for name in canvas.selection.names)
    assert network.card(OUTPUT) is not None
    if network.by_hand:
        cards = network.arrangement.cards.values()
        assert not any(a.intersects(b) for a, b in combinations(cards, 2))


@pytest.mark.parametrize("start", [CHAIN, SKIP, BRANCHES], ids=["chain", "skip", "branches"])
def test_random_edits_leave_a_network_that_undo_leads_back_from(show, start):
    rng, canvas = random.Random(4), show(start)
    canvas.refused.connect(lambda error: str(error))
    commands = canvas.commands
    actions = [
        lambda: insert_somewhere(canvas, rng),
        lambda: draw_wire(canvas, rng),
        lambda: undo_or_redo(canvas, rng),
        commands.delete,
        commands.duplicate,
        lambda: commands.move(rng.choice([-1, 1])),
        commands.copy,
        commands.cut,
        commands.paste,
        commands.group,
        commands.ungroup,
        commands.enter,
        commands.freeze,
        commands.bypass,
        commands.tidy,
        lambda: commands.nudge(rng.choice([-8, 8, 0]), rng.choice([-8, 8, 1])),
        lambda: commands.align(rng.choice(list(ALIGNMENTS))),
        lambda: place_some(canvas, rng),
        lambda: place_some(canvas, rng),
    ]
    for step in range(300):
        rng.choice([select_some, select_some, select_wire])(canvas, rng)
        if len(canvas.document.experiment.graph.nodes) > 14:
            commands.delete()
        rng.choice(actions)()
        check(canvas)
        if step % 60 == 0:
            canvas.grab()
            saved = to_dict(canvas.document.experiment)
            assert from_dict(saved) == canvas.document.experiment
            assert to_dict(from_dict(saved)) == saved
    stack = canvas.document.undo_stack
    assert stack.count() > 50
    while stack.canUndo():
        stack.undo()
    assert to_dict(canvas.document.experiment) == to_dict(start)
    check(canvas)
