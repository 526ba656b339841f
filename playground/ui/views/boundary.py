"""The decision boundary: what the network says about every point of the plane, and the data."""

from __future__ import annotations

import numpy as np
from contourpy import contour_generator
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QImage,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from engine.experiment import Experiment
from engine.probes import Probe
from engine.tasks import Dataset, Part
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.i18n import N_, Translated, tr
from playground.ui.numbers import number_text, percent_text
from playground.ui.planes import Bounds, plane_bounds, plane_probe
from playground.ui.scales import round_ticks
from playground.ui.views.base import View, view
from playground.ui.widgets import Check, Heading, Label

STRENGTH = 0.62
"""How strong the field's colours are behind the points."""

_CLASS_NAMES = (N_("class 0"), N_("class 1"))  # tasks name their classes in English


def decision(output: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how far a network decides for class 1, from −1 (class 0) to 1.

    Parameters
    ----------
    output
        One plane with the probability of class 1, or two planes, one a class: (1 or 2, rows,
        columns).
    """
    signed = 2 * output[0] - 1 if len(output) == 1 else output[1] - output[0]
    return np.clip(signed, -1, 1)


@view("boundary", label=N_("Decision boundary"), area="results", order=10)
class BoundaryView(Translated, View):
    """The field of the prediction with training and validation points."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = BoundaryField()
        self.validation = Check(value=True)
        self.hard = Check()
        self.heading = Heading()
        self.heading.add(self.validation, self.hard)
        self.legend = _Legend()
        self.validation.valueChanged.connect(self.field.show_validation)
        self.hard.valueChanged.connect(self.field.show_hard)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 8)
        column.setSpacing(2)
        column.addWidget(self.heading)
        column.addWidget(self.field, 1)
        column.addWidget(self.legend)
        self.retranslate()

    @classmethod
    def offered(cls, experiment: Experiment) -> bool:
        """Offered for two classes in a plane."""
        task = experiment.task
        return task.input_shape == (2,) and task.target.classes and len(task.target.labels) == 2

    def probes(self, experiment: Experiment) -> frozenset[Probe]:
        """Ask for the plane that the canvas shows, too."""
        probe = plane_probe(experiment)
        return frozenset() if probe is None else frozenset({probe})

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if not self.offered(snapshot.experiment):
            return
        self.field.set_data(snapshot.dataset, plane_bounds(snapshot.experiment.task))
        self.legend.set_labels(snapshot.experiment.task.target.labels)
        answer = snapshot.answers.get(plane_probe(snapshot.experiment))
        self.field.set_output(None if answer is None else answer.get("output"))

    def retranslate(self) -> None:
        self.heading.set_text(tr("Decision boundary"))
        self.validation.setText(tr("Validation points"))
        self.hard.setText(tr("Hard edges"))
        self.field.announce()
        self.legend.update()


class BoundaryField(QWidget):
    """The square field with its axes; says coordinates and probability under the mouse."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bounds: Bounds = (-1.25, 1.25, -1.25, 1.25)
        self._dataset: Dataset | None = None
        self._output: NDArray[np.float32] | None = None
        self._decision: NDArray[np.float32] | None = None
        self._image: QImage | None = None
        self._contour = QPainterPath()
        self._points: QPixmap | None = None
        self._validation, self._hard = True, False
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setSizePolicy(policy)
        self.tip = Label(role="tip", parent=self)
        self.tip.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.tip.hide()
        theme.manager().changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(372), theme.px(366))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(180))

    def set_data(self, dataset: Dataset | None, bounds: Bounds) -> None:
        """Show the points of a data set, which may be the one that is shown already."""
        if dataset is not self._dataset or bounds != self._bounds:
            self._dataset, self._bounds, self._points = dataset, bounds, None
            self.announce()
            self.update()

    def set_output(self, output: NDArray[np.float32] | None) -> None:
        """Show a prediction over the plane; nothing happens for the one that is shown already."""
        if output is not self._output:
            self._output = output
            self._decision = None if output is None or len(output) > 2 else decision(output)
            self._draw_field()

    def show_validation(self, shown: bool) -> None:
        """Show or hide the validation points."""
        self._validation, self._points = shown, None
        self.update()

    def show_hard(self, hard: bool) -> None:
        """Show the decision alone rather than the probability."""
        self._hard = hard
        self._draw_field()

    def announce(self) -> None:
        """Say to screen readers what is shown."""
        self.setAccessibleName(tr("Decision boundary"))
        if self._dataset is not None:
            training, validation = len(self._dataset.training), len(self._dataset.validation)
            self.setAccessibleDescription(
                tr(
                    "{training} training points, {validation} validation points",
                    training=training,
                    validation=validation,
                )
            )

    def color_at(self, x1: float, x2: float) -> QColor:
        """Return the colour of the field at a point of the plane."""
        row, column = self._cell(x1, x2)
        assert self._image is not None
        return self._image.pixelColor(column, self._image.height() - 1 - row)

    def readout(self, x1: float, x2: float) -> str:
        """Return coordinates and probability at a point of the plane."""
        text = f"x₁ {number_text(x1, 2)}   x₂ {number_text(x2, 2)}"
        if self._decision is None:
            return text
        share = (float(self._decision[self._cell(x1, x2)]) + 1) / 2
        names = self._dataset.target.labels if self._dataset else _CLASS_NAMES
        return f"{text}\n" + tr("{name}: {share}", name=tr(names[1]), share=percent_text(share))

    def square(self) -> QRectF:
        """Return where the field is drawn."""
        left, bottom, top = theme.px(32), theme.px(24), theme.px(4)
        side = max(8, min(self.width() - left - theme.px(12), self.height() - bottom - top))
        slack = (self.width() - left - theme.px(12) - side) / 2
        return QRectF(left + max(0, round(slack)), top, side, side)

    def _cell(self, x1: float, x2: float) -> tuple[int, int]:
        """Return row and column of the sample nearest to a point."""
        assert self._decision is not None
        left, right, low, high = self._bounds
        rows, columns = self._decision.shape
        row = round((x2 - low) / (high - low) * (rows - 1))
        column = round((x1 - left) / (right - left) * (columns - 1))
        return min(max(row, 0), rows - 1), min(max(column, 0), columns - 1)

    def _place(self, x1: float, x2: float) -> QPointF:
        box, (left, right, low, high) = self.square(), self._bounds
        return QPointF(
            box.left() + (x1 - left) / (right - left) * box.width(),
            box.bottom() - (x2 - low) / (high - low) * box.height(),
        )

    def _draw_field(self) -> None:
        """Turn the decision into the picture and the line where both classes are equal."""
        self._image, self._contour = None, QPainterPath()
        if self._decision is not None:
            values = np.sign(self._decision) if self._hard else self._decision
            pixels = np.ascontiguousarray(theme.diverging(values, STRENGTH)[::-1])
            rows, columns = values.shape
            image = QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGBA8888)
            self._image = image.convertToFormat(QImage.Format.Format_RGB32)  # owns its bytes
            self._contour = contour_path(self._decision)
        self.update()

    def _restyle(self) -> None:
        self._points = None
        self.tip.hide()
        self._draw_field()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._points = None
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors, painter, box = theme.current(), QPainter(self), self.square()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not self._hard)
        outline = QPainterPath()
        outline.addRoundedRect(box, theme.px(4), theme.px(4))
        painter.save()
        painter.setClipPath(outline)
        painter.fillRect(box, colors.zero)
        if self._image is not None:
            # Samples lie on the border itself, so the outermost pixels reach half a cell beyond it.
            half = box.width() / (self._image.width() - 1) / 2
            painter.drawImage(box.adjusted(-half, -half, half, half), self._image)
            self._paint_contour(painter, box)
        if self._points is None:
            self._points = self._draw_points(box)
        painter.drawPixmap(box.topLeft(), self._points)
        painter.restore()
        painter.setPen(QPen(colors.line, 1))
        painter.drawPath(outline)
        self._paint_axes(painter, box)

    def _paint_contour(self, painter: QPainter, box: QRectF) -> None:
        assert self._decision is not None
        rows, columns = self._decision.shape
        painter.save()
        painter.translate(box.left(), box.bottom())
        painter.scale(box.width() / (columns - 1), -box.height() / (rows - 1))
        pen = QPen(theme.current().ink, 2 * theme.manager().scale)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.drawPath(self._contour)
        painter.restore()

    def _paint_axes(self, painter: QPainter, box: QRectF) -> None:
        left, right, low, high = self._bounds
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.current().ink3)
        line, wide = theme.px(16), theme.px(40)
        for at, text in round_ticks(left, right, 3):
            place = QRectF(self._place(at, low).x() - wide / 2, box.bottom() + 4, wide, line)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
        for at, text in round_ticks(low, high, 3):
            place = QRectF(box.left() - wide - 6, self._place(left, at).y() - line / 2, wide, line)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place, flags, text)
        painter.setPen(theme.current().ink)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        painter.drawText(QRectF(box.left() - wide - 6, box.top(), wide, line), flags, "x₂")
        painter.drawText(QRectF(box.right() - wide, box.bottom() + 4, wide, line), flags, "x₁")

    def _draw_points(self, box: QRectF) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap((box.size() * ratio).toSize())
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        if self._dataset is None:
            return picture
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-box.topLeft())
        self._paint_part(painter, self._dataset.training, False)
        # The gates train and validate on the same four points.
        if self._validation and self._dataset.validation is not self._dataset.training:
            self._paint_part(painter, self._dataset.validation, True)
        painter.end()
        return picture

    def _paint_part(self, painter: QPainter, part: Part, hollow: bool) -> None:
        colors, scale = theme.current(), theme.manager().scale
        few = len(part) <= 16
        radius = (7 if few else 3.6) * scale
        for (x1, x2), label in zip(part.inputs.tolist(), part.targets.tolist(), strict=True):
            color, at = colors.class_color(label, 2), self._place(x1, x2)
            painter.setBrush(colors.panel if hollow else color)
            painter.setPen(QPen(color if hollow else colors.panel, (1.8 if hollow else 1) * scale))
            if label:
                painter.drawEllipse(at, radius, radius)
            else:
                half = radius * 0.9
                painter.drawRect(QRectF(at.x() - half, at.y() - half, 2 * half, 2 * half))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        box, at = self.square(), event.position()
        if not box.contains(at):
            self.tip.hide()
            return
        left, right, low, high = self._bounds
        x1 = left + (at.x() - box.left()) / box.width() * (right - left)
        x2 = low + (box.bottom() - at.y()) / box.height() * (high - low)
        self.tip.setText(self.readout(x1, x2))
        self.tip.adjustSize()
        place = at.toPoint() + QPoint(theme.px(14), theme.px(14))
        if place.x() + self.tip.width() > self.width():
            place.setX(place.x() - self.tip.width() - theme.px(28))
        if place.y() + self.tip.height() > self.height():
            place.setY(place.y() - self.tip.height() - theme.px(28))
        self.tip.move(place)
        self.tip.show()

    def leaveEvent(self, event: QEvent) -> None:
        self.tip.hide()
        super().leaveEvent(event)


def contour_path(values: NDArray[np.float32]) -> QPainterPath:
    """Return the lines where `values` is 0, in units of its columns and rows."""
    path = QPainterPath()
    for line in contour_generator(z=values).lines(0.0):
        points = line.tolist()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
    return path


class _Legend(QWidget):
    """What the colours and shapes of the two classes are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels = _CLASS_NAMES
        theme.manager().changed.connect(self.updateGeometry)

    def set_labels(self, labels: tuple[str, ...]) -> None:
        if labels != self._labels:
            self._labels = labels
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(22))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = theme.font("caption")
        painter.setFont(font)
        names = [tr(label) for label in self._labels]
        widths = [QFontMetrics(font).horizontalAdvance(name) for name in names]
        mark, gap, bar = theme.px(8), theme.px(6), theme.px(140)
        x = (self.width() - (sum(widths) + 2 * (mark + gap) + bar + theme.px(28))) / 2
        middle = self.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(QRectF(x, middle - mark / 2, mark, mark), colors.neg)
        x += mark + gap
        x = self._write(painter, names[0], x, widths[0]) + theme.px(14)
        ramp = QLinearGradient(x, 0, x + bar, 0)
        for share in np.linspace(0, 1, 9):
            red, green, blue, _ = theme.diverging(2 * share - 1, STRENGTH).tolist()
            ramp.setColorAt(float(share), QColor(red, green, blue))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ramp)
        painter.drawRoundedRect(QRectF(x, middle - mark / 2, bar, mark), 2, 2)
        x += bar + theme.px(14)
        painter.setBrush(colors.pos)
        painter.drawEllipse(QPointF(x + mark / 2, middle), mark / 2, mark / 2)
        self._write(painter, names[1], x + mark + gap, widths[1])

    def _write(self, painter: QPainter, text: str, x: float, width: int) -> float:
        painter.setPen(theme.current().ink2)
        place = QRect(round(x), 0, width + 2, self.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
        return x + width
