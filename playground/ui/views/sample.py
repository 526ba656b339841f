"""One image and what the network makes of it: a bar a class."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from engine.experiment import Experiment
from engine.probes import Probe, Sample
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.i18n import N_, Translated, tr
from playground.ui.numbers import percent_text
from playground.ui.views.base import View, view
from playground.ui.widgets import Button, Heading

PART = "validation"


@view("sample", label=N_("Sample"), area="results", order=10)
class SampleView(Translated, View):
    """A validation image beside the probabilities of the classes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = Heading()
        self.earlier = Button(icon="left", kind="flat")
        self.later = Button(icon="right", kind="flat")
        self.earlier.clicked.connect(lambda: self.move_by(-1))
        self.later.clicked.connect(lambda: self.move_by(1))
        self.heading.add(self.earlier, self.later)
        self.picture, self.bars = _Picture(), ClassBars()
        self.index = 0
        self._count = 1
        self._true: str | None = None
        self._answer: Any = None
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.picture)
        row.addWidget(self.bars, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 12)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addLayout(row, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.retranslate()

    @classmethod
    def offered(cls, experiment: Experiment) -> bool:
        """Offered where images are told apart by one answer."""
        shape, target = experiment.task.input_shape, experiment.task.target
        return len(shape) == 3 and target.classes and not target.steps

    def probes(self, experiment: Experiment) -> frozenset[Probe]:
        """Ask what every layer gives for the sample, as the canvas does."""
        return frozenset({Sample(PART, self.index)})

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if snapshot.dataset is not None:
            part, labels = snapshot.dataset.part(PART), snapshot.experiment.task.target.labels
            self._count = len(part)
            true = labels[int(part.targets[self.index % len(part)])]
            if true != self._true:
                self._true = true
                self._write_heading()
        answer = snapshot.answers.get(Sample(PART, self.index))
        if answer is self._answer:
            return
        self._answer = answer
        if answer is not None:
            self.picture.show_pixels(answer["input"])
            output = answer.get("output")
            self.bars.show_shares(output, snapshot.experiment.task.target.labels, self._true)

    def move_by(self, by: int) -> None:
        """Show the image so many further."""
        self.index = (self.index + by) % self._count
        self._true = None
        self.probes_changed.emit()

    def _write_heading(self) -> None:
        detail = "" if self._true is None else tr("true: {label}", label=self._true)
        self.heading.set_text(tr("Sample"), detail)

    def retranslate(self) -> None:
        self._write_heading()
        self.earlier.set_name(tr("Image before"))
        self.later.set_name(tr("Next image"))
        self.picture.setAccessibleName(tr("Sample"))
        self.bars.setAccessibleName(tr("Probabilities"))


class _Picture(QWidget):
    """Pixels from 0 to 1 as shades of grey on black."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        theme.manager().changed.connect(self.updateGeometry)

    def show_pixels(self, pixels: NDArray[np.float32]) -> None:
        """Show the first channel of (channels, rows, columns)."""
        shades = np.ascontiguousarray((pixels[0] * 255).clip(0, 255).astype(np.uint8))
        rows, columns = shades.shape
        grey = QImage.Format.Format_Grayscale8
        self._image = QImage(shades.data, columns, rows, columns, grey).copy()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(172), theme.px(172))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(100), theme.px(100))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        side = min(self.width(), self.height()) - 1
        box = QRectF(0.5, 0.5, side, side)
        shape = QPainterPath()
        shape.addRoundedRect(box, theme.px(7), theme.px(7))
        painter.setClipPath(shape)
        painter.fillPath(shape, Qt.GlobalColor.black)
        if self._image is not None:
            painter.drawImage(box, self._image)
        painter.setPen(theme.current().ctl)
        painter.drawPath(shape)


class ClassBars(QWidget):
    """The probability of each class; the chosen one in blue, the true one printed strongly."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shares: list[float] = []
        self._labels: Sequence[str] = ()
        self._true: str | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_shares(
        self, output: NDArray[np.float32] | None, labels: Sequence[str], true: str | None
    ) -> None:
        """Show the output of a network, (classes,); None shows empty bars."""
        self._labels, self._true = labels, true
        known = output is not None and len(output) == len(labels)
        self._shares = output.tolist() if known else [0.0] * len(labels)
        best = int(np.argmax(self._shares))
        text = f"{labels[best]}: {percent_text(self._shares[best])}"
        self.setAccessibleDescription(text)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(180), theme.px(172))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(120))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._shares:
            return
        colors, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = self.height() / len(self._shares)
        left, right, bar = theme.px(20), theme.px(52), min(height * 0.55, theme.px(12))
        best = max(self._shares)
        flags = Qt.AlignmentFlag
        for row, (label, share) in enumerate(zip(self._labels, self._shares, strict=True)):
            strong = share == best
            y = row * height
            painter.setFont(theme.font("button" if label == self._true else "body"))
            painter.setPen(colors.ink if label == self._true else colors.ink2)
            painter.drawText(QRectF(0, y, left, height), flags.AlignVCenter, label)
            track = QRectF(left, y + (height - bar) / 2, self.width() - left - right, bar)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.raised)
            painter.drawRoundedRect(track, 3, 3)
            track.setWidth(max(track.width() * min(max(share, 0.0), 1.0), 2.0))
            painter.setBrush(colors.pos if strong else colors.ctl)
            painter.drawRoundedRect(track, 2, 2)
            painter.setFont(theme.font("button" if strong else "body"))
            painter.setPen(colors.ink if strong else colors.ink3)
            text = QRectF(self.width() - right, y, right, height)
            painter.drawText(text, flags.AlignRight | flags.AlignVCenter, percent_text(share))
