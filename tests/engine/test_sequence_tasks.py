"""Tasks from one and many to one and many: what they ask, and that networks learn to answer."""

import numpy as np
import pytest
from runs import trained

from engine.decoding import Decoded, decode
from engine.experiment import Experiment, Training
from engine.graph import Graph
from engine.layers.embedding import Embedding
from engine.layers.gru import GRU
from engine.layers.time_distributed import TimeDistributed
from engine.tasks.base import PARTS
from engine.tasks.caption import NAMES, Caption
from engine.tasks.digits import Digits
from engine.tasks.exam import Exam, hours
from engine.tasks.grammar import sentences
from engine.tasks.reverse import Reverse
from engine.tasks.sentiment import LANGUAGES, Sentiment
from engine.tasks.sequences import EOS, PAD, SOS, SPECIAL
from engine.tasks.tagging import Tagging
from engine.tasks.times_table import TimesTable
from engine.tasks.translation import DIRECTIONS, Translation
from playground.examples import example

WORDED = (
    Sentiment(),
    Sentiment("korean"),
    Tagging(),
    Reverse(count=1000),
    Reverse(letters=4, longest=3, count=100),
    *(Translation(direction) for direction in DIRECTIONS),
)
"""Tasks of which the inputs are words."""

DECODED = [task for task in WORDED if isinstance(task, (Reverse, Translation))]


def name_of(task):
    values = (getattr(task, field, "") for field in ("language", "direction", "letters"))
    return " ".join([task.kind, *map(str, filter(None, values))])


@pytest.fixture(params=WORDED, ids=name_of)
def worded(request):
    return request.param


def questions(dataset, name):
    return [dataset.question(row) for row in dataset.part(name).inputs]


def pairs(dataset):
    """Return question and answer of all samples as text."""
    return {
        dataset.question(x): " ".join(dataset.answer(t))
        for name in PARTS
        for x, t in zip(dataset.part(name).inputs, dataset.part(name).targets, strict=True)
    }


class TestEveryTask:
    def test_inputs_are_numbers_of_known_words(self, worded):
        dataset = worded.load(7)
        assert dataset.words[: len(SPECIAL)] == SPECIAL
        assert len(set(dataset.words)) == len(dataset.words)
        for part in map(dataset.part, PARTS):
            assert len(part)
            assert part.inputs.dtype == np.float32 and part.targets.dtype == np.int64
            assert part.inputs.shape[1:] == worded.input_shape
            assert part.targets.shape[1:] == worded.target.places
            assert part.inputs.min() >= 0 and part.inputs.max() < len(dataset.words)
            assert part.targets.max() < len(worded.target.labels)

    def test_no_question_is_asked_twice_so_that_the_test_is_fair(self, worded):
        dataset = worded.load(7)
        asked = [question for name in PARTS for question in questions(dataset, name)]
        assert len(set(asked)) == len(asked)

    def test_the_seed_decides(self, worded):
        first, same, other = (worded.load(seed) for seed in (7, 7, 8))
        for name in PARTS:
            np.testing.assert_array_equal(first.part(name).inputs, same.part(name).inputs)
            np.testing.assert_array_equal(first.part(name).targets, same.part(name).targets)
        assert questions(first, "training") != questions(other, "training")

    def test_every_word_is_learned_before_it_is_tested(self, worded):
        if worded == Reverse(letters=4, longest=3, count=100):
            return
        dataset = worded.load(7)
        assert {*np.unique(dataset.test.inputs)} <= {*np.unique(dataset.training.inputs)}


class TestDecoderInputs:
    @pytest.mark.parametrize("task", DECODED, ids=name_of)
    def test_each_target_is_the_word_that_the_decoder_reads_next(self, task):
        dataset = task.load(7)
        part, start = dataset.training, dataset.question_steps
        fed = part.inputs[:, start:].astype(int)
        assert (fed[:, 0] == SOS).all()
        tokens = np.where(part.targets >= 0, part.targets + EOS, PAD)
        ends = tokens == EOS
        assert (ends.sum(axis=1) == 1).all()
        np.testing.assert_array_equal(np.where(ends, PAD, tokens)[:, :-1], fed[:, 1:])
        labels = np.array(dataset.words)[2:]
        assert dataset.target.labels == tuple(labels[: len(dataset.target.labels)])

    def test_a_sequence_is_answered_backwards(self):
        for question, answer in pairs(Reverse(count=500).load(7)).items():
            assert answer.split() == question.split()[::-1]


class TestSentiment:
    def judged(self, language):
        dataset = Sentiment(language, count=5000).load(7)
        return pairs(dataset)

    def test_negation_turns_a_review_round(self):
        found = self.judged("english")
        assert found["the movie was good"] == found["the movie was not bad"] == "positive"
        assert found["the movie was bad"] == found["the movie was not good"] == "negative"
        assert found["i did not like the book"] == "negative"
        korean = self.judged("korean")
        assert korean["영화는 재미있었다"] == korean["영화는 지루하지 않았다"] == "positive"
        assert korean["영화는 재미있지 않았다"] == "negative"

    def test_what_stands_behind_a_but_decides(self):
        found = self.judged("english")
        joined = [sentence for sentence in found if " but " in sentence]
        for sentence in joined:
            ending = sentence.split(" but ")[1]
            assert found.get(ending, found[sentence]) == found[sentence]
        assert len(joined) > len(found) / 2

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_both_answers_are_about_equally_frequent(self, language):
        targets = Sentiment(language).load(7).training.targets
        assert abs(targets.mean() - 0.5) < 0.06


class TestTranslation:
    @pytest.mark.parametrize(
        ("english", "french", "korean"),
        [
            ("I am a student", "je suis étudiant", "나는 학생입니다"),
            ("she is an actor", "elle est actrice", "그녀는 배우입니다"),
            ("he is not a doctor", "il n' est pas médecin", "그는 의사가 아닙니다"),
            ("they are not students", "ils ne sont pas étudiants", "그들은 학생이 아닙니다"),
            ("we are happy", "nous sommes heureux", "우리는 행복합니다"),
            ("I like the tree", "j' aime l' arbre", "나는 나무를 좋아합니다"),
            ("he does not buy the book", "il n' achète pas le livre", "그는 책을 사지 않습니다"),
            ("my sister sees the house", "ma sœur voit la maison", "누나는 집을 봅니다"),
            ("my mother is not tall", "ma mère n' est pas grande", "어머니는 크지 않습니다"),
        ],
    )
    def test_the_grammar_of_three_languages(self, english, french, korean):
        (said,) = (said for said in sentences() if said.english == tuple(english.split()))
        assert " ".join(said.french) == french
        assert " ".join(said.korean) == korean

    @pytest.mark.parametrize("direction", DIRECTIONS)
    def test_a_sentence_has_one_translation(self, direction):
        source, target = direction.lower().split(" to ")
        known = {}
        for said in sentences():
            asked, answer = (" ".join(getattr(said, name)) for name in (source, target))
            assert known.setdefault(asked, answer) == answer


class TestOtherTasks:
    def test_tags_depend_on_neighbours(self):
        found = pairs(Tagging(count=20_000).load(7))
        assert found["the light plays"] == "det. noun verb"
        assert found["the light book plays"] == "det. adj. noun verb"
        assert found["we light the light"] == "pron. verb det. noun"

    @pytest.mark.parametrize("language", NAMES)
    def test_captions_spell_what_the_images_show(self, language):
        task = Caption(language, training_count=100)
        dataset, digits = task.load(7), Digits(training_count=100).load(7)
        np.testing.assert_array_equal(dataset.training.inputs, digits.training.inputs)
        for name, digit in zip(dataset.training.targets, digits.training.targets, strict=True):
            assert "".join(dataset.answer(name)) == NAMES[language][digit]

    def test_more_study_and_more_sleep_pass_the_exam(self):
        part = Exam(count=5000).load(7).training
        passed, failed = (part.inputs[part.targets == label] for label in (1, 0))
        assert (passed.mean(axis=0) > failed.mean(axis=0) + 0.3).all()
        assert abs(part.inputs.std(axis=0) - 1).max() < 0.05
        lived = hours(part.inputs)
        np.testing.assert_allclose(lived.min(axis=0), [0, 3], atol=0.1)
        np.testing.assert_allclose(lived.max(axis=0), [10, 9], atol=0.1)

    def test_the_times_table_holds_every_product_once(self):
        dataset = TimesTable().load(7)
        rows = {
            (round(9 * a), round(9 * b)): round(float(product))
            for part in map(dataset.part, PARTS)
            for (a, b), (product,) in zip(
                part.inputs.tolist(), dataset.in_units(part.targets).tolist(), strict=True
            )
        }
        assert len(rows) == 81
        assert rows[7, 6] == 42
        assert all(a * b == product for (a, b), product in rows.items())


class TestExactMatch:
    def test_one_wrong_place_spoils_an_answer_and_gaps_do_not_count(self):
        dataset = Reverse(count=500).load(7)
        targets = dataset.validation.targets
        right = np.eye(len(dataset.target.labels), dtype=np.float32)[targets]
        assert dataset.measure(right, "validation")["exact_match"] == 1
        right[0, 0] = np.roll(right[0, 0], 1)
        measured = dataset.measure(right, "validation")
        assert measured["exact_match"] == pytest.approx(1 - 1 / len(targets))
        assert measured["accuracy"] > measured["exact_match"]

    def test_an_answer_ends_at_its_eos(self):
        dataset = Reverse().load(7)
        assert dataset.answer(np.array([1, 2, 0, 3, -1])) == ("a", "b")


@pytest.fixture(scope="module")
def translator():
    """Train for so few epochs that some answers are wrong."""
    return trained(example("seq2seq-transformer").but(epochs=7))


class TestDecoding:
    def test_greedy_decoding_is_right_where_every_place_was(self, translator):
        dataset, network = translator.dataset, translator.network
        part = dataset.test
        answers = decode(network, dataset, part.inputs)
        right = [
            dataset.answer(answer) == dataset.answer(true)
            for answer, true in zip(answers, part.targets, strict=True)
        ]
        assert np.mean(right) == pytest.approx(translator.measure("test")["exact_match"])
        assert 0.3 < np.mean(right) < 1

    def test_it_does_not_see_the_true_answer(self, translator):
        dataset, inputs = translator.dataset, translator.dataset.test.inputs[:20]
        spoilt = inputs.copy()
        spoilt[:, dataset.question_steps :] = 5
        expected = decode(translator.network, dataset, inputs)
        np.testing.assert_array_equal(decode(translator.network, dataset, spoilt), expected)

    def test_nothing_but_eos_follows_an_eos(self, translator):
        answers = Decoded("validation", 10, 30).measure(translator)
        assert answers.shape == (30, translator.dataset.target.steps)
        assert (np.diff((answers == 0).astype(int), axis=1) >= 0).all()

    def test_without_a_decoder_the_most_probable_labels_are_the_answer(self):
        trainer = trained(example("many-to-many-tagging").but(epochs=1))
        inputs = trainer.dataset.validation.inputs[:4]
        expected = trainer.network.predict(inputs).argmax(axis=-1)
        np.testing.assert_array_equal(Decoded().measure(trainer), expected)


def reaches(name, measure, least, **changes):
    experiment = example(name)
    trainer = trained(experiment.but(**changes))
    assert trainer.measure("test")[measure] >= least
    return trainer


def small(task, *layers, epochs=8, loss="cross_entropy"):
    embedding = Embedding(len(task.words), 8)
    return trained(
        Experiment(
            task,
            Graph.chain(embedding, *layers),
            Training(loss=loss, learning_rate=0.02, batch_size=32, epochs=epochs),
        )
    )


class TestLearning:
    def test_logistic_regression_finds_the_border_between_pass_and_fail(self):
        trainer = reaches("one-to-one-exam", "accuracy", 0.8)
        (study,), (sleep,) = trainer.network.parameters()["output"]["W"]
        assert 1.4 < study / sleep < 2.8

    def test_a_hidden_layer_learns_the_times_table(self):
        assert reaches("one-to-one-times-table", "r2", 0.98)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_recurrent_layer_understands_reviews(self, language):
        reaches("many-to-one-sentiment", "accuracy", 0.97, task=Sentiment(language))

    def test_digits_are_spelled(self):
        few = Caption(training_count=3000)
        reaches("one-to-many-caption", "exact_match", 0.7, task=few, epochs=4)

    def test_words_are_tagged(self):
        reaches("many-to-many-tagging", "exact_match", 0.97)

    def test_words_that_are_still_to_come_decide_a_tag(self):
        def right(direction):
            layers = (
                GRU(12, return_sequences=True, direction=direction),
                TimeDistributed(6, "softmax"),
            )
            return small(Tagging(), *layers).measure("test")["exact_match"]

        assert right("both") > 0.97
        assert right("forward") < 0.96

    def test_unseen_letters_are_written_backwards(self):
        trainer = reaches("seq2seq-reverse", "exact_match", 0.95, epochs=12)
        dataset, (letters,) = trainer.dataset, example("seq2seq-reverse").task.input_shape
        question = np.zeros((1, letters), np.float32)
        question[0, 1 : dataset.question_steps] = [dataset.words.index(word) for word in "bedfa"]
        (answer,) = decode(trainer.network, dataset, question)
        assert "".join(dataset.answer(answer)) == "afdeb"

    @pytest.mark.parametrize(
        ("name", "least"),
        [("seq2seq-translation", 0.85), ("seq2seq-attention", 0.95), ("seq2seq-transformer", 0.95)],
    )
    def test_unseen_sentences_are_translated(self, name, least):
        reaches(name, "exact_match", least)

    def test_attention_learns_faster_than_a_state_that_holds_the_sentence(self):
        def right(name):
            return trained(example(name).but(epochs=8)).measure("test")["exact_match"]

        assert right("seq2seq-attention") > right("seq2seq-translation") + 0.05
