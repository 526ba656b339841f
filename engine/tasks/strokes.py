"""Handwritten digits from strokes: skeletons, the variation of a hand, and a pen.

A digit is written in one of several forms (allographs). A form is a sequence of pen strokes through
control points; every sample of it is moved, bent, slanted and inked by its own random numbers, so
that samples are independent of each other and any number of them can be asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.tasks.allographs import Form, forms

Array = NDArray[Any]

CANVAS = 44
"""Side of the square on which a digit is written, in pixels."""

_MARGIN = 2.0
_MAX_VARIANTS = 5
_MAX_STROKES = 3
_MAX_CONTROLS = 24
_BATCH = 256

# Columns of a hand's style.
STYLE_NUMBERS = 32
_ROUNDING, _NEATNESS, _MIDDLE, _TAPER, _WIDTH, _SLANT, _TURN, PEN, _START, _END = range(10)
_PRESSURE = slice(12, 16)
_WAVES = slice(16, 32)


@dataclass(frozen=True)
class Hand:
    """The random numbers of each sample, one row a sample.

    Attributes
    ----------
    form
        Uniform numbers that choose the form, (samples,).
    mix
        Positive numbers that weigh the form's variants, (samples, 5).
    style
        Normal numbers of the whole digit: slant, width, pen and bending, (samples, 32).
    strokes
        Normal numbers of each stroke: shift in x and y, overshoot at its start and end,
        (samples, 3, 4).
    controls
        Normal numbers that move the control points, (samples, 24, 2).
    """

    form: Array
    mix: Array
    style: Array
    strokes: Array
    controls: Array

    @classmethod
    def draw(cls, count: int, rng: np.random.Generator) -> Hand:
        """Draw the numbers of `count` samples; a larger count begins with the same samples."""
        form, mix, style, strokes, controls = rng.spawn(5)
        return cls(
            form.random(count),
            mix.standard_gamma(0.7, (count, _MAX_VARIANTS), np.float32) + np.float32(1e-6),
            style.standard_normal((count, STYLE_NUMBERS), np.float32),
            strokes.standard_normal((count, _MAX_STROKES, 4), np.float32),
            controls.standard_normal((count, _MAX_CONTROLS, 2), np.float32),
        )

    def __getitem__(self, rows: Array) -> Hand:
        return Hand(
            self.form[rows],
            self.mix[rows],
            self.style[rows],
            self.strokes[rows],
            self.controls[rows],
        )


def _skeleton(form: Form, hand: Hand) -> Array:
    """Write the form with the hand's own control points: (samples, points, 2), x around 0."""
    weights = hand.mix[:, : len(form.variants)]
    weights = weights / weights.sum(axis=1, keepdims=True)
    controls = np.tensordot(weights, form.variants, 1)
    # Most hands write neatly, a few do not.
    wobble = 0.028 * np.exp(0.5 * hand.style[:, _NEATNESS, None, None])
    jitter = hand.controls[:, : controls.shape[1] + 1]
    # Neighbours move alike, so that the line stays smooth.
    controls += 0.75 * wobble * (jitter[:, 1:] + jitter[:, :-1])
    controls += 0.7 * wobble * hand.strokes[:, form.stroke_of_control, :2]
    for stroke in range(form.stroke_of_control[-1] + 1):
        first, *_, last = np.flatnonzero(form.stroke_of_control == stroke)
        for end, inner, column in ((first, first + 1, 2), (last, last - 1, 3)):
            overshoot = 0.12 * hand.strokes[:, stroke, column, None]
            controls[:, end] += overshoot * (controls[:, end] - controls[:, inner])
    # Most hands write narrower than high, and lean to the right.
    controls[..., 0] = 0.86 * (controls[..., 0] - 0.5) - 0.18 * (controls[..., 1] - 0.5)
    rounding = 1 / (1 + np.exp(-1.5 * hand.style[:, _ROUNDING] + 0.5))[:, None, None]
    line = (1 - rounding) * (form.sharp @ controls) + rounding * (form.rounded @ controls)
    return np.asarray(line)


def bend(points: Array, style: Array) -> Array:
    """Distort the plane smoothly, then stretch, slant and turn it, as hands differ.

    Parameters
    ----------
    points
        x and y in digit heights, y from 0 at the top to 1, x around 0; (samples or 1, points, 2).
    style
        Normal numbers, (samples, 32).

    Returns
    -------
    Array
        The moved points around the origin, (samples, points, 2).
    """
    x, y = points[..., 0], points[..., 1]
    column = style[..., None]
    middle = 0.35 * np.clip(column[:, _MIDDLE], -2, 2)
    y = y + middle * y * (1 - y) - 0.5
    x = x * (1 + 0.35 * column[:, _TAPER] * y)
    # Two slow waves in each direction; a full period is longer than the digit.
    waves = column[:, _WAVES].reshape(len(style), 4, 4, 1)
    push = [
        0.05 * wave[:, 0] * np.sin(4 * (x * wave[:, 1] + y * wave[:, 2]) + 3 * wave[:, 3])
        for wave in waves.transpose(1, 0, 2, 3)
    ]
    x, y = x + push[0] + push[1], y + push[2] + push[3]
    x = x * np.exp(0.22 * column[:, _WIDTH]) - 0.24 * column[:, _SLANT] * y
    turn = 0.14 * column[:, _TURN]
    cos, sin = np.cos(turn), np.sin(turn)
    return np.stack([cos * x - sin * y, sin * x + cos * y], axis=-1)


def _widths(form: Form, style: Array) -> Array:
    """Half the stroke's width at every traced point, in digit heights: (samples, points)."""
    column = style[..., None]
    place = form.progress
    pressure = np.zeros_like(place)
    for k, strength in enumerate(column[:, _PRESSURE].transpose(1, 0, 2)):
        pressure = pressure + 0.14 * strength * np.cos(
            np.pi * k * place + 2 * form.stroke_of_point + k
        )
    start = 0.15 * np.abs(column[:, _START]) * np.exp(-place / 0.08)
    end = 0.25 * np.abs(column[:, _END]) * np.exp((place - 1) / 0.1)
    thickness = 0.064 * np.exp(0.32 * np.clip(column[:, PEN], -1.8, 2.5))
    return np.asarray(thickness * np.exp(pressure - start - end))


def _ink(points: Array, radius: Array) -> Array:
    """Ink the discs along a line on a canvas: (samples, CANVAS, CANVAS), 0 to 1.

    The power distance min(d² - r²) to the discs is a soft minimum, -log(sum(exp(r² - d²)))
    in units of half the mean radius. The sum splits into x and y, so that a batch of matrix
    products inks a batch of digits.
    """
    low = (points - radius[..., None]).min(axis=1, keepdims=True)
    high = (points + radius[..., None]).max(axis=1, keepdims=True)
    pixel = (high - low).max(axis=2, keepdims=True) / (CANVAS - 2 * _MARGIN)
    unit = radius.mean(axis=1)[:, None, None] / 2
    points = (points - (low + high) / 2) / unit
    grid = (np.arange(CANVAS, dtype=np.float32) + np.float32(0.5 - CANVAS / 2)) * (pixel / unit)
    # Above -40 the products stay normal numbers; ink ends long before.
    across = np.exp(np.maximum(-((grid - points[..., :1]) ** 2), -40))
    bulge = (radius[..., None] / unit) ** 2
    down = np.exp(np.maximum(bulge - (grid - points[..., 1:]) ** 2, -40))
    field = down.transpose(0, 2, 1) @ across
    spacing = np.linalg.norm(np.diff(points, axis=1), axis=2).mean(axis=1)
    power = -np.log(field * (spacing / np.sqrt(np.float32(np.pi)))[:, None, None])
    # On the edge of a disc of radius 2 the power distance grows four times as fast as d.
    return np.asarray(np.clip(0.5 - power / 4 * (unit / pixel), 0, 1))


def write(labels: Array, rng: np.random.Generator) -> Iterator[tuple[Array, Array]]:
    """Write digits by hand, some of one form at a time.

    Parameters
    ----------
    labels
        The digits to write, (samples,), 0 to 9.
    rng
        Source of all variation.

    Yields
    ------
    rows : Array
        Which of the samples these are, (rows,).
    paper : Array
        Their ink, float32 (rows, 44, 44), 0 to 1; a digit fills all but a margin.
    """
    hand = Hand.draw(len(labels), rng)
    for digit in range(10):
        shares = np.cumsum([form.share for form in forms(digit)])
        choice = np.minimum(np.searchsorted(shares, hand.form), len(shares) - 1)
        for index, form in enumerate(forms(digit)):
            chosen = np.flatnonzero((labels == digit) & (choice == index))
            for start in range(0, len(chosen), _BATCH):
                rows = chosen[start : start + _BATCH]
                samples = hand[rows]
                line = bend(_skeleton(form, samples), samples.style)
                yield rows, _ink(line, _widths(form, samples.style))
