"""Reference values that are kept, so that what they check is checked without PyTorch as well."""

import json
from pathlib import Path
from typing import Any


def read(file: Path) -> dict[str, Any]:
    """Return the references kept in a file."""
    return json.loads(file.read_text())


def rounded(values: Any, digits: int) -> Any:
    """Return values as a file holds them, numbers to so many digits."""
    return json.loads(
        json.dumps(values), parse_float=lambda number: float(f"{float(number):.{digits}g}")
    )


def write(file: Path, cases: dict[str, Any]) -> None:
    """Write references to ten digits, a line for each case."""
    lines = (f"{json.dumps(name)}: {json.dumps(case)}" for name, case in rounded(cases, 10).items())
    file.write_text("{" + ",\n".join(lines) + "}\n")
