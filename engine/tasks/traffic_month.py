"""A synthetic month of one road-traffic detector, made by a small model of a road.

The road is an urban one with three lanes. A signal upstream releases vehicles in platoons; an exit
downstream lets them out, and when more come than it takes, a queue grows back over the detector:
speeds break down and the loops stay occupied. No row of any measured data is used. Only the
summary that the course prints for its own detector (quartiles, mean, standard deviation, extremes)
shapes the result: each simulated series keeps the order of its values in time and gets the
distribution of a smooth quantile function through those numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["COLUMNS", "month_times", "month_values", "synthetic_month"]

COLUMNS = ("Date", "ToVol", "SmVol", "MeVol", "LaVol", "Speed", "Occ.Rate")
"""The columns of a detector file: time, vehicles in 5 minutes (total, small, medium, large), speed
in km/h and occupancy in percent."""

Array = NDArray[np.float64]

STEPS_PER_HOUR = 12
STEPS_PER_DAY = 24 * STEPS_PER_HOUR
DAYS = 28
STEPS = DAYS * STEPS_PER_DAY
FIRST_DAY = "2017-04-02"  # a Sunday, the first day of the course's month
DAY_KINDS = ("sunday", *("weekday",) * 5, "saturday")

LANES = 3
STEP_SECONDS = 300.0
DETECTED_METRES = {"small": 5.5, "medium": 8.0, "large": 14.0}  # vehicle plus loop length
# The signal's plans of the day: start hours; cycles in seconds before, between and after them.
SIGNAL_PLAN_STARTS = np.array([6.5, 9.5, 13.0, 17.0, 20.0, 22.5])
SIGNAL_CYCLES = np.array([140.0, 180.0, 170.0, 160.0, 190.0, 170.0, 140.0])


@dataclass(frozen=True)
class _Quantiles:
    """A smooth quantile function through three quartiles and two extremes.

    Cubic Hermite pieces join the quartiles; each outer quarter is a straight line plus a power, so
    the tail is as long as the extreme asks and no longer. ``slopes`` are the slopes at the three
    quartiles (over a quarter of probability) and ``powers`` the exponents of the lower and the
    upper tail; they are chosen so that the mean and the standard deviation come out, too.
    """

    low: float
    quartiles: tuple[float, float, float]
    high: float
    slopes: tuple[float, float, float]
    powers: tuple[float, float]

    def __call__(self, probability: Array) -> Array:
        (q1, q2, q3), (s1, s2, s3) = self.quartiles, self.slopes
        quarter = 4.0 * probability
        below = np.clip(1.0 - quarter, 0.0, 1.0)
        above = np.clip(quarter - 3.0, 0.0, 1.0)
        lower_tail = q1 - s1 * below - (q1 - self.low - s1) * below ** self.powers[0]
        upper_tail = q3 + s3 * above + (self.high - q3 - s3) * above ** self.powers[1]
        return np.select(
            [quarter < 1, quarter < 2, quarter < 3],
            [
                lower_tail,
                _hermite(quarter - 1, q1, q2, s1, s2),
                _hermite(quarter - 2, q2, q3, s2, s3),
            ],
            upper_tail,
        )


def _hermite(t: Array, y0: float, y1: float, s0: float, s1: float) -> Array:
    """Cubic with the values y0, y1 and the slopes s0, s1 at t = 0 and t = 1."""
    rest = 1.0 - t
    return rest**2 * (y0 * (1 + 2 * t) + s0 * t) + t**2 * (y1 * (3 - 2 * t) - s1 * rest)


# Extremes and quartiles as the course prints them; slopes and powers solved for the smoothest curve
# with its mean and standard deviation (occupancy: within 2 %, for a smoother foot). 49.6 and 13.4
# round to the printed 50 and 13; within that freedom they leave the small vehicles their quartile.
TOTAL_QUANTILES = _Quantiles(6, (49.6, 122, 155), 338, (42.97, 45.26, 48.10), (4, 12))
MEDIUM_QUANTILES = _Quantiles(0, (13.4, 29, 44), 145, (9.75, 15.48, 19.58), (6, 48))
SPEED_QUANTILES = _Quantiles(9.1, (44.9, 48.5, 54.2), 87.8, (3.80, 3.751, 8.25), (12, 32))
OCCUPANCY_QUANTILES = _Quantiles(0.23, (2.14, 5.55, 7.29), 82.1, (0.730, 1.613, 5.102), (8, 24))
LARGE_MEAN, LARGE_STD = 1.158110, 1.530192


def synthetic_month(seed: int = 2017) -> pd.DataFrame:
    """Return four weeks of a synthetic detector, from 2017-04-02 0:00 to 2017-04-29 23:55.

    Parameters
    ----------
    seed : int
        Seed of every random draw; the same seed gives the same month.

    Returns
    -------
    pandas.DataFrame
        8,064 five-minute rows with the columns `COLUMNS`: ``Date`` as text
        (``2017-04-02 0:05``), integer vehicle counts with ``ToVol = SmVol + MeVol + LaVol`` on
        every row, ``Speed`` in km/h and ``Occ.Rate`` in percent.
    """
    import pandas as pd

    return pd.DataFrame({"Date": _dates(), **month_values(seed)})


def month_values(seed: int = 2017) -> dict[str, NDArray[Any]]:
    """Return the columns of `synthetic_month` but the first, 8,064 numbers each."""
    rng = np.random.default_rng(seed)
    demand = _demand(rng)
    flow, jam = _queue(rng, demand)
    total = np.rint(_with_quantiles(_counted(rng, flow), TOTAL_QUANTILES)).astype(np.int64)
    small, medium, large = _classes(rng, total)
    speed = _with_quantiles(_speed(rng, total, jam), SPEED_QUANTILES)
    occupancy = _occupancy(rng, small, medium, large, speed, jam)
    occupancy = _with_quantiles(occupancy, OCCUPANCY_QUANTILES)
    values = (total, small, medium, large, speed.round(1), occupancy.round(2))
    return dict(zip(COLUMNS[1:], values, strict=True))


def month_times() -> NDArray[np.datetime64]:
    """Return the times of the rows of `synthetic_month`, datetime64[s] (8064,)."""
    start = np.datetime64(FIRST_DAY, "s")
    return start + np.arange(STEPS) * np.timedelta64(int(STEP_SECONDS), "s")


def _dates() -> list[str]:
    days_and_clocks = (str(time).split("T") for time in month_times())
    return [f"{day} {int(clock[:2])}:{clock[3:5]}" for day, clock in days_and_clocks]


def _hour() -> Array:
    """Hour of the day in the middle of each of a day's steps."""
    return (np.arange(STEPS_PER_DAY) + 0.5) / STEPS_PER_HOUR


def _bump(hour: Array, centre: float, width: float) -> Array:
    """Bell of height 1 around an hour of the day, wrapped at midnight."""
    distance = (hour - centre + 12) % 24 - 12
    return np.exp(-0.5 * (distance / width) ** 2)


def _ramp(hour: Array, middle: float, width: float) -> Array:
    return 0.5 * (1 + np.tanh((hour - middle) / width))


def _by_day(profiles: dict[str, Array]) -> Array:
    """Lay the profile of each day's kind end to end over the month."""
    return np.concatenate([profiles[DAY_KINDS[day % 7]] for day in range(DAYS)])


def _drift(rng: np.random.Generator, minutes: float, scale: float) -> Array:
    """First-order autoregressive noise: standard deviation ``scale``, memory ``minutes``."""
    keep = float(np.exp(-5.0 / minutes))
    kicks = rng.normal(scale=scale * np.sqrt(1 - keep**2), size=STEPS)
    values = np.empty(STEPS)
    value = rng.normal(scale=scale)
    for step, kick in enumerate(kicks.tolist()):
        value = keep * value + kick
        values[step] = value
    return values


def _demand(rng: np.random.Generator) -> Array:
    """Vehicles that want to pass in each 5 minutes: weekly rhythm, day levels and slow drift."""
    hour = _hour()
    night = 24 * _bump(hour, 23.5, 1.3)
    weekday = (
        24
        - 13 * _bump(hour, 2.8, 1.4)
        + 120 * _ramp(hour, 6.1, 0.9) * (1 - _ramp(hour, 21.6, 1.8))
        + 95 * _bump(hour, 7.9, 0.95)
        + 48 * _bump(hour, 18.2, 1.0)
        + 14 * _bump(hour, 15.5, 1.6)
    )
    saturday = (
        26
        - 9 * _bump(hour, 3.6, 1.5)
        + 105 * _ramp(hour, 7.2, 1.9) * (1 - _ramp(hour, 20.6, 2.0))
        + 78 * _bump(hour, 13.8, 2.6)
    )
    sunday = (
        26
        - 10 * _bump(hour, 3.8, 1.6)
        + 82 * _ramp(hour, 8.6, 1.9) * (1 - _ramp(hour, 21.4, 1.7))
        + 68 * _bump(hour, 13.6, 2.3)
    )
    profiles = {"weekday": weekday, "saturday": saturday + night, "sunday": sunday + 0.2 * night}
    # Traffic grows towards the weekend; besides, each day has its own level.
    weekday_level = np.array([0.95, 0.98, 0.99, 1.0, 1.01, 1.04, 1.02])[np.arange(DAYS) % 7]
    level = weekday_level * np.exp(rng.normal(scale=0.015, size=DAYS))
    drift = np.exp(_drift(rng, minutes=50, scale=0.025))
    # An hour's mean hides the seam between unlike days at midnight.
    rhythm = np.convolve(np.pad(_by_day(profiles), 6, mode="edge"), np.full(13, 1 / 13), "valid")
    demand: Array = rhythm * np.repeat(level, STEPS_PER_DAY) * drift
    return demand


def _queue(rng: np.random.Generator, demand: Array) -> tuple[Array, Array]:
    """Pass the demand through the exit downstream.

    Returns the flow over the detector and how far the queue covers it, from 0 (free) to 1 (jam).
    The exit shares its junction with cross traffic, heavy around noon at weekends and lighter in
    weekday rush hours; what it cannot take waits in the queue.
    """
    hour = _hour()
    cross = {
        "weekday": 28 * _bump(hour, 8.0, 0.7) + 55 * _bump(hour, 18.4, 0.6),
        "saturday": 90 * _bump(hour, 12.3, 1.1) + 45 * _bump(hour, 15.2, 0.5),
        "sunday": 78 * _bump(hour, 11.3, 0.8) + 30 * _bump(hour, 19.0, 0.5),
    }
    strength = np.repeat(rng.gamma(shape=6.0, scale=1 / 6.0, size=DAYS), STEPS_PER_DAY)
    capacity = (238 - strength * _by_day(cross)) * np.exp(_drift(rng, minutes=40, scale=0.05))
    waiting, queue = 0.0, np.empty(STEPS)
    for step, excess in enumerate((demand - capacity).tolist()):
        # Drivers who see a long queue turn off before it: the wait is bounded.
        waiting = min(max(waiting + excess, 0.0), 400.0)
        queue[step] = waiting
    jam = 1 - np.exp(-np.maximum(queue - 15.0, 0.0) / 90.0)
    return demand - jam * np.maximum(demand - capacity, 0.0), jam


def _counted(rng: np.random.Generator, flow: Array) -> Array:
    """Count a flow with the loops: platoons beat with the 5 minutes, arrivals scatter.

    A signal with a cycle of C seconds puts 300 / C platoons into a count. The fraction over drifts
    through the cycle from one count to the next and comes back at the same time every day, as
    signals run by the clock. Around it the counts scatter like a Poisson variable, whose square
    root has the standard deviation 1/2.
    """
    plan = np.digitize(_hour(), SIGNAL_PLAN_STARTS)
    seconds = STEP_SECONDS * np.arange(STEPS_PER_DAY)
    beat = np.tile(np.cos(2 * np.pi * seconds / SIGNAL_CYCLES[plan]), DAYS)
    root = np.sqrt(flow * (1 + 0.085 * beat))
    return np.square(np.maximum(root + rng.normal(scale=0.5, size=STEPS), 0.1))


def _classes(
    rng: np.random.Generator, total: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Split total counts into small, medium and large vehicles."""
    hour = _hour()
    working = _ramp(hour, 6.5, 1.5) * (1 - _ramp(hour, 19.5, 2.0))
    share = {
        "weekday": 0.25 + 0.06 * working + 0.14 * _bump(hour, 5.2, 1.2) - 0.06 * _bump(hour, 23, 2),
        "saturday": 0.25 + 0.02 * working,
        "sunday": 0.25 - 0.01 * working,
    }
    medium_share = _by_day(share) * np.exp(_drift(rng, minutes=30, scale=0.14))
    expected = total * medium_share
    scatter = np.sqrt(expected * (1 - medium_share))
    medium = _with_quantiles(expected + scatter * rng.normal(size=STEPS), MEDIUM_QUANTILES)
    trucks = {
        "weekday": 0.2 + working,
        "saturday": 0.2 + 0.6 * working,
        "sunday": 0.2 + 0.3 * working,
    }
    expected = 0.3 + 1.3 * _by_day(trucks) * (total / 120.0)
    large = _negative_binomial(expected * rng.gamma(shape=1.8, size=STEPS))
    large = np.minimum(large, total - 2)
    medium_count = np.clip(np.rint(medium).astype(np.int64), 0, total - large - 2)
    return total - medium_count - large, medium_count, large


def _speed(rng: np.random.Generator, total: NDArray[np.int64], jam: Array) -> Array:
    """Mean speed in km/h: falls with the flow when free, breaks down under the queue."""
    free = 60.5 - 7.0 * np.sqrt(total / 60.0) - 2.5 * (total / 200.0) ** 3
    queued = 17.0 + 6.0 * np.clip(total / 200.0, 0, 1) + _drift(rng, minutes=30, scale=3.0)
    mean = (1 - jam) * free + jam * queued
    # The mean of a few vehicles scatters more than the mean of many.
    scatter = np.sqrt(1.3**2 + 11.0**2 / np.maximum(total, 6))
    return mean + _drift(rng, minutes=40, scale=1.5) + scatter * rng.normal(size=STEPS)


def _occupancy(
    rng: np.random.Generator,
    small: NDArray[np.int64],
    medium: NDArray[np.int64],
    large: NDArray[np.int64],
    speed: Array,
    jam: Array,
) -> Array:
    """Percent of the time that the loops are covered: metres of vehicle over metres a second.

    In a queue vehicles also stand on the loops, which the mean speed of those that pass leaves out.
    """
    metres = (
        DETECTED_METRES["small"] * small
        + DETECTED_METRES["medium"] * medium
        + DETECTED_METRES["large"] * large
    )
    seconds = metres / (np.maximum(speed, 5.0) / 3.6)
    percent: Array = 100 * seconds / (LANES * STEP_SECONDS) * (1 + 0.8 * jam)
    percent *= np.exp(rng.normal(scale=0.08, size=STEPS))
    return percent


def _ranks(values: Array) -> Array:
    """Rank of each value as a probability: 0 for the least, 1 for the greatest."""
    ranks = np.empty(len(values))
    ranks[np.argsort(values, kind="stable")] = np.linspace(0.0, 1.0, len(values))
    return ranks


def _with_quantiles(values: Array, quantiles: _Quantiles) -> Array:
    """Give a series another distribution while its values keep their order."""
    return quantiles(_ranks(values))


def _negative_binomial(values: Array) -> NDArray[np.int64]:
    """Give a series the negative binomial distribution of the large vehicles.

    With mean m and variance v the shape is r = m² / (v - m), and P(k + 1) / P(k) is
    (k + r) / (k + 1) · m / (m + r).
    """
    shape = LARGE_MEAN**2 / (LARGE_STD**2 - LARGE_MEAN)
    ratio = LARGE_MEAN / (LARGE_MEAN + shape)
    k = np.arange(40)
    steps: Any = (k + shape) / (k + 1) * ratio
    mass = (1 - ratio) ** shape * np.concatenate([[1.0], np.cumprod(steps)])
    # Short of 1, so that the greatest value stays finite: about one in as many as the month counts.
    probability = _ranks(values) * (1 - 2e-5)
    return np.searchsorted(np.cumsum(mass), probability).astype(np.int64)
