"""A wire that is drawn from one card to another, by mouse or by keys."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QTimer

from engine.errors import EngineError, GraphError
from engine.experiment import Experiment
from engine.graph import OUTPUT, Graph, repair
from engine.graph_edits import connect
from engine.layers import Layer
from engine.layers.merge import Add, Concatenate, Merge
from playground.ui.canvas.layout import PORT_Y
from playground.ui.i18n import tr, tr_engine, tr_error

if TYPE_CHECKING:
    from playground.ui.canvas.view import Canvas

SLICE = 0.004
"""Seconds that judging cards may take at a time, so that the wire follows the pointer."""
_DIM = 0.35


@dataclass(frozen=True)
class Joint:
    """The network with a new wire: the node where the wire ends, and the layers that were added."""

    graph: Graph
    name: str
    added: tuple[Layer, ...]


def join(experiment: Experiment, source: str, target: str) -> Joint:
    """Return the network with a wire between two nodes.

    A layer that takes one input gets an Add in front of it, or Concatenate where the shapes differ;
    an image that is larger by a whole factor is pooled on the way.

    Raises
    ------
    EngineError
        Where the wire would lead in a circle, or no shapes would fit.
    """
    graph, known = experiment.graph, experiment.shapes().errors
    merges = (None,) if graph[target].layer.merges else (Add(), Concatenate())
    refusals = []
    for merge in merges:
        new, name = connect(graph, source, target, merge)
        errors = experiment.but(graph=new).shapes().errors
        wrong = errors.get(name)
        pooling = wrong is not None and isinstance(new[name].layer, Merge) and wrong.fixes[0].insert
        if wrong is not None and pooling:
            new = repair(new, name, wrong.fixes[0])
            errors = experiment.but(graph=new).shapes().errors
        refused = [error for node, error in errors.items() if node not in known]
        if not refused:
            added = tuple(node.layer for node in new if node.name not in graph)
            return Joint(new, name, added)
        refusals += refused
    raise refusals[0]


class Wiring:
    """The wire that is being drawn, if any: from where, to where, and whether it may end there."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self.source = self.target = ""
        self._verdicts: dict[str, Joint | EngineError] = {}
        self._waiting: list[str] = []
        self._judging = QTimer(canvas)
        self._judging.timeout.connect(self._judge_some)

    @property
    def active(self) -> bool:
        """Whether a wire is being drawn."""
        return bool(self.source)

    def begin(self, name: str) -> None:
        """Draw a wire from the card of a node; cards that cannot take it fade."""
        item = self._canvas.network.card(name)
        if item is None or item.node.name == OUTPUT:
            refusal = GraphError("Select a layer before the output; the wire begins there.")
            self._canvas.refused.emit(refusal)
            return
        self.source = item.node.name
        self._waiting = list(self._canvas.network.nodes)
        self._judge_some()
        self._judging.start(0)
        self._canvas.bubble.hide()
        self.aim("")

    def verdict(self, name: str) -> Joint | EngineError:
        """Return what a wire to a card would make, or why it cannot end there."""
        if name not in self._verdicts:
            target = self._canvas.network.nodes[name].spot.members[0].name
            try:
                self._verdicts[name] = join(self._canvas.document.experiment, self.source, target)
            except EngineError as error:
                self._verdicts[name] = error
        return self._verdicts[name]

    def _judge_some(self) -> None:
        until = time.perf_counter() + SLICE
        while self._waiting and time.perf_counter() < until:
            name = self._waiting.pop(0)
            refused = isinstance(self.verdict(name), EngineError)
            self._canvas.network.nodes[name].setOpacity(
                _DIM if refused and name != self.source else 1.0
            )
        if not self._waiting:
            self._judging.stop()

    def aim(self, name: str, point: QPointF | None = None) -> None:
        """Lead the wire to a card, or with the empty string to a point of the scene."""
        canvas, network = self._canvas, self._canvas.network
        name = "" if name == self.source else name
        self.target = name
        for other, item in network.nodes.items():
            item.set_state(aimed=other == name)
        start = network.nodes[self.source]
        begin = start.pos() + QPointF(start.width, PORT_Y)
        end = begin + QPointF(60, 0) if point is None else point
        text, refused = tr("Lead the wire to a later layer; Esc gives up."), False
        if name:
            verdict = self.verdict(name)
            refused = isinstance(verdict, EngineError)
            end = network.nodes[name].pos() + QPointF(0, PORT_Y)
            text = tr_error(verdict) if isinstance(verdict, EngineError) else _promise(verdict)
        network.draft.show_between(begin, end, refused)
        canvas.note.tell(text, refused)
        canvas.note.place(QPointF(canvas.mapFromScene(end if point is None else point)))
        canvas.setAccessibleDescription(text)

    def finish(self) -> bool:
        """Make the wire as one undo step; return False where it cannot end here."""
        if not self.target:
            return False
        verdict, source = self.verdict(self.target), self.source
        if isinstance(verdict, EngineError):
            return False
        self.cancel()
        document = self._canvas.document
        title = tr("Skip wire")
        document.edit_graph(verdict.graph, title)
        if source in document.experiment.graph:
            document.select(verdict.name)
        return True

    def cancel(self) -> None:
        """Give the wire up."""
        self.source = self.target = ""
        self._verdicts, self._waiting = {}, []
        self._judging.stop()
        self._canvas.network.draft.hide()
        self._canvas.note.hide()
        for item in self._canvas.network.nodes.values():
            item.setOpacity(1.0)
            item.set_state(aimed=False)


def _promise(joint: Joint) -> str:
    if not joint.added:
        return tr("Connect")
    names = [tr_engine(layer.label) for layer in joint.added]
    return tr("Insert {layer}", layer=" + ".join(names))
