"""Collect the strings of the program and compile their translations: a tool for developers.

``python -m playground.ui.translations`` reads every source file, brings
`assets/translations/ko.ts` up to date (translations are kept, vanished strings dropped, new ones
marked unfinished) and compiles it to `ko.qm`. It prints what is still unfinished and then ends with
status 1.

Collected are string literals, found in the syntax tree:

- context "playground": the first argument of `tr` and `N_`, the first two of `tr_n`;
- context "engine": the first argument of `Text` and of every error derived from EngineError, the
  first two of `counted`, in both packages; in the engine also the keywords label, help, unit,
  title, group and choices.
"""

import ast
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from PySide6 import QtCore

from playground.resources import asset

ROOT = Path(__file__).resolve().parents[2]
_KEYWORDS = {"label", "help", "unit", "title", "group", "choices"}

Message = tuple[str, str, str]  # context, source, comment


def collect(root: Path = ROOT) -> list[Message]:
    """Return all messages in the packages `engine` and `playground` under `root`, sorted."""
    trees = [
        (package, ast.parse(path.read_text("utf-8"), str(path)))
        for package in ("engine", "playground")
        for path in sorted((root / package).rglob("*.py"))
    ]
    errors = _error_names([tree for _, tree in trees])
    found: set[Message] = set()
    imported = {name: value for _, tree in trees for name, value in _constants(tree).items()}
    for package, tree in trees:
        constants = imported | _constants(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                found.update(_in_call(node, package, errors, constants))
    return sorted((m for m in found if m[1]), key=lambda m: (m[0], m[1].lower(), m[1:]))


def _error_names(trees: list[ast.Module]) -> set[str]:
    """Return the names of EngineError and of all classes derived from it."""
    names = {"EngineError"}
    classes = [n for tree in trees for n in ast.walk(tree) if isinstance(n, ast.ClassDef)]
    while True:
        more = {c.name for c in classes if names & {_name(base) for base in c.bases}}
        if more <= names:
            return names
        names |= more


def _constants(tree: ast.Module) -> dict[str, ast.expr]:
    """Return the module's constants, for ``choices=CLOUDS`` or ``Text(NO_LAST_WEEK)``."""
    return {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _in_call(
    call: ast.Call, package: str, errors: set[str], constants: dict[str, ast.expr]
) -> Iterator[Message]:
    name = _name(call.func)
    if name in ("tr", "N_") and call.args:
        comments = [*call.args[1:2], *(k.value for k in call.keywords if k.arg == "comment")]
        comment = next((text for arg in comments for text in _literals(arg)), "")
        yield from (("playground", text, comment) for text in _literals(call.args[0]))
    elif name == "tr_n":
        yield from (("playground", text, "") for arg in call.args[:2] for text in _literals(arg))
    elif name == "counted":
        yield from (("engine", text, "") for arg in call.args[:2] for text in _literals(arg))
    elif (name in ("Text", "Caution") or name in errors) and call.args:
        said = _constant(call.args[0], constants)
        yield from (("engine", text, "") for text in _literals(said))
    if package == "engine":
        for keyword in call.keywords:
            if keyword.arg in _KEYWORDS:
                value = _constant(keyword.value, constants)
                yield from (("engine", text, "") for text in _literals(value))


def _constant(node: ast.expr, constants: dict[str, ast.expr]) -> ast.expr:
    """Return what a name stands for, or the expression itself."""
    return constants.get(node.id, node) if isinstance(node, ast.Name) else node


def _name(node: ast.expr) -> str:
    """Return the last part of a dotted name."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _literals(node: ast.expr) -> Iterator[str]:
    """Yield the strings an expression may be: a literal, either branch, or each of a tuple."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)
    elif isinstance(node, ast.Tuple | ast.List):
        for element in node.elts:
            yield from _literals(element)


def read(path: Path) -> dict[Message, str]:
    """Return the finished translations of a Qt Linguist file."""
    return {
        (context.findtext("name", ""), m.findtext("source", ""), m.findtext("comment", "")): text
        for context in ET.parse(path).iter("context")
        for m in context.iter("message")
        if (text := m.findtext("translation", "")) and m.find("translation").get("type") is None
    }


def write(path: Path, messages: list[Message], translations: dict[Message, str]) -> None:
    """Write a Qt Linguist file with `messages`, in order, and what is translated of them."""
    top = ET.Element("TS", version="2.1", language="ko_KR", sourcelanguage="en")
    contexts: dict[str, ET.Element] = {}
    for message in messages:
        context, source, comment = message
        if context not in contexts:
            contexts[context] = ET.SubElement(top, "context")
            ET.SubElement(contexts[context], "name").text = context
        entry = ET.SubElement(contexts[context], "message")
        ET.SubElement(entry, "source").text = source
        if comment:
            ET.SubElement(entry, "comment").text = comment
        translation = ET.SubElement(entry, "translation")
        if message in translations:
            translation.text = translations[message]
        else:
            translation.set("type", "unfinished")
    ET.indent(top, " ")
    body = ET.tostring(top, encoding="unicode")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    path.write_text(head + body + "\n", "utf-8", newline="\n")


def compile_ts(source: Path, target: Path) -> None:
    """Compile a Qt Linguist file with the lrelease of PySide6."""
    name = "lrelease.exe" if sys.platform == "win32" else "lrelease"
    beside = Path(QtCore.__file__).parent / name
    tool = str(beside) if beside.exists() else shutil.which("pyside6-lrelease")
    if tool is None:
        raise FileNotFoundError("lrelease is not installed; it comes with PySide6-Essentials.")
    subprocess.run([tool, "-silent", str(source), "-qm", str(target)], check=True)


def main() -> int:
    """Bring ko.ts and ko.qm up to date; return 1 while translations are missing."""
    source = asset("translations", "ko.ts")
    known = read(source) if source.exists() else {}
    messages = collect()
    write(source, messages, known)
    compile_ts(source, source.with_suffix(".qm"))
    missing = [message for message in messages if message not in known]
    for message in missing:
        print(*filter(None, message), sep=" | ")
    print(f"{len(messages)} strings, {len(missing)} without translation")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
