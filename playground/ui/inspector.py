"""The panel of the selected layer: its settings as a form, its function, its weights."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from engine.experiment import Experiment
from engine.fields import Spec, params
from engine.graph import Node, set_layer
from engine.probes import Parameters, Probe
from playground.session import Snapshot
from playground.ui import theme
from playground.ui.canvas import edits, words
from playground.ui.canvas.overlays import NameEditor
from playground.ui.document import Document
from playground.ui.forms import Form
from playground.ui.i18n import Translated, tr, tr_error
from playground.ui.layer_pictures import ParametersView
from playground.ui.previews.activation import ActivationCurve
from playground.ui.widgets import Button, ElidedLabel, EmptyState, Label, Rule, fill_ground
from playground.ui.widgets.labels import Picture

_NARROW = 640
"""Below this width, in pixels at 100 %, the parts stand under one another."""
PROBE = Parameters()


class Inspector(Translated, QWidget):
    """Settings and weights of the selected layer.

    Its header always shows; the rest folds away. Wide, the parts stand side by side; in a column,
    under one another.

    Signals
    -------
    probes_changed()
        The panel asks other questions from now on.
    height_changed()
        The panel needs more room, or less.
    redraw(node)
        The parameters of a node are to begin anew.
    """

    probes_changed = Signal()
    height_changed = Signal()
    redraw = Signal(str)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        fill_ground(self)
        self._document = document
        self.form: Form | None = None
        self._forms: dict[type[Spec], Form] = {}
        self.curve, self.matrix = ActivationCurve(), ParametersView()
        self._drawn: object = None
        self._build_header()
        self._build_body()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        self._rule = Rule()
        column.addWidget(self._rule)
        column.addWidget(self._scroll, 1)
        self.editor = NameEditor(self._header)
        self.editor.named.connect(self._named)
        self.matrix.edited.connect(self._set_number)
        document.changed.connect(self._changed)
        document.selected.connect(lambda name: self._show_node())
        theme.manager().changed.connect(self._restyle)
        self.retranslate()

    def _build_header(self) -> None:
        self._header = QWidget()
        fill_ground(self._header)
        self._picture = Picture("dense", "ink")
        self.title = ElidedLabel(role="heading")
        self.detail = ElidedLabel(role="detail")
        self.rename_button = Button(icon="pencil", kind="flat")
        self.freeze_button = Button(icon="lock", kind="flat")
        self.freeze_button.setCheckable(True)
        self.bypass_button = Button(icon="bypass", kind="flat")
        self.bypass_button.setCheckable(True)
        self.bypass_button.clicked.connect(
            lambda: edits.bypass(self._document, [self._document.selection])
        )
        self.redraw_button = Button(icon="dice", kind="flat")
        self.freeze_button.clicked.connect(
            lambda: edits.freeze(self._document, [self._document.selection])
        )
        self.redraw_button.clicked.connect(lambda: self.redraw.emit(self._document.selection))
        self.duplicate_button = Button(icon="copy", kind="flat")
        self.delete_button = Button(icon="trash", kind="flat")
        self.fold_button = Button(icon="down", kind="flat")
        self.rename_button.clicked.connect(self.rename)
        self.duplicate_button.clicked.connect(
            lambda: edits.duplicate(self._document, self._document.selection)
        )
        self.delete_button.clicked.connect(
            lambda: edits.remove(self._document, self._document.selection)
        )
        self.fold_button.clicked.connect(lambda: self.set_folded(not self.folded))
        self._lines = QVBoxLayout(self._header)
        self._lines.setContentsMargins(12, 0, 8, 0)
        self._lines.setSpacing(0)
        self._row = row = QHBoxLayout()
        row.setSpacing(6)
        self._lines.addLayout(row)
        for widget in (self._picture, self.title, self.rename_button):
            row.addWidget(widget)
        self._beside: bool | None = None
        row.addStretch(0)
        buttons = (self.freeze_button, self.bypass_button, self.redraw_button)
        for widget in (*buttons, self.duplicate_button, self.delete_button, self.fold_button):
            row.addWidget(widget)

    def _build_body(self) -> None:
        self._body = QWidget()
        self._body.setProperty("kind", "panel")
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._body)
        self._parts.setContentsMargins(14, 8, 14, 6)
        self._parts.setSpacing(14)
        self._place = QVBoxLayout()
        self._note = Label(role="detail", wrap=True)
        self._rules = (Rule(vertical=True), Rule(vertical=True))
        self.empty = EmptyState("dense")
        self._place.addWidget(self._note)
        self._place.addStretch(1)
        self._parts.addLayout(self._place)
        self._parts.addWidget(self._rules[0])
        pictures = QHBoxLayout()
        pictures.setSpacing(14)
        pictures.addWidget(self.curve, 0, Qt.AlignmentFlag.AlignTop)
        pictures.addWidget(self._rules[1])
        pictures.addWidget(self.matrix, 1)
        self._parts.addLayout(pictures, 1)
        self._parts.addWidget(self.empty, 1)
        self._scroll = QScrollArea(focusPolicy=Qt.FocusPolicy.NoFocus)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._body)

    # What is shown

    @property
    def folded(self) -> bool:
        """Whether only the header shows."""
        return self._scroll.isHidden()

    def set_folded(self, folded: bool) -> None:
        """Show the header alone, or all."""
        self._scroll.setVisible(not folded)
        self._rule.setVisible(not folded)
        self._restyle()
        self.probes_changed.emit()

    def retranslate(self) -> None:
        self.setAccessibleName(tr("Inspector"))
        self.rename_button.set_name(tr("Rename"), "F2")
        self.freeze_button.set_name(tr("Freeze the weights"), "Ctrl+Shift+L")
        self.bypass_button.set_name(tr("Bypass the layer"), "Ctrl+B")
        self.redraw_button.set_name(tr("New initial weights for this layer"))
        self.duplicate_button.set_name(tr("Duplicate"), "Ctrl+D")
        self.delete_button.set_name(tr("Delete"), "Del")
        self.empty.set_text(tr("Click a layer to change its units and activation."))
        self._note.setText(tr("The input takes its shape from the data."))
        self.curve.retranslate()
        self.matrix.retranslate()
        self._show_node()
        self._restyle()

    def _place_detail(self, wide: bool) -> None:
        """Put the detail beside the title, or in a line of its own where there is less room."""
        if wide != self._beside:
            self._beside = wide
            if wide:
                self._row.insertWidget(self._row.indexOf(self.rename_button) + 1, self.detail, 1)
            else:
                self._lines.addWidget(self.detail)
        below = not wide and bool(self.detail.text())
        self._lines.setContentsMargins(12, 0, 8, theme.px(8) if below else 0)
        self.detail.setContentsMargins(0 if wide else theme.px(18) + 6, 0, 0, 0)
        self._header.setFixedHeight(theme.px(58 if below else 38))

    def _restyle(self) -> None:
        self.fold_button.set_icon("up" if self.folded else "down")
        self.fold_button.set_name(tr("Show settings") if self.folded else tr("Hide settings"))
        wide = self.width() >= theme.px(_NARROW)
        self._place_detail(wide)
        if self.folded:
            self.setFixedHeight(self._header.height())
        else:
            self._lay_out(wide)
            whole = self._header.height() + 1 + self._body.sizeHint().height()
            self.setMinimumHeight(theme.px(208))
            self.setMaximumHeight(theme.px(208) if wide else max(whole, theme.px(208)))
        self.height_changed.emit()

    def _lay_out(self, wide: bool) -> None:
        direction = QBoxLayout.Direction
        self._parts.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        curve, matrix = (not part.isHidden() for part in (self.curve, self.matrix))
        self._rules[0].setVisible(wide and (curve or matrix))
        self._rules[1].setVisible(curve and matrix)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._restyle()

    def _node(self) -> Node | None:
        name = self._document.selection
        graph = self._document.experiment.graph
        return graph[name] if name in graph else None

    def _changed(self, old: Experiment, new: Experiment) -> None:
        if old.graph != new.graph or old.task != new.task:
            self._show_node()

    def _show_node(self) -> None:
        """Show the selected layer, or what to do where there is none."""
        node = self._node()
        self._show_header(node)
        self._show_form(node)
        activation = getattr(node.layer, "activation", None) if node else None
        self.curve.setVisible(activation is not None)
        if activation is not None:
            self.curve.show_activation(activation)
        self._drawn = None
        has_weights = node is not None and bool(node.layer.parameters)
        self.matrix.setVisible(has_weights)
        if has_weights:
            source = self._document.experiment.graph[node.inputs[0]]
            named = getattr(self._document.experiment.task, "input_names", ())
            self.matrix.show_node(source, node, named)
        self.empty.setVisible(node is None)
        self._note.setVisible(node is not None and self.form is None)
        self._restyle()
        self.probes_changed.emit()

    def _show_header(self, node: Node | None) -> None:
        editable = node is not None and edits.movable(node.name)
        editing = (self.rename_button, self.bypass_button, self.duplicate_button)
        for button in (*editing, self.delete_button):
            button.setVisible(editable)
        self.bypass_button.setChecked(node is not None and node.bypassed)
        learns = node is not None and bool(node.layer.parameters)
        self.freeze_button.setVisible(learns)
        self.freeze_button.setChecked(node is not None and words.locked(node))
        self.redraw_button.setVisible(learns)
        self._picture.setVisible(node is not None)
        if node is None:
            self.title.setText(tr("Inspector"))
            self.detail.setText("")
            return
        experiment = self._document.experiment
        shapes = experiment.shapes()
        shape = shapes.shapes.get(node.name)
        self._picture.set_icon(words.node_icon(node), "ink")
        self.title.setText(words.node_title(node))
        parts = [words.summary(node, shape, experiment.task.token_count > 0)]
        if shape is not None:
            count = words.parameter_count(shapes, node)
            parts.append(tr("{count} parameters", count=f"{count:,}"))
        if node.bypassed:
            parts.append(tr("bypassed"))
        self.detail.setText(" · ".join(part for part in parts if part))

    def _show_form(self, node: Node | None) -> None:
        layer = node.layer if node is not None else None
        if layer is not None and not any(not field.hidden for field in params(type(layer))):
            layer = None
        kind = None if layer is None else type(layer)
        if self.form is not None and type(self.form.spec) is not kind:
            self.form.hide()
            self.form = None
        if layer is None:
            return
        if self.form is not None:
            self.form.set_spec(layer)
            return
        if kind not in self._forms:
            self._forms[kind] = self._make_form(layer)
        self.form = self._forms[kind]
        self.form.show_anew(layer)
        self.form.show()

    def _make_form(self, layer: Spec) -> Form:
        """Return a form for a class of layers, which is kept for the next of them."""
        form = Form(layer, columns=2)
        form.edited.connect(self._edited)
        self._place.insertWidget(0, form)
        return form

    # Edits

    def _edited(self, layer: Spec, final: bool) -> None:
        node = self._node()
        if node is None:
            return
        graph = set_layer(self._document.experiment.graph, node.name, layer)
        text = tr("Change {layer}", layer=words.node_title(node))
        self._document.edit_graph(graph, text, merge=f"layer {node.name}")
        if final:
            self._document.end_merge()

    def _set_number(self, name: str, place: tuple[int, ...], old: float, new: float) -> None:
        node = self._node()
        if node is not None:
            edits.set_number(self._document, node.name, name, place, old, new)

    def rename(self) -> None:
        """Edit the name of the selected layer."""
        node = self._node()
        if node is not None and edits.movable(node.name):
            box = self.title.geometry().united(self.rename_button.geometry()).toRectF()
            self.editor.open(node.name, words.node_title(node), box)

    def _named(self, name: str, new: str) -> None:
        error = edits.rename(self._document, name, new)
        if error is not None:
            self.detail.setText(tr_error(error))

    # Snapshots

    def probes(self, experiment: Experiment) -> frozenset[Probe]:
        """Return the questions whose answers the panel draws."""
        node = self._node()
        if self.folded or node is None or not node.layer.parameters:
            return frozenset()
        return frozenset({PROBE})

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the weights of the selected layer."""
        answer = snapshot.answers.get(PROBE)
        node = self._node()
        if answer is None or answer is self._drawn or node is None or self.folded:
            return
        if snapshot.experiment.graph != self._document.experiment.graph:
            return
        self._drawn = answer
        self.matrix.show_parameters(answer.get(node.name, {}))
