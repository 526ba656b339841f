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
from engine.tasks.plane import FEATURES, SYMBOLS
from engine.tasks.points import CLOUDS, CORNERS, GATES, OWN, Gate, Points
from playground.snapshot import Snapshot
from playground.ui import icons, theme
from playground.ui.data.base import NarrowCombo, TaskPanel, data_panel
from playground.ui.document import Document
from playground.ui.i18n import N_, Translated, tr, tr_engine
from playground.ui.marks import mark
from playground.ui.numbers import number_text, percent_text
from playground.ui.widgets import Button, Label, LabeledSlider

NAMES = {
    "xor": N_("XOR"),
    "circles": N_("Circles"),
    "moons": N_("Moons"),
    "spirals": N_("Spirals"),
    "gaussians": N_("Blobs"),
    "checkerboard": N_("Checker"),
    OWN: N_("Own"),
}
COUNTS = (20, 50, 100, 200, 400, 1000, 2000, 5000)
GATE = "gate"
APART = 0.27
"""How far the points of a small drawing are apart, so that the shape of each can be seen."""
_FIELDS = {field.name: field for field in params(Points)}


@data_panel("points", label=N_("Points"))
class PointsPanel(Translated, TaskPanel):
    """Clouds and, behind one more picture, the four gates."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(document, parent)
        self.pictures = {name: CloudButton(*_sample(name)) for name in (*CLOUDS, OWN, GATE)}
        self.gates = {name: CloudButton(*_truth_table(name)) for name in GATES}
        self.noise = _slider("noise")
        self.share = _slider("training_share")
        self.count_title = Label(role="detail")
        self.count = NarrowCombo(typed=(-inf, inf))
        self.new_data = Button(" ", icon="dice", kind="small")
        self.hint = Label(role="caption", wrap=True)
        self.features_title = Label(role="field")
        self.features = {name: Button(SYMBOLS[name], kind="small") for name in FEATURES}
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
        column.addWidget(self.hint)
        column.addWidget(self.features_title)
        buttons = list(self.features.values())
        for row in (buttons[:3], buttons[3:]):
            crosses = QHBoxLayout()
            crosses.setSpacing(4)
            for button in row:
                button.setCheckable(True)
                crosses.addWidget(button, 1)
            column.addLayout(crosses)

    def _connect(self) -> None:
        for name, picture in self.pictures.items():
            picture.clicked.connect(lambda _=False, n=name: self.choose(n))
        for name, picture in self.gates.items():
            picture.clicked.connect(lambda _=False, n=name: self.choose_gate(n))
        for name, button in self.features.items():
            button.clicked.connect(lambda _=False, n=name: self.toggle_feature(n))
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
        """Take a cloud, the gate that was chosen last, or the points that one painted.

        Before any are painted, they are those that are there.
        """
        task = self._last_gate if name == GATE else self._last.but(cloud=name)
        if name == OWN and not self._last.own and self._last.cloud != OWN:
            task = self._last.painted(self.document.experiment.training.seed)
        self.set_task(task.but(features=self.task.features), tr("Change data"))
        self.show_experiment(self.document.experiment)

    def choose_gate(self, name: str) -> None:
        """Take the truth table of another gate."""
        self.set_task(Gate(name, features=self.task.features), tr("Change data"))

    def toggle_feature(self, name: str) -> None:
        """Give the network one more feature cross, or one less, in their usual order."""
        chosen = {*self.task.features} ^ {name}
        features = tuple(feature for feature in FEATURES if feature in chosen)
        self.edit(tr("Change feature crosses"), self.features[name], features=features)

    def draw_anew(self) -> None:
        """Draw other points of the same kind."""
        if isinstance(self.task, Points):
            draw = (self.task.draw + 1) % (int(_FIELDS["draw"].high or 1) + 1)
            self.edit(tr("Draw new data"), self.new_data, draw=draw)

    def show_experiment(self, experiment: Experiment) -> None:
        task = experiment.task
        cloud = isinstance(task, Points) and task.cloud != OWN
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
            picture.setVisible(isinstance(task, Gate))
        for widget in (self.noise, self.count_title, self.count, self.new_data):
            widget.setVisible(cloud)
        self.share.setVisible(isinstance(task, Points))
        self.hint.setVisible(isinstance(task, Points) and not cloud)
        self.pictures[OWN].show_points(*_painted(self._last))
        for name, button in self.features.items():
            button.setChecked(name in task.features)

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
        self.hint.setText(tr("Paint and erase points on the decision boundary."))
        self.features_title.setText(tr("Feature crosses"))
        for name, button in self.features.items():
            button.setAccessibleName(tr("Input {name}", name=SYMBOLS[name]))
            button.setToolTip(tr_engine(_FIELDS["features"].help))
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
    if name == OWN:
        return np.empty((0, 2)), np.empty(0, np.int64)
    if name == GATE:
        return _truth_table("xor")
    return _thinned(*CLOUDS[name](stream(0, "data"), 200, 0.06))


def _painted(task: Points) -> tuple[HostArray, HostArray]:
    """Return some of a person's own points and their classes."""
    if not task.own:
        return _sample(OWN)
    rows = np.array(task.own[:: -(-len(task.own) // 400)])
    return _thinned(np.clip(rows[:, :2], -1, 1), rows[:, 2].astype(np.int64))


def _thinned(points: HostArray, classes: HostArray) -> tuple[HostArray, HostArray]:
    """Return some of the points and their classes, of which no two are closer than `APART`."""
    kept: list[int] = []
    for row, point in enumerate(points):
        if (np.hypot(*(points[kept] - point).T) >= APART).all():
            kept.append(row)
    return points[kept], classes[kept]


def _truth_table(gate: str) -> tuple[HostArray, HostArray]:
    return CORNERS * 1.3 - 0.65, np.array(GATES[gate])


class CloudButton(QAbstractButton):
    """A drawing of points (n, 2) within ±1 and their classes (n,), over a name.

    Attributes
    ----------
    points, classes
        What is drawn.
    """

    def __init__(
        self, points: HostArray, classes: HostArray, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.points, self.classes, self._name = points, classes, ""
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.manager().changed.connect(self.updateGeometry)

    def show_points(self, points: HostArray, classes: HostArray) -> None:
        """Draw other points."""
        self.points, self.classes = points, classes
        self.update()

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
        radius = theme.px(7 if len(self.points) <= 4 else 5) / 2
        count = max(2, 1 + int(self.classes.max(initial=0)))
        for (x, y), label in zip(self.points.tolist(), self.classes.tolist(), strict=True):
            painter.setBrush(colors.class_color(label, count))
            painter.drawPath(mark(label, box.center() + QPointF(x, -y) * (side * 0.4), radius))
        if not len(self.points):
            pencil = icons.pixmap("pencil", theme.px(18), "ink2")
            at = box.center() - QPointF(theme.px(9), theme.px(9))
            painter.drawPixmap(at, pencil)
        painter.setFont(theme.font("thumb"))
        painter.setPen(colors.ink if self.isChecked() else colors.ink2)
        line = QRectF(0, box.bottom() + 2, self.width(), self.height() - box.bottom() - 2)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, self._name)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colors.ink, 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
