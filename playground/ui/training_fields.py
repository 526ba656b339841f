"""The training settings of the transport bar: combo boxes bound to the document."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import inf
from typing import Any

from PySide6.QtCore import QObject

from engine.errors import EngineError
from engine.experiment import Experiment, Training
from engine.fields import Param, Spec, params
from engine.losses import Loss
from engine.registry import families
from engine.tasks.base import Target
from playground.ui.document import Document
from playground.ui.i18n import N_, tr, tr_engine
from playground.ui.numbers import number_text
from playground.ui.refusal import Refusal, refusal_text
from playground.ui.terms import explain_setting
from playground.ui.widgets import Field, FittedCombo

STRENGTHS = (0.0, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
CHANGES = {
    "learning_rate": N_("Change learning rate"),
    "optimizer": N_("Change optimizer"),
    "loss": N_("Change loss function"),
    "penalty": N_("Change regularization"),
    "strength": N_("Change regularization strength"),
    "batch_size": N_("Change batch size"),
}
_ANY = (-inf, inf)  # the engine refuses what is out of range, with a sentence
_FIELDS: dict[str, Param] = {field.name: field for field in params(Training)}


class TrainingFields(QObject):
    """The fields by name, in the order of the bar; the bar lays them out.

    A value that the engine refuses is taken back, and the sentence stands under its control.
    """

    def __init__(self, document: Document, refusal: Refusal, parent: QObject) -> None:
        super().__init__(parent)
        self._document, self._refusal = document, refusal
        typed = ("learning_rate", "strength", "batch_size")
        self.fields = {
            name: Field("", FittedCombo(typed=_ANY if name in typed else None)) for name in CHANGES
        }
        for name, field in self.fields.items():
            field.control.edited.connect(lambda value, _, n=name: self._edit(n, value))
            explain_setting(field, "", name, lambda n=name: getattr(self._training(), n, None))
        document.changed.connect(lambda _, new: self.show_experiment(new))
        self.retranslate()

    def _training(self) -> Training:
        return self._document.experiment.training

    def show_experiment(self, experiment: Experiment) -> None:
        """Show the settings of an experiment."""
        training, control = experiment.training, {n: f.control for n, f in self.fields.items()}
        control["loss"].set_options(_losses(experiment.task.target, training.loss))
        control["learning_rate"].set_value(training.learning_rate)
        control["batch_size"].set_value(training.batch_size)
        for name in ("optimizer", "loss", "penalty"):
            control[name].set_value(getattr(training, name).kind)
        strength = getattr(training.penalty, "strength", None)
        control["strength"].setEnabled(strength is not None)
        control["strength"].set_value(strength or 0.0)

    def retranslate(self) -> None:
        """Write all texts anew."""
        control = {name: field.control for name, field in self.fields.items()}
        for name, field in self.fields.items():
            if name in _FIELDS:
                about = _FIELDS[name]
                field.set_caption(tr_engine(about.label), tr_engine(about.help))
        self.fields["strength"].set_caption(tr("Strength λ"), tr("How much large weights cost"))
        control["learning_rate"].set_options(_numbers(_FIELDS["learning_rate"].presets))
        control["strength"].set_options(_numbers(STRENGTHS))
        sizes = [(int(n), tr("All") if not n else f"{n:g}") for n in _FIELDS["batch_size"].presets]
        control["batch_size"].set_options(sizes)
        control["optimizer"].set_options(_kinds("optimizer"))
        control["penalty"].set_options(_kinds("penalty"))
        self.show_experiment(self._document.experiment)

    def _edit(self, name: str, value: Any) -> None:
        training = self._document.experiment.training
        make: dict[str, Callable[[], dict[str, Any]]] = {
            "optimizer": lambda: {"optimizer": families["optimizer"][value]()},
            "loss": lambda: {"loss": families["loss"][value]()},
            "penalty": lambda: {"penalty": _penalty(value, training.penalty)},
            "strength": lambda: {"penalty": training.penalty.but(strength=value)},
        }
        try:
            fields = make.get(name, lambda: {name: value})()
            self._document.edit_training(tr(CHANGES[name]), **fields)
            self._refusal.hide()
        except EngineError as error:
            self.show_experiment(self._document.experiment)
            spec = type(training.penalty) if name == "strength" else Training
            self._refusal.show_under(self.fields[name].control, refusal_text(error, spec, name))


def _penalty(kind: str, old: Spec) -> Spec:
    """Return a penalty of a kind, as strong as the old one where both have a strength."""
    new: Spec = families["penalty"][kind]()
    strength = getattr(old, "strength", None)
    return new.but(strength=strength) if strength is not None and hasattr(new, "strength") else new


def _kinds(family: str) -> list[tuple[str, str]]:
    return [(cls.kind, tr_engine(cls.label)) for cls in families[family].values()]


def _losses(target: Target, present: Loss) -> list[tuple[str, str]]:
    """Return the losses that can be taken for a target, and the present one in any case."""
    return [
        (cls.kind, tr_engine(cls.label))
        for cls in families["loss"].values()
        if target.classes or not cls.classes or cls.kind == present.kind
    ]


def _numbers(values: Iterable[float]) -> list[tuple[float, str]]:
    return [(value, number_text(value)) for value in values]
