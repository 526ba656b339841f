"""The project file (.nnp): a zip with the experiment, the weights, the history and the run.

Reading a stranger's file runs nothing: JSON and plain arrays only, no pickle, sizes checked before
anything is unpacked, kinds looked up in the registries.
"""

from __future__ import annotations

import io
import json
import os
import struct
import tempfile
import tokenize
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from engine.checkpoint import Checkpoint
from engine.errors import EngineError, FormatError, system_reason
from engine.experiment import Experiment, from_dict, to_dict
from engine.tasks.base import HostArray
from engine.text import Text

EXPERIMENT, WEIGHTS, HISTORY, RUN = "experiment.json", "weights.npz", "history.npz", "run.json"
TABLES = ("history", "batches")

MOST_JSON = 2**24
"""So many bytes JSON may unpack to. Arrays are not packed, so they are no longer than the file."""

DAMAGE = (
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)
"""What the reader of zip files raises where one is damaged."""

HEADER_DAMAGE = (
    MemoryError,
    OverflowError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
    tokenize.TokenError,
)
"""What the reader of a NumPy header raises where it is no header; it parses Python literals."""


@dataclass(frozen=True)
class Project:
    """What a project file holds; without a checkpoint the network has not been trained."""

    experiment: Experiment
    checkpoint: Checkpoint | None = None


def save(path: Path, experiment: Experiment, checkpoint: Checkpoint | None = None) -> None:
    """Write a project, so that a failure leaves the old file as it was.

    Raises
    ------
    FormatError
        Where the file cannot be written.
    """
    path = Path(path)
    try:
        handle, name = tempfile.mkstemp(suffix=".nnp.tmp", prefix=path.stem, dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                _write(file, experiment, checkpoint)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(_mode(path))
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise FormatError(
            "{file} could not be saved ({reason}); choose another place.",
            file=path.name,
            reason=system_reason(error),
        ) from None


def _mode(path: Path) -> int:
    """Return the permissions the new file gets: those of the old one, or the user's default."""
    if path.exists():
        return path.stat().st_mode & 0o777
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def _write(file: Any, experiment: Experiment, checkpoint: Checkpoint | None) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(EXPERIMENT, json.dumps(to_dict(experiment), indent=1))
        if checkpoint is None:
            return
        weights = {name: a for name, a in checkpoint.arrays.items() if name not in TABLES}
        history = {name: checkpoint.arrays[name] for name in TABLES}
        archive.writestr(WEIGHTS, _npz(weights), zipfile.ZIP_STORED)
        archive.writestr(HISTORY, _npz(history), zipfile.ZIP_STORED)
        archive.writestr(RUN, json.dumps(checkpoint.state, indent=1))


def _npz(arrays: Mapping[str, HostArray]) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)  # type: ignore[arg-type]
    return buffer.getvalue()


def load(path: Path) -> Project:
    """Read a project file, or the JSON of an experiment alone.

    Raises
    ------
    FormatError
        Where the file is missing, damaged, hostile, or from a newer version; the sentence names
        the file.
    """
    path = Path(path)
    try:
        if zipfile.is_zipfile(path):
            return _read(path)
        if path.stat().st_size > MOST_JSON:
            raise FormatError("This is not a Neural Playground project.")
        return Project(from_dict(_json(path.read_bytes())))
    except EngineError as error:
        why = error.text
    except FileNotFoundError:
        why = Text("There is no such file.")
    except DAMAGE as error:
        what = system_reason(error) if isinstance(error, OSError) else error
        why = Text("The file is damaged or cannot be read ({reason}).", reason=what)
    raise FormatError("{file}: {reason}", file=path.name, reason=why)


def _read(path: Path) -> Project:
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        if EXPERIMENT not in names:
            raise FormatError("This is not a Neural Playground project.")
        experiment = from_dict(_json(_entry(archive, EXPERIMENT)))
        if RUN not in names:
            return Project(experiment)
        if not {WEIGHTS, HISTORY} <= names:
            raise FormatError("The saved run is incomplete; the file is damaged.")
        weights, history = _arrays(_entry(archive, WEIGHTS)), _arrays(_entry(archive, HISTORY))
        if not all(np.isfinite(array).all() for array in weights.values()):
            raise FormatError("The saved weights are not all finite numbers; train anew.")
        state = _json(_entry(archive, RUN))
        if not isinstance(state, dict):
            raise FormatError("The saved run is damaged.")
        return Project(experiment, Checkpoint({**weights, **history}, state))


def _entry(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return the bytes of an entry, JSON never more than its limit."""
    if name in (WEIGHTS, HISTORY):
        _refuse_packed([archive.getinfo(name)])
        return archive.read(name)
    with archive.open(name) as entry:
        data = entry.read(MOST_JSON + 1)
    if len(data) > MOST_JSON:
        raise FormatError("{entry} in the file is too large to be real.", entry=name)
    return data


def _refuse_packed(entries: list[zipfile.ZipInfo]) -> None:
    if any(info.compress_type != zipfile.ZIP_STORED for info in entries):
        raise FormatError("The arrays in the file are packed, which this program never does.")


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise FormatError("This is not a Neural Playground project, or it is damaged.") from None


def _arrays(data: bytes) -> dict[str, HostArray]:
    """Return the arrays of an .npz, each checked against its size before it is made."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        _refuse_packed(entries)
        if sum(info.file_size for info in entries) > len(data):
            raise FormatError("The arrays in the file are too large to be real.")
        return {info.filename.removesuffix(".npy"): _array(archive.read(info)) for info in entries}


def _array(data: bytes) -> HostArray:
    buffer = io.BytesIO(data)
    try:
        if np.lib.format.read_magic(buffer) != (1, 0):
            raise ValueError("version")
        shape, _, dtype = np.lib.format.read_array_header_1_0(buffer)
        size = int(np.prod(shape, dtype=object)) * dtype.itemsize
        if dtype.kind != "f" or size != len(data) - buffer.tell():
            raise ValueError("size")
        buffer.seek(0)
        array: HostArray = np.load(buffer, allow_pickle=False)
        return array
    except HEADER_DAMAGE:
        raise FormatError("An array in the file is damaged.") from None
