"""Probabilities over a plane as colours, and the lines between classes."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from contourpy import FillType, LineType, SerialContourGenerator, ZInterp
from numpy.typing import NDArray
from pyqtgraph.functions import create_qpolygonf, ndarray_from_qpolygonf
from PySide6.QtGui import QPainterPath

from playground.ui import theme

STRENGTH = 0.62
"""How strong the field's colours are behind the points."""

Planes = NDArray[np.float32]


def class_planes(output: Planes) -> Planes:
    """Return the probability of each class, (classes, rows, columns), of one or more units."""
    return np.concatenate([1 - output, output]) if len(output) == 1 else output


def shades(classes: Planes, hard: bool) -> NDArray[np.uint8]:
    """Return the colours of the chosen class, paler the less sure it is, (rows, columns, 4)."""
    if len(classes) == 2:
        signed = np.clip(classes[1] - classes[0], -1, 1)
        return theme.diverging(np.sign(signed) if hard else signed, STRENGTH)
    count, best = len(classes), classes.argmax(axis=0)
    sure = (classes.max(axis=0) - 1 / count) / (1 - 1 / count)
    levels = np.rint(255 * np.clip(np.ones_like(sure) if hard else sure, 0, 1)).astype(np.intp)
    grades = np.linspace(0, 1, 256)
    colors = [theme.current().class_color(index, count) for index in range(count)]
    table = np.stack([theme.ramp(grades, color, STRENGTH) for color in colors])
    pixels: NDArray[np.uint8] = table[best, levels]
    return pixels


def border_path(classes: Planes) -> QPainterPath:
    """Return the lines where two classes are equally likely, in units of columns and rows."""
    path = QPainterPath()
    for index in range(1, len(classes)):  # the first class borders on others only
        for line in _zero_lines(_lead(classes, index)):
            polygon = create_qpolygonf(len(line))
            ndarray_from_qpolygonf(polygon)[:] = line
            path.addPolygon(polygon)
    return path


def _lead(classes: Planes, index: int) -> Planes:
    """Return by how much a class is likelier than the likeliest of the others."""
    if len(classes) == 2:
        return classes[index] - classes[1 - index]
    return classes[index] - np.delete(classes, index, axis=0).max(axis=0)


def _zero_lines(values: NDArray[np.float32]) -> list[NDArray[np.float64]]:
    """Return the lines where `values` is 0, each (points, 2) in units of columns and rows."""
    x, y = _places(*values.shape)
    # What `contour_generator` makes; its masked arrays take four times as long as the lines.
    generator = SerialContourGenerator(
        x,
        y,
        values.astype(float),
        None,
        corner_mask=False,
        line_type=LineType.Separate,
        fill_type=FillType.OuterCode,
        quad_as_tri=False,
        z_interp=ZInterp.Linear,
    )
    lines: list[NDArray[np.float64]] = generator.lines(0.0)
    return lines


@lru_cache(maxsize=4)
def _places(rows: int, columns: int) -> list[NDArray[np.float64]]:
    """Return the column and the row of every value."""
    return np.meshgrid(np.arange(columns, dtype=float), np.arange(rows, dtype=float))
