"""What PyTorch computes for sequences, kept in tests/files/torch-sequences.json.

``python tests/engine/torch_sequences.py`` writes the file anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import golden
import numpy as np

from engine.layers import Layer
from engine.layers.embedding import Embedding
from engine.layers.gru import GRU
from engine.layers.lstm import LSTM
from engine.layers.simple_rnn import SimpleRNN
from engine.layers.time_distributed import TimeDistributed

FILE = Path(__file__).parents[1] / "files" / "torch-sequences.json"
ROWS, STEPS, FEATURES, UNITS, WORDS = 2, 6, 2, 3, 5
UPDATES, RATE = 3, 0.1

CELLS: dict[str, Any] = {
    "simple_rnn": lambda **settings: SimpleRNN(UNITS, **settings),
    "lstm": lambda **settings: LSTM(UNITS, **settings),
    "gru": lambda **settings: GRU(UNITS, **settings),
    "gru, reset after": lambda **settings: GRU(UNITS, reset_after=True, **settings),
}
WAYS = [("forward", False), ("forward", True), ("both", False), ("both", True)]

CASES: dict[str, tuple[tuple[Layer, ...], int]] = (
    {
        f"{name}, {direction}{', every step' if every else ''}": (
            (cell(direction=direction, return_sequences=every),),
            0,
        )
        for name, cell in CELLS.items()
        for direction, every in WAYS
    }
    | {
        f"{name}, stacked, {direction}": (
            (
                cell(direction=direction, return_sequences=True),
                cell(direction=direction, return_sequences=True),
                cell(direction=direction),
            ),
            0,
        )
        for name, cell in CELLS.items()
        for direction in ("forward", "both")
    }
    | {
        f"{name}, state, {direction}": (
            (cell(direction=direction, return_sequences=True),),
            2 if name == "lstm" else 1,
        )
        for name, cell in CELLS.items()
        for direction in ("forward", "both")
    }
    | {
        "time_distributed": ((TimeDistributed(UNITS),), 0),
        "embedding": ((Embedding(WORDS, UNITS),), 0),
    }
)
"""By name: layers one after the other, and of how many parts a state given to the first is."""


class Given:
    """The layers of a case with parameters, inputs and dL/dy, the same on every machine.

    Attributes
    ----------
    p
        The parameters by name, behind the number of the layer: ``1.W``.
    inputs
        The sequences, and the state before the first step where the case has one.
    """

    def __init__(self, name: str) -> None:
        self.layers, self.parts = CASES[name]
        first = self.layers[0]
        rng = np.random.Generator(np.random.PCG64(len(name)))
        words = isinstance(first, Embedding)
        shape = (STEPS,) if words else (STEPS, FEATURES)
        sequences = rng.integers(-8, 9, (ROWS, *shape)) / 4.0
        if words:
            sequences = rng.integers(0, WORDS, (ROWS, *shape)).astype(np.float64)
        self.inputs = [sequences]
        if self.parts:
            width = self.parts * UNITS * len(first.sides)
            self.inputs.append(rng.integers(-4, 5, (ROWS, width)) / 4.0)
        self.p = {}
        for number, layer in enumerate(self.layers, 1):
            for key, value in layer.init(rng, (shape,)).items():
                self.p[f"{number}.{key}"] = rng.integers(-8, 9, value.shape) / 8.0
            shape = layer.output_shape((shape,))
        self.dy = rng.integers(-4, 5, (ROWS, *shape)) / 4.0


def own(p: Mapping[str, Any], number: int) -> SimpleNamespace:
    """Return the parameters of one layer under their own names."""
    start = f"{number}."
    named = {key.removeprefix(start): value for key, value in p.items() if key.startswith(start)}
    return SimpleNamespace(**named)


def _weights(layer: Any, p: Any, side: str) -> list[Any]:
    """Return W, U and both biases as PyTorch has them.

    Its gates are those of an LSTM in the order i, f, c̃, o, where ours are f, i, o, c̃; of a GRU
    r, z, h̃, where ours are z, r, h̃, and its z is 1 − z here, so that all that gives z changes
    its sign.
    """
    import torch

    order = {"simple_rnn": (0,), "lstm": (1, 0, 3, 2), "gru": (1, 0, 2)}[layer.kind]

    def reordered(weights: Any) -> Any:
        blocks = list(weights.tensor_split(len(order), dim=-1))
        if layer.kind == "gru":
            blocks[0] = -blocks[0]
        return torch.cat([blocks[gate] for gate in order], dim=-1)

    W, U, b = (reordered(getattr(p, name + side)) for name in ("W", "U", "b"))
    second = torch.zeros_like(b)
    if layer.kind == "gru":
        second = torch.cat([second[: 2 * UNITS], getattr(p, "b_U" + side)])
    return [W.T, U.T, b, second]


def _starts(layer: Any, state: list[Any], depth: int, dtype: Any) -> list[Any]:
    """Return h, and c for an LSTM, before the first step, (layers · directions, N, units)."""
    import torch

    sides, parts = len(layer.sides), 2 if layer.kind == "lstm" else 1
    if not state:
        return [torch.zeros(depth * sides, ROWS, UNITS, dtype=dtype)] * parts
    by_part = state[0].reshape(ROWS, sides, parts, UNITS).permute(2, 1, 0, 3)
    return [part.contiguous() for part in by_part]


def _states(layers: tuple[Any, ...], p: Mapping[str, Any], x: Any, state: list[Any]) -> Any:
    """Return all states that PyTorch's own stack of recurrent layers gives."""
    import torch

    first, depth = layers[0], len(layers)
    weights = [
        part
        for number, layer in enumerate(layers, 1)
        for side in layer.sides
        for part in _weights(layer, own(p, number), side)
    ]
    start = _starts(first, state, depth, x.dtype)
    peer = {"simple_rnn": torch.rnn_tanh, "lstm": torch.lstm, "gru": torch.gru}[first.kind]
    given = tuple(start) if first.kind == "lstm" else start[0]
    return peer(x, given, weights, True, depth, 0.0, False, len(first.sides) == 2, True)[0]


def _reset_before(layer: Any, p: Any, x: Any, state: list[Any]) -> Any:
    """Return all states of a GRU that resets before the product, by single operations."""
    import torch

    starts = _starts(layer, state, 1, x.dtype)[0]

    def read(steps: Any, side: str, h: Any) -> list[Any]:
        W, U, b = (getattr(p, name + side).tensor_split(3, dim=-1) for name in ("W", "U", "b"))
        states = []
        for xt in steps:
            z, r = (torch.sigmoid(xt @ W[gate] + h @ U[gate] + b[gate]) for gate in (0, 1))
            h = (1 - z) * h + z * torch.tanh(xt @ W[2] + (r * h) @ U[2] + b[2])
            states.append(h)
        return states

    ways = [read(x.unbind(1), "", starts[0])]
    if len(layer.sides) == 2:
        ways.append(read(x.unbind(1)[::-1], "_back", starts[1])[::-1])
    return torch.cat([torch.stack(way, dim=1) for way in ways], dim=-1)


def _peer(layers: tuple[Any, ...], p: Mapping[str, Any], x: Any, state: list[Any]) -> Any:
    import torch
    from torch.nn import functional

    last = layers[-1]
    if last.kind == "embedding":
        return functional.embedding(x.long(), p["1.W"])
    if last.kind == "time_distributed":
        return functional.linear(x, p["1.W"].T, p["1.b"]).tanh()
    if last.kind == "gru" and not last.reset_after:
        states = x
        for number, layer in enumerate(layers, 1):
            states = _reset_before(layer, own(p, number), states, state)
    else:
        states = _states(layers, p, x, state)
    if last.return_sequences:
        return states
    return torch.cat([states[:, -1, :UNITS], states[:, 0, UNITS:]], dim=-1)


def compute() -> dict[str, dict[str, list[float]]]:
    """Return output, gradients, and the parameters after updates by Adam that lower Σ y ⊙ dy.

    All of it by PyTorch in float64.
    """
    import torch

    found = {}
    for name in CASES:
        given = Given(name)
        p = {key: torch.tensor(value, requires_grad=True) for key, value in given.p.items()}
        words = isinstance(given.layers[0], Embedding)
        x, *state = (torch.tensor(value, requires_grad=not words) for value in given.inputs)
        optimizer = torch.optim.Adam(p.values(), lr=RATE)
        case: dict[str, Any] = {}
        for _ in range(UPDATES):
            y = _peer(given.layers, p, x, state)
            optimizer.zero_grad()
            y.backward(torch.tensor(given.dy))
            if not case:
                case["y"] = y
                case |= {f"d{key}": value.grad.clone() for key, value in p.items()}
                inputs = zip(("dx", "dstate"), (x, *state), strict=False)
                case |= {key: part.grad.clone() for key, part in inputs if not words}
            optimizer.step()
        case |= {key: value.detach() for key, value in p.items()}
        found[name] = {key: value.flatten().tolist() for key, value in case.items()}
    return found


def stored() -> dict[str, dict[str, list[float]]]:
    """Return the references kept in the file."""
    return golden.read(FILE)


if __name__ == "__main__":
    golden.write(FILE, compute())
