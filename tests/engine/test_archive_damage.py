"""Project files that are damaged, foreign or made with intent: one sentence each, nothing run."""

import io
import json
import os
import pickle
import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from runs import HARD, trained

from engine import archive
from engine.archive import EXPERIMENT, HISTORY, RUN, WEIGHTS, load, save
from engine.errors import EngineError, FormatError
from engine.experiment import to_dict
from engine.trainer import Trainer


@pytest.fixture(scope="module")
def entries():
    """The entries of a valid file by name, as bytes."""
    buffer = io.BytesIO()
    archive._write(buffer, HARD, trained(HARD, 10).checkpoint())
    with zipfile.ZipFile(buffer) as file:
        return {name: file.read(name) for name in file.namelist()}


@pytest.fixture
def written(tmp_path, entries):
    """Write a file of the valid entries with some changed; None leaves one out."""

    def write(packing=zipfile.ZIP_STORED, **changes):
        path = tmp_path / "strange.nnp"
        names = {"experiment": EXPERIMENT, "weights": WEIGHTS, "history": HISTORY, "run": RUN}
        changed = {**entries, **{names[key]: value for key, value in changes.items()}}
        with zipfile.ZipFile(path, "w", packing) as file:
            for name, data in changed.items():
                if data is not None:
                    file.writestr(name, data)
        return path

    return write


def npz(**arrays):
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


def refusal(path):
    """Return the sentence with which a file is refused; it names the file."""
    with pytest.raises(FormatError) as caught:
        load(path)
    sentence = str(caught.value)
    assert sentence.startswith(f"{path.name}: ")
    assert sentence.endswith(".") and "Traceback" not in sentence and "\n" not in sentence
    return sentence


class Payload:
    """What would run code if it were unpickled."""

    def __reduce__(self):
        return os.mkdir, (str(Path(os.environ["PAYLOAD"])),)


class TestStrangeFiles:
    def test_the_entries_as_they_are_load(self, written):
        assert load(written()).experiment == HARD
        assert load(written(weights=None, history=None, run=None)).checkpoint is None

    def test_no_file(self, tmp_path):
        assert "no such file" in refusal(tmp_path / "gone.nnp")

    def test_a_folder(self, tmp_path):
        assert "cannot be read (it is a folder)" in refusal(tmp_path)

    @pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n", b"[1, 2]", b'"xor"', b"\xff\xfe{"])
    def test_a_foreign_file(self, tmp_path, content):
        path = tmp_path / "picture.nnp"
        path.write_bytes(content)
        assert "not a Neural Playground project" in refusal(path)

    def test_a_foreign_zip(self, tmp_path):
        path = tmp_path / "book.nnp"
        with zipfile.ZipFile(path, "w") as file:
            file.writestr("word/document.xml", "<w/>")
        assert "not a Neural Playground project" in refusal(path)

    @pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
    def test_a_truncated_file(self, written, share):
        path = written()
        data = path.read_bytes()
        path.write_bytes(data[: int(share * len(data))])
        refusal(path)

    def test_a_huge_text_file(self, tmp_path):
        path = tmp_path / "huge.json"
        with path.open("wb") as file:
            file.truncate(2**30)
        assert "not a Neural Playground project" in refusal(path)

    def test_a_newer_version(self, written):
        newer = json.dumps({**to_dict(HARD), "version": 99})
        assert "newer Neural Playground (format 99" in refusal(written(experiment=newer))

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            (lambda data: data["task"].update(kind="subprocess"), "no task called 'subprocess'"),
            (lambda data: data["training"].update(learning_rate=1e9), "learning_rate must be"),
            (lambda data: data["training"].update(learning_rate=float("nan")), "learning_rate"),
            (lambda data: data["graph"].pop(), "Dropout 1 is not connected to the network"),
            (lambda data: data.update(graph=data["graph"] * 999), "list of layers"),
            (lambda data: data["graph"][1]["layer"].update(units=10**12), "units must be"),
        ],
    )
    def test_an_experiment_that_cannot_be(self, written, change, sentence):
        data = to_dict(HARD)
        change(data)
        assert sentence in refusal(written(experiment=json.dumps(data)))

    @pytest.mark.parametrize("opening", ["[", '{"task":'])
    def test_deeply_nested_json(self, written, opening):
        assert "project" in refusal(written(experiment=opening * 100_000))

    @pytest.mark.parametrize("missing", ["weights", "history"])
    def test_a_run_without_its_arrays(self, written, missing):
        assert "incomplete" in refusal(written(**{missing: None}))

    @pytest.mark.parametrize("run", ["[]", "5", "{", '{"step": 1' + "0" * 5000 + "}"])
    def test_a_run_that_is_none(self, written, run):
        assert "damaged" in refusal(written(run=run))

    def test_weights_that_are_not_finite(self, written, entries):
        arrays = dict(np.load(io.BytesIO(entries[WEIGHTS])))
        arrays["theta"][3] = np.nan
        assert "not all finite" in refusal(written(weights=npz(**arrays)))

    def test_weights_of_another_shape_are_refused_by_the_trainer(self, written, entries):
        arrays = dict(np.load(io.BytesIO(entries[WEIGHTS])))
        arrays["theta"] = arrays["theta"][:-1]
        project = load(written(weights=npz(**arrays)))
        with pytest.raises(FormatError, match="damaged"):
            Trainer(project.experiment).restore(project.checkpoint)


class TestHostileFiles:
    def test_a_pickle_is_not_opened(self, written, tmp_path, monkeypatch):
        monkeypatch.setenv("PAYLOAD", str(tmp_path / "owned"))
        array = np.empty(1, object)
        array[0] = Payload()
        assert "array in the file is damaged" in refusal(written(weights=npz(theta=array)))
        refusal(written(weights=pickle.dumps(Payload())))
        refusal(written(experiment=pickle.dumps(Payload())))
        assert not (tmp_path / "owned").exists()

    @pytest.mark.parametrize(
        "header",
        [
            "{'descr': '<f4', 'fortran_order': False, 'shape': (1099511627776,), }",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (-2, -2), }",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (1e9,), }",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (True, 4), }",
            "{'descr': '|O', 'fortran_order': False, 'shape': (4,), }",
            "{'descr': '<i4', 'fortran_order': False, 'shape': (4,), }",
            "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (4,), }",
            "{'descr': 'f' * 10**9, 'fortran_order': False, 'shape': (4,), }",
            "{'descr': '<f4'}",
            "__import__('os').system('true')",
            "(" * 5000,
            "-" * 9000 + "1",
            "{'descr': '''",
            "\x00" * 50,
            "",
        ],
    )
    def test_a_header_that_lies(self, written, header):
        text = header.encode() + b"\n"
        data = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text + bytes(16)
        assert "array in the file is damaged" in refusal(written(weights=stored_npz(theta=data)))

    @pytest.mark.parametrize("version", [b"\x02\x00", b"\x09\x09", b""])
    def test_another_version_of_arrays(self, written, version):
        data = b"\x93NUMPY" + version + bytes(100)
        assert "array in the file is damaged" in refusal(written(weights=stored_npz(theta=data)))

    def test_arrays_that_unpack_to_far_more_than_the_file_holds(self, written):
        bomb = io.BytesIO()
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as file:
            with file.open("theta.npy", "w") as entry:
                for _ in range(64):
                    entry.write(bytes(2**20))
        assert len(bomb.getvalue()) < 2**17
        assert "packed" in refusal(written(weights=bomb.getvalue()))
        assert "packed" in refusal(written(packing=zipfile.ZIP_DEFLATED))

    @pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
    def test_json_that_unpacks_to_far_more_than_the_file_holds(self, tmp_path, packing):
        path = tmp_path / "bomb.nnp"
        with zipfile.ZipFile(path, "w", packing) as file, file.open(EXPERIMENT, "w") as entry:
            for _ in range(20):
                entry.write(b" " * 2**20)
        assert "too large to be real" in refusal(path)

    def test_arrays_that_share_their_bytes(self, written):
        """Many directory entries for the same bytes claim more than the file holds."""
        one = io.BytesIO()
        np.lib.format.write_array(one, np.zeros(2**16, "f4"))
        data = stored_npz(**{f"a{i:03}": one.getvalue() if i == 0 else b"" for i in range(99)})
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            start = data.index(b"PK\x01\x02")
            first = data[start : data.index(b"PK\x01\x02", start + 4)]
            count = len(file.infolist())
        tail = b"PK\x05\x06" + struct.pack(
            "<HHHHIIH", 0, 0, count, count, len(first) * count, start, 0
        )
        assert "too large to be real" in refusal(
            written(weights=data[:start] + first * count + tail)
        )

    def test_entries_that_lead_out_of_the_folder_are_just_names(self, written, tmp_path):
        weights = stored_npz(**{"../../escaped": b"\x93NUMPY\x01\x00"})
        refusal(written(weights=weights))
        assert [path.name for path in tmp_path.iterdir()] == ["strange.nnp"]


def stored_npz(**entries):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, data in entries.items():
            file.writestr(f"{name}.npy", data)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def valid(tmp_path_factory):
    path = tmp_path_factory.mktemp("flips") / "flipped.nnp"
    save(path, HARD, trained(HARD, 10).checkpoint())
    return path, path.read_bytes()


@given(
    flips=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), min_size=1),
    end=st.floats(0.5, 1),
)
@settings(max_examples=400, deadline=None)
def test_flipped_bytes_load_or_are_refused(valid, flips, end):
    path, data = valid
    damaged = bytearray(data)
    for place, mask in flips:
        damaged[int(place * len(damaged))] ^= mask
    path.write_bytes(damaged if end > 0.6 else damaged[: int(end * len(damaged))])
    try:
        project = load(path)
        if project.checkpoint is not None:
            Trainer(project.experiment).restore(project.checkpoint)
    except EngineError as error:
        assert str(error)


@given(
    name=st.sampled_from([EXPERIMENT, RUN, "theta", "slot.m", "history"]),
    flips=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), min_size=1),
)
@settings(max_examples=300, deadline=None)
def test_damage_behind_right_checksums(entries, tmp_path_factory, name, flips):
    """A file that was made with intent has checksums that fit."""

    def flipped(data):
        damaged = bytearray(data)
        for place, mask in flips:
            damaged[int(place * len(damaged))] ^= mask
        return bytes(damaged)

    changed = dict(entries)
    if name in changed:
        changed[name] = flipped(changed[name])
    else:
        holder = HISTORY if name == "history" else WEIGHTS
        with zipfile.ZipFile(io.BytesIO(changed[holder])) as file:
            arrays = {
                info.filename.removesuffix(".npy"): file.read(info) for info in file.infolist()
            }
        changed[holder] = stored_npz(**{**arrays, name: flipped(arrays[name])})
    path = tmp_path_factory.getbasetemp() / "made.nnp"
    with zipfile.ZipFile(path, "w") as file:
        for entry, data in changed.items():
            file.writestr(entry, data)
    try:
        project = load(path)
        trainer = Trainer(project.experiment)
        trainer.restore(project.checkpoint)
    except EngineError as error:
        assert str(error)
