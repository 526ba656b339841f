"""The inputs along the sides of a field: what they are called, and their values."""

from __future__ import annotations

from dataclasses import dataclass

from playground.ui.scales import round_ticks


@dataclass(frozen=True)
class Axis:
    """An input along one side of the field.

    Attributes
    ----------
    name
        What it is called.
    place
        Its place among the numbers of a sample.
    offset, scale
        A value is ``scale * number + offset`` of the number in the network's scale.
    """

    name: str
    place: int
    offset: float = 0.0
    scale: float = 1.0

    def value(self, number: float) -> float:
        """Return the value of a number in the network's scale."""
        return self.scale * number + self.offset

    def ticks(self, low: float, high: float) -> list[tuple[float, str]]:
        """Return places in the network's scale, and what stands there."""
        marks = round_ticks(self.value(low), self.value(high), 3)
        return [((at - self.offset) / self.scale, text) for at, text in marks]


PLANE = (Axis("x₁", 0), Axis("x₂", 1))
