"""A download in the background, which the screen asks how far it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from engine.downloads import Cancelled, Progress, fetch_mnist
from playground.ui.background import Background


class Download(Background):
    """Fetches MNIST into the user's cache; what has come is kept where it is cancelled."""

    stopped = Cancelled

    def __init__(
        self,
        fetch: Callable[[Progress, Callable[[], bool]], Any] = fetch_mnist,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._fetch = fetch

    def _work(self) -> Any:
        return self._fetch(self._note, self._cancelled.is_set)

    def _note(self, done: int, total: int, _name: str) -> None:
        self._share = done / total
