"""Pictures of what a setting does."""

from __future__ import annotations

import numpy as np
import pytest
from active import show

from engine.experiment import Training
from engine.losses import loss
from engine.optimizers import SGD, Adam, optimizer
from engine.penalties import L1, L2, LInfinity, NoPenalty
from engine.schedules import CosineDecay, StepDecay, schedule
from playground.examples import example
from playground.ui.previews.loss import LossPreview
from playground.ui.previews.path import PathPicture
from playground.ui.previews.penalty import PenaltyPreview, _value
from playground.ui.previews.schedule import SchedulePreview


def test_the_schedule_rises_in_the_warm_up_and_falls_at_its_milestones(qtbot):
    preview = show(qtbot, SchedulePreview())
    decay = StepDecay(milestones=(50,), gamma=0.1)
    preview.show_training(Training(learning_rate=0.2, schedule=decay, warmup=10.0, epochs=100))
    rates = preview.curves[0].values
    assert rates[0] == 0
    assert rates[10] == pytest.approx(0.1)
    assert rates[60] == pytest.approx(0.2)
    assert rates[-1] == pytest.approx(0.02)


@pytest.mark.parametrize("kind", list(schedule))
def test_every_schedule_is_drawn(qtbot, kind):
    preview = show(qtbot, SchedulePreview())
    preview.show_training(Training(schedule=schedule[kind]()))
    assert preview.accessibleName()
    preview.grab()


def test_a_cosine_ends_at_nothing(qtbot):
    preview = show(qtbot, SchedulePreview())
    preview.show_training(Training(schedule=CosineDecay()))
    assert preview.curves[0].values[-1] == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("kind", list(loss))
def test_every_loss_is_least_where_the_prediction_is_right(qtbot, kind):
    preview = show(qtbot, LossPreview())
    preview.show_loss(loss[kind]())
    first, second = (curve.values for curve in preview.curves)
    if loss[kind].classes:
        assert first[-1] < first[0] and second[0] < second[-1]
    else:
        assert first.argmin() == len(first) // 2
        assert second[0] < 0 < second[-1]
    preview.grab()


@pytest.mark.parametrize(
    ("penalty", "corner"),
    [(L1(strength=1.0), 2.0), (L2(strength=1.0), 1.0), (LInfinity(strength=1.0), 1.0)],
)
def test_penalties_have_their_shapes(qtbot, penalty, corner):
    preview = show(qtbot, PenaltyPreview())
    preview.show_penalty(penalty)
    assert _value(penalty, 1.0, 1.0) == pytest.approx(corner)
    image = preview.grab().toImage()
    preview.show_penalty(L1() if not isinstance(penalty, L1) else L2())
    assert preview.grab().toImage() != image


def test_no_penalty_has_no_picture(qtbot):
    preview = show(qtbot, PenaltyPreview())
    preview.show_penalty(NoPenalty())
    assert preview.isHidden()


@pytest.mark.parametrize("kind", list(optimizer))
def test_every_optimizer_goes_through_the_valley(qtbot, kind):
    picture = show(qtbot, PathPicture())
    picture.show_valley(Training(optimizer=optimizer[kind]()))
    assert "steps" in picture.accessibleDescription()
    picture.grab()


def test_the_path_of_a_diverging_rate_is_drawn_as_well(qtbot):
    picture = show(qtbot, PathPicture())
    picture.show_valley(Training(optimizer=SGD(), learning_rate=100.0))
    assert np.isfinite(picture.points).all()
    picture.grab()


def test_the_popup_shows_what_its_settings_do(open_window, qtbot):
    window = open_window()
    popup = window.transport.popup
    popup.open_under(window.transport.more)
    before = popup.path.points.copy()
    window.document.edit_training("rate", learning_rate=0.2)
    assert not np.array_equal(popup.path.points, before)
    window.document.edit_training("decay", schedule=CosineDecay())
    assert popup.schedule.curves[0].values[-1] == pytest.approx(0, abs=1e-12)
    popup.hide()


def test_the_view_shows_the_losses_around_the_weights_of_this_network(open_window, qtbot):
    window = open_window(example("xor").but(training=Training(optimizer=Adam())))
    window.stage.open_view("optimizer_path")
    view = next(one for one in window.stage.views() if one.kind == "optimizer_path")
    qtbot.waitUntil(lambda: len(view.picture.points) > 1)
    valley = view.picture.surface
    view.choice.button("network").click()
    qtbot.waitUntil(lambda: view.picture.surface is not valley)
    assert view.picture.surface.values.shape == (11, 11)
    assert view.told.text().startswith("Adam, rate 0.01: loss")
