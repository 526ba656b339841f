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
from engine.tasks.sequences import PAD as PADDING
from engine.tasks.sequences import SequenceDataset, SequenceTask
from engine.tasks.text import TextDataset, TextTask
from engine.tasks.tokens import PAD
from playground.ui import theme
from playground.ui.canvas.faces import Answers, Face

MOST_WORDS = 10
ROW = 16.0


class TokensFace(Face):
    """The words of one sample as they come in."""

    uses_sample = True

    @staticmethod
    def suits(experiment: Experiment, node: Node, shape: Shape) -> bool:
        """Return whether a node passes on words of the input as they are."""
        worded = isinstance(experiment.task, SequenceTask | TextTask)
        return worded and isinstance(node.layer, Input | Slice) and len(shape) == 1

    def _question(self, answers: Answers) -> tuple[object, ...]:
        return self._sample(answers), answers.dataset

    def _draw(self, answers: Answers) -> None:
        values, dataset = self._sample(answers), answers.dataset
        if values is not None and dataset is not None:
            most = len(_known_words(dataset))  # another dataset may have fewer than the last
            self._read([n for n in map(int, values.tolist()) if n < most], dataset)

    def _read(self, numbers: list[int], dataset: Dataset) -> None:
        """Take the numbers of the sample's words, all of which the dataset knows."""
        raise NotImplementedError


class WordsFace(TokensFace):
    """The words from top to bottom; special ones in grey."""

    width = 118.0

    def __init__(self, experiment: Experiment, node: Node, shape: Shape) -> None:
        super().__init__(experiment, node, shape)
        self.body = shape[0] * ROW + 12
        self._words: list[str] = []

    def _read(self, numbers: list[int], dataset: Dataset) -> None:
        known = _known_words(dataset)
        self.live = self._words = [known[n] for n in numbers]

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


class PassageFace(TokensFace):
    """The running text of a sample that is too long for a list; where need be, its end."""

    width = 150.0

    def __init__(self, experiment: Experiment, node: Node, shape: Shape) -> None:
        super().__init__(experiment, node, shape)
        self.body = 128.0
        self._text = ""

    def _read(self, numbers: list[int], dataset: Dataset) -> None:
        if isinstance(dataset, TextDataset):
            known = dataset.vocabulary
            self._text = known.write(n for n in numbers if known.tokens[n] != PAD)
        elif isinstance(dataset, SequenceDataset):
            self._text = dataset.space.join(dataset.words[n] for n in numbers if n != PADDING)
        self.live = self._text

    def paint(self, painter: QPainter, body: QRectF) -> None:
        painter.setFont(theme.font("caption", 1))
        painter.setPen(theme.current().ink)
        box, metrics = body.adjusted(12, 6, -12, -6), QFontMetricsF(painter.font())
        text, flags = self._text, Qt.TextFlag
        longest = max(map(metrics.horizontalAdvance, text.split()), default=0.0)
        wraps = int(flags.TextWordWrap if longest < box.width() else flags.TextWrapAnywhere)
        while len(text) > 1 and metrics.boundingRect(box, wraps, text).height() > box.height():
            text = "…" + text[1 + max(1, len(text) // 10) :]
        painter.drawText(box, wraps | int(Qt.AlignmentFlag.AlignVCenter), text)

    def words(self) -> str:
        return self._text


def _known_words(dataset: Dataset) -> tuple[str, ...]:
    """Return what the numbers of a dataset's inputs stand for."""
    if isinstance(dataset, TextDataset):
        return dataset.vocabulary.tokens
    return dataset.words if isinstance(dataset, SequenceDataset) else ()


def _is_special(word: str) -> bool:
    """Return whether a word is one as ``[pad]``, which nobody wrote."""
    return len(word) > 2 and word[0] == "[" and word[-1] == "]"
