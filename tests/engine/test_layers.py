"""What every layer must keep; a layer that is a new file is tested without a change here."""

from types import SimpleNamespace

import numpy as np
import pytest
from gradients import assert_gradient, numeric_gradient, smooth_points

from engine.activations import activation
from engine.errors import ShapeError
from engine.initializers import Zeros
from engine.layers import layer
from engine.layers.activation import Activate
from engine.layers.attention import MultiHeadAttention
from engine.layers.batch_norm import BatchNorm
from engine.layers.conv1d import AveragePool1d, Conv1d, MaxPool1d
from engine.layers.conv2d import Conv2d
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.layers.embedding import Embedding
from engine.layers.flatten import Flatten
from engine.layers.gru import GRU
from engine.layers.hard_concrete import HardConcrete
from engine.layers.input import Input
from engine.layers.kernel import KernelFeatures
from engine.layers.layer_norm import LayerNorm
from engine.layers.lstm import LSTM
from engine.layers.pool2d import AveragePool2d, MaxPool2d
from engine.layers.positional_encoding import PositionalEncoding
from engine.layers.products import Products
from engine.layers.repeat_vector import RepeatVector
from engine.layers.reshape import Reshape
from engine.layers.simple_rnn import SimpleRNN
from engine.layers.slice import Slice
from engine.layers.time_distributed import TimeDistributed
from engine.layers.transformer import TransformerDecoderBlock, TransformerEncoderBlock
from engine.layers.upsample import Upsample
from engine.parametrizations import parametrization
from engine.run import Run

ROWS = 3
SHAPES = ((5,), (4, 3), (4, 8), (2, 6, 5))
"""Shapes of a sample to try a layer with: a list, sequences, images."""

CASES = {
    **{cls.kind: cls() for cls in layer.values() if cls is not Input},
    **{f"dense, {kind}": Dense(3, kind) for kind in activation},
    **{
        f"{kind}, {made} weights": layer[kind](weights=made)
        for kind in ("dense", "time_distributed", "conv2d", "conv1d", "attention")
        for made in parametrization
    },
    "dense, lora weights, no bias": Dense(3, bias=False, weights="lora"),
    "dense, no bias": Dense(3, bias=False),
    "dense, one unit": Dense(1),
    "dense, as wide as its input": Dense(5),
    "dropout, most": Dropout(rate=0.9),
    "dropout, none": Dropout(rate=0.0),
    **{f"conv2d, {kind}": Conv2d(3, activation=kind) for kind in activation},
    "conv2d, no bias": Conv2d(2, bias=False, activation="tanh"),
    "conv2d, one place": Conv2d(2, 1, activation="tanh"),
    "conv2d, one place in two": Conv2d(2, 1, stride=2, activation="tanh"),
    "conv2d, stride": Conv2d(2, 3, stride=2, activation="tanh"),
    "conv2d, same": Conv2d(2, 4, padding="same", activation="tanh"),
    "conv2d, same with stride": Conv2d(2, 3, stride=2, padding="same", activation="tanh"),
    "conv2d, padded": Conv2d(2, 3, padding="2", activation="tanh"),
    "conv2d, dilated": Conv2d(2, 2, dilation=2, padding="1", activation="tanh"),
    "conv2d, dilated with stride": Conv2d(2, 2, dilation=3, stride=2, activation="tanh"),
    "max_pool2d, overlapping": MaxPool2d(3, 2),
    "max_pool2d, with gaps": MaxPool2d(2, 3),
    "max_pool2d, one place": MaxPool2d(1, 1),
    "max_pool2d, same": MaxPool2d(3, 2, "same"),
    "max_pool2d, padded, with gaps": MaxPool2d(2, 3, "1"),
    "average_pool2d, same": AveragePool2d(3, 2, "same"),
    "average_pool2d, overlapping": AveragePool2d(3, 1),
    "average_pool2d, with gaps": AveragePool2d(2, 3),
    "batch_norm, short memory": BatchNorm(0.1, 0.01),
    "layer_norm, large ε": LayerNorm(0.1),
    "products, without inputs": Products(3, originals=False),
    "kernel, polynomial": KernelFeatures("polynomial", 7),
    "hard_concrete, half open": HardConcrete(keep=0.5),
    **{f"conv1d, {kind}": Conv1d(3, activation=kind) for kind in activation},
    "conv1d, causal": Conv1d(2, 3, padding="causal", activation="tanh"),
    "conv1d, causal and dilated": Conv1d(2, dilation=2, padding="causal", activation="tanh"),
    "conv1d, same": Conv1d(2, 2, padding="same", activation="tanh"),
    "conv1d, stride": Conv1d(2, 2, stride=2, padding="1", activation="tanh"),
    "max_pool1d, overlapping": MaxPool1d(2, 1),
    "max_pool1d, padded": MaxPool1d(3, 1, "1"),
    "average_pool1d, same": AveragePool1d(3, 1, "same"),
    "average_pool1d, overlapping": AveragePool1d(3, 1),
    "upsample, threefold": Upsample(3),
    "reshape, to an image": Reshape((1, -1, 2)),
    **{
        f"{cls.kind}, {direction}{', every step' if sequences else ''}": cls(
            3, return_sequences=sequences, direction=direction
        )
        for cls in (SimpleRNN, LSTM, GRU)
        for direction in ("forward", "backward", "both")
        for sequences in (False, True)
    },
    "lstm, with its cell state": LSTM(3, return_state=True),
    "gru, reset after the product": GRU(3, direction="both", reset_after=True),
    **{f"time_distributed, {kind}": TimeDistributed(3, kind) for kind in activation},
    "time_distributed, no bias": TimeDistributed(2, bias=False),
    "embedding, few words": Embedding(2, 3),
    "repeat_vector, once": RepeatVector(1),
    "slice, to the end": Slice(2, 0),
    "attention, one head": MultiHeadAttention(1),
    "attention, small heads": MultiHeadAttention(2, head_size=1),
    "attention, causal": MultiHeadAttention(1, causal=True),
    "attention, no bias": MultiHeadAttention(3, bias=False),
    "positional_encoding, learned": PositionalEncoding("learned"),
    "transformer_encoder, pre-norm": TransformerEncoderBlock(1, 3, "tanh", norm_first=True),
    "transformer_decoder, pre-norm": TransformerDecoderBlock(1, 3, "tanh", norm_first=True),
    "transformer_decoder, no dropout": TransformerDecoderBlock(3, 3, "tanh", dropout=0.0),
}


@pytest.fixture(params=CASES.values(), ids=CASES)
def case(request):
    return request.param


class Trial:
    """A layer with parameters, inputs that fit, and passes that can be repeated."""

    def __init__(self, layer, dtype=np.float64, training=True, shape=None):
        self.layer, self.dtype, self.training = layer, dtype, training
        self.rng = np.random.default_rng(11)
        self.shapes = inputs_for(layer) if shape is None else (shape,)
        drawn = {**layer.init(self.rng, self.shapes), **lent(layer, self.shapes, self.rng)}
        # Biases begin at zero; moved away, a fault in their gradient shows.
        self.p = SimpleNamespace(
            **{
                name: (value + self.rng.normal(0, 0.1, value.shape)).astype(dtype)
                for name, value in drawn.items()
            }
        )
        self.g = SimpleNamespace(
            **{name: np.full_like(value, np.nan) for name, value in vars(self.p).items()}
        )
        self.run = Run(np, dtype)
        self.run.training = training

    def batch(self, rows=ROWS):
        parts = tuple(
            smooth_points(self.rng, (rows, *shape)).astype(self.dtype) for shape in self.shapes
        )
        return parts if self.layer.merges else parts[0]

    def forward(self, x):
        """Run forward with the same random numbers every time."""
        self.run.rng = np.random.default_rng(5)
        return self.layer.forward(self.p, x, self.run)


def lent(layer, shapes, rng):
    """Return what a layer borrows, from a lender of the right sizes."""
    if not layer.borrows:
        return {}
    lender = Embedding(layer.units, shapes[0][-1])
    drawn = lender.init(rng, ((4,),))
    return {name: drawn[own] for name, own in layer.borrowed(lender, shapes).items()}


def inputs_for(layer):
    """Return the first shapes that the layer takes: two alike, a sequence and a mask, or one."""
    for shape in SHAPES:
        for inputs in ((shape, shape), (shape, shape[:1]), (shape,))[0 if layer.merges else 2 :]:
            try:
                layer.output_shape(inputs)
            except ShapeError:
                continue
            return inputs
    raise AssertionError(f"{layer.kind} takes none of {SHAPES}")


def parts_of(x):
    return x if isinstance(x, tuple) else (x,)


def test_output_shape_is_what_forward_gives(case):
    trial = Trial(case)
    y, _ = trial.forward(trial.batch())
    assert y.shape == (ROWS, *case.output_shape(trial.shapes))


@pytest.mark.parametrize("training", [True, False], ids=["training", "prediction"])
def test_gradients_of_inputs_and_parameters(case, training):
    assert_gradients(Trial(case, training=training))


def assert_gradients(trial):
    """Compare all gradients with differences."""
    x = trial.batch()
    y, backward = trial.forward(x)
    weights = trial.rng.normal(size=y.shape)
    dx = [part.copy() for part in parts_of(backward(weights, trial.g))]

    def value():
        return float((trial.forward(x)[0] * weights).sum())

    for part, analytic in zip(parts_of(x), dx, strict=True):
        assert_gradient(analytic, numeric_gradient(value, part), "x")
    for name, parameter in vars(trial.p).items():
        analytic = getattr(trial.g, name)
        if name in (*trial.layer.statistics, *trial.layer.fixed):
            np.testing.assert_array_equal(analytic, 0)
        else:
            assert_gradient(analytic, numeric_gradient(value, parameter), name)


def test_inputs_and_gradients_are_left_alone(case):
    """Other layers read the same arrays."""
    trial = Trial(case)
    x = trial.batch()
    before = [part.copy() for part in parts_of(x)]
    y, backward = trial.forward(x)
    dy = np.ones_like(y)
    backward(dy, trial.g)
    np.testing.assert_array_equal(dy, 1)
    for part, kept in zip(parts_of(x), before, strict=True):
        np.testing.assert_array_equal(part, kept)


def test_buffers_of_earlier_passes_do_not_show(case):
    used, fresh = Trial(case), Trial(case)
    x = used.batch()
    for rows in (ROWS, 7, ROWS):
        y, backward = used.forward(used.batch(rows))
        backward(np.ones_like(y), used.g)
    passes = []
    for trial in (used, fresh):
        y, backward = trial.forward(x)
        y = y.copy()
        passes.append((y, *(part.copy() for part in parts_of(backward(y, trial.g)))))
    for after_use, at_first in zip(*passes, strict=True):
        np.testing.assert_array_equal(after_use, at_first)
    for name, value in vars(used.g).items():
        np.testing.assert_array_equal(value, getattr(fresh.g, name))


def test_samples_do_not_see_each_other_in_prediction(case):
    trial = Trial(case, training=False)
    x = trial.batch()
    together = trial.forward(x)[0].copy()
    for row in range(ROWS):
        alone = tuple(part[row : row + 1].copy() for part in parts_of(x))
        y, _ = trial.forward(alone if case.merges else alone[0])
        np.testing.assert_allclose(y[0], together[row], rtol=1e-12, atol=1e-12)


def test_float32_stays_float32(case):
    trial = Trial(case, np.float32)
    y, backward = trial.forward(trial.batch())
    assert y.dtype == np.float32
    assert all(part.dtype == np.float32 for part in parts_of(backward(y.copy(), trial.g)))


def test_no_input_gradient_where_nobody_wants_it(case):
    trial = Trial(case)
    x = trial.batch()
    wanted, saved = Trial(case), Trial(case)
    saved.run.needs_dx = False
    for trial in (wanted, saved):
        y, backward = trial.forward(x)
        backward(np.ones_like(y), trial.g)
    for name, value in vars(wanted.g).items():
        np.testing.assert_array_equal(value, getattr(saved.g, name))


def test_names_of_parameters_are_declared(case):
    names = set(case.init(np.random.default_rng(0), inputs_for(case)))
    assert names <= set(case.parameters)
    assert str(case.summary())


def test_dense_is_an_affine_map_with_a_bias_of_zero_at_first():
    dense = Dense(2, "identity")
    drawn = dense.init(np.random.default_rng(0), ((3,),))
    np.testing.assert_array_equal(drawn["b"], [0, 0])
    assert not np.signbit(drawn["b"]).any()
    p = SimpleNamespace(W=np.array([[1.0, 2], [3, 4], [5, 6]]), b=np.array([10.0, 20]))
    y, _ = dense.forward(p, np.array([[1.0, 1, 0], [0, 0, 1]]), Run(np, np.float64))
    np.testing.assert_array_equal(y, [[14, 26], [15, 26]])


def test_dense_without_bias_has_none():
    assert set(Dense(2, bias=False).init(np.random.default_rng(0), ((3,),))) == {"W"}


def test_dense_offers_to_flatten_an_image():
    with pytest.raises(ShapeError, match="needs a list, but gets 28×28") as caught:
        Dense(10).output_shape(((28, 28),))
    (fix,) = caught.value.fixes
    assert fix.insert == Flatten()
    assert Dense(10).output_shape((Flatten().output_shape(((28, 28),)),)) == (10,)


def test_units_that_start_alike_stay_alike():
    trial = Trial(Dense(4, initializer=Zeros()), shape=(3,))
    trial.p.W[:], trial.p.b[:] = 0, 0
    y, backward = trial.forward(trial.batch())
    backward(np.ones_like(y), trial.g)
    assert (trial.g.W == trial.g.W[:, :1]).all()


def test_flatten_keeps_the_order():
    x = np.arange(24.0).reshape(2, 3, 4)
    y, backward = Flatten().forward(SimpleNamespace(), x, Run(np, np.float64))
    np.testing.assert_array_equal(y, np.arange(24).reshape(2, 12))
    np.testing.assert_array_equal(backward(y, SimpleNamespace()), x)


def test_activation_as_a_layer_is_the_function_itself():
    x = np.linspace(-2, 2, 12).reshape(3, 4)
    y, _ = Activate("sigmoid").forward(SimpleNamespace(), x, Run(np, np.float64))
    np.testing.assert_allclose(y, 1 / (1 + np.exp(-x)))


@pytest.mark.parametrize("rate", [0.2, 0.5, 0.9])
def test_dropout_keeps_the_expectation(rate):
    trial = Trial(Dropout(rate=rate), shape=(400,))
    x = np.ones((500, 400))
    y, backward = trial.forward(x)
    left_out = (y == 0).mean()
    # Five standard errors of a share of 200,000 draws.
    assert abs(left_out - rate) < 5 * np.sqrt(rate * (1 - rate) / y.size)
    np.testing.assert_allclose(np.unique(y), [0, 1 / (1 - rate)])
    np.testing.assert_array_equal(backward(x, trial.g), y)


def test_dropout_draws_a_new_mask_every_pass_and_none_in_prediction():
    dropout, run = Dropout(rate=0.5), Run(np, np.float32, np.random.default_rng(0))
    x = np.ones((10, 10), np.float32)
    assert dropout.forward(SimpleNamespace(), x, run)[0] is x
    run.training = True
    first = dropout.forward(SimpleNamespace(), x, run)[0].copy()
    second = dropout.forward(SimpleNamespace(), x, run)[0]
    assert not np.array_equal(first, second)
