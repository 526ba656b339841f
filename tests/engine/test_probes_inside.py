"""Gates, states and attention, held against their formulas."""

import numpy as np
import pytest

from engine.activations import Softmax
from engine.experiment import Experiment
from engine.graph import INPUT, OUTPUT, Graph, Node
from engine.layers.attention import MultiHeadAttention
from engine.layers.dense import Dense
from engine.layers.embedding import Embedding
from engine.layers.gru import GRU
from engine.layers.input import Input
from engine.layers.layer_norm import LayerNorm
from engine.layers.lstm import LSTM
from engine.layers.simple_rnn import SimpleRNN
from engine.layers.time_distributed import TimeDistributed
from engine.layers.transformer import TransformerDecoderBlock, TransformerEncoderBlock
from engine.losses import MeanSquaredError
from engine.network import Network
from engine.probes import Sample
from engine.probes_inside import (
    Inside,
    LastSteps,
    Tokens,
    TokenSource,
    inside,
    step_gradients,
    token_sources,
)
from engine.tasks.masked_text import MaskedText
from engine.tasks.text import NextToken
from engine.trainer import Trainer
from playground.examples import example

STEPS, FEATURES = 7, 3


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def network(*layers, shape=(STEPS, FEATURES), dtype=np.float64):
    return Network(Graph.chain(*layers), shape, MeanSquaredError(), dtype=dtype, seed=3)


def batch(count=2, shape=(STEPS, FEATURES)):
    return np.random.default_rng(1).normal(size=(count, *shape))


class TestGates:
    def unrolled(self, net, x, blocks):
        """Yield x W + h U + b of every step as blocks, and take back the state after it."""
        p = next(iter(net.parameters().values()))
        h = np.zeros((len(x), p["U"].shape[0]))
        for step in range(x.shape[1]):
            h = yield np.split(x[:, step] @ p["W"] + h @ p["U"] + p["b"], blocks, axis=1)

    def test_an_lstm_shows_its_gates_and_cells(self):
        net, x = network(LSTM(5), Dense(1)), batch()
        found = inside(net, "lstm_1", x)
        c, steps = 0, self.unrolled(net, x, 4)
        z = next(steps)
        for step in range(STEPS):
            f, i, o, candidate = *map(sigmoid, z[:3]), np.tanh(z[3])
            c = f * c + i * candidate
            expected = {
                "forget gate": f,
                "input gate": i,
                "output gate": o,
                "candidate": candidate,
                "cell state": c,
                "hidden state": o * np.tanh(c),
            }
            assert found.keys() == expected.keys()
            for name, values in expected.items():
                np.testing.assert_allclose(found[name][:, step], values)
            if step + 1 < STEPS:
                z = steps.send(expected["hidden state"])

    @pytest.mark.parametrize("after", [False, True])
    def test_a_gru_shows_how_it_mixes_old_and_new(self, after):
        net = network(GRU(5, return_sequences=True, reset_after=after), TimeDistributed(1))
        found = inside(net, "gru_1", batch())
        h = found["hidden state"]
        z, candidate = found["update gate"][:, 1:], found["candidate"][:, 1:]
        np.testing.assert_allclose(h[:, 1:], (1 - z) * h[:, :-1] + z * candidate)
        np.testing.assert_allclose(net.activations(batch(), ("gru_1",))["gru_1"], h)
        assert 0 < found["reset gate"].min() and found["reset gate"].max() < 1

    def test_a_simple_rnn_shows_its_state_in_the_order_of_time(self):
        for direction, last in (("forward", -1), ("backward", 0)):
            net = network(SimpleRNN(4, direction=direction), Dense(1))
            (state,) = inside(net, "simple_rnn_1", batch()).values()
            given = net.activations(batch(), ("simple_rnn_1",))["simple_rnn_1"]
            np.testing.assert_allclose(state[:, last], given)

    def test_two_directions_stand_side_by_side(self):
        net = network(LSTM(4, direction="both", return_sequences=True), TimeDistributed(1))
        found = inside(net, "lstm_1", batch())
        given = net.activations(batch(), ("lstm_1",))["lstm_1"]
        np.testing.assert_allclose(found["hidden state"], given)
        assert found["forget gate"].shape == (2, STEPS, 8)

    def test_many_samples_show_what_each_shows_at_its_last_step(self):
        run = Trainer(example("vds-lstm"))
        day = LastSteps("lstm_1", "test", 10, 14).measure(run)
        one = Inside("lstm_1", Sample("test", 12)).measure(run)
        for name, values in day.items():
            np.testing.assert_allclose(values[2], one[name][-1], atol=1e-6)


class TestAttention:
    def test_weights_are_the_softmax_of_the_scores(self):
        net, x = network(MultiHeadAttention(2, 4), TimeDistributed(1)), batch()
        p = net.parameters()["attention_1"]
        q, k = x @ p["W_Q"] + p["b_Q"], x @ p["W_K"]
        for head in range(2):
            at = slice(4 * head, 4 * head + 4)
            expected = softmax(q[..., at] @ k[..., at].swapaxes(1, 2) / 2)
            found = inside(net, "attention_1", x)["attention"][:, head]
            np.testing.assert_allclose(found, expected)

    @pytest.mark.parametrize("norm_first", [False, True])
    def test_in_a_decoder_later_keys_are_hidden(self, norm_first):
        block = TransformerDecoderBlock(2, 8, norm_first=norm_first)
        net = network(TimeDistributed(6), block, TimeDistributed(1))
        weights = inside(net, "transformer_decoder_1", batch())["attention"]
        later = np.triu(np.ones((STEPS, STEPS), bool), 1)
        assert np.isnan(weights[..., later]).all()
        np.testing.assert_allclose(np.nansum(weights, axis=-1), 1)
        assert weights.shape == (2, 2, STEPS, STEPS)

    def test_padding_is_hidden_and_the_memory_has_a_map_of_its_own(self):
        run = Trainer(example("seq2seq-transformer"))
        sample = Sample("validation", 3)
        found = Inside("decoder_1", sample).measure(run)
        question, answer = run.dataset.question_steps, run.dataset.target.steps
        assert found["attention"].shape[1:] == (answer, answer)
        assert found["cross"].shape[1:] == (answer, question)
        padding = sample.inputs(run)[0, :question] == 0
        assert padding.any() and (np.isnan(found["cross"]) == padding).all()

    def test_looking_inside_changes_nothing(self):
        net, x = network(TimeDistributed(6), TransformerEncoderBlock(2, 8)), batch()
        before = net.predict(x)
        theta = net.theta.copy()
        inside(net, "output", x)
        assert np.array_equal(net.predict(x), before) and np.array_equal(net.theta, theta)


def test_a_layer_without_an_inside_shows_nothing():
    net = network(LayerNorm(), TimeDistributed(1))
    assert inside(net, "layer_norm_1", batch()) == {}


class TestTokens:
    def test_steps_behind_an_embedding_stand_for_its_tokens(self):
        run = Trainer(example("seq2seq-transformer"))
        found = Tokens("decoder_1", Sample("validation", 2)).measure(run)
        row, asked = Sample("validation", 2).inputs(run)[0], run.dataset.question_steps
        assert np.array_equal(found["queries"], row[asked:])
        assert np.array_equal(found["keys"], row[:asked])

    def test_measured_steps_stand_for_no_tokens(self):
        run = Trainer(example("vds-transformer"))
        assert Tokens("transformer_encoder_1").measure(run) == {}

    def test_a_mask_is_no_sequence(self):
        experiment = example("bert-mlm")
        shapes = experiment.shapes().shapes
        assert isinstance(experiment.task, MaskedText)
        sources = token_sources(experiment.graph, "transformer_encoder_2", shapes)
        assert sources == {"queries": TokenSource(INPUT)}

    def test_steps_that_were_cut_from_a_sequence_stand_for_the_tokens_that_are_left(self):
        run = Trainer(example("seq2seq-attention"))
        row, asked = Sample().inputs(run)[0], run.dataset.question_steps
        found = Tokens("attention").measure(run)
        assert np.array_equal(found["queries"], row[asked:])
        assert np.array_equal(found["keys"], row[:asked])
        assert np.array_equal(Tokens("encoder").measure(run)["queries"], row[:asked])
        assert TokenSource(INPUT, (slice(1, None), slice(0, 2))).of(np.arange(5)).tolist() == [1, 2]


@pytest.mark.parametrize(
    "layer", [SimpleRNN(4), LSTM(4), GRU(4), GRU(4, reset_after=True), LSTM(4, direction="both")]
)
def test_gradients_by_step_are_those_of_the_sums(layer):
    """The biases are in every sum, so the gradients of all steps add up to that of the biases."""
    net = network(layer, Dense(1), shape=(1, FEATURES))
    x, t = batch(1, (1, FEATURES)), np.ones((1, 1))
    net.loss_and_gradient(x, t)
    name = net.graph.nodes[1].name
    found = net.parameters(net.gradient)[name]
    if getattr(layer, "reset_after", False):
        found["b"] = np.concatenate([found["b"], found["b_U"]])
    sizes = [np.linalg.norm(found["b" + side]) for side in layer.sides]
    np.testing.assert_allclose(step_gradients(net, name, 1), [max(sizes)])


def test_gradients_vanish_through_time_and_are_those_of_single_samples():
    net = network(SimpleRNN(6), Dense(1), shape=(40, FEATURES))
    p = net.op("simple_rnn_1").p
    p.U *= 0.5
    x, t = batch(8, (40, FEATURES)), np.ones((8, 1))
    net.loss_and_gradient(x, t)
    sizes = step_gradients(net, "simple_rnn_1", 8)
    assert sizes.shape == (40,) and sizes[0] < 1e-8 < 1e-3 < sizes[-1]
    alone = []
    for row in range(8):
        net.loss_and_gradient(x[row : row + 1], t[row : row + 1])
        alone.append(step_gradients(net, "simple_rnn_1", 1))
    np.testing.assert_allclose(sizes, np.mean(alone, axis=0))


def test_a_node_that_is_gone_has_no_answer():
    task = NextToken("prose-en", vocabulary=48, context=8)
    graph = Graph.chain(Embedding(48, 8), TimeDistributed(48, Softmax()))
    run = Trainer(Experiment(task, graph))
    for probe in (Inside("lstm_9"), LastSteps("lstm_9"), Tokens("lstm_9"), Inside(INPUT)):
        assert probe.measure(run) == {}
    assert isinstance(graph[OUTPUT], Node) and isinstance(graph[INPUT].layer, Input)
