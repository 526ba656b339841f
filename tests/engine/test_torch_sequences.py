"""Layers for sequences agree with PyTorch: values, gradients and three updates."""

from types import SimpleNamespace

import numpy as np
import pytest
import torch_sequences

from engine.run import Run


@pytest.mark.parametrize(
    ("dtype", "tolerance"), [(np.float64, 1e-8), (np.float32, 1e-5)], ids=["float64", "float32"]
)
@pytest.mark.parametrize("name", torch_sequences.CASES)
def test_agrees_with_pytorch(name, dtype, tolerance):
    given, expected = torch_sequences.Given(name), torch_sequences.stored()[name]
    p = SimpleNamespace(**{key: value.astype(dtype) for key, value in given.p.items()})
    g = SimpleNamespace(**{key: np.full_like(value, np.nan) for key, value in vars(p).items()})
    run = Run(np, dtype)
    run.training = True
    found = {}
    for _ in range(torch_sequences.UPDATES):
        y, backward = given.layer.forward(p, given.x.astype(dtype), run)
        dx = backward(given.dy.astype(dtype), g)
        if not found:
            found = {"y": y.copy(), "dx": dx.copy()}
            found |= {f"d{key}": value.copy() for key, value in vars(g).items()}
        for key, value in vars(p).items():
            value -= torch_sequences.RATE * getattr(g, key)
    found |= vars(p)
    for key, value in expected.items():
        np.testing.assert_allclose(
            found[key].ravel(), value, rtol=tolerance, atol=tolerance, err_msg=key
        )


def test_stored_references_are_what_pytorch_computes():
    pytest.importorskip("torch", reason="PyTorch is not installed; the stored values stand for it")
    stored, fresh = torch_sequences.stored(), torch_sequences.compute()
    assert stored.keys() == fresh.keys()
    for name, case in fresh.items():
        assert stored[name].keys() == case.keys()
        for key, value in case.items():
            np.testing.assert_allclose(stored[name][key], value, rtol=1e-8, atol=1e-9)
