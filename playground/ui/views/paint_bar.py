"""Brush, eraser and their sizes, for points of one's own."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QWidget

from engine.tasks.points import MOST_CLASSES
from playground.ui import icons, theme
from playground.ui.i18n import N_, Translated, tr
from playground.ui.marks import mark
from playground.ui.views.boundary_field import CLASS_NAMES
from playground.ui.views.painting import PaintField
from playground.ui.widgets import Button, Segment

ERASER = "eraser"
SIZES = (N_("Single points"), N_("Small brush"), N_("Large brush"))


class PaintBar(Translated, QWidget):
    """A brush for each class, the eraser, three sizes, and a button that takes all points away."""

    def __init__(self, field: PaintField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self.tools = Segment([(tool, "") for tool in (*range(MOST_CLASSES), ERASER)], small=True)
        self.sizes = Segment([(size, "") for size in range(len(SIZES))], small=True)
        self.clear = Button(icon="trash", kind="flat")
        self.tools.valueChanged.connect(self._take)
        self.sizes.valueChanged.connect(self._resize)
        self.clear.clicked.connect(field.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for widget in (self.tools, self.sizes, self.clear):
            row.addWidget(widget)
        row.addStretch(1)
        self._count = 2
        theme.manager().changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def show_classes(self, count: int) -> None:
        """Draw the classes in the colours that they have among so many."""
        if count != self._count:
            self._count = count
            self._restyle()

    def _take(self, tool: int | str) -> None:
        self._field.erasing = tool == ERASER
        if isinstance(tool, int):
            self._field.label = tool

    def _resize(self, size: int) -> None:
        self._field.size = size

    def _restyle(self) -> None:
        colors, side = theme.current(), QSize(theme.px(18), theme.px(18))
        for label in range(MOST_CLASSES):
            # What is not painted yet makes one class more.
            count = max(self._count, label + 1)
            self.tools.button(label).setIcon(_mark_icon(label, colors.class_color(label, count)))
        eraser = QIcon(icons.pixmap("eraser", theme.px(18), "ink"))
        eraser.addPixmap(
            icons.pixmap("eraser", theme.px(18), "onink"), QIcon.Mode.Normal, QIcon.State.On
        )
        self.tools.button(ERASER).setIcon(eraser)
        for size in range(len(SIZES)):
            self.sizes.button(size).setIcon(_size_icon(size))
        for segment, values in (
            (self.tools, (*range(MOST_CLASSES), ERASER)),
            (self.sizes, range(3)),
        ):
            for value in values:
                segment.button(value).setIconSize(side)
                segment.button(value).setFixedWidth(theme.px(29))
                segment.button(value).setStyleSheet("padding:0")

    def retranslate(self) -> None:
        """Name what is shown as pictures only."""
        self.tools.setAccessibleName(tr("Brush"))
        self.sizes.setAccessibleName(tr("Size of brush and eraser"))
        self.clear.set_name(tr("Remove all points"))
        for label in range(MOST_CLASSES):
            name = tr("Paint {name}", name=tr(CLASS_NAMES[label]))
            self.tools.button(label).setAccessibleName(name)
            self.tools.button(label).setToolTip(name)
        self.tools.button(ERASER).setAccessibleName(tr("Eraser"))
        self.tools.button(ERASER).setToolTip(tr("Eraser (or the right mouse button)"))
        for size, text in enumerate(SIZES):
            self.sizes.button(size).setAccessibleName(tr(text))
            self.sizes.button(size).setToolTip(tr(text))


def _blank() -> QPixmap:
    picture = QPixmap(theme.px(18) * 2, theme.px(18) * 2)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    return picture


def _mark_icon(label: int, color: QColor) -> QIcon:
    """Return the mark of a class on a patch of the surface, which shows on any ground."""
    picture, side = _blank(), theme.px(18)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.current().panel)
    painter.drawRoundedRect(QRectF(0, 0, side, side), 3, 3)
    painter.setBrush(color)
    painter.drawPath(mark(label, QPointF(side / 2, side / 2), side * 0.33))
    painter.end()
    return QIcon(picture)


def _size_icon(size: int) -> QIcon:
    """Return a point, or dots over a small or a large disc; light ones where it is chosen."""
    result, side = QIcon(), theme.px(18)
    for state, token in ((QIcon.State.Off, "ink"), (QIcon.State.On, "onink")):
        picture, color = _blank(), theme.current().color(token)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if size:
            painter.setPen(QPen(color, 1.2))
            painter.drawEllipse(QPointF(side / 2, side / 2), side * 0.2 * size, side * 0.2 * size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawEllipse(QPointF(side / 2, side / 2), side * 0.1, side * 0.1)
        painter.end()
        result.addPixmap(picture, QIcon.Mode.Normal, state)
    return result
