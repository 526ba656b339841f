"""Digits: ten samples, where they come from, and how many are learned from."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from engine.experiment import Experiment
from engine.tasks import Dataset
from engine.tasks.digits import Digits
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.data.base import TaskPanel, counts_text, data_panel
from playground.ui.document import Document
from playground.ui.downloads import Download
from playground.ui.i18n import N_, Translated, tr, tr_error
from playground.ui.widgets import Button, Combo, Field, Label

COUNTS = (1000, 2000, 5000, 10_000, 20_000, 50_000, 0)
SOURCES = {"built-in": N_("Built-in digits"), "mnist": N_("MNIST")}


@data_panel("digits", label=N_("Handwritten digits"))
class DigitsPanel(Translated, TaskPanel):
    """The built-in digits or MNIST, downloaded or from a folder."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(document, parent)
        self.samples = DigitStrip()
        self.source = Field("", Combo())
        self.count = Field("", Combo(typed=(0, float("inf"))))
        self.counts = Label(role="caption", wrap=True)
        self.offer = Label(role="detail", wrap=True)
        self.fetch, self.folder = Button(" ", kind="filled"), Button(" ", kind="small")
        self.download = Download(parent=self)
        self._asking = self._loading = False
        self._dataset: Dataset | None = None
        self._reading = True
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.fetch)
        row.addWidget(self.folder)
        row.addStretch(1)
        for widget in (self.samples, self.source, self.offer):
            column.addWidget(widget)
        column.addLayout(row)
        column.addWidget(self.count)
        column.addWidget(self.counts)

    def _connect(self) -> None:
        self.source.control.edited.connect(lambda source, _: self._choose(source))
        self.count.control.edited.connect(
            lambda value, _: self.edit(
                tr("Change training images"), self.count.control, training_count=value
            )
        )
        self.fetch.clicked.connect(self._fetch)
        self.folder.clicked.connect(self._open_folder)
        self.download.progressed.connect(self._show_progress)
        self.download.finished.connect(self._fetched)

    def _choose(self, source: str) -> None:
        """Take a source; MNIST that is not there yet is offered first."""
        self._asking = source == "mnist" and Digits("mnist").needs_download
        if self._asking:
            self._write_offer()
        else:
            self.edit(tr("Change data"), self.source.control, source=source, folder="")

    def _fetch(self) -> None:
        if self._loading:
            self.download.cancel()
            return
        self._loading = True
        self.download.start()
        self._show_progress(0.0)

    def _show_progress(self, share: float) -> None:
        self.fetch.setText(tr("Cancel"))
        self.offer.setText(tr("Downloading MNIST: {share}", share=f"{share:.0%}"))

    def _fetched(self, error: Exception | None) -> None:
        self._loading = False
        self._write_offer()
        if error is not None:
            self.refusal.show_under(self.fetch, tr_error(error))
        elif not self.download.cancelled:
            self._asking = False
            self.edit(tr("Change data"), self.fetch, source="mnist", folder="")

    def _open_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("Folder with the MNIST files"))
        if folder:
            self._asking = False
            self.edit(tr("Change data"), self.folder, source="mnist", folder=folder)

    def _write_offer(self) -> None:
        asking = self._asking or self._loading or self.task.needs_download
        for widget in (self.offer, self.fetch):
            widget.setVisible(asking)
        self.folder.setVisible(asking or self.source.control.value() == "mnist")
        if not self._loading:
            self.offer.setText(tr("MNIST is not on this computer yet (11.6 MB)."))
            self.fetch.setText(tr("Download"))

    def show_experiment(self, experiment: Experiment) -> None:
        task = experiment.task
        if isinstance(task, Digits):
            self.source.control.set_value("mnist" if self._asking else task.source)
            self.count.control.set_value(task.training_count)
            self.source.setToolTip(task.folder)
            self._write_offer()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        reading = snapshot.state == "loading"
        if snapshot.dataset is not self._dataset or reading != self._reading:
            self._dataset, self._reading = snapshot.dataset, reading
            self.samples.show_samples(self._dataset)
            self._write_counts()

    def _write_counts(self) -> None:
        if self._dataset is None:
            self.counts.setText(tr("Reading the images …") if self._reading else "")
            return
        self.counts.setText(counts_text(self._dataset))

    def retranslate(self) -> None:
        self.source.set_caption(tr("Source"))
        self.source.control.set_options([(key, tr(text)) for key, text in SOURCES.items()])
        self.count.set_caption(tr("Training images"))
        self.count.control.set_options([(n, f"{n:,}" if n else tr("All")) for n in COUNTS])
        self.folder.setText(tr("Folder …"))
        self.samples.setAccessibleName(tr("Ten sample digits"))
        self._write_counts()
        self.show_experiment(self.document.experiment)


class DigitStrip(QWidget):
    """One training image of each class, in two rows."""

    COLUMNS = 5

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images: list[QImage] = []
        theme.manager().changed.connect(self.updateGeometry)

    def show_samples(self, dataset: Dataset | None) -> None:
        """Take the first training image of each class."""
        self._images = []
        if dataset is not None:
            inputs, targets = dataset.training.inputs, dataset.training.targets
            for label in range(len(dataset.target.labels)):
                rows = np.flatnonzero(targets == label)
                if len(rows):
                    self._images.append(digit_image(inputs[rows[0]]))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(188), theme.px(2 * 38))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), theme.px(2 * 38))

    def paintEvent(self, event: QPaintEvent) -> None:
        colors, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        pitch = self.width() / self.COLUMNS
        side = min(pitch - 4, self.height() / 2 - 4)
        for index in range(2 * self.COLUMNS):
            row, column = divmod(index, self.COLUMNS)
            box = QRectF(column * pitch, row * self.height() / 2, side, side)
            shape = QPainterPath()
            shape.addRoundedRect(box, theme.px(4), theme.px(4))
            painter.fillPath(shape, Qt.GlobalColor.black)
            if index < len(self._images):
                painter.drawImage(box.adjusted(2, 2, -2, -2), self._images[index])
            painter.setPen(colors.line)
            painter.drawPath(shape)


def digit_image(pixels: np.ndarray) -> QImage:
    """Return ink values from 0 to 1, (1, rows, columns), as white on black."""
    shades = np.ascontiguousarray((pixels[0] * 255).clip(0, 255).astype(np.uint8))
    rows, columns = shades.shape
    return QImage(shades.data, columns, rows, columns, QImage.Format.Format_Grayscale8).copy()
