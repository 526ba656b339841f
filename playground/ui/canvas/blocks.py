"""What the canvas shows a card for: nodes, and blocks of nodes that are folded into one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush

from engine.graph import Graph, Node

Link = tuple[str, tuple[str, ...]]
"""A node, and those that read it."""


@dataclass(frozen=True)
class Spot:
    """What one card stands for.

    `name` is that of its last node; `links` are by the names of other spots what is read there,
    and by which members.
    """

    name: str
    members: tuple[Node, ...]
    links: Mapping[str, Link] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its nodes."""
        return tuple(node.name for node in self.members)

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
    on: dict[str, list[Node]] = {}
    for node in graph.nodes:
        on.setdefault(card[node.name], []).append(node)
    found = []
    for name in _order(graph, card) or ():
        links: dict[str, Link] = {}
        for node in on[name]:
            for source in node.inputs:
                if card[source] != name:
                    first, readers = links.get(card[source], (source, ()))
                    if source == first:
                        links[card[source]] = first, (*readers, node.name)
        found.append(Spot(name, tuple(on[name]), links))
    return tuple(found)


def _order(graph: Graph, card: Mapping[str, str]) -> list[str] | None:
    """Return the cards in an order in which each follows those it reads; None where none is.

    Of the cards that may come next, the one whose node comes first in the graph does.
    """
    links = {(card[s], card[node.name]) for node in graph.nodes for s in node.inputs}
    links = {link for link in links if link[0] != link[1]}
    readers: dict[str, list[str]] = {}
    waiting: dict[str, int] = dict.fromkeys((card[node.name] for node in graph.nodes), 0)
    place = {name: number for number, name in enumerate(waiting)}
    for source, target in links:
        readers.setdefault(source, []).append(target)
        waiting[target] += 1
    ready = [(place[name], name) for name, count in waiting.items() if not count]
    done: list[str] = []
    while ready:
        name = heappop(ready)[1]
        done.append(name)
        for reader in readers.get(name, ()):
            waiting[reader] -= 1
            if not waiting[reader]:
                heappush(ready, (place[reader], reader))
    return done if len(done) == len(waiting) else None
