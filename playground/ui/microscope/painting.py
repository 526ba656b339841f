"""Paints a picture of the microscope: edges, units, labels, badges and arrows."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from playground.ui import theme
from playground.ui.i18n import tr
from playground.ui.microscope import nodes
from playground.ui.microscope.arithmetic import signed
from playground.ui.microscope.formula import draw_formula, font_of, width_of
from playground.ui.microscope.picture import PATH_STEPS, Picture
from playground.ui.microscope.placing import TOP, on_path, unit_on_path, weights
from playground.ui.microscope.situation import Place
from playground.ui.microscope.story import Card


@lru_cache(maxsize=8)
def _dots(step: int, color: int, ground: int) -> QPixmap:
    """Return a square of dots, to be laid side by side: faster than to draw all dots."""
    square = QPixmap(8 * step, 8 * step)
    square.fill(QColor(ground))
    painter = QPainter(square)
    for x in range(step // 2, 8 * step, step):
        for y in range(step // 2, 8 * step, step):
            painter.fillRect(x, y, 2, 2, QColor(color))
    painter.end()
    return square


class Painting:
    """Paints a picture into a room, with what is pointed at."""

    def __init__(
        self, painter: QPainter, picture: Picture, room: QRectF, hovered: Place | None
    ) -> None:
        self._painter, self._picture, self._room = painter, picture, room
        self._hovered = hovered

    def paint(self, cards: list[Card], lit: Card | None) -> None:
        """Paint everything; the badges of cards stand where their numbers are."""
        picture = self._picture
        s, placing = picture.situation, picture.placing
        self._paint_ground()
        self._paint_edges()
        self._paint_loss_links()
        nodes.paint_titles(self._painter, s, placing)
        for layer, unit in placing.units:
            self._paint_unit(layer, unit)
        nodes.paint_loss(self._painter, s, placing.loss, picture.step)
        for place, box in picture.biases.items():
            self._paint_bias(place, box)
        for place, box in reversed(picture.labels.items()):
            self._paint_label(place, box)
        for card in cards:
            at = picture.badge_place(card)
            if at is not None and card.badge:
                nodes.paint_badge(self._painter, at, card.badge, card is lit)
        self._paint_arrows()

    def _paint_ground(self) -> None:
        colors = theme.current()
        dots = _dots(theme.px(24), colors.grid.rgb(), colors.canvas.rgb())
        self._painter.fillRect(self._room, QBrush(dots))

    def _paint_edges(self) -> None:
        s = self._picture.situation
        every = [place for place in weights(s)]
        largest = max((abs(self._picture.value(place)) for place in every), default=1.0) or 1.0
        every.sort(key=lambda place: (on_path(s, place), place == s.place))
        colors = theme.current()
        for place in every:
            value = self._picture.value(place)
            color = QColor(colors.pos if value >= 0 else colors.neg)
            width = 1 + 4.5 * abs(value) / largest
            if self._picture.dim(on_path(s, place)):
                color, width = colors.ctl, 1.0
            elif self._picture.step not in PATH_STEPS:
                color.setAlphaF(0.75)
            if place == self._hovered:
                width += 2
            pen = QPen(color, width * theme.manager().scale)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            self._painter.setPen(pen)
            self._painter.drawLine(*self._picture.ends(place))

    def _paint_loss_links(self) -> None:
        s, placing = self._picture.situation, self._picture.placing
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(theme.current().ink2, 1.5 * theme.manager().scale))
        end = QPointF(placing.loss.left(), placing.loss.center().y())
        for unit in s.shown[-1]:
            start = placing.start(s.last, unit)
            bend = QPointF((end.x() - start.x()) * 0.5, 0)
            path = QPainterPath(start)
            path.cubicTo(start + bend, end - bend, end)
            self._painter.drawPath(path)

    def _paint_unit(self, layer: int, unit: int) -> None:
        s, placing = self._picture.situation, self._picture.placing
        on = unit_on_path(s, layer, unit)
        current = {
            "forward": layer >= 0,
            "loss": layer == s.last,
            "output": layer == s.last,
            "hidden": 0 <= layer < s.last,
        }
        look = nodes.Look(
            placing.small,
            self._picture.dim(on),
            current.get(self._picture.step, on),
            layer >= 0 and self._picture.knows_gradient(layer),
        )
        nodes.paint_unit(self._painter, s, placing.units[layer, unit], layer, unit, look)

    def _paint_bias(self, place: Place, box: QRectF) -> None:
        s, colors = self._picture.situation, theme.current()
        chosen, on = place == s.place, unit_on_path(s, place.layer, place.unit)
        if chosen or place == self._hovered:
            self._painter.setPen(QPen(colors.ink, 2 if chosen else 1))
            self._painter.setBrush(colors.panel)
            self._painter.drawRoundedRect(box.adjusted(-3, 0, 3, 0), 5, 5)
        ink = colors.ink3 if self._picture.dim(on or chosen) else colors.ink2
        font = font_of("caption")
        value = signed(self._picture.value(place), 4 if chosen else 2)
        text = f"{self._picture.name(place)} {value}"
        draw_formula(self._painter, box, text, font, colors.ink if chosen else ink)
        if self._picture.step == "update" and chosen:
            after = f"→ {signed(self._picture.updated(place))}"
            draw_formula(self._painter, box, after, font, colors.ink, Qt.AlignmentFlag.AlignRight)
        elif self._picture.knows_gradient(place.layer):
            gradient = self._picture.gradient(place)
            color = nodes.gradient_color(gradient, self._picture.dim(on or chosen))
            room = box.width() - width_of(text, font) - theme.px(4)
            for told in (f"∂ {signed(gradient, 3)}", signed(gradient, 3), signed(gradient, 2)):
                if width_of(told, font) <= room:
                    right = Qt.AlignmentFlag.AlignRight
                    draw_formula(self._painter, box, told, font, color, right)
                    break

    def _paint_label(self, place: Place, box: QRectF) -> None:
        s, colors = self._picture.situation, theme.current()
        if not self._picture.is_chip(place):
            self._painter.setPen(Qt.PenStyle.NoPen)
            self._painter.setBrush(colors.canvas)
            self._painter.drawRoundedRect(box, 4, 4)
            dim = self._picture.dim(on_path(s, place))
            color = colors.ink if place == self._hovered else colors.ink3 if dim else colors.ink2
            text, center = signed(self._picture.value(place), 2), Qt.AlignmentFlag.AlignHCenter
            draw_formula(self._painter, box, text, font_of("caption"), color, center)
            return
        roomy = self._picture.placing.roomy
        nodes.paint_chip(
            self._painter, box, self._picture.chip_rows(place), place == s.place, roomy
        )

    def _paint_arrows(self) -> None:
        """Say at the bottom which way values and gradients go."""
        placing, colors = self._picture.placing, theme.current()
        if placing.top < TOP:
            return
        left, right = placing.column(-1).left(), placing.loss.right()
        y = self._room.height() - theme.px(14)
        length = min(theme.px(250), (right - left) / 2 - theme.px(12))
        font = font_of("thumb")
        flags = Qt.AlignmentFlag
        back = self._picture.step not in ("forward", "loss")
        for shown, start, end, text, align, style in (
            (True, left, left + length, tr("forward values"), flags.AlignLeft, 1),
            (back, right, right - length, tr("gradients flow back"), flags.AlignRight, 2),
        ):
            if not shown:
                continue
            color = colors.ink
            self._painter.setPen(QPen(color, 1.6 * theme.manager().scale, Qt.PenStyle(style)))
            self._painter.drawLine(QPointF(start, y), QPointF(end, y))
            self._painter.setPen(QPen(color, 1.6 * theme.manager().scale))
            tip = theme.px(6) * (1 if start < end else -1)
            corners = [QPointF(end - tip, y - 4), QPointF(end, y), QPointF(end - tip, y + 4)]
            self._painter.drawPolyline(QPolygonF(corners))
            box = QRectF(min(start, end), y - theme.px(22), length, theme.px(18))
            draw_formula(self._painter, box, text, font, color, align)
