"""Networks drawn from the registry of layers keep what every network must keep.

A layer that is a new file takes part without a change here.
"""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from random_graphs import Watch, learned, networks, smooth

from engine.archive import load, save
from engine.checkpoint import Checkpoint
from engine.experiment import Experiment
from engine.graph import INPUT, OUTPUT, infer_shapes
from engine.graph_json import graph_from_json, graph_to_json
from engine.graph_modes import bypass
from engine.layers import layer
from engine.losses import Loss, MeanSquaredError
from engine.network import Network
from engine.tasks import task
from engine.transfer import adopt

KINDS = [kind for kind in layer if kind != INPUT and not layer[kind].borrows]

TOLERANCE = 1e-6

STEPS = (1e-3, 1e-4, 1e-5, 1e-6)
"""Steps to take differences with: a gradient that is wrong agrees with none of them, while strong
curvature, or a change of place of the largest value in a window, spoils the larger ones."""


def drawn(examples):
    """Return settings for so many examples, the same ones in every run."""
    return settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )


def loss_of(network, x, t):
    """Return the loss in training with the same random numbers every time."""
    for node, rng in network.streams().items():
        rng.bit_generator.state = np.random.PCG64(len(node)).state
    return float(network.loss_and_gradient(x, t))


def assume_moderate(network, x):
    """Pass over networks whose values explode, as products of products do."""
    values = network.activations(x, tuple(network.shapes)).values()
    assume(all(np.abs(value).max() < 1e3 for value in values))


def slope(network, x, t, direction, h):
    """Return the derivative of the loss along a direction, with an error of order h⁴."""
    theta, values = network.theta.copy(), {}
    for k in (-2, -1, 1, 2):
        network.theta[:] = theta + k * h * direction
        values[k] = loss_of(network, x, t)
    network.theta[:] = theta
    return (8 * (values[1] - values[-1]) - (values[2] - values[-2])) / (12 * h)


def assert_slope(network, x, t, direction, what):
    """Compare the gradient along a direction with differences."""
    direction = direction / np.linalg.norm(direction)
    value = loss_of(network, x, t)
    expected = float(network.gradient @ direction)
    tried = []
    for h in STEPS:
        found = slope(network, x, t, direction, h)
        rounding = 100 * np.finfo(float).eps * max(1.0, abs(value)) / h
        tried.append(found)
        if abs(found - expected) < TOLERANCE * max(abs(found), abs(expected)) + rounding:
            return
    pytest.fail(f"{what}: the gradient has {expected}, differences have {tried}")


@drawn(60)
@given(networks())
def test_shapes_are_those_of_forward(case):
    watch = Watch(case.graph)
    network = case.network(np.float32, graph=watch.graph)
    for rows in (1, 3):
        x = case.batch(rows, np.float32)
        for run in (
            lambda x: network.loss_and_gradient(x, case.targets(network, len(x))),
            network.predict,
        ):
            watch.outputs.clear()
            run(x)
            assert watch.outputs.keys() == network.shapes.keys() - {INPUT}
            for name, seen in watch.outputs.items():
                assert seen.array.shape == (rows, *network.shapes[name])
                assert seen.array.dtype == np.float32


@pytest.mark.parametrize("kind", KINDS)
@drawn(6)
@given(st.data())
def test_gradient_is_that_of_differences(kind, data):
    case = data.draw(networks(kind))
    network = case.network(graph=smooth(case.graph))
    x = case.batch(3)
    t = case.targets(network, 3)
    assume_moderate(network, x)
    rng = case.rng(4)
    blocks = learned(network)
    rng.shuffle(blocks)
    everything = np.zeros_like(network.theta)
    for _, place in blocks:
        everything[place] = rng.normal(size=place.stop - place.start)
    assume(blocks)
    assert_slope(network, x, t, everything, "all parameters")
    for name, place in blocks[:5]:
        direction = np.zeros_like(network.theta)
        direction[place] = everything[place]
        assert_slope(network, x, t, direction, name)


def bypassed_some(case, data):
    """Return the case with some of its nodes bypassed, and their names; the shapes fit."""
    names = data.draw(st.sets(st.sampled_from([node.name for node in case.graph.nodes[1:]])))
    names -= {OUTPUT}
    graph = bypass(case.graph, names)
    assume(names and not infer_shapes(graph, case.shape).errors)
    return replace(case, graph=graph), names


@drawn(25)
@given(networks(), st.data())
def test_bypassed_nodes_have_no_part(case, data):
    """The gradient is that of differences, and what rests changes neither loss nor prediction."""
    case, names = bypassed_some(replace(case, graph=smooth(case.graph)), data)
    network = case.network()
    x = case.batch(3)
    t = case.targets(network, 3)
    assume_moderate(network, x)
    learning = [place for name, place in learned(network) if name.split(".")[0] not in names]
    assume(learning)
    direction = np.zeros_like(network.theta)
    for place in learning:
        direction[place] = case.rng(4).normal(size=place.stop - place.start)
    assert_slope(network, x, t, direction, "all parameters")
    assert not any(network.gradient[place].any() for place in network.resting)
    first, second = case.network(), case.network()
    for place in second.resting:
        second.theta[place] += 1
    assert loss_of(first, x, t) == loss_of(second, x, t)
    assert first.predict(x).tobytes() == second.predict(x).tobytes()


@drawn(25)
@given(networks(), st.data())
def test_a_node_that_is_bypassed_and_back_computes_the_same_bits(case, data):
    past, _ = bypassed_some(case, data)
    before, between = case.network(np.float32), past.network(np.float32)
    assume(between.layout == before.layout)
    adopt(before, between)
    after = Network(case.graph, case.shape, seed=case.seed % 2**31)
    adopt(between, after)
    assert after.theta.tobytes() == before.theta.tobytes()
    x = case.batch(3, np.float32)
    assert after.predict(x).tobytes() == before.predict(x).tobytes()


@drawn(40)
@given(networks())
def test_gradient_is_finite_in_single_precision(case):
    network = case.network(np.float32)
    x = case.batch(3, np.float32)
    assume_moderate(network, x)
    network.gradient[:] = np.nan
    assert np.isfinite(loss_of(network, x, case.targets(network, 3)))
    assert np.isfinite(network.gradient).all()


@drawn(40)
@given(networks())
def test_files_keep_graph_and_parameters_to_the_bit(case):
    assert graph_from_json(json.loads(json.dumps(graph_to_json(case.graph)))) == case.graph
    network = case.network(np.float32)
    table = np.zeros((0, 2))
    arrays = {"theta": network.theta, "history": table, "batches": table}
    experiment = Experiment(task.values()[0](), case.graph)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "run.nnp"
        save(path, experiment, Checkpoint(arrays, {"step": 1}))
        project = load(path)
    assert project.experiment == experiment
    assert project.checkpoint.arrays["theta"].tobytes() == network.theta.tobytes()
    read = Network(project.experiment.graph, case.shape)
    read.theta[:] = project.checkpoint.arrays["theta"]
    x = case.batch(3, np.float32)
    assert read.predict(x).tobytes() == network.predict(x).tobytes()


@drawn(40)
@given(networks())
def test_predictions_do_not_depend_on_earlier_batches(case):
    network = case.network(np.float32)
    x, other = case.batch(3, np.float32), case.batch(1, np.float32, use=5)
    first, single = network.predict(x), network.predict(other)
    network.predict(case.batch(3, np.float32, use=6))
    assert network.predict(x).tobytes() == first.tobytes()
    assert network.predict(other).tobytes() == single.tobytes()
    fresh = case.network(np.float32)
    assert fresh.predict(other).tobytes() == single.tobytes()
    assert fresh.predict(x).tobytes() == first.tobytes()


@dataclass(frozen=True)
class Interrupted(Loss):
    """Mean squared error that looks at predictions between forward and backward."""

    look: object = None

    def forward(self, z, t, run):
        value, backward = MeanSquaredError().forward(z, t, run)

        def interrupted():
            self.look()
            return backward()

        return value, interrupted


@drawn(40)
@given(networks())
def test_predicting_between_forward_and_backward_leaves_the_gradient(case):
    network = case.network(np.float32)
    x = case.batch(3, np.float32)
    t = case.targets(network, 3)
    loss_of(network, x, t)
    alone = network.gradient.copy()

    def look():
        other = case.batch(3, np.float32, use=5)
        network.predict(other)
        network.predict(other[:1])
        network.activations(other, tuple(network.shapes))

    network.loss = Interrupted(look)
    loss_of(network, x, t)
    assert network.gradient.tobytes() == alone.tobytes()


@pytest.mark.parametrize("kind", KINDS)
@drawn(4)
@given(st.data())
def test_nobody_writes_into_what_others_read(kind, data):
    case = data.draw(networks(kind))
    watch = Watch(case.graph)
    network = case.network(np.float32, graph=watch.graph)
    x = case.batch(3, np.float32)
    before = x.copy()
    network.loss_and_gradient(x, case.targets(network, 3))
    watch.assert_unchanged()
    network.predict(x)
    watch.assert_unchanged()
    np.testing.assert_array_equal(x, before)


@drawn(25)
@given(networks(), networks())
def test_networks_share_no_memory(first, second):
    """What one network gave stays when another runs, be it of the same graph or of another."""
    watch = Watch(first.graph)
    network = first.network(np.float32, graph=watch.graph)
    network.loss_and_gradient(first.batch(3, np.float32), first.targets(network, 3))
    for case in (replace(first, seed=first.seed ^ 1), second):
        trained(case)
        watch.assert_unchanged()


@drawn(15)
@given(networks(), networks())
def test_networks_train_side_by_side_as_alone(first, second):
    cases = (first, replace(first, seed=first.seed ^ 1), second)
    alone = [trained(case) for case in cases]
    start = threading.Barrier(len(cases))

    def work(case):
        start.wait()
        return trained(case)

    with ThreadPoolExecutor(len(cases)) as pool:
        assert list(pool.map(work, cases)) == alone


def trained(case):
    """Return the bits of the parameters and predictions after some steps."""
    network = case.network(np.float32)
    x = case.batch(3, np.float32)
    t = case.targets(network, 3)
    for _ in range(3):
        network.loss_and_gradient(x, t)
        network.theta -= np.float32(0.01) * np.clip(network.gradient, -1, 1)
    return network.theta.tobytes(), network.predict(x).tobytes()
