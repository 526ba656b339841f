"""Views of images: a digit is drawn by hand, looked at by the network, and taken apart."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.probes import Sample
from engine.probes_images import Drawing
from engine.tasks.digits import Digits
from playground.examples import example
from playground.ui.views.pad import FINE, PEN, SIDE, Pad

STROKES = ((9, 6), (14, 5), (18, 8), (13, 13), (18, 17), (15, 22), (9, 22))
"""A three, in pixels of the digits; left of the middle."""


@pytest.fixture
def pad(qtbot):
    pad = Pad()
    qtbot.addWidget(pad)
    pad.resize(281, 281)  # ten pixels for one of the digits, and the outline
    pad.show()
    return pad


def drag(pad, places, button=Qt.MouseButton.LeftButton, scale=10.0) -> None:
    """Draw with the mouse through places in pixels of the digits."""
    points = [QPoint(round(x * scale), round(y * scale)) for x, y in places]
    QTest.mousePress(pad, button, pos=points[0])
    for point in points[1:]:
        QTest.mouseMove(pad, point)
        QApplication.processEvents()
    QTest.mouseRelease(pad, button, pos=points[-1])


def centre_of_mass(ink) -> np.ndarray:
    return np.array([(ink * axis).sum() / ink.sum() for axis in np.indices(ink.shape) + 0.5])


def test_strokes_become_a_digit_as_mnist_has_it(pad):
    drag(pad, STROKES)
    ink = pad.pixels().astype(float)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    assert np.ptp(rows) + 1 == 20 and np.ptp(columns) + 1 < 20
    assert np.abs(centre_of_mass(ink) - SIDE / 2).max() <= 1
    shades = np.unique(ink)
    assert shades[-1] == 255 and len(shades) > 10  # its edges are smooth


def test_raw_strokes_stay_where_they_were_drawn(pad):
    drag(pad, ((4, 4), (4, 10)))
    ink = pad.pixels(raw=True).astype(float)
    assert centre_of_mass(ink) == pytest.approx([7, 4], abs=0.1)
    assert ink.sum() / 255 == pytest.approx(6 * PEN + np.pi * (PEN / 2) ** 2, rel=0.05)


def test_the_eraser_and_the_right_button_take_ink_away_and_new_paper_has_none(pad, qtbot):
    drag(pad, ((4, 4), (4, 24)))
    full = pad.pixels(raw=True).astype(int).sum()
    drag(pad, ((2, 4), (6, 4)), Qt.MouseButton.RightButton)
    less = pad.pixels(raw=True).astype(int).sum()
    pad.erasing = True
    drag(pad, ((2, 24), (6, 24)))
    assert full > less > pad.pixels(raw=True).astype(int).sum() > 0
    with qtbot.waitSignal(pad.drawn):
        pad.clear()
    assert pad.is_empty and not pad.pixels().any()


def test_arrows_and_space_draw_what_the_mouse_draws(pad, qtbot):
    row, column = pad.cursor_at
    for _ in range(3):
        qtbot.keyClick(pad, Qt.Key.Key_Left)
    assert pad.is_empty
    qtbot.keyClick(pad, Qt.Key.Key_Space)
    assert pad.accessibleDescription().startswith(f"pen down, row {row + 1}, column {column - 2}")
    for _ in range(6):
        qtbot.keyClick(pad, Qt.Key.Key_Down)
    qtbot.keyClick(pad, Qt.Key.Key_Space)
    qtbot.keyClick(pad, Qt.Key.Key_Left)
    by_keys = pad.pixels(raw=True).astype(int)
    pad.clear()
    x = column - 3 + 0.55
    drag(pad, ((x, row + 0.55), (x, row + 6.55)))
    assert np.abs(by_keys - pad.pixels(raw=True)).max() < 30


def tablet(pad, kind, at, pressure, end) -> None:
    device = QPointingDevice(
        "pen",
        1,
        QInputDevice.DeviceType.Stylus,
        end,
        QInputDevice.Capability.Pressure,
        1,
        2,
    )
    place, button = QPointF(*at) * FINE, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    event = QTabletEvent(kind, device, place, place, pressure, 0, 0, 0, 0, 0, none, button, button)
    QApplication.sendEvent(pad, event)


@pytest.mark.parametrize("pressure", [0.2, 0.9])
def test_a_pen_draws_as_wide_as_it_is_pressed_and_erases_with_its_other_end(pad, pressure):
    pen, eraser = QPointingDevice.PointerType.Pen, QPointingDevice.PointerType.Eraser
    tablet(pad, QEvent.Type.TabletPress, (14, 6), pressure, pen)
    tablet(pad, QEvent.Type.TabletMove, (14, 20), pressure, pen)
    tablet(pad, QEvent.Type.TabletRelease, (14, 20), 0, pen)
    tablet(pad, QEvent.Type.TabletMove, (20, 20), 0, pen)  # in the air
    ink = pad.pixels(raw=True) / 255
    assert ink[14].sum() == pytest.approx(PEN * (0.5 + pressure), rel=0.1)
    assert not ink[:, 18:].any()
    tablet(pad, QEvent.Type.TabletPress, (14, 14), 0.5, eraser)
    assert not pad.pixels(raw=True)[14].any()


@pytest.fixture
def digits(open_window):
    experiment = example("mnist-mlp").but(task=Digits(training_count=1000))
    window = open_window(experiment)
    window.resize(1440, 900)
    return window


def of(window, kind):
    (found,) = (dock.view for dock in window.stage.docks() if dock.objectName() == kind)
    return found


def test_a_drawing_runs_through_the_network_on_the_canvas(digits, qtbot):
    view, snapshot = of(digits, "sample"), digits.session.snapshot
    pad = view.pad
    drag(pad, STROKES, scale=(pad._frame().width()) / SIDE)
    qtbot.waitUntil(lambda: isinstance(digits.canvas.sample, Drawing))
    qtbot.waitUntil(lambda: np.array_equal(view.sample.image()[0] * 255, pad.pixels()))
    assert digits.canvas.sample == view.sample
    qtbot.waitUntil(lambda: view.sample in snapshot().answers)
    answer = snapshot().answers[view.sample]
    qtbot.waitUntil(lambda: view.bars._shares == answer["output"].tolist())
    assert view.heading.detail.text() == ""
    assert np.array_equal(answer["input"], view.sample.image())
    view.raw.click()
    qtbot.waitUntil(lambda: np.array_equal(view.sample.image()[0] * 255, pad.pixels(raw=True)))
    view.clear.click()
    qtbot.waitUntil(lambda: not view.sample.image().any())
    qtbot.waitUntil(lambda: not any(view.bars._shares))  # nothing was drawn that could be named


def test_samples_are_leafed_through_and_shown_on_the_canvas(digits, qtbot):
    view, dataset = of(digits, "sample"), digits.session.snapshot().dataset
    labels = dataset.target.labels
    for index in (1, 2):
        view.later.click()
        assert digits.canvas.sample == Sample("validation", index)
        expected = f"true: {labels[dataset.validation.targets[index]]}"
        qtbot.waitUntil(lambda expected=expected: view.heading.detail.text() == expected)
        shown = view.pad.pixels()
        given = 255 * dataset.validation.inputs[index, 0]
        assert np.abs(shown - given).mean() < 5  # it is drawn smoothly
    assert sum(view.bars._shares) == pytest.approx(1, abs=1e-5)
    view.pad.stroke(QPointF(5, 5), QPointF(9, 5), 0.5, False)  # a pen takes new paper
    assert view.pad.pixels(raw=True)[12:].sum() == 0
    qtbot.waitUntil(lambda: isinstance(view.sample, Drawing))
    view.earlier.click()
    assert view.sample == Sample("validation", 1)


def test_many_drawings_leave_few_answers_behind(digits, qtbot):
    from playground.answers import MOST_KEPT

    view = of(digits, "sample")
    for count in range(1, MOST_KEPT + 20):
        pixels = np.zeros((SIDE, SIDE), np.uint8)
        pixels.flat[:count] = 255
        view.choose_sample(Drawing(pixels=pixels.tobytes()))
        qtbot.waitUntil(lambda: view.sample in digits.session.snapshot().answers)
    assert len(digits.session._answers._answers) <= MOST_KEPT + 1
