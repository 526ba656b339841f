"""The network in the middle, and the views around it, each in a dock of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QDockWidget, QFrame, QMainWindow, QMenu, QTabWidget, QWidget

from engine.experiment import Experiment
from engine.probes import Probe, Sample
from playground.ui import theme
from playground.ui.arrangement import Arrangement
from playground.ui.dock import ViewDock
from playground.ui.i18n import tr
from playground.ui.room import fitting, heights, heights_below, most_below

if TYPE_CHECKING:
    from playground.ui.views import View

RIGHT_WIDTH, RIGHT_SHARE = 408, 0.32
INSPECTOR_HEIGHT = 208
"""Sizes at first, in pixels at 100 %."""

RIGHT, BOTTOM = Qt.DockWidgetArea.RightDockWidgetArea, Qt.DockWidgetArea.BottomDockWidgetArea


class Stage(QMainWindow):
    """Canvas, inspector and views; a person's arrangement is kept for each kind of task.

    Parameters
    ----------
    center
        What stands in the middle.
    inspector
        The panel of the selected layer: under the canvas, or beside it where views need the room.
    settings
        Where arrangements are kept.

    Signals
    -------
    probes_changed()
        The views in sight ask other questions from now on.
    refused(error)
        What a person asked a view for cannot be done.
    task_edited(task, text)
        A person changed the task in a view, an undo step that is called `text`.
    graph_edited(graph, text)
        A person changed the network in a view, likewise.

    Attributes
    ----------
    sample
        The sample that a person chose, for all views and the canvas.
    complete
        Whether `finish` has made the views.
    """

    probes_changed = Signal()
    refused = Signal(object)
    task_edited = Signal(object, str)
    graph_edited = Signal(object, str)

    def __init__(self, center: QWidget, inspector: QWidget, settings: QSettings) -> None:
        super().__init__(None, Qt.WindowType.Widget)
        self._settings = settings
        self._docks: dict[str, ViewDock] = {}
        self._experiment: Experiment | None = None
        self.sample = Sample()
        self._selection = ""
        self._before_maximized: Arrangement | None = None
        self._kinds: list[type[View]] = []
        self.complete = self._arranging = self._lent = False
        self.setCentralWidget(center)
        self.setDockNestingEnabled(True)
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.setCorner(Qt.Corner.BottomRightCorner, RIGHT)
        self.inspector = QDockWidget(self, objectName="inspector")
        self.inspector.setTitleBarWidget(QWidget())  # the panel has a header of its own
        self.inspector.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        self.inspector.setWidget(inspector)
        self.addDockWidget(BOTTOM, self.inspector)
        self._room = QDockWidget(self)
        self._room.setTitleBarWidget(QWidget())
        self._room.setWidget(QFrame(objectName="results"))
        self.addDockWidget(RIGHT, self._room)
        self.resizeDocks([self._room], [self._right_width()], Qt.Orientation.Horizontal)

    # Views

    def finish(self) -> None:
        """Make the views, whose plots take long to import, in the room that was kept for them."""
        if self.complete:
            return
        from playground.ui.views import view

        self.complete = True
        self._kinds = sorted(view.values(), key=lambda kind: (kind.area, kind.order))
        self.removeDockWidget(self._room)
        self._room.deleteLater()
        experiment, self._experiment = self._experiment, None
        if experiment is not None:
            self.show_experiment(experiment)

    def show_experiment(self, experiment: Experiment) -> None:
        """Show the views that are offered for an experiment, as they were left for its task."""
        old, self._experiment = self._experiment, experiment
        if not self.complete:
            return
        if old is not None and old.task.input_shape != experiment.task.input_shape:
            self._give_sample(Sample())
        offered = {kind.kind for kind in self._kinds if kind.offered(experiment)}
        before = {name for name, dock in self._docks.items() if dock.offered}
        if old is not None and old.task.kind == experiment.task.kind and offered == before:
            return
        if old is not None:
            self._keep(old)
        for kind in self._kinds:
            if kind.kind in offered and kind.kind not in self._docks:
                self._make(kind)
        for name, dock in self._docks.items():
            dock.offered = name in offered
        self._arrange(experiment)

    def _make(self, kind: type[View]) -> None:
        dock = self._docks[kind.kind] = ViewDock(kind, self)
        dock.made.connect(self._connect_view)
        dock.sight_changed.connect(self._sight_changed)
        dock.maximize.connect(lambda: self.maximize(dock))

    def _connect_view(self, view: View) -> None:
        """Tell a view what the others know, and listen to it."""
        view.sample = self.sample
        view.show_selection(self._selection)
        view.sample_chosen.connect(self.choose_sample)
        view.probes_changed.connect(self.probes_changed)
        view.refused.connect(self.refused)
        view.task_edited.connect(self.task_edited)
        view.graph_edited.connect(self.graph_edited)
        view.time_pointed.connect(lambda time: self._show_time(view, time))

    def _sight_changed(self) -> None:
        """Ask anew, but only once where many views come into sight or go."""
        if not self._arranging:
            self.probes_changed.emit()

    def _arrange(self, experiment: Experiment) -> None:
        """Put the docks where they were left, or where they belong."""
        self._before_maximized = None
        self._arranging = True
        self.centralWidget().show()
        kept = Arrangement.kept(self._settings, self._key(experiment))
        if kept is None:
            self._put_docks()
        elif not self._places_all(experiment) or not kept.place(self):
            self._put_docks()
            kept.place(self)
        anew = kept is not None and self._open_as_left(experiment)
        self._hide_strange()
        self.inspector.show()
        if anew:
            self._give_sizes()
        elif kept is not None:
            kept.give_sizes(self, self._all())
        self._arranging = False
        self.probes_changed.emit()

    def _hide_strange(self) -> None:
        """Hide the docks that have nothing to show, which Qt shows where it arranges others."""
        for dock in self._docks.values():
            if not dock.offered:
                dock.hide()

    def _all(self) -> list[QDockWidget]:
        """Return the docks that are offered, and that of the inspector."""
        return [*self.docks(), self.inspector]

    def _places_all(self, experiment: Experiment) -> bool:
        """Whether the arrangement that was kept has a place for each dock, which has one now."""
        key = self._key(experiment)
        return all(
            self._settings.contains(f"{key}/{dock.objectName()}")
            and self.dockWidgetArea(dock) != Qt.DockWidgetArea.NoDockWidgetArea
            for dock in self.docks()
        )

    def _open_as_left(self, experiment: Experiment) -> bool:
        """Open what was open for the task when it was last offered; what is new, as at first.

        Return whether something opens that had no place in sight.
        """
        anew = False
        for dock in self.docks():
            key = f"{self._key(experiment)}/{dock.objectName()}"
            opened = self._settings.value(key, self._opens(dock), bool)
            anew |= opened and dock.isHidden()
            dock.setVisible(opened)
        return anew

    def _put_docks(self) -> None:
        """Stack the docks that are open at first; the others wait behind the last of them."""
        self.removeDockWidget(self.inspector)
        for dock in self._docks.values():
            dock.setFloating(False)  # one that was removed would stay a window
            self.removeDockWidget(dock)
        offered = self.docks()
        for area, name in ((RIGHT, "results"), (BOTTOM, "below")):
            stack = [dock for dock in offered if dock.kind.area == name]
            opened = [dock for dock in stack if self._opens(dock)]
            for dock in opened:
                self.addDockWidget(area, dock, Qt.Orientation.Vertical)
                dock.show()
            for dock in stack:
                if dock not in opened:
                    self.addDockWidget(area, dock, Qt.Orientation.Vertical)
                    if opened:
                        self.tabifyDockWidget(opened[-1], dock)
                    dock.hide()
        beside = any(dock.kind.area == "below" and not dock.isHidden() for dock in offered)
        self.addDockWidget(RIGHT if beside else BOTTOM, self.inspector, Qt.Orientation.Vertical)
        self.inspector.show()
        self._give_sizes()

    def _give_sizes(self, width: int | None = None) -> None:
        """Give the docks the sizes that they ask for, those at the right a width."""
        self.layout().activate()  # docks that were just added have no size that could change
        width, inspected = width or self._right_width(), self._inspected()
        shown = [dock for dock in self._docks.values() if not dock.isHidden()]
        right, below = self._standing(shown, RIGHT), self._standing(shown, BOTTOM)
        self.resizeDocks(list(right), [width] * len(right), Qt.Orientation.Horizontal)
        column: list[QDockWidget] = [*right, self.inspector] if inspected else list(right)
        given = [*heights(right, width, self.height() - inspected), inspected][: len(column)]
        self.resizeDocks(column, given, Qt.Orientation.Vertical)
        given = heights_below(below, self.height())
        self.resizeDocks(list(below), given, Qt.Orientation.Vertical)

    def _standing(self, docks: Iterable[ViewDock], area: Qt.DockWidgetArea) -> list[ViewDock]:
        """Return those of some docks that stand in an area, not in windows of their own."""
        return [one for one in docks if self.dockWidgetArea(one) == area and not one.isFloating()]

    def _inspected(self) -> int:
        """Return the height of the inspector where it stands below the views at the right."""
        beside = self.dockWidgetArea(self.inspector) == RIGHT and not self.inspector.isHidden()
        return theme.px(INSPECTOR_HEIGHT) if beside else 0

    def _right_width(self) -> int:
        """Return the width of the views beside the network: more on large screens."""
        return max(theme.px(RIGHT_WIDTH), round(RIGHT_SHARE * self.width()))

    def _opens(self, dock: ViewDock) -> bool:
        """Whether a view is open at first: it suits the network, and there is room."""
        room = self.height() >= theme.px(dock.kind.opened_from)
        return room and self._experiment is not None and dock.kind.opens(self._experiment)

    def docks(self) -> list[ViewDock]:
        """Return the docks of all views that are offered, open or not, in their usual order."""
        made = (self._docks.get(kind.kind) for kind in self._kinds)
        return [dock for dock in made if dock is not None and dock.offered]

    def views(self) -> list[View]:
        """Return the views in sight."""
        return [dock.view for dock in self.docks() if dock.in_sight]

    def shows(self, experiment: Experiment) -> bool:
        """Whether the views have been told of an experiment."""
        return experiment is self._experiment

    def probes(self, experiment: Experiment) -> frozenset[Probe]:
        """Return what the views in sight ask."""
        return frozenset().union(*(one.probes(experiment) for one in self.views()))

    def choose_sample(self, sample: Sample) -> None:
        """Let all views show a sample."""
        self._give_sample(sample)
        self.probes_changed.emit()

    def _give_sample(self, sample: Sample) -> None:
        self.sample = sample
        for view in self._made():
            view.sample = sample

    def _show_time(self, pointing: View, time: object) -> None:
        """Let the other views put their cursors where one of them points."""
        for one in self.views():
            if one is not pointing:
                one.show_time(time)

    def show_selection(self, name: str) -> None:
        """Tell all views which layer is selected on the canvas."""
        self._selection = name
        for view in self._made():
            view.show_selection(name)

    def _made(self) -> list[View]:
        """Return all views that were made, in sight or not."""
        return [dock.view for dock in self._docks.values() if dock.is_made]

    def open_view(self, kind: str) -> None:
        """Bring a view into sight."""
        dock = self._docks[kind]
        dock.show()
        dock.raise_()

    def fill_menu(self, menu: QMenu) -> None:
        """List the views to open and close, and how to put them back."""
        self.list_views(
            menu, lambda kind, shown: self.open_view(kind) if shown else self._docks[kind].hide()
        )
        menu.addSeparator()
        menu.addAction(tr("Usual arrangement"), self.reset)

    def list_views(self, menu: QMenu, choose: Callable[[str, bool], None]) -> None:
        """List the views that are offered, those in sight marked; `choose` hears of a click."""
        for dock in self.docks():
            action = menu.addAction(dock.windowTitle())
            action.setCheckable(True)
            action.setChecked(dock.in_sight)
            action.toggled.connect(partial(choose, dock.objectName()))

    # Arrangements

    def maximize(self, dock: ViewDock) -> None:
        """Let a view fill the stage, or go back to its place."""
        if self._before_maximized is not None:
            before, self._before_maximized = self._before_maximized, None
            self.centralWidget().show()
            before.place(self)
            self._hide_strange()
            before.give_sizes(self, self._all())
            return
        self._before_maximized = self._arrangement()
        dock.setFloating(False)
        self.centralWidget().hide()
        for other in (*self._docks.values(), self.inspector):
            if other is not dock:
                other.hide()

    def show_fitting(self, names: Iterable[str], share: float) -> None:
        """Open those of some views, the most important first, that have room; close all others.

        Those at the right get a share of the width; curves go under the network where they can.
        """
        self._arranging = True
        width, docks = round(share * self.width()), [self._docks[name] for name in names]
        right, below = self._standing(docks, RIGHT), self._standing(docks, BOTTOM)
        if not below and sum(dock.wish(width) for dock in right) > self.height():
            below = [dock for dock in right[1:] if dock.kind.grows]
            right = [dock for dock in right if dock not in below]
            for dock in below:
                self.addDockWidget(BOTTOM, dock)
        fits = fitting(right, width, self.height())
        fits += fitting(below, self.width() - width, most_below(self.height()))
        for dock in self.docks():
            if not dock.isFloating():
                dock.setVisible(dock in fits)
        self._give_sizes(width)
        self._arranging = False
        self.probes_changed.emit()

    def lend(self) -> None:
        """Keep how the docks stand; whatever is done to them from now on is not kept."""
        if self._before_maximized is not None:
            self.maximize(self.docks()[0])
        self.keep()
        self._lent = True

    def take_back(self) -> None:
        """Put the docks where they stood when they were lent."""
        self._lent = False
        if self._experiment is not None and self.complete:
            self._arrange(self._experiment)

    def _arrangement(self) -> Arrangement:
        """Return where the docks stand."""
        return Arrangement.of(self, self._all())

    def reset(self) -> None:
        """Forget the arrangement of the present task."""
        if self._experiment is not None:
            self._settings.remove(self._key(self._experiment))
            self._arrange(self._experiment)

    def keep(self) -> None:
        """Keep the arrangement, as at the end of the program."""
        if self._experiment is not None and self.complete:
            self._keep(self._experiment)

    def _keep(self, experiment: Experiment) -> None:
        if self._lent:
            return
        key = self._key(experiment)
        (self._before_maximized or self._arrangement()).keep(self._settings, key)
        if self._before_maximized is None:
            for dock in self.docks():
                self._settings.setValue(f"{key}/{dock.objectName()}", not dock.isHidden())

    def _key(self, experiment: Experiment) -> str:
        return f"arrangement/{experiment.task.kind}"
