"""Texts: labels by role, headings, fields with captions, counters and empty states."""

from math import ceil

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from playground.ui import icons, theme
from playground.ui.widgets.buttons import Button
from playground.ui.widgets.ground import fill_ground


class Label(QLabel):
    """A text in a role of the typography table.

    `role` is one of body, caption, field, detail, strong, heading, value, counter, lesson, metric
    and tip.
    """

    def __init__(
        self, text: str = "", role: str = "body", wrap: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self.setProperty("role", role)
        self.setWordWrap(wrap)
        self.setTextFormat(Qt.TextFormat.PlainText)


class ElidedLabel(Label):
    """A label that may be narrower than its text, then ends in "…" and shows all in its tooltip.

    For names that a person chose (files, layers); captions of the program are never elided.
    """

    def sizeHint(self) -> QSize:
        """Return the size of the whole text, which Qt's own is not after a least width was set."""
        width = QFontMetricsF(self.font()).horizontalAdvance(self.text())
        return QSize(ceil(width), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(28) if self.text() else 0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        metrics = self.fontMetrics()
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.contentsRect(), self.alignment(), shown)


class Picture(QLabel):
    """An icon that is not a button."""

    def __init__(
        self, icon: str, color: str = "ink2", size: int = 18, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon, self._color, self._size = icon, color, size
        theme.manager().changed.connect(self.restyle)
        self.restyle()

    def set_icon(self, icon: str, color: str = "ink2") -> None:
        """Show another icon."""
        self._icon, self._color = icon, color
        self.restyle()

    def restyle(self) -> None:
        """Draw the icon in the colours of the theme."""
        self.setPixmap(icons.pixmap(self._icon, theme.px(self._size), self._color))


class Rule(QFrame):
    """A line of 1 px between two regions."""

    def __init__(self, vertical: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "rule")
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)


class Heading(QWidget):
    """A row of 40 px: icon, title, a quiet detail beside it, and widgets at the right end.

    Where there is too little room, the detail is cut short, and after it the title.
    """

    def __init__(
        self, title: str = "", icon: str = "", detail: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = ElidedLabel(title, "heading")
        self.detail = ElidedLabel(detail, "detail")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self.picture = Picture(icon, "ink") if icon else None
        if self.picture:
            self._row.addWidget(self.picture)
        self._row.addWidget(self.title)
        self._row.addWidget(self.detail)
        self._row.addStretch(1)
        theme.manager().changed.connect(self.restyle)
        self.restyle()

    def restyle(self) -> None:
        """Follow the text size."""
        self.setMinimumHeight(theme.px(40))
        self._fit()

    def _fit(self) -> None:
        """Give the title the room that it needs, and less only where there is no other."""
        whole, least = self.title.sizeHint().width(), self.title.minimumSizeHint().width()
        self.title.setMinimumWidth(whole)
        lack = self._row.minimumSize().width() - self.width()
        self.title.setMinimumWidth(max(whole - max(lack, 0), min(least, whole)))

    def minimumSizeHint(self) -> QSize:
        hint, label = self._row.minimumSize(), self.title
        spare = max(label.minimumWidth() - label.minimumSizeHint().width(), 0)
        return QSize(hint.width() - spare, max(hint.height(), theme.px(40)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def add(self, *widgets: QWidget) -> None:
        """Append widgets at the right end."""
        for widget in widgets:
            self._row.addWidget(widget)

    def insert(self, widget: QWidget) -> None:
        """Put a widget right after the title, before the detail."""
        self._row.insertWidget(self._row.indexOf(self.detail), widget)

    def set_text(self, title: str, detail: str = "") -> None:
        """Write the title and the detail anew."""
        if (title, detail) != (self.title.text(), self.detail.text()):
            self.title.setText(title)
            self.detail.setText(detail)
            self._fit()


class Field(QWidget):
    """A control under its caption; the caption names the control to screen readers."""

    def __init__(self, caption: str, control: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.control = control
        self.caption = Label(caption, "field")
        self.caption.setBuddy(control)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.setSizeConstraint(QLayout.SizeConstraint.SetMinimumSize)
        column.addWidget(self.caption)
        column.addWidget(control)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_caption(caption)

    def set_caption(self, caption: str, help: str = "") -> None:
        """Write the caption anew, and the tooltip where `help` is given."""
        self.caption.setText(caption)
        self.control.setAccessibleName(caption)
        if help:
            self.setToolTip(help)
            self.control.setAccessibleDescription(help)


class Counter(QWidget):
    """A live number under its caption: "Epoch", "52 / 200".

    It grows with its number and never shrinks, so that nothing beside it jumps.
    """

    def __init__(self, caption: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption, self._value, self._total = caption, "0", ""
        self._width = 0
        self._speak = QTimer(self, singleShot=True, interval=2000)
        self._speak.timeout.connect(self._announce)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        fill_ground(self)
        theme.manager().changed.connect(self.refit)
        self.refit()

    def set_caption(self, caption: str) -> None:
        """Write the caption anew."""
        self._caption = caption
        self.refit()

    def set_value(self, value: str, total: str = "") -> None:
        """Show a number, already formatted, and what it runs to."""
        if (value, total) == (self._value, self._total):
            return
        self._value, self._total = value, total
        if self._needed() > self._width:
            self.refit()
        self.update()
        if not self._speak.isActive():
            self._speak.start()

    def value(self) -> str:
        """Return the number as it is shown."""
        return self._value

    def refit(self) -> None:
        """Forget the room taken by larger numbers."""
        self._width = self._needed()
        self.updateGeometry()
        self._announce()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._width, theme.px(40))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _needed(self) -> int:
        caption = QFontMetrics(theme.font("caption"))
        number = QFontMetrics(theme.font("counter")).horizontalAdvance(self._value)
        return max(
            caption.horizontalAdvance(self._caption),
            number + caption.horizontalAdvance(self._suffix()),
            theme.px(48),
        )

    def _suffix(self) -> str:
        return f" / {self._total}" if self._total else ""

    def _announce(self) -> None:
        self.setAccessibleName(f"{self._caption} {self._value}{self._suffix()}")

    def paintEvent(self, event: QPaintEvent) -> None:
        colors, painter = theme.current(), QPainter(self)
        caption, number = theme.font("caption"), theme.font("counter")
        painter.setFont(caption)
        painter.setPen(colors.ink2)
        painter.drawText(QRect(0, 0, self.width(), theme.px(16)), 0, self._caption)
        base = theme.px(34)
        painter.setPen(colors.ink)
        painter.setFont(number)
        painter.drawText(0, base, self._value)
        painter.setPen(colors.ink3)
        painter.setFont(caption)
        painter.drawText(QFontMetrics(number).horizontalAdvance(self._value), base, self._suffix())


class EmptyState(QWidget):
    """What a view shows before it has anything: one icon, one sentence, one action.

    Where it is low, the sentence alone stands there, on a ground of its own.
    """

    triggered = Signal()

    def __init__(
        self, icon: str, sentence: str = "", action: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.sentence = Label(sentence, "detail", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture = Picture(icon, "ink2", 24)
        self.button = Button(action, kind="small")
        self.button.clicked.connect(self.triggered)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.sentence)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(1)
        self.set_text(sentence, action)

    def set_text(self, sentence: str, action: str = "") -> None:
        """Write the sentence and the action anew; without an action there is no button."""
        self.sentence.setText(sentence)
        self.button.setText(action)
        self.button.setVisible(bool(action))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the icon where there is no room for it."""
        super().resizeEvent(event)
        words = self.sentence.heightForWidth(max(1, self.width() - 32))
        action = 0 if self.button.isHidden() else self.button.sizeHint().height() + 8
        low = self.height() < 16 + self.picture.sizeHint().height() + 8 + words + action + 16
        self.picture.setVisible(not low)
        self.setAutoFillBackground(low)
        margin = 0 if low else 16
        self.layout().setContentsMargins(16, margin, 16, margin)
