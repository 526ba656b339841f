"""Recurrent layers, and what stands around them."""

from functools import partial
from types import SimpleNamespace

import numpy as np
import pytest
from runs import assert_same_run, run, trained
from test_layers import Trial, assert_gradients

from engine.archive import load, save
from engine.errors import ShapeError
from engine.experiment import Experiment, Training
from engine.fields import from_json, to_json
from engine.graph import OUTPUT, Graph, Node, repair
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.embedding import Embedding
from engine.layers.gru import GRU
from engine.layers.input import Input
from engine.layers.lstm import LSTM
from engine.layers.repeat_vector import RepeatVector
from engine.layers.simple_rnn import SimpleRNN
from engine.layers.time_distributed import TimeDistributed
from engine.network import Network
from engine.run import Run
from engine.tasks.points import Points
from engine.tasks.traffic import Traffic
from engine.trainer import Trainer

CELLS = (SimpleRNN, LSTM, GRU, partial(GRU, reset_after=True))


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def by_the_book(layer, p, x, start=None):
    """Return the states (N, time, units) of a sequence read forward, step by step."""
    h, c = np.zeros((2, len(x), layer.units))
    if start is not None:
        h, *cell = np.split(start, start.shape[1] // layer.units, axis=1)
        c = cell[0] if cell else c
    states = []
    for t in range(x.shape[1]):
        blocks = [np.split(part, layer.gates, axis=-1) for part in (p.W, p.U, p.b)]

        def z(gate, state, blocks=blocks, t=t):
            W, U, b = (part[gate] for part in blocks)
            return x[:, t] @ W + state @ U + b

        if isinstance(layer, SimpleRNN):
            h = np.tanh(z(0, h))
        elif isinstance(layer, LSTM):
            c = sigmoid(z(0, h)) * c + sigmoid(z(1, h)) * np.tanh(z(3, h))
            h = sigmoid(z(2, h)) * np.tanh(c)
        else:
            update, reset = sigmoid(z(0, h)), sigmoid(z(1, h))
            if layer.reset_after:
                candidate = z(2, 0 * h) + reset * (h @ np.split(p.U, 3, axis=1)[2] + p.b_U)
            else:
                candidate = z(2, reset * h)
            h = (1 - update) * h + update * np.tanh(candidate)
        states.append(h)
    return np.stack(states, axis=1)


def drawn(layer, shape=(7, 3), seed=3):
    """Return parameters with biases that are not zero, and a batch of four samples."""
    rng = np.random.default_rng(seed)
    p = {
        name: value + rng.normal(0, 0.3, value.shape)
        for name, value in layer.init(rng, (shape,)).items()
    }
    return SimpleNamespace(**p), rng.normal(size=(4, *shape))


def output(layer, p, x, *state):
    if state:
        return layer.forward(p, (x, *state), Run(np, np.float64))[0].copy()
    return layer.forward(p, (x,) if layer.merges else x, Run(np, np.float64))[0].copy()


@pytest.mark.parametrize("cell", CELLS)
def test_every_step_follows_the_formulas(cell):
    layer = cell(5, return_sequences=True)
    p, x = drawn(layer)
    np.testing.assert_allclose(output(layer, p, x), by_the_book(layer, p, x), atol=1e-12)


@pytest.mark.parametrize(("cell", "parts"), [*((cell, 1) for cell in CELLS), (LSTM, 2)])
def test_the_first_step_begins_with_the_state_given(cell, parts):
    layer = cell(5, return_sequences=True)
    p, x = drawn(layer)
    start = np.random.default_rng(4).uniform(-1, 1, (len(x), 5 * parts))
    expected = by_the_book(layer, p, x, start)
    np.testing.assert_allclose(output(layer, p, x, start), expected, atol=1e-12)


@pytest.mark.parametrize("cell", CELLS)
def test_a_sequence_can_be_read_in_two_parts(cell):
    layer = cell(5)
    settings = {"return_state": True} if isinstance(layer, LSTM) else {}
    p, x = drawn(layer)
    between = output(layer.but(**settings), p, x[:, :3])
    rest = output(layer, p, x[:, 3:], between)
    np.testing.assert_array_equal(rest, output(layer, p, x))


@pytest.mark.parametrize("direction", ["forward", "backward", "both"])
def test_an_lstm_gives_its_cell_state_behind_the_hidden_state(direction):
    layer = LSTM(5, return_sequences=True, direction=direction)
    p, x = drawn(layer)
    hidden = output(layer, p, x)
    every = output(layer.but(return_state=True), p, x)
    both = every.reshape(4, 7, -1, 2, 5)
    np.testing.assert_array_equal(both[..., 0, :].reshape(hidden.shape), hidden)
    assert (np.abs(both[..., 0, :]) < np.abs(np.tanh(both[..., 1, :]))).all()
    last = output(layer.but(return_state=True, return_sequences=False), p, x)
    forward, backward = np.split(every, [len(every[0, 0]) // 2], axis=-1)
    ends = {
        "forward": every[:, -1],
        "backward": every[:, 0],
        "both": np.concatenate([forward[:, -1], backward[:, 0]], axis=-1),
    }
    np.testing.assert_array_equal(last, ends[direction])


STATES = [
    (cell(3, return_sequences=every, direction=direction, **more), parts)
    for cell in CELLS
    for direction in ("forward", "backward", "both")
    for every in (False, True)
    for more in ({}, {"return_state": True})[: 2 if cell is LSTM else 1]
    for parts in (1, 2)[: 2 if cell is LSTM else 1]
]


@pytest.mark.parametrize(
    ("layer", "parts"),
    STATES,
    ids=[
        f"{layer.kind}, {layer.direction}, {parts}" + ", every step" * layer.return_sequences
        for layer, parts in STATES
    ],
)
def test_gradients_flow_back_into_the_state(layer, parts):
    trial = Trial(layer, shape=(4, 2))
    trial.shapes = ((4, 2), (parts * 3 * len(layer.sides),))
    assert_gradients(trial)


def encoder_decoder(encoder, decoder):
    """Return a network in which a second layer begins where the first one ends."""
    return Graph(
        (
            Node("input", Input()),
            Node("encoder", encoder, ("input",)),
            Node("decoder", decoder, ("input", "encoder")),
            Node(OUTPUT, Dense(1, "identity"), ("decoder",)),
        )
    )


@pytest.mark.parametrize(
    ("encoder", "decoder"),
    [
        (GRU(3), GRU(3)),
        (LSTM(3, return_state=True), LSTM(3)),
        (LSTM(3), SimpleRNN(3)),
        (GRU(2, direction="both"), LSTM(4)),
        (LSTM(2, direction="both", return_state=True), LSTM(2, direction="both")),
    ],
)
def test_an_encoder_hands_its_state_to_a_decoder(encoder, decoder):
    network = Network(encoder_decoder(encoder, decoder), (6, 2), dtype=np.float64)
    assert_gradient_of(network, np.random.default_rng(1))


def test_a_state_that_does_not_fit_is_refused_and_mended():
    graph = encoder_decoder(GRU(6), LSTM(16))
    experiment = Experiment(Traffic(), graph, Training(loss="mse"))
    error = experiment.shapes().errors["decoder"]
    assert str(error) == "decoder begins with a state of 16 numbers, but gets 6."
    assert [fix.replace.units for fix in error.fixes] == [6, 3]
    for fix in error.fixes:
        assert not experiment.but(graph=repair(graph, "decoder", fix)).shapes().errors


@pytest.mark.parametrize(
    ("states", "reason"),
    [
        (((4, 16),), "begins with a state of 16 numbers, but gets 4×16"),
        (((16,), (16,)), "takes a sequence and at most one state, but gets 3 inputs"),
    ],
)
def test_what_is_no_state_is_refused(states, reason):
    with pytest.raises(ShapeError, match=reason) as caught:
        GRU().output_shape(((4, 2), *states))
    assert caught.value.fixes


def test_projects_from_before_states_still_load():
    known = ("units", "return_sequences", "direction", "initializer", "recurrent_initializer")
    for cell in (SimpleRNN, LSTM, GRU):
        data = to_json(cell(7, return_sequences=True))
        earlier = {name: data[name] for name in ("kind", *known)}
        assert from_json(earlier, "layer") == cell(7, return_sequences=True)


def test_training_goes_on_from_a_file_to_the_same_bits(tmp_path):
    graph = encoder_decoder(LSTM(5, return_state=True, direction="both"), LSTM(10))
    experiment = Experiment(Traffic(), graph, Training(loss="mse", batch_size=512, epochs=2))
    straight, stopped = trained(experiment, 30), trained(experiment, 17)
    save(tmp_path / "run.nnp", experiment, stopped.checkpoint())
    project = load(tmp_path / "run.nnp")
    resumed = Trainer(project.experiment)
    resumed.restore(project.checkpoint)
    run(resumed, 13)
    assert_same_run(resumed, straight)


@pytest.mark.parametrize("cell", CELLS)
def test_the_last_step_is_what_a_single_output_gives(cell):
    layer = cell(5)
    p, x = drawn(layer)
    every = output(layer.but(return_sequences=True), p, x)
    np.testing.assert_array_equal(output(layer, p, x), every[:, -1])


@pytest.mark.parametrize("cell", CELLS)
def test_backward_reads_from_the_end(cell):
    layer = cell(5, return_sequences=True)
    p, x = drawn(layer)
    backward = layer.but(direction="backward")
    reversed_states = output(layer, p, x[:, ::-1])
    np.testing.assert_array_equal(output(backward, p, x), reversed_states[:, ::-1])
    last = output(backward.but(return_sequences=False), p, x)
    np.testing.assert_array_equal(last, reversed_states[:, -1])


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("sequences", [False, True])
def test_both_directions_stand_side_by_side(cell, sequences):
    both = cell(5, return_sequences=sequences, direction="both")
    p, x = drawn(both)
    back = SimpleNamespace(
        **{
            name.removesuffix("_back"): value
            for name, value in vars(p).items()
            if name.endswith("_back")
        }
    )
    forward = output(both.but(direction="forward"), p, x)
    backward = output(both.but(direction="backward"), back, x)
    expected = np.concatenate([forward, backward], axis=-1)
    np.testing.assert_array_equal(output(both, p, x), expected)


def test_an_lstm_remembers_at_first():
    bias = LSTM(3, direction="both").init(np.random.default_rng(0), ((4, 2),))
    for name in ("b", "b_back"):
        np.testing.assert_array_equal(bias[name], [1] * 3 + [0] * 9)


def test_stacked_layers_learn_together():
    """The states of one layer, whose arrays lie with the batch last, are the input of the next."""
    graph = Graph.chain(
        GRU(4, return_sequences=True, direction="both"),
        Dropout(0.0),
        LSTM(3, return_sequences=True),
        TimeDistributed(2),
        SimpleRNN(3),
        Dense(1, "identity"),
    )
    network = Network(graph, (6, 2), dtype=np.float64)
    assert_gradient_of(network, np.random.default_rng(1))


def assert_gradient_of(network, rng):
    """Compare every seventh component of the gradient with a difference."""
    x, t = rng.normal(size=(5, 6, 2)), rng.normal(size=(5, 1))
    network.loss_and_gradient(x, t)
    gradient = network.gradient.copy()
    for i in range(0, len(gradient), 7):
        before, losses = network.theta[i], []
        for shift in (1e-5, -1e-5):
            network.theta[i] = before + shift
            losses.append(float(network.loss_and_gradient(x, t)))
        network.theta[i] = before
        assert gradient[i] == pytest.approx((losses[0] - losses[1]) / 2e-5, rel=1e-5, abs=1e-9)


def test_dense_at_every_step_is_the_same_dense():
    layer = TimeDistributed(4, "softmax")
    p, x = drawn(layer)
    every = output(layer, p, x)
    for t in range(x.shape[1]):
        np.testing.assert_allclose(every[:, t], output(Dense(4, "softmax"), p, x[:, t]))


def test_embedding_is_dense_on_one_hot_words():
    layer = Embedding(6, 3)
    p, _ = drawn(layer, (4,))
    words = np.array([[0, 5, 2, 2], [1, 1, 1, 0]])
    y, backward = layer.forward(p, words.astype(float), Run(np, np.float64))
    one_hot = np.eye(6)[words]
    np.testing.assert_allclose(y, one_hot @ p.W)
    dy = np.random.default_rng(2).normal(size=y.shape)
    g = SimpleNamespace(W=np.full_like(p.W, np.nan))
    backward(dy, g)
    np.testing.assert_allclose(g.W, np.einsum("ntv,ntu->vu", one_hot, dy))


def test_words_outside_of_the_vocabulary_count_as_its_ends():
    layer = Embedding(3, 2)
    p, _ = drawn(layer, (4,))
    y = output(layer, p, np.array([[-4.0, 2, 9e9, np.nan]]))
    np.testing.assert_array_equal(y[0], p.W[[0, 2, 2, 0]])


def test_repeat_gives_the_same_list_at_every_step():
    x = np.arange(6.0).reshape(2, 3)
    y = output(RepeatVector(4), SimpleNamespace(), x)
    assert y.shape == (2, 4, 3)
    assert (y == x[:, None]).all()


@pytest.mark.parametrize("cell", CELLS)
def test_a_list_is_no_sequence(cell):
    with pytest.raises(ShapeError, match="needs a sequence, but gets one row of 16 numbers"):
        cell().output_shape(((16,),))
    with pytest.raises(ShapeError, match="needs a sequence of steps and features, but gets 1×8×8"):
        cell().output_shape(((1, 8, 8),))


@pytest.mark.parametrize("between", [(), (Dropout(),)])
def test_a_missing_sequence_is_mended_where_it_was_lost(between):
    graph = Graph.chain(LSTM(16), *between, LSTM(8), Dense(1, "identity"))
    experiment = Experiment(Traffic(), graph, Training(loss="mse"))
    error = experiment.shapes().errors["lstm_2"]
    assert str(error) == "LSTM 2 needs a sequence, but gets one row of 16 numbers."
    fix = next(fix for fix in error.fixes if str(fix.text) == "Return every step of LSTM 1")
    mended = repair(graph, "lstm_2", fix)
    assert mended["lstm_1"].layer == LSTM(16, return_sequences=True)
    assert not experiment.but(graph=mended).shapes().errors


def test_a_sequence_too_many_is_mended_where_it_comes_from():
    graph = Graph.chain(GRU(16, return_sequences=True), Dense(1, "identity"))
    experiment = Experiment(Traffic(), graph, Training(loss="mse"))
    error = experiment.shapes().errors[OUTPUT]
    assert str(error) == "Output needs a list, but gets 12×16."
    flatten, last = error.fixes
    assert str(last.text) == "Return only the last step of GRU 1"
    for fix in (flatten, last):
        assert not experiment.but(graph=repair(graph, OUTPUT, fix)).shapes().errors


def test_no_repair_is_offered_that_would_not_help():
    graph = Graph.chain(Dense(4), LSTM(8), Dense(2))
    error = Experiment(Points(), graph).shapes().errors["lstm_1"]
    assert not any("step" in str(fix.text) for fix in error.fixes)


def test_an_output_at_every_step_is_refused_where_one_is_wanted():
    graph = Graph.chain(LSTM(4, return_sequences=True), TimeDistributed(1, "identity"))
    experiment = Experiment(Traffic(), graph, Training(loss="mse"))
    error = experiment.shapes().errors[OUTPUT]
    assert str(error) == "VDS wants one answer a sample, Output gives 12×1."


@pytest.mark.parametrize("cell", CELLS)
def test_wide_sequences_are_read_like_narrow_ones(cell):
    layer = cell(40, return_sequences=True)
    trial = Trial(layer, shape=(5, 40))
    x = trial.batch(6)[0]
    np.testing.assert_allclose(
        output(layer, trial.p, x), by_the_book(layer, trial.p, x), atol=1e-12
    )
    dy = trial.rng.normal(size=(6, 5, 40))
    found = []
    for given in (x, x.transpose(1, 2, 0).copy().transpose(2, 0, 1)):
        y, backward = trial.forward((given,))
        (dx,) = backward(dy, trial.g)
        found.append((y.copy(), dx.copy(), *(value.copy() for value in vars(trial.g).values())))
    for c_order, batch_last in zip(*found, strict=True):
        np.testing.assert_array_equal(c_order, batch_last)
