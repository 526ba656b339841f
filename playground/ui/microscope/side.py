"""What one weight does to the loss: curve and tangent, its update, and a check by nudging."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from engine.microscope import EPSILON
from playground.ui import theme
from playground.ui.i18n import Translated, tr
from playground.ui.microscope.arithmetic import closed, shown, signed
from playground.ui.microscope.formula import Formula
from playground.ui.microscope.markup import plain
from playground.ui.microscope.nodes import gradient_color
from playground.ui.microscope.situation import Situation
from playground.ui.microscope.trial import Trial
from playground.ui.microscope.updating import update_lines
from playground.ui.microscope.wording import WEIGHT, Wording, wording_of
from playground.ui.plot_area import CurveStyle, PlotArea
from playground.ui.scales import round_ticks
from playground.ui.widgets import Button, Label, Rule
from playground.ui.widgets.labels import Picture

NUDGE = 0.01
"""How far the weight is moved in the sentence on its gradient."""

AXIS = 36
"""Width of the axis of the loss, in pixels at 100 %."""


class LossCurve(PlotArea):
    """The loss of the sample over one weight, with the tangent at its present value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, axis=AXIS)
        self._curve, self._tangent = (pg.PlotCurveItem(antialias=True) for _ in range(2))
        self._now, self._tried = (pg.ScatterPlotItem(pxMode=True, antialias=True) for _ in range(2))
        self._slope = pg.TextItem(anchor=(0.5, 0.0))
        self._steep = 0.0
        self._w = self._loss = np.zeros(1)
        for item in (self._curve, self._tangent, self._now, self._tried, self._slope):
            self.addItem(item)
        self._now.setZValue(2)
        self._tried.setZValue(3)
        theme.manager().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        colors, scale = theme.current(), theme.manager().scale
        self.setFixedHeight(theme.px(144))
        self._curve.setPen(CurveStyle("ink").pen())
        self._now.setSize(10 * scale)
        self._now.setBrush(colors.ink)
        self._now.setPen(pg.mkPen(colors.panel, width=2 * scale))
        self._tried.setSize(12 * scale)
        self._tried.setBrush(colors.panel)
        self._tried.setPen(pg.mkPen(colors.ink, width=2 * scale))
        self._slope.setFont(theme.font("button"))
        self._dress_slope()

    def _dress_slope(self) -> None:
        color = "pos" if self._steep > 0 else "neg" if self._steep < 0 else "ctl"
        self._tangent.setPen(CurveStyle(color, (3, 2)).pen())
        self._slope.setColor(gradient_color(self._steep, False))

    def show_curve(self, w: np.ndarray, loss: np.ndarray, slope: float) -> None:
        """Show the loss (points,) over values of the weight, the present one in the middle."""
        self._w, self._loss, middle = w, loss, len(w) // 2
        self._curve.setData(w, loss)
        self._now.setData([float(w[middle])], [float(loss[middle])])
        self.stand_at(middle, slope)

    def stand_at(self, at: int, slope: float) -> None:
        """Draw the tangent at a point of the curve, with a ring where it is not the present one."""
        w, loss, self._steep = self._w, self._loss, slope
        self._dress_slope()
        low, high, middle = float(loss.min()), float(loss.max()), len(w) // 2
        room = max(high - low, 0.02 * abs(high), 1e-6)
        bottom, top = low - 0.06 * room, high + 0.22 * room
        reach = 0.5 * float(w[-1] - w[middle])
        if abs(slope) * reach > 0.45 * room:
            reach = 0.45 * room / abs(slope)
        now, here = float(w[at]), float(loss[at])
        ends = np.array([now - reach, now + reach])
        self._tangent.setData(ends, here + slope * (ends - now))
        self._tried.setData(*(([now], [here]) if at != middle else ([], [])))
        text = tr("slope {value}", value=signed(slope))
        self._slope.setText(text)
        left, right = float(w[0]), float(w[-1])
        top = max(top, float(loss[middle]) + abs(slope) * reach if at == middle else top)
        # The corner that neither curve nor tangent comes to.
        self._slope.setAnchor((0.0, 0.0) if slope > 0 else (1.0, 0.0))
        self._slope.setPos(left if slope > 0 else right, top)
        self.set_x(left, right, round_ticks(left, right, 4))
        self.set_y(bottom, top)
        self.setAccessibleDescription(text)


class Side(Translated, QFrame):
    """The panel at the right: a weight, its curve, its update, and the check."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, objectName="results")
        self.name, self.value = Formula(role="lesson"), Label(role="lesson")
        self.between = Formula(color="ink2")
        self.sentence = Label(role="detail", wrap=True)
        self.curve_title, self.curve = Label(role="strong"), LossCurve()
        self.trial = Trial()
        self.update_title = Label(role="strong")
        self.rule, self.numbers, self.becomes = (
            Formula(),
            Formula(color="ink2"),
            Formula(role="value"),
        )
        self.losses = [(Label(role="detail", wrap=True), Label(role="value")) for _ in range(3)]
        self.check_title = Label(role="strong")
        self.check = Formula(color="ink2")
        self.check_numbers = Formula(color="ink2")
        self.mark, self.verdict = Picture("check", "ok"), Label(wrap=True)
        self.make, self.undo = Button(" ", kind="primary"), Button(" ", icon="undo")
        self.undo.setEnabled(False)
        self._situation: Situation | None = None
        self._along: Mapping[str, Any] | None = None
        self._drawn: Mapping[str, Any] | None = None
        self._build()
        self.trial.moved.connect(self._try)
        theme.manager().changed.connect(self._write)
        self.retranslate()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 14)
        column.setSpacing(6)
        top = QHBoxLayout()
        top.addWidget(self.name)
        top.addWidget(self.between, 1, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self.value, 0, Qt.AlignmentFlag.AlignRight)
        column.addLayout(top)
        column.addWidget(self.sentence)
        self._section(column, self.curve_title, self.curve)
        column.addWidget(self.trial)
        self._section(column, self.update_title, self.rule, self.numbers, self.becomes)
        table = QGridLayout()
        table.setColumnStretch(0, 1)
        for row, (name, value) in enumerate(self.losses):
            table.addWidget(name, row, 0)
            table.addWidget(value, row, 1, Qt.AlignmentFlag.AlignRight)
        column.addLayout(table)
        self._section(column, self.check_title, self.check, self.check_numbers)
        verdict = QHBoxLayout()
        verdict.addWidget(self.mark)
        verdict.addWidget(self.verdict, 1)
        column.addLayout(verdict)
        buttons = QHBoxLayout()
        buttons.addWidget(self.make, 1)
        buttons.addWidget(self.undo)
        column.addSpacing(6)
        column.addLayout(buttons)
        column.addStretch(1)

    @staticmethod
    def _section(column: QVBoxLayout, *widgets: QWidget) -> None:
        column.addSpacing(4)
        column.addWidget(Rule())
        column.addSpacing(4)
        for widget in widgets:
            column.addWidget(widget)

    def show_situation(self, situation: Situation, along: Mapping[str, Any] | None) -> None:
        """Show a weight; `along` is the answer of `LossAlong` for it, None while it is asked."""
        self._situation, self._along = situation, along
        if along is not None:
            moved = abs(along["w"][len(along["w"]) // 2] - situation.value)
            self._along = along if moved < 1e-9 else None  # for the weight before an update
        self._write()

    def _write(self) -> None:
        s = self._situation
        if s is None:
            return
        self.name.set_text(s.name)
        place = s.place
        unit = s.unit(place.layer, place.unit)
        source = place.source
        where = unit if source is None else f"{s.unit(place.layer - 1, source)} → {unit}"
        self.between.set_text(where)
        self.value.setText(shown(s.value))
        self.sentence.setText(self._told(s))
        self.curve_title.setText(tr(self._wording.curve))
        self.curve.setAccessibleName(tr(self._wording.curve))
        self.trial.slider.set_label(tr(self._wording.axis))
        self.trial.align(theme.px(AXIS), theme.px(14))
        lines = update_lines(s)
        self.rule.set_text(lines[-1].symbols)
        self.numbers.set_text(f"= {lines[-1].numbers}" if lines[-1].numbers else "")
        self.becomes.set_text(f"= {lines[-1].result}")
        self._write_losses(s)
        self._write_check(s)

    @property
    def _wording(self) -> Wording:
        return WEIGHT if self._situation is None else wording_of(self._situation.place)

    def _told(self, s: Situation) -> str:
        wording, change, moved = self._wording, s.gradient * NUDGE, s.updated - s.value
        if change == 0:
            return tr(wording.flat)
        template = wording.rising if change > 0 else wording.falling
        told = tr(template, change=shown(abs(change), 2))
        if moved == 0:
            return told
        return f"{told} {tr(wording.raised if moved > 0 else wording.lowered)}"

    def _write_losses(self, s: Situation) -> None:
        alone = "…" if self._along is None else shown(self._along["updated"])
        values = (shown(s.step.loss), alone, shown(s.step.loss_after))
        names = (
            tr("Loss now"),
            tr(self._wording.alone),
            tr("after changing all {count} parameters", count=f"{s.learning:,}"),
        )
        for (name, value), text, number in zip(self.losses, names, values, strict=True):
            name.setText(text)
            value.setText(number)

    def _try(self, at: int) -> None:
        """Draw the tangent where the parameter is tried."""
        s, along = self._situation, self._along
        if s is not None and along is not None:
            present = at == len(along["w"]) // 2
            self.curve.stand_at(at, s.gradient if present else float(along["slopes"][at]))

    def _write_check(self, s: Situation) -> None:
        along = self._along
        if along is None:
            return
        slope = float(along["slope"])
        if along is not self._drawn:
            self._drawn = along
            self.curve.show_curve(along["w"], along["loss"], s.gradient)
            self.trial.show_curve(along["w"], along["loss"], along["slopes"])
        symbol = plain(s.name)[0]
        near, two = f"{EPSILON:.5f}", f"{2 * EPSILON:.5f}"
        self.check.set_text(f"(L({symbol} + {near}) − L({symbol} − {near})) / {two}")
        template, nudged = f"({{}} − {{}}) / {two}", along["nudged"]
        numbers = closed(template, nudged, lambda a, b: (a - b) / (2 * EPSILON), slope)
        self.check_numbers.set_text(f"= {numbers}")
        fits = abs(slope - s.gradient) <= 1e-4 * max(abs(slope), abs(s.gradient)) + 1e-7
        self.mark.set_icon("check" if fits else "warn", "ok" if fits else "warn")
        text = (
            tr("{slope} matches the chain rule", slope=signed(slope))
            if fits
            else tr("{slope}: the loss has a kink or jump here", slope=signed(slope))
        )
        self.verdict.setText(text)
        color = theme.current().ok if fits else theme.current().warn
        self.verdict.setStyleSheet(f"color: {color.name()}; font-weight: 600;")

    def retranslate(self) -> None:
        self.update_title.setText(tr("Update"))
        self.check_title.setText(tr("Check by nudging"))
        self.make.setText(tr("Make this update"))
        self.make.setToolTip(
            tr("Change all weights as shown, by this sample alone; the run does not count it")
        )
        self.undo.setText(tr("Undo"))
        self._write()
        self._try(self.trial.at)
