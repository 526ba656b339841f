"""Who watches a file being read: told how far it is, and able to stop it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeAlias

from engine.errors import EngineError

Watch: TypeAlias = Callable[[float], bool]
"""Called with the share of a file that has been read, from 0 to 1; false stops the reading."""

_watch: ContextVar[Watch | None] = ContextVar("watch", default=None)


class ReadingStopped(EngineError):
    """A file whose reading was stopped; nothing of it is kept."""


@contextmanager
def watching(watch: Watch) -> Iterator[None]:
    """Watch the files that the present thread reads within the block."""
    before = _watch.set(watch)
    try:
        yield
    finally:
        _watch.reset(before)


def note(file: str, share: float) -> None:
    """Tell how much of a file has been read.

    Raises
    ------
    ReadingStopped
        Where the one who watches wants no more of it.
    """
    watch = _watch.get()
    if watch is not None and not watch(share):
        raise ReadingStopped("{file} has not been read to its end.", file=file)
