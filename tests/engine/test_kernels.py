"""Kernels, the layer made of them, and the kernel perceptron."""

from types import SimpleNamespace

import numpy as np
import pytest
from gradients import assert_gradient, numeric_gradient
from runs import assert_same_run, run, trained

from engine import archive
from engine.errors import ShapeError
from engine.experiment import Experiment, Training
from engine.graph import Graph, set_layer
from engine.initializers import Zeros
from engine.kernels import RBF, Polynomial, kernel
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.kernel import KernelFeatures
from engine.optimizers import SGD
from engine.run import Run
from engine.streams import stream
from engine.tasks.points import CORNERS, Gate, Points
from engine.trainer import Trainer
from playground.examples import example

VARIANTS = {
    **{kind: kernel[kind]() for kind in kernel},
    "rbf, narrow": RBF(7.0),
    "polynomial, linear": Polynomial(1, 0.5, 0.0),
    "polynomial, cubic": Polynomial(3, 0.3, 2.0),
}
UNIT = Dense(1, "step", bias=False, initializer=Zeros())
RULE = Training(
    loss="perceptron", optimizer=SGD(), learning_rate=1.0, batch_size=1, epochs=5, seed=3
)
SPIRALS = Points("spirals", noise=0.05, count=100)


@pytest.fixture(params=VARIANTS.values(), ids=VARIANTS)
def function(request):
    return request.param


def matrix(function, x, c):
    return function.forward(x, c, Run(np, np.float64))[0].copy()


def literal(function, x, c):
    """Return k(x, c) as a textbook writes it."""
    if isinstance(function, RBF):
        return np.exp(-function.gamma * ((x - c) ** 2).sum())
    return (function.gamma * x @ c + function.constant) ** function.degree


def test_values_follow_the_formula(function):
    rng = np.random.default_rng(0)
    x, c = rng.normal(size=(4, 3)), rng.normal(size=(5, 3))
    expected = [[literal(function, row, centre) for centre in c] for row in x]
    np.testing.assert_allclose(matrix(function, x, c), expected, rtol=1e-12, atol=1e-12)


def test_gradient_by_the_point(function):
    rng = np.random.default_rng(1)
    x, c, dk = rng.normal(size=(4, 3)), rng.normal(size=(5, 3)), rng.normal(size=(4, 5))
    run = Run(np, np.float64)
    _, backward = function.forward(x, c, run)
    analytic = backward(dk).copy()
    numeric = numeric_gradient(lambda: float((function.forward(x, c, run)[0] * dk).sum()), x)
    assert_gradient(analytic, numeric)


def test_the_matrix_of_any_points_is_symmetric_without_negative_eigenvalues(function):
    x = np.random.default_rng(2).normal(size=(12, 3))
    k = matrix(function, x, x)
    np.testing.assert_allclose(k, k.T, rtol=1e-12)
    eigenvalues = np.linalg.eigvalsh(k)
    assert eigenvalues.min() > -1e-12 * eigenvalues.max()


def adapted(layer, x):
    """Return the parameters of a layer that was shown `x`."""
    drawn = layer.init(np.random.default_rng(0), (x.shape[1:],))
    p = SimpleNamespace(**drawn)
    layer.adapt(p, x, Run(np, np.float64))
    return p


def outputs(layer, p, x):
    return layer.forward(p, x, Run(np, np.float64))[0].copy()


def test_whitened_outputs_have_the_kernel_as_their_inner_product(function):
    rng = np.random.default_rng(4)
    x, new = rng.uniform(-1, 1, (20, 2)), rng.uniform(-1, 1, (7, 2))
    layer = KernelFeatures(function, centres=20)
    p = adapted(layer, x)
    y = outputs(layer, p, x)
    tolerance = 1e-4 * matrix(function, x, x).max()
    np.testing.assert_allclose(y @ y.T, matrix(function, x, x), atol=tolerance)
    np.testing.assert_allclose(
        outputs(layer, p, new) @ y.T, matrix(function, new, x), atol=tolerance
    )


def test_whitened_outputs_come_by_how_much_they_vary():
    x = np.random.default_rng(5).uniform(-1, 1, (30, 2))
    layer = KernelFeatures(centres=30)
    y = outputs(layer, adapted(layer, x), x)
    squares = (y**2).sum(axis=0)
    assert (np.diff(squares) <= 1e-9).all()
    np.testing.assert_allclose(y.T @ y, np.diag(squares), atol=1e-9)


def test_outputs_that_are_not_whitened_are_the_kernels_of_the_centres(function):
    x = np.random.default_rng(6).normal(size=(8, 3))
    layer = KernelFeatures(function, centres=8, whitened=False)
    np.testing.assert_allclose(outputs(layer, adapted(layer, x), x), matrix(function, x, x))


@pytest.mark.parametrize("whitened", [True, False])
def test_outputs_without_a_sample_to_be_their_centre_are_0(whitened):
    x = np.random.default_rng(7).normal(size=(3, 2))
    layer = KernelFeatures(centres=5, whitened=whitened)
    y = outputs(layer, adapted(layer, x), x)
    assert y[:, :3].any(axis=0).all()
    np.testing.assert_array_equal(y[:, 3:], 0)


def test_an_image_is_refused_with_the_offer_to_flatten_it():
    with pytest.raises(ShapeError, match="needs a list, but gets 8×8") as caught:
        KernelFeatures().output_shape(((8, 8),))
    (fix,) = caught.value.fixes
    assert fix.insert == Flatten()


def kernel_perceptron(function, x, t, epochs, seed):
    """Train α as Aizerman et al. do: a mistake at a sample moves its own α by one.

    Return the decisions on `x` after each epoch, and α.
    """
    k, alpha, decisions = matrix(function, x, x), np.zeros(len(x)), []
    for epoch in range(epochs):
        for i in stream(seed, "shuffle", epoch).permutation(len(x)):
            alpha[i] += t[i] - (k[i] @ alpha >= 0)
        decisions.append(k @ alpha >= 0)
    return decisions, alpha


@pytest.mark.parametrize("cloud", ["circles", "spirals", "xor"])
@pytest.mark.parametrize("function", [RBF(5.0), Polynomial(3)], ids=["rbf", "polynomial"])
def test_a_step_unit_on_the_layer_is_the_kernel_perceptron(cloud, function):
    task = Points(cloud, count=100, noise=0.05)
    graph = Graph.chain(KernelFeatures(function, centres=80), UNIT)
    trainer = Trainer(Experiment(task, graph, RULE))
    part, new = trainer.dataset.training, trainer.dataset.validation
    x, t = part.inputs.astype(float), part.targets
    decisions, alpha = kernel_perceptron(function, x, t, RULE.epochs, RULE.seed)
    for epoch in range(RULE.epochs):
        run(trainer, trainer.steps_per_epoch)
        predicted = trainer.network.predict(part.inputs)[:, 0]
        np.testing.assert_array_equal(predicted, decisions[epoch], err_msg=f"epoch {epoch}")
    expected = matrix(function, new.inputs.astype(float), x) @ alpha >= 0
    np.testing.assert_array_equal(trainer.network.predict(new.inputs)[:, 0], expected)


def centres(trainer):
    return trainer.network.parameters()["kernel_1"]["centres"]


class TestCentres:
    EXPERIMENT = Experiment(SPIRALS, Graph.chain(KernelFeatures(centres=30), UNIT), RULE)

    def test_they_are_training_samples_each_at_most_once(self):
        trainer = Trainer(self.EXPERIMENT)
        samples = {tuple(row) for row in trainer.dataset.training.inputs}
        drawn = {tuple(row) for row in centres(trainer)}
        assert len(drawn) == 30
        assert drawn <= samples

    def test_another_seed_draws_others(self):
        other = Trainer(self.EXPERIMENT.but(seed=4))
        assert (centres(other) != centres(Trainer(self.EXPERIMENT))).any()

    def test_of_fewer_samples_all_are_taken(self):
        graph = Graph.chain(KernelFeatures(centres=10), UNIT)
        trainer = trained(Experiment(Gate("xor"), graph, RULE.but(epochs=20)))
        np.testing.assert_array_equal(centres(trainer)[:4], CORNERS)
        assert trainer.measure("training")["accuracy"] == 1

    def test_below_other_layers_they_are_what_those_give(self):
        graph = Graph.chain(Dense(3), KernelFeatures(centres=80), UNIT)
        trainer = Trainer(Experiment(SPIRALS, graph, RULE))
        given = trainer.network.activations(trainer.dataset.training.inputs, ("dense_1",))
        np.testing.assert_allclose(centres(trainer), given["dense_1"], rtol=1e-5, atol=1e-7)

    def test_training_leaves_them_alone(self):
        trainer = Trainer(self.EXPERIMENT)
        before = centres(trainer)
        run(trainer)
        np.testing.assert_array_equal(centres(trainer), before)
        assert trainer.network.parameter_count == 30

    def test_a_project_keeps_them(self, tmp_path):
        straight, half = trained(self.EXPERIMENT), trained(self.EXPERIMENT, 100)
        half.network.theta[half.network.layout["kernel_1"]["centres"][0]] += 1
        moved = centres(half)
        archive.save(tmp_path / "run.nnp", self.EXPERIMENT, half.checkpoint())
        project = archive.load(tmp_path / "run.nnp")
        resumed = Trainer(project.experiment)
        resumed.restore(project.checkpoint)
        np.testing.assert_array_equal(centres(resumed), moved)
        resumed.restore(trained(self.EXPERIMENT, 100).checkpoint())
        run(resumed)
        assert_same_run(straight, resumed)

    def test_other_data_bring_others(self):
        trainer = Trainer(self.EXPERIMENT)
        trainer.apply(self.EXPERIMENT.but(task=SPIRALS.but(draw=1)))
        samples = {tuple(row) for row in trainer.dataset.training.inputs}
        assert {tuple(row) for row in centres(trainer)} <= samples

    def test_another_kernel_is_whitened_anew(self):
        other = KernelFeatures(Polynomial(), centres=30)
        changed = self.EXPERIMENT.but(graph=set_layer(self.EXPERIMENT.graph, "kernel_1", other))
        trainer = Trainer(self.EXPERIMENT)
        trainer.apply(changed)
        np.testing.assert_array_equal(
            trainer.network.parameters()["kernel_1"]["A"],
            Trainer(changed).network.parameters()["kernel_1"]["A"],
        )

    def test_another_learning_rate_leaves_them(self):
        trainer = trained(self.EXPERIMENT, 50)
        before = trainer.network.theta.copy()
        trainer.apply(self.EXPERIMENT.but(learning_rate=0.5))
        np.testing.assert_array_equal(trainer.network.theta, before)


def test_the_example_separates_the_spirals():
    trainer = trained(example("kernel-perceptron"))
    assert trainer.measure("training")["accuracy"] == 1
    assert trainer.measure("validation")["accuracy"] >= 0.95
