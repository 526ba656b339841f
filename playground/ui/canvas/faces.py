"""The live pictures in the bodies of cards; see `sample_faces` for those of one sample."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen

from engine.arrays import Shape
from engine.experiment import Experiment
from engine.graph import INPUT, OUTPUT, Node
from engine.tasks import Dataset
from playground.ui import theme
from playground.ui.canvas.magnifier import Closeup
from playground.ui.canvas.thumbnails import Strip, Values, picture, plane_pixels, value_scale
from playground.ui.canvas.words import unit_label
from playground.ui.i18n import tr
from playground.ui.marks import mark
from playground.ui.numbers import signed_text
from playground.ui.planes import is_plane, plane_bounds

MOST_UNITS = 8
_THUMBNAIL = {1: 66, 2: 66, 3: 66, 4: 66, 5: 54, 6: 46, 7: 40, 8: 36}
_GAP = {1: 22, 2: 22, 3: 22, 4: 22, 5: 18, 6: 16, 7: 15, 8: 15}
"""The sides of thumbnails and the gaps between them, by how many there are."""
_BIAS_SHADES = 16
"""How many colours of either sign a bias can have; changes that nobody sees are not drawn."""


@dataclass(frozen=True)
class Answers:
    """What the session found out for the faces; what is missing stays as it was."""

    plane: Mapping[str, Values] = field(default_factory=dict)
    sample: Mapping[str, Values] = field(default_factory=dict)
    parameters: Mapping[str, Mapping[str, Values]] = field(default_factory=dict)
    dataset: Dataset | None = None


class Face:
    """The picture of one node."""

    width = 118.0
    body = 88.0
    uses_sample = False
    radius, outline, smooth = 3.0, "line", False
    """How the openings look through which the images are seen."""

    def __init__(self, experiment: Experiment, node: Node, shape: Shape) -> None:
        self.experiment, self.node, self.shape = experiment, node, shape
        self.images: list[QImage] = []
        """The live images, one for each of `panes`; none before there are answers."""
        self.live: object = None
        """What `paint` draws, and draws anew where this is another; None for nothing."""
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
        """Return what the picture is made of, None for what is missing or of another shape."""
        return (self._sample(answers),)

    def _sample(self, answers: Answers) -> Values | None:
        values = answers.sample.get(self.node.name)
        return values if values is not None and values.shape == self.shape else None

    def _draw(self, answers: Answers) -> None:
        """Make the picture of what `answers` say."""

    @staticmethod
    def centered(body: QRectF, width: float, height: float) -> QRectF:
        """Return a box in the middle of the body."""
        box = QRectF(0, 0, width, height)
        box.moveCenter(body.center())
        return box

    def units(self, body: QRectF) -> list[QRectF]:
        """Return the places of single units, between which edges run; often there are none."""
        return []

    def cells(self, body: QRectF) -> list[QRectF]:
        """Return the places of what `closeup` shows."""
        return self.units(body)

    def closeup(self, cell: int) -> Closeup | None:
        """Return what stands at one of `cells`, to be seen large; None where it is not known."""
        return None

    def panes(self, body: QRectF) -> list[QRectF]:
        """Return the places of `images`."""
        return self.cells(body)

    def openings(self, body: QRectF) -> list[QRectF]:
        """Return through which parts of `panes` the images are seen."""
        return self.panes(body)

    def paint_still(self, painter: QPainter, body: QRectF) -> None:
        """Paint what stays while the network trains, such as names; kept with the card."""
        for box in [] if self.images else self.openings(body):
            painter.setPen(QPen(getattr(theme.current(), self.outline), 1))
            painter.setBrush(theme.current().raised)
            painter.drawRoundedRect(box, self.radius, self.radius)

    def paint(self, painter: QPainter, body: QRectF) -> None:
        """Paint what is live over the body of the card, besides the images."""

    def words(self) -> str:
        """Return what the picture shows, for a tooltip."""
        return ""


class UnknownFace(Face):
    """A dash, for a node whose shape is not known."""

    def paint_still(self, painter: QPainter, body: QRectF) -> None:
        painter.setPen(QPen(theme.current().ctl, 1.5, Qt.PenStyle.DashLine))
        middle = body.center()
        painter.drawLine(middle - QPointF(36, 0), middle + QPointF(36, 0))


class UnitsFace(Face):
    """One thumbnail a unit: over the plane of inputs, or the value for one sample."""

    radius, outline, smooth = 7.0, "ctl", True

    def __init__(self, experiment: Experiment, node: Node, shape: Shape) -> None:
        super().__init__(experiment, node, shape)
        count = shape[0]
        self.side, self.gap = _THUMBNAIL[count], _GAP[count]
        self._strip = Strip(self.side, self.gap)
        self.width = 112.0 if node.name == INPUT else 118.0
        self.body = count * (self.side + self.gap) + 22.0
        self.uses_sample = not is_plane(experiment.task)
        self._planes: Values | None = None
        self._values: list[float] = []
        self._colors: list[QColor] = []
        self._biases: list[QColor] = []
        self._drawn: tuple[object, object] = (None, None)

    def restyle(self) -> None:
        super().restyle()
        self._drawn = (None, None)

    def _question(self, answers: Answers) -> tuple[object, ...]:
        name = self.node.name
        if self.uses_sample:
            return self._sample(answers), answers.parameters.get(name)
        if name == INPUT and self.images and self._seen:
            return self._seen  # the plane itself never changes
        return answers.plane.get(name), answers.parameters.get(name)

    def _draw(self, answers: Answers) -> None:
        name, count = self.node.name, self.shape[0]
        planes, sample = answers.plane.get(name), self._sample(answers)
        parameters = answers.parameters.get(name, {})
        (old_planes, old_parameters), self._drawn = self._drawn, (planes, parameters)
        if planes is not None and len(planes) == count:
            self._planes = planes
            if planes is not old_planes:
                pixels = plane_pixels(self.experiment, self.node, planes)
                self.images = [picture(self._strip.lay(pixels))]
        elif sample is not None:
            self._values = [float(value) for value in sample]
            self._colors = _colors(sample / value_scale(self.node, sample))
        if parameters is not old_parameters:
            self._draw_biases(parameters.get("b"))
        self.live = self._values, self._colors, self._biases

    def _draw_biases(self, bias: Values | None) -> None:
        used = "b" in self.node.layer.parameters  # not where the layer is bypassed
        known = used and bias is not None and bias.shape == self.shape
        self._biases = _colors(np.round(bias * _BIAS_SHADES) / _BIAS_SHADES) if known else []

    def units(self, body: QRectF) -> list[QRectF]:
        pitch = self.side + self.gap
        top = body.center().y() - (self.shape[0] * pitch - 8) / 2
        left = body.center().x() - self.side / 2
        return [QRectF(left, top + i * pitch, self.side, self.side) for i in range(self.shape[0])]

    def panes(self, body: QRectF) -> list[QRectF]:
        units = self.units(body)
        return [self._strip.box(units[0], image, len(units)) for image in self.images]

    def openings(self, body: QRectF) -> list[QRectF]:
        return self.units(body)

    def closeup(self, cell: int) -> Closeup | None:
        if self._planes is None:
            return None
        values = self._planes[cell]
        inputs = getattr(self.experiment.task, "input_names", ("x₁", "x₂"))
        return Closeup(
            self._name(cell),
            picture(plane_pixels(self.experiment, self.node, self._planes, fine=True)[cell]),
            float(values.min()),
            float(values.max()),
            plane_bounds(self.experiment.task),
            (inputs[0], inputs[1]),
        )

    def _name(self, unit: int) -> str:
        """Return what a unit is called: one of the output, as its class."""
        target = self.experiment.task.target
        if self.node.name == OUTPUT and target.classes:
            return tr(target.labels[unit if self.shape[0] > 1 else -1])
        return unit_label(self.node, unit, getattr(self.experiment.task, "input_names", ()))

    def paint_still(self, painter: QPainter, body: QRectF) -> None:
        super().paint_still(painter, body)
        for unit, box in enumerate(self.units(body)):
            label = QRectF(body.left(), box.bottom() + 1, body.width(), min(16, self.gap))
            self._paint_label(painter, unit, label)

    def paint(self, painter: QPainter, body: QRectF) -> None:
        colors = theme.current()
        for unit, box in enumerate(self.units(body)):
            if unit < len(self._colors):
                painter.setPen(QPen(colors.ctl, 1))
                painter.setBrush(self._colors[unit])
                painter.drawRoundedRect(box, self.radius, self.radius)
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
        text = self._name(unit)
        if self.node.name != OUTPUT or not target.classes:
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
            return
        shown = unit if self.shape[0] > 1 else len(target.labels) - 1
        width = QFontMetricsF(painter.font()).horizontalAdvance(text)
        left = box.center().x() - (width + 12) / 2
        painter.drawText(QRectF(left + 12, box.top(), width + 4, box.height()), 0x84, text)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.class_color(shown, len(target.labels)))
        painter.drawPath(mark(shown, QPointF(left + 3.5, box.center().y()), 3.5))


def _colors(values: Values) -> list[QColor]:
    return [QColor(*rgba[:3]) for rgba in theme.diverging(values).tolist()]
