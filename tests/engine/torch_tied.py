"""What PyTorch makes of an output tied to its embedding, kept in tests/files/torch-tied.json.

``python tests/engine/torch_tied.py`` writes the file anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import golden
import numpy as np

FILE = Path(__file__).parents[1] / "files" / "torch-tied.json"
WORDS, UNITS, ROWS, STEPS = 5, 3, 4, 6
UPDATES, RATE = 3, 0.5


class Given:
    """Parameters of embedding, dense layer and tied output, word numbers and the next ones."""

    def __init__(self) -> None:
        rng = np.random.Generator(np.random.PCG64(3))
        shapes = {"table": (WORDS, UNITS), "W": (UNITS, UNITS), "b": (UNITS,), "bias": (WORDS,)}
        self.p = {name: rng.integers(-8, 9, shape) / 8.0 for name, shape in shapes.items()}
        self.x, self.t = rng.integers(0, WORDS, (2, ROWS, STEPS))


def compute() -> dict[str, Any]:
    """Return loss, gradients, and the parameters after some updates, by PyTorch in float64."""
    import torch
    from torch import nn
    from torch.nn.functional import cross_entropy

    given = Given()
    table = nn.Embedding(WORDS, UNITS, dtype=torch.float64)
    dense = nn.Linear(UNITS, UNITS, dtype=torch.float64)
    output = nn.Linear(UNITS, WORDS, dtype=torch.float64)
    output.weight = table.weight
    places = {"table": table.weight, "W": dense.weight, "b": dense.bias, "bias": output.bias}
    with torch.no_grad():
        for name, place in places.items():
            place.copy_(_turned(name, torch.tensor(given.p[name])))
    optimizer = torch.optim.SGD(places.values(), lr=RATE)
    x, t = torch.tensor(given.x), torch.tensor(given.t)
    found: dict[str, Any] = {}
    for _ in range(UPDATES):
        logits = output(dense(table(x)).tanh())
        loss = cross_entropy(logits.flatten(0, 1), t.flatten())
        optimizer.zero_grad()
        loss.backward()
        if not found:
            found["loss"] = [loss.item()]
            found |= {
                f"d{name}": _turned(name, place.grad.clone()) for name, place in places.items()
            }
        optimizer.step()
    found |= {name: _turned(name, place.detach()) for name, place in places.items()}
    return {name: np.ravel(values).tolist() for name, values in found.items()}


def _turned(name: str, values: Any) -> Any:
    """Return weights as the other side keeps them: transposed, where they are a dense layer's."""
    return values.T if name == "W" else values


def stored() -> dict[str, Any]:
    """Return the references kept in the file."""
    return golden.read(FILE)


if __name__ == "__main__":
    golden.write(FILE, compute())
