"""What the layers make of an image: their feature maps, beside the image itself."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.experiment import Experiment
from engine.graph import INPUT, Graph
from engine.probes import Probe
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.canvas.thumbnails import value_scale
from playground.ui.canvas.words import node_title
from playground.ui.i18n import N_, Translated, tr
from playground.ui.views.base import View, view
from playground.ui.views.tiles import Tile, Tiles, image_tile, signed_tiles
from playground.ui.widgets import Combo, Heading

MOST_MAPS = 63


@view("feature_maps", label=N_("Feature maps"), area="results", order=42)
class FeatureMapsView(Translated, View):
    """The chosen sample, then the maps of one layer; a click on a map shows it alone."""

    opened = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading, self.tiles, self.layer = Heading(), Tiles(), Combo()
        self.layer.edited.connect(lambda *_: self._show_layer())
        self.tiles.chosen.connect(self._choose)
        self.alone: int | None = None
        self._graph: Graph | None = None
        self._maps: tuple[str, ...] = ()
        self._selected = ""
        self._answer: Any = None
        row = QHBoxLayout()
        row.addWidget(self.layer)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 8)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addLayout(row)
        column.addWidget(self.tiles, 1)
        theme.manager().changed.connect(self._draw)
        self.retranslate()

    @classmethod
    def offered(cls, experiment: Experiment) -> bool:
        """Offered where images come in and a layer gives images."""
        if len(experiment.task.input_shape) != 3:
            return False
        shapes = experiment.shapes().shapes
        return any(len(shape) == 3 for name, shape in shapes.items() if name != INPUT)

    def probes(self, experiment: Experiment) -> frozenset[Probe]:
        """Ask what every layer gives for the chosen sample, as the canvas does."""
        return frozenset({self.sample})

    def show_selection(self, name: str) -> None:
        self._selected = name
        self._follow()

    def _follow(self) -> None:
        """Show the layer that is selected on the canvas, where it gives images."""
        before = self.layer.value()
        self.layer.set_value(self._selected)
        if self.layer.value() != before:
            self._show_layer()

    def _show_layer(self) -> None:
        self.alone = None
        self._draw()

    def _choose(self, index: int) -> None:
        """Show one map alone beside the sample, or all maps again."""
        self.alone = index - 1 if self.alone is None and index else None
        self._draw()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        answer = snapshot.answers.get(self.sample)
        if answer is None or answer is self._answer:
            return
        self._answer = answer
        maps = tuple(name for name, y in answer.items() if y.ndim == 3 and name != INPUT)
        if (snapshot.experiment.graph, maps) != (self._graph, self._maps):
            self._graph, self._maps, self.alone = snapshot.experiment.graph, maps, None
            self._list_layers()
            self._follow()
        self._draw()

    def _list_layers(self) -> None:
        if self._graph is not None:
            nodes = (self._graph[name] for name in self._maps)
            self.layer.set_options([(node.name, node_title(node)) for node in nodes])

    def _draw(self) -> None:
        name, graph = self.layer.value(), self._graph
        if graph is None or name not in (self._answer or ()):
            self.tiles.show_tiles([])
            return
        values = self._answer[name]
        scale = value_scale(graph[name], values)
        shown = range(min(len(values), MOST_MAPS)) if self.alone is None else [self.alone]
        captions = [f"#{index + 1}" for index in shown]
        tiles: list[Tile] = [image_tile(tr("Input"), self._answer[INPUT])]
        self.tiles.show_tiles(tiles + signed_tiles(captions, values[list(shown)], scale))
        high, wide = values.shape[1:]
        detail = tr("{count} of {height}×{width}", count=len(values), height=high, width=wide)
        self.heading.set_text(tr("Feature maps"), detail)

    def retranslate(self) -> None:
        self.heading.set_text(tr("Feature maps"))
        self.layer.setAccessibleName(tr("Layer"))
        self.tiles.setAccessibleName(tr("Feature maps"))
        self.tiles.empty.set_text(tr("The maps of a layer will be drawn here."))
        self._list_layers()
        self._draw()
