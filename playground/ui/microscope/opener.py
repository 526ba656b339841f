"""Opens the microscope over the window, and leaves it."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from engine.checkpoint import Checkpoint
from engine.experiment import Experiment
from engine.graph import OUTPUT
from engine.microscope import dense_nodes, make_update
from engine.probes import Probe
from engine.trainer import Trainer
from playground.ui.canvas import edits
from playground.ui.i18n import tr
from playground.ui.microscope.situation import Place

if TYPE_CHECKING:
    from playground.snapshot import Snapshot
    from playground.ui.microscope.mode import MicroscopeMode
    from playground.ui.window import Window


class Opener(QObject):
    """The way into the microscope and back, and the updates that are made in it.

    Attributes
    ----------
    mode
        The microscope; None until it is opened for the first time.
    """

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window, self._pages = window, window.frame.pages
        self.mode: MicroscopeMode | None = None
        self._undo: list[Future[Checkpoint]] = []
        window.header.scope.clicked.connect(self.open)
        window.canvas.weight_chosen.connect(self.open_at)
        window.document.changed.connect(self._changed)

    @property
    def is_open(self) -> bool:
        """Whether the microscope fills the window."""
        return self.mode is not None and self._pages.currentWidget() is self.mode

    def open(self) -> None:
        """Look at a weight of the selected layer, if the network is made of dense layers."""
        reason = why_not(self._window.document.experiment)
        if reason:
            self._window.notices.say(reason)
        elif not self.is_open:
            self._open()

    def open_at(self, target: str, source_unit: int, unit: int) -> None:
        """Look at the weight into a unit of the layer `target`."""
        names = dense_nodes(self._window.document.experiment.graph)
        if target in names:
            self._open(Place(names.index(target), unit, source_unit))

    def _open(self, place: Place | None = None) -> None:
        window = self._window
        window.session.pause()
        mode = self._made()
        mode.show_experiment(window.document.experiment)
        selected = window.document.selection or OUTPUT
        names = dense_nodes(window.document.experiment.graph)
        if selected in names:
            mode.look_at_layer(names.index(selected))
        if place is not None:
            mode.look_at(place)
        self._undo.clear()
        mode.allow_undo(False)
        self._pages.setCurrentWidget(mode)
        mode.drawing.setFocus()
        window.stage.probes_changed.emit()

    def _made(self) -> MicroscopeMode:
        if self.mode is None:
            from playground.ui.microscope.mode import MicroscopeMode

            self.mode = mode = MicroscopeMode()
            self._pages.addWidget(mode)
            mode.left.connect(self.leave)
            mode.probes_changed.connect(self._window.stage.probes_changed)
            mode.update_wanted.connect(self._make_update)
            mode.undo_wanted.connect(self._take_back)
            mode.value_wanted.connect(self._set_value)
        return self.mode

    def leave(self) -> None:
        """Go back to the network."""
        self._pages.setCurrentIndex(0)
        self._window.canvas.setFocus()
        self._window.stage.probes_changed.emit()

    def probes(self, experiment: Experiment) -> frozenset[Probe]:
        """Return what the microscope asks while it is open."""
        if self.mode is None or not self.is_open or not dense_nodes(experiment.graph):
            return frozenset()
        return self.mode.probes(experiment)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show a snapshot while the microscope is open."""
        if self.mode is not None and self.is_open:
            if snapshot.state == "running" and self._undo:
                self._undo.clear()
                self.mode.allow_undo(False)
            self.mode.show_snapshot(snapshot)

    def _changed(self, old: Experiment, new: Experiment) -> None:
        """Leave where an edit makes another network of it."""
        if self.mode is None or not self.is_open:
            return
        self._undo.clear()
        self.mode.allow_undo(False)
        if old.task != new.task or not dense_nodes(new.graph):
            self.leave()
        else:
            self.mode.show_experiment(new)

    def _make_update(self, part: str, index: int) -> None:
        session = self._window.session
        self._undo.append(session.ask(Trainer.checkpoint))
        session.change(partial(make_update, part=part, index=index))
        if self.mode is not None:
            self.mode.allow_undo(True)
        self._window.notices.say(tr("Updated by this sample alone."))

    def _set_value(self, place: Place, old: float, new: float) -> None:
        """Give a parameter another value, an undo step like one that is typed in the inspector."""
        document = self._window.document
        node = dense_nodes(document.experiment.graph)[place.layer]
        edits.set_number(document, node, place.name, place.index, old, new)

    def _take_back(self) -> None:
        before = self._undo.pop()
        self._window.session.change(lambda trainer: trainer.restore(before.result()))
        if self.mode is not None:
            self.mode.allow_undo(bool(self._undo))


def why_not(experiment: Experiment) -> str:
    """Return why the microscope cannot look at a network; empty where it can."""
    if dense_nodes(experiment.graph):
        return ""
    return tr("The microscope looks at chains of dense layers; this network has other layers.")
