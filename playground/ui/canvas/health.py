"""Warnings at the cards of layers whose gradients vanish or explode."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.bypass import running
from engine.experiment import Experiment
from engine.probes import Probe
from engine.probes_layers import GradientSizes
from playground.snapshot import Snapshot
from playground.ui.findings import Finding, cure_text, cured, finding_text, judge_gradients
from playground.ui.i18n import tr
from playground.ui.numbers import size_text

if TYPE_CHECKING:
    from playground.ui.canvas.view import Canvas

PROBE = GradientSizes()


class Health:
    """Knows which card of a canvas is to bear a warning, and what would help."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._sizes: Mapping[str, float] | None = None
        self._judged: Experiment | None = None
        self._finding = Finding("healthy")

    @staticmethod
    def probes(experiment: Experiment) -> frozenset[Probe]:
        """Ask for the gradients of networks in which they pass through several layers."""
        learning = [node for node in running(experiment.graph) if node.layer.parameters]
        return frozenset({PROBE}) if len(learning) > 1 else frozenset()

    @property
    def node(self) -> str:
        """The node with a warning, or the empty string."""
        return self._finding.node

    def show_experiment(self, experiment: Experiment) -> None:
        """Take the warning back, unless only the cards are others, as where a block is opened."""
        if experiment == self._judged:
            self.mark()
            return
        self._sizes, self._judged, self._finding = None, None, Finding("healthy")
        for item in self._canvas.network.nodes.values():
            item.warn("")

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Judge new gradients."""
        sizes = snapshot.answers.get(PROBE)
        graph = self._canvas.document.experiment.graph
        if sizes is None or sizes is self._sizes or not all(name in graph for name in sizes):
            return
        self._sizes, self._judged, old = sizes, snapshot.experiment, self._finding
        self._finding = judge_gradients(snapshot.experiment, sizes)
        if self._finding != old or self.node:
            self.mark()

    def mark(self) -> None:
        """Put the warning on its card, and take it from all others."""
        card = self._canvas.network.card(self.node)
        for item in self._canvas.network.nodes.values():
            item.warn(self.remark() if item is card else "")
        self._canvas.show_selection()  # the bubble, and what a screen reader says

    def remark(self) -> str:
        """Return the few words that stand on the card."""
        size = (self._sizes or {}).get(self.node, 0.0)
        return tr("gradient {size}", size=size_text(size))

    def sentence(self) -> str:
        """Say what is wrong, and what to do."""
        return finding_text(self._finding, self._canvas.document.experiment)

    def cure(self) -> str:
        """Return what a button says that helps; empty where there is none."""
        return cure_text(self._finding)

    def carry_out(self) -> None:
        """Edit the network so that gradients pass."""
        document = self._canvas.document
        document.edit_graph(cured(document.experiment.graph, self._finding), self.cure())
