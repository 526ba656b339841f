"""Combo box and check box."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QStyledItemDelegate, QWidget

from playground.ui import theme
from playground.ui.numbers import number_text, parse_number


class Combo(QComboBox):
    """A choice whose texts are never cut; the wheel turns it only while it has the focus.

    Parameters
    ----------
    options
        Pairs of a value and its text.
    typed
        Whether a person may type another number (learning rates); `typed` is its closed range.
    """

    valueChanged = Signal(object)
    edited = Signal(object, bool)

    def __init__(
        self,
        options: Iterable[tuple[Any, str]] = (),
        typed: tuple[float, float] | None = None,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._typed_range = typed
        self._value: Any = None
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        # The stylesheet reaches the rows of the list only through this delegate.
        self.setItemDelegate(QStyledItemDelegate(self))
        if typed:
            self.setEditable(True)
            self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            self.setCompleter(None)
            self.lineEdit().editingFinished.connect(self._typed)
        self.activated.connect(self._picked)
        theme.manager().changed.connect(self.updateGeometry)
        self.set_options(options)

    def set_options(self, options: Iterable[tuple[Any, str]]) -> None:
        """Replace the choices and keep the value where it is still among them."""
        kept = self._value
        self.blockSignals(True)
        self.clear()
        for value, text in options:
            self.addItem(text, value)
        self.blockSignals(False)
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + theme.px(24))
        if self._index(kept) < 0 and not self._typed_range:
            kept = self.itemData(0)
        self.set_value(kept)

    def value(self) -> Any:
        """Return the chosen or typed value."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Choose a value; a number that is no option is shown where numbers may be typed."""
        index = self._index(value)
        if index < 0 and (not self._typed_range or value is None):
            return
        changed = value != self._value
        self._value = value
        self.setCurrentIndex(index)
        if index < 0:
            self.setEditText(number_text(value))
        elif self._typed_range:
            self.setEditText(self.itemText(index))
        if changed:
            self.valueChanged.emit(value)

    def _index(self, value: Any) -> int:
        return next((i for i in range(self.count()) if self.itemData(i) == value), -1)

    def _picked(self, index: int) -> None:
        if self.itemData(index) != self._value:
            self.set_value(self.itemData(index))
            self.edited.emit(self._value, True)

    def _typed(self) -> None:
        known = self.findText(self.currentText())
        value = self.itemData(known) if known >= 0 else parse_number(self.currentText())
        if value is not None and known < 0:
            low, high = self._typed_range
            value = min(max(value, low), high)
        if value is None or value == self._value:
            self.set_value(self._value)
        else:
            self.set_value(value)
            self.edited.emit(value, True)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class FittedCombo(Combo):
    """A choice as wide as what is chosen, so that the bar holds them all; its list is wider."""

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self.isEditable() or not self.count():
            return hint
        texts = [self.itemText(index) for index in range(self.count())]
        metrics = self.fontMetrics()
        widest = max(map(metrics.horizontalAdvance, texts))
        return QSize(
            hint.width() - widest + metrics.horizontalAdvance(self.currentText()), hint.height()
        )

    def set_value(self, value: Any) -> None:
        super().set_value(value)
        self.updateGeometry()


class Check(QCheckBox):
    """A check box; the click area is 28 px high."""

    valueChanged = Signal(object)
    edited = Signal(object, bool)

    def __init__(self, text: str = "", value: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setChecked(value)
        self.toggled.connect(self.valueChanged.emit)
        self.clicked.connect(lambda checked: self.edited.emit(checked, True))

    def value(self) -> bool:
        """Return whether it is checked."""
        return self.isChecked()

    def set_value(self, value: bool) -> None:
        """Check or uncheck it."""
        self.setChecked(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
