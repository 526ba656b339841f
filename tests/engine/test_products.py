"""Products of inputs: which ones there are, in which order, and what they are good for."""

from itertools import combinations_with_replacement
from math import prod
from types import SimpleNamespace

import numpy as np
import pytest
from gradients import assert_gradient, numeric_gradient
from runs import trained

from engine.errors import ShapeError
from engine.layers.flatten import Flatten
from engine.layers.products import MOST_PRODUCTS, Products
from engine.run import Run
from engine.tasks.points import Gate
from playground.examples import example


def outputs(layer, x):
    return layer.forward(SimpleNamespace(), x, Run(np, np.float64))


@pytest.mark.parametrize("features", [1, 2, 5])
@pytest.mark.parametrize("degree", [2, 3, 4])
@pytest.mark.parametrize("originals", [True, False])
class TestAllProducts:
    def test_come_by_degree_and_index(self, features, degree, originals):
        x = np.random.default_rng(0).normal(size=(3, features))
        expected = [
            [prod(row[i] for i in factors) for factors in _factors(features, degree, originals)]
            for row in x
        ]
        layer = Products(degree, originals)
        y, _ = outputs(layer, x)
        np.testing.assert_allclose(y, expected, rtol=1e-12)
        assert layer.output_shape(((features,),)) == y.shape[1:]

    def test_have_the_right_gradient(self, features, degree, originals):
        rng = np.random.default_rng(1)
        layer, x = Products(degree, originals), rng.normal(size=(3, features))
        y, backward = outputs(layer, x)
        dy = rng.normal(size=y.shape)
        analytic = backward(dy, SimpleNamespace()).copy()
        assert_gradient(
            analytic, numeric_gradient(lambda: float((outputs(layer, x)[0] * dy).sum()), x)
        )


def _factors(features, degree, originals):
    for count in range(1 if originals else 2, degree + 1):
        yield from combinations_with_replacement(range(features), count)


def test_too_many_products_are_refused_with_a_way_out():
    with pytest.raises(ShapeError, match="58872 products of 32 inputs, more than 4096") as caught:
        Products(4, originals=False).output_shape(((32,),))
    lower, _ = caught.value.fixes
    assert lower.replace.output_shape(((32,),))[0] <= MOST_PRODUCTS


def test_where_two_are_too_many_the_layer_can_only_go():
    with pytest.raises(ShapeError, match="308504 products of 784 inputs") as caught:
        Products().output_shape(((784,),))
    (fix,) = caught.value.fixes
    assert fix.remove


def test_an_image_is_refused_with_the_offer_to_flatten_it():
    with pytest.raises(ShapeError, match="needs a list, but gets 8×8") as caught:
        Products().output_shape(((8, 8),))
    assert caught.value.fixes[0].insert == Flatten()


@pytest.mark.parametrize("gate", ["and", "or", "nand", "xor"])
@pytest.mark.parametrize("seed", range(3))
def test_a_perceptron_on_products_learns_every_gate(gate, seed):
    experiment = example("perceptron-products").but(task=Gate(gate), seed=seed)
    assert trained(experiment).measure("training")["accuracy"] == 1
