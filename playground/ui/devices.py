"""Where the network is trained, chosen from the menu: the CPU, or a GPU through CuPy."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from engine.arrays import DEVICES
from engine.errors import EngineError
from playground.ui.i18n import N_, tr, tr_error

if TYPE_CHECKING:
    from playground.ui.window import Window

NAMES = {"auto": N_("Automatic"), "cpu": N_("CPU (NumPy)"), "cuda": N_("GPU (CUDA, CuPy)")}
POLL_MS = 50


class DeviceChoice(QObject):
    """Fills the menu, and takes the run to what is chosen."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.device = "cpu"
        self._moving: Future[Any] | None = None
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self._poll)

    def fill(self, menu: QMenu) -> None:
        """List the devices, the one in use marked."""
        menu.clear()
        group = QActionGroup(menu)
        for device in DEVICES:
            action = menu.addAction(tr(NAMES[device]), partial(self.choose, device))
            action.setCheckable(True)
            action.setChecked(device == self.device)
            group.addAction(action)

    def choose(self, device: str) -> None:
        """Go on with the run on another device."""
        if self._moving is None:
            self._moving = self._window.session.use_device(device)
            self._wanted = device
            self._timer.start()

    def _poll(self) -> None:
        """Say where the run goes on, or why it stays where it is."""
        if self._moving is None or not self._moving.done():
            return
        self._timer.stop()
        moving, self._moving = self._moving, None
        notices = self._window.notices
        try:
            backend = moving.result()
        except EngineError as error:
            notices.post("error", tr_error(error), key="device")
            return
        self.device = self._wanted
        notices.withdraw("device")
        if backend.fallback is not None:
            told = tr("Training on the CPU.") + " " + tr_error(backend.fallback)
            notices.post("info", told, key="device")
        self._window.status.show_device(backend.name)
