"""What the colours and shapes of the decision boundary mean."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QLinearGradient,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from playground.ui import theme
from playground.ui.i18n import tr
from playground.ui.marks import mark
from playground.ui.views.boundary_field import CLASS_NAMES
from playground.ui.views.decision_picture import STRENGTH


class Legend(QWidget):
    """The mark of each class with its name; of two classes, with the shades between them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels = CLASS_NAMES[:2]
        theme.manager().changed.connect(self.fit)
        self.fit()

    def set_labels(self, labels: tuple[str, ...]) -> None:
        """Name other classes."""
        if labels != self._labels:
            self._labels = labels
            self.fit()

    def fit(self) -> None:
        """Be as high as the lines that the names need in this width."""
        self.setFixedHeight(theme.px(22) * len(self._rows(self.width())))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(22))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), theme.px(22))

    def _entry(self, name: str) -> float:
        """Return how wide a mark and a name are, with the gap behind them."""
        return theme.px(14) + self._metrics().horizontalAdvance(name) + theme.px(14)

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(theme.font("caption"))

    def _rows(self, width: int) -> list[list[int]]:
        """Return the classes in each line."""
        if len(self._labels) == 2:
            return [[0, 1]]
        rows: list[list[int]] = [[]]
        used = 0.0
        for index, label in enumerate(self._labels):
            needed = self._entry(tr(label))
            if rows[-1] and used + needed > width:
                rows.append([])
                used = 0.0
            rows[-1].append(index)
            used += needed
        return rows

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("caption"))
        names, gap = [tr(label) for label in self._labels], theme.px(14)
        bar = self._bar_width(names) if len(names) == 2 else 0.0
        for line, row in enumerate(self._rows(self.width())):
            middle = theme.px(22) * (line + 0.5)
            width = sum(self._entry(names[index]) for index in row) - gap + (bar and bar + gap)
            x = max(0.0, (self.width() - width) / 2)
            for index in row:
                x = self._paint_entry(painter, index, names[index], x, middle)
                if bar and index == 0:
                    self._paint_ramp(painter, x, middle, bar)
                    x += bar + gap

    def _bar_width(self, names: list[str]) -> float:
        left = self.width() - sum(map(self._entry, names))
        return max(theme.px(24), min(theme.px(140), left))

    def _paint_entry(
        self, painter: QPainter, index: int, name: str, x: float, middle: float
    ) -> float:
        """Paint a mark and a name; return where the next one begins."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().class_color(index, len(self._labels)))
        painter.drawPath(mark(index, QPointF(x + theme.px(4), middle), theme.px(4)))
        painter.setPen(theme.current().ink2)
        width = self._metrics().horizontalAdvance(name)
        place = QRectF(x + theme.px(14), middle - theme.px(11), width + 2, theme.px(22))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, name)
        return x + self._entry(name)

    def _paint_ramp(self, painter: QPainter, x: float, middle: float, width: float) -> None:
        ramp = QLinearGradient(x, 0, x + width, 0)
        for share in np.linspace(0, 1, 9):
            red, green, blue, _ = theme.diverging(2 * share - 1, STRENGTH).tolist()
            ramp.setColorAt(float(share), QColor(red, green, blue))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ramp)
        height = theme.px(8)
        painter.drawRoundedRect(QRectF(x, middle - height / 2, width, height), 2, 2)
