"""The microscope as it fills the window: six steps, drawing, formulas and side panel."""

from __future__ import annotations

from math import prod

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from engine.experiment import Experiment
from engine.microscope import LossAlong, Microscope, SampleStep, dense_nodes
from engine.probes import Probe
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.canvas.words import total_parameters
from playground.ui.i18n import Translated, tr
from playground.ui.microscope.backward import hidden_cards, output_cards, weight_cards
from playground.ui.microscope.cards import CardRows
from playground.ui.microscope.drawing import Drawing
from playground.ui.microscope.forward import forward_cards
from playground.ui.microscope.frame import Head, Scroll
from playground.ui.microscope.losses import loss_cards
from playground.ui.microscope.samples import SampleChoice
from playground.ui.microscope.side import Side
from playground.ui.microscope.situation import Place, Situation, units_to_show
from playground.ui.microscope.story import STEPS
from playground.ui.microscope.updating import update_cards
from playground.ui.microscope.wording import WEIGHT, wording_of
from playground.ui.widgets import Button, Label, Rule, Segment
from playground.ui.widgets.labels import Picture

CARDS = {
    "forward": forward_cards,
    "loss": loss_cards,
    "output": output_cards,
    "hidden": hidden_cards,
    "weight": weight_cards,
    "update": update_cards,
}
SIDE_WIDTH, LEAST_SIDE, BELOW_HEIGHT = 350, 236, 260
"""Widths of the side panel and the height of the formulas at first, in pixels at 100 %."""
REACH = 4.0
"""How far the curve of the loss goes to either side of a weight."""
POINTS = 81


class MicroscopeMode(Translated, QWidget):
    """Looks at one sample and one weight of a network of dense layers.

    Signals
    -------
    left()
        A person is done.
    probes_changed()
        Another question is to be asked.
    update_wanted(part, index)
        The network is to be trained on the sample once.
    undo_wanted()
        The last such update is to be undone.
    value_wanted(place, old, new)
        A parameter is to be given another value.
    """

    left = Signal()
    probes_changed = Signal()
    update_wanted = Signal(str, int)
    undo_wanted = Signal()
    value_wanted = Signal(object, float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place: Place | None = None
        self._experiment: Experiment | None = None
        self._wanted: Place | None = None
        self._layer, self._wording = 0, WEIGHT
        self._step: SampleStep | None = None
        self._along: object = None
        self.back = Button(" ", icon="left")
        self.title = Label(role="value")
        self.steps = Segment()
        self.before, self.after = Button(icon="left"), Button(icon="right")
        self.network = Label(role="strong")
        self.hint = Label(role="detail")
        self.samples = SampleChoice()
        self.drawing, self.cards, self.side = Drawing(), CardRows(), Side()
        self.cards_title, self.cards_hint = Label(role="heading"), Label(role="caption")
        self._picture = Picture("scope", "ink", 22)
        self._divided = False
        self._build()
        self._connect()
        theme.manager().changed.connect(self._restyle)
        self.retranslate()
        self._restyle()

    # The parts

    def _build(self) -> None:
        self._columns = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self._columns.addWidget(self._middle())
        self._columns.addWidget(Scroll(self.side))
        self._columns.setStretchFactor(0, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._bar())
        rows.addWidget(self._columns, 1)

    def _bar(self) -> QFrame:
        bar = QFrame(objectName="transport")
        self._row = row = QHBoxLayout(bar)
        row.setSpacing(10)
        for widget in (self.back, self._picture, self.title, self.steps, self.before, self.after):
            row.addWidget(widget)
        row.addStretch(1)
        self._bar_frame = bar
        return bar

    def _middle(self) -> QWidget:
        head = Head(self.network, self.hint, self.samples)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.drawing)
        below = QFrame(objectName="panel")
        column = QVBoxLayout(below)
        column.setContentsMargins(16, 8, 16, 10)
        column.setSpacing(6)
        heading = QHBoxLayout()
        heading.addWidget(self.cards_title)
        heading.addWidget(self.cards_hint, 1)
        column.addLayout(heading)
        column.addWidget(self.cards)
        column.addStretch(1)
        self._rows = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        self._rows.addWidget(scroll)
        self._rows.addWidget(Scroll(below))
        self._rows.setStretchFactor(0, 1)
        body = QWidget()
        rows = QVBoxLayout(body)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(head)
        rows.addWidget(Rule())
        rows.addWidget(self._rows, 1)
        return body

    def _connect(self) -> None:
        for splitter in (self._columns, self._rows):
            splitter.splitterMoved.connect(lambda: setattr(self, "_divided", True))
        self.back.clicked.connect(self.left)
        for key, action in (
            ("Esc", self.left.emit),
            ("Left", lambda: self.go(-1)),
            ("Right", lambda: self.go(1)),
            ("PgUp", lambda: self.samples.move_by(-1)),
            ("PgDown", lambda: self.samples.move_by(1)),
        ):
            shortcut = QShortcut(QKeySequence(key), self, action)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.steps.valueChanged.connect(lambda _: self._draw())
        self.before.clicked.connect(lambda: self.go(-1))
        self.after.clicked.connect(lambda: self.go(1))
        self.samples.chosen.connect(self._ask)
        self.drawing.chosen.connect(self.look_at)
        self.drawing.rows_changed.connect(self._draw)
        self.cards.lit.connect(self.drawing.light)
        self.side.make.clicked.connect(
            lambda: self.update_wanted.emit(self.samples.part, self.samples.index)
        )
        self.side.undo.clicked.connect(self.undo_wanted)
        self.side.trial.wanted.connect(self._want_value)

    # What is looked at

    def show_experiment(self, experiment: Experiment) -> None:
        """Look at the network of an experiment, made of dense layers."""
        if self._experiment is None or experiment.graph != self._experiment.graph:
            self.place, self._step = None, None
        self._experiment = experiment
        self._write_network()

    def look_at_layer(self, layer: int) -> None:
        """Look at some weight of a dense layer, where none was chosen before."""
        self._layer = layer

    def look_at(self, place: Place) -> None:
        """Look at a parameter."""
        self._wanted = place
        if self._step is not None and _exists(self._step, place):
            self.place = place
        self._along = None
        self._ask()
        self._draw()

    def probes(self, experiment: Experiment) -> frozenset[Probe]:
        """Return the questions: the way of the sample, and the loss along the weight."""
        wanted: set[Probe] = {self._question()}
        if self.place is not None:
            wanted.add(self._curve_question(experiment))
        return frozenset(wanted)

    def _question(self) -> Microscope:
        return Microscope(self.samples.part, self.samples.index)

    def _curve_question(self, experiment: Experiment) -> LossAlong:
        assert self.place is not None
        node = dense_nodes(experiment.graph)[self.place.layer]
        part, index = self.samples.part, self.samples.index
        return LossAlong(node, self.place.name, self.place.index, part, index, REACH, POINTS)

    def _ask(self) -> None:
        self.probes_changed.emit()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the answers, when they are there."""
        self.samples.show_data(snapshot.experiment, snapshot.dataset)
        step = snapshot.answers.get(self._question())
        names = dense_nodes(snapshot.experiment.graph)
        if step is None or tuple(layer.node for layer in step.layers) != names:
            return
        self._experiment = snapshot.experiment
        is_new, self._step = step is not self._step, step
        if self.place is None or not _exists(step, self.place):
            self.place = self._first_place(step)
            self._ask()
        along = snapshot.answers.get(self._curve_question(snapshot.experiment))
        if is_new or along is not self._along:
            self._along = along
            self._draw()

    def _first_place(self, step: SampleStep) -> Place:
        """Return the wanted parameter, or w₁,₁₂; in wide layers one that matters."""
        if self._wanted is not None and _exists(step, self._wanted):
            return self._wanted
        layer = min(self._layer, len(step.layers) - 1)
        sizes = abs(step.layers[layer].dW)
        if sizes.shape[0] <= 8:
            return Place(layer, 0, min(1, sizes.shape[0] - 1))
        source, unit = divmod(int(sizes.argmax()), sizes.shape[1])
        return Place(layer, unit, source)

    def go(self, by: int) -> None:
        """Go to the step before (−1) or after (+1)."""
        keys = list(STEPS)
        at = keys.index(self.steps.value()) + by
        if 0 <= at < len(keys):
            self.steps.set_value(keys[at])

    def _want_value(self, value: float) -> None:
        if self.situation is not None:
            self.value_wanted.emit(self.place, self.situation.value, value)

    def allow_undo(self, allowed: bool) -> None:
        """Say whether there is an update to undo."""
        self.side.undo.setEnabled(allowed)

    # The look

    @property
    def situation(self) -> Situation | None:
        """What is shown."""
        if self._step is None or self.place is None or self._experiment is None:
            return None
        rows = self.drawing.rows
        shown = units_to_show(self._step, self.place, rows)
        return Situation(self._step, self._experiment, self.place, shown)

    def _draw(self) -> None:
        s, step = self.situation, self.steps.value()
        self.before.setEnabled(step != "forward")
        self.after.setEnabled(step != "update")
        if s is None or step is None:
            return
        if wording_of(s.place) != self._wording:
            self._wording = wording_of(s.place)
            self._fold()
        cards = CARDS[step](s)
        self.drawing.show_situation(s, step, cards)
        self.cards.show_cards(cards)
        self.side.show_situation(s, self._along)
        self._write_step()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()
        self._fold()

    def _fold(self) -> None:
        """Leave out what the bar and the line under it have no room for."""
        margins = 2 * theme.px(12) + 60
        fixed = (self.back, self._picture, self.before, self.after)
        room = self.width() - margins - sum(part.sizeHint().width() for part in fixed)
        self._name_steps(short=False)
        title = self.title.sizeHint().width() + 10
        self.title.setVisible(self.steps.sizeHint().width() + title <= room)
        if self.steps.sizeHint().width() > room:
            self._name_steps(short=True)

    def _name_steps(self, short: bool) -> None:
        several = self._experiment is not None and len(dense_nodes(self._experiment.graph)) > 2
        names = {key: tr(text) for key, text in STEPS.items()}
        names["weight"] = tr(self._wording.step)
        if several:
            names["hidden"] = tr("Hidden layers")
        self.steps.set_options(
            (key, str(number) if short else f"{number}  {name}")
            for number, (key, name) in enumerate(names.items(), 1)
        )
        for key, name in names.items():
            self.steps.button(key).setAccessibleName(name)
            self.steps.button(key).setToolTip(name if short else "")

    def _restyle(self) -> None:
        self._bar_frame.setFixedHeight(theme.px(64))
        self._row.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        self._share()
        self._fold()

    def _share(self) -> None:
        """Divide the room between drawing, formulas and side panel, until a person has done so."""
        if self._divided:
            return
        width, height = self.width(), self.height() - theme.px(104)
        side = max(theme.px(LEAST_SIDE), min(theme.px(SIDE_WIDTH), round(0.3 * width)))
        below = min(theme.px(BELOW_HEIGHT), round(0.38 * height))
        self._columns.setSizes([max(width - side, 1), side])
        self._rows.setSizes([max(height - below, 1), below])

    def _write_network(self) -> None:
        if self._experiment is None:
            return
        experiment = self._experiment
        shapes = experiment.shapes()
        sizes = [shapes.shapes[name][-1] for name in dense_nodes(experiment.graph)]
        name = "-".join(map(str, [prod(experiment.task.input_shape), *sizes]))
        self.network.setText(tr("{sizes} network", sizes=name))
        idle = total_parameters(experiment, shapes, bypassed=True)
        total = total_parameters(experiment, shapes) - idle
        count = tr("{count} parameters", count=f"{total:,}")
        self.hint.setText(f"{count} · float64 · {tr('click any weight to examine it')}")

    def _write_step(self) -> None:
        step = self.steps.value()
        titles = {
            "forward": tr("Forward: sums and activations"),
            "loss": tr("How far off the answer is"),
            "output": tr("From the loss back to the output layer"),
            "hidden": tr("Back through the weights to the hidden units"),
            "weight": tr("Chain rule, one factor at a time"),
            "update": tr("What the optimizer makes of the gradient"),
        }
        self.cards_title.setText(titles[step])
        width = self.cards_title.sizeHint().width() + self.cards_hint.sizeHint().width()
        fits = width + theme.px(60) < self.width() - self._columns.sizes()[1]
        self.cards_hint.setVisible(step == "weight" and fits)

    def retranslate(self) -> None:
        self.setAccessibleName(tr("Microscope"))
        self.back.setText(tr("Network"))
        self.back.setToolTip(f"{tr('Back to the network')} (Esc)")
        self.title.setText(tr("Backprop microscope"))
        self.steps.setAccessibleName(tr("Steps of backpropagation"))
        self.before.set_name(tr("Step before"), "←")
        self.after.set_name(tr("Next step"), "→")
        self.cards_hint.setText(tr("point at a factor to light up its number in the network"))
        self._name_steps(short=False)
        self._write_network()
        self._draw()
        self._fold()


def _exists(step: SampleStep, place: Place) -> bool:
    if place.layer >= len(step.layers):
        return False
    layer = step.layers[place.layer]
    if place.source is None:
        return layer.b is not None and place.unit < len(layer.h)
    return place.unit < layer.W.shape[1] and place.source < layer.W.shape[0]
