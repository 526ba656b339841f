"""Files of text as people save them, in one encoding or another."""

from __future__ import annotations

from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from pathlib import Path

from engine.errors import DataError, system_reason
from engine.tasks.reading import note

CODECS = {"UTF-8": "utf-8-sig", "CP949": "cp949", "UTF-16": "utf-16", "Latin-1": "latin-1"}
FOUND = ("UTF-8", "CP949")
"""Encodings that are found out; the others must be named."""

BLOCK, LINES = 2**18, 128
"""Bytes and lines after which who watches is told how far the reading is."""


def find_encoding(path: Path, encodings: Iterable[str] = FOUND) -> str | None:
    """Return the first of some encodings in which a file is text; None where it is in none.

    The file is looked at in blocks, however large it is.

    Parameters
    ----------
    path
        The file.
    encodings
        Names out of `CODECS`.

    Raises
    ------
    DataError
        Where the file cannot be read.
    """
    return next((name for name in encodings if _fits(path, name)), None)


def _fits(path: Path, name: str) -> bool:
    decoder = getincrementaldecoder(CODECS[name])()
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                note(path.name, 0.0)
                if "\0" in decoder.decode(block):
                    return False
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    except (OSError, ValueError) as error:  # the latter for a name with a null character
        raise _unreadable(path, error) from error
    return True


def text_lines(path: Path, encoding: str) -> Iterator[str]:
    """Yield the lines of a file with their ends, telling who watches how far it is.

    Parameters
    ----------
    path, encoding
        The file, and what `find_encoding` found.
    """
    size = max(path.stat().st_size, 1)
    with path.open("rb") as raw, TextIOWrapper(raw, CODECS[encoding], newline="") as file:
        for count, line in enumerate(file):
            if count % LINES == 0:
                note(path.name, raw.tell() / size)
            yield line


def _unreadable(path: Path, error: Exception) -> DataError:
    reason = system_reason(error) if isinstance(error, OSError) else error
    return DataError(
        "{file} cannot be read ({reason}); choose another file.",
        file=repr(path.name or str(path)) if "\0" in path.name else path.name or str(path),
        reason=reason,
    )
