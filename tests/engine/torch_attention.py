"""PyTorch's attention and Transformer layers with the parameters of ours, for `torch_layers`."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

TARGET, MEMORY, SHORT = (5, 4), (3, 6), (3, 4)
"""Shapes of sequences; a decoder of PyTorch's wants a memory of its own width."""


def _mask(steps: int) -> Any:
    """Return True where a step must not look: at those after it."""
    import torch

    return torch.ones(steps, steps, dtype=torch.bool).triu(1)


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
    def peer(f: Any, x: Any, p: Any) -> Any:
        query, memory = (part.transpose(0, 1) for part in (x[0], x[-1]))
        y, _ = f.multi_head_attention_forward(
            *(query, memory, memory, query.shape[-1], heads),
            *(None, _biases(p), None, None, False, 0.0, p.W_O.T, p.b_O),
            need_weights=False,
            attn_mask=_mask(len(query)) if causal else None,
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
    def peer(f: Any, x: Any, p: Any) -> Any:
        import torch

        x = x[0] if isinstance(x, tuple) else x
        block = torch.nn.TransformerEncoderLayer(
            x.shape[-1], 2, 3, 0.0, batch_first=True, dtype=x.dtype, **settings
        )
        mask = {"src_mask": _mask(x.shape[1])} if causal else {}
        weights = _weights(p, {"attention": "self_attn"})
        return torch.func.functional_call(block, weights, (x,), mask)

    return peer


def _decoder(**settings: Any) -> Any:
    def peer(f: Any, x: Any, p: Any) -> Any:
        import torch

        block = torch.nn.TransformerDecoderLayer(
            x[0].shape[-1], 2, 3, 0.0, batch_first=True, dtype=x[0].dtype, **settings
        )
        weights = _weights(p, {"attention": "self_attn", "cross": "multihead_attn"})
        mask = {"tgt_mask": _mask(x[0].shape[1])}
        return torch.func.functional_call(block, weights, x, mask)

    return peer


BLOCK = {"heads": 2, "ff_units": 3, "dropout": 0.0}
PRE = {"norm_first": True}
GELU = {"ff_activation": "gelu"}

CASES: dict[str, tuple[str, dict[str, Any], tuple[tuple[int, ...], ...], Any]] = {
    "attention": ("attention", {"heads": 2}, (TARGET,), _attention(2)),
    "attention, causal": (
        "attention",
        {"heads": 4, "causal": True},
        (TARGET,),
        _attention(4, causal=True),
    ),
    "attention, to a memory": ("attention", {"heads": 2}, (TARGET, MEMORY), _attention(2)),
    "transformer_encoder": ("transformer_encoder", BLOCK, (TARGET,), _encoder()),
    "transformer_encoder, pre-norm": (
        "transformer_encoder",
        {**BLOCK, **PRE, **GELU},
        (TARGET,),
        _encoder(activation="gelu", norm_first=True),
    ),
    "transformer_decoder, alone": (
        "transformer_decoder",
        BLOCK,
        (TARGET,),
        _encoder(causal=True),
    ),
    "transformer_decoder, alone, pre-norm": (
        "transformer_decoder",
        {**BLOCK, **PRE},
        (TARGET,),
        _encoder(causal=True, norm_first=True),
    ),
    "transformer_decoder": ("transformer_decoder", BLOCK, (TARGET, SHORT), _decoder()),
    "transformer_decoder, pre-norm": (
        "transformer_decoder",
        {**BLOCK, **PRE},
        (TARGET, SHORT),
        _decoder(norm_first=True),
    ),
}
"""By name, as in `torch_layers`."""
