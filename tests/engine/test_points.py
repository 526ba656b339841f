"""Gates and clouds: sizes, balance, randomness, and classes that can be told apart."""

import numpy as np
import pytest

from engine.tasks.base import PARTS
from engine.tasks.points import CLOUDS, GATES, Gate, Points


@pytest.fixture(params=CLOUDS)
def cloud(request):
    return request.param


def rows(part):
    return {tuple(row) for row in part.inputs}


@pytest.mark.parametrize(
    ("gate", "function"),
    [
        ("and", lambda a, b: a and b),
        ("or", lambda a, b: a or b),
        ("nand", lambda a, b: not (a and b)),
        ("xor", lambda a, b: a != b),
    ],
)
def test_a_gate_is_its_truth_table(gate, function):
    dataset = Gate(gate).load(seed=3)
    for part in (dataset.part(name) for name in PARTS):
        assert rows(part) == {(0, 0), (0, 1), (1, 0), (1, 1)}
        for (a, b), truth in zip(part.inputs, part.targets, strict=True):
            assert truth == function(bool(a), bool(b))
    assert GATES.keys() == {"and", "or", "nand", "xor"}


def test_parts_have_the_sizes_that_were_asked_for(cloud):
    dataset = Points(cloud, count=500, training_share=0.7).load(7)
    assert [len(dataset.part(name)) for name in PARTS] == [350, 150, 150]
    for name in PARTS:
        part = dataset.part(name)
        assert part.inputs.shape[1:] == Points(cloud).input_shape
        assert part.inputs.dtype == np.float32
        assert part.targets.dtype == np.int64


@pytest.mark.parametrize("count", [20, 10_000])
@pytest.mark.parametrize("share", [0.1, 0.9])
def test_no_part_is_empty(count, share):
    dataset = Points(count=count, training_share=share).load(0)
    assert all(len(dataset.part(name)) for name in PARTS)


def test_parts_share_no_point(cloud):
    dataset = Points(cloud, count=1000).load(7)
    parts = [rows(dataset.part(name)) for name in PARTS]
    assert len(set.union(*parts)) == sum(map(len, parts)) == 1200


def test_classes_are_balanced_in_every_part(cloud):
    dataset = Points(cloud, count=4000).load(7)
    for name in PARTS:
        targets = dataset.part(name).targets
        # Five standard errors of a fair coin.
        assert abs(targets.mean() - 0.5) < 5 * 0.5 / np.sqrt(len(targets))


def test_points_fill_the_plane_around_the_origin(cloud):
    points = Points(cloud, noise=0.0, count=4000).load(7).training.inputs
    assert np.abs(points).max() < 1.5
    assert np.abs(points.mean(axis=0)).max() < 0.1
    assert points.std(axis=0).min() > 0.2


def test_the_same_seed_draws_the_same_points(cloud):
    first, second = Points(cloud).load(7), Points(cloud).load(7)
    for name in PARTS:
        np.testing.assert_array_equal(first.part(name).inputs, second.part(name).inputs)
        np.testing.assert_array_equal(first.part(name).targets, second.part(name).targets)


def test_another_seed_or_draw_gives_other_points(cloud):
    first = rows(Points(cloud).load(7).training)
    assert not first & rows(Points(cloud).load(8).training)
    assert not first & rows(Points(cloud, draw=1).load(7).training)


def test_noise_moves_points(cloud):
    calm, noisy = (Points(cloud, noise=noise).load(7).training for noise in (0.0, 0.5))
    np.testing.assert_array_equal(calm.targets, noisy.targets)
    assert np.abs(calm.inputs - noisy.inputs).max() > 0.1


RULES = {
    "xor": lambda x: x[:, 0] * x[:, 1] < 0,
    "circles": lambda x: np.hypot(x[:, 0], x[:, 1]) < 0.6,
    "gaussians": lambda x: x.sum(axis=1) > 0,
    "checkerboard": lambda x: np.floor(2 * x).sum(axis=1) % 2 == 1,
}


@pytest.mark.parametrize("cloud", RULES)
def test_without_noise_a_rule_tells_the_classes_apart(cloud):
    part = Points(cloud, noise=0.0, count=2000).load(7).training
    np.testing.assert_array_equal(RULES[cloud](part.inputs), part.targets)


@pytest.mark.parametrize("cloud", ["moons", "spirals"])
def test_without_noise_the_nearest_neighbour_has_the_same_class(cloud):
    dataset = Points(cloud, noise=0.0, count=2000).load(7)
    distances = np.linalg.norm(
        dataset.test.inputs[:, None] - dataset.training.inputs[None], axis=-1
    )
    nearest = dataset.training.targets[distances.argmin(axis=1)]
    np.testing.assert_array_equal(nearest, dataset.test.targets)
