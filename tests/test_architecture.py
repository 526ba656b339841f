"""What the source itself must keep: layers of imports, style, types, size, quick start."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted(path for part in ("engine", "playground") for path in (ROOT / part).rglob("*.py"))
TEXTS = (".py", ".toml", ".md", ".json", ".ts", ".in", ".yml", ".yaml", "")
OWN_FOLDERS = ("engine", "playground", "assets", "tests", ".ci")


def run(*arguments):
    """Run Python with arguments in the root of the project; fail with what it printed."""
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_imports_point_down():
    pytest.importorskip("importlinter")
    run("-c", "from importlinter.cli import lint_imports_command as lint; lint()")


def test_ruff_is_content():
    pytest.importorskip("ruff")
    run("-m", "ruff", "check", "--no-cache")


def test_mypy_is_content():
    pytest.importorskip("mypy")
    run("-m", "mypy")


def test_files_stay_small_enough_to_read():
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in SOURCES}
    assert lengths
    assert not {str(path.relative_to(ROOT)): n for path, n in lengths.items() if n > 400}


def test_no_path_of_one_machine():
    """Neither a home nor a mount; a folder beside the checkout is named relatively."""
    machine = re.compile(r"(?<![\w.:/-])/(root|home|Users|work|mnt)/\w")
    files = [path for folder in OWN_FOLDERS for path in (ROOT / folder).rglob("*")]
    files += [path for path in ROOT.iterdir() if path.suffix in (".md", ".toml")]
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in files
        if path.is_file() and path.suffix in TEXTS and "__pycache__" not in path.parts
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if machine.search(line)
    ]
    assert not found


@pytest.mark.parametrize("module", ["engine", "playground.cli", "playground.session"])
def test_starting_loads_nothing_heavy(module):
    heavy = "{'PySide6', 'pandas', 'scipy', 'sklearn', 'pooch', 'pyqtgraph', 'matplotlib'}"
    code = f"import sys, {module}; print(sorted({heavy} & set(sys.modules)))"
    assert run("-c", code).strip() == "[]"


def test_the_first_picture_of_the_window_waits_for_nothing_heavy(tmp_path):
    """The plots and all that reads tables are imported once the window stands on the screen."""
    code = """
import sys
from PySide6.QtCore import QSettings
from playground.examples import example
from playground.ui.app import create_app
from playground.ui.stage import Stage
from playground.ui.window import Window

def finish(stage):
    print(sorted(heavy & set(sys.modules)))
    app.exit()

heavy = {"pandas", "scipy", "sklearn", "pooch", "requests", "http.client", "pyqtgraph", "contourpy"}
app, Stage.finish = create_app(), finish
window = Window(example("xor"), None, QSettings(sys.argv[1], QSettings.Format.IniFormat))
window.show()
app.exec()
window.close()
"""
    assert run("-c", code, str(tmp_path / "settings.ini")).strip() == "[]"


def test_the_example_of_the_engine_runs():
    """The one in its docstring."""
    import engine

    (block,) = re.findall(r"::\n\n(.*)", engine.__doc__, re.DOTALL)
    assert "loss" in run("-c", "\n".join(line[4:] for line in block.splitlines()))
