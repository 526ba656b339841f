"""A sentence on the health of a network's gradients, and a button with what would help."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from engine.experiment import Experiment
from playground.ui import theme
from playground.ui.canvas.words import node_title
from playground.ui.i18n import N_, tr
from playground.ui.numbers import percent_text
from playground.ui.views.layer_findings import Finding
from playground.ui.widgets import Button, Label
from playground.ui.widgets.labels import Picture

ACTIVATIONS = {"sigmoid": N_("sigmoid"), "hard_tanh": "hard tanh"}


class Told(QFrame):
    """One sentence, green where all is well, and the repair where there is one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture, self.sentence = Picture("check", "ok"), Label(wrap=True)
        self.cure = Button(" ", kind="small")
        self.cure.hide()
        self._good = True
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.sentence, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.addLayout(row)
        column.addWidget(self.cure, 0, Qt.AlignmentFlag.AlignLeft)
        self.setObjectName("told")
        theme.manager().changed.connect(self._restyle)

    def say(self, finding: Finding, experiment: Experiment) -> None:
        """Say what was found."""
        text, cure = finding_text(finding, experiment), cure_text(finding)
        good = finding.kind == "healthy"
        if (text, cure, good) != (self.sentence.text(), self.cure.text(), self._good):
            self.sentence.setText(text)
            self.cure.setText(cure)
            self.cure.setVisible(bool(cure))
            self._good = good
            self._restyle()

    def _restyle(self) -> None:
        colors = theme.current()
        ink, fill = (colors.ok, colors.okbg) if self._good else (colors.warn, colors.warnbg)
        self.picture.set_icon("check" if self._good else "warn", ink)
        radius = theme.px(8)
        self.setStyleSheet(
            f"#told {{ border-radius: {radius}px; background: {fill.name()}; }}"
            f"#told QLabel {{ color: {ink.name()}; background: transparent; }}"
        )


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
