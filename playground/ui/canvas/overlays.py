"""Widgets that float over the canvas: zoom, legend, the note at the pointer, the name editor."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from playground.ui import icons, theme
from playground.ui.floating_editor import FloatingEditor
from playground.ui.i18n import Translated, tr
from playground.ui.widgets import Button, Label

_WRAPPED = Qt.TextFlag.TextWordWrap.value


class ZoomControl(Translated, QWidget):
    """Zoom out, the zoom in percent, zoom in, and fit."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.out = Button(icon="zout", kind="flat")
        self.percent = Label("100%", "field")
        self.percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.more = Button(icon="zin", kind="flat")
        self.fit = Button(icon="fit", kind="flat")
        for button in (self.out, self.more, self.fit):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys of the canvas do the same
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        for widget in (self.out, self.percent, self.more, self.fit):
            row.addWidget(widget)
        self.retranslate()

    def retranslate(self) -> None:
        self.out.set_name(tr("Zoom out"), "Ctrl+−")
        self.more.set_name(tr("Zoom in"), "Ctrl++")
        self.fit.set_name(tr("Fit network"), "Ctrl+0")

    def show_zoom(self, zoom: float) -> None:
        """Write the zoom."""
        self.percent.setText(f"{round(100 * zoom)}%")
        widest = QFontMetrics(theme.font("caption")).horizontalAdvance("250%")
        self.percent.setFixedWidth(widest + theme.px(8))
        self.adjustSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.current().line, 1))
        painter.setBrush(theme.current().panel)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        edge = self.fit.x() - 0.5
        painter.drawLine(QPointF(edge, 1), QPointF(edge, self.height() - 1))


class Legend(Translated, QWidget):
    """What the colours and widths of edges mean."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._words: tuple[str, str, str] = ("", "", "")
        theme.manager().changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        self._words = (tr("positive weight"), tr("negative weight"), tr("thicker = stronger"))
        self.setAccessibleName(", ".join(self._words))
        self.resize(self.sizeHint())
        self.update()

    def _widths(self) -> list[int]:
        metrics = QFontMetrics(theme.font("caption"))
        return [metrics.horizontalAdvance(word) for word in self._words]

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()) + theme.px(2 * 32 + 2 * 14 + 4), theme.px(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        colors, painter = theme.current(), QPainter(self)
        ground = QColor(colors.canvas)
        ground.setAlphaF(0.86)  # a card that was put here must not run into the words
        painter.fillRect(self.rect(), ground)
        painter.setFont(theme.font("caption"))
        x = 0
        for word, width, color in zip(
            self._words, self._widths(), (colors.pos, colors.neg, None), strict=True
        ):
            if color is not None:
                swatch = QRectF(x, self.height() / 2 - 2.5, theme.px(26), 5)
                painter.fillRect(swatch, color)
                x += theme.px(32)
            painter.setPen(colors.ink2)
            box = QRectF(x, 0, width + 4, self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, word)
            x += width + theme.px(14)


class Note(QFrame):
    """A sentence beside the pointer: what a release here would do, or why it would do nothing."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.text, self.refused = "", False
        self.hide()

    def tell(self, text: str, refused: bool) -> None:
        """Say a sentence; a refusal is red and has an icon."""
        self.text, self.refused = text, refused
        metrics = QFontMetrics(theme.font("button"))
        room = min(theme.px(360), self.parentWidget().width() - 16)
        inner = metrics.boundingRect(0, 0, room - self._before - 12, 400, _WRAPPED, text)
        self.resize(inner.width() + self._before + 14, inner.height() + 16)
        self.setAccessibleName(text)
        self.update()
        self.show()
        self.raise_()

    @property
    def _before(self) -> int:
        return 34 if self.refused else 12

    def place(self, point: QPointF) -> None:
        """Stand below and right of a point of the parent, within it."""
        whole = self.parentWidget().size()
        left = min(point.x() + 16, whole.width() - self.width() - 8)
        top = point.y() + 20
        if top + self.height() > whole.height() - 4:
            top = point.y() - self.height() - 12
        self.move(max(8, round(left)), max(4, round(top)))

    def paintEvent(self, event: QPaintEvent) -> None:
        colors, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colors.err if self.refused else colors.ink, 1))
        painter.setBrush(colors.errbg if self.refused else colors.ink)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        if self.refused:
            painter.drawPixmap(QPointF(10, 8), icons.pixmap("err", 18, "err"))
        painter.setFont(theme.font("button"))
        painter.setPen(colors.ink if self.refused else colors.onink)
        words = self.rect().adjusted(self._before, 0, -8, 0)
        painter.drawText(words, _WRAPPED | Qt.AlignmentFlag.AlignVCenter.value, self.text)


class NameEditor(FloatingEditor):
    """The field in which a layer is renamed.

    Signals
    -------
    named(node, name)
        A person gave the node another name.
    """

    named = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = ""

    def open(self, name: str, title: str, box: QRectF) -> None:
        """Edit the name of a node over its title."""
        self.name = name
        self.setAccessibleName(tr("Name of {layer}", layer=title))
        height = max(theme.px(28), self.sizeHint().height())
        width = max(theme.px(120), int(box.width()))
        top = int(box.center().y() - height / 2)
        self.open_at(title, QRect(int(box.left()), top, width, height))

    def take(self) -> None:
        self.named.emit(self.name, self.text())
