"""The networks that are timed: as ours, and as PyTorch writes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from engine.experiment import Experiment, Training
from engine.graph import Graph
from engine.layers import layer
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.tasks.base import Dataset, Part, Target, Task
from engine.trainer import Trainer, load
from engine.updates import update

BATCHES = 16
"""Batches of random data that training goes round."""


@dataclass(frozen=True)
class Workload:
    """A network, the shape of its samples, and the same network as a PyTorch module.

    One output means sigmoid and binary cross-entropy, more of them softmax and cross-entropy.
    """

    name: str
    shape: tuple[int, ...]
    batch: int
    layers: tuple[Any, ...]
    module: Callable[[], Any]
    hidden: tuple[int, ...] = ()
    """The widths of a plain MLP, which scikit-learn can train as well."""

    @property
    def outputs(self) -> int:
        """How many outputs the last layer has."""
        return self.layers[-1].units

    def data(self):
        """Return inputs and classes."""
        rng = np.random.default_rng(0)
        x = rng.normal(size=(BATCHES * self.batch, *self.shape)).astype(np.float32)
        return x, rng.integers(0, max(2, self.outputs), len(x))


def _mlp(name, widths, batch, activation):
    *hidden, outputs = widths[1:]
    last = "sigmoid" if outputs == 1 else "softmax"
    layers = (*(Dense(width, activation) for width in hidden), Dense(outputs, last))

    def module():
        from torch import nn

        between = {"tanh": nn.Tanh, "relu": nn.ReLU}[activation]
        parts = []
        for inputs, units in pairwise(widths):
            parts += [nn.Linear(inputs, units), between()]
        return nn.Sequential(*parts[:-1])

    return Workload(name, widths[:1], batch, layers, module, tuple(hidden))


def _lenet():
    from torch import nn

    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(400, 120),
        nn.ReLU(),
        nn.Linear(120, 84),
        nn.ReLU(),
        nn.Linear(84, 10),
    )


def _recurrent(kind):
    def module():
        from torch import nn

        class Last(nn.Module):
            def __init__(self):
                super().__init__()
                self.steps = getattr(nn, kind)(6, 64, batch_first=True)
                self.last = nn.Linear(64, 2)

            def forward(self, x):
                return self.last(self.steps(x)[0][:, -1])

        return Last()

    return module


def _transformer():
    from torch import nn

    block = nn.TransformerEncoderLayer(64, 4, 256, dropout=0.0, batch_first=True)
    encoder = nn.TransformerEncoder(block, 2, enable_nested_tensor=False)
    return nn.Sequential(encoder, nn.Flatten(), nn.Linear(64 * 64, 2))


def _kind(name, **settings):
    return layer[name](**settings)


WORKLOADS = (
    _mlp("XOR, 2-4-1, batch 4", (2, 4, 1), 4, "tanh"),
    _mlp("toy, 2-8-8-2, batch 32", (2, 8, 8, 2), 32, "tanh"),
    _mlp("MNIST, 784-128-64-10, batch 64", (784, 128, 64, 10), 64, "relu"),
    Workload(
        "LeNet-5, batch 64",
        (1, 28, 28),
        64,
        (
            _kind("conv2d", filters=6, kernel_size=5, padding="2", activation="relu"),
            _kind("max_pool2d"),
            _kind("conv2d", filters=16, kernel_size=5, padding="valid", activation="relu"),
            _kind("max_pool2d"),
            Flatten(),
            Dense(120, "relu"),
            Dense(84, "relu"),
            Dense(10, "softmax"),
        ),
        _lenet,
    ),
    *(
        Workload(
            f"{torch_kind}, 48×6, hidden 64, batch 64",
            (48, 6),
            64,
            (_kind(kind, units=64), Dense(2, "softmax")),
            _recurrent(torch_kind),
        )
        for kind, torch_kind in (("simple_rnn", "RNN"), ("lstm", "LSTM"), ("gru", "GRU"))
    ),
    Workload(
        "Transformer, d 64, 4 heads, 2 layers, T 64, batch 32",
        (64, 64),
        32,
        (
            *(_kind("transformer_encoder", heads=4, ff_units=256, dropout=0.0) for _ in range(2)),
            Flatten(),
            Dense(2, "softmax"),
        ),
        _transformer,
    ),
)


@dataclass(frozen=True)
class Given(Task):
    """A task over arrays that are at hand."""

    workload: Workload = WORKLOADS[0]
    label = "Given"

    @property
    def input_shape(self):
        return self.workload.shape

    @property
    def target(self):
        return Target(tuple(map(str, range(max(2, self.workload.outputs)))))

    def load(self, seed):
        x, classes = self.workload.data()
        part = Part(x, classes)
        return Dataset(self.target, part, part.head(8), part.head(8))


def ours(workload):
    """Return a function that makes one update: shuffled batch, forward, backward, Adam.

    What a run does between updates, measuring itself at the end of an epoch, is left out, as it
    is of the other frameworks.
    """
    loss = "binary_cross_entropy" if workload.outputs == 1 else "cross_entropy"
    training = Training(loss=loss, learning_rate=0.001, batch_size=workload.batch)
    load.cache_clear()
    trainer = Trainer(Experiment(Given(workload), Graph.chain(*workload.layers), training))
    network, feed, state = trainer.network, trainer.feed, trainer.optimizer_state

    def step():
        if feed.epoch_is_over:
            feed.rewind()
        batch = feed.next(workload.batch, epoch=0, seed=0)
        return update(network, training, state, batch, 0.001)

    return step


def pytorch(workload):
    """Return one update of PyTorch in eager mode on batches that lie ready."""
    import torch
    from torch import nn

    torch.manual_seed(0)
    model = workload.module()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    x, classes = workload.data()
    inputs = torch.tensor(x).split(workload.batch)
    if workload.outputs == 1:
        criterion = nn.BCEWithLogitsLoss()
        targets = torch.tensor(classes[:, None].astype(np.float32)).split(workload.batch)
    else:
        criterion = nn.CrossEntropyLoss()
        targets = torch.tensor(classes).split(workload.batch)
    count = 0

    def step():
        nonlocal count
        i = count % len(inputs)
        count += 1
        optimizer.zero_grad()
        loss = criterion(model(inputs[i]), targets[i])
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def scikit_learn(workload):
    """Return one ``partial_fit`` of a batch."""
    from sklearn.neural_network import MLPClassifier

    model = MLPClassifier(
        workload.hidden,
        activation=workload.layers[0].activation.kind,
        alpha=0.0,
        batch_size=workload.batch,
        random_state=0,
    )
    x, classes = workload.data()
    labels = np.unique(classes)
    batches = [slice(i, i + workload.batch) for i in range(0, len(x), workload.batch)]
    count = 0

    def step():
        nonlocal count
        rows = batches[count % len(batches)]
        count += 1
        model.partial_fit(x[rows], classes[rows], classes=labels)

    return step
