"""Samples to choose from: images side by side, or a line of text each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListView, QListWidget, QListWidgetItem, QWidget

from engine.probes import Sample
from engine.tasks import Dataset
from engine.tasks.sequences import SequenceDataset
from engine.tasks.table_dataset import TableDataset
from engine.tasks.traffic import TrafficDataset
from playground.ui import theme
from playground.ui.canvas.thumbnails import gray_picture
from playground.ui.i18n import tr
from playground.ui.numbers import number_text

SIDE = 40
"""The side of an image in pixels."""
MOST_NUMBERS = 4


class Gallery(QListWidget):
    """A list of samples of a part; images are as many in a row as fit.

    Signals
    -------
    chosen(sample)
        A person clicked on one, or pressed Enter or Space on it.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dataset: Dataset | None = None
        self._shown: tuple[object, ...] = ()
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)
        theme.manager().changed.connect(self._resize)

    def show_samples(self, dataset: Dataset, part: str, rows: Sequence[int]) -> None:
        """Show samples by their indices."""
        shown = part, tuple(rows)
        if dataset is self._dataset and shown == self._shown:
            return
        self._dataset, self._shown = dataset, shown
        chosen = self.currentItem().data(Qt.ItemDataRole.UserRole) if self.currentItem() else None
        self.clear()
        self._set_look(dataset.part(part).inputs.ndim == 4)
        for row in rows:
            item = _item(dataset, part, row)
            self.addItem(item)
            if item.data(Qt.ItemDataRole.UserRole) == chosen:
                self.setCurrentItem(item)

    def _set_look(self, images: bool) -> None:
        mode = QListView.ViewMode
        self.setViewMode(mode.IconMode if images else mode.ListMode)
        self.setMovement(QListView.Movement.Static)  # the mode has set it anew
        self.setProperty("kind", "thumbnails" if images else "")
        self._resize()

    def _resize(self) -> None:
        side = theme.px(SIDE)
        self.setIconSize(QSize(side, side))
        icons = self.viewMode() == QListView.ViewMode.IconMode
        self.setGridSize(QSize(side + 6, side + 6) if icons else QSize())

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(300), 2 * (theme.px(SIDE) + 6) + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(100), self.sizeHint().height())


def _item(dataset: Dataset, part: str, row: int) -> QListWidgetItem:
    """Return the entry of a sample."""
    inputs = dataset.part(part).inputs[row]
    item = QListWidgetItem()
    if inputs.ndim == 3:
        item.setIcon(_icon(gray_picture(inputs)))
        name = tr("Sample {number}", number=row + 1)
        item.setToolTip(name)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, name)
    else:
        item.setText(sample_text(dataset, part, row))
        item.setToolTip(item.text())
    item.setData(Qt.ItemDataRole.UserRole, Sample(part, row))
    return item


def _icon(image: QImage) -> QIcon:
    """Return an icon, fine enough for every text size, that looks the same when it is selected."""
    side, mode = 2 * SIDE, Qt.TransformationMode.SmoothTransformation
    fine = QPixmap.fromImage(image.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, mode))
    icon = QIcon(fine)
    icon.addPixmap(fine, QIcon.Mode.Selected)
    return icon


def sample_text(dataset: Dataset, part: str, row: int) -> str:
    """Return a sample in a line of text."""
    x = dataset.part(part).inputs[row]
    if isinstance(dataset, SequenceDataset) and dataset.words:
        return dataset.question(x)
    if isinstance(dataset, TrafficDataset):
        return str(dataset.times[part][row]).replace("T", " ")[:16]
    if isinstance(dataset, TableDataset):
        values = x * dataset.scales[:-1] + dataset.offsets[:-1]
        return _named(dataset.columns, values)
    return _named([f"x{_SUBSCRIPTS[i % 10]}" for i in range(1, 1 + min(x.size, 9))], x.ravel())


_SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉"


def _named(names: Sequence[str], values: np.ndarray) -> str:
    """Return the first values with their names."""
    pairs = zip(names[:MOST_NUMBERS], values.tolist(), strict=False)
    texts = [f"{name} {number_text(float(f'{value:.3g}'))}" for name, value in pairs]
    return " · ".join([*texts, "…"] if len(values) > MOST_NUMBERS else texts)
