"""Input: where the data of the task enter the network."""

from __future__ import annotations

from dataclasses import dataclass

from engine.layers.base import Layer, layer
from engine.text import Text


@layer("input", label="Input", icon="input", group="")
@dataclass(frozen=True)
class Input(Layer):
    """The place of one sample; its shape comes from the task."""

    def summary(self) -> Text:
        """Return what the layer is."""
        return Text("data of the task")
