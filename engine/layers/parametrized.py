"""Layers whose weight matrices may be made of other parameters."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from types import SimpleNamespace
from typing import Any, ClassVar, Self

from engine.arrays import Array
from engine.layers.base import Backward, Layer
from engine.parametrizations import Parametrization, Plain
from engine.run import Run


class Parametrized(Layer):
    """A layer with the field `weights`, which says how its matrices come about.

    Where they have parts, `forward` begins and ends with `composed`.
    """

    matrices: ClassVar[tuple[str, ...]] = ("W",)
    biases: ClassVar[tuple[str, ...]] = ("b",)
    weights: Parametrization

    @property
    def parameters(self) -> tuple[str, ...]:  # type: ignore[override]
        """The matrices, the biases, and what the matrices are made of beside."""
        return (*self.matrices, *self.biases, *self._names(self.weights.parts))

    @property
    def penalized(self) -> tuple[str, ...]:  # type: ignore[override]
        """What penalties act on for each matrix."""
        return self._names(self.weights.penalized)

    @property
    def fixed(self) -> tuple[str, ...]:  # type: ignore[override]
        """All but the parts, where the parametrization fixes them."""
        return (*self.matrices, *self.biases) if self.weights.fixes else ()

    def _names(self, own: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_name(matrix, part) for matrix in self.matrices for part in own)

    def parametrize(self, rng: Any, drawn: Mapping[str, Array]) -> Mapping[str, Array]:
        """Return the parameters that give these matrices and biases at first."""
        found = dict(drawn)
        for name in self.matrices:
            for part, values in self.weights.init(rng, self.as_matrix(drawn[name])).items():
                if part != "W":
                    found[_name(name, part)] = values
        return found

    @cached_property
    def plain(self) -> Self:
        """The same layer with plain weights."""
        return self.but(weights=Plain())

    def composed(self, p: SimpleNamespace, x: Any, run: Run) -> tuple[Array, Backward]:
        """Return what the plain layer gives with the matrices that are made of the parameters."""
        ready, backwards = self.made(p, run)
        y, through_layer = self.plain.forward(ready, x, run)

        def backward(dy: Array, g: SimpleNamespace) -> Array:
            dready = SimpleNamespace(**vars(g))
            for name in self.matrices:
                setattr(dready, name, run.part(name).new("dmatrix", getattr(g, name).shape))
            dx = through_layer(dy, dready)
            for name, through in backwards.items():
                through(self.as_matrix(getattr(dready, name)), self._parts(g, name))
            for name in self.fixed:
                if hasattr(g, name):
                    getattr(g, name)[...] = 0
            return dx

        return y, backward

    def made(self, p: SimpleNamespace, run: Run) -> tuple[SimpleNamespace, dict[str, Any]]:
        """Return the parameters with matrices ready for use, and what goes back through each."""
        ready, backwards = SimpleNamespace(**vars(p)), {}
        for name in self.matrices:
            inner, raw = run.part(name), getattr(p, name)
            matrix = inner.new("matrix", raw.shape)
            backwards[name] = self.weights.forward(
                self._parts(p, name), self.as_matrix(matrix), inner
            )
            setattr(ready, name, matrix)
        return ready, backwards

    def _parts(self, p: SimpleNamespace, matrix: str) -> SimpleNamespace:
        """Return what a matrix is made of, under the names that the parametrization knows."""
        parts = {part: getattr(p, _name(matrix, part)) for part in self.weights.parts}
        return SimpleNamespace(W=self.as_matrix(getattr(p, matrix)), **parts)


def merged(layer: Layer, p: Mapping[str, Array], run: Run) -> tuple[Layer, Mapping[str, Array]]:
    """Return the plain layer that computes the same as a layer with parameters `p`, and its own."""
    if not isinstance(layer, Parametrized) or not layer.weights.parts:
        return layer, p
    ready, _ = layer.made(SimpleNamespace(**p), run)
    plain = layer.plain
    return plain, {name: getattr(ready, name) for name in plain.parameters if name in p}


def _name(matrix: str, part: str) -> str:
    return matrix if part == "W" else f"{matrix}_{part}"
