"""The contract of a view: a picture of the latest snapshot, offered where it makes sense."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from engine.experiment import Experiment
from engine.probes import Probe, Sample
from engine.registry import Registry
from playground.snapshot import Snapshot
from playground.ui.widgets import Heading, fill_ground


class View(QWidget):
    """A picture of a run.

    A new view is one file in this package: a class registered with
    ``@view(kind, label=…, area="results" or "below", order=…)``. The window offers it where
    `offered` says so, hands it every new snapshot while it is in sight, and asks the session for
    its `probes`.

    Signals
    -------
    probes_changed()
        The view asks other questions from now on.
    sample_chosen(sample)
        A person chose the `Sample` that all views and the canvas are to show.
    task_edited(task, text)
        A person changed the task, an undo step that is called `text`, translated.
    graph_edited(graph, text)
        A person changed the network, likewise.
    time_pointed(time)
        The mouse or a key points at a time of the data (datetime64), or at none any more (None).
    """

    kind = ""
    label = ""
    area = "results"
    """``results``: the right column; ``below``: under the canvas."""
    order = 0
    lively = False
    """Whether the view is cheap, and drawn with every picture while training, not in turn."""
    opened = True
    """Whether the view is open at first."""
    opened_from = 0
    """Height of network and views together, at 100 %, below which it is closed at first."""
    grows = False
    """Whether the view gains by more height than it asks for."""
    heading: Heading
    """The title, with what belongs beside it; it becomes the bar of the view's dock."""
    sample = Sample()
    """The sample that was chosen last, in this view or another one."""

    probes_changed = Signal()
    refused = Signal(object)
    sample_chosen = Signal(object)
    task_edited = Signal(object, str)
    graph_edited = Signal(object, str)
    time_pointed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fill_ground(self)

    @classmethod
    def offered(cls, experiment: Experiment) -> bool:
        """Whether the view has something to show for this experiment."""
        return True

    @classmethod
    def opens(cls, experiment: Experiment) -> bool:
        """Whether the view is open at first for this experiment, where there is room."""
        return cls.opened

    def height_at(self, width: int) -> int:
        """Return the height that suits a width, at which all of the view shows."""
        return self.sizeHint().height()

    def probes(self, experiment: Experiment) -> frozenset[Probe]:
        """Return the questions whose answers the view draws."""
        return frozenset()

    def choose_sample(self, sample: Sample) -> None:
        """Let all views and the canvas show a sample, as a person wants."""
        self.sample = sample
        self.sample_chosen.emit(sample)

    def show_selection(self, name: str) -> None:
        """Hear which layer is selected on the canvas; the empty string for none."""

    def show_time(self, time: np.datetime64 | None) -> None:
        """Put the cursor on the time that another view points at; None takes it away."""

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw a snapshot, in a few milliseconds; called at most 36 times a second.

        Its `experiment`, `dataset` and `answers` may be those of another task than the last
        one's, and answers that were asked for may still be missing.
        """
        raise NotImplementedError


view: Registry[View] = Registry("view")
