"""The kernels that a convolution has learned."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.experiment import Experiment
from engine.graph import Graph
from engine.layers.convolution import Convolution
from engine.probes import Parameters, Probe
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.canvas.words import node_title
from playground.ui.i18n import N_, Translated, tr
from playground.ui.views.base import View, view
from playground.ui.views.tiles import Tiles, signed_tiles
from playground.ui.widgets import Combo, Heading

PROBE = Parameters()
SUM = -1
MOST_FILTERS = 64


def kernels(weights: NDArray[np.float32], channel: int) -> NDArray[np.float32]:
    """Return the kernels of a convolution as pictures (filters, rows, columns).

    Parameters
    ----------
    weights
        (filters, k, k, channels) for images, of which one channel is shown, or the sum of all;
        (filters, k, channels) for series, with time to the right and a row for each channel.
    channel
        Which channel of images, or `SUM`.
    """
    if weights.ndim == 3:
        return weights.transpose(0, 2, 1)
    return weights.sum(axis=3) if channel == SUM else weights[..., channel]


@view("filters", label=N_("Filters"), area="results", order=40)
class FiltersView(Translated, View):
    """Each filter of one convolution in diverging colours."""

    opened = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading, self.tiles = Heading(), Tiles()
        self.layer, self.channel = Combo(), Combo()
        self.layer.edited.connect(lambda *_: self._draw())
        self.channel.edited.connect(lambda *_: self._draw())
        self._graph: Graph | None = None
        self._selected = ""
        self._answer: Any = None
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.layer)
        row.addWidget(self.channel)
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
        """Offered where there are convolutions."""
        return any(isinstance(node.layer, Convolution) for node in experiment.graph)

    def probes(self, experiment: Experiment) -> frozenset[Probe]:
        """Ask for all parameters, as the canvas and the inspector do."""
        return frozenset({PROBE})

    def show_selection(self, name: str) -> None:
        self._selected = name
        self._follow()

    def _follow(self) -> None:
        """Show the convolution that is selected on the canvas, where one is."""
        before = self.layer.value()
        self.layer.set_value(self._selected)
        if self.layer.value() != before:
            self._draw()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        answer = snapshot.answers.get(PROBE)
        if snapshot.experiment.graph != self._graph:
            self._graph = snapshot.experiment.graph
            self._list_layers()
            self._follow()
        if answer is not None and answer is not self._answer:
            self._answer = answer
            self._draw()

    def _list_layers(self) -> None:
        nodes = [node for node in self._graph or () if isinstance(node.layer, Convolution)]
        self.layer.set_options([(node.name, node_title(node)) for node in nodes])

    def _draw(self) -> None:
        weights = (self._answer or {}).get(self.layer.value(), {}).get("W")
        if weights is None:
            self.tiles.show_tiles([])
            return
        channels = weights.shape[3] if weights.ndim == 4 else 1
        options = [(c, tr("Channel {number}", number=c + 1)) for c in range(channels)]
        self.channel.set_options([(SUM, tr("Sum of the channels")), *options])
        self.channel.setVisible(channels > 1)
        shown = kernels(weights, self.channel.value())[:MOST_FILTERS]
        captions = [f"#{number}" for number in range(1, len(shown) + 1)]
        self.tiles.show_tiles(signed_tiles(captions, shown, float(np.abs(shown).max(initial=0))))
        count = len(weights)
        detail = tr("the first {n} of {count}", n=MOST_FILTERS, count=count)
        self.heading.set_text(tr("Filters"), detail if count > MOST_FILTERS else "")

    def retranslate(self) -> None:
        self.heading.set_text(tr("Filters"))
        self.layer.setAccessibleName(tr("Layer"))
        self.channel.setAccessibleName(tr("Input channel"))
        self.tiles.setAccessibleName(tr("Filters"))
        self.tiles.empty.set_text(tr("The kernels of a convolution will be drawn here."))
        self._list_layers()
        self._draw()
