"""Training steps against PyTorch and scikit-learn: interleaved in one run, medians, ratios.

Run with ``uv run pytest -m benchmark -s tests/benchmarks/test_steps.py``; PyTorch and JAX are
measured where they are installed. Nothing is asserted about time: machines differ and are busy.
"""

import contextlib
import time
import warnings
from pathlib import Path
from statistics import median

import pytest
from threadpoolctl import threadpool_limits
from workloads import WORKLOADS, ours, pytorch, scikit_learn

REPORT = Path(__file__).parents[2] / "build" / "benchmarks" / "steps.md"
ROUNDS = 15
SLICE = 0.08
"""Seconds that one framework is measured before the next has its turn."""


@contextlib.contextmanager
def torch_threads(count):
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(count)
    yield
    torch.set_num_threads(before)


def contestants(workload):
    """Return the frameworks by name: a step, and the context it runs in."""
    found = {"ours": (ours(workload), contextlib.nullcontext)}
    if workload.hidden:
        found["scikit-learn"] = (scikit_learn(workload), contextlib.nullcontext)
    with contextlib.suppress(ImportError):
        for threads in (1, 2):
            step = pytorch(workload)
            found[f"PyTorch, {threads} threads"] = (step, lambda n=threads: torch_threads(n))
    with contextlib.suppress(ImportError):
        from in_jax import jax_step

        found["JAX, jit"] = (jax_step(workload), contextlib.nullcontext)
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
