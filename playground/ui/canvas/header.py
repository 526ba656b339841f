"""The row above the canvas: which network it is, how large, undo and redo."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from engine.experiment import Experiment
from engine.graph_places import is_placed
from playground.examples import examples, like, preset_name
from playground.ui import theme
from playground.ui.canvas.words import total_parameters
from playground.ui.document import Document
from playground.ui.i18n import Translated, language, tr
from playground.ui.microscope.opener import why_not
from playground.ui.widgets import Button, FittedCombo, Label, room


class CanvasHeader(Translated, QWidget):
    """Title, presets, the number of parameters, undo and redo.

    Where there is too little room, it leaves out what is said elsewhere or stands in the menus.

    Signals
    -------
    preset_chosen(key)
        A person chose a preset network.
    """

    preset_chosen = Signal(str)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._document = document
        self.title = Label(role="heading")
        self.presets = FittedCombo()
        self.presets.hide()
        self.presets.edited.connect(self._chosen)
        self.total = Label(role="detail")
        stack = document.undo_stack
        self.views = Button(tr("Views"), icon="plus", kind="flat")
        self.undo = Button(icon="undo", kind="flat")
        self.redo = Button(icon="redo", kind="flat")
        self.undo.clicked.connect(stack.undo)
        self.redo.clicked.connect(stack.redo)
        self.wire = Button(icon="wire", kind="flat")
        self.tidy = Button(icon="arrange", kind="flat")
        self.scope = Button(icon="scope", kind="flat")
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        for widget in (self.title, self.presets, self.total):
            row.addWidget(widget)
        row.addStretch(1)
        self._buttons = (self.undo, self.redo, self.wire, self.tidy, self.scope, self.views)
        for button in self._buttons:
            row.addWidget(button)
        self._spare: tuple[QWidget, ...] = (self.total, self.title, self.wire, self.tidy)
        # The values come with the signals: the stack emits them once more while it is destroyed.
        stack.canUndoChanged.connect(self.undo.setEnabled)
        stack.canRedoChanged.connect(self.redo.setEnabled)
        stack.undoTextChanged.connect(self._name_undo)
        stack.redoTextChanged.connect(self._name_redo)
        self.undo.setEnabled(stack.canUndo())
        self.redo.setEnabled(stack.canRedo())
        document.changed.connect(self._changed)
        self.tidy.setEnabled(is_placed(document.experiment.graph))
        theme.manager().changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def show_presets(self, every: bool = True) -> None:
        """Offer the networks for the task; or just the present one, as to find all takes long."""
        experiment = self._document.experiment
        present = preset_name(experiment)
        names = like(experiment.task) if every else (present,) if present else ()
        self.set_presets((name, examples()[name].titles[language()]) for name in names)
        self.name_preset(present)

    def set_presets(self, presets: Iterable[tuple[str, str]]) -> None:
        """Offer networks by key and title."""
        presets = list(presets)
        self.presets.set_options([("", tr("Custom")), *presets])
        self.presets.setVisible(bool(presets))
        self._unname()

    def name_preset(self, key: str) -> None:
        """Show which preset the network is, until it is edited; the empty string for none."""
        self.presets.set_value(key)

    def retranslate(self) -> None:
        self.title.setText(tr("Network"))
        self.views.setText(tr("Views"))
        self.views.setToolTip(tr("Open or close views"))
        self.presets.setAccessibleName(tr("Preset"))
        self.wire.set_name(tr("Skip wire"), "Ctrl+J")
        self.tidy.set_name(tr("Tidy"), "Ctrl+T")
        self._offer_scope()
        self._count()
        self._name_undo(self._document.undo_stack.undoText())
        self._name_redo(self._document.undo_stack.redoText())

    def _restyle(self) -> None:
        self.setFixedHeight(theme.px(40))
        self.presets.setMinimumWidth(theme.px(96))
        self._fit()

    def _width(self, hidden: int) -> int:
        """Return the width of all but the presets, with so many spare parts left out."""
        parts = [self.title, self.total, *self._buttons]
        shown = [part for part in parts if part not in self._spare[:hidden]]
        width = sum(room(part) + self._row.spacing() for part in shown)
        return width + 24

    def _fit(self) -> None:
        counts, room = range(len(self._spare)), self.width() - self.presets.sizeHint().width()
        hidden = next((n for n in counts if self._width(n) <= room), len(self._spare))
        for index, part in enumerate(self._spare):
            part.setVisible(index >= hidden)

    def minimumSizeHint(self) -> QSize:
        least = self._width(len(self._spare)) + self.presets.minimumWidth()
        return QSize(least, theme.px(40))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()  # another language, or another number of parameters
        return super().event(event)

    def _changed(self, old: Experiment, new: Experiment) -> None:
        self.tidy.setEnabled(is_placed(new.graph))
        if old.graph != new.graph or old.task != new.task:
            self._count()
        if old.graph != new.graph:
            self._unname()
            self._offer_scope()

    def _offer_scope(self) -> None:
        """Say why the microscope cannot be used, where it cannot."""
        reason = why_not(self._document.experiment)
        self.scope.setEnabled(not reason)
        self.scope.set_name(tr("Microscope"), "Ctrl+M")
        if reason:
            self.scope.setToolTip(reason)
        self.scope.setAccessibleDescription(reason)

    def _unname(self) -> None:
        self.presets.set_value("")

    def _count(self) -> None:
        experiment = self._document.experiment
        shapes = experiment.shapes()
        count, idle = (total_parameters(experiment, shapes, only) for only in (False, True))
        text = tr("{count} parameters", count=f"{count:,}")
        if idle:
            text = tr(
                "{count} parameters, {idle} of them bypassed", count=f"{count:,}", idle=f"{idle:,}"
            )
        self.total.setText(text)

    def _name_undo(self, edit: str) -> None:
        self.undo.set_name(tr("Undo: {edit}", edit=edit) if edit else tr("Undo"), "Ctrl+Z")

    def _name_redo(self, edit: str) -> None:
        self.redo.set_name(tr("Redo: {edit}", edit=edit) if edit else tr("Redo"), "Ctrl+Shift+Z")

    def _chosen(self, key: str, final: bool) -> None:
        if key:
            self.preset_chosen.emit(key)
