"""What PyTorch computes, kept in tests/files/torch.json so that it is checked without PyTorch.

``python tests/engine/torch_reference.py`` writes the file anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import golden
import numpy as np

FILE = Path(__file__).parents[1] / "files" / "torch.json"
STEPS = 20
RATE = 0.05
START = (0.9, -0.4, 0.05, -1.7, 2.3)

OPTIMIZERS: dict[str, tuple[str, dict[str, float], str, dict[str, Any]]] = {
    "sgd": ("sgd", {}, "SGD", {}),
    "momentum": ("momentum", {}, "SGD", {"momentum": 0.9}),
    "nesterov": ("nesterov", {"beta": 0.8}, "SGD", {"momentum": 0.8, "nesterov": True}),
    "adagrad": ("adagrad", {}, "Adagrad", {}),
    "adagrad, large ε": ("adagrad", {"epsilon": 0.1}, "Adagrad", {"eps": 0.1}),
    "rmsprop": ("rmsprop", {"rho": 0.99}, "RMSprop", {"alpha": 0.99}),
    "rmsprop, large ε": ("rmsprop", {"epsilon": 0.1}, "RMSprop", {"alpha": 0.9, "eps": 0.1}),
    "adam": ("adam", {}, "Adam", {}),
    "adam, large ε": (
        "adam",
        {"beta1": 0.8, "beta2": 0.95, "epsilon": 0.1},
        "Adam",
        {"betas": (0.8, 0.95), "eps": 0.1},
    ),
    "adamw": ("adamw", {"decay": 0.1}, "AdamW", {"weight_decay": 0.1}),
}
"""By name: kind and settings here, class and settings there."""

LOSSES = {
    "mse": ("mse", {}, "mse_loss", {}),
    "mae": ("mae", {}, "l1_loss", {}),
    "huber": ("huber", {}, "huber_loss", {}),
    "huber, narrow": ("huber", {"delta": 0.3}, "huber_loss", {"delta": 0.3}),
    "binary_cross_entropy": (
        "binary_cross_entropy",
        {},
        "binary_cross_entropy_with_logits",
        {},
    ),
    "cross_entropy": ("cross_entropy", {}, "cross_entropy", {}),
}

ACTIVATIONS = {
    "sigmoid": ("sigmoid", {}, "sigmoid", {}),
    "tanh": ("tanh", {}, "tanh", {}),
    "hard_tanh": ("hard_tanh", {}, "hardtanh", {}),
    "softsign": ("softsign", {}, "softsign", {}),
    "relu": ("relu", {}, "relu", {}),
    "leaky_relu": ("leaky_relu", {}, "leaky_relu", {}),
    "leaky_relu, steep": ("leaky_relu", {"alpha": 0.3}, "leaky_relu", {"negative_slope": 0.3}),
    "elu": ("elu", {}, "elu", {}),
    "elu, deep": ("elu", {"alpha": 2.5}, "elu", {"alpha": 2.5}),
    "selu": ("selu", {}, "selu", {}),
    "gelu": ("gelu", {}, "gelu", {}),
    "gelu, tanh": ("gelu", {"form": "tanh"}, "gelu", {"approximate": "tanh"}),
    "softmax": ("softmax", {}, "softmax", {"dim": -1}),
}


def slope(theta: np.ndarray) -> np.ndarray:
    """Return the gradient of Σ cos(2 θᵢ) + θᵢ² / 2, a bowl with ripples to descend."""
    return theta - 2 * np.sin(2 * theta)


def logits() -> np.ndarray:
    """Return points (6, 4) from −9 to 9, some of them at the bends of functions."""
    return np.array(
        [
            [0.3, -1.2, 2.0, 0.0],
            [-0.7, 0.9, 1.0, -1.0],
            [8.5, -9.0, 0.1, 0.6],
            [-3.0, -2.5, -4.0, -1.5],
            [0.0, 0.0, 0.0, 0.0],
            [1.4, 5.0, -0.2, 9.0],
        ]
    )


def targets() -> np.ndarray:
    """Return one-hot rows (6, 4)."""
    return np.eye(4)[[2, 0, 1, 3, 2, 1]]


def compute() -> dict[str, Any]:
    """Return all references, computed by PyTorch in float64."""
    import torch
    from torch.nn import functional

    def trajectory(name: str, settings: dict[str, Any]) -> list[list[float]]:
        theta = torch.tensor(START, dtype=torch.float64, requires_grad=True)
        optimizer = getattr(torch.optim, name)([theta], lr=RATE, **settings)
        path = []
        for _ in range(STEPS):
            theta.grad = torch.from_numpy(slope(theta.detach().numpy()))
            optimizer.step()
            path.append(theta.tolist())
        return path

    def loss(name: str, settings: dict[str, Any]) -> dict[str, Any]:
        z = torch.tensor(logits(), requires_grad=True)
        value = getattr(functional, name)(z, torch.from_numpy(targets()), **settings)
        value.backward()
        return {"value": value.item(), "gradient": z.grad.tolist()}

    def activation(name: str, settings: dict[str, Any]) -> dict[str, Any]:
        z = torch.tensor(logits(), requires_grad=True)
        y = getattr(functional, name, getattr(torch, name, None))(z, **settings)
        y.backward(torch.from_numpy(targets() + 0.5))
        return {"value": y.tolist(), "gradient": z.grad.tolist()}

    return {
        "optimizers": {name: trajectory(*case[2:]) for name, case in OPTIMIZERS.items()},
        "losses": {name: loss(*case[2:]) for name, case in LOSSES.items()},
        "activations": {name: activation(*case[2:]) for name, case in ACTIVATIONS.items()},
    }


def stored() -> dict[str, Any]:
    """Return the references kept in the file."""
    return golden.read(FILE)


def write() -> None:
    """Write the file, a line for each case."""
    sections = (
        f"{json.dumps(section)}: {{\n"
        + ",\n".join(f"{json.dumps(name)}: {json.dumps(case)}" for name, case in cases.items())
        + "\n}"
        for section, cases in golden.rounded(compute(), 13).items()
    )
    FILE.write_text("{" + ",\n".join(sections) + "}\n")


if __name__ == "__main__":
    write()
