"""A layer dragged from the palette over the canvas."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent

from engine.graph import OUTPUT
from engine.layers import layer
from playground.ui.canvas import edits, words
from playground.ui.canvas.wire import WireItem
from playground.ui.i18n import tr, tr_engine

if TYPE_CHECKING:
    from playground.ui.canvas.view import Canvas

REACH = 40
"""Pixels of the screen within which a wire takes a layer."""


def guarded(handler: Callable[..., None]) -> Callable[..., None]:
    """Report an exception instead of letting it through a drag handler, which would end Qt."""

    @functools.wraps(handler)
    def handle(canvas: Canvas, event: Any) -> None:
        try:
            handler(canvas, event)
        except Exception:
            event.ignore()
            sys.excepthook(*sys.exc_info())

    return handle


class LayerDrop:
    """Shows where a dragged layer would land, and inserts it on release."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self.wire: WireItem | None = None

    @staticmethod
    def kind(event: QDropEvent) -> str:
        """Return the kind of the dragged layer, or the empty string for anything else."""
        data = event.mimeData()
        name = bytes(data.data(edits.MIME).data()).decode() if data.hasFormat(edits.MIME) else ""
        return name if name in layer else ""

    def enter(self, event: QDragEnterEvent) -> None:
        """Take layers, and nothing else."""
        self._canvas.pointer.leave()  # while something is dragged, the mouse hovers over nothing
        self.move(event)

    def move(self, event: QDragMoveEvent) -> None:
        """Thicken the wire that would take the layer, and show what it would become."""
        kind = self.kind(event)
        if not kind:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._aim(self._canvas.mapToScene(event.position().toPoint()), kind)

    def leave(self) -> None:
        """Show nothing any more."""
        self._canvas.network.landing.hide()
        if self.wire is not None:
            self.wire.set_state(thick=False)
            self.wire = None

    def drop(self, event: QDropEvent) -> None:
        """Insert the layer on the wire that took it."""
        kind = self.kind(event)
        if not kind:
            event.ignore()
            return
        self._aim(self._canvas.mapToScene(event.position().toPoint()), kind)
        wire = self.wire
        self.leave()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if wire is not None:
            edits.insert(self._canvas.document, kind, wire.source, wire.targets)
            self._canvas.setFocus(Qt.FocusReason.MouseFocusReason)

    def _aim(self, point: QPointF, kind: str) -> None:
        network = self._canvas.network
        wire = network.wire_near(point, REACH / self._canvas.zoom)
        if wire is None:  # free space: before the output
            wire = next(wire for (_, end), wire in network.wires.items() if end == OUTPUT)
        if self.wire is not wire:
            self.leave()
            self.wire = wire
            wire.set_state(thick=True)
            self._show_landing(wire, kind)

    def _show_landing(self, wire: WireItem, kind: str) -> None:
        """Show the dashed card with the shape and the parameters that the layer would have."""
        experiment = self._canvas.document.experiment
        graph, name = edits.inserted(experiment.graph, layer[kind](), wire.source, wire.targets)
        shapes = experiment.but(graph=graph).shapes()
        shape = shapes.shapes.get(name)
        failed = name in shapes.errors
        added = ""
        if shape is not None and not failed:
            count = words.parameter_count(shapes, graph[name])
            added = tr("+{count} params", count=f"{count:,}")
        texts = (tr_engine(layer[kind].label), words.shape_text(shape, failed), added)
        self._canvas.network.landing.show_at(wire.middle, texts, failed)
