"""The learning rate over the epochs of the run."""

from __future__ import annotations

import numpy as np

from engine.experiment import Training
from engine.schedules import warmed_up
from playground.ui.i18n import tr
from playground.ui.numbers import number_text
from playground.ui.previews.base import Curve, FunctionPreview

POINTS = 200


class SchedulePreview(FunctionPreview):
    """The rate from the first epoch to the last, warm-up included."""

    def show_training(self, training: Training) -> None:
        """Draw the rate of a run."""
        epochs = np.linspace(0, training.epochs, POINTS + 1)
        factors = [
            warmed_up(training.schedule, training.warmup, epoch, training.epochs)
            for epoch in epochs.tolist()
        ]
        rates = training.learning_rate * np.array(factors)
        highest = float(rates.max())
        last = number_text(training.epochs)
        self.show_curves(
            (Curve(tr("Learning rate"), rates),),
            (0.0, float(training.epochs)),
            (0.0, 1.05 * max(highest, 1e-300)),
            (tr("Epoch") + " 0", last, number_text(highest)),
        )
        name = tr("Learning rate over the epochs of this run")
        self.setAccessibleName(name)
        self.setAccessibleDescription(
            f"{number_text(float(rates[0]))} … {number_text(float(rates[-1]))}"
        )
        self.setToolTip(name)
