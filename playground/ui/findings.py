"""What the sizes of a network's numbers tell, in words, and the edit that would help."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.activations import ReLU
from engine.bypass import running
from engine.experiment import Experiment
from engine.graph import Graph, free_name, rename, set_layer
from engine.layers.embedding import Embedding
from engine.layers.lstm import LSTM
from engine.layers.simple_rnn import SimpleRNN
from engine.probes_layers import LayerState
from playground.ui.canvas.words import node_title
from playground.ui.i18n import N_, tr
from playground.ui.numbers import percent_text

HEALTHY = (1e-4, 1.0)
"""Between these bounds a layer's mean absolute gradient lets it learn."""

SHRUNK = 0.01
"""Gradients that are small in all layers are those of a network that has learned; where they
vanish, they are also smaller than this share of the largest ones."""

MOSTLY_DEAD = 0.5
"""Where more units than this share are 0 for all samples, a person is told."""

KEPT = ("units", "return_sequences", "direction", "initializer", "recurrent_initializer")
"""What a simple RNN and an LSTM have in common."""

ACTIVATIONS = {"sigmoid": N_("sigmoid"), "hard_tanh": "hard tanh"}

SATURATING = ("sigmoid", "tanh", "hard_tanh", "softsign")


@dataclass(frozen=True)
class Finding:
    """What the sizes of a network's numbers tell.

    Attributes
    ----------
    kind
        ``vanishing`` or ``exploding`` gradients, ``dead`` units, or ``healthy``.
    node
        Where; empty where all is well.
    share
        How many units are dead.
    cure
        The kind of layer or activation that would help: ``relu``, ``lstm`` or empty.
    was
        The kind of activation that is the cause; empty where it is none.
    """

    kind: str
    node: str = ""
    share: float = 0.0
    cure: str = ""
    was: str = ""


def judge(experiment: Experiment, states: Mapping[str, LayerState]) -> Finding:
    """Return the gravest finding."""
    sizes = {name: s.gradients.size for name, s in states.items() if s.gradients is not None}
    found = judge_gradients(experiment, sizes)
    if found.kind != "healthy":
        return found
    for name, state in states.items():
        if name in experiment.graph and state.dead > MOSTLY_DEAD:
            return Finding("dead", name, share=state.dead)
    return Finding("healthy")


def judge_gradients(experiment: Experiment, sizes: Mapping[str, float]) -> Finding:
    """Return what mean absolute gradients, by node, tell.

    Of an embedding only the rows of the words that came have a gradient, so its mean tells little.
    """
    largest = max(sizes.values(), default=0.0)
    for name, size in sizes.items():
        if size > HEALTHY[1]:
            return Finding("exploding", name)
    for name, size in sizes.items():
        small = size < HEALTHY[0] and size < SHRUNK * largest
        if small and not isinstance(experiment.graph[name].layer, Embedding):
            return _vanishing(experiment, name)
    return Finding("healthy")


def _vanishing(experiment: Experiment, name: str) -> Finding:
    """Say which activation, or which loop, behind a node lets its gradient vanish."""
    graph = running(experiment.graph)
    for node in graph.nodes[graph.index(name) : -1]:
        if isinstance(node.layer, SimpleRNN):
            return Finding("vanishing", name, cure="lstm")
        kind = _activation(node.layer)
        if kind in SATURATING:
            return Finding("vanishing", name, cure="relu", was=kind)
    return Finding("vanishing", name)


def cured(graph: Graph, finding: Finding) -> Graph:
    """Return the network with what lets its gradient vanish replaced, or as it is.

    That is every activation of the harmful kind but that of the output, or every simple RNN.
    """
    for node in graph.nodes[1:-1]:
        layer = node.layer
        if finding.cure == "relu" and _activation(layer) == finding.was:
            graph = set_layer(graph, node.name, layer.but(activation=ReLU()))
        if finding.cure == "lstm" and isinstance(layer, SimpleRNN):
            kept = {name: getattr(layer, name) for name in KEPT}
            graph = set_layer(graph, node.name, LSTM(**kept))
            if node.name.startswith(SimpleRNN.kind):
                graph = rename(graph, node.name, free_name((n.name for n in graph), LSTM.kind))
    return graph


def _activation(layer: object) -> str:
    kind: str = getattr(getattr(layer, "activation", None), "kind", "")
    return kind


def cure_text(finding: Finding) -> str:
    """Return what the button says; empty where no edit would help."""
    if finding.cure == "lstm":
        return tr("Change simple RNN to LSTM")
    if finding.cure == "relu":
        name = tr(ACTIVATIONS.get(finding.was, finding.was))
        return tr("Change {activation} to ReLU", activation=name)
    return ""


def finding_text(finding: Finding, experiment: Experiment) -> str:
    """Return a finding as a sentence, with a second one on what to do."""
    if finding.kind == "healthy":
        return tr("The gradients of all layers have a healthy size.")
    layer = node_title(experiment.graph[finding.node])
    if finding.kind == "exploding":
        text = tr("Gradients in {layer} are above 1.", layer=layer)
        return f"{text} {tr('Clip the gradients, or lower the learning rate.')}"
    if finding.kind == "dead":
        share = percent_text(finding.share, 0)
        text = tr(
            "{share} of the units of {layer} are 0 for all samples.", share=share, layer=layer
        )
        return f"{text} {tr('Lower the learning rate, or use Leaky ReLU.')}"
    return tr("Gradients in {layer} are below 0.0001.", layer=layer)
