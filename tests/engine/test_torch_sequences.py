"""Layers for sequences agree with PyTorch: values, gradients and three updates by Adam."""

import numpy as np
import pytest
import torch_sequences

from engine.optimizers import Adam, OptimizerState
from engine.run import Run


def vector_and_parts(values, dtype):
    """Return a flat vector of all values, and views into it by name."""
    vector = np.concatenate([value.ravel() for value in values.values()]).astype(dtype)
    ends = np.cumsum([value.size for value in values.values()])
    parts = np.split(vector, ends[:-1])
    return vector, {
        name: part.reshape(value.shape)
        for (name, value), part in zip(values.items(), parts, strict=True)
    }


def passes(given, p, g, run):
    """Go through all layers of a case; return the output and the gradients of the inputs."""
    x, backwards = tuple(value.astype(run.dtype) for value in given.inputs), []
    for number, layer in enumerate(given.layers, 1):
        values = torch_sequences.own(p, number), x if layer.merges else x[0]
        y, backward = layer.forward(*values, run.part(str(number)))
        backwards.append(backward)
        x = (y,)
    dx = (given.dy.astype(run.dtype),)
    for number in reversed(range(len(given.layers))):
        dx = backwards[number](dx[0], torch_sequences.own(g, number + 1))
        dx = dx if given.layers[number].merges else (dx,)
    return y, dx


@pytest.mark.parametrize(
    ("dtype", "tolerance"), [(np.float64, 1e-8), (np.float32, 2e-5)], ids=["float64", "float32"]
)
@pytest.mark.parametrize("name", torch_sequences.CASES)
def test_agrees_with_pytorch(name, dtype, tolerance):
    given, expected = torch_sequences.Given(name), torch_sequences.stored()[name]
    theta, p = vector_and_parts(given.p, dtype)
    gradient, g = vector_and_parts(given.p, dtype)
    state = OptimizerState(np, theta, Adam.slots, np.ones_like(theta))
    run = Run(np, dtype)
    run.training = True
    found = {}
    for _ in range(torch_sequences.UPDATES):
        gradient[:] = np.nan
        y, dx = passes(given, p, g, run)
        if not found:
            inputs = zip(("dx", "dstate"), dx, strict=False)
            found = {"y": y.copy()} | {key: part.copy() for key, part in inputs}
            found |= {f"d{key}": value.copy() for key, value in g.items()}
        state.t += 1
        Adam().update(theta, gradient, torch_sequences.RATE, state)
    found |= p
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
