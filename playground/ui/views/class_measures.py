"""Precision, recall, F1 and support of each class of the validation data, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from engine.experiment import Experiment
from engine.metrics import ClassReport, HostArray, class_report
from engine.probes import Confusion, Probe
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.i18n import N_, Translated, tr
from playground.ui.numbers import percent_text
from playground.ui.views.base import View, view
from playground.ui.widgets import Heading

PROBE = Confusion("validation")
MOST_CLASSES = 20
MEASURES = ("precision", "recall", "f1")
NARROW = 330
"""Below this width, in pixels at 100 %, there is no room for the column of supports."""
SHARE = Qt.ItemDataRole.UserRole


@view("class_measures", label=N_("Measures of each class"), area="results", order=22)
class ClassMeasuresView(Translated, View):
    """A row for each class, and the means over the classes below."""

    opened = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = Heading()
        self.table = Table()
        self._answer: Any = None
        self._accuracy = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 8)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.table)
        column.addStretch(1)
        self.retranslate()

    @classmethod
    def offered(cls, experiment: Experiment) -> bool:
        """Offered for classes, no more than can be told apart."""
        target = experiment.task.target
        return target.classes and len(target.labels) <= MOST_CLASSES

    def probes(self, experiment: Experiment) -> frozenset[Probe]:
        """Ask for the counts of the validation part, as the confusion matrix does."""
        return frozenset({PROBE})

    def show_snapshot(self, snapshot: Snapshot) -> None:
        answer = snapshot.answers.get(PROBE)
        if answer is None or answer is self._answer or not self.offered(snapshot.experiment):
            return
        self._answer = answer
        self.table.show_report(answer, snapshot.experiment.task.target.labels)
        total = int(answer.sum())
        self._accuracy = percent_text(float(answer.trace()) / total) if total else ""
        self._write_heading()

    def _write_heading(self) -> None:
        detail = tr("accuracy {share}", share=self._accuracy) if self._accuracy else ""
        self.heading.set_text(tr("Measures of each class"), detail)

    def retranslate(self) -> None:
        self._write_heading()
        self.table.retranslate()


class Table(QTableWidget):
    """Classes with their measures; a bar under each number is as long as the number is large."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 5, parent)
        self._labels: Sequence[str] = ()
        self.setItemDelegate(_Bar(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(20)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        theme.manager().changed.connect(self._fit)

    def show_report(self, counts: HostArray, labels: Sequence[str]) -> None:
        """Show the measures of a confusion matrix (classes, classes)."""
        if labels != self._labels:
            self._labels = labels
            self._make_rows()
        report = class_report(counts)
        for row in range(len(labels)):
            self._write(row, [getattr(report, name)[row] for name in MEASURES])
            self.item(row, 4).setText(f"{int(report.support[row]):,}")
        self._write(len(labels), self._means(report))
        self.item(len(labels), 4).setText(f"{int(report.support.sum()):,}")

    @staticmethod
    def _means(report: ClassReport) -> list[float]:
        """Return the means over the classes that occur (macro averages)."""
        occurs = report.occurs
        return [
            float(getattr(report, name)[occurs].mean()) if occurs.any() else 0.0
            for name in MEASURES
        ]

    def _write(self, row: int, shares: Sequence[float]) -> None:
        for column, share in enumerate(shares, 1):
            item = self.item(row, column)
            item.setText(percent_text(float(share)))
            item.setData(SHARE, float(share))

    def _make_rows(self) -> None:
        self.setRowCount(len(self._labels) + 1)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for row in range(self.rowCount()):
            for column in range(5):
                item = QTableWidgetItem()
                if column:
                    item.setTextAlignment(right)
                self.setItem(row, column, item)
        self.retranslate()
        self._fit()

    def retranslate(self) -> None:
        """Write the names anew."""
        self.setAccessibleName(tr("Measures of each class"))
        precision = tr("Prec.", "row title") if self._narrow else tr("Precision")
        titles = [tr("Class"), precision, tr("Recall"), tr("F1"), tr("Support")]
        self.setHorizontalHeaderLabels(titles)
        helps = [
            "",
            tr("TP ÷ (TP + FP): how many of those predicted as the class belong to it"),
            tr("TP ÷ (TP + FN): how many of the class were found"),
            tr("2 TP ÷ (2 TP + FP + FN): the harmonic mean of precision and recall"),
            tr("How many samples the class has"),
        ]
        for column, text in enumerate(helps):
            item = self.horizontalHeaderItem(column)
            side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            item.setToolTip(text)
        for row, label in enumerate([*map(tr, self._labels), tr("Mean")][: self.rowCount()]):
            self.item(row, 0).setText(label)

    def _fit(self) -> None:
        """Be as high as the rows."""
        line = theme.px(26)
        self.verticalHeader().setDefaultSectionSize(line)
        for row in range(self.rowCount()):
            self.setRowHeight(row, line)
            for column in range(5):
                last = row == self.rowCount() - 1
                self.item(row, column).setFont(theme.font("button" if last else "body"))
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + line * self.rowCount())

    @property
    def _narrow(self) -> bool:
        return self.width() < theme.px(NARROW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isColumnHidden(4) != self._narrow:
            self.setColumnHidden(4, self._narrow)
            self.retranslate()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(150), super().minimumSizeHint().height())


class _Bar(QStyledItemDelegate):
    """A number with a bar along the lower edge of its cell."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        share = index.data(SHARE)
        if share is None:
            return
        colors, room = theme.current(), QRectF(option.rect).adjusted(8, 0, -2, -1)
        track = QRectF(room.left(), room.bottom() - 3, room.width(), 3)
        painter.fillRect(track, colors.raised)
        track.setWidth(track.width() * share)
        painter.fillRect(track, colors.pos)
