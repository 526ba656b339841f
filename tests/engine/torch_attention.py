"""What PyTorch's attention computes, kept in tests/files/torch-attention.json.

``python tests/engine/torch_attention.py`` writes the file anew.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import golden
import numpy as np

from engine.layers import layer

FILE = Path(__file__).parents[1] / "files" / "torch-attention.json"
ROWS, UPDATES, RATE = 2, 3, 0.02
TARGET, MEMORY, SHORT = (5, 4), (3, 6), (3, 4)
"""Shapes of sequences; a decoder of PyTorch's wants a memory of its own width."""
OWN, OTHER = (5,), (3,)
"""Shapes of padding masks, of the sequence and of the memory."""


def _later(steps: int) -> Any:
    """Return True where a step must not look: at those after it."""
    import torch

    return torch.ones(steps, steps, dtype=torch.bool).triu(1)


def _padding(x: tuple[Any, ...]) -> Any:
    """Return True at padding, where the mask is 0; None where there is no mask."""
    return next((part == 0 for part in x if part.ndim == 2), None)


def _own(p: Any, piece: str) -> Any:
    start = f"{piece}_"
    return SimpleNamespace(
        **{name.removeprefix(start): v for name, v in vars(p).items() if name.startswith(start)}
    )


def _biases(p: Any) -> Any:
    """Return the biases of queries, keys, which have none, and values."""
    import torch

    return torch.cat([p.b_Q, torch.zeros_like(p.b_Q), p.b_V])


def _attention(heads: int, causal: bool = False) -> Any:
    def peer(x: Any, p: Any) -> Any:
        from torch.nn import functional

        sequences = [part.transpose(0, 1) for part in x if part.ndim == 3]
        query, memory = sequences[0], sequences[-1]
        y, _ = functional.multi_head_attention_forward(
            *(query, memory, memory, query.shape[-1], heads),
            *(None, _biases(p), None, None, False, 0.0, p.W_O.T, p.b_O),
            need_weights=False,
            key_padding_mask=_padding(x),
            attn_mask=_later(len(query)) if causal else None,
            use_separate_proj_weight=True,
            q_proj_weight=p.W_Q.T,
            k_proj_weight=p.W_K.T,
            v_proj_weight=p.W_V.T,
        )
        return y.transpose(0, 1)

    return peer


def _weights(p: Any, attentions: dict[str, str]) -> dict[str, Any]:
    """Return the parameters of a block under PyTorch's names."""
    import torch

    found = {}
    for name, theirs in attentions.items():
        own = _own(p, name)
        found |= {
            f"{theirs}.in_proj_weight": torch.cat([own.W_Q.T, own.W_K.T, own.W_V.T]),
            f"{theirs}.in_proj_bias": _biases(own),
            f"{theirs}.out_proj.weight": own.W_O.T,
            f"{theirs}.out_proj.bias": own.b_O,
        }
    for number in (1, 2):
        dense = _own(p, f"ff{number}")
        found |= {f"linear{number}.weight": dense.W.T, f"linear{number}.bias": dense.b}
    for number, name in enumerate([*attentions, "ff"], 1):
        norm = _own(p, f"norm_{name}")
        found |= {f"norm{number}.weight": norm.gamma, f"norm{number}.bias": norm.beta}
    return found


def _encoder(causal: bool = False, **settings: Any) -> Any:
    def peer(x: Any, p: Any) -> Any:
        import torch

        block = torch.nn.TransformerEncoderLayer(
            x[0].shape[-1], 2, 3, 0.0, batch_first=True, dtype=x[0].dtype, **settings
        )
        masks = {
            "src_mask": _later(x[0].shape[1]) if causal else None,
            "src_key_padding_mask": _padding(x),
        }
        weights = _weights(p, {"attention": "self_attn"})
        return torch.func.functional_call(block, weights, x[:1], masks)

    return peer


def _decoder(**settings: Any) -> Any:
    def peer(x: Any, p: Any) -> Any:
        import torch

        block = torch.nn.TransformerDecoderLayer(
            x[0].shape[-1], 2, 3, 0.0, batch_first=True, dtype=x[0].dtype, **settings
        )
        weights = _weights(p, {"attention": "self_attn", "cross": "multihead_attn"})
        masks = {"tgt_mask": _later(x[0].shape[1]), "memory_key_padding_mask": _padding(x)}
        return torch.func.functional_call(block, weights, x[:2], masks)

    return peer


BLOCK = {"heads": 2, "ff_units": 3, "dropout": 0.0}
PRE = {**BLOCK, "norm_first": True}

Case = tuple[str, dict[str, Any], tuple[tuple[int, ...], ...], Any]

ATTENTION: dict[str, Case] = {
    f"attention{', causal' if causal else ''}{', padded' if mask else ''}": (
        "attention",
        {"heads": 4 if causal else 2, "causal": causal},
        (TARGET, *mask),
        _attention(4 if causal else 2, causal),
    )
    for causal in (False, True)
    for mask in ((), (OWN,))
} | {
    f"attention, to a memory{', padded' if mask else ''}": (
        "attention",
        {"heads": 2},
        (TARGET, MEMORY, *mask),
        _attention(2),
    )
    for mask in ((), (OTHER,))
}

BLOCKS: dict[str, Case] = {
    f"{name}{', pre-norm' if pre else ''}{', padded' if padded else ''}": (
        name.partition(",")[0],
        {**(PRE if pre else BLOCK), **settings},
        (*sequences, *((sequences[-1][:1],) if padded else ())),
        peer(norm_first=pre, **theirs),
    )
    for name, settings, sequences, peer, theirs in (
        ("transformer_encoder", {}, (TARGET,), _encoder, {}),
        (
            "transformer_encoder, gelu",
            {"ff_activation": "gelu"},
            (TARGET,),
            _encoder,
            {"activation": "gelu"},
        ),
        ("transformer_decoder, alone", {}, (TARGET,), _encoder, {"causal": True}),
        ("transformer_decoder", {}, (TARGET, SHORT), _decoder, {}),
    )
    for pre in (False, True)
    for padded in (False, True)
}

CASES = ATTENTION | BLOCKS
"""By name: kind and settings here, shapes of the inputs, and the same in PyTorch."""


class Given:
    """The layer of a case with parameters, inputs and dL/dy, the same on every machine."""

    def __init__(self, name: str) -> None:
        kind, settings, shapes, self.peer = CASES[name]
        self.layer = layer[kind](**settings)
        rng = np.random.Generator(np.random.PCG64(len(name)))
        drawn = self.layer.init(rng, shapes)
        self.p = {key: rng.integers(-8, 9, value.shape) / 8.0 for key, value in drawn.items()}
        self.x = tuple(rng.integers(-4, 5, (ROWS, *shape)) / 4.0 for shape in shapes)
        for mask in (part for part in self.x if part.ndim == 2):
            mask[:], mask[0, 1:], mask[1, -1] = 1, 0, 0
        self.dy = rng.integers(-4, 5, (ROWS, *self.layer.output_shape(shapes))) / 4.0


def compute() -> dict[str, dict[str, list[float]]]:
    """Return output, gradients, and the parameters after updates that lower Σ y ⊙ dy.

    All of it by PyTorch in float64.
    """
    import torch

    found = {}
    for name in CASES:
        given = Given(name)
        p = {key: torch.tensor(value, requires_grad=True) for key, value in given.p.items()}
        x = tuple(torch.tensor(part, requires_grad=part.ndim == 3) for part in given.x)
        optimizer = torch.optim.SGD(p.values(), lr=RATE)
        case: dict[str, Any] = {}
        for _ in range(UPDATES):
            y = given.peer(x, SimpleNamespace(**p))
            optimizer.zero_grad()
            y.backward(torch.tensor(given.dy))
            if not case:
                case["y"] = y
                case |= {f"d{key}": value.grad.clone() for key, value in p.items()}
                sequences = [part for part in x if part.ndim == 3]
                case |= {f"dx{i}": part.grad.clone() for i, part in enumerate(sequences)}
            optimizer.step()
        case |= {key: value.detach() for key, value in p.items()}
        found[name] = {key: value.flatten().tolist() for key, value in case.items()}
    return found


def stored() -> dict[str, dict[str, list[float]]]:
    """Return the references kept in the file."""
    return golden.read(FILE)


if __name__ == "__main__":
    golden.write(FILE, compute())
