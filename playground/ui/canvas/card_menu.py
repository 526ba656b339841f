"""The context menu of the canvas: what can be done with the selection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from engine.graph import OUTPUT
from engine.layers.merge import Add, Concatenate, Merge, Multiply
from playground.ui.canvas import edits
from playground.ui.canvas.aligning import ALIGNMENTS
from playground.ui.canvas.palette import fill_menu
from playground.ui.i18n import tr, tr_engine
from playground.ui.terms import what_is_this

if TYPE_CHECKING:
    from playground.ui.canvas.view import Canvas


def open_menu(canvas: Canvas, at: QPoint) -> None:
    """Open the menu for what is selected: layers, a wire, or nothing."""
    menu = QMenu(canvas)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if canvas.selection.wire is not None:
        _offer_wire(menu, canvas, *canvas.selection.wire)
    elif canvas.selection.names:
        _offer_layers(menu, canvas)
    else:
        does = canvas.commands
        menu.addAction(tr("Paste") + "\tCtrl+V", does.paste)
        menu.addAction(tr("Select all") + "\tCtrl+A", does.select_all)
        menu.addAction(tr("Find a layer…") + "\tCtrl+F", does.find)
        menu.addAction(tr("Fit network") + "\tCtrl+0", canvas.fit)
        _offer_tidy(menu, canvas)
    menu.popup(at)


def _offer_wire(menu: QMenu, canvas: Canvas, source: str, target: str) -> None:
    document = canvas.document
    wires = canvas.network.wires.values()
    targets = next(wire.targets for wire in wires if wire.link == (source, target))
    insert = menu.addMenu(tr("Insert a layer"))
    fill_menu(
        insert, document.experiment, lambda kind: edits.insert(document, kind, source, targets)
    )
    menu.addAction(tr("Delete") + "\tDel", canvas.commands.delete)


def _offer_layers(menu: QMenu, canvas: Canvas) -> None:
    document, does = canvas.document, canvas.commands
    name = document.selection
    node = document.experiment.graph[name]
    insert = menu.addMenu(tr("Insert layer after"))
    if name == OUTPUT:
        insert.setTitle(tr("Insert layer before"))
    fill_menu(insert, document.experiment, lambda kind: edits.insert(document, kind, name))
    if name != OUTPUT:
        menu.addAction(tr("Skip wire from here") + "\tCtrl+J", does.wire)
    if isinstance(node.layer, Merge) and len(does.names) == 1:
        _offer_merges(menu, canvas, name)
    if any(document.experiment.graph[n].layer.parameters for n in canvas.selection.names):
        menu.addAction(tr("Freeze / Unfreeze") + "\tCtrl+Shift+L", does.freeze)
    if does.names:
        menu.addAction(tr("Bypass / Use again") + "\tCtrl+B", does.bypass)
    block = edits.block_of(document, does.names)
    menu.addSeparator()
    if block:
        folded = block not in canvas.network.opened
        text = tr("Open the block") if folded else tr("Fold the block")
        menu.addAction(text + "\tEnter", does.enter)
        menu.addAction(tr("Ungroup") + "\tCtrl+Shift+G", does.ungroup)
    elif len(does.names) > 1:
        menu.addAction(tr("Group into a block") + "\tCtrl+G", does.group)
    if does.names:
        menu.addAction(tr("Rename") + "\tF2", does.rename)
        menu.addAction(tr("Cut") + "\tCtrl+X", does.cut)
        menu.addAction(tr("Copy") + "\tCtrl+C", does.copy)
    menu.addAction(tr("Paste") + "\tCtrl+V", does.paste)
    if does.names:
        menu.addAction(tr("Duplicate") + "\tCtrl+D", does.duplicate)
        menu.addAction(tr("Delete") + "\tDel", does.delete)
    menu.addSeparator()
    _offer_places(menu, canvas)
    menu.addAction(tr("What's this?") + "\tShift+F1", lambda: what_is_this(canvas.window()))


def _offer_places(menu: QMenu, canvas: Canvas) -> None:
    """Offer to align several cards, and to give up where they were placed by hand."""
    if canvas.commands.can_align("left"):
        fill_align_menu(menu.addMenu(tr("Align")), canvas)
    _offer_tidy(menu, canvas)


def _offer_tidy(menu: QMenu, canvas: Canvas) -> None:
    if canvas.network.by_hand:
        menu.addAction(tr("Tidy") + "\tCtrl+T", canvas.commands.tidy)


def fill_align_menu(menu: QMenu, canvas: Canvas) -> None:
    """Offer the ways to align the selected cards; those that take more of them are grey."""
    menu.clear()
    menu.setToolTipsVisible(True)
    for how, (name, about) in ALIGNMENTS.items():
        if how in ("top", "across"):
            menu.addSeparator()
        action = menu.addAction(tr(name), lambda how=how: canvas.commands.align(how))
        action.setToolTip(tr(about))
        action.setStatusTip(tr(about))
        action.setEnabled(canvas.commands.can_align(how))


def _offer_merges(menu: QMenu, canvas: Canvas, name: str) -> None:
    """Offer the other ways in which a merge can join its inputs."""
    kinds = menu.addMenu(tr("Join inputs by"))
    now = canvas.document.experiment.graph[name].layer.kind
    for cls in (Add, Multiply, Concatenate):
        action = kinds.addAction(
            tr_engine(cls.label),
            lambda kind=cls.kind: edits.set_merge(canvas.document, name, kind),
        )
        action.setCheckable(True)
        action.setChecked(cls.kind == now)
