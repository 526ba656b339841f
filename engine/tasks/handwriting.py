"""Handwritten digits that come with the program, in the form of the MNIST images.

The images of MNIST are fitted into a box of 20 x 20 pixels, anti-aliased, and placed in 28 x 28
with the centre of mass in the middle (LeCun, Cortes and Burges, "The MNIST database of handwritten
digits"). Ink is bright on black.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.errors import DataError
from engine.tasks import strokes

Array = NDArray[Any]

SIDE = 28
BOX = 20
_FAINT = 0.1

_HELD_OUT = 360
_CELL = 4


@dataclass(frozen=True)
class DigitImages:
    """Images of digits and what they show.

    Attributes
    ----------
    images
        Ink 0 to 255, uint8 (samples, 28, 28).
    labels
        The digits 0 to 9, uint8 (samples,).
    """

    images: Array
    labels: Array


def to_mnist_form(image: ArrayLike) -> Array:
    """Bring one image of ink into the form of the MNIST digits.

    Parameters
    ----------
    image
        Ink on empty paper, (height, width), zero where there is none; any range, the darkest
        ink becomes 255. Negative values count as empty.

    Returns
    -------
    Array
        uint8 (28, 28): scaled with its aspect ratio kept to fit 20 x 20 pixels, centre of mass
        within half a pixel of (14, 14) unless ink would leave the frame. An image without ink
        stays empty.

    Raises
    ------
    DataError
        If the image is not two-dimensional or holds values that are not finite.
    """
    ink = np.asarray(image, dtype=np.float32)
    if ink.ndim != 2 or ink.size == 0:
        raise DataError(
            "The drawing has the shape {shape}; it needs height and width.", shape=ink.shape
        )
    if not np.isfinite(ink).all():
        raise DataError("The drawing holds values that are not finite; clear it and draw again.")
    return np.asarray(_mnist_form(ink[None])[0])


def _mnist_form(ink: Array) -> Array:
    """Bring images of ink (samples, height, width) into MNIST's form, uint8 (samples, 28, 28)."""
    peak = ink.max(axis=(1, 2), keepdims=True)
    ink = np.maximum(ink, 0) / np.where(peak > 0, peak, 1)
    seen = ink > _FAINT
    low_y, high_y = _extent(np.any(seen, axis=2))
    low_x, high_x = _extent(np.any(seen, axis=1))
    step = np.maximum(np.maximum(high_y - low_y, high_x - low_x), 1) / BOX
    down = _area_weights(ink.sum(axis=2), low_y, high_y, step)
    across = _area_weights(ink.sum(axis=1), low_x, high_x, step)
    small = down @ ink @ across.transpose(0, 2, 1)
    peak = small.max(axis=(1, 2), keepdims=True)
    return np.asarray(np.rint(255 * small / np.where(peak > 0, peak, 1)), dtype=np.uint8)


def _extent(seen: Array) -> tuple[Array, Array]:
    """Return the first and one past the last line with ink: two (samples,) of (samples, lines)."""
    return seen.argmax(axis=1), seen.shape[1] - seen[:, ::-1].argmax(axis=1)


def _area_weights(profile: Array, low: Array, high: Array, step: Array) -> Array:
    """Weigh the lines of an image by the area each output line covers: (samples, 28, lines).

    `profile` (samples, lines) is the ink on each line, `low` to `high` the lines that hold the
    digit, and `step` how many of them make one output line. The place in the output is the whole
    number of pixels that brings the centre of mass nearest to the middle of pixel 14.
    """
    lines = np.arange(profile.shape[1], dtype=np.float32)
    mass = (profile @ (lines + 0.5)) / np.maximum(profile.sum(axis=1), 1e-9)
    shift = np.rint(SIDE / 2 + 0.5 - (mass - low) / step)
    shift = np.clip(shift, 0, SIDE - np.ceil((high - low) / step - 1e-6))
    edges = low[:, None] + (np.arange(SIDE + 1) - shift[:, None]) * step[:, None]
    edges = np.clip(edges, low[:, None], high[:, None])[..., None]
    overlap = np.minimum(edges[:, 1:], lines + 1) - np.maximum(edges[:, :-1], lines)
    return np.asarray(np.maximum(overlap, 0) / step[:, None, None], dtype=np.float32)


def _balanced(count: int, rng: np.random.Generator) -> Array:
    """Shuffle the ten digits again and again: uint8 (count,)."""
    tens = rng.random((-(-count // 10), 10))
    return tens.argsort(axis=1).ravel()[:count].astype(np.uint8)


def generate(count: int, seed: int = 0) -> DigitImages:
    """Write digits by the project's own generator of strokes.

    Each sample depends on its own random numbers only: a larger `count` with the same seed begins
    with the same images.

    Parameters
    ----------
    count
        Number of images; every ten in a row hold every digit once.
    seed
        Seed of all variation.
    """
    order, hand = np.random.default_rng(seed).spawn(2)
    labels = _balanced(count, order)
    images = np.empty((count, SIDE, SIDE), dtype=np.uint8)
    for rows, paper in strokes.write(labels, hand):
        images[rows] = _mnist_form(paper)
    return DigitImages(images, labels)


def bundled_scans(count: int, sources: slice, seed: int = 0) -> DigitImages:
    """Vary the handwriting that comes with scikit-learn.

    Its 1,797 digits of 8 x 8 pixels (E. Alpaydin and C. Kaynak, "Optical recognition of handwritten
    digits", UCI repository, 1998) are enlarged by cubic splines, bent as hands differ and inked.

    Parameters
    ----------
    count
        Number of images; every ten in a row hold every digit once.
    sources
        Which of the 1,797 digits to draw from.
    seed
        Seed of the choice and of the variation.
    """
    from scipy.ndimage import gaussian_filter, zoom
    from sklearn.datasets import load_digits

    coarse, digits = load_digits(return_X_y=True)
    coarse = coarse[sources].reshape(-1, 8, 8).astype(np.float32) / 16
    # A spline is linear in what it passes through: one matrix enlarges rows and columns alike.
    cells = np.eye(10, dtype=np.float32)
    enlarge = zoom(cells, (_CELL, 1), order=3, grid_mode=True, mode="grid-constant")
    fine = enlarge @ np.pad(coarse, ((0, 0), (1, 1), (1, 1))) @ enlarge.T
    # Cells hold averages; taking some of the blur away again opens loops and thins strokes.
    fine += 1.2 * (fine - gaussian_filter(fine, (0, _CELL, _CELL)))
    order, choice, hand = np.random.default_rng(seed).spawn(3)
    labels = _balanced(count, order)
    ranked = np.argsort(digits[sources], kind="stable")
    first = np.searchsorted(digits[sources][ranked], np.arange(11))
    span = np.diff(first)[labels]
    picked = ranked[first[labels] + (choice.random(count) * span).astype(int)]
    style = 0.6 * hand.standard_normal((count, strokes.STYLE_NUMBERS), np.float32)
    images = np.empty((count, SIDE, SIDE), dtype=np.uint8)
    for start in range(0, count, 500):
        part = slice(start, start + 500)
        images[part] = _mnist_form(_bent(fine, picked[part], style[part]))
    return DigitImages(images, labels)


def _bent(fine: Array, picked: Array, style: Array) -> Array:
    """Bend and ink enlarged scans: (samples, side, side), 0 to 1.

    `fine` (sources, side, side) holds the share of ink, `picked` (samples,) the source of each
    sample, `style` (samples, 32) its random numbers.
    """
    from scipy.ndimage import map_coordinates

    side = fine.shape[1]
    # The paper is wider than the digit, which takes eight cells, so that no bend leaves it.
    line = (np.arange(side, dtype=np.float32) + 0.5 - side / 2) / (0.75 * side)
    grid = np.stack(np.meshgrid(line, line + 0.5), axis=-1).reshape(1, -1, 2)
    spot = strokes.bend(grid, style) * 8 * _CELL + (side - 1) / 2
    which = np.broadcast_to(picked[:, None], spot.shape[:2])
    ink = map_coordinates(fine, [which, spot[..., 1], spot[..., 0]], order=1)
    # Where the share of ink is cut decides how thick the pen looks.
    cut = np.clip(0.55 - 0.15 * style[:, strokes.PEN, None], 0.3, 0.8)
    return np.clip(0.5 + 2.5 * (ink - cut), 0, 1).reshape(-1, side, side)


def built_in_digits(seed: int = 0) -> tuple[DigitImages, DigitImages]:
    """Make the built-in handwritten digits: written ones mixed with bundled scans.

    Returns
    -------
    tuple[DigitImages, DigitImages]
        30,000 images for training and 2,500 for testing, every digit equally often. No scanned
        digit that the test part draws from is in the training part.
    """
    return (
        _mixed(22000, 8000, slice(-_HELD_OUT), 2 * seed),
        _mixed(1500, 1000, slice(-_HELD_OUT, None), 2 * seed + 1),
    )


def _mixed(written: int, scanned: int, sources: slice, seed: int) -> DigitImages:
    parts = generate(written, seed), bundled_scans(scanned, sources, seed)
    order = np.random.default_rng(seed).permutation(written + scanned)
    return DigitImages(
        np.concatenate([part.images for part in parts])[order],
        np.concatenate([part.labels for part in parts])[order],
    )
