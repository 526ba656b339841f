"""Weights, activations and gradients by layer, as they change over time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from engine.experiment import Experiment
from engine.probes import Probe
from engine.probes_layers import Layers, LayerState, Spread
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.canvas.thumbnails import picture
from playground.ui.canvas.words import node_title
from playground.ui.findings import cured, judge
from playground.ui.i18n import N_, Translated, tr
from playground.ui.numbers import decade_text, number_text, percent_text, size_text
from playground.ui.scales import nice_step
from playground.ui.views.base import View, view
from playground.ui.views.layer_history import Trail, logarithms
from playground.ui.views.layer_rows import LayerRows, Row, Scale
from playground.ui.views.layer_told import Told
from playground.ui.widgets import Combo, EmptyState, Heading

PROBE = Layers()
QUANTITIES = {
    "gradients": N_("Gradients"),
    "weights": N_("Weights"),
    "activations": N_("Activations"),
}
SIZES = {
    "gradients": N_("mean |gradient|"),
    "weights": N_("mean |weight|"),
    "activations": N_("mean |activation|"),
}
SCALES = {"gradients": Scale(-8, 2, band=True), "weights": Scale(), "activations": Scale()}
BINS, COLUMNS = 28, 96
DECADES = (-8, 2)
"""What the pictures of gradients reach over."""


@view("layers", label=N_("By layer"), area="results", order=60)
class LayersView(Translated, View):
    """A row a layer: histograms over time, and the mean size beside the healthy band."""

    opened = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = Heading()
        self.quantity = Combo()
        self.quantity.setMinimumWidth(72)  # its text may be cut before the rows are
        self.quantity.valueChanged.connect(lambda _: self._draw())
        self.heading.add(self.quantity)
        self.told, self.rows = Told(), LayerRows()
        self.told.cure.clicked.connect(self._cure)
        self.empty = EmptyState("scope")
        self._snapshot: Snapshot | None = None
        self._states: Mapping[str, LayerState] = {}
        self._trails: dict[tuple[str, str], Trail] = {}
        self._reaches: dict[tuple[str, str], float] = {}
        self._answer: Any = None
        self._scales = dict(SCALES)
        self._build()
        theme.manager().changed.connect(self._draw)
        self.retranslate()

    def _build(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(12, 0, 12, 8)
        column.setSpacing(8)
        column.addWidget(self.told)
        column.addWidget(self.rows)
        column.addStretch(1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(body)

    def probes(self, experiment: Experiment) -> frozenset[Probe]:
        """Ask for the sizes of all layers."""
        return frozenset({PROBE})

    def show_snapshot(self, snapshot: Snapshot) -> None:
        answer = snapshot.answers.get(PROBE)
        if answer is self._answer:
            return
        before, self._snapshot, self._answer = self._snapshot, snapshot, answer
        self._states = answer or {}
        if before is None or before.experiment.graph != snapshot.experiment.graph:
            self._forget()
        if answer is not None and set(answer) <= {n.name for n in snapshot.experiment.graph}:
            self._remember(snapshot)
            self._draw()

    def _forget(self) -> None:
        self._trails.clear()
        self._reaches.clear()
        self._scales = dict(SCALES)

    def _remember(self, snapshot: Snapshot) -> None:
        """Add what the layers are now to what they were; begin anew where the run did."""
        time = snapshot.epoch + snapshot.batch / max(snapshot.batches_per_epoch, 1)
        if any(len(trail) and time < trail.times[1] for trail in self._trails.values()):
            self._forget()
        for name, state in self._states.items():
            for quantity in QUANTITIES:
                spread = getattr(state, quantity)
                if spread is not None:
                    shown = logarithms(spread) if quantity == "gradients" else spread.quantiles
                    self._trails.setdefault((name, quantity), Trail()).add(time, shown)

    def _draw(self) -> None:
        ready = self._snapshot is not None and bool(self._trails)
        self._pages.setCurrentIndex(int(ready))
        if not ready or self._snapshot is None:
            return
        quantity, graph = self.quantity.value(), self._snapshot.experiment.graph
        shown = {
            name: getattr(state, quantity)
            for name, state in self._states.items()
            if getattr(state, quantity) is not None
        }
        sizes = [spread.size for spread in shown.values() if spread.size]
        scale = self._scales[quantity] = self._scales[quantity].holding(sizes)
        times = next(iter(self._trails.values())).times
        self.rows.show_rows(
            [self._row(node_title(graph[name]), name, spread) for name, spread in shown.items()],
            scale,
            (tr("over time"), tr(SIZES[quantity])),
            (tr("epoch {epoch}", epoch=_digits(times[0])), _digits(times[1])),
        )
        self.told.say(judge(self._snapshot.experiment, self._states), self._snapshot.experiment)

    def _row(self, title: str, name: str, spread: Spread) -> Row:
        quantity, state = self.quantity.value(), self._states[name]
        trail = self._trails[name, quantity]
        if quantity == "gradients":
            low, high = DECADES
            reach = decade_text(high), decade_text(low)
        else:
            high = self._reach(name, quantity, trail.reach())
            low, reach = -high, (f"+{number_text(high)}", number_text(-high))
        image = trail.picture(np.linspace(low, high, BINS + 1), COLUMNS)[::-1]
        detail = size_text(spread.size)
        if quantity == "activations" and state.dead:
            detail = tr("{share} dead", share=percent_text(state.dead, 0))
        tip = tr(
            "{layer}: mean size {size}, norm {norm}",
            layer=title,
            size=size_text(spread.size),
            norm=size_text(spread.norm),
        )
        if quantity == "activations":
            tip += ", " + tr("{share} dead", share=percent_text(state.dead, 0))
        return Row(
            title,
            detail,
            picture(theme.ramp(image, theme.current().ink, 0.85)),
            reach,
            spread.size,
            tip,
            None if quantity != "gradients" else state.steps,
        )

    def _cure(self) -> None:
        """Edit the network as the sentence proposes."""
        if self._snapshot is not None:
            graph = self._snapshot.experiment.graph
            finding = judge(self._snapshot.experiment, self._states)
            self.graph_edited.emit(cured(graph, finding), self.told.cure.text())

    def _reach(self, name: str, quantity: str, largest: float) -> float:
        """Return a round number that the values lie below, and stay with it while it fits."""
        known = self._reaches.get((name, quantity), 0.0)
        if not known / 4 < largest <= known:
            step = nice_step(max(largest, 1e-6), 1)
            known = self._reaches[name, quantity] = step
        return known

    def retranslate(self) -> None:
        self.heading.set_text(tr("By layer"))
        self.quantity.set_options([(key, tr(text)) for key, text in QUANTITIES.items()])
        self.quantity.setAccessibleName(tr("Quantity"))
        self.rows.setAccessibleName(tr("By layer"))
        self.empty.set_text(tr("What is inside of the layers will be drawn here."))
        self._draw()


def _digits(epoch: float) -> str:
    return number_text(epoch, 0 if epoch >= 10 or epoch == int(epoch) else 1 + (epoch < 1))
