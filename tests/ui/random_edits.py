"""A person who edits at random: any gesture of the window, with any registered kind and setting."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from typing import Any, get_args

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.adapt import with_task
from engine.errors import EngineError
from engine.experiment import Experiment
from engine.fields import Param, Spec, params
from engine.graph import Graph, set_layer
from engine.layers import layer
from engine.registry import families
from playground.examples import examples
from playground.ui.canvas import edits
from playground.ui.canvas.aligning import ALIGNMENTS
from playground.ui.canvas.words import total_parameters
from playground.ui.window import Window

MOST_PARAMETERS, MOST_VALUES, MOST_LAYERS = 60_000, 30_000, 14
"""What a network may grow to, so that many edits take little time."""

DOWNLOADS = {("digits", "source")}
"""Settings that would ask another machine for data."""

TRAINED = ("xor", "spiral", "kernel-perceptron", "digits-softmax", "cnn-digits", "vds-lstm")
TRAINED += ("diabetes-mlp", "many-to-many-tagging", "seq2seq-reverse", "gpt-char", "bert-mlm")
"""Examples of all kinds of tasks that are quickly read."""


def random_number(rng: random.Random, about: Param) -> float | int:
    """Return a number that a setting allows: often an end of the range, never a huge one."""
    low = about.low if about.low is not None else (about.above or 0.0)
    usual = about.default if isinstance(about.default, (int, float)) else 4
    high = max(low, min(about.high if about.high is not None else 1e9, 2 * abs(usual) + 4))
    if about.type is int:
        return rng.choice((int(low), int(usual), rng.randint(int(low), int(high))))
    drawn = rng.choice((float(low), float(usual), rng.uniform(low, high)))
    return max(drawn, 1e-6) if about.above is not None else drawn


def random_value(rng: random.Random, about: Param, value: Any) -> Any:
    """Return a value for a setting; the engine says whether it is allowed."""
    if about.family is not None:
        if params(type(value)) and rng.random() < 0.5:
            return random_change(rng, value)
        return families[about.family][rng.choice(list(families[about.family]))]()
    if about.type is bool:
        return not value
    if about.type in (int, float):
        return random_number(rng, about)
    if about.type is str:
        return rng.choice(about.choices or ("", "nowhere.csv"))
    if about.choices:
        return tuple(choice for choice in about.choices if rng.random() < 0.4)
    if get_args(about.type)[0] is int:
        return tuple(rng.choice((-1, 1, 2, 4)) for _ in range(rng.randint(1, 3)))
    return value


def random_change(rng: random.Random, spec: Spec) -> Spec:
    """Return a spec with one setting changed."""
    fields = [f for f in params(type(spec)) if (spec.kind, f.name) not in DOWNLOADS]
    if not fields:
        return spec
    about = rng.choice(fields)
    return spec.but(**{about.name: random_value(rng, about, getattr(spec, about.name))})


def small(experiment: Experiment) -> bool:
    """Whether the network of an experiment is small enough to be trained in passing."""
    shapes = experiment.shapes()
    values = sum(map(math.prod, shapes.shapes.values()))
    return (
        len(experiment.graph.nodes) <= MOST_LAYERS
        and values <= MOST_VALUES
        and total_parameters(experiment, shapes) <= MOST_PARAMETERS
    )


GESTURES = {
    "drop": 10, "insert": 6, "wire": 8, "cut_wire": 3, "delete": 6, "duplicate": 4, "move": 5,
    "rename": 3, "group": 3, "ungroup": 1, "fold": 2, "freeze": 3, "copy": 2, "paste": 3, "cut": 1,
    "change_layer": 16, "change_training": 10, "change_task": 6, "repair": 8, "open_example": 3,
    "open_task": 1, "undo": 10, "redo": 6, "step": 8, "set_weight": 5, "redraw": 2, "reset": 1,
    "new_seed": 1, "bypass": 4, "place": 5, "nudge": 3, "align": 3, "tidy": 2,
}  # fmt: skip
"""How often each is done."""


class Editor:
    """Edits a window; each gesture is a method that does something or, where it cannot, nothing.

    Attributes
    ----------
    log
        What was done, for the report of a failure.
    """

    def __init__(self, window: Window, seed: int) -> None:
        self.window, self.rng = window, random.Random(seed)
        self.document, self.canvas = window.document, window.canvas
        self.commands = window.canvas.commands
        self.log: list[str] = []

    def edit(self) -> None:
        """Do something; an edit that would make the network too large is not done."""
        names, weights = zip(*GESTURES.items(), strict=True)
        name = self.rng.choices(names, weights)[0]
        self.log.append(name)
        getattr(self, name)()
        if not small(self.document.experiment):
            self.log.append("undo")
            self.undo()

    # What there is

    @property
    def graph(self) -> Graph:
        return self.document.experiment.graph

    def node(self) -> str:
        return self.rng.choice(self.graph.nodes).name

    def choose(self) -> None:
        """Select one to three cards, whose members are then selected."""
        spots = self.canvas.network.spots
        chosen = self.rng.sample(spots, min(len(spots), self.rng.choice((1, 1, 1, 2, 3))))
        self.canvas.selection.choose(node.name for spot in chosen for node in spot.members)

    def kind(self) -> str:
        return self.rng.choice([kind.kind for kind in layer.values() if kind.group])

    # Building

    def drop(self) -> None:
        """Drop a layer of the palette on a wire, as the mouse does."""
        wire = self.rng.choice(list(self.canvas.network.wires.values()))
        data, view = QMimeData(), self.canvas.viewport()
        data.setData(edits.MIME, self.kind().encode())
        spot = self.canvas.mapFromScene(wire.middle)
        about = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
        plain = Qt.KeyboardModifier.NoModifier
        for event in (
            QDragEnterEvent(spot, *about, plain),
            QDragMoveEvent(spot, *about, plain),
            QDropEvent(QPointF(spot), *about, plain),
        ):
            QApplication.sendEvent(view, event)

    def insert(self) -> None:
        edits.insert(self.document, self.kind(), self.node())

    def wire(self) -> None:
        """Draw a wire between two cards, or give it up where it is refused."""
        cards = list(self.canvas.network.nodes)
        self.canvas.commands.select_card(self.rng.choice(cards))
        self.commands.wire()
        if self.canvas.wiring.active:
            self.canvas.wiring.aim(self.rng.choice(cards))
            if not self.canvas.wiring.finish():
                self.canvas.wiring.cancel()

    def cut_wire(self) -> None:
        wire = self.rng.choice(list(self.canvas.network.wires.values()))
        self.canvas.selection.choose_wire(wire.link)
        self.commands.delete()

    def delete(self) -> None:
        self.choose()
        self.commands.delete()

    def duplicate(self) -> None:
        self.choose()
        self.commands.duplicate()

    def move(self) -> None:
        self.choose()
        self.commands.move(self.rng.choice((-1, 1)))

    def rename(self) -> None:
        new = self.rng.choice(("corner", "층 1", "a b", "dense_1", " ", "output", "é" * 40))
        self.choose()
        self.commands.named(self.document.selection, new)

    def group(self) -> None:
        self.choose()
        self.commands.group()

    def ungroup(self) -> None:
        self.choose()
        self.commands.ungroup()

    def fold(self) -> None:
        titles = [node.group for node in self.graph if node.group]
        if titles:
            self.commands.fold(self.rng.choice(titles))

    def freeze(self) -> None:
        self.choose()
        self.commands.freeze()

    def bypass(self) -> None:
        self.choose()
        self.commands.bypass()

    def copy(self) -> None:
        self.choose()
        self.commands.copy()

    def cut(self) -> None:
        self.choose()
        self.commands.cut()

    def paste(self) -> None:
        self.choose()
        self.commands.paste()

    def repair(self) -> None:
        """Press a button of the bubble that hangs under an error."""
        problem = self.canvas.problem
        if problem is not None and problem.fixes and problem.node is not None:
            self.commands.select_card(problem.node)
            edits.carry_out(self.document, problem.node, self.rng.choice(problem.fixes))

    # Places

    def place(self) -> None:
        """Drag a card somewhere, as the mouse does: along its row, onto a wire, or to stay."""
        view, cards = self.canvas.viewport(), self.canvas.network.nodes
        item = self.rng.choice(list(cards.values()))
        self.canvas.reveal(item)
        point = item.pos() + QPointF(item.width / 2, 14)
        if self.canvas.network.plus_at(point) is not None:
            return
        start = self.canvas.mapFromScene(point)
        by = QPoint(self.rng.randint(-300, 300), self.rng.randint(-300, 300))
        QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
        for share in (0.3, 1.0):
            QTest.mouseMove(view, start + by * share)
        if self.rng.random() < 0.1:
            QTest.keyClick(self.canvas, Qt.Key.Key_Escape)
        QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start + by)

    def nudge(self) -> None:
        self.choose()
        for _ in range(self.rng.randint(1, 4)):
            self.commands.nudge(self.rng.choice((-8, 1, 0)), self.rng.choice((8, -1, 0)))

    def align(self) -> None:
        self.choose()
        self.commands.align(self.rng.choice(list(ALIGNMENTS)))

    def tidy(self) -> None:
        self.commands.tidy()

    # Settings

    def change_layer(self) -> None:
        node, graph = self.graph[self.node()], self.graph
        self.change(
            lambda: {"graph": set_layer(graph, node.name, random_change(self.rng, node.layer))}
        )

    def change_training(self) -> None:
        old = self.document.experiment.training
        self.change(lambda: {"training": random_change(self.rng, old)})

    def change_task(self) -> None:
        old = self.document.experiment

        def changed() -> dict[str, Any]:
            return vars(with_task(old, random_change(self.rng, old.task)))

        self.change(changed)

    def change(self, changed: Callable[[], dict[str, Any]]) -> None:
        """Change parts of the experiment as forms do: what the engine refuses is not taken."""
        try:
            new = self.document.experiment.but(**changed())
        except EngineError:
            return
        if small(new):
            self.document.edit(new, "Change")

    def open_example(self) -> None:
        self.window.open_example(self.rng.choice(TRAINED))

    def open_task(self) -> None:
        self.window.open_task(self.rng.choice(list(examples())))

    # Undo, run

    def undo(self) -> None:
        self.window.menus.actions_by_text["Undo"].trigger()

    def redo(self) -> None:
        self.window.menus.actions_by_text["Redo"].trigger()

    def step(self) -> None:
        self.window.session.step("iteration")

    def reset(self) -> None:
        self.window.session.reset()

    def new_seed(self) -> None:
        self.window.new_seed()

    def redraw(self) -> None:
        self.document.select(self.node())
        self.window.inspector.redraw_button.click()

    def set_weight(self) -> None:
        """Type a number into the matrix of the inspector."""
        if self.canvas.problem is not None:
            return
        layout = self.window.session.ask(lambda trainer: trainer.network.layout).result(20)
        places = [(n, name, shape) for n, own in layout.items() for name, (_, shape) in own.items()]
        if not places:
            return
        node, name, shape = self.rng.choice(places)
        if node not in self.graph:
            return
        place = tuple(self.rng.randrange(length) for length in shape)
        self.document.set_parameter(node, name, place, 0.0, self.rng.uniform(-2, 2), "Weight")
