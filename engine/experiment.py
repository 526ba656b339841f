"""The document: task, graph and training settings as one frozen value that decides a run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import nan
from typing import Any

from engine.activations import Step
from engine.bypass import Through, running
from engine.errors import FieldError, FormatError, ShapeError
from engine.fields import Spec, from_json, param, to_json, with_text
from engine.graph import (
    INPUT,
    OUTPUT,
    Graph,
    Shapes,
    infer_shapes,
    set_layer,
    with_node,
)
from engine.graph_json import graph_from_json, graph_to_json
from engine.graph_modes import set_rate, with_bypassed
from engine.layers import Fix
from engine.layers.dense import Dense
from engine.layers.embedding import Embedding
from engine.layers.flatten import Flatten
from engine.layers.slice import Slice
from engine.layers.time_distributed import TimeDistributed
from engine.losses import CategoricalCrossEntropy, Loss
from engine.optimizers import Adam, Optimizer
from engine.penalties import NoPenalty, Penalty
from engine.schedules import Constant, Schedule
from engine.tasks import Task
from engine.text import Text

VERSION = 1


@dataclass(frozen=True)
class Training(Spec):
    """How a network is trained."""

    loss: Loss = param(CategoricalCrossEntropy(), family="loss", label="Loss function")
    optimizer: Optimizer = param(Adam(), family="optimizer", label="Optimizer")
    learning_rate: float = param(
        0.01,
        above=0.0,
        high=100.0,
        log=True,
        label="Learning rate",
        presets=(0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0),
        help="How far each update goes",
    )
    schedule: Schedule = param(
        Constant(), family="schedule", label="Rate decay", help="How the learning rate changes"
    )
    warmup: float = param(
        0.0, low=0.0, high=1000.0, label="Warm-up", unit="epochs", help="Linear rise of the rate"
    )
    penalty: Penalty = param(NoPenalty(), family="penalty", label="Regularization")
    clip_norm: float = param(
        0.0,
        low=0.0,
        high=1e6,
        label="Clip norm",
        presets=(0.0, 0.1, 0.5, 1.0, 5.0),
        help="The longest gradient an update follows, longer ones are shortened; 0 clips nothing",
    )
    clip_value: float = param(
        0.0,
        low=0.0,
        high=1e6,
        label="Clip value",
        presets=(0.0, 0.1, 0.5, 1.0, 5.0),
        help="The largest component of a gradient, larger ones are cut; 0 clips nothing",
    )
    max_norm: float = param(
        0.0,
        low=0.0,
        high=1e6,
        label="Max norm",
        presets=(0.0, 1.0, 2.0, 3.0, 4.0),
        help="The longest that the weights of a unit may become, longer ones are shortened after "
        "each update; 0 sets no limit",
    )
    class_weights: str = param(
        "equal",
        choices=("equal", "balanced"),
        label="Class weights",
        help="Whether every sample counts the same in the loss, or every class",
    )
    batch_size: int = param(
        16,
        low=0,
        high=1_000_000,
        label="Batch size",
        presets=(1, 4, 8, 16, 32, 64, 128, 256, 0),
        help="Samples for each update; 0 takes all of them",
    )
    epochs: int = param(
        200, low=1, high=1_000_000, label="Epochs", help="Passes over the training data"
    )
    patience: int = param(
        0,
        low=0,
        high=100_000,
        label="Early stopping",
        unit="epochs",
        help="Stop after so many epochs without a better validation loss, and go back to the best; "
        "0 never stops early",
    )
    seed: int = param(
        7, low=0, high=2**32 - 1, label="Seed", help="Fixes data, weights and shuffling"
    )


@dataclass(frozen=True)
class Experiment:
    """All that decides a run: the same experiment on the same machine gives the same bits."""

    task: Task
    graph: Graph
    training: Training = Training()

    def shapes(self) -> Shapes:
        """Infer the shape at every node, and find what keeps the network from training."""
        shapes = infer_shapes(self.graph, self.task.input_shape)
        problem = self.task.problem
        if problem is not None:
            unusable = ShapeError("{reason}", reason=problem.text)
            unusable.at(INPUT, self.graph[INPUT].title)
            return Shapes(shapes.shapes, {INPUT: unusable})
        unread = self._unread_tokens()
        if unread is not None and unread.node is not None:
            return Shapes(shapes.shapes, {**shapes.errors, unread.node: unread})
        error = None if shapes.errors else self._output_error(shapes)
        if error is None:
            return shapes
        output = self.graph[OUTPUT]
        error.at(OUTPUT, output.title)
        return Shapes(shapes.shapes, {**shapes.errors, OUTPUT: error})

    def _unread_tokens(self) -> ShapeError | None:
        """Return the error of an embedding that has fewer words than the task has tokens."""
        straight = {INPUT}
        for node in running(self.graph).nodes[1:]:
            if node.inputs[0] not in straight:
                continue
            if isinstance(node.layer, (Slice, Through)):
                straight.add(node.name)
            if isinstance(node.layer, Embedding) and node.layer.vocabulary < self.task.token_count:
                wanted = self.task.token_count
                error = ShapeError(
                    "{task} has {wanted} different tokens, {layer} knows {known}.",
                    Fix(
                        Text("Set vocabulary to {wanted}", wanted=wanted),
                        replace=replace(node.layer, vocabulary=wanted),
                    ),
                    task=Text(self.task.label),
                    wanted=wanted,
                    known=node.layer.vocabulary,
                )
                error.at(node.name, node.title)
                return error
        return None

    def _output_error(self, shapes: Shapes) -> ShapeError | None:
        """Return what is wrong between output, loss and task."""
        target, loss, shape = self.task.target, self.training.loss, shapes.shapes[OUTPUT]
        weighted = target.classes and self.training.class_weights != "equal"
        if loss.classes and not target.classes:
            return ShapeError(
                "{loss} is for classes; {task} predicts a number.",
                Fix(Text("Use mean squared error"), loss="mse"),
                loss=Text(loss.label),
                task=Text(self.task.label),
            )
        if not loss.weighs and (weighted or (target.classes and target.steps)):
            return ShapeError(
                "{loss} does not weigh classes, nor skip places without an answer.",
                Fix(Text("Use cross-entropy"), loss="cross_entropy"),
                loss=Text(loss.label),
            )
        if shape[:-1] != target.places:
            return self._places_error(shapes)
        if shape[-1] == 1 and 1 in target.sizes and loss.kind == "cross_entropy":
            return ShapeError(
                "Cross-entropy compares classes, but {layer} has a single unit.",
                Fix(Text("Use binary cross-entropy"), loss="binary_cross_entropy"),
                self._units_fix(2),
            )
        if shape[-1] in target.sizes:
            return self._slope_error()
        wanted = target.sizes[0]
        if target.classes:
            return ShapeError(
                "The task has {wanted} classes, {layer} has {units} units.",
                self._units_fix(wanted),
                wanted=wanted,
                units=shape[-1],
            )
        return ShapeError(
            "{task} needs one unit for each number it predicts ({labels}), {layer} has {units}.",
            self._units_fix(wanted),
            task=Text(self.task.label),
            labels=", ".join(target.labels),
            units=shape[-1],
        )

    def _slope_error(self) -> ShapeError | None:
        """Return that no gradient comes through the step function, but by the perceptron's rule."""
        layer, loss = self.graph[OUTPUT].layer, self.training.loss
        if getattr(layer, "activation", None) != Step() or loss.link == Step():
            return None
        fixes = [Fix(Text("Use the perceptron criterion"), loss="perceptron")]
        other = replace(layer, activation=loss.link)  # type: ignore[type-var]
        name = Text(loss.link.label)
        return ShapeError(
            "The step function of {layer} is flat, so {loss} has no gradient to learn from.",
            *(fixes if self.task.target.classes else ()),
            Fix(Text("Use {activation}", activation=name), replace=other),
            loss=Text(loss.label),
        )

    def _places_error(self, shapes: Shapes) -> ShapeError:
        """Return that the output answers once what is asked at every step, or the reverse."""
        target, node = self.task.target, self.graph[OUTPUT]
        got = "×".join(map(str, shapes.shapes[OUTPUT]))
        fixes = []
        inputs = shapes.inputs(node)
        if not target.steps and len(inputs) == 1 and len(inputs[0]) > 1:
            fixes = [Fix(Text("Insert Flatten"), insert=Flatten())]
        if target.steps and len(inputs) == 1 and len(inputs[0]) == 2:
            layer = TimeDistributed(target.sizes[0], self.training.loss.link)
            fixes = [Fix(Text("Answer at every step"), replace=layer)]
        if target.steps:
            return ShapeError(
                "{task} wants an answer at each of {steps} steps, {layer} gives {got}.",
                *fixes,
                task=Text(self.task.label),
                steps=target.steps,
                got=got,
            )
        return ShapeError(
            "{task} wants one answer a sample, {layer} gives {got}.",
            *fixes,
            task=Text(self.task.label),
            got=got,
        )

    def _units_fix(self, units: int) -> Fix:
        layer, link = self.graph[OUTPUT].layer, self.training.loss.link
        layer = replace(layer, units=units) if isinstance(layer, Dense) else Dense(units, link)
        return Fix(Text("Set units to {units}", units=units), replace=layer)

    def but(self, **changes: Any) -> Experiment:
        """Return a copy; keywords are task, graph, training, or fields of the training."""
        own = {name: changes.pop(name) for name in ("task", "graph", "training") if name in changes}
        experiment = replace(self, **own)
        if changes:
            experiment = replace(experiment, training=replace(experiment.training, **changes))
        return experiment


def to_dict(experiment: Experiment) -> dict[str, Any]:
    """Return an experiment as plain dictionaries for a JSON file."""
    return {
        "format": "neural-playground",
        "version": VERSION,
        "task": to_json(experiment.task),
        "graph": graph_to_json(experiment.graph),
        "training": to_json(experiment.training),
    }


def from_dict(data: Any) -> Experiment:
    """Read what `to_dict` wrote.

    Raises
    ------
    EngineError
        Where the data are not an experiment, come from a newer version, or hold values out of
        range; nothing but registered kinds is ever built.
    """
    if not isinstance(data, dict) or data.get("format") != "neural-playground":
        raise FormatError("This is not a Neural Playground project.")
    version = data.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise FormatError("The project names no version; the file is damaged.")
    if version > VERSION:
        raise FormatError(
            "The project was saved by a newer Neural Playground (format {version}, this program "
            "reads up to {known}); update the program to open it.",
            version=version,
            known=VERSION,
        )
    return Experiment(
        from_json(data.get("task"), "task"),
        graph_from_json(data.get("graph")),
        from_json(data.get("training"), Training),
    )


def with_setting(experiment: Experiment, assignment: str) -> Experiment:
    """Return the experiment with one setting changed, as in ``training.learning_rate=0.01``.

    Paths begin with ``task``, ``training`` or ``graph.NODE``.
    """
    path, equals, text = assignment.partition("=")
    head, *names = path.strip().split(".")
    if not equals or not names or head not in ("task", "training", "graph"):
        raise FieldError(
            "{assignment} sets nothing; write for example training.learning_rate=0.01, "
            "task.noise=0.2 or graph.dense_1.units=8.",
            assignment=assignment,
        )
    if head != "graph":
        return replace(experiment, **{head: with_text(getattr(experiment, head), names, text)})
    node = experiment.graph[names[0]]
    if len(names) == 1:
        raise FieldError("{assignment} names no setting of the layer.", assignment=assignment)
    if names[1:] == ["rate"]:
        try:
            rate = float(text)
        except ValueError:
            rate = nan
        return replace(experiment, graph=set_rate(experiment.graph, node.name, rate))
    if names[1:] == ["bypassed"]:
        wanted = {"true": True, "false": False}.get(text.strip().lower(), text)
        return replace(experiment, graph=with_node(experiment.graph, with_bypassed(node, wanted)))
    layer = with_text(node.layer, names[1:], text)
    return replace(experiment, graph=set_layer(experiment.graph, node.name, layer))
