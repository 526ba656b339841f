import codecs
import unicodedata
from dataclasses import replace

import numpy as np
import pytest

from engine.errors import DataError, FieldError
from engine.experiment import Experiment, Training
from engine.graph import Graph
from engine.layers.embedding import Embedding
from engine.layers.simple_rnn import SimpleRNN
from engine.layers.time_distributed import TimeDistributed
from engine.tasks.base import PARTS
from engine.tasks.corpus import SOURCES, built_in
from engine.tasks.masked_text import MaskedText
from engine.tasks.text import NextToken, perplexity
from engine.tasks.tokens import CLS, MASK, PAD
from engine.trainer import Trainer

POEM = "가나다라마바사 아자차카타파하\n" * 40


@pytest.fixture
def write(tmp_path):
    """Write a file and return the task that reads it."""

    def write(content, name="own.txt", **fields):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return NextToken(**fields).with_data(path)

    return write


class TestBuiltIn:
    @pytest.mark.parametrize("source", SOURCES)
    def test_every_text_can_be_learned_letter_by_letter(self, source):
        data = NextToken(source, tokenizer="jamo", vocabulary=80).load(7)
        assert not data.notices and "[UNK]" not in data.vocabulary.write(data.test.inputs[0])
        assert all(len(data.part(part)) for part in PARTS)

    @pytest.mark.parametrize("source", ["stories-en", "stories-ko"])
    def test_stories_are_long_and_hardly_repeat_a_line(self, source):
        text = built_in(source)
        lines = text.splitlines()
        assert len(text.encode()) > 100_000
        assert len(set(lines)) > 0.99 * len(lines)
        assert "{" not in text and "/" not in text

    def test_english_nouns_take_their_article(self):
        text = built_in("stories-en")
        assert " an orange" in text and " a lamp" in text
        assert not [bad for bad in (" a apple", " a orange", " an lamp", " a old") if bad in text]

    def test_korean_nouns_take_their_particle(self):
        text = built_in("stories-ko")
        assert "마루는 " in text and "가람은 " in text
        assert not [bad for bad in ("마루은 ", "가람는 ", "숲로 ", "시장로 ") if bad in text]


class TestNextToken:
    def test_targets_are_the_inputs_one_token_later(self):
        data = NextToken(context=10, stride=3).load(7)
        for part in PARTS:
            inputs, targets = data.part(part).inputs, data.part(part).targets
            assert inputs.dtype == np.float32 and targets.dtype == np.int64
            assert inputs.shape == targets.shape == (len(inputs), 10)
            np.testing.assert_array_equal(inputs[:, 1:], targets[:, :-1])

    def test_the_parts_follow_each_other_without_an_overlap(self):
        task = NextToken("prose-en", context=8, stride=1)
        data, text = task.load(7), built_in("prose-en")
        first, last = round(0.8 * len(text)), round(0.9 * len(text))
        for part, piece in zip(PARTS, (text[:first], text[first:last], text[last:]), strict=True):
            rows = data.part(part)
            assert len(rows) == (
                len(piece) - 9 + 1 if part == "training" else (len(piece) - 1) // 8
            )
            for row in (0, -1):
                assert data.vocabulary.write(rows.inputs[row]) in piece
            assert data.vocabulary.write(rows.inputs[0]) == piece[:8]

    def test_only_the_training_part_makes_the_vocabulary(self, write):
        data = write("ab" * 300 + "xyz" * 40, context=4, vocabulary=8).load(7)
        assert data.vocabulary.used == 3
        assert (data.test.targets == 0).all()

    def test_the_seed_plays_no_part(self):
        first, second = NextToken("prose-ko").load(1), NextToken("prose-ko").load(2)
        np.testing.assert_array_equal(first.training.inputs, second.training.inputs)

    def test_sizes_follow_from_the_settings_alone(self, tmp_path):
        """So that a network can be drawn before its file is found."""
        task = NextToken(vocabulary=300, context=20).with_data(tmp_path / "gone.txt")
        assert task.input_shape == (20,)
        assert task.target.sizes == (300,) and task.target.places == (20,)
        loaded = NextToken(vocabulary=300, context=20).load(7).target
        assert (loaded.sizes, loaded.places) == (task.target.sizes, task.target.places)

    def test_the_numbers_of_another_run_are_taken_over(self, write):
        own = NextToken("prose-en", context=8).load(7)
        other = write("the sea and the rock. " * 30, context=8).load(7)
        assert other.vocabulary.tokens != own.vocabulary.tokens
        again = other.with_fitted(own.fitted)
        assert again.vocabulary.tokens == again.target.labels or again.fitted == own.fitted
        assert again.vocabulary.write(again.training.inputs[0]) == "the sea "
        assert own.with_fitted(own.fitted) is own
        for wrong in ({"tokens": ["a", "b"]}, {"tokens": list(reversed(own.vocabulary.tokens))}):
            with pytest.raises(ValueError, match="vocabulary"):
                own.with_fitted(wrong)


class TestFiles:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
    def test_korean_in_any_usual_encoding(self, write, encoding):
        data = write(POEM.replace("\n", "\r\n").encode(encoding), tokenizer="jamo").load(7)
        assert data.text == POEM
        assert data.vocabulary.write(data.training.inputs[0])[:6] == "가나다라마바"

    def test_letters_of_a_mac_are_composed(self, write):
        assert write(unicodedata.normalize("NFD", POEM)).load(7).text == POEM

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"", "own.txt is empty"),
            (codecs.BOM_UTF8 + b" \r\n ", "own.txt is empty"),
            (b"abc\0def" * 100, "own.txt is no text in UTF-8 or CP949"),
            (b"\xff\xff\xff" * 100, "own.txt is no text in UTF-8 or CP949"),
            ("Too short.", "own.txt is too short: 8 tokens are left for the training part"),
            ("한 줄은 짧다. " * 12, "are left for the validation part"),
            ("".join(map(chr, range(0xAC00, 0xB000))), "has 819 different tokens"),
        ],
    )
    def test_a_file_of_no_use_is_refused_in_one_sentence(self, write, content, sentence):
        with pytest.raises(DataError) as error:
            write(content).load(7)
        assert sentence in str(error.value) and str(error.value).endswith(".")

    def test_a_file_that_is_not_there(self, tmp_path):
        with pytest.raises(DataError, match=r"gone.txt cannot be read \(there is no such file"):
            NextToken().with_data(tmp_path / "gone.txt").load(7)
        with pytest.raises(DataError, match="it is a folder"):
            NextToken().with_data(tmp_path).load(7)

    def test_rare_tokens_are_unknown_and_that_is_said(self, write):
        data = write("a b c d e f g h i j " * 50, vocabulary=8, context=4).load(7)
        (notice,) = data.notices
        assert "20% of the text lie outside of the vocabulary of 8" in str(notice)

    def test_only_the_beginning_of_a_huge_file_is_read(self, write, monkeypatch):
        monkeypatch.setattr("engine.tasks.corpus.LONGEST", 1000)
        data = write("abcd" * 300).load(7)
        assert len(data.text) == 1000
        assert str(data.notices[0]) == "own.txt has 1,200 characters; the first 1,000 are used."

    def test_shares_that_leave_nothing_to_test(self):
        with pytest.raises(FieldError, match="leave nothing to test"):
            NextToken(training_share=0.9, validation_share=0.2)


MASKED = MaskedText(tokenizer="word", vocabulary=512, context=24, copies=3)


@pytest.fixture(scope="module")
def data():
    return MASKED.load(7)


class TestMaskedText:
    def test_a_sample_is_a_sentence_between_its_signs(self, data):
        for part in PARTS:
            x = data.part(part).inputs
            assert (x[:, 0] == MASKED.special.index(CLS)).all()
            assert (x[:, 1:] != MASKED.special.index(CLS)).all()
            padding = x == MASKED.special.index(PAD)
            assert (np.diff(padding.astype(int), axis=1) >= 0).all()  # once begun, it goes on
            assert 0.3 < padding.mean() < 0.8

    def test_about_15_percent_are_hidden_in_the_three_ways(self, data):
        x, t = data.training.inputs, data.training.targets
        words = (x != 0) & (x != MASKED.special.index(CLS))
        chosen = t >= 0
        assert not (chosen & ~words).any()
        assert chosen.any(axis=1).all()
        assert 0.14 < chosen.sum() / words.sum() < 0.19  # one at least in a short sentence
        masked = (x == MASKED.special.index(MASK))[chosen].mean()
        same = (x == t)[chosen].mean()
        assert masked == pytest.approx(0.8, abs=0.02)
        assert same == pytest.approx(0.1, abs=0.02)
        assert (t[chosen] >= len(MASKED.special)).all()

    def test_the_hidden_words_are_those_of_the_sentence(self, data):
        x, t = data.validation.inputs, data.validation.targets
        whole = np.where(t >= 0, t, x)
        sentences = [data.vocabulary.write(row[1:]).split("[PAD]")[0].strip() for row in whole]
        assert sum(sentence in data.text for sentence in sentences) > 0.95 * len(sentences)

    def test_the_seed_fixes_what_is_hidden(self, data):
        same, other = MASKED.load(7), MASKED.load(8)
        np.testing.assert_array_equal(data.validation.inputs, same.validation.inputs)
        assert (data.validation.targets != other.validation.targets).any()

    def test_copies_hide_other_words(self, data):
        count = len(data.training) // 3
        assert (data.training.targets[:count] != data.training.targets[count : 2 * count]).any()
        assert len(data.validation) == len(replace(MASKED, copies=1).load(7).validation)

    def test_a_text_without_sentences_enough(self, tmp_path):
        (tmp_path / "own.txt").write_text("Only one sentence is in here.", "utf-8")
        with pytest.raises(DataError, match="no sentence is left"):
            MASKED.with_data(tmp_path / "own.txt").load(7)


class TestPerplexity:
    def test_it_counts_equally_likely_tokens(self):
        assert perplexity(np.full((2, 3, 5), 0.2), np.zeros((2, 3), int)) == pytest.approx(5)

    def test_places_without_an_answer_do_not_count(self):
        p = np.array([[[0.5, 0.5], [1.0, 0.0]]])
        assert perplexity(p, np.array([[0, -1]])) == pytest.approx(2)
        assert np.isnan(perplexity(p, np.array([[-1, -1]])))

    @pytest.mark.parametrize(
        "task", [NextToken("prose-en", context=8), MaskedText("prose-en", context=16)]
    )
    def test_it_is_the_exponential_of_the_loss(self, task):
        trainer = Trainer(rnn(task))
        for part in PARTS:
            measured = trainer.measure(part)
            assert measured["perplexity"] == pytest.approx(np.exp(measured["loss"]), rel=1e-4)
            assert list(measured) == ["loss", "accuracy", "perplexity"]

    def test_a_network_learns_more_than_the_frequencies_of_letters(self):
        trainer = Trainer(rnn(NextToken("prose-en", context=16, stride=4)))
        for _ in trainer.steps():
            pass
        baseline = trainer.dataset.baselines("test")["token frequency"]
        measured = trainer.measure("test")
        assert measured["accuracy"] > baseline["accuracy"] + 0.08
        assert measured["perplexity"] < baseline["perplexity"] - 6
        assert 0.1 < baseline["accuracy"] < 0.3 and 15 < baseline["perplexity"] < 30


def rnn(task):
    size = task.vocabulary
    graph = Graph.chain(
        Embedding(size, 16),
        SimpleRNN(32, return_sequences=True),
        TimeDistributed(size, "softmax"),
    )
    return Experiment(task, graph, Training(learning_rate=0.01, batch_size=16, epochs=6))
