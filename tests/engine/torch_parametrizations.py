"""Layers with parametrized weights as PyTorch has them; `torch_layers` keeps what they compute."""

from __future__ import annotations

from typing import Any

from engine.parametrizations import LoRA

LIST, SERIES, IMAGE = (5,), (6, 2), (2, 5, 6)


def _dense(f: Any, x: Any, p: Any) -> Any:
    import torch

    module = torch.nn.Linear(x.shape[-1], len(p.b))
    return torch.tanh(_normed(module, x, p.W.T, p))


def _conv2d(f: Any, x: Any, p: Any) -> Any:
    import torch

    module = torch.nn.Conv2d(x.shape[1], len(p.b), 3)
    return torch.tanh(_normed(module, x, p.W.permute(0, 3, 1, 2), p))


def _conv1d(f: Any, x: Any, p: Any) -> Any:
    import torch

    module = torch.nn.Conv1d(x.shape[2], len(p.b), 3)
    y = _normed(module, x.transpose(1, 2), p.W.transpose(1, 2), p)
    return torch.tanh(y).transpose(1, 2)


def _normed(module: Any, x: Any, direction: Any, p: Any) -> Any:
    """Return what a module gives with weights of this direction and the lengths `W_g`."""
    import torch
    from torch.nn.utils.parametrizations import weight_norm

    weights = {
        "parametrizations.weight.original0": p.W_g.reshape(-1, *[1] * (direction.ndim - 1)),
        "parametrizations.weight.original1": direction,
        "bias": p.b,
    }
    return torch.func.functional_call(weight_norm(module), weights, x)


def _lora(f: Any, x: Any, p: Any) -> Any:
    return f.tanh(x @ (p.W + 3 / 2 * p.W_A @ p.W_B) + p.b)


def _lora_conv2d(f: Any, x: Any, p: Any) -> Any:
    delta = (p.W_A @ p.W_B).T.reshape(p.W.shape)
    return f.tanh(f.conv2d(x, (p.W + 3 / 2 * delta).permute(0, 3, 1, 2), p.b))


TANH = {"activation": "tanh", "weights": "weight_norm"}
ADAPTED = {"activation": "tanh", "weights": LoRA(rank=2, alpha=3.0)}

CASES: dict[str, tuple[str, dict[str, Any], tuple[tuple[int, ...], ...], Any]] = {
    "dense, weight norm": ("dense", {**TANH, "units": 3}, (LIST,), _dense),
    "time_distributed, weight norm": ("time_distributed", {**TANH, "units": 3}, (SERIES,), _dense),
    "conv2d, weight norm": ("conv2d", {**TANH, "filters": 3}, (IMAGE,), _conv2d),
    "conv1d, weight norm": ("conv1d", {**TANH, "filters": 3}, (SERIES,), _conv1d),
    "dense, LoRA": ("dense", {**ADAPTED, "units": 3}, (LIST,), _lora),
    "conv2d, LoRA": ("conv2d", {**ADAPTED, "filters": 3}, (IMAGE,), _lora_conv2d),
}
"""By name, as in `torch_layers`."""
