"""Push buttons with theme-coloured icons, and the segmented switch."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from playground.ui import icons, theme

_ICON_COLOR = {"primary": "onink", "filled": "onink", "flat": "ink2", "step": "ink2"}


class Button(QPushButton):
    """A push button.

    Parameters
    ----------
    text
        What it says; empty for an icon alone, which then needs `name`.
    icon
        Name of an icon, or empty.
    kind
        "normal" (36 px high), "small" (28), "flat" (28, no outline), "primary" (40, filled) or
        "filled" (28, filled).
    name
        Accessible name and tooltip of a button without text.
    """

    def __init__(
        self,
        text: str = "",
        icon: str = "",
        kind: str = "normal",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._icon, self._kind = icon, kind
        self.setProperty("kind", kind)
        self.setProperty("square", not text)
        self.setAutoDefault(False)
        self.set_name(name)
        theme.manager().changed.connect(self.restyle)
        self.restyle()

    def set_name(self, name: str, shortcut: str = "") -> None:
        """Name a button without text; the tooltip adds the shortcut."""
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({shortcut})" if shortcut else name)

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        if icon != self._icon:
            self._icon = icon
            self.restyle()

    def restyle(self) -> None:
        """Draw the icon in the colours of the theme."""
        size = theme.px(18)
        if self._icon:
            self.setIcon(icons.icon(self._icon, _ICON_COLOR.get(self._kind, "ink"), size))
            self.setIconSize(QSize(size, size))
        if self.property("square"):
            self.setFixedWidth(theme.px(36 if self._kind == "normal" else 28))


class Segment(QFrame):
    """Exclusive buttons in one outline, one of them filled.

    Parameters
    ----------
    options
        Pairs of a value and its text.
    small
        28 px high instead of 36.

    Signals
    -------
    valueChanged(value)
        After every change; `edited(value, True)` when a person made it.
    """

    valueChanged = Signal(object)
    edited = Signal(object, bool)

    def __init__(
        self,
        options: Iterable[tuple[Any, str]] = (),
        small: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._small = small
        self._values: list[Any] = []
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._clicked)
        self._group.idToggled.connect(self._toggled)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(1, 1, 1, 1)
        self._row.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.set_options(options)
        theme.manager().changed.connect(self.update)

    def set_options(self, options: Iterable[tuple[Any, str]]) -> None:
        """Replace the choices and keep the value where it is still among them."""
        options = list(options)
        values = [value for value, _ in options]
        if values == self._values:
            for button, (_, text) in zip(self._group.buttons(), options, strict=True):
                button.setText(text)
            return
        kept = self.value()
        for button in self._group.buttons():
            self._group.removeButton(button)
            button.deleteLater()
        self._values = values
        for index, (_, text) in enumerate(options):
            button = QPushButton(text, self, checkable=True)
            button.setProperty("kind", "segment")
            button.setProperty("small", self._small)
            button.setMinimumWidth(theme.px(28))
            self._group.addButton(button, index)
            self._row.addWidget(button)
        self.set_value(kept if kept in values else values[0] if values else None)

    def button(self, value: Any) -> QPushButton:
        """Return the button of a value, to disable it or give it a tooltip."""
        return self._group.button(self._values.index(value))

    def value(self) -> Any:
        """Return the chosen value, or None without options."""
        index = self._group.checkedId()
        return self._values[index] if 0 <= index < len(self._values) else None

    def set_value(self, value: Any) -> None:
        """Choose a value; an unknown one leaves all as it is."""
        if value in self._values:
            self.button(value).setChecked(True)

    def _toggled(self, index: int, checked: bool) -> None:
        self.update()
        if checked:
            self.valueChanged.emit(self._values[index])

    def _clicked(self, index: int) -> None:
        self.edited.emit(self._values[index], True)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        radius = theme.px(6)
        outline.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.fillPath(outline, colors.panel)
        painter.setClipPath(outline)
        for button in self._group.buttons():
            box = QRectF(button.geometry())
            if button.isChecked():
                painter.fillRect(box.adjusted(-1, -1, 1, 1), colors.ink)
            elif button.underMouse() and button.isEnabled():
                painter.fillRect(box, colors.hover)
            if button.x() > 1:
                painter.fillRect(QRectF(box.left(), 0, 1, self.height()), colors.ctl)
            if button.hasFocus():
                ring = colors.onink if button.isChecked() else colors.ink
                painter.setPen(QPen(ring, 2))
                painter.drawRoundedRect(box.adjusted(3, 3, -3, -3), radius - 3, radius - 3)
        painter.setClipping(False)
        painter.setPen(QPen(colors.ctl, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(outline)
