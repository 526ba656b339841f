"""Which column and which lane each card of a network stands in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, count


class Columns:
    """The places of cards: columns from left to right, lane 0 the spine, others beside it.

    A node stands one column right of the farthest of its inputs. The longest way from the input to
    the output is the spine; every other way between nodes that are placed is a branch and takes the
    nearest lane that is free there, below first.

    Parameters
    ----------
    names
        The nodes, each after its inputs.
    links
        Which node is read by which.

    Attributes
    ----------
    cut
        How many wires a row that ends before a column would cut.
    """

    def __init__(self, names: Sequence[str], links: Sequence[tuple[str, str]]) -> None:
        self.names, self.links = tuple(names), tuple(dict.fromkeys(links))
        self.inputs: dict[str, list[str]] = {name: [] for name in names}
        self.readers: dict[str, list[str]] = {name: [] for name in names}
        for source, target in self.links:
            self.inputs[target].append(source)
            self.readers[source].append(target)
        self.column: dict[str, int] = {}
        for name in names:
            self.column[name] = 1 + max((self.column[s] for s in self.inputs[name]), default=-1)
        self.count = 1 + max(self.column.values())
        self._at: list[list[str]] = [[] for _ in range(self.count)]
        for name, column in self.column.items():
            self._at[column].append(name)
        self.lane: dict[str, int] = {}
        self._taken: dict[int, set[int]] = {}
        self._place()
        steps = [0] * (self.count + 1)
        for source, target in self.links:
            steps[self.column[source] + 1] += 1
            steps[self.column[target] + 1] -= 1
        self.cut = tuple(accumulate(steps))

    def at(self, column: int) -> list[str]:
        """Return the nodes of a column."""
        return self._at[column]

    def length(self, link: tuple[str, str]) -> int:
        """Return over how many columns a wire goes."""
        return self.column[link[1]] - self.column[link[0]]

    def _place(self) -> None:
        spine = [self.names[-1]]
        while self.inputs[spine[0]]:
            spine.insert(0, max(self.inputs[spine[0]], key=self.column.__getitem__))
        self._put(spine, 0, 0, self.count)
        for name in self.names:
            if name not in self.lane:
                self._branch(self._way(name))

    def _way(self, name: str) -> list[str]:
        """Return a node and those that follow it, as far as they have no place yet."""
        way = [name]
        while True:
            ahead = [reader for reader in self.readers[way[-1]] if reader not in self.lane]
            if not ahead:
                return way
            way.append(min(ahead, key=self.column.__getitem__))

    def _branch(self, way: list[str]) -> None:
        """Put a way into the nearest lane that is free from its source to where it joins."""
        start = max((self.column[s] for s in self.inputs[way[0]]), default=-1) + 1
        joins = [self.column[reader] for reader in self.readers[way[-1]]]
        end = max(self.column[way[-1]] + 1, min(joins, default=0))
        for step in count(1):
            for lane in (step, -step):
                if self._taken.get(lane, set()).isdisjoint(range(start, end)):
                    self._put(way, lane, start, end)
                    return

    def _put(self, way: list[str], lane: int, start: int, end: int) -> None:
        self.lane |= dict.fromkeys(way, lane)
        self._taken.setdefault(lane, set()).update(range(start, end))


def bands(columns: Columns, most: int) -> list[range]:
    """Cut the columns into rows of at most `most`, where the fewest wires are cut."""
    rows, start = [], 0
    while columns.count - start > most:
        ends = range(start + most, start + (most - 1) // 2, -1)
        end = min(ends, key=columns.cut.__getitem__)
        rows.append(range(start, end))
        start = end
    return [*rows, range(start, columns.count)]
