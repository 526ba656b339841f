"""Tasks, one file each; a file dropped here is in the program at the next start."""

from engine.registry import import_submodules
from engine.tasks.base import Dataset, Part, Target, Task, task

import_submodules(__name__, __path__)

__all__ = ["Dataset", "Part", "Target", "Task", "task"]
