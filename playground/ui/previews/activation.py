"""An activation function and its derivative."""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QWidget

from engine.activations import Activation
from engine.run import Run
from playground.ui.i18n import tr
from playground.ui.previews.base import Curve, FunctionPreview

_REACH = 4.0
"""The curve of an activation runs from −4 to 4."""


class ActivationCurve(FunctionPreview):
    """f as a line, f′ dashed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(128, 132, parent)
        self._activation: Activation | None = None

    def show_activation(self, activation: Activation) -> None:
        """Draw a function."""
        if activation == self._activation:
            return
        self._activation = activation
        z = np.linspace(-_REACH, _REACH, 121)
        pairs = np.stack([z, np.zeros_like(z)], axis=1)  # softmax needs something to compare with
        y, backward = activation.forward(pairs, Run(np, np.float64))
        values = y[:, 0].copy()
        ones = np.zeros_like(pairs)
        ones[:, 0] = 1
        curves = Curve("f(z)", values), Curve("f′(z)", np.array(backward(ones)[:, 0]))
        low = min(-0.2, *(max(float(c.values.min()), -_REACH) for c in curves))
        high = max(1.1, *(min(float(c.values.max()), _REACH) for c in curves))
        self.show_curves(curves, (-_REACH, _REACH), (low, high))

    def retranslate(self) -> None:
        """Write the caption anew."""
        self.setAccessibleName(tr("Activation function f and its derivative f′"))
        self.setToolTip(tr("f(z) as a line, its derivative f′(z) dashed, for z from −4 to 4"))
