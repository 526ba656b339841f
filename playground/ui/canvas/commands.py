"""What can be done with the selection: the same for keys, menus and buttons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QApplication

from engine.errors import EngineError
from engine.graph_places import place, tidy
from playground.ui.canvas import clipboard, edits, words
from playground.ui.canvas.aligning import ALIGNMENTS, aligned, fewest
from playground.ui.canvas.edits import movable
from playground.ui.canvas.placing import names_on, placed
from playground.ui.i18n import tr

if TYPE_CHECKING:
    from playground.ui.canvas.view import Canvas

P = ParamSpec("P")


def _told(action: Callable[Concatenate[Commands, P], None]) -> Callable[..., None]:
    """Tell why an edit is refused instead of raising it."""

    @wraps(action)
    def act(self: Commands, *args: Any) -> None:
        try:
            action(self, *args)
        except EngineError as error:
            self.canvas.refused.emit(error)

    return act


class Commands:
    """The commands of a canvas; one that changes the network is one undo step."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas, self.document = canvas, canvas.document
        self._naming = ""

    @property
    def names(self) -> list[str]:
        """The selected nodes that can be edited, from left to right."""
        return [name for name in self.canvas.selection.in_order() if movable(name)]

    @_told
    def delete(self) -> None:
        """Delete the selected wire or layers, and heal the graph."""
        wire = self.canvas.selection.wire
        if wire is not None:
            edits.disconnect(self.document, *wire)
        else:
            edits.remove(self.document, *self.names)

    def insert(self) -> None:
        """List the layers that can be put behind the selected card, under it."""
        canvas, name = self.canvas, self.document.selection
        card = canvas.network.card(name)
        if card is not None:
            corner = canvas.mapFromScene(card.pos() + card.box.bottomLeft())
            canvas.insert_menu(name, (), canvas.viewport().mapToGlobal(corner))

    def duplicate(self) -> None:
        """Put copies behind the selected layers."""
        edits.duplicate(self.document, *self.names)

    @_told
    def move(self, steps: int) -> None:
        """Move the selected layers left (−1) or right (+1)."""
        chosen = [spot for spot in self.canvas.network.spots if set(spot.names) & set(self.names)]
        if not chosen:
            return
        by_name = {spot.name: spot for spot in self.canvas.network.spots}
        if steps < 0:
            passed = by_name[next(iter(chosen[0].links))]
            if movable(passed.name):
                place, _ = next(iter(passed.links.values()))
                edits.move(self.document, self.names, place, passed.names)
        else:
            readers = (spot for spot in by_name.values() if chosen[-1].name in spot.links)
            passed = next(readers)
            if movable(passed.name):
                edits.move(self.document, self.names, passed.name)

    def rename(self) -> None:
        """Edit the name of the selected layer or block in place."""
        canvas = self.canvas
        item = canvas.network.card(self.document.selection)
        if item is None or not item.deletable:
            return
        place = QRectF(30, 4, item.width - 34, 26).translated(item.pos())
        box = QRectF(canvas.mapFromScene(place).boundingRect())
        self._naming = item.spot.block
        title = item.spot.block or words.node_title(item.node)
        canvas.editor.open(item.node.name, title, box)

    def named(self, name: str, new: str) -> None:
        """Give a layer another name, or the block whose card was renamed."""
        graph = self.document.experiment.graph
        if self._naming:
            members = [node.name for node in graph if node.group == self._naming]
            edits.group(self.document, members, new)
            return
        error = edits.rename(self.document, name, new)
        if error is not None:
            self.canvas.refused.emit(error)

    # The clipboard

    def copy(self) -> None:
        """Put the selected layers into the clipboard."""
        nodes = [self.document.experiment.graph[name] for name in self.names]
        if nodes:
            QApplication.clipboard().setText(clipboard.to_text(nodes))

    def cut(self) -> None:
        """Put the selected layers into the clipboard and delete them."""
        if self.names:
            self.copy()
            edits.remove(self.document, *self.names)

    @_told
    def paste(self) -> None:
        """Put the layers of the clipboard behind the selected ones."""
        nodes = clipboard.from_text(QApplication.clipboard().text())
        self.canvas.selection.choose(edits.paste(self.document, nodes))

    # Selection

    def select_all(self) -> None:
        """Select all layers between input and output."""
        graph = self.document.experiment.graph
        self.canvas.selection.choose(node.name for node in graph if movable(node.name))

    def select_neighbour(self, steps: int) -> None:
        """Select the card before (−1) or after (+1) the selected one."""
        network = self.canvas.network
        names = [spot.name for spot in network.spots]
        selected = network.card(self.document.selection)
        if selected is None:
            place = 0 if steps > 0 else len(names) - 1
        else:
            place = min(max(names.index(selected.node.name) + steps, 0), len(names) - 1)
        self.select_card(names[place])

    def extend(self, steps: int) -> None:
        """Add the card before (−1) or after (+1) the selected ones to them."""
        network, chosen = self.canvas.network, self.canvas.selection
        places = [p for p, spot in enumerate(network.spots) if spot.name in chosen.names]
        place = (min(places) - 1 if steps < 0 else max(places) + 1) if places else 0
        if 0 <= place < len(network.spots):
            spot = network.spots[place]
            chosen.choose(chosen.names | set(spot.names))
            self.canvas.reveal(network.nodes[spot.name])

    def select_card(self, name: str) -> None:
        """Select the card of a node and bring it into sight."""
        canvas = self.canvas
        item = canvas.network.card(name)
        if item is None:
            return
        canvas.selection.choose(item.spot.names)
        canvas.reveal(item)
        if canvas.wiring.active:
            canvas.wiring.aim(item.node.name)

    def select_wire(self, steps: int) -> None:
        """Select one wire after the other of the selected card, or of the wire's source."""
        canvas, wires = self.canvas, self.canvas.network.wires
        chosen = canvas.selection.wire
        at = canvas.network.card(chosen[0] if chosen else self.document.selection)
        if at is None:
            return
        links = [wire.link for pair, wire in wires.items() if at.node.name in pair]
        links.sort(key=lambda link: (canvas.network.card(link[0]) is not at, link))
        place = (links.index(chosen) + steps) % len(links) if chosen in links else 0
        canvas.selection.choose_wire(links[place])

    # Wires, blocks, freezing

    def wire(self) -> None:
        """Begin a wire at the selected layer, or end it there."""
        wiring = self.canvas.wiring
        if wiring.active:
            wiring.finish()
        else:
            self.canvas.setFocus(Qt.FocusReason.ShortcutFocusReason)
            wiring.begin(self.document.selection)

    def enter(self) -> None:
        """End a wire, open or fold the block of the selected layer, or look at its units."""
        if self.canvas.wiring.active:
            self.canvas.wiring.finish()
        elif block := edits.block_of(self.document, self.names):
            self.fold(block)
        elif card := self.canvas.network.card(self.document.selection):
            self.canvas.magnifier.open(card)

    def fold(self, title: str) -> None:
        """Open a block, or fold it where it is open."""
        canvas, graph = self.canvas, self.document.experiment.graph
        if not title:
            return
        canvas.network.opened ^= {title}
        canvas.selection.choose(node.name for node in graph if node.group == title)
        canvas.show_experiment()

    @_told
    def group(self) -> None:
        """Make the selected layers one block, folded, and ask for its name.

        Where they are all of one open block, fold it.
        """
        title = edits.block_of(self.document, self.names)
        if title in self.canvas.network.opened:
            self.fold(title)
        elif len(self.names) > 1 and not title:
            edits.group(self.document, self.names)
            self.rename()

    def ungroup(self) -> None:
        """Let the selected blocks be plain layers again."""
        edits.ungroup(self.document, self.names)

    def freeze(self) -> None:
        """Lock the weights of the selected layers, or unlock them where all are locked."""
        edits.freeze(self.document, self.canvas.selection.in_order())

    def bypass(self) -> None:
        """Let the selected layers hand on what they read, or take part again."""
        edits.bypass(self.document, self.canvas.selection.in_order())

    def find(self) -> None:
        """Ask for the name of a layer and go there."""
        self.canvas.finder.open()

    # Places

    def tidy(self) -> None:
        """Lay the network out anew and show all of it."""
        self.document.edit_graph(tidy(self.document.experiment.graph), tr("Tidy"))
        self.canvas.fit()

    def place(self, corners: Mapping[str, QPointF], text: str = "", merge: str = "") -> None:
        """Let cards stand at corners, and all others where they are."""
        network, graph = self.canvas.network, self.document.experiment.graph
        places = placed(network.spots, network.corners() | dict(corners))
        self.canvas.fitted = False  # nothing else moves because one card does
        self.document.edit_graph(place(graph, places), text or tr("Place by hand"), merge)

    def nudge(self, across: int, down: int) -> None:
        """Move the selected cards by pixels; steps that follow one another are one edit."""
        names, corners = self._cards(), self.canvas.network.corners()
        if names:
            by = QPointF(across, down)
            self.place({name: corners[name] + by for name in names}, merge=f"nudge {names}")

    def align(self, how: str) -> None:
        """Align the selected cards as one of `ALIGNMENTS` says, where there are enough."""
        names, cards = self._cards(), self.canvas.network.arrangement.cards
        if len(names) >= fewest(how):
            corners = aligned(how, {name: cards[name] for name in names})
            self.place(corners, tr(ALIGNMENTS[how][0]))

    def can_align(self, how: str) -> bool:
        """Whether enough cards are selected."""
        return len(self._cards()) >= fewest(how)

    def _cards(self) -> list[str]:
        """Return the selected cards."""
        return names_on(self.canvas.network.spots, self.canvas.selection.names)
