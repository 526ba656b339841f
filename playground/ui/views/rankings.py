"""The ROC and precision–recall curves of each class, with the areas under them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from engine.experiment import Experiment
from engine.probes import Probe
from engine.probes_classes import Rankings
from engine.ranking import Ranking, areas
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.cells import Pointing
from playground.ui.i18n import N_, Translated, tr
from playground.ui.numbers import number_text
from playground.ui.plots import CurveStyle, PlotArea
from playground.ui.scales import round_ticks
from playground.ui.views.base import View, view
from playground.ui.views.class_measures import MOST_CLASSES
from playground.ui.widgets import Heading, Label, Segment

PROBE = Rankings("validation")
FAINT = 60
"""How opaque, of 255, the other curves are while one is pointed at."""


@view("rankings", label=N_("ROC and PR curves"), area="results", order=24)
class RankingsView(Translated, View):
    """A curve for each class; of two classes, that of class 1."""

    opened = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading, self.curve = Heading(), Segment(small=True)
        self.curve.valueChanged.connect(lambda _: self._draw())
        self.heading.add(self.curve)
        self.plot, self.keys = PlotArea(), ClassKeys()
        self.axes = Label(role="caption")
        self.keys.pointed.connect(lambda _: self._paint())
        self._lines: list[pg.PlotCurveItem] = []
        self._chance = pg.PlotCurveItem()
        self.plot.addItem(self._chance)
        self._labels: Sequence[str] = ()
        self._answer: tuple[Ranking | None, ...] = ()
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.plot, 1)
        row.addWidget(self.keys)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 8)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addLayout(row, 1)
        column.addWidget(self.axes)
        ticks = round_ticks(0, 1, 4, percent=True)
        self.plot.set_x(0, 1.01, ticks)
        self.plot.set_y(0, 1.02, ticks)
        theme.manager().changed.connect(self._paint)
        self.retranslate()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(372), theme.px(260))

    @classmethod
    def offered(cls, experiment: Experiment) -> bool:
        """Offered for classes, no more than can be told apart."""
        target = experiment.task.target
        return target.classes and len(target.labels) <= MOST_CLASSES

    def probes(self, experiment: Experiment) -> frozenset[Probe]:
        """Ask for the curves of the validation part."""
        return frozenset({PROBE})

    def show_snapshot(self, snapshot: Snapshot) -> None:
        answer = snapshot.answers.get(PROBE)
        if answer is not None and answer is not self._answer:
            self._answer, labels = answer, snapshot.experiment.task.target.labels
            self._labels = labels[-1:] if len(answer) == 1 else labels
            self._draw()

    @property
    def _is_roc(self) -> bool:
        return self.curve.value() == "roc"

    def _draw(self) -> None:
        """Show the curves that were chosen, and the areas under them."""
        while len(self._lines) < len(self._answer):
            line = pg.PlotCurveItem(antialias=True)
            line.setSegmentedLineMode("on")
            self.plot.addItem(line)
            self._lines.append(line)
        for line, ranking in zip(self._lines, self._answer, strict=False):
            line.setData(*_points(ranking, self._is_roc))
        for line in self._lines[len(self._answer) :]:
            line.setData([], [])
        self._show_chance()
        self.keys.show_areas(self._labels, [_area(r, self._is_roc) for r in self._answer])
        self._write_texts()
        self._paint()

    def _show_chance(self) -> None:
        """Draw what guessing gives: a diagonal, or for a single class its share."""
        known = [ranking for ranking in self._answer if ranking is not None]
        if self._is_roc:
            self._chance.setData([0.0, 1.0], [0.0, 1.0])
        elif len(known) == 1:
            self._chance.setData([0.0, 1.0], [known[0].share] * 2)
        else:
            self._chance.setData([], [])

    def _paint(self) -> None:
        """Give the curves their colours; the one pointed at stands out."""
        chance = CurveStyle("ctl", (2, 3), 1.2)
        self._chance.setPen(chance.pen())
        for index, line in enumerate(self._lines):
            color = QColor(self.keys.color(index))
            others = self.keys.row not in (None, index)
            color.setAlpha(FAINT if others else 255)
            line.setPen(CurveStyle(color, width=3 if self.keys.row == index else 2).pen())
            line.setZValue(1 if self.keys.row == index else 0)

    def _write_texts(self) -> None:
        roc, pr = tr("true positive rate ↑ false positive rate →"), tr("precision ↑ recall →")
        self.axes.setText(roc if self._is_roc else pr)
        if self._answer:
            auc, precision = areas(self._answer)
            name = tr("area under the ROC curve") if self._is_roc else tr("average precision")
            value = number_text(auc if self._is_roc else precision, 3)
            self.plot.setAccessibleName(f"{tr('ROC and PR curves')}, {name} {value}")
        self.heading.set_text(tr("ROC and PR curves"))

    def retranslate(self) -> None:
        self.curve.set_options([("roc", "ROC"), ("pr", "PR")])
        self.curve.setAccessibleName(tr("Curve"))
        self.curve.button("roc").setToolTip(
            tr("Share of the class that is found against the share of the others taken for it")
        )
        self.curve.button("pr").setToolTip(
            tr("Share of right ones among those found against the share of the class found")
        )
        self.keys.retranslate()
        self._write_texts()


def _points(ranking: Ranking | None, is_roc: bool) -> tuple[Any, Any]:
    if ranking is None:
        return np.empty(0), np.empty(0)
    if is_roc:
        return ranking.false_positive_rate, ranking.true_positive_rate
    return ranking.recall, ranking.precision


def _area(ranking: Ranking | None, is_roc: bool) -> float | None:
    if ranking is None:
        return None
    return ranking.auc if is_roc else ranking.average_precision


class ClassKeys(Pointing):
    """The classes with the areas under their curves, at the right end of the curves.

    Signals
    -------
    pointed(row)
        The mouse or the arrow keys point at another class, or at none.

    Attributes
    ----------
    row
        The class that is pointed at, or None.
    """

    pointed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: Sequence[str] = ()
        self._areas: Sequence[float | None] = ()
        self.row: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        theme.manager().changed.connect(self.updateGeometry)

    def show_areas(self, labels: Sequence[str], areas: Sequence[float | None]) -> None:
        """Show classes with their areas, None where a class has no curve."""
        if labels != self._labels:
            self._labels = labels
            self.updateGeometry()
        self._areas = areas
        self._describe()
        self.update()

    def color(self, row: int) -> QColor:
        """Return the colour of a class and its curve."""
        count = len(self._labels)
        return theme.current().class_color(1 if count == 1 else row, 2 if count == 1 else 10)

    def text(self, row: int) -> str:
        """Return the area of a class as it is written."""
        area = self._areas[row]
        return "–" if area is None else number_text(area, 3)

    def retranslate(self) -> None:
        """Write the texts anew."""
        self.setAccessibleName(tr("Areas under the curves"))
        self._describe()
        self.updateGeometry()

    def _describe(self) -> None:
        pairs = zip(self._labels, range(len(self._areas)), strict=False)
        texts = [f"{tr(label)}: {self.text(row)}" for label, row in pairs]
        self.setAccessibleDescription(texts[self.row] if self.row is not None else ", ".join(texts))

    def _widest(self) -> int:
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(tr(label)) for label in self._labels), default=0)
        return min(widest, theme.px(72))

    def sizeHint(self) -> QSize:
        number = self.fontMetrics().horizontalAdvance("0.000")
        return QSize(theme.px(16) + self._widest() + theme.px(8) + number, theme.px(60))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width(), theme.px(13) * len(self._labels))

    def _height(self) -> float:
        return min(theme.px(22), self.height() / max(len(self._labels), 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        colors, painter, height = theme.current(), QPainter(self), self._height()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        flags, left = Qt.AlignmentFlag, theme.px(16)
        for row, label in enumerate(map(tr, self._labels[: len(self._areas)])):
            strong, middle = row == self.row, (row + 0.5) * height
            painter.setPen(QPen(self.color(row), theme.px(3 if strong else 2)))
            painter.drawLine(QPointF(0, middle), QPointF(left - theme.px(5), middle))
            painter.setFont(theme.font("button" if strong else "body"))
            painter.setPen(colors.ink if strong or self.row is None else colors.ink3)
            box = QRectF(left, row * height, self.width() - left, height)
            room = self._widest() + theme.px(4)
            name = painter.fontMetrics().elidedText(label, Qt.TextElideMode.ElideRight, room)
            painter.drawText(box, flags.AlignLeft | flags.AlignVCenter, name)
            painter.drawText(box, flags.AlignRight | flags.AlignVCenter, self.text(row))
        if self.hasFocus():
            painter.setPen(QPen(colors.ink, 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)

    def _point_at(self, row: int | None) -> None:
        if row != self.row:
            self.row = row
            self._describe()
            self.pointed.emit(row)
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = int(event.position().y() // self._height())
        self._point_at(row if 0 <= row < len(self._areas) else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None or not self._areas:
            super().keyPressEvent(event)
        else:
            row = (0 if step > 0 else -1) if self.row is None else self.row + step
            self._point_at(row % len(self._areas))
