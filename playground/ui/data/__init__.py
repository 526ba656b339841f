"""What the data panel shows for each kind of task, one file a kind."""

from engine.registry import import_submodules
from playground.ui.data.base import TaskPanel, data_panel

import_submodules(__name__, __path__)

__all__ = ["TaskPanel", "data_panel"]
