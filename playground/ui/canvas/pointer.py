"""What the mouse does on the canvas: hover, select, reorder, pan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QMenu, QToolTip

from engine import graph as graphs
from engine.graph import Graph
from playground.ui.canvas import edits, words
from playground.ui.canvas.layout import nearest_slot
from playground.ui.canvas.palette import fill_menu
from playground.ui.canvas.wire import EdgesItem
from playground.ui.i18n import tr

if TYPE_CHECKING:
    from playground.ui.canvas.view import Canvas

_REACH = 5
"""Pixels of the screen within which the mouse is on an edge."""


class Pointer:
    """The state of the mouse over the canvas."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self.hovered = ""
        self.dragging = ""
        self._pressed = ""
        self._panning = False
        self._start = QPoint()
        self._grip = QPointF()
        self._slot = -1
        self._edges: EdgesItem | None = None

    # Buttons

    def press(self, event: QMouseEvent) -> None:
        """Select, open the list of layers, or get ready to drag."""
        canvas, network = self._canvas, self._canvas.network
        self._start = event.position().toPoint()
        if event.button() == Qt.MouseButton.MiddleButton:
            self._panning = True
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        point = canvas.mapToScene(self._start)
        self._hover(point, event.globalPosition().toPoint())
        wire, card = network.plus_at(point), network.node_at(point)
        if wire is not None:
            canvas.insert_menu(wire.source, wire.target, event.globalPosition().toPoint())
        elif card is not None:
            self._press_card(card.node.name, point)
        else:
            canvas.document.select("")
            self._panning = True
            canvas.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def _press_card(self, name: str, point: QPointF) -> None:
        card, document = self._canvas.network.nodes[name], self._canvas.document
        button = card.chip_at(point - card.pos())
        if button == "duplicate":
            edits.duplicate(document, name)
        elif button == "delete":
            edits.remove(document, name)
        else:
            document.select(name)
            self._pressed, self._grip = name, point - card.pos()

    def move(self, event: QMouseEvent) -> None:
        """Hover, pan, or drag a card."""
        canvas, spot = self._canvas, event.position().toPoint()
        if self._panning:
            canvas.pan(QPointF(spot - self._start))
            self._start = spot
        elif self._pressed:
            self._drag(spot)
        else:
            self._hover(canvas.mapToScene(spot), event.globalPosition().toPoint())

    def release(self, event: QMouseEvent) -> None:
        """Put down what is dragged."""
        canvas, name, slot = self._canvas, self.dragging, self._slot
        moved = bool(name)
        self._let_go()
        if moved:
            order = _order(canvas.document.experiment.graph, name, slot)
            before = canvas.document.experiment
            edits.move_after(canvas.document, name, order[slot - 1])
            if canvas.document.experiment is before:
                canvas.network.show_experiment(before)
        self._hover(canvas.mapToScene(event.position().toPoint()), event.globalPosition().toPoint())

    def cancel(self) -> None:
        """Give up a drag: everything slides back."""
        was = self.dragging
        self._let_go()
        if was:
            self._canvas.network.show_experiment(self._canvas.document.experiment)

    def _let_go(self) -> None:
        self._canvas.network.release()
        self._canvas.viewport().unsetCursor()
        self.dragging = self._pressed = ""
        self._panning, self._slot = False, -1

    def leave(self) -> None:
        """Hover over nothing."""
        self._set_hovered("")
        self._set_edge(None, None)
        for wire in self._canvas.network.wires.values():
            wire.set_state(hovered=False)

    # Dragging a card

    def _drag(self, spot: QPoint) -> None:
        canvas, network, name = self._canvas, self._canvas.network, self._pressed
        if not self.dragging:
            far = (spot - self._start).manhattanLength() >= QApplication.startDragDistance()
            if not far or not network.nodes[name].deletable:
                return
            self.dragging = name
            self._set_hovered("")
            canvas.bubble.hide()
            canvas.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            network.hold(name)
        network.drag_to(canvas.mapToScene(spot) - self._grip)
        card = network.nodes[name]
        slot = nearest_slot(network.arrangement, card.pos() + card.box.center())
        if slot != self._slot:
            self._slot = slot
            graph = network.experiment.graph
            order = _order(graph, name, slot)
            network.preview(graphs.move(graph, name, order[slot - 1]))

    # Hovering

    def _hover(self, point: QPointF, spot: QPoint) -> None:
        network = self._canvas.network
        plus = network.plus_at(point)
        card = network.node_at(point) if plus is None else None
        for wire in network.wires.values():
            wire.set_state(hovered=wire is plus)
        self._set_hovered(card.node.name if card is not None else "")
        on_unit = card is not None and any(box.contains(point) for box in card.units())
        edge = None
        if plus is None and not on_unit:
            edge = network.edge_at(point, _REACH / self._canvas.zoom)
        self._set_edge(*(edge or (None, None)))
        text = ""
        if edge is not None:
            text = self._weight(*edge)
        elif plus is not None:
            text = tr("Insert a layer")
        elif card is not None:
            text = self._chip_words(card.chip_at(point - card.pos())) or card.face.words()
        QToolTip.showText(spot, text, self._canvas.viewport())
        hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
        self._canvas.viewport().setCursor(arrow if plus is None else hand)

    @staticmethod
    def _chip_words(button: str) -> str:
        return {"duplicate": tr("Duplicate"), "delete": tr("Delete")}.get(button, "")

    def _weight(self, edges: EdgesItem, pair: tuple[int, int]) -> str:
        if edges.weights is None:
            return ""
        nodes = self._canvas.network.nodes
        source, target = nodes[edges.source].node, nodes[edges.target].node
        weight = float(edges.weights[pair])
        return words.weight_text(source, pair[0], target, pair[1], weight)

    def _set_hovered(self, name: str) -> None:
        if name == self.hovered and name in self._canvas.network.nodes:
            return
        self.hovered = name
        for other, item in self._canvas.network.nodes.items():
            item.set_state(hovered=other == name)
        self._canvas.show_bubble()

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
        """Offer what can be done with a card."""
        canvas = self._canvas
        card = canvas.network.node_at(canvas.mapToScene(event.pos()))
        if event.reason() == QContextMenuEvent.Reason.Keyboard or card is None:
            card = canvas.network.nodes.get(canvas.document.selection)
        if card is None:
            return
        name = card.node.name
        canvas.document.select(name)
        menu = QMenu(canvas)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        insert = menu.addMenu(tr("Insert layer after"))
        if name == graphs.OUTPUT:
            insert.setTitle(tr("Insert layer before"))
        document = canvas.document
        fill_menu(insert, document.experiment, lambda kind: edits.insert(document, kind, name))
        if card.deletable:
            menu.addAction(tr("Rename") + "\tF2", canvas.rename_selected)
            menu.addAction(tr("Duplicate") + "\tCtrl+D", canvas.duplicate_selected)
            menu.addAction(tr("Delete") + "\tDel", canvas.delete_selected)
        menu.popup(event.globalPos())


def _order(graph: Graph, name: str, slot: int) -> list[str]:
    """Return the names in order with the one called `name` at `slot`."""
    order = [node.name for node in graph.nodes if node.name != name]
    order.insert(slot, name)
    return order
