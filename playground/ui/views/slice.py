"""The decision over two of many inputs, with the others held at their mean."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.experiment import Experiment
from engine.probes import Plane, Probe
from engine.tasks import Dataset
from engine.tasks.plane import PlaneTask
from playground.snapshot import Snapshot
from playground.ui.column_names import column_name
from playground.ui.data.base import NarrowCombo
from playground.ui.i18n import N_, Translated, tr
from playground.ui.planes import Bounds
from playground.ui.views.axis import Axis
from playground.ui.views.base import View, view
from playground.ui.views.boundary import MOST_CLASSES, has_border
from playground.ui.views.boundary_field import BoundaryField
from playground.ui.views.boundary_legend import Legend
from playground.ui.widgets import Check, Heading, Label

MARGIN = 0.05
"""How far the field reaches beyond the samples, as a share of their range."""


def axes_of(dataset: Dataset) -> tuple[Axis, ...]:
    """Return the inputs of a data set whose samples are lists, with names and scales if known."""
    count = dataset.training.inputs.shape[1]
    names = getattr(dataset, "columns", ())
    offsets, scales = (getattr(dataset, name, ()) for name in ("offsets", "scales"))
    known = len(names) == count and len(scales) > count
    return tuple(
        Axis(column_name(names[i]), i, float(offsets[i]), float(scales[i]))
        if known
        else Axis(f"x{i + 1}".translate(_SUBSCRIPTS), i)
        for i in range(count)
    )


def telling(dataset: Dataset) -> NDArray[np.float64]:
    """Return how much of the variance of each input lies between the classes, from 0 to 1."""
    x, labels = dataset.training.inputs.astype(np.float64), dataset.training.targets
    middle, spread = x.mean(axis=0), x.var(axis=0)
    between = np.zeros(x.shape[1])
    for label in np.unique(labels):
        own = x[labels == label]
        between += len(own) / len(x) * (own.mean(axis=0) - middle) ** 2
    shares: NDArray[np.float64] = between / np.where(spread > 0, spread, 1)
    return shares


@view("slice", label=N_("Slice of the decision boundary"), area="results", order=11)
class SliceView(Translated, View):
    """The field of the prediction over a pair of inputs, with all samples laid onto it."""

    opened = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field, self.legend = BoundaryField(), Legend()
        self.across, self.up = NarrowCombo(), NarrowCombo()
        self.validation, self.hard = Check(value=True), Check()
        self.heading, self.held = Heading(), Label(role="caption")
        self.heading.add(self.across, self.up)
        self._dataset: Dataset | None = None
        self._axes: tuple[Axis, ...] = ()
        self.across.edited.connect(lambda *_: self._choose(self.across, self.up))
        self.up.edited.connect(lambda *_: self._choose(self.up, self.across))
        self.validation.valueChanged.connect(self.field.show_validation)
        self.hard.valueChanged.connect(self.field.show_hard)
        self._pair = (0, 1)
        self._build()
        self.retranslate()

    def _build(self) -> None:
        checks = QHBoxLayout()
        checks.setSpacing(16)
        checks.addWidget(self.validation)
        checks.addWidget(self.hard)
        checks.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 8)
        column.setSpacing(2)
        column.addWidget(self.heading)
        column.addLayout(checks)
        column.addWidget(self.field, 1)
        column.addWidget(self.legend)
        column.addWidget(self.held)

    @classmethod
    def offered(cls, experiment: Experiment) -> bool:
        """Offered for classes of samples that are lists of numbers."""
        task = experiment.task
        numbers = len(task.input_shape) == 1 and task.input_shape[0] > 1 and not task.token_count
        return numbers and not isinstance(task, PlaneTask) and has_border(experiment)

    def probes(self, experiment: Experiment) -> frozenset[Probe]:
        """Ask for the plane of the pair, once the data tell how far it reaches."""
        return frozenset() if self._dataset is None else frozenset({self._probe()})

    def _probe(self) -> Plane:
        return Plane(self._bounds(), most_units=MOST_CLASSES, axes=self._pair)

    def _bounds(self) -> Bounds:
        assert self._dataset is not None
        chosen = self._dataset.training.inputs[:, list(self._pair)]
        low, high = chosen.min(axis=0), chosen.max(axis=0)
        margin = np.where(high > low, MARGIN * (high - low), 1)
        (left, bottom), (right, top) = (low - margin).tolist(), (high + margin).tolist()
        return left, right, bottom, top

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if not self.offered(snapshot.experiment):
            return
        if snapshot.dataset is not self._dataset:
            self._take_data(snapshot.dataset)
        if self._dataset is None:
            self.field.set_output(None)
            return
        self.legend.set_labels(snapshot.experiment.task.target.labels)
        answer = snapshot.answers.get(self._probe())
        self.field.set_output(None if answer is None else answer.get("output"))

    def _take_data(self, dataset: Dataset | None) -> None:
        """Show other data: over the same pair where the inputs are the same, else over the best."""
        self._dataset = dataset
        if dataset is None:
            return
        axes = axes_of(dataset)
        if [axis.name for axis in axes] != [axis.name for axis in self._axes]:
            best = np.argsort(-telling(dataset), kind="stable")
            self._pair = (int(best[0]), int(best[1]))
        self._axes = axes
        self._write_pair()
        self._lay_out()

    def _choose(self, changed: NarrowCombo, other: NarrowCombo) -> None:
        """Take another input along one side; the one that was there goes to the other side."""
        before = dict(zip((self.across, self.up), self._pair, strict=True))
        if changed.value() == other.value():
            other.set_value(before[changed])
        self._pair = self.across.value(), self.up.value()
        self._lay_out()

    def _lay_out(self) -> None:
        horizontal, vertical = (self._axes[place] for place in self._pair)
        self.field.set_data(self._dataset, self._bounds(), (horizontal, vertical))
        self.probes_changed.emit()

    def _write_pair(self) -> None:
        options = [(axis.place, axis.name) for axis in self._axes]
        for combo, place in zip((self.across, self.up), self._pair, strict=True):
            combo.set_options(options)
            combo.set_value(place)

    def retranslate(self) -> None:
        self.heading.set_text(tr("Slice"))
        self.validation.setText(tr("Validation points"))
        self.hard.setText(tr("Hard edges"))
        self.held.setText(tr("Other inputs are held at their mean."))
        for combo, name in (
            (self.across, tr("Input to the right")),
            (self.up, tr("Input upwards")),
        ):
            combo.setAccessibleName(name)
            combo.setToolTip(name)
        if self._dataset is not None:
            self._axes = axes_of(self._dataset)
            self._write_pair()
        self.field.announce()
        self.legend.fit()


_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
