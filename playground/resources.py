"""Where the pictures, fonts, translations and lessons live.

`asset("icons", "play.svg")` is the path of a file that ships with the program, both in a checkout
(`<root>/assets`) and in an installed wheel (`playground/assets`).
"""

from functools import cache
from pathlib import Path


@cache
def _root() -> Path:
    package = Path(__file__).resolve().parent
    installed = package / "assets"
    return installed if installed.is_dir() else package.parent / "assets"


def asset(*parts: str) -> Path:
    """Path of the asset at `parts`, for example ``asset("icons", "play.svg")``.

    The path is not checked: opening a missing one raises FileNotFoundError with its name.
    """
    return _root().joinpath(*parts)
