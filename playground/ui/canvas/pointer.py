"""What the mouse does on the canvas: hover, select, reorder, draw wires, pan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip

from engine.microscope import dense_nodes
from playground.ui.canvas import edits, words
from playground.ui.canvas.card_drag import CardDrag
from playground.ui.canvas.card_menu import open_menu
from playground.ui.canvas.edge_scroll import EdgeScroll
from playground.ui.canvas.node import NodeItem
from playground.ui.canvas.wire import EdgesItem
from playground.ui.i18n import tr

if TYPE_CHECKING:
    from playground.ui.canvas.view import Canvas

_REACH = 5
"""Pixels of the screen within which the mouse is on an edge or a wire."""
_ADDING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier


class Pointer:
    """The state of the mouse over the canvas."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self.hovered = ""
        self._drag = CardDrag(canvas)
        self._panning = self._wiring = self._banding = False
        self._start = QPoint()
        self._grip = QPointF()
        self._edges: EdgesItem | None = None
        self._scroll = EdgeScroll(canvas)
        self._weight_pressed = False

    @property
    def dragging(self) -> bool:
        """Whether a card is being dragged."""
        return self._drag.active

    # Buttons

    def press(self, event: QMouseEvent) -> None:
        """Select, open the list of layers, or get ready to drag."""
        canvas, network = self._canvas, self._canvas.network
        self._start, spot = event.position().toPoint(), event.globalPosition().toPoint()
        if event.button() == Qt.MouseButton.MiddleButton:
            self._panning = True
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        point = canvas.mapToScene(self._start)
        self._hover(point, spot)
        card = network.node_at(point)
        if canvas.wiring.active:
            self._end_wire(card)
            return
        wire = network.plus_at(point)
        if card is not None and card.handle_at(point - card.pos()):
            self._wiring = True
            canvas.wiring.begin(card.node.name)
            canvas.wiring.aim("", point)
        elif wire is not None:
            canvas.insert_menu(wire.source, wire.targets, spot)
        elif self._can_look_into() and not event.modifiers() & _ADDING:
            self._weight_pressed = True
        elif card is not None:
            self._press_card(card, point, bool(event.modifiers() & _ADDING))
        else:
            self._press_ground(point, bool(event.modifiers() & _ADDING))

    def _can_look_into(self) -> bool:
        """Whether the mouse is on a weight that the microscope can look into."""
        graph = self._canvas.document.experiment.graph
        return self._edges is not None and self._edges.target in dense_nodes(graph)

    def _press_card(self, card: NodeItem, point: QPointF, adding: bool) -> None:
        document, selection = self._canvas.document, self._canvas.selection
        members = list(card.spot.names)
        button = card.chip_at(point - card.pos())
        if button == "duplicate":
            edits.duplicate(document, *members)
        elif button == "delete":
            edits.remove(document, *members)
        elif adding:
            selection.toggle(members)
        else:
            if not selection.names.issuperset(members):
                selection.choose(members)
            self._drag.press(card, self._start, point - card.pos())

    def _press_ground(self, point: QPointF, adding: bool) -> None:
        canvas = self._canvas
        wire = canvas.network.wire_at(point, _REACH / canvas.zoom)
        block = canvas.network.block_at(point)
        if block:
            canvas.commands.fold(block)
        elif adding:
            self._banding, self._grip = True, point
        elif wire is not None:
            canvas.selection.choose_wire(wire.link)
        else:
            canvas.selection.choose(())
            self._panning = True
            canvas.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def move(self, event: QMouseEvent) -> None:
        """Hover, pan, or drag a card, a wire or a rectangle."""
        canvas, spot = self._canvas, event.position().toPoint()
        if self._panning:
            canvas.pan(QPointF(spot - self._start))
            self._start = spot
        elif self._banding or canvas.wiring.active or self._drag.name:
            self._drag.exact = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            self.drag_to(spot)
            if self._banding or self._wiring or self.dragging:
                self._scroll.follow(spot)
        else:
            self._hover(canvas.mapToScene(spot), event.globalPosition().toPoint())

    def drag_to(self, spot: QPoint) -> None:
        """Lead what is dragged to a place of the viewport."""
        canvas = self._canvas
        point = canvas.mapToScene(spot)
        if self._banding:
            canvas.network.band.stretch(self._grip, point)
        elif canvas.wiring.active:
            card = canvas.network.node_at(point)
            canvas.wiring.aim("" if card is None else card.node.name, point)
        elif self._drag.name:
            if self._drag.begins(spot):
                self._set_hovered("")
                canvas.magnifier.close_up()
                canvas.bubble.hide()
            if self.dragging:
                self._drag.follow(spot)

    def release(self, event: QMouseEvent) -> None:
        """Put down what is dragged, or look into the weight that was clicked."""
        edges, looks = self._edges, self._weight_pressed
        self._weight_pressed = False
        if looks and edges is not None and edges.hovered is not None:
            self._canvas.weight_chosen.emit(edges.target, *edges.hovered)
            return
        canvas, point = self._canvas, self._canvas.mapToScene(event.position().toPoint())
        pressed, moved, wiring = self._drag.name, self.dragging, self._wiring
        band = QRectF(canvas.network.band.box) if self._banding else None
        if moved:
            self._drag.put()
        self._let_go()
        if wiring:
            self._end_wire(canvas.network.node_at(point))
        elif band is not None:
            self._choose_within(band)
        elif pressed and not moved and not event.modifiers() & _ADDING:
            canvas.commands.select_card(pressed)
        self._hover(point, event.globalPosition().toPoint())

    def _end_wire(self, card: NodeItem | None) -> None:
        wiring = self._canvas.wiring
        if card is not None and card.node.name != wiring.source:
            wiring.aim(card.node.name)
            wiring.finish()
        wiring.cancel()
        self._canvas.show_selection()

    def _choose_within(self, band: QRectF) -> None:
        cards = self._canvas.network.nodes.values()
        touched = [item for item in cards if band.intersects(item.box.translated(item.pos()))]
        names = {name for item in touched for name in item.spot.names}
        self._canvas.selection.choose(self._canvas.selection.names | names)

    def double_click(self, event: QMouseEvent) -> None:
        """Open or fold a block, if the first click was on its card as well."""
        canvas = self._canvas
        card = canvas.network.node_at(canvas.mapToScene(event.position().toPoint()))
        if card is not None and card.spot.block and canvas.document.selection == card.node.name:
            self._let_go()
            canvas.commands.fold(card.spot.block)

    def cancel(self) -> None:
        """Give up a drag: everything slides back."""
        was = self.dragging
        self._let_go()
        if was:
            self._canvas.network.show_experiment(self._canvas.document.experiment)

    def _let_go(self) -> None:
        network = self._canvas.network
        self._scroll.stop()
        self._drag.end()
        network.band.hide()
        self._canvas.viewport().unsetCursor()
        self._panning = self._wiring = self._banding = False

    def leave(self) -> None:
        """Hover over nothing."""
        self._set_hovered("")
        self._canvas.magnifier.close_up()
        self._set_edge(None, None)
        for wire in self._canvas.network.wires.values():
            wire.set_state(hovered=False)

    # Hovering

    def _hover(self, point: QPointF, spot: QPoint) -> None:
        network, reach = self._canvas.network, _REACH / self._canvas.zoom
        card = network.node_at(point)
        handle = card is not None and card.handle_at(point - card.pos())
        plus = None if handle else network.plus_at(point)
        if plus is not None:
            card = None
        self._set_hovered(card.node.name if card is not None else "")
        self._canvas.magnifier.point(None if handle else card, point)
        on_unit = card is not None and any(box.contains(point) for box in card.units())
        edge = None
        if plus is None and not on_unit:
            edge = network.edge_at(point, reach)
        self._set_edge(*(edge or (None, None)))
        wire = plus or (network.wire_at(point, reach) if card is None and edge is None else None)
        for other in network.wires.values():
            other.set_state(hovered=other is wire)
        text = ""
        if edge is not None:
            text = self._weight(*edge)
        elif plus is not None:
            text = tr("Insert a layer")
        elif handle:
            text = tr("Drag to a later layer: skip wire")
        elif card is not None:
            text = self._chip_words(card.chip_at(point - card.pos())) or card.face.words()
        elif wire is not None:
            experiment = self._canvas.document.experiment
            text = words.wire_text(experiment, network.shapes, *wire.link)
        elif network.block_at(point):
            text = tr("Fold the block")
        QToolTip.showText(spot, text, self._canvas.viewport())
        hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
        hot = plus is not None or wire is not None or handle or self._can_look_into()
        self._canvas.viewport().setCursor(hand if hot else arrow)

    @staticmethod
    def _chip_words(button: str) -> str:
        return {"duplicate": tr("Duplicate"), "delete": tr("Delete")}.get(button, "")

    def _weight(self, edges: EdgesItem, pair: tuple[int, int]) -> str:
        if edges.weights is None:
            return ""
        nodes = self._canvas.network.nodes
        source, target = nodes[edges.source].node, nodes[edges.target].node
        weight = float(edges.weights[pair])
        inputs = getattr(self._canvas.document.experiment.task, "input_names", ())
        text = words.weight_text(source, pair[0], target, pair[1], weight, inputs)
        return f"{text}\n{tr('Click: microscope')}" if self._can_look_into() else text

    def _set_hovered(self, name: str) -> None:
        if name == self.hovered and name in self._canvas.network.nodes:
            return
        self.hovered = name
        for other, item in self._canvas.network.nodes.items():
            item.set_state(hovered=other == name)
        self._canvas.bubble.refresh()

    def _set_edge(self, edges: EdgesItem | None, pair: tuple[int, int] | None) -> None:
        if self._edges is not None and self._edges is not edges:
            self._edges.hovered = None
            self._edges.update()
        self._edges = edges
        if edges is not None and edges.hovered != pair:
            edges.hovered = pair
            edges.update()

    # The menu

    def context_menu(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with a card, a wire or the canvas."""
        canvas, point = self._canvas, self._canvas.mapToScene(event.pos())
        if event.reason() != QContextMenuEvent.Reason.Keyboard:
            card = canvas.network.node_at(point)
            wire = canvas.network.wire_at(point, _REACH / canvas.zoom)
            if card is not None:
                members = list(card.spot.names)
                if not canvas.selection.names.issuperset(members):
                    canvas.selection.choose(members)
            elif wire is not None:
                canvas.selection.choose_wire(wire.link)
            else:
                canvas.selection.choose(())
        open_menu(canvas, event.globalPos())
