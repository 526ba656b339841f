"""The built-in experiments: one JSON file each in ``assets/examples``."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from pathlib import Path

from engine.errors import UnknownKind
from engine.experiment import Experiment, from_dict
from engine.tasks import Task
from playground.resources import asset


@dataclass(frozen=True)
class Example:
    """A built-in experiment and what it is called; `titles` are by language."""

    name: str
    titles: dict[str, str]
    about: dict[str, str]
    experiment: Experiment


@functools.cache
def examples() -> dict[str, Example]:
    """Return all built-in experiments by name, in the order that their files ask for."""
    entries = [(path.stem, json.loads(path.read_text("utf-8"))) for path in _files()]
    entries.sort(key=lambda entry: (entry[1]["order"], entry[0]))
    return {
        name: Example(name, data["title"], data["about"], from_dict(data["experiment"]))
        for name, data in entries
    }


def _files() -> list[Path]:
    return sorted(asset("examples").glob("*.json"))


def example(name: str) -> Experiment:
    """Return the built-in experiment called `name`, or raise UnknownKind."""
    try:
        return examples()[name].experiment
    except KeyError:
        raise UnknownKind(
            "There is no experiment called {name}; there are {known}, or name a file.",
            name=name,
            known=", ".join(examples()),
        ) from None


def same_task(one: Experiment, other: Experiment) -> bool:
    """Return whether two experiments ask the same kind of question, whatever the data."""
    return one.task.kind == other.task.kind or (
        one.task.input_shape == other.task.input_shape and one.task.target == other.task.target
    )


@functools.lru_cache(maxsize=8)
def like(task: Task) -> tuple[str, ...]:
    """Return the names of the examples that ask the same kind of question as a task.

    Remembered, since an edit of the network asks again, and some tasks count their words.
    """
    return tuple(
        name
        for name, entry in examples().items()
        if same_task(entry.experiment, entry.experiment.but(task=task))
    )


def preset_name(experiment: Experiment) -> str:
    """Return the name of the example with this graph, the one with the same data before others.

    The empty string where the network is nobody's example.
    """
    same = [
        (entry.experiment.task == experiment.task, name)
        for name, entry in examples().items()
        if entry.experiment.graph == experiment.graph and same_task(entry.experiment, experiment)
    ]
    return max(same, default=(False, ""))[1]
