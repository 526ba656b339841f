"""Changes that a person makes to the parameters of a run by hand."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.errors import FieldError

if TYPE_CHECKING:
    from engine.trainer import Trainer


def set_parameter(
    trainer: Trainer, node: str, name: str, place: tuple[int, ...], value: float
) -> None:
    """Give one parameter another value.

    Parameters
    ----------
    node, name, place
        The node, the parameter (``W``, ``b``) and the index of the number in it.
    value
        What it becomes.

    Raises
    ------
    FieldError
        Where the value is not finite.
    """
    if not isfinite(value):
        raise FieldError("{value} is no weight; type a number such as −1.5.", value=str(value))
    at, shape = trainer.network.layout[node][name]
    trainer.network.theta[at].reshape(shape)[place] = value


def redraw(trainer: Trainer, node: str, rng: Any = None) -> None:
    """Let the parameters of one node begin anew, with other random numbers than the last time.

    What the optimizer remembers of them is forgotten.
    """
    network = trainer.network
    if not network.layout[node]:
        return
    inputs = tuple(network.shapes[source] for source in network.graph[node].inputs)
    drawn = network.graph[node].layer.init(rng or np.random.default_rng(), inputs)
    for name, (at, _) in network.layout[node].items():
        network.theta[at] = network.device.to_device(np.ravel(drawn[name]))
        for slot in trainer.optimizer_state.slots.values():
            slot[at] = 0
