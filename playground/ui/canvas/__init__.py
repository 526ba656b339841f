"""The canvas on which a network is built and watched, its header, and the palette of layers."""

from playground.ui.canvas.header import CanvasHeader
from playground.ui.canvas.palette import Palette, fill_menu
from playground.ui.canvas.view import Canvas

__all__ = ["Canvas", "CanvasHeader", "Palette", "fill_menu"]
