"""What a chart writes of its curves: at their ends, or in one line beside the title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.ui import theme

if TYPE_CHECKING:
    from playground.ui.plots import Chart


class EndLabels(QWidget):
    """The last value and the name of each curve, at the height of its end but never overlapping."""

    def __init__(self, chart: Chart) -> None:
        super().__init__(chart)
        self._chart = chart
        self._widest = 0

    def refit(self, forget: bool = False) -> None:
        """Make room for the widest label; never less than before unless `forget`."""
        if self.isHidden() and not forget:
            return
        value, name = (QFontMetrics(theme.font(role)) for role in ("value", "caption"))
        needed = 0 if forget else self._widest
        for curve in self._chart.curves.values():
            needed = max(needed, name.horizontalAdvance(curve.name))
            last = curve.last()
            if last is not None:
                needed = max(needed, value.horizontalAdvance(self._chart.text(last)))
        if needed != self._widest:
            self._widest = needed
            self.setFixedWidth(needed + theme.px(4))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        height = theme.px(36)
        rows = []
        for curve in self._chart.curves.values():
            if curve.end is not None:
                rows.append((self._chart.area.place(*curve.end).y() - height / 2, curve))
        rows.sort(key=lambda row: row[0])
        painter = QPainter(self)
        tops = _spread([row[0] for row in rows], height, self.height())
        for top, (_, curve) in zip(tops, rows, strict=True):
            painter.setPen(theme.current().color(curve.style.color))
            painter.setFont(theme.font("value"))
            line = QRect(0, round(top), self.width(), theme.px(20))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, self._chart.text(curve.last()))
            painter.setFont(theme.font("caption"))
            line = QRect(0, round(top) + theme.px(18), self.width(), theme.px(16))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, curve.name)


def _spread(tops: list[float], height: float, room: float) -> list[float]:
    """Move boxes of equal height, sorted by top, apart and into [0, room]."""
    placed: list[float] = []
    for top in tops:
        placed.append(max(top, placed[-1] + height if placed else 0.0))
    limit = room
    for i in reversed(range(len(placed))):
        placed[i] = min(placed[i], limit - height)
        limit = placed[i]
    return placed


class LastValues(QWidget):
    """The last value of each curve in one line; grows with its numbers and never shrinks."""

    def __init__(self, chart: Chart) -> None:
        super().__init__(chart)
        self._chart = chart
        self._texts: list[tuple[str, str | QColor]] = []
        self._widest = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def rewrite(self, forget: bool = False) -> None:
        """Write what the curves have come to; keep the room of longer numbers unless `forget`."""
        curves = [curve for curve in self._chart.curves.values() if curve.end is not None]
        texts = [(self._chart.text(curve.last()), curve.style.color) for curve in curves]
        if texts == self._texts and not forget:
            return
        self._texts = texts
        needed = sum(self._widths())
        if needed > self._widest or forget:
            self._widest = needed
            self.updateGeometry()
        self.update()

    def _widths(self) -> list[int]:
        metrics = QFontMetrics(theme.font("button"))
        return [metrics.horizontalAdvance(f" {text}") for text, _ in self._texts]

    def sizeHint(self) -> QSize:
        return QSize(self._widest, QFontMetrics(theme.font("button")).height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, right = QPainter(self), self.width()
        painter.setFont(theme.font("button"))
        for (text, color), width in zip(self._texts[::-1], self._widths()[::-1], strict=True):
            painter.setPen(theme.current().color(color))
            box = QRect(right - width, 0, width, self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
            right -= width
