"""The shared style of every plot: axes, grid, pens. See `playground.ui.plots`."""

from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from playground.ui import theme
from playground.ui.scales import Ticks, round_ticks


@dataclass(frozen=True)
class CurveStyle:
    """How a curve is drawn: colour token or QColor, dash pattern in line widths, width in px."""

    color: str | QColor = "ink"
    dash: tuple[float, ...] = ()
    width: float = 2.2

    def pen(self) -> QPen:
        """Return the pen in the theme in use."""
        pen = QPen(theme.current().color(self.color), self.width * theme.manager().scale)
        pen.setCosmetic(True)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap if self.dash else Qt.PenCapStyle.RoundCap)
        if self.dash:
            pen.setDashPattern(self.dash)
        return pen


TRAINING = CurveStyle("ink")
VALIDATION = CurveStyle("val", (2.6, 1.6))


class _Grid(pg.UIGraphicsItem):
    """Horizontal lines behind the data; pyqtgraph's own grid would cut the outermost numbers."""

    def __init__(self) -> None:
        super().__init__()
        self._values: list[float] = []
        self.setZValue(-1000)

    def show_at(self, values: list[float]) -> None:
        self._values = values
        self.update()

    def paint(self, painter: QPainter, *_: object) -> None:
        view = self.boundingRect()
        painter.setPen(pg.mkPen(theme.current().line))
        for y in self._values:
            painter.drawLine(QPointF(view.left(), y), QPointF(view.right(), y))


class PlotArea(pg.PlotWidget):
    """An empty plot with the axes of the design.

    Parameters
    ----------
    axis
        How wide the axis of y is, in pixels at 100 %; 0 for as wide as its numbers.
    least
        How high the plot is at least, likewise.
    """

    def __init__(
        self, parent: QWidget | None = None, x_axis: bool = True, axis: int = 0, least: int = 0
    ) -> None:
        super().__init__(parent, enableMenu=False)  # a menu of 20 controls would be made at once
        self.setFrameShape(self.Shape.NoFrame)
        self.hideButtons()
        self.setMouseEnabled(False, False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.getViewBox().disableAutoRange()
        self.left, self.bottom = self.getAxis("left"), self.getAxis("bottom")
        self._axis, self._least = axis, least
        self._grid = _Grid()
        self.addItem(self._grid, ignoreBounds=True)
        self.left.setStyle(tickLength=0, autoReduceTextSpace=False)
        self.bottom.setStyle(tickLength=-3)
        for side in (self.left, self.bottom):
            side.setStyle(tickAlpha=255, hideOverlappingLabels=False)
        self.showAxis("bottom", x_axis)
        theme.manager().changed.connect(self.restyle)
        self.restyle()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(120))

    def set_x(self, low: float, high: float, ticks: Ticks | None = None) -> None:
        """Set the range of x; `ticks` are pairs of position and text, by default round numbers."""
        self.setXRange(low, high, padding=0)
        self.bottom.setTicks([round_ticks(low, high) if ticks is None else ticks])

    def set_y(self, low: float, high: float, ticks: Ticks | None = None) -> None:
        """Set the range of y; `ticks` are pairs of position and text, by default round numbers."""
        self.setYRange(low, high, padding=0)
        ticks = round_ticks(low, high) if ticks is None else ticks
        self.left.setTicks([ticks])
        self._grid.show_at([at for at, _ in ticks])

    def restyle(self) -> None:
        """Draw the axes in the colours and text size of the theme."""
        colors = theme.current()
        self.setBackground(colors.panel)
        for axis in (self.left, self.bottom):
            axis.setTickFont(theme.font("caption"))
            axis.setTextPen(colors.ink3)
        self.left.setPen(QPen(Qt.PenStyle.NoPen))
        self.left.setTickPen(pg.mkPen(colors.line))
        self._grid.update()
        self.bottom.setPen(pg.mkPen(colors.ctl))
        self.bottom.setTickPen(pg.mkPen(colors.ctl))
        self.bottom.setHeight(theme.px(24))
        if self._axis:
            self.left.setWidth(theme.px(self._axis))
        self.setMinimumHeight(theme.px(self._least))
        # Half a line of text stands above the highest tick, half a number right of the last.
        self.getPlotItem().layout.setContentsMargins(0, theme.px(8), theme.px(14), 0)
