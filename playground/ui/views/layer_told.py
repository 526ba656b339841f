"""A sentence on the health of a network's gradients, and a button with what would help."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from engine.experiment import Experiment
from playground.ui import theme
from playground.ui.findings import Finding, cure_text, finding_text
from playground.ui.widgets import Button, Label
from playground.ui.widgets.labels import Picture


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
