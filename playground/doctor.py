"""``playground doctor``: what this machine has and what it lacks."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from engine.arrays import backend
from engine.downloads import cache_folder
from engine.errors import DeviceError
from playground.display import DESKTOP_LIBRARIES, LIBRARIES, missing_packages, why_no_window
from playground.resources import asset

PACKAGES = (
    "neural-playground",
    "PySide6-Essentials",
    "pyqtgraph",
    "numpy",
    "pandas",
    "scipy",
    "scikit-learn",
    "contourpy",
    "threadpoolctl",
    "pooch",
    "platformdirs",
    "tqdm",
)


def report() -> str:
    """Return the findings, a line each."""
    lines = [
        ("Python", f"{platform.python_version()} on {platform.platform()}"),
        ("Processor", f"{os.cpu_count()} cores, {_blas()}"),
        *((package, _version(package)) for package in PACKAGES),
        ("Display", why_no_window() or "a window can open"),
        ("Qt libraries", _libraries()),
        ("GPU", _gpu()),
        ("Fonts", _fonts()),
        ("Cached data", _cached()),
    ]
    width = max(len(name) for name, _ in lines)
    return "\n".join(f"{name:<{width}}  {finding}" for name, finding in lines)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


def _blas() -> str:
    import numpy  # noqa: F401  (its BLAS is what is asked about)
    from threadpoolctl import threadpool_info

    pools = [pool for pool in threadpool_info() if pool["user_api"] == "blas"]
    if not pools:
        return "no BLAS found"
    return f"{pools[0]['internal_api']} {pools[0]['version']}"


def _libraries() -> str:
    missing = missing_packages({**LIBRARIES, **DESKTOP_LIBRARIES})
    return f"missing: apt install {' '.join(missing)}" if missing else "complete"


def _gpu() -> str:
    try:
        xp = backend("cuda").xp
    except DeviceError as error:
        return str(error)
    name: str = xp.cuda.runtime.getDeviceProperties(0)["name"].decode()
    return name


def _fonts() -> str:
    found = sorted(path.stem for path in asset("fonts").glob("*.otf"))
    return ", ".join(found) or "missing; Korean text may turn into boxes"


def _cached() -> str:
    folder = cache_folder()
    files = [path for path in folder.rglob("*") if path.is_file()]
    if not files:
        return f"nothing in {folder}"
    return f"{sum(map(_size, files)) / 2**20:.1f} MiB in {folder}"


def _size(path: Path) -> int:
    return path.stat().st_size
