"""What the canvas shows a card for: nodes, and blocks of nodes that are folded into one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from engine.graph import Graph, Node


@dataclass(frozen=True)
class Spot:
    """What one card stands for.

    `name` is that of its last node; `links` are by the names of other spots the links into it.
    """

    name: str
    members: tuple[Node, ...]
    links: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def block(self) -> str:
        """The name of the block that is folded here, or the empty string."""
        return self.members[-1].group if len(self.members) > 1 else ""


def spots(graph: Graph, opened: Collection[str]) -> tuple[Spot, ...]:
    """Return the cards of a network, each after those it reads.

    A group is folded unless its name is among `opened`, or a way leads out of it and back in.
    """
    card = {node.name: node.name for node in graph.nodes}
    for title in dict.fromkeys(node.group for node in graph.nodes):
        members = [node.name for node in graph.nodes if node.group == title]
        if title and title not in opened and len(members) > 1:
            folded = card | dict.fromkeys(members, members[-1])
            if _order(graph, folded) is not None:
                card = folded
    found = []
    for name in _order(graph, card) or ():
        members_here = tuple(node for node in graph.nodes if card[node.name] == name)
        links: dict[str, tuple[str, str]] = {}
        for node in members_here:
            for source in node.inputs:
                if card[source] != name:
                    links.setdefault(card[source], (source, node.name))
        found.append(Spot(name, members_here, links))
    return tuple(found)


def _order(graph: Graph, card: Mapping[str, str]) -> list[str] | None:
    """Return the cards in an order in which each follows those it reads; None where none is."""
    reads: dict[str, set[str]] = {card[node.name]: set() for node in graph.nodes}
    for node in graph.nodes:
        reads[card[node.name]] |= {card[s] for s in node.inputs} - {card[node.name]}
    done: list[str] = []
    while len(done) < len(reads):
        ready = (name for name in reads if name not in done and reads[name] <= set(done))
        name = next(ready, None)
        if name is None:
            return None
        done.append(name)
    return done
