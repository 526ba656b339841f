import dataclasses
import json
import math
import typing
from dataclasses import dataclass

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from engine.errors import FieldError, FormatError, UnknownKind
from engine.experiment import Training
from engine.fields import Spec, from_json, param, params, to_json, with_text
from engine.initializers import He
from engine.layers.dense import Dense
from engine.layers.dropout import Dropout
from engine.registry import Registry, families
from engine.schedules import StepDecay

SPECS = [cls for registry in families.values() for cls in registry.values()] + [Training]
FIELDS = [(cls, field) for cls in SPECS for field in params(cls)]
FIELD_NAMES = [f"{cls.__name__}.{field.name}" for cls, field in FIELDS]


@dataclass(frozen=True)
class Sample(Spec):
    """One field of every type."""

    count: int = param(3, low=1, high=4096)
    size: int = param(1, low=0, high=1_000_000)
    share: float = param(0.5, low=0.0, high=1.0)
    rate: float = param(0.01, above=0.0, high=10.0)
    least: float = param(1.0, low=1.0)
    most: float = param(1.0, high=2.0)
    positive: float = param(1.0, above=0.0)
    on: bool = param(True)
    mode: str = param("fast", choices=("fast", "slow"))
    name: str = param("")
    columns: tuple[str, ...] = param(("speed",), low=1, choices=("speed", "flow"))
    epochs: tuple[int, ...] = param((30, 60), low=0, high=3)
    weights: tuple[float, ...] = param(())


def values_for(field):
    """Return a strategy for what a field allows."""
    if field.family is not None:
        kinds = families[field.family].values()
        return st.sampled_from(kinds).flatmap(specs)
    if typing.get_origin(field.type) is tuple:
        item = dataclasses.replace(field, type=typing.get_args(field.type)[0], low=None, high=None)
        low, high = int(field.low or 0), int(field.high or 5)
        return st.lists(values_for(item), min_size=low, max_size=high).map(tuple)
    if field.type is bool:
        return st.booleans()
    if field.type is str:
        return st.sampled_from(field.choices) if field.choices else st.text(max_size=20)
    if field.type is int:
        return st.integers(field.low, field.high)
    low = field.low if field.above is None else field.above
    return st.floats(
        low,
        field.high,
        exclude_min=field.above is not None,
        allow_nan=False,
        allow_infinity=False,
    )


def specs(cls):
    """Return a strategy for the instances of a spec class.

    Values that do not fit together, such as a share of 0.9 beside one of 0.5, are drawn again; the
    defaults of fields that must fit each other are kept half of the time, so that some are found.
    """
    fields = {field.name: st.just(field.default) | values_for(field) for field in params(cls)}

    def built(values):
        try:
            return cls(**values)
        except FieldError:
            reject()

    return st.fixed_dictionaries(fields).map(built)


def through_json(spec, expected):
    return from_json(json.loads(json.dumps(to_json(spec))), expected)


@settings(max_examples=200, deadline=None)
@given(specs(Sample))
def test_any_sample_survives_json(sample):
    assert through_json(sample, Sample) == sample


@settings(max_examples=50, deadline=None)
@given(specs(Training))
def test_any_training_survives_json(training):
    assert through_json(training, Training) == training


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(families["layer"].values()).flatmap(specs))
def test_any_layer_survives_json(layer):
    assert through_json(layer, "layer") == layer


@pytest.mark.parametrize("cls", SPECS, ids=lambda cls: cls.__name__)
def test_defaults_survive_json_and_can_be_compared(cls):
    spec = cls()
    family = next((name for name, found in families.items() if cls in found.values()), cls)
    again = through_json(spec, family)
    assert again == spec
    assert hash(again) == hash(spec)
    assert type(again) is cls


@pytest.mark.parametrize(("cls", "field"), FIELDS, ids=FIELD_NAMES)
def test_fields_tell_people_what_they_are(cls, field):
    assert field.hidden or field.label


def out_of_range(field):
    """Return values that a field must refuse."""
    wrong = [None, {}, object()]
    if typing.get_origin(field.type) is tuple:
        wrong += ["text", 3]
        if field.low:
            wrong.append(())
    elif field.type is int or field.type is float:
        wrong += ["1", True, math.nan, math.inf, -math.inf, 10**400, 1j]
        if field.low is not None:
            wrong.append(field.low - 1)
        if field.high is not None:
            wrong.append(field.high + 1)
        if field.above is not None:
            wrong.append(field.above)
        if field.type is int:
            wrong.append((field.low or 0) + 0.5)
    elif field.type is bool:
        wrong += [0, 1, "true"]
    else:
        wrong += [3] if field.choices is None else [3, "", "nonsense"]
    return wrong


@pytest.mark.parametrize(("cls", "field"), FIELDS, ids=FIELD_NAMES)
def test_bad_values_are_refused_in_one_sentence(cls, field):
    for value in out_of_range(field):
        with pytest.raises((FieldError, UnknownKind)) as caught:
            cls(**{field.name: value})
        sentence = str(caught.value)
        assert sentence.endswith(".") and "\n" not in sentence and "{" not in sentence[:20]
        if isinstance(caught.value, FieldError):
            assert field.name in sentence


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("count", 0, "Sample: count must be a whole number from 1 to 4096, not 0."),
        ("count", 2.5, "Sample: count must be a whole number from 1 to 4096, not 2.5."),
        ("count", "4", "Sample: count must be a whole number from 1 to 4096, not '4'."),
        ("size", -1, "Sample: size must be a whole number from 0 to 1000000, not -1."),
        ("share", 1.5, "Sample: share must be a number from 0 to 1, not 1.5."),
        ("share", math.nan, "Sample: share must be a number from 0 to 1, not nan."),
        ("rate", 0, "Sample: rate must be a number above 0 and at most 10, not 0."),
        ("rate", 11, "Sample: rate must be a number above 0 and at most 10, not 11."),
        ("least", 0.5, "Sample: least must be a number of at least 1, not 0.5."),
        ("most", 3, "Sample: most must be a number of at most 2, not 3."),
        ("positive", -1, "Sample: positive must be a number above 0, not -1."),
        ("on", 1, "Sample: on must be true or false, not 1."),
        ("mode", "idle", "Sample: mode must be one of fast, slow, not 'idle'."),
        ("name", None, "Sample: name must be text, not None."),
        (
            "columns",
            (),
            "Sample: columns must be a list of at least 1 values out of speed, flow, not ().",
        ),
        ("columns", ("sped",), "Sample: columns must be one of speed, flow, not 'sped'."),
        ("epochs", 30, "Sample: epochs must be a list of 0 to 3 whole numbers, not 30."),
        ("epochs", (1.5,), "Sample: epochs must be a whole number, not 1.5."),
    ],
)
def test_refusals_name_field_range_and_value(field, value, sentence):
    with pytest.raises(FieldError) as caught:
        Sample(**{field: value})
    assert str(caught.value) == sentence


def test_refusals_stay_short_whatever_the_value():
    with pytest.raises(FieldError) as caught:
        Sample(count="9" * 100_000)
    assert len(str(caught.value)) < 200


def test_whole_numbers_may_come_as_floats_and_numbers_as_integers():
    sample = Sample(count=4.0, share=1)
    assert (sample.count, type(sample.count)) == (4, int)
    assert (sample.share, type(sample.share)) == (1.0, float)
    assert Sample(epochs=[1, 2]).epochs == (1, 2)


def test_a_name_stands_for_a_nested_kind():
    assert Dense(activation="relu").activation == families["activation"]["relu"]()
    with pytest.raises(FieldError, match="activation must be one of identity, step"):
        Dense(activation=Dropout())


def test_unknown_kinds_suggest_the_nearest():
    with pytest.raises(UnknownKind) as caught:
        Dense(activation="sigmiod")
    assert str(caught.value) == "There is no activation called 'sigmiod'; try sigmoid."
    with pytest.raises(
        UnknownKind, match="no penalty called 'xyz'; try none, l1, l2, linf, elastic"
    ):
        from_json("xyz", "penalty")


@pytest.mark.parametrize("kind", [["sgd"], {"a": 1}, None, 7])
def test_kinds_that_are_not_names_are_unknown(kind):
    with pytest.raises(UnknownKind):
        from_json({"kind": kind}, "optimizer")


def test_two_classes_cannot_share_a_kind():
    registry = Registry("sample")
    try:
        registry("one", label="One")(type("One", (Spec,), {}))
        with pytest.raises(ValueError, match="'one'"):
            registry("one", label="Two")(type("Two", (Spec,), {}))
    finally:
        del families["sample"]


@pytest.mark.parametrize("data", [None, 3, [], "text"])
def test_damaged_json_is_refused(data):
    with pytest.raises(FormatError, match="missing or damaged"):
        from_json(data, Training)


def test_unknown_settings_are_refused_and_known_ones_listed():
    with pytest.raises(FormatError) as caught:
        from_json({"kind": "elastic", "mix": 0.3}, "penalty")
    assert str(caught.value) == "Elastic net has no setting mix; it has strength, ratio."


def test_left_out_settings_take_their_defaults():
    assert from_json({"kind": "dense", "units": 8}, "layer") == Dense(8)


@pytest.mark.parametrize(
    ("spec", "path", "text", "expected"),
    [
        (Dense(), "units", "8", Dense(8)),
        (Dense(), "bias", "no", Dense(bias=False)),
        (Dense(), "initializer", "he", Dense(initializer=He())),
        (
            Dense(initializer=He()),
            "initializer.distribution",
            "normal",
            Dense(initializer=He(distribution="normal")),
        ),
        (StepDecay(), "milestones", "5,10", StepDecay(milestones=(5, 10))),
        (StepDecay(), "milestones", "", StepDecay(milestones=())),
        (Training(), "learning_rate", "1e-3", Training(learning_rate=0.001)),
    ],
)
def test_settings_from_the_command_line(spec, path, text, expected):
    assert with_text(spec, path.split("."), text) == expected


@pytest.mark.parametrize(
    ("path", "text", "sentence"),
    [
        ("units", "many", "Dense: units must be a whole number from 1 to 4096, not 'many'."),
        ("bias", "maybe", "Dense: bias must be true or false, not 'maybe'."),
        (
            "unit",
            "3",
            "Dense has no setting unit; it has units, activation, bias, initializer, weights.",
        ),
        ("units.size", "3", "Dense: units has no settings of its own."),
        ("activation", "tahn", "There is no activation called 'tahn'; try tanh."),
    ],
)
def test_bad_settings_from_the_command_line(path, text, sentence):
    with pytest.raises((FieldError, UnknownKind)) as caught:
        with_text(Dense(), path.split("."), text)
    assert str(caught.value) == sentence
