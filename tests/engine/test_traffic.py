from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from engine.errors import DataError, FieldError
from engine.fields import from_json, to_json
from engine.tasks.baselines import MEAN, MOST_FREQUENT
from engine.tasks.traffic import LAST_VALUE, LAST_WEEK, Traffic
from engine.tasks.traffic_file import is_detector
from engine.tasks.traffic_month import synthetic_month

HEADER = "Date,ToVol,SmVol,MeVol,LaVol,Speed,Occ.Rate"
START = datetime(2017, 4, 2)
REAL = Path(__file__).parents[3] / "shared" / "data" / "vds.csv"
SMALL = Traffic(window=3, inputs=("ToVol", "Speed"), target_column="Speed", scaling="none")


def clock(minutes):
    time = START + timedelta(minutes=minutes)
    return f"{time:%Y-%m-%d} {time.hour}:{time:%M}"


def rows(count, without=()):
    """Rows whose ToVol counts 0, 1, 2, … and whose Speed is 100 more."""
    return [
        f"{clock(5 * i)},{i},{i},0,0,{100 + i},{i / 10}" for i in range(count) if i not in without
    ]


@pytest.fixture
def write(tmp_path):
    def write(lines, header=HEADER, encoding="utf-8", name="road.csv"):
        path = tmp_path / name
        path.write_bytes("\r\n".join([header, *lines, ""]).encode(encoding))
        return str(path)

    return write


def refusal(task):
    with pytest.raises(DataError) as caught:
        task.load(0)
    return str(caught.value)


def test_sample_month_loads_without_a_file_and_is_the_same_for_every_seed():
    task = Traffic()
    first, second = task.load(0), task.load(1)
    assert first.training.inputs.shape[1:] == task.input_shape == (12, 3)
    assert first.training.inputs.dtype == first.training.targets.dtype == np.float32
    assert sum(len(first.part(name)) for name in ("training", "validation", "test")) == 8052
    np.testing.assert_array_equal(first.test.targets, second.test.targets)
    month = synthetic_month()["ToVol"].to_numpy()
    targets = first.in_units(first.test.targets)[:, 0]
    np.testing.assert_allclose(targets, month[-len(targets) :], rtol=1e-5)


def test_settings_survive_the_project_file():
    task = Traffic(window=24, inputs=("Speed",), scaling="standard")
    assert from_json(to_json(task), "task") == task


def test_window_and_target_are_the_rows_they_claim_to_be(write):
    data = SMALL.but(file=write(rows(40)), horizon=2).load(0)
    np.testing.assert_array_equal(data.training.inputs[0], [[0, 100], [1, 101], [2, 102]])
    np.testing.assert_array_equal(data.training.targets[0], [104])
    assert data.times["training"][0] == np.datetime64("2017-04-02T00:20")
    assert data.step == np.timedelta64(5, "m")


def test_at_the_same_time_the_target_stands_in_the_last_row_of_the_window(write):
    task = SMALL.but(file=write(rows(40)), inputs=("ToVol",), horizon=0)
    data = task.load(0)
    np.testing.assert_array_equal(data.training.inputs[0], [[0], [1], [2]])
    np.testing.assert_array_equal(data.training.targets[0], [102])
    list_task = task.but(window=1)
    data = list_task.load(0)
    assert list_task.input_shape == data.training.inputs.shape[1:] == (1,)
    np.testing.assert_array_equal(data.training.targets - data.training.inputs, 100)
    assert sum(len(data.part(name)) for name in ("training", "validation", "test")) == 40


def test_at_the_same_time_the_target_cannot_be_an_input():
    with pytest.raises(FieldError, match="Speed is to be predicted at the same time"):
        SMALL.but(horizon=0)


def test_at_the_same_time_no_earlier_value_of_the_target_is_a_baseline(write):
    data = SMALL.but(file=write(rows(40)), inputs=("ToVol",), horizon=0).load(0)
    assert list(data.baselines("test")) == [MEAN]
    truth = data.in_units(data.training.targets)
    np.testing.assert_allclose(data.forecasts["test"][MEAN], truth.mean())


def test_thresholds_cut_the_target_into_classes(write):
    lines = [f"{clock(5 * i)},{i},0,0,0,{speed},0" for i, speed in enumerate([29, 30, 49, 50] * 20)]
    task = SMALL.but(file=write(lines), thresholds=(30, 50), window=1, scaling="standard")
    data = task.load(0)
    assert data.target.labels == task.target.labels == ("< 30", "30–50", "≥ 50")
    assert data.training.targets.dtype == np.int64
    np.testing.assert_array_equal(data.training.targets[:4], [1, 1, 2, 0])
    np.testing.assert_allclose(data.training.inputs[:, 0, 0].mean(), 0, atol=0.1)


def test_baselines_of_classes(write):
    speeds = [20] * 3 + [60] * 77 + [20] * 20
    lines = [f"{clock(5 * i)},{i},0,0,0,{speed},0" for i, speed in enumerate(speeds)]
    data = SMALL.but(file=write(lines), thresholds=(45,)).load(0)
    assert len(data.test) == 19
    simple = data.baselines("test")
    assert simple[MOST_FREQUENT]["accuracy"] == 0
    assert simple[LAST_VALUE]["accuracy"] == 1
    assert data.baselines("validation")[MOST_FREQUENT]["accuracy"] == pytest.approx(0.9)
    rescaled = data.with_fitted({"offsets": [1, 2, 0], "scales": [3, 4, 1]})
    np.testing.assert_array_equal(rescaled.test.targets, data.test.targets)


def test_the_look_back_reaches_over_a_day_and_a_week():
    for window in (288, 2016):
        task = Traffic(window=window, inputs=("Speed",), target_column="Speed")
        assert len(task.load(0).test) > 0


def test_parts_follow_each_other_in_time(write):
    data = SMALL.but(file=write(rows(103)), training_share=0.6, validation_share=0.1).load(0)
    assert [len(data.part(name)) for name in ("training", "validation", "test")] == [60, 10, 30]
    times = np.concatenate([data.times[name] for name in ("training", "validation", "test")])
    assert (np.diff(times) == np.timedelta64(5, "m")).all()
    assert times[-1] == np.datetime64("2017-04-02T08:30")


@pytest.mark.parametrize(("scaling", "low", "high"), [("min-max", 0, 1), ("standard", None, None)])
def test_scaling_is_fitted_on_the_training_part_only(write, scaling, low, high):
    task = SMALL.but(file=write(rows(103)), scaling=scaling)
    data = task.load(0)
    rising = np.concatenate([data.training.inputs[0, :2], data.training.inputs[:, -1]])
    last_target = np.concatenate([rising[:, 1], data.training.targets[-1]])
    if scaling == "min-max":
        assert last_target.min() == low
        assert last_target.max() == high
        assert data.test.targets.max() > high
    else:
        np.testing.assert_allclose(
            [last_target.mean(), last_target.std()], [0, 1], rtol=0, atol=1e-6
        )
    np.testing.assert_allclose(data.in_units(data.test.targets)[-1], [202], rtol=1e-6)


def test_a_column_that_never_changes_is_scaled_without_nan(write):
    still = [f"{clock(5 * i)},7,7,0,0,{50 + i % 3},5" for i in range(60)]
    data = SMALL.but(file=write(still), scaling="standard").load(0)
    assert np.isfinite(data.training.inputs).all()
    assert not data.training.inputs[..., 0].any()


def test_baselines_are_computed_on_the_targets_in_real_units(write):
    data = SMALL.but(file=write(rows(60)), scaling="min-max", horizon=4).load(0)
    assert data.baselines("test")[LAST_VALUE]["rmse"] == pytest.approx(4, rel=1e-5)
    np.testing.assert_array_equal(
        data.forecasts["test"][LAST_VALUE][:, 0],
        np.rint(data.in_units(data.test.targets)[:, 0]) - 4,
    )


def test_last_week_is_the_row_one_week_earlier_even_over_a_gap(write):
    week = 7 * 288
    lines = rows(2 * week, without=range(week + 100, week + 110))
    data = SMALL.but(file=write(lines)).load(0)
    forecast = data.forecasts["test"][LAST_WEEK][:, 0]
    np.testing.assert_allclose(data.in_units(data.test.targets)[:, 0] - forecast, week)
    assert LAST_WEEK not in data.forecasts["training"]


def test_without_an_earlier_week_that_forecast_is_left_out_with_a_notice(write):
    data = SMALL.but(file=write(rows(60))).load(0)
    assert list(data.baselines("test")) == [LAST_VALUE]
    assert "one week earlier" in str(data.notices[0])


def test_no_window_crosses_a_gap_and_a_notice_tells_of_it(write):
    data = SMALL.but(file=write(rows(100, without=range(40, 44)))).load(0)
    whole = np.concatenate(
        [
            np.concatenate([data.part(name).inputs[..., 1], data.part(name).targets], axis=1)
            for name in ("training", "validation", "test")
        ]
    )
    assert (np.diff(whole, axis=1) == 1).all()
    assert len(whole) == 37 + 53
    assert str(data.notices[0]) == (
        "road.csv has a gap in time between row 41 (2017-04-02 3:15) and row 42 "
        "(2017-04-02 3:40); the 3 windows that would cross it are left out."
    )


def test_several_gaps_are_one_sentence(write):
    data = SMALL.but(file=write(rows(100, without=(20, 50, 51)))).load(0)
    assert str(data.notices[0]).startswith("road.csv has 2 gaps in time, the first between row 21 ")
    assert "the 6 windows" in str(data.notices[0])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters_are_detected(write, encoding, delimiter):
    # A note in Korean makes the bytes of CP949 differ from those of UTF-8.
    lines = [f"{row},비고" for row in rows(40)]
    path = write(
        [line.replace(",", delimiter) for line in lines],
        f"{HEADER},메모".replace(",", delimiter),
        encoding,
    )
    data = SMALL.but(file=path).load(0)
    np.testing.assert_array_equal(data.training.inputs[0], [[0, 100], [1, 101], [2, 102]])


def test_decimal_commas_go_with_semicolons(write):
    lines = [row.replace(",", ";").replace(".", ",") for row in rows(40)]
    task = SMALL.but(file=write(lines, HEADER.replace(",", ";")), inputs=("Occ.Rate",))
    np.testing.assert_allclose(task.load(0).training.inputs[0, :, 0], [0, 0.1, 0.2])


@pytest.mark.parametrize(
    "header",
    [
        " date , TOVOL,SmVol,MeVol,LaVol, speed ,OccRate",
        "일시,교통량,소형,중형,대형,평균속도(km/h),점유율(%)",
    ],
)
def test_names_of_columns_are_read_tolerantly(write, header):
    task = SMALL.but(file=write(rows(40), header, "cp949"), inputs=("ToVol", "Occ.Rate"))
    np.testing.assert_allclose(task.load(0).training.inputs[0, 2], [2, 0.2])


def test_only_the_columns_in_use_are_needed(write):
    lines = [f"{clock(5 * i)},{i}" for i in range(40)]
    data = Traffic(
        file=write(lines, "Date,Speed"), window=3, inputs=("Speed",), target_column="Speed"
    ).load(0)
    assert len(data.training) == 26


def test_a_missing_column_is_named_with_those_found_and_needed(write):
    path = write(rows(40), "시각,교통량,소형,중형,대형,속력,점유율", "cp949")
    message = refusal(SMALL.but(file=path))
    assert message == (
        "road.csv has no column Date, Speed; it has 시각, 교통량, 소형, 중형, 대형, 속력, 점유율. "
        "The file needs Date, ToVol, Speed."
    )


@pytest.mark.parametrize(
    ("cells", "parts"),
    [
        ({5: "fast"}, ["road.csv, row 12", "Speed", "'fast'", "number"]),
        ({1: "1O"}, ["road.csv, row 12", "ToVol", "'1O'"]),
        ({5: ""}, ["road.csv, row 12", "Speed", "no value", "delete the row"]),
        ({5: "NaN"}, ["road.csv, row 12", "Speed", "no value"]),
        ({5: "inf"}, ["road.csv, row 12", "Speed", "'inf'", "not finite"]),
        ({0: "yesterday"}, ["road.csv, row 12", "Date", "'yesterday'", "2017-04-02 0:05"]),
        ({0: "2017-02-30 0:05"}, ["road.csv, row 12", "Date", "'2017-02-30 0:05'"]),
        ({0: clock(45)}, ["road.csv, row 12", "2017-04-02 0:45", "row 11", "delete one"]),
        ({0: clock(5)}, ["road.csv, row 12", "2017-04-02 0:05", "before", "row 11", "sort"]),
        ({6: "1.0,2"}, ["road.csv, row 12", "8 cells", "7"]),
    ],
)
def test_a_bad_cell_is_refused_with_its_place_and_value(write, cells, parts):
    lines = rows(40)
    broken = lines[10].split(",")
    for place, text in cells.items():
        broken[place] = text
    lines[10] = ",".join(broken)
    message = refusal(SMALL.but(file=write(lines)))
    for part in parts:
        assert part in message
    assert message.count("\n") == 0


def test_text_in_a_column_that_is_not_used_does_no_harm(write):
    lines = [row.replace(",0,0,1", ",none,?,1") for row in rows(40)]
    assert len(SMALL.but(file=write(lines)).load(0).training) == 26


@pytest.mark.parametrize("count", [0, 1, 3, 6])
def test_a_short_file_is_refused_with_the_rows_it_needs(write, count):
    task = SMALL.but(training_share=0.5, validation_share=0.25)
    message = refusal(task.but(file=write(rows(count))))
    assert f"road.csv has {count} rows" in message
    needed = int(message.split(" need ")[1].split(".")[0])
    assert "need" in refusal(task.but(file=write(rows(needed - 1))))
    assert len(task.but(file=write(rows(needed))).load(0).test) > 0


def test_rows_that_are_all_apart_are_refused_as_broken(write):
    lines = rows(80, without=[i for i in range(80) if i % 4 == 3])
    message = refusal(SMALL.but(file=write(lines)))
    assert "60 rows, at most 3 of them without a gap" in message


def test_files_that_are_no_text_or_not_there_are_refused(tmp_path):
    picture = tmp_path / "road.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    assert "road.csv is no text in UTF-8 or CP949" in refusal(SMALL.but(file=str(picture)))
    assert "nowhere.csv cannot be read" in refusal(SMALL.but(file=str(tmp_path / "nowhere.csv")))
    assert "cannot be read" in refusal(SMALL.but(file=str(tmp_path)))
    picture.write_bytes(b"")
    assert "road.csv is empty" in refusal(SMALL.but(file=str(picture)))


def test_settings_that_leave_nothing_to_test_are_refused():
    with pytest.raises(FieldError, match=r"0\.95"):
        Traffic(training_share=0.8, validation_share=0.2)
    with pytest.raises(FieldError, match="Speed twice"):
        Traffic(inputs=("Speed", "Speed"))
    with pytest.raises(FieldError, match="inputs"):
        Traffic(inputs=())


@pytest.mark.skipif(not REAL.exists(), reason="the real month lies beside the checkout only")
@pytest.mark.parametrize(
    ("column", "forecast", "rmse", "mae", "mape", "r2"),
    [
        ("Speed", LAST_VALUE, 4.63, 3.29, 6.69, 0.624),
        ("ToVol", LAST_VALUE, 24.55, 17.62, 18.4, 0.845),
        ("ToVol", LAST_WEEK, 19.15, 13.81, 16.2, 0.905),
        ("Occ.Rate", LAST_VALUE, 3.31, 1.59, 26.9, 0.667),
    ],
)
def test_baselines_of_the_real_month(tmp_path, column, forecast, rmse, mae, mape, r2):
    # The figures to match leave the last row of the file out.
    path = tmp_path / "vds.csv"
    path.write_bytes(REAL.read_bytes().rstrip().rpartition(b"\n")[0])
    data = Traffic(file=str(path), window=144, target_column=column).load(0)
    assert len(data.test) == 1584
    metrics = data.baselines("test")[forecast]
    assert metrics["rmse"] == pytest.approx(rmse, abs=0.0051)
    assert metrics["mae"] == pytest.approx(mae, abs=0.0051)
    assert metrics["mape"] == pytest.approx(mape, abs=0.051)
    assert metrics["r2"] == pytest.approx(r2, abs=0.00051)


def test_a_detector_is_known_by_its_columns(tmp_path):
    detector, table = tmp_path / "a.csv", tmp_path / "b.csv"
    detector.write_text("일시,총 교통량,평균속도(km/h)\n2017-04-02 0:05,1,2\n", "cp949")
    table.write_text("date,price,speed\n2017-04-02 0:05,1,2\n")
    assert is_detector(detector) and not is_detector(table)
    assert not is_detector(tmp_path / "missing.csv")
