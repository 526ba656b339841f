"""Padding masks: what attention does not see."""

from types import SimpleNamespace

import numpy as np
import pytest
from test_attention import by_the_book

from engine.graph import INPUT, OUTPUT, Graph, Node
from engine.layers.attention import MultiHeadAttention
from engine.layers.embedding import Embedding
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.layers.slice import Slice
from engine.layers.transformer import TransformerDecoderBlock, TransformerEncoderBlock
from engine.network import Network
from engine.run import Run

PADDED = {
    "attention": (MultiHeadAttention(2), ((6, 4), (6,))),
    "attention, causal": (MultiHeadAttention(2, causal=True), ((6, 4), (6,))),
    "attention to a memory": (MultiHeadAttention(2), ((5, 4), (6, 3), (6,))),
    "mask before memory": (MultiHeadAttention(2), ((5, 4), (6,), (6, 3))),
    "encoder block": (TransformerEncoderBlock(2, 5), ((6, 4), (6,))),
    "decoder block": (TransformerDecoderBlock(2, 5), ((6, 4), (6,))),
    "decoder block with memory": (TransformerDecoderBlock(2, 5), ((5, 4), (6, 4), (6,))),
}


class Padded:
    """A layer, its inputs, of which the last steps are padding, and the places of mask and keys."""

    def __init__(self, name):
        self.layer, shapes = PADDED[name]
        rng = np.random.default_rng(3)
        self.p = SimpleNamespace(**self.layer.init(rng, shapes))
        self.x = [rng.normal(size=(2, *shape)) for shape in shapes]
        self.mask = next(i for i, shape in enumerate(shapes) if len(shape) == 1)
        self.keys = max(i for i, shape in enumerate(shapes) if len(shape) == 2)
        self.x[self.mask][:] = [[3, 1, 0, 0, 0, 0], [2, 2, -1, 0.5, 0, 0]]

    def forward(self, factor=1.0):
        """Return output and gradients of the inputs, all of which are multiplied by a factor."""
        g = SimpleNamespace(**{name: np.empty_like(value) for name, value in vars(self.p).items()})
        x = tuple(factor * part for part in self.x)
        y, backward = self.layer.forward(self.p, x, Run(np, np.float64))
        return y, backward(np.ones_like(y), g)


@pytest.mark.parametrize("name", PADDED)
@pytest.mark.parametrize("factor", [1, 1e3], ids=["usual", "huge"])
def test_padding_is_seen_by_nobody(name, factor):
    """Other numbers where the mask is 0 change no step but, where they are its own, themselves."""
    trial = Padded(name)
    before, dx = trial.forward(factor)
    hidden = trial.x[trial.mask] == 0
    trial.x[trial.keys][hidden] *= -7
    after, _ = trial.forward(factor)
    same = ~hidden if trial.keys == 0 else np.ones(after.shape[:2], bool)
    np.testing.assert_array_equal(after[same], before[same])
    np.testing.assert_array_equal(dx[trial.mask], 0)
    if trial.keys:
        np.testing.assert_array_equal(dx[trial.keys][hidden], 0)


@pytest.mark.parametrize("name", PADDED)
@pytest.mark.parametrize("factor", [1, 1e3], ids=["usual", "huge"])
def test_a_sample_of_nothing_but_padding_is_finite(name, factor):
    trial = Padded(name)
    trial.x[trial.mask][1] = 0
    y, dx = trial.forward(factor)
    assert all(np.isfinite(part).all() for part in (y, *dx))
    if isinstance(trial.layer, MultiHeadAttention):
        np.testing.assert_array_equal(y[1], 0)


def test_padding_before_the_first_token_gives_zeros_under_a_causal_mask():
    trial = Padded("attention, causal")
    trial.x[trial.mask][:] = [0, 0, 1, 1, 1, 1]
    y, _ = trial.forward()
    np.testing.assert_array_equal(y[:, :2], 0)
    assert (y[:, 2:] != 0).all()


def test_padding_counts_as_if_it_were_not_there():
    trial = Padded("attention")
    y, _ = trial.forward()
    for row, length in ((0, 2), (1, 4)):
        alone = trial.x[0][row : row + 1, :length]
        expected = by_the_book(trial.layer, trial.p, alone, alone)[0]
        np.testing.assert_allclose(y[row, :length], expected, atol=1e-12)


def test_token_numbers_are_their_own_padding_mask():
    tokens, block = Node(INPUT, Input()), TransformerEncoderBlock(2, 5, dropout=0.0)
    graph = Graph(
        (
            tokens,
            Node("words", Embedding(9, 4), (INPUT,)),
            Node("block", block, ("words", INPUT)),
            Node("first", Slice(0, 1), ("block",)),
            Node(OUTPUT, Flatten(), ("first",)),
        )
    )
    network = Network(graph, (5,))
    short, long = np.array([[1.0, 2, 3, 0, 0]]), np.array([[1.0, 2, 3, 4, 0]])
    assert (network.predict(short) != network.predict(long)).all()
    network.loss_and_gradient(short.astype(np.float32), np.zeros((1, 4), np.float32))
    changed = network.parameters(network.gradient)["words"]["W"].any(axis=1)
    assert changed[1:4].all() and not changed[0] and not changed[4:].any()
