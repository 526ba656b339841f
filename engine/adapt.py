"""An experiment taken to another task: its output layer and its loss follow."""

from __future__ import annotations

from engine.experiment import Experiment
from engine.graph import OUTPUT, set_layer
from engine.layers.dense import Dense
from engine.losses import CategoricalCrossEntropy, Loss, MeanSquaredError
from engine.tasks import Task


def with_task(experiment: Experiment, task: Task) -> Experiment:
    """Return the experiment with another task.

    Where the kind of answer or the number of labels is another, a dense output layer takes the
    units and the activation for it, and the training a loss; all other layers stay.
    """
    changed = experiment.but(task=task)
    if task == experiment.task or task.problem is not None:
        return changed
    loss, layer, target = _loss(experiment, task), changed.graph[OUTPUT].layer, task.target
    changed = changed.but(loss=loss)
    if type(layer) is not Dense:
        return changed
    units = layer.units if layer.units in target.sizes else target.sizes[0]
    if units == 1 and isinstance(loss, CategoricalCrossEntropy):
        units = 2
    same_kind = loss == experiment.training.loss
    if units == layer.units and same_kind:
        return changed
    activation = layer.activation if same_kind else loss.link
    fitting = layer.but(units=units, activation=activation)
    return changed.but(graph=set_layer(changed.graph, OUTPUT, fitting))


def _loss(experiment: Experiment, task: Task) -> Loss:
    """Return the loss of the experiment, or another one where the kind of answer is another."""
    loss, classes = experiment.training.loss, task.target.classes
    if loss.classes and not classes:
        return MeanSquaredError()
    if classes and not experiment.task.target.classes and not loss.classes:
        return CategoricalCrossEntropy()
    if loss.kind == "binary_cross_entropy" and len(task.target.labels) > 2:
        return CategoricalCrossEntropy()
    return loss
