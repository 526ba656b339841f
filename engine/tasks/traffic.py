"""Traffic: from the last rows of a road detector (VDS) to a value, or its class, now or later."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import accumulate, count, pairwise
from typing import Any, ClassVar

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from engine.arrays import Shape
from engine.errors import DataError, FieldError
from engine.fields import param
from engine.metrics import number_metrics
from engine.tasks.base import PARTS, Dataset, HostArray, Part, Target, Task, task
from engine.tasks.baselines import MEAN, MOST_FREQUENT, class_baseline, most_frequent
from engine.tasks.checks import check_distinct, check_shares
from engine.tasks.overview import Overview, overview
from engine.tasks.scaling import SCALING_HELP, SCALINGS, fit_scaling, fitted_scaling, scaled
from engine.tasks.table_columns import Column
from engine.tasks.thresholds import MOST_THRESHOLDS, check_thresholds, class_names, cut
from engine.tasks.traffic_file import Readings, read_detector
from engine.tasks.traffic_gaps import gap_notices, segments_of
from engine.tasks.traffic_month import COLUMNS, month_times, month_values
from engine.text import Text

VALUE_COLUMNS = COLUMNS[1:]
UNITS = {"Speed": "km/h", "Occ.Rate": "%"}
WEEK = np.timedelta64(7, "D")

LAST_VALUE = "last value"
LAST_WEEK = "same time last week"
NO_LAST_WEEK = (
    "Some rows of the test part have no row one week earlier, so the forecast by the same time "
    "last week is left out."
)


@dataclass(frozen=True)
class Measured:
    """What a detector measured, in order of time.

    Attributes
    ----------
    times
        datetime64[s] (N,).
    values
        The numbers of each column, in its unit, float64 (N,).
    """

    times: NDArray[np.datetime64]
    values: Mapping[str, HostArray]

    def columns(self) -> list[Column]:
        """Return the columns as those of a table."""
        return [Column(name, numbers) for name, numbers in self.values.items()]


@dataclass(frozen=True)
class TrafficDataset(Dataset):
    """Windows of detector readings, with what a forecast view draws.

    Attributes
    ----------
    times
        The times of the targets of each part, datetime64[s] (n,).
    forecasts
        For each part, the simple forecasts by name, numbers (n, 1) in the unit of the target or
        classes (n,). The forecast of the same time last week is there where every target of the
        part has a row one week earlier.
    offsets, scales
        A value in its unit is ``scale * number + offset`` of the number in the network's scale;
        one for each input column and, last, one for the target (0 and 1 if that is a class).
    columns
        The names of the input columns.
    step
        The time from one row to the next.
    readings
        What was measured in all rows, in its unit.
    overview
        What can be told of them.
    """

    times: Mapping[str, NDArray[np.datetime64]] = field(kw_only=True)
    forecasts: Mapping[str, Mapping[str, HostArray]] = field(kw_only=True)
    offsets: HostArray = field(kw_only=True)
    scales: HostArray = field(kw_only=True)
    columns: tuple[str, ...] = field(kw_only=True)
    step: np.timedelta64 = field(kw_only=True)
    readings: Measured = field(kw_only=True)
    overview: Overview = field(kw_only=True)

    def in_units(self, values: HostArray) -> HostArray:
        """Undo the scaling of the target, in float64."""
        units: HostArray = values.astype(np.float64) * self.scales[-1] + self.offsets[-1]
        return units

    @property
    def fitted(self) -> Mapping[str, Any]:
        """Offsets and scales."""
        return {"offsets": self.offsets.tolist(), "scales": self.scales.tolist()}

    def with_fitted(self, fitted: Mapping[str, Any]) -> TrafficDataset:
        """Return the same rows under the offsets and scales of another run."""
        if fitted == self.fitted:
            return self
        offsets, scales = fitted_scaling(fitted["offsets"], fitted["scales"], len(self.scales))
        factor, shift = self.scales / scales, (self.offsets - offsets) / scales

        def rescaled(part: Part) -> Part:
            inputs = part.inputs * factor[:-1] + shift[:-1]
            targets = part.targets
            if not self.target.classes:
                targets = (targets * factor[-1:] + shift[-1:]).astype(np.float32)
            return Part(inputs.astype(np.float32), targets)

        return replace(
            self,
            training=rescaled(self.training),
            validation=rescaled(self.validation),
            test=rescaled(self.test),
            offsets=offsets,
            scales=scales,
        )

    def baselines(self, part: str) -> Mapping[str, Mapping[str, float]]:
        """Return the metrics of the simple forecasts on the targets of a part."""
        truth, forecasts = self.part(part).targets, self.forecasts[part].items()
        if self.target.classes:
            classes = len(self.target.labels)
            return {name: class_baseline(guess, truth, classes) for name, guess in forecasts}
        truth = self.in_units(truth)
        return {name: number_metrics(forecast, truth) for name, forecast in forecasts}


@task("vds", label="VDS", icon="clock")
@dataclass(frozen=True)
class Traffic(Task):
    """A traffic detector's next values from its own past, or one column from the others.

    With thresholds the answer is a class, such as jam or free traffic by the speed. Without a
    file, the synthetic month that comes with the program is used; it is the same for every seed,
    as a file would be.
    """

    data_field: ClassVar[str] = "file"

    file: str = param("", label="File", help="A CSV file of a detector; empty: the sample month")
    target_column: str = param(
        "ToVol", choices=VALUE_COLUMNS, label="Target", help="What is forecast"
    )
    inputs: tuple[str, ...] = param(
        ("ToVol", "Speed", "Occ.Rate"),
        choices=VALUE_COLUMNS,
        low=1,
        high=len(VALUE_COLUMNS),
        label="Inputs",
        help="The columns the network sees",
    )
    window: int = param(
        12,
        low=1,
        high=2016,
        label="Window",
        unit="rows",
        presets=(3, 6, 12, 24, 72, 144, 288),
        help="How many rows back the network sees",
    )
    horizon: int = param(
        1,
        low=0,
        high=288,
        label="Horizon",
        unit="rows",
        presets=(0, 1, 3, 6, 12),
        help="How many rows ahead the forecast is; 0 predicts the target from the other columns "
        "at the same time",
    )
    thresholds: tuple[float, ...] = param(
        (),
        high=MOST_THRESHOLDS,
        label="Thresholds",
        help="Where the target is cut into classes; without any, the number itself is predicted",
    )
    scaling: str = param(
        "min-max",
        choices=SCALINGS,
        label="Scaling",
        help=SCALING_HELP,
    )
    training_share: float = param(
        0.7,
        low=0.1,
        high=0.9,
        step=0.05,
        label="Training share",
        help="Share of the samples, from the first on, the network learns from",
    )
    validation_share: float = param(
        0.1,
        low=0.05,
        high=0.5,
        step=0.05,
        label="Validation share",
        help="Share that follows and validates; the rest, the latest, is the test part",
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        check_distinct(self.label, "inputs", self.inputs)
        if self.horizon == 0 and self.target_column in self.inputs:
            raise FieldError(
                "{owner}: {column} is to be predicted at the same time, so it cannot be among the "
                "inputs; take it out, or choose a horizon of 1 or more.",
                owner=self.label,
                column=self.target_column,
            )
        check_thresholds(self.label, self.thresholds)
        check_shares(self.label, self.training_share, self.validation_share)

    @property
    def input_shape(self) -> Shape:
        """Rows, oldest first, by columns; one row at the time of the target is a list."""
        if self.window == 1 and self.horizon == 0:
            return (len(self.inputs),)
        return (self.window, len(self.inputs))

    @property
    def target(self) -> Target:
        """One number, in vehicles, km/h or percent, or its class."""
        unit = UNITS.get(self.target_column, "vehicles")
        if self.thresholds:
            return Target(class_names(self.thresholds), unit=unit)
        return Target((self.target_column,), False, unit)

    def load(self, seed: int) -> TrafficDataset:
        """Read the file or take the sample month, and cut it into windows; `seed` plays no part.

        Samples are in order of time. No window reaches over a gap, and a notice tells of gaps.
        The windows of a part may look back into the part before it, its targets may not.

        Raises
        ------
        DataError
            Where the file cannot be used; it names file, row and column.
        """
        readings = self._readings()
        step, segments = segments_of(readings.times)
        reach = self.window + self.horizon
        first = np.arange(max(len(segments) - reach + 1, 0))
        starts = first[segments[first] == segments[first + reach - 1]]
        sizes = self._part_sizes(len(starts))
        if min(sizes) < 1:
            raise self._too_short(readings, segments)
        goals = starts + reach - 1
        seen = readings.values[: goals[sizes[0] - 1] + 1]
        offsets, scales = fit_scaling(seen, self.scaling)
        if self.thresholds:
            offsets[-1], scales[-1] = 0, 1
        columns = (*self.inputs, self.target_column)
        numbers = scaled(readings.values, offsets, scales, readings.file, columns)
        windows = sliding_window_view(numbers[:, :-1], self.window, axis=0)[starts]
        inputs = np.ascontiguousarray(windows.transpose(0, 2, 1)).reshape(-1, *self.input_shape)
        answers = self._answers(readings.values[:, -1])
        targets = answers[goals] if self.thresholds else numbers[goals, -1:]
        bounds = pairwise(accumulate(sizes, initial=0))
        cuts = {name: slice(*ends) for name, ends in zip(PARTS, bounds, strict=True)}
        forecasts = self._forecasts(
            readings, answers, {name: goals[cut] for name, cut in cuts.items()}
        )
        notices = gap_notices(readings, segments, len(first) - len(starts))
        if LAST_WEEK not in forecasts["test"]:
            notices += (Text(NO_LAST_WEEK),)
        return TrafficDataset(
            self.target,
            *(Part(inputs[cut], targets[cut]) for cut in cuts.values()),
            notices=notices,
            times={name: readings.times[goals[cut]] for name, cut in cuts.items()},
            forecasts=forecasts,
            offsets=offsets,
            scales=scales,
            columns=self.inputs,
            step=step,
            readings=(measured := self._measured(readings)),
            overview=overview(measured.columns(), measured.times),
        )

    def _forecasts(
        self, readings: Readings, answers: HostArray, goals: Mapping[str, HostArray]
    ) -> dict[str, dict[str, HostArray]]:
        """Return what needs no network for the rows that are the goals of each part."""
        simple = self._simple(answers[goals["training"]])
        return {
            part: simple(len(rows)) | self._known(readings.times, answers, rows)
            for part, rows in goals.items()
        }

    def _measured(self, readings: Readings) -> Measured:
        """Return each column that was read, once; of the sample month, all of its columns."""
        names = dict.fromkeys((*self.inputs, self.target_column))
        values = {name: readings.values[:, place] for place, name in enumerate(names)}
        if not self.file:
            values = {name: _month()[name].astype(np.float64) for name in VALUE_COLUMNS}
        return Measured(readings.times, values)

    def _readings(self) -> Readings:
        """Return the input columns and, last, the target column."""
        columns = (*self.inputs, self.target_column)
        if self.file:
            return read_detector(self.file, columns)
        month, times = _month(), month_times()
        values = np.stack([month[column] for column in columns], axis=1).astype(np.float64)
        return Readings("", np.arange(len(times)) + 2, times, values)

    def _part_sizes(self, samples: int) -> tuple[int, int, int]:
        training = round(samples * self.training_share)
        validation = round(samples * self.validation_share)
        return training, validation, samples - training - validation

    def _too_short(self, readings: Readings, segments: NDArray[np.int64]) -> DataError:
        needed = next(samples for samples in count(3) if min(self._part_sizes(samples)) > 0)
        return DataError(
            "{file} has {rows} rows, at most {unbroken} of them without a gap in time; a window of "
            "{window} rows and a horizon of {horizon} need {needed}. Take a longer file or a "
            "shorter window.",
            file=readings.file,
            rows=len(segments),
            unbroken=int(np.bincount(segments).max(initial=0)),
            window=self.window,
            horizon=self.horizon,
            needed=needed + self.window + self.horizon - 1,
        )

    def _answers(self, values: HostArray) -> HostArray:
        """Return values in their unit (N,) as classes (N,), or as numbers (N, 1)."""
        return cut(values, self.thresholds) if self.thresholds else values[:, None]

    def _simple(self, learned: HostArray) -> Callable[[int], dict[str, HostArray]]:
        """Return the forecast that is the same for all rows, made for so many of them."""
        if self.thresholds:
            frequent = most_frequent(learned)
            return lambda rows: {MOST_FREQUENT: np.full(rows, frequent)}
        if self.horizon:
            return lambda rows: {}
        mean = learned.mean()
        return lambda rows: {MEAN: np.full((rows, 1), mean)}

    def _known(
        self, times: NDArray[np.datetime64], answers: HostArray, goals: NDArray[np.int64]
    ) -> dict[str, HostArray]:
        """Forecast the rows `goals` by answers of earlier rows; no forecast misses a row."""
        week_before = times[goals] - WEEK
        rows = np.searchsorted(times, week_before)
        forecasts = {LAST_VALUE: answers[goals - self.horizon]} if self.horizon else {}
        if (times[rows] == week_before).all():
            forecasts[LAST_WEEK] = answers[rows]
        return forecasts


@lru_cache(maxsize=1)
def _month() -> Mapping[str, HostArray]:
    """Return the columns of the sample month, which takes a while to make."""
    return month_values()
