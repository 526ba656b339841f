"""Gates and states of a recurrent layer over time: of one sample's steps, or of a day's samples."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from engine.bypass import running
from engine.experiment import Experiment
from engine.graph import Graph
from engine.layers.recurrent import Recurrent
from engine.probes import Probe, Sample
from engine.probes_inside import Inside, LastSteps, Tokens
from engine.tasks import Dataset
from engine.tasks.traffic import TrafficDataset
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.canvas.words import node_title
from playground.ui.i18n import N_, Translated, tr
from playground.ui.views.attention import token_labels
from playground.ui.views.base import View, view
from playground.ui.views.days import DAY_END, HOURS, Day, days, row_at
from playground.ui.views.gate_map import GateMap, TimeAxis
from playground.ui.widgets import Button, Combo, EmptyState, Heading, Segment

NAMES = {
    "forget gate": N_("Forget gate"),
    "input gate": N_("Input gate"),
    "output gate": N_("Output gate"),
    "update gate": N_("Update gate"),
    "reset gate": N_("Reset gate"),
    "candidate": N_("Candidate"),
    "cell state": N_("Cell state"),
    "hidden state": N_("Hidden state"),
}
"""What layers call what is inside of them."""

WIDE, WIDEST = 460, 720
"""From these widths on the choices stand in one row, and beside the title."""

MOST_CARDS = 8
"""Above so many layers the view is closed at first: they need the room under the canvas."""


@view("gates", label=N_("Gate activity"), area="below", order=20)
class GatesView(Translated, View):
    """One gate or state of a recurrent layer as a map, units over time."""

    opened_from = 720

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = Heading()
        self.earlier, self.later = (Button(icon=icon, kind="flat") for icon in ("left", "right"))
        self.earlier.clicked.connect(lambda: self.move_by(-1))
        self.later.clicked.connect(lambda: self.move_by(1))
        self.heading.add(self.earlier, self.later)
        self.layer, self.quantity, self.over = Combo(), Combo(), Segment(small=True)
        self.layer.setMinimumWidth(72)  # its text may be cut before the map is
        self.layer.valueChanged.connect(self._ask)
        self.over.valueChanged.connect(self._ask)
        self.quantity.valueChanged.connect(lambda _: self._draw())
        self.map, self.empty = GateMap(), EmptyState("lstm")
        self.map.chosen.connect(self._choose)
        self.map.pointed.connect(self._tell_time)
        self._graph: Graph | None = None
        self._dataset: Dataset | None = None
        self._days: list[Day] = []
        self._answers: tuple[Any, Any] = (None, None)
        self._beside: bool | None = None
        self._build()
        self.retranslate()

    def _build(self) -> None:
        self._choices = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._choices.setSpacing(8)
        self._place_choices()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 8)
        column.setSpacing(4)
        column.addLayout(self._choices)
        column.addWidget(self.map, 1)
        column.addWidget(self.empty, 1)

    def _place_choices(self) -> None:
        """Put the choices beside the title, in a row below it, or below each other."""
        direction, choices = QBoxLayout.Direction, (self.layer, self.quantity, self.over)
        wide = self.width() >= theme.px(WIDE)
        self._choices.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        beside = self.width() >= theme.px(WIDEST)
        if beside == self._beside:
            return
        self._beside = beside
        if beside:
            self.heading.add(*choices)
            return
        for choice in choices:
            self._choices.addWidget(choice)

    @classmethod
    def opens(cls, experiment: Experiment) -> bool:
        """Open where a layer has gates, unless the network needs the room itself."""
        graph = running(experiment.graph)
        if len(graph.nodes) > MOST_CARDS:
            return False
        recurrent = [node.layer for node in graph if isinstance(node.layer, Recurrent)]
        return any(layer.gates > 1 for layer in recurrent)

    @classmethod
    def offered(cls, experiment: Experiment) -> bool:
        """Offered where a layer carries a state through time."""
        return any(isinstance(node.layer, Recurrent) for node in running(experiment.graph))

    def _adopt(self, experiment: Experiment) -> None:
        """List the layers of a network."""
        if experiment.graph != self._graph:
            self._graph = experiment.graph
            self._list_layers()

    def _list_layers(self) -> None:
        if self._graph is not None:
            found = [node for node in running(self._graph) if isinstance(node.layer, Recurrent)]
            self.layer.blockSignals(True)
            self.layer.set_options([(node.name, node_title(node)) for node in found])
            self.layer.blockSignals(False)
            self.layer.setVisible(len(found) > 1)

    @property
    def _day(self) -> Day | None:
        """The day that the chosen sample is in; where none was chosen, a whole one."""
        if not self._days or self.over.value() != "day":
            return None
        part, index = self.sample.part, self.sample.index
        if self.sample != Sample():
            for day in self._days:
                if day.part == part and day.start <= index < day.stop:
                    return day
        return max(self._days, key=lambda day: day.stop - day.start)

    def probes(self, experiment: Experiment) -> frozenset[Probe]:
        """Ask for the inside of the chosen layer."""
        self._adopt(experiment)
        return frozenset(self._probes())

    def _probes(self) -> list[Probe]:
        name, day = self.layer.value(), self._day
        if name is None:
            return []
        if day is not None:
            return [LastSteps(name, day.part, day.start, day.stop)]
        return [Inside(name, self.sample), Tokens(name, self.sample)]

    def show_selection(self, name: str) -> None:
        """Show the layer that is selected on the canvas, where it is recurrent."""
        self.layer.set_value(name)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._adopt(snapshot.experiment)
        dataset = snapshot.dataset
        if dataset is not self._dataset:
            self._dataset = dataset
            timed = isinstance(dataset, TrafficDataset)
            self._days = days(dataset) if timed else []
            self.over.setVisible(timed)
            self._ask()
        found = [snapshot.answers.get(probe) for probe in self._probes()]
        answers = (*found, None, None)[:2]
        if any(new is not old for new, old in zip(answers, self._answers, strict=True)):
            self._answers = answers
            self._list_quantities()
            self._draw()

    def _ask(self, _: object = None) -> None:
        self._write_heading()
        self.probes_changed.emit()

    def move_by(self, by: int) -> None:
        """Show the sample so many further, or that at the beginning of another day."""
        if self._dataset is None:
            return
        day = self._day
        if day is not None:
            place = (self._days.index(day) + by) % len(self._days)
            self._choose_sample(self._days[place].part, self._days[place].start)
        else:
            part, index = self.sample.part, self.sample.index
            self._choose_sample(part, (index + by) % len(self._dataset.part(part)))

    def _choose(self, column: int) -> None:
        """Let all views show the sample whose column was clicked."""
        day = self._day
        if day is not None:
            self._choose_sample(day.part, day.start + column)

    def _choose_sample(self, part: str, index: int) -> None:
        self.choose_sample(Sample(part, index))
        self._write_heading()
        self._draw()

    def _tell_time(self, column: int | None) -> None:
        """Let the other views put their cursors on the time of a column."""
        day, data = self._day, self._dataset
        if day is not None and isinstance(data, TrafficDataset):
            self.time_pointed.emit(None if column is None else day.times(data)[column])

    def show_time(self, time: np.datetime64 | None) -> None:
        day, data = self._day, self._dataset
        known = day is not None and isinstance(data, TrafficDataset)
        self.map.show_column(row_at(day.times(data), time, data.step) if known else None)

    def _list_quantities(self) -> None:
        self.quantity.blockSignals(True)
        names = self._answers[0] or ()
        self.quantity.set_options([(name, tr(NAMES.get(name, name))) for name in names])
        self.quantity.blockSignals(False)

    def _draw(self) -> None:
        values, quantity = self._answers[0], self.quantity.value()
        known = bool(values) and quantity in values
        self.map.setVisible(known)
        self.empty.setVisible(not known)
        self._write_heading()
        if not known:
            return
        shown, day = values[quantity], self._day
        axis, marked = self._steps_axis(len(shown)), -1
        if day is not None:
            axis = self._day_axis(day, len(shown))
            inside = self.sample.part == day.part and self.sample != Sample()
            marked = self.sample.index - day.start if inside else -1
        self.map.show_values(shown, axis, quantity.endswith("gate"), marked)

    def _day_axis(self, day: Day, count: int) -> TimeAxis:
        assert isinstance(self._dataset, TrafficDataset)
        hours = day.hours(self._dataset)[:count]
        width = (hours[-1] - hours[0]) / max(count - 1, 1)
        edges = hours[0] + width * np.arange(count + 1)
        minutes = np.rint(hours * 60).astype(int).tolist()
        names = [f"{minute // 60:02d}:{minute % 60:02d}" for minute in minutes]
        return TimeAxis(edges, DAY_END, HOURS, names)

    def _steps_axis(self, count: int) -> TimeAxis:
        """Return the steps of a sample under their tokens, or their numbers."""
        labels = token_labels(self._dataset)
        numbers = (self._answers[1] or {}).get("queries")
        names = [str(step + 1) for step in range(count)]
        if labels and numbers is not None and len(numbers) == count:
            names = [labels[n] if n < len(labels) else "" for n in numbers.tolist()]
        return TimeAxis.of_steps(names)

    def _write_heading(self) -> None:
        day = self._day
        detail = tr("sample {number}", number=str(self.sample.index + 1))
        if day is not None:
            detail = tr("after the last step of each sample of {date}", date=str(day.date))
        self.heading.set_text(tr("Gate activity"), detail)
        self.map.setAccessibleName(f"{tr('Gate activity')}, {detail}")
        later, earlier = tr("Next sample"), tr("Sample before")
        self.later.set_name(tr("Day after") if day else later)
        self.earlier.set_name(tr("Day before") if day else earlier)

    def sizeHint(self) -> QSize:
        return self.map.sizeHint() + QSize(24, 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_choices()

    def retranslate(self) -> None:
        self.over.set_options([("day", tr("Day")), ("sample", tr("Sample"))])
        self.over.setAccessibleName(tr("Time"))
        self.over.setVisible(bool(self._days))
        self.layer.setAccessibleName(tr("Layer"))
        self.quantity.setAccessibleName(tr("Gate or state"))
        self.empty.set_text(tr("Gates and states will be drawn here."))
        self._list_layers()
        self._list_quantities()
        self._draw()
