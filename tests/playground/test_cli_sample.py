"""The command ``playground sample``."""

import pytest

from engine import archive
from engine.trainer import Trainer
from playground.cli import main
from playground.examples import example


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A network that has seen a few samples, in a file."""
    path = tmp_path_factory.mktemp("saved") / "writer.nnp"
    experiment = example("rnn-char")
    experiment = experiment.but(task=experiment.task.but(source="prose-en"), epochs=1)
    trainer = Trainer(experiment)
    for _ in trainer.steps():
        pass
    archive.save(path, experiment, trainer.checkpoint())
    return path


@pytest.fixture
def here(capsys):
    """Run the program in this process; return exit status, stdout and stderr."""

    def run(*arguments):
        status = main(["sample", *map(str, arguments)])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


def test_it_continues_a_prompt(here, saved):
    status, out, err = here(saved, "--prompt", "The sea", "--count", 50)
    assert (status, err) == (0, "")
    assert out.startswith("The sea") and len(out) == len("The sea") + 50 + 1
    assert here(saved, "--prompt", "The sea", "--count", 50)[1] == out
    assert here(saved, "--prompt", "The sea", "--count", 50, "--seed", 1)[1] != out


def test_the_likeliest_text_needs_no_seed(here, saved):
    greedy = (saved, "--prompt", "The sea", "--temperature", 0, "--count", 30)
    assert here(*greedy)[1] == here(*greedy, "--seed", 5)[1]
    top = (saved, "--prompt", "The sea", "--top-k", 1, "--count", 30)
    assert here(*top)[1] == here(*greedy)[1]


def test_masked_words_are_found(here, tmp_path):
    experiment = example("bert-mlm")
    experiment = experiment.but(task=experiment.task.but(source="prose-en", copies=1), epochs=1)
    trainer = Trainer(experiment)
    for _ in trainer.steps():
        pass
    archive.save(tmp_path / "bert.nnp", experiment, trainer.checkpoint())
    status, out, _ = here(tmp_path / "bert.nnp", "--prompt", "I count the [MASK] with chalk.")
    assert status == 0 and out.startswith("I ") and "[MASK]" not in out
    assert "Nothing is hidden" in here(tmp_path / "bert.nnp", "--prompt", "I count.")[2]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--count", "0"), "Sampling: count must be a whole number from 1"),
        (("--temperature", "-1"), "Sampling: temperature must be a number from 0"),
        (("--temperature", "nan"), "Sampling: temperature must be a number from 0"),
    ],
)
def test_a_refusal_is_one_sentence(here, saved, options, sentence):
    status, out, err = here(saved, *options)
    assert (status, out) == (1, "")
    assert sentence in err and err.count("\n") == 1


def test_other_projects_are_refused(here, tmp_path):
    archive.save(tmp_path / "plan.nnp", example("gpt-char"))
    assert "plan.nnp holds no trained weights" in here(tmp_path / "plan.nnp")[2]
    archive.save(
        tmp_path / "xor.nnp", example("xor-gate"), Trainer(example("xor-gate")).checkpoint()
    )
    assert "has learned no text" in here(tmp_path / "xor.nnp")[2]
    assert "There is no such file" in here(tmp_path / "gone.nnp")[2]
