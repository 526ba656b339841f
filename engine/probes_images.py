"""What a view asks about images: drawings run through the network, and what in them counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from engine.arrays import Shape
from engine.graph import OUTPUT
from engine.metrics import predicted_classes
from engine.probes import Probe, Sample
from engine.tasks.base import HostArray

if TYPE_CHECKING:
    from engine.trainer import Trainer


@dataclass(frozen=True)
class Drawing(Sample):
    """What every node gives for an image that is in no part of the data; answers as `Sample`."""

    pixels: bytes = b""
    """Ink 0 to 255 of one channel, row by row."""
    size: tuple[int, int] = (28, 28)
    """Rows and columns."""

    def image(self) -> HostArray:
        """Return the ink from 0 to 1, float32 (1, rows, columns)."""
        ink = np.frombuffer(self.pixels, np.uint8).reshape(1, *self.size)
        return np.divide(ink, 255, dtype=np.float32)

    def inputs(self, trainer: Trainer) -> HostArray:
        """Return the image as a batch of one; nothing is drawn where the network takes others."""
        image = self.image()
        shape: Shape = trainer.network.input_shape
        return image[None] if image.shape == shape else np.zeros((1, *shape), np.float32)


@dataclass(frozen=True)
class InputGradient:
    """How a logit changes with the input.

    Attributes
    ----------
    label
        The class, by its index.
    sample
        The input x, float32 of the input shape.
    gradient
        ∂z/∂x for the logit z of the class, of the same shape.
    """

    label: int
    sample: HostArray
    gradient: HostArray


@dataclass(frozen=True)
class Saliency(Probe):
    """The gradient of a class's logit with respect to one sample (Simonyan et al. 2014)."""

    sample: Sample = field(default_factory=Sample)
    label: int | None = None
    """The class, by its index; None for the one that the network predicts."""

    def measure(self, trainer: Trainer) -> InputGradient:
        """Return the gradient."""
        network = trainer.network
        x = network.device.to_device(self.sample.inputs(trainer))
        label = self.label
        if label is None:
            prediction = network.activations(x, (OUTPUT,))[OUTPUT]
            label = int(predicted_classes(prediction)[0])
        dz = network.device.xp.zeros((1, *network.shapes[OUTPUT]), network.dtype)
        if dz.shape[-1] == 1:  # the only logit is that of class 1 against class 0
            dz[..., 0] = 1 if label else -1
        else:
            dz[..., label] = 1
        gradient = network.input_gradient(x, dz)[0]
        return InputGradient(label, network.device.to_host(x)[0], gradient)
