"""The networks that are timed, as JAX compiles them: one jitted function makes a whole update."""

from math import sqrt

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax


def dense(key, shape, layer):
    W = _draw(key, (shape[-1], layer.units))
    act = {"tanh": jnp.tanh, "relu": jax.nn.relu}.get(layer.activation.kind, lambda z: z)
    return {"W": W, "b": jnp.zeros(layer.units)}, lambda p, x: act(x @ p["W"] + p["b"])


def conv2d(key, shape, layer):
    channels, size = shape[0], layer.kernel_size
    W = _draw(key, (layer.filters, channels, size, size))
    pad = 0 if layer.padding == "valid" else int(layer.padding)

    def forward(p, x):
        z = lax.conv_general_dilated(x, p["W"], (1, 1), [(pad, pad)] * 2)
        return jax.nn.relu(z + p["b"][:, None, None])

    return {"W": W, "b": jnp.zeros(layer.filters)}, forward


def max_pool2d(key, shape, layer):
    window = (1, 1, 2, 2)
    return {}, lambda p, x: lax.reduce_window(x, -jnp.inf, lax.max, window, window, "VALID")


def flatten(key, shape, layer):
    return {}, lambda p, x: x.reshape(len(x), -1)


def recurrent(key, shape, layer):
    gates, units = type(layer).gates, layer.units
    keys = jax.random.split(key)
    p = {
        "W": _draw(keys[0], (shape[-1], gates * units)),
        "U": _draw(keys[1], (units, gates * units)),
        "b": jnp.zeros(gates * units),
    }
    step = {"simple_rnn": _rnn, "lstm": _lstm, "gru": _gru}[layer.kind]

    def forward(p, x):
        zero = jnp.zeros((len(x), units))
        inputs = (x @ p["W"] + p["b"]).swapaxes(0, 1)
        (h, _), _ = lax.scan(lambda state, z: (step(p, state, z), None), (zero, zero), inputs)
        return h

    return p, forward


def _rnn(p, state, z):
    h = jnp.tanh(z + state[0] @ p["U"])
    return h, h


def _lstm(p, state, z):
    h, c = state
    f, i, o, new = jnp.split(z + h @ p["U"], 4, axis=1)
    c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(new)
    return jax.nn.sigmoid(o) * jnp.tanh(c), c


def _gru(p, state, z):
    h, _ = state
    units = h.shape[1]
    update, reset = jnp.split(jax.nn.sigmoid(z[:, : 2 * units] + h @ p["U"][:, : 2 * units]), 2, 1)
    new = jnp.tanh(z[:, 2 * units :] + (reset * h) @ p["U"][:, 2 * units :])
    h = (1 - update) * h + update * new
    return h, h


def transformer_encoder(key, shape, layer):
    width, keys = shape[-1], jax.random.split(key, 6)
    sizes = [(width, width)] * 4 + [(width, layer.ff_units), (layer.ff_units, width)]
    p = {name: _draw(k, s) for name, k, s in zip("QKVOAB", keys, sizes, strict=True)}
    p |= {name: jnp.zeros(layer.ff_units if name == "a" else width) for name in "qvoab"}
    p |= {name: (jnp.ones(width), jnp.zeros(width)) for name in ("norm1", "norm2")}

    def heads(x):
        return x.reshape(*x.shape[:2], layer.heads, -1).swapaxes(1, 2)

    def forward(p, x):
        q, k, v = (heads(x @ p[name]) for name in "QKV")
        share = jax.nn.softmax(q @ k.swapaxes(-1, -2) / sqrt(q.shape[-1]))
        seen = (share @ v).swapaxes(1, 2).reshape(x.shape)
        x = _normalized(x + seen @ p["O"] + p["o"], *p["norm1"])
        return _normalized(x + jax.nn.relu(x @ p["A"] + p["a"]) @ p["B"] + p["b"], *p["norm2"])

    return p, forward


def _normalized(x, gamma, beta):
    x = x - x.mean(-1, keepdims=True)
    return x / jnp.sqrt((x**2).mean(-1, keepdims=True) + 1e-5) * gamma + beta


def _draw(key, shape):
    return jax.random.normal(key, shape) / sqrt(shape[0])


MAKERS = {
    "dense": dense,
    "conv2d": conv2d,
    "max_pool2d": max_pool2d,
    "flatten": flatten,
    "simple_rnn": recurrent,
    "lstm": recurrent,
    "gru": recurrent,
    "transformer_encoder": transformer_encoder,
}


def jax_step(workload):
    """Return one update by Adam on batches that lie ready, compiled as one function."""
    x, classes = workload.data()
    inputs = [jnp.asarray(part) for part in np.split(x, len(x) // workload.batch)]
    targets = [jnp.asarray(part) for part in np.split(classes, len(x) // workload.batch)]
    parameters, forwards = [], []
    sample = inputs[0]
    for key, layer in zip(jax.random.split(jax.random.key(0), 16), workload.layers, strict=False):
        p, forward = MAKERS[layer.kind](key, sample.shape[1:], layer)
        parameters.append(p)
        forwards.append(forward)
        sample = forward(p, sample)

    def loss(parameters, x, t):
        for p, forward in zip(parameters, forwards, strict=True):
            x = forward(p, x)
        if workload.outputs == 1:
            return (jax.nn.softplus(x[:, 0]) - x[:, 0] * t).mean()
        return -jnp.take_along_axis(jax.nn.log_softmax(x), t[:, None], 1).mean()

    @jax.jit
    def update(parameters, m, v, count, x, t):
        value, g = jax.value_and_grad(loss)(parameters, x, t)
        m = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, m, g)
        v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, v, g)
        rate = 0.001 * jnp.sqrt(1 - 0.999**count) / (1 - 0.9**count)
        parameters = jax.tree.map(
            lambda p, m, v: p - rate * m / (jnp.sqrt(v) + 1e-8), parameters, m, v
        )
        return value, parameters, m, v

    zeros = jax.tree.map(jnp.zeros_like, parameters)
    state = [parameters, zeros, zeros, 0]

    def step():
        i = state[3] % len(inputs)
        state[3] += 1
        value, *state[:3] = update(*state[:3], float(state[3]), inputs[i], targets[i])
        return float(value)

    return step
