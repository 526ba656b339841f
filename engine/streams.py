"""Random streams derived from one seed, so that changing one use leaves the others alone."""

from __future__ import annotations

import zlib

import numpy as np


def stream(seed: int, *names: str | int) -> np.random.Generator:
    """Return the generator for one use, as in ``stream(7, "weights", "dense_1")``.

    The same seed and names always give the same numbers; different names give independent ones.
    """
    words = [zlib.crc32(str(name).encode()) for name in names]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *words])))
