"""Views of images: a digit is drawn by hand, looked at by the network, and taken apart."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.layers.conv1d import Conv1d
from engine.layers.conv2d import Conv2d
from engine.layers.pool2d import AveragePool2d, MaxPool2d
from engine.probes import Parameters, Sample
from engine.probes_images import Drawing, Saliency
from engine.tasks.digits import Digits
from playground.examples import example
from playground.session import Session
from playground.ui import theme
from playground.ui.dock import ViewDock
from playground.ui.numbers import signed_text
from playground.ui.views.feature_maps import FeatureMapsView
from playground.ui.views.filters import FiltersView
from playground.ui.views.pad import FINE, PEN, SIDE, Pad
from playground.ui.views.saliency import SaliencyView
from playground.ui.views.sample import SampleView

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


class Run:
    """A short run that answers what a view asks."""

    def __init__(self, experiment, epochs: int) -> None:
        self.experiment = experiment
        self.session = Session(experiment)
        for epoch in range(1, epochs + 1):
            self.session.step("epoch")
            self.session.wait(lambda s, e=epoch: s.epoch >= e and s.state != "running")

    def show(self, view):
        probes = view.probes(self.experiment)
        self.session.want(probes)
        snapshot = self.session.wait(lambda s: s.dataset and probes <= s.answers.keys())
        view.show_snapshot(snapshot)
        QApplication.processEvents()
        return snapshot


@pytest.fixture(scope="module")
def lenet(qapp):
    run = Run(example("lenet-mnist").but(task=Digits(training_count=500)), 1)
    yield run
    run.session.close()


def shown(qtbot, kind, width=396, height=320):
    """Show a view in its dock."""
    dock = ViewDock(kind, None)
    qtbot.addWidget(dock)
    dock.resize(width, height)
    dock.show()
    return dock.view


def nodes(experiment, kind) -> list[str]:
    return [node.name for node in experiment.graph if isinstance(node.layer, kind)]


def test_filters_are_drawn_for_one_channel_or_summed(qtbot, lenet):
    view = shown(qtbot, FiltersView)
    first, second = nodes(lenet.experiment, Conv2d)
    answer = lenet.show(view).answers[Parameters()]
    assert len(view.tiles.tiles) == 6 and not view.channel.isVisible()
    for tile, kernel in zip(view.tiles.tiles, answer[first]["W"], strict=True):
        assert np.array_equal(tile.values, kernel[..., 0])
    view.show_selection(second)  # on the canvas
    assert view.layer.value() == second and view.channel.isVisible()
    weights = answer[second]["W"]
    assert np.allclose(view.tiles.tiles[9].values, weights[9].sum(axis=2))
    view.channel.set_value(4)
    view.channel.edited.emit(4, True)
    assert np.array_equal(view.tiles.tiles[9].values, weights[9, :, :, 4])
    view.show_selection("output")  # has no filters, so all stays
    assert view.layer.value() == second
    strongest = max(view.tiles.tiles, key=lambda tile: np.abs(tile.values).max())
    row, column = np.unravel_index(np.abs(strongest.values).argmax(), (5, 5))
    positive = strongest.values[row, column] > 0
    pole = theme.current().pos if positive else theme.current().neg
    assert strongest.image.pixelColor(int(column), int(row)) == pole


def test_filters_of_a_series_have_time_to_the_right(qtbot):
    run = Run(example("vds-conv1d"), 0)
    try:
        view = shown(qtbot, FiltersView)
        answer = run.show(view).answers[Parameters()]
        (name, *_) = nodes(run.experiment, Conv1d)
        assert np.array_equal(view.tiles.tiles[2].values, answer[name]["W"][2].T)
    finally:
        run.session.close()


def test_feature_maps_are_those_of_the_chosen_sample_and_layer(qtbot, lenet):
    view = shown(qtbot, FeatureMapsView)
    view.sample = Sample("validation", 11)
    snapshot = lenet.show(view)
    answer = snapshot.answers[view.sample]
    assert np.array_equal(view.tiles.tiles[0].values, snapshot.dataset.validation.inputs[11, 0])
    pool = nodes(lenet.experiment, MaxPool2d | AveragePool2d)[1]
    view.show_selection(pool)
    shapes = lenet.experiment.shapes().shapes
    assert len(view.tiles.tiles) == 1 + shapes[pool][0]
    for tile, values in zip(view.tiles.tiles[1:], answer[pool], strict=True):
        assert np.array_equal(tile.values, values)
    QTest.mouseClick(
        view.tiles, Qt.MouseButton.LeftButton, pos=view.tiles.box(3).center().toPoint()
    )
    assert [tile.caption for tile in view.tiles.tiles] == ["Input", "#3"]
    assert np.array_equal(view.tiles.tiles[1].values, answer[pool][2])
    assert view.tiles.box(0).width() > 120
    qtbot.keyClick(view.tiles, Qt.Key.Key_Right)
    qtbot.keyClick(view.tiles, Qt.Key.Key_Return)
    assert len(view.tiles.tiles) == 1 + shapes[pool][0]


def test_the_mouse_reads_single_numbers_out(qtbot, lenet):
    view = shown(qtbot, FeatureMapsView)
    lenet.show(view)
    tile, box = view.tiles.tiles[1], view.tiles.box(1)
    cell = box.width() / tile.values.shape[1]
    at = box.topLeft() + QPointF(9.5 * cell, 12.5 * cell)
    QTest.mouseMove(view.tiles, at.toPoint())
    value = signed_text(float(tile.values[12, 9]), 3)
    qtbot.waitUntil(lambda: view.tiles.tip.text() == f"#1 · row 13, column 10: {value}")


def test_saliency_shows_the_gradient_for_the_class_that_is_chosen(qtbot, lenet):
    view = shown(qtbot, SaliencyView)
    probe = view._probe
    answer = lenet.show(view).answers[probe]
    assert view.tiles.tiles[1].caption == f"∂z/∂x for {answer.label}"
    assert np.array_equal(view.tiles.tiles[1].values, answer.gradient[0])
    view.label_choice.set_value(7)
    with qtbot.waitSignal(view.probes_changed):
        view.label_choice.edited.emit(7, True)
    lenet.show(view)
    assert view.tiles.tiles[1].caption == "∂z/∂x for 7" and "for 7" in view.note.text()
    view.sample = Drawing(pixels=bytes(SIDE * SIDE))
    snapshot = lenet.show(view)
    assert snapshot.answers[Saliency(view.sample, 7)].label == 7
    assert not view.tiles.tiles[0].values.any()


@pytest.mark.parametrize("kind", [FiltersView, FeatureMapsView, SaliencyView])
def test_tiles_wait_with_a_sentence_and_follow_size_theme_and_language(qtbot, lenet, kind):
    view = shown(qtbot, kind)
    assert view.tiles.empty.isVisible() and view.tiles.empty.sentence.text()
    lenet.show(view)
    assert not view.tiles.empty.isVisible()
    before = view.tiles.tiles[-1].image.copy()
    theme.manager().set_theme("dark")
    assert view.tiles.tiles[-1].image != before
    theme.manager().set_scale(1.5)
    view.window().resize(300, 500)
    QApplication.processEvents()
    for index in range(len(view.tiles.tiles)):
        assert view.tiles.rect().contains(view.tiles.box(index).toAlignedRect())


def test_a_layer_chosen_on_the_canvas_is_the_one_whose_maps_are_shown(open_window, qtbot):
    window = open_window(example("lenet-mnist").but(task=Digits(training_count=500)))
    window.stage.open_view("feature_maps")
    view = of(window, "feature_maps")
    qtbot.waitUntil(lambda: bool(view.tiles.tiles))
    second = nodes(window.document.experiment, Conv2d)[1]
    window.document.select(second)
    assert view.layer.value() == second and len(view.tiles.tiles) == 17
    of(window, "sample").later.click()
    image = window.session.snapshot().dataset.validation.inputs[1, 0]
    qtbot.waitUntil(lambda: np.array_equal(view.tiles.tiles[0].values, image))


def test_a_growing_drawing_is_looked_at_again_once_the_last_look_is_shown(qtbot, lenet):
    view = shown(qtbot, SampleView)
    looks = []
    view.sample_chosen.connect(looks.append)
    view.pad.stroke(QPointF(9, 6), QPointF(14, 5), 0.5, False)
    view._look()
    view._patience = float("inf")
    view.pad.stroke(QPointF(14, 5), QPointF(18, 8), 0.5, False)
    view._look()
    assert len(looks) == 1 and view.sample == looks[0]
    lenet.show(view)
    view._look()
    assert len(looks) == 2 and looks[0] != looks[1]
