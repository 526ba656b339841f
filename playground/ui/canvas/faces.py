"""The live pictures in the bodies of cards, chosen by the shape of what a node gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen, QPolygonF

from engine.arrays import Shape
from engine.experiment import Experiment
from engine.graph import INPUT, OUTPUT, Node
from engine.tasks import Dataset
from playground.ui import theme
from playground.ui.canvas.thumbnails import (
    Values,
    draw_rounded,
    gray_picture,
    grid_picture,
    grid_shape,
    picture,
    plane_pictures,
    value_scale,
)
from playground.ui.canvas.words import unit_label
from playground.ui.i18n import tr, tr_engine
from playground.ui.numbers import number_text, percent_text, signed_text

MOST_UNITS = 8
MOST_OUTPUTS = 4
_THUMBNAIL = {1: 66, 2: 66, 3: 66, 4: 66, 5: 54, 6: 46, 7: 40, 8: 36}
_GAP = {1: 22, 2: 22, 3: 22, 4: 22, 5: 18, 6: 16, 7: 15, 8: 15}


@dataclass(frozen=True)
class Answers:
    """What the session found out for the faces; what is missing stays as it was."""

    plane: Mapping[str, Values] = field(default_factory=dict)
    sample: Mapping[str, Values] = field(default_factory=dict)
    parameters: Mapping[str, Mapping[str, Values]] = field(default_factory=dict)
    dataset: Dataset | None = None


class Face:
    """The picture of one node; this one is that of a node whose shape is not known."""

    width = 118.0
    body = 88.0
    uses_sample = False

    def __init__(self, experiment: Experiment, node: Node, shape: Shape) -> None:
        self.experiment, self.node, self.shape = experiment, node, shape
        self._seen: tuple[object, ...] = ()

    def show(self, answers: Answers) -> bool:
        """Take what is new; return whether the picture changed."""
        seen = self._question(answers)
        if all(a is b for a, b in zip(seen, self._seen, strict=False)) and self._seen:
            return False
        if all(part is None for part in seen):
            return False
        self._seen = seen
        self._draw(answers)
        return True

    def restyle(self) -> None:
        """Forget colours, so that the next `show` draws in those of the theme."""
        self._seen = ()

    def _question(self, answers: Answers) -> tuple[object, ...]:
        return (answers.sample.get(self.node.name),)

    def _draw(self, answers: Answers) -> None:
        """Make the picture of what `answers` say."""

    def units(self, body: QRectF) -> list[QRectF]:
        """Return the places of single units, between which edges run; often there are none."""
        return []

    def paint(self, painter: QPainter, body: QRectF) -> None:
        """Paint into the body of the card."""
        colors = theme.current()
        painter.setPen(QPen(colors.ctl, 1.5, Qt.PenStyle.DashLine))
        middle = body.center()
        painter.drawLine(middle - QPointF(36, 0), middle + QPointF(36, 0))

    def words(self) -> str:
        """Return what the picture shows, for a tooltip."""
        return ""


class UnitsFace(Face):
    """One thumbnail a unit: over the plane of inputs, or the value for one sample."""

    def __init__(self, experiment: Experiment, node: Node, shape: Shape) -> None:
        super().__init__(experiment, node, shape)
        count = shape[0]
        self.side, self.gap = _THUMBNAIL[count], _GAP[count]
        self.width = 112.0 if node.name == INPUT else 118.0
        self.body = count * (self.side + self.gap) + 22.0
        self.uses_sample = experiment.task.input_shape != (2,)
        self._images: list[QImage] = []
        self._values: list[float] = []
        self._colors: list[QColor] = []
        self._biases: list[QColor] = []

    def _question(self, answers: Answers) -> tuple[object, ...]:
        name = self.node.name
        if self.uses_sample:
            return answers.sample.get(name), answers.parameters.get(name)
        if name == INPUT and self._images:
            return self._seen  # the plane itself never changes
        return answers.plane.get(name), answers.parameters.get(name)

    def _draw(self, answers: Answers) -> None:
        name, count = self.node.name, self.shape[0]
        planes, sample = answers.plane.get(name), answers.sample.get(name)
        if planes is not None and len(planes) == count:
            self._images = plane_pictures(self.experiment, self.node, planes)
        elif sample is not None and sample.shape == self.shape:
            self._values = [float(value) for value in sample]
            scaled = sample / value_scale(self.node, sample)
            self._colors = [QColor(*rgba[:3]) for rgba in theme.diverging(scaled).tolist()]
        bias = answers.parameters.get(name, {}).get("b")
        if bias is not None and bias.shape == (count,):
            self._biases = [QColor(*rgba[:3]) for rgba in theme.diverging(bias).tolist()]
        else:
            self._biases = []

    def units(self, body: QRectF) -> list[QRectF]:
        pitch = self.side + self.gap
        top = body.center().y() - (self.shape[0] * pitch - 8) / 2
        left = body.center().x() - self.side / 2
        return [QRectF(left, top + i * pitch, self.side, self.side) for i in range(self.shape[0])]

    def paint(self, painter: QPainter, body: QRectF) -> None:
        for unit, box in enumerate(self.units(body)):
            self._paint_unit(painter, unit, box)
            label = QRectF(body.left(), box.bottom() + 1, body.width(), min(16, self.gap))
            self._paint_label(painter, unit, label)

    def _paint_unit(self, painter: QPainter, unit: int, box: QRectF) -> None:
        colors = theme.current()
        if unit < len(self._images):
            draw_rounded(painter, self._images[unit], box, 7, True, colors.ctl)
        else:
            known = unit < len(self._colors)
            painter.setPen(QPen(colors.ctl, 1))
            painter.setBrush(self._colors[unit] if known else colors.raised)
            painter.drawRoundedRect(box, 7, 7)
            if known:
                painter.setFont(theme.font("thumb", 1))
                painter.setPen(theme.text_on(self._colors[unit]))
                text = signed_text(self._values[unit])
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        if unit < len(self._biases):
            chip = QRectF(box.left() - 6, box.bottom() - 10, 14, 14)
            painter.setPen(QPen(colors.panel, 1.5))
            painter.setBrush(self._biases[unit])
            painter.drawRoundedRect(chip, 4, 4)

    def _paint_label(self, painter: QPainter, unit: int, box: QRectF) -> None:
        colors = theme.current()
        painter.setFont(theme.font("caption" if self.gap >= 18 else "thumb", 1))
        painter.setPen(colors.ink)
        target = self.experiment.task.target
        if self.node.name != OUTPUT or not target.classes:
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, unit_label(self.node, unit))
            return
        shown = unit if self.shape[0] > 1 else len(target.labels) - 1
        text = tr_engine(target.labels[shown])
        width = QFontMetricsF(painter.font()).horizontalAdvance(text)
        left = box.center().x() - (width + 12) / 2
        painter.drawText(QRectF(left + 12, box.top(), width + 4, box.height()), 0x84, text)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.class_color(shown, len(target.labels)))
        marker = QRectF(left, box.center().y() - 3.5, 7, 7)
        if shown:
            painter.drawEllipse(marker)
        else:
            painter.drawRect(marker)


class GridFace(Face):
    """A long list of activations for one sample, as a grid."""

    width, body, uses_sample = 134.0, 128.0, True

    def __init__(self, experiment: Experiment, node: Node, shape: Shape) -> None:
        super().__init__(experiment, node, shape)
        self._image: QImage | None = None

    def _draw(self, answers: Answers) -> None:
        values = answers.sample[self.node.name].ravel()
        self._image = grid_picture(values, value_scale(self.node, values))

    def paint(self, painter: QPainter, body: QRectF) -> None:
        rows, columns = grid_shape(int(np.prod(self.shape)))
        cell = min(108 / columns, 104 / rows)
        box = QRectF(0, 0, cell * columns, cell * rows)
        box.moveCenter(body.center())
        _paint_image(painter, self._image, box)


class PixelsFace(Face):
    """The picture that comes in."""

    width, body, uses_sample = 134.0, 128.0, True

    def __init__(self, experiment: Experiment, node: Node, shape: Shape) -> None:
        super().__init__(experiment, node, shape)
        self._image: QImage | None = None

    def _draw(self, answers: Answers) -> None:
        self._image = gray_picture(answers.sample[self.node.name])

    def paint(self, painter: QPainter, body: QRectF) -> None:
        height, width = self.shape[-2:]
        cell = 108 / max(height, width)
        box = QRectF(0, 0, cell * width, cell * height)
        box.moveCenter(body.center())
        _paint_image(painter, self._image, box, radius=6)


class MapsFace(Face):
    """The feature maps of one sample; of more than sixteen, the first fifteen."""

    width, body, uses_sample = 134.0, 128.0, True

    def __init__(self, experiment: Experiment, node: Node, shape: Shape) -> None:
        super().__init__(experiment, node, shape)
        self._images: list[QImage] = []

    @property
    def _shown(self) -> int:
        return self.shape[0] if self.shape[0] <= 16 else 15

    def _draw(self, answers: Answers) -> None:
        maps = answers.sample[self.node.name]
        colored = theme.diverging(maps[: self._shown] / value_scale(self.node, maps))
        self._images = [picture(rgba) for rgba in colored]

    def paint(self, painter: QPainter, body: QRectF) -> None:
        columns, side = (3, 36) if self.shape[0] <= 6 else (4, 26)
        rows = -(-min(self.shape[0], 16) // columns)
        left = body.center().x() - (columns * (side + 3) - 3) / 2
        top = body.center().y() - (rows * (side + 3) - 3) / 2
        for i in range(min(self.shape[0], 16)):
            row, column = divmod(i, columns)
            box = QRectF(left + column * (side + 3), top + row * (side + 3), side, side)
            if i < len(self._images):
                _paint_image(painter, self._images[i], box)
            elif i == 15:
                painter.setPen(theme.current().ink2)
                painter.setFont(theme.font("thumb", 1))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"+{self.shape[0] - 15}")


class StepsFace(Face):
    """A sequence inside the network: time to the right, a row for each unit."""

    width, body, uses_sample = 134.0, 128.0, True

    def __init__(self, experiment: Experiment, node: Node, shape: Shape) -> None:
        super().__init__(experiment, node, shape)
        self._image: QImage | None = None

    def _draw(self, answers: Answers) -> None:
        values = answers.sample[self.node.name]
        self._image = picture(theme.diverging(values.T / value_scale(self.node, values)))

    def paint(self, painter: QPainter, body: QRectF) -> None:
        box = QRectF(0, 0, 108, 104)
        box.moveCenter(body.center())
        _paint_image(painter, self._image, box)


class ReadingsFace(Face):
    """A window of readings that comes in: a line for each column, with its last value."""

    width, uses_sample = 170.0, True
    most = 6

    def __init__(self, experiment: Experiment, node: Node, shape: Shape) -> None:
        super().__init__(experiment, node, shape)
        self.body = 28.0 * min(shape[1], self.most) + 8.0
        self._lines: list[list[tuple[float, float]]] = []
        self._last: list[str] = []

    def _draw(self, answers: Answers) -> None:
        values = answers.sample[self.node.name]
        low, span = values.min(axis=0), np.ptp(values, axis=0)
        heights = (values - low) / np.where(span > 0, span, 1)
        across = np.linspace(0, 1, len(values))
        self._lines = [list(zip(across.tolist(), c.tolist(), strict=True)) for c in heights.T]
        self._last = [number_text(float(value), 2) for value in values[-1]]

    def paint(self, painter: QPainter, body: QRectF) -> None:
        colors = theme.current()
        names = getattr(self.experiment.task, "inputs", ())
        rows = min(self.shape[1], self.most)
        pitch = 28.0
        top = body.center().y() - rows * pitch / 2
        for row in range(rows):
            box = QRectF(body.left() + 12, top + row * pitch, body.width() - 24, pitch)
            name = tr_engine(names[row]) if row < len(names) else unit_label(self.node, row)
            painter.setFont(theme.font("caption", 1))
            painter.setPen(colors.ink2)
            painter.drawText(box, 0x81, name)
            if row >= len(self._lines):
                continue
            painter.setFont(theme.font("button", 1))
            painter.setPen(colors.ink)
            painter.drawText(box, 0x82, self._last[row])
            area = QRectF(box.left() + 54, box.top() + 7, 50, pitch - 14)
            points = [
                QPointF(area.left() + x * area.width(), area.bottom() - y * area.height())
                for x, y in self._lines[row]
            ]
            painter.setPen(QPen(colors.ink, 1.6))
            painter.drawPolyline(QPolygonF(points))


class BarsFace(Face):
    """The probabilities of many classes for one sample."""

    width, body, uses_sample = 134.0, 146.0, True
    most = 10

    def __init__(self, experiment: Experiment, node: Node, shape: Shape) -> None:
        super().__init__(experiment, node, shape)
        self._shares: list[float] = []
        self._rows: list[int] = list(range(min(self.shape[0], self.most)))

    def _draw(self, answers: Answers) -> None:
        shares = answers.sample[self.node.name]
        self._shares = [float(share) for share in shares]
        if len(shares) > self.most:
            self._rows = sorted(np.argsort(-shares)[: self.most].tolist())

    def paint(self, painter: QPainter, body: QRectF) -> None:
        colors = theme.current()
        labels = self.experiment.task.target.labels
        pitch = min(13.0, (body.height() - 12) / len(self._rows))
        top = body.center().y() - pitch * len(self._rows) / 2
        best = int(np.argmax(self._shares)) if self._shares else -1
        for place, row in enumerate(self._rows):
            line = QRectF(body.left() + 12, top + place * pitch, body.width() - 24, pitch)
            painter.setFont(theme.font("thumb", 1))
            painter.setPen(colors.ink if row == best else colors.ink3)
            label = tr_engine(labels[row]) if row < len(labels) else str(row)
            painter.drawText(QRectF(line.left(), line.top(), 16, pitch), 0x82, label)
            share = self._shares[row] if self._shares else 0.0
            bar = QRectF(line.left() + 22, line.center().y() - 3, 2 + 84 * share, 6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.pos if row == best else colors.ctl)
            painter.drawRoundedRect(bar, 1.5, 1.5)

    def words(self) -> str:
        if not self._shares:
            return ""
        best = int(np.argmax(self._shares))
        label = tr_engine(self.experiment.task.target.labels[best])
        return f"{label}: {percent_text(self._shares[best])}"


class NumbersFace(Face):
    """The predicted numbers for one sample, in their unit."""

    width, body, uses_sample = 134.0, 92.0, True

    def __init__(self, experiment: Experiment, node: Node, shape: Shape) -> None:
        super().__init__(experiment, node, shape)
        self.body = 44.0 + 48.0 * shape[0]
        self._numbers: list[str] = []

    def _draw(self, answers: Answers) -> None:
        values = answers.sample[self.node.name]
        if answers.dataset is not None:
            values = answers.dataset.in_units(values)
        self._numbers = [_three_digits(float(value)) for value in np.ravel(values)]

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
            label = tr_engine(target.labels[i]) if i < len(target.labels) else ""
            unit = tr("{name}, {unit}", name=label, unit=tr_engine(target.unit))
            below = QRectF(body.left(), line.bottom(), body.width(), 16)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, unit if target.unit else label)


def _three_digits(value: float) -> str:
    """Write a number with at least three digits that count: 203, 37.1, 0.42."""
    return number_text(value, 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2)


def _paint_image(painter: QPainter, image: QImage | None, box: QRectF, radius: float = 3) -> None:
    colors = theme.current()
    if image is not None:
        draw_rounded(painter, image, box, radius, False, colors.line)
        return
    painter.setPen(QPen(colors.line, 1))
    painter.setBrush(colors.raised)
    painter.drawRoundedRect(box, radius, radius)


def face_for(experiment: Experiment, node: Node, shape: Shape | None) -> Face:
    """Choose the picture that suits what a node gives."""
    target = experiment.task.target
    if shape is None or not shape:
        return Face(experiment, node, ())
    if node.name == OUTPUT and len(shape) == 1:
        if not target.classes and shape[0] <= MOST_OUTPUTS:
            return NumbersFace(experiment, node, shape)
        if target.classes and shape[0] > MOST_OUTPUTS:
            return BarsFace(experiment, node, shape)
    if len(shape) == 1:
        kind = UnitsFace if shape[0] <= MOST_UNITS else GridFace
        return kind(experiment, node, shape)
    if node.name == INPUT:
        return (ReadingsFace if len(shape) == 2 else PixelsFace)(experiment, node, shape)
    return (StepsFace if len(shape) == 2 else MapsFace)(experiment, node, shape)
