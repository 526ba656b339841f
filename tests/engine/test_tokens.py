import pytest

from engine.tasks.corpus import SOURCES, built_in
from engine.tasks.tokens import TOKENIZERS, UNKNOWN, Vocabulary

SENTENCES = 'Ben the cat\'s kite was gone. "Do not be sad," said Ida (a well-known goose)!\nWhy? '


@pytest.mark.parametrize("tokenizer", ["character", "jamo"])
@pytest.mark.parametrize("source", SOURCES)
def test_letters_give_back_every_text(tokenizer, source):
    text = built_in(source)
    cut = TOKENIZERS[tokenizer]
    assert cut.join(cut.split(text)) == text


@pytest.mark.parametrize("source", SOURCES)
def test_words_give_back_every_text_up_to_blanks(source):
    text, cut = built_in(source), TOKENIZERS["word"]
    again = cut.join(cut.split(text))
    assert "".join(again.split()) == "".join(text.split())
    assert cut.split(again) == cut.split(text)


def test_words_are_joined_as_they_are_written():
    cut = TOKENIZERS["word"]
    assert cut.join(cut.split(SENTENCES)) == SENTENCES.rstrip(" ")
    assert cut.split("cat's well-known")[:2] == ["cat's", "well-known"]


def test_the_most_frequent_tokens_have_the_lowest_numbers():
    vocabulary = Vocabulary.of("abracadabra", 5, (UNKNOWN,), "character")
    assert vocabulary.tokens == (UNKNOWN, "a", "b", "r", "c")
    assert vocabulary.read("cab d").tolist() == [4, 1, 2, 0, 0]
    assert vocabulary.write([2, 1, 4]) == "bac"


def test_numbers_that_are_left_over_stand_for_nothing():
    vocabulary = Vocabulary.of("aab", 5, (UNKNOWN,), "character")
    assert len(vocabulary) == 5 and vocabulary.used == 3
    assert vocabulary.tokens == (UNKNOWN, "a", "b", "[unused3]", "[unused4]")


def test_a_text_that_spells_a_special_token_does_not_become_it():
    vocabulary = Vocabulary.of(["a", "a"], 8, (UNKNOWN,), "word")
    assert vocabulary.read(UNKNOWN).tolist() == [0, 0, 0]  # bracket, word, bracket
    assert UNKNOWN not in vocabulary.numbers


def test_labels_show_what_cannot_be_seen():
    vocabulary = Vocabulary.of(list("a \n") + TOKENIZERS["jamo"].split("각"), 8, (), "jamo")
    assert set(vocabulary.labels) >= {"a", "␣", "↵", "ㄱ", "-ㄱ", "ㅏ"}
