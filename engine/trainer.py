"""The training loop: a generator of updates, with history, early stopping and resume."""

from __future__ import annotations

import functools
import time
from collections.abc import Iterator, Mapping
from copy import copy
from math import ceil, isfinite
from typing import Any

import numpy as np

from engine.arrays import Array, backend
from engine.checkpoint import Checkpoint, counter, fill
from engine.errors import DivergenceError, FormatError
from engine.experiment import Experiment
from engine.feed import Feed
from engine.graph import OUTPUT
from engine.history import History
from engine.network import Network
from engine.optimizers import OptimizerState
from engine.schedules import warmed_up
from engine.tasks import Dataset, Task
from engine.tasks.base import PARTS, HostArray
from engine.text import Text
from engine.transfer import adopt, transfer
from engine.updates import update

TRAINING_ROWS = 2000
"""So many answers in training are measured at the end of an epoch; at the end of a run, all."""

EVERY_EPOCH = 50
"""Each of the first epochs is recorded; later ones so that measuring takes little of the time."""

STEPS_PER_RECORD = 100
"""… after that at most one record comes in so many updates."""

STEPS_PER_CHECKPOINT = 200

BATCH_RECORDS = 50
"""An epoch of many batches also records its running training loss so many times, …"""

STEPS_PER_BATCH_RECORD = 10
"""… each time over so many batches or more."""


@functools.lru_cache(maxsize=2)
def load(task: Task, seed: int) -> Dataset:
    """Return the data of a task, kept in memory for the next run."""
    return task.load(seed)


class Trainer:
    """A run of an experiment.

    Iterate over `steps` to train; between two updates anything may be read or changed.

    Parameters
    ----------
    experiment
        What to train on what.
    device
        ``"cpu"``, ``"cuda"`` or ``"auto"``.

    Attributes
    ----------
    step, epoch
        Updates made and epochs finished.
    steps_per_epoch
        Updates an epoch has.
    feed
        The data, and how far the running epoch has come.
    goal
        The epoch at which the run is finished.
    stopped
        Whether early stopping ended the run.
    """

    def __init__(self, experiment: Experiment, device: str = "cpu") -> None:
        self.device = backend(device)
        self.experiment = experiment
        self.reset()

    def reset(self) -> None:
        """Go back to the beginning: initial weights, empty history."""
        for error in self.experiment.shapes().errors.values():
            raise error
        self.step = self.epoch = 0
        self.goal = self.experiment.training.epochs
        self.seconds = 0.0
        self.stopped = False
        self._best: tuple[float, int, Array] | None = None
        self._batch_losses: list[float] = []
        self._build()
        self.feed = self._new_feed(load(self.experiment.task, self.experiment.training.seed))
        self._adapt()
        self.steps_per_epoch = self.feed.batches(self.experiment.training.batch_size)
        self.history = self._new_history()
        self.batches = History(("step", "epoch", "loss"), 4096)
        self.good = self.checkpoint()

    def apply(self, experiment: Experiment) -> None:
        """Go on with other settings.

        The weights of nodes whose name, kind and shapes stay are kept, and with them what the
        optimizer remembers of them; new nodes begin anew. Where anything fails, the run stays as
        it is: what differs is built in a copy, which takes the place of the run in the end.
        """
        for error in experiment.shapes().errors.values():
            raise error
        changed = copy(self)
        changed._adopt(experiment)
        changed.stopped = False
        changed._renew_patience()
        changed.good = changed.checkpoint()
        vars(self).update(vars(changed))

    def _adopt(self, new: Experiment) -> None:
        """Replace what another experiment changes, and write into nothing that is kept."""
        old, feed, network = self.experiment, self.feed, self.network
        self.experiment = new
        same_data = (new.task, new.training.seed) == (old.task, old.training.seed)
        dataset = feed.dataset if same_data else load(new.task, new.training.seed)
        if new.training.epochs != old.training.epochs:
            self.goal = max(new.training.epochs, self.epoch)
        other_data = dataset is not feed.dataset
        if (new.graph, new.training.loss, new.task.input_shape) != (
            old.graph,
            old.training.loss,
            network.input_shape,
        ) or (other_data and any(node.layer.samples for node in new.graph)):
            self._rebuild()
        elif other_data:
            self._best = None
        self.feed = self._new_feed(dataset)
        self.feed.rewind(0 if other_data else feed.position)
        if self.network is not network:
            self._adapt()
        self.steps_per_epoch = self.feed.batches(new.training.batch_size)
        if new.training.optimizer.slots != old.training.optimizer.slots:
            self.optimizer_state = self._new_optimizer_state()
        if self.history.columns != self._columns():
            self.history = self._new_history()

    def _rebuild(self) -> None:
        """Build the network anew, keeping the weights, and the memory of them, that still fit."""
        network, memory = self.network, self.optimizer_state
        self._build()
        adopt(network, self.network)
        self.optimizer_state.t = memory.t
        for name in self.optimizer_state.slots.keys() & memory.slots.keys():
            transfer(memory.slots[name], network, self.network, self.optimizer_state.slots[name])
        self._best = None

    def _adapt(self) -> None:
        """Show training samples to layers that take their statistics from them."""
        self.network.adapt(self.dataset.training.inputs, self.experiment.training.seed)

    def _build(self) -> None:
        experiment = self.experiment
        self.network = Network(
            experiment.graph,
            experiment.task.input_shape,
            experiment.training.loss,
            seed=experiment.training.seed,
            device=self.device,
        )
        self.optimizer_state = self._new_optimizer_state()

    def _new_optimizer_state(self) -> OptimizerState:
        slots = self.experiment.training.optimizer.slots
        return OptimizerState(self.device.xp, self.network.theta, slots, self.network.decays)

    def _columns(self) -> tuple[str, ...]:
        outputs = np.zeros((1, *self.network.shapes[OUTPUT]), np.float32)
        metrics = self.dataset.measure(outputs, "training")
        names = [f"{part}_{name}" for name in ("loss", *metrics) for part in PARTS[:2]]
        return ("step", "epoch", "seconds", "learning_rate", *names)

    def _new_history(self) -> History:
        return History(self._columns())

    def _new_feed(self, dataset: Dataset) -> Feed:
        balanced = self.experiment.training.class_weights == "balanced"
        return Feed(dataset, self.network.shapes[OUTPUT][-1], self.device, balanced)

    @property
    def dataset(self) -> Dataset:
        """The data of the run."""
        return self.feed.dataset

    @property
    def learning_rate(self) -> float:
        """The rate of the next update, after schedule and warm-up."""
        training = self.experiment.training
        epoch = self.epoch + self.feed.position / len(self.feed)
        factor: float = warmed_up(training.schedule, training.warmup, epoch, self.goal)
        return training.learning_rate * factor

    @property
    def finished(self) -> bool:
        """Whether the goal is reached or early stopping ended the run."""
        return self.stopped or self.epoch >= self.goal

    def extend(self) -> None:
        """Let a finished run go on for as many epochs again."""
        self.goal = self.epoch + self.experiment.training.epochs
        self.stopped = False
        self._renew_patience()
        self.good = self.checkpoint()

    def steps(self) -> Iterator[float]:
        """Train until the run is finished, yielding the loss of each batch after its update.

        Raises
        ------
        DivergenceError
            Where a loss is not finite. The network is back at the last good record by then.
        """
        while not self.finished:
            began = time.perf_counter()
            loss = self._update()
            self.step += 1
            if self.feed.epoch_is_over:
                self.feed.rewind()
                self.epoch += 1
                self._end_epoch()
            self.seconds += time.perf_counter() - began
            yield loss

    def _update(self) -> float:
        training = self.experiment.training
        rate = self.learning_rate
        batch = self.feed.next(training.batch_size, self.epoch, training.seed)
        loss = update(self.network, training, self.optimizer_state, batch, rate)
        if not isfinite(loss):
            self._diverged(loss, self.step + 1, batch[0])
        if self.steps_per_epoch >= BATCH_RECORDS * STEPS_PER_BATCH_RECORD:
            self._note_batch(loss)
        return loss

    def _note_batch(self, loss: float) -> None:
        self._batch_losses.append(loss)
        interval = self.batches.every * ceil(self.steps_per_epoch / BATCH_RECORDS)
        if len(self._batch_losses) >= interval:
            mean = sum(self._batch_losses) / len(self._batch_losses)
            epoch = self.epoch + self.feed.position / len(self.feed)
            self.batches.append((self.step + 1, epoch, mean))
            self._batch_losses.clear()

    def _end_epoch(self) -> None:
        every = self.history.every
        if not self.experiment.training.patience:  # which looks at every epoch
            every *= max(1, STEPS_PER_RECORD // self.steps_per_epoch)
        if self.epoch <= EVERY_EPOCH or self.epoch % every == 0 or self.finished:
            self.record()

    def record(self) -> None:
        """Measure the network and add a row to the history; stop where patience has run out."""
        row: dict[str, float] = {
            "step": self.step,
            "epoch": self.epoch,
            "seconds": self.seconds,
            "learning_rate": self.learning_rate,
        }
        answers = TRAINING_ROWS // max(1, self.dataset.target.steps)
        for part, limit in (("training", max(1, answers)), ("validation", None)):
            for name, value in self.measure(part, limit).items():
                row[f"{part}_{name}"] = value
        self.history.append([row[name] for name in self.history.columns])
        if not isfinite(row["training_loss"]):
            self._diverged(row["training_loss"], self.step, self.feed.part("training")[0][:1])
        self._watch(row["validation_loss"])
        if self.step >= self.good.state["step"] + STEPS_PER_CHECKPOINT:
            self.good = self.checkpoint()

    def measure(
        self, part: str, limit: int | None = None, thorough: bool = False
    ) -> dict[str, float]:
        """Return loss and metrics over a part of the data, or over its first `limit` rows."""
        chunks = self.feed.chunks(part, self.network.chunk, limit)
        loss, prediction = self.network.evaluate(chunks)
        return {"loss": loss, **self.dataset.measure(prediction, part, thorough)}

    def _watch(self, validation_loss: float) -> None:
        """Stop early, going back to the best weights, where patience has run out."""
        patience = self.experiment.training.patience
        if not patience:
            self._best = None
        elif self._best is None or validation_loss < self._best[0]:
            self._best = validation_loss, self.epoch, self.network.theta.copy()
        elif self.epoch - self._best[1] >= patience:
            self.network.theta[:] = self._best[2]
            self.stopped = True

    def _renew_patience(self) -> None:
        """Count the epochs without a better loss from here on."""
        if self._best is not None:
            loss, _, theta = self._best
            self._best = loss, self.epoch, theta

    def _diverged(self, loss: float, step: int, x: Array) -> None:
        """Go back to the last good record, and say where update `step` spoilt the run."""
        good, (quantity, node) = self.good, self.network.culprit(x)
        self.restore(good)
        raise DivergenceError(
            "The loss became {value} at iteration {step}, {quantity} of {layer} first; go back to "
            "iteration {good} and lower the learning rate.",
            value="NaN" if loss != loss else Text("infinite"),
            step=step,
            quantity=quantity,
            layer=self.experiment.graph[node].title,
            good=good.state["step"],
        )

    def checkpoint(self) -> Checkpoint:
        """Return the run as it is now."""
        to_host = self.device.to_host
        arrays = {"theta": to_host(self.network.theta)}
        for name, vector in self.optimizer_state.slots.items():
            arrays[f"slot.{name}"] = to_host(vector)
        if self._best is not None:
            arrays["best"] = to_host(self._best[2])
        history, batches = self.history.table(), self.batches.table()
        state = {
            "step": self.step,
            "epoch": self.epoch,
            "position": self.feed.position,
            "goal": self.goal,
            "seconds": self.seconds,
            "stopped": self.stopped,
            "fitted": self.dataset.fitted,
            "updates": self.optimizer_state.t,
            "best": None if self._best is None else list(self._best[:2]),
            "every": [self.history.every, self.batches.every],
            "batch_losses": list(self._batch_losses),
            "streams": {
                name: rng.bit_generator.state for name, rng in self.network.streams().items()
            },
        }
        return Checkpoint({**arrays, "history": history.rows, "batches": batches.rows}, state)

    def restore(self, checkpoint: Checkpoint) -> None:
        """Go back to a checkpoint of the same experiment.

        Raises
        ------
        FormatError
            Where its arrays do not fit the network, as in a damaged file.
        """
        arrays, state = checkpoint.arrays, checkpoint.state
        try:
            self._restore_arrays(arrays, state)
            self.feed.refit(state["fitted"])
            self.feed.rewind(counter(state["position"], len(self.feed)))
            self.step, self.epoch, self.goal = (
                counter(state[name]) for name in ("step", "epoch", "goal")
            )
            self.seconds, self.stopped = float(state["seconds"]), bool(state["stopped"])
            self.optimizer_state.t = counter(state["updates"])
            self._batch_losses = [float(loss) for loss in state["batch_losses"]]
            for name, rng in self.network.streams().items():
                rng.bit_generator.state = state["streams"][name]
        except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
            raise FormatError(
                "The saved state of the run is damaged ({reason}); train the network anew.",
                reason=error,
            ) from None
        self.good = checkpoint

    def _restore_arrays(self, arrays: Mapping[str, HostArray], state: Mapping[str, Any]) -> None:
        fill(self.network.theta, arrays["theta"], self.device)
        for name, vector in self.optimizer_state.slots.items():
            fill(vector, arrays[f"slot.{name}"], self.device)
        self._best = None
        if state["best"] is not None:
            loss, epoch = state["best"]
            self._best = float(loss), int(epoch), self.network.theta.copy()
            fill(self._best[2], arrays["best"], self.device)
        for table, rows, every in (
            (self.history, arrays["history"], state["every"][0]),
            (self.batches, arrays["batches"], state["every"][1]),
        ):
            if rows.ndim != 2 or rows.shape[1] != len(table.columns):
                raise ValueError("the history has other columns")
            table.load(rows, max(1, int(every)))
