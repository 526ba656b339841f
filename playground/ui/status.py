"""The status bar: what the run is doing, its seed, the file and the engine."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QStatusBar, QWidget

from playground.snapshot import Snapshot
from playground.ui import theme
from playground.ui.i18n import N_, Translated, tr
from playground.ui.numbers import number_text
from playground.ui.widgets import Label, fill_ground

STATES = {
    "idle": N_("Ready"),
    "loading": N_("Reading the data"),
    "running": N_("Training"),
    "paused": N_("Paused"),
    "finished": N_("Finished"),
    "diverged": N_("Stopped: the loss is not finite"),
    "invalid": N_("A problem keeps it from training"),
    "failed": N_("The program has an error"),
}
COLORS = {"running": "ok", "loading": "ok", "diverged": "warn", "invalid": "err", "failed": "err"}


class StatusBar(Translated, QStatusBar):
    """State and speed at the left; file and engine at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        fill_ground(self)
        self.setContentsMargins(4, 0, 12, 0)
        self._dot, self._state, self._seed = _Dot(), Label(), Label()
        self._seed.setContentsMargins(10, 0, 0, 0)
        self._file, self._engine = Label(), Label()
        fill_ground(self._state)
        for widget in (self._dot, self._state, self._seed):
            self.addWidget(widget)
        for widget in (self._file, self._engine):
            widget.setContentsMargins(10, 0, 0, 0)
            self.addPermanentWidget(widget)
        self._device = "cpu"
        self._shown: tuple[object, ...] = ()
        self._snapshot: Snapshot | None = None
        self.retranslate()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Write what a snapshot tells."""
        self._snapshot = snapshot
        speed = round(snapshot.speed, -len(str(int(snapshot.speed))) + 2)
        seed = snapshot.experiment.training.seed
        shown = (snapshot.state, speed, seed)
        if shown == self._shown:
            return
        self._shown = shown
        text = tr(STATES[snapshot.state])
        if speed:
            text += " · " + tr("{speed} iterations/s", speed=number_text(speed, 0))
        self._state.setText(text)
        # In training it keeps the room it had, or all beside it would be laid out anew.
        width = self._state.sizeHint().width() if speed else 0
        self._state.setMinimumWidth(max(self._state.minimumWidth(), width) if speed else 0)
        self._dot.set_color(COLORS.get(snapshot.state, "ink3"))
        self._seed.setText(tr("Seed {seed}", seed=seed))

    def show_device(self, name: str) -> None:
        """Write what computes: ``cpu`` or ``cuda``."""
        self._device = name
        self._engine.setText(self._engine_text())

    def _engine_text(self) -> str:
        engine = tr("CuPy engine on the GPU") if self._device == "cuda" else tr("NumPy engine")
        return engine + " · float32"

    def show_file(self, text: str) -> None:
        """Write where the project is saved."""
        self._file.setText(text)

    def retranslate(self) -> None:
        """Write all texts in the present language."""
        self._engine.setText(self._engine_text())
        self._shown = ()
        if self._snapshot is not None:
            self.show_snapshot(self._snapshot)


class _Dot(QWidget):
    """A dot of 8 px in the colour of the state; the text beside it says the same."""

    def __init__(self) -> None:
        super().__init__()
        self._token = "ink3"
        self.setFixedSize(theme.px(20), theme.px(16))

    def set_color(self, token: str) -> None:
        """Take the colour of a token."""
        if token != self._token:
            self._token = token
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color: QColor = theme.current().color(self._token)
        painter.setBrush(color)
        painter.setPen(color)
        size = theme.px(7)
        painter.drawEllipse(self.width() - size - 4, (self.height() - size) // 2, size, size)
