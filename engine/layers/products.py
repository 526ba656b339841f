"""Products: the inputs and their products, which make a single neuron a polynomial."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import comb
from types import SimpleNamespace

from engine.arrays import Array, Shape
from engine.errors import ShapeError
from engine.fields import param
from engine.layers import needs
from engine.layers.base import Backward, Fix, Layer, layer
from engine.run import Run
from engine.text import Text

MOST_PRODUCTS = 4096


@layer("products", label="Products", icon="close", group="Basic", order=60)
@dataclass(frozen=True)
class Products(Layer):
    """All products xᵢ, xᵢ xⱼ, xᵢ xⱼ xₖ … of up to `degree` inputs, i ≤ j ≤ k.

    A neuron on these higher-order inputs is a polynomial threshold unit (Giles and Maxwell 1987):
    with x₁ x₂ among them, one perceptron separates XOR. Of n inputs there are C(n + d, d) − 1
    products of degree 1 to d; they come by degree, each degree in the order of its indices.
    """

    degree: int = param(2, low=2, high=4, label="Degree", help="How many inputs are multiplied")
    originals: bool = param(
        True, label="Keep inputs", help="Whether the inputs themselves come before the products"
    )

    def summary(self) -> Text:
        """Return for example ``up to degree 2``."""
        return Text("up to degree {degree}", degree=self.degree)

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return the number of products; the input must be a list, and not too long."""
        features = needs.features(inputs[0])
        count = self._all(features) - self._first(features)
        if count > MOST_PRODUCTS:
            lower = self.but(degree=2)
            helps = lower._all(features) - lower._first(features) <= MOST_PRODUCTS
            raise ShapeError(
                "{layer} would make {count} products of {features} inputs, more than {most}; put "
                "a smaller layer before it.",
                *((Fix(Text("Set degree to 2"), replace=lower),) if helps else ()),
                Fix(Text("Remove the layer"), remove=True),
                count=count,
                features=features,
                most=MOST_PRODUCTS,
            )
        return (count,)

    def _all(self, features: int) -> int:
        """Return how many products there are, the inputs among them."""
        return comb(features + self.degree, self.degree) - 1

    def _first(self, features: int) -> int:
        """Return the first product that is given on."""
        return 0 if self.originals else features

    def _blocks(self, features: int) -> Iterator[tuple[int, slice, slice]]:
        """Yield i and where the factors stand that xᵢ is multiplied with, and their products.

        The products that begin with xᵢ are xᵢ times all those of one degree less that have no
        input before xᵢ; in the order of the indices these are the last ones.
        """
        start = features
        for degree in range(2, self.degree + 1):
            end = start
            for i in range(features):
                count = comb(features - i + degree - 2, degree - 1)
                yield i, slice(end - count, end), slice(start, start + count)
                start += count

    def forward(self, p: SimpleNamespace, x: Array, run: Run) -> tuple[Array, Backward]:
        """Return the products; of y = xᵢ u the gradients are du += xᵢ dy and dxᵢ += u dy."""
        xp, (rows, features) = run.xp, x.shape
        first = self._first(features)
        y = run.new("y", (rows, self._all(features)))
        y[:, :features] = x
        for i, factors, products in self._blocks(features):
            xp.multiply(x[:, i : i + 1], y[:, factors], out=y[:, products])

        def backward(dy: Array, g: SimpleNamespace) -> Array:
            d = run.new("d", y.shape)
            d[:, :first] = 0
            d[:, first:] = dy
            for i, factors, products in reversed(list(self._blocks(features))):
                d[:, factors] += x[:, i : i + 1] * d[:, products]
                d[:, i] += (y[:, factors] * d[:, products]).sum(axis=1)
            return d[:, :features]

        return y[:, first:], backward
