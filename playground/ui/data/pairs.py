"""Pairs of a question and its answer, as the data panel and the view of the answers show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.tasks import Dataset
from engine.tasks.base import HostArray, Part
from engine.tasks.exam import hours
from engine.tasks.sequences import NO_ANSWER, SequenceDataset
from engine.tasks.times_table import TimesTableDataset
from playground.ui import theme
from playground.ui.data.digits import digit_image
from playground.ui.i18n import N_, tr
from playground.ui.widgets import Label

CLASSES = (
    *(N_("negative"), N_("positive")),
    *(N_("noun"), N_("verb"), N_("adj.")),
    *(N_("det."), N_("pron."), N_("prep.")),
    *(N_("fail"), N_("pass")),
)
"""Tasks name their classes in English."""

IMAGE = 36
"""The side of an image in pixels."""


@dataclass(frozen=True)
class Pair:
    """A question, as an image or as text, with an answer and, if that is wrong, the true one."""

    question: str
    answer: tuple[str, ...]
    true: tuple[str, ...] = ()
    space: str = " "
    image: HostArray | None = None

    @property
    def is_right(self) -> bool:
        """Whether nothing else was wanted."""
        return not self.true


def pair(dataset: SequenceDataset, part: Part, row: int, answered: HostArray | None = None) -> Pair:
    """Return a sample with its true answer, or with what was `answered`, labels as its target."""
    inputs, true = part.inputs[row], _words(dataset, part.targets[row])
    answer = true
    if answered is not None:
        asked = np.where(part.targets[row] == NO_ANSWER, NO_ANSWER, answered)
        plain = dataset.question_steps or not dataset.words  # what ends the answer is [eos]
        answer = _words(dataset, answered if plain else asked)
    image = None if dataset.words else inputs
    question = dataset.question(inputs) if dataset.words else ""
    return Pair(question, answer, () if answer == true else true, dataset.space, image)


def samples(dataset: Dataset, count: int) -> list[Pair]:
    """Return the first training samples of a task of sequences, of the exam or the times table."""
    part = dataset.training.head(count)
    if isinstance(dataset, SequenceDataset):
        return [pair(dataset, part, row) for row in range(len(part))]
    if isinstance(dataset, TimesTableDataset):
        factors = np.rint(part.inputs * dataset.largest).astype(int).tolist()
        products = np.rint(dataset.in_units(part.targets)).astype(int).tolist()
        return [
            Pair(f"{a}, {b}", (str(product),))
            for (a, b), (product,) in zip(factors, products, strict=True)
        ]
    return [
        Pair(
            tr("study {study:.1f} h · sleep {sleep:.1f} h", study=study, sleep=sleep),
            (tr(dataset.target.labels[label]),),
        )
        for (study, sleep), label in zip(
            hours(part.inputs).tolist(), part.targets.tolist(), strict=True
        )
    ]


def _words(dataset: SequenceDataset, labels: HostArray) -> tuple[str, ...]:
    return tuple(tr(word) if word in CLASSES else word for word in dataset.answer(labels))


class PairList(QWidget):
    """Pairs one below the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(6))
        theme.manager().changed.connect(self._restyle)

    def show_pairs(self, pairs: Sequence[Pair]) -> None:
        """Show other pairs."""
        while len(self.rows) < len(pairs):
            self.rows.append(_Row())
            self._column.addWidget(self.rows[-1])
        for row, one in zip(self.rows, pairs, strict=False):
            row.show_pair(one)
        for row in self.rows[len(pairs) :]:
            row.hide()

    def _restyle(self) -> None:
        for row in self.rows:
            row.restyle()


class _Row(QWidget):
    """One pair: the question in grey, the answer below it with what is wrong in it marked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image = QLabel()
        self.question = Label(role="detail", wrap=True)
        self.answer = Label(wrap=True)
        self.answer.setTextFormat(Qt.TextFormat.RichText)
        self._pair = Pair("", ())
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(self.question)
        lines.addWidget(self.answer)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.px(8))
        across.addWidget(self.image)
        across.addLayout(lines, 1)

    def show_pair(self, one: Pair) -> None:
        """Show another pair."""
        self.show()
        if one is not self._pair:
            self._pair = one
            self.restyle()

    def restyle(self) -> None:
        """Write and draw in the colours and sizes of the theme."""
        one = self._pair
        self.image.setVisible(one.image is not None)
        if one.image is not None:
            side = theme.px(IMAGE)
            picture = QPixmap.fromImage(digit_image(one.image))
            smooth = Qt.TransformationMode.SmoothTransformation
            keep = Qt.AspectRatioMode.KeepAspectRatio
            self.image.setPixmap(picture.scaled(QSize(side, side), keep, smooth))
        self.question.setVisible(bool(one.question))
        self.question.setText(one.question)
        self.answer.setText(_answer_text(one))
        self.answer.setAccessibleName(one.space.join(one.answer))


def _answer_text(one: Pair) -> str:
    """Return the answer as rich text, wrong words underlined, and the true one behind it."""
    colors = theme.current()
    wrong = f'<span style="color:{colors.neg.name()}; text-decoration:underline">{{}}</span>'
    words = [
        escape(word)
        if one.is_right or (place < len(one.true) and word == one.true[place])
        else wrong.format(escape(word))
        for place, word in enumerate(one.answer)
    ]
    text = "→ " + one.space.join(words or ["–"])
    if not one.is_right:
        true = escape(tr("true: {label}", label=one.space.join(one.true)))
        text += f' <span style="color:{colors.ink3.name()}">&nbsp;({true})</span>'
    return text
