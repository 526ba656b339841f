"""A digit, drawn by hand or one of the samples, and what the network makes of it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from engine.experiment import Experiment
from engine.probes import Probe, Sample
from engine.probes_images import Drawing
from engine.tasks import Dataset
from engine.tasks.handwriting import SIDE
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.i18n import N_, Translated, tr
from playground.ui.numbers import percent_text
from playground.ui.views.base import View, view
from playground.ui.views.pad import Pad
from playground.ui.widgets import Button, Check, Heading, fill_ground

PART = "validation"
INTERVAL = 33
"""Milliseconds between two looks of the network at a drawing that grows."""
PATIENCE = 1.0
"""Seconds after which a look is no longer waited for."""
RETELL = 1 / 10
"""Seconds between two pictures of the bars for a sample that stays, whose many words take long."""
NARROW = 270
"""Below this width, in pixels at 100 %, the bars stand under the paper."""


@view("sample", label=N_("Draw a digit"), area="results", order=10)
class SampleView(Translated, View):
    """A digit, drawn or a validation sample, beside the probabilities of the classes."""

    lively = True  # whoever draws wants to see at once what the network says

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = Heading()
        self.earlier, self.later = (Button(icon=icon, kind="flat") for icon in ("left", "right"))
        self.clear = Button(icon="trash", kind="flat")
        self.earlier.clicked.connect(lambda: self.move_by(-1))
        self.later.clicked.connect(lambda: self.move_by(1))
        self.heading.add(self.earlier, self.later, self.clear)
        self.pad, self.bars = Pad(), ClassBars()
        self.eraser, self.raw = Button(icon="eraser", kind="flat"), Check()
        self.eraser.setCheckable(True)
        self.eraser.toggled.connect(lambda on: setattr(self.pad, "erasing", on))
        self.raw.valueChanged.connect(lambda: self._look() if self._draws else None)
        self.clear.clicked.connect(self.pad.clear)
        self._later = QTimer(self, singleShot=True, interval=INTERVAL)
        self._later.timeout.connect(self._look)
        self.pad.drawn.connect(lambda: self._later.isActive() or self._later.start())
        self._patience = self._told = 0.0
        self._dataset: Dataset | None = None
        self._shown: tuple[Sample | None, Dataset | None, Any] = (None, None, None)
        self._detail = ""
        self._build()
        self.retranslate()

    def _build(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(4)
        tools.addWidget(self.eraser)
        tools.addWidget(self.raw)
        tools.addStretch(1)
        paper = QVBoxLayout()
        paper.setSpacing(4)
        paper.addWidget(self.pad, 1)
        paper.addLayout(tools)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(16)
        self._row.addLayout(paper)
        self._row.addWidget(self.bars, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 8)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addLayout(self._row, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def minimumSizeHint(self) -> QSize:
        """Let the view be so narrow that the bars stand below the paper."""
        return QSize(theme.px(150), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out(self.width())

    def height_at(self, width: int) -> int:
        """Return the height with the bars beside the paper or below it, as the width has it."""
        self._lay_out(width)
        return super().height_at(width)

    def _lay_out(self, width: int) -> None:
        """Put the bars beside the paper where there is room."""
        beside, ways = width >= theme.px(NARROW), QBoxLayout.Direction
        direction = ways.LeftToRight if beside else ways.TopToBottom
        if direction != self._row.direction():
            self._row.setDirection(direction)
            self.layout().invalidate()  # which a row in it does not do

    @classmethod
    def offered(cls, experiment: Experiment) -> bool:
        """Offered where digits are told apart by one answer."""
        task = experiment.task
        return task.input_shape == (1, SIDE, SIDE) and task.target.classes and not task.target.steps

    def probes(self, experiment: Experiment) -> frozenset[Probe]:
        """Ask what every layer gives for the digit, as the canvas does."""
        return frozenset({self.sample})

    @property
    def _draws(self) -> bool:
        return isinstance(self.sample, Drawing)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._dataset = snapshot.dataset
        answer = snapshot.answers.get(self.sample)
        sample, dataset, known = self._shown
        is_new = sample != self.sample or dataset is not snapshot.dataset
        if answer is None or (answer is known and not is_new):
            return
        now = time.monotonic()
        if snapshot.state == "running" and not is_new and now - self._told < RETELL:
            return
        self._told = now
        self._shown = self.sample, snapshot.dataset, answer
        labels, true = snapshot.experiment.task.target.labels, None
        if self._draws:
            drawn = answer["input"].any()
            self.bars.show_shares(answer.get("output") if drawn else None, labels, None)
        else:
            if is_new:
                self.pad.show_sample(answer["input"])
            if snapshot.dataset is not None:
                targets = snapshot.dataset.part(self.sample.part).targets
                true = labels[int(targets[self.sample.index % len(targets)])]
            self.bars.show_shares(answer.get("output"), labels, true)
        self._detail = "" if true is None else true
        self._write_heading()

    def move_by(self, by: int) -> None:
        """Show the sample so many further; from a drawing, go back to the samples."""
        if self._dataset is not None:
            count = len(self._dataset.part(PART))
            self.choose_sample(Sample(PART, (self.sample.index + by) % count))

    def _look(self) -> None:
        """Let the network look at the drawing, once what it saw of it before has been shown."""
        if self._draws and self._shown[0] != self.sample and time.monotonic() < self._patience:
            self._later.start()
            return
        self._patience = time.monotonic() + PATIENCE
        ink = self.pad.pixels(self.raw.value())
        self.choose_sample(Drawing(PART, self.sample.index, ink.tobytes()))

    def _write_heading(self) -> None:
        detail = tr("true: {label}", label=self._detail) if self._detail else ""
        self.heading.set_text(tr("Draw a digit"), detail)

    def retranslate(self) -> None:
        self._write_heading()
        self.earlier.set_name(tr("Image before"))
        self.later.set_name(tr("Next image"))
        self.clear.set_name(tr("Clear"))
        self.eraser.set_name(tr("Eraser"), tr("or the right mouse button"))
        self.raw.setText(tr("Raw"))
        self.raw.setToolTip(
            tr("Leave the drawing as it is, rather than scale and centre it as MNIST does")
        )
        self.pad.retranslate()
        self.bars.setAccessibleName(tr("Probabilities"))


class ClassBars(QWidget):
    """The probability of each class; the chosen one in blue, the true one printed strongly."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shares: list[float] = []
        self._labels: Sequence[str] = ()
        self._true: str | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        fill_ground(self)

    def show_shares(
        self, output: NDArray[np.float32] | None, labels: Sequence[str], true: str | None
    ) -> None:
        """Show the output of a network, (classes,); None shows empty bars."""
        before = self._labels, self._true, self._looks()
        known = output is not None and len(output) == len(labels)
        self._labels, self._true = labels, true
        self._shares = output.tolist() if known else [0.0] * len(labels)
        if before[:2] != (labels, true):
            self.update()
        for row, (old, new) in enumerate(zip(before[2], self._looks(), strict=False)):
            if old != new:
                self.update(self._line(row).toAlignedRect())
        best = int(np.argmax(self._shares))
        self.setAccessibleDescription(f"{labels[best]}: {percent_text(self._shares[best])}")

    def _looks(self) -> list[tuple[object, ...]]:
        """Return what the eye can tell of each row; training moves most shares less than that."""
        best, width = max(self._shares, default=0.0), self.width()
        return [(percent_text(s), round(s * width), s == best) for s in self._shares]

    def _line(self, row: int) -> QRectF:
        height = self.height() / len(self._shares)
        return QRectF(0, row * height, self.width(), height)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(180), theme.px(172))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(15) * max(len(self._labels), 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, best = QPainter(self), max(self._shares, default=0.0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row, share in enumerate(self._shares):
            line = self._line(row)
            if line.intersects(QRectF(event.rect())):
                self._paint_row(painter, line, self._labels[row], share, share == best)

    def _paint_row(
        self, painter: QPainter, line: QRectF, label: str, share: float, best: bool
    ) -> None:
        colors, flags = theme.current(), Qt.AlignmentFlag
        left, right, bar = theme.px(20), theme.px(52), min(line.height() * 0.55, theme.px(12))
        track = QRectF(left, line.center().y() - bar / 2, line.width() - left - right, bar)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.raised)
        painter.drawRoundedRect(track, 3, 3)
        track.setWidth(max(track.width() * min(max(share, 0.0), 1.0), 2.0))
        painter.setBrush(colors.pos if best else colors.ctl)
        painter.drawRoundedRect(track, 2, 2)
        true = label == self._true
        painter.setFont(theme.font("button" if true else "body"))
        painter.setPen(colors.ink if true else colors.ink2)
        painter.drawText(QRectF(0, line.y(), left, line.height()), flags.AlignVCenter, label)
        painter.setFont(theme.font("button" if best else "body"))
        painter.setPen(colors.ink if best else colors.ink3)
        text = QRectF(line.width() - right, line.y(), right, line.height())
        painter.drawText(text, flags.AlignRight | flags.AlignVCenter, percent_text(share))
