"""The way of an optimizer on a surface of losses."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.experiment import Training
from engine.surface import Surface, Valley, descend
from playground.ui import theme
from playground.ui.i18n import tr, tr_engine
from playground.ui.numbers import number_text
from playground.ui.previews.contours import contours

Values = NDArray[np.float64]

START = np.array([-0.9, 0.55])
"""Where the way through the valley begins."""
REACH = 1.2
STEPS = 80
POINTS = 61
LEVELS = 11


class PathPicture(QWidget):
    """Lines of equal loss, and the points that an optimizer comes to from the hollow circle."""

    def __init__(self, width: int = 200, height: int = 140, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = width, height
        self.surface: Surface | None = None
        self.reach = REACH
        self.points: Values = np.zeros((0, 2))
        self._back: tuple[object, QPixmap] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.manager().changed.connect(self.updateGeometry)

    def show_path(self, training: Training, surface: Surface, reach: float, start: Values) -> None:
        """Let the optimizer of a training go down a surface with its learning rate.

        Parameters
        ----------
        surface
            The losses, shown on a square that reaches so far from 0 in both directions.
        """
        self.surface, self.reach = surface, reach
        self.points = descend(training.optimizer, training.learning_rate, surface, start, STEPS)
        self.setAccessibleName(tr("Way of the optimizer downhill"))
        self.setAccessibleDescription(self.told(training))
        self.update()

    def show_valley(self, training: Training) -> None:
        """Let the optimizer go through a long valley."""
        self.show_path(training, Valley(), REACH, START)
        self.setToolTip(tr("{told}, in a long valley", told=self.told(training)))

    def told(self, training: Training) -> str:
        """Say in words what the picture shows."""
        first, last = (float(self._losses(self.points[index])) for index in (0, -1))
        return tr(
            "{optimizer}, rate {rate}: loss {first} → {last} in {count} steps",
            optimizer=tr_engine(training.optimizer.label),
            rate=number_text(training.learning_rate),
            first=f"{first:.3g}",
            last=f"{last:.3g}",
            count=len(self.points) - 1,
        )

    def _losses(self, points: Values) -> Values:
        assert self.surface is not None
        return self.surface.value(points)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(self._size[0]), theme.px(self._size[1]))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(100))

    def _box(self) -> QRectF:
        return QRectF(self.rect()).adjusted(1, 1, -1, -1)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.surface is None:
            return
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._contours())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_path(painter)

    def _contours(self) -> QPixmap:
        """Return the lines of equal loss, drawn once for each surface, size and theme."""
        key = (self.surface, self.reach, self.size(), theme.current().name, theme.manager().scale)
        if self._back is not None and self._back[0] == key:
            return self._back[1]
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(theme.current().panel)
        ticks = np.linspace(-self.reach, self.reach, POINTS)
        losses = self._losses(np.stack(np.meshgrid(ticks, ticks), axis=-1))
        finite = losses[np.isfinite(losses)]
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.current().line, 1))
        painter.drawRect(self._box())
        if len(finite):
            # More lines where it is flat: equal steps of the root.
            low, high = float(finite.min()), float(finite.max())
            shares = (np.linspace(0, 1, LEVELS + 2)[1:-1] ** 2).tolist()
            levels = [low + share * (high - low) for share in shares]
            painter.setPen(QPen(theme.current().ctl, 1))
            for path in contours(losses, levels, self._box()):
                painter.drawPath(path)
        painter.end()
        self._back = key, picture
        return picture

    def _paint_path(self, painter: QPainter) -> None:
        colors, box, scale = theme.current(), self._box(), theme.manager().scale
        painter.setClipRect(box)
        share = (self.points / self.reach + 1) / 2
        x = box.left() + share[:, 0] * box.width()
        y = box.bottom() - share[:, 1] * box.height()
        places = [QPointF(*at) for at in zip(x.tolist(), y.tolist(), strict=True)]
        painter.setPen(QPen(colors.val, 1.6 * scale))
        painter.drawPolyline(QPolygonF(places))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.val)
        for place in places[1:]:
            painter.drawEllipse(place, 2 * scale, 2 * scale)
        painter.setBrush(colors.ink)
        painter.drawEllipse(places[-1], 4 * scale, 4 * scale)
        painter.setBrush(colors.panel)
        painter.setPen(QPen(colors.ink, 2 * scale))
        painter.drawEllipse(places[0], 5 * scale, 5 * scale)
