import numpy as np
import pytest
from runs import REGRESSION, assert_same_run, trained

from engine.clipping import clip


def clipped(gradient, norm=0.0, value=0.0):
    gradient = np.array(gradient, np.float32)
    clip(gradient, norm, value, np)
    return gradient


def test_a_long_gradient_keeps_its_direction():
    np.testing.assert_allclose(clipped([3.0, -4.0], norm=1), [0.6, -0.8], rtol=1e-6)


@pytest.mark.parametrize("norm", [0, 5, 100])
def test_a_short_gradient_stays(norm):
    np.testing.assert_array_equal(clipped([3.0, -4.0], norm=norm), [3, -4])


def test_components_are_cut_by_themselves():
    np.testing.assert_allclose(clipped([3.0, -0.2, -4.0], value=0.5), [0.5, -0.2, -0.5])


def test_values_are_cut_before_the_length():
    np.testing.assert_allclose(clipped([30.0, 0.0, -40.0], 1, 3), [0.5**0.5, 0, -(0.5**0.5)])


def test_no_step_of_gradient_descent_goes_farther_than_rate_times_norm():
    experiment = REGRESSION.but(clip_norm=0.1)
    start = trained(experiment, 0).network.theta.copy()
    one = trained(experiment, 1).network.theta
    assert np.linalg.norm(one - start) == pytest.approx(0.1 * 0.05, rel=1e-4)


def test_bounds_that_nothing_reaches_change_nothing():
    plain = trained(REGRESSION)
    assert_same_run(plain, trained(REGRESSION.but(clip_norm=1e6, clip_value=1e6)))
