"""Korean and English: complete, switched at run time, grammatical."""

import string

import pytest
from active import show
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QWidget

from engine.errors import DataError, ShapeError
from engine.text import Text
from playground.resources import asset
from playground.ui import i18n, translations
from playground.ui.i18n import Translated, tr, tr_error, tr_n
from playground.ui.particles import choose_particles
from playground.ui.widgets import (
    Label,
)


class Greeting(Translated, Label):
    def __init__(self):
        super().__init__()
        self.retranslate()

    def retranslate(self):
        self.setText(tr("Close"))


def test_switching_the_language_rewrites_living_widgets(qtbot):
    parent = show(qtbot, QWidget())
    label = Greeting()
    label.setParent(parent)
    i18n.set_language("ko")
    qtbot.waitUntil(lambda: label.text() == "닫기")
    i18n.set_language("en")
    qtbot.waitUntil(lambda: label.text() == "Close")


def test_errors_of_the_engine_are_told_in_the_chosen_language():
    error = ShapeError("{layer} needs a list, but gets {shape}.", shape="16×5×5")
    error.at("dense_1", "Dense 1")
    assert tr_error(error) == "Dense 1 needs a list, but gets 16×5×5."
    i18n.set_language("ko")
    assert tr_error(error) != str(error)
    assert "Dense 1" in tr_error(error) and "16×5×5" in tr_error(error)
    nested = DataError("{file}: {reason}", file="a.csv", reason=Text("There is no such file."))
    assert "There is" not in tr_error(nested)


def test_other_exceptions_speak_for_themselves():
    assert tr_error(OSError("disk full")) == "disk full"


def test_english_distinguishes_one_from_many():
    assert tr_n("{n} problem", "{n} problems", 1) == "1 problem"
    assert tr_n("{n} problem", "{n} problems", 3) == "3 problems"


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("밀집층은(는)", "밀집층은"),
        ("입력 변수은(는)", "입력 변수는"),
        ("Dense 1은(는)", "Dense 1은"),
        ("Dense 2이(가)", "Dense 2가"),
        ("Adam을(를)", "Adam을"),
        ("ReLU을(를)", "ReLU를"),
        ("서울으로(로)", "서울로"),
        ("집으로(로)", "집으로"),
        ("“a.csv”을(를)", "“a.csv”를"),
    ],
)
def test_particles_fit_the_word_before_them(given, wanted):
    assert choose_particles(given) == wanted


def test_collected_strings_keep_their_translations_and_lose_the_vanished(tmp_path):
    for package in ("engine", "playground"):
        (tmp_path / package).mkdir()
    (tmp_path / "engine" / "a.py").write_text(
        'SHAPES = ("ring", "spiral")\n'
        "class MyError(EngineError): ...\n"
        'x = param(1, label="Rate", choices=SHAPES)\n'
        'raise MyError("{file} is gone.", file=f)\n'
        'raise ValueError("for programmers")\n'
        'y = Text("to a list")\n'
    )
    (tmp_path / "playground" / "b.py").write_text(
        'tr("Play")\ntr("Open" if a else "Close", "verb")\ntr(variable)\n'
        'tr_n("{n} point", "{n} points", n)\nN_("Later")\n'
    )
    found = translations.collect(tmp_path)
    assert [m[1:] for m in found if m[0] == "engine"] == [
        ("Rate", ""),
        ("ring", ""),
        ("spiral", ""),
        ("to a list", ""),
        ("{file} is gone.", ""),
    ]
    assert [m[1:] for m in found if m[0] == "playground"] == [
        ("Close", "verb"),
        ("Later", ""),
        ("Open", "verb"),
        ("Play", ""),
        ("{n} point", ""),
        ("{n} points", ""),
    ]
    file = tmp_path / "ko.ts"
    translations.write(file, found, {found[0]: "율 <1>", ("engine", "Gone", ""): "없음"})
    assert translations.read(file) == {found[0]: "율 <1>"}


def places(text):
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


def test_every_string_is_translated_with_the_same_places():
    known = translations.read(asset("translations", "ko.ts"))
    messages = translations.collect()
    assert [m for m in messages if m not in known] == []
    assert [m for m in known if m not in messages] == []
    assert [m for m in messages if set(places(m[1])) != set(places(known[m]))] == []


def test_the_compiled_translation_is_up_to_date():
    compiled = asset("translations", "ko.qm").read_bytes()
    translator = QTranslator()
    assert translator.load(compiled)
    for (context, source, comment), text in translations.read(
        asset("translations", "ko.ts")
    ).items():
        assert translator.translate(context, source, comment) == text
