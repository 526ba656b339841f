import numpy as np
import pytest
from gradients import assert_gradient, numeric_gradient, smooth_points

from engine.fields import params
from engine.penalties import L1, L2, Elastic, LInfinity, penalty


def strong(cls):
    """Return a penalty whose strength, where it has one, makes it felt."""
    return cls(**{field.name: 0.3 for field in params(cls) if field.name == "strength"})


VARIANTS = {
    **{cls.kind: strong(cls) for cls in penalty.values()},
    "elastic, mostly L1": Elastic(strength=0.3, ratio=0.9),
}


@pytest.fixture(params=VARIANTS.values(), ids=VARIANTS)
def term(request):
    return request.param


def test_gradient_is_added_where_weights_decay(term):
    rng = np.random.default_rng(1)
    theta, decays = smooth_points(rng, (8,)), np.array([1.0, 1, 0, 1, 0, 1, 1, 0])
    before = rng.normal(size=8)
    g = before.copy()
    term.add_gradient(theta, decays, g, np.full(8, np.nan))
    assert_gradient(g - before, numeric_gradient(lambda: term.value(theta, decays), theta))
    np.testing.assert_array_equal(g[decays == 0], before[decays == 0])


def test_values_follow_the_formulas():
    theta, decays = np.array([3.0, -4.0, 100.0]), np.array([1.0, 1.0, 0.0])
    assert L1(strength=0.1).value(theta, decays) == pytest.approx(0.7)
    assert L2(strength=0.1).value(theta, decays) == pytest.approx(0.05 * 25)
    assert LInfinity(strength=0.1).value(theta, decays) == pytest.approx(0.4)
    mixed = Elastic(strength=0.1, ratio=0.25)
    assert mixed.value(theta, decays) == pytest.approx(0.25 * 0.7 + 0.75 * 0.05 * 25)


@pytest.mark.parametrize(("ratio", "pure"), [(1.0, L1(strength=0.2)), (0.0, L2(strength=0.2))])
def test_elastic_net_ends_in_its_parts(ratio, pure):
    theta, decays = np.array([3.0, -4.0]), np.ones(2)
    mixed = Elastic(strength=0.2, ratio=ratio)
    assert mixed.value(theta, decays) == pytest.approx(pure.value(theta, decays))
    gradients = np.zeros(2), np.zeros(2)
    for term, g in zip((mixed, pure), gradients, strict=True):
        term.add_gradient(theta, decays, g, np.empty(2))
    np.testing.assert_allclose(*gradients)


def test_zero_weights_are_left_at_zero(term):
    g = np.zeros(3)
    term.add_gradient(np.zeros(3), np.ones(3), g, np.empty(3))
    np.testing.assert_array_equal(g, 0)
    assert term.value(np.zeros(3), np.ones(3)) == 0


def test_keeps_float32_and_the_weights(term):
    theta = np.array([1.0, -2.0], np.float32)
    decays, g = np.ones_like(theta), np.zeros_like(theta)
    term.add_gradient(theta, decays, g, np.empty_like(theta))
    assert g.dtype == np.float32
    np.testing.assert_array_equal(theta, [1, -2])
    np.testing.assert_array_equal(decays, 1)
