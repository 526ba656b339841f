"""The canvas: the network as cards and wires, live while it trains, and where it is edited."""

from __future__ import annotations

import functools
import time
from collections.abc import Mapping

from PySide6.QtCore import QPoint, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPixmapCache,
)
from PySide6.QtWidgets import QMenu, QWidget

from engine.errors import ShapeError
from engine.experiment import Experiment
from engine.probes import Parameters, Probe, Sample
from playground.session import Snapshot
from playground.ui import theme
from playground.ui.canvas import edits, words
from playground.ui.canvas.bubble import Bubble
from playground.ui.canvas.commands import Commands
from playground.ui.canvas.drops import LayerDrop, guarded
from playground.ui.canvas.faces import Answers
from playground.ui.canvas.finder import Finder
from playground.ui.canvas.health import Health
from playground.ui.canvas.keys import pressed
from playground.ui.canvas.magnifier import Magnifier
from playground.ui.canvas.minimap import Minimap
from playground.ui.canvas.node import NodeItem
from playground.ui.canvas.offers import Offers
from playground.ui.canvas.overlays import Legend, NameEditor, Note, ZoomControl
from playground.ui.canvas.palette import fill_menu
from playground.ui.canvas.pointer import Pointer
from playground.ui.canvas.scene import NetworkScene
from playground.ui.canvas.selection import Selection
from playground.ui.canvas.thumbnails import Values
from playground.ui.canvas.wiring import Wiring
from playground.ui.canvas.zoom import ZoomView
from playground.ui.document import Document
from playground.ui.i18n import Translated, tr
from playground.ui.numbers import number_text
from playground.ui.planes import plane_probe

REWEIGH = 1 / 10
"""Seconds between two pictures of the edges, which take the longest and change the least."""
PICTURES = 64 * 1024
"""Kilobytes for pictures of cards and edges, which are painted anew only where they change."""
SHORTEST_BAR = 0.5
"""Epochs shorter than so many seconds show no progress: the bar would only flicker."""


class Canvas(Translated, ZoomView):
    """The network of a document.

    Parameters
    ----------
    document
        Shown and edited.
    animate
        Whether cards slide to their places; off for pictures, tests and reduced motion.

    Signals
    -------
    problem_changed(error)
        Another `ShapeError` keeps the network from training; None where nothing does.
    refused(error)
        An edit that the network cannot take, such as a name that is taken.
    weight_chosen(target, source_unit, unit)
        A person wants to look into a weight of the layer `target`.

    Attributes
    ----------
    problem
        The first error of the network, or None.
    keyboard
        Whether cards were last selected by keys, which puts a ring around them.
    sample
        The sample whose way through the network is drawn where the input is no plane.
    """

    problem_changed = Signal(object)
    refused = Signal(object)
    weight_chosen = Signal(str, int, int)

    def __init__(
        self, document: Document, animate: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.document = document
        QPixmapCache.setCacheLimit(max(QPixmapCache.cacheLimit(), PICTURES))
        self.network = NetworkScene(animate, self)
        self.setScene(self.network)
        self.problem: ShapeError | None = None
        self.sample = Sample()
        self.keyboard = False
        self._weighed = 0.0
        self._weights: Mapping[str, Mapping[str, Values]] = {}
        self.selection, self.wiring = Selection(document, self), Wiring(self)
        self.commands = Commands(self)
        self.pointer, self.drop = Pointer(self), LayerDrop(self)
        self.ground.left.connect(self.pointer.leave)
        self.setAcceptDrops(True)
        self.legend, self.zoom_control = Legend(self), ZoomControl(self)
        self.offers = Offers(self)
        self.health, self.bubble, self.editor = Health(self), Bubble(self), NameEditor(self)
        self.note, self.finder, self.minimap = Note(self), Finder(self), Minimap(self)
        self.magnifier = Magnifier(self)
        self.zoom_control.out.clicked.connect(self.zoom_out)
        self.zoom_control.more.clicked.connect(self.zoom_in)
        self.zoom_control.fit.clicked.connect(self.fit)
        self.editor.named.connect(self.commands.named)
        document.changed.connect(self._changed)
        self.selection.changed.connect(self.show_selection)
        theme.manager().changed.connect(self._restyle)
        self.retranslate()
        self.fit()

    # The document

    def _changed(self, old: Experiment, new: Experiment) -> None:
        same_loss = old.training.loss == new.training.loss
        if old.graph is new.graph and old.task == new.task and same_loss:
            return
        self.pointer.cancel()
        if old.task.kind != new.task.kind:
            self.fitted = True  # it is another network, wherever the last one was looked at
        self.show_experiment()

    def show_experiment(self) -> None:
        """Draw the document's network as it is now."""
        self.wiring.cancel()
        self.magnifier.close_up()
        self.network.show_experiment(self.document.experiment)
        self.bubble.forget()
        self.health.show_experiment(self.document.experiment)
        old, self.problem = self.problem, next(iter(self.network.shapes.errors.values()), None)
        self.show_selection()
        self.offers.show_experiment(self.document.experiment)
        self.refit()
        if _said(old) != _said(self.problem):
            self.problem_changed.emit(self.problem)

    def retranslate(self) -> None:
        self.setAccessibleName(tr("Network"))
        self.show_experiment()

    def _restyle(self) -> None:
        self.resetCachedContent()
        self.network.restyle()
        self.refit()

    # Snapshots

    def probes(self, experiment: Experiment) -> frozenset[Probe]:
        """Return the questions whose answers the cards and edges draw."""
        wanted: set[Probe] = set()
        faces = [item.face for item in self.network.nodes.values()]
        plane = plane_probe(experiment)
        if plane is not None:
            wanted.add(plane)
        if any(face.uses_sample for face in faces):
            wanted.add(self.sample)
        if self.network.has_edges:
            wanted.add(Parameters())
        return frozenset(wanted) | self.health.probes(experiment)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw what a snapshot knows of this network."""
        mine, theirs = self.document.experiment, snapshot.experiment
        if mine is not theirs and (mine.graph != theirs.graph or mine.task != theirs.task):
            return
        answers = snapshot.answers
        now = time.monotonic()
        if snapshot.state != "running" or now - self._weighed >= REWEIGH:
            self._weighed = now
            self._weights = answers.get(Parameters(), {})
        empty: dict[str, object] = {}
        self.network.show_answers(
            Answers(
                answers.get(plane_probe(theirs), empty),
                answers.get(self.sample, empty),
                self._weights,
                snapshot.dataset,
            )
        )
        self.magnifier.refresh()
        loss = _latest_loss(snapshot)
        decimals = 3 if loss is None or loss >= 0.1 else 4
        self.network.show_loss("–" if loss is None else number_text(loss, decimals))
        self._show_progress(snapshot)
        self.health.show_snapshot(snapshot)

    def _show_progress(self, snapshot: Snapshot) -> None:
        long = snapshot.speed > 0 and snapshot.batches_per_epoch / snapshot.speed > SHORTEST_BAR
        share = 0.0
        if snapshot.state == "running" and long:
            share = max(snapshot.batch / snapshot.batches_per_epoch, 0.001)
        for item in self.network.nodes.values():
            item.show_progress(share)

    @property
    def animate(self) -> bool:
        """Whether cards slide to their places."""
        return self.network.animate

    @animate.setter
    def animate(self, animate: bool) -> None:
        self.network.animate = animate

    # Selection and edits

    def show_selection(self) -> None:
        """Mark the selected and the hovered card, and hang the bubble of an error under it."""
        name, chosen = self.document.selection, self.selection
        for item in self.network.nodes.values():
            members = set(item.spot.names)
            ringed = name in members and self.keyboard and self.hasFocus()
            item.set_state(selected=not members.isdisjoint(chosen.names), ringed=ringed)
        for wire in self.network.wires.values():
            wire.set_state(selected=wire.link == chosen.wire)
        if not self.wiring.active:
            self.setAccessibleDescription(self._spoken())
        self.bubble.refresh()

    def _spoken(self) -> str:
        """Return what a screen reader says about the selection, or the network."""
        experiment, chosen = self.document.experiment, self.selection
        if chosen.wire is not None:
            source, target = (words.node_title(experiment.graph[name]) for name in chosen.wire)
            return tr("wire from {source} to {target}, selected", source=source, target=target)
        item = self.network.card(self.document.selection)
        if item is None:
            return tr("{count} layers", count=len(experiment.graph.nodes))
        if item.spot.block:
            text = words.spoken_block(item.spot, item.caption)
        elif len(chosen.names) > 1:
            return tr("{count} layers selected", count=len(chosen.names))
        else:
            text = words.spoken(experiment, self.network.shapes, item.node, True)
        return f"{text}. {self.health.sentence()}" if item.remark else text

    def reveal(self, item: NodeItem) -> None:
        """Bring a card into sight."""
        box = QRectF(self.mapFromScene(item.box.translated(item.pos())).boundingRect())
        if not QRectF(self.viewport().rect()).contains(box):
            self.ensureVisible(item.box.translated(item.pos()), 24, 24)
            self.fitted = False
            self.zoomed()

    def insert_menu(self, source: str, targets: tuple[str, ...], at: QPoint) -> None:
        """Open the list of layers for the wires between nodes; without targets, for all of one."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        choose = functools.partial(edits.insert, self.document, source=source, targets=targets)
        fill_menu(menu, self.document.experiment, choose)
        menu.popup(at)

    # Places

    def zoomed(self) -> None:
        """Keep what floats over the canvas in its place."""
        self.zoom_control.show_zoom(self.zoom)
        self._place_overlays()

    def arrange(self, room: QSizeF) -> QRectF:
        self.network.set_room(room)
        return self.network.arrangement.bounds

    def has_legend(self) -> bool:
        return self.network.has_edges

    def covered(self) -> int:
        return self.offers.depth()

    def _place_overlays(self) -> None:
        margin = theme.px(8)
        self.legend.move(28, self.height() - self.legend.height() - margin)
        control = self.zoom_control
        control.adjustSize()
        control.move(
            self.width() - control.width() - margin, self.height() - control.height() - margin
        )
        self.offers.place(control.y() - margin)
        fits = self.legend.geometry().right() < control.x()
        self.legend.setVisible(fits and self.network.has_edges)
        self.minimap.place(control.geometry())
        self.finder.place()
        if self.bubble.isVisible():
            self.bubble.refresh()

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed(self, event):
            event.ignore()  # Space and the rest belong to the window

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        reason = Qt.FocusReason
        if event.reason() in (reason.TabFocusReason, reason.BacktabFocusReason):
            self.keyboard = True
            if not self.document.selection:
                self.document.select(self.document.experiment.graph.nodes[0].name)
        self.show_selection()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.show_selection()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.keyboard = False
        self.pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()  # the second click must not hit a button that has just moved there
        self.pointer.double_click(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.pointer.context_menu(event)

    @guarded
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.drop.enter(event)

    @guarded
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self.drop.move(event)

    @guarded
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.drop.leave()

    @guarded
    def dropEvent(self, event: QDropEvent) -> None:
        self.drop.drop(event)


def _said(problem: ShapeError | None) -> tuple[object, ...]:
    """Return what tells one problem from another; the objects are made anew each time."""
    return () if problem is None else (problem.text, problem.node)


def _latest_loss(snapshot: Snapshot) -> float | None:
    """Return the latest training loss as the curves draw it: within long epochs if there are."""
    batches = snapshot.batches.last()
    return batches["loss"] if batches else snapshot.history.last().get("training_loss")
