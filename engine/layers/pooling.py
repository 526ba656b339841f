"""What pooling over images and over series shares."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import ShapeError
from engine.fields import param
from engine.layers.base import Fix, Layer
from engine.layers.convolution import PADDINGS
from engine.layers.windows import Window, same
from engine.text import Text


@dataclass(frozen=True)
class Pooling(Layer):
    """Windows that slide over each channel; what no whole window covers is left out."""

    size: int = param(2, low=1, high=64, label="Size", help="How many values a window spans")
    stride: int = param(2, low=1, high=64, label="Stride", help="How far the window moves")
    padding: str = param(
        "valid",
        choices=PADDINGS,
        label="Padding",
        help="Places added around the input, zeros for a mean and never the largest: none, so many "
        "that a window begins at every stride, or so many on each side",
    )

    def window(self, length: int) -> Window:
        """Return how the window moves along an axis."""
        if self.padding == "same":
            return same(length, self.size, self.stride)
        added = 0 if self.padding == "valid" else int(self.padding)
        return Window(self.size, self.stride, 1, added, added)

    def _padded(self, summary: Text) -> Text:
        """Return the summary with the padding."""
        if self.padding == "valid":
            return summary
        return Text("{window} · pad {padding}", window=summary, padding=Text(self.padding))

    def _refuse_empty_windows(self) -> None:
        """Raise ShapeError where a window could lie beside the input (as PyTorch does)."""
        if self.padding.isdigit() and 2 * int(self.padding) > self.size:
            raise ShapeError(
                "A padding of {padding} is more than half of a window of {size}.",
                Fix(
                    Text("Use a window of {size}", size=2 * int(self.padding)),
                    replace=self.but(size=2 * int(self.padding)),
                ),
                Fix(Text("Use no padding"), replace=self.but(padding="valid")),
                padding=self.padding,
                size=self.size,
            )
