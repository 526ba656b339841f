"""What tests of the microscope share: the example of the course, and its numbers by hand."""

import math
import re

from engine.experiment import Experiment, Training
from engine.graph import Graph
from engine.layers.dense import Dense
from engine.microscope import Microscope
from engine.optimizers import SGD
from engine.tasks.points import Points
from engine.trainer import Trainer
from playground.ui.microscope.arithmetic import read
from playground.ui.microscope.markup import plain
from playground.ui.microscope.situation import Place, Situation, units_to_show

COURSE = Experiment(
    Points("xor", count=40),
    Graph.chain(Dense(2, "sigmoid"), Dense(2, "softmax")),
    Training(optimizer=SGD(), learning_rate=0.5, batch_size=1, epochs=3),
)
"""The example of the course: two inputs, two sigmoid units, two softmax units, 12 parameters."""

W112 = Place(0, 0, 1)
"""w₁,₁₂: layer 1, into h₁, from x₂."""


def situation(experiment, place=W112, rows=4, steps=7, index=4):
    trainer = Trainer(experiment)
    training = trainer.steps()
    for _ in range(steps):
        next(training)
    step = Microscope(index=index).measure(trainer)
    return Situation(step, experiment, place, units_to_show(step, place, rows)), trainer


def by_hand(numbers):
    """Calculate what a line says, with the digits that it shows."""
    text = re.sub(r"\([^()]*(more|외)[^()]*\)", "", plain(numbers))
    text = re.sub(r"·10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda m: f"e{read('1·10' + m[1]):.0e}"[-4:], text)
    text = re.sub(r"\|([^|]*)\|", r"abs(\1)", text)
    text = re.sub(r"√(\([^()]*\)|[\d.e+-]+)", r"sqrt(\1)", text)
    text = re.sub(r"\bln ([\d.e+-]+)", r"log(\1)", text).replace("ln(", "log(")
    text = text.replace("²", "**2").replace("^", "**").replace("×", "*").replace("−", "-")
    names = {name: getattr(math, name) for name in ("exp", "log", "sqrt", "tanh")}
    return eval(text, {"__builtins__": {}}, {**names, "abs": abs, "max": max, "min": min})
