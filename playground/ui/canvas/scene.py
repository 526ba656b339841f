"""The network as graphics items, kept in step with the experiment."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import pairwise

from PySide6.QtCore import QEasingCurve, QObject, QPointF, QSizeF, QVariantAnimation
from PySide6.QtWidgets import QGraphicsScene

from engine.bypass import passing
from engine.experiment import Experiment
from engine.graph import OUTPUT, Graph, Node, Shapes
from engine.graph_places import is_placed
from playground.ui.canvas import words
from playground.ui.canvas.blocks import Spot, spots
from playground.ui.canvas.edits import movable
from playground.ui.canvas.extras import BandItem, DraftItem, FrameItem, LandingItem, LossItem
from playground.ui.canvas.faces import Answers
from playground.ui.canvas.guides import GuidesItem
from playground.ui.canvas.layout import PORT_Y, Arrangement, Wish, arrange
from playground.ui.canvas.node import NodeItem
from playground.ui.canvas.placing import arrange_by_hand, carried, places_of
from playground.ui.canvas.routes import Route
from playground.ui.canvas.sample_faces import face_for
from playground.ui.canvas.wire import EdgesItem, LossLinksItem, WireItem
from playground.ui.i18n import tr

SLIDE_MS = 160


class NetworkScene(QGraphicsScene):
    """Cards, wires and edges of an experiment.

    Parameters
    ----------
    animate
        Whether cards slide to their places.
    """

    def __init__(self, animate: bool = True, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Items move all the time and are few: an index would only cost.
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.animate = animate
        self.experiment: Experiment
        self.shapes: Shapes
        self.opened: set[str] = set()
        self.spots: tuple[Spot, ...] = ()
        self.nodes: dict[str, NodeItem] = {}
        self.frames: list[FrameItem] = []
        self.wires: dict[tuple[str, str], WireItem] = {}
        self.edges: dict[tuple[str, str], EdgesItem] = {}
        self.arrangement: Arrangement
        self.landing, self.loss, self._links = LandingItem(), LossItem(), LossLinksItem()
        self.draft, self.band = DraftItem(), BandItem()
        self.guides = GuidesItem()
        for item in (self.landing, self.loss, self._links, self.draft, self.band, self.guides):
            self.addItem(item)
        self._room = QSizeF(800, 500)
        self._asked: object = None
        self._answer: Arrangement
        self._card: dict[str, str] = {}
        self._order: dict[str, Spot] = {}
        self._graph: Graph
        self._answers = Answers()
        self._held = frozenset[str]()
        self._carried = False
        self._goals: dict[object, tuple[QPointF, QPointF]] = {}
        self._wired: dict[tuple[str, str], tuple[Route, QPointF, QPointF]] = {}
        self._slide = QVariantAnimation(self)
        self._slide.setStartValue(0.0)
        self._slide.setEndValue(1.0)
        self._slide.setDuration(SLIDE_MS)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.valueChanged.connect(self._slid)

    # What is shown

    def show_experiment(self, experiment: Experiment) -> None:
        """Draw another experiment; cards that stay slide to their new places."""
        self.experiment, self.shapes = experiment, experiment.shapes()
        self._held = frozenset()
        graph = experiment.graph
        self.spots = spots(graph, self.opened)
        kept, fresh = {spot.name for spot in self.spots}, set()
        for name in [name for name in self.nodes if name not in kept]:
            self.removeItem(self.nodes.pop(name))
        for spot in self.spots:
            if spot.name not in self.nodes:
                fresh.add(spot.name)
                self.nodes[spot.name] = NodeItem(spot.members[-1])
                self.addItem(self.nodes[spot.name])
            self._describe(self.nodes[spot.name], spot)
        self._link(graph, self.spots)
        self._arrange(fresh)
        self.show_answers(self._answers)
        self.show_loss(self.loss.value)

    def _describe(self, item: NodeItem, spot: Spot) -> None:
        """Write a card anew, and choose its picture where shape or layer changed."""
        shapes, old, node = self.shapes, item.node, spot.members[-1]
        shape = shapes.shapes.get(node.name)
        errors = [member.name for member in spot.members if member.name in shapes.errors]
        item.node, item.spot = node, spot
        face = getattr(item, "face", None)
        experiment = self.experiment
        if (
            face is None
            or face.shape != (shape or ())
            or passing(old).layer != passing(node).layer
            or face.experiment.task != experiment.task
        ):
            face = face_for(experiment, passing(node), None if errors else shape)
        item.describe(words.caption(shapes, spot, experiment.task.token_count > 0), face)
        item.deletable = movable(node.name)
        idle, frozen = shape is None and not errors, words.locked(*spot.members)
        bypassed = all(member.bypassed for member in spot.members)
        item.set_state(failed=bool(errors), idle=idle, frozen=frozen, bypassed=bypassed)

    @property
    def in_row(self) -> bool:
        """Whether each card reads just the one before it."""
        return all(list(spot.links) == [last.name] for last, spot in pairwise(self.spots))

    @property
    def by_hand(self) -> bool:
        """Whether the cards stand where a person has put them."""
        return is_placed(self.experiment.graph)

    def corners(self) -> dict[str, QPointF]:
        """Return where all cards stand, or slide to."""
        return {name: card.topLeft() for name, card in self.arrangement.cards.items()}

    def card(self, name: str) -> NodeItem | None:
        """Return the card of a node, which may be that of its block, or None."""
        return self.nodes.get(self._card.get(name, name))

    def restyle(self) -> None:
        """Paint in the colours of the theme."""
        for item in self.nodes.values():
            item.restyle()
        for part in (*self.wires.values(), *self.edges.values(), *self.frames, self._links):
            part.update()
        self.loss.restyle()
        self.show_answers(self._answers)
        self.update()

    def set_room(self, room: QSizeF) -> None:
        """Fill a room, in pixels at 100 %."""
        if room != self._room:
            self._room = room
            if self.nodes:
                self._arrange(set(self.nodes))

    # Live values

    def show_answers(self, answers: Answers) -> None:
        """Draw the answers of probes into pictures and edges; those drawn already cost nothing."""
        self._answers = answers
        for item in self.nodes.values():
            item.show_answers(answers)
        if self._graph is not self.experiment.graph:
            return  # the wires of a preview have no weights yet
        for (_, target), edges in self.edges.items():
            weights = answers.parameters.get(target, {}).get("W")
            if not _weighs(self.nodes[target].node):
                edges.set_weights(None)
            elif weights is not edges.weights and edges.fits(weights):
                edges.set_weights(weights)

    @property
    def has_edges(self) -> bool:
        """Whether weights are drawn between units."""
        return any(edges.isVisible() for edges in self.edges.values())

    def show_loss(self, value: str) -> None:
        """Write the training loss."""
        self.loss.show(tr("Loss"), value)

    # Places

    def _link(self, graph: Graph, cards: tuple[Spot, ...]) -> None:
        """Make the wires and edges of a graph, which may be a preview with the same nodes."""
        self._graph = graph
        self._card = {node.name: spot.name for spot in cards for node in spot.members}
        self._order = {spot.name: spot for spot in cards}
        pairs = {(source, spot.name): link for spot in cards for source, link in spot.links.items()}
        for table in (self.wires, self.edges):
            for pair in [pair for pair in table if pair not in pairs]:
                self.removeItem(table.pop(pair))
        for pair in pairs:
            if pair not in self.wires:
                self.wires[pair] = WireItem()
                self.addItem(self.wires[pair])
            self.wires[pair].source, self.wires[pair].targets = pairs[pair]
            if self._has_edges(pair) and pair not in self.edges:
                self.edges[pair] = EdgesItem(*pair)
                self.addItem(self.edges[pair])
            elif not self._has_edges(pair) and pair in self.edges:
                self.removeItem(self.edges.pop(pair))
            self.wires[pair].set_state(broken=pair[1] not in self.shapes.shapes)

    def _has_edges(self, pair: tuple[str, str]) -> bool:
        """Whether weights run between single units of two cards."""
        source, target = (self.nodes[name] for name in pair)
        if not self._held.isdisjoint(pair) or source.spot.block or target.spot.block:
            return False
        if not (source.face.units(source.body) and target.face.units(target.body)):
            return False
        return _weighs(target.node) or source.face.shape == target.face.shape

    def _arrange(self, at_once: set[str] | None = None) -> None:
        """Compute all places and slide there; the cards in `at_once` are simply put there."""
        before = {target for _, target in self.edges}
        wishes = [
            (name, Wish(item.width, item.face.body, name in before))
            for name in self._order
            for item in (self.nodes[name],)
        ]
        links = [(source, name) for name, spot in self._order.items() for source in spot.links]
        places, inside = places_of(self._order.values()), self._loss_inside
        asked = wishes, places, inside, links, None if places else self._room
        if asked != self._asked:  # or all stays where it is
            self._asked = asked
            if places:
                self._answer = arrange_by_hand(wishes, places, inside, links)
            else:
                self._answer = arrange(wishes, self._room, inside, links)
        self.arrangement = self._answer
        self._carried = False
        for name, card in self.arrangement.cards.items():
            self.nodes[name].set_lane(card.height())
        places = {self.nodes[n]: c.topLeft() for n, c in self.arrangement.cards.items()}
        places[self.loss] = self.arrangement.loss.topLeft()
        now = {self.nodes[name] for name in at_once or ()}
        if at_once is not None and OUTPUT in at_once:
            now.add(self.loss)
        self._slide.stop()
        self._goals, self._wired = {}, {}
        for item, goal in places.items():
            if isinstance(item, NodeItem) and item.node.name in self._held:
                continue
            if item in now or not self.animate:
                item.setPos(goal)
            elif item.pos() != goal:
                self._goals[item] = (item.pos(), goal)
        self._wire_up()
        if self._goals:
            self._slide.start()
        self._enclose()

    @property
    def _loss_inside(self) -> bool:
        """Whether the loss stands beside the units of the output rather than at its header."""
        output = self.nodes[OUTPUT]
        return bool(output.face.units(output.body))

    def _enclose(self) -> None:
        """Draw the frames, and leave room around all cards."""
        self._frame()
        margin = 1500
        self.setSceneRect(self.arrangement.bounds.adjusted(-margin, -margin, margin, margin))

    def _frame(self) -> None:
        """Draw a frame around the cards of every block that is open, one in each row."""
        for frame in self.frames:
            self.removeItem(frame)
        self.frames = []
        groups = {name: self.nodes[name].node.group for name in self._order}
        for title in dict.fromkeys(group for group in groups.values() if group in self.opened):
            for row in self.arrangement.rows:
                boxes = [self.arrangement.cards[name] for name in row if groups[name] == title]
                if boxes:
                    self.frames.append(FrameItem(title, boxes))
                    self.addItem(self.frames[-1])

    def _slid(self, share: float) -> None:
        for item, (start, goal) in self._goals.items():
            item.setPos(start + (goal - start) * share)
        self._wire_up()

    def _wire_up(self) -> None:
        """Run all wires between the cards as they stand now."""
        cards, routes = self.arrangement.cards, self.arrangement.routes
        for pair, wire in self.wires.items():
            route, source, target = routes[pair], *(self.nodes[name].pos() for name in pair)
            if self._wired.get(pair) == (route, source, target):
                continue
            self._wired[pair] = route, source, target
            wire.place(*route.between(*(cards[name] for name in pair), source, target), route.plain)
            if pair in self.edges:
                self.edges[pair].setVisible(route.direct)
                self._place_edges(pair)
        output = self.nodes[OUTPUT]
        starts = [QPointF(box.right(), box.center().y()) for box in output.units()]
        starts = starts or [output.pos() + QPointF(output.width, PORT_Y)]
        self._links.place(starts, self.loss.pos() + QPointF(0, self.loss.size.height() / 2))

    def _place_edges(self, pair: tuple[str, str]) -> None:
        source, target = (self.nodes[name] for name in pair)
        self.edges[pair].place(
            [QPointF(box.right(), box.center().y()) for box in source.units()],
            [QPointF(box.left(), box.center().y()) for box in target.units()],
            full=_weighs(target.node),
        )

    # While a card is dragged

    def hold(self, names: Collection[str]) -> None:
        """Lift cards: they stay where they are put until `show_experiment`."""
        self._held = frozenset(names)
        for name, item in self.nodes.items():
            item.setZValue(30 if name in self._held else 10)

    def drag_to(self, place: QPointF) -> None:
        """Move the one lifted card; its wires are drawn out."""
        for name in self._held:
            self.nodes[name].setPos(place)
        self._wire_up()

    def lift_out(self, names: Collection[str]) -> None:
        """Lift cards out of their rows; the others slide back to where they stood."""
        self._held = frozenset()  # wires and edges are those of before
        self._link(self.experiment.graph, self.spots)
        self.hold(names)
        self._arrange()

    def carry(self, corners: Mapping[str, QPointF]) -> None:
        """Move lifted cards; their wires find new ways."""
        self.arrangement = carried(self.arrangement, corners, self._loss_inside)
        self._carried = True
        for name, corner in corners.items():
            self.nodes[name].setPos(corner)
        if OUTPUT in corners:
            self.loss.setPos(self.arrangement.loss.topLeft())
        self._wire_up()
        self._enclose()

    def preview(self, graph: Graph) -> None:
        """Let the other cards slide aside for an order that is not decided yet."""
        if graph.nodes != self._graph.nodes or self._carried:
            self._link(graph, spots(graph, self.opened))
            self._arrange()

    def release(self) -> None:
        """Put the lifted cards down; `show_experiment` moves them to their places."""
        for name in self._held & self.nodes.keys():
            self.nodes[name].setZValue(10)
        self._held = frozenset()

    # Where something is

    def node_at(self, point: QPointF) -> NodeItem | None:
        """Return the card at a point, with the chip above a hovered one."""
        found = [item for item in self.nodes.values() if item.reaches(point - item.pos())]
        return max(found, key=lambda item: item.hovered, default=None)

    def plus_at(self, point: QPointF) -> WireItem | None:
        """Return the wire whose "+" is at a point."""
        return next((wire for wire in self.wires.values() if wire.on_plus(point)), None)

    def wire_at(self, point: QPointF, reach: float) -> WireItem | None:
        """Return the wire within `reach` of a point that does not lie on a card."""
        if any(item.box.contains(point - item.pos()) for item in self.nodes.values()):
            return None
        return self.wire_near(point, reach)

    def block_at(self, point: QPointF) -> str:
        """Return the open block whose title is at a point, or the empty string."""
        return next((frame.title for frame in self.frames if frame.tab().contains(point)), "")

    def wire_near(
        self, point: QPointF, reach: float, besides: Collection[str] = ()
    ) -> WireItem | None:
        """Return the nearest wire within `reach`, leaving out those of some cards."""
        left_out = frozenset(besides)
        distances: Mapping[WireItem, float] = {
            wire: wire.distance(point)
            for pair, wire in self.wires.items()
            if left_out.isdisjoint(pair)
        }
        nearest = min(distances, key=distances.__getitem__, default=None)
        return nearest if nearest is not None and distances[nearest] <= reach else None

    def edge_at(self, point: QPointF, reach: float) -> tuple[EdgesItem, tuple[int, int]] | None:
        """Return the edge within `reach` of a point: its item and the units it joins."""
        for item in self.edges.values():
            hit = item.hit(point, reach)
            if hit is not None:
                return item, hit
        return None


def _weighs(node: Node) -> bool:
    """Whether each unit of a node reads all those before it, with a weight of its own."""
    return "W" in passing(node).layer.parameters
