"""Layers, one file a family of them; a file dropped here is in the palette at the next start."""

from engine.layers.base import Backward, Fix, Layer, layer
from engine.registry import import_submodules

import_submodules(__name__, __path__)

__all__ = ["Backward", "Fix", "Layer", "layer"]
