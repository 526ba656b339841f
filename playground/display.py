"""Whether a window can open here, and what to do where it cannot; Qt is imported only then."""

from __future__ import annotations

import ctypes
import gc
import os
import sys
from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path

from engine.adapt import with_task
from engine.errors import DataError, EngineError
from playground.terminal import Options, find_experiment, train

XOR_PICTURE = Path("playground-xor.png")

LEAST_SIZE = (1024, 640)
"""The smallest window, in pixels."""

DESKTOP_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
}
"""What Qt's X11 plugin loads, and the Debian packages that hold it."""

LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
"""What Qt loads even without a screen, and the Debian packages that hold it."""


@dataclass(frozen=True)
class Look:
    """What a picture of the window shows.

    Attributes
    ----------
    epochs
        How long to train before; None for as long as the experiment says, 0 not at all.
    size
        Width and height in pixels.
    select
        The name of the layer that is selected; the empty string for the first that learns.
    projector
        Whether the window is as large and bare as for a class.
    microscope
        The step of the microscope that fills the window; the empty string for the network.
    """

    epochs: int | None = 0
    theme: str = "light"
    language: str = "en"
    size: tuple[int, int] = (1440, 900)
    select: str = ""
    projector: bool = False
    microscope: str = ""


def missing_packages(libraries: dict[str, str]) -> list[str]:
    """Return the Debian packages of those libraries that cannot be loaded; none off Linux."""
    return [package for name, package in libraries.items() if not _loads(name)]


def _loads(library: str) -> bool:
    if not sys.platform.startswith("linux"):
        return True
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def why_no_window() -> str:
    """Return one sentence that says why no window can open here; empty where one can.

    Qt ends the process where it finds no display, so this is found out beforehand.
    """
    if missing := missing_packages(LIBRARIES):
        return f"Qt lacks system libraries; install them with: apt install {' '.join(missing)}."
    if os.environ.get("QT_QPA_PLATFORM") or not sys.platform.startswith("linux"):
        return ""
    if _wayland_answers():
        return ""
    if not os.environ.get("DISPLAY"):
        return "There is no display here."
    if missing := missing_packages(DESKTOP_LIBRARIES):
        return f"Qt cannot open a window; install its parts: apt install {' '.join(missing)}."
    if not _x_server_answers():
        return f"The display {os.environ['DISPLAY']} does not answer."
    return ""


def _wayland_answers() -> bool:
    socket = os.environ.get("WAYLAND_DISPLAY")
    return bool(socket) and Path(os.environ.get("XDG_RUNTIME_DIR", "/"), str(socket)).exists()


def _x_server_answers() -> bool:
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    for function in (xcb.xcb_connection_has_error, xcb.xcb_disconnect):
        function.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    refused = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not refused


def open_window(name: str | None) -> int:
    """Open the window on a file or example; without a display, train XOR in the terminal."""
    reason = why_no_window()
    if reason:
        return without_display(reason)
    gc.disable()  # starting leaves no garbage, and the window collects its own
    from playground.ui.app import run

    return run(name)


def without_display(reason: str) -> int:
    """Say why there is no window, train XOR here, and draw the window to a picture."""
    print(f"{reason} Training the XOR example in the terminal instead.", file=sys.stderr)
    status = train("xor", Options())
    if missing_packages(LIBRARIES):
        return status
    try:
        draw("xor", XOR_PICTURE, Look(epochs=None))
    except (ImportError, EngineError) as error:
        print(f"The window could not be drawn: {error}", file=sys.stderr)
        return status
    print(f"The window after training is in {XOR_PICTURE}.", file=sys.stderr)
    return status


def screenshot(options: Namespace) -> int:
    """Carry out ``playground screenshot``."""
    try:
        width, height = map(int, options.size.lower().split("x"))
    except ValueError:
        raise DataError(
            "The size {size} is not a width and a height; write for example 1440x900.",
            size=options.size,
        ) from None
    if width < LEAST_SIZE[0] or height < LEAST_SIZE[1]:
        raise DataError(
            "The size {size} is too small; the window needs {width}x{height} or more.",
            size=options.size,
            width=LEAST_SIZE[0],
            height=LEAST_SIZE[1],
        )
    look = Look(
        options.epochs,
        options.theme,
        options.language,
        (width, height),
        options.select,
        options.projector,
        options.microscope,
    )
    draw(options.experiment, options.output, look, options.data)
    print(options.output)
    return 0


def draw(name: str, output: Path, look: Look, data: str | None = None) -> None:
    """Train an experiment in a real window that no screen shows, and save its picture.

    Raises
    ------
    EngineError
        Where the experiment has no such layer, or the microscope cannot look at it.
    """
    if missing := missing_packages(LIBRARIES):
        raise DataError(
            "Qt lacks system libraries; install them with: apt install {packages}.",
            packages=" ".join(missing),
        )
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from playground.ui.screenshot import draw_window

    _, project = find_experiment(name)
    experiment = project.experiment
    if data is not None:
        experiment = with_task(experiment, experiment.task.with_data(data))
    draw_window(experiment, project.checkpoint, output, look)
