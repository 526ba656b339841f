import unicodedata

import pytest

from engine.hangul import compose, decompose, letter_name, particle

SYLLABLES = "".join(map(chr, range(0xAC00, 0xD7A4)))


def test_every_syllable_is_taken_apart_as_unicode_says_and_put_together_again():
    letters = decompose(SYLLABLES)
    assert letters == unicodedata.normalize("NFD", SYLLABLES)
    assert compose(letters) == SYLLABLES


def test_other_characters_stay():
    text = 'ㅋㅋ "Hello", 42 漢字\n'
    assert decompose(text) == compose(text) == text


def test_letters_that_make_no_syllable_stand_alone():
    lead, vowel, tail = decompose("각")
    assert compose(lead + lead + vowel + tail + tail) == "ㄱ각ㄱ"
    assert compose(vowel) == "ㅏ"


def test_letters_have_names_to_tell_leads_from_tails():
    assert [letter_name(letter) for letter in decompose("각a ")] == ["ㄱ", "ㅏ", "-ㄱ", "a", " "]


@pytest.mark.parametrize(
    ("word", "pair", "wanted"),
    [
        ("곰", "은/는", "은"),
        ("여우", "은/는", "는"),
        ("숲", "으로/로", "으로"),
        ("마을", "으로/로", "로"),
        ("강가", "으로/로", "로"),
        ("마을", "을/를", "을"),
        ("부엉이", "과/와", "와"),
    ],
)
def test_particles_follow_the_last_syllable(word, pair, wanted):
    assert particle(word, pair) == wanted
