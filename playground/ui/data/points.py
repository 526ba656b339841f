"""Points and logic gates: small drawings to choose from, noise, share and a new draw."""

from __future__ import annotations

from math import inf

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from engine.experiment import Experiment
from engine.fields import params
from engine.streams import stream
from engine.tasks.base import HostArray
from engine.tasks.points import CLOUDS, CORNERS, GATES, Gate, Points
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.data.base import NarrowCombo, TaskPanel, data_panel
from playground.ui.document import Document
from playground.ui.i18n import N_, Translated, tr
from playground.ui.numbers import number_text, percent_text
from playground.ui.widgets import Button, Label, LabeledSlider

NAMES = {
    "xor": N_("XOR"),
    "circles": N_("Circles"),
    "moons": N_("Moons"),
    "spirals": N_("Spirals"),
    "gaussians": N_("Blobs"),
    "checkerboard": N_("Checker"),
}
COUNTS = (20, 50, 100, 200, 400, 1000, 2000, 5000)
GATE = "gate"
_FIELDS = {field.name: field for field in params(Points)}


@data_panel("points", label=N_("Points"))
class PointsPanel(Translated, TaskPanel):
    """Clouds and, behind one more picture, the four gates."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(document, parent)
        self.pictures = {name: CloudButton(*_sample(name)) for name in (*CLOUDS, GATE)}
        self.gates = {name: CloudButton(*_truth_table(name)) for name in GATES}
        self.noise = _slider("noise")
        self.share = _slider("training_share")
        self.count_title = Label(role="detail")
        self.count = NarrowCombo(typed=(-inf, inf))
        self.new_data = Button(" ", icon="dice", kind="small")
        self._last, self._last_gate = Points(), Gate()
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(1)
        for pictures, first in ((self.pictures, 0), (self.gates, 2)):
            group = QButtonGroup(self)
            for index, picture in enumerate(pictures.values()):
                group.addButton(picture)
                grid.addWidget(picture, first + index // 4, index % 4)
        column.addLayout(grid)
        column.addWidget(self.noise)
        column.addWidget(self.share)
        row = QHBoxLayout()
        row.addWidget(self.count_title, 1)
        row.addWidget(self.count)
        column.addLayout(row)
        column.addWidget(self.new_data, 0, Qt.AlignmentFlag.AlignLeft)

    def _connect(self) -> None:
        for name, picture in self.pictures.items():
            picture.clicked.connect(lambda _=False, n=name: self.choose(n))
        for name, picture in self.gates.items():
            picture.clicked.connect(
                lambda _=False, n=name: self.set_task(Gate(n), tr("Change data"))
            )
        self.noise.edited.connect(
            lambda value, final: self.edit(
                tr("Change noise"), self.noise, "noise", final, noise=value
            )
        )
        self.share.edited.connect(
            lambda value, final: self.edit(
                tr("Change training share"), self.share, "share", final, training_share=value
            )
        )
        self.count.edited.connect(
            lambda value, _: self.edit(tr("Change number of points"), self.count, count=value)
        )
        self.new_data.clicked.connect(self.draw_anew)

    def choose(self, name: str) -> None:
        """Take a cloud, or the gate that was chosen last."""
        task = self._last_gate if name == GATE else self._last.but(cloud=name)
        self.set_task(task, tr("Change data"))
        self.show_experiment(self.document.experiment)

    def draw_anew(self) -> None:
        """Draw other points of the same kind."""
        if isinstance(self.task, Points):
            draw = (self.task.draw + 1) % (int(_FIELDS["draw"].high or 1) + 1)
            self.edit(tr("Draw new data"), self.new_data, draw=draw)

    def show_experiment(self, experiment: Experiment) -> None:
        task = experiment.task
        cloud = isinstance(task, Points)
        if isinstance(task, Points):
            self._last = task
            self.noise.set_value(task.noise)
            self.share.set_value(task.training_share)
            self.count.set_value(task.count)
        elif isinstance(task, Gate):
            self._last_gate = task
            self.gates[task.gate].setChecked(True)
        self.pictures[task.cloud if isinstance(task, Points) else GATE].setChecked(True)
        for picture in self.gates.values():
            picture.setVisible(not cloud)
        for widget in (self.noise, self.share, self.count_title, self.count, self.new_data):
            widget.setVisible(cloud)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Nothing is known of the points that the settings do not tell."""

    def retranslate(self) -> None:
        for name, picture in self.pictures.items():
            picture.set_name(tr("Gate") if name == GATE else tr(NAMES.get(name, name)))
        for name, picture in self.gates.items():
            picture.set_name(name.upper())
        self.noise.set_label(tr("Noise"))
        self.share.set_label(tr("Training share"))
        self.new_data.setText(tr("New data"))
        self.count_title.setText(tr("Points"))
        self.count.setAccessibleName(tr("Points"))
        self.count.set_options([(n, number_text(n)) for n in COUNTS])
        self.show_experiment(self.document.experiment)


data_panel("gate", label=N_("Logic gate"))(PointsPanel)


def _slider(name: str) -> LabeledSlider:
    field = _FIELDS[name]
    low, high, step = field.low or 0.0, field.high or 1.0, field.step or 0.01
    return LabeledSlider("", low, high, step, lambda value: percent_text(value, 0))


def _sample(name: str) -> tuple[HostArray, HostArray]:
    """Return points within ±1 and their classes: of a cloud, or of the XOR gate."""
    return _truth_table("xor") if name == GATE else CLOUDS[name](stream(0, "data"), 70, 0.06)


def _truth_table(gate: str) -> tuple[HostArray, HostArray]:
    return CORNERS * 1.3 - 0.65, np.array(GATES[gate])


class CloudButton(QAbstractButton):
    """A drawing of points (n, 2) within ±1 and their classes (n,), over a name."""

    def __init__(
        self, points: HostArray, classes: HostArray, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._points, self._classes, self._name = points, classes, ""
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.manager().changed.connect(self.updateGeometry)

    def set_name(self, name: str) -> None:
        """Write the name anew."""
        self._name = name
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(46), theme.px(60))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(40), theme.px(60))

    def paintEvent(self, event: QPaintEvent) -> None:
        colors, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(40)
        box = QRectF((self.width() - side) / 2, 1, side, side)
        edge = colors.ink if self.isChecked() else colors.ctl if self.underMouse() else colors.line
        painter.setPen(QPen(edge, 2 if self.isChecked() else 1))
        painter.setBrush(colors.panel)
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), theme.px(6), theme.px(6))
        painter.setPen(Qt.PenStyle.NoPen)
        radius = theme.px(7 if len(self._points) <= 4 else 3) / 2
        for (x, y), label in zip(self._points.tolist(), self._classes.tolist(), strict=True):
            painter.setBrush(colors.class_color(label, 2))
            at = box.center() + QPointF(x, -y) * (side * 0.4)
            painter.drawEllipse(at, radius, radius)
        painter.setFont(theme.font("thumb"))
        painter.setPen(colors.ink if self.isChecked() else colors.ink2)
        line = QRectF(0, box.bottom() + 2, self.width(), self.height() - box.bottom() - 2)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, self._name)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colors.ink, 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
