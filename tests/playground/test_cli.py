"""The command line as a person or a script meets it: real processes, real files."""

import csv
import importlib.util
import json
import os
import shutil
import subprocess
import sys

import numpy as np
import pytest

from engine import archive
from engine.experiment import to_dict
from engine.trainer import Trainer
from playground.cli import main
from playground.examples import example, examples

KEYS = [
    "experiment",
    "epochs",
    "steps",
    "seconds",
    "loss",
    "metrics",
    "parameters",
    "device",
    "seed",
]
WITHOUT_DISPLAY = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def playground(*arguments, cwd=None, without=()):
    """Run the program in a process of its own, as the console script does."""
    environment = {name: value for name, value in os.environ.items() if name not in without}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    return subprocess.run(
        [sys.executable, "-m", "playground", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=cwd,
        env=environment,
        check=False,
    )


@pytest.fixture
def here(capsys):
    """Run the program in this process; return exit status, stdout and stderr."""

    def run(*arguments):
        status = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A trained network in a file."""
    path = tmp_path_factory.mktemp("saved") / "mine.nnp"
    experiment = example("xor").but(epochs=30)
    trainer = Trainer(experiment)
    for _ in trainer.steps():
        pass
    archive.save(path, experiment, trainer.checkpoint())
    return path


class TestTrain:
    def test_one_json_object_last_and_progress_apart(self):
        done = playground("train", "xor", "--json")
        assert done.returncode == 0
        report = json.loads(done.stdout.splitlines()[-1])
        assert len(done.stdout.splitlines()) == 1
        assert sorted(report) == sorted(KEYS)
        assert report["metrics"].keys() == {"train", "validation", "test"}
        assert report["metrics"]["train"]["accuracy"] == 1
        assert report["metrics"]["validation"]["accuracy"] >= 0.97
        assert report["loss"] == report["metrics"]["train"]["loss"]
        assert (report["experiment"], report["epochs"], report["steps"]) == ("xor", 200, 6400)
        assert (report["device"], report["seed"], report["parameters"]) == ("cpu", 7, 42)
        assert "epoch" in done.stderr and "Traceback" not in done.stderr

    def test_the_same_seed_prints_the_same_numbers(self, here):
        runs = []
        for _ in range(2):
            status, out, _ = here("train", "spiral", "--epochs", 3, "--seed", 11, "--json")
            report = json.loads(out)
            assert status == 0 and report.pop("seconds") > 0
            runs.append(report)
        assert runs[0] == runs[1]
        assert runs[0]["seed"] == 11 and runs[0]["epochs"] == 3

    def test_settings(self, here):
        settings = ("training.batch_size=0", "graph.dense_1.units=3", "task.count=100")
        words = [word for setting in settings for word in ("--set", setting)]
        status, out, _ = here("train", "xor", "--json", "--epochs", 2, *words)
        report = json.loads(out)
        assert status == 0
        assert report["steps"] == 2
        assert report["parameters"] == 2 * 3 + 3 + 3 * 4 + 4 + 4 * 2 + 2

    def test_bypassed_layers_are_named(self, here):
        words = ("xor", "--epochs", 2, "--set", "graph.dense_2.bypassed=true")
        status, out, _ = here("train", *words, "--json")
        report = json.loads(out)
        assert status == 0 and report["bypassed"] == ["Dense 2"] and report["parameters"] == 42
        assert "42 parameters, bypassed: Dense 2" in here("train", *words)[1]

    def test_numbers_for_people(self, here):
        status, out, _ = here("train", "xor-gate", "--epochs", 5)
        assert status == 0
        assert out.startswith("xor-gate: 5 epochs, 5 steps")
        assert {"train", "validation", "test"} <= {line.split()[0] for line in out.splitlines()[2:]}

    def test_forecasts_stand_beside_baselines_in_real_units(self, here):
        status, out, _ = here("train", "vds-mlp", "--epochs", 2, "--json")
        report = json.loads(out)
        assert status == 0
        assert report["metrics"]["test"].keys() == {"loss", "rmse", "mae", "mape", "r2"}
        assert report["baselines"].keys() == {"last value", "same time last week"}
        assert report["baselines"]["last value"].keys() == {"rmse", "mae", "mape", "r2"}
        _, out, _ = here("train", "vds-mlp", "--epochs", 1)
        assert "RMSE vehicles" in out and "MAPE %" in out and "Baselines" in out

    def test_results_in_a_folder(self, here, tmp_path):
        folder = tmp_path / "new" / "results"
        status, _, _ = here("train", "xor", "--epochs", 3, "--out", folder, "--json")
        assert status == 0
        with (folder / "history.csv").open() as file:
            rows = list(csv.DictReader(file))
        assert list(rows[0]) == [
            "step", "epoch", "seconds", "learning_rate",
            "training_loss", "validation_loss", "training_accuracy", "validation_accuracy",
        ]  # fmt: skip
        assert [float(row["epoch"]) for row in rows] == [1, 2, 3]
        project = archive.load(folder / "xor.nnp")
        assert project.experiment == example("xor").but(epochs=3)
        trainer = Trainer(project.experiment)
        trainer.restore(project.checkpoint)
        assert trainer.measure("validation")["loss"] == pytest.approx(
            float(rows[-1]["validation_loss"]), rel=1e-5
        )

    def test_an_experiment_from_a_file(self, here, saved, tmp_path):
        plan = tmp_path / "plan.json"
        plan.write_text(json.dumps(to_dict(example("xor"))), "utf-8")
        for path in (plan, saved):
            status, out, _ = here("train", path, "--epochs", 2, "--json")
            assert status == 0 and json.loads(out)["experiment"] == path.stem


class TestEvaluate:
    def test_a_saved_network(self, here, saved):
        status, out, _ = here("evaluate", saved, "--json")
        report = json.loads(out)
        assert status == 0
        project = archive.load(saved)
        trainer = Trainer(project.experiment)
        trainer.restore(project.checkpoint)
        assert report["metrics"]["test"]["accuracy"] == trainer.measure("test")["accuracy"]
        status, out, _ = here("evaluate", saved)
        assert status == 0 and "accuracy" in out

    def test_on_other_data_of_the_task(self, here, saved):
        status, out, _ = here("evaluate", saved, "--set", "task.draw=5", "--json")
        _, before, _ = here("evaluate", saved, "--json")
        assert status == 0
        assert json.loads(out)["metrics"] != json.loads(before)["metrics"]

    def test_without_weights(self, here, tmp_path):
        archive.save(tmp_path / "plan.nnp", example("xor"))
        status, out, err = here("evaluate", tmp_path / "plan.nnp")
        assert (status, out) == (1, "")
        assert "plan.nnp holds no trained weights" in err

    def test_weights_that_do_not_fit_name_the_file(self, here, saved, tmp_path):
        project = archive.load(saved)
        arrays = {**project.checkpoint.arrays, "theta": np.zeros(3, "f4")}
        checkpoint = type(project.checkpoint)(arrays, project.checkpoint.state)
        archive.save(tmp_path / "bent.nnp", project.experiment, checkpoint)
        status, _, err = here("evaluate", tmp_path / "bent.nnp")
        assert status == 1
        assert err.startswith("playground: bent.nnp: The saved state of the run is damaged")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("train", "xorr"), "There is no experiment called xorr; there are xor,"),
        (("train", "gone.nnp"), "gone.nnp: There is no such file."),
        (("train", "xor", "--set", "training.rate=1"), "Training has no setting rate"),
        (("train", "xor", "--set", "rate"), "rate sets nothing; write for example"),
        (("train", "xor", "--set", "training.learning_rate=0"), "learning_rate must be a number"),
        (("train", "xor", "--set", "graph.dense_1.units=0"), "units must be a whole number from 1"),
        (("train", "xor", "--set", "graph.output.units=3"), "has 2 classes, Output has 3 units"),
        (("train", "xor", "--epochs", "0"), "epochs must be a whole number from 1"),
        (("train", "xor", "--seed", "-1"), "seed must be a whole number from 0"),
        (("train", "xor", "--data", "points.csv"), "makes its own data and reads no file"),
        (("train", "vds-mlp", "--data", "gone.csv"), "gone.csv"),
        (("train", "mnist-mlp", "--data", "gone"), "gone"),
        (("train", "xor", "--epochs", "1", "--out", __file__), "cannot be written to"),
        (("evaluate", "gone.nnp"), "gone.nnp: There is no such file."),
        (("screenshot", "xor", "--size", "large"), "large is not a width and a height"),
        (("screenshot", "xor", "--size", "300x200"), "too small; the window needs 1024x640"),
    ],
    ids=" ".join,
)
def test_a_refusal_is_one_sentence_and_status_1(here, words, sentence):
    status, out, err = here(*words)
    last = err.splitlines()[-1]
    assert (status, out) == (1, "")
    assert last.startswith("playground: ") and last.endswith(".")
    assert sentence in last
    assert "Traceback" not in err and "Warning" not in err


def test_a_refusal_in_a_process_of_its_own(tmp_path):
    done = playground("train", "xor", "--set", "training.learning_rate=-1")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1


def test_divergence_is_one_sentence(here):
    words = ("training.loss=mse", "training.optimizer=sgd", "training.learning_rate=100")
    settings = [word for setting in words for word in ("--set", setting)]
    status, out, err = here(
        "train", "xor", *settings, "--set", "graph.output.activation=identity",
        "--set", "graph.dense_2.activation=relu",
    )  # fmt: skip
    assert (status, out) == (1, "")
    assert "lower the learning rate" in err.splitlines()[-1]
    assert "Warning" not in err


class TestOtherCommands:
    def test_examples_lists_all(self, here):
        status, out, _ = here("examples")
        assert status == 0
        assert [line.split()[0] for line in out.splitlines()] == list(examples())

    def test_doctor_reports(self, here):
        status, out, _ = here("doctor")
        assert status == 0
        found = {line.split("  ")[0].strip() for line in out.splitlines()}
        assert {
            "Python",
            "numpy",
            "Display",
            "Qt libraries",
            "GPU",
            "Fonts",
            "Cached data",
        } <= found

    def test_help_names_every_command(self):
        done = playground("--help")
        assert done.returncode == 0
        for command in ("train", "evaluate", "examples", "screenshot", "doctor"):
            assert command in done.stdout

    def test_a_wrong_option_is_explained(self):
        done = playground("train", "xor", "--epoch", "many")
        assert done.returncode == 2
        assert "Traceback" not in done.stderr


def test_training_imports_no_window_and_no_heavy_package():
    """Checked where nothing else has been imported before."""
    code = (
        "import sys; from playground.cli import main; "
        "status = main(['train', 'xor-gate', '--epochs', '2', '--json']); "
        "heavy = {'PySide6', 'pyqtgraph', 'pandas', 'scipy', 'sklearn', 'pooch'}; "
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr); sys.exit(status)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, timeout=120, check=True, env=environment,
    )  # fmt: skip
    assert done.stderr.splitlines()[-1] == "[]"


def has_window():
    try:
        return importlib.util.find_spec("playground.ui.window") is not None
    except ImportError:
        return False


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have a display")
class TestWithoutDisplay:
    def test_it_says_so_and_trains_xor(self, tmp_path):
        done = playground(cwd=tmp_path, without=WITHOUT_DISPLAY)
        assert done.returncode == 0, done.stderr
        assert done.stderr.startswith("There is no display here. Training the XOR example")
        assert done.stdout.startswith("xor: 200 epochs")
        assert "Traceback" not in done.stderr
        if has_window():
            picture = tmp_path / "playground-xor.png"
            assert picture.read_bytes().startswith(b"\x89PNG")
            assert picture.stat().st_size > 20_000
            assert "playground-xor.png" in done.stderr

    def test_where_qt_lacks_its_libraries_it_names_the_package_and_trains(
        self, here, tmp_path, monkeypatch
    ):
        from playground import display

        monkeypatch.chdir(tmp_path)
        monkeypatch.setitem(display.LIBRARIES, "libmissing.so.0", "libmissing0")
        status, out, err = here()
        assert status == 0 and out.startswith("xor: 200 epochs")
        assert err.startswith(
            "Qt lacks system libraries; install them with: apt install libmissing0"
        )
        status, _, err = here("screenshot", "xor")
        assert status == 1 and "apt install libmissing0" in err

    def test_a_display_that_does_not_answer(self, monkeypatch):
        from playground import display

        for variable in WITHOUT_DISPLAY:
            monkeypatch.delenv(variable, raising=False)
        assert display.why_no_window() == "There is no display here."
        monkeypatch.setenv("DISPLAY", ":4711")
        monkeypatch.setattr(display, "DESKTOP_LIBRARIES", {})
        if not shutil.which("ldconfig") or display.missing_packages({"libxcb.so.1": "libxcb1"}):
            pytest.skip("libxcb is not installed")
        assert display.why_no_window() == "The display :4711 does not answer."
