"""Products in blocks give what whole products give."""

import numpy as np
import pytest

from engine import products

SHAPES = ((3, 5, 4), (256, 71, 64), (255, 80, 64), (512, 135, 128))
"""Rows, depth and columns: small, and on either side of the bounds for blocks."""


@pytest.fixture(params=[True, False], ids=["with blocks", "without blocks"])
def blocks(request, monkeypatch):
    monkeypatch.setattr(products, "pays", lambda xp: request.param)
    return request.param


@pytest.mark.parametrize(("rows", "depth", "columns"), SHAPES)
def test_prepared_products_are_those_of_the_matrices(blocks, rows, depth, columns):
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=(rows, depth)), rng.normal(size=(2, depth, columns))
    results = np.full((2, rows, columns), np.nan)
    product, cut, outs = products.in_blocks(a, results, np)
    for right, out in zip(b, outs, strict=True):
        product(cut, right, out=out)
    np.testing.assert_allclose(results, a @ b, atol=1e-12)


@pytest.mark.parametrize(("rows", "columns", "depth"), [*SHAPES, (64, 71, 512), (8, 8, 9)])
def test_products_by_a_transpose(blocks, rows, columns, depth):
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=(rows, depth)), rng.normal(size=(columns, depth))
    out = np.full((rows, columns), np.nan)
    assert products.by_transpose(a, b, out, np) is out
    np.testing.assert_allclose(out, a @ b.T, atol=1e-12)


def test_other_arrays_than_those_of_numpy_are_left_whole():
    assert not products.pays(pytest)
