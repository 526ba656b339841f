"""Words on the cards through which they come in."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from engine.arrays import Shape
from engine.experiment import Experiment
from engine.graph import Node
from engine.layers.input import Input
from engine.layers.slice import Slice
from engine.tasks import Dataset
from engine.tasks.sequences import SequenceDataset, SequenceTask
from engine.tasks.text import TextDataset, TextTask
from playground.ui import theme
from playground.ui.canvas.faces import Answers, Face

MOST_WORDS = 16
ROW = 16.0


class WordsFace(Face):
    """The words of one sample, from top to bottom; special ones in grey."""

    width, uses_sample = 118.0, True

    def __init__(self, experiment: Experiment, node: Node, shape: Shape) -> None:
        super().__init__(experiment, node, shape)
        self.body = shape[0] * ROW + 12
        self._words: list[str] = []

    @staticmethod
    def suits(experiment: Experiment, node: Node, shape: Shape) -> bool:
        """Return whether a node passes on some words of the input as they are."""
        worded = isinstance(experiment.task, SequenceTask | TextTask)
        comes_in = isinstance(node.layer, Input | Slice) and len(shape) == 1
        return worded and comes_in and shape[0] <= MOST_WORDS

    def _question(self, answers: Answers) -> tuple[object, ...]:
        return self._sample(answers), answers.dataset

    def _draw(self, answers: Answers) -> None:
        numbers, known = self._sample(answers), _known_words(answers.dataset)
        if numbers is not None:
            whole = [int(number) for number in numbers.tolist()]
            self.live = self._words = [known[n] if n < len(known) else "" for n in whole]

    def paint(self, painter: QPainter, body: QRectF) -> None:
        colors = theme.current()
        painter.setFont(theme.font("caption", 1))
        metrics = QFontMetricsF(painter.font())
        top = body.center().y() - self.shape[0] * ROW / 2
        for row, word in enumerate(self._words):
            painter.setPen(colors.ink3 if _is_special(word) else colors.ink)
            box = QRectF(body.left() + 4, top + row * ROW, body.width() - 8, ROW)
            shown = metrics.elidedText(word, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)

    def words(self) -> str:
        return " ".join(word for word in self._words if not _is_special(word))


def _known_words(dataset: Dataset | None) -> tuple[str, ...]:
    """Return what the numbers of a dataset's inputs stand for."""
    if isinstance(dataset, TextDataset):
        return dataset.vocabulary.tokens
    return dataset.words if isinstance(dataset, SequenceDataset) else ()


def _is_special(word: str) -> bool:
    """Return whether a word is one as ``[pad]``, which nobody wrote."""
    return len(word) > 2 and word[0] == "[" and word[-1] == "]"
