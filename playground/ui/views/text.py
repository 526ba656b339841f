"""What a language model writes: a text continued token by token, or its masks filled."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from engine.experiment import Experiment
from engine.probes import Probe
from engine.sampling import Continuation, Continue, Fill, Filling, Sampling, shares
from engine.tasks.masked_text import MaskedText
from engine.tasks.text import TextDataset, TextTask
from engine.tasks.tokens import MASK, UNKNOWN, Vocabulary
from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.i18n import N_, Translated, tr
from playground.ui.numbers import number_text
from playground.ui.views.base import View, view
from playground.ui.views.token_text import TokenBars, TokenText, bars, token_ends
from playground.ui.widgets import Button, ElidedLabel, Heading, LabeledSlider

COUNTS = {"word": 40}
"""How many tokens are written, by tokenizer."""
COUNT = 120
REST_MS = 400
"""A sentence is read when nobody has typed for so long."""
WIDE = 300
"""From this width on the sliders stand beside each other."""
AS_NETWORK = Sampling(temperature=1.0)


@view("text", label=N_("Written text"), area="results", order=6)
class TextView(Translated, View):
    """The continuation of a prompt, or a sentence with its masks filled, and why."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = Heading()
        self.again = Button(icon="dice", kind="flat")
        self.again.clicked.connect(self._draw_again)
        self.heading.add(self.again)
        self.prompt = QLineEdit()
        self.mask = Button(MASK, kind="small")
        self.mask.clicked.connect(self._insert_mask)
        self.temperature = LabeledSlider(low=0.0, high=2.0, step=0.1, value=0.8)
        self.top_k = LabeledSlider(low=0, high=40, step=1, text=_top_text, value=0)
        self.written, self.bars, self.caption = TokenText(), TokenBars(), ElidedLabel(role="detail")
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._ask)
        self.prompt.textEdited.connect(lambda _: self._rest.start())
        self.prompt.returnPressed.connect(self._ask)
        self.temperature.valueChanged.connect(lambda _: self._ask())
        self.top_k.valueChanged.connect(lambda _: self._ask())
        self.written.chosen.connect(self._choose)
        self.seed = 0
        self._sentence = ""
        self._task: TextTask | None = None
        self._dataset: TextDataset | None = None
        self._answer: Any = None
        self._chosen = -1
        self._build()
        self.retranslate()

    def _build(self) -> None:
        typed = QHBoxLayout()
        typed.setSpacing(8)
        typed.addWidget(self.prompt, 1)
        typed.addWidget(self.mask)
        self._sliders = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._sliders.setSpacing(12)
        self._sliders.addWidget(self.temperature)
        self._sliders.addWidget(self.top_k)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 12)
        column.setSpacing(8)
        column.addLayout(typed)
        column.addLayout(self._sliders)
        column.addWidget(self.written, 1)
        column.addWidget(self.caption)
        column.addWidget(self.bars)

    @classmethod
    def offered(cls, experiment: Experiment) -> bool:
        """Offered for language models."""
        return isinstance(experiment.task, TextTask)

    def _how(self) -> Sampling:
        count = COUNTS.get(self._task.tokenizer if self._task else "", COUNT)
        return Sampling(count, self.temperature.value(), int(self.top_k.value()), self.seed)

    def probes(self, experiment: Experiment) -> frozenset[Probe]:
        """Ask how the typed text goes on, or what its masks hide."""
        self._adopt(experiment)
        return frozenset({self._probe()})

    def _probe(self) -> Probe:
        if isinstance(self._task, MaskedText):
            return Fill(self._sentence)
        return Continue(self._sentence, self._how())

    def _adopt(self, experiment: Experiment) -> None:
        """Show what suits the task."""
        task = experiment.task
        if task is self._task or not isinstance(task, TextTask):
            return
        kind, self._task = type(self._task), task
        if type(task) is not kind:
            self._sentence = ""
            self.prompt.setText("")
            masked = isinstance(task, MaskedText)
            for widget in (self.temperature, self.top_k, self.again):
                widget.setVisible(not masked)
            self.mask.setVisible(masked)
            self.retranslate()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._adopt(snapshot.experiment)
        dataset = snapshot.dataset
        if isinstance(dataset, TextDataset) and dataset is not self._dataset:
            self._dataset = dataset
            if isinstance(self._task, MaskedText) and not self._sentence:
                self.prompt.setText(masked_sentence(dataset))
                self._ask()
        probe = self._probe()
        if probe in snapshot.answers and snapshot.answers[probe] is not self._answer:
            self._answer = snapshot.answers[probe]
            self._draw()

    def _ask(self) -> None:
        self._rest.stop()
        self._sentence, self._chosen = self.prompt.text(), -1
        self.probes_changed.emit()

    def _draw_again(self) -> None:
        self.seed += 1
        self._ask()

    def _insert_mask(self) -> None:
        self.prompt.insert(MASK)
        self.prompt.setFocus()
        self._ask()

    def _choose(self, index: int) -> None:
        self._chosen = index
        self._draw()

    def _draw(self) -> None:
        answer, dataset = self._answer, self._dataset
        if dataset is None or not isinstance(answer, Continuation | Filling):
            self.written.clear_tokens()
            self.bars.show_bars([])
            self.caption.clear()
            return
        vocabulary = dataset.vocabulary
        numbers, free = _numbers(answer, vocabulary, self._sentence)
        index = self._chosen if self._chosen in free else free[-1]
        ends = token_ends(vocabulary, numbers, answer.text)
        self.written.show_tokens(answer.text, ends, free, index)
        p = answer.probabilities[free.index(index)]
        how = AS_NETWORK if isinstance(answer, Filling) else self._how()
        drawn = np.zeros(len(vocabulary))
        drawn[: vocabulary.used] = shares(p[: vocabulary.used], vocabulary.special, how)
        self.bars.show_bars(bars(vocabulary.labels, drawn, p, numbers[index]))
        self._write_caption(vocabulary.labels[numbers[index]])

    def _write_caption(self, token: str) -> None:
        self.caption.setText(
            tr("In the place of {token}:", token=token)
            if isinstance(self._task, MaskedText)
            else tr("What might have stood in the place of {token}:", token=token)
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= theme.px(WIDE)
        direction = QBoxLayout.Direction
        self._sliders.setDirection(direction.LeftToRight if wide else direction.TopToBottom)

    def retranslate(self) -> None:
        masked = isinstance(self._task, MaskedText)
        self.heading.set_text(tr("Filled masks") if masked else tr("Written text"))
        self.again.set_name(tr("Draw again"))
        self.mask.setToolTip(tr("Hide a word in the place of the cursor"))
        self.prompt.setPlaceholderText(
            tr("A sentence with {mask}", mask=MASK) if masked else tr("How the text begins")
        )
        self.prompt.setAccessibleName(tr("Sentence") if masked else tr("Beginning"))
        self.temperature.set_label(tr("Temperature"))
        self.top_k.set_label(tr("Top k"))
        self.written.setAccessibleName(tr("Written text"))
        self.written.setPlaceholderText(
            tr("Write {mask} in the place of a word, and the network will find it.", mask=MASK)
            if masked
            else tr("What the network writes will stand here.")
        )
        self.bars.retranslate()
        self._draw()


def masked_sentence(dataset: TextDataset) -> str:
    """Return a validation sentence with one of its words hidden, as a beginning."""
    vocabulary, part = dataset.vocabulary, dataset.validation
    whole = np.where(part.targets >= 0, part.targets, part.inputs.astype(int))
    known = (whole != vocabulary.tokens.index(UNKNOWN)).all(axis=1)
    row = int(known.argmax())
    hidden = int((part.targets[row] >= 0).argmax())
    words = whole[row].tolist()
    words[hidden] = vocabulary.tokens.index(MASK)
    return vocabulary.write(n for n in words if n == words[hidden] or n >= vocabulary.special)


def _numbers(
    answer: Continuation | Filling, vocabulary: Vocabulary, prompt: str
) -> tuple[list[int], list[int]]:
    """Return the tokens of a text, and which of them the network has written."""
    if isinstance(answer, Filling):
        return list(answer.numbers), list(answer.places)
    begun = vocabulary.read(prompt).tolist() if prompt else []
    numbers = [*begun, *answer.tokens]
    return numbers, list(range(len(begun), len(numbers)))


def _top_text(value: float) -> str:
    return number_text(value) if value else tr("all")
