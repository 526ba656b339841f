"""Traffic forecasting: from the last rows of a road detector (VDS) to a value some rows ahead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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
from engine.tasks.traffic_file import Readings, read_detector, time_text
from engine.tasks.traffic_month import COLUMNS, month_times, month_values
from engine.text import Text

VALUE_COLUMNS = COLUMNS[1:]
UNITS = {"Speed": "km/h", "Occ.Rate": "%"}
SCALINGS = ("min-max", "standard", "none")
WEEK = np.timedelta64(7, "D")

LAST_VALUE = "last value"
LAST_WEEK = "same time last week"
NO_LAST_WEEK = (
    "Some rows of the test part have no row one week earlier, so the forecast by the same time "
    "last week is left out."
)


@dataclass(frozen=True)
class TrafficDataset(Dataset):
    """Windows of detector readings, with what a forecast view draws.

    Attributes
    ----------
    times
        The times of the targets of each part, datetime64[s] (n,).
    forecasts
        For each part, the simple forecasts by name, (n, 1) in the unit of the target. The forecast
        of the same time last week is there where every target of the part has a row one week
        earlier.
    offsets, scales
        A value in its unit is ``scale * number + offset`` of the number in the network's scale;
        one for each input column and, last, one for the target.
    columns
        The names of the input columns.
    step
        The time from one row to the next.
    """

    times: Mapping[str, NDArray[np.datetime64]] = field(kw_only=True)
    forecasts: Mapping[str, Mapping[str, HostArray]] = field(kw_only=True)
    offsets: HostArray = field(kw_only=True)
    scales: HostArray = field(kw_only=True)
    columns: tuple[str, ...] = field(kw_only=True)
    step: np.timedelta64 = field(kw_only=True)

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
        offsets = np.array(fitted["offsets"], np.float64)
        scales = np.array(fitted["scales"], np.float64)
        usable = np.isfinite(offsets).all() and np.isfinite(scales).all() and scales.all()
        if not offsets.shape == scales.shape == self.scales.shape or not usable:
            raise ValueError("the scaling does not fit the columns")
        factor, shift = self.scales / scales, (self.offsets - offsets) / scales

        def rescaled(part: Part) -> Part:
            inputs = part.inputs * factor[:-1] + shift[:-1]
            targets = part.targets * factor[-1:] + shift[-1:]
            return Part(inputs.astype(np.float32), targets.astype(np.float32))

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
        truth = self.in_units(self.part(part).targets)
        forecasts = self.forecasts[part].items()
        return {name: number_metrics(forecast, truth) for name, forecast in forecasts}


@task("vds", label="VDS", icon="clock")
@dataclass(frozen=True)
class Traffic(Task):
    """A traffic detector's next values, from its own past.

    Without a file, the synthetic month that comes with the program is used; it is the same for
    every seed, as a file would be.
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
        high=576,
        label="Window",
        unit="rows",
        presets=(3, 6, 12, 24, 72, 144, 288),
        help="How many rows back the network sees",
    )
    horizon: int = param(
        1,
        low=1,
        high=288,
        label="Horizon",
        unit="rows",
        presets=(1, 3, 6, 12),
        help="How many rows ahead the forecast is",
    )
    scaling: str = param(
        "min-max",
        choices=SCALINGS,
        label="Scaling",
        help="Fitted on the training part: to 0 … 1, or to mean 0 and standard deviation 1",
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
        for column in self.inputs:
            if self.inputs.count(column) > 1:
                raise FieldError(
                    "{owner}: {field} names {column} twice; name it once.",
                    owner=self.label,
                    field="inputs",
                    column=column,
                )
        if self.training_share + self.validation_share > 0.951:
            raise FieldError(
                "{owner}: training_share {training} and validation_share {validation} leave "
                "nothing to test; together they may be at most 0.95.",
                owner=self.label,
                training=self.training_share,
                validation=self.validation_share,
            )

    @property
    def input_shape(self) -> Shape:
        """Rows, oldest first, by columns."""
        return (self.window, len(self.inputs))

    @property
    def target(self) -> Target:
        """One number, in vehicles, km/h or percent."""
        return Target((self.target_column,), False, UNITS.get(self.target_column, "vehicles"))

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
        step, segments = _segments(readings.times)
        reach = self.window + self.horizon
        first = np.arange(max(len(segments) - reach + 1, 0))
        starts = first[segments[first] == segments[first + reach - 1]]
        sizes = self._part_sizes(len(starts))
        if min(sizes) < 1:
            raise self._too_short(readings, segments)
        goals = starts + reach - 1
        scaled, offsets, scales = self._scaled(readings.values, goals[sizes[0] - 1] + 1)
        windows = sliding_window_view(scaled[:, :-1], self.window, axis=0)
        inputs = np.ascontiguousarray(windows[starts].transpose(0, 2, 1))
        targets = scaled[goals, -1:]
        bounds = pairwise(accumulate(sizes, initial=0))
        cuts = {name: slice(*ends) for name, ends in zip(PARTS, bounds, strict=True)}
        simple = self._forecasts(readings, goals)
        forecasts = {name: _complete(simple, cut) for name, cut in cuts.items()}
        notices = _gap_notices(readings, segments, len(first) - len(starts))
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
        )

    def _readings(self) -> Readings:
        """Return the input columns and, last, the target column."""
        columns = (*self.inputs, self.target_column)
        if self.file:
            return read_detector(self.file, columns)
        month, times = month_values(), month_times()
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

    def _scaled(
        self, values: HostArray, training_rows: int
    ) -> tuple[HostArray, HostArray, HostArray]:
        """Scale each column by what its first `training_rows` rows hold.

        Returns the float32 columns, and the offset and scale of each.
        """
        seen = values[:training_rows]
        if self.scaling == "min-max":
            offset, scale = seen.min(axis=0), np.ptp(seen, axis=0)
        elif self.scaling == "standard":
            offset, scale = seen.mean(axis=0), seen.std(axis=0)
        else:
            offset, scale = np.zeros(values.shape[1]), np.ones(values.shape[1])
        scale = np.where(scale > 0, scale, 1.0)  # a column that never changes becomes 0
        scaled = ((values - offset) / scale).astype(np.float32)
        return scaled, offset, scale

    def _forecasts(self, readings: Readings, goals: NDArray[np.int64]) -> dict[str, HostArray]:
        """Forecast the rows `goals` simply, (N, 1) in real units; NaN where a row is missing."""
        truth = readings.values[:, -1:]
        week_before = readings.times[goals] - WEEK
        rows = np.searchsorted(readings.times, week_before)
        found = (readings.times[rows] == week_before)[:, None]
        return {
            LAST_VALUE: truth[goals - self.horizon],
            LAST_WEEK: np.where(found, truth[rows], np.nan),
        }


def _complete(forecasts: Mapping[str, HostArray], cut: slice) -> dict[str, HostArray]:
    """Return those forecasts, in a part of the rows, that miss none of them."""
    parts = {name: values[cut] for name, values in forecasts.items()}
    return {name: values for name, values in parts.items() if not np.isnan(values).any()}


def _segments(times: NDArray[np.datetime64]) -> tuple[np.timedelta64, NDArray[np.int64]]:
    """Return the usual step of the times, and for each row the number of its unbroken stretch."""
    if len(times) < 2:
        return np.timedelta64(300, "s"), np.zeros(len(times), np.int64)
    steps, counts = np.unique(np.diff(times), return_counts=True)
    step = steps[counts.argmax()]
    return step, np.concatenate([[0], np.cumsum(np.diff(times) != step)])


def _gap_notices(
    readings: Readings, segments: NDArray[np.int64], left_out: int
) -> tuple[Text, ...]:
    """Tell where time jumps, and how many windows are left out for it."""
    ends = np.flatnonzero(np.diff(segments))
    if not len(ends):
        return ()
    end = int(ends[0])
    place = {
        "file": readings.file,
        "row": int(readings.rows[end]),
        "time": time_text(readings.times[end]),
        "next_row": int(readings.rows[end + 1]),
        "next_time": time_text(readings.times[end + 1]),
        "left_out": left_out,
    }
    if len(ends) == 1:
        notice = Text(
            "{file} has a gap in time between row {row} ({time}) and row {next_row} "
            "({next_time}); the {left_out} windows that would cross it are left out.",
            **place,
        )
    else:
        notice = Text(
            "{file} has {gaps} gaps in time, the first between row {row} ({time}) and row "
            "{next_row} ({next_time}); the {left_out} windows that would cross them are left out.",
            gaps=len(ends),
            **place,
        )
    return (notice,)
