"""The same code on every device, and the way between host and device."""

from types import SimpleNamespace

import devices
import numpy as np
import pytest
from runs import HARD, REGRESSION, history, run
from test_layers import CASES, Trial, parts_of

import engine.activations
import engine.trainer
from engine.graph import Graph
from engine.layers.conv2d import Conv2d
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.losses import CategoricalCrossEntropy, loss
from engine.network import Network
from engine.optimizers import LBFGS, optimizer
from engine.penalties import penalty
from engine.probes import Confusion, Gradients, Parameters, Plane, Predictions, Sample
from engine.run import Run
from engine.trainer import Trainer


@pytest.fixture(params=["apart", "cuda"])
def device(request, monkeypatch):
    if request.param == "cuda":
        return devices.cuda()
    given = engine.activations.special

    def special(xp):
        return given(xp) if xp is np else devices.SPECIAL

    monkeypatch.setattr(engine.activations, "special", special)
    return devices.APART


@pytest.fixture
def trainer_on(device, monkeypatch):
    """Return a function that begins a run on the device, or on the host."""
    given = engine.trainer.backend
    monkeypatch.setattr(
        engine.trainer, "backend", lambda name: device if name == "device" else given(name)
    )
    return lambda experiment, where="device": Trainer(experiment, where)


def passes(trial, device, x):
    """Run forward and back on a device; return output and gradients on the host."""
    to_device = device.to_device
    given_run = Run(device.xp, trial.dtype)
    given_run.training, given_run.rng = trial.training, np.random.default_rng(5)
    p = SimpleNamespace(**{name: to_device(value) for name, value in vars(trial.p).items()})
    g = SimpleNamespace(**{name: to_device(value * 0) for name, value in vars(p).items()})
    parts = tuple(map(to_device, parts_of(x)))
    y, backward = trial.layer.forward(p, parts if trial.layer.merges else parts[0], given_run)
    dx = backward(to_device(np.cos(np.arange(y.size, dtype=trial.dtype)).reshape(y.shape)), g)
    found = (y, *parts_of(dx), *vars(g).values())
    return [None if array is None else device.to_host(array) for array in found]


@pytest.mark.parametrize("training", [True, False], ids=["training", "prediction"])
@pytest.mark.parametrize("layer", CASES.values(), ids=CASES)
def test_layers_agree_with_the_host(layer, training, device):
    trial = Trial(layer, np.float32, training)
    x = trial.batch()
    host = engine.trainer.backend("cpu")
    for ours, theirs in zip(passes(trial, device, x), passes(trial, host, x), strict=True):
        if ours is not None:
            np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("kind", list(loss))
def test_losses_agree_with_the_host(kind, device):
    rng = np.random.default_rng(0)
    z, t = rng.normal(size=(6, 3)).astype("f4"), np.eye(3, dtype="f4")[rng.integers(0, 3, 6)]
    weights = (rng.uniform(size=6).astype("f4"),) if loss[kind].weighs else ()
    values = []
    for where in (device, engine.trainer.backend("cpu")):
        given = [where.to_device(array) for array in (z, t)]
        more = [where.to_device(array) for array in weights]
        value, backward = loss[kind]().forward(*given, Run(where.xp, np.float32), *more)
        values.append((float(value), where.to_host(backward())))
    assert values[0][0] == pytest.approx(values[1][0], rel=1e-5)
    np.testing.assert_allclose(values[0][1], values[1][1], rtol=1e-4, atol=1e-6)


IMAGES = Graph.chain(Conv2d(3, 3), Flatten(), Dense(3, "softmax"))

SETTINGS = {
    **{kind: {"optimizer": kind} for kind in optimizer},
    **{f"penalty {kind}": {"penalty": kind} for kind in penalty},
    "clipping": {"clip_norm": 0.1, "clip_value": 0.05},
    "max norm": {"max_norm": 0.5},
    "all in one batch": {"batch_size": 0},
    "L-BFGS with clipping": {"optimizer": LBFGS(3), "max_norm": 1.0},
}


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
@pytest.mark.parametrize("experiment", [HARD, REGRESSION], ids=["classes", "numbers"])
def test_a_hundred_updates_agree_with_the_host(experiment, settings, trainer_on):
    changed = experiment.but(**{"epochs": 30, **settings})
    ours, theirs = trainer_on(changed), trainer_on(changed, "cpu")
    for trainer in (ours, theirs):
        run(trainer, 100)
    found, expected = history(ours), history(theirs)
    assert found.keys() == expected.keys()
    for name in found:
        np.testing.assert_allclose(found[name], expected[name], rtol=1e-3, atol=1e-4)
    for node, arrays in theirs.network.parameters().items():
        for name, values in arrays.items():
            np.testing.assert_allclose(
                ours.network.parameters()[node][name], values, rtol=1e-3, atol=1e-4
            )


def test_a_run_moves_from_one_device_to_another(trainer_on):
    there, here = trainer_on(HARD), trainer_on(HARD, "cpu")
    run(there, 20)
    here.restore(there.checkpoint())
    for trainer in (there, here):
        run(trainer, 20)
    np.testing.assert_allclose(
        there.device.to_host(there.network.theta), here.network.theta, rtol=1e-3, atol=1e-4
    )


@pytest.mark.parametrize(
    "probe",
    [
        Plane((-1, 1, -1, 1), 9),
        Parameters(),
        Gradients(),
        Sample(),
        Predictions(),
        Confusion(),
    ],
    ids=lambda probe: type(probe).__name__,
)
def test_what_views_see_lies_on_the_host(probe, trainer_on):
    trainer = trainer_on(HARD)
    run(trainer, 3)
    answer = probe.measure(trainer)
    values = [answer] if not isinstance(answer, dict) else list(answer.values())
    arrays = [a for v in values for a in (v.values() if isinstance(v, dict) else [v])]
    assert arrays and all(type(array) is np.ndarray for array in arrays)


def test_images_are_predicted_alike(device):
    x = np.random.default_rng(0).normal(size=(5, 2, 6, 6)).astype("f4")
    networks = [
        Network(IMAGES, (2, 6, 6), CategoricalCrossEntropy(), device=where)
        for where in (device, engine.trainer.backend("cpu"))
    ]
    ours, theirs = (n.predict(n.device.to_device(x)) for n in networks)
    np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-6)


def test_no_array_of_the_host_slips_through():
    """The device that stands apart is as strict as CuPy."""
    x = devices.APART.to_device(np.ones(3))
    for mixed in (
        lambda: x + np.ones(3),
        lambda: np.ones(3) * x,
        lambda: np.asarray(x),
        lambda: devices.APART.xp.dot(x, np.ones(3)),
        lambda: x[np.array([0, 1])],
        lambda: x.dot(np.ones(3)),
    ):
        with pytest.raises(TypeError):
            mixed()
