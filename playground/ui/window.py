"""The main window: assembles the parts around one document and one session."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QMenu

from engine.adapt import with_task
from engine.checkpoint import Checkpoint
from engine.experiment import Experiment
from engine.graph import first_layer
from engine.graph_edits import same_layers
from engine.manual import redraw, set_parameter
from engine.probes import Probe
from engine.tasks import Task
from playground.display import LEAST_SIZE
from playground.examples import example, examples
from playground.session import Session
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.canvas.header import CanvasHeader
from playground.ui.canvas.palette import Palette
from playground.ui.canvas.view import Canvas
from playground.ui.data_files import DataFiles, DropTarget
from playground.ui.data_panel import DataPanel
from playground.ui.devices import DeviceChoice
from playground.ui.document import Document
from playground.ui.frame import Frame, middle
from playground.ui.garbage import GarbageCollector
from playground.ui.i18n import Translated, language, set_language, tr
from playground.ui.inspector import Inspector
from playground.ui.menus import MenuBar
from playground.ui.microscope.opener import Opener
from playground.ui.notices import NoticeBoard
from playground.ui.pace import Pace, Turns, paint_now
from playground.ui.projector import Projector
from playground.ui.projects import Projects
from playground.ui.stage import Stage
from playground.ui.status import StatusBar
from playground.ui.tab_order import walk
from playground.ui.templates import choose_template
from playground.ui.transport import Transport
from playground.ui.troubles import Troubles

TICK = 16
"""Milliseconds between two looks at the session's slot."""

TALL = 820
"""Under this height the inspector begins folded."""


class Window(Translated, DropTarget, QMainWindow):
    """Menu, transport bar, data and layers, canvas, inspector and results.

    Parameters
    ----------
    experiment, checkpoint
        What to open first; the checkpoint is None where nothing was trained.
    settings
        Where the user's choices are kept.
    """

    def __init__(
        self, experiment: Experiment, checkpoint: Checkpoint | None, settings: QSettings
    ) -> None:
        super().__init__()
        self.garbage = GarbageCollector(self)  # before there is another thread
        self._settings = settings
        self._serial = -1
        self._turns = Turns()
        self._shown_before = False
        self._pace = Pace()
        self._dataset: object = None
        self._last: dict[str, Experiment] = {}
        self.document = Document(experiment, self)
        self.session = Session(experiment)
        if checkpoint is not None:
            self.session.open(experiment, checkpoint)
        self._opening: tuple[Checkpoint | None] | None = None
        self._wanted: frozenset[Probe] | None = None
        # Before all parts, whose questions must come after the network that they are about.
        self.document.changed.connect(self._tell_session)
        self._make_parts()
        self.projector = Projector(self)
        self.devices = DeviceChoice(self)
        self.frame = Frame(self, self.stage)
        self.microscope = Opener(self)
        self._connect()
        self.menus = MenuBar(self)
        self.setMenuBar(self.menus)
        self.setMinimumSize(*LEAST_SIZE)
        self.resize(1440, 900)
        self.retranslate()
        self.canvas.setFocus()
        self._timer = QTimer(self, interval=TICK, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)
        self._timer.start()

    def _make_parts(self) -> None:
        document = self.document
        self.status = StatusBar()
        self.setStatusBar(self.status)
        self.notices = NoticeBoard(self.status)
        self.transport = Transport(document)
        self.data_panel = DataPanel(document)
        self.palette_list = Palette(document)
        self.header = CanvasHeader(document)
        self.canvas = Canvas(document)
        self.inspector = Inspector(document)
        self.stage = Stage(middle(self), self.inspector, self._settings)
        self.troubles = Troubles(self)
        self.projects = Projects(document, self.session, self._settings, self)
        self.data_files = DataFiles(self)

    def _connect(self) -> None:
        document, session, transport = self.document, self.session, self.transport
        document.changed.connect(self._document_changed)
        document.selected.connect(self.stage.show_selection)
        document.undo_stack.cleanChanged.connect(self._show_title)
        transport.play.connect(session.play)
        transport.pause.connect(session.pause)
        transport.step.connect(session.step)
        transport.reset.connect(session.reset)
        transport.new_seed.connect(self.new_seed)
        transport.speed.connect(session.limit_speed)
        session.limit_speed(transport.steps_per_second())
        transport.example_chosen.connect(self.open_task)
        self.header.preset_chosen.connect(self.open_example)
        self.canvas.offers.chosen.connect(self.open_example)
        self.canvas.offers.more_wanted.connect(lambda: choose_template(self))
        self.canvas.problem_changed.connect(self.troubles.show_state)
        self.stage.probes_changed.connect(self._sight_changed)
        self.stage.task_edited.connect(self._edit_task)
        self.stage.graph_edited.connect(document.edit_graph)
        self.header.views.clicked.connect(self._open_views)
        self.header.wire.clicked.connect(self.canvas.commands.wire)
        self.header.tidy.clicked.connect(self.canvas.commands.tidy)
        self.inspector.probes_changed.connect(self._want)
        self.inspector.redraw.connect(self._redraw)
        document.parameter_set.connect(self._set_parameter)
        self.projects.opened.connect(self._project_opened)
        for part in (self.stage, self.projects, self.canvas):
            part.refused.connect(self.troubles.show_error)
        self.projects.saved.connect(self._project_saved)
        self.projects.renamed.connect(self._show_title)

    # The document

    def _tell_session(self, old: Experiment, new: Experiment) -> None:
        """Let the session train what the document has become."""
        self._wanted = None
        if self._opening is not None:
            self.session.open(new, self._opening[0])
            self._opening = None
            return
        self.session.apply(new)
        if old.task.kind != new.task.kind:
            self._last[old.task.kind] = old

    def _document_changed(self, old: Experiment, new: Experiment) -> None:
        self._tell_what_stays(old, new)
        self.notices.withdraw("run")
        if old.task != new.task:
            self.notices.withdraw("data")
            self._dataset = None
        self._show_experiment()

    def _tell_what_stays(self, old: Experiment, new: Experiment) -> None:
        """Say so where an edit of the network stops its training."""
        sound = old.task.kind == new.task.kind and self.canvas.problem is None
        stops = sound and not same_layers(old.graph, new.graph)
        if stops and self.session.snapshot().state == "running":
            self.notices.say(tr("Paused: layers of the same shape keep their weights."))

    def _show_experiment(self) -> None:
        experiment = self.document.experiment
        self.stage.show_experiment(experiment)
        self.header.show_presets(every=self.stage.complete)
        if not self.document.selection:
            self.document.select(first_layer(experiment.graph))
        self._want()
        self._show_title()

    def _want(self) -> None:
        experiment = self.document.experiment
        if not self.stage.shows(experiment):
            return  # its views still suit the task before; they are asked when they are told
        wanted = self.stage.probes(experiment)
        self.canvas.sample = self.stage.sample
        for part in (self.canvas, self.inspector, self.microscope):
            wanted |= part.probes(experiment)
        if wanted != self._wanted:
            self._wanted = wanted
            self.session.want(wanted)

    def open_task(self, name: str) -> None:
        """Go to the task of an example: as it was left, or as the example begins."""
        self.document.edit(self.with_task_of(name), tr("Change of task"))

    def open_example(self, name: str) -> None:
        """Take up an example, as an edit that can be undone."""
        self.canvas.fitted = True
        self.document.edit(example(name), tr("Example"))

    def new_project(self) -> None:
        """Begin anew with the first example."""
        self.projects.new(example(next(iter(examples()))))

    def with_task_of(self, name: str) -> Experiment:
        """Return the experiment with the task of an example: as it is, was left, or begins."""
        chosen, present = example(name), self.document.experiment
        kind = chosen.task.kind
        return present if present.task.kind == kind else self._last.get(kind, chosen)

    def _edit_task(self, task: Task, text: str) -> None:
        """Take another task as one undo step; output and loss follow where they must."""
        self.document.edit(with_task(self.document.experiment, task), text)

    def _set_parameter(self, node: str, name: str, place: tuple[int, ...], value: float) -> None:
        self.session.change(lambda trainer: set_parameter(trainer, node, name, place, value))

    def _redraw(self, node: str) -> None:
        """Let one layer begin anew."""
        self.session.change(lambda trainer: redraw(trainer, node))
        self.notices.say(tr("New initial weights; Reset brings back those of the seed."))

    def new_seed(self) -> None:
        """Take the next seed and begin anew."""
        seed = self.document.experiment.training.seed
        self.document.edit_training(tr("New seed"), seed=(seed + 1) % 2**32)
        self.session.reset()

    def _project_opened(self, experiment: Experiment, checkpoint: Checkpoint | None) -> None:
        self._opening = (checkpoint,)
        self.canvas.fitted = True
        self._last.clear()

    def _project_saved(self, path: Path) -> None:
        self.notices.say(tr("Saved {name}", name=path.name))
        self._show_title()

    # The run

    def tick(self) -> None:
        """Show the latest snapshot, if it is new and belongs to the document as it is."""
        self.projects.poll()
        snapshot = self.session.snapshot()
        if snapshot.serial == self._serial or snapshot.experiment != self.document.experiment:
            return
        running = snapshot.state == "running"
        if running and not self._pace.allows(self.session.hold.pays):
            return
        self._serial = snapshot.serial
        self.garbage.busy = running
        pictures, others = self._due(snapshot)
        with self.session.hold as hold:
            for part in others:
                part.show_snapshot(snapshot)
            if running:
                paint_now()
            for part in pictures:
                part.show_snapshot(snapshot)
        if running:  # pictures are painted without Python's lock, so training goes on meanwhile
            with self._pace.pause() if hold.pays else nullcontext():
                paint_now()
        self.troubles.show_run(snapshot)
        if snapshot.dataset is not None and snapshot.dataset is not self._dataset:
            self._dataset = snapshot.dataset
            self.troubles.show_data(snapshot.dataset)

    def _due(self, snapshot: Snapshot) -> tuple[list[Any], list[Any]]:
        """Return the live pictures, and what else to draw now: all, or some of it in training."""
        counters: list[Any] = [self.transport, self.status, self.data_panel]
        if self.projector.active:
            counters = [self.projector.header]
        views = self.stage.views()
        pictures = [one for one in views if one.lively]
        others: list[Any] = [one for one in views if not one.lively]
        if self.microscope.is_open:
            others.append(self.microscope)
        if self.inspector.isVisible():
            others.append(self.inspector)
        if snapshot.state == "running":
            return [*pictures, self.canvas], self._turns.take(counters, others)
        return [*pictures, self.canvas], [*counters, *others]

    def toggle_play(self) -> None:
        """Start or pause, as the button does."""
        if self.session.snapshot().state == "running":
            self.session.pause()
        else:
            self.session.play()

    # The look

    def set_theme(self, choice: str) -> None:
        """Choose ``light``, ``dark`` or ``system``."""
        theme.manager().set_theme(choice)
        self._settings.setValue("theme", choice)

    def toggle_theme(self) -> None:
        """Switch between light and dark."""
        self.set_theme("light" if theme.current().is_dark else "dark")

    def set_language(self, name: str) -> None:
        """Choose ``en`` or ``ko``."""
        set_language(name)
        self._settings.setValue("language", name)

    def toggle_language(self) -> None:
        """Switch between Korean and English."""
        self.set_language("en" if language() == "ko" else "ko")

    def toggle_inspector(self) -> None:
        """Show or hide the inspector."""
        dock = self.stage.inspector
        dock.setVisible(dock.isHidden())
        self.draw_anew()

    def draw_anew(self) -> None:
        """Draw the latest snapshot at the next tick, though it was drawn before."""
        self._serial = -1

    def _open_views(self) -> None:
        """List the views at the button that asks for them."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.stage.fill_menu(menu)
        button = self.header.views
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _sight_changed(self) -> None:
        """Ask for what the views in sight need, and draw those that have just come."""
        self._want()
        self.draw_anew()

    def toggle_motion(self) -> None:
        """Switch the sliding of cards on or off."""
        self.canvas.animate = not self.canvas.animate

    def _show_title(self) -> None:
        mark = "" if self.document.undo_stack.isClean() else " •"
        self.setWindowTitle(f"{self.projects.title}{mark} – {tr('Neural Playground')}")
        self.status.show_file(self.projects.title + mark)

    def retranslate(self) -> None:
        """Write all texts in the present language."""
        self._show_experiment()
        told = self.notices.banners()
        self._dataset = None if "data" in told else self._dataset
        self.troubles.retranslate(told)
        self.draw_anew()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with a folded inspector where there is little room."""
        super().showEvent(event)
        if not event.spontaneous() and not self._shown_before:
            self._shown_before = True
            self.inspector.set_folded(self.height() < TALL)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Make the views once the rest of the window stands on the screen."""
        super().paintEvent(event)
        if not self.stage.complete:
            QTimer.singleShot(0, self.finish)

    def finish(self) -> None:
        """Make what the first picture of the window did without."""
        self.stage.finish()
        self.header.show_presets()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Play or pause on Space, where no control takes the key."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.toggle_play()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab through the parts in the order in which they are read."""
        return walk(self, forward)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved changes, then end the training thread."""
        if not self.projects.may_discard():
            event.ignore()
            return
        self._timer.stop()
        self.garbage.stop()
        self.stage.keep()
        self.session.close()
        self.document.undo_stack.blockSignals(True)  # it tells of its own end to what is gone
        self.document.undo_stack.clear()  # or edits may be deleted before their stack is
        event.accept()
