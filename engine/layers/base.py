"""The contract of a layer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, ClassVar, TypeAlias

from engine.arrays import Array, Shape
from engine.fields import Spec
from engine.registry import Registry
from engine.run import Run
from engine.text import Text

Backward: TypeAlias = Callable[[Array, SimpleNamespace], Array]
"""Maps dL/dy to dL/dx and writes the gradients of the parameters into its second argument."""


class Layer(Spec):
    """A layer as a value: its settings, and how it maps input to output.

    A new layer is one file in this package: a frozen dataclass with `param` fields, registered
    with ``@layer(kind, label=…, icon=…, group=…, order=…)``. Shapes leave out the batch axis,
    which comes first in every array.
    """

    icon: ClassVar[str] = "act"
    group: ClassVar[str] = "Basic"
    order: ClassVar[int] = 100
    """The place in lists of layers, the lowest first."""
    parameters: ClassVar[tuple[str, ...]] = ()
    """The names of the parameters, in the order in which they lie in memory."""
    statistics: ClassVar[tuple[str, ...]] = ()
    """Those parameters that are not learned: `forward` keeps them, and their gradient is zero."""
    fixed: ClassVar[tuple[str, ...]] = ()
    """Those parameters that training leaves as they are; their gradient is zero, too."""
    penalized: ClassVar[tuple[str, ...]] = ("W",)
    """The parameters that L1 and L2 penalties act on; biases are left alone."""
    merges: ClassVar[bool] = False
    """Whether the layer takes several inputs; then x and dx are tuples."""
    splits: ClassVar[bool] = True
    """Whether halves of a batch may be computed beside each other, and gain by it: not where all
    samples are seen together, nor where a loop makes many small operations."""
    penalizes: ClassVar[bool] = False
    """Whether the layer adds a term of its own to the loss, see `penalty`."""
    borrows: ClassVar[str] = ""
    """The kind of layer of which the nearest one above lends parameters, if any; see `borrowed`."""

    def summary(self) -> Text:
        """Say in a few words how the layer is set, for the second line of its card."""
        return Text("")

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return the shape of one output sample, or raise ShapeError if the inputs do not fit."""
        return inputs[0]

    def borrowed(self, lender: Layer | None, inputs: tuple[Shape, ...]) -> Mapping[str, str]:
        """Return which parameters of the lender are used here, its names by those that p has.

        The gradients of all uses of a parameter are added up. Raise ShapeError where there is no
        lender, or none that fits.
        """
        return {}

    def joined(self, reader: Layer) -> Layer | None:
        """Return one layer that does in training, faster, what this and its only reader do, if any.

        It has the parameters of this layer, and gives what the reader gives.
        """
        return None

    def init(self, rng: Any, inputs: tuple[Shape, ...]) -> Mapping[str, Array]:
        """Draw the initial parameters as float64 host arrays, a dictionary by name."""
        return {}

    def forward(self, p: SimpleNamespace, x: Array, run: Run) -> tuple[Array, Backward]:
        """Map a batch.

        Parameters
        ----------
        p
            The parameters by name, views into the network's flat vector.
        x
            A batch (N, *input shape), or a tuple of batches if the layer merges.
        run
            Mode, random numbers and buffers.

        Returns
        -------
        y, backward
            The batch (N, *output shape), and the function that maps dL/dy and the namespace of
            gradients to dL/dx, filling the gradients.
        """
        raise NotImplementedError

    def inside(self, p: SimpleNamespace, x: Array, run: Run) -> Mapping[str, Array]:
        """Return by name what a view may show of the inside for a batch, arrays (N, …).

        Gates are in [0, 1], and states, by step; attention has NaN where a mask hides a key.
        """
        return {}

    def as_matrix(self, W: Array) -> Array:
        """Return a weight array with a column for each unit, a view."""
        return W

    @property
    def samples(self) -> int:
        """How many training samples the layer adapts to when a network is built; 0 for none."""
        return 0

    def adapt(self, p: SimpleNamespace, x: Array, run: Run) -> None:
        """Take the statistics from training samples.

        Parameters
        ----------
        p
            The parameters by name, of which the statistics are written.
        x
            What the layer is given for training samples (n, *input shape), n up to `samples`.
        run
            The array module.
        """

    def penalty(self, p: SimpleNamespace, run: Run) -> Array:
        """Return a term that the layer itself adds to the loss, a 0-d array."""
        return run.xp.zeros(())

    def add_penalty(self, p: SimpleNamespace, g: SimpleNamespace, run: Run) -> None:
        """Add the gradient of `penalty` to `g`."""


@dataclass(frozen=True)
class Fix:
    """A repair that an error offers: one edit, at the node where it arose or at `node`.

    Exactly one of `insert` (a layer to put before the node, on its input at `place`), `replace`
    (the layer it becomes), `behind` (the node behind which it is put instead), `remove` (take the
    node out), `unplug` (take its wire at `place` away) or `loss` (a kind of loss for the training)
    is given.
    """

    text: Text
    insert: Layer | None = None
    replace: Layer | None = None
    behind: str = ""
    remove: bool = False
    unplug: bool = False
    loss: str = ""
    node: str = ""
    place: int = 0


layer: Registry[Layer] = Registry("layer")
