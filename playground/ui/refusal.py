"""A sentence under a control that says why a value was not taken."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from engine.errors import EngineError
from engine.fields import Spec, params
from playground.ui import theme
from playground.ui.forms import range_text
from playground.ui.i18n import tr_engine, tr_error
from playground.ui.widgets.labels import Label, Picture

SHOWN_MS = 6000


def refusal_text(error: EngineError, spec: type[Spec], field: str) -> str:
    """Say why a value was refused; for one out of range, what the field allows."""
    if "allowed" not in error.values:
        return tr_error(error)
    about = next(about for about in params(spec) if about.name == field)
    return f"{tr_engine(about.label)}: {range_text(about)}"


class Refusal(QFrame):
    """One bubble a window; it goes by itself, or when another value is tried."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setProperty("level", "error")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.sentence = Label(wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(Picture("err", "err"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.sentence, 1)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        theme.manager().changed.connect(self.hide)
        self.hide()

    def show_under(self, control: QWidget, sentence: str) -> None:
        """Say `sentence` under a control of the same window."""
        window = control.window()
        self.setParent(window)
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self.sentence.setFixedWidth(min(theme.px(340), self.sentence.sizeHint().width() + 8))
        self.setFixedWidth(self.sentence.width() + theme.px(24) + 24 + 8)
        self.setFixedHeight(self.sentence.heightForWidth(self.sentence.width()) + 18)
        below = control.mapTo(window, QPoint(0, control.height() + 4))
        left = min(below.x(), window.width() - self.width() - 4)
        self.move(max(4, left), min(below.y(), window.height() - self.height() - 4))
        self.raise_()
        self.show()
        self._timer.start()
