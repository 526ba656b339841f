"""What cards, wires and screen readers say about the nodes of a network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import prod

import numpy as np

from engine.arrays import Shape
from engine.bypass import fits
from engine.experiment import Experiment
from engine.fields import params
from engine.graph import INPUT, OUTPUT, Node, Shapes
from engine.initializers import Zeros
from engine.layers import Layer
from playground.ui.canvas.blocks import Spot
from playground.ui.i18n import tr, tr_error, tr_n, tr_text
from playground.ui.numbers import signed_text

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True)
class Caption:
    """The words on a card."""

    title: str
    summary: str
    shape: str
    parameters: str
    icon: str


def node_title(node: Node) -> str:
    """Return the name of a node for people, ``Dense 1`` or ``밀집층 1``."""
    return tr_text(node.title)


def node_icon(node: Node) -> str:
    """Return the icon of a node; input and output have their own."""
    return {INPUT: "input", OUTPUT: "output"}.get(node.name, node.layer.icon)


def summary(node: Node, shape: Shape | None, tokens: bool = False) -> str:
    """Return the second line of a card, ``4 units · tanh``; for the input, what comes in."""
    if node.name != INPUT or shape is None:
        return tr_text(node.layer.summary())
    if len(shape) == 1:
        if tokens:
            return tr_n("{n} token", "{n} tokens", shape[0])
        return tr_n("{n} feature", "{n} features", shape[0])
    if len(shape) == 2:
        return tr("last {count} steps", count=shape[0])
    return tr("{width}×{height} image", width=shape[-1], height=shape[-2])


def shape_text(shape: Shape | None, failed: bool = False) -> str:
    """Return ``(N, 4)`` or ``6 × 28 × 28``; "–" where an error is, "?" behind it."""
    if shape is None:
        return "–" if failed else "?"
    if len(shape) > 2:
        return " × ".join(map(str, shape))
    return "(N, " + ", ".join(map(str, shape)) + ")"


def parameters_text(count: int | None) -> str:
    """Return ``12 params``."""
    return "" if count is None else tr("{count} params", count=f"{count:,}")


def unit_label(node: Node, unit: int, inputs: Sequence[str] = ()) -> str:
    """Return ``x₁``, ``h₃`` or ``y₁``; of an input, its name where the task gives it one."""
    if node.name == INPUT and unit < len(inputs):
        return inputs[unit]
    letter = {INPUT: "x", OUTPUT: "y"}.get(node.name, "h")
    return letter + str(unit + 1).translate(_SUBSCRIPTS)


def weight_text(
    source: Node, i: int, target: Node, j: int, weight: float, inputs: Sequence[str] = ()
) -> str:
    """Return ``x₂ → h₄  w = +2.03``."""
    return f"{unit_label(source, i, inputs)} → {unit_label(target, j)}  w = {signed_text(weight)}"


def caption(shapes: Shapes, spot: Spot, tokens: bool = False) -> Caption:
    """Return the words on the card of a node, or of a block that is folded.

    `tokens` says whether the numbers that come in stand for tokens.
    """
    node = spot.members[-1]
    shape, failed = shapes.shapes.get(node.name), node.name in shapes.errors
    count = None
    if all(m.name in shapes.shapes and m.name not in shapes.errors for m in spot.members):
        count = sum(parameter_count(shapes, member) for member in spot.members)
    title, second, icon = node_title(node), summary(node, shape, tokens), node_icon(node)
    if spot.block:
        title, icon = spot.block, "folder"
        second = tr("{count} layers", count=len(spot.members))
    if count and locked(*spot.members):
        second = tr("weights locked")
    if all(member.bypassed for member in spot.members):
        second = tr("bypassed")
    shown = shape_text(None if failed else shape, failed)
    return Caption(title, second, shown, parameters_text(count), icon)


def spoken(experiment: Experiment, shapes: Shapes, node: Node, selected: bool) -> str:
    """Return what a screen reader says about a card."""
    shape = shapes.shapes.get(node.name)
    words = [
        node_title(node),
        tr(
            "layer {place} of {count}",
            place=experiment.graph.index(node.name) + 1,
            count=len(experiment.graph.nodes),
        ),
        summary(node, shape, experiment.task.token_count > 0).replace(" · ", ", "),
    ]
    if shape is not None:
        words.append(tr("output {shape}", shape="×".join(map(str, shape))))
        count = parameter_count(shapes, node)
        words.append(tr("{count} parameters", count=f"{count:,}"))
    elif node.name in shapes.errors:
        words.append(tr_error(shapes.errors[node.name]))
    if len(node.inputs) > 1:
        sources = (node_title(experiment.graph[name]) for name in node.inputs)
        words.append(tr("reads {layers}", layers=", ".join(sources)))
    if locked(node):
        words.append(tr("weights locked"))
    if node.bypassed:
        words.append(tr("bypassed"))
    if selected:
        words.append(tr("selected"))
    return ", ".join(word for word in words if word)


def wire_text(experiment: Experiment, shapes: Shapes, source: str, target: str) -> str:
    """Return what a wire leads from where to where, ``Dense 1 → Add 1  (N, 4)``."""
    ends = (node_title(experiment.graph[name]) for name in (source, target))
    return " → ".join(ends) + "  " + shape_text(shapes.shapes.get(source))


def locked(*nodes: Node) -> bool:
    """Whether some of the nodes have weights, and none of these learn."""
    rates = [node.rate for node in nodes if node.layer.parameters]
    return bool(rates) and not any(rates)


def spoken_block(spot: Spot, caption: Caption) -> str:
    """Return what a screen reader says about the card of a block."""
    block = tr("block of {count} layers", count=len(spot.members))
    return ", ".join((caption.title, block, caption.shape, caption.parameters, tr("selected")))


def parameter_count(shapes: Shapes, node: Node) -> int:
    """Return how many parameters a node with a shape has, bypassed or not."""
    inputs = shapes.inputs(node)
    if node.bypassed and not fits(node, inputs):
        return 0
    return layer_size(node.layer, inputs)


def total_parameters(experiment: Experiment, shapes: Shapes, bypassed: bool = False) -> int:
    """Return how many parameters all nodes with a shape have, or those that are bypassed."""
    return sum(
        parameter_count(shapes, node)
        for node in experiment.graph.nodes
        if node.name in shapes.shapes and (node.bypassed or not bypassed)
    )


@lru_cache(maxsize=256)
def layer_size(layer: Layer, inputs: tuple[Shape, ...]) -> int:
    """Return how many parameters a layer learns behind inputs of these shapes."""
    drawn = {f.name: Zeros() for f in params(type(layer)) if f.family == "initializer"}
    # Zeros take neither time nor memory, which random numbers for wide layers would.
    arrays = replace(layer, **drawn).init(np.random.default_rng(0), inputs)
    kept = (*layer.statistics, *layer.fixed)
    return sum(prod(a.shape) for name, a in arrays.items() if name not in kept)
