"""Tables on the command line."""

import json

import pytest

from playground.cli import main


@pytest.fixture
def train(capsys):
    """Train the example of the diabetes table on a file; return status, report and stderr."""

    def train(path, *words):
        words = ["train", "diabetes-mlp", "--data", str(path), "--epochs", "2", *words, "--json"]
        status = main(words)
        captured = capsys.readouterr()
        return status, json.loads(captured.out) if captured.out else None, captured.err

    return train


@pytest.fixture
def flowers(tmp_path):
    path = tmp_path / "flowers.csv"
    kinds = ("rose", "tulip", "daisy")
    lines = [f"{i % 7};{i},5;{kinds[i % 3]}" for i in range(30)]
    path.write_text("\n".join(["petals;height;kind", *lines]), "utf-8")
    return path


def test_a_file_of_ones_own_is_learned_from_and_the_output_follows(train, flowers):
    status, report, err = train(flowers)
    assert status == 0
    assert report["parameters"] == 2 * 10 + 10 + 10 * 5 + 5 + 5 * 3 + 3
    assert report["baselines"].keys() == {"most frequent class"}
    assert "For these data: 3 units · Softmax, cross-entropy" in err


def test_a_number_is_predicted_by_one_unit(train, flowers):
    status, report, _ = train(flowers, "--set", "task.target_column=height")
    assert status == 0
    assert {"rmse", "mae", "r2"} <= report["metrics"]["test"].keys()
    assert report["baselines"].keys() == {"mean of the training part"}


def test_what_is_missing_is_refused_with_its_place_or_told_of(train, flowers):
    flowers.write_text(flowers.read_text("utf-8").replace("2;2,5;daisy", "2;;daisy"), "utf-8")
    status, report, err = train(flowers)
    assert (status, report) == (1, None)
    assert err.splitlines()[-1].startswith("playground: flowers.csv, row 4: height has no value")
    status, report, err = train(flowers, "--set", "task.missing=drop rows")
    assert status == 0
    assert "flowers.csv: 1 of 30 rows are left out" in err


def test_a_file_that_is_not_there(train, tmp_path):
    status, _, err = train(tmp_path / "nowhere.csv")
    assert status == 1
    assert "nowhere.csv cannot be read (there is no such file or folder)" in err
    assert "Traceback" not in err
