"""Layers in the clipboard, as text that can be read, kept and sent."""

from __future__ import annotations

import json
from collections.abc import Sequence

from engine.errors import FormatError
from engine.graph import Node
from engine.graph_json import nodes_from_json, nodes_to_json

FORMAT = "neural-playground-layers"


def to_text(nodes: Sequence[Node]) -> str:
    """Return layers as JSON."""
    return json.dumps({"format": FORMAT, "layers": nodes_to_json(nodes)}, indent=1)


def from_text(text: str) -> tuple[Node, ...]:
    """Read what `to_text` wrote, or raise EngineError where the text is something else."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise FormatError("The clipboard holds no layers; copy some first.")
    nodes = nodes_from_json(data.get("layers"))
    if len({node.name for node in nodes}) < len(nodes):
        raise FormatError("The clipboard holds no layers; copy some first.")
    return nodes
