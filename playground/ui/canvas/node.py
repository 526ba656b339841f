"""The card of a layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsLineItem

from engine.graph import OUTPUT, Node
from playground.ui import icons, theme
from playground.ui.canvas.faces import Answers, Face
from playground.ui.canvas.layout import FOOTER, HEADER, PORT_Y
from playground.ui.canvas.routes import LEAVE
from playground.ui.canvas.words import Caption
from playground.ui.drawn import DrawnItem, PaneItem

if TYPE_CHECKING:
    from playground.ui.canvas.blocks import Spot

RADIUS = 10.0
CHIP = 28.0
BYPASSED = 0.55
HANDLE = 7.0
"""The radius of what a new wire is drawn from: the right port and the arc handle on the top."""
_WIDEST = 200.0


class NodeItem(DrawnItem):
    """A card: header, live picture, footer. It is told what to show and decides nothing.

    Live images show through openings of the card; what else is live is drawn by a child over it.
    """

    def __init__(self, node: Node) -> None:
        super().__init__()
        self.node = node
        self.caption = Caption("", "", "", "", "act")
        self.face: Face
        self.spot: Spot
        self.lane = HEADER + FOOTER + 88.0
        self.failed = self.idle = self.selected = self.hovered = self.ringed = False
        self.deletable = self.frozen = self.bypassed = self.aimed = False
        self.remark = ""
        self.width = 118.0
        self.setZValue(10)
        self._panes: list[PaneItem] = []
        self._live = LiveItem(self)
        self._drawn: object = None
        self._described: object = None
        self._sizes: list[QSize] | None = None
        self._places: list[QRectF] = []
        self._progress = ProgressItem(self)

    def describe(self, caption: Caption, face: Face) -> None:
        """Write the card anew; its size follows the words and the picture."""
        drawn = caption, self.spot.block
        if drawn == self._described and face is getattr(self, "face", None):
            return
        self._described = drawn
        self.caption, self.face = caption, face
        self.width = max(face.width, min(self._words_width(), _WIDEST))
        self._resize()

    def set_lane(self, height: float) -> None:
        """Make the card as high as the others."""
        if height != self.lane:
            self.lane = height
            self._resize()

    def _resize(self) -> None:
        self._sizes = None
        self.set_bounds(self.box.adjusted(-8, -CHIP - 8, 12, 8))
        self._live.set_bounds(self.body)
        self._progress.place(self.box)
        self._show_face()
        self._live.update()
        self.update()

    def show_answers(self, answers: Answers) -> None:
        """Draw what is new among the answers of probes; there often is nothing."""
        if self.face.show(answers):
            self._show_face()

    def _show_face(self) -> None:
        """Show the images of the face, and draw what else is live where it changed."""
        face, sizes = self.face, [image.size() for image in self.face.images]
        if sizes != self._sizes:
            self._sizes, self._places = sizes, face.panes(self.body)[: len(sizes)]
            self._make_panes(len(sizes))
        for pane, image, place in zip(self._panes, face.images, self._places, strict=True):
            pane.show_image(image, place, face.smooth)
        self._live.setVisible(face.live is not None)
        if face.live != self._drawn:
            self._drawn = face.live
            self._live.update()

    def _make_panes(self, count: int) -> None:
        """Hold so many images."""
        if count != len(self._panes):
            for pane in self._panes:
                pane.setParentItem(None)
                self.scene().removeItem(pane)
            self._panes = [PaneItem(self) for _ in range(count)]
            self._fade()
            self.update()

    def restyle(self) -> None:
        """Draw in the colours of the theme."""
        self.face.restyle()
        self._live.update()
        self._progress.restyle()
        self.update()

    def show_progress(self, share: float) -> None:
        """Draw a bar for the share of an epoch that is done; none for 0."""
        self._progress.show_share(share)

    def set_state(self, **state: bool) -> None:
        super().set_state(**state)
        self._fade()

    def _fade(self) -> None:
        """Let the pictures of a bypassed card shine through."""
        for pane in self._panes:
            pane.setOpacity(self._strength)

    @property
    def _strength(self) -> float:
        """How much of the card is seen; its words are always."""
        return BYPASSED if self.bypassed else 1.0

    def warn(self, remark: str) -> None:
        """Bear a warning with a few words; an empty text takes it away."""
        if remark != self.remark:
            self.remark = remark
            self.update()

    @property
    def box(self) -> QRectF:
        """The card in its own coordinates."""
        return QRectF(0, 0, self.width, self.lane)

    @property
    def body(self) -> QRectF:
        """The place of the picture."""
        return self.box.adjusted(0, HEADER, 0, -FOOTER)

    def units(self) -> list[QRectF]:
        """Return the places of single units in the scene."""
        return [box.translated(self.pos()) for box in self.face.units(self.body)]

    def chip(self) -> QRectF:
        """Return the place of the buttons above a hovered card, in its own coordinates."""
        return QRectF(self.width - 2 * CHIP - 2, -CHIP - 5, 2 * CHIP + 2, CHIP)

    def chip_at(self, point: QPointF) -> str:
        """Return "duplicate", "delete" or "" for a point of the card's coordinates."""
        chip = self.chip()
        if not (self.hovered and self.deletable and chip.contains(point)):
            return ""
        return "duplicate" if point.x() < chip.center().x() else "delete"

    def handles(self) -> list[QPointF]:
        """Return from where a wire to another card is drawn, in its own coordinates."""
        return [QPointF(self.width, PORT_Y), QPointF(LEAVE, 0)]

    def handle_at(self, point: QPointF) -> bool:
        """Whether a wire begins at a point of the card's coordinates."""
        if self.node.name == OUTPUT:
            return False
        reach = HANDLE + 2
        return any((spot - point).manhattanLength() <= reach for spot in self.handles())

    def reaches(self, point: QPointF) -> bool:
        """Whether a point of the card's coordinates keeps a hovered card hovered."""
        if self.hovered and self.deletable and self.chip().adjusted(-4, -2, 4, 6).contains(point):
            return True
        return self.box.contains(point) or self.handle_at(point)

    def _words_width(self) -> float:
        title = QFontMetricsF(theme.font("heading", 1)).horizontalAdvance(self.caption.title)
        small = QFontMetricsF(theme.font("caption", 1))
        words = (self.caption.summary, self.caption.shape, self.caption.parameters)
        return max(title + 50, *(small.horizontalAdvance(text) + 24 for text in words))

    def draw(self, painter: QPainter) -> None:
        colors = theme.current()
        if self.spot.block:
            self._paint_pile(painter)
        painter.setOpacity(self._strength)
        self._paint_panel(painter)
        painter.setPen(QPen(colors.line, 1))
        for y in (HEADER, self.lane - FOOTER):
            painter.drawLine(QPointF(0, y), QPointF(self.width, y))
        painter.setOpacity(1.0)
        if self.bypassed:
            self._paint_way_past(painter)
        self._paint_words(painter)
        self.face.paint_still(painter, self.body)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._outline_pen())
        painter.drawRoundedRect(self.box, RADIUS, RADIUS)
        if self.ringed:
            painter.setPen(QPen(colors.ink, 2))
            painter.drawRoundedRect(self.box.adjusted(-5, -5, 5, 5), RADIUS + 5, RADIUS + 5)
        if self.failed or self.remark:
            self._paint_badge(painter, "err" if self.failed else "warn")
        if self.hovered and self.deletable:
            self._paint_chip(painter)
        if self.hovered and self.node.name != OUTPUT:
            painter.setPen(QPen(colors.ink, 2))
            painter.setBrush(colors.panel)
            for handle in self.handles():
                painter.drawEllipse(handle, HANDLE - 1, HANDLE - 1)

    def _paint_panel(self, painter: QPainter) -> None:
        """Paint the ground of the card, with openings before the live images."""
        colors, face = theme.current(), self.face
        fill = QColor(colors.panel)
        fill.setAlphaF(0.86)
        panel, frames, openings = QPainterPath(), QPainterPath(), QPainterPath()
        panel.addRoundedRect(self.box, RADIUS, RADIUS)
        if self._panes:
            for box in face.openings(self.body):
                openings.addRoundedRect(box, face.radius, face.radius)
            for pane in self._panes:
                frames.addRect(pane.place)
            for path in (panel, frames):  # what lies in two of its parts is left out
                path.addPath(openings)
        painter.fillPath(panel, fill)
        painter.setOpacity(1.0)  # of a bypassed card, too, this hides
        painter.fillPath(frames, colors.panel)  # what is left of the images at round corners
        painter.setOpacity(self._strength)
        painter.setPen(QPen(getattr(colors, face.outline), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(openings)

    def _paint_way_past(self, painter: QPainter) -> None:
        """Draw the wire that leads past the layer, and leave out where its name stands."""
        painter.setPen(QPen(theme.current().ctl, 1.5))
        words = QFontMetricsF(theme.font("heading", 1)).horizontalAdvance(self.caption.title)
        for start, end in ((0.0, 7.0), (36 + words + 5, self.width)):
            painter.drawLine(QPointF(start, PORT_Y), QPointF(max(start, end), PORT_Y))

    def _paint_pile(self, painter: QPainter) -> None:
        """Show the edges of more cards behind that of a block."""
        colors, outside = theme.current(), QPainterPath()
        outside.addRect(self.rect())
        outside.addRoundedRect(self.box, RADIUS, RADIUS)
        painter.save()
        painter.setClipPath(outside)
        painter.setPen(QPen(colors.ctl, 1))
        painter.setBrush(colors.raised)
        for step in (8, 4):
            painter.drawRoundedRect(self.box.adjusted(step, step, step, step), RADIUS, RADIUS)
        painter.restore()

    def _outline_pen(self) -> QPen:
        colors = theme.current()
        if self.failed:
            return QPen(colors.err, 2)
        if self.selected or self.aimed:
            return QPen(colors.ink, 3 if self.aimed else 2)
        if self.remark:
            return QPen(colors.warn, 2)
        if self.frozen:
            return QPen(colors.ctl, 1.5, Qt.PenStyle.DashLine)
        return QPen(colors.ink3 if self.hovered else colors.line, 1)

    def _paint_words(self, painter: QPainter) -> None:
        colors, words = theme.current(), self.caption
        painter.drawPixmap(QPointF(11, 9), icons.pixmap(words.icon, 18, "ink", 3.0))
        room = self.width - (66 if self.frozen else 48)
        self._text(painter, QRectF(36, 8, room + 4, 20), "heading", colors.ink, words.title)
        line = QRectF(12, 29, self.width - 20, 16)
        self._text(painter, line, "caption", colors.ink2, self.remark or words.summary)
        if self.frozen:
            spot = QPointF(self.width - 26, 10)
            painter.drawPixmap(spot, icons.pixmap("lock", 16, "ink2", 3.0))
        base = self.lane - FOOTER
        quiet = colors.ink3 if self.idle else colors.ink
        shape = QRectF(12, base + 6, self.width - 20, 16)
        self._text(painter, shape, "caption", quiet, words.shape)
        parameters = shape.translated(0, 17)
        self._text(painter, parameters, "caption", colors.ink2, words.parameters)

    @staticmethod
    def _text(painter: QPainter, box: QRectF, role: str, color: QColor, text: str) -> None:
        font = theme.font(role, 1)
        painter.setFont(font)
        painter.setPen(color)
        shown = shortened(text, QFontMetricsF(font), box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_badge(self, painter: QPainter, icon: str) -> None:
        colors = theme.current()
        center = QPointF(self.width - 4, 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.canvas)
        painter.drawEllipse(center, 11, 11)
        painter.drawPixmap(center - QPointF(10, 10), icons.pixmap(icon, 20, icon, 3.0))

    def _paint_chip(self, painter: QPainter) -> None:
        colors, chip = theme.current(), self.chip()
        painter.setPen(QPen(colors.ctl, 1))
        painter.setBrush(colors.panel)
        painter.drawRoundedRect(chip, 6, 6)
        for place, icon in enumerate(("copy", "trash")):
            spot = chip.topLeft() + QPointF(place * (CHIP + 2) + 6, 6)
            painter.drawPixmap(spot, icons.pixmap(icon, 16, "ink2", 3.0))


def shortened(text: str, metrics: QFontMetricsF, width: float) -> str:
    """Return a text that fits a width; a number at its end, which tells it from others, stays."""
    words, _, number = text.rpartition(" ")
    end = f" {number}" if words and number.isdigit() else ""
    room = width - metrics.horizontalAdvance(end)
    return metrics.elidedText(text.removesuffix(end), Qt.TextElideMode.ElideRight, room) + end


class LiveItem(DrawnItem):
    """What a face draws over its card while the network trains, such as words and bars."""

    def draw(self, painter: QPainter) -> None:
        card = self.parentItem()  # kept here, card and picture would refer to each other
        card.face.paint(painter, card.body)


class ProgressItem(QGraphicsLineItem):
    """The bar at the bottom of a card: how much of an epoch is done."""

    def __init__(self, card: NodeItem) -> None:
        super().__init__(card)
        self._done = QGraphicsLineItem(self)
        self._length = 0
        self.hide()
        self.restyle()

    def place(self, box: QRectF) -> None:
        """Run along the bottom edge of a card."""
        y = box.bottom() - 3.5
        self.setLine(box.left() + 11.5, y, box.right() - 11.5, y)
        self._length = -1  # of another line

    def show_share(self, share: float) -> None:
        """Show a share from 0 to 1; nothing for 0."""
        line = self.line()
        length = max(1, round(min(share, 1.0) * line.dx())) if share > 0 else 0
        if length != self._length:
            self._length = length
            line.setLength(length)
            self._done.setLine(line)
            self.setVisible(length > 0)

    def restyle(self) -> None:
        """Paint in the colours of the theme."""
        colors, solid, round_cap = theme.current(), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap
        self.setPen(QPen(colors.line, 3, solid, round_cap))
        self._done.setPen(QPen(colors.ok, 3, solid, round_cap))
