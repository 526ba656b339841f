"""Formulas set with subscripts, powers and fractions, as the markup says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.ui import theme
from playground.ui.microscope.markup import Atom, plain, words

SMALL, FRACTION = 0.74, 0.94
"""The size of an index, and of the parts of a fraction, of that of the text."""
_DROP, _RAISE, _AXIS, _PAD = 0.22, 0.42, 0.27, 3.0


@dataclass(frozen=True)
class Box:
    """How far a piece reaches to the right, above and below its base line."""

    width: float
    ascent: float
    descent: float


_SHORT = re.compile(r"\(([^() ]+) − ([^() ]+)\)")
"""A difference in parentheses, which stays on its line."""

_Type = tuple[int, int]
"""Pixel size and weight of a font, by which boxes of texts are kept."""


def _type(font: QFont) -> _Type:
    return font.pixelSize(), int(font.weight())


def _scaled(size: _Type, share: float) -> _Type:
    return max(9, round(size[0] * share)), size[1]


@lru_cache(maxsize=256)
def _metrics(size: _Type) -> tuple[QFont, QFontMetricsF]:
    font = theme.font("body")
    font.setPixelSize(size[0])
    font.setWeight(QFont.Weight(size[1]))
    return font, QFontMetricsF(font)


@lru_cache(maxsize=8192)
def _text_box(text: str, size: _Type) -> Box:
    metrics = _metrics(size)[1]
    return Box(metrics.horizontalAdvance(text), metrics.ascent(), metrics.descent())


@lru_cache(maxsize=4096)
def _flat(markup: str) -> tuple[Atom, ...]:
    """Return the atoms of a formula in one line."""
    atoms: list[Atom] = []
    for word in words(markup):
        atoms += [Atom("text", " "), *word] if atoms else word
    return tuple(atoms)


@lru_cache(maxsize=8192)
def _measure(atoms: tuple[Atom, ...], size: _Type) -> Box:
    """Return the box of pieces beside one another."""
    boxes = [_box(atom, size) for atom in atoms]
    width = sum(box.width for box in boxes)
    ascent = max((box.ascent for box in boxes), default=0.0)
    return Box(width, ascent, max((box.descent for box in boxes), default=0.0))


def _box(atom: Atom, size: _Type) -> Box:
    if atom.kind == "text":
        return _text_box(atom.text, size)
    pixels = size[0]
    if atom.kind == "fraction":
        smaller = _scaled(size, FRACTION)
        top, below = _measure(_flat(atom.text), smaller), _measure(_flat(atom.below), smaller)
        return Box(
            max(top.width, below.width) + 2 * _PAD + 2,
            _AXIS * pixels + top.ascent + top.descent,
            below.ascent + below.descent - _AXIS * pixels,
        )
    small = _measure(_flat(atom.text), _scaled(size, SMALL))
    shift = _shift(atom) * pixels
    return Box(small.width + 1, small.ascent - shift, small.descent + shift)


def _shift(atom: Atom) -> float:
    """Return how far an index goes below the line, of the size of the type."""
    return _DROP if atom.kind == "sub" else -_RAISE


def _draw(painter: QPainter, atoms: tuple[Atom, ...], size: _Type, x: float, base: float) -> None:
    """Draw pieces beside one another, in the pen's colour, from `x` on a base line."""
    for atom in atoms:
        width = _box(atom, size).width
        if atom.kind == "fraction":
            _draw_fraction(painter, atom, size, x, base, width)
        elif atom.kind == "text":
            painter.setFont(_metrics(size)[0])
            painter.drawText(QPointF(x, base), atom.text)
        else:
            below = base + _shift(atom) * size[0]
            _draw(painter, _flat(atom.text), _scaled(size, SMALL), x, below)
        x += width


def _draw_fraction(
    painter: QPainter, atom: Atom, size: _Type, x: float, base: float, width: float
) -> None:
    smaller, axis = _scaled(size, FRACTION), base - _AXIS * size[0]
    top, below = _flat(atom.text), _flat(atom.below)
    over, under = _measure(top, smaller), _measure(below, smaller)
    _draw(painter, top, smaller, x + (width - over.width) / 2, axis - over.descent)
    _draw(painter, below, smaller, x + (width - under.width) / 2, axis + under.ascent)
    pen = painter.pen()
    painter.setPen(QPen(pen.color(), max(1.0, size[0] / 13)))
    painter.drawLine(QPointF(x + _PAD - 1, axis), QPointF(x + width - _PAD + 1, axis))
    painter.setPen(pen)


def width_of(markup: str, font: QFont) -> float:
    """Return how wide a formula is in one line."""
    return _measure(_flat(markup), _type(font)).width


def fitting_font(markup: str, width: float, *roles: str) -> QFont:
    """Return the font of the first role in which a formula is no wider, or else of the last."""
    fonts = [font_of(role) for role in roles]
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
    atoms, size = _flat(markup), _type(font)
    metrics = _metrics(size)[1]
    base = box.center().y() + (metrics.ascent() - metrics.descent()) / 2
    x, width = box.left(), _measure(atoms, size).width
    if align & Qt.AlignmentFlag.AlignRight:
        x = box.right() - width
    elif align & Qt.AlignmentFlag.AlignHCenter:
        x = box.center().x() - width / 2
    painter.setPen(color)
    _draw(painter, atoms, size, x, base)


@lru_cache(maxsize=64)
def _kept_font(role: str, scale: float) -> QFont:
    return theme.font(role, scale)


def font_of(role: str) -> QFont:
    """Return the font of a role, kept; for those who do not change it."""
    return _kept_font(role, theme.manager().scale)


class Paragraph:
    """A formula that breaks into lines.

    Parameters
    ----------
    markup
        What it says; see `markup`.
    role, color
        Its type, and its colour as a token.
    """

    def __init__(self, markup: str, role: str = "body", color: str = "ink") -> None:
        self.markup, self.role, self.color = markup, role, color
        # Lines break between products, or else before the sign of one.
        sums = any(sign in _SHORT.sub("", markup) for sign in (" + ", " − "))
        unbroken = markup.replace(" × ", "\u00a0×\u00a0" if sums else " ×\u00a0")
        unbroken = _SHORT.sub("(\\1\u00a0−\u00a0\\2)", unbroken)
        self._words = [tuple(word) for word in words(unbroken)]

    @property
    def _size(self) -> _Type:
        return _type(font_of(self.role))

    @property
    def width(self) -> float:
        """The width of it in one line."""
        return _measure(_flat(self.markup), self._size).width

    @property
    def least_width(self) -> float:
        """The width of the longest piece that cannot be broken."""
        return max((_measure(word, self._size).width for word in self._words), default=0.0)

    def _rows(self, width: float) -> list[tuple[list[tuple[float, tuple[Atom, ...]]], Box]]:
        """Return the words of each row with their places, and the box of the row."""
        size = self._size
        space = _text_box(" ", size).width
        rows: list[tuple[list[tuple[float, tuple[Atom, ...]]], Box]] = []
        placed: list[tuple[float, tuple[Atom, ...]]] = []
        x, ascent, descent = 0.0, 0.0, 0.0
        for word in self._words:
            box = _measure(word, size)
            if placed and x + box.width > width:
                rows.append((placed, Box(x, ascent, descent)))
                placed, x, ascent, descent = [], 0.0, 0.0, 0.0
            placed.append((x, word))
            x += box.width + space
            ascent, descent = max(ascent, box.ascent), max(descent, box.descent)
        if placed:
            rows.append((placed, Box(x, ascent, descent)))
        return rows

    def height(self, width: float) -> int:
        """Return how high it is in a width."""
        gap = theme.px(2)
        return round(sum(box.ascent + box.descent + gap for _, box in self._rows(width)))

    def paint(self, painter: QPainter, left: float, top: float, width: float) -> None:
        """Paint it from a corner on, in its colour."""
        size = self._size
        painter.setPen(theme.current().color(self.color))
        for row, box in self._rows(width):
            for x, word in row:
                _draw(painter, word, size, left + x, top + box.ascent)
            top += box.ascent + box.descent + theme.px(2)


class Formula(QWidget):
    """A paragraph as a widget; the parameters are those of `Paragraph`."""

    def __init__(
        self,
        markup: str = "",
        role: str = "body",
        color: str = "ink",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._paragraph = Paragraph(markup, role, color)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.manager().changed.connect(self._restyle)
        self.set_text(markup)

    def set_text(self, markup: str) -> None:
        """Show another formula."""
        self._paragraph = Paragraph(markup, self._paragraph.role, self._paragraph.color)
        self.setAccessibleName(plain(markup))
        self._restyle()

    def text(self) -> str:
        """Return the formula as plain text."""
        return plain(self._paragraph.markup)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._paragraph.height(width)

    def sizeHint(self) -> QSize:
        width = int(self._paragraph.width) + 2
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(int(self._paragraph.least_width) + 1, theme.px(16) if self.text() else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._paragraph.paint(QPainter(self), 0, 0, self.width())
