"""The live pictures of what one sample becomes on its way through the network."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from engine.arrays import Shape
from engine.experiment import Experiment
from engine.graph import INPUT, OUTPUT, Node
from engine.tasks.traffic import TrafficDataset
from playground.ui import theme
from playground.ui.canvas.faces import MOST_UNITS, Answers, Face, UnitsFace, UnknownFace
from playground.ui.canvas.magnifier import Closeup
from playground.ui.canvas.thumbnails import (
    Sheet,
    Values,
    gray_picture,
    grid_picture,
    grid_shape,
    picture,
    value_scale,
)
from playground.ui.canvas.words import unit_label
from playground.ui.canvas.words_face import MOST_WORDS, PassageFace, TokensFace, WordsFace
from playground.ui.column_names import column_name, unit_name
from playground.ui.i18n import tr
from playground.ui.numbers import number_text, percent_text

MOST_OUTPUTS = 4
_BAR = 84
"""How long the bar of what is certain is."""


class GridFace(Face):
    """A long list of activations for one sample, as a grid."""

    width, body, uses_sample = 134.0, 128.0, True

    def __init__(self, experiment: Experiment, node: Node, shape: Shape) -> None:
        super().__init__(experiment, node, shape)
        self._values: Values | None = None

    def _draw(self, answers: Answers) -> None:
        values = self._values = answers.sample[self.node.name].ravel()
        self.images = [grid_picture(values, value_scale(self.node, values))]

    def _grid(self, body: QRectF) -> tuple[QRectF, float, int]:
        """Return the place of the grid, the side of a cell and the number of columns."""
        rows, columns = grid_shape(int(np.prod(self.shape)))
        cell = min(108 / columns, 104 / rows)
        return self.centered(body, cell * columns, cell * rows), cell, columns

    def panes(self, body: QRectF) -> list[QRectF]:
        return [self._grid(body)[0]]

    def cells(self, body: QRectF) -> list[QRectF]:
        box, side, columns = self._grid(body)
        places = (divmod(cell, columns) for cell in range(int(np.prod(self.shape))))
        return [QRectF(box.x() + x * side, box.y() + y * side, side, side) for y, x in places]

    def closeup(self, cell: int) -> Closeup | None:
        if self._values is None:
            return None
        (image,) = self.images
        row, column = divmod(cell, image.width())
        value = float(self._values[cell])
        return Closeup(unit_label(self.node, cell), image, value, value, marked=(column, row))


class PixelsFace(Face):
    """The picture that comes in."""

    width, body, uses_sample = 134.0, 128.0, True
    radius = 6.0

    def _question(self, answers: Answers) -> tuple[object, ...]:
        values, (seen,) = self._sample(answers), self._seen or (None,)
        same = values is not None and np.array_equal(values, seen)
        return (seen if same else values,)  # the same picture comes with every answer

    def _draw(self, answers: Answers) -> None:
        values = answers.sample[self.node.name]
        self.images = [gray_picture(values)]
        self._range = float(values.min()), float(values.max())

    def cells(self, body: QRectF) -> list[QRectF]:
        height, width = self.shape[-2:]
        side = 108 / max(height, width)
        return [self.centered(body, side * width, side * height)]

    def closeup(self, cell: int) -> Closeup | None:
        return Closeup("", self.images[0], *self._range) if self.images else None


class MapsFace(Face):
    """The feature maps of one sample; of more than sixteen, the first fifteen."""

    width, body, uses_sample = 134.0, 128.0, True

    def __init__(self, experiment: Experiment, node: Node, shape: Shape) -> None:
        super().__init__(experiment, node, shape)
        self._shown = shape[0] if shape[0] <= 16 else 15
        columns, side = (3, 36.0) if shape[0] <= 6 else (4, 26.0)
        self._sheet = Sheet(shape[1:], side, min(columns, shape[0]))

    def _draw(self, answers: Answers) -> None:
        maps = self._maps = answers.sample[self.node.name]
        colored = theme.diverging(maps[: self._shown], most=value_scale(self.node, maps))
        self.images = [picture(self._sheet.lay(colored))]

    def _places(self, body: QRectF, count: int) -> list[QRectF]:
        """Return the places of the first maps."""
        return self._sheet.places(body.center(), min(self.shape[0], 16))[:count]

    def panes(self, body: QRectF) -> list[QRectF]:
        return [self._sheet.box(body.center(), min(self.shape[0], 16))]

    def openings(self, body: QRectF) -> list[QRectF]:
        return self._places(body, self._shown)

    def cells(self, body: QRectF) -> list[QRectF]:
        return self._places(body, 16)

    def closeup(self, cell: int) -> Closeup | None:
        if not self.images or cell >= self._shown:
            return None
        values = self._maps[cell]
        image = picture(theme.diverging(values, most=value_scale(self.node, self._maps)))
        name = tr("Channel {number}", number=cell + 1)
        return Closeup(name, image, float(values.min()), float(values.max()))

    def paint_still(self, painter: QPainter, body: QRectF) -> None:
        super().paint_still(painter, body)
        if self._shown < self.shape[0]:
            painter.setPen(theme.current().ink2)
            painter.setFont(theme.font("thumb", 1))
            more = f"+{self.shape[0] - self._shown}"
            painter.drawText(self.cells(body)[-1], Qt.AlignmentFlag.AlignCenter, more)


class StepsFace(Face):
    """A sequence inside the network: time to the right, a row for each unit."""

    width, body, uses_sample = 134.0, 128.0, True

    def _draw(self, answers: Answers) -> None:
        values = answers.sample[self.node.name]
        self.images = [picture(theme.diverging(values.T, most=value_scale(self.node, values)))]

    def panes(self, body: QRectF) -> list[QRectF]:
        return [self.centered(body, 108, 104)]


class ReadingsFace(Face):
    """A window of readings that comes in: a line for each column, with its last value."""

    width, uses_sample = 170.0, True
    most = 6

    def __init__(self, experiment: Experiment, node: Node, shape: Shape) -> None:
        super().__init__(experiment, node, shape)
        self.body = 28.0 * min(shape[1], self.most) + 8.0
        self._lines: list[list[tuple[float, float]]] = []
        self._last: list[str] = []
        self.live = self._lines, self._last

    def _draw(self, answers: Answers) -> None:
        values = answers.sample[self.node.name]
        low, span = values.min(axis=0), np.ptp(values, axis=0)
        heights = (values - low) / np.where(span > 0, span, 1)
        across = np.linspace(0, 1, len(values))
        self._lines = [list(zip(across.tolist(), c.tolist(), strict=True)) for c in heights.T]
        last = values[-1]
        if isinstance(answers.dataset, TrafficDataset):  # whose last scale is that of the target
            last = last * answers.dataset.scales[:-1] + answers.dataset.offsets[:-1]
        self._last = [_three_digits(float(value)) for value in last]
        self.live = self._lines, self._last

    def paint(self, painter: QPainter, body: QRectF) -> None:
        colors = theme.current()
        known = getattr(self.experiment.task, "inputs", ())
        rows, pitch = min(self.shape[1], self.most), 28.0
        names = [column_name(name) for name in known] or [
            unit_label(self.node, row) for row in range(rows)
        ]
        small, strong = theme.font("caption", 1), theme.font("button", 1)
        before = _widest(small, names) + 10
        behind = _widest(strong, self._last) + 8
        top = body.center().y() - rows * pitch / 2
        for row in range(rows):
            box = QRectF(body.left() + 12, top + row * pitch, body.width() - 24, pitch)
            painter.setFont(small)
            painter.setPen(colors.ink2)
            painter.drawText(box, 0x81, names[row])
            if row < len(self._lines):
                painter.setFont(strong)
                painter.setPen(colors.ink)
                painter.drawText(box, 0x82, self._last[row])
                self._paint_line(painter, self._lines[row], box.adjusted(before, 7, -behind, -7))

    @staticmethod
    def _paint_line(painter: QPainter, line: list[tuple[float, float]], area: QRectF) -> None:
        painter.setPen(QPen(theme.current().ink, 1.6))
        points = [
            QPointF(area.left() + x * area.width(), area.bottom() - y * area.height())
            for x, y in line
        ]
        painter.drawPolyline(QPolygonF(points))


class BarsFace(Face):
    """The probabilities of many classes for one sample."""

    width, body, uses_sample = 134.0, 146.0, True
    most = 10

    def __init__(self, experiment: Experiment, node: Node, shape: Shape) -> None:
        super().__init__(experiment, node, shape)
        self._shares: list[float] = []
        self._rows: list[int] = list(range(min(self.shape[0], self.most)))
        self.live = self._rows, self._shares

    def _draw(self, answers: Answers) -> None:
        shares = answers.sample[self.node.name]
        self._shares = [float(share) for share in shares]
        if len(shares) > self.most:
            self._rows = sorted(np.argsort(-shares)[: self.most].tolist())
        self.live = self._rows, [round(_BAR * share) for share in self._shares]

    def paint_still(self, painter: QPainter, body: QRectF) -> None:
        if self._is_whole:
            for row in self._rows:
                self._paint_label(painter, body, row, theme.current().ink3)

    def paint(self, painter: QPainter, body: QRectF) -> None:
        colors = theme.current()
        best = int(np.argmax(self._shares)) if self._shares else -1
        for row in self._rows:
            line = self._line(body, row)
            share = self._shares[row] if self._shares else 0.0
            bar = QRectF(line.left() + 22, line.center().y() - 3, 2 + _BAR * share, 6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.pos if row == best else colors.ctl)
            painter.drawRoundedRect(bar, 1.5, 1.5)
            if row == best or not self._is_whole:
                color = colors.ink if row == best else colors.ink3
                self._paint_label(painter, body, row, color)

    @property
    def _is_whole(self) -> bool:
        """Whether each class has a bar, which stays at its place then."""
        return self.shape[0] <= self.most

    def _line(self, body: QRectF, row: int) -> QRectF:
        """Return where the bar of a class is, with its name."""
        pitch = min(13.0, (body.height() - 12) / len(self._rows))
        top = body.center().y() - pitch * len(self._rows) / 2
        place = self._rows.index(row)
        return QRectF(body.left() + 12, top + place * pitch, body.width() - 24, pitch)

    def _paint_label(self, painter: QPainter, body: QRectF, row: int, color: QColor) -> None:
        labels, line = self.experiment.task.target.labels, self._line(body, row)
        painter.setFont(theme.font("thumb", 1))
        painter.setPen(color)
        label = tr(labels[row]) if row < len(labels) else str(row)
        painter.drawText(QRectF(line.left(), line.top(), 16, line.height()), 0x82, label)

    def words(self) -> str:
        if not self._shares:
            return ""
        best = int(np.argmax(self._shares))
        label = tr(self.experiment.task.target.labels[best])
        return f"{label}: {percent_text(self._shares[best])}"


class NumbersFace(Face):
    """The predicted numbers for one sample, in their unit."""

    width, body, uses_sample = 134.0, 92.0, True

    def __init__(self, experiment: Experiment, node: Node, shape: Shape) -> None:
        super().__init__(experiment, node, shape)
        self.body = 44.0 + 48.0 * shape[0]
        self.live = self._numbers = []

    def _draw(self, answers: Answers) -> None:
        values = answers.sample[self.node.name]
        if answers.dataset is not None:
            values = answers.dataset.in_units(values)
        self.live = self._numbers = [_three_digits(float(value)) for value in np.ravel(values)]

    def paint(self, painter: QPainter, body: QRectF) -> None:
        colors, target = theme.current(), self.experiment.task.target
        count = self.shape[0]
        top = body.center().y() - (48 * count + 14) / 2
        for i in range(count):
            line = QRectF(body.left(), top + 48 * i, body.width(), 34)
            painter.setFont(theme.font("metric", 1))
            painter.setPen(colors.val)
            text = self._numbers[i] if i < len(self._numbers) else "–"
            painter.drawText(line, Qt.AlignmentFlag.AlignCenter, text)
            painter.setFont(theme.font("caption", 1))
            painter.setPen(colors.ink2)
            label = column_name(target.labels[i]) if i < len(target.labels) else ""
            unit = tr("{name}, {unit}", name=label, unit=unit_name(target.unit))
            below = QRectF(body.left(), line.bottom(), body.width(), 16)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, unit if target.unit else label)


def _widest(font: QFont, texts: list[str]) -> float:
    metrics = QFontMetricsF(font)
    return max((metrics.horizontalAdvance(text) for text in texts), default=0.0)


def _three_digits(value: float) -> str:
    """Write a number with at least three digits that count: 203, 37.1, 0.42."""
    return number_text(value, 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2)


def face_for(experiment: Experiment, node: Node, shape: Shape | None) -> Face:
    """Choose the picture that suits what a node gives."""
    target = experiment.task.target
    if shape is None or not shape:
        return UnknownFace(experiment, node, ())
    if node.name == OUTPUT and len(shape) == 1:
        if not target.classes and shape[0] <= MOST_OUTPUTS:
            return NumbersFace(experiment, node, shape)
        if target.classes and shape[0] > MOST_OUTPUTS:
            return BarsFace(experiment, node, shape)
    if TokensFace.suits(experiment, node, shape):
        worded = WordsFace if shape[0] <= MOST_WORDS else PassageFace
        return worded(experiment, node, shape)
    if len(shape) == 1:
        kind = UnitsFace if shape[0] <= MOST_UNITS else GridFace
        return kind(experiment, node, shape)
    if node.name == INPUT:
        return (ReadingsFace if len(shape) == 2 else PixelsFace)(experiment, node, shape)
    return (StepsFace if len(shape) == 2 else MapsFace)(experiment, node, shape)
