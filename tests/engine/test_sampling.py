from collections import Counter

import numpy as np
import pytest

from engine import archive
from engine.arrays import backend
from engine.errors import DataError, FieldError, FormatError
from engine.experiment import Experiment, Training
from engine.graph import Graph
from engine.layers.embedding import Embedding
from engine.layers.gru import GRU
from engine.layers.positional_encoding import PositionalEncoding
from engine.layers.time_distributed import TimeDistributed
from engine.layers.transformer import TransformerDecoderBlock
from engine.probes import Probe
from engine.sampling import (
    Continue,
    Fill,
    Sampling,
    draw,
    fill_masks,
    generate,
    next_token,
    restored,
    shares,
)
from engine.streams import stream
from engine.tasks.masked_text import MaskedText
from engine.tasks.points import Points
from engine.tasks.text import NextToken
from engine.tasks.tokens import CLS, MASK, PAD, TOKENIZERS, UNKNOWN, Vocabulary
from engine.trainer import Trainer

ALPHABET = "abcdefgh"


class Circle:
    """Foretells the letter after each one, h before a; what is behind the context is noise."""

    input_shape = (4,)
    device = backend()
    certainty = 1.0

    def predict(self, x):
        p = np.full((*x.shape, 9), (1 - self.certainty) / 8, np.float32)
        following = x.astype(int) % 8 + 1
        np.put_along_axis(p, following[..., None], self.certainty, axis=-1)
        return p


LETTERS = Vocabulary.of(ALPHABET, 9, (UNKNOWN,), "character")


@pytest.fixture(scope="module")
def trainer():
    """A small GPT that has learned ten words."""
    task = NextToken("prose-en", vocabulary=48, context=8, stride=8)
    graph = Graph.chain(
        Embedding(48, 16),
        PositionalEncoding("learned"),
        TransformerDecoderBlock(2, 32, dropout=0.0),
        TimeDistributed(48, "softmax"),
    )
    trainer = Trainer(Experiment(task, graph, Training(epochs=2)))
    for _ in trainer.steps():
        pass
    return trainer


class TestGenerate:
    @pytest.mark.parametrize("prompt", ["a", "efgh", "abcdefghabc"])
    def test_it_goes_on_where_the_prompt_ends_beyond_the_context(self, prompt):
        answer = generate(Circle(), LETTERS, prompt, Sampling(20))
        whole = ALPHABET * 5
        begun = whole.index(prompt)
        assert answer.text == whole[begun : begun + len(prompt) + 20]
        assert LETTERS.write(answer.tokens) == answer.text[len(prompt) :]
        assert answer.probabilities.shape == (20, 9)
        assert (answer.probabilities.argmax(axis=1) == answer.tokens).all()

    def test_without_a_prompt_it_begins_by_itself(self):
        assert generate(Circle(), LETTERS, "", Sampling(8)).text == ALPHABET

    def test_what_lies_behind_does_not_change_what_is_foretold(self, trainer):
        """A window that is not full yet gives what a full one gives at the same place."""
        rows = trainer.dataset.validation.inputs[:3]
        whole = trainer.network.predict(rows)
        for row, p in zip(rows, whole, strict=True):
            for length in (1, 5, 8):
                numbers = row[:length].astype(int).tolist()
                np.testing.assert_allclose(
                    next_token(trainer.network, numbers), p[length - 1], atol=1e-6
                )

    def test_the_seed_decides(self, trainer):
        data = trainer.dataset.vocabulary
        texts = [
            generate(trainer.network, data, "the ", Sampling(40, seed=seed)).text
            for seed in (1, 1, 2)
        ]
        assert texts[0] == texts[1] != texts[2]

    def test_unknown_tokens_are_never_written(self, trainer):
        data = trainer.dataset.vocabulary
        answer = generate(trainer.network, data, "漢 the ", Sampling(300, temperature=5.0))
        assert min(answer.tokens) >= data.special and max(answer.tokens) < data.used
        assert answer.text.startswith(f"{UNKNOWN} the ")

    def test_hangul_is_put_together(self):
        jamo = TOKENIZERS["jamo"].split("한글")
        vocabulary = Vocabulary("jamo", (UNKNOWN, *jamo), 1)

        class Spell(Circle):
            def predict(self, x):
                p = np.zeros((*x.shape, 7), np.float32)
                np.put_along_axis(p, (x.astype(int) % 6 + 1)[..., None], 1, axis=-1)
                return p

        assert generate(Spell(), vocabulary, "하", Sampling(10)).text == "한글한글"


class TestDraw:
    P = np.array([0.4, 0.3, 0.2, 0.1, 0.0])

    def drawn(self, how, count=4000):
        rng = stream(1, "test")
        counts = Counter(draw(self.P.copy(), 1, how, rng) for _ in range(count))
        return np.array([counts[i] / count for i in range(5)])

    def test_at_temperature_1_the_shares_are_the_probabilities(self):
        wanted = np.array([0, 3, 2, 1, 0]) / 6
        np.testing.assert_allclose(self.drawn(Sampling(temperature=1.0)), wanted, atol=0.03)

    def test_temperature_is_a_power_of_the_probabilities(self):
        wanted = np.array([0, 9, 4, 1, 0]) / 14
        np.testing.assert_allclose(self.drawn(Sampling(temperature=0.5)), wanted, atol=0.03)

    def test_temperature_0_takes_the_likeliest(self):
        assert self.drawn(Sampling(temperature=0.0), 20)[1] == 1

    def test_top_k_leaves_the_likeliest(self):
        wanted = np.array([0, 3, 2, 0, 0]) / 5
        how = Sampling(temperature=1.0, top_k=2)
        np.testing.assert_allclose(self.drawn(how), wanted, atol=0.03)

    def test_a_network_that_is_sure_of_the_unknown_still_writes(self):
        for temperature in (0.0, 1.0):
            how = Sampling(temperature=temperature)
            assert draw(np.array([1.0, 0, 0]), 1, how, stream(1, "test")) in (1, 2)

    @pytest.mark.parametrize("wrong", [{"count": 0}, {"temperature": -1.0}, {"top_k": -1}])
    def test_what_cannot_be_is_refused(self, wrong):
        with pytest.raises(FieldError, match=next(iter(wrong))):
            Sampling(**wrong)

    def test_what_is_drawn_by_is_known_beforehand(self):
        how = Sampling(temperature=0.5, top_k=3)
        np.testing.assert_allclose(shares(self.P, 1, how), np.array([0, 9, 4, 1, 0]) / 14)
        cold = shares(self.P, 1, Sampling(temperature=0.0))
        assert cold.tolist() == [0, 1, 0, 0, 0]


class TestFillMasks:
    WORDS = Vocabulary.of("the cat saw the dog .".split(), 10, (PAD, UNKNOWN, CLS, MASK), "word")

    class Mirror:
        """Foretells the token of the place before, or [PAD] where that is a special one."""

        input_shape = (8,)
        device = backend()

        def predict(self, x):
            return np.eye(10, dtype=np.float32)[np.roll(x, 1, axis=1).astype(int)]

    def test_only_masks_are_replaced(self):
        answer = fill_masks(self.Mirror(), self.WORDS, "the cat [MASK] the [MASK].")
        the, cat = (self.WORDS.numbers[word] for word in ("the", "cat"))
        assert answer.text == "the cat cat the the."
        assert answer.places == (2, 4) and answer.numbers[2] == cat and answer.numbers[4] == the
        assert answer.probabilities.argmax(axis=1).tolist() == [cat, the]

    def test_it_sees_the_signs_that_samples_have(self):
        seen = []

        class Spy(self.Mirror):
            def predict(self, x):
                seen.append([TestFillMasks.WORDS.tokens[int(n)] for n in x[0]])
                return super().predict(x)

        fill_masks(Spy(), self.WORDS, "the [MASK] saw a dog.")
        assert seen == [[CLS, "the", MASK, "saw", UNKNOWN, "dog", ".", PAD]]

    def test_no_special_token_is_found_and_the_end_is_cut(self):
        answer = fill_masks(self.Mirror(), self.WORDS, "[MASK] saw the dog the cat the dog")
        assert answer.text.split()[0] in self.WORDS.numbers
        assert len(answer.text.split()) == 7

    def test_without_a_mask_there_is_nothing_to_find(self):
        with pytest.raises(DataError, match="Nothing is hidden"):
            fill_masks(self.Mirror(), self.WORDS, "the cat")


class TestRestored:
    def test_a_saved_network_writes_as_before_without_its_text(self, trainer, tmp_path):
        text = tmp_path / "own.txt"
        text.write_text("one two three four five six seven. " * 40, "utf-8")
        experiment = trainer.experiment
        experiment = experiment.but(task=experiment.task.with_data(text), epochs=1)
        own = Trainer(experiment)
        for _ in own.steps():
            pass
        archive.save(tmp_path / "own.nnp", experiment, own.checkpoint())
        text.unlink()
        project = archive.load(tmp_path / "own.nnp")
        network, vocabulary = restored(project.experiment, project.checkpoint)
        wanted = generate(own.network, own.dataset.vocabulary, "one ", Sampling(30))
        assert generate(network, vocabulary, "one ", Sampling(30)).text == wanted.text

    def test_other_tasks_are_refused(self, trainer):
        with pytest.raises(DataError, match="has learned no text"):
            restored(trainer.experiment.but(task=Points()), trainer.checkpoint())

    @pytest.mark.parametrize("tokens", [[], ["a"] * 48, None])
    def test_a_damaged_vocabulary_is_refused(self, trainer, tokens):
        checkpoint = trainer.checkpoint()
        checkpoint.state["fitted"] = {"tokens": tokens}
        with pytest.raises(FormatError, match="damaged"):
            restored(trainer.experiment, checkpoint)


class TestProbe:
    def test_it_continues_and_leaves_the_run_alone(self, trainer):
        probe: Probe = Continue("the ", Sampling(12))
        before = trainer.network.theta.copy()
        answer = probe.measure(trainer)
        assert answer.text.startswith("the ") and len(answer.tokens) == 12
        np.testing.assert_allclose(answer.probabilities.sum(axis=1), 1, rtol=1e-4)
        np.testing.assert_array_equal(trainer.network.theta, before)
        assert probe == Continue("the ", Sampling(12)) and hash(probe) == hash(
            Continue("the ", Sampling(12))
        )

    def test_a_recurrent_network_writes_as_well(self):
        task = NextToken("prose-ko", tokenizer="jamo", vocabulary=64, context=8)
        graph = Graph.chain(
            Embedding(64, 8), GRU(8, return_sequences=True), TimeDistributed(64, "softmax")
        )
        answer = Continue("골목", Sampling(20)).measure(Trainer(Experiment(task, graph)))
        assert answer.text.startswith("골")

    def test_other_tasks_have_no_continuation(self):
        task = MaskedText("prose-en", vocabulary=64, context=8)
        graph = Graph.chain(Embedding(64, 8), TimeDistributed(64, "softmax"))
        assert Continue("the").measure(Trainer(Experiment(task, graph))) is None

    def test_masks_are_filled_only_by_a_network_that_has_learned_to(self, trainer):
        task = MaskedText("prose-en", vocabulary=64, context=8)
        graph = Graph.chain(Embedding(64, 8), TimeDistributed(64, "softmax"))
        bert = Trainer(Experiment(task, graph))
        answer = Fill("the [MASK] of").measure(bert)
        assert answer.text.startswith("t") and len(answer.places) == 1
        assert Fill("the end of").measure(bert) is None
        assert Fill("the [MASK] of").measure(trainer) is None
