"""Recurrent layers, and what stands around them."""

from types import SimpleNamespace

import numpy as np
import pytest

from engine.errors import ShapeError
from engine.experiment import Experiment, Training
from engine.graph import OUTPUT, Graph, repair
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.embedding import Embedding
from engine.layers.gru import GRU
from engine.layers.lstm import LSTM
from engine.layers.repeat_vector import RepeatVector
from engine.layers.simple_rnn import SimpleRNN
from engine.layers.time_distributed import TimeDistributed
from engine.network import Network
from engine.run import Run
from engine.tasks.points import Points
from engine.tasks.traffic import Traffic

CELLS = (SimpleRNN, LSTM, GRU)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def by_the_book(layer, p, x):
    """Return the states (N, time, units) of a sequence read forward, step by step."""
    h = np.zeros((len(x), layer.units))
    c = np.zeros_like(h)
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
            h = (1 - update) * h + update * np.tanh(z(2, reset * h))
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


def output(layer, p, x):
    return layer.forward(p, x, Run(np, np.float64))[0].copy()


@pytest.mark.parametrize("cell", CELLS)
def test_every_step_follows_the_formulas(cell):
    layer = cell(5, return_sequences=True)
    p, x = drawn(layer)
    np.testing.assert_allclose(output(layer, p, x), by_the_book(layer, p, x), atol=1e-12)


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
    back = SimpleNamespace(W=p.W_back, U=p.U_back, b=p.b_back)
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
    rng = np.random.default_rng(1)
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
