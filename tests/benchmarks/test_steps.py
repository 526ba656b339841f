"""Training steps against PyTorch and scikit-learn: interleaved in one run, medians, ratios.

Run with ``uv run pytest -m benchmark -s tests/benchmarks/test_steps.py``; PyTorch is measured
where it is installed. Nothing is asserted about time: machines differ and are busy.
"""

import contextlib
import time
import warnings
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from engine.experiment import Experiment, Training
from engine.graph import Graph
from engine.layers.dense import Dense
from engine.tasks.base import Dataset, Part, Target, Task
from engine.trainer import Trainer, load

REPORT = Path(__file__).parents[2] / "build" / "benchmarks" / "steps.md"
ROUNDS = 15
SLICE = 0.08
"""Seconds that one framework is measured before the next has its turn."""


@dataclass(frozen=True)
class Workload:
    """An MLP and a batch; one output unit means sigmoid and binary cross-entropy."""

    name: str
    widths: tuple[int, ...]
    batch: int
    hidden: str = "tanh"

    def data(self):
        """Return 16 batches of inputs and classes."""
        rng = np.random.default_rng(0)
        x = rng.normal(size=(16 * self.batch, self.widths[0])).astype(np.float32)
        return x, rng.integers(0, max(2, self.widths[-1]), len(x))


WORKLOADS = (
    Workload("XOR, 2-4-1, batch 4", (2, 4, 1), 4),
    Workload("toy, 2-8-8-2, batch 32", (2, 8, 8, 2), 32),
    Workload("MNIST, 784-128-64-10, batch 64", (784, 128, 64, 10), 64, "relu"),
)


@dataclass(frozen=True)
class Given(Task):
    """A task over arrays that are at hand."""

    workload: Workload = WORKLOADS[0]
    label = "Given"

    @property
    def input_shape(self):
        return self.workload.widths[:1]

    @property
    def target(self):
        return Target(tuple(map(str, range(max(2, self.workload.widths[-1])))))

    def load(self, seed):
        x, classes = self.workload.data()
        part = Part(x, classes)
        return Dataset(self.target, part, part.head(8), part.head(8))


def ours(workload):
    """Return a function that makes one update: batch, forward, backward, Adam, bookkeeping."""
    *hidden, units = workload.widths[1:]
    last, loss = ("sigmoid", "binary_cross_entropy") if units == 1 else ("softmax", "cross_entropy")
    graph = Graph.chain(*(Dense(width, workload.hidden) for width in hidden), Dense(units, last))
    training = Training(loss=loss, learning_rate=0.001, batch_size=workload.batch, epochs=1_000_000)
    load.cache_clear()
    steps = Trainer(Experiment(Given(workload), graph, training)).steps()
    return lambda: next(steps)


def pytorch(workload):
    """Return one update of PyTorch in eager mode on batches that lie ready."""
    import torch
    from torch import nn

    torch.manual_seed(0)
    layers = []
    for inputs, outputs in zip(workload.widths, workload.widths[1:], strict=False):
        layers += [
            nn.Linear(inputs, outputs),
            nn.Tanh() if workload.hidden == "tanh" else nn.ReLU(),
        ]
    model = nn.Sequential(*layers[:-1])
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    x, classes = workload.data()
    inputs = torch.tensor(x).split(workload.batch)
    if workload.widths[-1] == 1:
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
        workload.widths[1:-1],
        activation=workload.hidden,
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


@contextlib.contextmanager
def torch_threads(count):
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(count)
    yield
    torch.set_num_threads(before)


def contestants(workload):
    """Return the frameworks by name: a step, and the context it runs in."""
    found = {
        "ours": (ours(workload), contextlib.nullcontext),
        "scikit-learn": (scikit_learn(workload), contextlib.nullcontext),
    }
    with contextlib.suppress(ImportError):
        for threads in (1, 2):
            step = pytorch(workload)
            found[f"PyTorch, {threads} threads"] = (step, lambda n=threads: torch_threads(n))
    return found


def microseconds(step, context):
    """Return the time of a step, over a slice of time."""
    with context():
        count, began = 0, time.perf_counter()
        while (elapsed := time.perf_counter() - began) < SLICE:
            step()
            count += 1
    return elapsed / count * 1e6


@pytest.mark.benchmark
def test_steps():
    lines = ["| workload | framework | µs a step | of PyTorch's best |", "|---|---|---|---|"]
    with threadpool_limits(1), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for workload in WORKLOADS:
            frameworks = contestants(workload)
            for step, context in frameworks.values():
                microseconds(step, context)
            times = {name: [] for name in frameworks}
            for _ in range(ROUNDS):
                for name, (step, context) in frameworks.items():
                    times[name].append(microseconds(step, context))
            medians = {name: median(values) for name, values in times.items()}
            torch = [value for name, value in medians.items() if name.startswith("PyTorch")]
            for name, value in medians.items():
                ratio = f"{min(torch) / value:.2f} times as fast" if torch else "–"
                lines.append(f"| {workload.name} | {name} | {value:.1f} | {ratio} |")
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text("\n".join(lines) + "\n", "utf-8")
    print("\n" + "\n".join(lines))
    assert len(lines) > 2
