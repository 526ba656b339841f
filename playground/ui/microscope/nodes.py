"""How units, the loss, chips of weights and badges look in the microscope's drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from engine.activations import Identity
from playground.ui import theme
from playground.ui.i18n import tr, tr_engine
from playground.ui.microscope.arithmetic import shown, signed
from playground.ui.microscope.backward import function_name
from playground.ui.microscope.formula import draw_formula, fitting_font, font_of, width_of
from playground.ui.microscope.forward import more_text
from playground.ui.microscope.placing import Placing
from playground.ui.microscope.situation import Situation

_LEFT, _RIGHT, _CENTER = (
    Qt.AlignmentFlag.AlignLeft,
    Qt.AlignmentFlag.AlignRight,
    Qt.AlignmentFlag.AlignHCenter,
)


@dataclass(frozen=True)
class Look:
    """How a unit is drawn: small, standing back, in focus, with its gradient."""

    small: bool
    dim: bool
    strong: bool
    gradient: bool


def gradient_token(value: float) -> str:
    """Return the colour of a gradient as text, as a token."""
    return "pos" if value > 0 else "negt" if value < 0 else "ink2"


def gradient_color(value: float, dim: bool) -> QColor:
    """Return the colour of a gradient as text; it may stand back."""
    return theme.current().color("ink3" if dim else gradient_token(value))


def layer_title(s: Situation, layer: int) -> str:
    """Return what stands over a column: Input, Hidden layer 2 · sigmoid, Output layer · softmax."""
    if layer < 0:
        return tr("Input")
    activation = s.layers[layer].activation
    name = tr("linear") if isinstance(activation, Identity) else function_name(activation)
    if layer == s.last:
        return f"{tr('Output layer')} · {name}"
    number = f" {layer + 1}" if s.last > 1 else ""
    return f"{tr('Hidden layer')}{number} · {name}"


def paint_titles(painter: QPainter, s: Situation, placing: Placing) -> None:
    """Write the layers' names over their columns, and under them how many units are not drawn."""
    colors, font = theme.current(), theme.font("thumb")
    font.setPixelSize(theme.font("caption").pixelSize())
    top, height = theme.px(6), theme.px(placing.top - 12)
    for column, units in enumerate(s.shown):
        box, layer = placing.column(column - 1), column - 1
        title = layer_title(s, layer)
        if width_of(title, font) > box.width() + theme.px(60 if placing.tight else 84):
            title = title.partition(" · ")[0]
        draw_formula(painter, QRectF(box.left(), top, 1, height), title, font, colors.ink2)
        count = len(s.layers[0].x) if layer < 0 else len(s.layers[layer].h)
        if count > len(units):
            line = QRectF(box.left(), box.bottom() + theme.px(22), box.width(), theme.px(18))
            text = more_text(count - len(units))
            draw_formula(painter, line, text, font_of("caption"), colors.ink2, _CENTER)
    if placing.tight:
        return
    title = tr_engine(s.loss.label)
    width = width_of(title, font)
    room = placing.loss.right() - placing.column(s.last).right()
    box = QRectF(placing.loss.right() - width, top, width, height)
    if width < room - theme.px(40):
        draw_formula(painter, box, title, font, colors.ink2)


def paint_unit(
    painter: QPainter, s: Situation, box: QRectF, layer: int, unit: int, look: Look
) -> None:
    """Draw a unit: its value above, and below the gradient that has come back to it."""
    colors = theme.current()
    outline = QPainterPath()
    radius = theme.px(10 if not look.small else 8)
    outline.addRoundedRect(box, radius, radius)
    painter.fillPath(outline, colors.panel)
    lower = QRectF(box)
    lower.setTop(box.top() + box.height() * 0.58)
    value, name = _gradient_of(s, layer, unit)
    if look.gradient:
        tint = QColor(colors.pos if value > 0 else colors.neg if value < 0 else colors.panel)
        tint.setAlphaF(0.05 if look.dim else 0.16)
        half = QPainterPath()
        half.addRect(lower)
        painter.fillPath(outline.intersected(half), tint)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colors.ink if look.strong else colors.line, 2 if look.strong else 1))
    painter.drawPath(outline)
    _paint_value(painter, s, box, layer, unit, look)
    row = lower.adjusted(theme.px(11), 0, -theme.px(11), 0)
    if look.gradient:
        color, quiet = gradient_color(value, look.dim), "caption"
        font = fitting_font(signed(value), row.width() - theme.px(18), "heading", "body", "thumb")
        draw_formula(painter, row, signed(value), font, color, _RIGHT)
        room = row.width() - width_of(signed(value), font) - theme.px(4)
        text = f"← {name}" if width_of(f"← {name}", font_of(quiet)) <= room else "←"
        draw_formula(painter, row, text, font_of(quiet), colors.ink3 if look.dim else colors.ink2)
    elif layer < 0 and not look.small:
        draw_formula(painter, row, tr("no gradient needed"), font_of("caption"), colors.ink3)


def _gradient_of(s: Situation, layer: int, unit: int) -> tuple[float, str]:
    """Return the gradient of a unit, and its name: by h, in the output layer by z."""
    if layer < 0:
        return 0.0, ""
    step = s.layers[layer]
    if layer == s.last or step.dh is None:
        return float(step.dz[unit]), "∂L/∂z"
    return float(step.dh[unit]), "∂L/∂h"


def _paint_value(
    painter: QPainter, s: Situation, box: QRectF, layer: int, unit: int, look: Look
) -> None:
    colors = theme.current()
    ink = colors.ink3 if look.dim else colors.ink
    pad = theme.px(11)
    value = float(s.layers[0].x[unit] if layer < 0 else s.layers[layer].h[unit])
    name = s.unit(layer, unit)
    if look.small:
        row = QRectF(box.left() + pad, box.top(), box.width() - 2 * pad, box.height() * 0.58)
        draw_formula(painter, row, name, font_of("button"), ink)
        room = row.width() - width_of(name, font_of("button")) - theme.px(4)
        font = fitting_font(shown(value), room, "value", "body", "thumb")
        draw_formula(painter, row, shown(value), font, ink, _RIGHT)
        return
    top = QRectF(box.left() + pad, box.top() + theme.px(7), box.width() - 2 * pad, theme.px(20))
    draw_formula(painter, top, name, font_of("heading"), ink)
    quiet = colors.ink3 if look.dim else colors.ink2
    draw_formula(painter, top, _origin(s, layer, unit), font_of("thumb"), quiet, _RIGHT)
    row = QRectF(top.left(), top.bottom(), top.width(), theme.px(34))
    draw_formula(painter, row, "→", font_of("body"), quiet)
    font = fitting_font(shown(value), row.width() - theme.px(20), "lesson", "value", "body")
    draw_formula(painter, row, shown(value), font, ink, _RIGHT)


def _origin(s: Situation, layer: int, unit: int) -> str:
    """Return what a value comes from, or what it should be."""
    if layer < 0:
        return tr("input")
    if layer == s.last:
        return tr("target {value}", value=shown(float(s.step.target[unit]), 3))
    letter = {"sigmoid": "σ", "identity": ""}.get(s.layers[layer].activation.kind, "f")
    return f"{letter}({shown(float(s.layers[layer].z[unit]), 3)})"


def paint_loss(painter: QPainter, s: Situation, box: QRectF, step: str) -> None:
    """Draw the loss in ink; before its step without the number."""
    colors, pad = theme.current(), theme.px(11)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colors.ink)
    painter.drawRoundedRect(box, theme.px(10), theme.px(10))
    inner = box.adjusted(pad, theme.px(8), -pad, -theme.px(8))
    row = inner.height() / 3
    top = QRectF(inner.left(), inner.top(), inner.width(), row)
    draw_formula(painter, top, tr("Loss"), font_of("button"), colors.onink)
    value = "?" if step == "forward" else shown(s.step.loss)
    font = fitting_font(value, inner.width(), "lesson", "value", "body")
    draw_formula(painter, top.translated(0, row), value, font, colors.onink, _RIGHT)
    if s.loss.kind == "cross_entropy" and step != "forward":
        text = f"−ln {s.answer(int(s.step.target.argmax()))}"
        draw_formula(painter, top.translated(0, 2 * row), text, font_of("caption"), colors.onink)
    elif step == "update":
        text = f"→ {shown(s.step.loss_after)}"
        draw_formula(painter, top.translated(0, 2 * row), text, font_of("caption"), colors.onink)


ChipRow = tuple[str, str, QColor]


def chip_size(rows: Sequence[ChipRow], roomy: bool) -> QSizeF:
    """Return the size of a chip: names beside numbers, or above them where room is scarce."""
    if roomy:
        return QSizeF(theme.px(126), theme.px(46))
    texts = [rows[0][0], *(number for _, number, _ in rows)]
    width = max(width_of(text, _small_bold()) for text in texts)
    return QSizeF(width + theme.px(12), theme.px(17) * (len(rows) + 1) + theme.px(4))


def _small_bold() -> QFont:
    font = theme.font("button")
    font.setPixelSize(theme.font("thumb").pixelSize())
    return font


def paint_chip(
    painter: QPainter, box: QRectF, rows: Sequence[ChipRow], chosen: bool, roomy: bool
) -> None:
    """Draw the name of a weight with its numbers."""
    colors, bold = theme.current(), font_of("button")
    painter.setPen(QPen(colors.ink if chosen else colors.line, 2 if chosen else 1))
    painter.setBrush(colors.panel)
    painter.drawRoundedRect(box, theme.px(6), theme.px(6))
    inner = box.adjusted(theme.px(7), theme.px(3), -theme.px(7), -theme.px(3))
    if not roomy:
        lines = [(rows[0][0], colors.ink), *((value, color) for _, value, color in rows)]
        height = inner.height() / len(lines)
        for place, (text, color) in enumerate(lines):
            line = QRectF(inner.left(), inner.top() + place * height, inner.width(), height)
            draw_formula(painter, line, text, _small_bold(), color, _CENTER)
        return
    height = inner.height() / len(rows)
    for row, (name, value, color) in enumerate(rows):
        line = QRectF(inner.left(), inner.top() + row * height, inner.width(), height)
        font = font_of("caption") if row else bold
        draw_formula(painter, line, name, font, colors.ink2 if row else colors.ink)
        draw_formula(painter, line, value, bold, color, _RIGHT)


def paint_badge(painter: QPainter, at: QPointF, text: str, lit: bool = False) -> None:
    """Draw a number in a disc."""
    colors, radius = theme.current(), theme.px(12)
    if lit:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colors.val, 3))
        painter.drawEllipse(at, radius + 4, radius + 4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colors.ink)
    painter.drawEllipse(at, radius, radius)
    box = QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
    draw_formula(painter, box, text, font_of("button"), colors.onink, _CENTER)
