"""Blocks of the Transformer: attention and a small network, each with a way around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, ClassVar

from engine.activations import Activation, Identity, ReLU
from engine.arrays import Array, Shape
from engine.fields import param
from engine.initializers import Glorot, Initializer
from engine.layers import needs, pieces
from engine.layers.attention import MultiHeadAttention, need_fitting_heads, need_one_memory
from engine.layers.base import Backward, Layer, layer
from engine.layers.dropout import Dropout
from engine.layers.layer_norm import LayerNorm
from engine.layers.pieces import PieceBackward, Pieces
from engine.layers.time_distributed import TimeDistributed
from engine.run import Run
from engine.text import Text

ENCODER: dict[str, type[Layer]] = {
    "norm_attention": LayerNorm,
    "attention": MultiHeadAttention,
    "norm_ff": LayerNorm,
    "ff1": TimeDistributed,
    "ff2": TimeDistributed,
}
DECODER: dict[str, type[Layer]] = {**ENCODER, "norm_cross": LayerNorm, "cross": MultiHeadAttention}


@dataclass(frozen=True)
class TransformerBlock(Layer):
    """Sublayers with a way around each, which keep the shape (time, features).

    A sublayer f is attention, or the feed-forward network f(x) = g(x W₁ + b₁) W₂ + b₂, the same at
    every step. Post-norm (Vaswani et al. 2017) is y = norm(x + f(x)), pre-norm (Xiong et al. 2020)
    is y = x + f(norm(x)); dropout is the end of f.
    """

    heads: int = param(4, low=1, high=64, label="Heads", help="How many attend side by side")
    ff_units: int = param(
        64,
        low=1,
        high=4096,
        label="Feed-forward units",
        help="Neurons of the network at every step",
    )
    ff_activation: Activation = param(
        ReLU(), family="activation", label="Activation function", help="What each neuron applies"
    )
    dropout: float = param(
        0.1, low=0.0, high=0.95, step=0.05, label="Dropout", help="Share left out before each sum"
    )
    norm_first: bool = param(
        False,
        label="Norm first",
        help="Whether to normalize what attention and network read, rather than the sums",
    )
    initializer: Initializer = param(
        Glorot(), family="initializer", label="Initial weights", help="How the weights begin"
    )

    def summary(self) -> Text:
        """Return for example ``4 heads · 64 units``."""
        return Text("{heads} heads · {units} units", heads=self.heads, units=self.ff_units)

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return the shape of the first input, a sequence that the heads divide."""
        _, features = needs.series(inputs[0])
        need_fitting_heads(self, self.heads, features)
        return inputs[0]

    def attentions(self, inputs: int) -> dict[str, MultiHeadAttention]:
        """Return by name the attention of each sublayer that has one, for so many inputs."""
        raise NotImplementedError

    def _layers(self, features: int, inputs: int) -> dict[str, Layer]:
        """Return all layers inside by their names."""
        found: dict[str, Layer] = {}
        attentions = self.attentions(inputs)
        for name in (*attentions, "ff"):
            found[f"norm_{name}"] = LayerNorm()
            found[f"drop_{name}"] = Dropout(self.dropout)
        first = TimeDistributed(self.ff_units, self.ff_activation, initializer=self.initializer)
        second = TimeDistributed(features, Identity(), initializer=self.initializer)
        return {**found, **attentions, "ff1": first, "ff2": second}

    def init(self, rng: Any, inputs: tuple[Shape, ...]) -> Mapping[str, Array]:
        """Draw the parameters of all layers inside."""
        steps, features = inputs[0]
        layers = self._layers(features, len(inputs))
        reads = dict.fromkeys(layers, inputs[:1])
        reads |= {"cross": inputs, "ff2": ((steps, self.ff_units),)}
        return pieces.init(layers, rng, reads)

    def forward(self, p: SimpleNamespace, x: Any, run: Run) -> tuple[Array, Backward]:
        """Pass one sublayer after the other."""
        y, *memory = x if self.merges else (x,)
        inside = Pieces(self._layers(y.shape[-1], 1 + len(memory)), p, run)
        backwards = []
        for name in self.attentions(1 + len(memory)):
            others: list[Array] = memory if name == "cross" else []
            y, backward = self._around(inside, name, (name,), y, *others)
            backwards.append(backward)
        y, backward = self._around(inside, "ff", ("ff1", "ff2"), y)
        backwards.append(backward)

        def through(dy: Array, g: SimpleNamespace) -> Any:
            dmemory: tuple[Array, ...] = ()
            for backward in reversed(backwards):
                dy, *more = backward(dy, g)
                dmemory += tuple(more)
            return (dy, *dmemory) if self.merges else dy

        return y, through

    def _around(
        self, inside: Pieces, name: str, f: tuple[str, ...], x: Array, *memory: Array
    ) -> tuple[Array, PieceBackward]:
        """Return x + f(norm(x)), or norm(x + f(x)); dx is the sum of what both ways bring."""
        run, norm = inside.run, f"norm_{name}"
        f = (*f, f"drop_{name}")
        total = run.new(f"sum_{name}", x.shape)
        if self.norm_first:
            h, through_norm = inside.forward(norm, x)
            z, through_f = inside.chain(f, h, *memory)
            y = run.xp.add(x, z, out=total)
        else:
            z, through_f = inside.chain(f, x, *memory)
            y, through_norm = inside.forward(norm, run.xp.add(x, z, out=total))

        def backward(dy: Array, g: SimpleNamespace) -> tuple[Array, ...]:
            if not self.norm_first:
                (dy,) = through_norm(dy, g)
            dx, *dmemory = through_f(dy, g)
            if self.norm_first:
                (dx,) = through_norm(dx, g)
            dx += dy
            return (dx, *dmemory)

        return y, backward


@layer(
    "transformer_encoder",
    label="Transformer encoder block",
    icon="scope",
    group="Attention",
    order=320,
)
@dataclass(frozen=True)
class TransformerEncoderBlock(TransformerBlock):
    """Self-attention and a feed-forward network (Vaswani et al. 2017); BERT is a stack of these."""

    parameters: ClassVar[tuple[str, ...]] = pieces.names_of(ENCODER, "parameters")
    penalized: ClassVar[tuple[str, ...]] = pieces.names_of(ENCODER, "penalized")

    def attentions(self, inputs: int) -> dict[str, MultiHeadAttention]:
        """Return the attention to all steps."""
        return {"attention": MultiHeadAttention(self.heads, initializer=self.initializer)}


@layer(
    "transformer_decoder",
    label="Transformer decoder block",
    icon="scope",
    group="Attention",
    order=330,
)
@dataclass(frozen=True)
class TransformerDecoderBlock(TransformerBlock):
    """Causal self-attention and a feed-forward network; GPT is a stack of these.

    A second input is the memory of an encoder, to which a sublayer between the two attends, as in
    translation (Vaswani et al. 2017).
    """

    parameters: ClassVar[tuple[str, ...]] = pieces.names_of(DECODER, "parameters")
    penalized: ClassVar[tuple[str, ...]] = pieces.names_of(DECODER, "penalized")
    merges: ClassVar[bool] = True

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return the shape of the first input; a second must be a sequence, too."""
        need_one_memory(inputs)
        return super().output_shape(inputs)

    def attentions(self, inputs: int) -> dict[str, MultiHeadAttention]:
        """Return the causal attention and, with two inputs, that to the memory."""
        seen = MultiHeadAttention(self.heads, initializer=self.initializer)
        causal = {"attention": seen.but(causal=True)}
        return {**causal, "cross": seen} if inputs == 2 else causal
