"""Layers agree with PyTorch in value and in every gradient."""

from types import SimpleNamespace

import numpy as np
import pytest
import torch_layers

from engine.run import Run


@pytest.mark.parametrize(
    "dtype, tolerance", [(np.float64, 1e-8), (np.float32, 1e-5)], ids=["float64", "float32"]
)
@pytest.mark.parametrize("name", torch_layers.LAYERS)
def test_agrees_with_pytorch(name, dtype, tolerance):
    given, expected = torch_layers.Given(name), torch_layers.stored()[name]
    p = SimpleNamespace(**{key: value.astype(dtype) for key, value in given.p.items()})
    g = SimpleNamespace(**{key: np.full_like(value, np.nan) for key, value in vars(p).items()})
    run = Run(np, dtype)
    run.training = True
    x = tuple(part.astype(dtype) for part in given.x)
    y, backward = given.layer.forward(p, x if given.layer.merges else x[0], run)
    found = {"y": y.copy()}
    dx = backward(given.dy.astype(dtype), g)
    for i, part in enumerate(dx if given.layer.merges else (dx,)):
        found[f"dx{i}"] = part
    for key in vars(p):
        kept = key in given.kept
        found[key if kept else f"d{key}"] = getattr(p if kept else g, key)
    assert found.keys() == expected.keys()
    for key, value in found.items():
        np.testing.assert_allclose(
            value.ravel(), expected[key], rtol=tolerance, atol=tolerance, err_msg=key
        )


def test_stored_references_are_what_pytorch_computes():
    pytest.importorskip("torch", reason="PyTorch is not installed; the stored values stand for it")
    stored, fresh = torch_layers.stored(), torch_layers.compute()
    assert stored.keys() == fresh.keys()
    for name, case in fresh.items():
        for key, value in case.items():
            np.testing.assert_allclose(stored[name][key], value, rtol=1e-8, atol=1e-9)
