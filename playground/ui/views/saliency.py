"""Which pixels count: the gradient of a class's logit with respect to the image."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.experiment import Experiment
from engine.probes import Probe
from engine.probes_images import Saliency
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.i18n import N_, Translated, tr
from playground.ui.views.base import View, view
from playground.ui.views.tiles import Tiles, image_tile, signed_tiles
from playground.ui.widgets import Combo, ElidedLabel, Heading

PREDICTED = -1


@view("saliency", label=N_("Saliency"), area="results", order=44)
class SaliencyView(Translated, View):
    """The chosen sample beside ∂z/∂x: more ink in blue pixels raises the logit z of the class."""

    opened = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading, self.tiles, self.label_choice = Heading(), Tiles(), Combo()
        self.heading.add(self.label_choice)
        self.label_choice.edited.connect(lambda *_: self.probes_changed.emit())
        self.note = ElidedLabel(role="caption")
        self._labels: Sequence[str] = ()
        self._answer: Any = None
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 8)
        column.setSpacing(4)
        column.addWidget(self.heading)
        column.addWidget(self.tiles, 1)
        column.addWidget(self.note)
        theme.manager().changed.connect(self._draw)
        self.retranslate()

    @classmethod
    def offered(cls, experiment: Experiment) -> bool:
        """Offered where images are told apart by one answer."""
        task = experiment.task
        return len(task.input_shape) == 3 and task.target.classes and not task.target.steps

    @property
    def _probe(self) -> Saliency:
        label = self.label_choice.value()
        return Saliency(self.sample, None if label in (None, PREDICTED) else label)

    def probes(self, experiment: Experiment) -> frozenset[Probe]:
        """Ask for the gradient of the chosen sample."""
        return frozenset({self._probe})

    def show_snapshot(self, snapshot: Snapshot) -> None:
        labels = snapshot.experiment.task.target.labels
        if labels != self._labels:
            self._labels = labels
            self._list_labels()
        answer = snapshot.answers.get(self._probe)
        if answer is not None and answer is not self._answer:
            self._answer = answer
            self._draw()

    def _list_labels(self) -> None:
        labels = [(index, tr(label)) for index, label in enumerate(self._labels)]
        self.label_choice.set_options([(PREDICTED, tr("as predicted")), *labels])

    def _draw(self) -> None:
        if self._answer is None:
            self.tiles.show_tiles([])
            return
        sample, gradient = self._answer.sample, self._answer.gradient.sum(axis=0)[None]
        label = tr(self._labels[self._answer.label])
        caption = tr("∂z/∂x for {label}", label=label)
        scale = float(np.abs(gradient).max(initial=0))
        tiles = [image_tile(tr("Input"), sample), *signed_tiles([caption], gradient, scale)]
        self.tiles.show_tiles(tiles)
        self.note.setText(tr("Blue pixels speak for {label}, orange ones against it.", label=label))

    def retranslate(self) -> None:
        self.heading.set_text(tr("Saliency"))
        self.label_choice.setAccessibleName(tr("Class"))
        self.tiles.setAccessibleName(tr("Saliency"))
        self.tiles.empty.set_text(tr("The pixels that count will be drawn here."))
        self._list_labels()
        self._draw()
