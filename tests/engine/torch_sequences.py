"""What PyTorch computes for sequences, kept in tests/files/torch-sequences.json.

``python tests/engine/torch_sequences.py`` writes the file anew.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import golden
import numpy as np

from engine.layers import layer

FILE = Path(__file__).parents[1] / "files" / "torch-sequences.json"
ROWS, STEPS, FEATURES, UNITS, WORDS = 2, 6, 2, 3, 5
UPDATES, RATE = 3, 0.1

CASES: dict[str, tuple[str, dict[str, Any]]] = {
    f"{kind}, {direction}{', every step' if every else ''}": (
        kind,
        {"units": UNITS, "direction": direction, "return_sequences": every},
    )
    for kind in ("simple_rnn", "lstm", "gru")
    for direction, every in (("forward", False), ("forward", True), ("both", False), ("both", True))
} | {
    "time_distributed": ("time_distributed", {"units": UNITS}),
    "embedding": ("embedding", {"vocabulary": WORDS, "units": UNITS}),
}
"""By name: kind and settings."""


class Given:
    """The layer of a case with parameters, inputs and dL/dy, the same on every machine."""

    def __init__(self, name: str) -> None:
        kind, settings = CASES[name]
        self.layer = layer[kind](**settings)
        rng = np.random.Generator(np.random.PCG64(len(name)))
        shape = (STEPS,) if kind == "embedding" else (STEPS, FEATURES)
        drawn = self.layer.init(rng, (shape,))
        self.p = {key: rng.integers(-8, 9, value.shape) / 8.0 for key, value in drawn.items()}
        self.x = rng.integers(-8, 9, (ROWS, *shape)) / 4.0
        if kind == "embedding":
            self.x = rng.integers(0, WORDS, (ROWS, *shape)).astype(np.float64)
        self.dy = rng.integers(-4, 5, (ROWS, *self.layer.output_shape((shape,)))) / 4.0


def _flat_weights(p: Any, side: str, order: tuple[int, ...]) -> list[Any]:
    """Return W, U, b and a second bias of zero as PyTorch has them, gates in its order."""
    import torch

    def reordered(weights: Any) -> Any:
        blocks = weights.tensor_split(len(order), dim=-1)
        return torch.cat([blocks[gate] for gate in order], dim=-1)

    W, U, b = (reordered(getattr(p, name + side)) for name in ("W", "U", "b"))
    return [W.T, U.T, b, torch.zeros_like(b)]


def _simple_rnn(x: Any, p: Any, sides: tuple[str, ...]) -> Any:
    import torch

    weights = [part for side in sides for part in _flat_weights(p, side, (0,))]
    start = torch.zeros(len(sides), ROWS, UNITS, dtype=x.dtype)
    return torch.rnn_tanh(x, start, weights, True, 1, 0.0, False, len(sides) == 2, True)[0]


def _lstm(x: Any, p: Any, sides: tuple[str, ...]) -> Any:
    """PyTorch's gates are i, f, c̃, o; ours f, i, o, c̃."""
    import torch

    weights = [part for side in sides for part in _flat_weights(p, side, (1, 0, 3, 2))]
    start = torch.zeros(len(sides), ROWS, UNITS, dtype=x.dtype)
    return torch.lstm(x, (start, start), weights, True, 1, 0.0, False, len(sides) == 2, True)[0]


def _gru(x: Any, p: Any, sides: tuple[str, ...]) -> Any:
    """Reset before the product, which PyTorch has only as single operations."""
    import torch

    def read(steps: Any, side: str) -> list[Any]:
        W, U, b = (getattr(p, name + side).tensor_split(3, dim=-1) for name in ("W", "U", "b"))
        h = torch.zeros(ROWS, UNITS, dtype=x.dtype)
        states = []
        for xt in steps:
            z, r = (torch.sigmoid(xt @ W[gate] + h @ U[gate] + b[gate]) for gate in (0, 1))
            h = (1 - z) * h + z * torch.tanh(xt @ W[2] + (r * h) @ U[2] + b[2])
            states.append(h)
        return states

    ways = [read(x.unbind(1), "")]
    if len(sides) == 2:
        ways.append(read(x.unbind(1)[::-1], "_back")[::-1])
    return torch.cat([torch.stack(way, dim=1) for way in ways], dim=-1)


def _recurrent(layer: Any, x: Any, p: Any) -> Any:
    import torch

    peer = {"simple_rnn": _simple_rnn, "lstm": _lstm, "gru": _gru}[layer.kind]
    states = peer(x, p, layer.sides)
    if layer.return_sequences:
        return states
    return torch.cat([states[:, -1, :UNITS], states[:, 0, UNITS:]], dim=-1)


def _peer(layer: Any, x: Any, p: Any) -> Any:
    from torch.nn import functional

    if layer.kind == "embedding":
        return functional.embedding(x.long(), p.W)
    if layer.kind == "time_distributed":
        return functional.linear(x, p.W.T, p.b).tanh()
    return _recurrent(layer, x, p)


def compute() -> dict[str, dict[str, list[float]]]:
    """Return output, gradients, and the parameters after updates that lower Σ y ⊙ dy.

    All of it by PyTorch in float64.
    """
    import torch

    found = {}
    for name in CASES:
        given = Given(name)
        p = {key: torch.tensor(value, requires_grad=True) for key, value in given.p.items()}
        x = torch.tensor(given.x, requires_grad=name != "embedding")
        optimizer = torch.optim.SGD(p.values(), lr=RATE)
        case: dict[str, Any] = {}
        for _ in range(UPDATES):
            y = _peer(given.layer, x, SimpleNamespace(**p))
            optimizer.zero_grad()
            y.backward(torch.tensor(given.dy))
            if not case:
                case["y"] = y
                case |= {f"d{key}": value.grad.clone() for key, value in p.items()}
                if x.grad is not None:
                    case["dx"] = x.grad.clone()
            optimizer.step()
        case |= {key: value.detach() for key, value in p.items()}
        found[name] = {key: value.flatten().tolist() for key, value in case.items()}
    return found


def stored() -> dict[str, dict[str, list[float]]]:
    """Return the references kept in the file."""
    return golden.read(FILE)


if __name__ == "__main__":
    golden.write(FILE, compute())
