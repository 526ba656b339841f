"""The forms in which people write the ten digits, as strokes through control points."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

_SPACING = 0.035

# "digit share" heads a form; below it stand its variants with equally many points, between which
# every sample is mixed. A point is "x,y" with the digit's height from 0 (top) to 100; "|" after a
# point makes it a corner, "/" lifts the pen.
_FORMS = """\
0 50
55,2 25,12 8,50 22,88 50,99 80,86 92,48 80,12 52,2
62,4 35,8 18,50 24,88 45,99 68,84 76,48 70,14 48,0
70,14 40,0 4,45 18,88 52,99 88,82 98,42 84,10 62,6
52,0 22,14 10,52 24,90 52,99 78,84 88,44 66,8 30,10
0 18
30,8 58,0 86,18 92,55 76,90 48,99 18,86 8,50 22,12 46,4
40,16 56,2 80,20 86,58 70,94 46,99 22,84 14,46 28,8 58,10
0 24
46,4 18,24 8,56 24,92 54,99 82,82 90,46 76,12 52,6 42,20 56,26
60,2 28,14 10,48 20,86 50,99 80,84 92,44 80,10 50,8 34,16 24,30
50,0 16,16 4,50 20,88 54,98 84,86 94,52 78,18 50,12 26,14 10,18
0 8
52,2 24,14 10,50 24,88 50,99 78,86 90,48 76,12 50,2/ 88,8 50,50 14,92
54,2 26,12 12,50 26,90 50,98 76,86 86,50 74,14 52,2/ 74,22 50,50 28,78
1 62
50,0 50,50 50,100
52,0 48,48 50,100
44,0 54,50 50,100
1 22
26,24 44,12 54,0| 54,48 52,100
10,40 40,20 58,0| 56,50 56,100
36,12 46,8 54,0| 54,48 52,100
1 16
24,24 42,14 54,0| 53,50 52,98/ 14,99 50,99 92,98
34,16 46,8 54,2| 52,50 50,97/ 28,97 50,98 74,97
20,20 40,12 54,2| 53,50 52,96/ 4,98 50,97 98,95
2 34
8,26 24,6 54,0 80,18 70,48 38,76 4,98| 48,96 94,96
14,18 36,2 62,2 78,22 66,50 40,74 10,94| 46,95 86,99
4,14 30,6 64,4 84,14 74,38 40,70 2,96| 50,98 98,90
24,20 40,2 62,0 70,20 60,52 42,76 26,96| 50,97 74,98
2 26
8,24 30,2 64,4 78,28 62,58 36,84 12,97 4,86 18,78 44,88 70,98 96,88
14,30 28,4 58,0 74,24 58,56 34,82 18,92 6,82 22,70 46,84 66,96 90,92
2,20 30,4 66,6 76,26 62,54 34,86 10,99 2,90 14,84 44,92 74,99 99,96
2 26
14,22 36,2 66,4 82,30 72,62 46,90 18,98 4,82 18,64 46,72 72,92 98,92
20,28 30,4 58,0 74,22 70,56 52,88 24,99 10,84 20,66 44,70 66,88 86,99
6,30 22,10 54,2 72,20 64,52 40,84 10,96 0,80 14,66 48,76 80,84 110,76
10,16 36,0 70,10 82,40 78,70 56,96 26,98 16,78 32,62 56,70 76,86 100,80
2 14
6,6 44,4 82,4| 48,46 6,96| 50,96 92,95
10,14 50,4 84,10| 50,52 8,98| 52,94 96,97
3 42
12,16 40,0 74,14 66,36 36,46| 74,56 82,80 50,99 8,88
18,10 46,0 70,16 62,38 40,44| 70,54 76,82 44,99 14,92
6,10 44,2 82,14 70,36 40,50| 82,58 90,80 52,98 4,94
3 26
10,14 42,0 76,14 62,38 38,48 32,42 48,42 78,58 82,82 48,99 6,88
16,12 44,0 70,18 56,44 34,50 26,42 44,40 72,60 74,84 42,99 12,92
22,14 52,0 80,16 60,40 34,56 30,46 48,44 70,58 68,84 34,99 -6,80
3 20
12,16 42,0 74,16 62,40 54,48 70,58 80,78 50,99 8,90
16,12 44,2 70,20 68,42 66,50 72,62 72,82 44,98 14,90
24,10 50,0 70,16 58,38 46,46 62,54 70,76 44,99 0,84
3 12
10,3 46,3 82,2| 60,22 40,40| 76,52 84,78 50,99 8,90
14,6 44,4 76,4| 58,24 44,42| 72,56 76,82 46,98 12,94
4 36
22,0 14,28 6,54| 46,54 92,50/ 72,6 66,52 60,100
18,4 14,28 12,50| 46,52 82,52/ 70,0 68,50 68,100
34,4 18,34 4,60| 46,58 96,56/ 74,20 62,58 52,100
4 18
16,2 10,30 22,50 50,54 84,46/ 76,0 70,50 66,100
22,6 8,40 18,58 46,54 78,44/ 82,8 68,50 54,100
4 24
14,4 8,34 26,56 56,48 80,4| 74,50 66,100
24,2 12,38 28,54 58,48 78,14| 70,54 60,100
10,8 8,30 30,44 62,36 84,0| 78,50 72,100
4 14
64,0 34,34 4,66| 48,66 96,66/ 64,0 64,50 64,100
66,6 36,32 8,58| 48,60 92,56/ 70,2 64,50 58,100
4 8
62,50 34,52 8,50| 36,22 64,2| 64,50 62,100
74,44 40,50 10,46| 36,22 62,0| 58,52 50,100
5 42
26,3 22,24 18,46| 48,36 80,52 78,84 42,99 6,90/ 26,3 56,3 88,0
30,6 26,22 22,42| 50,40 74,58 66,88 38,99 8,92/ 30,6 58,6 96,0
20,4 18,28 16,50| 50,38 86,58 78,88 46,99 10,86/ 20,4 46,6 74,5
34,8 28,26 22,44| 46,44 64,62 58,88 32,99 2,90/ 36,8 74,10 120,2
5 28
90,2 58,3 30,4| 24,24 20,44| 54,38 82,60 70,90 36,99 4,88
78,4 52,4 26,6| 24,24 22,42| 48,42 70,62 62,90 34,98 12,88
98,0 66,4 38,8| 32,24 26,42| 52,44 70,62 54,90 28,98 2,96
5 20
86,4 48,4 28,18 32,40 56,52 74,70 58,94 28,99 4,88
80,2 50,6 30,22 34,42 56,56 66,74 50,96 26,98 8,92
94,6 56,4 34,14 28,34 56,46 72,64 56,92 26,99 0,96
5 10
24,4 22,26 22,46 52,34 82,54 76,88 36,99 10,84 28,78/ 26,4 58,6 88,2
28,2 26,22 24,44 50,38 74,56 70,90 40,99 14,90 22,76/ 28,2 52,4 80,6
6 36
64,0 34,22 12,58 22,92 54,99 80,80 66,58 38,62 16,82
58,0 28,30 12,66 28,96 58,97 76,76 58,60 34,68 20,86
78,2 40,14 10,54 18,92 52,99 84,78 74,52 42,52 12,74
46,0 22,36 12,74 34,99 66,92 78,70 56,58 30,72 18,90
6 30
50,0 26,34 10,74 28,99 58,94 74,76 58,64 36,74 26,94
36,0 14,36 4,76 28,99 66,94 86,70 70,54 42,66 30,92
66,0 36,34 14,72 22,98 50,96 72,78 62,66 40,74 22,88
28,2 8,34 4,74 30,98 72,96 98,72 84,54 52,64 40,90
6 18
84,10 60,0 24,24 8,62 24,95 58,98 84,76 64,54 34,60 12,80
70,8 52,2 26,28 14,64 28,94 54,97 72,80 60,62 38,64 18,80
6 16
60,0 32,34 14,70 30,98 62,94 74,70 52,58 26,76 40,92
52,0 26,32 12,68 26,97 58,97 78,76 60,56 30,66 26,80
7 32
6,6 46,5 88,2| 66,46 42,100
10,8 44,4 80,4| 62,50 52,100
2,12 46,8 92,0| 60,46 26,100
20,16 42,10 66,4| 56,50 46,100
7 30
10,26 10,8| 48,6 88,3| 64,50 44,100
6,22 14,4| 44,4 80,5| 66,48 56,100
14,30 8,12| 48,8 92,2| 62,44 30,100
6,44 12,12| 46,8 82,6| 72,52 64,100
7 22
6,18 22,6 54,8 84,6 76,36 54,66 40,100
8,10 30,4 62,2 80,10 72,40 58,68 50,100
8,36 12,12 44,6 76,8 78,32 70,64 64,100
4,24 20,14 52,14 90,2 68,34 46,66 34,100
7 16
8,8 46,6 88,3| 64,48 42,100/ 30,52 56,50 84,47
10,14 44,4 82,4| 66,46 50,100/ 26,46 54,48 80,52
10,20 44,8 86,4| 60,48 36,100/ 14,58 50,52 90,44
8 34
78,16 50,0 20,18 44,44 76,72 50,99 16,78 44,48 76,22
84,8 50,2 24,20 46,42 72,68 50,98 20,80 50,44 88,4
70,12 46,0 26,20 46,44 66,72 46,99 22,78 46,46 68,18
8 22
82,14 46,2 12,20 40,40 64,66 44,97 24,80 48,50 88,6
92,0 46,10 20,26 42,44 58,68 40,99 22,82 48,52 100,-6
72,4 40,2 22,24 46,50 58,76 46,99 34,80 50,52 76,14
8 24
68,4 36,4 22,24 46,46 74,70 62,96 32,97 20,74 50,46 78,22 66,2
58,0 30,10 26,32 50,50 68,76 52,99 28,90 26,70 50,48 70,24 54,2
74,2 38,0 20,20 42,44 80,66 70,95 28,99 10,78 46,50 84,26 80,4
8 10
50,48 22,28 30,4 66,2 78,24 50,48 22,66 18,92 52,100 84,90 78,64 50,48
46,46 26,26 36,4 62,6 70,26 50,46 26,70 28,94 52,100 74,88 72,64 50,46
8 10
52,1 26,10 26,36 52,46 78,34 76,8 48,1/ 50,46 18,62 18,90 50,99 82,88 80,60 46,46
48,2 30,14 32,38 52,44 70,32 68,10 46,3/ 54,48 24,60 22,88 50,99 80,90 78,64 50,46
9 34
80,20 54,2 18,18 22,46 58,46 82,12| 78,54 72,100
72,14 46,0 20,24 32,48 60,38 74,10| 72,54 70,100
84,10 48,4 12,28 28,52 62,40 84,8| 70,52 50,100
66,10 44,2 26,18 32,34 52,30 68,10| 66,52 62,100
9 24
78,24 54,2 20,16 22,44 56,46 78,24 76,52 58,78 42,100
74,16 46,0 18,22 34,48 62,36 76,16 76,50 70,78 62,100
86,16 52,0 14,18 18,46 54,46 82,18 72,54 50,78 24,100
9 14
80,20 54,0 18,16 20,44 54,48 80,24 82,56 68,92 36,99 12,88
74,18 48,2 20,22 32,46 60,40 74,18 74,58 64,92 40,98 22,88
9 14
66,44 30,48 16,24 38,2 68,8 76,34 72,66 64,100
60,42 32,44 22,22 44,0 70,12 72,38 62,70 48,100
62,30 40,40 20,28 36,4 66,6 68,32 62,68 56,100
9 14
86,2 48,6 12,30 26,50 60,34 84,10| 70,54 56,100
76,0 40,12 14,38 30,50 60,36 78,16| 74,56 68,100
94,10 60,0 14,24 18,44 58,30 80,14| 64,52 48,100
"""


@dataclass(frozen=True)
class Form:
    """One way to write a digit.

    Attributes
    ----------
    share
        Share of the digit's samples that take this form.
    variants
        Control points of the variants, (variants, controls, 2), as x and y in digit heights.
    stroke_of_control, stroke_of_point
        Index of the stroke of each control point and of each traced point.
    sharp, rounded
        Matrices (points, controls) from control points to the traced line: through the corners,
        and cutting them as a fast hand does.
    progress
        Place of each traced point on its stroke, 0 to 1.
    """

    share: float
    variants: Array
    stroke_of_control: Array
    stroke_of_point: Array
    sharp: Array
    rounded: Array
    progress: Array


def _parse(variant: str) -> tuple[Array, list[list[bool]]]:
    """Read a variant: control points (controls, 2), and for every stroke which are corners."""
    strokes = [stroke.split() for stroke in variant.split("/")]
    corners = [[point.endswith("|") for point in stroke] for stroke in strokes]
    points = [point.rstrip("|").split(",") for stroke in strokes for point in stroke]
    return np.array(points, dtype=np.float32) / 100, corners


def _trace(points: Array, corners: list[bool]) -> tuple[Array, Array]:
    """Trace a stroke by natural cubic splines from corner to corner.

    A spline whose knots are fixed is linear in its control points, so one matrix serves every
    sample of a form.
    """
    from scipy.interpolate import CubicSpline
    from scipy.ndimage import gaussian_filter1d

    unit = np.eye(len(points), dtype=np.float32)
    cuts = [0, *(i for i, corner in enumerate(corners) if corner), len(points) - 1]
    rows: list[Array] = [unit[:1]]
    for first, last in pairwise(cuts):
        chords = np.linalg.norm(np.diff(points[first : last + 1], axis=0), axis=1)
        knots = np.concatenate([[0.0], np.cumsum(np.sqrt(chords))])
        spline = CubicSpline(knots, unit[first : last + 1], bc_type="natural")
        steps = max(4, round(chords.sum() / _SPACING))
        rows.append(spline(np.linspace(0, knots[-1], steps + 1)[1:]))
    sharp = np.concatenate(rows).astype(np.float32)
    rounded = gaussian_filter1d(sharp, 0.08 / _SPACING, axis=0, mode="nearest")
    return sharp, rounded


def _build(share: float, texts: list[str]) -> Form:
    from scipy.linalg import block_diag

    parsed = [_parse(text) for text in texts]
    variants = np.stack([points for points, _ in parsed])
    corners = parsed[0][1]
    sizes = [len(stroke) for stroke in corners]
    stroke_of_control = np.repeat(np.arange(len(sizes)), sizes)
    middle = variants.mean(axis=0)
    traced = [_trace(middle[stroke_of_control == i], c) for i, c in enumerate(corners)]
    lengths = [len(sharp) for sharp, _ in traced]
    return Form(
        share,
        variants,
        stroke_of_control,
        np.repeat(np.arange(len(sizes)), lengths),
        block_diag(*(sharp for sharp, _ in traced)),
        block_diag(*(rounded for _, rounded in traced)),
        np.concatenate([np.linspace(0, 1, n, dtype=np.float32) for n in lengths]),
    )


@cache
def forms(digit: int) -> tuple[Form, ...]:
    """Return the forms in which a digit is written; their shares add up to 1."""
    table: list[tuple[int, float, list[str]]] = []
    for line in _FORMS.splitlines():
        if "," in line:
            table[-1][2].append(line)
        else:
            head, share = line.split()
            table.append((int(head), float(share), []))
    mine = [(share, texts) for head, share, texts in table if head == digit]
    total = sum(share for share, _ in mine)
    return tuple(_build(share / total, texts) for share, texts in mine)
