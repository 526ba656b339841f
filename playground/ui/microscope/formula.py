"""Formulas set with subscripts, powers and fractions, as the markup says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.ui import theme
from playground.ui.microscope.markup import Atom, plain, words

SMALL = 0.74
"""The size of an index, of that of the text."""
_DROP, _RAISE, _AXIS, _PAD = 0.22, 0.42, 0.27, 3.0


@dataclass(frozen=True)
class Box:
    """How far a piece reaches to the right, above and below its base line."""

    width: float
    ascent: float
    descent: float


@lru_cache(maxsize=512)
def _metrics(key: str) -> tuple[QFont, QFontMetricsF]:
    font = QFont()
    font.fromString(key)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font, QFontMetricsF(font)


def _scaled(font: QFont, share: float) -> QFont:
    smaller = QFont(font)
    smaller.setPixelSize(max(9, round(font.pixelSize() * share)))
    return smaller


def _text_box(text: str, font: QFont) -> Box:
    metrics = _metrics(font.toString())[1]
    return Box(metrics.horizontalAdvance(text), metrics.ascent(), metrics.descent())


def _flat(markup: str) -> list[Atom]:
    """Return the atoms of a formula in one line."""
    atoms: list[Atom] = []
    for word in words(markup):
        atoms += [Atom("text", " "), *word] if atoms else word
    return atoms


def measure(atoms: Iterable[Atom], font: QFont) -> Box:
    """Return the box of pieces beside one another."""
    width, ascent, descent = 0.0, 0.0, 0.0
    size = font.pixelSize()
    for atom in atoms:
        if atom.kind == "fraction":
            top, below = (measure(_flat(part), _scaled(font, 0.94)) for part in _parts(atom))
            box = Box(
                max(top.width, below.width) + 2 * _PAD + 2,
                _AXIS * size + top.ascent + top.descent,
                below.ascent + below.descent - _AXIS * size,
            )
        elif atom.kind == "text":
            box = _text_box(atom.text, font)
        else:
            small = measure(_flat(atom.text), _scaled(font, SMALL))
            shift = _DROP * size if atom.kind == "sub" else -_RAISE * size
            box = Box(small.width + 1, small.ascent - shift, small.descent + shift)
        width += box.width
        ascent, descent = max(ascent, box.ascent), max(descent, box.descent)
    return Box(width, ascent, descent)


def _parts(atom: Atom) -> tuple[str, str]:
    return atom.text, atom.below


def draw(painter: QPainter, atoms: Iterable[Atom], font: QFont, x: float, base: float) -> None:
    """Draw pieces beside one another, in the pen's colour, from `x` on a base line."""
    size = font.pixelSize()
    for atom in atoms:
        width = measure([atom], font).width
        if atom.kind == "fraction":
            _draw_fraction(painter, atom, font, x, base, width)
        elif atom.kind == "text":
            painter.setFont(_metrics(font.toString())[0])
            painter.drawText(QPointF(x, base), atom.text)
        else:
            shift = _DROP * size if atom.kind == "sub" else -_RAISE * size
            draw(painter, _flat(atom.text), _scaled(font, SMALL), x, base + shift)
        x += width


def _draw_fraction(
    painter: QPainter, atom: Atom, font: QFont, x: float, base: float, width: float
) -> None:
    smaller, axis = _scaled(font, 0.94), base - _AXIS * font.pixelSize()
    top, below = (_flat(part) for part in _parts(atom))
    over, under = measure(top, smaller), measure(below, smaller)
    draw(painter, top, smaller, x + (width - over.width) / 2, axis - over.descent)
    draw(painter, below, smaller, x + (width - under.width) / 2, axis + under.ascent)
    pen = painter.pen()
    painter.setPen(QPen(pen.color(), max(1.0, font.pixelSize() / 13)))
    painter.drawLine(QPointF(x + _PAD - 1, axis), QPointF(x + width - _PAD + 1, axis))
    painter.setPen(pen)


def width_of(markup: str, font: QFont) -> float:
    """Return how wide a formula is in one line."""
    return measure(_flat(markup), font).width


def fitting_font(markup: str, width: float, *roles: str) -> QFont:
    """Return the font of the first role in which a formula is no wider, or else of the last."""
    fonts = [theme.font(role) for role in roles]
    return next((font for font in fonts if width_of(markup, font) <= width), fonts[-1])


def draw_formula(
    painter: QPainter,
    box: QRectF,
    markup: str,
    font: QFont,
    color: QColor,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Draw a formula in one line, in the middle of the height of a box."""
    atoms = _flat(markup)
    size = measure(atoms, font)
    metrics = _metrics(font.toString())[1]
    base = box.center().y() + (metrics.ascent() - metrics.descent()) / 2
    x = box.left()
    if align & Qt.AlignmentFlag.AlignRight:
        x = box.right() - size.width
    elif align & Qt.AlignmentFlag.AlignHCenter:
        x = box.center().x() - size.width / 2
    painter.setPen(color)
    draw(painter, atoms, font, x, base)


class Formula(QWidget):
    """A formula that breaks into lines where it is too wide."""

    def __init__(
        self,
        markup: str = "",
        role: str = "body",
        color: str = "ink",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role, self._color = role, color
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.manager().changed.connect(self._restyle)
        self.set_text(markup)

    def set_text(self, markup: str, color: str = "") -> None:
        """Show another formula."""
        unbroken = markup.replace(" × ", "\u00a0×\u00a0")  # lines break between products
        self._markup, self._words = markup, words(unbroken)
        self._color = color or self._color
        self.setAccessibleName(plain(markup))
        self._restyle()

    def text(self) -> str:
        """Return the formula as plain text."""
        return plain(self._markup)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def _rows(self, width: float) -> list[tuple[list[tuple[float, list[Atom]]], Box]]:
        """Return the words of each row with their places, and the box of the row."""
        font = theme.font(self._role)
        space = _text_box(" ", font).width
        rows: list[tuple[list[tuple[float, list[Atom]]], Box]] = []
        placed: list[tuple[float, list[Atom]]] = []
        x, ascent, descent = 0.0, 0.0, 0.0
        for word in self._words:
            box = measure(word, font)
            if placed and x + box.width > width:
                rows.append((placed, Box(x, ascent, descent)))
                placed, x, ascent, descent = [], 0.0, 0.0, 0.0
            placed.append((x, word))
            x += box.width + space
            ascent, descent = max(ascent, box.ascent), max(descent, box.descent)
        if placed:
            rows.append((placed, Box(x, ascent, descent)))
        return rows

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        gap = theme.px(2)
        return round(sum(box.ascent + box.descent + gap for _, box in self._rows(width)))

    def sizeHint(self) -> QSize:
        font = theme.font(self._role)
        width = int(width_of(self._markup, font)) + 2
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        font = theme.font(self._role)
        width = max((measure(word, font).width for word in self._words), default=0.0)
        return QSize(int(width) + 1, theme.px(16) if self._words else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, font = QPainter(self), theme.font(self._role)
        painter.setPen(theme.current().color(self._color))
        top = 0.0
        for row, box in self._rows(self.width()):
            for x, word in row:
                draw(painter, word, font, x, top + box.ascent)
            top += box.ascent + box.descent + theme.px(2)
