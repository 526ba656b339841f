"""Project files: equal to the bit, safe to write, safe to read whoever made them."""

import json
import os
from pathlib import Path

import numpy as np
import pytest
from runs import HARD, trained

from engine import archive
from engine.archive import load, save
from engine.errors import FormatError
from engine.experiment import to_dict
from engine.trainer import Trainer

GOLDEN = Path(__file__).parents[1] / "files" / "version-1.nnp"


class TestRoundTrip:
    def test_equal_to_the_bit(self, tmp_path):
        trainer = trained(HARD, 10)
        checkpoint = trainer.checkpoint()
        save(tmp_path / "run.nnp", HARD, checkpoint)
        project = load(tmp_path / "run.nnp")
        assert project.experiment == HARD
        assert project.checkpoint.state == checkpoint.state
        assert project.checkpoint.arrays.keys() == checkpoint.arrays.keys()
        for name, array in checkpoint.arrays.items():
            np.testing.assert_array_equal(project.checkpoint.arrays[name], array)
            assert project.checkpoint.arrays[name].dtype == array.dtype

    def test_a_run_goes_on_as_if_it_had_never_been_saved(self, tmp_path):
        straight, saved = trained(HARD), trained(HARD, 7)
        save(tmp_path / "run.nnp", HARD, saved.checkpoint())
        project = load(tmp_path / "run.nnp")
        resumed = Trainer(project.experiment)
        resumed.restore(project.checkpoint)
        assert all(np.isfinite(loss) for loss in resumed.steps())
        np.testing.assert_array_equal(resumed.network.theta, straight.network.theta)

    def test_without_a_run(self, tmp_path):
        save(tmp_path / "plan.nnp", HARD)
        assert load(tmp_path / "plan.nnp") == archive.Project(HARD)

    def test_the_json_of_an_experiment_alone(self, tmp_path):
        path = tmp_path / "plan.json"
        path.write_text(json.dumps(to_dict(HARD)), "utf-8")
        assert load(path) == archive.Project(HARD)

    def test_the_file_of_version_1_loads_for_ever(self):
        """Made once from the example `xor`, 5 epochs; never make it anew."""
        project = load(GOLDEN)
        assert [node.name for node in project.experiment.graph] == [
            "input", "dense_1", "dense_2", "output",
        ]  # fmt: skip
        trainer = Trainer(project.experiment)
        trainer.restore(project.checkpoint)
        assert (trainer.epoch, trainer.step, len(trainer.history.table())) == (5, 160, 5)
        recorded = trainer.history.table().last()
        measured = trainer.measure("validation")
        assert measured["loss"] == pytest.approx(recorded["validation_loss"], rel=1e-5)
        assert measured["accuracy"] == recorded["validation_accuracy"]
        trainer.extend()
        assert np.isfinite(next(trainer.steps()))


class TestWriting:
    def test_a_failing_write_leaves_the_old_file(self, tmp_path, monkeypatch):
        path = tmp_path / "run.nnp"
        save(path, HARD)
        before = path.read_bytes()

        def full(*_):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(FormatError, match=r"run\.nnp could not be saved \(the disk is full"):
            save(path, HARD.but(epochs=9), trained(HARD, 10).checkpoint())
        assert path.read_bytes() == before
        assert list(tmp_path.iterdir()) == [path], "no half-written file stays behind"

    def test_what_cannot_be_written_leaves_the_old_file(self, tmp_path):
        path = tmp_path / "run.nnp"
        save(path, HARD)
        before = path.read_bytes()
        checkpoint = trained(HARD, 10).checkpoint()
        checkpoint.state["step"] = object()
        with pytest.raises(TypeError):
            save(path, HARD, checkpoint)
        assert path.read_bytes() == before
        assert list(tmp_path.iterdir()) == [path]

    def test_a_folder_that_is_not_there(self, tmp_path):
        with pytest.raises(FormatError, match=r"run\.nnp could not be saved .*another place"):
            save(tmp_path / "nowhere" / "run.nnp", HARD)

    def test_a_folder_in_the_place_of_the_file(self, tmp_path):
        (tmp_path / "run.nnp").mkdir()
        with pytest.raises(FormatError, match="could not be saved"):
            save(tmp_path / "run.nnp", HARD)

    @pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
    def test_permissions_are_the_usual_ones_or_those_of_the_old_file(self, tmp_path):
        path, usual = tmp_path / "run.nnp", tmp_path / "usual"
        usual.write_text("")
        save(path, HARD)
        assert path.stat().st_mode == usual.stat().st_mode
        path.chmod(0o600)
        save(path, HARD)
        assert path.stat().st_mode & 0o777 == 0o600
