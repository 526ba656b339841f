"""Points of one's own: painted and erased by mouse and keys, for any of four classes."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.adapt import with_task
from engine.experiment import Experiment
from engine.graph import OUTPUT
from engine.tasks.points import MOST_POINTS, OWN, Points
from engine.tasks.table import Table
from playground.examples import example
from playground.session import Session
from playground.ui import theme
from playground.ui.i18n import set_language
from playground.ui.marks import mark
from playground.ui.views.boundary import BoundaryView
from playground.ui.views.paint_bar import ERASER

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


@pytest.fixture
def paint(qtbot, open_window):
    """Open a window with the given own points; return it with its decision boundary."""

    def open_one(*own, **fields):
        task = Points(OWN, own=own, **fields)
        window = open_window(with_task(example("xor"), task))
        view = next(v for v in window.stage.views() if isinstance(v, BoundaryView))
        qtbot.waitUntil(lambda: view.field._own is not None)
        return window, view

    return open_one


def task(window):
    return window.document.experiment.task


def spot(field, x1, x2) -> QPoint:
    return field._place(x1, x2).toPoint()


def drag(field, start, end, button=LEFT):
    QTest.mousePress(field, button, pos=spot(field, *start))
    for share in np.linspace(0, 1, 12)[1:]:
        at = tuple(a + (b - a) * share for a, b in zip(start, end, strict=True))
        QTest.mouseMove(field, spot(field, *at))
        QApplication.processEvents()
    QTest.mouseRelease(field, button, pos=spot(field, *end))


def test_the_present_points_become_ones_own_and_undo_gives_the_cloud_back(qtbot, open_window):
    window = open_window(example("xor"))
    view = next(v for v in window.stage.views() if isinstance(v, BoundaryView))
    qtbot.waitUntil(view.edit.isVisible)
    before = window.document.experiment
    shown = before.task.load(before.training.seed)
    view.edit.click()
    assert task(window).cloud == OWN
    assert len(task(window).own) == len(shown.training) + len(shown.validation)
    qtbot.waitUntil(view.bar.isVisible)
    assert not view.edit.isVisible()
    window.document.undo_stack.undo()
    assert window.document.experiment == before
    qtbot.waitUntil(view.edit.isVisible)


def test_a_click_paints_one_point_of_the_chosen_class(paint):
    window, view = paint((0, 0, 0), (0.5, 0, 1))
    view.bar.tools.button(1).click()
    QTest.mouseClick(view.field, LEFT, pos=spot(view.field, -0.5, 0.75))
    *_, (x1, x2, label) = task(window).own
    assert (x1, x2) == pytest.approx((-0.5, 0.75), abs=0.02) and label == 1
    assert window.document.undo_stack.count() == 1
    assert window.document.undo_stack.undoText() == "Paint points"


def test_a_stroke_of_a_brush_is_one_undo_step(paint):
    window, view = paint((0, 0, 0), (0.5, 0, 1))
    view.bar.sizes.button(1).click()
    drag(view.field, (-1, -1), (-1, 1))
    painted = np.array(task(window).own[2:])
    assert len(painted) > 20
    assert np.abs(painted[:, 0] + 1).max() < 0.2 and np.ptp(painted[:, 1]) > 1.5
    assert window.document.undo_stack.count() == 1
    window.document.undo_stack.undo()
    assert len(task(window).own) == 2


@pytest.mark.parametrize("by", ["eraser", "right button"])
def test_the_eraser_takes_near_points_away(paint, by):
    window, view = paint((-0.5, 0, 0), (-0.52, 0.02, 1), (0.5, 0, 1), (0.6, 0.5, 0))
    if by == "eraser":
        view.bar.tools.button(ERASER).click()
    button = LEFT if by == "eraser" else RIGHT
    QTest.mouseClick(view.field, button, pos=spot(view.field, -0.5, 0))
    assert task(window).own == ((0.5, 0, 1), (0.6, 0.5, 0))
    assert window.document.undo_stack.undoText() == "Erase points"


def test_a_third_class_gives_the_output_a_third_unit(qtbot, paint):
    window, view = paint((0, 0, 0), (0.5, 0, 1))
    view.bar.tools.button(2).click()
    QTest.mouseClick(view.field, LEFT, pos=spot(view.field, 0, 0.8))
    experiment = window.document.experiment
    assert len(experiment.task.target.labels) == 3
    assert experiment.graph[OUTPUT].layer.units == 3
    assert not experiment.shapes().errors
    qtbot.waitUntil(lambda: view.field._classes is not None and len(view.field._classes) == 3)
    window.document.undo_stack.undo()
    assert window.document.experiment.graph[OUTPUT].layer.units == 2


def test_the_keyboard_paints_and_erases_too(qtbot, paint):
    window, view = paint((-1, -1, 0), (-1, 1, 1))
    field = view.field
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert "x₁ 0.3" in field.accessibleDescription()
    qtbot.keyClick(field, Qt.Key.Key_Space)
    *_, (x1, x2, label) = task(window).own
    reach = field._reach()
    assert (x1, x2, label) == pytest.approx((0.25 * reach, 0.05 * reach, 0), abs=1e-3)
    assert window.session.snapshot().state != "running"
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    assert len(task(window).own) == 2
    assert window.document.undo_stack.count() == 2


def test_all_points_are_taken_away_at_once_and_play_waits_for_new_ones(qtbot, paint):
    window, view = paint((-1, -1, 0), (-1, 1, 1))
    view.bar.clear.click()
    assert task(window).own == ()
    assert "Paint at least two points" in str(task(window).problem)
    qtbot.waitUntil(lambda: not window.transport.play_button.isEnabled(), timeout=2000)
    for at in ((0.5, 0.5), (-0.5, 0.5)):
        QTest.mouseClick(view.field, LEFT, pos=spot(view.field, *at))
    assert len(task(window).own) == 2
    qtbot.waitUntil(window.transport.play_button.isEnabled)


def test_there_is_a_limit_to_the_points(paint):
    full = tuple((i / 2000 - 0.5, i / 3000, i % 2) for i in range(MOST_POINTS))
    window, view = paint(*full)
    view.bar.sizes.button(2).click()
    QTest.mouseClick(view.field, LEFT, pos=spot(view.field, 0, 0))
    assert len(task(window).own) == MOST_POINTS and window.document.undo_stack.count() == 0


def test_points_of_a_cloud_cannot_be_painted_on(open_window):
    window = open_window(example("xor"))
    view = next(v for v in window.stage.views() if isinstance(v, BoundaryView))
    QTest.mouseClick(view.field, LEFT, pos=spot(view.field, 0.5, 0.5))
    assert window.document.undo_stack.count() == 0
    assert view.bar.isHidden()


def test_the_data_panel_takes_up_the_points_and_gives_them_back(open_window):
    window = open_window(example("xor"))
    panel = window.data_panel.body
    panel.pictures[OWN].click()
    own = task(window).own
    assert task(window).cloud == OWN and len(own) == 400
    assert panel.hint.isVisible() and not panel.noise.isVisible() and panel.share.isVisible()
    panel.pictures["moons"].click()
    assert task(window).cloud == "moons"
    panel.pictures[OWN].click()
    assert task(window).own == own


def test_feature_crosses_are_switched_on_and_off(open_window):
    window = open_window(example("xor"))
    panel = window.data_panel.body
    panel.features["sin x2"].click()
    panel.features["x1*x2"].click()
    assert task(window).features == ("x1*x2", "sin x2")
    assert window.document.experiment.shapes().shapes["input"] == (4,)
    assert not window.document.experiment.shapes().errors
    panel.pictures["gate"].click()
    assert task(window).features == ("x1*x2", "sin x2")
    panel.features["sin x2"].click()
    assert task(window).features == ("x1*x2",)
    assert [b.isChecked() for b in panel.features.values()] == [0, 0, 1, 0, 0]


def snapshot_of(experiment: Experiment, epochs: int = 30):
    session = Session(experiment.but(epochs=epochs))
    wanted = BoundaryView().probes(experiment)
    try:
        session.want(wanted)
        session.play()
        return session.wait(lambda s: s.state == "finished" and wanted <= s.answers.keys())
    finally:
        session.close()


CORNERS = tuple(
    (a * 0.7 + i / 100, b * 0.7 - i / 120, label)
    for label, (a, b) in enumerate([(-1, -1), (1, -1), (1, 1), (-1, 1)])
    for i in range(20)
)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("hard", [False, True])
def test_the_field_of_four_classes_has_the_colour_of_each_in_its_corner(qtbot, name, hard):
    theme.manager().set_theme(name)
    experiment = with_task(example("xor"), Points(OWN, own=CORNERS, features=("x1^2",)))
    view = BoundaryView()
    qtbot.addWidget(view)
    view.hard.set_value(hard)
    view.show_snapshot(snapshot_of(experiment))
    for label in range(4):
        corner = CORNERS[20 * label]
        seen = view.field.color_at(corner[0], corner[1])
        colors = [theme.current().class_color(i, 4) for i in range(4)]
        zero, strength = theme.current().zero, 0.62
        expected = [
            [z + (c - z) * strength for z, c in zip(zero.getRgb()[:3], o.getRgb()[:3], strict=True)]
            for o in colors
        ]
        distance = [np.abs(np.subtract(seen.getRgb()[:3], e)).sum() for e in expected]
        assert int(np.argmin(distance)) == label
        assert view.field.readout(*corner[:2]).splitlines()[1].startswith(f"class {label}: ")
    assert view.field.picture.border.path().elementCount() > 50


def test_classes_have_shapes_of_their_own():
    shapes = {
        mark(i, QPoint(0, 0).toPointF(), 4).toFillPolygon().toList().__repr__() for i in range(6)
    }
    assert len(shapes) == 6


def test_tools_speak_the_language_of_the_window_and_fit(qtbot, paint):
    _, view = paint((0, 0, 0), (0.5, 0, 1))
    assert view.bar.minimumSizeHint().width() <= 276
    set_language("ko")
    QApplication.processEvents()
    assert view.bar.tools.button(ERASER).toolTip() != "Eraser (or the right mouse button)"


def test_tables_have_no_plane(qapp):
    assert not BoundaryView.offered(example("diabetes-mlp").but(task=Table(source="iris")))


def test_training_goes_on_while_points_are_painted(qtbot, paint):
    window, view = paint(*CORNERS[:40])
    window.session.play()
    qtbot.waitUntil(lambda: window.session.snapshot().step > 5)
    drag(view.field, (-1, 0.5), (-0.5, 0.5))
    count = len(task(window).own)
    assert count > 40
    step = window.session.snapshot().step

    def is_training_on_them():
        now = window.session.snapshot()
        return (
            now.state == "running"
            and now.step > step
            and now.dataset is not None
            and len(now.dataset.training) + len(now.dataset.validation) == count
        )

    qtbot.waitUntil(is_training_on_them)
    window.session.pause()


def test_the_weights_of_feature_crosses_bear_their_names(open_window):
    task = Points(features=("x1*x2", "sin x2"))
    window = open_window(with_task(example("xor"), task))
    window.document.select("dense_1")
    assert window.inspector.matrix._inputs == ("x₁", "x₂", "x₁x₂", "sin 2πx₂")
    (image,) = window.canvas.network.card("input").face.images
    height = image.height() // 4
    parts = [image.copy(0, row * height, image.width(), height) for row in range(4)]
    assert all(one != other for one, other in combinations(parts, 2))
