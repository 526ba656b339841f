"""Charts in the style of the design.

- `PlotArea` is a pyqtgraph PlotWidget with our axes: horizontal grid, no box, no menu, no zoom.
  Give it ranges with `set_x(low, high)` and `set_y(low, high)` and add any item; pens of your own
  items are yours to refresh on the theme's `changed`.
- `Chart` shows live curves: `add_curve(key, name, style)`, then `set_curve(key, x, y)` as often as
  the timer ticks. Its axes grow in steps and never shrink before `clear()` or a shorter series; the
  last value stands at the end of each line, the mouse reads values out. `hovered(x)` and
  `set_cursor(x)` link the cursors of several charts.
"""

from collections.abc import Callable
from html import escape

import numpy as np
from numpy.typing import ArrayLike
from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.ui import theme
from playground.ui.curve_area import CurveArea
from playground.ui.curve_labels import EndLabels, LastValues
from playground.ui.i18n import tr
from playground.ui.numbers import number_text
from playground.ui.plot_area import TRAINING, VALIDATION, CurveStyle, PlotArea
from playground.ui.scales import (
    SHOWN_POINTS,
    grown,
    grown_log,
    log_ticks,
    round_ticks,
    thin,
    x_limit,
)
from playground.ui.tip import Tip
from playground.ui.widgets.labels import EmptyState, Label

__all__ = ["TRAINING", "VALIDATION", "Chart", "CurveStyle", "PlotArea"]

_SPEAK_MS = 2000
_EDGE = 0.03  # room past the last tick, so that an end dot on it is whole


class _Curve:
    """One series of a chart: its data as given, and its line."""

    def __init__(self, area: CurveArea, name: str, style: CurveStyle) -> None:
        self.name, self.style = name, style
        self.x = self.y = np.empty(0)
        self._area, self._line = area, area.add_line(style)

    @property
    def end(self) -> tuple[float, float] | None:
        """The last point that is drawn, in the units of the axes."""
        return self._line.end

    def draw(self, log_y: bool, log_x: bool = False) -> tuple[float, float] | None:
        """Show the data and return their lowest and highest shown value, if there is any."""
        x, y = thin(self.x, self.y, min(max(self._area.width(), 100), SHOWN_POINTS))
        if log_x:
            x, y = x[x > 0], y[x > 0]
            x = np.log10(x)
        y = np.log10(np.where(y > 0, y, np.nan)) if log_y else np.where(np.isfinite(y), y, np.nan)
        self._line.set_data(x, y)
        self._area.update()
        shown = y[np.isfinite(y)]
        return (float(shown.min()), float(shown.max())) if len(shown) else None

    def last(self) -> float | None:
        return float(self.y[-1]) if len(self.y) else None

    def at(self, x: float) -> tuple[float, float] | None:
        """Return the measured point nearest to `x`."""
        if not len(self.x):
            return None
        right = int(np.searchsorted(self.x, x).clip(1, max(len(self.x) - 1, 1)))
        nearest = min((right - 1, min(right, len(self.x) - 1)), key=lambda i: abs(self.x[i] - x))
        return float(self.x[nearest]), float(self.y[nearest])


class Chart(QWidget):
    """Live curves with their values.

    Parameters
    ----------
    title
        Heading above the plot, empty for none.
    y_range
        Range of y to start with; it grows when values leave it. A loss starts at (0, 0), an
        accuracy at (chance, 1).
    text
        Writes a value for the labels, for example ``"{:.3f}".format``.
    percent
        Whether the y axis is written in percent.
    log_y
        Whether y is logarithmic.
    labels
        Whether values stand at the ends of the curves.
    """

    hovered = Signal(object)

    def __init__(
        self,
        title: str = "",
        y_range: tuple[float, float] = (0.0, 0.0),
        text: Callable[[float], str] = lambda value: number_text(value, 3),
        percent: bool = False,
        log_y: bool = False,
        labels: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.text, self.log_y, self.log_x = text, log_y, False
        self._start_range, self._percent = y_range, percent
        self.x_name = ""
        self.curves: dict[str, _Curve] = {}
        self.title = Label(title, "heading")
        self.area = CurveArea()
        self._ends = EndLabels(self)
        self._ends.setVisible(labels)
        self._values = LastValues(self)
        self._values.hide()
        self._empty = EmptyState("play", parent=self.area)
        self._empty.hide()
        self._tip = Tip(self)
        self._tip.setTextFormat(Qt.TextFormat.RichText)
        self._build()
        self._speak = QTimer(self, singleShot=True, interval=_SPEAK_MS)
        self._speak.timeout.connect(self._announce)
        self.area.pointed.connect(self._point)
        self.area.resized.connect(self._area_resized)
        theme.manager().changed.connect(self.restyle)
        self.restyle()
        self.clear()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.header = QHBoxLayout()
        self.header.setSpacing(8)
        self.header.addWidget(self.title)
        self.header.addStretch(1)
        self.header.addWidget(self._values)
        column.addLayout(self.header)
        self.title.setVisible(bool(self.title.text()))
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.area, 1)
        row.addWidget(self._ends)
        column.addLayout(row, 1)

    def set_text(self, title: str, x_name: str, names: dict[str, str], empty: str = "") -> None:
        """Write the title, the name of x, the curves' names and the empty sentence anew."""
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self.x_name = x_name
        for key, name in names.items():
            self.curves[key].name = name
        self._empty.set_text(empty)
        self._ends.refit(forget=True)
        self._show_empty()
        self._announce()

    def add_curve(self, key: str, name: str, style: CurveStyle = TRAINING) -> None:
        """Add an empty curve."""
        self.curves[key] = _Curve(self.area, name, style)
        self._ends.refit()

    def set_curve(self, key: str, x: ArrayLike, y: ArrayLike) -> None:
        """Show the series (x rising, y of equal length). The arrays must not change afterwards."""
        curve = self.curves[key]
        restarted = len(y) < len(curve.y)
        curve.x, curve.y = np.asarray(x), np.asarray(y)
        if restarted:
            self._redraw()
        else:
            self._grow(curve.draw(self.log_y, self.log_x))
            self._ends.refit()
        self._values.rewrite()
        self._show_empty()
        if not self._speak.isActive():
            self._speak.start()

    def clear(self) -> None:
        """Forget all data and start with the first axes again."""
        for curve in self.curves.values():
            curve.x = curve.y = np.empty(0)
            curve.draw(self.log_y)
        self._reset_range()
        self._ends.refit(forget=True)
        self._values.rewrite(forget=True)
        self._show_empty()

    def set_log_y(self, log_y: bool) -> None:
        """Switch between a linear and a logarithmic y axis."""
        if log_y != self.log_y:
            self.log_y = log_y
            self._redraw()

    def set_log_x(self, log_x: bool) -> None:
        """Switch between a linear and a logarithmic x axis."""
        if log_x != self.log_x:
            self.log_x = log_x
            self._redraw()

    def _redraw(self) -> None:
        """Draw the data that there are on axes that begin anew."""
        self._reset_range()
        for curve in self.curves.values():
            self._grow(curve.draw(self.log_y, self.log_x))
        self._ends.refit()

    def set_scale(self, y_range: tuple[float, float], percent: bool) -> None:
        """Start with another range of y, written in percent or as plain numbers."""
        self._start_range, self._percent = y_range, percent
        self._redraw()

    def set_compact(self, compact: bool) -> None:
        """Write the last values beside the title rather than at the ends of the curves."""
        self._ends.setVisible(not compact)
        self._values.setVisible(compact)

    def set_cursor(self, x: float | None) -> None:
        """Show the vertical line at `x`, or hide it."""
        self.area.set_cursor(x)

    def restyle(self) -> None:
        """Draw everything in the colours and text size of the theme."""
        self._tip.hide()
        self._ends.refit(forget=True)
        self._values.rewrite(forget=True)

    def _reset_range(self) -> None:
        self._x_end = 1.0 if self.log_x else x_limit(1)
        self._y = (np.inf, -np.inf) if self.log_y else self._start_range
        self._range_y()
        self._range_x()

    def _grow(self, span: tuple[float, float] | None) -> None:
        if span is None:
            return
        largest = max(c.end[0] for c in self.curves.values() if c.end)
        end = np.ceil(largest) if self.log_x else x_limit(largest)
        if end > self._x_end:
            self._x_end = end
            self._range_x()
        wider = (grown_log if self.log_y else grown)(*self._y, *span)
        if wider != self._y:
            self._y = wider
            self._range_y()

    def _range_x(self) -> None:
        ticks = log_ticks(0, self._x_end) if self.log_x else round_ticks(0, self._x_end)
        self.area.set_x(0, self._x_end * (1 + _EDGE), ticks)

    def _range_y(self) -> None:
        low, high = self._y
        if not high > low:
            low, high = (-1.0, 0.0) if self.log_y else (low if np.isfinite(low) else 0.0, low + 1)
        ticks = log_ticks(low, high) if self.log_y else round_ticks(low, high, 3, self._percent)
        self.area.set_y(low, high + (high - low) * _EDGE, ticks)

    def _show_empty(self) -> None:
        bare = not any(len(curve.y) for curve in self.curves.values())
        self._empty.setVisible(bare and bool(self._empty.sentence.text()))

    def _announce(self) -> None:
        parts = [self.title.text()]
        for curve in self.curves.values():
            if len(curve.y):
                parts.append(f"{curve.name} {self.text(curve.last())}")
        longest = max(self.curves.values(), key=lambda curve: len(curve.y), default=None)
        if longest is not None and len(longest.y):
            parts.append(f"{self.x_name} {number_text(float(longest.x[-1]))}")
            earlier, last = longest.y[-max(2, len(longest.y) // 10) :][0], longest.y[-1]
            parts.append(tr("falling") if last < earlier else tr("rising"))
        self.setAccessibleName(", ".join(filter(None, parts)))

    def _area_resized(self) -> None:
        self._empty.setGeometry(self.area.rect())
        self._ends.update()

    def _point(self, at: QPointF | None) -> None:
        """Read out the values at a place of the area; None where the mouse has left it."""
        points = {}
        if at is not None and self.area.box().contains(at):
            x = self.area.value(at)[0]
            x = 10**x if self.log_x else x
            points = {k: p for k, c in self.curves.items() if (p := c.at(x)) is not None}
        if not points:
            self._tip.hide()
            if at is None:
                self.set_cursor(None)
                self.hovered.emit(None)
            return
        nearest = min((p[0] for p in points.values()), key=lambda value: abs(value - x))
        lines = [f"<b>{escape(self.x_name)} {number_text(nearest)}</b>"]
        lines += [f"{escape(self.curves[k].name)} {self.text(p[1])}" for k, p in points.items()]
        self._tip.setText("<br>".join(lines))
        self._tip.adjustSize()
        place = self.area.mapTo(self, at.toPoint())
        left = place.x() + theme.px(12)
        if left + self._tip.width() > self.width():
            left = place.x() - theme.px(12) - self._tip.width()
        self._tip.move(max(0, left), max(0, place.y() - self._tip.height() - theme.px(8)))
        self._tip.raise_()
        self._tip.show()
        self.set_cursor(np.log10(max(nearest, 1e-9)) if self.log_x else nearest)
        self.hovered.emit(nearest)
