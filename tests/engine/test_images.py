"""Layers of images and series: what they compute, where they fit, and how they refuse."""

from types import SimpleNamespace

import numpy as np
import pytest
from test_layers import Trial, assert_gradients, parts_of

from engine.activations import activation
from engine.errors import FieldError, ShapeError
from engine.graph import Graph, infer_shapes, insert_after, repair, set_layer
from engine.layers import layer
from engine.layers.activation import Activate
from engine.layers.conv1d import Conv1d, MaxPool1d
from engine.layers.conv2d import Conv2d
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.merge import Add, Concatenate, Multiply
from engine.layers.pool2d import AveragePool2d, GlobalAveragePool, MaxPool2d
from engine.layers.reshape import Permute, Reshape
from engine.losses import CategoricalCrossEntropy
from engine.network import Network
from engine.run import Run
from playground.examples import example

IMAGE = (2, 6, 5)


def literal(x, W, b, stride, dilation, zeros):
    """Return the sums of a convolution as its definition says, one number after the other."""
    x = np.pad(x, ((0, 0), (0, 0), zeros, zeros))
    rows, columns = (range(0, size - dilation * (W.shape[1] - 1), stride) for size in x.shape[2:])
    z = np.empty((len(x), len(W), len(rows), len(columns)))
    for n, f, i, j in np.ndindex(z.shape):
        z[n, f, i, j] = b[f] + sum(
            W[f, k, m, c] * x[n, c, rows[i] + dilation * k, columns[j] + dilation * m]
            for k, m, c in np.ndindex(W.shape[1:])
        )
    return z


@pytest.mark.parametrize(
    "settings, zeros",
    [
        ({}, (0, 0)),
        ({"stride": 2, "padding": "1"}, (1, 1)),
        ({"dilation": 2, "padding": "same"}, (2, 2)),
        ({"kernel_size": 2, "padding": "same"}, (0, 1)),
        ({"kernel_size": 1, "stride": 3}, (0, 0)),
    ],
)
def test_convolution_is_its_definition(settings, zeros):
    conv = Conv2d(3, activation="identity").but(**settings)
    trial = Trial(conv, shape=IMAGE)
    x = trial.batch()
    y, _ = trial.forward(x)
    expected = literal(x, trial.p.W, trial.p.b, conv.stride, conv.dilation, zeros)
    np.testing.assert_allclose(y, expected, rtol=1e-12, atol=1e-12)


def test_a_series_is_convolved_as_an_image_of_width_one():
    conv = Conv1d(3, 3, activation="identity")
    trial = Trial(conv, shape=(7, 2))
    x = trial.batch()
    images = x.transpose(0, 2, 1)[..., None]
    expected = literal(np.pad(images, ((0,), (0,), (0,), (1,))), *wide(trial.p), 1, 1, (0, 0))
    np.testing.assert_allclose(
        trial.forward(x)[0], expected[..., 0].transpose(0, 2, 1), rtol=1e-12, atol=1e-12
    )


def wide(p):
    """Return the filters of a series as square ones, all weights in the middle column."""
    W = np.zeros((len(p.W), 3, 3, p.W.shape[2]))
    W[:, :, 1] = p.W
    return W, p.b


def test_causal_padding_hides_the_future():
    trial = Trial(Conv1d(4, 3, padding="causal", dilation=2), shape=(9, 2))
    x = trial.batch()
    before = trial.forward(x)[0].copy()
    x[:, 5:] += 1
    after, _ = trial.forward(x)
    assert after.shape == (3, 9, 4)
    np.testing.assert_array_equal(after[:, :5], before[:, :5])
    assert not np.array_equal(after[:, 5:], before[:, 5:])


def test_softmax_of_a_convolution_is_over_its_filters():
    trial = Trial(Conv2d(3, activation="softmax"), shape=IMAGE)
    y, _ = trial.forward(trial.batch())
    np.testing.assert_allclose(y.sum(axis=1), 1)


def test_the_first_of_equal_values_takes_the_gradient():
    x = np.array([[0.0, 1, 1, 1], [1, 0, 1, 1]])[None, None]
    y, backward = MaxPool2d().forward(SimpleNamespace(), x, Run(np, np.float64))
    np.testing.assert_array_equal(y, [[[[1, 1]]]])
    dx = backward(np.array([[[[5.0, 7.0]]]]), SimpleNamespace())
    np.testing.assert_array_equal(dx[0, 0], [[0, 5, 7, 0], [0, 0, 0, 0]])


def test_largest_of_negative_values():
    y, _ = MaxPool1d().forward(
        SimpleNamespace(), np.array([[[-3.0], [-2.0], [-9.0]]]), Run(np, np.float64)
    )
    np.testing.assert_array_equal(y, [[[-2]]])


PAIRS = [
    (Conv2d(3, 3, padding="1", activation="tanh"), MaxPool2d(), IMAGE),
    (Conv2d(3, 2, activation="relu"), MaxPool2d(3, 2), IMAGE),
    (Conv1d(3, 3, padding="causal", activation="sigmoid"), MaxPool1d(), (9, 2)),
    (Conv2d(2, 3, activation="relu"), MaxPool2d(3, 2, "same"), IMAGE),
    (Conv1d(3, 2, activation="softsign", bias=False), MaxPool1d(2, 1), (9, 2)),
]


@pytest.mark.parametrize("conv, pool, shape", PAIRS, ids=lambda value: str(value)[:30])
def test_a_convolution_with_its_pooling_is_one_after_the_other(conv, pool, shape):
    together, apart = Trial(conv.joined(pool), shape=shape), Trial(conv, shape=shape)
    x = together.batch()
    y, backward = together.forward(x)
    z, through_conv = apart.forward(x)
    expected, through_pool = pool.forward(SimpleNamespace(), z, Run(np, np.float64))
    np.testing.assert_allclose(y, expected, rtol=1e-12, atol=1e-12)
    dy = np.cos(np.arange(y.size)).reshape(y.shape)
    dx = backward(dy, together.g)
    dz = through_pool(dy, SimpleNamespace())
    np.testing.assert_allclose(dx, through_conv(dz, apart.g), rtol=1e-12, atol=1e-12)
    for name, gradient in vars(apart.g).items():
        np.testing.assert_allclose(vars(together.g)[name], gradient, rtol=1e-12, atol=1e-12)


def test_what_falls_somewhere_is_not_pooled_early():
    assert Conv2d(activation="gelu").joined(MaxPool2d()) is None
    assert Conv2d(activation="softmax").joined(MaxPool2d()) is None
    assert Conv2d().joined(Dense()) is None
    assert Conv1d().joined(MaxPool2d()) is None


@pytest.mark.parametrize("kind", list(activation))
def test_monotone_functions_nowhere_fall(kind):
    function = activation[kind]()
    z = np.linspace(-5, 5, 1001)
    y, _ = function.forward(z, Run(np, np.float64))
    assert (np.diff(y) >= 0).all() or not function.monotone


def test_padding_is_never_the_largest_but_counts_in_a_mean():
    x = np.full((1, 1, 2, 2), -4.0)
    run = Run(np, np.float64)
    y, _ = MaxPool2d(2, 2, "1").forward(SimpleNamespace(), x, run)
    np.testing.assert_array_equal(y, np.full((1, 1, 2, 2), -4))
    y, _ = AveragePool2d(2, 2, "1").forward(SimpleNamespace(), x, run)
    np.testing.assert_array_equal(y, np.full((1, 1, 2, 2), -1))


def test_softmax_of_an_image_is_over_its_channels():
    trial = Trial(Activate("softmax"), shape=IMAGE)
    np.testing.assert_allclose(trial.forward(trial.batch())[0].sum(axis=1), 1)


def takes_images(new):
    try:
        new.output_shape((IMAGE, IMAGE) if new.merges else (IMAGE,))
    except ShapeError:
        return False
    return new.kind not in ("input", "dropout")  # whose mask is drawn along memory


VARIANTS = (Activate("softmax"), Reshape((4, -1)), Permute((3, 1, 2)))


@pytest.mark.parametrize(
    "new",
    [new for new in (*(cls() for cls in layer.values()), *VARIANTS) if takes_images(new)],
    ids=lambda new: new.kind,
)
def test_the_order_in_memory_changes_no_value(new):
    """Images often lie in memory with the batch last."""
    plain, moved = (Trial(new, shape=IMAGE) for _ in range(2))
    plain.shapes = moved.shapes = (IMAGE,) * (2 if new.merges else 1)
    x = plain.batch()
    results = []
    for trial, order in ((plain, (0, 1, 2, 3)), (moved, (2, 1, 3, 0))):
        back = tuple(order.index(axis) for axis in range(4))
        parts = tuple(
            np.ascontiguousarray(part.transpose(order)).transpose(back) for part in parts_of(x)
        )
        y, backward = trial.forward(parts if new.merges else parts[0])
        dy = np.cos(np.arange(y.size)).reshape(y.shape)
        dx = parts_of(backward(dy, trial.g))
        results.append((y.copy(), *(part.copy() for part in dx), *vars(trial.g).values()))
    for first, second in zip(*results, strict=True):
        np.testing.assert_allclose(first, second, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("shape", [(5,), (4, 3), (2, 4, 3)], ids=["list", "sequence", "image"])
@pytest.mark.parametrize("merge", [Add(), Multiply(), Concatenate()], ids=lambda m: m.kind)
@pytest.mark.parametrize("count", [2, 3])
def test_gradients_of_merges(merge, shape, count):
    trial = Trial(merge, shape=shape)
    trial.shapes = (shape,) * count
    assert_gradients(trial)


def test_concatenate_puts_channels_together():
    merge = Concatenate()
    assert merge.output_shape(((2, 6, 5), (3, 6, 5))) == (5, 6, 5)
    assert merge.output_shape(((7, 2), (7, 3))) == (7, 5)
    assert merge.output_shape(((2,), (3,))) == (5,)
    first, second = np.ones((1, 2, 2, 2)), np.zeros((1, 1, 2, 2))
    y, backward = merge.forward(SimpleNamespace(), (first, second), Run(np, np.float64))
    np.testing.assert_array_equal(y[0, :, 0, 0], [1, 1, 0])
    assert [part.shape[1] for part in backward(y, SimpleNamespace())] == [2, 1]


def test_permute_exchanges_axes():
    x = np.arange(12.0).reshape(2, 3, 2)
    y, backward = Permute().forward(SimpleNamespace(), x, Run(np, np.float64))
    np.testing.assert_array_equal(y, x.transpose(0, 2, 1))
    np.testing.assert_array_equal(backward(y, SimpleNamespace()), x)


REFUSALS = [
    (Conv2d(), ((400,),), "needs an image, but gets a list of 400 numbers."),
    (Conv2d(), ((7, 2),), "needs an image of channels, rows and columns, but gets 7×2."),
    (MaxPool2d(), ((400,),), "needs an image, but gets a list of 400 numbers."),
    (Conv2d(kernel_size=5), ((16, 3, 4),), "A 5×5 kernel does not fit into 3×4."),
    (Conv2d(kernel_size=3, dilation=4), ((1, 8, 8),), "A 9×9 kernel does not fit into 8×8."),
    (MaxPool2d(4), ((1, 3, 8),), "A 4×4 window does not fit into 3×8."),
    (MaxPool2d(3, 3, "2"), (IMAGE,), "A padding of 2 is more than half of a window of 3."),
    (MaxPool1d(1, 1, "1"), ((7, 2),), "A padding of 1 is more than half of a window of 1."),
    (GlobalAveragePool(), ((4,),), "needs an image or a sequence, but gets a list of 4 numbers."),
    (GlobalAveragePool(), ((1, 2, 3, 4),), "needs an image or a sequence, but gets 1×2×3×4."),
    (Conv1d(), ((6,),), "needs a sequence, but gets one row of 6 numbers."),
    (Conv1d(), (IMAGE,), "needs a sequence of steps and features, but gets 2×6×5."),
    (Conv1d(kernel_size=9), ((7, 2),), "A kernel of 9 steps does not fit into 7 steps."),
    (MaxPool1d(9), ((7, 2),), "A window of 9 steps does not fit into 7 steps."),
    (Add(), ((6, 28, 28), (6, 14, 14)), "The two inputs differ: 6×28×28 and 6×14×14."),
    (Concatenate(), ((6, 28, 28), (3, 14, 14)), "The two inputs differ: 6×28×28 and 3×14×14."),
    (Concatenate(), ((6,), (3, 2)), "The two inputs differ: 6 and 3×2."),
    (Reshape((3, -1)), ((8,),), "cannot lay 8 values out as 3×?."),
    (Reshape((3, 3)), ((8,),), "cannot lay 8 values out as 3×3."),
    (Permute((2, 1)), (IMAGE,), "orders 2 axes, but gets 2×6×5."),
]


@pytest.mark.parametrize("new, shapes, sentence", REFUSALS, ids=lambda value: str(value)[:40])
def test_wrong_shapes_are_refused_with_repairs_that_work(new, shapes, sentence):
    with pytest.raises(ShapeError) as caught:
        new.output_shape(shapes)
    assert sentence in str(caught.value)
    assert caught.value.fixes
    for fix in caught.value.fixes:
        given = list(shapes)
        if fix.insert is not None:
            given[fix.place] = fix.insert.output_shape((shapes[fix.place],))
        assert fix.remove or (fix.replace or new).output_shape(tuple(given))


def test_a_repair_is_carried_out_in_the_graph():
    graph, name = insert_after(Graph.chain(Flatten(), Dense(2)), "input", Conv2d(2, 3))
    graph = set_layer(graph, name, Conv2d(2, 7))
    error = infer_shapes(graph, IMAGE).errors[name]
    for fix in error.fixes:
        assert not infer_shapes(repair(graph, name, fix), IMAGE).errors


@pytest.mark.parametrize("shape", [(0,), (-2,), (-1, -1), (3, 0)])
def test_impossible_shapes_are_refused(shape):
    with pytest.raises(FieldError, match="Reshape"):
        Reshape(shape)


@pytest.mark.parametrize("order", [(0, 1), (1, 1), (1, 3)])
def test_impossible_orders_are_refused(order):
    with pytest.raises(FieldError, match="Permute"):
        Permute(order)


def test_summaries():
    assert str(Conv2d(6, 5, padding="2", activation="tanh").summary()) == "5×5 · pad 2 · tanh"
    assert str(Conv2d(6, 3, activation="identity").summary()) == "3×3 · linear"
    assert str(MaxPool2d().summary()) == "2×2"
    assert str(MaxPool2d(3, 2).summary()) == "3×3 · stride 2"
    assert str(MaxPool2d(3, 2, "1").summary()) == "3×3 · stride 2 · pad 1"
    assert str(MaxPool1d(2, 2, "same").summary()) == "2 steps · pad same"
    assert str(Reshape((1, -1)).summary()) == "to 1×?"


@pytest.mark.parametrize("name", ["cnn-digits", "resnet-digits"])
def test_examples_learn_a_few_pictures_by_heart(name):
    given = example(name)
    network = Network(given.graph, given.task.input_shape, CategoricalCrossEntropy())
    rng = np.random.default_rng(0)
    x = rng.random((32, 1, 28, 28), dtype=np.float32)
    t = np.eye(10, dtype=np.float32)[rng.integers(0, 10, 32)]
    velocity = np.zeros_like(network.theta)
    losses = []
    for _ in range(40):
        losses.append(float(network.loss_and_gradient(x, t)))
        velocity *= 0.9
        velocity += network.gradient
        network.theta -= 0.02 * velocity
    assert losses[-1] < 0.5 * losses[0]
