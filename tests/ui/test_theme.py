"""Theme, type and icons: readable, recoloured, scaled."""

import numpy as np
import pytest
from active import show
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QFontMetrics, QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.resources import asset
from playground.ui import icons, theme
from playground.ui.widgets import (
    Button,
    Label,
)


def contrast(a: QColor, b: QColor) -> float:
    def luminance(color):
        c = np.array(color.getRgbF()[:3])
        return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4) @ [
            0.2126,
            0.7152,
            0.0722,
        ]

    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_is_readable_on_every_surface(name):
    colors = theme.load(name)
    for token in ("ink", "ink2", "ink3", "pos", "negt", "val", "ok", "err", "warn"):
        for surface in ("panel", "bg", "raised", "canvas", "sel", "hover"):
            assert contrast(colors.color(token), colors.color(surface)) >= 4.5, (token, surface)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_numbers_on_data_cells_are_readable(name):
    colors = theme.load(name)
    for cell in (*colors.class10, colors.pos, colors.neg, colors.zero):
        assert contrast(theme.text_on(cell), cell) >= 4.58


def test_diverging_map_shows_sign_by_hue_and_size_by_strength():
    colors = theme.current()
    picture = theme.diverging(np.array([[-1.0, 0.0, 1.0], [-5.0, np.nan, 5.0]]))
    assert picture.shape == (2, 3, 4)
    assert picture.dtype == np.uint8
    poles = [c.getRgb() for c in (colors.neg, colors.zero, colors.pos)]
    assert picture[0].tolist() == [list(c) for c in poles]
    assert picture[1].tolist() == picture[0].tolist()
    half = theme.diverging(0.5)[:3] / 1.0
    zero, pos = (np.array(c.getRgb()[:3]) for c in (colors.zero, colors.pos))
    assert np.abs(half - (zero + (pos - zero) * 0.5**0.9)).max() < 1.5
    pale = theme.diverging(1.0, strength=0.62)[:3] / 1.0
    assert np.abs(pale - (zero + (pos - zero) * 0.62)).max() < 1.0


def test_ramp_runs_from_the_surface_to_the_class_colour():
    colors = theme.current()
    ends = theme.ramp([0.0, 1.0], colors.class10[3])
    assert ends.tolist() == [list(colors.zero.getRgb()), list(colors.class10[3].getRgb())]


def test_two_classes_are_orange_and_blue_ten_have_their_own_colours():
    colors = theme.current()
    assert (colors.class_color(0, 2), colors.class_color(1, 2)) == (colors.neg, colors.pos)
    assert len({colors.class_color(i).name() for i in range(10)}) == 10


def test_switching_the_theme_recolours_the_application(qtbot, qapp, dressed):
    button = show(qtbot, Button(icon="play", name="Play"))
    light = button.icon().pixmap(18).toImage()
    with qtbot.waitSignal(dressed.changed):
        dressed.toggle()
    assert theme.current().is_dark
    assert qapp.palette().color(QPalette.ColorRole.Window) == theme.load("dark").bg
    assert "@" not in qapp.styleSheet()
    assert button.icon().pixmap(18).toImage() != light


def test_text_size_multiplies_the_controls(qtbot, dressed):
    button = show(qtbot, Button("Play"))
    label = show(qtbot, Label("Play", "heading"))
    height, width = button.height(), QFontMetrics(label.font()).horizontalAdvance("Play")
    dressed.set_scale(1.5)
    assert button.sizeHint().height() > 1.4 * height
    assert QFontMetrics(label.font()).horizontalAdvance("Play") > 1.4 * width


def test_digits_have_equal_width(qtbot):
    label = show(qtbot, Label("1", "counter"))
    metrics = QFontMetrics(label.font())
    assert metrics.horizontalAdvance("111") == metrics.horizontalAdvance("000")


def test_hangul_and_latin_come_from_the_bundled_font(qtbot):
    label = show(qtbot, Label("학습 시작"))
    assert label.fontInfo().family() == "Pretendard"
    assert QFontMetrics(label.font()).inFontUcs4(ord("학"))


def test_every_icon_can_be_drawn_in_any_colour(qapp):
    names = sorted(path.stem for path in asset("icons").glob("*.svg"))
    assert len(names) > 50
    for name in names:
        picture = icons.pixmap(name, 18, QColor("#ff0000"), ratio=2).toImage()
        pixels = np.frombuffer(picture.constBits(), np.uint8).reshape(36, 36, 4)
        drawn = pixels[pixels[..., 3] > 200]
        assert len(drawn), name
        assert (drawn[:, 2] > 200).all() and (drawn[:, 0] < 60).all(), name


class Styled(QObject):
    """Counts how often what it watches hears of another style."""

    def __init__(self):
        super().__init__()
        self.count = 0

    def eventFilter(self, watched, event):
        self.count += event.type() == QEvent.Type.StyleChange
        return False


def test_a_switch_styles_a_widget_no_more_often_the_deeper_it_is(qtbot):
    outer = QWidget()
    qtbot.addWidget(outer)
    inner, styled = outer, Styled()
    for _ in range(12):
        column = QVBoxLayout(inner)
        inner = Label("Loss")
        column.addWidget(inner)
    outer.show()
    inner.installEventFilter(styled)
    theme.manager().set_theme("dark")
    assert 1 <= styled.count <= 3
    theme.manager().set_theme("light")


def test_theme_and_size_change_at_once(qtbot):
    manager = theme.manager()
    before = manager.choice, manager.scale
    with qtbot.waitSignal(manager.changed):
        manager.set_look("dark", 1.3)
    assert theme.current().is_dark and theme.px(10) == 13
    heard = []
    manager.changed.connect(lambda: heard.append(1))
    manager.set_look("dark", 1.3)
    manager.set_look(*before)
    assert len(heard) == 1
