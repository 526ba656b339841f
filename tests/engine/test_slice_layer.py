"""A part of the steps of a sequence, or of the numbers of a list."""

from types import SimpleNamespace

import numpy as np
import pytest

from engine.graph import Graph, infer_shapes, repair
from engine.layers.slice import Slice
from engine.layers.time_distributed import TimeDistributed
from engine.run import Run


@pytest.mark.parametrize("shape", [(6,), (6, 3)], ids=["list", "sequence"])
@pytest.mark.parametrize(
    ("start", "stop", "kept"), [(0, 1, [0]), (2, 5, [2, 3, 4]), (4, 0, [4, 5])]
)
def test_slice_passes_on_some_places_and_their_gradients(shape, start, stop, kept):
    layer = Slice(start, stop)
    x = np.random.default_rng(0).normal(size=(2, *shape))
    y, backward = layer.forward(SimpleNamespace(), x, Run(np, np.float64))
    np.testing.assert_array_equal(y, x[:, kept])
    assert y.shape[1:] == layer.output_shape((shape,))
    expected = np.zeros_like(x)
    expected[:, kept] = y
    np.testing.assert_array_equal(backward(y, SimpleNamespace()), expected)


@pytest.mark.parametrize(
    ("layer", "sentence"),
    [
        (Slice(0, 7), "Slice 1 passes on place 6, counted from 0, but there are only 6."),
        (Slice(8, 0), "Slice 1 passes on place 8, counted from 0, but there are only 6."),
        (Slice(3, 2), "Slice 1 stops at 2, but must stop behind its start, 3."),
    ],
)
def test_a_slice_out_of_range_is_refused_and_mended(layer, sentence):
    graph = Graph.chain(layer, TimeDistributed(1))
    error = infer_shapes(graph, (6, 2)).errors["slice_1"]
    assert str(error) == sentence
    assert not infer_shapes(repair(graph, error.node, error.fixes[0]), (6, 2)).errors
