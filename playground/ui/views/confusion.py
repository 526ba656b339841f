"""The confusion matrix of the validation data, and the samples of its cells."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.experiment import Experiment
from engine.probes import Confusion, Probe
from engine.probes_classes import CellSamples
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.i18n import N_, Translated, tr
from playground.ui.planes import is_plane
from playground.ui.views.base import View, view
from playground.ui.views.gallery import Gallery
from playground.ui.views.matrix import Matrix
from playground.ui.widgets import Button, ElidedLabel, Heading, Segment

PART = "validation"
PROBE = Confusion(PART)
MOST_CLASSES = 20
"""Of more, as of the words of a language, neither cells nor names can be read."""


@view("confusion", label=N_("Confusion matrix"), area="results", order=20)
class ConfusionView(Translated, View):
    """Rows the true classes, columns the predicted ones; below, the samples of a chosen cell."""

    opened_from = 480

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.matrix = Matrix()
        self.matrix.chosen.connect(self._choose)
        self.unit = Segment(small=True)
        self.unit.valueChanged.connect(lambda unit: self.matrix.show_shares(unit == "share"))
        self.heading = Heading()
        self.heading.add(self.unit)
        self.cell: tuple[int, int] | None = None
        self.samples, self.caption = QWidget(), ElidedLabel(role="strong")
        self.close_samples = Button(icon="close", kind="flat")
        self.close_samples.clicked.connect(lambda: self._choose(None))
        self.gallery = Gallery()
        self.gallery.chosen.connect(self.choose_sample)
        self.samples.hide()
        self._build()
        self.retranslate()

    def _build(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.caption, 1)
        top.addWidget(self.close_samples)
        below = QVBoxLayout(self.samples)
        below.setContentsMargins(0, 4, 0, 0)
        below.setSpacing(2)
        below.addLayout(top)
        below.addWidget(self.gallery, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 8)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.matrix, 2)
        column.addWidget(self.samples, 1)
        column.addStretch(0)

    @classmethod
    def offered(cls, experiment: Experiment) -> bool:
        """Offered for classes, no more than can be told apart, that no plane shows."""
        task = experiment.task
        few = 2 <= len(task.target.labels) <= MOST_CLASSES
        return task.target.classes and few and not is_plane(task)

    def probes(self, experiment: Experiment) -> frozenset[Probe]:
        """Ask for the counts of the validation part, and for the samples of the chosen cell."""
        return frozenset({PROBE} if self.cell is None else {PROBE, CellSamples(*self.cell)})

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if not self.offered(snapshot.experiment):
            return
        self.matrix.set_counts(snapshot.answers.get(PROBE), snapshot.experiment.task.target.labels)
        if self.cell is None:
            return
        if max(self.cell) >= len(snapshot.experiment.task.target.labels):
            self._choose(None)
            return
        rows = snapshot.answers.get(CellSamples(*self.cell))
        if rows is not None and snapshot.dataset is not None:
            self.caption.setText(self.matrix.readout(*self.cell))
            self.gallery.show_samples(snapshot.dataset, PART, rows.tolist())

    def minimumSizeHint(self) -> QSize:
        """Leave room for the matrix alone; the samples take its place where both do not fit."""
        return QSize(theme.px(174), self.matrix.minimumSizeHint().height() + 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """Show the matrix beside the samples of a cell only where there is room for both."""
        needed = self.minimumSizeHint().height() + self.samples.sizeHint().height()
        self.samples.setVisible(self.cell is not None)
        self.matrix.setVisible(self.cell is None or self.height() >= needed)

    def _choose(self, cell: tuple[int, int] | None) -> None:
        """Show the samples of a cell; None or the same cell again shows none."""
        self.cell = None if cell == self.cell else cell
        self.matrix.set_chosen(self.cell)
        if self.cell is not None:
            self.caption.setText(self.matrix.readout(*self.cell))
        self._share_room()
        self.probes_changed.emit()

    def retranslate(self) -> None:
        self.heading.set_text(tr("Confusion matrix"), tr("true ↓ predicted →"))
        self.unit.set_options([("count", tr("Count")), ("share", "%")])
        self.unit.setAccessibleName(tr("Unit"))
        self.close_samples.set_name(tr("Close"))
        self.gallery.setAccessibleName(tr("Samples"))
        self.matrix.retranslate()
        if self.cell is not None:
            self.caption.setText(self.matrix.readout(*self.cell))
