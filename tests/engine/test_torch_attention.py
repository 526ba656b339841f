"""Attention and the blocks of the Transformer agree with PyTorch, and so do three updates."""

from types import SimpleNamespace

import numpy as np
import pytest
import torch_attention

from engine.run import Run


@pytest.mark.parametrize(
    ("dtype", "tolerance"), [(np.float64, 1e-8), (np.float32, 2e-5)], ids=["float64", "float32"]
)
@pytest.mark.parametrize("name", torch_attention.CASES)
def test_agrees_with_pytorch(name, dtype, tolerance):
    given, expected = torch_attention.Given(name), torch_attention.stored()[name]
    p = SimpleNamespace(**{key: value.astype(dtype) for key, value in given.p.items()})
    g = SimpleNamespace(**{key: np.full_like(value, np.nan) for key, value in vars(p).items()})
    run = Run(np, dtype)
    run.training = True
    x = tuple(part.astype(dtype) for part in given.x)
    found = {}
    for _ in range(torch_attention.UPDATES):
        y, backward = given.layer.forward(p, x, run)
        dx = backward(given.dy.astype(dtype), g)
        if not found:
            found = {"y": y.copy()} | {f"dx{i}": part.copy() for i, part in enumerate(dx)}
            found |= {f"d{key}": value.copy() for key, value in vars(g).items()}
        for key, value in vars(p).items():
            value -= torch_attention.RATE * getattr(g, key)
    found |= vars(p)
    for key, value in expected.items():
        np.testing.assert_allclose(
            found[key].ravel(), value, rtol=tolerance, atol=tolerance, err_msg=key
        )
    for i, part in enumerate(x):
        if part.ndim == 2:
            np.testing.assert_array_equal(found[f"dx{i}"], 0)


def test_stored_references_are_what_pytorch_computes():
    pytest.importorskip("torch", reason="PyTorch is not installed; the stored values stand for it")
    stored, fresh = torch_attention.stored(), torch_attention.compute()
    assert stored.keys() == fresh.keys()
    for name, case in fresh.items():
        assert stored[name].keys() == case.keys()
        for key, value in case.items():
            np.testing.assert_allclose(stored[name][key], value, rtol=1e-8, atol=1e-9)
