"""New from a template: all examples in groups, each with a picture of its layers."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from engine.experiment import Experiment
from engine.graph import Node
from playground.examples import Example, examples
from playground.ui import icons, theme
from playground.ui.canvas.words import node_icon, node_title
from playground.ui.i18n import N_, language, tr
from playground.ui.widgets import Button, EmptyState

EXAMPLE = Qt.ItemDataRole.UserRole

GROUPS = {
    "perceptron": N_("Perceptron and regression"),
    "mlp": N_("Multilayer perceptron"),
    "images": N_("Images: CNN, ResNet"),
    "sequences": N_("Sequences: RNN, LSTM, GRU, Conv 1D"),
    "seq2seq": N_("Encoder and decoder"),
    "transformer": N_("Transformer, GPT, BERT"),
}
ATTENTIVE = {"attention", "transformer_encoder", "transformer_decoder"}
RECURRENT = {"simple_rnn", "lstm", "gru"}
MOST_ICONS = 9


def group_of(experiment: Experiment) -> str:
    """Return the group of a network, by the layers it has."""
    kinds = [node.layer.kind for node in experiment.graph]
    recurrent = RECURRENT & set(kinds)
    if ATTENTIVE & set(kinds) and not recurrent:
        return "transformer"
    if recurrent and len(experiment.task.input_shape) == 1 and "embedding" in kinds:
        return "seq2seq" if _decodes(experiment) else "sequences"
    if recurrent or "conv1d" in kinds:
        return "sequences"
    if "conv2d" in kinds:
        return "images"
    return "mlp" if kinds.count("dense") > 1 else "perceptron"


def _decodes(experiment: Experiment) -> bool:
    """Return whether one recurrent layer begins where another ends: an encoder and a decoder."""
    recurrent = [node for node in experiment.graph if node.layer.kind in RECURRENT]
    return any(len(node.inputs) > 1 for node in recurrent) or experiment.task.kind == "reverse"


class TemplatesDialog(QDialog):
    """Search, arrow keys and Enter choose a network; it opens as one that can be edited.

    Signals
    -------
    chosen(name)
        The name of the example to open.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("New from template"))
        self.setProperty("kind", "panel")
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search networks"))
        self.search.setAccessibleName(tr("Search networks"))
        self.search.setClearButtonEnabled(True)
        self.list = TemplateList()
        self.empty = EmptyState("search", tr("No network is called so; try another word."))
        self.open_button = Button(tr("Open"), kind="filled")
        self.open_button.clicked.connect(self._open)
        cancel = Button(tr("Cancel"), kind="small")
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.open_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty, 1)
        column.addLayout(buttons)
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self._open)
        self.list.itemActivated.connect(lambda _item: self._open())
        self._filter("")
        self.resize(theme.px(720), theme.px(560))

    def _filter(self, text: str) -> None:
        found = self.list.filter(text)
        self.list.setVisible(found)
        self.empty.setVisible(not found)
        self.open_button.setEnabled(found)

    def _open(self) -> None:
        item = self.list.currentItem()
        entry = None if item is None else item.data(EXAMPLE)
        if entry is not None and not item.isHidden():
            self.accept()
            self.chosen.emit(entry.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the arrow keys go through the list while a person types."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.search.hasFocus():
            self.list.keyPressEvent(event)
        else:
            super().keyPressEvent(event)


class TemplateList(QListWidget):
    """All examples under the titles of their groups."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(_Delegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Networks"))
        entries: dict[str, list[Example]] = {group: [] for group in GROUPS}
        for entry in examples().values():
            entries[group_of(entry.experiment)].append(entry)
        for group, members in entries.items():
            title = QListWidgetItem(tr(GROUPS[group]), self)
            title.setFlags(Qt.ItemFlag.NoItemFlags)
            for entry in members:
                item = QListWidgetItem(entry.titles[language()], self)
                item.setData(EXAMPLE, entry)
                item.setToolTip(entry.about[language()])
                item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, entry.about[language()])

    def names(self) -> list[str]:
        """Return the names of the examples that show."""
        items = (self.item(row) for row in range(self.count()))
        return [i.data(EXAMPLE).name for i in items if i.data(EXAMPLE) and not i.isHidden()]

    def filter(self, text: str) -> bool:
        """Show what has all words of `text`, and the titles above it; return whether any has."""
        words = text.casefold().split()
        title, first = None, None
        for row in range(self.count()):
            item = self.item(row)
            entry = item.data(EXAMPLE)
            if entry is None:
                title = item
                title.setHidden(True)
                continue
            shown = all(word in _searched(entry, title.text()) for word in words)
            item.setHidden(not shown)
            if shown:
                title.setHidden(False)
                first = first or item
        if first is not None:
            self.setCurrentItem(first)
        return first is not None


def _searched(entry: Example, group: str) -> str:
    """Return all under which an example is found."""
    layers = (f"{node.layer.kind} {node_title(node)}" for node in entry.experiment.graph)
    told = [entry.name, *entry.titles.values(), *entry.about.values(), group, *layers]
    return " ".join(told).casefold()


class _Delegate(QStyledItemDelegate):
    """Paints titles of groups, and rows with picture, name and what the network is about."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(theme.px(240), theme.px(56 if index.data(EXAMPLE) else 34))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        colors, entry, row = theme.current(), index.data(EXAMPLE), option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if entry is None:
            painter.setFont(theme.font("button"))
            painter.setPen(colors.ink2)
            painter.drawText(row.adjusted(4, 8, 0, 0), Qt.AlignmentFlag.AlignVCenter, index.data())
            painter.restore()
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
            painter.setPen(QPen(colors.ink, 2) if selected else Qt.PenStyle.NoPen)
            painter.setBrush(colors.sel if selected else colors.hover)
            painter.drawRoundedRect(QRectF(row).adjusted(1, 1, -1, -1), 6, 6)
        wide = theme.px(252)
        _paint_layers(painter, entry.experiment, row.adjusted(theme.px(10), 0, 0, 0))
        words = row.adjusted(theme.px(10) + wide, theme.px(8), -theme.px(8), -theme.px(6))
        painter.setFont(theme.font("button"))
        painter.setPen(colors.ink)
        painter.drawText(words, Qt.AlignmentFlag.AlignTop, index.data())
        painter.setFont(theme.font("caption"))
        painter.setPen(colors.ink2)
        metrics, elide = painter.fontMetrics(), Qt.TextElideMode.ElideRight
        about = metrics.elidedText(entry.about[language()], elide, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignBottom, about)
        painter.restore()


def _paint_layers(painter: QPainter, experiment: Experiment, row: QRect) -> None:
    """Draw the icons of the layers on a wire; of long networks the middle is left out."""
    nodes: list[Node | None] = list(experiment.graph)
    if len(nodes) > MOST_ICONS:
        half = MOST_ICONS // 2
        nodes = [*nodes[:half], None, *nodes[-half:]]
    size, gap = theme.px(18), theme.px(9)
    x, middle = float(row.left()), row.center().y() + 0.5
    painter.setPen(QPen(theme.current().ctl, 1.5))
    for index, node in enumerate(nodes):
        if index:
            painter.drawLine(QPointF(x - gap + 1, middle), QPointF(x - 1, middle))
        if node is None:
            painter.drawText(QRectF(x, row.top(), size, row.height()), 0x84, "…")
        else:
            picture = icons.pixmap(node_icon(node), size, "ink2")
            painter.drawPixmap(QPointF(x, middle - size / 2), picture)
        x += size + gap


def choose_template(window: QWidget) -> TemplatesDialog:
    """Let a person choose a template for a window."""
    dialog = TemplatesDialog(window)
    dialog.chosen.connect(window.open_example)  # type: ignore[attr-defined]
    dialog.open()
    return dialog
