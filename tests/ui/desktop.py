"""A display of its own, and a hand with mouse and keys on it: Xvfb and xdotool."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import numpy as np
from PySide6.QtGui import QImage

from playground.display import DESKTOP_LIBRARIES, missing_packages

T = TypeVar("T")
SIZE = (1440, 900)
"""The size in which the window opens; views would be laid out before or after a change of it."""
PATIENCE = 60.0
"""Seconds that a single action may take on a busy machine."""

PAUSE, MOST_LOOKS = 0.05, 1200
"""Seconds between two looks, and how many are in vain before a test gives up.

A busy machine looks more rarely, and so has longer.
"""

LOOKS = 8
"""So many looks one after the other that show the same are a picture that stands still."""


def missing() -> str:
    """Return what a desktop for tests lacks here, or the empty string."""
    if not sys.platform.startswith("linux"):
        return "a desktop for tests is made by Xvfb, on Linux"
    tools = {"Xvfb": "xvfb", "xdotool": "xdotool"}
    packages = [package for tool, package in tools.items() if shutil.which(tool) is None]
    packages += missing_packages(DESKTOP_LIBRARIES)
    wanted = " ".join(packages)
    return f"to run the program as a person does: apt install {wanted}" if wanted else ""


def until(condition: Callable[[], T], what: str) -> T:
    """Look again and again until `condition` holds, and return what it gives."""
    for _ in range(MOST_LOOKS):
        found = condition()
        if found:
            return found
        time.sleep(PAUSE)
    raise TimeoutError(f"waited in vain: {what}")


class Desktop:
    """An X server that no screen shows, with its picture in a file."""

    def __init__(self, name: str, picture: Path) -> None:
        self.name, self._picture = name, picture

    def look(self) -> np.ndarray:
        """Return what the screen shows, uint8 (height, width, 3).

        The file is in the format of xwd: a header of 32-bit numbers, most significant byte first,
        of which the first is its length and the twentieth the number of colours, 12 bytes each.
        """
        data = self._picture.read_bytes()
        header = np.frombuffer(data, ">u4", 25)
        start, stride = int(header[0] + 12 * header[19]), int(header[12])
        width, height = int(header[4]), int(header[5])
        rows = np.frombuffer(data, np.uint8, stride * height, start).reshape(height, stride)
        return rows[:, : 4 * width].reshape(height, width, 4)[..., 2::-1].copy()

    def do(self, *words: object) -> str:
        """Run xdotool; return what it prints."""
        done = subprocess.run(
            ["xdotool", *map(str, words)],
            env={**os.environ, "DISPLAY": self.name},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        return done.stdout.strip()

    def save(self, path: Path) -> Path:
        """Save what the screen shows as a picture; return its path."""
        seen = self.look()
        height, width, _ = seen.shape
        QImage(seen.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).save(
            str(path)
        )
        return path

    def rest(self) -> None:
        """Wait until the picture stands still, and is one."""
        seen = [self.look()]

        def still() -> bool:
            seen.append(self.look())
            same = len(seen) > LOOKS and all(
                map(np.array_equal, seen[-LOOKS:-1], seen[-LOOKS + 1 :])
            )
            return same and bool(seen[-1].std() > 5)

        until(still, "a picture that stands still")

    def move(self, place: tuple[int, int]) -> None:
        self.do("mousemove", "--sync", *place)

    def glide(self, start: tuple[int, int], end: tuple[int, int], steps: int = 8) -> None:
        """Move the pointer from place to place as a hand does, not in one leap."""
        for step in range(1, steps + 1):
            share = step / steps
            self.move(tuple(round(a + (b - a) * share) for a, b in zip(start, end, strict=True)))

    def key(self, keys: str) -> None:
        self.do("key", "--clearmodifiers", keys)

    def click(self, place: tuple[int, int]) -> None:
        self.move(place)
        self.do("click", 1)


@contextmanager
def desktop(folder: Path) -> Iterator[Desktop]:
    """Run an X server on a free display."""
    reader, writer = os.pipe()
    width, height = SIZE
    server = subprocess.Popen(
        [
            *("Xvfb", "-displayfd", str(writer), "-fbdir", str(folder)),
            *("-screen", "0", f"{width}x{height}x24", "-dpi", "96", "-noreset"),
        ],
        pass_fds=[writer],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    try:
        with os.fdopen(reader) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        yield Desktop(f":{number}", folder / "Xvfb_screen0")
    finally:
        server.terminate()
        server.wait(10)
