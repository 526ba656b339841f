"""Reader of IDX files, the format of the MNIST digits.

A file holds two zero bytes, a byte for the type, a byte for the number of dimensions, the
dimensions as big-endian 32-bit numbers, and the values, the last dimension running fastest
(Y. LeCun, C. Cortes and C. Burges, "The MNIST database of handwritten digits"). It may be packed
with gzip.
"""

from __future__ import annotations

import gzip
import math
import os
import zlib
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from engine.errors import DataError, system_reason
from engine.text import Text

HostArray = np.ndarray[Any, Any]

TYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}

LARGEST = 2**28
"""So many bytes of values are read at most; the images of MNIST are 47 million."""

_DIMENSIONS = 32
_DEFLATE_RATIO = 1032
"""No packed byte unfolds to more than this (zlib, "Technical Details")."""


def read_idx(path: str | Path) -> HostArray:
    """Read an IDX file, packed with gzip or not.

    Parameters
    ----------
    path
        The file; whether it is packed is seen from its content, not from its name.

    Returns
    -------
    HostArray
        The values in the shape and type the file states; they may be read-only.

    Raises
    ------
    DataError
        Where the file cannot be opened, is not an IDX file, is cut short or damaged, or states a
        size that its bytes cannot fill. Memory is taken for no more than the file can hold.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
            file.seek(0)
            ratio = _DEFLATE_RATIO if packed else 1
            limit = min(LARGEST, ratio * os.fstat(file.fileno()).st_size)
            if not packed:
                return _values(file, path, limit)
            with gzip.GzipFile(fileobj=file) as unpacked:
                return _values(unpacked, path, limit)
    except (gzip.BadGzipFile, zlib.error):
        raise _damaged(path, Text("it cannot be unpacked")) from None
    except EOFError:
        raise _damaged(path, Text("it ends too early")) from None
    except OSError as error:
        raise DataError(
            "{file} cannot be read: {reason}.", file=path, reason=system_reason(error)
        ) from None


def _values(file: BinaryIO | gzip.GzipFile, path: Path, limit: int) -> HostArray:
    """Read head and values; at most `limit` bytes of values are believed."""
    head = file.read(4)
    known = len(head) == 4 and head[:2] == b"\0\0" and head[2] in TYPES
    if not known or not 0 < head[3] <= _DIMENSIONS:
        raise DataError(
            "{file} is not an IDX file; choose the MNIST files as they were downloaded.",
            file=path.name,
        )
    kind = np.dtype(TYPES[head[2]])
    sizes = file.read(4 * head[3])
    if len(sizes) < 4 * head[3]:
        raise _damaged(path, Text("it ends too early"))
    shape = tuple(int(size) for size in np.frombuffer(sizes, ">u4"))
    wanted = math.prod(shape) * kind.itemsize
    if wanted == 0:
        raise _damaged(path, Text("it states a size of zero"))
    if wanted > limit:
        raise _damaged(
            path, Text("it states {count} bytes of values, which is too many", count=wanted)
        )
    values = file.read(wanted + 1)
    if len(values) < wanted:
        raise _damaged(path, Text("it ends too early"))
    if len(values) > wanted:
        raise _damaged(path, Text("it holds more than the {count} bytes it states", count=wanted))
    return np.frombuffer(values, kind).reshape(shape).astype(kind.newbyteorder("="), copy=False)


def _damaged(path: Path, reason: Text) -> DataError:
    return DataError(
        "{file} is damaged: {reason}; get the file anew.", file=path.name, reason=reason
    )


def read_labelled_images(
    images: str | Path,
    labels: str | Path,
    *,
    size: tuple[int, int] = (28, 28),
    classes: int = 10,
) -> tuple[HostArray, HostArray]:
    """Read a file of images and the file of their labels.

    Parameters
    ----------
    images, labels
        The two IDX files.
    size
        Height and width the images must have.
    classes
        Labels must lie below this number.

    Returns
    -------
    tuple[HostArray, HostArray]
        Images uint8 (samples, height, width) and labels uint8 (samples,), both read-only.

    Raises
    ------
    DataError
        Where a file cannot be read, or the two are no images of that size with their labels.
    """
    pixels, numbers = read_idx(images), read_idx(labels)
    image_name, label_name = Path(images).name, Path(labels).name
    _check_images(pixels, image_name, size)
    _check_labels(numbers, label_name, classes)
    if len(numbers) != len(pixels):
        raise DataError(
            "{images} holds {image_count} images and {labels} {label_count} labels; choose two "
            "files that belong together.",
            images=image_name,
            labels=label_name,
            image_count=len(pixels),
            label_count=len(numbers),
        )
    return pixels, numbers


def _check_images(pixels: HostArray, name: str, size: tuple[int, int]) -> None:
    if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[1:] != size:
        raise DataError(
            "{file} holds {shape} values of type {type}; it needs images of {height}×{width} "
            "pixels, one byte each.",
            file=name,
            shape="×".join(map(str, pixels.shape)),
            type=str(pixels.dtype),
            height=size[0],
            width=size[1],
        )


def _check_labels(numbers: HostArray, name: str, classes: int) -> None:
    if numbers.dtype != np.uint8 or numbers.ndim != 1:
        raise DataError(
            "{file} holds {shape} values of type {type}; it needs labels, one byte each.",
            file=name,
            shape="×".join(map(str, numbers.shape)),
            type=str(numbers.dtype),
        )
    if numbers.max() >= classes:
        row = int(np.argmax(numbers >= classes))
        raise DataError(
            "{file} has the label {label} at place {place}; labels go from 0 to {last}.",
            file=name,
            label=int(numbers[row]),
            place=row + 1,
            last=classes - 1,
        )
