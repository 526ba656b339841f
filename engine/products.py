"""Matrix products in blocks of rows, where these are faster than the product in one piece.

Before it multiplies, a BLAS copies parts of both matrices side by side. With AVX-512, OpenBLAS
leaves that out for small matrices: a product of medium size, cut into such small ones, takes a
fifth to a third less time. Elsewhere a cut costs time, so none is made.
"""

from __future__ import annotations

import functools
from types import ModuleType
from typing import Any

import numpy as np

from engine.arrays import Array

SMALL = 100**3
"""Up to this product of rows, depth and columns OpenBLAS does without the copy."""

SMALL_RESULT = 1200
"""… and up to so many numbers in the result where the second matrix is a transpose."""

ROWS = 8
"""The rows of a block then."""


@functools.cache
def pays(xp: ModuleType) -> bool:
    """Return whether blocks are faster with the arrays of `xp` on this machine."""
    if xp is not np:
        return False
    config: dict[str, Any] = np.show_config(mode="dicts")  # type: ignore[assignment]
    blas = config.get("Build Dependencies", {}).get("blas", {}).get("name", "")
    features = config.get("SIMD Extensions", {}).get("found", ())
    return "openblas" in blas and bool({"AVX512_SKX", "X86_V4"} & set(features))


def in_blocks(a: Array, out: Array, xp: ModuleType) -> tuple[Any, Array, Array]:
    """Prepare products a b, of which there will be many.

    Parameters
    ----------
    a
        A matrix (rows, depth).
    out
        Where results go, (…, rows, columns).

    Returns
    -------
    product, a, out
        A function to be called as ``product(a, b, out=out)``, and its operands, cut as it wants.
    """
    (rows, depth), columns = a.shape, out.shape[-1]
    size = rows * depth * columns
    if size <= SMALL or not pays(xp):
        return xp.dot, a, out
    blocks = next((n for n in (2, 4) if rows % n == 0 and size <= n * SMALL), 1)
    if blocks == 1:
        return xp.dot, a, out
    cut = rows // blocks
    return (
        xp.matmul,
        a.reshape(blocks, cut, depth),
        out.reshape(*out.shape[:-2], blocks, cut, columns),
    )


def by_transpose(a: Array, b: Array, out: Array, xp: ModuleType) -> Array:
    """Write a bᵀ to `out`, a matrix (len(a), len(b)), and return it."""
    rows, depth = a.shape
    result = ROWS * len(b)
    if rows % ROWS or result > SMALL_RESULT or result * depth > SMALL or not pays(xp):
        return xp.dot(a, b.T, out=out)
    xp.matmul(a.reshape(-1, ROWS, depth), b.T, out=out.reshape(-1, ROWS, len(b)))
    return out
