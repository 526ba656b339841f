"""Gates and clouds: sizes, balance, randomness, and classes that can be told apart."""

import json

import numpy as np
import pytest

from engine.activations import Softmax
from engine.errors import DataError, FieldError
from engine.experiment import Experiment, Training
from engine.fields import from_json, to_json
from engine.graph import Graph
from engine.layers.dense import Dense
from engine.probes import Plane
from engine.tasks.base import PARTS
from engine.tasks.plane import FEATURES
from engine.tasks.points import CLOUDS, GATES, Gate, Points
from engine.tasks.table import Table
from engine.trainer import Trainer


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


OWN = ((-0.5, 0.5, 0), (0.5, 0.5, 1), (0.5, -0.5, 2), (-0.5, -0.5, 0))


def test_own_points_are_shared_out_and_each_belongs_to_one_part():
    painted = tuple((i / 50 - 1, -i / 60, i % 3) for i in range(100))
    dataset = Points("own", own=painted, training_share=0.7).load(7)
    assert [len(dataset.part(name)) for name in PARTS] == [70, 30, 30]
    shown = [
        (x, y, label)
        for part in (dataset.training, dataset.validation)
        for (x, y), label in zip(part.inputs.tolist(), part.targets.tolist(), strict=True)
    ]
    np.testing.assert_allclose(sorted(shown), sorted(painted), rtol=1e-6)


def test_one_more_point_moves_few_others_to_another_part():
    painted = tuple((i / 50 - 1, -i / 60, i % 2) for i in range(100))
    before = rows(Points("own", own=painted[:-1]).load(7).training)
    after = rows(Points("own", own=painted).load(7).training)
    assert len(before - after) <= 1


def test_own_points_have_as_many_classes_as_were_painted():
    assert len(Points("own", own=OWN).target.labels) == 3
    assert len(Points("own", own=OWN[:1]).target.labels) == 2
    assert len(Points("own").target.labels) == 2
    assert len(Points("moons", own=OWN).target.labels) == 2


def test_too_few_own_points_are_a_problem_with_a_way_out():
    assert Points("own", own=OWN[:2]).problem is None
    assert Points("moons").problem is None
    task = Points("own", own=OWN[:1])
    assert "Paint at least two points" in str(task.problem)
    with pytest.raises(DataError, match="Paint at least two points"):
        task.load(7)


@pytest.mark.parametrize("point", [(0, 0), (0, 0, 4), (0, 0, 0.5), (11, 0, 1), (0, 0, -1)])
def test_a_point_that_cannot_be_is_refused(point):
    with pytest.raises(FieldError, match="a class from 0 to 3"):
        Points("own", own=(point,))


def test_own_points_survive_the_project_file():
    task = Points("own", own=OWN, features=("sin x1",))
    assert from_json(json.loads(json.dumps(to_json(task))), "task") == task


@pytest.mark.parametrize("task", [Points(count=50), Gate("or"), Points("own", own=OWN)])
def test_features_are_calculated_from_the_coordinates(task):
    crossed = task.but(features=tuple(FEATURES))
    plain, dataset = task.load(7), crossed.load(7)
    assert crossed.input_shape == (7,) and len(crossed.input_names) == 7
    for name in PARTS:
        x1, x2 = plain.part(name).inputs.T
        expected = [x1, x2, x1**2, x2**2, x1 * x2, np.sin(2 * np.pi * x1), np.sin(2 * np.pi * x2)]
        inputs = dataset.part(name).inputs
        assert inputs.dtype == np.float32
        np.testing.assert_allclose(inputs, np.stack(expected, axis=1), atol=1e-5)
    plane = np.array([[0.5, -0.25]], np.float32)
    np.testing.assert_allclose(
        dataset.inputs_at(plane)[0], [0.5, -0.25, 0.25, 0.0625, -0.125, 0, -1], atol=1e-6
    )


def test_a_feature_is_named_once():
    with pytest.raises(FieldError, match="twice"):
        Points(features=("sin x1", "sin x1"))


def test_a_product_lets_one_neuron_learn_xor():
    task = Points("xor", noise=0, features=("x1*x2",))
    experiment = Experiment(
        task, Graph.chain(Dense(2, Softmax())), Training(learning_rate=0.1, epochs=60)
    )
    trainer = Trainer(experiment)
    for _ in trainer.steps():
        pass
    assert trainer.history.table().last()["validation_accuracy"] > 0.97


def test_the_plane_of_a_task_with_features_is_that_of_its_coordinates():
    task = Points("own", own=OWN, features=("x1^2",))
    trainer = Trainer(Experiment(task, Graph.chain(Dense(3, Softmax()))))
    answer = Plane((-1, 1, -2, 2), 5).measure(trainer)
    x1, x2, square = answer["input"]
    assert x1[0].tolist() == [-1, -0.5, 0, 0.5, 1] and x2[:, 0].tolist() == [-2, -1, 0, 1, 2]
    np.testing.assert_allclose(square, x1**2)
    assert answer["output"].shape == (3, 5, 5)


def test_a_slice_holds_the_other_inputs_at_their_mean():
    trainer = Trainer(Experiment(Table(source="iris"), Graph.chain(Dense(3, Softmax()))))
    answer = Plane((0, 1, 2, 3), 4, axes=(3, 1)).measure(trainer)["input"]
    mean = trainer.dataset.training.inputs.mean(axis=0)
    assert answer[3][0].tolist() == pytest.approx([0, 1 / 3, 2 / 3, 1])
    assert answer[1][:, 0].tolist() == pytest.approx([2, 7 / 3, 8 / 3, 3])
    for held in (0, 2):
        np.testing.assert_allclose(answer[held], mean[held], atol=1e-5)
