"""The document: its file form, settings by path, and the built-in experiments."""

import dataclasses
import json

import pytest

from engine.errors import EngineError, FieldError, FormatError, GraphError, UnknownKind
from engine.experiment import VERSION, Experiment, Training, from_dict, to_dict, with_setting
from engine.graph import OUTPUT, Graph
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.optimizers import SGD, Adam
from engine.penalties import L2
from engine.tasks.points import Points
from playground.examples import example, examples

XOR = Experiment(Points("xor"), Graph.chain(Dense(4), Dropout(), Dense(2, "softmax")))


@pytest.fixture(params=examples())
def name(request):
    return request.param


def test_every_example_can_be_trained(name):
    shapes = example(name).shapes()
    assert not shapes.errors
    assert OUTPUT in shapes.shapes


def test_every_example_survives_a_file(name):
    experiment = example(name)
    assert from_dict(json.loads(json.dumps(to_dict(experiment)))) == experiment


def test_every_example_is_named_and_described(name):
    found = examples()[name]
    assert found.name == name
    for texts in (found.titles, found.about):
        assert texts.keys() == {"en", "ko"}
        assert all(texts.values())


def test_examples_name_every_setting(name):
    """So that a new default in the program does not change what a lesson shows."""
    path = next(path for path in _example_files() if path.stem == name)
    stored = json.loads(path.read_text("utf-8"))["experiment"]
    assert stored == to_dict(example(name))


def _example_files():
    from playground.resources import asset

    return asset("examples").glob("*.json")


def test_the_promised_examples_are_there():
    assert {"xor", "xor-gate", "spiral", "mnist-mlp", "vds-mlp"} <= examples().keys()


def test_an_unknown_example_names_those_that_exist():
    with pytest.raises(UnknownKind, match=r"no experiment called xorr; there are xor.*vds-mlp"):
        example("xorr")


def test_an_experiment_is_a_value():
    assert XOR == dataclasses.replace(XOR)
    assert hash(XOR) == hash(dataclasses.replace(XOR))
    assert XOR.but(learning_rate=0.5) != XOR
    changed = XOR.but(learning_rate=0.5, task=Points("moons"))
    assert changed.training.learning_rate == 0.5
    assert changed.task == Points("moons")
    assert changed.graph is XOR.graph


class TestSettings:
    @pytest.mark.parametrize(
        ("assignment", "expected"),
        [
            ("training.learning_rate=0.5", XOR.but(learning_rate=0.5)),
            (" training.epochs =3", XOR.but(epochs=3)),
            ("training.optimizer=sgd", XOR.but(optimizer=SGD())),
            ("training.optimizer.beta1=0.5", XOR.but(optimizer=Adam(beta1=0.5))),
            ("training.penalty=l2", XOR.but(penalty=L2())),
            ("task.noise=0.2", XOR.but(task=Points("xor", noise=0.2))),
            ("task.cloud=moons", XOR.but(task=Points("moons"))),
            (
                "graph.dense_1.units=9",
                XOR.but(graph=Graph.chain(Dense(9), Dropout(), Dense(2, "softmax"))),
            ),
            (
                "graph.dense_1.bias=no",
                XOR.but(graph=Graph.chain(Dense(4, bias=False), Dropout(), Dense(2, "softmax"))),
            ),
            (
                "graph.output.activation=sigmoid",
                XOR.but(graph=Graph.chain(Dense(4), Dropout(), Dense(2, "sigmoid"))),
            ),
        ],
    )
    def test_a_path_reaches_every_setting(self, assignment, expected):
        assert with_setting(XOR, assignment) == expected

    @pytest.mark.parametrize(
        ("assignment", "sentence"),
        [
            ("learning_rate=0.5", "write for example training.learning_rate=0.01"),
            ("training.learning_rate", "write for example"),
            ("=", "write for example"),
            ("model.units=4", "write for example"),
            ("graph.dense_1=3", "names no setting of the layer"),
            (
                "training.rate=0.5",
                "Training has no setting rate; it has loss, optimizer, learning_",
            ),
            ("training.learning_rate.x=1", "learning_rate has no settings of its own"),
            ("training.learning_rate=0", "learning_rate must be a number above 0 and at most 100"),
            ("training.learning_rate=nan", "learning_rate must be a number"),
            ("training.learning_rate=fast", "learning_rate must be a number"),
            ("training.epochs=1.5", "epochs must be a whole number"),
            ("training.seed=-1", "seed must be a whole number from 0"),
            ("task.cloud=ring", "cloud must be one of xor, circles, moons"),
            ("graph.dense_1.bias=maybe", "bias must be true or false"),
        ],
    )
    def test_refusals_say_what_is_allowed(self, assignment, sentence):
        with pytest.raises(FieldError, match=sentence):
            with_setting(XOR, assignment)

    def test_refusals_of_names(self):
        with pytest.raises(GraphError, match="no layer called dense_9; there are input, dense_1"):
            with_setting(XOR, "graph.dense_9.units=4")
        with pytest.raises(UnknownKind, match="no optimizer called 'adm'; try adam"):
            with_setting(XOR, "training.optimizer=adm")


class TestFiles:
    def test_a_newer_version_says_what_to_do(self):
        newer = {**to_dict(XOR), "version": VERSION + 1, "graph": "of another shape"}
        with pytest.raises(FormatError, match=r"newer .*format 2.* reads up to 1.* update"):
            from_dict(newer)

    @pytest.mark.parametrize("data", [None, [], "xor", 5, {}, {"format": "something else"}])
    def test_foreign_data(self, data):
        with pytest.raises(FormatError, match="not a Neural Playground project"):
            from_dict(data)

    @pytest.mark.parametrize("version", [None, 0, -1, "1", 1.0, True])
    def test_a_version_is_a_whole_number(self, version):
        with pytest.raises(FormatError, match="names no version"):
            from_dict({**to_dict(XOR), "version": version})

    @pytest.mark.parametrize(
        ("part", "value", "sentence"),
        [
            ("task", None, "The task is missing or damaged"),
            ("task", {"kind": "weather"}, "no task called 'weather'; try digits"),
            ("task", {"kind": ["points"]}, "no task called"),
            ("task", {"kind": "points", "colour": 1}, "Points has no setting colour"),
            ("task", {"kind": "points", "noise": 7}, "noise must be a number from 0 to 0.5, not 7"),
            ("graph", {}, "list of layers is missing"),
            ("training", [], "The training is missing"),
            ("training", {"learning_rate": "fast"}, "learning_rate must be a number"),
            ("training", {"optimizer": 5}, "The optimizer is missing or damaged"),
            ("training", {"epochs": 10**400}, "epochs must be a whole number"),
        ],
    )
    def test_damaged_parts(self, part, value, sentence):
        with pytest.raises(EngineError, match=sentence):
            from_dict({**to_dict(XOR), part: value})

    def test_left_out_settings_take_their_defaults(self):
        data = to_dict(XOR)
        data["training"] = {"learning_rate": 0.5}
        assert from_dict(data).training == Training(learning_rate=0.5)
