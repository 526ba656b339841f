"""Cards that the mouse drags: along their row, onto a wire, or to where they are to stay."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtWidgets import QApplication

from engine import graph_edits
from engine.errors import GraphError
from playground.ui.canvas import edits
from playground.ui.canvas.aligning import SNAP, snapped
from playground.ui.canvas.drops import REACH
from playground.ui.canvas.layout import nearest_slot
from playground.ui.canvas.node import NodeItem
from playground.ui.canvas.placing import names_on
from playground.ui.canvas.wire import WireItem

if TYPE_CHECKING:
    from playground.ui.canvas.view import Canvas

_OUT = 96.0
"""How far above the first row or below the last a card is no longer in it, in pixels at 100 %."""


class CardDrag:
    """The card that the mouse holds, and with it the other selected ones.

    In a row that is laid out the others slide aside, and the card goes where there is room for it.
    Out of the row, and in any other network, it goes onto a wire near the pointer or stays where
    it is let go.

    Attributes
    ----------
    name
        The card that is pressed, or the empty string.
    active
        Whether it is dragged.
    exact
        Whether it neither snaps to other cards nor goes onto a wire.
    """

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self.name = ""
        self.active = self.exact = False
        self._start, self._grip = QPoint(), QPointF()
        self._first = self._last = 0.0
        self._from: dict[str, QPointF] = {}
        self._place, self._carries = "", False
        self._onto: WireItem | None = None
        self._takes: dict[tuple[str, str], bool] = {}

    def press(self, card: NodeItem, start: QPoint, grip: QPointF) -> None:
        """Hold a card, pressed at a place of the viewport; the grip is that place on the card."""
        self.name, self._start, self._grip = card.node.name, start, grip

    def begins(self, spot: QPoint) -> bool:
        """Lift the card where it has been pulled far enough; whether that happened now."""
        far = (spot - self._start).manhattanLength() >= QApplication.startDragDistance()
        if self.active or not far:
            return False
        network = self._canvas.network
        self.active = True
        cards = network.arrangement.cards
        lifted = {self.name, *names_on(network.spots, self._canvas.selection.names)}
        self._from = {name: cards[name].topLeft() for name in lifted}
        tops = [card.top() for card in cards.values()]
        self._first, self._last = min(tops), max(tops)
        network.hold([self.name])
        self._canvas.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        return True

    def follow(self, spot: QPoint) -> None:
        """Lead the card to a place of the viewport."""
        network, point = self._canvas.network, self._canvas.mapToScene(spot)
        corner = point - self._grip
        in_row = network.in_row and not network.by_hand
        if in_row and self._first - _OUT <= corner.y() <= self._last + _OUT:
            self._carry_along(corner)
        else:
            self._carry(point, corner)

    def put(self) -> None:
        """Let the card go: one undo step, or none where it stays what it was."""
        canvas, network = self._canvas, self._canvas.network
        before, moving = canvas.document.experiment, self._moving()
        onto, carries, place = self._onto, self._carries, self._place
        self.end()
        try:
            if onto is not None:
                edits.move(canvas.document, moving, onto.source, onto.targets)
            elif carries:
                canvas.commands.place(network.corners())
            elif place:
                edits.move(canvas.document, moving, place)
        except GraphError as error:
            canvas.refused.emit(error)
        if canvas.document.experiment is before:
            network.show_experiment(before)

    def end(self) -> None:
        """Hold nothing any more."""
        self._aim(None)
        network = self._canvas.network
        network.release()
        network.guides.show_lines(())
        self.name = self._place = ""
        self.active = self._carries = False
        self._takes = {}

    def _moving(self) -> list[str]:
        """Return the nodes that go elsewhere in the network: the selected ones."""
        graph, chosen = self._canvas.document.experiment.graph, self._canvas.selection.names
        names = {*chosen, *self._canvas.network.nodes[self.name].spot.names}
        return [node.name for node in graph if node.name in names and edits.movable(node.name)]

    # In a row

    def _carry_along(self, corner: QPointF) -> None:
        network = self._canvas.network
        if self._carries:
            self._carries = False
            network.guides.show_lines(())
            self._aim(None)
            network.hold([self.name])
            network.preview(network.experiment.graph)
        network.drag_to(corner)
        card = network.nodes[self.name]
        if card.deletable:
            self._slide_aside(card.pos() + card.box.center())

    def _slide_aside(self, center: QPointF) -> None:
        """Let the other cards make room where the card would land."""
        network, moving = self._canvas.network, self._moving()
        spots = [spot.name for spot in network.spots]
        lifted = [spot for spot in spots if spot in moving]
        rest = [spot for spot in spots if spot not in moving]
        slot = nearest_slot(network.arrangement, center) - lifted.index(self.name)
        place = rest[min(max(slot, 1), len(rest) - 1) - 1]
        if place != self._place:
            self._place = place
            with suppress(GraphError):  # it is told when the card is let go
                network.preview(graph_edits.move_all(network.experiment.graph, moving, place))

    # Anywhere

    def _carry(self, point: QPointF, corner: QPointF) -> None:
        """Lead all lifted cards, near a wire that takes them onto it, else to where they snap."""
        network, zoom = self._canvas.network, self._canvas.zoom
        if not self._carries:
            self._carries, self._place = True, ""
            network.lift_out(self._from)
        near = None if self.exact else network.wire_near(point, REACH / zoom, self._from)
        self._aim(near if near is not None and self._can_go(near) else None)
        by, guides = corner - self._from[self.name], []
        if self._onto is None and not self.exact:
            cards = network.arrangement.cards
            box = QRectF(corner, cards[self.name].size())
            others = [card for name, card in cards.items() if name not in self._from]
            snap, guides = snapped(box, others, SNAP / zoom)
            by += snap
        network.guides.show_lines(guides)
        network.carry({name: start + by for name, start in self._from.items()})

    def _can_go(self, wire: WireItem) -> bool:
        """Whether the network would take the lifted cards on a wire."""
        if wire.link not in self._takes:
            graph, moving = self._canvas.document.experiment.graph, self._moving()
            if not all(map(edits.movable, self._from)):
                return False
            try:
                moved = graph_edits.move_all(graph, moving, wire.source, wire.targets)
            except GraphError:
                self._takes[wire.link] = False
            else:
                self._takes[wire.link] = moved != graph
        return self._takes[wire.link]

    def _aim(self, wire: WireItem | None) -> None:
        """Thicken the wire that would take the lifted cards."""
        if wire is not self._onto:
            for other, thick in ((self._onto, False), (wire, True)):
                if other is not None:
                    other.set_state(thick=thick)
            self._onto = wire
