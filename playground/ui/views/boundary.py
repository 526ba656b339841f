"""The decision boundary: what the network says about every point of the plane, and the data."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.experiment import Experiment
from engine.probes import Probe
from engine.tasks.points import OWN, Points
from playground.snapshot import Snapshot
from playground.ui.i18n import N_, Translated, tr, tr_n
from playground.ui.planes import is_plane, plane_bounds, plane_probe
from playground.ui.views.base import View, view
from playground.ui.views.boundary_legend import Legend
from playground.ui.views.paint_bar import PaintBar
from playground.ui.views.painting import PaintField
from playground.ui.widgets import Button, Check, Heading

MOST_CLASSES = 10
"""As many as there are colours that can be told apart."""


def has_border(experiment: Experiment) -> bool:
    """Return whether one of a few classes is asked for."""
    target = experiment.task.target
    return target.classes and not target.steps and 2 <= len(target.labels) <= MOST_CLASSES


@view("boundary", label=N_("Decision boundary"), area="results", order=10)
class BoundaryView(Translated, View):
    """The field of the prediction with training and validation points, which can be painted."""

    lively = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = PaintField()
        self.validation, self.hard = Check(value=True), Check()
        self.edit = Button(icon="pencil", kind="flat")
        self.edit.hide()
        self.heading = Heading()
        self.heading.add(self.edit)
        self.bar = PaintBar(self.field)
        self.bar.hide()
        self.legend = Legend()
        self._experiment: Experiment | None = None
        self._task: Points | None = None
        self._seed = 0
        self.validation.valueChanged.connect(self.field.show_validation)
        self.hard.valueChanged.connect(self.field.show_hard)
        self.edit.clicked.connect(self._edit_points)
        self.field.painted.connect(self._take_points)
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
        column.addWidget(self.bar)
        column.addWidget(self.field, 1)
        column.addWidget(self.legend)

    def height_at(self, width: int) -> int:
        """Return the height at which the field is as wide as the view."""
        more = width - self.sizeHint().width()
        return self.sizeHint().height() + max(0, more)

    @classmethod
    def offered(cls, experiment: Experiment) -> bool:
        """Offered for classes in a plane."""
        return is_plane(experiment.task) and has_border(experiment)

    def probes(self, experiment: Experiment) -> frozenset[Probe]:
        """Ask for the plane that the canvas shows, too."""
        probe = plane_probe(experiment)
        return frozenset() if probe is None else frozenset({probe})

    def show_snapshot(self, snapshot: Snapshot) -> None:
        experiment = snapshot.experiment
        if not self.offered(experiment):
            return
        if experiment is not self._experiment:
            self._show_experiment(experiment)
        own = self._task.own if self._task is not None and self._task.cloud == OWN else None
        # Points that are painted stay in sight while the session takes them over.
        if own is None or snapshot.dataset is not None:
            self.field.set_data(snapshot.dataset, plane_bounds(experiment.task))
        self.field.set_own(own)
        answer = snapshot.answers.get(plane_probe(experiment))
        if own is None or answer is not None or snapshot.state != "loading":
            self.field.set_output(None if answer is None else answer.get("output"))

    def _show_experiment(self, experiment: Experiment) -> None:
        """Show what stays while a network trains."""
        self._experiment, task = experiment, experiment.task
        self._task = task if isinstance(task, Points) else None
        self._seed = experiment.training.seed
        self.legend.set_labels(task.target.labels)
        self._show_tools()

    def _show_tools(self) -> None:
        """Offer to paint where the points are one's own, and to make them so where they are not."""
        own = self._task is not None and self._task.cloud == OWN
        self.edit.setVisible(self._task is not None and not own)
        self.bar.setVisible(own)
        count = ""
        if own and self._task is not None:
            points = len(self._task.own)
            self.bar.show_classes(len(self._task.target.labels))
            count = tr_n("{n} point", "{n} points", points, n=f"{points:,}")
        self.heading.set_text(tr("Decision boundary"), count)

    def _edit_points(self) -> None:
        if self._task is not None:
            self._change(self._task.painted(self._seed), tr("Edit points"))

    def _take_points(self, points: tuple[tuple[float, float, float], ...], erased: bool) -> None:
        if self._task is not None:
            text = tr("Erase points") if erased else tr("Paint points")
            self._change(self._task.but(own=points), text)

    def _change(self, task: Points, text: str) -> None:
        self._task, self._experiment = task, None  # the next stroke may end before a snapshot
        self.task_edited.emit(task, text)

    def retranslate(self) -> None:
        self.validation.setText(tr("Validation points"))
        self.hard.setText(tr("Hard edges"))
        self.edit.set_name(tr("Edit these points"))
        self.field.announce()
        self.legend.fit()
        self._show_tools()
