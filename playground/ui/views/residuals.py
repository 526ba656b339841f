"""How the errors of a forecast are spread."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.experiment import Experiment
from engine.probes import Probe
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.column_names import unit_name
from playground.ui.i18n import N_, Translated, tr
from playground.ui.numbers import signed_text
from playground.ui.plots import PlotArea
from playground.ui.scales import nice_step
from playground.ui.views.base import View, view
from playground.ui.views.forecast_metrics import TEST
from playground.ui.widgets import Heading

BARS = 6
"""Bars on either side of the one around zero."""


@view("residuals", label=N_("Residuals"), area="results", order=40)
class ResidualsView(Translated, View):
    """Counts of forecast minus truth on the test data: too high blue, too low orange."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = Heading()
        self.plot = PlotArea()
        self.plot.hideAxis("left")
        self.bars = pg.BarGraphItem(x=[0], height=[0], width=1)
        self.plot.addItem(self.bars)
        self._residuals: NDArray[np.float64] | None = None
        self._experiment: Experiment | None = None
        self._answer: Any = None
        self._step = 0.0
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 8)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.plot, 1)
        theme.manager().changed.connect(self._draw)
        self.retranslate()

    @classmethod
    def offered(cls, experiment: Experiment) -> bool:
        """Offered where numbers are predicted."""
        return not experiment.task.target.classes

    def probes(self, experiment: Experiment) -> frozenset[Probe]:
        """Ask for the predictions of the test part."""
        return frozenset({TEST})

    def show_snapshot(self, snapshot: Snapshot) -> None:
        answer, dataset = snapshot.answers.get(TEST), snapshot.dataset
        if answer is self._answer:
            return
        self._answer, self._experiment = answer, snapshot.experiment
        self._residuals = None
        if answer is not None and dataset is not None and len(answer) == len(dataset.test):
            self._residuals = (answer - dataset.in_units(dataset.test.targets)).ravel()
        self._draw()

    def histogram(self) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Return the middles of the bars and their counts; the outermost hold all beyond them."""
        middles = np.arange(-BARS, BARS + 1) * self._step
        if self._residuals is None:
            return middles, np.zeros(len(middles), np.int64)
        bar = np.rint(self._residuals / self._step).clip(-BARS, BARS).astype(int) + BARS
        return middles, np.bincount(bar, minlength=2 * BARS + 1)

    def _draw(self) -> None:
        colors = theme.current()
        if self._residuals is not None:
            self._fit_step(float(np.quantile(np.abs(self._residuals), 0.98)))
        middles, counts = self.histogram()
        brushes = [
            colors.neg if x < 0 else colors.pos if x > 0 else colors.ctl for x in middles.tolist()
        ]
        self.bars.setOpts(
            x=middles, height=counts, width=0.9 * self._step, brushes=brushes, pen=None
        )
        reach = (BARS + 0.6) * (self._step or 1)
        ticks = [(x, signed_text(x, 0 if self._step >= 1 else 2)) for x in middles[::2].tolist()]
        ticks = [(x, "0" if not x else text) for x, text in ticks]
        self.plot.set_x(-reach, reach, ticks)
        self.plot.set_y(0, max(int(counts.max()), 1) * 1.05, [])
        self._write_heading()

    def _fit_step(self, reach: float) -> None:
        """Choose the width of the bars anew only where they hold too much or too little."""
        wanted = nice_step(max(reach, 1e-9) * 2, 2 * BARS)
        if wanted > self._step or wanted < self._step / 1.9:
            self._step = wanted

    def _write_heading(self) -> None:
        detail = ""
        if self._residuals is not None and self._experiment is not None:
            unit = unit_name(self._experiment.task.target.unit)
            mean = signed_text(self._residuals.mean())
            detail = tr("mean {mean} {unit}", mean=mean, unit=unit).rstrip()
        self.heading.set_text(tr("Residuals"), detail)
        self.plot.setAccessibleName(f"{tr('Residuals')}, {detail}")

    def retranslate(self) -> None:
        self._draw()
