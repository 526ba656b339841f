"""Whoever cannot use a mouse, tell colours apart, or see the screen reaches everything as well."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QGraphicsTextItem,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QWidget,
)

from playground.examples import example
from playground.ui import theme
from playground.ui.i18n import set_language
from playground.ui.plot_area import TRAINING, VALIDATION
from playground.ui.tab_order import tab_stops
from playground.ui.widgets import Stepper

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
)
TASKS = ("xor", "cnn-digits", "vds-lstm", "gpt-char", "seq2seq-attention", "diabetes-mlp")

SIMULATED = {
    "normal": np.eye(3),
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritan": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
"""Full dichromacy on linear RGB: Machado, Oliveira and Fernandes 2009, table 1."""

TO_LMS = [
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
]
TO_LAB = [
    [0.2104542553, 0.7936177850, -0.0040720468],
    [1.9779984951, -2.4285922050, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.8086757660],
]
"""Linear RGB → LMS, and cube roots of LMS → OKLab (Ottosson 2020)."""


def linear(color: QColor) -> np.ndarray:
    c = np.array(color.getRgbF()[:3])
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def contrast(one: QColor, other: QColor) -> float:
    low, high = sorted(float(linear(c) @ (0.2126, 0.7152, 0.0722)) for c in (one, other))
    return (high + 0.05) / (low + 0.05)


def oklab(color: QColor, eye: str) -> np.ndarray:
    seen = np.clip(np.array(SIMULATED[eye]) @ linear(color), 0.0, 1.0)
    return np.array(TO_LAB) @ np.cbrt(np.array(TO_LMS) @ seen)


@pytest.fixture(params=["light", "dark"])
def colors(request):
    return theme.load(request.param)


def test_what_is_drawn_stands_out_from_every_surface(colors):
    for token in ("ink", "ink2", "ink3", "pos", "val", "ok", "err", "warn"):
        for surface in ("panel", "bg", "raised", "canvas", "hover", "sel"):
            assert contrast(colors.color(token), colors.color(surface)) >= 3.0, (token, surface)
    for token in ("neg", "ctl"):
        for surface in ("panel", "canvas", "raised"):
            assert contrast(colors.color(token), colors.color(surface)) >= 3.0, (token, surface)
    for color in colors.class10:
        assert contrast(color, colors.panel) >= 2.995, color.name()


def test_words_on_fills_are_readable(colors):
    for text, fill in (
        ("onink", "ink"),
        ("err", "errbg"),
        ("warn", "warnbg"),
        ("ok", "okbg"),
        ("ink", "errbg"),
        ("ink", "warnbg"),
        ("ink", "okbg"),
    ):
        assert contrast(colors.color(text), colors.color(fill)) >= 4.5, (text, fill)


@pytest.mark.parametrize("eye", SIMULATED)
def test_positive_and_negative_differ_for_every_eye(colors, eye):
    assert np.linalg.norm(oklab(colors.pos, eye) - oklab(colors.neg, eye)) >= 0.1


@pytest.mark.parametrize("eye", SIMULATED)
def test_training_and_validation_differ_for_every_eye_and_by_their_dashes(colors, eye):
    assert np.linalg.norm(oklab(colors.ink, eye) - oklab(colors.val, eye)) >= 0.1
    assert TRAINING.dash != VALIDATION.dash


@pytest.fixture
def full_window(open_window):
    """Open a window with every view that its task offers, none behind another."""

    def full(name):
        window = open_window(example(name))
        for dock in window.stage.docks():
            dock.setFloating(False)
            dock.show()
        QApplication.processEvents()
        return window

    return full


def spoken(control: QWidget) -> str:
    """Return what a screen reader says of a control; parts of a combo box speak through it."""
    if not control.accessibleName() and isinstance(control.parentWidget(), QComboBox):
        return control.parentWidget().accessibleName()
    text = control.text() if isinstance(control, QAbstractButton) else ""
    return (control.accessibleName() or text).strip()


def controls(window: QWidget) -> list[QWidget]:
    """Return all controls that show; bars and headers serve the list or text they belong to."""
    return [
        control
        for control in window.findChildren(QWidget)
        if isinstance(control, CONTROLS)
        and not isinstance(control, QScrollBar | QHeaderView)
        and control.isVisible()
        and control.isEnabled()
    ]


@pytest.mark.parametrize(("name", "language"), list(zip(TASKS, ("en", "ko") * 3, strict=True)))
def test_every_control_has_a_name(full_window, name, language):
    set_language(language)
    window = full_window(name)
    nameless = [
        f"{type(control).__name__} in {type(control.parentWidget()).__name__}"
        for control in {*controls(window), *tab_stops(window)}
        if not spoken(control)
    ]
    assert nameless == []


@pytest.mark.parametrize("name", ["xor", "cnn-digits", "gpt-char"])
def test_every_control_can_be_reached_by_keyboard(full_window, name):
    window = full_window(name)
    stops = set(tab_stops(window))
    in_menus = set(window.menus.actions_by_text)
    unreached = []
    for control in controls(window):
        # Arrow keys do in a stepper's field what its buttons do.
        inside = isinstance(control.parentWidget(), QComboBox | Stepper)
        group = control.group() if isinstance(control, QAbstractButton) else None
        by_arrows = group is not None and any(button in stops for button in group.buttons())
        if control not in stops and not (inside or by_arrows or spoken(control) in in_menus):
            unreached.append(f"{type(control).__name__} {spoken(control)!r}")
    assert unreached == []


@pytest.mark.parametrize("name", ["circles", "digits-softmax", "seq2seq-reverse"])
def test_the_focus_can_be_seen(full_window, qtbot, name):
    window = full_window(name)
    window.session.step("epoch")
    wanted = window.stage.probes(window.document.experiment)
    qtbot.waitUntil(lambda: wanted <= set(window.session.snapshot().answers), timeout=60_000)
    window.tick()
    window.activateWindow()
    hidden = []
    for stop in tab_stops(window):
        window.setFocus()
        QApplication.processEvents()
        around = stop.parentWidget()
        without = around.grab().toImage()
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if stop.hasFocus() and around.grab().toImage() == without:
            hidden.append(f"{type(stop).__name__} {spoken(stop)!r}")
    assert hidden == []


def drawn(text: str, font: QFont) -> np.ndarray:
    image = QImage(64, 64, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setFont(font)
    painter.drawText(8, 44, text)
    painter.end()
    return np.array(image.constBits(), np.uint8).reshape(64, -1)[:, :64]


@pytest.mark.parametrize("role", theme._FONTS)
def test_hangul_is_no_box(role):
    font = theme.font(role)
    missing = drawn("\U0010fffd", font)
    syllables = [drawn(text, font) for text in "손실정확도에포크"]
    for picture in syllables:
        assert (picture < 128).any()
        assert (picture != missing).any()
    assert len({picture.tobytes() for picture in syllables}) == 8


@pytest.mark.parametrize("name", ["xor", "vds-lstm", "digits-softmax"])
def test_every_plot_writes_hangul(full_window, name):
    set_language("ko")
    window = full_window(name)
    plots = window.findChildren(pg.GraphicsView)
    assert plots
    for plot in plots:
        for item in plot.scene().items():
            fonts = []
            if isinstance(item, QGraphicsTextItem):
                fonts.append(item.font())
            if isinstance(item, pg.AxisItem):
                fonts += [item.label.font(), item.style["tickFont"] or item.font()]
            for font in fonts:
                assert QFontInfo(font).family() == "Pretendard", item
                assert all(QFontMetrics(font).inFontUcs4(ord(sign)) for sign in "시각별손실")
