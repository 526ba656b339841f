"""When to ask probes, and their latest answers; and how fast training goes."""

from __future__ import annotations

import time
from typing import Any

from engine.probes import Probe
from engine.trainer import Trainer

PROBE_SHARE = 0.075
"""The part of the time that probes may take."""
MOST_KEPT = 64
"""So many answers are kept, and no more unless they are wanted; each stroke of a pen asks anew."""


class Speed:
    """Updates a second, over the last second or so."""

    def __init__(self) -> None:
        self.rate = 0.0
        self.begin(0)

    def begin(self, step: int) -> None:
        """Start counting at update `step`."""
        self._time, self._step = time.perf_counter(), step

    def note(self, step: int) -> None:
        """Say that update `step` is done."""
        elapsed = time.perf_counter() - self._time
        if elapsed >= 0.5:
            self.rate = (step - self._step) / elapsed
            self.begin(step)


class Answers:
    """The latest answer of each probe, and when to ask again."""

    def __init__(self) -> None:
        self._version = 0
        self._answers: dict[Probe, tuple[int, Any]] = {}
        self._drafts: set[Probe] = set()
        self._due: dict[Probe, float] = {}

    def outdate(self) -> None:
        """Note that the network has changed; answers are shown until there are new ones."""
        self._version += 1

    def clear(self) -> None:
        """Forget all answers, as the network is another one."""
        self._version += 1
        self._answers.clear()

    def _is_stale(self, probe: Probe, running: bool = False) -> bool:
        if probe not in self._answers or self._answers[probe][0] != self._version:
            return True
        return probe in self._drafts and not running

    def stale(self, wanted: frozenset[Probe]) -> bool:
        """Return whether a wanted probe has no answer for the network as it is."""
        return any(self._is_stale(probe) for probe in wanted)

    def measure(self, trainer: Trainer, wanted: frozenset[Probe], running: bool) -> None:
        """Ask stale probes; while training drafts, and those whose share of the time allows it."""
        for probe in wanted:
            began = time.perf_counter()
            early = running and began < self._due.get(probe, 0.0)
            if early or not self._is_stale(probe, running):
                continue
            question = probe.draft() if running else probe
            self._answers[probe] = self._version, question.measure(trainer)
            (self._drafts.discard if question == probe else self._drafts.add)(probe)
            ended = time.perf_counter()
            rest = (ended - began) * len(wanted) / PROBE_SHARE
            self._due[probe] = ended + max(rest, probe.interval)
        self._forget([probe for probe in self._answers if probe not in wanted])

    def _forget(self, unwanted: list[Probe]) -> None:
        """Drop the oldest of the answers that nobody wants, where there are too many."""
        for probe in unwanted[: max(len(self._answers) - MOST_KEPT, 0)]:
            del self._answers[probe]
            self._due.pop(probe, None)
            self._drafts.discard(probe)

    def latest(self, wanted: frozenset[Probe]) -> dict[Probe, Any]:
        """Return the latest answers of the wanted probes."""
        return {probe: self._answers[probe][1] for probe in wanted if probe in self._answers}
