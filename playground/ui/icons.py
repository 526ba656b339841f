"""The line icons of the program, recoloured for the theme.

`icon(name, color)` is a QIcon for buttons, `pixmap(name, size, color)` a picture to paint. `color`
is a token name ("ink2") or a QColor; sizes are logical pixels. Pictures are cached; a widget asks
again when the theme changes.
"""

from functools import cache, lru_cache
from math import ceil

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from playground.resources import asset
from playground.ui import theme


@cache
def _source(name: str) -> str:
    return asset("icons", f"{name}.svg").read_text("utf-8")


def svg(name: str, color: QColor) -> bytes:
    """Return the drawing of icon `name` with its strokes in `color`."""
    return _source(name).replace("currentColor", color.name()).encode()


def pixmap(
    name: str, size: float = 18, color: str | QColor = "ink2", ratio: float | None = None
) -> QPixmap:
    """Draw icon `name` into a square of `size` logical pixels.

    `ratio` is the device pixel ratio of the target, by default that of the sharpest screen.
    """
    if ratio is None:
        ratio = QGuiApplication.instance().devicePixelRatio()
    return _pixmap(name, size, theme.current().color(color).rgba(), ratio)


@lru_cache(maxsize=1024)
def _pixmap(name: str, size: float, rgba: int, ratio: float) -> QPixmap:
    side = max(1, round(size * ratio))
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer = QSvgRenderer(QByteArray(svg(name, QColor.fromRgba(rgba))))
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def icon(
    name: str,
    color: str | QColor = "ink2",
    size: float = 18,
    checked: str | QColor | None = None,
    disabled: str | QColor = "ink3",
) -> QIcon:
    """Return icon `name` for a button; `checked` is its colour while the button is checked.

    It is sharp on every screen that there is.
    """
    result = QIcon()
    for ratio in range(1, ceil(QGuiApplication.instance().devicePixelRatio()) + 1):
        for state, token in ((QIcon.State.Off, color), (QIcon.State.On, checked or color)):
            result.addPixmap(pixmap(name, size, token, ratio), QIcon.Mode.Normal, state)
        result.addPixmap(pixmap(name, size, disabled, ratio), QIcon.Mode.Disabled)
    return result
