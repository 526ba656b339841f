"""Multi-head attention, of a sequence to itself or to another one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import sqrt
from types import SimpleNamespace
from typing import Any, ClassVar, TypeAlias

from engine.arrays import Array, Shape
from engine.errors import ShapeError
from engine.fields import param
from engine.initializers import Glorot, Initializer, Zeros
from engine.layers import needs
from engine.layers.base import Backward, Fix, layer
from engine.layers.parametrized import Parametrized
from engine.parametrizations import Parametrization, Plain
from engine.run import Run
from engine.text import Text

SAFE = 32.0
"""Scores up to this size go into exp as they are: sums and products of the results stay finite."""

BLOCK = 2**17
"""As many scores are handled at once, with all that leads to them, as the cache keeps at hand."""

Attended: TypeAlias = Callable[[Array, Array, Array, Array], None]
"""Takes the gradient of the heads' outputs; writes those of queries, keys and values."""


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
        if self.causal:
            return Text("{heads} heads · causal", heads=self.heads)
        return Text("{heads} heads", heads=self.heads)

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """Return the shape of the first input, a sequence that the heads divide."""
        (steps, features), (memory_steps, _) = need_sequences(inputs)
        if self.causal and memory_steps != steps:
            raise ShapeError(
                "{layer} hides later steps, so its sequences need the same length, but they have "
                "{steps} and {memory} steps.",
                Fix(Text("Switch the causal mask off"), replace=self.but(causal=False)),
                steps=steps,
                memory=memory_steps,
            )
        if not self.head_size:
            need_fitting_heads(self, self.heads, features)
        return inputs[0]

    def init(self, rng: Any, inputs: tuple[Shape, ...]) -> Mapping[str, Array]:
        """Draw W_Q, W_K, W_V (features, heads · d_k) and W_O (heads · d_k, features); b is zero."""
        (_, features), (_, remembered) = need_sequences(inputs)
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
        """Return O W_O + b_O; dW_O = Oᵀ dy, db_O = Σ dy, dO = dy W_Oᵀ. No mask has a gradient."""
        if self.weights.parts:
            return self.composed(p, x, run)
        dot, (count, steps, features) = run.xp.dot, x[0].shape
        sequences = [part for part in x if part.ndim == 3]
        names = ("QKV",) if len(sequences) == 1 else ("Q", "KV")
        reads = [
            Projection(*pair, self.heads, p, run) for pair in zip(names, sequences, strict=True)
        ]
        q, k, v = (part for read in reads for part in read.heads)
        dq, dk, dv = (part for read in reads for part in read.dheads)
        O = run.new("O", (count * steps, len(p.W_O)))  # noqa: E741
        hidden = hiding(self.causal, x, run)
        attended = attend(q, k, v, self._cut(O, count), hidden, run)
        y = dot(O, p.W_O, out=run.new("y", (count * steps, features)))
        if self.bias:
            y += p.b_O

        def backward(dy: Array, g: SimpleNamespace) -> tuple[Array, ...]:
            dy = dy.reshape(count * steps, features)
            dot(O.T, dy, out=g.W_O)
            if self.bias:
                dot(run.ones(count * steps), dy, out=g.b_O)
            dO = dot(dy, p.W_O.T, out=run.new("dO", O.shape))
            attended(self._cut(dO, count), dq, dk, dv)
            dx = iter([read.backward(g) for read in reads])
            return tuple([next(dx) if part.ndim == 3 else no_gradient(part, run) for part in x])

        return y.reshape(x[0].shape), backward

    def _cut(self, rows: Array, count: int) -> Array:
        """Cut rows (N · steps, heads · d_k) into heads (N, steps, heads, d_k), as a view."""
        return _cut(rows, count, 1, self.heads)[0]


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
        count, steps, features = x.shape
        self.rows = x.reshape(count * steps, features)
        self.width = p.W_O.shape[0]
        self.scale = 1 / sqrt(self.width // heads)
        self.W = run.new("W_" + names, (features, len(names) * self.width))
        b = run.new("b_" + names, (len(names) * self.width,))
        for name, place in self._places():
            scale = run.constant(self.scale if name == "Q" else 1.0)
            run.xp.multiply(getattr(p, "W_" + name), scale, out=self.W[:, place])
            run.xp.multiply(getattr(p, "b_" + name, run.constant(0.0)), scale, out=b[place])
        shape = (count * steps, len(b))
        z = run.xp.dot(self.rows, self.W, out=run.new("z_" + names, shape))
        z += b
        self.dz = run.new("dz_" + names, shape)
        self.heads = _cut(z, count, len(names), heads)
        self.dheads = _cut(self.dz, count, len(names), heads)

    def _places(self) -> list[tuple[str, slice]]:
        """Return which columns belong to which name."""
        width = self.width
        return [(name, slice(i * width, (i + 1) * width)) for i, name in enumerate(self.names)]

    def backward(self, g: SimpleNamespace) -> Array:
        """Write dW = xᵀ dz and db = Σ dz; return dx = dz Wᵀ, all from `dheads`."""
        run, dot = self.run, self.run.xp.dot
        dW = dot(self.rows.T, self.dz, out=run.new("dW_" + self.names, self.W.shape))
        db = dot(run.ones(len(self.rows)), self.dz)
        for name, place in self._places():
            scale = run.constant(self.scale if name == "Q" else 1.0)
            run.xp.multiply(dW[:, place], scale, out=getattr(g, "W_" + name))
            if hasattr(g, "b_" + name):
                run.xp.multiply(db[place], scale, out=getattr(g, "b_" + name))
        if not run.needs_dx:
            return None
        dx = dot(self.dz, self.W.T, out=run.new("dx_" + self.names, self.rows.shape))
        return dx.reshape(self.x.shape)


def attend(
    q: Array, k: Array, v: Array, out: Array, hidden: tuple[Array, ...], run: Run
) -> Attended:
    """Write softmax(q kᵀ) v to `out`, for every sample and head.

    The division by the sums of the softmax comes after the product with `v`, where the numbers are
    fewer: with e = exp(q kᵀ) and s its row sums, out = (e v) / s. It goes block by block of
    samples, so that one operation finds in the cache what the one before it wrote.

    Parameters
    ----------
    q, k, v, out
        Arrays (N, steps, heads, d_k); those of keys and values may have other steps.
    hidden
        What `hiding` returns.

    Returns
    -------
    backward
        With d = dout / s, dv = eᵀ d, and the gradient of the scores is
        ds = e ⊙ (d vᵀ − Σ d ⊙ out), dq = ds k, dk = dsᵀ q. The subtraction is part of the product:
        a column with −Σ d ⊙ out stands beside d, a row of ones below vᵀ.
    """
    xp = run.xp
    count, steps, heads, size = q.shape
    seen = k.shape[1]
    e = run.new("e", (count, heads, steps, seen))
    s = run.new("s", (count, steps, heads, 1))
    block = max(1, BLOCK // (heads * steps * seen))
    blocks = [slice(n, min(n + block, count)) for n in range(0, count, block)]
    for n in blocks:
        kT = run.new("kT", (n.stop - n.start, heads, size, seen))
        kT[...] = k[n].transpose(0, 2, 3, 1)
        xp.matmul(_by_head(q[n]), kT, out=e[n])
        exponentials(e[n], tuple([hide if len(hide) == 1 else hide[n] for hide in hidden]), run)
        sums = xp.dot(e[n].reshape(-1, seen), run.ones(seen))
        if hidden:
            sums += sums == 0
        _by_head(s[n])[..., 0] = sums.reshape(-1, heads, steps)
        xp.matmul(e[n], _by_head(v[n]), out=_by_head(out[n]))
        out[n] /= s[n]

    def backward(dout: Array, dq: Array, dk: Array, dv: Array) -> None:
        for n in blocks:
            rows = n.stop - n.start
            beside = run.new("d", (rows, steps, heads, size + 1))
            d = xp.divide(dout[n], s[n], out=beside[..., :size])
            beside[..., size] = -xp.einsum("nthd,nthd->nth", d, out[n])
            vT = run.new("vT", (rows, heads, size + 1, seen))
            vT[..., :size, :], vT[..., size, :] = v[n].transpose(0, 2, 3, 1), 1
            xp.matmul(e[n].swapaxes(-1, -2), _by_head(d), out=_by_head(dv[n]))
            ds = xp.matmul(_by_head(beside), vT, out=run.new("ds", e[n].shape))
            ds *= e[n]
            xp.matmul(ds, _by_head(k[n]), out=_by_head(dq[n]))
            xp.matmul(ds.swapaxes(-1, -2), _by_head(q[n]), out=_by_head(dk[n]))

    return backward


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


def exponentials(scores: Array, hidden: tuple[Array, ...], run: Run) -> None:
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


def need_sequences(
    inputs: tuple[Shape, ...], memory: bool = True
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the shapes of the sequence and of what it attends to, which may be itself.

    Raises
    ------
    ShapeError
        Where the first input is no sequence, where there are more than one memory, or any where
        none is taken, or more than one mask, and where a mask has another length than what it is
        to mask.
    """
    remove = Fix(Text("Remove the layer"), remove=True)
    masks = [shape for shape in inputs[1:] if len(shape) == 1]
    others = [needs.series(shape) for shape in inputs[1:] if len(shape) != 1]
    sequences = [needs.series(inputs[0]), *others]
    if others and not memory:
        raise ShapeError(
            "{layer} takes one sequence, but gets {count}.", remove, count=len(sequences)
        )
    if len(others) > 1:
        raise ShapeError(
            "{layer} takes a sequence and at most one memory, but gets {count} sequences.",
            remove,
            count=len(sequences),
        )
    if len(masks) > 1:
        raise ShapeError(
            "{layer} takes at most one padding mask, but gets {count}.", remove, count=len(masks)
        )
    steps, _ = sequences[-1]
    if masks and masks[0] != (steps,):
        raise ShapeError(
            "{layer} needs a mask with one number for each of {steps} steps, but gets {count}.",
            remove,
            steps=steps,
            count=masks[0][0],
        )
    return sequences[0], sequences[-1]


def need_fitting_heads(owner: Any, heads: int, features: int) -> None:
    """Raise ShapeError where the heads do not divide the features evenly."""
    if features % heads:
        fitting = max(n for n in range(1, heads) if features % n == 0)
        text = Text("Use {heads} heads", heads=fitting) if fitting > 1 else Text("Use one head")
        raise ShapeError(
            "{layer} divides the features among {heads} heads, but gets {features} features.",
            Fix(text, replace=owner.but(heads=fitting)),
            heads=heads,
            features=features,
        )


def _cut(rows: Array, count: int, parts: int, heads: int) -> Array:
    """Cut rows (N · steps, parts · heads · d_k) into (parts, N, steps, heads, d_k), as a view."""
    cut = rows.reshape(count, len(rows) // count, parts, heads, -1)
    return cut.transpose(2, 0, 1, 3, 4)
