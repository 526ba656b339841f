"""Files fetched once into the user's cache: mirrors in turn, known digests, broken ones resumed."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from engine.errors import DataError, system_reason
from engine.text import Text

Progress: TypeAlias = Callable[[int, int, str], None]
"""Called with the bytes there so far and the bytes of all files together, and a file's name."""

CACHE_VARIABLE = "PLAYGROUND_CACHE"
"""The environment variable that names another folder for the cache."""

BLOCK = 2**16
CONNECTIONS = 5
"""So often a mirror is asked to go on with a file, as long as each connection brings some of it."""

TIMEOUT = (10, 30)
"""Seconds to wait for a connection, and for the next bytes."""


@dataclass(frozen=True)
class RemoteFile:
    """A file as its publisher made it: name, SHA-256 digest and number of bytes."""

    name: str
    sha256: str
    size: int


MNIST = (
    RemoteFile(
        "train-images-idx3-ubyte.gz",
        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
        9_912_422,
    ),
    RemoteFile(
        "train-labels-idx1-ubyte.gz",
        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
        28_881,
    ),
    RemoteFile(
        "t10k-images-idx3-ubyte.gz",
        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
        1_648_877,
    ),
    RemoteFile(
        "t10k-labels-idx1-ubyte.gz",
        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
        4_542,
    ),
)

MNIST_MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)


class Cancelled(DataError):
    """A download that was told to stop; what has come stays for the next time."""


class _MirrorError(Exception):
    """What keeps one mirror from giving a file; the next one is asked."""

    def __init__(self, reason: Text, connected: bool = True) -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.connected = connected


def cache_folder() -> Path:
    """Return the user's cache of this program; it may not exist yet."""
    from platformdirs import user_cache_path

    chosen = os.environ.get(CACHE_VARIABLE)
    return Path(chosen) if chosen else user_cache_path("neural-playground", appauthor=False)


def mnist_folder() -> Path:
    """Return where `fetch_mnist` puts the files."""
    return cache_folder() / "mnist"


def fetch_mnist(
    progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
) -> Path:
    """Download the four files of MNIST, 11.6 MB, where they are not in the cache; see `fetch`."""
    fetch(MNIST, mnist_folder(), MNIST_MIRRORS, progress, cancelled)
    return mnist_folder()


def fetch(
    files: Sequence[RemoteFile],
    folder: Path,
    mirrors: Sequence[str],
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[Path]:
    """Download files into a folder.

    A file that is there and has the right digest stays. What came before a broken connection or a
    cancellation is kept beside, as ``NAME.part``, and the download goes on from there.

    Parameters
    ----------
    files
        What to fetch.
    folder
        Where to; made where it is missing.
    mirrors
        Addresses ending in ``/`` that a file's name is appended to, tried in turn.
    progress
        Called after every block.
    cancelled
        Asked before every block, as in ``event.is_set``.

    Raises
    ------
    Cancelled
        When `cancelled` says so.
    DataError
        Where no mirror can be reached or none has the right file, or the folder cannot be written.
    """
    total = sum(file.size for file in files)
    before = 0
    paths = []
    for file in files:

        def report(done: int, before: int = before, name: str = file.name) -> None:
            if progress is not None:
                progress(before + done, total, name)

        receive = _Receiver(file, folder, report, cancelled or (lambda: False))
        try:
            folder.mkdir(parents=True, exist_ok=True)
            paths.append(_from_mirrors(mirrors, receive))
        except OSError as error:
            raise DataError(
                "{folder} cannot be written: {reason}; make room there or choose another folder.",
                folder=folder,
                reason=system_reason(error),
            ) from None
        report(file.size)
        before += file.size
    return paths


def _from_mirrors(mirrors: Sequence[str], receive: _Receiver) -> Path:
    """Return the file from the first mirror that has it."""
    file = receive.file
    problems = []
    for mirror in mirrors:
        try:
            return _from_mirror(mirror, receive)
        except _MirrorError as problem:
            problems.append(problem)
    answers = [problem.reason for problem in problems if problem.connected]
    if not answers:
        raise DataError(
            "{file} cannot be downloaded, as there is no connection to {hosts}; use the built-in "
            "digits, choose a folder with the MNIST files, or try again later.",
            file=file.name,
            hosts=", ".join(map(_host, mirrors)),
        )
    raise DataError(
        "{file} cannot be downloaded: {reason}; use the built-in digits, choose a folder with the "
        "MNIST files, or try again later.",
        file=file.name,
        reason=answers[-1],
    )


def _from_mirror(mirror: str, receive: _Receiver) -> Path:
    """Return the file from one mirror, or raise _MirrorError."""
    import pooch

    pooch.get_logger().setLevel("ERROR")
    file, folder = receive.file, receive.partial.parent
    begun = receive.size() > 0
    try:
        # A file with the right digest is left alone; a wrong one is deleted, with a ValueError.
        path = pooch.retrieve(mirror + file.name, file.sha256, file.name, folder, None, receive)
        return Path(path)
    except ValueError:
        if begun:
            # What was there before may have been wrong, so all of it is asked for once more.
            return _from_mirror(mirror, receive)
    raise _MirrorError(Text("{host} has another file of that name", host=_host(mirror)))


def _host(url: str) -> str:
    return urlsplit(url).netloc


class _Receiver:
    """A downloader for pooch that keeps what came, and goes on from there."""

    def __init__(
        self,
        file: RemoteFile,
        folder: Path,
        report: Callable[[int], None],
        cancelled: Callable[[], bool],
    ) -> None:
        self.file = file
        self.partial = folder / f"{file.name}.part"
        self.report = report
        self.cancelled = cancelled

    def __call__(self, url: str, output_file: str, pooch: object) -> None:
        """Fetch `url` into the partial file, and move it to `output_file` once it is whole."""
        for _ in range(CONNECTIONS):
            start = self.size()
            if start < self.file.size:
                self._receive(url, start)
            size = self.size()
            if size >= self.file.size:
                os.replace(self.partial, output_file)
                return
            if size <= start:
                break
        raise _MirrorError(Text("the connection to {host} broke", host=_host(url)))

    def size(self) -> int:
        """Return how many bytes are kept."""
        return self.partial.stat().st_size if self.partial.exists() else 0

    def _receive(self, url: str, start: int) -> None:
        """Append to the partial file what one connection brings from byte `start` on."""
        import requests
        from urllib3.exceptions import HTTPError

        self._stop_if_cancelled()
        headers = {"Accept-Encoding": "identity"}
        if start:
            headers["Range"] = f"bytes={start}-"
        try:
            with requests.get(url, headers=headers, stream=True, timeout=TIMEOUT) as response:
                status = response.status_code
                if status not in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT):
                    raise _MirrorError(
                        Text("{host} answered {status}", host=_host(url), status=status)
                    )
                resumed = status == HTTPStatus.PARTIAL_CONTENT
                with self.partial.open("ab" if resumed else "wb") as partial:
                    self._write(response.raw.stream(BLOCK, decode_content=False), partial)
        except requests.RequestException:
            reason = Text("{host} cannot be reached", host=_host(url))
            raise _MirrorError(reason, connected=False) from None
        except HTTPError:
            # The connection broke or fell silent; `__call__` sees how much has come.
            return

    def _write(self, blocks: Any, partial: Any) -> None:
        """Write blocks until the file is whole; a server that sends more is not heard further."""
        for block in blocks:
            self._stop_if_cancelled()
            partial.write(block)
            size = partial.tell()
            self.report(min(size, self.file.size))
            if size >= self.file.size:
                return

    def _stop_if_cancelled(self) -> None:
        if self.cancelled():
            raise Cancelled(
                "The download was cancelled; started again, it goes on where it stopped."
            )
