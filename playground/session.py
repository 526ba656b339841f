"""The training thread: commands go in through a queue, the latest snapshot comes out of a slot.

The screen never touches an array that the thread may write: every array of a `Snapshot` is a copy,
or the part of a table that no longer changes.
"""

from __future__ import annotations

import itertools
import queue
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from engine.arrays import Backend
from engine.checkpoint import Checkpoint
from engine.errors import DivergenceError, EngineError
from engine.experiment import Experiment
from engine.graph_edits import same_layers
from engine.probes import Probe
from engine.trainer import Trainer
from playground.answers import Answers, Speed
from playground.hold import Hold
from playground.snapshot import Snapshot

BURST = 0.002
"""Seconds of training after which the loop looks for commands, probes and the screen's hold."""
PUBLISH = 1 / 36
"""Seconds between two snapshots: the screen, which looks every 16 ms, then sees 30 a second."""


class Session:
    """A training thread and the way to talk to it.

    All methods return at once; what they ask for happens between two updates. `close` waits for
    the thread to end.

    Parameters
    ----------
    experiment
        The document to begin with.
    device
        ``"cpu"``, ``"cuda"`` or ``"auto"``.

    Attributes
    ----------
    hold
        ``with session.hold:`` lets training stand still while the screen draws, if that pays.
    """

    def __init__(self, experiment: Experiment, device: str = "cpu") -> None:
        self._device = device
        self._experiment = experiment
        self._trainer: Trainer | None = None
        self._parked: dict[str, Trainer] = {}
        self._steps: Iterator[float] | None = None
        self._state = "idle"
        self._error: Exception | None = None
        self._until: str | None = None
        self._interval = self._due = 0.0
        self._wanted: frozenset[Probe] = frozenset()
        self._answers = Answers()
        self._speed = Speed()
        self.hold = Hold()
        self._commands: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._closing = False
        self._changed = threading.Condition()
        self._slot = Snapshot(0, "idle", experiment)
        self._published = 0.0
        self._thread = threading.Thread(target=self._work, name="training", daemon=True)
        self._commands.put(lambda: self._adopt(experiment, None))
        self._thread.start()

    # What the screen calls

    def snapshot(self) -> Snapshot:
        """Return the latest snapshot."""
        return self._slot

    def wait(self, condition: Callable[[Snapshot], bool], timeout: float = 60.0) -> Snapshot:
        """Block until a snapshot meets `condition`; raise TimeoutError after `timeout` seconds."""
        with self._changed:
            if not self._changed.wait_for(lambda: condition(self._slot), timeout):
                raise TimeoutError(f"the session stayed {self._slot.state}")
            return self._slot

    def play(self) -> None:
        """Train until the goal; a finished run goes on for as many epochs again."""
        self._commands.put(lambda: self._start(None))

    def step(self, unit: str = "iteration") -> None:
        """Train for one ``"iteration"``, or up to the end of an ``"epoch"``, and pause."""
        self._commands.put(lambda: self._start(unit))

    def pause(self) -> None:
        """Stop after the running update."""
        self._commands.put(self._pause)

    def reset(self) -> None:
        """Go back to initial weights and an empty history."""
        self._commands.put(self._reset)

    def apply(self, experiment: Experiment) -> None:
        """Go on with an edited experiment; weights of untouched layers are kept."""
        self._commands.put(lambda: self._apply(experiment))

    def open(self, experiment: Experiment, checkpoint: Checkpoint | None = None) -> None:
        """Begin with another experiment, where a saved run stopped if there is one."""
        self._commands.put(lambda: self._open(experiment, checkpoint))

    def want(self, probes: frozenset[Probe]) -> None:
        """Say which probes the visible views need; the answers come with later snapshots.

        They are forgotten where the task comes to ask something else, which they may not suit.
        """
        self._commands.put(lambda: setattr(self, "_wanted", probes))

    def limit_speed(self, steps_per_second: float | None) -> None:
        """Train no faster than this; None for flat out."""
        interval = 1 / steps_per_second if steps_per_second else 0.0
        self._commands.put(lambda: self._limit(interval))

    def change(self, work: Callable[[Trainer], None]) -> None:
        """Let `work` change the parameters between two updates."""
        self._commands.put(lambda: self._change(work))

    def use_device(self, device: str) -> Future[Backend]:
        """Go on with the run on another device; the future gives it, or why it cannot be."""
        return self.ask(lambda trainer: self._move(trainer, device))

    def ask(self, question: Callable[[Trainer], Any]) -> Future[Any]:
        """Run `question` on the trainer between two updates; the result comes in a future."""
        future: Future[Any] = Future()
        self._commands.put(lambda: self._answer(question, future))
        return future

    def close(self) -> None:
        """End the thread and wait for it."""
        self._closing = True
        self._commands.put(lambda: None)
        self._thread.join()

    # What the thread does

    def _work(self) -> None:
        # Numbers that overflow end in a DivergenceError; warnings would tell of them twice.
        with threadpool_limits(1), np.errstate(all="ignore"):
            while not self._closing:
                self._obey(wait=self._state != "running" and not self._stale())
                if self._closing:
                    return
                if self._state == "running" and time.perf_counter() >= self._due:
                    self._guarded(self._burst)
                if self._state != "running" or self._interval or self._is_due():
                    self._guarded(self._probe)  # just before the snapshot that takes the answers
                if self._state == "running":
                    self._give_way()
                self._publish(now=self._state != "running")

    def _obey(self, wait: bool) -> None:
        """Carry out the commands that wait, or wait for one."""
        while True:
            try:
                command = self._commands.get(block=wait)
            except queue.Empty:
                return
            wait = False
            if self._closing:
                return
            self._guarded(command)
            self._published = 0.0  # whoever gave a command sees its effect at once

    def _guarded(self, work: Callable[[], None]) -> None:
        """Do `work`; an exception becomes the state of the session, never the end of the thread."""
        try:
            work()
        except DivergenceError as error:
            self._state, self._error = "diverged", error
            self._answers.outdate()
        except EngineError as error:
            self._state, self._error = "invalid", error
        except Exception as error:
            traceback.print_exc()
            self._state, self._error = "failed", error
        else:
            return
        self._steps = None

    def _burst(self) -> None:
        """Train for a short while, or once where the speed is limited."""
        assert self._trainer is not None
        if self._steps is None:
            self._steps = self._trainer.steps()
        now = time.perf_counter()
        end, self._due = now + BURST, now + self._interval
        for made in itertools.count(1):
            if next(self._steps, None) is None:
                self._state, self._steps = "finished", None
                break
            self._answers.outdate()
            if self._reached(self._until):
                self._pause()
                break
            if self._interval or self.hold.active or time.perf_counter() >= end:
                self.hold.note(made)
                break
        self._speed.note(self._trainer.step)

    def _reached(self, until: str | None) -> bool:
        return until == "iteration" or (
            until == "epoch" and self._trainer is not None and self._trainer.feed.position == 0
        )

    def _give_way(self) -> None:
        """Leave Python to the screen that draws, or rest until the next update of a slow run."""
        if not self._interval:
            self.hold.wait()
            return
        while self._commands.empty() and (left := self._due - time.perf_counter()) > 0:
            self._publish()
            time.sleep(min(left, 0.01))

    def _limit(self, interval: float) -> None:
        self._interval, self._due = interval, 0.0

    def _start(self, until: str | None) -> None:
        if self._trainer is None or self._state == "invalid":
            return
        if self._trainer.finished:
            self._trainer.extend()
        self._state, self._error, self._until, self._due = "running", None, until, 0.0
        self._speed.begin(self._trainer.step)

    def _pause(self) -> None:
        if self._state == "running":
            self._state = "paused"

    def _change(self, work: Callable[[Trainer], None]) -> None:
        if self._trainer is not None and self._state != "invalid":
            work(self._trainer)
            self._answers.outdate()

    def _reset(self) -> None:
        if self._trainer is not None and self._state != "invalid":
            self._trainer.reset()
            self._state, self._error, self._steps = "idle", None, None
            self._answers.outdate()

    def _apply(self, experiment: Experiment) -> None:
        old, self._experiment = self._experiment, experiment
        if experiment == old:
            return  # only cards were placed elsewhere
        if _asks(experiment) != _asks(old):
            self._wanted = frozenset()
        if experiment.task.kind != old.task.kind:
            self._switch_task(old, experiment)
        if self._trainer is None:
            self._adopt(experiment, None)
            return
        if experiment.task != self._trainer.experiment.task:
            self._announce_loading()
        self._trainer.apply(experiment)
        if not same_layers(experiment.graph, old.graph) or self._state != "running":
            self._rest()
        self._error = None
        self._steps = None
        self._answers.clear()

    def _open(self, experiment: Experiment, checkpoint: Checkpoint | None) -> None:
        self._parked.clear()
        self._wanted = frozenset()  # what suited the old task may make no sense for the new one
        self._adopt(experiment, checkpoint)

    def _switch_task(self, old: Experiment, new: Experiment) -> None:
        """Put the run of the old task aside, and take up the one that the new task had."""
        if self._trainer is not None:
            self._parked[old.task.kind] = self._trainer
        self._trainer = self._parked.pop(new.task.kind, None)
        self._steps = None
        self._answers.clear()
        self._rest()

    def _rest(self) -> None:
        """Stand still, in the state that fits how far the run has come."""
        if self._trainer is None or not self._trainer.step:
            self._state = "idle"
        else:
            self._state = "finished" if self._trainer.finished else "paused"

    def _adopt(self, experiment: Experiment, checkpoint: Checkpoint | None) -> None:
        self._experiment, self._trainer, self._steps = experiment, None, None
        self._answers.clear()
        self._announce_loading()
        self._trainer, self._error = Trainer(experiment, self._device), None
        if checkpoint is not None:
            try:
                self._trainer.restore(checkpoint)
            except EngineError as error:
                self._error = error
                self._trainer.reset()
        self._rest()

    def _move(self, trainer: Trainer, device: str) -> Backend:
        """Take the run to another device; nothing changes where there is none."""
        moved = Trainer(trainer.experiment, device)
        moved.restore(trainer.checkpoint())
        self._device, self._trainer, self._steps = device, moved, None
        self._parked.clear()
        self._answers.clear()
        return moved.device

    def _announce_loading(self) -> None:
        """Show that data are being read, which may take seconds."""
        state, self._state = self._state, "loading"
        self._publish(now=True)
        self._state = state

    def _answer(self, question: Callable[[Trainer], Any], future: Future[Any]) -> None:
        if not future.set_running_or_notify_cancel():
            return
        try:
            if self._trainer is None:
                raise self._error or RuntimeError("there is no network yet")
            future.set_result(question(self._trainer))
        except Exception as error:
            future.set_exception(error)

    def _stale(self) -> bool:
        return (
            self._trainer is not None
            and self._state not in ("invalid", "failed")
            and self._answers.stale(self._wanted)
        )

    def _probe(self) -> None:
        """Answer the probes that are due, within their share of the time."""
        if self._trainer is not None and self._state not in ("invalid", "failed"):
            self._answers.measure(self._trainer, self._wanted, self._state == "running")

    def _is_due(self) -> bool:
        """Whether it is time for the next snapshot."""
        return time.perf_counter() - self._published >= PUBLISH

    def _publish(self, now: bool = False) -> None:
        """Leave a new snapshot in the slot, if it is time or asked for now."""
        if not now and not self._is_due():
            return
        self._published = time.perf_counter()
        trainer = self._trainer
        snapshot = Snapshot(
            self._slot.serial + 1,
            self._state,
            self._experiment,
            error=self._error,
        )
        if trainer is not None and trainer.experiment.task == self._experiment.task:
            snapshot = replace(
                snapshot,
                step=trainer.step,
                epoch=trainer.epoch,
                batch=_batch(trainer),
                batches_per_epoch=trainer.steps_per_epoch,
                goal=trainer.goal,
                speed=self._speed.rate if self._state == "running" else 0.0,
                history=trainer.history.table(),
                batches=trainer.batches.table(),
                answers=self._answers.latest(self._wanted),
                dataset=trainer.dataset,
            )
        with self._changed:
            self._slot = snapshot
            self._changed.notify_all()


def _batch(trainer: Trainer) -> int:
    """Return how many batches of the running epoch are done."""
    wanted = trainer.experiment.training.batch_size
    return trainer.feed.position // trainer.feed.batch_size(wanted)


def _asks(experiment: Experiment) -> tuple[object, ...]:
    """Return what samples and answers of a task look like; other probes suit other ones."""
    task = experiment.task
    return task.kind, task.input_shape, task.target
