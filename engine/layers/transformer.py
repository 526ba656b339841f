"""Blocks of the Transformer: attention and a small network, each with a way around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, ClassVar

from engine.activations import Activation, Identity, ReLU
from engine.arrays import Array, Shape
from engine.fields import param
from engine.initializers import Glorot, Initializer
from engine.layers import needs, pieces
from engine.layers.attention import MultiHeadAttention
from engine.layers.base import Backward, Layer, layer
from engine.layers.dropout import Dropout
from engine.layers.layer_norm import LayerNorm
from engine.layers.pieces import PieceBackward, Pieces
from engine.layers.time_distributed import TimeDistributed
from engine.run import Run
from engine.text import Text, counted

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

    merges: ClassVar[bool] = True
    takes_memory: ClassVar[bool] = False
    """Whether a second sequence may come in, the memory."""

    def summary(self) -> Text:
        """Return for example ``4 heads · 64 units``."""
        heads = counted("{count} head", "{count} heads", self.heads)
        units = counted("{count} unit", "{count} units", self.ff_units)
        return Text("{heads} · {units}", heads=heads, units=units)

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return the shape of the first input, a sequence that the heads divide."""
        (_, features), _ = needs.sequences(inputs, self.takes_memory)
        needs.fitting_heads(self, self.heads, features)
        return inputs[0]

    def attentions(self, memory: bool) -> dict[str, MultiHeadAttention]:
        """Return by name the attention of each sublayer that has one, with or without a memory."""
        raise NotImplementedError

    def init(self, rng: Any, inputs: tuple[Shape, ...]) -> Mapping[str, Array]:
        """Draw the parameters of all layers inside."""
        steps, features = inputs[0]
        layers = _layers(self, features, any(len(shape) == 2 for shape in inputs[1:]))
        reads = dict.fromkeys(layers, inputs[:1])
        reads |= {"cross": inputs, "ff2": ((steps, self.ff_units),)}
        return pieces.init(layers, rng, reads)

    def forward(self, p: SimpleNamespace, x: tuple[Array, ...], run: Run) -> tuple[Array, Backward]:
        """Pass one sublayer after the other; the last attention reads memory and mask."""
        y, *others = x
        memory = any(part.ndim == 3 for part in others)
        inside = Pieces(_layers(self, y.shape[-1], memory), p, run)
        last = "cross" if memory else "attention"
        backwards: list[PieceBackward] = []
        for name in dict.fromkeys(("attention", last, "ff")):
            read = others if name == last else ()
            y, backward = self._around(inside, name, y, *read, first=not backwards)
            backwards.append(backward)

        def through(dy: Array, g: SimpleNamespace) -> tuple[Array, ...]:
            dothers: tuple[Array, ...] = ()
            for backward in reversed(backwards):
                dy, *more = backward(dy, g)
                dothers += tuple(more)
            return (dy, *dothers)

        return y, through

    def inside(self, p: SimpleNamespace, x: tuple[Array, ...], run: Run) -> Mapping[str, Array]:
        """Return the weights of each attention by its name, (N, heads, steps, keys)."""
        self.forward(p, x, run)
        memory = any(part.ndim == 3 for part in x[1:])
        found = {}
        for name, attention in self.attentions(memory).items():
            others = x[1:] if name == ("cross" if memory else "attention") else ()
            found[name] = attention.attended((x[0], *others), run.part(name))
        return found

    def _around(
        self, inside: Pieces, name: str, x: Array, *others: Array, first: bool
    ) -> tuple[Array, PieceBackward]:
        """Return x + f(norm(x)), or norm(x + f(x)); dx is the sum of what both ways bring."""
        run, norm = inside.run, f"norm_{name}"
        f = ("ff1", "ff2") if name == "ff" else (name,)
        if self.dropout:
            f = (*f, f"drop_{name}")
        needs_dx = run.needs_dx or not first
        run.part(norm if self.norm_first else f[0]).needs_dx = needs_dx
        total = run.new(f"sum_{name}", x.shape)
        if self.norm_first:
            h, through_norm = inside.forward(norm, x)
            z, through_f = inside.chain(f, h, *others)
            y = run.xp.add(x, z, out=total)
        else:
            z, through_f = inside.chain(f, x, *others)
            y, through_norm = inside.forward(norm, run.xp.add(x, z, out=total))

        def backward(dy: Array, g: SimpleNamespace) -> tuple[Array, ...]:
            if not self.norm_first:
                (dy,) = through_norm(dy, g)
            dx, *dothers = through_f(dy, g)
            if self.norm_first:
                (dx,) = through_norm(dx, g)
            if needs_dx:
                dx += dy
            return (dx, *dothers)

        return y, backward


@lru_cache
def _layers(block: TransformerBlock, features: int, memory: bool) -> dict[str, Layer]:
    """Return all layers inside of a block by their names."""
    found: dict[str, Layer] = {}
    attentions = block.attentions(memory)
    for name in (*attentions, "ff"):
        found[f"norm_{name}"] = LayerNorm()
        found[f"drop_{name}"] = Dropout(block.dropout)
    first = TimeDistributed(block.ff_units, block.ff_activation, initializer=block.initializer)
    second = TimeDistributed(features, Identity(), initializer=block.initializer)
    return {**found, **attentions, "ff1": first, "ff2": second}


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

    def attentions(self, memory: bool) -> dict[str, MultiHeadAttention]:
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

    A second sequence is the memory of an encoder, to which a sublayer between the two attends, as
    in translation (Vaswani et al. 2017).
    """

    parameters: ClassVar[tuple[str, ...]] = pieces.names_of(DECODER, "parameters")
    penalized: ClassVar[tuple[str, ...]] = pieces.names_of(DECODER, "penalized")
    takes_memory: ClassVar[bool] = True

    def attentions(self, memory: bool) -> dict[str, MultiHeadAttention]:
        """Return the causal attention and, with a memory, that to the memory."""
        seen = MultiHeadAttention(self.heads, initializer=self.initializer)
        causal = {"attention": seen.but(causal=True)}
        return {**causal, "cross": seen} if memory else causal
