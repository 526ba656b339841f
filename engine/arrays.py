"""Where arrays live: the host through NumPy, or a CUDA device through CuPy."""

from __future__ import annotations

import functools
import importlib
from types import ModuleType
from typing import Any, TypeAlias

import numpy as np

from engine.errors import DeviceError

Array: TypeAlias = Any
"""A NumPy or CuPy array; layers are written for both."""

Shape: TypeAlias = tuple[int, ...]

DEVICES = ("auto", "cpu", "cuda")


def memory_order(x: Array) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the axes of `x` as they lie in memory, the fastest last, and the way back.

    Elementwise passes over ``x.transpose(order)`` run along memory; ``.transpose(back)`` gives the
    axes their places again.
    """
    order = tuple(sorted(range(x.ndim), key=lambda axis: -x.strides[axis]))
    return order, tuple(order.index(axis) for axis in range(x.ndim))


def row_maxima(x: Array) -> Array:
    """Return the largest number of each row along the last axis, which is kept with length 1.

    NumPy takes rows one by one, so of many short ones it looks at whole columns instead.
    """
    if x.ndim == 2 and len(x) >= 32 >= x.shape[1]:
        return x.T.copy().max(axis=0)[:, None]
    return x.max(axis=-1, keepdims=True)


class Backend:
    """One array module and the way between it and the host.

    Attributes
    ----------
    name
        ``"cpu"`` or ``"cuda"``.
    xp
        The array module, `numpy` or `cupy`.
    fallback
        Why this is the CPU where CUDA would have been taken; None where nothing is missing.
    """

    def __init__(self, name: str, xp: ModuleType, fallback: DeviceError | None = None) -> None:
        self.name = name
        self.xp = xp
        self.fallback = fallback

    def to_host(self, x: Array) -> np.ndarray[Any, Any]:
        """Return a copy of `x` in the host's memory."""
        return np.array(x) if self.xp is np else self.xp.asnumpy(x)

    def to_device(self, x: Array) -> Array:
        """Return `x` on the device; on the host this is `x` itself."""
        return self.xp.asarray(x)


@functools.cache
def backend(device: str = "cpu") -> Backend:
    """Return the backend for ``"cpu"``, ``"cuda"`` or ``"auto"`` (CUDA where it works).

    Raises
    ------
    DeviceError
        Where ``"cuda"`` is asked for and CuPy or the GPU is missing.
    """
    if device not in DEVICES:
        raise DeviceError("There is no device {device}; use auto, cpu or cuda.", device=device)
    if device == "cpu":
        return Backend("cpu", np)
    try:
        return Backend("cuda", _cupy())
    except DeviceError as error:
        if device == "cuda":
            raise
        return Backend("cpu", np, error)


@functools.cache
def special(xp: ModuleType) -> ModuleType:
    """Return the module of special functions (erf, …) for the arrays of `xp`.

    Imported at the first use, since SciPy takes its time.
    """
    name = "scipy.special" if xp is np else "cupyx.scipy.special"
    return importlib.import_module(name)


@functools.cache
def _cupy() -> ModuleType:
    try:
        import cupy
    except ImportError:
        raise DeviceError(
            "CuPy is not installed, so CUDA cannot be used; install the extra cuda12 or cuda13."
        ) from None
    try:
        if cupy.cuda.runtime.getDeviceCount() > 0:
            return cupy  # type: ignore[no-any-return]
    except cupy.cuda.runtime.CUDARuntimeError:
        pass
    raise DeviceError("CuPy finds no CUDA device; check the driver or train on the CPU.")
