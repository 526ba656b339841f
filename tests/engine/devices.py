"""Devices to run the same code on: CUDA where there is one, and one that stands apart in memory.

The latter computes with NumPy, but its arrays are of a kind of their own that, like CuPy's, meet
arrays of the host only through `asarray` and `asnumpy`. So code that forgets the way between host
and device fails here, too, where no GPU is at hand.
"""

from types import ModuleType

import numpy as np
import pytest
import scipy.special
from numpy.lib.mixins import NDArrayOperatorsMixin

from engine.arrays import Backend, backend
from engine.errors import DeviceError


class ApartArray(NDArrayOperatorsMixin):
    """An array that does not mix with those of the host."""

    def __init__(self, host):
        self.host = host

    def __array__(self, *_):
        raise TypeError("an array of the device is converted where nobody asked for it")

    def __array_ufunc__(self, ufunc, method, *args, **kwargs):
        return called(getattr(ufunc, method), args, kwargs)

    def __array_function__(self, function, _, args, kwargs):
        return called(function, args, kwargs)

    def __getitem__(self, key):
        return inside(self.host[outside(key)])

    def __setitem__(self, key, value):
        self.host[outside(key)] = outside(value)

    def __len__(self):
        return len(self.host)

    def __iter__(self):
        return map(inside, self.host)

    def __float__(self):
        return float(self.host)

    def __bool__(self):
        return bool(self.host)

    def __index__(self):
        return self.host.__index__()

    def __getattr__(self, name):
        if name.startswith("__"):  # the protocols by which NumPy would reach the memory itself
            raise AttributeError(name)
        value = getattr(self.host, name)
        return Function(value) if callable(value) else inside(value)


class Function:
    """A function of NumPy for such arrays, with its methods if it is a ufunc."""

    def __init__(self, function):
        self._function = function

    def __call__(self, *args, **kwargs):
        return called(self._function, args, kwargs)

    def __getattr__(self, name):
        return Function(getattr(self._function, name))


class Apart(ModuleType):
    """NumPy, or a part of it, for such arrays."""

    def __init__(self, module):
        super().__init__(module.__name__)
        self._module = module

    def __getattr__(self, name):
        value = getattr(self._module, name)
        if isinstance(value, ModuleType):
            return Apart(value)
        return Function(value) if callable(value) and not isinstance(value, type) else value

    def asarray(self, x):
        return x if isinstance(x, ApartArray) else ApartArray(np.array(x))

    def asnumpy(self, x):
        return x.host.copy()


def outside(value):
    """Return what NumPy understands, and refuse arrays of the host."""
    if isinstance(value, ApartArray):
        return value.host
    if isinstance(value, np.ndarray):
        raise TypeError("an array of the host is used on the device")
    if isinstance(value, tuple | list):
        return type(value)(map(outside, value))
    return value


def inside(value):
    """Return arrays, numbers among them, as arrays of the device."""
    if isinstance(value, tuple):
        return tuple(map(inside, value))
    return ApartArray(np.asarray(value)) if isinstance(value, np.ndarray | np.generic) else value


def called(function, args, kwargs):
    named = {name: outside(value) for name, value in kwargs.items()}
    result = function(*map(outside, args), **named)
    out = kwargs.get("out")
    return inside(result) if out is None else out[0] if isinstance(out, tuple) else out


APART = Backend("apart", Apart(np))
SPECIAL = Apart(scipy.special)


def cuda():
    """Return the CUDA backend, or skip the test with the reason why there is none."""
    try:
        return backend("cuda")
    except DeviceError as error:
        pytest.skip(str(error))
