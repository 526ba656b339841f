"""The transport bar: task, reset, play, step, counters, training settings and speed."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from engine.experiment import Experiment
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.document import Document
from playground.ui.i18n import Translated, tr
from playground.ui.more_settings import MoreSettings
from playground.ui.refusal import Refusal
from playground.ui.task_choice import TaskChoice
from playground.ui.training_fields import TrainingFields
from playground.ui.widgets import Button, Counter, LabeledSlider, Rule, fill_ground, room

_FOLDING = (
    ("speed",),
    ("penalty", "strength"),
    ("loss", "batch_size"),
    ("optimizer",),
    ("learning_rate",),
)
"""What goes into the popup, step by step, as the bar gets narrower."""
_FLAT_OUT = 5.0
_START_SPEED = 3.0  # log10 of steps a second: fast, yet the small examples can be watched


class Transport(Translated, QFrame):
    """The first row of the window.

    Signals
    -------
    example_chosen(name)
        Another task was chosen; `name` is that of a built-in experiment.
    play(), pause(), reset(), new_seed()
        The buttons.
    step(unit)
        Train for one ``"iteration"`` or ``"epoch"``.
    speed(steps_per_second)
        The slider; None is flat out.
    """

    example_chosen = Signal(str)
    play = Signal()
    pause = Signal()
    step = Signal(str)
    reset = Signal()
    new_seed = Signal()
    speed = Signal(object)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transport")
        fill_ground(self)
        self._document = document
        self._running = False
        self._problem: str | None = None
        self.task = TaskChoice()
        self.reset_button = Button(icon="reset")
        self.seed_button = Button(icon="dice")
        self.play_button = Button(" ", icon="play", kind="primary")
        self.step_button = _StepButton()
        self.epoch, self.iteration, self.batch = Counter(), Counter(), Counter()
        self.refusal = Refusal(self)
        self.settings = TrainingFields(document, self.refusal, self)
        self.speed_slider = LabeledSlider("", 0.0, _FLAT_OUT, 0.25, _speed_text, _START_SPEED)
        self.more = Button(" ", icon="down", kind="flat")
        self.more.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._folded = 0
        self._spare: tuple[QWidget, ...] = (self.batch, self.seed_button, self.iteration)
        self._build()
        self._connect()
        theme.manager().changed.connect(self._rescale)
        self._show_task(document.experiment)
        self.retranslate()

    def _build(self) -> None:
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self.task)
        row.addWidget(_divider())
        for button in (self.reset_button, self.seed_button, self.play_button, self.step_button):
            row.addWidget(button)
        row.addWidget(_divider())
        for counter in (self.epoch, self.iteration, self.batch):
            row.addWidget(counter)
            row.addSpacing(12)
        row.addStretch(1)
        row.addWidget(_divider())
        self._places: dict[str, QWidget] = {**self.settings.fields, "speed": self.speed_slider}
        for name, widget in self._places.items():
            if name == "speed":
                row.addWidget(self.more)
            row.addWidget(widget)
        self.speed_slider.setFixedWidth(self.speed_slider.sizeHint().width())

    def _connect(self) -> None:
        self.task.chosen.connect(self.example_chosen)
        self.reset_button.clicked.connect(self.reset)
        self.seed_button.clicked.connect(self.new_seed)
        self.play_button.clicked.connect(self.toggle)
        self.step_button.stepped.connect(self.step)
        self.speed_slider.valueChanged.connect(lambda _: self.speed.emit(self.steps_per_second()))
        self.more.clicked.connect(self._open_popup)
        self._document.changed.connect(lambda _, new: self._show_task(new))

    @cached_property
    def popup(self) -> MoreSettings:
        """What opens under the last button; made when it is first needed."""
        popup = MoreSettings(self._document, self)
        popup.hold({name: self._places[name] for name in self._hidden()})
        return popup

    def toggle(self) -> None:
        """Play or pause, as the button says; nothing happens while the network has a problem."""
        if self._running:
            self.pause.emit()
        elif self._problem is None:
            self.play.emit()

    def steps_per_second(self) -> float | None:
        """Return the chosen speed; None is flat out."""
        value = self.speed_slider.value()
        return None if value >= _FLAT_OUT else 10.0**value

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the counters and whether the network trains."""
        self.epoch.set_value(f"{snapshot.epoch:,}", f"{snapshot.goal:,}" if snapshot.goal else "")
        self.iteration.set_value(f"{snapshot.step:,}")
        batches = snapshot.batches_per_epoch
        self.batch.set_value(f"{snapshot.batch:,}", f"{batches:,}" if batches else "")
        running = snapshot.state == "running"
        if running != self._running:
            self._running = running
            self._write_play()

    def set_problem(self, text: str | None) -> None:
        """Disable Play and say why in its tooltip; None enables it."""
        if text != self._problem:
            self._problem = text
            self._write_play()

    def _write_play(self) -> None:
        self.play_button.setText(tr("Pause") if self._running else tr("Play"))
        self.play_button.set_icon("pause" if self._running else "play")
        self.play_button.setEnabled(self._running or self._problem is None)
        self.step_button.setEnabled(self._problem is None)
        self.play_button.setToolTip(self._problem or tr("Train, or pause (Space)"))

    def _show_task(self, experiment: Experiment) -> None:
        self.task.show_experiment(experiment)
        self._refold()

    def _open_popup(self) -> None:
        self.popup.open_under(self.more)

    def _rescale(self) -> None:
        self.speed_slider.setFixedWidth(self.speed_slider.sizeHint().width())
        self._size_play()
        self._refold()

    def _size_play(self) -> None:
        """Give Play the room of the longer of its two words."""
        metrics = self.play_button.fontMetrics()
        words = (tr("Play"), tr("Pause"))
        widest = max(metrics.horizontalAdvance(word) for word in words) + theme.px(58)
        self.play_button.setFixedWidth(max(theme.px(110), widest))

    def _width(self, folded: int, spared: int = 0) -> int:
        """Return how wide the bar is with so many groups folded and spare parts left out."""
        hidden = {name for group in _FOLDING[:folded] for name in group}
        gone = self._spare[:spared]
        row, spacing = self._row, self._row.spacing()
        width, items = row.contentsMargins().left() + row.contentsMargins().right(), 0
        for index in range(row.count()):
            item, widget = row.itemAt(index), row.itemAt(index).widget()
            if widget not in self._places.values() and widget not in gone:
                width += item.sizeHint().width() if widget is None else room(widget)
                items += widget is not None  # a layout puts no spacing beside a gap
        for name, widget in self._places.items():
            if name not in hidden:
                width += widget.minimumSizeHint().width()
                items += 1
        return width + spacing * (items - 1)

    def _fold(self) -> None:
        """Move what does not fit into the popup, and back what fits again.

        Where that is not enough, what the status bar or a menu has as well is left out.
        """
        if theme.manager().switching:
            return
        counts, every = range(len(_FOLDING)), len(_FOLDING)
        folded = next((n for n in counts if self._width(n) <= self.width()), every)
        most = len(self._spare)
        fits = (n for n in range(most) if self._width(every, n) <= self.width())
        spared = next(fits, most) if folded == every else 0
        for index, widget in enumerate(self._spare):
            widget.setVisible(index >= spared)
        if folded == self._folded:
            return
        self._folded = folded
        hidden = self._hidden()
        places = [name for name in self._places if name not in hidden]
        if "popup" in vars(self):
            self.popup.hold({name: self._places[name] for name in hidden})
        else:  # it takes them when it is made
            for name in hidden:
                self._row.removeWidget(self._places[name])
                self._places[name].hide()
        for name in places:
            self._row.removeWidget(self._places[name])
        for name in places:
            # The speed stands behind the button, the settings before it.
            index = self._row.count() if name == "speed" else self._row.indexOf(self.more)
            self._row.insertWidget(index, self._places[name])
            self._places[name].show()

    def _hidden(self) -> list[str]:
        """Return the names of the settings that have no room, in the order of the bar."""
        return [name for name in self._places if name in self.folded()]

    def _refold(self) -> None:
        if self.isVisible():  # or there is no width yet
            self._fold()

    def folded(self) -> tuple[str, ...]:
        """Return the names of the settings that are in the popup."""
        return tuple(name for group in _FOLDING[: self._folded] for name in group)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._refold()  # a counter grew, or another choice is wider
        return super().event(event)

    def sizeHint(self) -> QSize:
        return QSize(self._width(0), theme.px(64))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width(len(_FOLDING), len(self._spare)), theme.px(64))

    def retranslate(self) -> None:
        self.reset_button.set_name(tr("Reset: the same initial weights again"), "Ctrl+R")
        self.seed_button.set_name(tr("New seed: other initial weights"))
        self.step_button.retranslate()
        self.epoch.set_caption(tr("Epoch"))
        self.iteration.set_caption(tr("Iteration"))
        self.batch.set_caption(tr("Batch"))
        self.speed_slider.set_label(tr("Speed"))
        self.speed_slider.setToolTip(tr("Iterations a second"))
        self.more.setText(tr("More"))
        self.more.setToolTip(tr("More training settings"))
        self.settings.retranslate()
        self._size_play()
        self._write_play()
        self._rescale()


class _StepButton(Button):
    """A click is a batch, Shift and a click an epoch; the context menu has both."""

    stepped = Signal(str)

    def __init__(self) -> None:
        super().__init__(icon="step")
        self._unit = "iteration"
        self.batch, self.epoch = QAction(self), QAction(self)
        self.batch.triggered.connect(lambda: self.stepped.emit("iteration"))
        self.epoch.triggered.connect(lambda: self.stepped.emit("epoch"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
        self.clicked.connect(self._clicked)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        self._unit = "epoch" if shift else "iteration"
        super().mouseReleaseEvent(event)
        self._unit = "iteration"

    def _clicked(self) -> None:
        self.stepped.emit(self._unit)

    def _open_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.addActions([self.batch, self.epoch])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(at))

    def retranslate(self) -> None:
        """Write the texts anew."""
        self.set_name(tr("Step"))
        self.setToolTip(tr("One batch (F6); with Shift one epoch"))
        self.batch.setText(tr("Step one batch"))
        self.epoch.setText(tr("Step one epoch"))


def _divider() -> QWidget:
    rule = Rule(vertical=True)
    rule.setFixedHeight(40)
    return rule


def _speed_text(value: float) -> str:
    if value >= _FLAT_OUT:
        return tr("max")
    steps = 10**value
    return f"{steps / 1000:.3g}k/s" if steps >= 999.5 else f"{steps:.2g}/s"
