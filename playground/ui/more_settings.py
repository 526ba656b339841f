"""The popup of the transport bar: what found no room there, and the rarer training settings."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from engine.errors import EngineError
from engine.experiment import Experiment, Training
from engine.fields import Spec, params
from playground.ui import theme
from playground.ui.document import Document
from playground.ui.forms import Form
from playground.ui.i18n import Translated, tr, tr_engine
from playground.ui.previews.loss import LossPreview
from playground.ui.previews.path import PathPicture
from playground.ui.previews.penalty import PenaltyPreview
from playground.ui.previews.schedule import SchedulePreview
from playground.ui.widgets import Label, VerticalScroll

IN_BAR = ("learning_rate", "optimizer", "loss", "penalty", "batch_size")
"""The settings that have a place in the bar; of the specs among them only the kind has."""
SPECS = ("optimizer", "loss", "penalty")


class MoreSettings(Translated, QFrame):
    """Opens under the button that asks for it, and closes on a click beside it."""

    def __init__(self, document: Document, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("kind", "panel")
        self._document = document
        training = document.experiment.training
        self.training = Form(training, exclude=IN_BAR)
        self.training.edited.connect(self._edit_training)
        self.forms: dict[str, Form] = {}
        self._titles = {name: Label(role="strong") for name in SPECS}
        self._parts: dict[str, QVBoxLayout] = {}
        self._folded = QVBoxLayout()
        self.schedule = SchedulePreview()
        self.path, self.loss, self.penalty = PathPicture(), LossPreview(), PenaltyPreview()
        self._build()
        document.changed.connect(lambda _, new: self._show(new))
        self._show(document.experiment)
        self.retranslate()

    def _build(self) -> None:
        body = QFrame()
        body.setProperty("kind", "panel")
        self._scroll = VerticalScroll(body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.addWidget(self._scroll)
        row = QHBoxLayout(body)
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(24)
        self._folded.setSpacing(12)
        own = QVBoxLayout()
        own.setSpacing(8)
        pictures = dict(zip(SPECS, (self.path, self.loss, self.penalty), strict=True))
        for name in SPECS:
            self._parts[name] = QVBoxLayout()
            self._parts[name].addWidget(self._titles[name])
            own.addLayout(self._parts[name])
            own.addWidget(pictures[name])
        own.addStretch(1)
        first = QVBoxLayout()
        first.addLayout(self._folded)
        first.addStretch(1)
        rest = QVBoxLayout()
        rest.addWidget(self.training)
        rest.addWidget(self.schedule)
        rest.addStretch(1)
        row.addLayout(first)
        row.addLayout(rest)
        row.addLayout(own)

    def hold(self, widgets: Mapping[str, QWidget]) -> None:
        """Take in widgets of the bar."""
        for widget in widgets.values():
            self._folded.addWidget(widget)
            widget.show()

    def open_under(self, button: QWidget) -> None:
        """Open below the bar, its right edge at that of a button in it."""
        self._draw()
        bar = self.parentWidget()
        below = button.mapFrom(bar, QPoint(0, bar.height())).y()
        bottom = button.mapToGlobal(QPoint(button.width(), below))
        window = button.window().geometry()
        size = self._scroll.widget().sizeHint() + QSize(2, 2)
        if size.height() > window.bottom() - bottom.y():
            size = QSize(size.width() + theme.px(14), window.bottom() - bottom.y())
        self.resize(size)
        self.move(max(bottom.x() - self.width(), window.left() + 4), bottom.y())
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(theme.current().ctl)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _draw(self) -> None:
        """Show what the settings do."""
        training = self._document.experiment.training
        self.schedule.show_training(training)
        self.path.show_valley(training)
        self.loss.show_loss(training.loss)
        self.penalty.show_penalty(training.penalty)

    def _show(self, experiment: Experiment) -> None:
        self.training.set_spec(experiment.training)
        for name in SPECS:
            self._show_spec(name, getattr(experiment.training, name))
        if self.isVisible():
            self._draw()

    def _show_spec(self, name: str, spec: Spec) -> None:
        """Show the fields of an optimizer, loss or penalty that the bar has no place for."""
        fields = [f for f in params(type(spec)) if f.name != "strength" and not f.hidden]
        form = self.forms.get(name)
        if form is not None and type(form.spec) is type(spec):
            form.set_spec(spec)
            return
        if form is not None:
            del self.forms[name]
            self._parts[name].removeWidget(form)
            form.hide()
            form.deleteLater()
        self._titles[name].setVisible(bool(fields) or name != "penalty")
        self._titles[name].setText(tr_engine(type(spec).label))
        if fields:
            self.forms[name] = Form(spec, exclude=("strength",))
            self.forms[name].edited.connect(
                lambda value, final, n=name: self._edit(tr_engine(value.label), final, **{n: value})
            )
            self._parts[name].addWidget(self.forms[name])

    def _edit_training(self, training: Training, final: bool) -> None:
        old = self._document.experiment.training
        fields = [field for field in params(Training) if field.name not in IN_BAR]
        fields = [f for f in fields if getattr(training, f.name) != getattr(old, f.name)]
        changed = {field.name: getattr(training, field.name) for field in fields}
        labels = [tr_engine(field.label) for field in fields]
        self._edit(", ".join(labels), final, **changed)

    def _edit(self, what: str, final: bool, **fields: object) -> None:
        text = tr("Change {setting}", setting=what)
        try:
            self._document.edit_training(text, merge=f"training {sorted(fields)}", **fields)
        except EngineError:
            self._show(self._document.experiment)
        if final:
            self._document.end_merge()

    def retranslate(self) -> None:
        self.setAccessibleName(tr("More training settings"))
        for name, title in self._titles.items():
            title.setText(tr_engine(type(getattr(self._document.experiment.training, name)).label))
