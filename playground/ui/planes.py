"""The one question about the plane of two inputs, shared by all pictures of it."""

from __future__ import annotations

from math import ceil

from engine.experiment import Experiment
from engine.probes import Plane
from engine.tasks import Task
from engine.tasks.plane import PlaneTask
from engine.tasks.points import Gate, Points

Bounds = tuple[float, float, float, float]


def is_plane(task: Task) -> bool:
    """Return whether the samples of a task are points of a plane, all that is known of them."""
    return isinstance(task, PlaneTask) or (task.input_shape == (2,) and not task.token_count)


def plane_bounds(task: Task) -> Bounds:
    """Return lowest x₁, highest x₁, lowest x₂, highest x₂ of the pictures of a task's plane.

    They depend on the settings alone, so that new data of the same kind leave the axes in place:
    clouds fill ±1 and stray with the noise; standardized columns lie within ±3, others 0 to 1.
    """
    if isinstance(task, Gate):
        return -0.4, 1.4, -0.4, 1.4
    if getattr(task, "scaling", "") == "min-max":
        return -0.2, 1.2, -0.2, 1.2
    reach = 3.0
    if isinstance(task, Points):
        reach = max(1.25, ceil(4 * (1 + 1.25 * task.noise)) / 4)
    return -reach, reach, -reach, reach


def plane_probe(experiment: Experiment) -> Plane | None:
    """Return the question, equal for every view that asks it; None where the input is no plane."""
    if not is_plane(experiment.task):
        return None
    return Plane(plane_bounds(experiment.task))
