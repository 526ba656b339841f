"""A loss over the error of a number, or over the logit of a class."""

from __future__ import annotations

import numpy as np

from engine.losses import CategoricalCrossEntropy, Loss
from engine.run import Run
from playground.ui.i18n import tr
from playground.ui.previews.base import Curve, FunctionPreview, Values

ERRORS, LOGITS = 3.0, 6.0
"""How far the error and the logit reach."""


class LossPreview(FunctionPreview):
    """Numbers: L as a line and dL/de dashed, over e = z − t. Classes: L for t = 1 and t = 0."""

    def show_loss(self, loss: Loss) -> None:
        """Draw a loss."""
        reach = LOGITS if loss.classes else ERRORS
        z = np.linspace(-reach, reach, 121)
        if loss.classes:
            yes, no = (_losses(loss, z, target)[0] for target in (1.0, 0.0))
            curves = Curve("L, t = 1", yes), Curve("L, t = 0", no)
            texts = f"z = −{reach:g}", f"z = {reach:g}"
            name = tr("Loss over the logit z for the classes t = 1 and t = 0")
        else:
            values, slopes = _losses(loss, z, 0.0)
            curves = Curve("L(e)", values), Curve("L′(e)", slopes)
            texts = f"e = −{reach:g}", f"e = {reach:g}"
            name = tr("Loss over the error e, and its derivative")
        low = min(0.0, *(float(curve.values.min()) for curve in curves))
        self.show_curves(curves, (-reach, reach), (max(low, -4.0), 5.0), (*texts, ""))
        self.setAccessibleName(name)
        self.setToolTip(name)


def _losses(loss: Loss, z: Values, target: float) -> tuple[Values, Values]:
    """Return loss and derivative at each of the logits z, the second class's logit being 0."""
    values, slopes = np.empty_like(z), np.empty_like(z)
    two = isinstance(loss, CategoricalCrossEntropy)
    t = np.array([[target, 1 - target]] if two else [[target]])
    for index, at in enumerate(z):
        row = np.array([[at, 0.0]] if two else [[at]])
        value, backward = loss.forward(row, t, Run(np, np.float64))
        values[index], slopes[index] = float(value), float(backward()[0, 0])
    return values, slopes
