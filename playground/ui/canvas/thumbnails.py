"""Arrays as small pictures."""

from __future__ import annotations

from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage

from engine.experiment import Experiment
from engine.graph import INPUT, OUTPUT, Node
from playground.ui import theme
from playground.ui.planes import plane_bounds

Values = NDArray[np.float32]

_BETWEEN = 3.0


def picture(rgba: NDArray[np.uint8]) -> QImage:
    """Return RGBA bytes (height, width, 4) as an image in the format that paints fastest."""
    rgba = np.ascontiguousarray(rgba)
    height, width, _ = rgba.shape
    image = QImage(rgba.data, width, height, 4 * width, QImage.Format.Format_RGBA8888)
    return image.convertToFormat(QImage.Format.Format_RGB32)


def value_scale(node: Node, values: Values) -> float:
    """Return by what values are divided to lie in [-1, 1]: 1 where the activation is bounded."""
    activation = getattr(node.layer, "activation", None)
    if activation is not None and activation.kind in ("tanh", "sigmoid", "softmax", "step"):
        return 1.0
    return max(1.0, float(np.abs(values).max(initial=0.0)))


def plane_pixels(
    experiment: Experiment, node: Node, planes: Values, fine: bool = False
) -> NDArray[np.uint8]:
    """Return the thumbnails of the units of a node over the plane of inputs as RGBA bytes.

    `planes` is (units, resolution, resolution) as `Plane` answers; the result has an axis more.
    Of large ones every second value is drawn, as much as a thumbnail shows, unless `fine`.
    """
    step = 1 if fine or planes.shape[-1] <= 80 else 2
    fields = planes[:, ::-step, ::step]  # x₂ grows upwards
    count = len(fields)
    target = experiment.task.target
    if node.name == OUTPUT and target.classes and count > 1:
        colors = [theme.current().class_color(i, count) for i in range(count)]
        return np.stack([theme.ramp(f, c) for f, c in zip(fields, colors, strict=True)])
    if node.name == OUTPUT and target.classes:
        return theme.diverging(2 * fields - 1)
    scale = value_scale(node, fields)
    if node.name == INPUT:
        scale = plane_bounds(experiment.task)[1]
    return theme.diverging(fields, most=scale)


class Strip:
    """Pictures one above the other as a single image, which is shown sooner than many.

    Between them the outermost rows are repeated.

    Parameters
    ----------
    side, gap
        The height of a picture on the screen, and what is left between two.
    """

    def __init__(self, side: float, gap: float) -> None:
        self._side, self._pitch = side, side + gap

    def lay(self, pictures: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return pictures (count, height, width, 4) as one (rows, width, 4)."""
        pixels = np.ascontiguousarray(pictures).view(np.uint32)[..., 0]
        count, height, width = pixels.shape
        every = round(height * self._pitch / self._side)
        rows = np.arange(every) - (every - height) // 2
        strip = pixels.take(rows, axis=1, mode="clip")
        return strip.reshape(count * every, width, 1).view(np.uint8)

    def box(self, first: QRectF, image: QImage, count: int) -> QRectF:
        """Return the place of an image of so many pictures, the first of which has a place."""
        every = image.height() / count
        above = (every - round(every * self._side / self._pitch)) // 2
        top = first.top() - above * self._pitch / every
        return QRectF(first.left(), top, first.width(), count * self._pitch)


def grid_shape(count: int) -> tuple[int, int]:
    """Return rows and columns near a square for `count` cells, 10 × 12 for 120."""
    rows = next(rows for rows in range(int(sqrt(count)), 0, -1) if count % rows == 0)
    if count / rows > 3.5 * rows:  # a prime number would be a ribbon
        rows = max(1, int(sqrt(count)))
    return rows, ceil(count / rows)


def grid_picture(values: Values, scale: float) -> QImage:
    """Return a list of values as a grid of cells, one pixel each; missing cells are blank."""
    rows, columns = grid_shape(len(values))
    cells = np.full(rows * columns, np.nan, np.float32)
    cells[: len(values)] = values
    return picture(theme.diverging(cells.reshape(rows, columns), most=scale))


def gray_picture(values: Values) -> QImage:
    """Return an image (height, width) or (channels, height, width) of 0 to 1, bright on black."""
    pixels = values if values.ndim == 2 else values[:3]
    shades = (255 * np.clip(np.nan_to_num(pixels), 0, 1)).astype(np.uint8)
    if shades.ndim == 2 or len(shades) < 3:
        shades = np.repeat(shades.reshape(1, *shades.shape[-2:])[:1], 3, axis=0)
    rgba = np.full((*shades.shape[1:], 4), 255, np.uint8)
    rgba[..., :3] = shades.transpose(1, 2, 0)
    return picture(rgba)


class Sheet:
    """Many small pictures laid out in one, in rows, with as good as three pixels between them.

    Parameters
    ----------
    shape
        The height and width of each picture, in values.
    side
        The height and width of each picture on the screen.
    columns
        How many stand in a row.
    """

    def __init__(self, shape: tuple[int, ...], side: float, columns: int) -> None:
        self._side, self._columns = side, columns
        # Of pictures of few values a gap of one would be too wide, so each value becomes several.
        self._repeats = [ceil(side / (_BETWEEN * length)) for length in shape]
        self._sizes = [n * length for n, length in zip(self._repeats, shape, strict=True)]
        self._gaps = [max(1, round(_BETWEEN * size / side)) for size in self._sizes]

    def lay(self, pictures: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return pictures (count, height, width, 4) as one (height, width, 4)."""
        (high, wide), (below, beside), columns = self._sizes, self._gaps, self._columns
        rows = -(-len(pictures) // columns)
        pixels = pictures.view(np.uint32)[..., 0]
        for axis, repeats in enumerate(self._repeats, 1):
            pixels = pixels if repeats == 1 else pixels.repeat(repeats, axis)
        cells = np.zeros((rows * columns, high, wide), np.uint32)
        cells[: len(pixels)] = pixels
        sheet = np.zeros((rows, high + below, columns, wide + beside), np.uint32)
        sheet[:, :high, :, :wide] = cells.reshape(rows, columns, high, wide).swapaxes(1, 2)
        return sheet.reshape(rows * (high + below), columns * (wide + beside), 1).view(np.uint8)

    def _pitch(self) -> list[float]:
        """Return how far apart rows and columns are on the screen."""
        sizes = zip(self._sizes, self._gaps, strict=True)
        return [self._side * (1 + gap / size) for size, gap in sizes]

    def box(self, center: QPointF, count: int) -> QRectF:
        """Return the place of the whole, with the gaps after the last row and column."""
        down, across = self._pitch()
        rows = -(-count // self._columns)
        whole = QRectF(0, 0, across * self._columns, down * rows)
        whole.moveCenter(center + QPointF(across - self._side, down - self._side) / 2)
        return whole

    def places(self, center: QPointF, count: int) -> list[QRectF]:
        """Return the places of the single pictures."""
        (down, across), box, side = self._pitch(), self.box(center, count), self._side
        cells = (divmod(i, self._columns) for i in range(count))
        return [QRectF(box.x() + x * across, box.y() + y * down, side, side) for y, x in cells]
