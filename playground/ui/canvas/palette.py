"""The list of layers to drag onto the canvas, and the same list as a menu."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from PySide6.QtCore import (
    QByteArray,
    QEvent,
    QMimeData,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QDrag,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPixmap,
)
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from engine.arrays import Shape
from engine.errors import EngineError
from engine.experiment import Experiment
from engine.layers import Layer, layer
from playground.ui import icons, theme
from playground.ui.canvas import edits
from playground.ui.document import Document
from playground.ui.i18n import Translated, tr, tr_engine, tr_error
from playground.ui.widgets import Heading, Label

KIND = Qt.ItemDataRole.UserRole
MISFIT = Qt.ItemDataRole.UserRole + 1
SOURCE = Qt.ItemDataRole.UserRole + 2


def offered() -> Iterator[tuple[str, list[type[Layer]]]]:
    """Yield the groups of layers with what they hold; a layer without a group is not offered."""
    groups: dict[str, list[type[Layer]]] = {}
    for cls in layer.values():
        if cls.group:
            groups.setdefault(cls.group, []).append(cls)
    yield from groups.items()


def misfits(experiment: Experiment) -> dict[str, EngineError]:
    """Return the kinds of layers that fit at no place of a network, with the reason."""
    known = experiment.shapes().shapes
    nodes = [node.name for node in experiment.graph.nodes[-2::-1] if node.name in known]
    places = {known[name]: name for name in nodes}
    found = {}
    for cls in layer.values():
        if cls.group and not any(_accepts(cls, shape) for shape in places):
            tried = places.values() if cls.borrows else nodes[:1]
            why = _refusal(experiment, cls.kind, tried)
            if why is not None:
                found[cls.kind] = why
    return found


@lru_cache(maxsize=4096)
def _accepts(cls: type[Layer], shape: Shape) -> bool:
    """Whether a layer by itself takes an input of a shape; one that borrows has to be tried."""
    try:
        return not cls.borrows and bool(cls().output_shape((shape,)))
    except EngineError:
        return False


def _refusal(experiment: Experiment, kind: str, places: Iterable[str]) -> EngineError | None:
    """Try a layer behind each of some nodes; return the last error, or None where one fits."""
    why: EngineError | None = None
    for place in places:
        try:
            new, name = edits.inserted(experiment.graph, layer[kind](), place)
        except EngineError as error:
            return error
        shapes = experiment.but(graph=new).shapes()
        if name in shapes.shapes:
            return None
        why = shapes.errors.get(name, why)
    return why


class Palette(Translated, QWidget):
    """The layers in their groups.

    Drag one onto the canvas; double-click or Enter inserts it after the selected layer.
    """

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._document = document
        self.heading = Heading("", "dense")
        self.hint = Label(role="caption")
        self.heading.add(self.hint)
        self.list = LayerList()
        self.list.chosen.connect(self._insert)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self.list.filter)
        self.search.returnPressed.connect(self.list.choose)
        self.list.typed.connect(self._type)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.search)
        column.addWidget(self.list)
        column.addStretch(1)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._judge)
        document.changed.connect(self._changed)
        theme.manager().changed.connect(self.list.relayout)
        self.retranslate()

    def retranslate(self) -> None:
        self.heading.set_text(tr("Layers"))
        self.hint.setText(tr("drag to canvas"))
        self.search.setPlaceholderText(tr("Find a layer…"))
        self.search.setAccessibleName(tr("Find a layer…"))
        self.list.setAccessibleName(tr("Layers"))
        self.list.setAccessibleDescription(tr("Enter inserts after the selected layer"))
        self.list.retranslate()
        self._judge()

    def focus(self) -> None:
        """Give the keyboard to the list."""
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _type(self, text: str) -> None:
        """Go on in the field with what was typed in the list."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.setText(text)

    def _insert(self, kind: str) -> None:
        edits.insert(self._document, kind)
        self.search.clear()

    def _changed(self, old: Experiment, new: Experiment) -> None:
        if old.task != new.task or old.graph != new.graph:
            self._later.start()  # it takes as long as all else that an edit changes

    def _judge(self) -> None:
        """Mark the layers that fit nowhere, and say why."""
        wrong = misfits(self._document.experiment)
        for item in self.list.layers():
            error = wrong.get(item.data(KIND))
            item.setData(MISFIT, error is not None)
            item.setToolTip(tr_error(error) if error else "")


class LayerList(QListWidget):
    """Rows of layers under the titles of their groups."""

    chosen = Signal(str)
    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(_Delegate(self))
        self.setDragEnabled(True)
        self.setDragDropMode(QListWidget.DragDropMode.DragOnly)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.itemDoubleClicked.connect(lambda item: self._choose(item))

        for group, kinds in offered():
            title = QListWidgetItem(self)
            title.setData(SOURCE, group)
            title.setFlags(Qt.ItemFlag.NoItemFlags)
            for cls in kinds:
                item = QListWidgetItem(self)
                item.setData(SOURCE, cls.label)
                item.setData(KIND, cls.kind)

    def retranslate(self) -> None:
        """Write all rows anew."""
        for row in range(self.count()):
            self.item(row).setText(tr_engine(self.item(row).data(SOURCE)))
        self.relayout()

    def filter(self, text: str) -> None:
        """Show the layers whose name, in either language, has the text; "" shows all."""
        wanted, title = text.casefold(), None
        for row in range(self.count()):
            item = self.item(row)
            if not item.data(KIND):
                title = item
                title.setHidden(True)
                continue
            names = (item.text(), item.data(SOURCE), item.data(KIND))
            fits = any(wanted in name.casefold() for name in names)
            item.setHidden(not fits)
            if fits and title is not None:
                title.setHidden(False)
        shown = [item for item in self.layers() if not item.isHidden()]
        self.setCurrentItem(shown[0] if text and shown else None)
        self.relayout()

    def choose(self) -> None:
        """Insert the layer of the current row."""
        self._choose(self.currentItem())

    def layers(self) -> list[QListWidgetItem]:
        """Return the rows that are layers."""
        items = (self.item(row) for row in range(self.count()))
        return [item for item in items if item.data(KIND)]

    def relayout(self) -> None:
        """Be as high as all rows; what holds the palette scrolls."""
        rows = [row for row in range(self.count()) if not self.isRowHidden(row)]
        self.setFixedHeight(sum(self.sizeHintForRow(row) for row in rows) + 8)
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(KIND):
            self.chosen.emit(item.data(KIND))

    def focusInEvent(self, event: QEvent) -> None:
        super().focusInEvent(event)
        if self.currentItem() is None and self.layers():
            self.setCurrentItem(self.layers()[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose()
        elif event.text().isalnum() and not event.modifiers():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def mimeData(self, items: list[QListWidgetItem]) -> QMimeData:
        data = QMimeData()
        data.setData(edits.MIME, QByteArray(items[0].data(KIND).encode()))
        return data

    def startDrag(self, actions: Qt.DropAction) -> None:
        item = self.currentItem()
        if item is None or not item.data(KIND):
            return
        drag = QDrag(self)
        drag.setMimeData(self.mimeData([item]))
        chip = _chip(item.text(), layer[item.data(KIND)].icon, self.devicePixelRatioF())
        drag.setPixmap(chip)
        drag.setHotSpot(QPoint(theme.px(24), theme.px(17)))
        drag.exec(Qt.DropAction.CopyAction)
        # The drag swallowed the news that the mouse has left the row.
        QApplication.sendEvent(self.viewport(), QEvent(QEvent.Type.Leave))


def _chip(text: str, icon: str, ratio: float) -> QPixmap:
    """Draw what hangs at the pointer while a layer is dragged."""
    metrics = QFontMetrics(theme.font("button"))
    width, height = metrics.horizontalAdvance(text) + theme.px(52), theme.px(34)
    picture = QPixmap(round(width * ratio), round(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colors = theme.current()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colors.ink)
    painter.drawRoundedRect(QRectF(0, 0, width, height), 6, 6)
    size = theme.px(18)
    painter.drawPixmap(
        QPointF(theme.px(12), (height - size) / 2), icons.pixmap(icon, size, "onink")
    )
    painter.setFont(theme.font("button"))
    painter.setPen(colors.onink)
    painter.drawText(QRectF(theme.px(38), 0, width, height), Qt.AlignmentFlag.AlignVCenter, text)
    painter.end()
    return picture


class _Delegate(QStyledItemDelegate):
    """Paints titles, and rows with icon, name and grip."""

    def sizeHint(self, option: QStyleOptionViewItem, index: object) -> QSize:
        return QSize(theme.px(120), theme.px(30 if index.data(KIND) else 28))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: object) -> None:
        colors = theme.current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = QRectF(option.rect)
        kind = index.data(KIND)
        if not kind:
            painter.setFont(theme.font("caption"))
            painter.setPen(colors.ink2)
            painter.drawText(row.adjusted(0, 6, 0, 0), Qt.AlignmentFlag.AlignVCenter, index.data())
            painter.restore()
            return
        self._paint_back(painter, option, row)
        tone = "ink3" if index.data(MISFIT) else "ink"
        size = theme.px(18)
        spot = QPointF(row.left() + theme.px(8), row.center().y() - size / 2)
        icon = layer[kind].icon
        painter.drawPixmap(spot, icons.pixmap(icon, size, "ink3" if tone == "ink3" else "ink2"))
        painter.setFont(theme.font("body"))
        painter.setPen(colors.color(tone))
        words = row.adjusted(theme.px(34), 0, -theme.px(24), 0)
        elide = Qt.TextElideMode.ElideRight
        text = painter.fontMetrics().elidedText(index.data(), elide, int(words.width()))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)
        grip = QPointF(row.right() - theme.px(22), row.center().y() - theme.px(7))
        painter.drawPixmap(grip, icons.pixmap("grip", theme.px(14), "ink3"))
        painter.restore()

    def _paint_back(self, painter: QPainter, option: QStyleOptionViewItem, row: QRectF) -> None:
        colors, state = theme.current(), option.state
        focused = bool(option.widget.hasFocus() and state & QStyle.StateFlag.State_HasFocus)
        back = None
        if state & QStyle.StateFlag.State_Selected and option.widget.hasFocus():
            back = colors.sel
        elif state & QStyle.StateFlag.State_MouseOver:
            back = colors.hover
        painter.setPen(Qt.PenStyle.NoPen)
        if back is not None:
            painter.setBrush(back)
            painter.drawRoundedRect(row, 6, 6)
        if focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(colors.ink)
            painter.drawRoundedRect(row.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


def fill_menu(menu: QMenu, experiment: Experiment, choose: Callable[[str], object]) -> QMenu:
    """Add all layers to a menu, in their groups; `choose` gets the kind that was picked."""
    wrong = misfits(experiment)
    for group, kinds in offered():
        menu.addSection(tr_engine(group))
        for cls in kinds:
            action = menu.addAction(
                icons.icon(cls.icon, "ink2"), tr_engine(cls.label), lambda k=cls.kind: choose(k)
            )
            error = wrong.get(cls.kind)
            if error is not None:
                action.setToolTip(tr_error(error))
    menu.setToolTipsVisible(True)
    return menu
