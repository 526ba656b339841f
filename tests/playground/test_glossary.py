"""The glossary: complete in both languages, found under any name."""

import pytest

import engine.experiment  # noqa: F401
from engine.experiment import Training
from engine.fields import Spec, params
from engine.registry import families
from playground.glossary import field_term, glossary, term

FAMILIES = (
    "activation",
    "initializer",
    "kernel",
    "layer",
    "loss",
    "optimizer",
    "parametrization",
    "penalty",
    "schedule",
    "task",
)
WORDS = (
    "epoch iteration batch gradient overfitting underfitting weight bias parameter seed logit "
    "backpropagation chain_rule vanishing exploding accuracy precision recall f1 rmse mae mape "
    "hidden_state cell_state forget_gate token perceptron mlp neural_network normalization"
)


def test_every_registered_kind_is_explained():
    kinds = [f"{family}:{kind}" for family in FAMILIES for kind in families[family]]
    assert [key for key in kinds if term(key) is None] == []


def test_every_setting_of_training_layers_and_rules_is_explained():
    specs = [Training, *(cls for f in FAMILIES if f != "task" for cls in families[f].values())]
    settings = [
        (spec.kind, field.name)
        for spec in specs
        if issubclass(spec, Spec)
        for field in params(spec)
        if not field.hidden
    ]
    assert [one for one in settings if field_term(*one) is None] == []


def test_the_words_of_the_screen_are_explained():
    assert [word for word in WORDS.split() if term(f"word:{word}") is None] == []


def test_every_entry_is_whole_in_both_languages():
    for entry in glossary():
        assert set(entry.names) == set(entry.definitions) == {"en", "ko"}
        assert all(entry.names.values())
        assert entry.definitions["en"].endswith(".") and entry.definitions["ko"].endswith(".")
        assert max(map(len, entry.definitions.values())) <= 160, entry.names["en"]
        assert any("가" <= letter <= "힣" for letter in entry.definitions["ko"])
        assert not any("가" <= letter <= "힣" for letter in entry.definitions["en"])
        assert set(entry.parts) <= set("ABCDE")


def test_no_key_has_two_meanings_and_every_kind_exists():
    keys = [key for entry in glossary() for key in entry.keys]
    assert len(set(keys)) == len(keys)
    for key in keys:
        family, kind = key.split(":")
        assert family not in FAMILIES or kind in families[family], key


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("크로스 엔트로피", "loss:cross_entropy"),
        ("교차", "loss:cross_entropy"),
        ("CROSS", "loss:cross_entropy"),
        ("과대적합", "word:overfitting"),
        ("다계층", "word:mlp"),
        ("전결합층", "layer:dense"),
        ("경사도", "word:gradient"),
        ("잠재계층", "word:hidden_layer"),
        ("활성함수", "field:activation"),
    ],
)
def test_the_names_of_the_lecture_notes_find_the_term(typed, key):
    assert term(key) in [entry for entry in glossary() if entry.matches(typed)]
