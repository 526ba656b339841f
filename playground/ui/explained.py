"""Which term each part of the window stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from playground.glossary import Entry, term
from playground.ui.canvas import edits
from playground.ui.canvas.node import NodeItem
from playground.ui.canvas.palette import KIND
from playground.ui.i18n import tr
from playground.ui.terms import explain, explain_at, explain_by

if TYPE_CHECKING:
    from playground.ui.window import Window


def explain_parts(window: Window) -> None:
    """Let counters, speed, layers and the cards of the network say what they are."""
    transport = window.transport
    explain(transport.epoch, "word:epoch")
    explain(transport.iteration, "word:iteration")
    explain(transport.batch, "word:batch")
    explain(transport.speed_slider, "word:speed")
    explain(transport.seed_button, "word:seed")
    explain(transport.reset_button, "word:initial_weights")
    explain(window.inspector.curve, "word:activation")
    explain(window.inspector.matrix, "word:weight")
    explain(window.inspector.freeze_button, "word:freeze")
    explain(window.inspector.bypass_button, "word:bypass")
    explain(window.inspector.redraw_button, "word:initial_weights")
    explain(window.header.wire, "word:skip")
    explain(window.header.tidy, "word:tidy")
    explain(window.header.scope, "word:backpropagation")
    rows = window.palette_list.list
    explain_by(rows, lambda at: [_row(window, at)])
    rows.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    rows.customContextMenuRequested.connect(lambda at: _open_menu(window, at))
    explain_by(window.canvas, lambda at: _card(window, at))


def _row(window: Window, at: QPoint | None) -> Entry | None:
    """Return the term of a row of the palette."""
    rows = window.palette_list.list
    item = rows.currentItem() if at is None else rows.itemAt(at)
    return None if item is None else term(f"layer:{item.data(KIND)}")


def _open_menu(window: Window, at: QPoint) -> None:
    """Offer what can be done with a row of the palette."""
    rows = window.palette_list.list
    item = rows.itemAt(at)
    kind = None if item is None else item.data(KIND)
    if kind is None:
        return
    menu = QMenu(rows)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addAction(tr("Insert a layer"), lambda: edits.insert(window.document, kind))
    corner = rows.viewport().mapToGlobal(rows.visualItemRect(item).bottomLeft())
    entry = term(f"layer:{kind}")
    if entry is not None:
        menu.addAction(tr("What's this?"), lambda: explain_at([entry], corner, window))
    menu.popup(rows.viewport().mapToGlobal(at))


def _card(window: Window, at: QPoint | None) -> list[Entry | None]:
    """Return the terms of a card, the selected one without a place: its layer and activation."""
    canvas, graph = window.canvas, window.document.experiment.graph
    name = window.document.selection
    if at is not None:
        cards = [item for item in canvas.items(at) if isinstance(item, NodeItem)]
        name = cards[0].node.name if cards else ""
    if name not in graph:
        return []
    layer = graph[name].layer
    activation = getattr(layer, "activation", None)
    own = term(f"layer:{layer.kind}")
    return [own, None if activation is None else term(f"activation:{activation.kind}")]
