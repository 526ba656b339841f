"""Training and measuring in the terminal: progress on stderr, the result last on stdout."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from engine import archive
from engine.adapt import with_task
from engine.checkpoint import Checkpoint
from engine.downloads import fetch_mnist
from engine.errors import DataError, FormatError
from engine.experiment import Experiment, with_setting
from engine.graph import OUTPUT
from engine.sampling import Sampling, fill_masks, generate, restored
from engine.tasks.base import PARTS
from engine.tasks.digits import Digits
from engine.tasks.masked_text import MaskedText
from engine.trainer import Trainer
from playground.examples import example, examples


@dataclass(frozen=True)
class Options:
    """What the command line asks of a run."""

    settings: Sequence[str] = ()
    epochs: int | None = None
    seed: int | None = None
    data: str | None = None
    device: str = "auto"
    out: Path | None = None
    as_json: bool = False


def find_experiment(name: str) -> tuple[str, archive.Project]:
    """Return a built-in experiment by name, or a file's, with the name to call it by.

    Raises
    ------
    EngineError
        Where there is neither, or the file cannot be read.
    """
    if name in examples():
        return name, archive.Project(example(name))
    if Path(name).suffix in (".nnp", ".json") or Path(name).exists():
        return Path(name).stem, archive.load(Path(name))
    return name, archive.Project(example(name))


def configured(experiment: Experiment, options: Options) -> Experiment:
    """Return the experiment with the settings of the command line."""
    for assignment in options.settings:
        experiment = with_setting(experiment, assignment)
    if options.data is not None:
        experiment = experiment.but(task=experiment.task.with_data(options.data))
    if options.epochs is not None:
        experiment = experiment.but(epochs=options.epochs)
    if options.seed is not None:
        experiment = experiment.but(seed=options.seed)
    return experiment


def suited(before: Experiment, experiment: Experiment) -> Experiment:
    """Return the experiment with an output and a loss for its task, saying where that is new."""
    fitting = with_task(experiment.but(task=before.task), experiment.task)
    output, loss = fitting.graph[OUTPUT].layer, fitting.training.loss
    if fitting != experiment:
        print(f"For these data: {output.summary()}, {loss.label.lower()}", file=sys.stderr)
    return fitting


def train(name: str, options: Options) -> int:
    """Train an experiment and print its metrics; return the exit status."""
    label, project = find_experiment(name)
    experiment = suited(project.experiment, configured(project.experiment, options))
    fetch_data(experiment)
    trainer = Trainer(experiment, options.device)
    if options.out is not None:
        make_folder(options.out)  # rather now than after hours of training
    if trainer.device.fallback is not None:
        print(f"Training on the CPU. {trainer.device.fallback}", file=sys.stderr)
    for notice in trainer.dataset.notices:
        print(notice, file=sys.stderr)
    with threadpool_limits(1):
        run(trainer)
        report = summary(label, trainer)
    if options.out is not None:
        write_results(options.out, label, trainer)
    print(json.dumps(report, allow_nan=False) if options.as_json else in_words(report, trainer))
    return 0


def fetch_data(experiment: Experiment) -> None:
    """Download the data that the experiment lacks, under a progress bar."""
    if not isinstance(experiment.task, Digits) or not experiment.task.needs_download:
        return
    from tqdm import tqdm

    with tqdm(unit="B", unit_scale=True, file=sys.stderr) as bar:

        def progress(done: int, total: int, name: str) -> None:
            bar.total = total
            bar.set_description(name, refresh=False)
            bar.update(done - bar.n)

        fetch_mnist(progress)


def run(trainer: Trainer) -> None:
    """Train to the end under a progress bar."""
    from tqdm import tqdm

    bar = tqdm(total=trainer.goal, initial=trainer.epoch, unit="epoch", file=sys.stderr)
    # Numbers that overflow end in a DivergenceError; warnings would tell of them twice.
    with bar, np.errstate(all="ignore"):
        for _ in trainer.steps():
            if trainer.feed.position == 0:
                bar.update(trainer.epoch - bar.n)
                if trainer.epoch % max(1, trainer.goal // 100) == 0:
                    bar.set_postfix(_latest(trainer), refresh=False)


def _latest(trainer: Trainer) -> dict[str, str]:
    row = trainer.history.table().last()
    shown = ("training_loss", "validation_loss", "validation_accuracy", "validation_rmse")
    return {name: f"{row[name]:.4g}" for name in shown if name in row}


def summary(name: str, trainer: Trainer, trained: bool = True) -> dict[str, Any]:
    """Return what a run came to, as ``--json`` prints it; numbers that are not finite are null.

    A network that was only measured has no epochs, steps and seconds, and its loss is that on the
    test part.
    """
    measures = measured(trainer)
    run = {
        "epochs": trainer.epoch,
        "steps": trainer.step,
        "seconds": round(trainer.seconds, 3),
    }
    report: dict[str, Any] = {
        "experiment": name,
        **(run if trained else {}),
        "loss": measures["train" if trained else "test"]["loss"],
        "metrics": measures,
        "parameters": trainer.network.parameter_count,
        "device": trainer.device.name,
        "seed": trainer.experiment.training.seed,
    }
    bypassed = [str(node.title) for node in trainer.experiment.graph if node.bypassed]
    if bypassed:
        report["bypassed"] = bypassed
    baselines = trainer.dataset.baselines("test")
    if baselines:
        report["baselines"] = {kind: dict(values) for kind, values in baselines.items()}
    finite: dict[str, Any] = _finite(report)
    return finite


def measured(trainer: Trainer) -> dict[str, dict[str, float]]:
    """Return loss and metrics by part, the training part under its short name ``train``."""
    names = {"training": "train"}
    return {names.get(part, part): trainer.measure(part, thorough=True) for part in PARTS}


def _finite(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _finite(entry) for key, entry in value.items()}
    return None if isinstance(value, float) and value - value != 0 else value


def in_words(report: Mapping[str, Any], trainer: Trainer) -> str:
    """Return the report as a table for people."""
    unit = trainer.dataset.target.unit
    facts = [f"{report['parameters']} parameters", report["device"], f"seed {report['seed']}"]
    if "bypassed" in report:
        facts.insert(1, f"bypassed: {', '.join(report['bypassed'])}")
    if "epochs" in report:
        run = f"{report['epochs']} epochs, {report['steps']} steps, {report['seconds']:.1f} s"
        facts.insert(0, run)
    lines = [f"{report['experiment']}: {', '.join(facts)}", table(report["metrics"], unit)]
    if "baselines" in report:
        lines += ["", "Baselines on the test part", table(report["baselines"], unit)]
    return "\n".join(lines)


def table(rows: Mapping[str, Mapping[str, float | None]], unit: str = "") -> str:
    """Return numbers by row and column as aligned text."""
    columns = list(dict.fromkeys(name for row in rows.values() for name in row))
    heads = [_head(name, unit) for name in columns]
    first = max(map(len, rows))
    lines = [" " * first + "".join(f"  {head:>12}" for head in heads)]
    for name, row in rows.items():
        cells = (row.get(column) for column in columns)
        shown = (f"  {'–' if cell is None else format(cell, '.4f'):>12}" for cell in cells)
        lines.append(f"{name:<{first}}" + "".join(shown))
    return "\n".join(lines)


def _head(name: str, unit: str) -> str:
    units = {"rmse": unit, "mae": unit, "mape": "%"}
    label = name.upper() if name in ("rmse", "mae", "mape") else {"r2": "R²"}.get(name, name)
    return f"{label} {units[name]}" if units.get(name) else label


def make_folder(folder: Path) -> None:
    """Make a folder for results; raise DataError where that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from None


def _unwritable(folder: Path, error: OSError) -> DataError:
    return DataError(
        "The results cannot be written to {folder} ({reason}); choose another folder.",
        folder=folder,
        reason=error.strerror or error,
    )


def write_results(folder: Path, name: str, trainer: Trainer) -> None:
    """Write the network, the history and, where Qt can draw, pictures of the curves."""
    history = trainer.history.table()
    archive.save(folder / f"{name}.nnp", trainer.experiment, trainer.checkpoint())
    heads = ",".join(history.columns)
    try:
        np.savetxt(folder / "history.csv", history.rows, "%.9g", ",", header=heads, comments="")
    except OSError as error:
        raise _unwritable(folder, error) from None
    try:
        from playground.ui.screenshot import draw_curves
    except ImportError as error:
        print(f"No pictures were drawn: {error}", file=sys.stderr)
        return
    for path in draw_curves(history, folder):
        print(f"wrote {path}", file=sys.stderr)


def load_trained(path: Path) -> tuple[archive.Project, Checkpoint]:
    """Return a project file that holds trained weights, and these."""
    project = archive.load(path)
    if project.checkpoint is None:
        raise FormatError("{file} holds no trained weights; train it first.", file=path.name)
    return project, project.checkpoint


def sample(path: Path, prompt: str, how: Sampling) -> int:
    """Print how a saved language model continues a text, or what it finds behind the masks."""
    project, checkpoint = load_trained(path)
    network, vocabulary = restored(project.experiment, checkpoint)
    with threadpool_limits(1):
        if isinstance(project.experiment.task, MaskedText):
            print(fill_masks(network, vocabulary, prompt).text)
        else:
            print(generate(network, vocabulary, prompt, how).text)
    return 0


def evaluate(path: Path, options: Options) -> int:
    """Measure a saved network on the test part of its task, or of other data; print metrics."""
    project, checkpoint = load_trained(path)
    experiment = configured(project.experiment, options)
    fetch_data(experiment)
    trainer = Trainer(experiment, options.device)
    try:
        trainer.restore(checkpoint)
    except FormatError as error:
        raise FormatError("{file}: {reason}", file=path.name, reason=error.text) from None
    for notice in trainer.dataset.notices:
        print(notice, file=sys.stderr)
    with threadpool_limits(1):
        report = summary(path.stem, trainer, trained=False)
    print(json.dumps(report, allow_nan=False) if options.as_json else in_words(report, trainer))
    return 0
