"""What keeps a network from training, and the repairs that are offered."""

from dataclasses import replace

import pytest

from engine.experiment import Experiment, Training
from engine.graph import INPUT, OUTPUT, Graph, Node, repair
from engine.layers.activation import Activate
from engine.layers.conv2d import Conv2d
from engine.layers.dense import Dense
from engine.layers.flatten import Flatten
from engine.layers.input import Input
from engine.layers.merge import Concatenate
from engine.layers.reshape import Reshape
from engine.network import Network
from engine.tasks.digits import Digits
from engine.tasks.points import Points
from engine.tasks.traffic import Traffic
from playground.examples import example


def applied(experiment, node, fix):
    """Carry out a repair as the window does."""
    if fix.loss:
        return experiment.but(loss=fix.loss)
    return experiment.but(graph=repair(experiment.graph, node, fix))


def test_a_layer_of_images_moves_before_flatten():
    graph = Graph.chain(Flatten(), Dense(8), Conv2d(4), Dense(10, "softmax"))
    experiment = Experiment(Digits(), graph)
    error = experiment.shapes().errors["conv2d_1"]
    fix = error.fixes[0]
    assert str(fix.text) == "Move Conv 2D 1 before Flatten 1"
    mended = applied(experiment, "conv2d_1", fix)
    assert [node.layer.kind for node in mended.graph][1:4] == ["conv2d", "flatten", "dense"]
    assert not mended.shapes().errors


def test_no_move_is_offered_that_would_not_help():
    deep = Graph.chain(Flatten(), Conv2d(4, 29), Dense(10, "softmax"))
    forked = Graph(
        (
            Node(INPUT, Input()),
            Node("flat", Flatten(), (INPUT,)),
            Node("conv", Conv2d(4), ("flat",)),
            Node("other", Flatten(), (INPUT,)),
            Node("sum", Concatenate(), ("conv", "other")),
            Node(OUTPUT, Dense(10, "softmax"), ("sum",)),
        )
    )
    for graph, name in ((deep, "conv2d_1"), (forked, "conv")):
        error = Experiment(Digits(), graph).shapes().errors[name]
        assert not [fix for fix in error.fixes if fix.behind]


class TestRepairs:
    @pytest.mark.parametrize(
        ("experiment", "node", "sentence"),
        [
            (
                Experiment(Digits(), Graph.chain(Dense(16), Dense(10, "softmax"))),
                "dense_1",
                "Dense 1 needs a list, but gets 1×28×28.",
            ),
            (
                Experiment(Digits(), Graph.chain(Dense(10, "softmax"))),
                OUTPUT,
                "Output needs a list, but gets 1×28×28.",
            ),
            (
                Experiment(Points(), Graph.chain(Dense(3, "softmax"))),
                OUTPUT,
                "The task has 2 classes, Output has 3 units.",
            ),
            (
                Experiment(Points(), Graph.chain(Dense(1, "sigmoid"))),
                OUTPUT,
                "Cross-entropy compares classes, but Output has a single unit.",
            ),
            (
                Experiment(Digits(), Graph.chain(Flatten(), Dense(4), Activate("softmax"))),
                OUTPUT,
                "The task has 10 classes, Output has 4 units.",
            ),
            (
                Experiment(Traffic(), Graph.chain(Flatten(), Dense(1, "identity"))),
                OUTPUT,
                "Cross-entropy is for classes; VDS predicts a number.",
            ),
            (
                Experiment(Traffic(), Graph.chain(Flatten(), Dense(2)), Training(loss="mse")),
                OUTPUT,
                "VDS needs one unit for each number it predicts (ToVol), Output has 2.",
            ),
        ],
    )
    def test_every_repair_repairs(self, experiment, node, sentence):
        error = experiment.shapes().errors[node]
        assert str(error) == sentence
        assert error.fixes
        for fix in error.fixes:
            assert str(fix.text)
            mended = applied(experiment, node, fix)
            Network(mended.graph, mended.task.input_shape, mended.training.loss)
            assert not mended.shapes().errors

    def test_units_are_mended_in_the_layer_that_is_there(self):
        experiment = Experiment(Points(), Graph.chain(Dense(3, "softmax", bias=False)))
        (fix,) = experiment.shapes().errors[OUTPUT].fixes
        mended = repair(experiment.graph, OUTPUT, fix)
        assert mended[OUTPUT].layer == Dense(2, "softmax", bias=False)

    def test_one_unit_is_enough_for_two_classes_with_binary_cross_entropy(self):
        graph = Graph.chain(Dense(1, "sigmoid"))
        experiment = Experiment(Points(), graph, Training(loss="binary_cross_entropy"))
        assert not experiment.shapes().errors


def test_the_output_is_never_to_be_removed():
    experiment = Experiment(Points(), Graph.chain(Dense(4), Reshape((3, 3))))
    error = experiment.shapes().errors[OUTPUT]
    assert not any(fix.remove for fix in error.fixes)


def test_an_embedding_knows_all_tokens_of_the_task():
    experiment = example("gpt-char")
    known = experiment.task.vocabulary
    more = experiment.but(task=replace(experiment.task, vocabulary=known + 5))
    (node,) = more.shapes().errors
    error = more.shapes().errors[node]
    assert more.graph[node].layer.kind == "embedding"
    assert str(error) == f"Next token has {known + 5} different tokens, Embedding 1 knows {known}."
    repaired = applied(more, node, error.fixes[0])
    assert node not in repaired.shapes().errors
    assert OUTPUT in repaired.shapes().errors  # which has too few units now
