"""Colours, type and scale of the program: one place, switched at run time.

- `current()` is the `Theme` in use: a QColor per token (`current().ink`), `class_color(i, n)`.
- `manager()` is the `ThemeManager`: `apply(app)` once at the start, then `set_theme("dark")`
  ("light", "dark" or "system") and `set_scale(1.15)`; its signal `changed` follows every switch.
- `px(n)` scales a length, `font(role)` gives the QFont of a role of the typography table.
- `diverging(values)` and `ramp(values, color)` turn arrays into uint8 RGBA pictures.
- `text_on(color)` is black or white, whichever reads better on a coloured cell.

Labels and buttons take their type and colour from the stylesheet by the dynamic properties `role`
and `kind` (see `assets/theme.qss.in`); painted items use `current()`, `px` and `font` and repaint
on `changed`.
"""

import json
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QMainWindow

from playground.resources import asset
from playground.ui import garbage

THEMES = ("light", "dark", "system")
UI_SCALES = (1.0, 1.15, 1.3, 1.5)
FAMILIES = ["Pretendard", "Malgun Gothic", "Apple SD Gothic Neo", "Noto Sans CJK KR"]

# Pixel size and weight at 100 %.
_FONTS = {
    "thumb": (11, QFont.Weight.Medium),
    "caption": (12, QFont.Weight.Normal),
    "body": (13, QFont.Weight.Normal),
    "button": (13, QFont.Weight.DemiBold),
    "heading": (14, QFont.Weight.DemiBold),
    "value": (16, QFont.Weight.DemiBold),
    "counter": (18, QFont.Weight.DemiBold),
    "lesson": (20, QFont.Weight.Bold),
    "metric": (28, QFont.Weight.Bold),
}


@dataclass(frozen=True)
class Theme:
    """The colours of one theme, named as in the table of tokens. Read them; never modify them."""

    name: str
    bg: QColor
    panel: QColor
    raised: QColor
    canvas: QColor
    grid: QColor
    line: QColor
    ctl: QColor
    hover: QColor
    sel: QColor
    ink: QColor
    ink2: QColor
    ink3: QColor
    onink: QColor
    pos: QColor
    neg: QColor
    negt: QColor
    zero: QColor
    val: QColor
    ok: QColor
    okbg: QColor
    err: QColor
    errbg: QColor
    warn: QColor
    warnbg: QColor
    class10: tuple[QColor, ...]

    @property
    def is_dark(self) -> bool:
        """Whether light text stands on dark surfaces."""
        return self.name == "dark"

    def color(self, token: str | QColor) -> QColor:
        """Colour of a token by its name; a QColor passes through."""
        return token if isinstance(token, QColor) else getattr(self, token)

    def class_color(self, index: int, count: int = 10) -> QColor:
        """Colour of class `index` among `count`: orange and blue for two, else the ten colours."""
        if count <= 2:
            return self.pos if index else self.neg
        return self.class10[index % len(self.class10)]


@cache
def load(name: str) -> Theme:
    """Read the theme "light" or "dark" from the token file."""
    table = json.loads(asset("tokens.json").read_text("utf-8"))[name]
    colors = {token: QColor(value) for token, value in table["tokens"].items()}
    return Theme(name=name, class10=tuple(map(QColor, table["class10"])), **colors)


class ThemeManager(QObject):
    """Holds the theme and scale in use and dresses the application in them.

    Attributes
    ----------
    switching
        Whether Qt is styling all widgets. It walks through them as they are, so none may be made
        or deleted meanwhile, not even where another size would ask for it.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.theme = load("light")
        self.choice = "light"
        self.scale = 1.0
        self.switching = False
        self._app: QApplication | None = None
        self._icons = tempfile.TemporaryDirectory(prefix="playground-")

    def apply(self, app: QApplication) -> None:
        """Dress `app`: Fusion, the bundled fonts, palette and stylesheet."""
        if self._app is None:
            register_fonts()
            app.setStyle("Fusion")
            app.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._app, self.switching = app, True
        with garbage.kept():
            # Given another stylesheet, Qt would style each widget once for each of its ancestors.
            with _docks_held(app):
                app.setStyleSheet("")
            app.setFont(font("body"))
            app.setPalette(palette(self.theme))
            app.setStyleSheet(stylesheet(self.theme, self.scale, Path(self._icons.name)))
        self.switching = False
        self.changed.emit()

    def set_theme(self, choice: str) -> None:
        """Switch to "light", "dark" or "system" (whichever the desktop uses)."""
        self.set_look(choice, self.scale)

    def toggle(self) -> None:
        """Switch between light and dark."""
        self.set_theme("light" if self.theme.is_dark else "dark")

    def set_scale(self, scale: float) -> None:
        """Multiply every pixel size by `scale`: one of `UI_SCALES`, or screen height / 1080."""
        self.set_look(self.choice, scale)

    def set_look(self, choice: str, scale: float) -> None:
        """Switch theme and size at once."""
        self.choice = choice
        name = _system_theme() if choice == "system" else choice
        if (name, scale) != (self.theme.name, self.scale):
            self.theme, self.scale = load(name), scale
            self._refresh()

    def _refresh(self) -> None:
        if self._app is not None:
            self.apply(self._app)

    def _follow_system(self) -> None:
        if self.choice == "system":
            self.set_theme("system")


@cache
def manager() -> ThemeManager:
    """Return the one theme manager of the program."""
    return ThemeManager()


class _Deaf(QObject):
    """Keeps from what it watches that the style has changed."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return event.type() == QEvent.Type.StyleChange


@contextmanager
def _docks_held(app: QApplication) -> Iterator[None]:
    """Let docks keep their sizes: without a style the gaps between them are wider."""
    deaf = _Deaf()
    windows = [one for one in app.allWidgets() if isinstance(one, QMainWindow)]
    for window in windows:
        window.installEventFilter(deaf)
    yield
    for window in windows:
        window.removeEventFilter(deaf)


def current() -> Theme:
    """Return the theme in use."""
    return manager().theme


def px(length: float) -> int:
    """Scale a length in pixels; 1 px lines stay 1 px up to 150 %."""
    return int(length * manager().scale + 0.49)


def font(role: str = "body", scale: float | None = None) -> QFont:
    """Return the font of a role of the typography table.

    Roles are thumb, caption, body, button, heading, value, counter, lesson and metric. Digits are
    tabular. `scale` replaces the scale in use (canvas items are zoomed by the view).
    """
    return QFont(_font(role, manager().scale if scale is None else scale))


@cache
def _font(role: str, scale: float) -> QFont:
    """Return a font whose copies share what Qt has found out about it."""
    size, weight = _FONTS[role]
    result = QFont()
    result.setFamilies(FAMILIES)
    result.setPixelSize(round(size * scale))
    result.setWeight(weight)
    result.setFeature(QFont.Tag("tnum"), 1)
    return result


@cache
def register_fonts() -> None:
    """Make the bundled Pretendard known to Qt."""
    for path in sorted(asset("fonts").glob("*.otf")):
        QFontDatabase.addApplicationFont(str(path))


def palette(theme: Theme) -> QPalette:
    """Return the palette of widgets that the stylesheet leaves alone."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    result = QPalette()
    for target, color in {
        role.Window: theme.bg,
        role.WindowText: theme.ink,
        role.Base: theme.panel,
        role.AlternateBase: theme.raised,
        role.Text: theme.ink,
        role.Button: theme.panel,
        role.ButtonText: theme.ink,
        role.Highlight: theme.ink,
        role.HighlightedText: theme.onink,
        role.ToolTipBase: theme.ink,
        role.ToolTipText: theme.onink,
        role.PlaceholderText: theme.ink3,
        role.Link: theme.pos,
        role.Light: theme.raised,
        role.Midlight: theme.line,
        role.Mid: theme.line,
        role.Dark: theme.ctl,
        role.Shadow: theme.ctl,
    }.items():
        result.setColor(target, color)
    for target in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(group.Disabled, target, theme.ink3)
    return result


def stylesheet(theme: Theme, scale: float, icon_folder: Path) -> str:
    """Fill `@icon(name, token)` and `@token` into the stylesheet and scale its lengths.

    A stylesheet can only show pictures from files, so the recoloured icons are written to
    `icon_folder`.
    """
    from playground.ui.icons import svg

    def icon_file(match: re.Match[str]) -> str:
        name, token = match.groups()
        path = icon_folder / f"{name}-{token}-{theme.name}.svg"
        if not path.exists():
            path.write_bytes(svg(name, theme.color(token)))
        return f'url("{path.as_posix()}")'

    def length(match: re.Match[str]) -> str:
        return f"{int(float(match[1]) * scale + 0.49)}px"

    text = asset("theme.qss.in").read_text("utf-8")
    text = re.sub(r"@(?!icon\()(\w+)", lambda match: theme.color(match[1]).name(), text)
    text = re.sub(r"\b(\d+(?:\.\d+)?)px", length, text)
    return re.sub(r"@icon\((\w+), (\w+)\)", icon_file, text)


def _system_theme() -> str:
    dark = QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return "dark" if dark else "light"


def diverging(
    values: ArrayLike, strength: float = 1.0, theme: Theme | None = None, *, most: float = 1.0
) -> NDArray[np.uint8]:
    """Colour signed values: -most orange, 0 surface, +most blue.

    The mix with the pole is ``s = |v / most|**0.9 * strength``; values beyond are clipped and NaN
    is drawn as zero. Values in [0, 1] (gates, softmax) use the blue half only. Use strength 1 in
    thumbnails, 0.62 behind points, 0.72 on a projector.

    Returns
    -------
    RGBA bytes of shape ``values.shape + (4,)``.
    """
    theme = theme or current()
    return _colored(values, 255 / most, 255.5, _diverging_table(theme.name, strength))


def ramp(
    values: ArrayLike, color: QColor, strength: float = 1.0, theme: Theme | None = None
) -> NDArray[np.uint8]:
    """Colour values in [0, 1] from the surface to `color`, as `diverging` does for its poles."""
    theme = theme or current()
    return _colored(values, 255, 0.5, _ramp_table(theme.name, color.rgb(), strength))


def _colored(
    values: ArrayLike, unit: float, zero: float, table: NDArray[np.uint8]
) -> NDArray[np.uint8]:
    """Return rows of a table of RGBA bytes, so many a unit from that of zero on, which NaN has.

    A window colours tens of thousands of values for each picture, so passes are few and in place.
    """
    places = np.multiply(values, unit, dtype=np.float32)
    places += np.float32(zero)
    if np.isnan(np.minimum.reduce(places, axis=None, initial=np.inf)):
        places = np.where(np.isnan(places), np.float32(zero), places)
    places = places.clip(np.float32(0), np.float32(len(table) - 1))
    pixels = table.view(np.uint32).ravel().take(places.astype(np.intp), mode="clip")
    return pixels[..., None].view(np.uint8)


@lru_cache(maxsize=16)
def _diverging_table(name: str, strength: float) -> NDArray[np.uint8]:
    theme = load(name)
    negative = _ramp_table(name, theme.neg.rgb(), strength)
    positive = _ramp_table(name, theme.pos.rgb(), strength)
    return np.concatenate([negative[:0:-1], positive])


@lru_cache(maxsize=64)
def _ramp_table(name: str, rgb: int, strength: float) -> NDArray[np.uint8]:
    zero, pole = (np.array(c.getRgb()[:3]) for c in (load(name).zero, QColor(rgb)))
    s = np.linspace(0.0, 1.0, 256)[:, None] ** 0.9 * strength
    table = np.full((256, 4), 255, dtype=np.uint8)
    table[:, :3] = np.rint(zero + (pole - zero) * s)
    return table


def text_on(color: QColor) -> QColor:
    """Black or white, whichever contrasts more with `color` (WCAG relative luminance)."""
    c = np.array(color.getRgbF()[:3])
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    luminance = float(linear @ (0.2126, 0.7152, 0.0722))
    # Contrast with white is 1.05 / (L + 0.05), with black (L + 0.05) / 0.05.
    return QColor("black" if (luminance + 0.05) ** 2 > 1.05 * 0.05 else "white")
