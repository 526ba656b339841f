"""Files of text as people save them, in one encoding or another."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from engine.errors import DataError, system_reason

CODECS = {"UTF-8": "utf-8-sig", "CP949": "cp949", "UTF-16": "utf-16", "Latin-1": "latin-1"}
FOUND = ("UTF-8", "CP949")
"""Encodings that are found out; the others must be named."""


def read_text(path: Path, encodings: Iterable[str] = FOUND) -> tuple[str, str] | None:
    """Return the text of a file, and its encoding; None where it is no text in any of them.

    Parameters
    ----------
    path
        The file.
    encodings
        Names out of `CODECS`, of which the first that fits is taken.

    Raises
    ------
    DataError
        Where the file cannot be read.
    """
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:  # the latter for a name with a null character
        reason = system_reason(error) if isinstance(error, OSError) else error
        raise DataError(
            "{file} cannot be read ({reason}); choose another file.",
            file=repr(path.name or str(path)) if "\0" in path.name else path.name or str(path),
            reason=reason,
        ) from error
    for name in encodings:
        try:
            text = data.decode(CODECS[name])
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, name
    return None
