import numpy as np
import pandas as pd
import pytest

from engine.tasks.traffic_month import COLUMNS, synthetic_month

# What the course prints for its detector.
PRINTED = pd.DataFrame(
    {
        "ToVol": (110.459945, 63.954451, 6, 50, 122, 155, 338),
        "SmVol": (79.353299, 46.802106, 2, 35, 87, 111, 250),
        "MeVol": (29.948537, 19.081136, 0, 13, 29, 44, 145),
        "LaVol": (1.158110, 1.530192, 0, 0, 1, 2, 16),
        "Speed": (49.327431, 7.921856, 9.1, 44.9, 48.5, 54.2, 87.8),
        "Occ.Rate": (6.166941, 6.739946, 0.23, 2.14, 5.55, 7.29, 82.1),
    },
    index=["mean", "std", "min", "25%", "50%", "75%", "max"],
)
WEEK = 2016
LAST_FIFTH = 1613


@pytest.fixture(scope="module")
def month():
    return synthetic_month()


def errors(series, lag):
    values = series.to_numpy(float)
    return (values[lag:] - values[:-lag])[-LAST_FIFTH:]


def rmse(errors):
    return np.sqrt(np.mean(errors**2))


@pytest.mark.parametrize("seed", [None, 1, 2, 3])
def test_summary_is_the_printed_one_within_three_percent(seed):
    month = synthetic_month() if seed is None else synthetic_month(seed)
    summary = month.describe()
    for row in ("mean", "std", "25%", "50%", "75%"):
        np.testing.assert_allclose(
            summary.loc[row, PRINTED.columns], PRINTED.loc[row], rtol=0.03, err_msg=row
        )
    np.testing.assert_allclose(summary.loc["min", PRINTED.columns], PRINTED.loc["min"], atol=1)
    np.testing.assert_allclose(summary.loc["max", PRINTED.columns], PRINTED.loc["max"], rtol=0.15)


def test_rows_are_five_minutes_apart_and_written_as_the_course_writes_them(month):
    assert tuple(month.columns) == COLUMNS
    assert month["Date"].iloc[[0, 1, -1]].tolist() == [
        "2017-04-02 0:00",
        "2017-04-02 0:05",
        "2017-04-29 23:55",
    ]
    steps = pd.to_datetime(month["Date"]).diff().dropna().unique()
    assert len(month) == 8064
    assert list(steps) == [pd.Timedelta(minutes=5)]


def test_classes_add_up_to_the_total(month):
    classes = month[["SmVol", "MeVol", "LaVol"]]
    assert (classes.sum(axis=1) == month["ToVol"]).all()
    assert (classes >= 0).all(axis=None)
    assert all(np.issubdtype(kind, np.integer) for kind in classes.dtypes)


def test_same_seed_same_month_other_seed_another(month):
    pd.testing.assert_frame_equal(month, synthetic_month())
    assert (month["ToVol"] != synthetic_month(1)["ToVol"]).mean() > 0.9


def test_forecasting_it_is_as_hard_as_a_road(month):
    assert 2.8 < np.abs(errors(month["Speed"], 1)).mean() < 3.8
    persistence, last_week = errors(month["ToVol"], 1), errors(month["ToVol"], WEEK)
    variance = month["ToVol"].iloc[-LAST_FIFTH:].var()
    assert 0.8 < 1 - np.mean(persistence**2) / variance < 0.9
    assert rmse(last_week) < 0.9 * rmse(persistence)


def test_weekdays_have_two_peaks_and_weekends_one(month):
    time = pd.to_datetime(month["Date"])
    hourly = month["ToVol"].groupby([time.dt.day_of_week >= 5, time.dt.hour]).mean()
    weekday, weekend = hourly[False], hourly[True]
    assert weekday[7:9].min() > 1.3 * weekday[11:14].max()
    assert weekday[17:19].min() > 1.1 * weekday[11:14].max()
    assert weekend.idxmax() in range(12, 17)
    assert weekday[0:4].max() < 0.3 * weekday[11:14].min()


def test_breakdowns_are_slow_crowded_and_last(month):
    jam = month["Speed"] < 25
    assert 40 < jam.sum() < 400
    assert month.loc[jam, "Occ.Rate"].median() > 4 * month["Occ.Rate"].median()
    # Nine in ten jammed rows have a jammed neighbour: episodes, not single rows.
    slow = month["Speed"] < 35
    assert (slow.shift(1, fill_value=False) | slow.shift(-1, fill_value=False))[jam].mean() > 0.9


def test_occupancy_follows_density(month):
    density = month["ToVol"] / month["Speed"]
    assert density.corr(month["Occ.Rate"], method="spearman") > 0.95
    assert month["ToVol"].corr(month["Speed"], method="spearman") < -0.6
