"""What PyTorch's layers compute, kept in tests/files/torch-layers.json.

``python tests/engine/torch_layers.py`` writes the file anew.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import golden
import numpy as np
import torch_parametrizations

from engine.layers import layer

FILE = Path(__file__).parents[1] / "files" / "torch-layers.json"
ROWS = 2
LIST, SERIES, IMAGE = (5,), (7, 2), (2, 7, 6)


def _conv2d(f: Any, x: Any, p: Any, **settings: Any) -> Any:
    return f.tanh(f.conv2d(x, p.W.permute(0, 3, 1, 2), p.b, **settings))


def _conv1d(f: Any, x: Any, p: Any, before: int = 0, **settings: Any) -> Any:
    x = f.pad(x.transpose(1, 2), (before, 0))
    return f.tanh(f.conv1d(x, p.W.transpose(1, 2), p.b, **settings)).transpose(1, 2)


def _batch_norm(f: Any, x: Any, p: Any) -> Any:
    channels = x.transpose(1, 2) if x.ndim == 3 else x
    y = f.batch_norm(channels, p.mean, p.variance, p.gamma, p.beta, training=True)
    return y.transpose(1, 2) if x.ndim == 3 else y


TANH = {"activation": "tanh", "filters": 3}

LAYERS: dict[str, tuple[str, dict[str, Any], tuple[tuple[int, ...], ...], Any]] = {
    "conv2d": ("conv2d", TANH, (IMAGE,), _conv2d),
    "conv2d, stride": (
        "conv2d",
        {**TANH, "stride": 2, "kernel_size": 2},
        (IMAGE,),
        lambda f, x, p: _conv2d(f, x, p, stride=2),
    ),
    "conv2d, same": (
        "conv2d",
        {**TANH, "padding": "same", "kernel_size": 5},
        (IMAGE,),
        lambda f, x, p: _conv2d(f, x, p, padding="same"),
    ),
    "conv2d, padded and dilated": (
        "conv2d",
        {**TANH, "padding": "2", "dilation": 2, "stride": 2},
        (IMAGE,),
        lambda f, x, p: _conv2d(f, x, p, padding=2, dilation=2, stride=2),
    ),
    "max_pool2d": ("max_pool2d", {}, (IMAGE,), lambda f, x, p: f.max_pool2d(x, 2)),
    "max_pool2d, overlapping": (
        "max_pool2d",
        {"size": 3},
        (IMAGE,),
        lambda f, x, p: f.max_pool2d(x, 3, 2),
    ),
    "max_pool2d, padded": (
        "max_pool2d",
        {"size": 3, "padding": "1"},
        (IMAGE,),
        lambda f, x, p: f.max_pool2d(x, 3, 2, padding=1),
    ),
    "average_pool2d": ("average_pool2d", {}, (IMAGE,), lambda f, x, p: f.avg_pool2d(x, 2)),
    "average_pool2d, overlapping": (
        "average_pool2d",
        {"size": 3},
        (IMAGE,),
        lambda f, x, p: f.avg_pool2d(x, 3, 2),
    ),
    "average_pool2d, padded": (
        "average_pool2d",
        {"size": 3, "padding": "1"},
        (IMAGE,),
        lambda f, x, p: f.avg_pool2d(x, 3, 2, padding=1),
    ),
    "global_average_pool": ("global_average_pool", {}, (IMAGE,), lambda f, x, p: x.mean((2, 3))),
    "global_average_pool, sequence": (
        "global_average_pool",
        {},
        (SERIES,),
        lambda f, x, p: x.mean(1),
    ),
    "softmax, image": (
        "activation",
        {"activation": "softmax"},
        (IMAGE,),
        lambda f, x, p: f.softmax(x, 1),
    ),
    "upsample": ("upsample", {}, (IMAGE,), lambda f, x, p: f.interpolate(x, scale_factor=2)),
    "conv1d": ("conv1d", TANH, (SERIES,), _conv1d),
    "conv1d, causal": (
        "conv1d",
        {**TANH, "padding": "causal", "dilation": 2},
        (SERIES,),
        lambda f, x, p: _conv1d(f, x, p, before=4, dilation=2),
    ),
    "conv1d, padded, stride": (
        "conv1d",
        {**TANH, "padding": "1", "stride": 2},
        (SERIES,),
        lambda f, x, p: _conv1d(f, x, p, padding=1, stride=2),
    ),
    "max_pool1d": (
        "max_pool1d",
        {"size": 3},
        (SERIES,),
        lambda f, x, p: f.max_pool1d(x.transpose(1, 2), 3, 2).transpose(1, 2),
    ),
    "max_pool1d, padded": (
        "max_pool1d",
        {"size": 2, "padding": "1"},
        (SERIES,),
        lambda f, x, p: f.max_pool1d(x.transpose(1, 2), 2, padding=1).transpose(1, 2),
    ),
    "average_pool1d": (
        "average_pool1d",
        {},
        (SERIES,),
        lambda f, x, p: f.avg_pool1d(x.transpose(1, 2), 2).transpose(1, 2),
    ),
    "average_pool1d, padded": (
        "average_pool1d",
        {"size": 3, "padding": "1"},
        (SERIES,),
        lambda f, x, p: f.avg_pool1d(x.transpose(1, 2), 3, 2, padding=1).transpose(1, 2),
    ),
    "batch_norm, list": ("batch_norm", {}, (LIST,), _batch_norm),
    "batch_norm, sequence": ("batch_norm", {}, (SERIES,), _batch_norm),
    "batch_norm, image": ("batch_norm", {}, (IMAGE,), _batch_norm),
    "layer_norm, list": (
        "layer_norm",
        {},
        (LIST,),
        lambda f, x, p: f.layer_norm(x, (5,), p.gamma, p.beta),
    ),
    "layer_norm, sequence": (
        "layer_norm",
        {},
        (SERIES,),
        lambda f, x, p: f.layer_norm(x, (2,), p.gamma, p.beta),
    ),
    "layer_norm, image": (
        "layer_norm",
        {},
        (IMAGE,),
        lambda f, x, p: f.group_norm(x, 1, p.gamma, p.beta),
    ),
    "add": ("add", {}, (LIST, LIST), lambda f, x, p: x[0] + x[1]),
    "multiply": ("multiply", {}, (LIST, LIST), lambda f, x, p: x[0] * x[1]),
    **torch_parametrizations.CASES,
}
"""By name: kind and settings here, shapes of the inputs, and the same in PyTorch."""


class Given:
    """The layer of a case with parameters, inputs and dL/dy, the same on every machine.

    Inputs are multiples of ¼, so that windows have several largest values.
    """

    def __init__(self, name: str) -> None:
        kind, settings, shapes, self.peer = LAYERS[name]
        self.layer = layer[kind](**settings)
        rng = np.random.Generator(np.random.PCG64(len(name)))
        drawn = self.layer.init(rng, shapes)
        kept = (*self.layer.statistics, *self.layer.fixed)
        self.kept = [key for key in drawn if key in kept]
        self.p = {key: rng.integers(1, 9, value.shape) / 8.0 for key, value in drawn.items()}
        self.x = tuple(rng.integers(-4, 5, (ROWS, *shape)) / 4.0 for shape in shapes)
        self.dy = rng.integers(-4, 5, (ROWS, *self.layer.output_shape(shapes))) / 4.0


def compute() -> dict[str, dict[str, list[float]]]:
    """Return output, gradients and what became of the parameters, by PyTorch in float64."""
    import torch
    from torch.nn import functional

    found = {}
    for name in LAYERS:
        given = Given(name)
        learned = [key for key in given.p if key not in given.kept]
        p = {key: torch.tensor(value) for key, value in given.p.items()}
        x = [torch.tensor(part, requires_grad=True) for part in given.x]
        for key in learned:
            p[key].requires_grad_()
        inputs = tuple(x) if given.layer.merges else x[0]
        y = given.peer(functional, inputs, SimpleNamespace(**p))
        y.backward(torch.tensor(given.dy))
        found[name] = {
            "y": y.flatten().tolist(),
            **{f"dx{i}": part.grad.flatten().tolist() for i, part in enumerate(x)},
            **{f"d{key}": p[key].grad.flatten().tolist() for key in learned},
            **{key: p[key].flatten().tolist() for key in given.kept},
        }
    return found


def stored() -> dict[str, dict[str, list[float]]]:
    """Return the references kept in the file."""
    return golden.read(FILE)


if __name__ == "__main__":
    golden.write(FILE, compute())
