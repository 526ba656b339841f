"""Views, one file each; a file dropped here is in the window at the next start."""

from engine.registry import import_submodules
from playground.ui.views.base import View, view

import_submodules(__name__, __path__)

__all__ = ["View", "view"]
