"""Multi-head attention, of a sequence to itself or to another one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from types import SimpleNamespace
from typing import Any, ClassVar

from engine.arrays import Array, Shape
from engine.errors import ShapeError
from engine.fields import param
from engine.initializers import Glorot, Initializer, Zeros
from engine.layers import needs
from engine.layers.base import Backward, Fix, layer
from engine.layers.parametrized import Parametrized
from engine.parametrizations import Parametrization, Plain
from engine.run import Run
from engine.text import Text, counted

SAFE = 32.0
"""Scores up to this size go into exp as they are: sums and products of the results stay finite."""

BLOCK = 2**17
"""So many scores stay in the cache, with all that leads to them."""


@layer("attention", label="Multi-head attention", icon="eye", group="Attention", order=300)
@dataclass(frozen=True)
class MultiHeadAttention(Parametrized):
    """Attention(Q, K, V) = softmax(Q Kᵀ / √d_k) V in several heads (Vaswani et al. 2017).

    With Q = x W_Q + b_Q, K = m W_K and V = m W_V + b_V, each cut into heads of d_k columns, the
    outputs of all heads side by side, O, give y = O W_O + b_O. The sequence x (steps, features)
    attends to itself, m = x, or to a second sequence, the memory m, which may have other steps and
    features. The keys have no bias: it would add the same number to all scores of a step, which the
    softmax takes away again.

    A further input that is a list is the padding mask: only those steps of m take part where it is
    not 0, so that the numbers of the tokens, with 0 for padding, are a mask as they are. Where
    nothing takes part, O is 0.
    """

    heads: int = param(4, low=1, high=64, label="Heads", help="How many attend side by side")
    head_size: int = param(
        0,
        low=0,
        high=1024,
        label="Head size d_k",
        help="Numbers in each query, key and value; 0 divides the features among the heads",
    )
    causal: bool = param(
        False, label="Causal mask", help="Whether each step sees only itself and what came before"
    )
    bias: bool = param(
        True, label="Use bias", help="Whether queries, values and output have a constant"
    )
    initializer: Initializer = param(
        Glorot(), family="initializer", label="Initial weights", help="How the weights begin"
    )
    weights: Parametrization = param(
        Plain(),
        family="parametrization",
        label="Parametrization",
        help="What the weights are made of: themselves, or other parameters that are learned",
    )

    matrices: ClassVar[tuple[str, ...]] = ("W_Q", "W_K", "W_V", "W_O")
    biases: ClassVar[tuple[str, ...]] = ("b_Q", "b_V", "b_O")
    merges: ClassVar[bool] = True

    def summary(self) -> Text:
        """Return for example ``4 heads · causal``."""
        heads = counted("{count} head", "{count} heads", self.heads)
        return Text("{heads} · causal", heads=heads) if self.causal else heads

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return the shape of the first input, a sequence that the heads divide."""
        (steps, features), (memory_steps, _) = needs.sequences(inputs)
        if self.causal and memory_steps != steps:
            raise ShapeError(
                "{layer} hides later steps, so its sequences need the same length, but they have "
                "{steps} and {memory} steps.",
                Fix(Text("Switch the causal mask off"), replace=self.but(causal=False)),
                steps=steps,
                memory=memory_steps,
            )
        if not self.head_size:
            needs.fitting_heads(self, self.heads, features)
        return inputs[0]

    def init(self, rng: Any, inputs: tuple[Shape, ...]) -> Mapping[str, Array]:
        """Draw W_Q, W_K, W_V (features, heads · d_k) and W_O (heads · d_k, features); b is zero."""
        (_, features), (_, remembered) = needs.sequences(inputs)
        width = self.heads * (self.head_size or features // self.heads)
        sizes = {"Q": (features, width), "K": (remembered, width), "V": (remembered, width)}
        drawn: dict[str, Array] = {}
        for name, (fan_in, fan_out) in {**sizes, "O": (width, features)}.items():
            drawn["W_" + name] = self.initializer.draw(rng, (fan_in, fan_out), fan_in, fan_out)
        if self.bias:
            for name, size in {"Q": width, "V": width, "O": features}.items():
                drawn["b_" + name] = Zeros().draw(rng, (size,), size, size)
        return self.parametrize(rng, drawn)

    def forward(self, p: SimpleNamespace, x: tuple[Array, ...], run: Run) -> tuple[Array, Backward]:
        """Return O W_O + b_O; dW_O = Oᵀ dy, db_O = Σ dy, dO = dy W_Oᵀ. No mask has a gradient.

        Both ways go block by block of samples, so that each operation finds in the cache what the
        one before it wrote; the gradients of the weights follow, for all samples at once.
        """
        if self.weights.parts:
            return self.composed(p, x, run)
        dot, ones, (count, steps, features) = run.xp.dot, run.ones, x[0].shape
        sequences = [part for part in x if part.ndim == 3]
        names = ("QKV",) if len(sequences) == 1 else ("Q", "KV")
        named = zip(names, sequences, strict=True)
        reads = [Projection(*pair, self.heads, p, run) for pair in named]
        O = run.new("O", (count, steps, len(p.W_O)))  # noqa: E741
        y = run.new("y", (count, steps, features))
        core = Core(reads, _cut(O, 1, self.heads)[0], hiding(self.causal, x, run), run)
        blocks = core.blocks()
        for n in blocks:
            for read in reads:
                read.forward(n)
            core.forward(n)
            dot(_rows(O[n]), p.W_O, out=_rows(y[n]))
            if self.bias:
                y[n] += p.b_O

        def backward(dy: Array, g: SimpleNamespace) -> tuple[Array, ...]:
            for n in blocks:
                dO = dot(_rows(dy[n]), p.W_O.T, out=run.new("dO", _rows(O[n]).shape))
                core.backward(n, _cut(dO.reshape(O[n].shape), 1, self.heads)[0])
                for read in reads:
                    read.backward(n)
            dot(_rows(O).T, _rows(dy), out=g.W_O)
            if self.bias:
                dot(ones(count * steps), _rows(dy), out=g.b_O)
            dx = iter([read.gradient(g) for read in reads])
            return tuple([next(dx) if part.ndim == 3 else no_gradient(part, run) for part in x])

        return y, backward

    def inside(self, p: SimpleNamespace, x: tuple[Array, ...], run: Run) -> Mapping[str, Array]:
        """Return the weights of the values in O, (N, heads, steps, keys)."""
        self.forward(p, x, run)
        return {"attention": self.attended(x, run)}

    def attended(self, x: tuple[Array, ...], run: Run) -> Array:
        """Return what `forward` has just multiplied the values with, NaN at what is hidden.

        That is e / s, with the exponentials and their sums as `Core` has left them.
        """
        xp, memory = run.xp, [part for part in x if part.ndim == 3][-1]
        count, steps, keys = len(memory), x[0].shape[1], memory.shape[1]
        e = run.new("e", (count, self.heads, steps, keys))
        weights = e / _by_head(run.new("s", (count, steps, self.heads, 1)))
        for hide in hiding(self.causal, x, run):
            weights += xp.where(hide < 0, xp.nan, 0)
        return weights


class Projection:
    """Queries, keys and values that one sequence gives, by one product with their weights.

    The factor 1/√d_k of the scores is taken into the weights of the queries.

    Parameters
    ----------
    names
        Which of them, of the letters ``QKV``.
    x
        The sequences (N, steps, features).
    heads, p, run
        The number of heads, the parameters and the buffers.

    Attributes
    ----------
    heads, dheads
        Each of them and its gradient, (N, steps, heads, d_k), as views.
    """

    def __init__(self, names: str, x: Array, heads: int, p: SimpleNamespace, run: Run) -> None:
        self.names, self.x, self.run = names, x, run
        width = p.W_O.shape[0]
        self.places = [(name, slice(i * width, (i + 1) * width)) for i, name in enumerate(names)]
        self.scale = 1 / sqrt(width // heads)
        self.W = run.new("W_" + names, (x.shape[-1], len(names) * width))
        self.b = run.new("b_" + names, (len(names) * width,))
        for name, place in self.places:
            scale = run.constant(self.scale if name == "Q" else 1.0)
            run.xp.multiply(getattr(p, "W_" + name), scale, out=self.W[:, place])
            run.xp.multiply(getattr(p, "b_" + name, run.constant(0.0)), scale, out=self.b[place])
        shape = (*x.shape[:-1], len(self.b))
        self.z, self.dz = run.new("z_" + names, shape), run.new("dz_" + names, shape)
        self.dx = run.new("dx_" + names, x.shape) if run.needs_dx else None
        self.heads = _cut(self.z, len(names), heads)
        self.dheads = _cut(self.dz, len(names), heads)

    def forward(self, n: slice) -> None:
        """Write `heads` of some samples, z = x W + b."""
        z = self.run.xp.dot(_rows(self.x[n]), self.W, out=_rows(self.z[n]))
        z += self.b

    def backward(self, n: slice) -> None:
        """Take dx = dz Wᵀ of some samples from `dheads`."""
        if self.dx is not None:
            self.run.xp.dot(_rows(self.dz[n]), self.W.T, out=_rows(self.dx[n]))

    def gradient(self, g: SimpleNamespace) -> Array:
        """Write dW = xᵀ dz and db = Σ dz; return dx, None where nobody wants it."""
        run, dz, rows = self.run, _rows(self.dz), _rows(self.x)
        dW = run.xp.dot(rows.T, dz, out=run.new("dW_" + self.names, self.W.shape))
        db = run.xp.dot(run.ones(len(rows)), dz)
        for name, place in self.places:
            scale = run.constant(self.scale if name == "Q" else 1.0)
            run.xp.multiply(dW[:, place], scale, out=getattr(g, "W_" + name))
            if hasattr(g, "b_" + name):
                run.xp.multiply(db[place], scale, out=getattr(g, "b_" + name))
        return self.dx


class Core:
    """O = softmax(q kᵀ) v for every sample and head.

    The division by the sums of the softmax comes after the product with `v`, where the numbers are
    fewer: with e = exp(q kᵀ) and s its row sums, O = (e v) / s.

    Parameters
    ----------
    reads
        Where queries, keys and values come from.
    out
        O, (N, steps, heads, d_k), which is written to.
    hidden
        What `hiding` returns.
    run
        The buffers.
    """

    def __init__(
        self, reads: list[Projection], out: Array, hidden: tuple[Array, ...], run: Run
    ) -> None:
        self.q, self.k, self.v = (part for read in reads for part in read.heads)
        self.dq, self.dk, self.dv = (part for read in reads for part in read.dheads)
        self.out, self.hidden, self.run = out, hidden, run
        count, steps, heads, _ = out.shape
        self.e = run.new("e", (count, heads, steps, self.k.shape[1]))
        self.s = run.new("s", (count, steps, heads, 1))

    def blocks(self) -> list[slice]:
        """Return which samples to take together so that their scores stay in the cache."""
        count, scores = len(self.e), self.e[0].size
        step = max(1, BLOCK // scores)
        return [slice(n, min(n + step, count)) for n in range(0, count, step)]

    def forward(self, n: slice) -> None:
        """Write O of some samples."""
        run, xp, e, out = self.run, self.run.xp, self.e[n], self.out[n]
        kT = self.k[n].transpose(0, 2, 3, 1)
        k = run.new("kT", kT.shape)
        k[...] = kT
        xp.matmul(_by_head(self.q[n]), k, out=e)
        exponentials(e, [hide if len(hide) == 1 else hide[n] for hide in self.hidden], run)
        s = xp.dot(e.reshape(-1, e.shape[-1]), run.ones(e.shape[-1]))
        if self.hidden:
            s += s == 0
        _by_head(self.s[n])[..., 0] = s.reshape(e.shape[:-1])
        xp.matmul(e, _by_head(self.v[n]), out=_by_head(out))
        out /= self.s[n]

    def backward(self, n: slice, dout: Array) -> None:
        """Write the gradients of queries, keys and values of some samples.

        With d = dO / s, dv = eᵀ d, and the gradient of the scores is ds = e ⊙ (d vᵀ − Σ d ⊙ O),
        dq = ds k, dk = dsᵀ q. The subtraction is part of the product: a column with −Σ d ⊙ O stands
        beside d, a row of ones below vᵀ.
        """
        run, xp, e = self.run, self.run.xp, self.e[n]
        count, steps, heads, size = dout.shape
        beside = run.new("d", (count, steps, heads, size + 1))
        d = xp.divide(dout, self.s[n], out=beside[..., :size])
        beside[..., size] = -xp.einsum("nthd,nthd->nth", d, self.out[n])
        vT = run.new("vT", (count, heads, size + 1, e.shape[-1]))
        vT[..., :size, :], vT[..., size, :] = self.v[n].transpose(0, 2, 3, 1), 1
        ds = xp.matmul(_by_head(beside), vT, out=run.new("ds", e.shape))
        ds *= e
        xp.matmul(e.swapaxes(-1, -2), _by_head(d), out=_by_head(self.dv[n]))
        xp.matmul(ds, _by_head(self.k[n]), out=_by_head(self.dq[n]))
        xp.matmul(ds.swapaxes(-1, -2), _by_head(self.q[n]), out=_by_head(self.dk[n]))


def _rows(x: Array) -> Array:
    """Return (N, steps, features) as (N · steps, features)."""
    return x.reshape(-1, x.shape[-1])


def _by_head(x: Array) -> Array:
    """Return (N, steps, heads, d_k) as (N, heads, steps, d_k), a view."""
    return x.swapaxes(1, 2)


def hiding(causal: bool, x: tuple[Array, ...], run: Run) -> tuple[Array, ...]:
    """Return what to add to the scores (N, heads, steps, keys), −∞ where a key is hidden, else 0.

    A causal mask hides from each step the keys behind it, from all samples alike; a list among the
    inputs hides the keys where it is 0, from all steps of its sample.
    """
    xp, found = run.xp, []
    if causal:
        shape = (1, 1, x[0].shape[1], x[0].shape[1])
        found.append(run.table("later", shape, lambda: xp.triu(xp.full(shape, -xp.inf), 1)))
    for mask in (part for part in x if part.ndim == 2):
        hide = run.new("padding", (len(mask), 1, 1, mask.shape[1]))
        hide[...] = xp.where(mask == 0, -xp.inf, 0)[:, None, None]
        found.append(hide)
    return tuple(found)


def exponentials(scores: Array, hidden: Iterable[Array], run: Run) -> None:
    """Replace scores by exp(scores − shift), 0 at what is hidden.

    The shift is one number for each row, which the softmax does not see. It is 0 for rows whose
    maximum lies within ±SAFE, so that nearly always no pass is spent on it, and else keeps exp from
    overflow: it moves the maximum to the nearer bound.
    """
    xp = run.xp
    safe = bool(scores.max() <= SAFE) and bool(scores.min() >= -SAFE)
    for hide in hidden:
        scores += hide
    if not safe:
        top = scores.max(axis=-1, keepdims=True)
        top[top == -xp.inf] = 0  # all keys are hidden
        scores -= top - xp.clip(top, -SAFE, SAFE)
    xp.exp(scores, out=scores)


def no_gradient(mask: Array, run: Run) -> Array:
    """Return the gradient of a mask, which is zero."""
    return run.constant(0.0, mask.shape)


def _cut(z: Array, parts: int, heads: int) -> Array:
    """Cut (N, steps, parts · heads · d_k) into (parts, N, steps, heads, d_k), as a view."""
    return z.reshape(*z.shape[:2], parts, heads, -1).transpose(2, 0, 1, 3, 4)
