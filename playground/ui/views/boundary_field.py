"""The field of a network's decision over two inputs, with the samples in it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.tasks import Dataset
from playground.ui import theme
from playground.ui.i18n import N_, tr
from playground.ui.numbers import number_text, percent_text
from playground.ui.planes import Bounds
from playground.ui.tip import Tip
from playground.ui.views.axis import PLANE, Axis
from playground.ui.views.decision_picture import Planes, border_path, class_planes, shades
from playground.ui.views.field_picture import FieldPicture, Marks

# Tasks name their classes in English.
CLASS_NAMES = (N_("class 0"), N_("class 1"), N_("class 2"), N_("class 3"))


class BoundaryField(QWidget):
    """The square field with its axes; says values and probability under the mouse."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bounds: Bounds = (-1.25, 1.25, -1.25, 1.25)
        self._axes = PLANE
        self._dataset: Dataset | None = None
        self._output: Planes | None = None
        self._classes: Planes | None = None
        self._image: QImage | None = None
        self._validation, self._hard = True, False
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # nothing beneath is painted
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setSizePolicy(policy)
        self.picture = FieldPicture(self)
        self.tip = Tip(self)
        theme.manager().changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(372), theme.px(366))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(180), theme.px(150))

    def set_data(
        self, dataset: Dataset | None, bounds: Bounds, axes: tuple[Axis, Axis] = PLANE
    ) -> None:
        """Show the points of a data set, which may be the one that is shown already."""
        if dataset is not self._dataset or (bounds, axes) != (self._bounds, self._axes):
            self._dataset, self._bounds, self._axes = dataset, bounds, axes
            self.announce()
            self._lay_out()

    def set_output(self, output: Planes | None) -> None:
        """Show a prediction over the plane; nothing happens for the one that is shown already."""
        if output is not self._output:
            self._output = output
            self._classes = None if output is None else class_planes(output)
            self._draw_field()

    def show_validation(self, shown: bool) -> None:
        """Show or hide the validation points."""
        self._validation = shown
        self._draw_marks()

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
        """Return values and probability at a point of the plane: of class 1, or of the chosen."""
        horizontal, vertical = self._axes
        text = "   ".join(
            f"{axis.name} {number_text(axis.value(at), 2)}"
            for axis, at in ((horizontal, x1), (vertical, x2))
        )
        if self._classes is None:
            return text
        shares = self._classes[:, *self._cell(x1, x2)]
        index = 1 if len(shares) == 2 else int(shares.argmax())
        names = self._dataset.target.labels if self._dataset else CLASS_NAMES
        name = tr(names[index]) if index < len(names) else str(index)
        share = percent_text(float(shares[index]))
        return f"{text}\n" + tr("{name}: {share}", name=name, share=share)

    def square(self) -> QRectF:
        """Return where the field is drawn."""
        left, bottom, top = theme.px(32), theme.px(24), theme.px(4)
        if self._named:
            bottom, top = theme.px(40), theme.px(18)
        side = max(8, min(self.width() - left - theme.px(12), self.height() - bottom - top))
        slack = (self.width() - left - theme.px(12) - side) / 2
        return QRectF(left + max(0, round(slack)), top, side, side)

    @property
    def _named(self) -> bool:
        """Whether the axes have names rather than symbols, which need lines of their own."""
        return self._axes is not PLANE

    def _cell(self, x1: float, x2: float) -> tuple[int, int]:
        """Return row and column of the sample nearest to a point."""
        assert self._classes is not None
        left, right, low, high = self._bounds
        _, rows, columns = self._classes.shape
        row = round((x2 - low) / (high - low) * (rows - 1))
        column = round((x1 - left) / (right - left) * (columns - 1))
        return min(max(row, 0), rows - 1), min(max(column, 0), columns - 1)

    def _place(self, x1: float, x2: float) -> QPointF:
        box, (left, right, low, high) = self.square(), self._bounds
        return QPointF(
            box.left() + (x1 - left) / (right - left) * box.width(),
            box.bottom() - (x2 - low) / (high - low) * box.height(),
        )

    def _point_at(self, place: QPointF) -> tuple[float, float]:
        """Return the point of the plane at a place of the widget."""
        box, (left, right, low, high) = self.square(), self._bounds
        x1 = left + (place.x() - box.left()) / box.width() * (right - left)
        x2 = low + (box.bottom() - place.y()) / box.height() * (high - low)
        return x1, x2

    def _draw_field(self) -> None:
        """Turn the prediction into the picture and the lines between classes."""
        self._image = None
        if self._classes is None:
            self.picture.clear()
            return
        pixels = np.ascontiguousarray(shades(self._classes, self._hard)[::-1])
        rows, columns, _ = pixels.shape
        image = QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGBA8888)
        self._image = image.convertToFormat(QImage.Format.Format_RGB32)  # owns its bytes
        self.picture.show_field(self._image, border_path(self._classes), self._hard)

    def _draw_marks(self) -> None:
        self.picture.front.show_marks(*self._marks())

    def _restyle(self) -> None:
        self.tip.hide()
        self.picture.restyle()
        self._lay_out()
        self._draw_field()

    def _lay_out(self) -> None:
        """Put the picture into the square that the axes leave."""
        self.picture.set_box(self.square())
        self._draw_marks()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.current().panel)
        self._paint_axes(painter, self.square())

    def _paint_axes(self, painter: QPainter, box: QRectF) -> None:
        left, right, low, high = self._bounds
        horizontal, vertical = self._axes
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.current().ink3)
        line, wide = theme.px(16), theme.px(40)
        symbols = not self._named  # which stand at the ends of the axes, where no number fits then
        for at, text in horizontal.ticks(left, right):
            place = QRectF(self._place(at, low).x() - wide / 2, box.bottom() + 4, wide, line)
            if not (symbols and place.center().x() > box.right() - theme.px(24)):
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
        for at, text in vertical.ticks(low, high):
            place = QRectF(box.left() - wide - 6, self._place(left, at).y() - line / 2, wide, line)
            if symbols and place.top() < box.top() + line:
                continue
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place, flags, text)
        painter.setPen(theme.current().ink)
        self._paint_names(painter, box, line, wide)

    def _paint_names(self, painter: QPainter, box: QRectF, line: int, wide: int) -> None:
        """Write symbols beside the ends of the axes, and longer names in lines of their own."""
        horizontal, vertical = (axis.name for axis in self._axes)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        if not self._named:
            painter.drawText(QRectF(box.left() - wide - 6, box.top(), wide, line), flags, vertical)
            painter.drawText(
                QRectF(box.right() - wide, box.bottom() + 4, wide, line), flags, horizontal
            )
            return
        metrics, mode = QFontMetrics(painter.font()), Qt.TextElideMode.ElideRight
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        below = QRectF(box.left(), box.bottom() + 4 + line, box.width(), line)
        above = QRectF(box.left(), box.top() - line - 2, box.width(), line)
        painter.drawText(below, flags, metrics.elidedText(horizontal, mode, int(box.width())))
        painter.drawText(above, left, metrics.elidedText(vertical, mode, int(box.width())))

    def _marks(self) -> tuple[list[Marks], int]:
        """Return the points to show, and how many classes there are."""
        data = self._dataset
        if data is None:
            return [], 0
        parts = [self._mark(data.training.inputs, data.training.targets, False)]
        # The gates train and validate on the same four points.
        if self._validation and data.validation is not data.training:
            parts.append(self._mark(data.validation.inputs, data.validation.targets, True))
        return parts, len(data.target.labels)

    def _mark(self, points: NDArray[Any], labels: NDArray[np.int64], hollow: bool) -> Marks:
        """Return where samples (n, inputs) stand on the field."""
        box, (left, right, low, high) = self.square(), self._bounds
        across, up = (points[:, axis.place] for axis in self._axes)
        x = box.left() + (across - left) / (right - left) * box.width()
        y = box.bottom() - (up - low) / (high - low) * box.height()
        return Marks(np.stack([x, y], axis=1), labels, hollow)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if not self.square().contains(at):
            self.tip.hide()
            return
        self.tip.setText(self.readout(*self._point_at(at)))
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
