"""Attention, positional encoding and the blocks of the Transformer."""

from types import SimpleNamespace

import numpy as np
import pytest
from runs import trained
from test_layers import Trial, assert_gradients

from engine.errors import ShapeError
from engine.graph import INPUT, OUTPUT, Graph, Node, infer_shapes, repair
from engine.layers.attention import BLOCK, SAFE, MultiHeadAttention
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.layers.positional_encoding import PositionalEncoding
from engine.layers.transformer import TransformerDecoderBlock, TransformerEncoderBlock
from engine.network import Network
from engine.run import Run
from engine.tasks.traffic import LAST_VALUE
from playground.examples import example

CAUSAL = {
    "attention": MultiHeadAttention(2, causal=True),
    "decoder block": TransformerDecoderBlock(2, 5),
    "decoder block, pre-norm": TransformerDecoderBlock(2, 5, norm_first=True),
}


def by_the_book(layer, p, x, m):
    """Return attention of x to m, sample by sample and head by head, from the formulas."""
    size = p.W_Q.shape[1] // layer.heads
    y = np.zeros_like(x)
    for i in range(len(x)):
        heads = []
        for head in range(layer.heads):
            own = slice(head * size, (head + 1) * size)
            Q, K, V = x[i] @ p.W_Q + p.b_Q, m[i] @ p.W_K, m[i] @ p.W_V + p.b_V
            scores = Q[:, own] @ K[:, own].T / np.sqrt(size)
            if layer.causal:
                scores[np.triu_indices(len(scores), 1)] = -np.inf
            weights = np.exp(scores - scores.max(axis=1, keepdims=True))
            weights /= weights.sum(axis=1, keepdims=True)
            heads.append(weights @ V[:, own])
        y[i] = np.concatenate(heads, axis=1) @ p.W_O + p.b_O
    return y


@pytest.mark.parametrize("factor", [1, 30, 1e4], ids=["usual", "large", "huge"])
@pytest.mark.parametrize(
    "layer", [MultiHeadAttention(2), CAUSAL["attention"], MultiHeadAttention(3, head_size=5)]
)
def test_attention_follows_the_formulas(layer, factor):
    """Scores of any size are taken, where exp alone would overflow or vanish."""
    trial = Trial(layer, shape=(5, 4))
    (x,) = trial.batch()
    x *= factor
    expected = by_the_book(layer, trial.p, x, x)
    np.testing.assert_allclose(trial.forward((x,))[0], expected, rtol=1e-9, atol=1e-9 * factor)


def test_rows_of_very_small_and_very_large_scores_stand_side_by_side():
    """Each row of the softmax is shifted by itself: no sum vanishes beside a huge one."""
    layer = MultiHeadAttention(1, head_size=1)
    one = np.ones((1, 1))
    p = SimpleNamespace(W_Q=one, W_K=one, W_V=one, W_O=one, b_Q=0.0, b_V=0.0, b_O=np.zeros(1))
    x = np.array([[[-400.0], [0.001], [1.0], [400.0]]])
    y, _ = layer.forward(p, (x,), Run(np, np.float64))
    np.testing.assert_allclose(y, by_the_book(layer, p, x, x), rtol=1e-12)
    assert np.abs(x[0] @ x[0].T).max() > SAFE


@pytest.mark.parametrize("layer", [MultiHeadAttention(2), *CAUSAL.values()])
def test_gradients_of_a_sequence_by_itself(layer):
    assert_gradients(Trial(layer, shape=(4, 6)))


@pytest.mark.parametrize("layer", CAUSAL.values(), ids=CAUSAL)
@pytest.mark.parametrize("factor", [1, 1e3], ids=["usual", "huge"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_causal_mask_hides_the_future_to_the_bit(layer, factor, dtype):
    """Even where the new step has scores so large that they must be shifted."""
    trial = Trial(layer, dtype, training=False, shape=(6, 4))
    (x,) = trial.batch()
    before = trial.forward((x,))[0].copy()
    for step in range(1, 6):
        changed = x.copy()
        changed[:, step] = factor * trial.rng.normal(size=changed[:, step].shape)
        after = trial.forward((changed,))[0]
        np.testing.assert_array_equal(after[:, :step], before[:, :step])
        assert (after[:, step] != before[:, step]).any()


def test_without_a_mask_every_step_sees_every_other():
    trial = Trial(MultiHeadAttention(2), shape=(6, 4))
    (x,) = trial.batch()
    before = trial.forward((x,))[0].copy()
    x[:, -1] += 1
    assert (trial.forward((x,))[0] != before).all()


@pytest.mark.parametrize("layer", [MultiHeadAttention(2), TransformerEncoderBlock(2, 5)])
def test_attention_knows_no_order_but_by_the_encoding(layer):
    trial = Trial(layer, training=False, shape=(6, 4))
    batch = trial.batch()
    (x,) = batch if layer.merges else (batch,)
    order = [3, 0, 5, 1, 4, 2]

    def output(sequences):
        return trial.forward((sequences,) if layer.merges else sequences)[0].copy()

    np.testing.assert_allclose(output(x[:, order]), output(x)[:, order], rtol=1e-12, atol=1e-12)
    run, nothing = Run(np, np.float64), SimpleNamespace()
    placed = [
        PositionalEncoding().forward(nothing, part, run)[0].copy() for part in (x, x[:, order])
    ]
    assert not np.allclose(output(placed[1]), output(placed[0])[:, order])


def test_a_memory_may_have_other_steps_and_features():
    layer, shapes = MultiHeadAttention(2), ((5, 4), (3, 7))
    rng = np.random.default_rng(0)
    p = SimpleNamespace(**layer.init(rng, shapes))
    x, m = (rng.normal(size=(2, *shape)) for shape in shapes)
    y, _ = layer.forward(p, (x, m), Run(np, np.float64))
    assert layer.output_shape(shapes) == (5, 4)
    np.testing.assert_allclose(y, by_the_book(layer, p, x, m), atol=1e-12)


def test_a_sequence_that_is_its_own_memory_attends_to_itself():
    trial = Trial(MultiHeadAttention(2), shape=(5, 4))
    (x,) = trial.batch()
    alone = trial.forward((x,))[0].copy()
    np.testing.assert_allclose(trial.forward((x, x))[0], alone, rtol=1e-12, atol=1e-12)


def test_many_samples_are_to_each_what_it_is_alone():
    """A batch whose scores do not fit into the cache is taken block by block."""
    layer, rows = MultiHeadAttention(2, causal=True), 35
    together, alone = Trial(layer, shape=(64, 4)), Trial(layer, shape=(64, 4))
    together.shapes = alone.shapes = ((64, 4), (64,))
    assert rows > 2 * BLOCK // (2 * 64 * 64)
    x, mask = together.batch(rows)
    mask[:, 40:] = 0
    y, backward = together.forward((x, mask))
    dx, _ = backward(x, together.g)
    total = dict.fromkeys(vars(alone.g), 0.0)
    for row in range(rows):
        own = slice(row, row + 1)
        part, backward = alone.forward((x[own], mask[own]))
        np.testing.assert_allclose(part, y[own], atol=1e-12)
        np.testing.assert_allclose(backward(x[own], alone.g)[0], dx[own], atol=1e-12)
        total = {name: total[name] + value for name, value in vars(alone.g).items()}
    for name, value in vars(together.g).items():
        np.testing.assert_allclose(value, total[name], atol=1e-10)


def test_waves_are_those_of_the_paper():
    x = np.zeros((2, 50, 6))
    run = Run(np, np.float64)
    for _ in range(2):
        y, _ = PositionalEncoding().forward(SimpleNamespace(), x, run)
    for t in (0, 1, 17, 49):
        for i in range(3):
            angle = t / 10_000 ** (2 * i / 6)
            np.testing.assert_allclose(y[:, t, 2 * i], np.sin(angle), atol=1e-12)
            np.testing.assert_allclose(y[:, t, 2 * i + 1], np.cos(angle), atol=1e-12)


def test_products_of_waves_tell_the_distance():
    y, _ = PositionalEncoding().forward(
        SimpleNamespace(), np.zeros((1, 20, 8)), Run(np, np.float64)
    )
    products = y[0] @ y[0].T
    for distance in range(20):
        np.testing.assert_allclose(np.ptp(np.diagonal(products, distance)), 0, atol=1e-12)


def encoder_decoder():
    """Return a network in which a decoder reads the input and an encoder's memory of it."""
    return Graph(
        (
            Node(INPUT, Input()),
            Node("positions", PositionalEncoding("learned"), (INPUT,)),
            Node("encoder", TransformerEncoderBlock(2, 5, dropout=0.0), ("positions",)),
            Node("decoder", TransformerDecoderBlock(2, 5, dropout=0.0), ("positions", "encoder")),
            Node("look", MultiHeadAttention(1, causal=True), ("decoder", "encoder")),
            Node("flatten", Flatten(), ("look",)),
            Node(OUTPUT, Dense(1, "identity"), ("flatten",)),
        )
    )


def test_encoder_and_decoder_learn_together():
    network = Network(encoder_decoder(), (5, 4), dtype=np.float64)
    rng = np.random.default_rng(1)
    x, t = rng.normal(size=(3, 5, 4)), rng.normal(size=(3, 1))
    network.loss_and_gradient(x, t)
    gradient = network.gradient.copy()
    for i in range(0, len(gradient), 11):
        before, losses = network.theta[i], []
        for shift in (1e-5, -1e-5):
            network.theta[i] = before + shift
            losses.append(float(network.loss_and_gradient(x, t)))
        network.theta[i] = before
        assert gradient[i] == pytest.approx((losses[0] - losses[1]) / 2e-5, rel=1e-5, abs=1e-8)


def test_dropout_works_in_training_only():
    block = TransformerEncoderBlock(2, 5, dropout=0.5)
    trial = Trial(block, shape=(5, 4))
    x = trial.batch()
    masked = trial.forward(x)[0].copy()
    trial.run.training = False
    plain = trial.forward(x)[0].copy()
    assert not np.allclose(masked, plain)
    without = Trial(block.but(dropout=0.0), shape=(5, 4))
    without.p = trial.p
    np.testing.assert_array_equal(without.forward(x)[0], plain)


@pytest.mark.parametrize(
    "layer",
    [
        MultiHeadAttention(),
        PositionalEncoding(),
        TransformerEncoderBlock(),
        TransformerDecoderBlock(),
    ],
)
def test_a_list_is_no_sequence(layer):
    graph = Graph.chain(layer, Dense(1))
    error = infer_shapes(graph, (16,)).errors[f"{layer.kind}_1"]
    assert f"{layer.label} 1 needs a sequence, but gets one row of 16 numbers." == str(error)
    mended = repair(graph, error.node, error.fixes[0])
    assert not infer_shapes(mended, (16,)).errors


@pytest.mark.parametrize(
    "layer", [MultiHeadAttention(4), TransformerEncoderBlock(4), TransformerDecoderBlock(4)]
)
@pytest.mark.parametrize("features, fitting", [(6, 3), (10, 2), (3, 3), (7, 1)])
def test_heads_that_do_not_fit_are_mended(layer, features, fitting):
    graph = Graph.chain(layer, Flatten(), Dense(1))
    error = infer_shapes(graph, (5, features)).errors[f"{layer.kind}_1"]
    assert f"divides the features among 4 heads, but gets {features} features." in str(error)
    mended = repair(graph, error.node, error.fixes[0])
    assert mended[error.node].layer == layer.but(heads=fitting)
    assert not infer_shapes(mended, (5, features)).errors


def test_heads_of_a_given_size_fit_any_features():
    assert MultiHeadAttention(4, head_size=8).output_shape(((5, 3),)) == (5, 3)


def test_a_causal_mask_needs_sequences_of_one_length():
    layer = MultiHeadAttention(2, causal=True)
    with pytest.raises(ShapeError, match="but they have 5 and 3 steps") as caught:
        layer.output_shape(((5, 4), (3, 4)))
    (fix,) = caught.value.fixes
    assert fix.replace.output_shape(((5, 4), (3, 4))) == (5, 4)


@pytest.mark.parametrize(
    ("layer", "inputs", "sentence"),
    [
        (MultiHeadAttention(2), ((5, 4),) * 3, "at most one memory, but gets 3 sequences"),
        (TransformerDecoderBlock(2), ((5, 4),) * 3, "at most one memory, but gets 3 sequences"),
        (TransformerEncoderBlock(2), ((5, 4),) * 2, "takes one sequence, but gets 2"),
        (MultiHeadAttention(2), ((5, 4), (5,), (5,)), "at most one padding mask, but gets 2"),
        (MultiHeadAttention(2), ((5, 4), (4,)), "one number for each of 5 steps, but gets 4"),
        (TransformerDecoderBlock(2), ((5, 4), (3, 4), (5,)), "each of 3 steps, but gets 5"),
        (MultiHeadAttention(2), ((5,), (5, 4)), "needs a sequence"),
        (MultiHeadAttention(2), ((5, 4), (1, 5, 4)), "needs a sequence"),
    ],
)
def test_other_inputs_are_refused(layer, inputs, sentence):
    with pytest.raises(ShapeError, match=sentence) as caught:
        layer.output_shape(inputs)
    assert caught.value.fixes


def test_a_wire_too_many_is_taken_away():
    graph = Graph(
        (
            Node(INPUT, Input()),
            Node("other", PositionalEncoding(), (INPUT,)),
            Node("block", TransformerEncoderBlock(2), (INPUT, "other")),
            Node(OUTPUT, Flatten(), ("block",)),
        )
    )
    error = infer_shapes(graph, (5, 4)).errors["block"]
    mended = repair(graph, "block", error.fixes[0])
    assert mended.is_chain and "other" not in mended
    assert not infer_shapes(mended, (5, 4)).errors


@pytest.mark.slow
def test_the_transformer_forecasts_better_than_the_last_value():
    trainer = trained(example("vds-transformer"))
    last = trainer.dataset.baselines("test")[LAST_VALUE]["rmse"]
    assert trainer.measure("test")["rmse"] < 0.8 * last
