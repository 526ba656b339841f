"""Where attention looks: a map for each head of each layer, for one sample."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.arrays import Shape
from engine.bypass import running
from engine.experiment import Experiment
from engine.graph import Graph
from engine.layers.attention import MultiHeadAttention
from engine.layers.transformer import TransformerBlock
from engine.probes import Probe, Sample
from engine.probes_inside import Inside, Tokens
from engine.tasks import Dataset
from engine.tasks.sequences import SequenceDataset
from engine.tasks.text import TextDataset
from playground.snapshot import Snapshot
from playground.ui.canvas.words import node_title
from playground.ui.i18n import N_, Translated, tr
from playground.ui.numbers import percent_text
from playground.ui.views.attention_map import AttentionMap, Heads, largest
from playground.ui.views.base import View, view
from playground.ui.widgets import Button, Combo, EmptyState, Heading, Label


@dataclass(frozen=True)
class Place:
    """One attention in a network: its node, its name there, and whether it reads a memory."""

    node: str
    name: str
    memory: bool


def places(graph: Graph, shapes: Mapping[str, Shape]) -> list[Place]:
    """Return every attention of a network, in the order of the graph."""
    found = []
    for node in running(graph):
        memory = sum(len(shapes.get(name, ())) == 2 for name in node.inputs) > 1
        if isinstance(node.layer, MultiHeadAttention):
            found.append(Place(node.name, "attention", memory))
        elif isinstance(node.layer, TransformerBlock):
            names = node.layer.attentions(memory)
            found += [Place(node.name, name, name == "cross") for name in names]
    return found


def token_labels(dataset: Dataset | None) -> tuple[str, ...]:
    """Return what the numbers of tokens stand for; empty where a task has none."""
    if isinstance(dataset, TextDataset):
        return dataset.vocabulary.labels
    return dataset.words if isinstance(dataset, SequenceDataset) else ()


@view("attention", label=N_("Attention"), area="results", order=50)
class AttentionView(Translated, View):
    """The weights of one head, queries to keys, and all heads of the layer beside each other."""

    opened_from = 720

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = Heading()
        self.earlier, self.later = (Button(icon=icon, kind="flat") for icon in ("left", "right"))
        self.earlier.clicked.connect(lambda: self.move_by(-1))
        self.later.clicked.connect(lambda: self.move_by(1))
        self.heading.add(self.earlier, self.later)
        self.layer = Combo()
        self.layer.setMinimumWidth(72)  # its text may be cut before the map is
        self.layer.valueChanged.connect(lambda _: self.probes_changed.emit())
        self.map, self.heads, self.legend = (
            AttentionMap(),
            Heads(),
            Label(role="caption", wrap=True),
        )
        self.heads.chosen.connect(lambda _: self._draw())
        self.empty = EmptyState("eye")
        self._graph: Graph | None = None
        self._dataset: Dataset | None = None
        self._answers: tuple[Any, Any] = (None, None)
        self._build()
        self.retranslate()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 8)
        column.setSpacing(8)
        column.addWidget(self.layer)
        column.addWidget(self.map, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.legend)
        column.addWidget(self.heads)

    @classmethod
    def offered(cls, experiment: Experiment) -> bool:
        """Offered where a layer attends."""
        return bool(places(experiment.graph, experiment.shapes().shapes))

    @classmethod
    def opens(cls, experiment: Experiment) -> bool:
        """Open where an answer looks back at its question, as in a translation."""
        found = places(experiment.graph, experiment.shapes().shapes)
        return any(place.memory for place in found)

    def height_at(self, width: int) -> int:
        """Return the height at which the map can be square, at most as wide as it asks for."""
        map_height = min(width, self.map.sizeHint().width())
        others = (self.layer, self.legend, self.heads)
        return map_height + sum(one.sizeHint().height() + 8 for one in others)

    def _place(self) -> Place | None:
        place: Place | None = self.layer.value()
        return place

    def _adopt(self, experiment: Experiment) -> None:
        """List the layers of a network."""
        if experiment.graph != self._graph:
            self._graph = experiment.graph
            found = places(experiment.graph, experiment.shapes().shapes)
            self.layer.blockSignals(True)
            self.layer.set_options([(place, self._name(place)) for place in found])
            back = next((place for place in found if place.memory), None)
            if back is not None:  # which says the most of a translation
                self.layer.set_value(back)
            self.layer.blockSignals(False)

    def _name(self, place: Place) -> str:
        assert self._graph is not None
        title = node_title(self._graph[place.node])
        return tr("{layer}, to the memory", layer=title) if place.memory else title

    def probes(self, experiment: Experiment) -> frozenset[Probe]:
        """Ask for the weights of the chosen layer, and what its steps stand for."""
        self._adopt(experiment)
        place = self._place()
        if place is None:
            return frozenset()
        return frozenset({Inside(place.node, self.sample), Tokens(place.node, self.sample)})

    def show_selection(self, name: str) -> None:
        """Show the layer that is selected on the canvas, where it attends."""
        place = self._place()
        if place is None or place.node != name:
            options = (self.layer.itemData(index) for index in range(self.layer.count()))
            chosen = next((option for option in options if option.node == name), None)
            if chosen is not None:
                self.layer.set_value(chosen)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._adopt(snapshot.experiment)
        place, self._dataset = self._place(), snapshot.dataset
        if place is None:
            return
        answers = (
            snapshot.answers.get(Inside(place.node, self.sample)),
            snapshot.answers.get(Tokens(place.node, self.sample)),
        )
        if any(new is not old for new, old in zip(answers, self._answers, strict=True)):
            self._answers = answers
            self._draw()

    def move_by(self, by: int) -> None:
        """Show the sample so many further, in all views."""
        if self._dataset is not None:
            count = len(self._dataset.part(self.sample.part))
            self.sample = Sample(self.sample.part, (self.sample.index + by) % count)
            self.sample_chosen.emit(self.sample)
            self._write_heading()

    def _draw(self) -> None:
        place, (weights, tokens) = self._place(), self._answers
        known = place is not None and bool(weights) and place.name in weights
        self.map.setVisible(known)
        self.heads.setVisible(known)
        self.legend.setVisible(known)
        self.empty.setVisible(not known)
        self._write_heading()
        if place is None or not known:
            return
        maps = weights[place.name]
        head = min(self.heads.head, len(maps) - 1)
        self.heads.show_maps(maps, head)
        queries = self._labels(tokens, "queries", maps.shape[1])
        keys = self._labels(tokens, "keys" if place.memory else "queries", maps.shape[2])
        self.map.show_map(maps[head], queries, keys)
        self._write_legend(largest(maps[head]))

    def _labels(self, tokens: Mapping[str, Any] | None, place: str, steps: int) -> list[str]:
        """Return a label for each step: its token, or its number."""
        names, numbers = token_labels(self._dataset), (tokens or {}).get(place)
        if not names or numbers is None or len(numbers) != steps:
            return [str(step + 1) for step in range(steps)]
        return [names[n] if n < len(names) else "" for n in numbers.tolist()]

    def _write_legend(self, strongest: float) -> None:
        self.legend.setText(
            tr(
                "Rows: queries · columns: keys · darkest: {share} · hatched: masked",
                share=percent_text(strongest),
            )
        )

    def _write_heading(self) -> None:
        number = str(self.sample.index + 1)
        self.heading.set_text(tr("Attention"), tr("sample {number}", number=number))

    def retranslate(self) -> None:
        if self._graph is not None:
            options = [self.layer.itemData(index) for index in range(self.layer.count())]
            self.layer.set_options([(place, self._name(place)) for place in options])
        self.layer.setAccessibleName(tr("Layer"))
        self.earlier.set_name(tr("Sample before"))
        self.later.set_name(tr("Next sample"))
        self.map.setAccessibleName(tr("Attention"))
        self.heads.setAccessibleName(tr("All heads"))
        self.empty.set_text(tr("Where the layer looks will be drawn here."))
        self._draw()
