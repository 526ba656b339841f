"""The numbers of Neural Playground, usable alone from a script or a notebook.

For example::

    from engine import Dense, Experiment, Graph, Points, Softmax, Trainer

    experiment = Experiment(Points("circles"), Graph.chain(Dense(4), Dense(2, Softmax())))
    trainer = Trainer(experiment)
    for loss in trainer.steps():
        ...
    print(trainer.measure("validation"))
"""

from engine.activations import Softmax
from engine.experiment import Experiment, Training
from engine.graph import Graph
from engine.layers.dense import Dense
from engine.network import Network
from engine.tasks.points import Points
from engine.trainer import Trainer

__all__ = ["Dense", "Experiment", "Graph", "Network", "Points", "Softmax", "Trainer", "Training"]
